"""Trying and undoing: what is written is seen, and then taken back."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracks.storage.ledger import SqlLedger


class _NothingKept(Exception):
    """Ends a transaction of which nothing is to be kept."""


@contextmanager
def undone(ledger: SqlLedger) -> Iterator[None]:
    """Take back at the end what is written within."""
    with suppress(_NothingKept), ledger.transaction():
        yield
        raise _NothingKept
