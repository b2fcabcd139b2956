"""The invariants of deciding, over random lived worlds: what holds whatever people said and in whatever order it was worked out."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.worlds import fairness, invariants, shapes, worlds
from tracks.engine.context.input_builder import track_view
from tracks.engine.loop.advance import advance
from tracks.engine.rules.allocation import decide_grants
from tracks.events.fold import standing
from tracks.events.kinds.table import is_grant
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracks.engine.context.ports import Book

SHAPES = list(shapes.SHAPES)
COUPLED = ["rolling", "dated", "programme"]


def lived(seed: int, shape: str, each: Callable[[MemoryLedger, date], None] = lambda *_: None, *, late: bool = True) -> MemoryLedger:
    """A world advanced each morning and evening; `each` looks at it on every day when everything is decided."""
    tracks = shapes.SHAPES[shape]()
    said = worlds.commands(seed, tracks, people=5, span=80)
    if not late:
        said = [one._replace(back=0) for one in said if one.kind != "correct"]
    book = MemoryLedger()

    def between(_: Book, day: date) -> None:
        worlds.end(book, max(day - timedelta(days=1), worlds.FIRST))
        worlds.end(book, day)
        each(book, day)

    worlds.live(book, tracks, said, between)
    for offset in (1, 2, 9, 40):
        between(book, said[-1].day + timedelta(days=offset))
    return book


@pytest.mark.parametrize("shape", SHAPES)
def test_a_snapshot_is_what_the_log_says_and_nothing_more_follows_before_it_is_due(shape: str) -> None:
    def look(book: MemoryLedger, day: date) -> None:
        invariants.snapshots_are_the_folds(book, day)
        if day.toordinal() % 3 == 0:
            invariants.nothing_follows_before_it_is_due(book, day, 5)
            invariants.what_is_due_is_answered_once(book)

    for seed in range(3):
        book = lived(seed, shape, look)
        invariants.the_chain_is_whole(book)
        invariants.no_event_names_a_step_that_is_not_hers(book)
        for log in book.log.values():
            invariants.the_engine_says_no_fact_and_people_nothing_else(log)
            invariants.the_order_within_a_day_does_not_matter(log, random.Random(seed))


def _unfinished(seed: int, shape: str) -> tuple[MemoryLedger, date]:
    """A world in which much is left to decide."""
    tracks = shapes.SHAPES[shape]()
    said = worlds.commands(seed, tracks, people=6, span=60)
    book = MemoryLedger()
    worlds.live(book, tracks, said, lambda *_: None)
    return book, said[-1].day + timedelta(days=90)


@pytest.mark.parametrize("shape", SHAPES)
def test_to_advance_in_two_steps_or_one_gives_the_same_events(shape: str) -> None:
    for seed in range(6):
        one, last = _unfinished(seed, shape)
        two = invariants.copied(one)
        worlds.end(one, last)
        for days in (80, 79, 41, 0):
            worlds.end(two, last - timedelta(days=days))
        assert worlds.same(one) == worlds.same(two)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_order_of_enrolments_the_size_of_batches_and_shards_make_no_difference(shape: str) -> None:
    for seed in range(4):
        logs, (unfinished, last) = [], _unfinished(seed, shape)
        for batch, shards in ((1000, 1), (1, 1), (2, 3)):
            book = invariants.copied(unfinished)
            people = list(book.enrolments.items())
            random.Random(batch).shuffle(people)
            book.enrolments = dict(people)
            clock = worlds.clock(last)
            for unit in operations.all_units(book):
                coupled = any(book.rows[name].coupled for name in unit)
                for shard in [None] if coupled or shards == 1 else [(n, shards) for n in (2, 0, 1)]:
                    advance(book, unit, last, clock.recorded, batch=batch, shard=shard)
            logs.append(worlds.same(book))
        assert logs[0] == logs[1] == logs[2]


@pytest.mark.parametrize("shape", COUPLED)
def test_what_is_given_is_given_on_its_day_in_turn_and_never_twice(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fairness.watch(monkeypatch)

    def look(book: MemoryLedger, day: date) -> None:
        for name, row in book.rows.items():
            view, rows = track_view(book, row, None), book.claims(name)
            again, turned = decide_grants(view, rows, day), decide_grants(view, rows[::-1], day)
            assert (again.people, again.track) == (turned.people, turned.track) == ({}, ())

    for seed in range(6):
        for log in lived(seed, shape, look, late=False).log.values():
            for event in log:
                assert not is_grant(event.kind) or event.recorded.startswith(event.effective.isoformat()), event


def _way() -> list[tuple[int, str, str, dict[str, Any]]]:
    """One person's way through the uncoupled track: day, kind, step, content."""
    return [
        (3, "began", "kart", {}), (10, "reported", "kart", {"result": "done", "facts": {"kurs": True}}),
        (12, "paused", "", {"reason": "illness"}), (15, "resumed", "", {}), (20, "reported", "kurs_steg", {"result": "done"}),
        (30, "reported", "praktik", {"result": "not_passed"}), (41, "reported", "praktik", {"result": "interrupted"}),
        (44, "stated", "", {"facts": {"nivå": "B"}}),
        (45, "outcome", "", {"what": "work"}), (60, "outcome", "", {"what": "other"}),
    ]  # fmt: skip


