"""Who at work is responsible for whom: how many each caseworker has on each track, beside what the track says at most."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events import OPEN
from tracks.store_assigned import assigned, known_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.reading import Reader
    from tracks.reading_ledger import Past

# The role as it is kept, and as it is typed in either language.
CASEWORKER: Final = "caseworker"
CASEWORKERS: Final = ("caseworker", "handläggare")
_OPEN: Final = json.dumps(sorted(OPEN))
_ROLES: Final = json.dumps(CASEWORKERS)
_HELD: Final = (
    "SELECT e.track, a.known_as, min(a.person), count(DISTINCT a.stream) FROM assigned a JOIN enrolment e ON e.stream = a.stream "
    "WHERE a.role IN (SELECT value FROM json_each(?)) AND e.status IN (SELECT value FROM json_each(?))"
)
_WHOLE: Final = "SELECT track, count(*) FROM enrolment WHERE status IN (SELECT value FROM json_each(?)) GROUP BY track"
_THEIRS: Final = (
    "SELECT e.track, count(DISTINCT a.stream) FROM assigned a JOIN enrolment e ON e.stream = a.stream "
    "WHERE a.role IN (SELECT value FROM json_each(?)) AND e.status IN (SELECT value FROM json_each(?)) GROUP BY e.track"
)


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


def role_of(typed: str) -> str:
    """A role as it is kept: the caseworker by one name in both languages, any other as it was typed."""
    plain = " ".join(typed.split())
    return CASEWORKER if plain.casefold() in CASEWORKERS else plain


def caseloads(reader: Reader, tracks: Sequence[str], person: str | None = None) -> list[Caseload]:
    """What each caseworker has on some tracks, and what nobody has; or only what one of them has."""
    more = ("AND a.known_as = ?", [known_as(person)]) if person else ("", [])
    rows = reader.rows(f"{_HELD} {more[0]} GROUP BY e.track, a.known_as", [_ROLES, _OPEN, *more[1]])
    held = [(track, name, has) for track, _, name, has in rows]
    if person is None:
        whole, theirs = dict(reader.rows(_WHOLE, [_OPEN])), dict(reader.rows(_THEIRS, [_ROLES, _OPEN]))
        held += [(track, None, count - theirs.get(track, 0)) for track, count in whole.items()]
    return _told(reader, tracks, held)


def caseloads_then(past: Past, tracks: Sequence[str], person: str | None = None) -> list[Caseload]:
    """The same as it was on a past day."""
    held: Counter[tuple[str, str | None]] = Counter()
    names: dict[str, str] = {}
    for track in tracks:
        for one in past.everybody(track) if past.track(track) else ():
            if one.status not in OPEN:
                continue
            mine = {known_as(name): name for role, name in assigned(one.progress) if role in CASEWORKERS}
            names |= {known: min(name, names.get(known, name)) for known, name in mine.items()}
            held.update((track, known) for known in mine or [None])
    rows = [(track, names.get(known or ""), has) for (track, known), has in held.items()]
    return _told(past.reader, tracks, [row for row in rows if person is None or (row[1] and known_as(row[1]) == known_as(person))])


def _told(reader: Reader, tracks: Sequence[str], held: Iterable[tuple[str, str | None, int]]) -> list[Caseload]:
    """By track; those who have most first, and what nobody has last."""
    found = [
        Caseload(track, person, has, reader.labels(track, None).get("caseload")) for track, person, has in held if track in tracks and has
    ]
    return sorted(found, key=lambda one: (one.track, one.person is None, -one.has, one.person or ""))


def hers(roles: dict[str, str], role: str, person: str) -> bool:
    """Whether a task is one person's: of a role that she has, or of one that nobody has where she has another."""
    wanted = known_as(person)
    return any(known_as(name) == wanted for named, name in roles.items() if role not in roles or named == role)


def roles_of(reader: Reader, stream: str) -> dict[str, str]:
    """Who is responsible for an enrolment, by role."""
    return dict(reader.rows("SELECT role, person FROM assigned WHERE stream = ?", (stream,)))
