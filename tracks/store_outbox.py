"""Letters to be sent: one row for each event and template, in the transaction of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col

from tracks.tables import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.session import Session

PENDING: Final = "pending"  # to be sent
SENDING: Final = "sending"  # handed over; found so after a crash, nobody knows whether it left
DONE: Final = "done"
VOID: Final = "void"  # its cause was withdrawn before it was sent
UNSURE: Final = "unsure"  # a person looks


class Letter(NamedTuple):
    """A letter by its key: the event that causes it, and the template."""

    stream: str
    seq: int
    template: str


def post(session: Session, letters: Iterable[Letter]) -> None:
    """Put letters in the outbox; those that are there already stay as they are."""
    rows = [{**letter._asdict(), "state": PENDING} for letter in letters]
    if rows:
        session.execute(insert(OutboxRow).values(rows).on_conflict_do_nothing())


def letters(session: Session, state: str, limit: int = 500) -> list[Letter]:
    """The letters in a state, in order of key."""
    key = (col(OutboxRow.stream), col(OutboxRow.seq), col(OutboxRow.template))
    return [Letter(*row) for row in session.ask(select(*key).where(col(OutboxRow.state) == state).order_by(*key).limit(limit))]


def mark(session: Session, letter: Letter, before: str, after: str) -> bool:
    """Move a letter from one state to the next; False where somebody else did, or its cause was withdrawn."""
    found = col(OutboxRow.stream) == letter.stream, col(OutboxRow.seq) == letter.seq, col(OutboxRow.template) == letter.template
    return session.execute(update(OutboxRow).where(*found, col(OutboxRow.state) == before).values(state=after)).rowcount == 1
