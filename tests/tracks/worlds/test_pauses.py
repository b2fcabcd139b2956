"""Pausing never shortens a right: a world with a pause in it is the world without, standing still for as long (rule R5)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from definitions.loading.loader import load_text
from definitions.model.refusal import Refusal
from tests.tracks.worlds import commands, worlds
from tests.tracks.worlds.commands import Command, Pool
from tests.tracks.worlds.shapes import FIRST
from tracks.engine.context.situation import WORK, outcomes
from tracks.events.fold import fold, pauses, standing
from tracks.events.kinds.table import is_consequence
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from definitions.model.track import Track
    from tracks.events.event import Event

# Every kind of time that runs, but none that is counted in months: a month is longer or shorter by when it begins.
TRACK = """
track: paus
name: Paus
type: förberedande spår
owner: enheten
partners: [kommun]
facts: {kurs: yes/no, nivå: [A, B, C]}
steps:
  - {id: kart, type: kartläggning, start_within: 3 working days, length: 5 days, gives: [kurs]}
  - {id: teori, type: insats, name: Teori, when: kurs, length: 2 weeks, contact_every: 1 week, on_result: {not_passed: {retry: 1}}}
  - {id: vila, type: stöd, name: Vila, length: 4 days}
  - {id: verkstad, type: insats, name: Verkstad, start_within: 1 week, length: 6 working days}
  - {id: jobb, type: förberedande anställning, phases: [ett, två], length: 10 days, on_result: {interrupted: {goto: kart, at_most: 1}}}
  - {id: sist, type: stöd, name: Sist, length: 3 days}
  - {id: språk, type: insats, name: Språk, alongside: teori}
  - {id: möte, type: insats, name: Möte, from: 2 days before end of verkstad, length: 2 days}
  - {id: coach, type: stöd, name: Coach, from: start of teori, until: exit, contact_every: 4 days}
  - {id: efterstöd, type: stöd, name: Efter, from: admission, until: 3 weeks after employment}
  - {id: samtal, type: insats, name: Samtal, from: when needed, length: 6 days}
