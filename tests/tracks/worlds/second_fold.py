"""A second fold, written from the engine's page alone, so that the product is not asked whether the product is right.

It knows no kinds table, no fields and no snapshots: a list of events in, plain answers out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.events.event import Event
    from tracks.events.fold import Progress


DROPPED: Final = ("start_dropped", False)  # with its start, and not back to the line of the next


class Standing(NamedTuple):
    """An event that stands, with the day, the place and the content that it has after all corrections."""

    kind: str
    step: str
    attempt: int
    day: date
    position: int
    data: dict[str, Any]


class Folded(NamedTuple):
    """facts: value by name; begun, over: of runs, the first day, and the last with its result; admitted: the day; the rest as said."""

    facts: dict[str, Any]
    begun: dict[tuple[str, int], date]
    over: dict[tuple[str, int], tuple[date, str]]
    admitted: date | None
    closed: bool
    away: bool
    misregistered: bool


def standing(events: Iterable[Event]) -> list[Standing]:
    """Neither withdrawn nor taken back; a correction that moves a fact stands last on its new day, one that does not keeps its place."""
    every = {event.seq: event for event in events}
    withdrawn = {event.data["seq"] for event in every.values() if event.kind == "withdrawn"}
    root: dict[int, int] = {}
    corrections: dict[int, list[Event]] = {}
    for seq, event in every.items():
        root[seq] = root[event.data["of"]] if event.kind == "corrected" else seq
        if event.kind == "corrected":
            corrections.setdefault(root[seq], []).append(event)
    found = []
    for seq, event in every.items():
        if event.kind in ("withdrawn", "corrected") or seq in withdrawn:
            continue
        day, place, data, back = event.effective, seq, event.data, False
        for right in corrections.get(seq, ()):
            back = bool(right.data.get("withdraw"))
            if not back:
                moved = date.fromisoformat(right.data.get("effective", day.isoformat()))
                place = seq if moved == event.effective else right.seq if moved != day else place
                day, data = moved, right.data.get("data", data)
        if not back:
            found.append(Standing(event.kind, event.step, event.attempt, day, place, dict(data)))
    return sorted(found, key=lambda one: (one.day, one.position))


def second_fold(events: Iterable[Event]) -> Folded:
    """What the events of one enrolment come to; later in the list is later by day and place, so the last word stands."""
    log = standing(events)
    told = []
    for one in log:
        for name, value in one.data.get("facts", {}).items():
            day = date.fromisoformat(one.data.get("days", {}).get(name, one.day.isoformat()))
            told.append((day, one.position if day == one.day else 0, name, value))
    days = {one.kind: one.day for one in log}
    admitted = days.get("admitted")
    ended = [one for one in log if one.kind in ("step_completed", "step_skipped")]
    closed, misregistered = _closed(log, admitted), "misregistered" in days
    return Folded(
        facts={name: value for _, _, name, value in sorted(told, key=lambda one: one[:2])},
        begun={(one.step, one.attempt): one.day for one in log if one.kind == "step_started"},
        over={(one.step, one.attempt): (one.day, one.data.get("result", "skipped")) for one in ended},
        admitted=admitted,
        closed=closed and not misregistered,
        away=_away(log, admitted) and not closed and not misregistered,
        misregistered=misregistered,
    )


def _closed(log: list[Standing], admitted: date | None) -> bool:
    """Whether it is over for one who was admitted; of an end that only she can have, none of before she came in."""
    handed_over = any(one.kind == "transferred" and "enrolment" not in one.data for one in log)
    ends = [one for one in log if one.kind in ("interrupted", "closed", "completed", "left") or (one.kind, "round" in one.data) == DROPPED]
    return admitted is not None and (handed_over or bool(ends and ends[-1].day >= admitted))


def _away(log: list[Standing], admitted: date | None) -> bool:
    """Whether a pause goes on that began after admission and has no return on or after its first day."""
    first = {one.attempt: one.day for one in log if one.kind == "paused"}
    back = {one.attempt: one.day for one in log if one.kind == "resumed"}
    return admitted is not None and any(day >= admitted and not (n in back and back[n] >= day) for n, day in first.items())


def as_second(progress: Progress) -> Folded:
    """The same answers, as the product's own fold has them."""
    fields = progress.fields
    return Folded(
        facts={
            name.removeprefix("fact:"): found.value for (step, _, name), found in fields.items() if not step and name.startswith("fact:")
        },
        begun={(step, n): found.effective for (step, n, name), found in fields.items() if name == "started"},
        over={
            (step, n): (found.effective, found.value.get("result", "skipped"))
            for (step, n, name), found in fields.items()
            if name == "ended"
        },
        admitted=progress.on("admitted"),
        closed=progress.get("admitted") is not None and str(progress.status) in ("interrupted", "completed", "transferred"),
        away=str(progress.status) == "paused",
        misregistered=str(progress.status) == "misregistered",
    )
