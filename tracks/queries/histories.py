"""The light read side: whole logs of a track, for what is counted over everybody."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from tracks.events.histories import History, fold_then
from tracks.events.streams import track_stream
from tracks.queries.reader import events_of
from tracks.storage.rows import EVENT, to_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.model.track import Track
    from tracks.events.event import Event
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader

_COLUMNS: Final = ", ".join(f"e.{column}" for column in EVENT.split(", "))


def histories(reader: DatabaseReader, track: str, model: Callable[[int | None], Track], now: Moment) -> Iterator[History]:
    """Every enrolment that a track had with its log; `model` answers the track of a version, that in force for None."""
    refs = dict(reader.rows("SELECT stream, ref FROM enrolment WHERE track = ?", (track,)))
    sql = f"SELECT {_COLUMNS} FROM enrolment n JOIN event e ON e.stream = n.stream WHERE n.track = ? ORDER BY n.stream, e.seq"
    for stream, log in groupby(map(to_event, reader.each(sql, (track,))), key=lambda event: event.stream):
        events = tuple(log)
        then = fold_then(events, now.as_of, now.known)
        if then.rows:
            yield History(stream, refs[stream], model(then.version), events, now.as_of, now.known)


def said_of_track(reader: DatabaseReader, track: str, kind: str, now: Moment) -> list[Event]:
    """The events of one kind that stood on a track's own stream."""
    then = fold_then(events_of(reader, track_stream(track)), now.as_of, now.known)
    return [event for event, _ in then.rows if event.kind == kind]
