"""Rows of the store to values and back.

The names of the columns come from the values that the rows are made of, and stand nowhere else: `tables` makes the schema of these
lists, and every statement, of the store and of the light readers, names its columns by them. What is no plain value in a row is kept
as text: the data of an event and a fold as canonical JSON, a day as `YYYY-MM-DD`, a flag as 0 or 1.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from tracks.events.canonical_json import data_text
from tracks.events.event import Event
from tracks.events.fold import decode, encode
from tracks.events.ranks import parse
from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.fold import Progress


def _names(row: type, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tuple(one.name for one in fields(row) if one.name not in without)


_OF_ENROLMENT: Final = _names(Enrolment, without=("claims", "todos"))
_OF_TRACK: Final = _names(TrackRow, without=("todos",))

EVENT: Final = Event._fields
ENROLMENT: Final = tuple({"progress": "state"}.get(name, name) for name in _OF_ENROLMENT)
TRACK: Final = _OF_TRACK
CLAIM: Final = ("track", "stream", *Claim._fields)
TODO: Final = ("track", "stream", *Todo._fields)
# Every table of the schema, for those who ask whether all are there before they begin.
TABLES: Final = (
    "event", "enrolment", "track", "track_version", "claim", "todo", "assigned", "outbox", "note", "person", "person_number", "key_print",
    "employer", "run",
)  # fmt: skip


def listed(names: Iterable[str], table: str = "") -> str:
    """Write columns as SQL lists them, each with the short name of its table where a statement has several."""
    return ", ".join(f"{table}.{name}" if table else name for name in names)


def _places(row: type, names: tuple[str, ...], kind: str) -> tuple[int, ...]:
    """Where in a row the values of a type stand."""
    return tuple(names.index(name) for name, annotation in row.__annotations__.items() if name in names and kind in str(annotation))


_EFFECTIVE, _DATA = EVENT.index("effective"), EVENT.index("data")
_STATE, _STATUS, _ENROLMENT_DAYS = ENROLMENT.index("state"), ENROLMENT.index("status"), _places(Enrolment, ENROLMENT, "date")
_TRACK_STATE, _TRACK_DAYS, _TRACK_FLAGS = TRACK.index("state"), _places(TrackRow, TRACK, "date"), _places(TrackRow, TRACK, "bool")
_RANK: Final = CLAIM.index("rank")
_CLAIM_DAYS, _TODO_DAYS = _places(Claim, CLAIM, "date"), _places(Todo, TODO, "date")

dump: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

# A batch holds few different days, and each stands in many rows.
_parsed: Final = lru_cache(maxsize=32_768)(date.fromisoformat)


def to_day(text: str | None) -> date | None:
    """Parse the day of a column that may be empty."""
    return _parsed(text) if text else None


def from_day(day: date | None) -> str | None:
    """Write a day as it stands in a column."""
    return day.isoformat() if day else None


def _write_days(row: list[Any], places: tuple[int, ...]) -> list[Any]:
    for place in places:
        if row[place] is not None:
            row[place] = row[place].isoformat()
    return row


def _read_days(row: list[Any], places: tuple[int, ...]) -> list[Any]:
    for place in places:
        row[place] = _parsed(row[place]) if row[place] else None
    return row


def event_row(event: Event) -> tuple[Any, ...]:
    """Make a row of an event."""
    row: list[Any] = [*event]
    row[_EFFECTIVE], row[_DATA] = event.effective.isoformat(), data_text(event.data)
    return tuple(row)


def to_event(row: Sequence[Any]) -> Event:
    """Read a row of the log. Raises ValueError or TypeError where it holds what no event does."""
    values = [*row]
    data = values[_DATA]
    values[_EFFECTIVE], values[_DATA] = _parsed(values[_EFFECTIVE]), json.loads(data) if data != "{}" else {}
    return Event._make(values)


# People who stand alike, and people read again unchanged, share one fold: it is frozen, and parsing it is what reading costs.
@lru_cache(maxsize=4096)
def to_progress(state: str) -> Progress:
    """Read the fold that a snapshot keeps as JSON."""
    return decode(json.loads(state))


def states_of(progresses: Iterable[Progress]) -> dict[int, str]:
    """Write folds as JSON, by identity; one that several people share is written out once."""
    each = {id(progress): progress for progress in progresses}
    return {name: dump(encode(progress)) for name, progress in each.items()}


_enrolment_values: Final = attrgetter(*_OF_ENROLMENT)
_track_values: Final = attrgetter(*_OF_TRACK)


def enrolment_row(enrolment: Enrolment, state: str) -> tuple[Any, ...]:
    """Make a row of a snapshot; `state` is the JSON of its fold."""
    row = _write_days([*_enrolment_values(enrolment)], _ENROLMENT_DAYS)
    row[_STATE], row[_STATUS] = state, str(enrolment.status)
    return tuple(row)


def to_enrolment(row: Sequence[Any], claims: tuple[Claim, ...], todos: tuple[Todo, ...]) -> Enrolment:
    """Read a row of a snapshot.

    Args:
        row: The columns in the order of `ENROLMENT`.
        claims: What it asks or holds of something shared, by resource.
        todos: What people are asked to do about it.

    Returns:
        The snapshot with both.

    """
    values: list[Any] = [*row]
    values[_STATE] = to_progress(values[_STATE])
    return Enrolment(*[*_read_days(values, _ENROLMENT_DAYS), claims, todos])


def track_row(track: TrackRow) -> tuple[Any, ...]:
    """Make a row of the snapshot of a track."""
    row = _write_days([*_track_values(track)], _TRACK_DAYS)
    row[_TRACK_STATE] = dump(encode(track.state))
    for place in _TRACK_FLAGS:
        row[place] = int(row[place])
    return tuple(row)


def to_track(row: Sequence[Any], todos: tuple[Todo, ...]) -> TrackRow:
    """Read a row of the snapshot of a track."""
    values = _read_days([*row], _TRACK_DAYS)
    values[_TRACK_STATE] = to_progress(values[_TRACK_STATE])
    for place in _TRACK_FLAGS:
        values[place] = bool(values[place])
    return TrackRow(*[*values, todos])


def claim_row(track: str, stream: str, claim: Claim) -> tuple[Any, ...]:
    """Make a row of a claim.

    Args:
        track: The track whose place or queue it is about.
        stream: Whose it is.
        claim: What is asked or held.

    Returns:
        The columns in the order of `CLAIM`.

    """
    row = _write_days([track, stream, *claim], _CLAIM_DAYS)
    row[_RANK] = str(claim.rank)
    return tuple(row)


def to_claim(row: Sequence[Any]) -> Claim:
    """Read a row of a claim, whose track and stream come first."""
    values = _read_days([*row], _CLAIM_DAYS)
    values[_RANK] = parse(values[_RANK])
    return Claim(*values[2:])


def todo_row(track: str, stream: str, todo: Todo) -> tuple[Any, ...]:
    """Make a row of a todo.

    Args:
        track: The track that it is filed under.
        stream: The enrolment that it is about, or `track/ID`.
        todo: What is to be done.

    Returns:
        The columns in the order of `TODO`.

    """
    return tuple(_write_days([track, stream, *todo], _TODO_DAYS))


def to_todo(row: Sequence[Any]) -> Todo:
    """Read a row of a todo, whose track and stream come first."""
    return Todo(*_read_days([*row], _TODO_DAYS)[2:])
