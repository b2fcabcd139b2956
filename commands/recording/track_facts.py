"""What the commands on a track's own matters share: their choices in both languages, and recording a fact of the track itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.app.error_text import CHOICES
from commands.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from commands.recording.session import WriteSession
    from tracks.events.event import Draft
    from tracks.recording.operations import Recorded

REPORTED: Final = "employer_reported"


def parse_choice(command: str, text: str, choices: Iterable[str]) -> str:
    """Parse what a command is to do, typed in either language.

    Args:
        command: the name of the command, for the refusal.
        text: the word as typed.
        choices: the codes of what the command can do.

    Returns:
        The code.

    Raises:
        Refusal: BAD_CHOICE, which lists the choices.

    """
    plain = text.casefold().replace(" ", "_")
    found = next((code for code in choices if plain in (code, CHOICES.get(code))), None)
    if found is None:
        raise errors.BAD_CHOICE(name=command, choices=", ".join(choices), value=text[:40])
    return found


def draft_track_fact(kind: str, day: date, data: Mapping[str, Any], step: str, result: str) -> Draft:
    """Draft a fact of a track itself.

    Args:
        kind: the kind of the event.
        day: the day that it is about.
        data: the data of the event.
        step: the id of the step that a report is about; other kinds are about none.
        result: the result that is reported, as typed.

    Returns:
        The draft, not yet validated.

    Raises:
        Refusal: WHICH_STEP for a report that names no step.

    """
    from tracks.events.event import Draft
    from tracks.texts import code_of

    # Only a report is about a step, and about its first run: a shared step has no other.
    if kind != REPORTED:
        return Draft(kind, day, "", 0, data)
    if not step:
        raise errors.WHICH_STEP()
    return Draft(kind, day, step, 1, {**data, "result": code_of("result", result)})


def record_shared_fact(session: WriteSession, track: str, draft: Draft) -> Recorded:
    """Record a fact of a track itself.

    Args:
        session: the session to write in.
        track: the id of the track.
        draft: the fact.

    Returns:
        What was written, or that it stood already.

    """
    from tracks.recording.track_facts import record_track_fact

    return record_track_fact(session.ledger, session.clock, session.actor, track, draft)
