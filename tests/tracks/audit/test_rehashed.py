"""A forger who knows how hashes are made: one event changed, and its own hash made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tracks.storage.stores import lived, tamper
from tracks.audit.discrepancies import Discrepancy
from tracks.audit.verify import verify
from tracks.events.hash_chain import seal
from tracks.events.snapshots import GENESIS

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.storage.ledger import SqlLedger


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return lived(tmp_path / "jobbspar.db")


def forge(ledger: SqlLedger, stream: str, seq: int) -> None:
    """Change who said it, and make the hash of that event fit again."""
    log = ledger.events(stream)
    of, before = log[seq - 1], log[seq - 2].hash if seq > 1 else GENESIS
    track = ledger.load([stream])[0].track
    hashed = ledger.plan(track, of.version).hash if of.version else None
    assert seal(of, hashed, before) == of.hash
    made = seal(of._replace(actor="Bo"), hashed, before)
    tamper(ledger, f"UPDATE event SET actor = 'Bo', hash = x'{made.hex()}' WHERE stream = '{stream}' AND seq = {seq}")


def test_an_event_whose_own_hash_was_made_anew_is_found_by_the_next(ledger: SqlLedger) -> None:
    forge(ledger, "A1/1", 2)
    assert verify(ledger).breaks == (Discrepancy("changed", "A1/1", 3),)


def test_the_last_event_whose_hash_was_made_anew_is_found_by_the_snapshot(ledger: SqlLedger) -> None:
    last = len(ledger.events("A1/1"))
    forge(ledger, "A1/1", last)
    found = [(one.code, one.stream) for one in verify(ledger).breaks]
    assert found == [("head", "A1/1")]
