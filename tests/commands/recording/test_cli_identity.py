"""A number belongs to one reference and a reference to one number, by command and by row; nothing repeats a number or a name."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import ALONE, QUEUED, Said, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

ANNA, BO, CIA = "19900101-9802", "20000229-6127", "701063-2391"
FORMS = ("199001019802", "19900101-9802", "900101-9802", "9001019802", "19900101 9802")
CANARIES = ("9001019802", "0002296127", "7010632391", "0001010107", "Canary")


def canaries(text: str) -> list[str]:
    """The numbers and names in a text, in whatever form."""
    plain = re.sub("[-+ ]", "", text)
    return [word for word in CANARIES if word in plain]


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 is Anna and waits on `kö`; B1 is Bo and on `alone`; C1 has no number."""
    made = workspace(tmp_path, QUEUED, ALONE)
    made.ok("enrol", "kö", "A1", "--number", ANNA, "--name", "Anna Canary", "--fact", "redo=ja", "--at", "2026-09-01")
    made.ok("enrol", "alone", "B1", "--number", BO, "--name", "Bo Canary", "--at", "2026-09-01")
    made.ok("enrol", "alone", "C1")
    return made


def contents(space: Workspace) -> list[list[Any]]:
    tables = ("event", "note", "person", "person_number", "enrolment", "todo", "claim")
    return [space.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def refused(space: Workspace, *args: str, code: int = 2) -> Said:
    """A command that is refused, writes nothing, and repeats neither a number nor a name."""
    before = contents(space)
    said = space(*args)
    assert (said.code, contents(space)) == (code, before), said.out + said.err
    assert not canaries(said.out + said.err)
    return said


def imported(space: Workspace, rows: str, track: str = "kö") -> Said:
    return refused(space, "import", space.file("folk.csv", rows), "--track", track)


@pytest.mark.parametrize("form", FORMS)
def test_the_number_of_one_reference_is_refused_with_another_in_every_form(space: Workspace, form: str) -> None:
    for ref in ("R9", "C1"):
        assert "A1 har redan det personnumret" in refused(space, "enrol", "kö", ref, "--number", form, "--fact", "redo=ja").err
        assert "folk.csv:2:2: A1 har redan det personnumret" in imported(space, f"ref;number;redo\n{ref};{form};ja\n").err


def test_a_reference_is_refused_with_another_number_than_it_has(space: Workspace) -> None:
    assert "B1 har ett annat personnummer" in refused(space, "enrol", "kö", "B1", "--number", CIA).err
    assert "folk.csv:2:2: B1 har ett annat personnummer" in imported(space, f"ref;number\nB1;{CIA}\n").err
    assert "A1 har redan det personnumret" in refused(space, "enrol", "kö", "B1", "--number", ANNA).err


def test_a_file_with_the_same_rows_is_refused_too_once_a_number_in_it_is_another(space: Workspace) -> None:
    space.ok("import", space.file("a.csv", f"ref;number;on\nD1;{CIA};2026-09-01\n"), "--track", "kö")
    assert "folk.csv:2:2: D1 har ett annat" in imported(space, "ref;number;on\nD1;19121212-1212;2026-09-01\n").err


def test_the_rows_of_a_file_are_held_against_each_other(space: Workspace) -> None:
    said = imported(space, f"ref;number\nX1;{CIA}\nX2;19701063-2391\nX3;19121212-1212\nX3;20000101-0107\nC1;121212+1212\n")
    assert "folk.csv:3:2: personnumret står på rad 2 med en annan referens" in said.err
    assert "folk.csv:5:2: referensen står på rad 4 med ett annat personnummer" in said.err
    assert "folk.csv:6:2: personnumret står på rad 4 med en annan referens" in said.err


def test_a_report_with_a_reference_and_the_number_of_somebody_else_is_refused(space: Workspace) -> None:
    rows = f"ref;number;on;what\nB1;{ANNA};2026-09-01;contact\nB1;{CIA};2026-09-01;contact\nB1/1;{ANNA};2026-09-01;contact\n"
    said = imported(space, rows, "alone")
    assert "folk.csv:2:2: A1 har redan det personnumret" in said.err
    assert "folk.csv:3:2: ingen här har det personnumret" in said.err
    assert "folk.csv:4:2: A1 har redan" in said.err
    space.ok("import", space.file("r.csv", f"ref;number;on;what\nB1;{BO};2026-09-01;contact\n"), "--track", "alone")


def test_the_same_person_is_taken_by_her_own_reference_and_number(space: Workspace) -> None:
    for form in FORMS:
        space.ok("enrol", "alone", "A1", "--number", form, "--key", "k")
    assert space.rows("SELECT DISTINCT ref FROM enrolment WHERE person = 'A1'") == [("A1",)]
    space.ok("enrol", "kö", "C1", "--number", CIA)
    assert "C1 har redan det personnumret" in refused(space, "enrol", "kö", "R9", "--number", CIA).err


def test_another_process_that_gets_the_number_first_is_told_of_by_row(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from commands.importing import importer

    write = importer._write_fresh

    def late(*args: Any) -> Any:
        space.ok("enrol", "alone", "Z1", "--number", CIA)
        before.extend(contents(space))
        return write(*args)

    before: list[Any] = []
    monkeypatch.setattr(importer, "_write_fresh", late)
    said = space("import", space.file("folk.csv", f"ref;number\nX1;{CIA}\n"), "--track", "kö")
    assert (said.code, contents(space)) == (2, before)
    assert "folk.csv:2:2: Z1 har redan det personnumret" in said.err


def test_of_processes_at_the_same_time_one_gets_the_number(space: Workspace) -> None:
    refs = ("P1", "P2", "P3")
    line = [sys.executable, "-m", "cli", "--db", str(space.database), "--by", "Lisa", "enrol", "alone", "--number", CIA]
    racing = [subprocess.Popen([*line, ref], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for ref in refs]
    assert sorted(one.wait() for one in racing) == [0, 2, 2]
    assert len(space.rows("SELECT 1 FROM enrolment WHERE ref LIKE 'P%'")) == 1


def test_the_month_of_birth_is_that_of_the_number_given_or_kept(tmp_path: Path) -> None:
    space = workspace(tmp_path, QUEUED.replace("krav: [redo]", "krav: [{regel: ålder >= 18, skäl: lagen kräver det}]"))
    assert "födelsemånaden är en annan" in refused(space, "enrol", "kö", "A1", "--number", ANNA, "--born", "1990-02").err
    assert "folk.csv:2:3: födelsemånaden" in imported(space, f"ref;number;born\nA1;{ANNA};1990-02\n").err
    space.ok("enrol", "kö", "A1", "--number", ANNA, "--born", "1990-01", "--at", "2026-09-01")
    space.ok("refuse", "A1", "--reason", "annat")
    assert "födelsemånaden" in refused(space, "enrol", "kö", "A1", "--born", "1990-02").err
    assert space.ok("enrol", "kö", "A1", "--json").json[0]["data"]["born"] == "1990-01"


@pytest.mark.parametrize("form", FORMS)
def test_a_number_typed_where_a_reference_is_asked_for_is_not_repeated(space: Workspace, form: str) -> None:
    for args in (("status",), ("history",), ("why",), ("contact",), ("merge", "A1", "--reason", "annat"), ("erase", "1")):
        assert "`jobbspar find`" in refused(space, args[0], form, *args[1:]).err
    assert "`jobbspar find`" in refused(space, "enrol", form, "alone").err
    refused(space, "find", form)
    refused(space, "renumber", "A1", form, "--reason", "annat")


# Two references of one person


def merged(space: Workspace, going: str = "C1", staying: str = "A1") -> Said:
    said = space.ok("merge", going, staying, "--reason", "två ärenden för samma person")
    space.ok("advance", "--engine", "local")
    return said


def refs(space: Workspace) -> dict[str, str]:
    return dict(space.rows("SELECT stream, ref FROM enrolment ORDER BY stream"))


def test_two_references_that_are_merged_are_one_participant_in_all_that_is_asked(space: Workspace) -> None:
    merged(space)
    assert refs(space) == {"A1/1": "A1", "B1/1": "B1", "C1/1": "A1"}
    for ref in ("A1", "C1"):
        assert [(one["ref"], one["stream"]) for one in space.ok("status", ref, "--json").json] == [("A1", "A1/1"), ("A1", "C1/1")]
        assert {row["stream"] for row in space.ok("history", ref, "--json").json} == {"A1/1", "C1/1"}
    assert "referensen bytt (nu A1, annat)" in space.ok("history", "C1/1").out
    assert {row[1] for row in [*csv.reader(space.ok("export").out.splitlines())][1:]} == {"A1", "B1"}
    assert {row["ref"] for row in space.ok("status", "alone", "--people", "--json").json} == {"A1", "B1"}
    space.ok("contact", "C1/1")
    assert space.ok("verify").code == 0


def test_what_is_said_under_either_reference_is_said_of_the_one_participant(space: Workspace) -> None:
    merged(space)
    assert "A1 har redan en inskrivning på alone" in refused(space, "enrol", "alone", "C1", "--channel", "uppsökande").err
    space.ok("refuse", "A1/1", "--reason", "annat")
    assert space.ok("enrol", "kö", "C1", "--json").json[0]["stream"] == "A1/2"
    assert refs(space)["A1/2"] == "A1"
    space.ok("refuse", "A1/2", "--reason", "annat")
    # The names of enrolments follow their own reference, whatever was merged into it: so none is ever given twice.
    rows = space.file("igen.csv", "ref;on\nA1;2026-08-31\n")
    assert space.ok("import", rows, "--track", "kö", "--json").json["events"][0]["stream"] == "A1/3"
    space.ok("refuse", "A1/3", "--reason", "annat")
    assert space.ok("enrol", "kö", "A1", "--on", "2026-08-30", "--json").json[0]["stream"] == "A1/4"
    path = space.file("b.csv", "ref;on;what\nC1;2026-09-01;contact\n")
    assert space.ok("import", path, "--track", "alone", "--json").json["events"][0]["stream"] == "C1/1"
    assert "A1 har redan det personnumret" in refused(space, "enrol", "alone", "B1", "--number", ANNA).err


@pytest.mark.parametrize("columns", ["ref;number;on\nC2;{};2026-09-01\n", "number;on\n{};2026-09-01\n", "ref;on\nC2;2026-09-01\n"])
def test_the_same_file_opens_nothing_after_a_merge_and_a_new_number(
    space: Workspace, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = space.file("folk.csv", columns.format(CIA))
    ref = space.ok("import", path, "--track", "alone", "--json").json["events"][0]["stream"].partition("/")[0]
    space.ok("advance", "--engine", "local")
    space.ok("close", ref, "--reason", "annat")
    merged(space, ref)
    say(monkeypatch, "20000101-0107")
    if "{}" in columns:
        space.ok("renumber", ref, "--reason", "fick personnummer")
    before = contents(space)
    assert "0 rader skrivna, 1 fanns redan" in space.ok("import", path, "--track", "alone").out
    assert contents(space) == before


def test_lists_show_the_reference_that_she_has_now_beside_an_enrolment_of_another(space: Workspace) -> None:
    merged(space)
    space.ok("advance", "--engine", "local", "--at", "2026-09-09")
    assert "A1 (C1/1)" in space.ok("status", "alone", "--people").out
    lines = space.ok("worklist", "--track", "alone").out.splitlines()
    line, typed = next((line, lines[number + 1]) for number, line in enumerate(lines) if "(C1/1)" in line)
    # What is typed has the name of the enrolment alone.
    assert line.count("(C1/1)") == 1
    assert " C1/1 " in typed


def test_an_enrolment_that_there_is_not_is_answered_with_those_that_there_are(space: Workspace) -> None:
    merged(space)
    assert "A1 har inskrivningarna A1/1 (kö), C1/1 (alone)." in space("status", "A1/2").err
    assert "A1 har inskrivningarna" in space("record", "A1/2", "plan", "klar").err


def test_a_step_that_one_of_several_open_enrolments_has_tells_which_is_meant(space: Workspace) -> None:
    merged(space)
    space.ok("advance", "--engine", "local", "--at", "2026-09-09")
    (event,) = space.ok("begin", "A1", "plan", "--json").json
    assert event["stream"] == "C1/1"
    assert "mer än en inskrivning" in space("begin", "A1", "nope").err


def test_a_track_typed_where_a_participant_is_asked_for_is_called_one(space: Workspace) -> None:
    for command in ("why", "record"):
        said = space(command, "kö", *(("plan", "klar") if command == "record" else ())).err
        assert "Det är ett spår: `jobbspar status kö`" in said
        assert "Menade du" not in said


def test_a_reference_is_not_merged_with_itself(space: Workspace) -> None:
    assert "samma referens" in refused(space, "merge", "A1", "A1", "--reason", "annat").err


def test_the_name_of_a_step_and_a_hire_are_answered_with_what_to_type(space: Workspace) -> None:
    space.ok("begin", "B1", "plan", "--advance")
    for name in ("Theory", "THEORY"):
        assert "Menade du theory?" in space("record", "B1", name, "klar").err
    assert "`jobbspar outcome B1 arbete`" in space("record", "B1", "plan", "anställd").err


def test_a_column_that_is_none_is_answered_with_how_to_leave_it_out(space: Workspace) -> None:
    assert '`--map` (ort: "-")' in space("import", space.file("f.csv", "ref;ort\nD1;Lund\n"), "--track", "alone").err


def test_a_merge_said_twice_is_answered_as_before(space: Workspace) -> None:
    merged(space)
    before = contents(space)
    assert "redan registrerat" in merged(space).out
    assert "redan registrerat" in merged(space, "A1", "C1").out
    assert contents(space) == before


def test_a_person_is_never_left_with_two_places_on_a_track(space: Workspace) -> None:
    space.ok("enrol", "kö", "D1", "--fact", "redo=ja")
    said = refused(space, "merge", "D1", "A1", "--reason", "annat")
    assert "två gånger på kö (D1/1 och A1/1)" in said.err
    for line in ("jobbspar misregister D1/1 --reason annat", "jobbspar misregister A1/1 --reason annat"):
        assert f"`{line}`" in said.err
    space.ok("misregister", "D1/1", "--reason", "annat")
    merged(space, "D1")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    assert [row["stream"] for row in space.ok("queue", "kö", "--json").json if row["state"] == "proposed"] == ["A1/1"]
    assert space.ok("verify").code == 0


def test_references_are_merged_in_a_chain_and_a_mistake_is_undone(space: Workspace) -> None:
    merged(space)
    space.ok("misregister", "C1/1", "--reason", "annat")
    space.ok("enrol", "alone", "D1")
    merged(space, "A1", "D1")
    assert refs(space) == {"A1/1": "D1", "B1/1": "B1", "C1/1": "D1", "D1/1": "D1"}
    space.ok("merge", "C1", "D1", "--undo", "--reason", "fel person")
    assert refs(space) == {"A1/1": "D1", "B1/1": "B1", "C1/1": "C1", "D1/1": "D1"}
    assert "redan registrerat" in space.ok("merge", "C1", "D1", "--undo", "--reason", "annat").out
    assert "har inte slagits ihop" in refused(space, "merge", "B1", "D1", "--undo", "--reason", "annat").err
    assert [one["stream"] for one in space.ok("status", "C1", "--json").json] == ["C1/1"]
    assert space.ok("verify").code == 0


def test_a_reference_that_the_row_has_wrong_is_found_and_made_again_from_the_log(space: Workspace) -> None:
    merged(space)
    kept = contents(space)
    with sqlite3.connect(space.database) as database:
        database.execute("UPDATE enrolment SET ref = 'C1' WHERE stream = 'C1/1'")
    assert (space("verify").code, "ref" in space("verify").out) == (6, True)
    space("verify", "--rebuild")
    assert (space.ok("verify").code, contents(space)) == (0, kept)


def test_what_was_done_beside_the_log_cannot_be_corrected_in_it(space: Workspace) -> None:
    merged(space)
    seq = space.rows("SELECT seq FROM event WHERE kind = 'merged'")[0][0]
    assert "`jobbspar merge … --undo`" in refused(space, "correct", "C1/1", str(seq), "--withdraw").err


# Another number


def say(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def test_a_new_number_is_read_from_standard_input_and_both_lead_to_the_person(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.ok("enrol", "kö", "C1", "--number", CIA, "--name", "Cia Canary")
    say(monkeypatch, "20000101-0107")
    said = space.ok("renumber", "C1", "--reason", "samordningsnummer blev personnummer")
    assert "nytt personnummer" in said.out
    events = space.rows("SELECT stream, data FROM event WHERE kind = 'renumbered' ORDER BY stream")
    assert [stream for stream, _ in events] == ["C1/1", "C1/2"]
    assert not canaries(f"{said.out}{said.err}{events}")
    for number in (CIA, "000101-0107"):
        say(monkeypatch, number)
        assert "C1 har det numret" in space.ok("find").out
    say(monkeypatch, "20000101-0107")
    assert "redan registrerat" in space.ok("renumber", "C1", "--reason", "annat").out
    say(monkeypatch, ANNA)
    assert "A1 har redan det personnumret" in refused(space, "renumber", "C1", "--reason", "annat").err
    say(monkeypatch, "hej")
    assert "hej" not in refused(space, "renumber", "C1", "--reason", "annat").err
    held = b"".join(path.read_bytes() for path in space.folder.glob("jobbspar.db*"))
    assert not [word for word in (CIA, "197010632391", "200001010107", "Canary") if word.encode() in held]


def test_a_number_of_nobody_is_not_found_and_asking_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE)
    say(monkeypatch, ANNA)
    refused(space, "find", code=4)
    assert not (space.folder / "jobbspar.key").exists()
    assert "--number" not in space.ok("find", "--help").out


# Notes


def test_a_note_is_erased_and_its_event_stays(space: Workspace) -> None:
    space.ok("contact", "B1", "--note", "Canary ringde")
    seq = str(space.rows("SELECT max(seq) FROM note WHERE stream = 'B1/1'")[0][0])
    assert "Canary ringde" in space.ok("history", "B1", "--notes").out
    assert f"anteckning raderad (nr {seq})" in space.ok("erase", "B1", seq).out
    shown = space.ok("history", "B1", "--notes").out
    assert ("Canary" in shown, "kontakt" in shown, space.rows("SELECT count(*) FROM note")) == (False, True, [(0,)])
    assert "redan registrerat" in space.ok("erase", f"B1#{seq}").out
    assert "ingen anteckning" in refused(space, "erase", "B1#1", code=4).err
    assert space.ok("verify").code == 0


def test_a_number_that_stands_with_the_wrong_person_is_forgotten_and_free(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "")
    refused(space, "renumber", "B1", "--reason", "annat")
    say(monkeypatch, "")
    space.ok("renumber", "B1", "--wrong", "--reason", "skrevs på fel person")
    say(monkeypatch, BO)
    refused(space, "find", code=4)
    space.ok("enrol", "kö", "N1", "--number", BO)
    say(monkeypatch, CIA)
    space.ok("renumber", "B1", "--wrong")
    say(monkeypatch, CIA)
    assert space.ok("find", "--json").json == {"ref": "B1"}


def test_two_people_with_a_personnummer_each_are_not_merged(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    said = refused(space, "merge", "B1", "A1", "--reason", "annat")
    assert "var sitt personnummer" in said.err
    say(monkeypatch, CIA)
    space.ok("renumber", "C1", "--reason", "annat")
    merged(space, "C1", "A1")
    say(monkeypatch, CIA)
    assert space.ok("find", "--json").json == {"ref": "A1"}
    say(monkeypatch, "")
    space.ok("renumber", "B1", "--wrong", "--reason", "annat")
    space.ok("misregister", "C1/1", "--reason", "annat")
    merged(space, "B1", "A1")


def test_a_new_number_with_another_month_of_birth_is_told_with_the_line_that_puts_it_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace(tmp_path, QUEUED.replace("krav: [redo]", "krav: [{regel: ålder >= 18, skäl: lagen kräver det}]"))
    space.ok("enrol", "kö", "A1", "--number", ANNA, "--at", "2026-09-01")
    say(monkeypatch, CIA)
    said = space.ok("renumber", "A1", "--reason", "annat")
    assert "jobbspar correct A1/1 1 --set born=1970-10" in said.err
    space.ok("correct", "A1/1", "1", "--set", "born=1970-10")


def test_a_number_is_not_left_out_where_the_input_is_empty(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    refused(space, "enrol", "kö", "N1", "--number", "-")
