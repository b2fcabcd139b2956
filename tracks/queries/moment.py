"""The light read side: the moment that a question is about, the last instant recorded, and whether a track is in force."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracks.storage.reads import of_participant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracks.queries.reader import DatabaseReader


class Moment(NamedTuple):
    """What is asked for: today, and if the past is asked for, the day it was and the instant that it was known before.

    `known_on` is the day of that instant.
    """

    today: date
    as_of: date | None = None
    known: str | None = None
    known_on: date | None = None

    @property
    def past(self) -> bool:
        """Whether something else than now is asked for."""
        return self.as_of is not None or self.known is not None

    @property
    def known_day(self) -> date:
        """The day as of which the log is known: today, unless it is asked for as it was known earlier."""
        # Known before an instant ahead of the clock means all that is known now.
        return min(self.known_on or self.today, self.today)

    @property
    def day(self) -> date:
        """The day that is told of: what is late is late on it."""
        return self.as_of or self.known_day


def _run(reader: DatabaseReader) -> str:
    """The last instant of a run of a track; a run that names none was of all."""
    return f"SELECT max(recorded) FROM run WHERE tracks = '[]' OR {reader.words.holds('run.tracks')}"


def last_recorded(reader: DatabaseReader, tracks: Sequence[str] = ()) -> str | None:
    """The last instant recorded on some tracks, or in the whole database: by a write or by a run."""
    # A run writes even where nothing followed of it, so the clock may not go back behind it either.
    if not tracks:
        return _latest(reader, "SELECT max(recorded) FROM enrolment", "SELECT max(recorded) FROM track", "SELECT max(recorded) FROM run")
    found = [
        _latest(
            reader,
            "SELECT max(recorded) FROM enrolment WHERE track = ?",
            "SELECT recorded FROM track WHERE id = ?",
            _run(reader),
            value=track,
        )
        for track in tracks
    ]
    return max((instant for instant in found if instant), default=None)


def last_recorded_of(reader: DatabaseReader, ref: str) -> str | None:
    """The same for one participant, without a look at everybody else on her tracks."""
    # A participant is on one or two tracks; her own rows and theirs are read by key.
    found = [_latest(reader, f"SELECT max(recorded) FROM enrolment WHERE {of_participant(ref)}", value=ref)]
    found += [_latest(reader, "SELECT recorded FROM track WHERE id = ?", _run(reader), value=track) for track in tracks_of(reader, ref)]
    return max((instant for instant in found if instant), default=None)


def _latest(reader: DatabaseReader, *queries: str, value: str | None = None) -> str | None:
    rows = [row for sql in queries for row in reader.rows(sql, () if value is None else (value,))]
    return max((instant for (instant,) in rows if instant), default=None)


def tracks_of(reader: DatabaseReader, ref: str) -> list[str]:
    """The tracks that a participant (`REF`) or an enrolment (`REF/n`) is on, in order of id."""
    return sorted(row[0] for row in reader.rows(f"SELECT DISTINCT track FROM enrolment WHERE {of_participant(ref)}", (ref,)))


def enrolments_of(reader: DatabaseReader, ref: str) -> list[tuple[str, str]]:
    """The streams of a participant in order, each with its track."""
    rows = reader.rows(f"SELECT stream, track FROM enrolment WHERE {of_participant(ref)} ORDER BY stream", (ref,))
    return [(str(stream), str(track)) for stream, track in rows]


def is_track(reader: DatabaseReader, name: str) -> bool:
    """Whether a track of this id is in force."""
    return bool(reader.rows("SELECT 1 FROM track WHERE id = ?", (name,)))


def is_pending(reader: DatabaseReader, name: str) -> bool:
    """Whether a track has a slice that is not over."""
    return bool(reader.rows("SELECT 1 FROM track WHERE id = ? AND pending", (name,)))
