"""A key is held against what is locked already, before anything is locked or looked up with it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.raising import raises_code
from tests.tracks.storage.stores import new_ledger, refer
from tracks.errors import KEY_MISSING, KEY_UNUSABLE, KEY_WRONG
from tracks.privacy import unlocked, vault
from tracks.privacy.vault import Identity, Vault, check_key, open_vault
from tracks.storage import people

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


def test_any_key_fits_where_nothing_is_locked(ledger: SqlLedger, tmp_path: Path) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    vault.destroy_identity(ledger, "A1")
    change_key(tmp_path)
    vault.put_identity(ledger, open_vault(ledger, drawn), "A1", BO)
    assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "A1") == BO


def test_what_was_locked_first_says_which_key_is_right(ledger: SqlLedger) -> None:
    vault.put_identity(ledger, open_vault(ledger, drawn), "M1", BO)
    vault.put_identity(ledger, Vault(b"x" * 32, drawn), "A1", Identity("Locked with another"))
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
