"""The light read side: whole logs of a track, for what is counted over everybody."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from tracks.population import History
from tracks.reading import events_of
from tracks.store_rows import EVENT, to_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.model import Track
    from tracks.events import Event
    from tracks.reading import Reader

_COLUMNS: Final = ", ".join(f"e.{column}" for column in EVENT.split(", "))


def histories(reader: Reader, track: str, model: Callable[[int | None], Track]) -> Iterator[History]:
    """Every enrolment of a track with its log; `model` answers the track of a version, that in force for None."""
    pinned = {
        stream: (ref, version)
        for stream, ref, version in reader.rows("SELECT stream, ref, version FROM enrolment WHERE track = ?", (track,))
    }
    sql = f"SELECT {_COLUMNS} FROM enrolment n JOIN event e ON e.stream = n.stream WHERE n.track = ? ORDER BY n.stream, e.seq"
    for stream, log in groupby(map(to_event, reader.each(sql, (track,))), key=lambda event: event.stream):
        ref, version = pinned[stream]
        yield History(stream, ref, model(version), tuple(log))


def said_of_track(reader: Reader, track: str, kind: str) -> list[Event]:
    """The events of one kind on a track's own stream."""
    return [event for event in events_of(reader, f"track/{track}") if event.kind == kind]
