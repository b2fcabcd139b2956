"""The light read side: the last instant recorded, which is what a virtual clock shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.reading import Reader


def last_recorded(reader: Reader, track: str | None = None, ref: str | None = None) -> str | None:
    """The last instant recorded: of a track, of a participant with the tracks she is on, else of the whole database."""
    if ref is not None:
        return _latest(reader, *_of_participant(reader, ref))
    if track is not None:
        return _latest(reader, [track], "SELECT max(recorded) FROM enrolment WHERE track = ?", (track,))
    tracks = [row[0] for row in reader.rows("SELECT id FROM track")]
    return _latest(reader, tracks, "SELECT max(recorded) FROM enrolment", ())


def _of_participant(reader: Reader, ref: str) -> tuple[list[str], str, tuple[str, ...]]:
    by = "stream" if "/" in ref else "ref"
    tracks = [row[0] for row in reader.rows(f"SELECT DISTINCT track FROM enrolment WHERE {by} = ?", (ref,))]  # noqa: S608 - one of two names
    return tracks, f"SELECT max(recorded) FROM enrolment WHERE {by} = ?", (ref,)  # noqa: S608 - as above


def _latest(reader: Reader, tracks: Sequence[str], sql: str, values: Sequence[str]) -> str | None:
    found = [reader.rows(sql, values)[0][0]]
    for track in tracks:
        found += [row[0] for row in reader.rows("SELECT recorded FROM track WHERE id = ?", (track,))]
    return max((instant for instant in found if instant), default=None)


def is_track(reader: Reader, name: str) -> bool:
    """Whether a track of this id is in force."""
    return bool(reader.rows("SELECT 1 FROM track WHERE id = ?", (name,)))
