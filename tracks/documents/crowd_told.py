"""How many stand where, as the cards of a picture say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.documents import words
from tracks.documents.cards_told import EXIT
from tracks.documents.grids import number
from tracks.documents.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model import Step
    from definitions.vocabulary import Lang
    from tracks.crowd import Shown

ADMISSION = ":admission"


class CrowdTeller:
    """Tells the counts of a track; one that is hidden is a dash."""

    def __init__(self, shown: Shown, lang: Lang) -> None:
        self.shown, self.lang = shown, lang

    def ends(self, key: str) -> str:
        """How many have yet to begin, or have left."""
        if key == ADMISSION:
            return say("g.now.admission", self.lang, count=number(self.shown.coming, self.lang))
        return say("g.now.exit", self.lang, count=number(self.shown.gone, self.lang)) if key == EXIT else ""

    def step(self, step: Step) -> str:
        """How many go on with a step and wait for it; of an employer's or a start's own, with how many it goes on."""
        if step.subject != "participant":
            return say(f"g.now.{step.subject}", self.lang, count=self.shown.shared.get(step.id, 0))
        now, waiting = (number(counts.get(step.id, 0), self.lang) for counts in (self.shown.now, self.shown.waiting))
        return say("g.now.beside" if step.beside else "g.now", self.lang, now=now, waiting=waiting)

    def foot(self) -> Iterator[str]:
        """Of which day the counts are, and what a dash means."""
        yield say("g.as_of", self.lang, day=words.day(self.shown.day, self.lang))
        counts = (*self.shown.now.values(), *self.shown.waiting.values(), self.shown.coming, self.shown.gone)
        if None in counts:
            yield say("g.hidden", self.lang, limit=self.shown.limit)
