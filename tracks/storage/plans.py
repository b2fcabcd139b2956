"""Versions of tracks as they are kept, made ready for deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model.stored_track import parse_stored_track
from tracks.engine.context.plan import plan_of
from tracks.errors import UNKNOWN_VERSION
from tracks.storage.reads import version_text

if TYPE_CHECKING:
    from tracks.engine.context.plan import Plan
    from tracks.storage.dialects.words import Source


class Plans:
    """The plans of a database, each made once: compiling the conditions of a track costs more than most answers."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: dict[tuple[str, int], Plan] = {}

    def plan(self, track: str, version: int) -> Plan:
        """Answer a version of a track, ready for deciding. Raises UNKNOWN_VERSION."""
        key = (track, version)
        if key not in self._made:
            found = version_text(self._source, track, version)
            if found is None:
                raise UNKNOWN_VERSION(track=track, version=version)
            self._made[key] = plan_of(parse_stored_track(found[0]), version, found[1])
        return self._made[key]

    def forget(self) -> None:
        """Forget what was made: what it was made of may have been taken back."""
        self._made.clear()
