"""Who answers for a track or a programme, who works in it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang


def about_tracks(tracks: Sequence[Track], lang: Lang) -> Iterator[tuple[str, str]]:
    """List labels and values; what no track says is left out.

    Args:
        tracks: The track, or the tracks of the programme.
        lang: The language of the labels.

    """
    owners = dict.fromkeys(one.owner for one in tracks if one.owner)
    partners = dict.fromkeys(phrasing.plain(partner) for one in tracks for partner in one.partners)
    if len(tracks) > 1:
        yield message("h.tracks", lang), listed((one.name for one in tracks), lang)
    if owners:
        yield message("h.owner", lang), listed(owners, lang)
    if partners:
        yield message("h.partners", lang), sentence(listed(partners, lang))
    if period := _period(tracks, lang):
        yield message("h.period", lang), period


def _period(tracks: Sequence[Track], lang: Lang) -> str:
    firsts, untils = ([one.period.first for one in tracks], [one.period.until for one in tracks])
    # A programme goes on as long as one of its tracks does, and where one has no end, neither has the programme.
    first = phrasing.day(min(day for day in firsts if day), lang) if all(firsts) else ""
    until = phrasing.day(max(day for day in untils if day), lang) if all(untils) else ""
    if not first and not until:
        return ""
    key = "both" if first and until else "from" if first else "until"
    return message(f"h.period.{key}", lang, first=first, until=until)
