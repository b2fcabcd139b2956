"""The operations on a database named by its address, for drivers that keep no connection: flows and their workers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tracks.engine.loop.advance import advance
from tracks.recording import operations
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracks.engine.loop.advance import Counts


@lru_cache(maxsize=4)
def _engine(database: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return open_database(database)


def ledger(database: str) -> SqlLedger:
    """A ledger of its own on a database; not for several threads."""
    return SqlLedger(_engine(database))


def units(database: str, tracks: Sequence[str]) -> list[tuple[str, ...]]:
    """The units of the named tracks, or of all."""
    return operations.all_units(ledger(database), tracks)


def advance_unit(database: str, run: str, unit: tuple[str, ...], until: date, recorded: str) -> Counts:
    """Advance one unit; run again after a crash, it goes on where the other stopped."""
    del run
    return advance(ledger(database), unit, until, recorded)
