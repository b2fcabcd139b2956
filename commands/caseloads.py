"""A caseworker who has more participants than a track says she should is told so; nothing is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.texts import tell
from tracks.reading_assigned import caseloads

if TYPE_CHECKING:
    from commands.context import Here
    from tracks.reading import Reader


def tell_caseloads(work: Here, reader: Reader, person: str, ref: str | None = None) -> None:
    """Warn where a person has more than a track's limit."""
    for one in caseloads(reader, person, ref):
        if one.has > one.most:
            work.warnings.append(tell("caseload.over", work.lang, person=person, count=one.has, track=one.track, most=one.most))
