"""What the engine gives of shared things on one slice's day: proposals, step places, starts held. Pure and memoryless."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from definitions.model.calendar import back
from tracks.engine.rules.shared_steps import decide_shared_steps
from tracks.events.event import Draft
from tracks.events.ranks import Criterion
from tracks.events.resources import IntakePlace, StepPlace, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from definitions.model.track import Start, Step
    from tracks.engine.context.inputs import View
    from tracks.events.ranks import QueueRank
    from tracks.events.resources import Resource
    from tracks.events.snapshots import Claim

Row = tuple[str, "Claim"]
# One who waits: what the order compares, the stream, the claim.
Queued = tuple[list[Criterion], str, "Claim"]


class Grants(NamedTuple):
    """What a slice gives: events for people and for the track, starts found open, and when to look again."""

    people: Mapping[str, tuple[Draft, ...]]
    track: tuple[Draft, ...]
    opened: frozenset[str]
    due: date | None


class OpenStart(NamedTuple):
    """A start (or the rolling intake, named "") that may be proposed on this day, and how many places are free."""

    name: str
    free: int | None

    @property
    def room(self) -> int | None:
        """How many it has room for: never less than none, however many hold places by what people decided."""
        return None if self.free is None else max(0, self.free)


def decide_grants(view: View, rows: Sequence[Row], day: date) -> Grants:
    """Everything that is given on `day`, from the claims alone; nothing is remembered from earlier slices.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        day: The slice's day.

    Returns:
        What is given, and when to look again.

    """
    later: list[date] = []
    people: dict[str, list[Draft]] = {}
    track: list[Draft] = []
    opened = _minimums(view, rows, day, track, later)
    for stream, draft in _proposals(view, rows, day, later):
        people.setdefault(stream, []).append(draft)
    for stream, draft in _step_places(view, rows, day):
        people.setdefault(stream, []).append(draft)
    shared, days = decide_shared_steps(view, rows, day)
    track.extend(shared)
    later.extend(days)
    due = min((d for d in later if d > day), default=None)
    return Grants({s: tuple(d) for s, d in people.items()}, tuple(track), opened, due)


def intake_queue(view: View, rows: Iterable[Row], start: str) -> list[Queued]:
    """Those who wait for a start (or for the rolling intake, ""), best first, with what was compared.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        start: The declared date of a start, empty for a rolling intake.

    Returns:
        (what is compared, stream, claim) of each, best first.

    """
    pool = [(_key(view, stream, claim, start), stream, claim) for stream, claim in rows if _waits_for(claim, start)]
    return sorted(pool, key=lambda row: (row[0], row[1]))


def _waits_for(claim: Claim, start: str) -> bool:
    if claim.state not in ("waiting", "proposed") or not isinstance(parse(claim.resource), IntakePlace):
        return False
    return queue_rank(claim).start in ("", start)


def queue_rank(claim: Claim) -> QueueRank:
    """The rank of one who waits or is proposed.

    Raises:
        ValueError: The stored text of the rank is damaged.

    """
    if isinstance(claim.rank, str):
        raise ValueError("rank")  # noqa: TRY004 - a damaged value, as any other text that cannot be parsed
    return claim.rank


def step_queue(view: View, rows: Iterable[Row], place: StepPlace) -> list[Queued]:
    """Those who wait for a place in a step: who was ready first, then by the order of the intake (rule R34).

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        place: A place in a step, or in a step at one employer.

    Returns:
        (what is compared, stream, claim) of each, best first.

    """
    resource = str(place)
    pool = [
        ([(0, claim.since.toordinal()), *_key(view, stream, claim, "")], stream, claim)
        for stream, claim in rows
        if claim.resource == resource and claim.state == "waiting"
    ]
    return sorted(pool, key=lambda row: (row[0], row[1]))


def _key(view: View, stream: str, claim: Claim, start: str) -> list[Criterion]:
    return [draw_lot(view.shared.track.track, start, stream) if key is None else key for key in queue_rank(claim).criteria]


def draw_lot(track: str, start: str, stream: str) -> Criterion:
    """The lot drawn for one person and one start: the same for whoever draws it again (rule R38).

    Args:
        track: The track's id.
        start: The declared date of a start, empty for a rolling intake.
        stream: The stream of the person's enrolment.

    Returns:
        The lot, as a criterion of a queue.

    """
    return (0, sha256(f"{track}\0{start}\0{stream}".encode()).hexdigest())


def count_held(rows: Iterable[Row], place: Resource) -> int:
    """How many hold a place."""
    resource = str(place)
    return sum(1 for _, claim in rows if claim.resource == resource and claim.state == "holding")


def _minimums(view: View, rows: Sequence[Row], day: date, track: list[Draft], later: list[date]) -> frozenset[str]:
    opened = set()
    for start in view.shared.track.intake.starts:
        name = start.date.isoformat()
        minimum = view.minimum_of(name)
        begins = view.start_day(name, day)
        if view.cancelled(name, day):
            continue
        if begins > day:
            later.append(begins)
        # Only on the day itself: whoever joins later is admitted to a start that has begun (rule R42).
        elif begins == day and not view.undecided(name, day):
            # That nobody came is a matter for a person too, where no minimum was asked for.
            if view.value_on(f"confirmed:{name}", day) or has_begun(rows, name) or joined(rows, name) >= max(1, minimum):
                opened.add(name)
            else:
                track.append(Draft("start_held", day, "", 0, {"start": name, "accepted": joined(rows, name), "minimum": minimum}))
    return frozenset(opened)


def is_counted(view: View, name: str, day: date) -> bool:
    """Whether a start begins on a day, and it depends on how many have accepted: nobody has cancelled, moved or confirmed it by then.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        name: The declared date of the start.
        day: The day.

    """
    known = view.start_named(name) is not None and not view.cancelled(name, day) and view.start_day(name, day) == day
    return known and not view.value_on(f"confirmed:{name}", day)


def draft_of_hold(view: View, rows: Sequence[Row], name: str, day: date) -> Draft | None:
    """That a start is held because too few had accepted at the end of its day, counted afterwards; None where it was not (rule R40).

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track as they were at the end of the day, each with its stream.
        name: The declared date of the start.
        day: The day.

    """
    accepted, minimum = joined(rows, name), view.minimum_of(name)
    if not is_counted(view, name, day) or accepted >= max(1, minimum):
        return None
    return Draft("start_held", day, "", 0, {"start": name, "accepted": accepted, "minimum": minimum})


def has_begun(rows: Iterable[Row], name: str) -> bool:
    """Whether a start has let people in already, so that it cannot fall below its minimum any more."""
    resource = str(IntakePlace(name))
    return any(claim.resource == resource and claim.rank == "active" for _, claim in rows)


def joined(rows: Iterable[Row], name: str) -> int:
    """How many have accepted a place on a start, or come in on it."""
    resource = str(IntakePlace(name))
    return sum(1 for _, c in rows if c.resource == resource and c.state == "holding" and c.rank in ("accepted", "active"))


def open_starts(view: View, rows: Sequence[Row], day: date, later: list[date] | None = None) -> Iterator[OpenStart]:
    """The starts that may be proposed on a day, earliest first, each with its free places (None: no limit).

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        day: The day that is decided.
        later: Gathers the later days on which the answer may differ.

    Returns:
        Each start that is open on the day.

    """
    intake, days = view.shared.track.intake, [] if later is None else later
    if intake.rolling:
        if view.shared.queues and _window(view, None, view.shared.track.period.until, day, days):
            yield OpenStart("", None if intake.places is None else intake.places - count_held(rows, IntakePlace()))
        return
    for begins, start in sorted(
        ((view.start_day(s.date.isoformat(), day), s) for s in intake.starts), key=lambda row: (row[0], row[1].date)
    ):
        name = start.date.isoformat()
        if view.cancelled(name, day) or not _window(view, start, view.closes(begins), day, days):
            continue
        places = intake_places(view, name)
        yield OpenStart(name, None if places is None else places - count_held(rows, IntakePlace(name)))


def intake_places(view: View, start: str) -> int | None:
    """How many may have a place in the intake, or on one start of it; None where there is no limit."""
    named = view.start_named(start)
    return named.places if named and named.places is not None else view.shared.track.intake.places


def _window(view: View, start: Start | None, end: date | None, day: date, later: list[date]) -> bool:
    first = offers_begin(view, start, day)
    # On the day that offers would go out it stands on a list where no employer has signed.
    later.extend(d for d in (window_opens(view, start, day), first, end) if d and d > day)
    return bool(first and first <= day and not (end and day >= end))


def window_opens(view: View, start: Start | None, day: date) -> date:
    """The first day on which places are offered where an employer has signed: so long before a start, or when the period begins.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        start: A start of the version in force; None for a rolling intake.
        day: The day that is decided.

    """
    if start is None:
        return view.shared.track.period.first or date.min
    return back(view.start_day(start.date.isoformat(), day), view.shared.track.intake.offer_before_start)


def offers_begin(view: View, start: Start | None, day: date) -> date | None:
    """The first day on which places are offered: so long before a start, and never before one of its employers has signed (rule R35).

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        start: A start of the version in force; None for a rolling intake, which has the period and the employers of the track.
        day: The day that is decided.

    Returns:
        The day; None while no employer has signed its agreement.

    """
    track, first = view.shared.track, window_opens(view, start, day)
    employers = [e for e in track.employers if not start or not start.employers or e.id in start.employers]
    signed = [e.agreement.signed for e in employers if e.agreement and e.agreement.signed and not view.withdrew(e.id, day)]
    return max(first, min(signed)) if signed else None if employers else first


def open_queues(
    view: View, rows: Sequence[Row], day: date, later: list[date] | None = None, *, full: bool = False
) -> Iterator[tuple[OpenStart, list[Queued]]]:
    """The open starts in turn, each with those who wait for it, best first; with `full` also those that have no room.

    Whom an earlier start has room for stands in no later line: nobody is proposed for two.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        day: The day that is decided.
        later: Gathers the later days on which the answer may differ.
        full: Whether starts without a free place are listed too.

    Returns:
        Each open start with its queue.

    """
    # Nobody is proposed for two starts; the earliest with room comes first.
    taken: set[str] = set()
    for window in open_starts(view, rows, day, later):
        if not full and window.room == 0:
            continue
        line = [row for row in intake_queue(view, rows, window.name) if row[1] not in taken]
        taken.update(stream for _, stream, _ in line[: window.room])
        yield window, line


def _proposals(view: View, rows: Sequence[Row], day: date, later: list[date]) -> Iterator[tuple[str, Draft]]:
    proposed = ((stream, parse(claim.resource)) for stream, claim in rows if claim.state == "proposed")
    standing = {stream: place for stream, place in proposed if isinstance(place, IntakePlace)}
    wanted: dict[str, tuple[str, int]] = {}
    for window, line in open_queues(view, rows, day, later):
        for number, (_, stream, _) in enumerate(line[: window.room], start=1):
            wanted[stream] = (window.name, number)
    # Memoryless: what should be proposed is worked out from the claims alone and compared with what is.
    for stream in sorted(standing.keys() | wanted.keys()):
        before = standing.get(stream)
        name, number = wanted.get(stream, (None, 0))
        after = None if name is None else IntakePlace(name)
        if before == after:
            continue
        if before is not None:
            yield stream, Draft("unproposed", day, "", 0, {"start": before.start})
        if name is not None:
            yield stream, Draft("proposed", day, "", 0, {"start": name, "rank": number})


def _step_places(view: View, rows: Sequence[Row], day: date) -> Iterator[tuple[str, Draft]]:
    for place in waited_steps(rows):
        free = capacity(view, place) - count_held(rows, place)
        for _, stream, claim in step_queue(view, rows, place)[:free] if free > 0 else ():
            yield stream, Draft("place_given", day, place.step, claim.attempt, {})


def waited_steps(rows: Iterable[Row]) -> list[StepPlace]:
    """The places in steps that somebody waits for, in order of their text."""
    waited = {claim.resource: parse(claim.resource) for _, claim in rows if claim.state == "waiting"}
    return [place for _, place in sorted(waited.items()) if isinstance(place, StepPlace)]


def capacity(view: View, place: StepPlace) -> int:
    """The number of places of a step, or of a step at an employer; those of the last version that had it."""
    step: Step = view.shared_step(place.step) or view.own.steps[place.step]
    return step.employer_places.get(place.employer, 0) if place.employer else step.places or 0


def with_room(view: View, rows: Sequence[Row], place: StepPlace, day: date) -> list[str]:
    """The other employers of a step that have a free place.

    Args:
        view: The versions and the fold of the track that decisions are taken with.
        rows: The claims of the track, each with its stream.
        place: The place that is waited for, in a step at one employer.
        day: The day that is decided.

    Returns:
        Their ids, as the step lists them; none where the step has no places at single employers.

    """
    step: Step = view.shared_step(place.step) or view.own.steps[place.step]
    others = (StepPlace(step.id, one) for one in step.employer_places if one != place.employer and not view.withdrew(one, day))
    return [one.employer for one in others if capacity(view, one) > count_held(rows, one)]
