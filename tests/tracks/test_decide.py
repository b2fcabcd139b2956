"""The invariants of deciding, over random lived worlds: what holds whatever people said and in whatever order it was worked out."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tracks import operations
from tracks.advance import advance
from tracks.decide import decide, survey
from tracks.events import ENGINE_ACTOR, FACTS, GRANTS
from tracks.grants import capacity, grants, held, queue, windows
from tracks.memory import MemoryLedger
from tracks.progress import Progress, evolve, fold, standing
from tracks.saying import Fact
from tracks.views import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from tracks.events import Event

SHAPES = ("uncoupled", "rolling", "dated", "programme")


def _load(name: str) -> ModuleType:
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


worlds = _load("worlds")


def lived(seed: int, shape: str, each: Callable[[MemoryLedger, date], None] = lambda *_: None, *, late: bool = True) -> MemoryLedger:
    """A world advanced each morning and evening; `each` looks at it on every day when everything is decided."""
    tracks = worlds.WORLDS[shape]()
    said = worlds.commands(seed, tracks, people=5, span=80)
    if not late:
        said = [(day, kind, (*args[:2], 0, *args[3:])) for day, kind, args in said]
    book = MemoryLedger()

    def between(ledger: MemoryLedger, day: date) -> None:
        worlds.end(ledger, max(day - timedelta(days=1), worlds.FIRST))
        worlds.end(ledger, day)
        each(ledger, day)

    worlds.live(book, tracks, said, between)
    for offset in (1, 2, 9, 40):
        between(book, said[-1][0] + timedelta(days=offset))
    return book


def everybody(book: MemoryLedger) -> Iterator[tuple[Any, Any]]:
    """Each enrolment with its view."""
    for one in book.enrolments.values():
        yield one, operations.seen(book, book.rows[one.track], one)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_snapshot_is_what_the_log_says(shape: str) -> None:
    def look(book: MemoryLedger, day: date) -> None:
        for one, view in everybody(book):
            log = book.log[one.stream]
            assert one.progress == fold(log)
            assert one.status == one.progress.status
            assert (one.claims, one.todos) == survey(view, one.progress, day), (one.stream, day)
            assert (one.seq, one.head) == (log[-1].seq, log[-1].hash)

    for seed in range(5):
        lived(seed, shape, look)


def _shuffled(log: list[Event], draw: random.Random) -> Progress:
    """The fold after the events of each date changed places, those of one field among themselves excepted."""
    rows = standing(log)
    sets = {event.seq: set(evolve(Progress(), event, 0).fields) for event, _ in rows}
    progress, position = Progress(), 0
    for day in sorted({event.effective for event, _ in rows}):
        left = [event for event, _ in rows if event.effective == day]
        while left:
            free = [e for n, e in enumerate(left) if not any(sets[e.seq] & sets[other.seq] for other in left[:n])]
            event = draw.choice(free)
            left.remove(event)
            position += 1
            progress = evolve(progress, event, position)
    return progress


@pytest.mark.parametrize("shape", SHAPES)
def test_events_of_one_date_and_different_fields_may_change_places(shape: str) -> None:
    for seed in range(6):
        for stream, log in lived(seed, shape).log.items():
            plain = {key: field[::2] for key, field in fold(log).fields.items()}
            assert {key: field[::2] for key, field in _shuffled(log, random.Random(seed)).fields.items()} == plain, stream


@pytest.mark.parametrize("shape", SHAPES)
def test_decide_answers_nothing_before_due_and_nothing_again_after_what_it_answered(shape: str) -> None:
    def look(book: MemoryLedger, day: date) -> None:
        for one, view in everybody(book):
            last = one.due - timedelta(days=1) if one.due else day + timedelta(days=400)
            for tried in {day, day + (last - day) // 2, last, day + timedelta(days=1)}:
                if tried <= last:
                    assert decide(view, one.progress, tried).events == (), (one.stream, tried)
            if one.due:
                decision = decide(view, one.progress, one.due)
                again = decide(view, decision.progress, one.due)
                assert (again.events, again.due, again.claims) == ((), decision.due, decision.claims), (one.stream, one.due)

    for seed in range(4):
        lived(seed, shape, look)


def _unfinished(seed: int, shape: str) -> tuple[MemoryLedger, date]:
    """A world in which much is left to decide."""
    tracks = worlds.WORLDS[shape]()
    said = worlds.commands(seed, tracks, people=6, span=60)
    book = MemoryLedger()
    worlds.live(book, tracks, said, lambda *_: None)
    return book, said[-1][0] + timedelta(days=90)


@pytest.mark.parametrize("shape", SHAPES)
def test_to_advance_in_two_steps_or_one_gives_the_same_events(shape: str) -> None:
    for seed in range(6):
        (one, last), (two, _) = _unfinished(seed, shape), _unfinished(seed, shape)
        worlds.end(one, last)
        for days in (80, 79, 41, 0):
            worlds.end(two, last - timedelta(days=days))
        assert worlds.same(one) == worlds.same(two)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_order_of_enrolments_the_size_of_batches_and_shards_make_no_difference(shape: str) -> None:
    for seed in range(4):
        logs = []
        for batch, shards in ((1000, 1), (1, 1), (2, 3)):
            book, last = _unfinished(seed, shape)
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


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_no_grant_is_early_none_lifts_holding_over_the_places_and_no_proposal_passes_over_a_better_rank(shape: str) -> None:
    def look(book: MemoryLedger, day: date) -> None:
        for name, row in book.rows.items():
            view, rows = view_of(book, row, None), book.claims(name)
            for resource in {claim.resource for _, claim in rows if claim.resource.startswith("step:")}:
                # A person may begin a step without a place.
                step = resource.split(":")[1]
                given = [row for row in rows if book.enrolments[row[0]].progress.get("place", step, row[1].attempt)]
                assert held(given, resource) <= capacity(view, resource), (resource, day)
            for window in windows(view, rows, day):
                assert window.free is None or window.free >= 0
                mine = {"", f"start:{window.name}"} if window.name else {"", "intake"}
                states = [
                    claim.state for _, _, claim in queue(view, rows, window.name) if claim.state == "waiting" or claim.resource in mine
                ]
                assert states == sorted(states), (window.name, day)  # the proposed come before the waiting
            again, turned = grants(view, rows, day), grants(view, rows[::-1], day)
            assert (again.people, again.track) == (turned.people, turned.track) == ({}, ())

    for seed in range(6):
        for log in lived(seed, shape, look, late=False).log.values():
            for event in log:
                assert event.kind not in GRANTS or event.recorded.startswith(event.effective.isoformat()), event


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
    (track,) = worlds.uncoupled()
    worlds.put_in_force(book, worlds.clock(first), "Ann", track, bytes(32), "")
    worlds.enrol(book, worlds.clock(first), "Ann", track.track, worlds.Referral("p", first))
    for number, (after, kind, step, data) in enumerate(_way()):
        day = first + timedelta(days=after)
        content = {**data, **how.get("data", {})} if number == wrong else data
        on = day + timedelta(days=how.get("days", 0)) if number == wrong else day
        said = operations.say(book, worlds.clock(max(day, on)), "Ann", "p", Fact(kind, on, step, data=content))
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
        (track,) = worlds.uncoupled()
        worlds.put_in_force(book, worlds.clock(first), "Ann", track, bytes(32), "")
        worlds.enrol(book, worlds.clock(first), "Ann", track.track, worlds.Referral("p", first))
        for after, kind, step, data in _way():
            day = first + timedelta(days=after)
            operations.say(book, worlds.clock(day + timedelta(days=late)), "Ann", "p", Fact(kind, day, step, data=data))
        worlds.end(book, first + timedelta(days=400))
        logs.append(Counter((e.effective, e.kind, e.step, e.attempt) for e, _ in standing(book.log["p/1"])))
    assert logs[0] == logs[1] == logs[2]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_engine_never_writes_a_fact_and_names_no_step_outside_the_persons_version(shape: str) -> None:
    for seed in range(8):
        book = lived(seed, shape)
        for stream, log in book.log.items():
            for event in log:
                assert (event.actor == ENGINE_ACTOR) is (event.kind not in FACTS), event
                if event.step:
                    track = stream.removeprefix("track/") if stream.startswith("track/") else book.enrolments[stream].track
                    assert event.step in book.plan(track, event.version or 1).steps
