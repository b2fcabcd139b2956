"""What is locked, looked at for damage: that the key of the database opens it, and that a number is found by its fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from definitions.model.personal_numbers import KEY_NAME
from definitions.model.refusal import Refusal
from tracks.privacy.vault import Identity, Vault, note_place, number_print, person_place, read_key
from tracks.storage import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracks.storage.session import Session


def damaged(session: Session) -> list[str]:
    """List the places that the key at hand does not open, by person's id or by stream and number of event; none without a key.

    Raises:
        Refusal: KEY_UNUSABLE where the file of the key is none, KEY_WRONG where it opens nothing at all of several.

    """
    path = session.path.with_name(KEY_NAME)
    if not path.exists():
        return []
    return list(_unopened(session, Vault(read_key(path), bytes)))


def _unopened(session: Session, vault: Vault) -> Iterator[str]:
    for person, cipher, lookup in people.person_ciphers(session):
        try:
            identity = Identity(**json.loads(vault.unlock(cipher, person_place(person))))
        except (Refusal, ValueError, TypeError):
            yield person_place(person)
            continue
        if number_print(vault, identity.number) != lookup:
            yield person_place(person)
    for stream, seq, field, cipher in people.all_note_ciphers(session):
        try:
            vault.unlock(cipher, note_place(stream, seq, field))
        except (Refusal, TypeError):
            yield note_place(stream, seq, field)
