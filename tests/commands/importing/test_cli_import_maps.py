"""Files as other offices have them: their columns, their values, and personal numbers in place of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

KAJSA, OLLE = "19121212-1212", "20000101-0107"
GRADES = """\
kolumner: {Elev: referens, Betygsdatum: datum, Betyg: värde, Kurs: "-"}
värden:
  Betyg: {A: klar, C: klar, E: klar, F: ej_klar, "": "-", streck: "-"}
alltid: {händelse: rapport, steg: plan}
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    for ref in ("B1", "B2", "B3", "B4"):
        space.ok("enrol", "alone", ref, "--fact", "level=high", "--at", "2026-09-01", "--advance")
        space.ok("begin", ref, "plan", "--at", "2026-09-01", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-10-01")
    return space


def results(space: Workspace, ref: str) -> list[str]:
    return [row["data"]["result"] for row in space.ok("history", ref, "--json").json if row["kind"] == "reported"]


def test_grades_come_in_by_a_map_of_their_columns_and_values(space: Workspace) -> None:
    rows = "Elev;Kurs;Betyg;Betygsdatum\nB1;SVA;C;2026-09-20\nB2;SVA;F;2026-09-21\nB3;SVA;;2026-09-21\nB4;SVA;streck;2026-09-21\n"
    path, grades = space.file("betyg.csv", rows), space.file("betyg.yaml", GRADES)
    said = space.ok("import", path, "--track", "alone", "--map", grades)
    assert "2 rader utelämnades efter kartan." in said.out
    assert "2 rader skrivna, 0 fanns redan." in said.out
    assert [results(space, ref) for ref in ("B1", "B2", "B3", "B4")] == [["done"], ["not_passed"], [], []]
    before = space.events
    again = space.ok("import", path, "--track", "alone", "--map", grades, "--json").json
    assert (again["written"], again["repeated"], again["left_out"], space.events) == (0, 2, 2, before)


def test_a_value_that_the_map_does_not_have_is_refused_with_its_place_and_nothing_is_written(space: Workspace) -> None:
    before = space.events
    path = space.file("betyg.csv", "Elev;Kurs;Betyg;Betygsdatum\nB1;SVA;C;2026-09-20\nB2;SVA;MVG;2026-09-21\n")
    said = space("import", path, "--track", "alone", "--map", space.file("betyg.yaml", GRADES))
    assert (said.code, space.events) == (2, before)
    assert f"{path}:3:3: kartan har inget ord för MVG; den har: A, C, E, F, streck. Lägg till det, eller `-`" in said.err


def test_attendance_comes_in_as_a_fact_with_its_day(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ALONE.replace("facts: {", "facts: {närvaro: number, "))
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    chart = space.file("n.toml", '[columns]\nDeltagare = "ref"\n"Månad" = "on"\n"Närvaro i %" = "närvaro"\n[always]\nwhat = "state"\n')
    path = space.file("n.csv", "Deltagare,Månad,Närvaro i %\nB1,2026-09-30,85\nB1,2026-10-31,40\n")
    said = space.ok("import", path, "--track", "alone", "--map", chart, "--at", "2026-11-02", "--json").json
    assert [(event["effective"], event["data"]["facts"]) for event in said["events"]] == [
        ("2026-09-30", {"närvaro": 85}),
        ("2026-10-31", {"närvaro": 40}),
    ]


def test_hires_come_in_with_employer_and_outcome_by_personal_number(tmp_path: Path) -> None:
    job = QUEUED.replace("steg:\n", "steg:\n  - {id: prov, typ: förberedande anställning, efter: antagning, längd: 4 veckor}\n")
    space = workspace(tmp_path / "w", job.replace("starter: [2026-10-05, 2026-11-02], ", ""))
    people = space.file("folk.csv", f"personnummer;namn;datum;redo\n{KAJSA};Kajsa Canary;2026-09-01;ja\n")
    space.ok("import", people, "--track", "kö", "--at", "2026-09-01", "--advance")
    ref = space.ok("status", "kö", "--people", "--json").json[0]["ref"]
    space.ok("accept", ref, "--at", "2026-09-02", "--advance")
    path = space.file("ag.csv", f"personnummer;datum;händelse;steg;värde;arbetsgivare\n{KAJSA};2026-09-30;rapport;prov;anställd;ab\n")
    said = space.ok("import", path, "--track", "kö", "--at", "2026-10-01", "--json").json
    assert [event["data"] for event in said["events"] if event["kind"] == "reported"] == [
        {"employer": "ab", "facts": {}, "outcome": "work", "result": "hired"}
    ]
    other = space.file("annan.csv", f"personnummer;datum;händelse\n{OLLE};2026-09-30;kontakt\n")
    refused = space("import", other, "--track", "kö")
    assert (refused.code, f"{other}:2:1: ingen här har det personnumret" in refused.err, OLLE in refused.err) == (2, True, False)


def test_people_come_in_by_number_with_a_reference_drawn_and_their_identity_locked_away(space: Workspace) -> None:
    rows = f"personnummer;namn;skyddad;datum;redo\n{KAJSA};Kajsa Canary;ja;2026-09-01;ja\n000101-0107;Olle Canary;;2026-09-01;ja\n"
    path = space.file("folk.csv", rows)
    assert "2 rader skrivna" in space.ok("import", path, "--track", "kö").out
    refs = {row[0] for row in space.rows("SELECT ref FROM enrolment WHERE track = 'kö'")}
    assert len(refs) == 2
    assert {row[0] for row in space.rows("SELECT person FROM enrolment WHERE track = 'kö'")} == refs
    before, kept = space.events, space.rows("SELECT id, cipher FROM person ORDER BY id")
    assert "0 rader skrivna, 2 fanns redan." in space.ok("import", path, "--track", "kö").out
    assert (space.events, space.rows("SELECT id, cipher FROM person ORDER BY id")) == (before, kept)
    raw = space.database.read_bytes()
    assert not any(word.encode() in raw for word in ("Canary", "191212121212", KAJSA))


def test_a_dry_run_and_a_refused_file_leave_no_identity(space: Workspace) -> None:
    rows = f"personnummer;namn;datum;redo\n{KAJSA};Kajsa Canary;2026-09-01;ja\n"
    space.ok("import", space.file("folk.csv", rows), "--track", "kö", "--dry-run")
    space("import", space.file("fel.csv", f"{rows}{OLLE};Olle;2026-09-01;kanske\n"), "--track", "kö")
    assert (space.rows("SELECT id FROM person"), space.rows("SELECT ref FROM enrolment WHERE track = 'kö'")) == ([], [])


def test_one_person_in_two_rows_of_a_file_is_one_person(space: Workspace) -> None:
    rows = f"personnummer;datum;redo\n{KAJSA};2026-09-01;ja\n191212121212;2026-09-02;ja\n"
    said = space("import", space.file("folk.csv", rows), "--track", "kö")
    assert (said.code, ":3:1:" in said.err, "samma deltagare står på rad 2" in said.err) == (2, True, True)


def test_a_bad_number_is_refused_with_its_place_and_never_repeated(space: Workspace) -> None:
    rows = "namn;personnummer;datum;redo\nNågon;19121212-1213;2026-09-01;ja\nNågon;;2026-09-01;ja\nNågon;1912121212T4;2026-09-01;ja\n"
    path = space.file("folk.csv", rows)
    said = space("import", path, "--track", "kö", "--json")
    assert [(row["row"], row["column"]) for row in said.json["refused"]] == [(2, 2), (3, 1), (4, 2)]
    assert "1213" not in said.out + said.err


OTHER_FORMS = {
    "yaml": {
        "kolumner: [a]\n": ":1:1", "värden: {Betyg: A}\n": ":1:10", "a: ref\nalltid: {a: [b]}\n": ":1:1", "alltid: {a: [b]}\n": ":1:10",
        "kolumner: {a: b}\nkolumnerr: {a: b}\n": ":2:1",
    },
    "toml": {
        'kolumner = ["a"]\n': ":1:1", '\n["värden"]\nBetyg = "A"\n': ":3:1", '[alltid]\na = ["b"]\n': ":2:1",
        '[kolumner]\na = "b"\n[columns]\na = "c"\n': ":3:2", '[alltid]\nwhat = "record"\n"händelse" = "state"\n': ":3:2",
        '[kolumner]\na = "b"\n[kolumnerr]\na = "b"\n': ":3:2", "\ufeff[kolumner]\na = \n": ":2:5",
    },
}  # fmt: skip


@pytest.mark.parametrize(("form", "chart"), [(form, chart) for form, charts in OTHER_FORMS.items() for chart in charts])
def test_a_map_of_another_form_is_refused_at_its_place(space: Workspace, form: str, chart: str) -> None:
    path = space.file(f"m.{form}", chart)
    said = space("import", space.file("p.csv", "ref\nA1\n"), "--track", "kö", "--map", path)
    assert (said.code, f"{path}{OTHER_FORMS[form][chart]}:" in said.err) == (2, True), said.err


@pytest.mark.parametrize(
    ("chart", "place"),
    [
        ("kolumner: {a: b}\ncolumns: {a: c}\n", ":2:1: ”columns” står redan på rad 1."),
        ("\ufeffkolumner: {a: b,\n  a: c}\n", ":2:3: ”a” står redan på rad 1."),
        ("värden:\n  Betyg: {F: klar,\n    F: ej_klar}\n", ":3:5: ”F” står redan på rad 2."),
        ("värden: {Betyg: {A: klar}}\nvärden: {Betyg: {F: klar}}\n", ":2:1: ”värden” står redan på rad 1."),
        ("alltid: {what: record,\n  händelse: state}\n", ":2:3: ”händelse” står redan på rad 1."),
        ("annat: {a: b}\n", ":1:1: Nyckeln ”annat” är okänd här."),
        ("kolumnerr: {a: b}\n", "Menade du ”kolumner”?"),
        ("a: ref\nb: [\n", ":2:"),
    ],
)
def test_a_map_is_read_as_a_track_is_with_every_finding_at_its_place(space: Workspace, chart: str, place: str) -> None:
    path = space.file("m.yaml", chart)
    said = space("import", space.file("p.csv", "ref\nA1\n"), "--track", "kö", "--map", path)
    assert said.code == 2
    assert (f"{path}{place}" if place.startswith(":") else place) in said.err


def test_a_map_in_toml_with_a_key_twice_is_refused_with_its_place(space: Workspace) -> None:
    path = space.file("m.toml", '[values.Betyg]\nF = "ej_klar"\nF = "klar"\n')
    said = space("import", space.file("p.csv", "ref\nA1\n"), "--track", "kö", "--map", path)
    assert (said.code, f"{path}:3:" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        ("värden: {Finns ej: {a: b}}\n", "Kartan nämner kolumnen Finns ej"),
        ('kolumner: {redo: "-"}\nvärden: {redo: {a: b}}\n', "Kartan nämner kolumnen redo"),
        ("alltid: {skonummer: 43}\n", "skonummer är ingen kolumn"),
    ],
)
def test_a_map_names_only_what_is_there(space: Workspace, chart: str, words: str) -> None:
    said = space("import", space.file("p.csv", "ref;redo\nA1;ja\n"), "--track", "kö", "--map", space.file("m.yaml", chart))
    assert (said.code, words in said.err) == (2, True)
