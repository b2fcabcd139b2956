"""A key is held against what is locked already, before anything is locked or looked up with it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from tests.raising import raises_code
from tests.tracks.storage.stores import new_ledger, refer
from tracks.errors import KEY_MISSING, KEY_UNUSABLE, KEY_WRONG
from tracks.privacy import locked_rows, unlocked, vault
from tracks.privacy.vault import Identity, Vault, check_key, open_vault
from tracks.storage import people
from tracks.storage.tables import KeyPrintRow

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.storage.ledger import SqlLedger

BO = Identity("Bo", "191212121212")
drawn = random.Random(2).randbytes


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return new_ledger(tmp_path / "jobbspar.db")


def change_key(folder: Path) -> None:
    """Put the key of another workspace in place of the one there."""
    (folder / "elsewhere").mkdir()
    other = new_ledger(folder / "elsewhere" / "jobbspar.db")
    vault.put_identity(other, open_vault(other, drawn), "A1", BO)
    (folder / "elsewhere" / "jobbspar.key").replace(folder / "jobbspar.key")


def test_another_key_is_refused_where_an_identity_is_kept(ledger: SqlLedger, tmp_path: Path) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    change_key(tmp_path)
    with raises_code(KEY_WRONG) as refused:
        open_vault(ledger, drawn)
    assert refused.value.exit_code == 8


def test_another_key_is_refused_where_only_a_note_is_kept(ledger: SqlLedger, tmp_path: Path) -> None:
    refer(ledger, "A1")
    vault.put_note(ledger, open_vault(ledger, drawn), "A1/1", 1, {"note": "hemligt"})
    change_key(tmp_path)
    with raises_code(KEY_WRONG):
        open_vault(ledger, drawn)


def test_a_database_knows_its_key_also_where_nothing_is_locked_any_more(ledger: SqlLedger, tmp_path: Path) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    vault.destroy_identity(ledger, "A1")
    right = (tmp_path / "jobbspar.key").read_bytes()
    change_key(tmp_path)
    with raises_code(KEY_WRONG):
        open_vault(ledger, drawn)
    (tmp_path / "jobbspar.key").unlink()
    with raises_code(KEY_MISSING):
        open_vault(ledger, drawn)
    (tmp_path / "jobbspar.key").write_bytes(right)
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "A1") == BO


def test_a_key_that_somebody_put_there_is_the_key_from_the_first_write_on(ledger: SqlLedger, tmp_path: Path) -> None:
    change_key(tmp_path)
    open_vault(ledger, drawn)
    assert people.key_print(ledger) is None
    refer(ledger, "A1")
    assert people.key_print(ledger) == open_vault(ledger, drawn).print


def test_a_database_of_before_prints_takes_the_key_that_opens_what_is_locked(ledger: SqlLedger, tmp_path: Path) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    with ledger.transaction():
        ledger.execute(delete(KeyPrintRow))
    refer(ledger, "B1")
    vault.put_identity(ledger, open_vault(ledger, drawn), "B1", Identity("Kim"))
    assert people.key_print(ledger) is not None
    assert not locked_rows.damaged(ledger)


def test_what_was_locked_first_says_which_key_is_right(ledger: SqlLedger) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "M1", BO)
    vault.put_identity(ledger, Vault(b"x" * 32, drawn), "A1", Identity("Locked with another"))
    with ledger.transaction():
        ledger.execute(delete(KeyPrintRow))
    assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "M1") == BO
    refer(ledger, "B1")
    people.put_note(ledger, "B1/1", 1, "note", b"\0" * 40)
    check_key(ledger, drawn)


def test_looking_at_the_key_makes_none(ledger: SqlLedger, tmp_path: Path) -> None:
    check_key(ledger, drawn)
    assert not (tmp_path / "jobbspar.key").exists()
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    check_key(ledger, drawn)
    (tmp_path / "jobbspar.key").write_text("hej\n", encoding="utf-8")
    with raises_code(KEY_UNUSABLE):
        check_key(ledger, drawn)
    (tmp_path / "jobbspar.key").unlink()
    with raises_code(KEY_MISSING):
        check_key(ledger, drawn)
    assert not (tmp_path / "jobbspar.key").exists()
