from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = "referens;väg_in;datum;poäng;redo\nA1;uppsökande;2026-09-01;5;ja\nA2;handläggare;2026-09-02;3;nej\n"


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    return space


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_people_come_in_from_csv_as_offices_write_it(space: Workspace, delimiter: str, encoding: str) -> None:
    path = space.file("people.csv", PEOPLE.replace(";", delimiter).encode(encoding))
    said = space.ok("import", path, "--track", "kö")
    assert "2 rader skrivna, 0 fanns redan." in said.out
    assert ("Windows-1252" if encoding == "cp1252" else "UTF-8") in said.out
    data = space.ok("history", "A1", "--json").json[0]
    assert (data["effective"], data["data"]["channel"], data["data"]["facts"]) == ("2026-09-01", "outreach", {"poäng": 5, "redo": True})


def test_the_same_file_twice_changes_nothing(space: Workspace) -> None:
    path = space.file("people.csv", PEOPLE)
    space.ok("import", path, "--track", "kö", "--advance")
    before = space.events
    assert "0 rader skrivna, 2 fanns redan." in space.ok("import", path, "--track", "kö").out
    assert space.events == before
    shuffled = space.file("again.csv", "redo;referens;poäng;datum;väg_in\nja;A1;5;2026-09-01;uppsökande\n")
    assert space.ok("import", shuffled, "--track", "kö", "--json").json["repeated"] == 1


def test_a_dry_run_writes_nothing(space: Workspace) -> None:
    before = space.events
    said = space.ok("import", space.file("people.csv", PEOPLE), "--track", "kö", "--dry-run", "--json").json
    assert (said["written"], said["dry_run"], space.events) == (2, True, before)


def test_a_dry_run_names_whom_it_would_concern_and_none_of_those_who_stand_already(space: Workspace) -> None:
    refs = [f"N{number:02}" for number in range(1, 15)]
    space.ok("import", space.file("one.csv", "ref;on\nN01;2026-09-01\n"), "--track", "kö")
    every = space.file("all.csv", "ref;on\n" + "".join(f"{ref};2026-09-01\n" for ref in refs))
    assert f"De gäller: {', '.join(refs[1:13])}, …." in space.ok("import", every, "--track", "kö", "--dry-run").out
    assert "De gäller" not in space.ok("import", every, "--track", "kö").out


