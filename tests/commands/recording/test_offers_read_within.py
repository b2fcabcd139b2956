from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from tests.commands.workspace import QUEUED, workspace
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_who_is_proposed_is_read_while_nobody_else_can_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path / "w", QUEUED)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    claims, locked = SqlLedger.claims, []

    def read(ledger: SqlLedger, track: str) -> Any:
        other = sqlite3.connect(space.database, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            locked.append(False)
        except sqlite3.OperationalError:
            locked.append(True)
        finally:
            other.close()
        return claims(ledger, track)

    monkeypatch.setattr(SqlLedger, "claims", read)
    assert "A1" in space.ok("offer", "kö").out
    assert locked
    assert all(locked)
