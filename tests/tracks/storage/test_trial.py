from __future__ import annotations

import pytest

from definitions.model.refusal import Refusal
from tests.tracks.storage.stores import TRACK, apply, refer
from tracks.errors import UNKNOWN_VERSION
from tracks.storage.memory_ledger import MemoryLedger


@pytest.fixture
def ledger() -> MemoryLedger:
    lists = MemoryLedger()
    apply(lists)  # type: ignore[arg-type] # the helper is annotated for the store on a file
    return lists


def refs(ledger: MemoryLedger) -> list[str]:
    return ledger.members("bygg", ["referred"])


def enrol(ledger: MemoryLedger, ref: str) -> None:
    refer(ledger, ref)  # type: ignore[arg-type] # the helper is annotated for the store on a file


def test_what_is_tried_is_seen_within_and_gone_after(ledger: MemoryLedger) -> None:
    with ledger.trial():
        enrol(ledger, "A1")
        assert refs(ledger) == ["A1/1"]
    assert refs(ledger) == []
    assert ledger.events("A1/1") == []


def test_what_is_kept_stays(ledger: MemoryLedger) -> None:
    with ledger.trial() as trial:
        enrol(ledger, "A1")
        trial.keep()
    assert refs(ledger) == ["A1/1"]


def test_a_trial_within_a_transaction_takes_back_its_own_alone(ledger: MemoryLedger) -> None:
    with ledger.transaction():
        enrol(ledger, "A1")
        with ledger.trial():
            enrol(ledger, "B2")
            assert refs(ledger) == ["A1/1", "B2/1"]
        enrol(ledger, "C3")
    assert refs(ledger) == ["A1/1", "C3/1"]


def test_a_trial_that_is_kept_goes_with_the_transaction_around_it(ledger: MemoryLedger) -> None:
    with pytest.raises(ZeroDivisionError):
        _keep_and_fail(ledger)
    assert refs(ledger) == []
    assert [ledger.events(stream) for stream in ("A1/1", "B2/1")] == [[], []]


def test_a_refusal_within_a_trial_reaches_who_tried_and_leaves_nothing(ledger: MemoryLedger) -> None:
    with pytest.raises(Refusal):
        _keep_and_refuse(ledger)
    assert refs(ledger) == []


def test_what_was_read_in_a_trial_is_read_again_after_it(ledger: MemoryLedger) -> None:
    enrol(ledger, "A1")
    with ledger.transaction():
        with ledger.trial():
            (one,) = ledger.load(["A1/1"])
            one.todos = one.claims = ()
            ledger.save([one], [])
        (one,) = ledger.load(["A1/1"])
        before = one.todos
        ledger.save([one], [])
    assert ledger.load(["A1/1"])[0].todos == before


def _keep_and_fail(ledger: MemoryLedger) -> None:
    with ledger.transaction():
        enrol(ledger, "A1")
        with ledger.trial() as trial:
            enrol(ledger, "B2")
            trial.keep()
        raise ZeroDivisionError


def _keep_and_refuse(ledger: MemoryLedger) -> None:
    with ledger.trial() as trial:
        enrol(ledger, "A1")
        trial.keep()
        raise UNKNOWN_VERSION(track=TRACK.track, version=9)
