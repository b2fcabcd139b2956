"""Names that stand for something here: a role, a track. One that does not is answered with those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import errors
from commands.texts import tell
from tracks.reading_clock import is_track
from tracks.reading_lists import tracks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.context import Here
    from tracks.reading import Reader


def check_track(work: Here, reader: Reader, name: str) -> None:
    """That a track is in force. Raises NoSuchTrack."""
    if not is_track(reader, name):
        raise errors.NoSuchTrack(name=name[:64], **_others(work, name, [one.id for one in tracks(reader)]))


def check_role(work: Here, reader: Reader, name: str) -> None:
    """That a role is one of a track in force: its owner, a partner, or who is responsible for a step. Raises NoSuchRole."""
    found = {role for (role,) in reader.rows("SELECT DISTINCT role FROM todo") if role}
    if name in found:
        return
    found |= _roles(work, [one.id for one in tracks(reader)])
    if name not in found:
        raise errors.NoSuchRole(name=name[:64], **_others(work, name, sorted(found)))


def _roles(work: Here, names: Sequence[str]) -> set[str]:
    from commands.writing import ledger_of

    found: set[str] = set()
    with ledger_of(work, readonly=True) as ledger:
        for name in names:
            if row := ledger.track(name):
                track = ledger.plan(name, row.version).track
                found |= {*track.partners, *(step.responsible for step in track.steps if step.responsible)}
                found |= {track.owner} if track.owner else set()
    return found


def _others(work: Here, name: str, known: Sequence[str]) -> dict[str, str]:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return {"known": ", ".join(known) or "–", "near": tell("near", work.lang, name=near[0]) if near else ""}
