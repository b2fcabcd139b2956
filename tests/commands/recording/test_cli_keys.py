"""The key of the identities, seen from the command line: a wrong one writes nothing, and `doctor` says what is wrong with it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = "19121212-1212"
KEYS = {"missing": None, "unusable": b"hej\n", "wrong": b"QUJD" * 10 + b"QUI=\n"}


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path, QUEUED)
    made.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-07")
    return made


def put_key(space: Workspace, content: bytes | None) -> None:
    path = space.folder / "jobbspar.key"
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)


def contents(space: Workspace) -> list[list[Any]]:
    return [space.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("event", "note", "person", "enrolment")]


WRITING = {
    "a name": ("enrol", "kö", "N1", "--name", "Bo"),
    "a number": ("enrol", "kö", "--number", NUMBER),
    "a name and a note": ("enrol", "kö", "N1", "--name", "Bo", "--note", "hemligt"),
    "a note": ("state", "A1", "--fact", "redo=nej", "--note", "hemligt"),
    "a file of people": ("import", "people.csv", "--track", "kö"),
    "a file of reports": ("import", "reports.csv", "--track", "kö"),
}


@pytest.mark.parametrize("kept", [("--name", "Kalle"), ("--note", "ute")], ids=["identity", "note"])
@pytest.mark.parametrize("args", WRITING.values(), ids=WRITING)
def test_with_the_key_of_another_workspace_nothing_is_written(space: Workspace, kept: tuple[str, str], args: tuple[str, ...]) -> None:
    space.ok("enrol", "kö", "B1", *kept)
    space.file("people.csv", f"personnummer,namn\n{NUMBER},Bo\n")
    space.file("reports.csv", "datum,referens,händelse,anteckning,redo\n2026-09-07,A1,stated,hemligt,nej\n")
    right, before = (space.folder / "jobbspar.key").read_bytes(), contents(space)
    args = tuple(str(space.folder / one) if one.endswith(".csv") else one for one in args)
    put_key(space, KEYS["wrong"])
    refused = space(*args)
    assert (refused.code, contents(space)) == (8, before)
    assert "Identitetsnyckeln passar inte" in refused.err
    put_key(space, right)
    space.ok(*args)


def test_the_key_of_another_workspace_does_not_stop_what_needs_no_key(space: Workspace) -> None:
    space.ok("enrol", "kö", "B1", "--name", "Kalle")
    put_key(space, KEYS["wrong"])
    space.ok("enrol", "kö", "C1")
    space.ok("state", "C1", "--fact", "redo=nej")


def key_row(space: Workspace, lang: str) -> dict[str, Any]:
    assert space("doctor", lang=lang).code == 0
    assert space("doctor", "--exit-code", lang=lang).code == 3
    rows = space("doctor", "--json", lang=lang).json
    found: dict[str, Any] = next(row for row in rows if row["what"] == "key")
    assert [row["what"] for row in rows if not row["ok"]] == ["key"]
    return found


@pytest.mark.parametrize(
    ("fault", "swedish", "english"),
    [
        ("missing", "saknas, fast databasen är skriven med den", "is missing, and this database was written with it"),
        ("unusable", "går inte att läsa eller är ingen nyckel", "cannot be read or is not a key"),
        ("wrong", "skriven med en annan nyckel", "written with another key"),
    ],
)
def test_doctor_says_what_is_wrong_with_the_key(space: Workspace, fault: str, swedish: str, english: str) -> None:
    space.ok("enrol", "kö", "B1", "--note", "ute")
    assert space("doctor", "--exit-code").code == 0
    put_key(space, KEYS[fault])
    assert swedish in key_row(space, "sv")["state"]
    assert english in key_row(space, "en")["state"]
    assert (space.folder / "jobbspar.key").exists() == (fault != "missing")


def test_doctor_says_that_a_file_is_no_key_also_where_nothing_is_locked(space: Workspace) -> None:
    assert space("doctor", "--exit-code").code == 0
    assert not (space.folder / "jobbspar.key").exists()
    space.file("jobbspar.key", b"hej\n")
    (space.folder / "jobbspar.key").chmod(0o600)
    assert "är ingen nyckel" in key_row(space, "sv")["state"]


def test_doctor_says_both_that_a_key_is_wrong_and_that_others_can_read_it(space: Workspace) -> None:
    space.ok("enrol", "kö", "B1", "--name", "Kalle")
    put_key(space, KEYS["wrong"])
    (space.folder / "jobbspar.key").chmod(0o644)
    said = key_row(space, "sv")["state"]
    assert "skriven med en annan nyckel" in said
    assert "chmod 600" in said


def test_doctor_says_that_a_file_is_no_key_also_where_the_database_cannot_be_read(space: Workspace) -> None:
    space.file("jobbspar.key", b"hej\n")
    space.database.unlink()
    rows = {row["what"]: row for row in space.ok("doctor", "--json").json}
    assert "är ingen nyckel" in rows["key"]["state"]
    assert not rows["database"]["ok"]
    assert not space.database.exists()


@pytest.fixture
def referred(space: Workspace) -> Workspace:
    """B1 came by a file that names nobody, so that nothing is locked, and has left again."""
    space.file("people.csv", "ref;on;redo\nB1;2026-09-07;ja\n")
    space.ok("import", str(space.folder / "people.csv"), "--track", "kö")
    space.ok("refuse", "B1", "--reason", "annat")
    assert not space.rows("SELECT 1 FROM person UNION SELECT 1 FROM note")
    return space


NEEDS_THE_KEY = {
    **WRITING,
    "who has a number": ("find",),
    "the same file of people": ("import", "people.csv", "--track", "kö"),
}


@pytest.mark.parametrize("fault", ["missing", "wrong"])
@pytest.mark.parametrize("args", NEEDS_THE_KEY.values(), ids=NEEDS_THE_KEY)
def test_a_database_that_was_written_with_a_key_gets_no_other_though_nothing_is_locked(
    referred: Workspace, args: tuple[str, ...], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    referred.file("reports.csv", "datum,referens,händelse,anteckning,redo\n2026-09-07,A1,stated,hemligt,nej\n")
    before = contents(referred)
    put_key(referred, KEYS[fault])
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    refused = referred(*(str(referred.folder / one) if one.endswith(".csv") else one for one in args))
    assert (refused.code, contents(referred)) == (8, before), refused.err
    assert "lägg tillbaka den" in refused.err.lower()
    assert (referred.folder / "jobbspar.key").exists() == (fault == "wrong")


def test_the_same_file_is_known_again_with_the_key_also_after_the_person_has_left(referred: Workspace) -> None:
    before = contents(referred)
    assert "1 fanns redan" in referred.ok("import", str(referred.folder / "people.csv"), "--track", "kö").out
    assert contents(referred) == before


def test_verify_and_doctor_tell_of_a_key_that_is_missing_though_nothing_is_locked(referred: Workspace) -> None:
    assert referred.ok("verify").err == ""
    put_key(referred, None)
    said = referred.ok("verify")
    assert "Det låsta är inte kontrollerat" in said.err
    assert "saknas, fast databasen är skriven med den" in key_row(referred, "sv")["state"]
    put_key(referred, KEYS["wrong"])
    assert referred("verify").code == 8


def test_where_the_key_is_gone_for_good_a_person_says_so_and_each_history_tells_what_is_lost(space: Workspace) -> None:
    space.ok("enrol", "kö", "B1", "--name", "Kalle", "--number", NUMBER, "--protected")
    space.ok("state", "A1", "--fact", "redo=nej", "--note", "hemligt")
    space.ok("enrol", "kö", "C1")
    old = (space.folder / "jobbspar.key").read_bytes()
    assert space("rekey").code == 2
    assert "inget ändrades" in space.ok("rekey", "--lost").out
    assert (space.folder / "jobbspar.key").read_bytes() == old
    put_key(space, KEYS["wrong"])
    before = contents(space)
    assert (space("rekey", "--lost").code, contents(space)) == (8, before)
    put_key(space, None)
    assert "jobbspar rekey --lost" in space("enrol", "kö", "D1", "--name", "Bo").err
    assert space.ok("rekey", "--lost", "--json").json == {"lost": ["B1/1", "A1/1"]}
    assert (space.folder / "jobbspar.key").read_bytes() != old
    assert space.rows("SELECT stream, actor FROM event WHERE kind = 'key_lost' ORDER BY stream") == [("A1/1", "Lisa"), ("B1/1", "Lisa")]
    assert "hemligt" not in space.ok("history", "A1", "--notes").out
    # Who is protected is so still, and the number is nobody's until it is said anew.
    assert space.ok("status", "B1", "--json").json[0]["protected"] is True
    space.ok("verify")
    assert "inget ändrades" in space.ok("rekey", "--lost").out
    assert space("enrol", "kö", "E1", "--number", NUMBER).code == 0
    space.ok("verify")
