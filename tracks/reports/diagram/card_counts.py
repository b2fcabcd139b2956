"""How many stand where, as text on the cards of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.reports.diagram.card_text import EXIT
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.count_tables import count_or_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Step
    from definitions.model.vocabulary import Lang
    from tracks.reports.measures.shown_counts import ShownCounts

ADMISSION = ":admission"


class CountFormatter:
    """Formats the counts of a track; a hidden one is a dash."""

    def __init__(self, shown: ShownCounts, lang: Lang) -> None:
        self.shown, self.lang = shown, lang

    def ends(self, key: str) -> str:
        """Format how many have yet to begin, or have left."""
        if key == ADMISSION:
            return message("g.now.admission", self.lang, count=count_or_mark(self.shown.coming, self.lang))
        return message("g.now.exit", self.lang, count=count_or_mark(self.shown.gone, self.lang)) if key == EXIT else ""

    def step(self, step: Step) -> str:
        """Format how many are at a step and wait for it; of a step about an employer or a start, for how many of those it is under way."""
        if step.subject != "participant":
            return message(f"g.now.{step.subject}", self.lang, count=self.shown.shared.get(step.id, 0))
        now, waiting = (count_or_mark(counts[step.id], self.lang) for counts in (self.shown.now, self.shown.waiting))
        return message("g.now.beside" if step.beside else "g.now", self.lang, now=now, waiting=waiting)

    def foot(self) -> Iterator[str]:
        """Of which day the counts are, and what a dash means."""
        yield message("g.as_of", self.lang, day=phrasing.day(self.shown.day, self.lang))
        counts = (*self.shown.now.values(), *self.shown.waiting.values(), self.shown.coming, self.shown.gone)
        if None in counts:
            yield message("g.hidden", self.lang, limit=self.shown.limit)
