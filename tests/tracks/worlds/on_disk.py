"""The small worlds on a real SQLite file: a ledger whose process may die, and the machine that lives on lists and on a file alike."""

from __future__ import annotations

import random
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.tracks.worlds import worlds
from tests.tracks.worlds.machine import DAYS, Machine
from tracks.recording import operations
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracks.engine.context.ports import Book


class MortalFile(SqlLedger):
    """A ledger on a file whose process may die before any commit."""

    def __init__(self, path: Path, seed: int, chance: float = 0.2) -> None:
        super().__init__(create_database(path))
        self.random, self.chance = random.Random(seed), chance

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outer = self._connection is None
        with super().transaction():
            yield
            if outer and self.random.random() < self.chance:
                raise worlds.Killed


def events_of(ledger: SqlLedger) -> dict[str, list[tuple[Any, ...]]]:
    streams = sorted(row[0] for row in ledger.rows("SELECT DISTINCT stream FROM event"))
    return {
        stream: [(e.seq, e.kind, e.step, e.attempt, e.effective, e.actor, e.version, dict(e.data), e.key) for e in ledger.events(stream)]
        for stream in streams
    }


class FileMachine(Machine):
    """Beside the lists a file that is told and advanced the same, but dies at random and begins again: byte for byte the same."""

    def twins(self) -> list[Book]:
        self.folder = tempfile.TemporaryDirectory()
        self.file = MortalFile(Path(self.folder.name) / "world.db", 1)
        return [self.file]

    @rule(days=DAYS)
    def all_is_advanced(self, days: int) -> None:
        super().all_is_advanced(days)
        worlds.end(self.file, self.today)

    @rule(days=DAYS, seed=st.integers(0, 99))
    def an_advance_is_killed(self, days: int, seed: int) -> None:
        """Both come as far as they come, and go on at once: only then do they hold the same again."""
        super().an_advance_is_killed(days, seed)
        worlds.end(self.book, self.today)
        worlds.end(self.file, self.today)

    @invariant()
    def all_holds(self) -> None:
        book, file = self.book, self.file
        for stream, log in book.log.items():
            assert file.events(stream) == log, stream
        assert {one.stream: one for one in file.load(list(book.enrolments))} == book.enrolments
        for name, row in book.rows.items():
            assert file.track(name) == row, name
            assert sorted(file.claims(name)) == sorted(book.claims(name)), name
        assert operations.all_units(file) == operations.all_units(book)

    def nothing_differs_in_the_end(self) -> None:
        end = self.now()
        worlds.end(self.book, end)
        worlds.end(self.file, end)
        self.all_holds()
        self.file.engine.dispose()
        self.folder.cleanup()
