"""The light read side: whole logs of a track, for what is counted over everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.events.histories import History, stream_as_of
from tracks.events.streams import track_stream
from tracks.storage.reads import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.model.track import Track
    from tracks.events.event import Event
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader


def histories(reader: DatabaseReader, track: str, model: Callable[[int | None], Track], now: Moment) -> Iterator[History]:
    """Read every enrolment that a track had with its log.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        model: Answers the track of a version, that in force for None.
        now: The moment that is asked about.

    Returns:
        One for each that existed at the moment.

    """
    refs = dict(reader.rows("SELECT stream, ref FROM enrolment WHERE track = ?", (track,)))
    for stream, log in logs(reader, track):
        events = tuple(log)
        then = stream_as_of(events, now.as_of, now.known)
        if then.rows:
            yield History(stream, refs[stream], model(then.version), events, now.as_of, now.known)


def enrolment_count(reader: DatabaseReader, track: str) -> int:
    """Count the enrolments that a track has, or had."""
    return int(reader.rows("SELECT count(*) FROM enrolment WHERE track = ?", (track,))[0][0])


def track_events(reader: DatabaseReader, track: str, kind: str, now: Moment) -> list[Event]:
    """List the events of one kind that stood on a track's own stream.

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        kind: The kind.
        now: The moment that is asked about.

    Returns:
        The events, by day.

    """
    then = stream_as_of(reader.events(track_stream(track)), now.as_of, now.known)
    return [event for event, _ in then.rows if event.kind == kind]
