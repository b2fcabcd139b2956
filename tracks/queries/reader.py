"""A database opened for questions, by the standard driver alone: no SQLAlchemy, no engine, no model of a track.

Imports are nearly the whole cost of a short answer, so the names of tracks and steps come from `track_version.labels`.
"""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tracks.storage.rows import EVENT, to_event
from tracks.storage.sqlite_file import open_reading, path_of, storage_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tracks.events.event import Event

Labels = dict[str, Any]

_NO_LABELS: Final[Labels] = {
    "track": "",
    "steps": {},
    "sequence": [],
    "facts": {},
    "choices": {},
    "restricted": [],
    "employers": {},
}


class DatabaseReader:
    """A database opened for reading. Each question is answered from one state of it."""

    def __init__(self, target: str | Path) -> None:
        self.path = path_of(target)
        self._database = open_reading(self.path)
        self._labels: dict[tuple[str, int | None], Labels] = {}

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.Error as fault:
            raise storage_error(fault, self.path) from None

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query one at a time."""
        try:
            yield from self._database.execute(sql, values)
        except sqlite3.Error as fault:
            raise storage_error(fault, self.path) from None

    def labels(self, track: str, version: int | None) -> Labels:
        """The names of a version of a track; those of the version in force where none is pinned."""
        key = (track, version)
        if key not in self._labels:
            sql = (
                "SELECT labels FROM track_version WHERE track = ? AND version = ?"
                if version
                else "SELECT v.labels FROM track t JOIN track_version v ON v.track = t.id AND v.version = t.version WHERE t.id = ?"
            )
            found = self.rows(sql, (track, version) if version else (track,))
            self._labels[key] = {**_NO_LABELS, **(json.loads(found[0][0]) if found else {})}
        return self._labels[key]

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


@contextmanager
def reading(target: str | Path) -> Iterator[DatabaseReader]:
    """Open a database for questions that are all answered from the same state of it."""
    reader = DatabaseReader(target)
    try:
        reader.rows("BEGIN")
        yield reader
    finally:
        reader.close()


def events_of(reader: DatabaseReader, stream: str) -> list[Event]:
    """The log of a stream."""
    return [to_event(row) for row in reader.each(f"SELECT {EVENT} FROM event WHERE stream = ? ORDER BY seq", (stream,))]


def step_name(labels: Labels, step: str) -> str:
    """What a step is called."""
    return str(labels["steps"].get(step, {}).get("name") or step)


def own_step_name(reader: DatabaseReader, stream: str, labels: Labels, step: str) -> str:
    """The same, also for a step that was added for this participant alone: it stands in her log."""
    if not step or step in labels["steps"]:
        return step_name(labels, step)
    return added_names(events_of(reader, stream)).get(step, step)


def added_names(log: Iterable[Event]) -> dict[str, str]:
    """What the steps are called that were added for one participant."""
    return {event.step: str(event.data["step"].get("name") or event.step) for event in log if event.kind == "added"}