def test_every_fault_has_its_row_and_column_and_nothing_is_written(space: Workspace) -> None:
    before = space.events
    rows = [
        "ref;channel;on;poäng;redo",
        "A1;caseworker;2026-09-01;tre;ja",
        "A2;okänd;2026-09-01;3;ja",
        "A3;self;2026-02-30;3;ja",
        "A4;self;2026-09-30;3;ja",
        ";self;2026-09-01;3;ja",
        "19850101-0006;self;2026-09-01;3;ja",
        "A5;self;2026-09-01;3;ja",
    ]
    path = space.file("bad.csv", "\n".join(rows))
    said = space("import", path, "--track", "kö", "--json")
    assert (said.code, space.events) == (2, before)
    assert [(row["row"], row["column"]) for row in said.json["refused"]] == [(2, 4), (3, 2), (4, 3), (5, 3), (6, 1), (7, 1)]
    assert f"{path}:2:4: tre är inget giltigt värde för poäng" in said.err
    assert "19850101" not in said.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ":1:1: första raden"),
        ("ref;ref\nA1;A1\n", ":1:2: kolumnen ref"),
        ("ref;redo;\nA1;ja;nej\n", ":2:3: här står något, men kolumnen saknar rubrik"),
        ("sep=;\nref;skonummer\nA1;43\n", ":2:2: skonummer är ingen kolumn"),
        ("sep=;\nref;redo\nA1;nope\n", ":3:2: nope är inget giltigt värde"),
        ("ref;skonummer\nA1;43\n", ":1:2: skonummer är ingen kolumn"),
        ("ref;redo\nA1;ja;nej\n", ":2:3: här finns fler celler"),
        ('ref;redo\n"A1;ja\n', ":2:1: raden går inte att dela"),
        (b"ref;redo\nA1\x00;ja\n", ":2:1: det här är inte text"),
        (b"ref;redo\n\x81\x8d;ja\n", ":2:1: det här är inte text"),
        (";".join(f"k{number}" for number in range(300)) + "\n", ":1:201: här finns fler celler"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(space: Workspace, content: str | bytes, words: str) -> None:
    before = space.events
    said = space("import", space.file("bad.csv", content), "--track", "kö")
    assert (said.code, space.events) == (2, before)
    assert words in said.err


@pytest.mark.parametrize(
    "content",
    [
        "ref;redo;\nA1;ja;\nA2;nej;\n",
        "ref;;redo\r\nA1;;ja\r\nA2;;nej\r\n;;\r\n",
        "sep=;\nref;redo\nA1;ja\nA2;nej\n",
        '"sep=,"\r\nref,redo\r\nA1,ja\r\nA2,nej\r\n',
        "SEP=|\nref|redo\nA1|ja\nA2|nej\n",
        "\ufeffsep=\t\nref\tredo\nA1\tja\nA2\tnej\n",
        "ref\tredo\nA1\tja\nA2\tnej\n".encode("utf-16"),
    ],
)
def test_what_excel_leaves_behind_is_read_as_the_sheet_that_it_was(space: Workspace, content: str | bytes) -> None:
    assert "2 rader skrivna" in space.ok("import", space.file("p.csv", content), "--track", "kö").out


def test_quoted_cells_may_hold_the_delimiter_and_new_lines(space: Workspace) -> None:
    path = space.file("notes.csv", 'ref,note,redo\nA1,"en, två\noch tre",ja\nA2,,nope\n')
    said = space("import", path, "--track", "kö")
    assert f"{path}:4:3: nope är inget giltigt värde" in said.err


def test_reports_are_taken_in_with_their_notes_locked_away(space: Workspace) -> None:
    space.ok("enrol", "alone", "B1", "--on", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--on", "2026-09-03", "--advance")
    rows = [
        "datum;referens;händelse;steg;värde;skäl;anteckning;car",
        "2026-09-07;B1;kontakt;plan;;;canary;",
        "2026-09-07;B1;rapport;plan;klar;;;ja",
        "2026-09-07;B1;utfall;;studier;;;",
    ]
    path = space.file("reports.csv", "\n".join(rows))
    said = space.ok("import", path, "--track", "alone", "--json").json
    assert [event["kind"] for event in said["events"] if event["actor"] != "engine"] == ["contacted", "reported", "outcome"]
    assert [event["data"].get("result") for event in said["events"] if event["kind"] == "reported"] == ["done"]
    assert "canary" not in str(space.rows("SELECT data FROM event"))
    assert len(space.rows("SELECT cipher FROM note")) == 1
    before = space.events
    space.ok("import", path, "--track", "alone")
    assert space.events == before


def test_reports_may_be_replayed_day_by_day_in_a_virtual_workspace_only(tmp_path: Path, space: Workspace) -> None:
    rows = [
        "on;ref;what;step;value;car",
        "2026-09-10;B1;start;plan;;",
        "2026-09-24;B1;record;plan;done;yes",
        "2026-10-20;B1;record;match;done;",
    ]
    space.ok("enrol", "alone", "B1", "--fact", "level=high")
    path = space.file("replay.csv", "\n".join(rows))
    said = space.ok("import", path, "--track", "alone", "--replay", "--advance")
    assert "3 rader skrivna" in said.out
    assert space.ok("status", "B1", "--json").json[0]["status"] == "completed"
    real = workspace(tmp_path / "real", virtual=False)
    real.ok("apply", real.file("t.yaml", ALONE))
    assert "--replay" in real("import", path, "--track", "alone", "--replay").err


def test_something_that_a_row_cannot_say_is_refused(space: Workspace) -> None:
    space.ok("enrol", "kö", "A1", "--on", "2026-09-01")
    path = space.file("r.csv", "on;ref;what\n2026-09-01;A1;flyger\n2026-09-01;A1;applied\n")
    said = space("import", path, "--track", "kö", "--json")
    assert [(row["row"], row["column"]) for row in said.json["refused"]] == [(2, 3), (3, 3)]


def test_rows_that_cannot_be_written_are_counted_once_each_however_much_is_wrong_with_them(space: Workspace) -> None:
    path = space.file("bad.csv", "ref;poäng;redo\nA1;tre;kanske\nA2;fyra;ja\n")
    said = space("import", path, "--track", "kö")
    assert said.err.count(f"{path}:") == 3
    assert "\n2 rader går inte att skriva, så inget skrevs.\n" in said.err


def test_a_participant_on_two_rows_of_a_file_is_told_with_the_other_row(space: Workspace) -> None:
    text = "ref;datum;redo\nA1;2026-09-01;ja\nA2;2026-09-01;ja\nA1;2026-09-02;ja\n"
    path = space.file("twice.csv", text)
    said = space("import", path, "--track", "kö")
    assert (said.code, f"{path}:4:1: samma deltagare står på rad 2 i filen" in said.err) == (2, True)
    assert "stands on row 2 of the file" in space("import", path, "--track", "kö", lang="en").err
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja")
    other = space("import", path, "--track", "kö").err
    assert all(f"{path}:{row}:1: A1 har redan en inskrivning på kö" in other for row in (2, 4))


def test_an_empty_cell_is_told_by_the_name_that_its_column_has_in_the_file(space: Workspace) -> None:
    assert "cellen referens är tom." in space("import", space.file("a.csv", "referens;redo\n;ja\n"), "--track", "kö").err
    mapped = space.file("m.yaml", "Klientnr: ref\n")
    said = space("import", space.file("b.csv", "Klientnr;redo\n;ja\n"), "--track", "kö", "--map", mapped)
    assert "cellen Klientnr är tom." in said.err
    without = space.file("c.csv", "steg;ref\nplan;A1\n")
    assert "cellen händelse är tom." in space("import", without, "--track", "kö").err
    assert "the cell what is empty." in space("import", without, "--track", "kö", lang="en").err


@pytest.mark.parametrize(("lang", "built_in"), [("sv", "kön, utbildningsnivå, utrikesfödd"), ("en", "sex, schooling, born_abroad")])
def test_the_facts_that_a_column_may_be_are_named_once_in_the_language_with_the_one_that_is_near(
    space: Workspace, lang: str, built_in: str
) -> None:
    said = space("import", space.file("a.csv", "ref;poäg\nA1;3\n"), "--track", "kö", lang=lang).err
    assert f": poäng, redo, hemlig, {built_in}. " in said
    assert f"{'Menade du' if lang == 'sv' else 'Did you mean'} poäng?" in said


def test_a_misspelt_word_in_a_row_is_answered_with_the_one_that_is_near(space: Workspace) -> None:
    said = space("import", space.file("a.csv", "ref;väg_in;redo\nA1;uppsökand;ja\n"), "--track", "kö").err
    assert "Menade du uppsökande?" in said


def test_that_nobody_said_how_people_came_in_is_told_in_a_file_and_by_the_command(space: Workspace) -> None:
    path = space.file("people.csv", "referens;väg_in;redo\nA1;arbetsförmedlare;ja\nA2;;ja\nA3;;ja\n")
    assert "2 rader säger ingen väg in, så handläggare gäller där i redovisningen" in space.ok("import", path, "--track", "kö").out
    assert "Ingen väg in är sagd, så handläggare gäller i redovisningen" in space.ok("enrol", "kö", "A4", "--fact", "redo=ja").out
    assert "Ingen väg in" not in space.ok("enrol", "kö", "A5", "--fact", "redo=ja", "--channel", "själv").out


def test_a_fact_is_known_by_its_heading_whatever_its_capitals_and_blanks(space: Workspace) -> None:
    head, steps = (
        "spår: hem\nnamn: H\ntyp: förberedande spår\nägare: e\nparter: [k]",
        "steg: [{id: a, typ: insats, namn: A, längd: 1 vecka}]",
    )
    track = f"{head}\nuppgifter: {{har_körkort: ja/nej}}\n{steps}\n"
    space.ok("apply", space.file("hem.yaml", track), "--at", "2026-08-01")
    space.ok("import", space.file("hem.csv", "Referens;Har körkort\nH1;ja\n"), "--track", "hem")
    assert "har_körkort=ja" in space.ok("history", "H1").out


def test_a_row_that_waits_for_another_of_the_same_file_says_how_the_file_is_written(tmp_path: Path) -> None:
    space = workspace(
        tmp_path / "w",
        "spår: t\nnamn: T\ntyp: förberedande spår\nägare: ame\nintag: {platser: 3}\n"
        "steg: [{id: karta, typ: kartläggning, start_inom: 10 arbetsdagar, längd: 2 veckor}]\n",
    )
    space.ok("enrol", "t", "V1", "--at", "2026-09-01", "--advance")
    space.ok("accept", "V1", "--at", "2026-09-02", "--advance")
    head, begun, done = "datum;referens;händelse;steg;värde", "2026-09-08;V1;begin;karta;", "2026-09-15;V1;record;karta;klar"
    both = space.file("both.csv", f"{head}\n{begun}\n{done}\n")
    refused = space("import", both, "--track", "t", "--at", "2026-09-15")
    assert refused.code == 2
    assert "Rad 3 kan bero på rad 2 om samma deltagare" in refused.err
    alone = space("import", space.file("alone.csv", f"{head}\n{done}\n"), "--track", "t", "--at", "2026-09-15")
    assert (alone.code, "kan bero på" in alone.err) == (2, False)
    for part in (begun, done):
        space.ok("import", space.file("part.csv", f"{head}\n{part}\n"), "--track", "t", "--at", "2026-09-15", "--advance")
    assert space.ok("status", "V1", "--json").json[0]["status"] == "completed"
