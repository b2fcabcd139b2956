"""How the starts of a track stand: their days, whether they are open, and how many have got how far. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracks.engine.rules.allocation import intake_places, joined, offers_begin, open_starts
from tracks.events.resources import IntakePlace
from tracks.events.status import EXITED, UNDER_WAY, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Start
    from tracks.engine.context.inputs import View
    from tracks.engine.rules.allocation import Row
    from tracks.events.snapshots import Claim, Enrolment

    State = tuple[date | None, str, date | None]


class StartStand(NamedTuple):
    """One start (`name` is empty for a rolling intake).

    `state` is later (offers begin on `opens`), unsigned (no agreement yet), open, held (below its minimum), empty (it is
    to begin and nobody has accepted), begun, or cancelled. `places`, and `free` (those that somebody can still be given),
    are None where there is no limit. `ended` are those who were admitted and have left.
    """

    name: str
    day: date | None
    state: str
    opens: date | None
    places: int | None
    free: int | None
    minimum: int
    proposed: int
    offered: int
    accepted: int
    active: int
    ended: int
    employers: tuple[str, ...]


class Member(NamedTuple):
    """Somebody who is proposed for a start, offered it, has accepted it, or was admitted to it, and since when.

    `state` of who was admitted is the status of the enrolment.
    """

    stream: str
    state: str
    since: date


_FURTHEST_FIRST = ("active", "accepted", "offered", "proposed")
# With how those stand who were admitted, which a claim does not tell.
_STANDING = ("active", "paused", *_FURTHEST_FIRST[1:], *(str(one) for one in (Status.COMPLETED, Status.TRANSFERRED, Status.INTERRUPTED)))


def admitted_by_start(everybody: Iterable[Enrolment]) -> Mapping[str, Counter[str]]:
    """How many were admitted to each start (an empty name in a rolling track), `active` or `ended`; misregistered ones never were.

    A place says nothing of it: where places have no limit nobody holds one, and yet people are on the track.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one, name in _admitted(everybody):
        found[name]["active" if one.status in UNDER_WAY else "ended"] += 1
    return found


def _admitted(everybody: Iterable[Enrolment]) -> Iterator[tuple[Enrolment, str]]:
    """Those who were admitted, each with the name of her start."""
    for one in everybody:
        if one.start and one.status in UNDER_WAY | EXITED:
            yield one, str((one.progress.value("admitted") or {}).get("start", ""))


def starts_of(view: View, rows: Sequence[Row], day: date, admitted: Mapping[str, Counter[str]]) -> Iterator[StartStand]:
    """List the starts in order of their days, or the one rolling intake.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        rows: The claims on what the track shares, each with its stream.
        day: The day that is asked about.
        admitted: How many of each start are under way and have ended, by its name.

    Returns:
        One for each.

    """
    open_now = {window.name for window in open_starts(view, rows, day)}
    intake = view.shared.track.intake
    if intake.rolling:
        # A track without a queue offers nothing, so its one intake is open all the while.
        state = (None, "open", None) if "" in open_now or not view.shared.queues else (None, *_opening(view, None, day))
        yield _stand(view, rows, "", state, admitted.get("", Counter()))
        return
    # A start that was postponed stands where it will be; its name stays the day in the file.
    for start in sorted(intake.starts, key=lambda one: (view.start_day(one.date.isoformat(), day), one.date)):
        name = start.date.isoformat()
        stands = _state(view, rows, start, day, open_now)
        stand = _stand(view, rows, name, stands, admitted.get(name, Counter()))._replace(employers=start.employers)
        # Nobody comes in any more on a start that is over, whatever stands empty.
        over = stand.state == "cancelled" or (stand.state in ("begun", "empty") and name not in open_now)
        yield stand._replace(free=0) if over else stand


def members(rows: Sequence[Row], name: str) -> list[Member]:
    """Those of a start, by how far they have got."""
    found = [(_so_far(claim), stream, claim.since) for stream, claim in rows if claim.resource == str(IntakePlace(name))]
    # One who waits for a start has no place in it, and is told of by the queue.
    known = [row for row in found if row[0] in _FURTHEST_FIRST]
    return [Member(stream, state, since) for state, stream, since in sorted(known, key=lambda row: (_FURTHEST_FIRST.index(row[0]), row[1]))]


def came_in(rows: Sequence[Row], everybody: Iterable[Enrolment], name: str) -> list[Member]:
    """Those of a start, with whoever was admitted to it and has left; misregistered ones never were.

    Args:
        rows: The claims on what the track shares, each with its stream.
        everybody: The enrolments of the track.
        name: The name of the start.

    Returns:
        By how far they have got; those who have left last.

    """
    found = {one.stream: one for one in members(rows, name)}
    for one, start in _admitted(everybody):
        since = one.progress.exited or one.progress.on("admitted") if one.status in EXITED else one.progress.on("admitted")
        if start == name and since:
            found[one.stream] = Member(one.stream, str(one.status), since)
    return sorted(found.values(), key=lambda one: (_STANDING.index(one.state), one.stream))


def _so_far(claim: Claim) -> str:
    # Who holds a place carries in the rank of the claim how far she has come, for the queue does not compare her any more.
    return str(claim.rank) if claim.state == "holding" else claim.state


def _state(view: View, rows: Sequence[Row], start: Start, day: date, open_now: set[str]) -> State:
    """The day of a start, its state, and the day on which offers begin where that has not come."""
    name = start.date.isoformat()
    begins = view.start_day(name, day)
    if view.cancelled(name, day):
        return begins, "cancelled", None
    if ((came := joined(rows, name)) == 0 and view.undecided(name, day)) or view.held(name, day):
        return begins, "held" if came else "empty", None
    if begins <= day:
        return begins, "begun", None
    if name in open_now:
        return begins, "open", None
    return begins, *_opening(view, start, day)


def _opening(view: View, start: Start | None, day: date) -> tuple[str, date | None]:
    """The state of what is not open for offers, and the day from which it is where that is to come."""
    opens = offers_begin(view, start, day)
    return "later" if opens else "unsigned", opens if opens and opens > day else None


def _stand(view: View, rows: Sequence[Row], name: str, state: State, admitted: Counter[str]) -> StartStand:
    counts = Counter(_so_far(claim) for _, claim in rows if claim.resource == str(IntakePlace(name)))
    places = intake_places(view, name)
    taken = sum(counts[standing] for standing in ("offered", "accepted", "active"))
    return StartStand(
        name, *state, places, None if places is None else max(0, places - taken), view.minimum_of(name),
        counts["proposed"], counts["offered"], counts["accepted"], admitted["active"], admitted["ended"], (),
    )  # fmt: skip
