"""Driving a cohort through the engine: what the caseworker sees of the queue, and reports written day by day in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from definitions.model.calendar import roll
from tracks.clock import Clock
from tracks.events.resources import parse
from tracks.events.streams import ref_of
from tracks.recording.bulk import ImportRow, replay
from tracks.recording.enrolment import Referral
from tracks.recording.operations import advance_unit, track_row
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.transfers import TransferRequest
from tracks.recording.write_buffer import Buffered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commands.demo.cohorts.common import Caseworker, DatedFact
    from commands.demo.cohorts.registry import Cohort
    from tracks.access.ledgers import Book

_DAY: Final = timedelta(days=1)
_MONDAY: Final = 0


@dataclass(frozen=True, slots=True)
class QueuedProposal:
    """One whom the engine proposes for a place."""

    ref: str
    track: str
    start: str


def months(first: date, until: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each month, the first and the last cut to what is asked."""
    day = first
    while day <= until:
        last = min(date(day.year + day.month // 12, day.month % 12 + 1, 1) - _DAY, until)
        yield day, last
        day = last + _DAY


def play_month(book: Book, cohort: Cohort, worker: Caseworker, first: date, last: date) -> int:
    """Write the reports of a month; where places are offered, in parts that begin with a look at the queue.

    Args:
        book: the ledger to write in.
        cohort: the system, with its tracks.
        worker: who reports and answers proposals.
        first: the first day of the month, or of the cohort.
        last: its last day.

    Returns:
        How many reports were written.

    """
    count = 0
    for begin, end, look in _parts(first, last, weekly=cohort.weekly):
        reports = worker.reports(end, begin, list(_proposals(book, cohort.tracks, begin)) if look else ())
        write(book, reports)
        count += len(reports)
    return count


def _parts(first: date, last: date, *, weekly: bool) -> Iterator[tuple[date, date, bool]]:
    """The days of a month in parts: with a queue, each but the first begins on a day when the caseworker looks at it."""
    days = (first + n * _DAY for n in range((last - first).days + 1))
    # Once a week is how the systems worked, and it lets offers lapse and be answered late.
    looks = sorted({roll(day) for day in days if day.weekday() == _MONDAY and roll(day) <= last}) if weekly else []
    begins = [first, *(day for day in looks if day != first)]
    for begin, following in zip(begins, [*begins[1:], last + _DAY], strict=True):
        yield begin, following - _DAY, begin in looks


def _proposals(book: Book, tracks: Sequence[str], day: date) -> Iterator[QueuedProposal]:
    """Who is proposed on a day, the first in the queue first; the tracks are caught up, as by any write of that day."""
    clock = Clock.at(day.isoformat())
    for track in tracks:
        buffer = Buffered(book, day)
        with buffer.transaction():
            if track_row(buffer, track).coupled:
                advance_unit(buffer, buffer.unit(track), clock)
        # The queue is read as the engine keeps it; sorting by rank as a value gives its order of claims.
        standing = sorted((str(claim.rank), stream, claim.resource) for stream, claim in book.claims(track) if claim.state == "proposed")
        for _, stream, resource in standing:
            yield QueuedProposal(ref_of(stream), track, str(parse(resource)[0]))


def write(book: Book, reports: Iterable[DatedFact]) -> None:
    """Write reports as one file for each unit of tracks, each row with the clock of its own day."""
    every = list(enumerate(reports, 1))
    unit_of = {track: book.unit(track) for track in {report.track for _, report in every}}
    units: dict[tuple[str, ...], list[ImportRow]] = {}
    for number, report in every:
        units.setdefault(unit_of[report.track], []).append(_row(number, report))
    for unit, rows in units.items():
        # Each row is decided by the clock of its own day, so the buffer must reach as far as the last.
        replay(Buffered(book, date.fromisoformat(max(row.day for row in rows))), unit[0], rows)


def _row(number: int, report: DatedFact) -> ImportRow:
    return ImportRow(number, report.by, _fact_of(report), report.ref, report.day.isoformat(), report.track)


def _fact_of(report: DatedFact) -> Referral | ReportedFact | TransferRequest:
    data = report.data
    if report.kind == "referred":
        return Referral(report.ref, report.day, data["channel"], data["facts"], data.get("born"))
    if report.kind == "transferred":
        return TransferRequest(data["to"], report.day, data["reason"])
    return ReportedFact(report.kind, report.day, report.step, data=dict(data))
