"""A dry run: the verbs of a ledger over one that is only read, answered as if everything had been written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracks.events.outbox import settled
from tracks.recording.write_buffer import Buffered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from tracks.engine.context.ports import Book
    from tracks.events.event import Event
    from tracks.events.outbox import Posted


class Preview(Buffered):
    """A ledger that keeps what it is given in memory; `written` is what would be written."""

    @property
    def written(self) -> tuple[Event, ...]:
        """The events that would be written, in order."""
        return tuple(self._events)

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """List the streams of a track in some statuses."""
        found = set(self.book.members(track, statuses))
        for one in self._ones.values():
            if one.track == track:
                (found.add if one.status in statuses else found.discard)(one.stream)
        return sorted(found)

    def letters_of(self, stream: str) -> list[Posted]:
        """List the letters of a stream, and how they would stand."""
        before = self.book.letters_of(stream)
        moved = {one.letter: one for one in settled(before, self.events(stream), self._new.get(stream, ()))}
        return [moved.get(one.letter, one) for one in before]

    def _flush(self) -> None:
        """Write nothing."""

    @contextmanager
    def open(self) -> Iterator[Preview]:
        """Answer from one state of the book beneath until this ends."""
        with self.book.snapshot():
            # As inside a transaction, where all is answered from what was kept.
            self._depth = 1
            try:
                yield self
            finally:
                self._depth = 0
                self._forget()


@contextmanager
def previewed(book: Book, today: date) -> Iterator[Preview]:
    """Preview what is done on a day."""
    with Preview(book, today).open() as preview:
        yield preview
