"""Who at work is responsible for whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events import OPEN
from tracks.progress import decode

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracks.reading import Reader
    from tracks.reading_tasks import Task

CASEWORKER: Final = ("handläggare", "caseworker")


class Caseload(NamedTuple):
    """How many one caseworker has on a track, and how many the track says she should have at most."""

    track: str
    has: int
    most: int


def assigned(reader: Reader, streams: Collection[str]) -> dict[str, dict[str, str]]:
    """The persons assigned to enrolments, by role."""
    sql = "SELECT stream, state FROM enrolment WHERE stream IN (SELECT value FROM json_each(?))"
    found = {}
    for stream, state in reader.each(sql, (json.dumps(sorted(streams)),)):
        if persons := {role: str(said.value.get("person", "")) for role, said in decode(json.loads(state)).named("role")}:
            found[stream] = persons
    return found


def tasks_of(reader: Reader, tasks: Collection[Task], person: str) -> list[Task]:
    """The tasks of one person: those of the roles that she has for somebody, and those of roles that nobody has."""
    persons = assigned(reader, {one.stream for one in tasks})
    wanted = person.strip().casefold()
    return [one for one in tasks if wanted in _whose(persons.get(one.stream, {}), one.role)]


def _whose(persons: dict[str, str], role: str) -> set[str]:
    return {person.casefold() for named, person in persons.items() if role not in persons or named == role}


def caseloads(reader: Reader, person: str, ref: str | None = None) -> list[Caseload]:
    """What a caseworker has on each track that declares a limit; with `ref` only on the tracks of that participant."""
    sql = "SELECT v.track, v.compiled FROM track t JOIN track_version v ON v.track = t.id AND v.version = t.version ORDER BY v.track"
    limits = [(track, (json.loads(compiled).get("intake") or {}).get("caseload")) for track, compiled in reader.rows(sql)]
    on = {row[0] for row in reader.rows("SELECT track FROM enrolment WHERE ref = ?", (ref.partition("/")[0],))} if ref else None
    wanted = [(track, most) for track, most in limits if most is not None and (on is None or track in on)]
    return [Caseload(track, _count(reader, track, person.strip().casefold()), most) for track, most in wanted]


def _count(reader: Reader, track: str, person: str) -> int:
    rows = reader.rows("SELECT stream, status FROM enrolment WHERE track = ?", (track,))
    roles = assigned(reader, [stream for stream, status in rows if status in OPEN])
    return sum(any(had.get(role, "").casefold() == person for role in CASEWORKER) for had in roles.values())
