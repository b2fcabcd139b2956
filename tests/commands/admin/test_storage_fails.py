"""The storage fails in the middle of a command: nothing of it stands, and nothing that is locked is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

NAME, NUMBER, NOTE = "Vega Kanarie", "19121212-1212", "kanariens ord"


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path / "w", ALONE)
    made.ok("enrol", "alone", "B1", "--at", "2026-09-01")
    return made


def fails(space: Workspace, table: str, when: str = "1", verb: str = "INSERT") -> None:
    """From now on the database fails at rows of a table; a trigger that cannot be run is no fault of the row."""
    refuses = "INSERT INTO gone VALUES (1)"
    with closing(sqlite3.connect(space.database)) as database:
        database.execute(f"CREATE TRIGGER fails_{table} BEFORE {verb} ON {table} WHEN {when} BEGIN {refuses}; END")
        database.commit()


def held(space: Workspace) -> list[tuple[int, ...]]:
    tables = ("event", "enrolment", "track", "track_version", "claim", "todo", "person", "person_number", "note")
    return [space.rows(f"SELECT count(*) FROM {table}")[0] for table in tables]


def test_of_several_files_none_is_in_force_where_the_storage_fails_at_the_second(space: Workspace) -> None:
    fails(space, "track_version", "NEW.track = 'kö'")
    files = [space.file("a.yaml", ALONE.replace("name: Alone", "name: Annat")), space.file("b.yaml", QUEUED)]
    before = held(space)
    said = space("apply", *files, "--at", "2026-09-02")
    assert (said.code, held(space)) == (5, before), said.err
    assert space.ok("tracks", "--json").json[0]["version"] == 1


@pytest.mark.parametrize("table", ["enrolment", "claim", "todo", "event", "person", "note"])
def test_a_referral_stands_whole_or_not_at_all_whichever_table_fails(space: Workspace, table: str) -> None:
    fails(space, table)
    before = held(space)
    said = space("enrol", "alone", "B2", "--name", NAME, "--number", NUMBER, "--note", NOTE, "--at", "2026-09-02", "--advance")
    if table != "claim":  # this track has no places to claim
        assert (said.code, held(space)) == (5, before), said.err


@pytest.mark.parametrize("table", ["person", "person_number", "note", "event"])
def test_what_is_locked_is_in_no_message_and_no_file_when_its_row_fails(space: Workspace, table: str) -> None:
    fails(space, table)
    said = space("enrol", "alone", "B2", "--name", NAME, "--number", NUMBER, "--note", NOTE, "--at", "2026-09-02")
    assert said.code == 5
    kept = b"".join(path.read_bytes() for path in space.folder.rglob("*") if path.is_file())
    for secret in (NAME, NUMBER, NUMBER.replace("-", ""), NOTE):
        assert secret not in said.out + said.err
        assert secret.encode() not in kept
