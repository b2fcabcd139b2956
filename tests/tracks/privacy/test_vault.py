"""Identity: in one place, locked, and never in a reference."""

from __future__ import annotations

import random
import re
import sqlite3
import stat
from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.model.personal_numbers import ALPHABET, is_mistyped, looks_personal, new_ref
from definitions.model.refusal import Refusal
from definitions.model.words import (
    NOT_A_PERSONAL_NUMBER,
    REF_LOOKS_PERSONAL,
    REF_MALFORMED,
    RESERVE_NUMBER,
    is_ref,
    parse_personal_number,
    parse_ref,
)
from tests.raising import raises_code
from tests.tracks.storage.stores import MONDAY, advance, new_ledger, refer, report
from tracks.audit.verify import verify
from tracks.errors import KEY_JUST_MADE, KEY_MISSING, KEY_UNUSABLE, KEY_WRONG, STREAM_CONFLICT
from tracks.privacy import unlocked
from tracks.privacy import vault as participants
from tracks.privacy.vault import Identity, open_vault
from tracks.storage import people

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.privacy.vault import Vault
    from tracks.storage.ledger import SqlLedger

TODAY = date(2026, 9, 7)
CANARY = Identity("Kanariefågel Ett", "191212121212", "kanarie@example.se")
drawn = random.Random(1).randbytes


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return new_ledger(tmp_path / "jobbspar.db")


@pytest.fixture
def vault(ledger: SqlLedger) -> Vault:
    return open_vault(ledger, drawn)


# What is a personal number


@pytest.mark.parametrize(
    ("written", "digits", "kind", "born"),
    [
        ("19121212-1212", "191212121212", "personnummer", "1912-12"),
        ("191212121212", "191212121212", "personnummer", "1912-12"),
        ("121212+1212", "191212121212", "personnummer", "1912-12"),
        ("121212-1212", "201212121212", "personnummer", "2012-12"),
        (" 1212121212 ", "201212121212", "personnummer", "2012-12"),
        ("\uff12\uff10121212-1212", "201212121212", "personnummer", "2012-12"),
        ("20000229-0005", "200002290005", "personnummer", "2000-02"),
        ("701063-2391", "197010632391", "samordningsnummer", "1970-10"),
        ("19701063-2391", "197010632391", "samordningsnummer", "1970-10"),
        ("19700060-0002", "197000600002", "samordningsnummer", None),
    ],
)
def test_a_personal_number_is_read_as_people_write_it(written: str, digits: str, kind: str, born: str | None) -> None:
    found = parse_personal_number(written, TODAY)
    assert (found.digits, found.kind, found.born) == (digits, kind, born)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "19121212-1213",
        "121212-121",
        "20260931-0004",
        "191213121211",
        "20261212-1216",
        "1912121212123",
        "19121212-12 12",
        "١٢١٢١٢-١٢١٢",
    ],
)
def test_what_is_no_personal_number_is_refused_without_repeating_it(written: str) -> None:
    with raises_code(NOT_A_PERSONAL_NUMBER) as refused:
        parse_personal_number(written, TODAY)
    assert refused.value.exit_code == 2
    assert not written or written not in str(refused.value) + refused.value.message("sv") + repr(refused.value)


def test_the_leap_day_of_a_common_year_is_no_birthday() -> None:
    with raises_code(NOT_A_PERSONAL_NUMBER):
        parse_personal_number("19000229-0005", TODAY)


@pytest.mark.parametrize("written", ["19121212-T123", "121212-12R4", "191212TF12"])
def test_a_reserve_number_is_refused_politely(written: str) -> None:
    with raises_code(RESERVE_NUMBER) as refused:
        parse_personal_number(written, TODAY)
    assert "skriv in utan nummer" in refused.value.message("sv")
    assert written not in str(refused.value)


def test_a_short_number_of_today_belongs_to_somebody_born_today_and_of_tomorrow_to_somebody_older() -> None:
    assert parse_personal_number("121212-1212", date(2012, 12, 12)).year == 2012
    assert parse_personal_number("121212-1212", date(2012, 12, 11)).year == 1912


