"""Whole logs of streams: as they were on a day, and what is asked of one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracks.events.fold import Progress, evolve, roots, standing, standing_then
from tracks.events.kinds.table import field_name
from tracks.events.todos import LostFact, TodoKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from definitions.model.track import Track
    from tracks.events.event import Event


class History(NamedTuple):
    """One stream as read: `track` is the version pinned at admission, before that the one in force.

    What it says is told as it was on the day `as_of`, by what was recorded before the instant `known`; None means all.
    """

    stream: str
    ref: str
    track: Track
    events: Sequence[Event]
    as_of: date | None = None
    known: str | None = None


@dataclass(frozen=True)
class PastStream:
    """A stream as it stood: its standing events, in the order that the fold takes them."""

    rows: tuple[tuple[Event, int], ...]

    @cached_property
    def progress(self) -> Progress:
        """The fold."""
        progress = Progress()
        for event, position in self.rows:
            progress = evolve(progress, event, position)
        return progress

    @property
    def version(self) -> int | None:
        """The version that was pinned: at admission, or moved to since (rule R6)."""
        pinned = None
        for event, _ in self.rows:
            if event.kind == "admitted":
                pinned = event.version
            elif event.kind == "migrated" and pinned is not None:
                pinned = event.data["to"]
        return pinned

    @property
    def recorded(self) -> str:
        """When the last of them was recorded."""
        return max((event.recorded for event, _ in self.rows), default="")


def stream_as_of(events: Iterable[Event], as_of: date | None, known: str | None) -> PastStream:
    """A stream as it stood.

    Args:
        events: the whole stream.
        as_of: only what is effective by this day; None for all.
        known: only what was recorded before this instant; None for all.

    """
    return PastStream(tuple(standing_then(events, as_of, known)))


def lost_fact(log: Sequence[Event], kind: str, step: str, attempt: int) -> tuple[Event, int] | None:
    """The fact that a todo `stranded:…` is about.

    Args:
        log: the whole stream.
        kind: the kind of the todo.
        step: the step of the todo, empty where it is about none.
        attempt: the number of the run of the step.

    Returns:
        The fact, and the number by which it is corrected: its own, or that of its latest correction; None where it stands no more.

    """
    said, about = LostFact.parse(TodoKind.parse(kind).about)
    latest = {of: right for right, of in roots(log).items()}
    for event, _ in reversed(standing(log)):
        named = about in ("", event.data.get("name"), event.data.get("point"))
        if named and (event.kind, event.step, event.attempt) == (said, step, attempt):
            return event, latest.get(event.seq, event.seq)
    return None


def number_of_field(log: Sequence[Event], name: str, step: str = "", attempt: int = 0) -> int:
    """The number by which that is corrected which a field stands by: its own, or that of its latest correction; 0 where nothing set it.

    Args:
        log: the whole stream.
        name: the name of the field.
        step: the step of the field, empty where it is of none.
        attempt: the number of the run of the step.

    """
    latest = {of: right for right, of in roots(log).items()}
    set_by = (e for e, _ in reversed(standing(log)) if (field_name(e.kind, e.data), e.step, e.attempt) == (name, step, attempt))
    return next((latest.get(event.seq, event.seq) for event in set_by), 0)


def latest_of(log: Sequence[Event], seq: int) -> int:
    """The number by which a fact is corrected: that of its latest correction, whichever of its numbers is given."""
    root = roots(log)
    first = root.get(seq, seq)
    return max((right for right, of in root.items() if of == first), default=seq)
