"""Many facts as one write: an import of one moment, or reports replayed day by day as if written daily."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from definitions.model.refusal import Refusal
from tracks.clock import Clock
from tracks.recording import refusals
from tracks.recording.enrolment import Referral, enrol_within
from tracks.recording.every_fault import distinct, fact_faults, referral_faults
from tracks.recording.operations import Recorded, record_fact_of
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.transfers import TransferRequest, transfer_of
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present


class ImportRow(NamedTuple):
    """One line of a file as a fact, and where it stood.

    `number` is the line, for messages; `day` is an ISO day, for `replay`; `track` is set where a file has rows of several tracks of a unit.
    `wrong` is a row that is refused already, and only asked what else is wrong with it: what could not be read of it is left out, `dated`
    tells whether its day could.
    """

    number: int
    actor: str
    fact: Referral | ReportedFact | TransferRequest
    ref: str = ""
    day: str = ""
    track: str = ""
    wrong: bool = False
    dated: bool = True


class RowRefused(NamedTuple):
    """Why one row cannot be written; `column` counts from 1, and is 0 where it is not known."""

    number: int
    why: Refusal
    column: int = 0


class ImportRefused(Refusal):
    """Some rows cannot be written, so nothing was; `refused` are the reasons, by row."""

    def __init__(self, refused: Sequence[RowRefused]) -> None:
        self.refused = tuple(refused)
        super().__init__(refusals.IMPORT_REFUSED, count=len({one.number for one in refused}))

    def message(self, lang: str, values: Mapping[str, Any] | None = None) -> str:
        """Compose the message, with the first row's reason in the same language."""
        number, why, _ = self.refused[0]
        first = f"{number}: {why.message(lang).rstrip('.')}"
        return super().message(lang, {"first": first, **(self.values if values is None else values)})


def write_many(book: Book, clock: Clock, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """Write all rows in one transaction at one moment: all or nothing.

    Args:
        book: The ledger.
        clock: The time of the write.
        track: The id of the track, for rows that name none.
        rows: The rows, written in this order.

    Raises:
        ImportRefused: With every row that is refused, not the first alone.

    """
    every = list(rows)
    return write(book, clock, lambda now: write_rows(now, track, every))


def replay(book: Book, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """Write rows with a day of their own, each with that day's clock, as if they had been written daily; all or nothing.

    Args:
        book: The ledger.
        track: The id of the track, for rows that name none.
        rows: The rows, in any order.

    Raises:
        ImportRefused: With every row that is refused on the first day that has one.

    """
    # Within a day in the order of the file.
    every = sorted(rows, key=lambda row: (row.day, row.number))
    return write(book, Clock.at(every[0].day), lambda now: replay_rows(now, track, every)) if every else []


def replay_rows(book: Present, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """Write rows in order of their days, each day with its own clock.

    Args:
        book: The present of the write.
        track: The id of the track, for rows that name none.
        rows: The rows, by day and number.

    Raises:
        ImportRefused: With every row that is refused on the first day that has one.

    """
    said: list[Recorded] = []
    for day, group in groupby(rows, key=lambda row: row.day):
        said += write_rows(book.later(Clock.at(day)), track, group)
    return said


def write_rows(book: Present, track: str, rows: Iterable[ImportRow]) -> list[Recorded]:
    """Write rows at one moment.

    Args:
        book: The present of the write.
        track: The id of the track, for rows that name none.
        rows: The rows, written in this order.

    Raises:
        ImportRefused: With every row that is refused, not the first alone.

    """
    return list(_written(book, track, rows))


def _written(book: Present, track: str, rows: Iterable[ImportRow]) -> Iterator[Recorded]:
    refused = []
    # All rows are tried, so that whoever mends the file can do it in one go.
    for row in rows:
        first = []
        try:
            if not row.wrong:
                yield _write(book.later(), track, row)
                continue
        except Refusal as why:
            if not why.of_input:
                raise
            first.append(why)
        refused += [RowRefused(row.number, why) for why in distinct([*first, *_faults(book.later(), track, row)])]
    if refused:
        raise ImportRefused(refused)


def _faults(book: Present, track: str, row: ImportRow) -> Iterator[Refusal]:
    """Everything that a row is refused for, whichever of it stopped the write first."""
    track, fact = row.track or track, row.fact
    if isinstance(fact, Referral):
        return referral_faults(book, track, fact)
    if isinstance(fact, TransferRequest):
        said = ReportedFact("transferred", fact.on, data={"to": fact.name, "reason": fact.reason, **fact.more})
        return fact_faults(book, row.ref, said, track)
    return fact_faults(book, row.ref, fact, track, dated=row.dated)


def _write(book: Present, track: str, row: ImportRow) -> Recorded:
    track = row.track or track
    if isinstance(row.fact, Referral):
        return enrol_within(book, row.actor, track, row.fact)
    if isinstance(row.fact, TransferRequest):
        return transfer_of(book, row.actor, row.ref, row.fact, track)
    return record_fact_of(book, row.actor, row.ref, row.fact, track)
