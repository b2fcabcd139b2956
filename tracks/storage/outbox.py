"""Letters to be sent: one row for each event and template, in the transaction of the event."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col

from tracks.events.outbox import PENDING, Letter, Posted, settled, touched
from tracks.storage.session import Session
from tracks.storage.tables import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.event import Event

_OF_STREAMS: Final = (
    "SELECT stream, seq, template, state FROM outbox WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, seq, template"
)


class Outbox(Session):
    """The verbs of the outbox."""

    def post(self, letters: Iterable[Letter]) -> None:
        """Put letters in the outbox; those that are there already stay as they are."""
        rows = [{**letter._asdict(), "state": PENDING} for letter in letters]
        if rows:
            self.execute(insert(OutboxRow).values(rows).on_conflict_do_nothing())

    def letters(self, state: str, limit: int = 500) -> list[Letter]:
        """The letters in a state, in order of key."""
        key = (col(OutboxRow.stream), col(OutboxRow.seq), col(OutboxRow.template))
        return [Letter(*row) for row in self.ask(select(*key).where(col(OutboxRow.state) == state).order_by(*key).limit(limit))]

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""
        return [Posted(Letter(*key), state) for *key, state in self.rows(_OF_STREAMS, (json.dumps([stream]),))]

    def mark(self, letter: Letter, before: str, after: str) -> bool:
        """Move a letter from one state to the next; False where somebody else did, or its cause was put right."""
        found = col(OutboxRow.stream) == letter.stream, col(OutboxRow.seq) == letter.seq, col(OutboxRow.template) == letter.template
        return self.execute(update(OutboxRow).where(*found, col(OutboxRow.state) == before).values(state=after)).rowcount == 1

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        raise NotImplementedError

    def _settle(self, events: Sequence[Event]) -> None:
        """Hold the letters of those of whom something was put right against their logs."""
        streams = touched(events)
        rows = self.rows(_OF_STREAMS, (json.dumps(sorted(streams)),)) if streams else []
        for stream, found in groupby(rows, key=lambda row: str(row[0])):
            new = [event for event in events if event.stream == stream]
            moved = settled([Posted(Letter(*key), state) for *key, state in found], self.events(stream), new)
            self.write(
                "UPDATE outbox SET state = ? WHERE stream = ? AND seq = ? AND template = ?", [(one.state, *one.letter) for one in moved]
            )
