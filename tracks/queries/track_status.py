"""The light read side, continued: worklists, histories, and counts of a whole track."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events.fold import Progress, decode, standing
from tracks.events.histories import stream_as_of
from tracks.events.status import OPEN, UNDER_WAY, Status
from tracks.events.streams import StreamId
from tracks.queries.reader import DatabaseReader, added_names, step_name
from tracks.storage.reads import logs, of_participant, track_ids
from tracks.storage.rows import to_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from tracks.events.event import Event


@dataclass(frozen=True, slots=True)
class TrackInForce:
    """One track, with how many people are on it, and their enrolments by status: somebody may have come back."""

    id: str
    name: str
    programme: str | None
    version: int
    coupled: bool
    frontier: date | None
    people: int
    statuses: Mapping[str, int]

    @property
    def open(self) -> int:
        """How many have not come to an end."""
        return sum(count for name, count in self.statuses.items() if name in OPEN)

    @property
    def enrolments(self) -> int:
        """How many there are; what was made by mistake is none (rule R51)."""
        return enrolments_in(self.statuses)


def enrolments_in(statuses: Mapping[str, int]) -> int:
    """Count the enrolments that have some statuses, without those that were made by mistake."""
    return sum(counted_in(statuses).values())


def counted_in(statuses: Mapping[str, int]) -> dict[str, int]:
    """The counts of the statuses that are counted: what was made by mistake is no enrolment, and stands in no sum (rule R51)."""
    return {name: count for name, count in statuses.items() if name != Status.MISREGISTERED}


# The indexes answer how many people there are, and who was never anything but misregistered is taken from them.
_ONLY_MISREGISTERED: Final = (
    f"SELECT DISTINCT track, ref FROM enrolment e WHERE status = '{Status.MISREGISTERED}' AND NOT EXISTS (SELECT 1 FROM enrolment o"
    f" WHERE o.track = e.track AND o.ref = e.ref AND o.status <> '{Status.MISREGISTERED}')"
)


class StandCounts(NamedTuple):
    """How many people a track has or had, and how many enrolments have each status, and are in each step of the chain."""

    people: int
    statuses: Counter[str]
    steps: Counter[str]


@dataclass(frozen=True, slots=True)
class TrackStand:
    """How a track stands: its people, their enrolments by status and by ongoing chain step, and what is overdue by kind of todo."""

    track: str
    name: str
    version: int
    people: int
    statuses: Mapping[str, int]
    steps: Mapping[str, int]
    step_names: Mapping[str, str]
    overdue: Mapping[str, int]
    behind_since: date | None

    @property
    def between(self) -> int:
        """How many are under way and in no step of the chain: the next one waits for somebody."""
        return sum(self.statuses.get(one, 0) for one in UNDER_WAY) - sum(self.steps.values())


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event with the names that a person needs to read it; `stands` is false once withdrawn or corrected away.

    `corrected_by` is the event that put this one right, and `before` what a correction put right, as it stood until then.
    """

    event: Event
    step_name: str
    stands: bool
    employers: Mapping[str, str]
    corrected_by: int | None = None
    before: Event | None = None


def tracks(reader: DatabaseReader) -> list[TrackInForce]:
    """The tracks in force, by id."""
    counts: dict[str, Counter[str]] = {}
    # One walk through the index over status, whatever number of tracks there are.
    for track, now, count in reader.each("SELECT track, status, count(*) FROM enrolment GROUP BY track, status"):
        counts.setdefault(track, Counter())[now] = count
    people = Counter(dict(reader.rows("SELECT track, count(DISTINCT ref) FROM enrolment GROUP BY track")))
    people.subtract(track for track, _ in reader.rows(_ONLY_MISREGISTERED))
    found = []
    for track, version, coupled, frontier in reader.rows("SELECT id, version, coupled, frontier FROM track ORDER BY id"):
        labels = reader.labels(track, version)
        row = (labels["track"] or track, labels.get("programme"), version, bool(coupled), to_day(frontier))
        found.append(TrackInForce(track, *row, people[track], dict(counts.get(track, {}))))
    return found


def track_status(reader: DatabaseReader, track: str, today: date) -> TrackStand | None:
    """Answer how a track stands now.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        today: The day it is: what was to be done before it is late.

    Returns:
        Its counts; None where there is no such track.

    """
    found = reader.rows("SELECT version FROM track WHERE id = ?", (track,))
    if not found:
        return None
    statuses, steps = Counter[str](), Counter[str]()
    # The index enrolment_status answers it alone, without a look at the rows.
    sql = "SELECT status, step, count(*) FROM enrolment WHERE track = ? GROUP BY status, step"
    for now, step, count in reader.each(sql, (track,)):
        statuses[now] += count
        if step:
            steps[step] += count
    ((people,),) = reader.rows("SELECT count(DISTINCT ref) FROM enrolment WHERE track = ?", (track,))
    people -= len(reader.rows(f"{_ONLY_MISREGISTERED} AND track = ?", (track,)))
    late, behind = _overdue(reader, track, today), behind_since(reader, today, track)
    return track_stand(reader, track, found[0][0], StandCounts(people, statuses, steps), late, behind)


