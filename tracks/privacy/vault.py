"""Identity, kept apart from the log: locked with a key that does not lie in the database."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from definitions.model.personal_numbers import KEY_NAME
from tracks.errors import KEY_JUST_MADE, KEY_MISSING, KEY_UNUSABLE, KEY_WRONG
from tracks.files import create_file
from tracks.storage import people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from definitions.model.personal_numbers import PersonalNumber
    from tracks.storage.session import Session

    Randomness = Callable[[int], bytes]

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a participant is. `protected` (skyddade personuppgifter) hides in lists and exports also at which employer she is.

    `former` are the numbers that she had before: she is still found by them.
    """

    name: str
    number: str | None = None
    contact: str | None = None
    protected: bool = False
    former: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that is hers."""
        return (*((self.number,) if self.number else ()), *self.former)

    def __repr__(self) -> str:
        return "<Identity>"


class Vault:
    """Locks and unlocks identity and free text, and makes fingerprints that only the key's holder can make again."""

    def __init__(self, key: bytes, randomness: Randomness) -> None:
        self._cipher = AESGCM(_derived(key, b"jobbspar-identity-1"))
        self._lookup = _derived(key, b"jobbspar-lookup-1")
        self._randomness = randomness

    def lock(self, text: str, place: str) -> bytes:
        """A cipher that can be unlocked only in the same place (a row's id)."""
        nonce = self._randomness(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())

    def unlock(self, cipher: bytes, place: str) -> str:
        """Answer the text of a cipher. Raises KEY_WRONG for another key, another place, or a changed cipher."""
        try:
            return self._cipher.decrypt(cipher[:_NONCE_BYTES], cipher[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise KEY_WRONG() from None

    def fingerprint(self, text: str) -> bytes:
        """What stands in place of a text that must be recognised but not read."""
        return hmac.digest(self._lookup, text.encode(), sha256)

    @property
    def print(self) -> bytes:
        """What a database keeps of the key that it is written with: enough to know the key again, and no more."""
        return self.fingerprint("key")


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.digest(key, use, sha256)


def open_vault(session: Session, randomness: Randomness, key_file: Path | None = None) -> Vault:
    """Open the vault of a database; its key is made the first time that anything is kept with it, and never after.

    A database that was written with a key knows it, also where nothing is locked any more: what stands in the log is recognised by
    the key as well, such as the rows of a file. The file of a new key is written just before the first commit, so that a refused
    command leaves none.

    Args:
        session: The database whose key it is.
        randomness: Where the bytes of new keys come from.
        key_file: The file of the key, where it is not beside the database.

    Returns:
        The vault.

    Raises:
        Refusal: KEY_MISSING, KEY_UNUSABLE, or KEY_WRONG where the database was written with another key; the commit may refuse with
            KEY_JUST_MADE.

    """
    path = key_file or session.path.with_name(KEY_NAME)
    if not path.exists():
        # What this session itself has locked, and not committed yet, is of the key that it is about to keep.
        if is_written_with_key(session) and not isinstance(session.before_commit.get(path), _NewKey):
            raise KEY_MISSING(path=path)
        return Vault(_new_key(session, path, randomness), randomness)
    vault = Vault(read_key(path), randomness)
    check_vault(session, vault)
    if people.key_print(session) is None:  # one that somebody put there is the key from the first commit on
        session.before_commit.setdefault(path, partial(people.put_key_print, session, vault.print))
    return vault


def check_vault(session: Session, vault: Vault) -> None:
    """That a database was written with this key: with another one would lock what the right one cannot open. Raises KEY_WRONG."""
    kept = people.key_print(session)
    if kept is not None and kept != vault.print:
        raise KEY_WRONG()
    if kept is None and (locked := _locked(session)):
        vault.unlock(*locked)


def is_written_with_key(session: Session) -> bool:
    """Whether a database was ever written with a key."""
    return people.key_print(session) is not None or _locked(session) is not None


def replace_key(session: Session, randomness: Randomness) -> None:
    """Go on with a new key where the old one is lost, in the transaction that records it.

    What the old one locked is nothing any more: free texts are destroyed, and of each person only whether she is protected is kept.

    Args:
        session: The database whose key it is.
        randomness: Where the bytes of the new key come from.

    """
    people.forget_key(session)
    vault = Vault(_new_key(session, session.path.with_name(KEY_NAME), randomness), randomness)
    for person, _, protected in people.all_people(session):
        put_identity(session, vault, person, Identity("", protected=protected))


def check_key(session: Session, randomness: Randomness) -> None:
    """That the key of a database is there and is its own; makes none. Raises KEY_MISSING, KEY_UNUSABLE or KEY_WRONG."""
    if session.path.with_name(KEY_NAME).exists() or is_written_with_key(session):
        open_vault(session, randomness)


def _locked(session: Session) -> tuple[bytes, str] | None:
    """Something that the key must open, and its place; the oldest, so that it was locked with the first key."""
    if person := people.oldest_person(session):
        return person[1], person_place(person[0])
    if note := people.oldest_note(session):
        return note[3], note_place(*note[:3])
    return None


def person_place(person: str) -> str:
    """Name the place that an identity is locked to."""
    return f"person/{person}"


def note_place(stream: str, seq: int, field: str) -> str:
    """Name the place that a free text is locked to.

    Args:
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.
        field: Which of the texts of the event it is.

    """
    return f"note/{stream}/{seq}/{field}"


class _NewKey:
    """A key that has no file yet, and that its database does not know yet."""

    def __init__(self, session: Session, path: Path, key: bytes) -> None:
        self._session, self._path, self.key = session, path, key

    def __call__(self) -> None:
        """Write the file. Raises KEY_JUST_MADE where another process made another one: what is about to be committed has this one."""
        _make_key(self._path, self.key)
        if read_key(self._path) != self.key:
            raise KEY_JUST_MADE(path=self._path)
        people.put_key_print(self._session, Vault(self.key, bytes).print)


def _new_key(session: Session, path: Path, randomness: Randomness) -> bytes:
    """The key that the session will keep: the same one however often the vault is opened before."""
    waiting = session.before_commit.get(path)
    if not isinstance(waiting, _NewKey):
        waiting = session.before_commit[path] = _NewKey(session, path, randomness(_KEY_BYTES))
    return waiting.key


def _make_key(path: Path, key: bytes) -> None:
    """Write the key whole before it gets its name: one cut short would lock what nobody can unlock."""

    def fill(new: Path) -> None:
        with new.open("wb") as file:
            file.write(base64.b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    try:
        # Where another process was first its key stays, and is read.
        create_file(path, fill)
    except OSError:
        raise KEY_UNUSABLE(path=path) from None


def read_key(path: Path) -> bytes:
    """The key in a file. Raises KEY_UNUSABLE where it cannot be read or is none."""
    try:
        key = base64.b64decode(path.read_bytes(), validate=False)
    except (OSError, binascii.Error):
        raise KEY_UNUSABLE(path=path) from None
    if len(key) != _KEY_BYTES:
        raise KEY_UNUSABLE(path=path)
    return key


def put_identity(session: Session, vault: Vault, person: str, identity: Identity) -> None:
    """Keep who a participant is, in place of what was kept before.

    Args:
        session: Where it is kept.
        vault: What locks and unlocks, with the key of the workspace.
        person: The id of the participant, as her enrolments hold it.
        identity: Her name and personal number.

    """
    cipher = vault.lock(json.dumps(asdict(identity), ensure_ascii=False), person_place(person))
    prints = [number_print(vault, number) for number in identity.numbers]
    people.put_person(session, person, cipher, prints, protected=identity.protected)


def find_person(session: Session, vault: Vault, number: PersonalNumber) -> str | None:
    """Find the participant who has, or had, a personal number.

    Args:
        session: Where it is kept.
        vault: What locks and unlocks, with the key of the workspace.
        number: The number, checked.

    Returns:
        Her id; None where nobody has it.

    """
    return people.person_by_lookup(session, number_print(vault, number.digits))


def number_print(vault: Vault, number: str) -> bytes:
    """Make the fingerprint that a personal number is found by."""
    return vault.fingerprint(f"number/{number}")


def note_print(vault: Vault, text: str) -> str:
    """What an event says of a free text: enough to see that it is the same, and no more."""
    return vault.fingerprint(f"note/{text}").hex()


def put_note(session: Session, vault: Vault, stream: str, seq: int, texts: dict[str, str]) -> None:
    """Keep the free texts of an event, by field; the event must stand in the log already.

    Args:
        session: Where it is kept.
        vault: What locks and unlocks, with the key of the workspace.
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.
        texts: The texts, by field.

    """
    for field, text in sorted(texts.items()):
        people.put_note(session, stream, seq, field, vault.lock(text, note_place(stream, seq, field)))


def has_notes(session: Session, stream: str, seq: int) -> bool:
    """Whether an event has free texts.

    Args:
        session: Where they are kept.
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.

    """
    return any(number == seq for number, _, _ in people.note_ciphers(session, stream))


def erase_notes(session: Session, stream: str, seq: int) -> bool:
    """Erase the free texts of an event, which stays and still verifies.

    Args:
        session: Where they are kept.
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.

    Returns:
        Whether there were any.

    """
    return people.remove_notes(session, stream, seq) > 0


def destroy_identity(session: Session, person: str) -> bool:
    """Erase who a participant is; the log of what happened stays and still verifies."""
    return people.remove_person(session, person)