follow_up: [exit, 2 weeks]
"""
# No holiday but Sundays lies between these days, so that a week later is a week later for every deadline.
QUIET = (date(2026, 1, 7), date(2026, 3, 31))
SPAN, LONGEST, END = 60, 14, date(2026, 3, 15)
STAYS = "efterstöd"  # does not move
# What does not move with a person, or has its own tests of what it moves.
NOT_HERE = {"correct", "paused", "resumed", "migrated", "transfer", "misregistered", "interrupted", *commands.OF_THE_TRACK}


@cache
def track() -> Track:
    found = load_text(TRACK)
    assert found.track, found.diagnostics
    return found.track


def told(seed: int) -> list[Command]:
    """What is said of one person, whichever day it is said about."""
    said = commands.commands(seed, Pool([track()]), random.Random(seed), 1, SPAN)
    return [_in_weeks(one) for one in said if one.kind not in NOT_HERE and one.day <= FIRST + timedelta(days=SPAN)]


def _in_weeks(one: Command) -> Command:
    return one._replace(data={**one.data, "unit": "weeks"}) if one.data.get("unit") == "months" else one


class Unfit(Exception):
    """The world has no day on which such a pause could be said."""


class Away(NamedTuple):
    """A pause: its first day, and the first day that is active again."""

    first: date
    back: date

    @property
    def days(self) -> timedelta:
        return self.back - self.first

    def moved(self, day: date) -> date:
        """Where a day lies in the world with the pause in it."""
        return day + self.days if day > self.first else day

    def late(self, said: Command) -> Command:
        """The same thing said in the world with the pause; the day it is about lies where it lay, on either side of the pause."""
        about = self.moved(said.day - timedelta(days=said.back))
        day = self.moved(said.day)
        return said._replace(day=day, back=(day - about).days)


def lived(said: Sequence[Command], away: Away | None = None, way: str = "") -> MemoryLedger:
    """The world of a person; with a pause where there is one, said after everything else of the day."""
    book = MemoryLedger()
    worlds.begin(book, [track()])
    later = [(away.late(one) if away else one, number) for number, one in enumerate(said)]
    every = [(one.day, 0, partial(worlds.speak, book, [track()], one, number)) for one, number in later]
    if away:
        every += [(day, 1, partial(_all, book, day, facts)) for day, facts in saying(away, way)]
    for _, pause, say in sorted(every, key=lambda row: row[:2]):
        try:
            say()
        except Refusal:
            if pause:
                raise Unfit from None
    worlds.end(book, END + away.days if away else END)
    return book


def _all(book: MemoryLedger, day: date, facts: Sequence[Any]) -> None:
    for one in facts:
        one(book, worlds.clock(day, 60))


def fact(kind: str, on: date) -> Any:
    return lambda book, now: operations.record_fact(
        book, now, "Eva", "p0", ReportedFact(kind, on, data={"reason": "illness"} if kind == "paused" else {})
    )


def put_right(kind: str, on: date) -> Any:
    """Another day for the latest fact of a kind."""

    def right(book: MemoryLedger, now: Any) -> None:
        of = [event.seq for event in book.log["p0/1"] if event.kind == kind][-1]
        operations.correct(book, now, "Eva", "p0", of, on=on)

    return right


# The ways of saying one and the same pause.
WAYS = (
    "on its day",
    "late",
    "both at once, late",
    "in parts",
    "parts that overlap",
    "of another day, put right",
    "back on another day, put right",
)


def saying(away: Away, way: str) -> Iterator[tuple[date, list[Any]]]:
    """What is said of the pause on which days."""
    first, back = away
    middle = first + away.days // 2
    if way == "on its day":
        yield first, [fact("paused", first)]
        yield back, [fact("resumed", back)]
    elif way == "late":
        yield middle, [fact("paused", first)]
        yield back, [fact("resumed", back)]
    elif way == "both at once, late":
        yield back, [fact("paused", first), fact("resumed", back)]
    elif way == "in parts":
        yield first, [fact("paused", first)]
        yield middle, [fact("resumed", middle), fact("paused", middle)]
        yield back, [fact("resumed", back)]
    elif way == "parts that overlap":
        yield first, [fact("paused", first)]
        yield back, [fact("resumed", middle), fact("paused", first + timedelta(days=1)), fact("resumed", back)]
    elif way == "of another day, put right":
        yield middle, [fact("paused", middle)]
        yield back, [fact("resumed", back), put_right("paused", first)]
    else:
        yield first, [fact("paused", first)]
        yield back, [fact("resumed", middle), put_right("resumed", back)]


REMINDERS = frozenset({"report_due", "contact_due"})


def concluded(book: MemoryLedger, *, reminders: bool) -> list[Event]:
    return [e for e, _ in standing(book.log["p0/1"]) if is_consequence(e.kind) and (reminders or e.kind not in REMINDERS)]


def rows(events: Iterable[tuple[date, Event]]) -> list[tuple[Any, ...]]:
    """What is compared of events, each with the day where it should lie: all but the days that their texts name."""
    data = [(day, e, {name: value for name, value in e.data.items() if name not in ("last", "after")}) for day, e in events]
    return sorted((day, e.kind, e.step, e.attempt, repr(sorted(said.items()))) for day, e, said in data)


def days_on_the_track(book: MemoryLedger) -> list[date]:
    """The days on which a pause may begin, those within the quiet ones."""
    one = book.enrolments.get("p0/1")
    if one is None or one.start is None:
        return []
    out = min(one.progress.exited or QUIET[1], FIRST + timedelta(days=SPAN))
    every = (one.start + timedelta(days=n) for n in range((out - one.start).days))
    return [day for day in every if day >= QUIET[0]]


def settled(said: Sequence[Command], book: MemoryLedger, first: date) -> list[Command]:
    """The same with the steps that were chosen, nothing on the one that stays, and nothing late about the first day of the pause."""
    steps = {event.key: event.step for log in book.log.values() for event in log}
    chosen = [one._replace(step=steps.get(f"{n}", "kart")) if one.step == commands.FITTING else one for n, one in enumerate(said)]
    said = [one for one in chosen if one.step != STAYS]
    return [one._replace(back=one.back + 1) if one.day > first == one.day - timedelta(days=one.back) else one for one in said]


class Pair(NamedTuple):
    """A world and the same with a pause in it."""

    without: MemoryLedger
    paused: MemoryLedger
    away: Away
    way: str


def pair(seed: int, pick: int, weeks: int, way: str) -> Pair:
    """The two worlds of a seed, with a pause of some weeks on one of the days that allow it. Raises Unfit where there is none."""
    said = told(seed)
    days = days_on_the_track(lived(said))
    if not days:
        raise Unfit
    first = days[pick % len(days)]
    said = settled(said, lived(said), first)
    without = lived(said)
    if first not in days_on_the_track(without):
        raise Unfit
    away = Away(first, first + timedelta(weeks=weeks))
    return Pair(without, lived(said, away, way), away, way)


def differences(two: Pair) -> list[Any]:
    """What does not lie as far from the pause as it lay without it; what counts from an employment before the pause stays."""
    # Between two pauses she is back for a moment, and is reminded of what is due that day.
    ours, theirs = (concluded(book, reminders=two.way != "in parts") for book in (two.without, two.paused))
    worked = {one.day for one in outcomes(fold(two.without.log["p0/1"])) if one.what in WORK and one.day <= two.away.first}

    def stays(event: Event) -> bool:
        return event.step == STAYS and event.kind == "step_completed" and event.effective - timedelta(weeks=3) in worked

    wanted = rows((e.effective if stays(e) else two.away.moved(e.effective), e) for e in ours)
    found = rows((e.effective, e) for e in theirs if not (stays(e) and e.effective > END))
    return [one for one in wanted if one not in found] + [one for one in found if one not in wanted]


@given(seed=st.integers(0, 9_999), pick=st.integers(0, 99), weeks=st.integers(1, LONGEST // 7), way=st.sampled_from(WAYS))
def test_a_world_with_a_pause_is_the_world_without_it_standing_still_for_as_long(seed: int, pick: int, weeks: int, way: str) -> None:
    try:
        two = pair(seed, pick, weeks, way)
    except Unfit:
        reject()
    assert differences(two) == [], (two.away, way)


def found(seeds: int) -> list[int]:
    """The seeds that show a difference, of those that fit."""
    shown = []
    for seed in range(seeds):
        try:
            if differences(pair(seed, seed * 7, 1 + seed % 2, WAYS[seed % len(WAYS)])):
                shown.append(seed)
        except Unfit:
            continue
    return shown


@pytest.mark.parametrize("mutant", ["no length grows", "a deadline that has come does not grow"])
def test_a_pause_that_does_not_count_is_found(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(6) == []
    if mutant == "no length grows":
        monkeypatch.setattr("tracks.engine.context.inputs.pauses", lambda _progress: ())
    else:
        monkeypatch.setattr("tracks.engine.context.inputs.pauses", lambda progress: [(first, first) for first, _ in pauses(progress)])
    assert found(6) != []
