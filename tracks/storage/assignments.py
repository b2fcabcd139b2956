"""Who at work is responsible for whom, kept beside the snapshots so that it is found by the person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracks.events.roles import assigned, known_as
from tracks.storage.statements import DELETE_ASSIGNED, INSERT_ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.storage.session import Session

# What may change who is responsible.
_KINDS: Final = ("assigned", "corrected")


def keep_assigned(session: Session, enrolments: Iterable[Enrolment], events: Iterable[Event]) -> None:
    """Write anew who is responsible for those of whom that may have changed.

    Args:
        session: Where it is kept.
        enrolments: The snapshots that they lead to.
        events: What was written.

    """
    changed = {event.stream for event in events if event.kind in _KINDS}
    if not changed:
        return
    write_assigned(session, [one for one in enrolments if one.stream in changed])


def write_assigned(session: Session, enrolments: Sequence[Enrolment]) -> None:
    """Who is responsible, as the folds have it."""
    session.write(DELETE_ASSIGNED, [(one.stream,) for one in enrolments])
    rows = [(one.stream, role, person, known_as(person)) for one in enrolments for role, person in assigned(one.progress)]
    session.write(INSERT_ASSIGNED, rows)
