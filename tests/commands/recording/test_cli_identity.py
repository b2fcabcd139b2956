"""A number belongs to one reference and a reference to one number, by command and by row; nothing repeats a number or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import ALONE, QUEUED, Said, Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

ANNA, BO, CIA = "19900101-9802", "20000229-6127", "701063-2391"
FORMS = ("199001019802", "19900101-9802", "900101-9802", "9001019802", "19900101 9802")
CANARIES = ("9802", "6127", "2391", "Canary")


@pytest.fixture
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
    assert not [word for word in CANARIES if word in said.out + said.err]
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


def test_the_month_of_birth_is_that_of_the_number_given_or_kept(tmp_path: Path) -> None:
    space = workspace(tmp_path, QUEUED.replace("krav: [redo]", "krav: [{regel: ålder >= 18, skäl: lagen kräver det}]"))
    assert "födelsemånaden är en annan" in refused(space, "enrol", "kö", "A1", "--number", ANNA, "--born", "1990-02").err
    assert "folk.csv:2:3: födelsemånaden" in imported(space, f"ref;number;born\nA1;{ANNA};1990-02\n").err
    space.ok("enrol", "kö", "A1", "--number", ANNA, "--born", "1990-01", "--at", "2026-09-01")
    space.ok("refuse", "A1", "--reason", "annat")
    assert "födelsemånaden" in refused(space, "enrol", "kö", "A1", "--born", "1990-02").err
    assert space.ok("enrol", "kö", "A1", "--json").json[0]["data"]["born"] == "1990-01"
