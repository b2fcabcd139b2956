"""Who stands where for each shared thing, what was compared of each, and what decides between two neighbours. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.engine.context.situation import Situation
from tracks.engine.rules.allocation import (
    capacity,
    count_held,
    intake_queue,
    offers_begin,
    open_queues,
    queue_rank,
    step_queue,
    waited_steps,
)
from tracks.events.resources import IntakePlace
from tracks.events.todos import TodoKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from definitions.model.track import Order, Start
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Queued, Row
    from tracks.events.resources import StepPlace
    from tracks.events.snapshots import Claim, Enrolment

# Built-in facts that are yes or no.
_YES_NO: Final = frozenset({"selected", "born_abroad"})


class Compared(NamedTuple):
    """One thing that a queue compares, with its value for one person; None where it is unknown, or hidden.

    `by` is `ready`, `precedence`, `lottery`, `referral`, `fact`, `waits` of an employer's choice, or `number` where all else is equal.
    """

    by: str
    value: Any
    fact: str | None = None
    days_since: bool = False
    hidden: bool = False


class Neighbour(NamedTuple):
    """The one just before or just after somebody, and the first thing in which the two differ."""

    place: int
    stream: str
    mine: Compared
    theirs: Compared


class QueuePlace(NamedTuple):
    """Where somebody stands in a line: everything that was compared, and what puts her after one and before another."""

    number: int
    stream: str
    claim: Claim
    compared: tuple[Compared, ...]
    after: Neighbour | None
    before: Neighbour | None


class QueueLine(NamedTuple):
    """The queue for one shared thing; `resource` is the text of an `IntakePlace` or a `StepPlace`.

    `state` is `open`; `later` (offers begin on the day `opens`); `unsigned` (rule R35: no agreement is signed yet); or
    `none`: no start is left. `free` is None where there is no limit.
    """

    resource: str
    state: str
    free: int | None
    opens: date | None
    people: tuple[QueuePlace, ...]


def all_lines(view: View, rows: Sequence[Row], day: date) -> Iterator[QueueLine]:
    """List every line of a track.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        rows: The claims on what the track shares, each with its stream.
        day: The day that is asked about.

    Returns:
        The starts in turn, then the steps.

    """
    yield from intake_lines(view, rows, day)
    for place in waited_steps(rows):
        yield step_line(view, rows, place, day)


def intake_lines(view: View, rows: Sequence[Row], day: date) -> Iterator[QueueLine]:
    """List the lines for a place on the track.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        rows: The claims on what the track shares, each with its stream.
        day: The day that is asked about.

    Returns:
        The starts that are open for offers, then those that are not yet.

    """
    proposed: set[str] = set()
    listed: set[str] = set()
    names = set()
    for window, waiting in open_queues(view, rows, day, full=True):
        names.add(window.name)
        proposed.update(stream for _, stream, _ in waiting[: window.room])
        listed.update(stream for _, stream, _ in waiting)
        if waiting:
            yield QueueLine(str(IntakePlace(window.name)), "open", window.room, None, _places(view, waiting, day))
    for line in _coming(view, rows, day, proposed, names):
        listed.update(place.stream for place in line.people)
        yield line
    left = [row for row in intake_queue(view, rows, "") if row[1] not in listed]
    if left:
        yield QueueLine(str(IntakePlace()), *_rolling(view, day), _places(view, left, day))


def step_line(view: View, rows: Sequence[Row], place: StepPlace, day: date) -> QueueLine:
    """Answer the line for a place in a step.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        rows: The claims on what the track shares, each with its stream.
        place: Which place.
        day: The day that is asked about.

    Returns:
        The line.

    """
    free = max(0, capacity(view, place) - count_held(rows, place))
    return QueueLine(str(place), "open", free, None, _places(view, step_queue(view, rows, place), day, ready=True))


def _coming(view: View, rows: Sequence[Row], day: date, proposed: set[str], opened: set[str]) -> Iterator[QueueLine]:
    """The lines of starts not open for offers: the next one for all who wait, later ones for those who wait for no other."""
    intake = view.shared.track.intake
    first = True
    for start in sorted(intake.starts, key=lambda one: view.start_day(one.date.isoformat(), day)):
        name = start.date.isoformat()
        begins = view.start_day(name, day)
        if name in opened or view.cancelled(name, day) or view.closes(begins) <= day:
            continue
        waiting = [row for row in intake_queue(view, rows, name) if row[1] not in proposed and (first or queue_rank(row[2]).start == name)]
        first = False
        if waiting:
            places = start.places if start.places is not None else intake.places
            yield QueueLine(str(IntakePlace(name)), *_opening(view, start, places, day), _places(view, waiting, day))


def _rolling(view: View, day: date) -> tuple[str, int | None, date | None]:
    """The state of the line of those whom no start lets in: a rolling intake in its period is one that no employer has signed for."""
    track = view.shared.track
    inside = not (track.period.first and day < track.period.first) and not (track.period.until and day >= track.period.until)
    return _opening(view, None, track.intake.places, day) if track.intake.rolling and inside else ("none", 0, None)


def _opening(view: View, start: Start | None, places: int | None, day: date) -> tuple[str, int | None, date | None]:
    """The state of a line that is not open, its places, and the day on which offers begin."""
    opens = offers_begin(view, start, day)
    return "later" if opens else "unsigned", places, opens


def _places(view: View, waiting: Sequence[Queued], day: date, *, ready: bool = False) -> tuple[QueuePlace, ...]:
    """A line with what is between neighbours. Keys are compared part by part, and the stream's name where all are equal."""
    told = [compared(view, key, day, ready=ready) for key, _, _ in waiting]

    def between(mine: int, theirs: int) -> Neighbour | None:
        if not 0 <= theirs < len(waiting):
            return None
        (key, stream, _), (other, their_stream, _) = waiting[mine], waiting[theirs]
        n = next((n for n, (a, b) in enumerate(zip(key, other, strict=True)) if a != b), None)
        pair = (Compared("number", stream), Compared("number", their_stream)) if n is None else (told[mine][n], told[theirs][n])
        return Neighbour(theirs + 1, their_stream, *pair)

    return tuple(
        QueuePlace(n + 1, stream, claim, told[n], between(n, n - 1), between(n, n + 1)) for n, (_, stream, claim) in enumerate(waiting)
    )