def test_a_personal_number_is_not_shown_by_accident() -> None:
    number = parse_personal_number("19121212-1212", TODAY)
    assert "1212" not in f"{number!r}{number}{[number]}"


def length_or_code(text: str) -> object:
    try:
        return len(parse_personal_number(text, TODAY).digits)
    except Refusal as refused:
        return refused.code


NUMBERS = st.dates(date(1930, 1, 1), TODAY).map(lambda day: with_check_digit(f"{day:%Y%m%d}123"))


def with_check_digit(digits: str) -> str:
    """Luhn, as the Tax Agency has it: every second digit twice, beginning with the first of the ten."""
    twice = [int(digit) * (2 - n % 2) for n, digit in enumerate(digits[2:])]
    return digits + str(-sum(n // 10 + n % 10 for n in twice) % 10)


@given(NUMBERS)
def test_every_number_of_anybody_is_taken_as_it_is_written_with_and_without_a_sign(digits: str) -> None:
    for written in (digits, f"{digits[:8]}-{digits[8:]}"):
        assert parse_personal_number(written, TODAY).digits == digits


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    assert length_or_code(text) in (12, NOT_A_PERSONAL_NUMBER, RESERVE_NUMBER)


# What is a reference


def test_drawn_references_differ_and_are_references() -> None:
    refs = [new_ref(drawn) for _ in range(2000)]
    assert len(set(refs)) == 2000
    assert all(is_ref(ref) and not is_mistyped(ref) and re.fullmatch(r"\w{4}-\w{4}", ref) for ref in refs)


def test_no_two_symbols_of_a_drawn_reference_look_alike() -> None:
    for alike in ("0OQD", "1IL", "2Z", "5S", "8B", "UV", "6G", "VY"):
        assert len(set(alike) & set(ALPHABET)) <= 1


def test_every_wrong_symbol_and_every_swap_of_neighbours_is_noticed() -> None:
    for _ in range(50):
        plain = new_ref(drawn).replace("-", "")
        wrong = {plain[:n] + other + plain[n + 1 :] for n in range(8) for other in ALPHABET} - {plain}
        swapped = {plain[:n] + b + a + plain[n + 2 :] for n, (a, b) in enumerate(pairwise(plain))} - {plain}
        assert all(is_mistyped(f"{ref[:4]}-{ref[4:]}".lower()) for ref in wrong | swapped)


def test_a_reference_of_the_municipality_own_making_is_never_called_mistyped() -> None:
    assert not any(is_mistyped(ref) for ref in ("A1", "p-001", "dnr-2026-17", "åäö"))


@pytest.mark.parametrize(
    "ref", ["19121212-1212", "1212121212", "121212-1213", "p19121212_1212", "701063.2391", "x.12 12 12 12 12", "\uff11\uff19121212-1212"]
)
def test_a_reference_may_not_look_like_a_personal_number(ref: str) -> None:
    assert looks_personal(ref)
    with raises_code(REF_LOOKS_PERSONAL) as refused:
        parse_ref(ref)
    assert ref not in str(refused.value)


@pytest.mark.parametrize("ref", ["", "-a", "a/b", "a b", "../x", "a\n", "a\x1b[0m", "track", "Track", "a" * 33, "\u04301", "a\u200b"])
def test_a_reference_is_short_and_plain(ref: str) -> None:
    assert not is_ref(ref)
    with raises_code(REF_MALFORMED):
        parse_ref(ref)


def test_a_reference_is_composed_so_that_it_is_found_again() -> None:
    assert parse_ref("a\u030a1") == "å1"


# The vault


def test_identity_comes_back_as_it_was_kept(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    participants.put_identity(ledger, vault, "B2", Identity("Bo", protected=True))
    assert unlocked.identity_of(ledger, vault, "A1") == CANARY
    assert unlocked.identity_of(ledger, vault, "B2") == Identity("Bo", protected=True)
    assert unlocked.identity_of(ledger, vault, "C3") is None


def test_a_person_is_found_by_number_however_it_is_written(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    for written in ("19121212-1212", "121212+1212"):
        assert participants.find_person(ledger, vault, parse_personal_number(written, TODAY)) == "A1"
    assert participants.find_person(ledger, vault, parse_personal_number("121212-1212", TODAY)) is None


def test_one_number_is_one_person(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    with raises_code(STREAM_CONFLICT):
        participants.put_identity(ledger, vault, "B2", CANARY)
    assert unlocked.identity_of(ledger, vault, "B2") is None


def test_a_person_is_found_by_a_number_that_she_had_before_until_her_identity_is_erased(ledger: SqlLedger, vault: Vault) -> None:
    before, now = parse_personal_number("701063-2391", TODAY), parse_personal_number("20000101-0107", TODAY)
    participants.put_identity(ledger, vault, "A1", Identity("Bo", now.digits, former=(before.digits,)))
    assert unlocked.identity_of(ledger, vault, "A1") == Identity("Bo", now.digits, former=(before.digits,))
    assert [participants.find_person(ledger, vault, number) for number in (before, now)] == ["A1", "A1"]
    participants.destroy_identity(ledger, "A1")
    assert [participants.find_person(ledger, vault, number) for number in (before, now)] == [None, None]


def test_a_cipher_cannot_be_moved_to_another_person(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    cipher = people.person_cipher(ledger, "A1")
    assert cipher is not None
    people.put_person(ledger, "B2", cipher, (), protected=False)
    with raises_code(KEY_WRONG) as refused:
        unlocked.identity_of(ledger, vault, "B2")
    assert refused.value.exit_code == 8
    assert refused.value.__suppress_context__


def test_a_changed_cipher_is_not_unlocked(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    cipher = people.person_cipher(ledger, "A1") or b""
    for changed in (cipher[:-1], bytes([*cipher[:-1], cipher[-1] ^ 1]), b"", cipher[:5]):
        people.put_person(ledger, "A1", changed or b"\0", (), protected=False)
        with raises_code(KEY_WRONG):
            unlocked.identity_of(ledger, vault, "A1")


def test_the_same_identity_is_never_locked_to_the_same_cipher(vault: Vault) -> None:
    assert vault.lock("Anna", "person/A1") != vault.lock("Anna", "person/A1")


def test_identity_is_found_in_no_other_place(ledger: SqlLedger, vault: Vault, tmp_path: Path) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    refer(ledger, "A1", person="A1")
    advance(ledger, MONDAY)
    participants.put_note(ledger, vault, "A1/1", 1, {"note": f"{CANARY.name} ringde"})
    report(ledger, "A1", "kart", MONDAY)
    ledger.engine.dispose()
    dump = "\n".join(sqlite3.connect(ledger.path).iterdump())
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for canary in (CANARY.name, CANARY.number, CANARY.contact, "121212-1212"):
        assert canary is not None
        assert canary not in dump
        assert canary.encode() not in files
    assert CANARY.name not in repr(CANARY)


# The key


def test_the_key_lies_beside_the_database_for_its_owner_alone(ledger: SqlLedger, tmp_path: Path) -> None:
    assert not (tmp_path / "jobbspar.key").exists()
    participants.put_identity(ledger, open_vault(ledger, drawn), "A1", CANARY)
    assert stat.S_IMODE((tmp_path / "jobbspar.key").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*new"))


def test_a_key_with_which_nothing_was_kept_leaves_no_file(ledger: SqlLedger, tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), ledger.transaction():
        participants.put_identity(ledger, open_vault(ledger, drawn), "A1", CANARY)
        assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "A1") == CANARY
        raise ZeroDivisionError
    assert not (tmp_path / "jobbspar.key").exists()
    participants.put_identity(ledger, open_vault(ledger, drawn), "A1", CANARY)
    assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "A1") == CANARY


def test_a_key_that_another_process_made_meanwhile_refuses_the_commit(ledger: SqlLedger, tmp_path: Path) -> None:
    mine, other = open_vault(ledger, drawn), new_ledger(tmp_path / "jobbspar2.db")
    participants.put_identity(other, open_vault(other, drawn, tmp_path / "jobbspar.key"), "B1", CANARY)
    with raises_code(KEY_JUST_MADE):
        participants.put_identity(ledger, mine, "A1", CANARY)
    assert unlocked.identity_of(ledger, mine, "A1") is None


def test_the_key_is_made_once(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    assert unlocked.identity_of(ledger, open_vault(ledger, drawn), "A1") == CANARY


def test_the_key_may_lie_elsewhere(ledger: SqlLedger, tmp_path: Path) -> None:
    elsewhere = tmp_path / "usb" / "nyckel"
    elsewhere.parent.mkdir()
    participants.put_identity(ledger, open_vault(ledger, drawn, elsewhere), "A1", CANARY)
    assert elsewhere.exists()
    assert not (tmp_path / "jobbspar.key").exists()


def test_a_missing_key_is_not_replaced_by_a_new_one(ledger: SqlLedger, vault: Vault, tmp_path: Path) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    (tmp_path / "jobbspar.key").unlink()
    with raises_code(KEY_MISSING) as refused:
        open_vault(ledger, drawn)
    assert refused.value.exit_code == 8
    assert not (tmp_path / "jobbspar.key").exists()


@pytest.mark.parametrize("content", [b"", b"inte en nyckel", b"QUFB\n", b"\xff" * 40])
def test_a_file_that_is_no_key_is_refused(ledger: SqlLedger, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "jobbspar.key").write_bytes(content)
    with raises_code(KEY_UNUSABLE):
        open_vault(ledger, drawn)


def test_another_key_unlocks_nothing(ledger: SqlLedger, vault: Vault, tmp_path: Path) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    (tmp_path / "jobbspar.key").unlink()
    other = open_vault(new_ledger(tmp_path / "annan.db"), drawn)
    with raises_code(KEY_WRONG):
        unlocked.identity_of(ledger, other, "A1")


# Free text and erasure


def test_a_note_comes_back_and_its_event_only_recognises_it(ledger: SqlLedger, vault: Vault) -> None:
    refer(ledger, "A1")
    participants.put_note(ledger, vault, "A1/1", 1, {"note": "Vill helst arbeta ute", "reason": "hälsa"})
    assert unlocked.notes_of(ledger, vault, "A1/1") == {(1, "note"): "Vill helst arbeta ute", (1, "reason"): "hälsa"}
    assert participants.note_print(vault, "hälsa") == participants.note_print(vault, "hälsa")
    assert participants.note_print(vault, "hälsa") != participants.note_print(vault, "hälsa ")


def test_a_note_cannot_be_moved_to_another_event(ledger: SqlLedger, vault: Vault) -> None:
    refer(ledger, "A1", "B2")
    people.put_note(ledger, "B2/1", 1, "note", vault.lock("hemligt", "note/A1/1/1/note"))
    with raises_code(KEY_WRONG):
        unlocked.notes_of(ledger, vault, "B2/1")


def test_an_erased_person_leaves_a_log_that_still_verifies(ledger: SqlLedger, vault: Vault) -> None:
    participants.put_identity(ledger, vault, "A1", CANARY)
    refer(ledger, "A1", person="A1")
    participants.put_note(ledger, vault, "A1/1", 1, {"note": "hemligt"})
    assert participants.destroy_identity(ledger, "A1")
    assert people.remove_notes(ledger, "A1/1", 1) == 1
    assert not participants.destroy_identity(ledger, "A1")
    one = ledger.load(["A1/1"])[0]
    assert (one.ref, one.person, one.seq) == ("A1", None, 1)
    assert verify(ledger).sound


def test_the_log_knows_no_more_of_a_birthday_than_year_and_month() -> None:
    assert parse_personal_number("19121212-1212", TODAY).born == "1912-12"
