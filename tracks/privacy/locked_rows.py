"""What is locked, looked at for damage: that the key of the database opens it, and that a number is found by its fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from definitions.model.personal_numbers import KEY_NAME
from definitions.model.refusal import Refusal
from tracks.errors import KEY_WRONG
from tracks.privacy.vault import Identity, Vault, note_place, number_print, person_place, read_key
from tracks.storage import people

if TYPE_CHECKING:
    from tracks.storage.session import Session


def damaged(session: Session) -> list[str]:
    """List the places of what the key at hand does not open; nothing where there is no key.

    Raises:
        Refusal: KEY_UNUSABLE where the file of the key is none, KEY_WRONG where it opens none of several.

    """
    path = session.path.with_name(KEY_NAME)
    if not path.exists():
        return []
    vault = Vault(read_key(path), bytes)
    with session.snapshot():
        persons, notes = people.all_people(session), people.all_notes(session)
    found = [person_place(person) for person, cipher, lookup in persons if not _sound_identity(vault, person, cipher, lookup)]
    found += [place for stream, seq, field, cipher in notes if not _opens(vault, cipher, place := note_place(stream, seq, field))]
    if len(found) == len(persons) + len(notes) > 1:
        raise KEY_WRONG()
    return found


def _sound_identity(vault: Vault, person: str, cipher: bytes, lookup: bytes | None) -> bool:
    try:
        identity = Identity(**json.loads(vault.unlock(cipher, person_place(person))))
        return number_print(vault, identity.number) == lookup
    except (Refusal, ValueError, TypeError):
        return False


def _opens(vault: Vault, cipher: bytes, place: str) -> bool:
    try:
        return bool(vault.unlock(cipher, place))
    except (Refusal, TypeError):
        return False
