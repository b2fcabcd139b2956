"""The parts of a picture, with their places: whole numbers in a picture of a fixed width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from tracks.reports.diagram.cards import Card

PADDING: Final = 10
HEAD: Final = 9  # from the top of the first line to its middle

Style = Literal["name", "heading", "title", "line", "now", "branch"]
Way = Literal["chain", "tie", "branch", "proposal"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text: where it begins, and on which line it stands."""

    x: int
    y: int
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Icon:
    """A sign before a branch: what kind of thing follows."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A card with its place and its texts; `rule` is the height of the line over its branches, 0 where it has none."""

    card: Card
    x: int
    y: int
    width: int
    height: int
    texts: tuple[TextLine, ...]
    icons: tuple[Icon, ...] = ()
    rule: int = 0

    @property
    def right(self) -> int:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.y + self.height

    @property
    def head(self) -> int:
        """The height at which lines meet the card: the middle of its first line."""
        return self.y + PADDING + HEAD


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line; `first` and `last` are the heights between which it runs, and `tip` is set where it comes to a card."""

    path: str
    way: Way
    first: int
    last: int
    tip: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A stop of the chain: numbered, or 0 for its ends."""

    x: int
    y: int
    number: int


@dataclass(frozen=True, slots=True)
class Band:
    """How long something lasts beside the chain."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LegendSample:
    """A row of the key: something that is used in the picture; `y` is its middle."""

    kind: str
    y: int


@dataclass(frozen=True, slots=True)
class PageColumn:
    """A part of a picture that stands beside others on paper and in a wide window."""

    top: int
    bottom: int

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture; `texts` stand under the cards, and `columns` are what it is divided into where there is more room."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    bands: tuple[Band, ...]
    samples: tuple[LegendSample, ...]
    texts: tuple[TextLine, ...]
    columns: tuple[PageColumn, ...]
