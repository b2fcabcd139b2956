"""Saving is one transaction of its own, also where nobody began one around it."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import pytest

from tests.tracks.storage.stores import BY, MONDAY, new_ledger, refer, tamper
from tracks.events.event import Draft
from tracks.events.hash_chain import append

if TYPE_CHECKING:
    from pathlib import Path

REFUSES = "CREATE TRIGGER fails BEFORE {} ON {} BEGIN SELECT RAISE(FAIL, 'no'); END"


def test_events_whose_snapshot_cannot_be_written_are_not_written(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "jobbspar.db")
    refer(ledger, "A1")
    one = ledger.load(["A1/1"])[0]
    before = len(ledger.events("A1/1"))
    tamper(ledger, REFUSES.format("UPDATE", "enrolment"))
    events = append(one, [Draft("interested", MONDAY)], actor=BY, recorded=one.recorded, version=1, track_hash=None)
    with pytest.raises(Exception, match="no"):
        ledger.save([one], events)
    assert len(ledger.events("A1/1")) == before == ledger.load(["A1/1"])[0].seq


def test_a_fault_of_the_driver_says_nothing_of_the_row_that_it_was_at(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "jobbspar.db")
    tamper(ledger, REFUSES.format("INSERT", "employer"))
    rows = [(name, f"{name} AB") for name in ("kanarie", "vega")]
    with pytest.raises(Exception, match="no") as fault:
        ledger.write("INSERT INTO employer (id, name) VALUES (?, ?)", rows)
    assert "kanarie" not in "".join(traceback.format_exception(fault.value))
