"""Tracks as the database has them in force, or as a file says them."""

from __future__ import annotations

from pathlib import Path
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


def is_file(what: str) -> bool:
    """Whether a track is named by its file."""
    return what.endswith((".yaml", ".yml")) and Path(what).is_file()


def track_of(work: Here, what: str) -> Track:
    """The track in force of this id, or that of a file. Raises UnknownTrack or FileHasErrors."""
    if is_file(what):
        return _from_file(work, what)
    found = next((track for track in tracks_in_force(work) if track.track == what), None)
    if found is None:
        raise UnknownTrack(track=what[:64])
    return found


def _from_file(work: Here, path: str) -> Track:
    """The track of a file, which may build on those beside it or, where there is a database, on those in force."""
    from definitions.loading import load_paths

    found = load_paths([path])
    if work.path.exists() and not any(one.track for one in found):
        found = load_paths([path], {track.track: track for track in tracks_in_force(work)})
    track = next((one.track for one in found if one.track), None)
    if track is None:
        raise errors.FileHasErrors(path=path)
    return track
