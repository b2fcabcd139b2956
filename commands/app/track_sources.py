"""Tracks as the database has them in force, or as a file says them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from commands.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commands.runtime.context import CommandContext
    from definitions.loading.loader import Loaded
    from definitions.model.track import Track


def tracks_in_force(work: CommandContext) -> list[Track]:
    """The models of all tracks in force."""
    from tracks.access.ledgers import open_ledger

    with open_ledger(work.path, readonly=True) as ledger:
        return [ledger.plan(row.id, row.version).track for name in ledger.tracks() if (row := ledger.track(name))]


class InForce(Mapping[str, "Track"]):
    """The tracks in force by id; the database is opened when somebody asks, because most files name no other track."""

    def __init__(self, work: CommandContext) -> None:
        self._work = work

    @cached_property
    def _tracks(self) -> dict[str, Track]:
        # A folder of tracks can be checked where there is no database yet.
        return {track.track: track for track in tracks_in_force(self._work)} if self._work.path.exists() else {}

    def __getitem__(self, track: str) -> Track:
        return self._tracks[track]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tracks)

    def __len__(self) -> int:
        return len(self._tracks)


def is_file(what: str) -> bool:
    """Whether a track is named by its file; no id of a track ends as a file of YAML does.

    Raises:
        Refusal: FILE_MISSING where it is named so and there is no such file.

    """
    if not what.endswith((".yaml", ".yml")):
        return False
    if not Path(what).is_file():
        raise errors.FILE_MISSING(path=what)
    return True


def track_of(work: CommandContext, what: str) -> Track:
    """Find the track in force of this id, or that of a file.

    Raises:
        Refusal: UNKNOWN_TRACK, FILE_MISSING or FILE_HAS_ERRORS.

    """
    if is_file(what):
        return _from_file(work, what)
    found = next((track for track in tracks_in_force(work) if track.track == what), None)
    if found is None:
        from tracks.recording.refusals import unknown_track

        raise unknown_track(what)
    return found


def track_shown(work: CommandContext, track: Track) -> Track:
    """A track as people are shown it: the tracks that it transfers to by the names that they have in force."""
    from tracks.reports.text.phrasing import with_receivers

    if not any(way.local for way in track.transfers.values()):
        return track
    return with_receivers(track, {one.track: one.name for one in InForce(work).values()})


def _from_file(work: CommandContext, path: str) -> Track:
    """The track of a file, which may build on those beside it or, where there is a database, on those in force."""
    from definitions.loading.loader import load_paths

    loaded = load_paths([path], InForce(work))
    no_tests(loaded)
    track = next((one.track for one in loaded if one.track), None)
    if track is None:
        raise errors.FILE_HAS_ERRORS(path=path)
    return track


def no_tests(loaded: Iterable[Loaded]) -> None:
    """Check that the files hold tracks.

    Raises:
        Refusal: FILE_IS_TESTS for a file that holds tests where tracks were to be.

    """
    for one in loaded:
        if one.suite:
            raise errors.FILE_IS_TESTS(path=one.path)
