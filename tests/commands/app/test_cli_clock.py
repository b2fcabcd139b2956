"""The clock of the system is judged by what was recorded last, whichever command writes."""

from __future__ import annotations

import io
import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest

from commands.runtime import context
from flows.adapter import LedgerOperations
from tests.commands.recording.test_given_again import FILES, LATER, LIFE, NAMED, NOT_HERE, OTHER, ROAD
from tests.commands.workspace import Workspace, once, workspace
from tests.raising import raises_code
from tracks.clock import Clock
from tracks.errors import CLOCK_JUMPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The first line of each command that writes, as it is typed today.
LINES: Final = {line.split()[1]: line.partition(" <<< ")[0].split(" ", 1)[1] for line in reversed(LIFE.strip().splitlines())}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock of the system."""

    def at(day: str) -> None:
        monkeypatch.setattr(context, "system_clock", lambda: Clock.at(day))

    return at


@once
def made(folder: Path) -> Workspace:
    found = workspace(folder / "w", virtual=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "system_clock", lambda: Clock.at("2026-09-01"))
        found.ok("apply", *(found.file(f"t{number}.yaml", text) for number, text in enumerate((OTHER, LATER, ROAD))))
        for name, text in FILES.items():
            found.file(name, text)
        for ref in ("A", "B", "D", "F", "G", "N"):
            found.ok("enrol", "kö", ref)
    return found


@pytest.fixture
def space(tmp_path: Path, at: Callable[[str], None]) -> Workspace:
    """A workspace without a virtual clock, in which something was recorded on 1 September 2026 last."""
    at("2026-09-01")
    return made(tmp_path)


def stands(space: Workspace) -> list[list[Any]]:
    return [space.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("event", "enrolment", "track", "run", "person")]


@pytest.mark.parametrize("command", LINES)
def test_a_system_clock_that_has_jumped_needs_a_persons_word_whatever_is_written(
    command: str, space: Workspace, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["1" if NAMED.fullmatch(word) else word.removesuffix("/3") for word in shlex.split(LINES[command])]
    args = [str(space.folder / word) if word in FILES else word for word in words]
    monkeypatch.setattr("sys.stdin", io.StringIO("19121212-1212\n"))
    before = stands(space)
    at("2027-10-07")
    refused = space(*args)
    assert (refused.code, stands(space)) == (2, before)
    assert "2027-10-07 00:00, mer än 400 dagar efter det senast registrerade (2026-09-01 00:00)" in refused.err
    monkeypatch.setattr("sys.stdin", io.StringIO("19121212-1212\n"))
    assert "400 dagar" not in space(*args, "--confirm-clock").err


def test_every_command_that_writes_is_asked() -> None:
    from cli import COMMANDS

    assert set(LINES) == COMMANDS.keys() - NOT_HERE


def test_a_workspace_that_has_rested_is_told_so_once(space: Workspace, at: Callable[[str], None]) -> None:
    at("2026-12-01")
    said = space.ok("enrol", "annat", "R")
    assert "Varning: datorns klocka visar 2026-12-01 00:00, 91 dagar efter det senast registrerade (2026-09-01 00:00)" in said.err
    # By what was recorded last in the whole database, not on the track alone.
    assert space.ok("enrol", "sen", "R").err == ""
    at("2026-12-30")
    assert space.ok("enrol", "kö", "R").err == ""


def test_what_is_confirmed_once_is_recorded_and_not_asked_again(space: Workspace, at: Callable[[str], None]) -> None:
    at("2029-01-01")
    assert space("advance", "--engine", "local").code == 2
    space.ok("advance", "--engine", "local", "--confirm-clock")
    space.ok("enrol", "annat", "R")


def test_a_database_in_which_nothing_is_recorded_takes_any_clock(tmp_path: Path, at: Callable[[str], None]) -> None:
    space = workspace(tmp_path / "w", virtual=False)
    at("2033-01-01")
    assert space.ok("apply", space.file("t.yaml", OTHER)).err == ""


def test_a_flow_has_nobody_to_ask_and_refuses_a_clock_that_has_jumped(space: Workspace, at: Callable[[str], None]) -> None:
    operations = LedgerOperations(str(space.database))
    operations.check_clock(Clock.at("2027-10-01").recorded)
    with raises_code(CLOCK_JUMPED):
        operations.check_clock(Clock.at("2027-10-07").recorded)
    at("2027-10-07")
    space.ok("advance", "--engine", "local", "--confirm-clock")
    operations.check_clock(Clock.at("2027-10-08").recorded)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-09-15", ""), ("2026-12-01", "91 dagar efter det senast registrerade"), ("2026-08-01", "går efter det senast registrerade")],
)
def test_doctor_looks_at_the_clock_by_what_was_recorded_last(space: Workspace, at: Callable[[str], None], day: str, state: str) -> None:
    at(day)
    row = next(row for row in space.ok("doctor", "--json").json if row["what"] == "clock")
    assert (row["ok"], state in row["state"]) == (not state, True)
