"""The same worlds on a real SQLite file, and against the lists: one engine, two ledgers."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tracks.worlds import on_disk, worlds
from tracks.audit.verify import verify
from tracks.storage.ledger import SqlLedger
from tracks.storage.memory_ledger import MemoryLedger

# For each of the five shapes; JOBBSPAR_FILES asks for more.
FILES = int(os.environ.get("JOBBSPAR_FILES", "20"))


@pytest.mark.parametrize("shape", ["uncoupled", "rolling", "dated", "programme", "rich"])
@pytest.mark.parametrize("part", range(5))
def test_a_killed_world_on_a_file_always_verifies_and_holds_the_events_of_a_clean_one(shape: str, part: int, tmp_path: Path) -> None:
    for seed in range(part, FILES, 5):
        tracks = worlds.WORLDS[shape]()
        said = worlds.commands(seed, tracks, people=3, span=60)
        chance = random.Random(seed)
        until = said[-1][0] + timedelta(days=60)
        disk = on_disk.MortalFile(tmp_path / f"{seed}.db", seed)
        lists = MemoryLedger()

        def sometimes(ledger: Any, day: date, chance: random.Random = chance) -> None:
            if chance.random() < 0.2:
                worlds.end(ledger, day)
            if isinstance(ledger, SqlLedger) and day.day % 8 == 0:
                assert verify(ledger).breaks == (), day

        worlds.live(disk, tracks, said, sometimes)
        worlds.end(disk, until)
        assert verify(disk).breaks == (), f"seed {seed}"
        worlds.live(lists, tracks, said, lambda *_: None)
        worlds.end(lists, until)
        assert on_disk.events_of(disk) == worlds.same(lists), f"seed {seed}"
        disk.engine.dispose()
