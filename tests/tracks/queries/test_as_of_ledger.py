"""Any past day is told as its snapshots told it then: status, steps, todos and claims, whatever was said later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.worlds import worlds
from tracks.queries.explain.as_of_ledger import CurrentLedger, PastLedger
from tracks.queries.moment import Moment
from tracks.queries.reader import reading
from tracks.recording import operations
from tracks.recording.track_facts import put_in_force
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.engine.context.ports import Book
    from tracks.events.snapshots import Enrolment
    from tracks.queries.reader import DatabaseReader

SPAN = 75
Told = dict[str, tuple[Any, ...]]


def written(lists: MemoryLedger, path: Path) -> Path:
    """What a world over lists came to, as a file."""
    disk = SqlLedger(create_database(path))
    with disk.transaction():
        for plan in lists.plans.values():
            disk.put_plan(plan)
        events = [event for log in lists.log.values() for event in log]
        disk.save(list(lists.enrolments.values()), events, list(lists.rows.values()))
    disk.engine.dispose()
    return path


def told(one: Enrolment) -> tuple[Any, ...]:
    return (one.status, one.version, one.progress, one.start, one.step, one.since, sorted(one.todos), sorted(one.claims))


def _tells_of_before(row: worlds.Command) -> bool:
    # An outcome said after exit tells whether some steps ended on the day of exit.
    return row.back > 0 or row.kind in ("correct", "outcome", "followed_up")


def lived(seed: int, shape: str, *, in_time: bool = False) -> tuple[MemoryLedger, dict[date, Told]]:
    """A world lived daily, with a new version in the middle, and what stood at the end of each day."""
    tracks, days = worlds.WORLDS[shape](), {}
    said = [row for row in worlds.commands(seed, tracks, people=4, span=SPAN) if not (in_time and _tells_of_before(row))]

    def evening(book: Book, day: date) -> None:
        for unit in operations.all_units(book):
            operations.advance_unit(book, unit, worlds.clock(day, 59))
        if day == worlds.FIRST + timedelta(days=30):
            changed = replace(tracks[0], steps=tuple(replace(s, length=s.length and worlds.weeks(3)) for s in tracks[0].steps))
            put_in_force(book, worlds.clock(day, 59), "Ann", changed, b"2" * 32, "")
            operations.advance_unit(book, book.unit(changed.track), worlds.clock(day, 59))
        assert isinstance(book, MemoryLedger)
        days[day] = {one.stream: told(one) for one in book.enrolments.values()}
        days[day] |= {f"track/{row.id}": (row.version, row.state, sorted(row.todos)) for row in book.rows.values()}

    lists = MemoryLedger()
    worlds.live(lists, tracks, said, lambda book, day: evening(book, day - timedelta(days=1)) if day > worlds.FIRST else None)
    for after in range(20):
        evening(lists, said[-1][0] + timedelta(days=after))
    return lists, days


def past_of(reader: DatabaseReader, lists: MemoryLedger, now: Moment) -> Told:
    past = PastLedger(reader, now)
    then: Told = {one.stream: told(one) for track in lists.rows for one in past.everybody(track)}
    rows = {name: row for name in lists.rows if (row := past.track(name))}
    return then | {f"track/{name}": (row.version, row.state, sorted(past.todos_of(name))) for name, row in rows.items()}


@pytest.mark.parametrize("shape", list(worlds.WORLDS))
def test_any_past_day_is_told_as_its_snapshots_told_it_then(shape: str, tmp_path: Path) -> None:
    for seed in range(4):
        lists, days = lived(seed, shape)
        with reading(written(lists, tmp_path / f"{seed}.db")) as reader:
            for day in sorted(days)[seed % 4 :: 4]:
                known = f"{day + timedelta(days=1)}T00:00:00.000000Z"
                assert past_of(reader, lists, Moment(max(days), day, known, day)) == days[day], (seed, day)


@pytest.mark.parametrize("shape", list(worlds.WORLDS))
def test_where_all_was_said_in_time_the_day_alone_tells_the_same(shape: str, tmp_path: Path) -> None:
    lists, days = lived(5, shape, in_time=True)
    with reading(written(lists, tmp_path / "w.db")) as reader:
        for day in sorted(days)[::5]:
            assert past_of(reader, lists, Moment(max(days), day)) == days[day], day


def test_the_present_is_what_the_snapshots_say(tmp_path: Path) -> None:
    lists, _ = lived(1, "dated")
    with reading(written(lists, tmp_path / "now.db")) as reader:
        now = CurrentLedger(reader)
        (track,) = now.tracks()
        assert [(one.stream, one.progress, one.todos) for one in now.everybody(track)] == [
            (one.stream, one.progress, one.todos) for _, one in sorted(lists.enrolments.items())
        ]
        assert sorted(now.claims(track)) == sorted(lists.claims(track))
        assert now.track("annat") is None