def compared(view: View, key: Sequence[Any], today: date, *, ready: bool = False) -> tuple[Compared, ...]:
    """Answer what was compared of one person, in the order it is read (rules R34 and R38).

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        key: Her key in the queue: one value for each order.
        today: The day it is: what was to be done before it is late.
        ready: Whether it is for a step, where who became ready first comes first.

    Returns:
        The comparisons, as plain values.

    """
    found = []
    parts = list(key)
    if ready:
        found.append(Compared("ready", today.fromordinal(parts.pop(0)[1])))
    found += [_value(view, row, part, today) for row, part in zip(view.shared.track.intake.criteria, parts, strict=False)]
    return tuple(found)


def _value(view: View, row: Order, part: Sequence[Any], today: date) -> Compared:
    if len(part) < 2:  # noqa: PLR2004 - [1] is unknown
        return Compared(row.by, None, row.fact, row.days_since)
    number = part[1]
    if row.by == "precedence":
        return Compared(row.by, number == 0)
    if row.by == "lottery":
        return Compared(row.by, str(number)[:8])
    if row.by == "referral":
        return Compared(row.by, today.fromordinal(number))
    plain = -number if row.highest_first != row.days_since else number
    return Compared(row.by, _fact(view, row, plain, today), row.fact, row.days_since)


def _fact(view: View, row: Order, number: int, today: date) -> Any:
    name = row.fact or ""
    fact = view.shared.track.facts.get(name)
    if row.days_since:
        return (today - today.fromordinal(number)).days
    if choices := view.choices(name):
        return choices[number]
    if fact and fact.type == "date":
        return today.fromordinal(number)
    return bool(number) if (fact and fact.type == "yes/no") or name in _YES_NO else number


def place_of(line: Iterable[QueuePlace], stream: str) -> QueuePlace | None:
    """Where somebody stands in a line."""
    return next((place for place in line if place.stream == stream), None)


def place_values(view: View, line: QueueLine, place: QueuePlace, *, own: bool = True) -> dict[str, Any]:
    """Answer where somebody stands and what puts her there, as plain values.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        line: The line.
        place: Her place in it.
        own: Whether her own restricted facts may be seen.

    Returns:
        The values by name.

    """

    def told(one: Compared, *, seen: bool) -> dict[str, Any]:
        fact = view.shared.track.facts.get(one.fact or "")
        hidden = not seen and fact is not None and fact.restricted
        return (one._replace(value=None, hidden=True) if hidden else one)._asdict()

    def neighbour(one: Neighbour | None) -> dict[str, Any] | None:
        if one is None:
            return None
        return {"place": one.place, "stream": one.stream, "mine": told(one.mine, seen=own), "theirs": told(one.theirs, seen=False)}

    return {
        "place": place.number, "count": len(line.people), "free": line.free, "compared": [told(one, seen=own) for one in place.compared],
        "after": neighbour(place.after), "before": neighbour(place.before),
    }  # fmt: skip


def awaiting_choice(view: View, people: Iterable[Enrolment], day: date) -> list[tuple[date, str]]:
    """List those who wait for an employer to select them, to come in or for a step: since when, and the stream; the longest first.

    Args:
        view: What decisions are taken with: the track as it holds for everybody.
        people: The enrolments of the track.
        day: The day that is asked about.

    """
    asked = str(TodoKind("fact", "selected"))
    found: dict[str, date] = {}
    for one in people:
        for todo in one.todos:
            unknown = view.shared.entry.missing(Situation(view, one.progress, day)) if todo.kind == "entry" else ()
            if todo.kind == asked or "selected" in unknown:
                found[one.stream] = min(todo.since, found.get(one.stream, todo.since))
    return sorted((since, stream) for stream, since in found.items())
