"""A damaged database is told as damage, with the log that is broken and the remedy, whatever command meets it."""

from __future__ import annotations

import io
import shlex
import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commands.lines import LINES
from tests.commands.workspace import Workspace, lived_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.commands.workspace import Said

DAMAGES = {
    "no JSON": """UPDATE event SET data = '{"channel":' WHERE stream = 'B1/1' AND seq = 1""",
    "no UTF-8": "UPDATE event SET kind = CAST(x'f265' AS TEXT) WHERE stream = 'B1/1' AND seq = 2",
    "no day": "UPDATE event SET effective = '2026-99-01' WHERE stream = 'B1/1' AND seq = 1",
    "no text": "UPDATE event SET data = x'00' WHERE stream = 'B1/1' AND seq = 1",
}
# What follows from the log, and is made anew of it.
DERIVED = {
    "a state that is no JSON": ("UPDATE enrolment SET state = '{'", "B1/1"),
    "a state of a track that is no JSON": ("UPDATE track SET state = '{'", "track/"),
    "a status that is no UTF-8": ("UPDATE enrolment SET status = CAST(x'f265' AS TEXT)", "B1/1"),
    "a status that is no text": ("UPDATE enrolment SET status = x'00'", "B1/1"),
    "names of a version that are no JSON": ("UPDATE track_version SET labels = '['", "track/alone"),
    "a rank that is none": ("UPDATE claim SET rank = '['", "A1/1"),
    "a day of something to do that is none": ("UPDATE todo SET since = 'x'", "A1/1"),
    "a last instant that is none": ("UPDATE enrolment SET recorded = 'x'", "B1/1"),
    "a number that is none": ("UPDATE enrolment SET seq = 'x'", "B1/1"),
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = lived_in(tmp_path_factory.mktemp("lived") / "w")
    made.file("p.csv", "ref\nQ1\n")
    return made.folder


@pytest.fixture
def space(lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(lived, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return Workspace(tmp_path / "w")


def tamper(space: Workspace, change: str) -> None:
    with sqlite3.connect(space.database) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute(change)
    other.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_command_that_meets_a_damaged_event_blames_the_program(damage: str, space: Workspace) -> None:
    tamper(space, DAMAGES[damage])
    assert space("verify").code == 6
    assert "B1/1" in space("verify").out
    told = [said.err for said in every_command(space) if said.code == 6]
    assert len(told) > 3
    assert all("B1/1: händelse" in one and "säkerhetskopia" in one for one in told)


@pytest.mark.parametrize("damage", DERIVED)
def test_whatever_follows_from_the_log_and_cannot_be_read_is_told_and_made_anew(damage: str, space: Workspace) -> None:
    change, stream = DERIVED[damage]
    tamper(space, change)
    said = space("verify")
    assert (said.code, stream in said.out) == (6, True)
    # What a command does not need it does not look at; a write may leave a row that it made anew itself.
    assert all("verify --rebuild" in said.err for said in every_command(space) if said.code == 6)
    space.ok("verify", "--rebuild")
    space.ok("verify")


def every_command(space: Workspace) -> Iterator[Said]:
    """What each command says, none of which is that the program is at fault."""
    for line in [one for name, one in LINES.items() if name != "verify"]:
        said = space(*shlex.split(line))
        assert said.code in {0, 2, 4, 6}, (line, said)
        assert "Traceback" not in said.err + said.out
        yield said


def test_a_name_that_the_key_opens_no_more_is_found(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, ref in (("900101-9802", "B2"), ("000229-6127", "B3")):
        space.ok("enrol", "alone", ref, "--number", number, "--name", "Kanarie Fågel")
    space.ok("verify")
    tamper(space, "UPDATE person SET cipher = zeroblob(60) WHERE rowid = 2")
    said = space("verify")
    assert said.code == 6
    assert "öppnas inte av nyckeln" in said.out
    assert "Kanarie" not in said.out
    monkeypatch.setattr(sys, "stdin", io.StringIO("000229-6127\n"))
    found = space("enrol", "alone", "--number", "-")
    assert (found.code, "öppnas inte av nyckeln" in found.err, "säkerhetskopia" in found.err) == (6, True, True)
    tamper(space, "UPDATE person SET cipher = zeroblob(60)")
    assert space("verify").code == 8


def test_the_version_in_force_follows_the_log_and_is_written_anew_from_it(space: Workspace) -> None:
    tamper(space, "UPDATE track SET version = 9 WHERE id = 'alone'")
    assert space("verify").code == 6
    assert "track/alone" in space("verify").out
    space.ok("verify", "--rebuild")
    assert space.rows("SELECT version FROM track WHERE id = 'alone'") == [(1,)]
    space.ok("verify")
