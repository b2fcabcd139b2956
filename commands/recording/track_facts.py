"""What the commands on a track's own matters share: its choices in both languages, and recording a fact of the track itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.app.error_text import CHOICES
from commands.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from commands.recording.session import WriteSession
    from tracks.events.event import Draft
    from tracks.recording.operations import Recorded


REPORTED: Final = "employer_reported"


def parse_choice(name: str, written: str, choices: tuple[str, ...]) -> str:
    """What is done, as typed in either language. Raises BadChoice."""
    plain = written.casefold().replace(" ", "_")
    found = next((code for code in choices if plain in (code, CHOICES.get(code))), None)
    if found is None:
        raise errors.BAD_CHOICE(name=name, choices=", ".join(choices), value=written[:40])
    return found


def draft_track_fact(kind: str, day: date, said: Mapping[str, Any], step: str, result: str) -> Draft:
    """A fact of a track itself; a report on a step about an employer or a start names the step. Raises WhichStep."""
    from tracks.events.event import Draft
    from tracks.texts import code_of

    if kind != REPORTED:
        return Draft(kind, day, "", 0, said)
    if not step:
        raise errors.WHICH_STEP()
    return Draft(kind, day, step, 1, {**said, "result": code_of("result", result)})


def record_shared_fact(session: WriteSession, track: str, draft: Draft) -> Recorded:
    """One fact of a track itself."""
    from tracks.recording.track_facts import record_track_fact

    return record_track_fact(session.ledger, session.clock, session.actor, track, draft)
