"""The picture of a track as an SVG file of its own: no script, nothing fetched, said in words too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tracks.reports.diagram.card_counts import CountFormatter
from tracks.reports.diagram.cards import build_cards, with_name_card
from tracks.reports.diagram.layout import build_drawing
from tracks.reports.text.catalogue import message
from tracks.reports.text.html import render, style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from tracks.reports.diagram.cards import Card
    from tracks.reports.measures.shown_counts import ShownCounts

# A control character in a name would make the whole file unreadable.
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_svg(track: Track, lang: Lang, shown: ShownCounts | None = None) -> str:
    """Write the picture of a track as an SVG file.

    Args:
        track: The track.
        lang: The language of its texts.
        shown: How many stand where, as it may be shown, where that is wanted.

    """
    counts = CountFormatter(shown, lang) if shown else None
    found = build_cards(track, lang, counts)
    foot = tuple(counts.foot()) if counts else ()
    text = render(
        "track.svg.j2",
        lang,
        drawing=build_drawing(track, with_name_card(track, lang, found), lang, foot),
        title=message("g.title", lang, name=track.name),
        description=description(found, lang, foot),
        picture_css=style_sheet("picture.css"),
    )
    return _NOT_IN_XML.sub("\ufffd", text)


def description(cards: Sequence[Card], lang: Lang, foot: Sequence[str] = ()) -> str:
    """Describe the picture in words, in the order it is read.

    Args:
        cards: The cards, from the top down.
        lang: The language of the description.
        foot: What is said under the cards, a line each.

    """
    titles = {card.key: card.title for card in cards}
    return " ".join([*(_sentence(card, titles, lang) for card in cards), *foot])


def _sentence(card: Card, titles: dict[str, str], lang: Lang) -> str:
    title = message("g.number", lang, number=card.number, name=card.title) if card.number else card.title
    if card.under in titles:
        title = message("g.hung", lang, above=titles[card.under], name=title)
    said = "; ".join(_card_lines(card))
    return f"{title}: {said}." if said else f"{title}."


def _card_lines(card: Card) -> Iterator[str]:
    yield from card.lines
    if card.now:
        yield card.now
    yield from (branch.text for branch in card.branches)
