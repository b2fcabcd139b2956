"""Many facts as one write: an import of one moment, or reports replayed day by day as if written daily."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from definitions.model.refusal import Refusal
from tracks.clock import Clock
from tracks.recording import refusals
from tracks.recording.enrolment import Referral, enrol_within, transfer_within
from tracks.recording.operations import Recorded, catch_up, catch_up_participant, find_enrolment, record_fact_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracks.engine.context.ports import Book
    from tracks.recording.reported_fact import ReportedFact


class ImportRow(NamedTuple):
    """One line of a file: what is said, and where it stood (for the message); `track` where a file has several of a unit."""

    number: int
    actor: str
    said: Referral | ReportedFact | TransferRequest
    ref: str = ""
    day: str = ""
    track: str = ""


class TransferRequest(NamedTuple):
    """A transfer by its declared id."""

    name: str
    on: Any
    reason: str = "other"


class RowRefused(NamedTuple):
    """Why one row cannot be written; `column` where it is known."""

    number: int
    why: Refusal
    column: int = 0


class ImportRefused(Refusal):
    """Some rows cannot be written, so nothing was; `refused` are the reasons, by row."""

    def __init__(self, refused: Sequence[RowRefused]) -> None:
        self.refused = tuple(refused)
        super().__init__(refusals.IMPORT_REFUSED, count=len({one.number for one in refused}))

    def message(self, lang: str, values: Mapping[str, Any] | None = None) -> str:
        """The message, with the first row's reason in the same language."""
        number, why, _ = self.refused[0]
        first = f"{number}: {why.message(lang).rstrip('.')}"
        return super().message(lang, {"first": first, **(self.values if values is None else values)})


def write_many(book: Book, clock: Clock, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """All rows in one transaction at one moment: all or nothing. Raises ImportRefused with every refused row."""
    every = list(rows)
    catch_up(book, track, clock)
    with book.transaction():
        clock = catch_up(book, track, clock)
        return list(_written(book, clock, track, every))


def replay(book: Book, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """Rows with a day of their own, in order of it, each written with that day's clock: as if written daily.

    One transaction for all: all or nothing.
    """
    every = sorted(rows, key=lambda row: (row.day, row.number))
    said: list[Recorded] = []
    with book.transaction():
        for day, group in groupby(every, key=lambda row: row.day):
            clock = catch_up(book, track, Clock.at(day))
            said += _written(book, clock, track, list(group))
    return said


def _written(book: Book, clock: Clock, track: str, rows: Sequence[ImportRow]) -> Iterator[Recorded]:
    refused = []
    for row in rows:
        try:
            yield _write(book, clock, track, row)
        except Refusal as why:
            refused.append(RowRefused(row.number, why))
    if refused:
        raise ImportRefused(refused)


def catch_up_alone(book: Book, clock: Clock, track: str, ref: str) -> None:
    """On an uncoupled track nobody else has been caught up with the person; a coupled one is, as a whole."""
    row = book.track(track)
    if row and not row.coupled and any(one.due and one.due <= clock.today for one in book.enrolments_of(ref)):
        catch_up_participant(book, clock, ref)


def _write(book: Book, clock: Clock, track: str, row: ImportRow) -> Recorded:
    track = row.track or track
    if isinstance(row.said, Referral):
        catch_up_alone(book, clock, track, row.said.ref)
        return enrol_within(book, clock, row.actor, track, row.said)
    catch_up_alone(book, clock, track, row.ref)
    one = find_enrolment(book, row.ref, track)
    if isinstance(row.said, TransferRequest):
        return transfer_within(book, clock, row.actor, one, row.said.name, row.said.on, row.said.reason)
    return record_fact_within(book, clock, row.actor, one, row.said)
