"""Whole tracks as they come back from a store: text from outside the process, which pydantic parses and checks in one pass.

Imported where a store is read, never to read a file of YAML nor to decide; see the package for why.
"""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from definitions.model.track import Track


@cache
def _adapter() -> TypeAdapter[Track]:
    # Building it costs more than reading a track, so it waits until one is read.
    return TypeAdapter(Track)


def parse_stored_track(text: str) -> Track:
    """Parse the JSON that a version of a track is stored as.

    Raises:
        pydantic.ValidationError: The text is not the JSON of a track.

    """
    return _adapter().validate_json(text)
