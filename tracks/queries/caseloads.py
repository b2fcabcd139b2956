"""Who at work is responsible for whom: how many each caseworker has on each track, beside what the track says at most."""
# ruff: noqa: S608 - what is put together into a statement are constants of these modules, never a value

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tracks.events.roles import CASEWORKER, assigned, known_as
from tracks.events.status import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.snapshots import Enrolment, TrackRow
    from tracks.queries.reader import DatabaseReader

_HELD: Final = "FROM assigned a JOIN enrolment e ON e.stream = a.stream WHERE e.track = ?"


class PastEnrolments(Protocol):
    """What caseloads ask of a past day; `tracks.queries.explain.as_of_ledger` answers it, at the cost of the engine."""

    @property
    def reader(self) -> DatabaseReader:
        """The database that the past is read from."""

    def track(self, track: str) -> TrackRow | None:
        """A track as it stood; None where it was not in force."""

    def everybody(self, track: str) -> list[Enrolment]:
        """All enrolments of a track as they stood."""


class Caseload(NamedTuple):
    """How many open enrolments one caseworker has on a track (None: nobody has them), and how many the track says at most."""

    track: str
    person: str | None
    has: int
    most: int | None

    @property
    def over(self) -> bool:
        """Whether it is more than the track says."""
        return self.person is not None and self.most is not None and self.has > self.most


def caseloads(reader: DatabaseReader, tracks: Sequence[str], person: str | None = None) -> list[Caseload]:
    """Count what each caseworker has on some tracks, and what nobody has; or only what one of them has.

    Args:
        reader: The database, opened for reading.
        tracks: The ids of the tracks.
        person: The name of the one, however it is typed; None means everybody.

    Returns:
        By track; those who have most first, and what nobody has last.

    """
    # People type names with other spaces and capitals than the log has; what is searched for is the form without them.
    hers, name = ("AND a.known_as = ?", [known_as(person)]) if person else ("", [])
    words = reader.words
    is_open = words.array(sorted(OPEN))
    held: list[tuple[str, str | None, int]] = []
    for track in tracks:
        whose = f"{_HELD} AND {words.among('a.role')} AND {words.among('e.status')} {hers}"
        asked = [track, words.array(counted_roles(reader, track)), is_open, *name]
        # Who has two of the roles for somebody has one participant all the same.
        counts = f"SELECT min(a.person), count(DISTINCT a.stream) {whose}"
        held += [(track, one, has) for one, has in reader.rows(f"{counts} GROUP BY a.known_as", asked)]
        if person is None:
            # What nobody has is the rest of the track: an outer join would read every enrolment, and the index answers the count.
            ((_, theirs),) = reader.rows(counts, asked)
            ((whole,),) = reader.rows(f"SELECT count(*) FROM enrolment WHERE track = ? AND {words.among('status')}", [track, is_open])
            held.append((track, None, whole - theirs))
    return _told(reader, tracks, held)


def counted_roles(reader: DatabaseReader, track: str) -> list[str]:
    """The roles whose holders the limit of a track is about: the one it names (rule R58), else the caseworker and the first partner."""
    labels = reader.labels(track, None)
    named = labels.get("caseload_role")
    return [named] if named else sorted({CASEWORKER, labels.get("first") or CASEWORKER})


def caseloads_then(past: PastEnrolments, tracks: Sequence[str], person: str | None = None) -> list[Caseload]:
    """Count the same as it was on a past day.

    Args:
        past: The ledger of the past day.
        tracks: The ids of the tracks.
        person: The name of the one, however it is typed; None means everybody.

    Returns:
        As `caseloads`.

    """
    held: Counter[tuple[str, str | None]] = Counter()
    names: dict[str, str] = {}
    for track in tracks:
        roles = counted_roles(past.reader, track)
        for one in past.everybody(track) if past.track(track) else ():
            if one.status not in OPEN:
                continue
            mine = {known_as(name): name for role, name in assigned(one.progress) if role in roles}
            # One person may have been written in two ways; the first by alphabet is shown, as min() in the query above.
            names |= {known: min(name, names.get(known, name)) for known, name in mine.items()}
            held.update((track, known) for known in mine or [None])
    rows = [(track, names.get(known or ""), has) for (track, known), has in held.items()]
    return _told(past.reader, tracks, [row for row in rows if person is None or (row[1] and known_as(row[1]) == known_as(person))])


def _told(reader: DatabaseReader, tracks: Sequence[str], held: Iterable[tuple[str, str | None, int]]) -> list[Caseload]:
    """By track; those who have most first, and what nobody has last."""
    found = [
        Caseload(track, person, has, reader.labels(track, None).get("caseload")) for track, person, has in held if track in tracks and has
    ]
    return sorted(found, key=lambda one: (one.track, one.person is None, -one.has, one.person or ""))


def roles_of(reader: DatabaseReader, stream: str) -> dict[str, str]:
    """Who is responsible for an enrolment, by role."""
    return dict(reader.rows("SELECT role, person FROM assigned WHERE stream = ?", (stream,)))
