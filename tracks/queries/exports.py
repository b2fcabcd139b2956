"""What leaves for other systems: stands and events by reference. Notes never leave, and restricted facts only when asked for.

Of somebody whose identity is protected it never leaves where she is.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.events.histories import stream_as_of
from tracks.events.snapshots import participant
from tracks.events.status import Status
from tracks.events.streams import track_stream
from tracks.queries.reader import own_labels
from tracks.queries.status import at_employers, ongoing, status_since
from tracks.queries.track_status import progresses
from tracks.storage.reads import logs, track_ids
from tracks.storage.rows import EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracks.events.event import Event
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader, Labels
    from tracks.queries.status import Places

# What every row has, in this order.
SEEN: Final[Mapping[str, tuple[str, ...]]] = {
    "status": (
        "stream", "ref", "track", "version", "status", "since", "admitted", "closed", "steps", "employer", "employer_since", "until",
    ),
    "placements": ("stream", "ref", "track", "step", "attempt", "employer", "since", "until"),
    "events": (*EVENT[: EVENT.index("kind")], "track", *EVENT[EVENT.index("kind") : EVENT.index("data")], "stands", "data"),
}  # fmt: skip
_ALWAYS_RESTRICTED: Final = ("born_abroad",)
# The names, in the data of events, of what tells where somebody is: an employer, a step's employers, an authority that took over.
PLACES: Final = frozenset({"employer", "employers", "to"})


class ExportScope(NamedTuple):
    """What is wanted: of one track or of all, as of which moment, with restricted facts or not."""

    track: str | None
    now: Moment
    restricted: bool = False


def stand_rows(reader: DatabaseReader, shown: ExportScope, places: Places) -> Iterator[dict[str, Any]]:
    """Where everybody stands, one enrolment a row; a fact is a column `fact.NAME`.

    Args:
        reader: The database, opened for reading.
        shown: What is wanted.
        places: What answers at which employers an enrolment is.

    """
    for track in _tracks(reader, shown):
        for stream, now, version, progress in progresses(reader, track, shown.now.as_of, shown.now.known):
            labels = own_labels(reader, track, version, progress)
            hidden = _hidden(labels, shown)
            facts = {f"fact.{name}": said.value for name, said in progress.named("fact") if name not in hidden}
            status = Status(now)
            steps = at_employers(ongoing(progress, labels, status), labels, stream, places)
            at = next((one for one in steps if one.employer), None)
            until = next((one.until for one in (at, *steps) if one and one.until), None)
            at = None if stream in reader.protected else at
            yield {
                "stream": stream, "ref": participant(stream, progress), "track": track, "version": version, "status": now,
                "since": status_since(progress, status), "admitted": progress.on("admitted"), "closed": progress.exited,
                "steps": ", ".join(one.id for one in steps), "employer": at.employer if at else None,
                "employer_since": at.placed if at else None, "until": until, **facts,
            }  # fmt: skip


def event_rows(reader: DatabaseReader, shown: ExportScope) -> Iterator[dict[str, Any]]:
    """Every event of participants and of tracks, by stream and number; `stands` is false once withdrawn or corrected away."""
    for track in _tracks(reader, shown):
        versions = dict(reader.rows("SELECT stream, version FROM enrolment WHERE track = ?", (track,)))
        own = track_stream(track)
        for stream, log in chain([(own, reader.events(own))], logs(reader, track)):
            labels = reader.labels(track, versions.get(stream))
            hidden = _hidden(labels, shown) | (PLACES if stream in reader.protected else frozenset())
            events = list(log) if stream != own else track_events_told(reader, track, list(log))
            yield from _log_told(events, track, hidden, shown)


def track_events_told(reader: DatabaseReader, track: str, log: list[Event]) -> list[Event]:
    """The events of a track's own stream as they may be told: without the employers that are known there because of somebody protected.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        log: The events.

    """
    if not has_protected(reader, track):
        return log
    # Of an employer that the file names nothing can be learnt, and one that it does not name is on the track because somebody is there.
    known = ("", *reader.labels(track, None)["employers"])
    return [one if _employer_said(one.data) in known else one._replace(data=open_data(one.data, PLACES)) for one in log]


def _employer_said(data: Mapping[str, Any]) -> str:
    """The employer that an event names, or that a correction says of one; empty where it is none."""
    return str(data.get("employer") or (data.get("data") or {}).get("employer", ""))


def has_protected(reader: DatabaseReader, track: str) -> bool:
    """Whether the identity of anybody on a track is protected."""
    sql = f"SELECT 1 FROM enrolment WHERE track = ? AND {reader.words.among('stream')} LIMIT 1"  # noqa: S608 - no value is put into it
    return bool(reader.protected and reader.rows(sql, (track, reader.words.array(reader.protected))))


def _log_told(log: list[Event], track: str, hidden: frozenset[str], shown: ExportScope) -> Iterator[dict[str, Any]]:
    # What stands depends on the day and the instant asked about, not on what was withdrawn later.
    as_of, known = shown.now.as_of, shown.now.known
    stands = {event.seq for event, _ in stream_as_of(log, as_of, known).rows}
    for event in log:
        if (known is None or event.recorded < known) and (as_of is None or event.effective <= as_of):
            row = {**event._asdict(), "track": track, "stands": event.seq in stands, "data": open_data(event.data, hidden)}
            yield {name: row[name] for name in SEEN["events"]}


def _tracks(reader: DatabaseReader, shown: ExportScope) -> list[str]:
    return [shown.track] if shown.track else track_ids(reader)


def _hidden(labels: Labels, shown: ExportScope) -> frozenset[str]:
    """Names that may not be told; `note`, the fingerprint of a free text, never may."""
    if shown.restricted:
        return frozenset({"note"})
    # A rank holds the values that were compared, the restricted ones among them.
    ranked = ("rank",) if labels["restricted"] else ()
    return frozenset({"note", "born", *ranked, *_ALWAYS_RESTRICTED, *labels["restricted"]})


def open_data(data: Any, hidden: frozenset[str]) -> Any:
    """What an event says, without what may not be told, however deep it stands."""
    if isinstance(data, dict):
        return {name: open_data(value, hidden) for name, value in data.items() if name not in hidden}
    return [open_data(value, hidden) for value in data] if isinstance(data, list) else data
