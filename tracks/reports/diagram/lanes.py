"""How the width of a picture is shared: lanes for the chain to the left, cards, lanes for results and bands to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracks.reports.diagram.card_text import EXIT
from tracks.reports.diagram.cards import ADMISSION
from tracks.reports.diagram.routing import assign_lanes, route_chain
from tracks.reports.diagram.shapes import Band

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracks.reports.diagram.cards import Card
    from tracks.reports.diagram.routing import Rails

WIDTH: Final = 340  # a telephone's 360 less the margins of a page
MARGIN: Final = 4
DOT: Final = 11
_INDENT: Final = 18
_DEEPEST: Final = 3
# Lanes lie closer where they are many, so that the cards keep most of the width.
_CHAIN: Final = (16, 80)
_RESULTS: Final = (10, 50)
_BANDS: Final = (16, 48)
_LEAST_BAND: Final = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Where everything stands from the left; cards are known by their place in the order read."""

    rails: Rails
    rows: tuple[int, ...]  # the row of the chain that each card stands in or after
    results: Mapping[str, int]  # by the card led to
    bands: Mapping[str, int]  # by the card that lasts
    levels: tuple[int, ...]

    def dot(self, lane: int) -> int:
        """The middle of a lane of the chain."""
        return MARGIN + DOT + lane * _pitch(_CHAIN, max(self.rails.clear, default=1))

    def left(self, card: int) -> int:
        """The left edge of a card, clear of the lines that pass it."""
        clear = self.rails.clear[self.rows[card]] if self.rows[card] >= 0 else 1
        return self.dot(clear - 1) + DOT + 6 + min(self.levels[card], _DEEPEST) * _INDENT

    def right(self) -> int:
        """The right edge of the cards."""
        count = _lanes(self.results)
        return self._outer() - (count * _pitch(_RESULTS, count) + 6 if count else 0)

    def result(self, key: str) -> int:
        """The middle of the lane that leads to a card."""
        return self.right() + 6 + self.results[key] * _pitch(_RESULTS, _lanes(self.results)) + 2

    def band(self, key: str, first: int, last: int) -> Band:
        """Place the band of a card.

        Args:
            key: The key of the card.
            first: The height at which the band begins.
            last: The height at which it ends.

        """
        pitch = _pitch(_BANDS, _lanes(self.bands))
        return Band(self._outer() + self.bands[key] * pitch + 4, first, max(_LEAST_BAND, pitch - 4), last - first)

    def _outer(self) -> int:
        count = _lanes(self.bands)
        return WIDTH - MARGIN - count * _pitch(_BANDS, count)


def _lanes(of: Mapping[str, int]) -> int:
    return 1 + max(of.values(), default=-1)


def _pitch(wanted: tuple[int, int], count: int) -> int:
    best, room = wanted
    return best if count * best <= room else max(1, room // count)


def build_frame(cards: Sequence[Card], before: Mapping[str, tuple[str, ...]]) -> Frame:
    """Share the width among the cards; `before` says which chain steps each comes after."""
    place = {card.key: n for n, card in enumerate(cards)}
    chain = [card.key for card in cards if card.kind in ("end", "chain")]
    return Frame(
        route_chain(successors(chain, before)),
        tuple(_rows(cards)),
        _results(cards, place),
        _bands(cards, place),
        tuple(card.level for card in cards),
    )


def successors(chain: Sequence[str], before: Mapping[str, tuple[str, ...]]) -> list[list[int]]:
    """List which rows of the chain each row leads on to, admission first and exit last."""
    row = {key: n for n, key in enumerate(chain)}
    found: list[list[int]] = [[] for _ in chain]
    for step, names in before.items():
        for name in names or (ADMISSION,):
            found[row[name]].append(row[step])
    for key in chain:
        if not found[row[key]] and key != EXIT:
            found[row[key]].append(row[EXIT])
    return found


def _rows(cards: Sequence[Card]) -> list[int]:
    rows, row = [], -1
    for card in cards:
        row += card.kind in ("end", "chain")
        rows.append(row)
    return rows


def _results(cards: Sequence[Card], place: Mapping[str, int]) -> dict[str, int]:
    """One lane for each card that results lead to, shared by all that lead there."""
    spans: dict[str, list[int]] = {}
    for n, card in enumerate(cards):
        for branch in card.branches:
            if branch.to in place:
                spans.setdefault(branch.to, [place[branch.to]]).append(n)
    # Short lines innermost: a long one goes round them and crosses none.
    shortest = sorted(spans, key=lambda key: (max(spans[key]) - min(spans[key]), place[key]))
    return dict(zip(shortest, assign_lanes([(min(spans[key]), max(spans[key])) for key in shortest]), strict=True))


def _bands(cards: Sequence[Card], place: Mapping[str, int]) -> dict[str, int]:
    spans = {card.key: (n, place[card.until[0]]) for n, card in enumerate(cards) if card.until and place.get(card.until[0], -1) > n}
    return dict(zip(spans, assign_lanes(list(spans.values())), strict=True))
