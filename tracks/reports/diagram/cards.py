"""What the picture of a track shows: cards in the order they are read, each with its lines and where its results lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from definitions.model.step_order import chain_order
from tracks.engine.context.plan import in_order
from tracks.reports.diagram.card_text import EXIT, CardFormatter, transfer_key
from tracks.reports.text.catalogue import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Step, Track
    from definitions.model.values import Point
    from definitions.model.vocabulary import Lang
    from tracks.reports.diagram.card_counts import CountFormatter
    from tracks.reports.diagram.card_text import CardBranch

ADMISSION: Final = ":admission"
EMPLOYMENT: Final = ":employment"
_BEFORE: Final = ":before"
_NEEDED: Final = ":needed"
_TRANSFERS: Final = ":transfers"
_TRACK: Final = ":track"
_ANCHORS: Final = {"admission": ADMISSION, "exit": EXIT, "employment": EMPLOYMENT}

Kind = Literal["name", "end", "chain", "beside", "mark", "heading", "away"]
Edge = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Card:
    """One card: what it says, which card it hangs `under`, and the card and edge `until` which it lasts.

    `number` is that of a chain step in the order written; `maybe` where not everybody comes there.
    """

    key: str
    kind: Kind
    title: str
    lines: tuple[str, ...] = ()
    number: int = 0
    level: int = 0
    under: str = ""
    until: tuple[str, Edge] | None = None
    maybe: bool = False
    now: str = ""
    branches: tuple[CardBranch, ...] = ()


def build_cards(track: Track, lang: Lang, counts: CountFormatter | None = None, *, hang: bool = True) -> tuple[Card, ...]:
    """List the cards of a track from the top down: each step once, and those beside the chain under what they begin with.

    Args:
        track: The track.
        lang: The language of the cards.
        counts: How many stand where, where that is shown.
        hang: Whether a card hangs under another; where not, it names what it begins with.

    """
    return tuple(_CardBuilder(track, CardFormatter(track, lang, hang=hang), counts).all())


def with_name_card(track: Track, lang: Lang, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Put the name of the track above its cards, for a picture that stands alone.

    Args:
        track: The track.
        lang: The language of the cards.
        cards: The cards.

    """
    kind = message(f"type.{track.type}", lang)
    return (Card(_TRACK, "name", track.name, (", ".join(part for part in (kind, track.owner) if part),)), *cards)


class _CardBuilder:
    """Builds the cards of a track; every step is shown once, even where a track could not be loaded so."""

    def __init__(self, track: Track, formatter: CardFormatter, counts: CountFormatter | None) -> None:
        self.track, self.lang, self.counts, self.formatter = track, formatter.lang, counts, formatter
        self.hung: dict[str, list[Step]] = {}
        for step in track.steps:
            if step.beside:
                self.hung.setdefault(_hangs(step), []).append(step)

    def all(self) -> Iterator[Card]:
        formatter = self.formatter
        yield from self._under(_BEFORE, 0)
        yield self._card(ADMISSION, "end", tuple(formatter.admission()))
        yield from self._under(ADMISSION, 1)
        above = ""
        # In the order that people come to the steps, which need not be the one written.
        for step in in_order(self.track, chain_order(self.track)):
            yield self._step(step, 0, above=above)
            yield from self._under(step.id, 1)
            above = step.id
        yield self._card(EXIT, "end")
        yield from self._under(EXIT, 1)
        yield from self._employment()
        yield from self._headed(_NEEDED)
        # A step that hangs under one which is not there must not vanish from the picture.
        yield from self._rest()
        yield from self._transfers()

    def _card(self, key: str, kind: Kind, lines: tuple[str, ...] = ()) -> Card:
        return Card(key, kind, message(f"g.{key[1:]}", self.lang), lines, now=self.counts.ends(key) if self.counts else "")

    def _employment(self) -> Iterator[Card]:
        points = (point for step in self.track.steps for point in (step.begins, step.until))
        if any(point and point.anchor == "employment" for point in points):
            yield self._card(EMPLOYMENT, "mark", (message("g.employment.when", self.lang),))
            yield from self._under(EMPLOYMENT, 1)

    def _headed(self, key: str) -> Iterator[Card]:
        if key in self.hung:
            yield self._card(key, "heading")
            yield from self._under(key, 0)

    def _transfers(self) -> Iterator[Card]:
        if self.track.transfers:
            yield self._card(_TRANSFERS, "heading")
        for transfer in self.track.transfers.values():
            title = message("g.transfer", self.lang, to=transfer.to)
            yield Card(transfer_key(transfer.id), "away", title, tuple(self.formatter.transfer(transfer)), maybe=True)

    def _rest(self) -> Iterator[Card]:
        """What hangs under nothing that is shown."""
        while self.hung:
            yield from self._under(next(iter(self.hung)), 0)

    def _under(self, key: str, level: int) -> Iterator[Card]:
        # The sort is stable: among the rest the order written stands.
        for step in sorted(self.hung.pop(key, ()), key=_comes_late):
            yield self._step(step, level, under=key if level else "")
            yield from self._under(step.id, level + 1)

    def _step(self, step: Step, level: int, *, above: str = "", under: str = "") -> Card:
        formatter = self.formatter
        return Card(
            step.id,
            "beside" if step.beside else "chain",
            step.name,
            tuple(formatter.step(step, above)),
            formatter.number.get(step.id, 0),
            level,
            under,
            (EXIT, "end") if step.id in formatter.cut and _lasts(step) else _lasts(step),
            bool(step.when) or step.when_needed,
            self.counts.step(step) if self.counts else "",
            tuple(formatter.branches(step)),
        )


def _hangs(step: Step) -> str:
    """What a step beside the chain begins with (rules R25-R31)."""
    point = step.begins
    if step.when_needed:
        return _NEEDED
    if step.alongside:
        return step.alongside
    if point is None:
        return ADMISSION
    return _BEFORE if point.before and point.anchor == "admission" else point.step or _ANCHORS[point.anchor]


def _comes_late(step: Step) -> bool:
    """Whether a step begins at the end of what it hangs under, and so stands below those that begin with it."""
    return step.begins is not None and step.begins.anchor == "end"


def _lasts(step: Step) -> tuple[str, Edge] | None:
    """How far down a step beside the chain lasts; None where its own length, or what it stands beside, says it."""
    if not step.beside or step.alongside or step.when_needed:
        return None
    if step.until is None:
        return None if step.length else (EXIT, "end")
    return _edge(step.until)


def _edge(point: Point) -> tuple[str, Edge]:
    key = point.step or _ANCHORS[point.anchor]
    return key, "start" if point.anchor == "start" and not point.after else "end"
