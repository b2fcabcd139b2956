"""The same worlds on a real SQLite file, and against the lists: one engine, two ledgers."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks import worlds
from tracks.database import create_database
from tracks.memory import MemoryLedger
from tracks.store import SqlLedger
from tracks.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator


class MortalFile(SqlLedger):
    """A ledger on a file whose process may die before any commit."""

    def __init__(self, path: Path, seed: int) -> None:
        super().__init__(create_database(path))
        self.random = random.Random(seed)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outer = self._connection is None
        with super().transaction():
            yield
            if outer and self.random.random() < 0.2:
                raise worlds.Killed


def events_of(ledger: SqlLedger) -> dict[str, list[tuple[Any, ...]]]:
    streams = sorted(row[0] for row in ledger.rows("SELECT DISTINCT stream FROM event"))
    return {
        stream: [(e.seq, e.kind, e.step, e.attempt, e.effective, e.actor, e.version, dict(e.data), e.key) for e in ledger.events(stream)]
        for stream in streams
    }


@pytest.mark.parametrize("shape", ["uncoupled", "rolling", "dated", "programme"])
@pytest.mark.parametrize("part", range(5))
def test_a_killed_world_on_a_file_always_verifies_and_holds_the_events_of_a_clean_one(shape: str, part: int, tmp_path: Path) -> None:
    for seed in range(5 * part, 5 * part + 5):
        tracks = worlds.WORLDS[shape]()
        said = worlds.commands(seed, tracks, people=3, span=60)
        chance = random.Random(seed)
        until = said[-1][0] + timedelta(days=60)
        disk = MortalFile(tmp_path / f"{seed}.db", seed)
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
        assert events_of(disk) == worlds.same(lists), f"seed {seed}"
        disk.engine.dispose()
