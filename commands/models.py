"""Tracks as the database has them in force, or as a file says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import errors
from tracks.refusals import UnknownTrack

if TYPE_CHECKING:
    from commands.context import Here
    from definitions.model import Track


def tracks_in_force(work: Here) -> list[Track]:
    """The models of all tracks in force."""
    from commands.writing import ledger_of

    with ledger_of(work, readonly=True) as ledger:
        return [ledger.plan(row.id, row.version).track for name in ledger.tracks() if (row := ledger.track(name))]


def track_of(work: Here, what: str) -> Track:
    """The track in force of this id, or that of a file. Raises UnknownTrack or FileHasErrors."""
    from pathlib import Path

    if what.endswith((".yaml", ".yml")) and Path(what).is_file():
        return _from_file(what)
    found = next((track for track in tracks_in_force(work) if track.track == what), None)
    if found is None:
        raise UnknownTrack(track=what[:64])
    return found


def _from_file(path: str) -> Track:
    from definitions.loading import load_paths

    track = next((one.track for one in load_paths([path]) if one.track), None)
    if track is None:
        raise errors.FileHasErrors(path=path)
    return track
