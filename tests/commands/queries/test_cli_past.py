"""Every question can be asked of the past: `--as-of` and `--known-at` answer what was answered then."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

import pytest

import cli
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

READS: Final = (
    ("status", "--json"), ("status", "kö", "--json"), ("status", "alone", "--json"), ("status", "kö", "--people", "--json"),
    ("status", "A1", "--json"), ("status", "B1", "--json"), ("worklist", "--json"), ("worklist", "--track", "kö", "--csv"),
    ("worklist", "--overdue", "--json"), ("worklist", "--role", "coach", "--json"),
    ("why", "A1", "--json"), ("why", "A3", "--entry", "--json"), ("why", "B1", "plan", "--json"), ("status", "A2", "--facts", "--json"),
    ("queue", "kö", "--json"), ("history", "A1", "--csv"), ("history", "kö", "--csv"), ("outcomes", "kö", "--limit", "0", "--json"),
    ("report", "kö", "--limit", "0", "--json"), ("tracks", "--json"), ("caseload", "--json"),
    ("worklist", "--responsible", "Åsa", "--json"), ("export", "kö"), ("export", "--what", "events"),
    ("start", "kö", "--json"), ("start", "kö", "2026-10-05", "--json"), ("employer", "kö", "--json"), ("employer", "kö", "ab", "--json"),
)  # fmt: skip
# What people said, by day; each day ends with an advance.
SAID: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("2026-09-02", ("enrol kö A1 --fact redo=ja --fact poäng=3", "enrol kö A2 --fact redo=ja --fact poäng=5", "enrol alone B1")),
    ("2026-09-08", ("assign A1 kommun Bo", "offer kö", "enrol kö A3", "enrol alone B2")),
    ("2026-09-11", ("accept A2", "begin B1 plan --on 2026-09-09")),
    ("2026-09-14", ("state A3 --fact redo=ja --fact poäng=9", "pause B1 --reason sjukdom --back 2026-09-18")),
    ("2026-09-22", ("assign B1 handläggare Åsa", "resume B1 --on 2026-09-21")),
    ("2026-10-06", ("record B1 plan klar --on 2026-10-01 --fact car=ja", "record A2 karta klar --on 2026-10-06")),
    ("2026-10-12", ("correct B1 4 --on 2026-09-07 --reason annat", "interrupt A2 --reason flyttat", "outcome A2 studier")),
    ("2026-10-19", ("assign B1 handläggare Bo", "state B1 --fact level=high", "misregister B2 --reason annat")),
)


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "w", QUEUED, ALONE)


def answers(space: Workspace, *when: str) -> dict[tuple[str, ...], Any]:
    return {read: _plain(space(*read, *when)) for read in READS}


def _plain(said: Any) -> Any:
    """An answer without what only the present has."""
    if said.code:
        return said.code
    return _less(said.json) if said.out[:1] in "[{" else said.out


def _less(value: Any) -> Any:
    if isinstance(value, dict):
        hidden = ("recorded", "due") if "todos" in value else ()
        return {key: _less(one) for key, one in value.items() if key not in hidden}
    return [_less(one) for one in value] if isinstance(value, list) else value


def test_every_question_is_answered_of_the_past_as_it_was_then(space: Workspace) -> None:
    then = {}
    for day, said in SAID:
        for line in said:
            space.ok(*line.split(), "--at", f"{day}T09:00")
        space.ok("advance", "--engine", "local", "--at", f"{day}T18:00")
        then[day] = answers(space)
    assert len({repr(answer) for answer in then.values()}) == len(SAID)
    for day in then:
        now = answers(space, "--as-of", day, "--known-at", day)
        assert {read: now[read] for read in READS if now[read] != then[day][read]} == {}, day


def test_what_was_true_is_told_with_what_became_known_later(space: Workspace) -> None:
    for day, said in SAID:
        for line in said:
            space.ok(*line.split(), "--at", f"{day}T09:00")
    overdue = ("worklist", "--overdue", "--json", "--as-of", "2026-10-02")
    (late,) = [row for row in space.ok(*overdue, "--known-at", "2026-10-02").json if row["ref"] == "B1"]
    assert (late["kind"], late["due"], late["late"]) == ("report", "2026-09-30", 2)
    assert [row for row in space.ok(*overdue).json if row["ref"] == "B1"] == []


def test_what_was_not_there_yet_is_not_found_and_says_so(space: Workspace) -> None:
    for line in SAID[0][1]:
        space.ok(*line.split(), "--at", "2026-09-02")
    for args in (("status", "A1"), ("why", "A1"), ("history", "A1"), ("status", "kö"), ("queue", "kö"), ("report", "kö", "--json")):
        early = space(*args, "--as-of", "2026-07-01" if "kö" in args else "2026-08-20")
        assert (early.code, f"{args[1]} fanns inte här" in early.err) == (4, True), args
    assert space.ok("worklist", "--as-of", "2026-08-20", "--json").json == []


def test_every_question_takes_both_times_and_is_tried_here() -> None:
    asking = {*cli.TOPICS["ask"], *cli.TOPICS["results"]} - {"verify", "db"}
    for name in asking:
        taken = inspect.signature(cli.load_command(name)).parameters
        assert {"as_of", "known_at"} <= set(taken), name
    assert asking - {read[0] for read in READS} == set()


@pytest.mark.parametrize(("when", "told"), [(("--as-of", "2026-09-04"), "8"), (("--as-of", "2026-09-04", "--known-at", "2026-09-06"), "6")])
def test_the_foot_of_a_report_says_as_known_on_which_day(space: Workspace, when: tuple[str, ...], told: str) -> None:
    space.ok("enrol", "kö", "A1", "--at", "2026-09-02", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    page = space.ok("report", "kö", *when, "--html", "-").out.replace("\N{NO-BREAK SPACE}", " ")
    assert f"läget 4 september 2026, så som det var känt {told} september 2026." in page
