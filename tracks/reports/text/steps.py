"""One step of a track in sentences: when it begins, for whom, what ends it and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from definitions.model.exit_order import cut_by_exit, outlives_exit
from definitions.model.values import Point
from tracks.engine.context.plan import predecessors
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import code, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.track import Action, Step
    from tracks.reports.text.phrasing import TrackWording


@dataclass(frozen=True, slots=True)
class HandbookEntry:
    """A label with what there is to say under it."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandbookStep:
    """A step as it stands in the handbook."""

    id: str
    name: str
    description: str | None
    entries: tuple[HandbookEntry, ...]


class StepFormatter:
    """Formats the steps of one track for the handbook."""

    def __init__(self, wording: TrackWording) -> None:
        self.wording, self.track, self.lang = wording, wording.track, wording.lang
        self._before: Mapping[str, tuple[str, ...]] = predecessors(wording.track)
        self._cut = cut_by_exit(wording.track)

    def format(self, step: Step) -> HandbookStep:
        """Say all there is to say of a step, in the order somebody doing it would ask."""
        entries = (HandbookEntry(message(f"s.{key}", self.lang), tuple(texts)) for key, texts in self._entries(step) if texts)
        return HandbookStep(step.id, step.name, step.description, tuple(entries))

    def _entries(self, step: Step) -> Iterator[tuple[str, list[str]]]:
        yield "type", [sentence(code("steptype", step.type, self.lang))]
        yield "subject", [self._text(f"s.subject.{step.subject}")] if step.subject != "participant" else []
        yield "responsible", [self._responsible(step)]
        yield "begins", list(self._begins(step))
        yield "when", [self._text("s.when.text", condition=self.wording.conditions(step.when))] if step.when else []
        yield "requires", [sentence(f"{self.wording.conditions(step.requires)}.")] if step.requires else []
        yield "employer", list(self._employer(step))
        yield "places", list(self._places(step))
        # Hours a week alone are no length.
        yield "extent" if step.hours_per_week and not step.length else "length", self._length(step)
        yield "phases", [" → ".join(phrasing.plain(phase) for phase in step.phases)] if step.phases else []
        yield (
            "contact",
            [sentence(self._text("s.contact.text", length=phrasing.length(step.contact_every, self.lang)))] if step.contact_every else [],
        )
        yield "gives", [sentence(listed((self.wording.fact(name) for name in step.gives), self.lang))] if step.gives else []
        yield "ends", list(self._ends(step))
        yield "results", [] if step.beside else list(self._results(step))
        yield "cost", [self._text("s.cost.text", money=phrasing.money(step.cost, self.lang))] if step.cost else []

    def _text(self, key: str, **values: object) -> str:
        return message(key, self.lang, **values)

    def _begins(self, step: Step) -> Iterator[str]:
        if step.alongside:
            yield self._text("s.begins.alongside", step=self.wording.step(step.alongside))
        elif step.when_needed:
            yield self._text("s.begins.needed")
        elif step.begins:
            yield self._text("s.begins.point", point=self.wording.point(step.begins))
        elif names := self._before.get(step.id, ()):
            yield self._text("s.begins.after", steps=listed((self.wording.step(name) for name in names), self.lang))
        else:
            placed = step.subject == "employer" and any(other.needs_employer for other in self.track.steps)
            yield self._text("s.begins.placement" if placed else "s.begins.admission")
        if step.start_within:
            yield self._text("s.begins.within", length=phrasing.length(step.start_within, self.lang))
        if step.starts:
            yield self._text("s.begins.dates", days=listed((phrasing.day(one, self.lang) for one in step.starts), self.lang))

    def _responsible(self, step: Step) -> str:
        who = sentence(self.wording.partner(step.responsible))
        also = listed(map(self.wording.partner, step.also_responsible), self.lang)
        return self._text("s.responsible.more", who=who, also=also) if also else who

    def _length(self, step: Step) -> list[str]:
        length = phrasing.length(step.length, self.lang) if step.length else ""
        hours = self._text("s.hours", hours=step.hours_per_week) if step.hours_per_week else ""
        parts = [", ".join(part for part in (length, hours) if part)] if length or hours else []
        return parts + ([self._text("s.pauses.count")] if step.pauses == "count" else [])

    def _ends(self, step: Step) -> Iterator[str]:
        length = phrasing.length(step.length, self.lang) if step.length else ""
        after = self.track.asked_after(step)
        asked = phrasing.length(after, self.lang) if after else ""
        until = self.wording.point(step.until or Point("exit"))
        if not step.beside:
            key = "support" if step.type == "stöd" and length else "late" if length else "asked" if asked else "report"
        elif step.subject != "participant":
            key = "shared_late" if length or asked else "shared"
        elif step.until is None and outlives_exit(step):
            key = "length"
        else:
            key = "both" if length else "asked_until" if asked else "until"
        yield self._text(f"s.ends.{key}", length=length or asked, point=until)
        if step.id in self._cut:
            yield self._text(f"s.ends.cut.{self._cut[step.id]}")
        elif step.beside and step.subject == "participant" and outlives_exit(step):
            yield self._text("s.ends.employment")
        elif step.until and step.until.after:
            yield self._text("s.ends.exit")

    def _employer(self, step: Step) -> Iterator[str]:
        """Where the step is, and who decides it; the engine does where only one is possible (rule R33)."""
        possible = self.track.employers_for(step)
        employers = listed(map(self.wording.employer, possible), self.lang, "or")
        if not step.needs_employer:
            if step.employers:
                yield self._text("s.employer.at", employers=employers)
            return
        alone = all(len(self.track.employers_for(step, start)) == 1 for start in self.track.intake.starts or (None,))
        yield self._text(f"s.employer.{'at' if alone else 'chosen' if possible else 'named'}", employers=employers)
        if any(one.requires for one in self.track.employers if one.id in possible):
            yield self._text("s.employer.own")

    def _places(self, step: Step) -> Iterator[str]:
        for name, places in step.employer_places.items():
            yield self._text("s.places.each", employer=self.wording.employer(name), places=places)
        if step.places is not None:
            yield str(step.places)
        if step.places is not None or step.employer_places:
            yield self._text("s.places.order")

    def _results(self, step: Step) -> Iterator[str]:
        """Say what follows each result; results that lead to the same stand together."""
        led: dict[str, list[str]] = {}
        for result in step.known_results:
            action = step.on_result.get(result)
            # What a track says nothing of follows rule R19.
            default = "ask" if result in ("not_passed", "not_hired", "interrupted") else "next"
            told = self.action(action) if action else self._text(f"action.{default}")
            led.setdefault(told, []).append(code("result", result, self.lang))
        for told, results in led.items():
            yield self._text("s.result", result=sentence(listed(results, self.lang, "or")), action=told)

    def action(self, action: Action | None) -> str:
        """What a result leads to."""
        if action is None:
            return self._text("action.ask")
        if action.kind in ("goto", "retry"):
            bound = phrasing.bound(action, self.action(action.then), self.lang)
            return self._text(f"action.{action.kind}", step=self.wording.step(action.target or ""), bound=bound)
        if action.kind == "transfer":
            transfer = self.track.transfers.get(action.target or "")
            return self._text("action.transfer", to=transfer.to if transfer else action.target)
        return self._text(f"action.{action.kind}")
