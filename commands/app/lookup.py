"""Names that stand for something here: a role, a track. One that does not is answered with those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.runtime import errors
from commands.runtime.texts import message
from definitions.model.spelling import nearest
from tracks.events.roles import CASEWORKER, EMPLOYER, known_as, role_of
from tracks.queries.moment import is_track
from tracks.queries.track_status import tracks
from tracks.texts import role_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.runtime.context import CommandContext
    from tracks.queries.reader import DatabaseReader


def check_track(work: CommandContext, reader: DatabaseReader, name: str) -> None:
    """Check that a track is in force.

    Args:
        work: the context of the command.
        reader: the open database.
        name: the id as it was typed.

    Raises:
        Refusal: NO_SUCH_TRACK, with the ids that there are and the nearest of them.

    """
    if not is_track(reader, name):
        raise errors.NO_SUCH_TRACK(name=name[:64], **_others(work, name, [one.id for one in tracks(reader)]))


def check_role(work: CommandContext, reader: DatabaseReader, typed: str) -> None:
    """Check that a role is one of a track in force: its owner, a partner, or who is responsible for a step.

    Args:
        work: the context of the command.
        reader: the open database.
        typed: the role as it was typed, in either language.

    Raises:
        Refusal: NO_SUCH_ROLE, with the roles that there are and the nearest of them.

    """
    # What is to be done names most roles, and is read without a model of a track; the rest costs the engine's imports.
    name = role_of(typed)
    found = {CASEWORKER, EMPLOYER, *(role for (role,) in reader.rows("SELECT DISTINCT role FROM todo") if role)}
    if name in found:
        return
    found |= _roles(work, [one.id for one in tracks(reader)])
    if name not in found:
        raise errors.NO_SUCH_ROLE(name=name[:64], **_others(work, name, sorted(role_word(role, work.lang) for role in found)))


def check_assigned(work: CommandContext, reader: DatabaseReader, typed: str) -> None:
    """Check that a role can be given to a person: the caseworker, the employer, or one of a track in force.

    Args:
        work: the context of the command.
        reader: the open database.
        typed: the role as it was typed, in either language.

    Raises:
        Refusal: NO_SUCH_ROLE, with the roles that there are and the nearest of them.

    """
    if role_of(typed) in (CASEWORKER, EMPLOYER):
        return
    known = _roles(work, [one.id for one in tracks(reader)])
    if role_of(typed) not in known:
        # The two roles that every track has are not declared in it, so they are added to what is listed.
        every = sorted(role_word(role, work.lang) for role in {*known, CASEWORKER, EMPLOYER})
        raise errors.NO_SUCH_ROLE(name=typed[:64], **_others(work, typed, every))


def warn_of_unknown_name(work: CommandContext, reader: DatabaseReader, name: str) -> None:
    """Warn where nobody is responsible by a name, with the name that was perhaps meant.

    Args:
        work: the context of the command, which collects the warning.
        reader: the open database.
        name: the name of somebody at work, as it was typed.

    """
    known = dict(reader.rows("SELECT known_as, min(person) FROM assigned GROUP BY known_as ORDER BY known_as"))
    if known_as(name) in known:
        return
    near = nearest(known_as(name), list(known))
    meant = message("near", work.lang, name=known[near]) if near else ""
    work.warnings.append(message("worklist.nobody", work.lang, name=name[:64], near=meant))


def _roles(work: CommandContext, names: Sequence[str]) -> set[str]:
    from tracks.access.ledgers import open_ledger

    found: set[str] = set()
    with open_ledger(work.path, readonly=True) as ledger:
        for name in names:
            if row := ledger.track(name):
                track = ledger.plan(name, row.version).track
                found |= {*track.partners, *(one for step in track.steps for one in (step.responsible, *step.also_responsible) if one)}
                found |= {track.owner} if track.owner else set()
    return found


def _others(work: CommandContext, name: str, known: Sequence[str]) -> dict[str, str]:
    from definitions.model.spelling import nearest

    near = nearest(name, known)
    return {"known": ", ".join(known) or "–", "near": message("near", work.lang, name=near) if near else ""}
