"""Identity and free text as they are stored: ciphers only; `tracks.privacy.vault` locks and unlocks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from tracks.errors import STREAM_CONFLICT
from tracks.storage.tables import KeyPrintRow, NoteRow, PersonNumberRow, PersonRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracks.storage.session import Session


def put_person(session: Session, person: str, cipher: bytes, lookups: Collection[bytes], *, protected: bool) -> None:
    """Keep an identity, in place of the one that this person may have had.

    Args:
        session: Where it is kept.
        person: The id of the participant, as her enrolments hold it.
        cipher: The locked text.
        lookups: The fingerprints of the personal numbers that she has or had.
        protected: Whether her identity is protected.

    Raises:
        Refusal: STREAM_CONFLICT, where somebody else got one of the numbers meanwhile.

    """
    with session.transaction():
        # One statement, so that a reader never finds her without an identity in between.
        kept = {"cipher": cipher, "protected": protected}
        row = session.dialect.insert(PersonRow).values(id=person, **kept)
        session.execute(row.on_conflict_do_update(index_elements=["id"], set_=kept))
        session.execute(delete(PersonNumberRow).where(col(PersonNumberRow.person) == person))
        try:
            for lookup in lookups:
                session.execute(insert(PersonNumberRow).values(lookup=lookup, person=person))
        except IntegrityError:
            raise STREAM_CONFLICT() from None


def person_cipher(session: Session, person: str) -> bytes | None:
    """The locked identity of a person."""
    found = session.ask(select(col(PersonRow.cipher)).where(col(PersonRow.id) == person))
    return found[0][0] if found else None


def person_by_lookup(session: Session, lookup: bytes) -> str | None:
    """The person with this fingerprint of a personal number."""
    found = session.ask(select(col(PersonNumberRow.person)).where(col(PersonNumberRow.lookup) == lookup))
    return found[0][0] if found else None


def remove_person(session: Session, person: str) -> bool:
    """Destroy an identity; the log stays. Answers whether there was one."""
    return session.execute(delete(PersonRow).where(col(PersonRow.id) == person)).rowcount > 0


def key_print(session: Session) -> bytes | None:
    """The fingerprint of the key that the database is written with; None where it has not been written with any."""
    found = session.ask(select(col(KeyPrintRow.print)))
    return found[0][0] if found else None


def put_key_print(session: Session, fingerprint: bytes) -> None:
    """Keep the fingerprint of the key that the database is written with from now on; one that is kept stays."""
    if key_print(session) is None:
        session.execute(insert(KeyPrintRow).values(print=fingerprint))


def forget_key(session: Session) -> None:
    """Destroy the fingerprint of the key, and every free text, which nobody can unlock without it."""
    session.execute(delete(KeyPrintRow))
    session.execute(delete(NoteRow))


def oldest_person(session: Session) -> tuple[str, bytes] | None:
    """The identity that was first kept of those that still are: id, cipher."""
    found = session.ask(select(col(PersonRow.id), col(PersonRow.cipher)).order_by(session.dialect.FIRST_KEPT).limit(1))
    return (found[0][0], found[0][1]) if found else None


def oldest_note(session: Session) -> tuple[str, int, str, bytes] | None:
    """The free text that was first kept of those that still are: stream, seq, field, cipher."""
    wanted = select(col(NoteRow.stream), col(NoteRow.seq), col(NoteRow.field), col(NoteRow.cipher))
    found = session.ask(wanted.order_by(session.dialect.FIRST_KEPT).limit(1))
    return (found[0][0], found[0][1], found[0][2], found[0][3]) if found else None


def put_note(session: Session, stream: str, seq: int, field: str, cipher: bytes) -> None:
    """Keep the locked text of a field of an event.

    Args:
        session: Where it is kept.
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.
        field: Which of the texts of the event it is.
        cipher: The locked text.

    """
    session.execute(session.dialect.insert(NoteRow).values(stream=stream, seq=seq, field=field, cipher=cipher))


def all_people(session: Session) -> list[tuple[str, bytes, bool]]:
    """Every identity: id, cipher, and whether it is protected."""
    wanted = select(col(PersonRow.id), col(PersonRow.cipher), col(PersonRow.protected)).order_by(col(PersonRow.id))
    return [(person, cipher, protected) for person, cipher, protected in session.ask(wanted)]


def all_lookups(session: Session) -> list[tuple[str, bytes]]:
    """Every fingerprint of a personal number, with whose it is."""
    return [(person, lookup) for person, lookup in session.ask(select(col(PersonNumberRow.person), col(PersonNumberRow.lookup)))]


def all_notes(session: Session) -> list[tuple[str, int, str, bytes]]:
    """Every free text: stream, seq, field, cipher."""
    wanted = select(col(NoteRow.stream), col(NoteRow.seq), col(NoteRow.field), col(NoteRow.cipher))
    found = session.ask(wanted.order_by(col(NoteRow.stream), col(NoteRow.seq), col(NoteRow.field)))
    return [(stream, seq, field, cipher) for stream, seq, field, cipher in found]


def note_ciphers(session: Session, stream: str) -> list[tuple[int, str, bytes]]:
    """The locked texts of a stream: seq, field, cipher."""
    wanted = select(col(NoteRow.seq), col(NoteRow.field), col(NoteRow.cipher)).where(col(NoteRow.stream) == stream)
    return [(seq, field, cipher) for seq, field, cipher in session.ask(wanted.order_by(col(NoteRow.seq), col(NoteRow.field)))]


def remove_notes(session: Session, stream: str, seq: int) -> int:
    """Destroy the free texts of an event.

    Args:
        session: Where they are kept.
        stream: The stream, as `REF/n` or `track/ID`.
        seq: The number of the event, from 1.

    Returns:
        How many there were.

    """
    return session.execute(delete(NoteRow).where(col(NoteRow.stream) == stream, col(NoteRow.seq) == seq)).rowcount
