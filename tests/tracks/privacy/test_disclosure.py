"""The door through which somebody is shown, and the ways round it, which are errors."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import random
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tests.tracks.storage.stores import BY, clock, new_ledger, refer
from tracks.errors import KEY_MISSING
from tracks.privacy.disclosure import Opened, Purpose, Reader, opened
from tracks.privacy.vault import Identity, open_vault, put_identity, put_note

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.storage.ledger import SqlLedger

CANARY = Identity("Kanariefågel Ett", "191212121212", "kanarie@example.se", protected=True)
drawn = random.Random(1).randbytes


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    ledger = new_ledger(tmp_path / "jobbspar.db")
    with ledger.transaction():
        put_identity(ledger, open_vault(ledger, drawn), "A1", CANARY)
    refer(ledger, "A1", person="A1")
    with ledger.transaction():
        put_note(ledger, open_vault(ledger, drawn), "A1/1", 1, {"note": "Kanarie ringde"})
    return ledger


def shown(ledger: SqlLedger, purpose: Purpose) -> Opened:
    return opened(ledger, partial(open_vault, ledger, drawn), Reader(clock(), BY), ["A1/1"], purpose)


def test_what_is_opened_says_for_whom_and_why_and_is_in_the_log_by_then(ledger: SqlLedger) -> None:
    found = shown(ledger, Purpose.IDENTITY)
    assert (found.identities, found.purpose, found.reader.actor) == ((CANARY,), Purpose.IDENTITY, BY)
    (recorded,) = found.recorded
    assert [event.kind for event in recorded.events] == ["disclosed"]
    assert ledger.events("A1/1")[-1] == recorded.events[0]
    assert shown(ledger, Purpose.NOTES).notes == {("A1/1", 1): "Kanarie ringde"}


def test_nobody_else_makes_what_was_opened(ledger: SqlLedger) -> None:
    given: dict[str, Any] = {"purpose": Purpose.IDENTITY, "reader": Reader(clock(), BY), "identities": (CANARY,), "notes": {}}
    with pytest.raises(TypeError, match="opened alone"):
        Opened(door=object(), **given)
    with pytest.raises(TypeError):
        Opened(**given)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(shown(ledger, Purpose.NOTES), identities=(CANARY,))  # type: ignore[call-arg] # that is the point


def test_no_text_of_the_program_holds_what_was_opened(ledger: SqlLedger) -> None:
    found = shown(ledger, Purpose.IDENTITY)
    notes = shown(ledger, Purpose.NOTES)
    told = "".join(traceback.format_exception(ValueError(found, notes))) + f"{found!r} {found} {notes!r} {[found]} {found.identities!r}"
    assert "anarie" not in told
    assert CANARY.number is not None
    assert CANARY.number not in told


def test_what_is_refused_opens_nothing(ledger: SqlLedger, tmp_path: Path) -> None:
    (tmp_path / "jobbspar.key").unlink()
    before = len(ledger.events("A1/1"))
    with raises_code(KEY_MISSING):
        shown(ledger, Purpose.IDENTITY)
    assert len(ledger.events("A1/1")) == before


def test_a_copy_of_what_was_opened_is_no_other_opening(ledger: SqlLedger) -> None:
    found = shown(ledger, Purpose.NOTES)
    assert copy.copy(found) == found
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        found.notes = {}  # type: ignore[misc] # it is frozen


def test_what_was_erased_is_written_over_in_the_file(ledger: SqlLedger, tmp_path: Path) -> None:
    from tracks.privacy.vault import destroy_identity
    from tracks.storage import people

    cipher = people.person_cipher(ledger, "A1") or b""
    assert cipher in (tmp_path / "jobbspar.db").read_bytes() + (tmp_path / "jobbspar.db-wal").read_bytes()
    with ledger.transaction():
        destroy_identity(ledger, "A1")
    ledger.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.engine.dispose()
    assert cipher not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
