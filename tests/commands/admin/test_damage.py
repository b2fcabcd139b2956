"""A damaged database is told as damage, with the log that is broken and the remedy, whatever command meets it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, lived_in

if TYPE_CHECKING:
    from pathlib import Path

DAMAGES = {
    "no JSON": """UPDATE event SET data = '{"channel":' WHERE stream = 'B1/1' AND seq = 1""",
    "no UTF-8": "UPDATE event SET kind = CAST(x'f265' AS TEXT) WHERE stream = 'B1/1' AND seq = 2",
    "no day": "UPDATE event SET effective = '2026-99-01' WHERE stream = 'B1/1' AND seq = 1",
    "no text": "UPDATE event SET data = x'00' WHERE stream = 'B1/1' AND seq = 1",
}
COMMANDS = (
    "history B1", "why B1", "status B1", "state B1 --fact car=ja", "report alone -o r.html", "outcomes alone",
    "export alone --what events -o e.csv", "worklist", "advance --engine local", "correct B1 1 --fact car=ja",
)  # fmt: skip


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = lived_in(tmp_path / "w")
    monkeypatch.chdir(made.folder)
    return made


def tamper(space: Workspace, change: str) -> None:
    with sqlite3.connect(space.database) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute(change)
    other.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_command_that_meets_a_damaged_event_blames_the_program(damage: str, space: Workspace) -> None:
    tamper(space, DAMAGES[damage])
    assert space("verify").code == 6
    assert "B1/1" in space("verify").out
    met = 0
    for command in COMMANDS:
        said = space(*command.split())
        assert said.code in {0, 6}, (command, said.err)
        if said.code == 6:
            met += 1
            assert "B1/1: händelse" in said.err
            assert "säkerhetskopia" in said.err
    assert met > 3


def test_a_name_that_the_key_opens_no_more_is_found(space: Workspace) -> None:
    for number, ref in (("900101-9802", "B2"), ("000229-6127", "B3")):
        space.ok("enrol", "alone", ref, "--number", number, "--name", "Kanarie Fågel")
    space.ok("verify")
    tamper(space, "UPDATE person SET cipher = zeroblob(60) WHERE rowid = 2")
    said = space("verify")
    assert said.code == 6
    assert "öppnas inte av nyckeln" in said.out
    assert "Kanarie" not in said.out
    tamper(space, "UPDATE person SET cipher = zeroblob(60)")
    assert space("verify").code == 8


def test_the_version_in_force_follows_the_log_and_is_written_anew_from_it(space: Workspace) -> None:
    tamper(space, "UPDATE track SET version = 9 WHERE id = 'alone'")
    assert space("verify").code == 6
    assert "track/alone" in space("verify").out
    space.ok("verify", "--rebuild")
    assert space.rows("SELECT version FROM track WHERE id = 'alone'") == [(1,)]
    space.ok("verify")
