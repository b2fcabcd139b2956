"""The light read side: whole logs of a track, for what is counted over everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.events.histories import History, fold_then
from tracks.events.streams import track_stream
from tracks.storage.reads import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.model.track import Track
    from tracks.events.event import Event
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader


def histories(reader: DatabaseReader, track: str, model: Callable[[int | None], Track], now: Moment) -> Iterator[History]:
    """Every enrolment that a track had with its log; `model` answers the track of a version, that in force for None."""
    refs = dict(reader.rows("SELECT stream, ref FROM enrolment WHERE track = ?", (track,)))
    for stream, log in logs(reader, track):
        events = tuple(log)
        then = fold_then(events, now.as_of, now.known)
        if then.rows:
            yield History(stream, refs[stream], model(then.version), events, now.as_of, now.known)


def said_of_track(reader: DatabaseReader, track: str, kind: str, now: Moment) -> list[Event]:
    """The events of one kind that stood on a track's own stream."""
    then = fold_then(reader.events(track_stream(track)), now.as_of, now.known)
    return [event for event, _ in then.rows if event.kind == kind]
