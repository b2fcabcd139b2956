"""Several units, each with its own clock: daily, lazily and killed lives hold the same events, though writes read one another's."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.worlds import neighbours, on_disk, worlds
from tracks.audit.verify import verify
from tracks.engine.loop.present import CaughtUp
from tracks.recording import writes
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.tracks.worlds.neighbours import Life

# With the five shapes of the other worlds, in memory and over files, two thousand; JOBBSPAR_SEEDS asks for more.
SEEDS = int(os.environ.get("JOBBSPAR_SEEDS", "125"))


def lived(seed: int, way: str, file: Path | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """The events of one world: `daily`, `never` (only when needed), or `kills`; over lists or on a file."""
    tracks, chance = neighbours.neighbours(), random.Random(seed + 1)
    often = 0.2 if way == "kills" else 0.0
    book = on_disk.MortalFile(file, seed, often) if file else worlds.Mortal(often, seed)
    life = neighbours.Life(book, tracks)

    def between(one: Life, day: date) -> None:
        if way == "daily" or (way == "kills" and chance.random() < 0.3):
            one.end(day)

    life.live(neighbours.said_in(seed, tracks), between)
    for offset in range(40) if way == "daily" else ():
        life.end(worlds.FIRST + timedelta(days=neighbours.SPAN + offset))
    life.end(worlds.FIRST + timedelta(days=neighbours.SPAN + 40))
    if isinstance(book, MemoryLedger):
        return worlds.same(book)
    assert verify(book).breaks == (), f"seed {seed}"
    return on_disk.events_of(book)


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


def test_on_a_file_they_hold_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "BATCH", 1)
    for seed in range(max(1, SEEDS // 25)):
        assert lived(seed, "kills", tmp_path / f"{seed}.db") == lived(seed, "daily"), f"seed {seed}"


def differs(*seeds: int) -> list[int]:
    """The seeds in which a mutant is caught."""
    return [seed for seed in seeds if lived(seed, "never") != lived(seed, "daily")]


def test_reading_enrolments_of_another_unit_that_nobody_caught_up_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CaughtUp, "enrolments_of", lambda now, ref: now._book.enrolments_of(ref))
    assert differs(0, 1, 3)
