"""A year of people on Jobbtorg Stockholm: on any day the worklist shows exactly who has no team though five working days have gone.

The year is lived in bulk, each thing written at its own time; on the days below the worklist is asked as staff ask it. Who should
be on it is worked out in `tests.examples.jobbtorg`, with another calendar and without the engine.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from tests.commands.workspace import Workspace, workspace
from tests.examples import jobbtorg
from tracks.clock import Clock
from tracks.recording.bulk import ImportRow, replay
from tracks.recording.enrolment import Referral
from tracks.recording.operations import advance_unit
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.write_buffer import Buffered
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.examples.jobbtorg import Aspirant, Said

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "jobbtorg-stockholm" / "jobbtorg-stockholm.yaml"
# Before, in and after Easter; the day after Ascension; about midsummer; a plain one; about Christmas, New Year and Epiphany.
_WRITTEN: Final = "2026-04-02 2026-04-06 2026-04-08 2026-05-15 2026-06-18 2026-06-22 2026-09-16 2026-12-23 2026-12-28 2027-01-04 2027-01-07"
DAYS: Final = tuple(map(date.fromisoformat, _WRITTEN.split()))
LATE: Final = ("worklist", "--track", jobbtorg.TRACK, "--overdue", "--json")


class Lived(NamedTuple):
    """The year: everybody, the workspace, and what the worklist and the calendar said on each day."""

    people: list[Aspirant]
    space: Workspace
    lists: dict[date, list[dict[str, Any]]]
    calendars: dict[date, str]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    people = jobbtorg.year(seed=7)
    space = workspace(tmp_path_factory.mktemp("w"))
    space.ok("apply", str(EXAMPLE), "--at", "2026-02-01")
    engine = open_database(space.database)
    ledger = SqlLedger(engine)
    found = Lived(people, space, {}, {})
    first = jobbtorg.FIRST
    for day in DAYS:
        live(ledger, list(jobbtorg.by_day(people, first, day)), day)
        first = day + timedelta(days=1)
        found.lists[day] = space.ok(*LATE).json
        found.calendars[day] = space.ok("worklist", "--track", jobbtorg.TRACK, "--overdue", "--ics", "-").out
    engine.dispose()
    return found


def live(ledger: SqlLedger, said: Sequence[Said], day: date) -> None:
    """Write what was said, each with its own clock, and advance to the evening."""
    times: Counter[tuple[str, date]] = Counter()
    rows = []
    for number, one in enumerate(said, 1):
        times[one.ref, one.told] += 1
        at = f"{one.told}T{7 + times[one.ref, one.told]:02}:00"
        rows.append(
            ImportRow(number, "Lisa", Referral(one.ref, one.on, facts=one.data or {}), day=at)
            if one.kind == "referred"
            else ImportRow(number, "Lisa", ReportedFact(one.kind, one.on, one.step, data=one.data), one.ref, at)
        )
    buffer = Buffered(ledger, day)
    with buffer.transaction():
        replay(buffer, jobbtorg.TRACK, rows)
        advance_unit(buffer, buffer.unit(jobbtorg.TRACK), Clock.at(f"{day}T20:00"))


def late(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Who is late with a team, and by how many working days."""
    return {row["ref"]: row["late"] for row in rows if (row["kind"], row["step"]) == ("start", "team")}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_worklist_shows_exactly_who_is_late_and_by_how_many_working_days(lived: Lived, day: date) -> None:
    assert late(lived.lists[day]) == {one.ref: days for one in lived.people if (days := one.late(day)) is not None}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_calendar_holds_the_same_people_on_their_last_day(lived: Lived, day: date) -> None:
    blocks = lived.calendars[day].replace("\r\n ", "").replace("\r\n", "\n").split("BEGIN:VEVENT\n")[1:]
    starts = [found.groups() for block in blocks if (found := _START.search(block))]
    shown = {ref: date.fromisoformat(day) for day, ref in starts}
    assert len(shown) == len(starts)
    assert shown == {one.ref: one.last_day(one.turn_on(day), day) for one in lived.people if one.late(day) is not None}


_START: Final = re.compile(r"DTSTART;VALUE=DATE:(\d{8})\n(?:.+\n)*SUMMARY:starta steget: Eget team och plan \((\w+)\)\n")


def test_there_is_something_to_see(lived: Lived) -> None:
    every = [late(lived.lists[day]) for day in DAYS]
    assert min(map(len, every)) > jobbtorg.PEOPLE // 90
    assert len({days for one in every for days in one.values()}) > 40
    assert len({one.ref for one in lived.people if len(one.turns) > 1}) > jobbtorg.PEOPLE // 25
    assert lived.space.rows("SELECT count(*) FROM enrolment")[0][0] > jobbtorg.PEOPLE * 0.9


@pytest.mark.parametrize("day", [DAYS[1], DAYS[5], DAYS[8]], ids=str)
def test_a_past_day_is_shown_as_it_was_and_as_it_really_was(lived: Lived, day: date) -> None:
    then = ("--as-of", day.isoformat())
    assert lived.space.ok(*LATE, *then, "--known-at", day.isoformat()).json == lived.lists[day]
    really = late(lived.space.ok(*LATE, *then).json)
    assert really == {one.ref: days for one in lived.people if (days := one.late_in_truth(day)) is not None}
    assert really != late(lived.lists[day])


@pytest.mark.parametrize(
    ("referred", "last"),
    [
        ("2026-04-01", "2026-04-10"), ("2026-04-29", "2026-05-07"), ("2026-05-12", "2026-05-20"), ("2026-06-05", "2026-06-12"),
        ("2026-06-17", "2026-06-25"), ("2026-12-21", "2026-12-30"), ("2026-12-29", "2027-01-08"), ("2026-09-05", "2026-09-11"),
    ],
)  # fmt: skip
def test_the_other_calendar_counts_as_one_counts_by_hand(referred: str, last: str) -> None:
    assert jobbtorg.after(date.fromisoformat(referred), jobbtorg.WITHIN) == date.fromisoformat(last)
