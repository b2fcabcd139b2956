"""Who at work is responsible for whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracks.progress import decode

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracks.reading import Reader, Task


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
