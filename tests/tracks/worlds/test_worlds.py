"""Catching up gives the same events as running daily, whatever people said between; and three mutants that must not."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.worlds import worlds
from tracks.engine.loop.advance import AdvanceCounts
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from tracks.engine.context.ports import Book


# For each of the five shapes; with those over files and those of several units two thousand. JOBBSPAR_SEEDS asks for more.
SEEDS = int(os.environ.get("JOBBSPAR_SEEDS", "355"))
# Every fourth of them is killed as well; JOBBSPAR_KILLED=1 kills all.
KILLED = int(os.environ.get("JOBBSPAR_KILLED", "4"))


def lived(seed: int, shape: str, way: str, ledger: MemoryLedger | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """The events of one world: `daily`, `never` (only when needed), or `kills`."""
    tracks = worlds.WORLDS[shape]()
    said = worlds.commands(seed, tracks, people=3, span=75)
    book = ledger or (worlds.Mortal(0.2, seed) if way == "kills" else MemoryLedger())
    chance = random.Random(seed + 1)

    def between(ledger: Book, day: date) -> None:
        if way == "daily" or (way == "kills" and chance.random() < 0.3):
            worlds.end(ledger, day)

    worlds.live(book, tracks, said, between)
    last = said[-1][0] + timedelta(days=70)
    if way == "daily":
        for offset in range(1, 70):
            worlds.end(book, said[-1][0] + timedelta(days=offset))
    worlds.end(book, last)
    return worlds.same(book)


@pytest.mark.parametrize("shape", ["uncoupled", "rolling", "dated", "programme", "rich"])
@pytest.mark.parametrize("part", range(5))
def test_daily_never_until_needed_and_killed_worlds_hold_the_same_events(shape: str, part: int) -> None:
    seeds = SEEDS // 5
    for seed in range(part * seeds, (part + 1) * seeds):
        daily = lived(seed, shape, "daily")
        assert lived(seed, shape, "never") == daily, f"seed {seed}, {shape}"
        if seed % KILLED == 0:
            assert lived(seed, shape, "kills") == daily, f"seed {seed}, {shape}, killed"


def differs(shape: str, seeds: range) -> list[int]:
    """The seeds in which a mutant is caught."""
    return [seed for seed in seeds if lived(seed, shape, "never") != lived(seed, shape, "daily")]


def test_a_write_that_does_not_catch_up_first_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracks.engine.loop import present

    monkeypatch.setattr(present, "complete", lambda *_: AdvanceCounts())
    assert differs("rolling", range(8))


def test_skipping_slices_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracks.engine.loop import advance

    honest = advance.next_slice

    def last_only(*args: Any) -> date | None:
        found = honest(*args)
        return None if found is None else args[-1]

    monkeypatch.setattr(advance, "next_slice", last_only)
    assert differs("rolling", range(12))


def test_forgetting_the_pending_slice_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracks.engine.loop import advance as slices
    from tracks.recording import operations

    honest = slices.advance

    def forgetful(book: Any, unit: Any, *rest: Any, **more: Any) -> Any:
        with book.transaction():
            rows = [row for name in unit if (row := book.track(name))]
            for row in rows:
                row.pending = False
            book.save([], [], rows)
        return honest(book, unit, *rest, **more)

    monkeypatch.setattr(operations, "advance", forgetful)
    caught = [(seed, shape) for seed, shape in PENDING if lived(seed, shape, "kills") != lived(seed, shape, "daily")]
    assert caught


# It matters only when a process dies, or a late fact frees a place, between a batch and what is given after it.
PENDING = [(seed, shape) for seed in range(6) for shape in ("rolling", "dated", "programme")]
