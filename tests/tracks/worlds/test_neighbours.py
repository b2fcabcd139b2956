"""Several units, each with its own clock: daily, lazily and killed lives hold the same events, though writes read one another's."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.worlds import neighbours, worlds
from tracks.recording import writes
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from datetime import date

    from tests.tracks.worlds.neighbours import Life

SEEDS = int(os.environ.get("JOBBSPAR_SEEDS", "300"))


def lived(seed: int, way: str) -> dict[str, list[tuple[Any, ...]]]:
    """The events of one world: `daily`, `never` (only when needed), or `kills`."""
    tracks, chance = neighbours.neighbours(), random.Random(seed + 1)
    life = neighbours.Life(worlds.Mortal(0.2 if way == "kills" else 0.0, seed), tracks)

    def between(one: Life, day: date) -> None:
        if way == "daily" or (way == "kills" and chance.random() < 0.3):
            one.end(day)

    life.live(neighbours.said_in(seed, tracks), between)
    for offset in range(40) if way == "daily" else ():
        life.end(worlds.FIRST + timedelta(days=neighbours.SPAN + offset))
    life.end(worlds.FIRST + timedelta(days=neighbours.SPAN + 40))
    assert isinstance(life.book, MemoryLedger)
    return worlds.same(life.book)


@pytest.mark.parametrize("part", range(5))
def test_units_that_are_read_by_one_another_hold_the_same_events_however_they_are_lived(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # So small a batch that many writes are tried first and caught up for in several transactions.
    monkeypatch.setattr(writes, "BATCH", 1)
    seeds = SEEDS // 5
    for seed in range(part * seeds, (part + 1) * seeds):
        daily = lived(seed, "daily")
        assert lived(seed, "never") == daily, f"seed {seed}"
        if seed % 2 == 0:
            assert lived(seed, "kills") == daily, f"seed {seed}, killed"


def differs(seeds: range) -> list[int]:
    """The seeds in which a mutant is caught."""
    return [seed for seed in seeds if lived(seed, "never") != lived(seed, "daily")]