def _walked(wrong: int | None, how: dict[str, Any], *, late: int = 2) -> list[tuple[Any, ...]]:
    """What stands in the end, where fact number `wrong` was said wrongly and corrected `late` days later."""
    book, first = MemoryLedger(), worlds.FIRST
    (track,) = shapes.uncoupled()
    worlds.put_in_force(book, worlds.clock(first), "Ann", track, bytes(32), "")
    worlds.enrol(book, worlds.clock(first), "Ann", track.track, worlds.Referral("p", first))
    for number, (after, kind, step, data) in enumerate(_way()):
        day = first + timedelta(days=after)
        content = {**data, **how.get("data", {})} if number == wrong else data
        on = day + timedelta(days=how.get("days", 0)) if number == wrong else day
        said = operations.record_fact(book, worlds.clock(max(day, on)), "Ann", "p", ReportedFact(kind, on, step, data=content))
        if number == wrong:
            seq = said.events[0].seq
            operations.correct(book, worlds.clock(day + timedelta(days=late)), "Ann", "p", seq, on=day, data=data)
    worlds.end(book, first + timedelta(days=400))
    return sorted((e.effective, e.kind, e.step, e.attempt, repr(sorted(e.data.items()))) for e, _ in standing(book.log["p/1"]))


@pytest.mark.parametrize(
    ("wrong", "how"),
    [
        (0, {"days": -1}), (1, {"days": -3}), (1, {"data": {"facts": {"kurs": False}}}), (1, {"data": {"result": "not_passed"}}),
        (3, {"days": -1}),
        (4, {"data": {"result": "interrupted"}}), (5, {"data": {"result": "done"}}), (5, {"days": -6}), (6, {"data": {"result": "done"}}),
        (8, {"data": {"what": "studies"}}), (9, {"data": {"what": "work_with_support"}}), (9, {"days": -4}),
    ],
)  # fmt: skip
def test_a_correction_gives_the_world_that_was_right_from_the_start(wrong: int, how: dict[str, Any]) -> None:
    right = _walked(None, {})
    assert _walked(wrong, how, late=0 if wrong == 8 else 1) == right


def test_a_fact_said_late_gives_the_world_in_which_it_was_said_in_time() -> None:
    logs = []
    for late in (0, 1, 2):
        book, first = MemoryLedger(), worlds.FIRST
        (track,) = shapes.uncoupled()
        worlds.put_in_force(book, worlds.clock(first), "Ann", track, bytes(32), "")
        worlds.enrol(book, worlds.clock(first), "Ann", track.track, worlds.Referral("p", first))
        for after, kind, step, data in _way():
            day = first + timedelta(days=after)
            operations.record_fact(book, worlds.clock(day + timedelta(days=late)), "Ann", "p", ReportedFact(kind, day, step, data=data))
        worlds.end(book, first + timedelta(days=400))
        logs.append(Counter((e.effective, e.kind, e.step, e.attempt) for e, _ in standing(book.log["p/1"])))
    assert logs[0] == logs[1] == logs[2]
