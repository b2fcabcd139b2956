"""A database opened for questions, by the standard driver alone: no SQLAlchemy, no engine, no model of a track.

Imports are nearly the whole cost of a short answer, so the names of tracks and steps come from `track_version.labels`.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tracks.storage.dialects.sqlite_file import SqliteReading, path_of
from tracks.storage.reads import events_of, protected_streams
from tracks.storage.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tracks.events.event import Event
    from tracks.events.fold import Progress
    from tracks.storage.dialects.words import ReadConnection, Words
    from tracks.storage.plans import Plans

Labels = dict[str, Any]

_NO_LABELS: Final[Labels] = {"track": "", "steps": {}, "sequence": [], "facts": {}, "choices": {}, "restricted": [], "employers": {}}


class DatabaseReader:
    """A database opened for reading. Each question is answered from one state of it."""

    def __init__(self, target: str | Path) -> None:
        self.path = path_of(target)
        self._database: ReadConnection = SqliteReading(self.path)
        self._labels: dict[tuple[str, int | None], Labels] = {}

    @property
    def words(self) -> Words:
        """How the database says what databases say differently."""
        return self._database.words

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Answer all rows of a query. Raises Refusal where the database cannot be read."""
        return self._database.rows(statement, values)

    def each(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Answer the rows of a query one at a time. Raises Refusal where the database cannot be read."""
        return self._database.each(statement, values)

    def events(self, stream: str) -> list[Event]:
        """Answer the log of a stream."""
        return events_of(self, stream)

    def labels(self, track: str, version: int | None) -> Labels:
        """The names of a version of a track; those of the version in force where none is pinned."""
        key = (track, version)
        if key not in self._labels:
            # Who has no place yet follows the version in force, which the snapshot of the track names.
            sql = (
                "SELECT labels FROM track_version WHERE track = ? AND version = ?"
                if version
                else "SELECT v.labels FROM track t JOIN track_version v ON v.track = t.id AND v.version = t.version WHERE t.id = ?"
            )
            found = self.rows(sql, (track, version) if version else (track,))
            # Versions that were put in force by an earlier program may lack a name that was added since.
            self._labels[key] = {**_NO_LABELS, **(json.loads(found[0][0]) if found else {})}
        return self._labels[key]

    def step_names(self, track: str) -> dict[str, str]:
        """What the steps of a track are called, by id: in the version in force, else in the latest one that has them."""
        found: dict[str, str] = {}
        for (labels,) in self.rows("SELECT labels FROM track_version WHERE track = ? ORDER BY version", (track,)):
            found |= {step: str(about.get("name") or step) for step, about in json.loads(labels)["steps"].items()}
        return found

    @cached_property
    def plans(self) -> Plans:
        """The versions ready for deciding, each made once; the import is more than a question costs that asks for none."""
        from tracks.storage.plans import Plans  # noqa: PLC0415

        return Plans(self)

    @cached_property
    def protected(self) -> frozenset[str]:
        """The enrolments of those whose identity is protected today; a question of the past shows no more of them."""
        return protected_streams(self)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


@contextmanager
def reading(target: str | Path) -> Iterator[DatabaseReader]:
    """Open a database for questions that are all answered from the same state of it."""
    reader = DatabaseReader(target)
    try:
        # Without it each question would see the state of its own instant, and a count and its list could differ.
        reader.rows("BEGIN")
        yield reader
    finally:
        reader.close()


def check_tables(reader: DatabaseReader) -> None:
    """Ask each table for a row, so that one that is gone is told before any work begins. Raises Refusal."""
    for name in TABLES:
        reader.rows(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608 - a constant of the schema


def step_name(labels: Labels, step: str) -> str:
    """What a step is called."""
    return str(labels["steps"].get(step, {}).get("name") or step)


def own_labels(reader: DatabaseReader, track: str, version: int | None, progress: Progress) -> Labels:
    """Answer the names of a version as they hold for one participant: with the steps that were added for her alone (rule R53).

    Args:
        reader: The database, opened for reading.
        track: The id of the track.
        version: The version that she follows; None before she has a place.
        progress: Her fold.

    """
    if version is None or progress.get("deviates") is None:
        return reader.labels(track, version)
    # Only for those few is a model of the track built.
    from tracks.engine.context.deviations import personal_plan  # noqa: PLC0415
    from tracks.engine.context.labels import names_of  # noqa: PLC0415

    return names_of(personal_plan(reader.plans.plan(track, version), progress))


def own_step_name(reader: DatabaseReader, stream: str, labels: Labels, step: str) -> str:
    """Answer what a step is called, also one that was added for this participant alone: it stands in her log.

    Args:
        reader: The database, opened for reading.
        stream: The stream, as `REF/n` or `track/ID`.
        labels: The names of the version that holds for her.
        step: The id of the step.

    Returns:
        Its name.

    """
    if not step or step in labels["steps"]:
        return step_name(labels, step)
    return added_names(reader.events(stream)).get(step, step)


def added_names(log: Iterable[Event]) -> dict[str, str]:
    """What the steps are called that were added for one participant."""
    return {event.step: str(event.data["step"].get("name") or event.step) for event in log if event.kind == "added"}
