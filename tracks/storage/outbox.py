"""Letters to be sent: one row for each event and template, in the transaction of the event."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from tracks.events.outbox import PENDING, Letter, Posted, settled, touched
from tracks.storage.session import Session
from tracks.storage.statements import LETTERS_OF, MARK_LETTER, OUTBOX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.event import Event


class Outbox(Session):
    """The verbs of the outbox."""

    def post(self, letters: Iterable[Letter]) -> None:
        """Put letters in the outbox; those that are there already stay as they are."""
        rows = [{**letter._asdict(), "state": PENDING} for letter in letters]
        if rows:
            # A flow that is run again after a crash posts the same letters, which must not go out twice.
            self.execute(self.dialect.insert(OUTBOX).values(rows).on_conflict_do_nothing())

    def letters(self, state: str, limit: int = 500) -> list[Letter]:
        """The letters in a state, in order of key."""
        key = (OUTBOX.c.stream, OUTBOX.c.seq, OUTBOX.c.template)
        return [Letter(*row) for row in self.ask(select(*key).where(OUTBOX.c.state == state).order_by(*key).limit(limit))]

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""
        return [Posted(Letter(*key), state) for *key, state in self.rows(LETTERS_OF, (self.words.array([stream]),))]

    def mark(self, letter: Letter, before: str, after: str) -> bool:
        """Move a letter from one state to the next.

        Args:
            letter: Which letter.
            before: The state that it must have.
            after: The state that it comes to.

        Returns:
            False where somebody else did, or its cause was put right.

        """
        found = OUTBOX.c.stream == letter.stream, OUTBOX.c.seq == letter.seq, OUTBOX.c.template == letter.template
        return self.execute(update(OUTBOX).where(*found, OUTBOX.c.state == before).values(state=after)).rowcount == 1

    def events(self, stream: str) -> list[Event]:
        """The log of a stream. Raises NotImplementedError: a ledger has it."""
        raise NotImplementedError

    def _settle(self, events: Sequence[Event]) -> None:
        """Hold the letters of those of whom something was put right against their logs."""
        # Most batches put nothing right, and then the table is not asked.
        streams = touched(events)
        rows = self.rows(LETTERS_OF, (self.words.array(sorted(streams)),)) if streams else []
        for stream, found in groupby(rows, key=lambda row: str(row[0])):
            new = [event for event in events if event.stream == stream]
            moved = settled([Posted(Letter(*key), state) for *key, state in found], self.events(stream), new)
            self.write(MARK_LETTER, [(one.state, *one.letter) for one in moved])