def track_stand(
    reader: DatabaseReader,
    track: str,
    version: int,
    counts: StandCounts,
    overdue: Mapping[str, int],
    behind: date | None,
) -> TrackStand:
    """Make an answer of counts.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        version: The version in force.
        counts: How many it has or had.
        overdue: How much is late, by kind of todo.
        behind: Since when the engine has something left to do.

    Returns:
        The counts in the order that people read them.

    """
    labels = reader.labels(track, version)
    # A step of an older version, which people may still be in, comes after those of the one in force.
    place = {step: number for number, step in enumerate(labels["sequence"])}
    ordered = dict(sorted(counts.steps.items(), key=lambda row: (place.get(row[0], len(place)), row[0])))
    every = reader.step_names(track)
    names = {step: every.get(step, step) for step in ordered}
    statuses = dict(sorted(counts.statuses.items()))
    return TrackStand(track, labels["track"] or track, version, counts.people, statuses, ordered, names, overdue, behind)


def behind_since(reader: DatabaseReader, today: date, track: str | None = None) -> date | None:
    """Answer since when the engine has something left to do.

    Args:
        reader: The database, opened for reading.
        today: The day it is: what was to be done before it is late.
        track: The id of the track; None means any.

    Returns:
        The day; None where it has not.

    """
    names = [track] if track else track_ids(reader)
    # One look-up in the index for each track; without the track all of the table would be read.
    sql = "SELECT min(due) FROM enrolment WHERE track = ? AND due < ?"
    return min((day for name in names if (day := to_day(reader.rows(sql, (name, today.isoformat()))[0][0]))), default=None)


def _overdue(reader: DatabaseReader, track: str, today: date) -> dict[str, int]:
    sql = "SELECT kind, count(*) FROM todo WHERE track = ? AND due < ? GROUP BY kind ORDER BY kind"
    return dict(reader.rows(sql, (track, today.isoformat())))


def withdrawn_employers(reader: DatabaseReader, track: str) -> set[str]:
    """Answer which employers have left a track, as far as that still stands.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.

    """
    states = reader.rows("SELECT state FROM track WHERE id = ?", (track,))
    return {employer for (state,) in states for employer, _ in decode(json.loads(state)).named("withdrew")}


def progresses(
    reader: DatabaseReader, track: str, as_of: date | None = None, known: str | None = None
) -> Iterator[tuple[str, str, int | None, Progress]]:
    """Read everybody of a track, one at a time; now, or as it stood.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        as_of: The day to tell of; None means all that is written.
        known: The instant before which it was recorded; None means all.

    Returns:
        Stream, status, version and fold of each.

    """
    if as_of is None and known is None:
        sql = "SELECT stream, status, version, state FROM enrolment WHERE track = ? ORDER BY stream"
        for stream, now, version, state in reader.each(sql, (track,)):
            yield stream, now, version, decode(json.loads(state))
        return
    for stream, log in logs(reader, track):
        then = stream_as_of(log, as_of, known)
        # Who was referred later, or of whom nothing was known yet, was not there.
        if then.progress.fields:
            yield stream, str(then.progress.status), then.version, then.progress


def history(reader: DatabaseReader, ref: str, as_of: date | None = None, known: str | None = None) -> list[HistoryEntry]:
    """Answer everything that was written of a participant, of one enrolment, or of a track.

    Args:
        reader: The database, opened for reading.
        ref: The participant (`REF`), the enrolment (`REF/n`) or the track (`track/ID`).
        as_of: The day to tell of; None means all that is written.
        known: The instant before which it was recorded; None means all.

    Returns:
        The events with the names that reading needs, by enrolment.

    """
    entries = []
    for stream, track, version in _streams(reader, ref):
        labels = reader.labels(track, version)
        events = [event for event in reader.events(stream) if known is None or event.recorded < known]
        stands = {event.seq for event, _ in stream_as_of(events, as_of, None).rows}
        # A later correction of the same event replaces the earlier one here, as it does in the fold.
        right = {event.data["of"]: event.seq for event in events if event.kind == "corrected"}
        own = added_names(events)
        entries += [
            HistoryEntry(
                event,
                own.get(event.step) or step_name(labels, event.step),
                event.seq in stands,
                labels["employers"],
                right.get(event.seq),
                _before(event, events),
            )
            for event in events
            if as_of is None or event.effective <= as_of or event.seq in stands
        ]
    return entries


def with_notes(reader: DatabaseReader, streams: Sequence[str]) -> list[str]:
    """The streams, among some, beside whose events free texts are kept."""
    sql = f"SELECT DISTINCT stream FROM note WHERE {reader.words.among('stream')} ORDER BY stream"
    return [stream for (stream,) in reader.rows(sql, (reader.words.array(streams),))]


def _before(event: Event, log: Sequence[Event]) -> Event | None:
    """What a correction put right: the fact as it stood when the correction was said."""
    if event.kind != "corrected":
        return None
    # A correction may put a correction right; what people ask is how the fact itself stood.
    by_seq = {one.seq: one for one in log}
    of = by_seq[event.data["of"]]
    while of.kind == "corrected":
        of = by_seq[of.data["of"]]
    earlier = standing(one for one in log if one.seq < event.seq)
    return next((one for one, _ in earlier if one.seq == of.seq), of)


def _streams(reader: DatabaseReader, ref: str) -> list[tuple[str, str, int | None]]:
    track = StreamId.parse(ref).track
    if track is not None:
        return [(ref, track, None)]
    found = reader.rows(f"SELECT stream, track, version FROM enrolment WHERE {of_participant(ref)}", (ref,))
    return sorted(found, key=lambda row: (len(row[0]), row[0]))
