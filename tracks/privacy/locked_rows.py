"""What is locked, looked at for damage: that the key of the database opens it, and that a number is found by its fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.personal_numbers import KEY_NAME
from definitions.model.refusal import Refusal
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.errors import KEY_WRONG
from tracks.privacy.unlocked import unlock_identity
from tracks.privacy.vault import Vault, is_written_with_key, note_place, number_print, person_place, read_key
from tracks.storage import people

if TYPE_CHECKING:
    from tracks.storage.session import Session


def damaged(session: Session, progress: WorkProgress = SILENT) -> list[str]:
    """List the places of what the key at hand does not open, and `key` where its fingerprint is another; nothing where there is no key.

    Args:
        session: The database.
        progress: Is told how much has been tried.

    Raises:
        Refusal: KEY_UNUSABLE where the file of the key is none, KEY_WRONG where it opens none of several.

    """
    path = session.path.with_name(KEY_NAME)
    if not path.exists():
        return []
    vault = Vault(read_key(path), bytes)
    with session.snapshot():
        persons, notes, filed = people.all_people(session), people.all_notes(session), people.all_lookups(session)
    lookups: dict[str, set[bytes]] = {}
    for person, lookup in filed:
        lookups.setdefault(person, set()).add(lookup)
    every = len(persons) + len(notes)
    progress.begin(Stage.UNLOCKING, every)
    found = []
    for one in persons:
        found += [] if _opens_to(vault, *one, lookups.get(one[0], set())) else [person_place(one[0])]
        progress.count()
    for stream, seq, field, cipher in notes:
        place = note_place(stream, seq, field)
        found += [] if _opens(vault, cipher, place) else [place]
        progress.count()
    other = people.key_print(session) not in (None, vault.print)
    if len(found) == every and (other or every > 1):
        raise KEY_WRONG()
    return [*(["key"] if other else []), *found]


def is_without_key(session: Session) -> bool:
    """Whether a database was written with a key that is not at hand, so that what is locked cannot be looked at."""
    return is_written_with_key(session) and not session.path.with_name(KEY_NAME).exists()


def locked_of(session: Session) -> tuple[list[str], list[str]]:
    """The people of whom, and the streams in which, something is locked."""
    return [person for person, *_ in people.all_people(session)], sorted({stream for stream, *_ in people.all_notes(session)})


def _opens_to(vault: Vault, person: str, cipher: bytes, protected: bool, lookups: set[bytes]) -> bool:  # noqa: FBT001 - as its row has it
    """Whether an identity opens, is as protected as its row says, and the fingerprints are those of its numbers."""
    try:
        identity = unlock_identity(vault, person, cipher)
        return identity.protected is bool(protected) and {number_print(vault, number) for number in identity.numbers} == lookups
    except (Refusal, ValueError, TypeError):
        return False


def _opens(vault: Vault, cipher: bytes, place: str) -> bool:
    try:
        return bool(vault.unlock(cipher, place))
    except (Refusal, TypeError):
        return False
