"""A correction stands as the world that was right from the start: for the person herself, and of others only what nobody had answered."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from definitions.model.refusal import Refusal
from tests.tracks.worlds import commands, shapes, worlds
from tracks.events.fold import standing
from tracks.events.kinds.table import is_consequence, is_fact, is_grant
from tracks.recording import operations
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from definitions.model.track import Track
    from tests.tracks.worlds.commands import Command
    from tracks.clock import Clock
    from tracks.events.event import Event

# For each of the five shapes; JOBBSPAR_CORRECTED asks for more.
SEEDS = int(os.environ.get("JOBBSPAR_CORRECTED", "60"))


class NotThere(Exception):
    """The wrong fact was refused, or could not be corrected as it should be: there is nothing to compare."""


class Wrong(NamedTuple):
    """One fact of a world that is lived wrong at first and then put right: what it should have said, and what it said instead in turn.

    `how` is `otherwise`, `never` (said though it should not have been), `late` (said only on the day it is put right) or
    `unsettled` (right at first, then corrected to something wrong, and back).
    """

    number: int
    right: Command
    how: str
    instead: tuple[Command, ...]
    until: date


def settled(said: Sequence[Command], taken: MemoryLedger) -> list[Command]:
    """The same with the steps that were chosen when it was said, so that no other is chosen in another world."""
    steps = {event.key: event.step for log in taken.log.values() for event in log}
    return [one._replace(step=steps.get(f"{n}", "kart")) if one.step == commands.FITTING else one for n, one in enumerate(said)]


def wrong(draw: random.Random, said: Sequence[Command], pool: commands.Pool, taken: MemoryLedger) -> Wrong:
    """One of the facts that were taken in the world as it is said."""
    keys = {event.key for log in taken.log.values() for event in log}
    may = [n for n, one in enumerate(said) if f"{n}" in keys or (one.kind == "enrol" and f"{one.ref}/1" in taken.log)]
    number = draw.choice(may)
    right = said[number]
    how = draw.choice(("otherwise", "otherwise", "otherwise", "never", "late", "unsettled"))
    if right.kind == "enrol" and how in ("never", "late"):
        how = "otherwise"
    instead = tuple(otherwise(draw, pool, right) for _ in range(draw.choice((1, 1, 2))))
    return Wrong(number, right, how, instead, right.day + timedelta(days=draw.choice((0, 1, 3, 8, 20, 40))))


def otherwise(draw: random.Random, pool: commands.Pool, right: Command) -> Command:
    """The same fact of another day, or with other content, or both."""
    how = draw.choice(("day", "content", "both"))
    found = right
    if how != "content":
        found = found._replace(back=max(0, found.back + draw.choice((-3, -1, 1, 2, 4, 9))))
    return found if how == "day" else found._replace(data={**right.data, **content(draw, pool, right)})


def content(draw: random.Random, pool: commands.Pool, right: Command) -> dict[str, Any]:
    """Other values for what the fact says already."""
    found: dict[str, Any] = {}
    if right.kind == "reported":
        found["result"] = draw.choice(pool.steps[right.step].known_results)
    if right.kind == "outcome":
        found["what"] = draw.choice(commands.OUTCOMES)
    if right.kind == "placed":
        found["employer"] = draw.choice(pool.employers)
    if right.kind == "lengthened":
        found["count"] = draw.choice((1, 2, 4))
    if right.data.get("facts"):
        found["facts"] = {name: commands.fact_value(draw, pool.facts[name]) for name in right.data["facts"]}
    return found


def lived(tracks: Sequence[Track], said: Sequence[Command], wrong: Wrong | None, end: date) -> MemoryLedger:
    """The world as it is said, or with one fact wrong until it is put right. Raises NotThere."""
    book = MemoryLedger()
    worlds.begin(book, tracks)
    still = wrong
    for number, one in enumerate(said):
        if still and one.day > still.until and number > still.number:
            put_right(book, tracks, still)
            still = None
        spoken = at_first(wrong) if wrong and number == wrong.number else one
        if spoken is not None:
            worlds.again(partial(worlds.speak, book, tracks, spoken, number))
    if still:
        put_right(book, tracks, still)
    worlds.end(book, end)
    return book


def at_first(wrong: Wrong) -> Command | None:
    return {"otherwise": wrong.instead[0], "unsettled": wrong.right, "never": wrong.right, "late": None}[wrong.how]


def put_right(book: MemoryLedger, tracks: Sequence[Track], wrong: Wrong) -> None:
    """Say the corrections in turn, on the last day of the wrong."""
    chain: dict[str, tuple[Command | None, ...]] = {
        "otherwise": (*wrong.instead[1:], wrong.right), "unsettled": (*wrong.instead, wrong.right), "never": (None,),
    }  # fmt: skip
    try:
        if wrong.how == "late":
            back = (wrong.until - wrong.right.day).days + wrong.right.back
            worlds.speak(book, tracks, wrong.right._replace(day=wrong.until, back=back), wrong.number)
            return
        for number, one in enumerate(chain[wrong.how]):
            correct(book, wrong, one, worlds.clock(wrong.until, 60 + number))
    except Refusal:
        raise NotThere from None


def correct(book: MemoryLedger, wrong: Wrong, one: Command | None, now: Clock) -> None:
    stream = f"{wrong.right.ref}/1"
    first = [e.seq for e in book.log.get(stream, ()) if e.key == f"{wrong.number}" or (wrong.right.kind == "enrol" and e.seq == 1)]
    latest = [e.seq for e in book.log.get(stream, ()) if e.kind == "corrected" and e.actor == "Rätt"]
    if not first:
        raise NotThere
    if one is None:
        operations.correct(book, now, "Rätt", stream, (first + latest)[-1], withdraw=True)
    else:
        on = min(one.day - timedelta(days=one.back), wrong.until)
        operations.correct(book, now, "Rätt", stream, (first + latest)[-1], on=on, data=amended(one))


def amended(one: Command) -> dict[str, Any] | None:
    names = {"reported": ("result", "facts"), "outcome": ("what",), "placed": ("employer",), "lengthened": ("count",)}
    wanted = {name: one.data[name] for name in names.get(one.kind, ("facts",)) if one.data.get(name)}
    return wanted or None


def facts(log: Iterable[Event]) -> list[tuple[Any, ...]]:
    """What people have said of a stream as it stands."""
    return sorted(_content(event) for event, _ in standing(log) if is_fact(event.kind))


def consequences(log: Iterable[Event]) -> list[tuple[Any, ...]]:
    return sorted(_content(event) for event, _ in standing(log) if is_consequence(event.kind))


def _content(event: Event) -> tuple[Any, ...]:
    return (event.effective, event.kind, event.step, event.attempt, repr(sorted(event.data.items())))


def grants(log: Iterable[Event]) -> Counter[tuple[Any, ...]]:
    return Counter((event.effective, event.kind, event.step, event.attempt, event.data.get("start")) for event, _ in standing(log)
                   if is_grant(event.kind))  # fmt: skip


class Two(NamedTuple):
    """The world that was right from the start, and the one that was put right; and the stream that it was about."""

    right: MemoryLedger
    corrected: MemoryLedger
    stream: str


def both(shape: str, seed: int, people: int) -> Two | None:
    """None where the rest of what people said was not taken alike in both, so that they cannot be compared."""
    draw = random.Random(seed + 7)
    tracks = shapes.SHAPES[shape]()
    pool = commands.Pool(tracks)
    said = [one for one in worlds.commands(seed, tracks, people=people, span=75) if one.kind != "correct"]
    end = said[-1].day + timedelta(days=60)
    taken = lived(tracks, said, None, end)
    said = settled(said, taken)
    mistake = wrong(draw, said, pool, taken)
    # What is said gets its key and its time of day by its number, so the place of what was never said is kept.
    silent = mistake.right._replace(kind="resumed", ref="nobody")
    should = [silent if mistake.how == "never" and n == mistake.number else one for n, one in enumerate(said)]
    right = lived(tracks, should, None, end)
    try:
        corrected = lived(tracks, said, mistake, end)
    except NotThere:
        return None
    two = Two(right, corrected, f"{mistake.right.ref}/1")
    return two if facts(right.log[two.stream]) == facts(corrected.log.get(two.stream, ())) else None


@pytest.mark.parametrize("shape", ["uncoupled", "rich"])
@pytest.mark.parametrize("part", range(2))
def test_a_correction_gives_the_world_that_was_right_from_the_start(shape: str, part: int) -> None:
    compared = 0
    for seed in range(part, SEEDS, 2):
        two = both(shape, seed, people=2)
        if two:
            compared += 1
            assert consequences(two.corrected.log[two.stream]) == consequences(two.right.log[two.stream]), (shape, seed)
    assert compared > SEEDS / 6


@pytest.mark.parametrize("shape", ["rolling", "dated", "programme"])
@pytest.mark.parametrize("part", range(2))
def test_where_places_are_shared_only_their_dates_and_what_follows_from_them_differ(shape: str, part: int) -> None:
    compared = 0
    for seed in range(part, SEEDS, 2):
        two = both(shape, seed, people=4)
        if not two:
            continue
        compared += 1
        right, corrected = two.right.log[two.stream], two.corrected.log[two.stream]
        given = grants(right) - grants(corrected) + (grants(corrected) - grants(right))
        first = min((day for day, *_ in given), default=date.max)
        ours, theirs = Counter(consequences(right)), Counter(consequences(corrected))
        differ = [one for one in (ours - theirs) + (theirs - ours) if one[0] < first]
        assert differ == [], (shape, seed, first)
    assert compared > SEEDS / 6
