"""A picture with its places: cards from the top down in a column that fits a telephone, and the lines between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from definitions.model.step_order import chain_order
from tracks.reports.diagram.columns import divide_into_columns
from tracks.reports.diagram.lanes import DOT, MARGIN, WIDTH, build_frame
from tracks.reports.diagram.shapes import HEAD, PADDING, Box, Dot, Drawing, Icon, LegendSample, Stroke, TextLine
from tracks.reports.diagram.text_width import wrap
from tracks.reports.text.catalogue import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from tracks.reports.diagram.cards import Card, Kind
    from tracks.reports.diagram.lanes import Frame
    from tracks.reports.diagram.shapes import Band, Style, Way
    from tracks.reports.diagram.text_width import Face

SIZES: Final[Mapping[Style, tuple[float, Face]]] = {
    "name": (17, "bold"), "heading": (15, "bold"), "title": (14, "bold"), "line": (13, "plain"), "now": (13, "bold"),
    "branch": (13, "plain"),
}  # fmt: skip
_LINE: Final = 17
_BASE: Final = 13  # from the top of a line to where its letters stand
_ICON: Final = 17
_OVER_BRANCHES: Final = 9
_TURN: Final = 24
_CORNER: Final = 5
_GAPS: Final = {"chain": 20, "end": 20, "mark": 20, "heading": 16, "beside": 8, "away": 8}
_TITLES: Final[Mapping[Kind, Style]] = {"name": "name", "heading": "heading"}
_BARE: Final = frozenset(_TITLES)  # cards without a frame
_SAMPLE: Final = 40
_ROW: Final = 22
_SIGNS: Final = ("chain", "maybe", "tie", "band", "branch", "proposal")


def build_drawing(track: Track, cards: Sequence[Card], lang: Lang, foot: Sequence[str] = ()) -> Drawing:
    """Place the cards of a track, the lines between them, and the key that says how to read them.

    Args:
        track: The track, for the order of its steps.
        cards: The cards, from the top down.
        lang: The language of the key.
        foot: What is to be said under the cards, a line each.

    """
    shared = build_frame(cards, chain_order(track, ended=True))
    boxes = tuple(_boxes(cards, shared))
    found = {box.card.key: box for box in boxes}
    dots = tuple(_dots(boxes, shared))
    strokes = (*_chain(dots, shared), *_ties(boxes, found), *_results(boxes, found, shared))
    bands = tuple(_bands(boxes, found, shared))
    samples, texts, height = _key(boxes, [*(stroke.way for stroke in strokes), *("band" for _ in bands)], lang, foot)
    return Drawing(WIDTH, height, boxes, strokes, dots, bands, samples, texts, divide_into_columns(height, list(_cuts(boxes))))


def _cuts(boxes: Sequence[Box]) -> Iterator[int]:
    """Where a column may end: never between a card and what hangs under it, or between a heading and what it heads."""
    for above, box in pairwise(boxes):
        if box.card.level == 0 and above.card.kind not in _BARE:
            yield box.y - _GAPS[box.card.kind] // 2
    yield boxes[-1].bottom + MARGIN


def _key(
    boxes: Sequence[Box], used: Sequence[str], lang: Lang, foot: Sequence[str]
) -> tuple[tuple[LegendSample, ...], tuple[TextLine, ...], int]:
    """How the signs that are used are read, and the lines at the foot."""
    y = boxes[-1].bottom + 2 * _GAPS["heading"]
    texts = [TextLine(MARGIN, y + _BASE, message("g.legend", lang), "title")]
    y += _ROW
    samples = []
    shown = {*used, *("maybe" for box in boxes if box.card.maybe)}
    for kind in (kind for kind in _SIGNS if kind in shown):
        samples.append(LegendSample(kind, y + HEAD))
        texts.append(TextLine(MARGIN + _SAMPLE, y + _BASE, message(f"g.legend.{kind}", lang), "line"))
        y += _ROW
    for line in (line for one in foot for line in wrap(one, WIDTH - 2 * MARGIN, *SIZES["line"])):
        texts.append(TextLine(MARGIN, y + _BASE, line, "line"))
        y += _LINE
    return tuple(samples), tuple(texts), y + MARGIN


def _boxes(cards: Sequence[Card], shared: Frame) -> Iterator[Box]:
    y = MARGIN
    for n, card in enumerate(cards):
        x = MARGIN if card.kind in _BARE else shared.left(n)
        y += _GAPS[card.kind] if n else 0
        box = _box(card, x, y, shared)
        yield box
        y = box.bottom


def _box(card: Card, x: int, y: int, shared: Frame) -> Box:
    """A card at its place, as high as its texts; one with a band reaches out to it."""
    right = shared.right()
    inset = 0 if card.kind in _BARE else PADDING
    texts, below = _texts(card, x + inset, y + inset, right - x - 2 * inset)
    branches, icons, bottom = _branches(card, x + inset, below, right - x - 2 * inset)
    band = shared.band(card.key, 0, 0) if card.key in shared.bands else None
    width = (band.x + band.width if band else right) - x
    rule = below + _OVER_BRANCHES // 2 if card.branches else 0
    return Box(card, x, y, width, bottom + inset - y, (*texts, *branches), icons, rule)


def _texts(card: Card, x: int, y: int, room: int) -> tuple[list[TextLine], int]:
    told: list[tuple[str, Style]] = [(card.title, _TITLES.get(card.kind, "title"))]
    told += [(line, "line") for line in card.lines]
    told += [(card.now, "now")] if card.now else []
    found: list[TextLine] = []
    for text, style in told:
        for line in wrap(text, room, *SIZES[style]):
            found.append(TextLine(x, y + _BASE, line, style))
            y += _LINE
    return found, y


def _branches(card: Card, x: int, y: int, room: int) -> tuple[list[TextLine], tuple[Icon, ...], int]:
    texts, icons = [], []
    y += _OVER_BRANCHES if card.branches else 0
    for branch in card.branches:
        icons.append(Icon(x, y + HEAD, branch.kind))
        for line in wrap(branch.text, room - _ICON, *SIZES["branch"]):
            texts.append(TextLine(x + _ICON, y + _BASE, line, "branch"))
            y += _LINE
    return texts, tuple(icons), y


def _dots(boxes: Sequence[Box], shared: Frame) -> Iterator[Dot]:
    lanes = iter(shared.rails.lanes)
    for box in boxes:
        if box.card.kind in ("end", "chain"):
            yield Dot(shared.dot(next(lanes)), box.head, box.card.number)


def _chain(dots: Sequence[Dot], shared: Frame) -> Iterator[Stroke]:
    for edge in shared.rails.edges:
        start, end, lane = dots[edge.start], dots[edge.end], shared.dot(edge.lane)
        top, bottom = start.y + DOT, end.y - DOT
        # Where rows lie close, the two turns share the height there is.
        turn = min(_TURN, (bottom - top) // 2)
        half = turn // 2
        # The handles lie half way, so that a curve leaves and meets its lanes upright.
        out = "" if start.x == lane else f"C{start.x} {top + half} {lane} {top + half} {lane} {top + turn}"
        back = "" if end.x == lane else f"C{lane} {bottom - half} {end.x} {bottom - half} {end.x} {bottom}"
        straight = f"V{bottom - turn if back else bottom}"
        yield Stroke(f"M{start.x} {top}{out}{straight}{back}", "chain", top, bottom, tip=True)


def _ties(boxes: Sequence[Box], found: Mapping[str, Box]) -> Iterator[Stroke]:
    for box in boxes:
        if box.card.under in found:
            above = found[box.card.under]
            yield Stroke(f"M{above.x + 9} {above.bottom}V{box.head}H{box.x}", "tie", above.bottom, box.head)


def _results(boxes: Sequence[Box], found: Mapping[str, Box], shared: Frame) -> Iterator[Stroke]:
    """From the farthest above and the farthest below a line goes all the way to each card; all others join it."""
    led: dict[str, list[tuple[int, int, Way]]] = {}
    for box in boxes:
        for icon, branch in zip(box.icons, box.card.branches, strict=True):
            led.setdefault(branch.to, []).append((icon.y, box.right, "proposal" if branch.proposed else "branch"))
    for key, out in led.items():
        if key in found:
            to, lane = found[key], shared.result(key)
            # Two lines are enough to reach the card from both sides; the rest end where they meet them.
            farthest = {min(out), max(out)} if min(out)[0] < to.head < max(out)[0] else {max(out, key=lambda one: abs(one[0] - to.head))}
            for y, x, way in out:
                yield _whole(x, y, to, lane, way) if (y, x, way) in farthest else Stroke(f"M{x} {y}H{lane}", way, y, y)


def _whole(x: int, y: int, to: Box, lane: int, way: Way) -> Stroke:
    """Out of a card, along a lane, and into another, or into the same again."""
    end = to.head
    up = 1 if end > y else -1
    corner = min(_CORNER, abs(end - y) // 2)
    path = f"M{x} {y}H{lane - corner}Q{lane} {y} {lane} {y + up * corner}V{end - up * corner}Q{lane} {end} {lane - corner} {end}H{to.right}"
    return Stroke(path, way, min(y, end), max(y, end), tip=True)


def _bands(boxes: Sequence[Box], found: Mapping[str, Box], shared: Frame) -> Iterator[Band]:
    for box in boxes:
        if box.card.key in shared.bands and box.card.until:
            key, edge = box.card.until
            to = found[key]
            yield shared.band(box.card.key, box.bottom, to.y if edge == "start" else to.bottom)
