"""Roles at work, and who has one for an enrolment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Step, Track
    from tracks.events.fold import Progress

CASEWORKER: Final = "caseworker"
EMPLOYER: Final = "employer"
# Each way to type a role that goes by one name.
_TYPED: Final = {
    **dict.fromkeys(("caseworker", "handläggare", "handläggaren"), CASEWORKER),
    **dict.fromkeys(("employer", "the employer", "arbetsgivare", "arbetsgivaren"), EMPLOYER),
}


def role_of(typed: str) -> str:
    """A role as it is kept: the caseworker and the employer by one name in both languages, a partner as it was typed."""
    plain = " ".join(typed.split())
    return _TYPED.get(plain.casefold(), plain)


def assigned(progress: Progress) -> Iterator[tuple[str, str]]:
    """Each role that somebody has for an enrolment, and who."""
    return ((role, str(said.value["person"])) for role, said in progress.named("role"))


def known_as(person: str) -> str:
    """A name as it is looked for, however it was typed."""
    return " ".join(person.split()).casefold()


def hers(roles: dict[str, str], role: str, person: str) -> bool:
    """Whether a task is one person's: of a role that she has, or of one that nobody has where she has another.

    Args:
        roles: who has each role of the enrolment, by role.
        role: the role of the task.
        person: the name as typed.

    """
    wanted = known_as(person)
    return any(known_as(name) == wanted for named, name in roles.items() if role not in roles or named == role)


def owner_role(track: Track) -> str:
    """Whose worklist has what concerns no step: who runs the track, else its first partner; nothing is left to nobody."""
    return track.owner or next(iter(track.partners), CASEWORKER)


def step_role(track: Track, step: Step) -> str:
    """Whose worklist a step is on: its responsible, else the first partner, else the owner.

    Args:
        track: the track that the step is of.
        step: the step.

    """
    return step.responsible or next(iter(track.partners), owner_role(track))
