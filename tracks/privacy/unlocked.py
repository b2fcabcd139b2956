"""What is locked, read again: who a participant is, and free texts. Whoever shows it asks `tracks.privacy.disclosure` for it instead.

An import contract keeps this module to that door, to the search for damage, and to the check that a number is of one person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracks.privacy.vault import Identity, note_place, person_place
from tracks.storage import people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracks.privacy.vault import Vault
    from tracks.storage.session import Session


def identity_of(session: Session, vault: Vault, person: str) -> Identity | None:
    """Answer who a participant is.

    Args:
        session: Where it is kept.
        vault: What locks and unlocks, with the key of the workspace.
        person: The id of the participant, as her enrolments hold it.

    Returns:
        The identity; None where nothing is kept, or no more.

    """
    cipher = people.person_cipher(session, person)
    if cipher is None:
        return None
    return unlock_identity(vault, person, cipher)


def unlock_identity(vault: Vault, person: str, cipher: bytes) -> Identity:
    """Read a locked identity.

    Args:
        vault: What unlocks it.
        person: The id of the participant, as her enrolments hold it.
        cipher: The locked text.

    Raises:
        KEY_WRONG: It was locked with another key or for another id, or was changed.

    """
    kept = json.loads(vault.unlock(cipher, person_place(person)))
    return Identity(**{**kept, "former": tuple(kept.get("former", ()))})


def kept_identities(session: Session, opened: Callable[[], Vault], persons: Iterable[str]) -> dict[str, Identity]:
    """Answer who some participants are; the key is asked for only where there is something to unlock.

    Args:
        session: Where it is kept.
        opened: Opens what unlocks, with the key of the workspace.
        persons: Their ids.

    Returns:
        The identities by id, in the order asked for; without those of whom nothing is kept.

    """
    ciphers = ((person, people.person_cipher(session, person)) for person in persons)
    return {person: unlock_identity(opened(), person, cipher) for person, cipher in ciphers if cipher}


def notes_of(session: Session, vault: Vault, stream: str) -> dict[tuple[int, str], str]:
    """Unlock the free texts of a stream.

    Args:
        session: Where it is kept.
        vault: What locks and unlocks, with the key of the workspace.
        stream: The stream, as `REF/n` or `track/ID`.

    Returns:
        The texts by number of event and field.

    """
    return {
        (seq, field): vault.unlock(cipher, note_place(stream, seq, field)) for seq, field, cipher in people.note_ciphers(session, stream)
    }


def kept_notes(session: Session, opened: Callable[[], Vault], stream: str) -> dict[int, str]:
    """Unlock what was written beside the events of a stream; the key is asked for only where there is something to unlock.

    Args:
        session: Where it is kept.
        opened: Opens what unlocks, with the key of the workspace.
        stream: The stream, as `REF/n` or `track/ID`.

    Returns:
        The texts by number of event.

    """
    if not people.note_ciphers(session, stream):
        return {}
    found: dict[int, str] = {}
    for (seq, _), text in sorted(notes_of(session, opened(), stream).items()):
        found[seq] = f"{found[seq]}\n{text}" if seq in found else text
    return found
