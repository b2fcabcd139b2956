"""One step of a track told in sentences: when it begins, for whom, what ends it and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracks.engine.context.plan import predecessors
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import code, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.track import Action, Step
    from tracks.reports.text.phrasing import Speech


@dataclass(frozen=True, slots=True)
class Entry:
    """A label with what there is to say."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the handbook tells it."""

    id: str
    name: str
    description: str | None
    entries: tuple[Entry, ...]


class StepTeller:
    """Tells the steps of one track."""

    def __init__(self, speech: Speech) -> None:
        self.speech, self.track, self.lang = speech, speech.track, speech.lang
        self._before: Mapping[str, tuple[str, ...]] = predecessors(speech.track)

    def tell(self, step: Step) -> Told:
        """Everything there is to say of a step, in the order somebody doing it would ask."""
        entries = (Entry(message(f"s.{key}", self.lang), tuple(texts)) for key, texts in self._entries(step) if texts)
        return Told(step.id, step.name, step.description, tuple(entries))

    def _entries(self, step: Step) -> Iterator[tuple[str, list[str]]]:
        yield "type", [sentence(code("steptype", step.type, self.lang))]
        yield "subject", [self._say(f"s.subject.{step.subject}")] if step.subject != "participant" else []
        yield "responsible", [sentence(self.speech.partner(step.responsible))]
        yield "begins", list(self._begins(step))
        yield "when", [self._say("s.when.text", condition=self.speech.conditions(step.when))] if step.when else []
        yield "requires", [sentence(f"{self.speech.conditions(step.requires)}.")] if step.requires else []
        yield "employer", list(self._employer(step))
        yield "places", list(self._places(step))
        yield "length", self._length(step)
        yield "phases", [" → ".join(phrasing.plain(phase) for phase in step.phases)] if step.phases else []
        yield (
            "contact",
            [sentence(self._say("s.contact.text", length=phrasing.length(step.contact_every, self.lang)))] if step.contact_every else [],
        )
        yield "gives", [sentence(listed((self.speech.fact(name) for name in step.gives), self.lang))] if step.gives else []
        yield "ends", [self._ends(step)]
        yield "results", [] if step.beside else list(self._results(step))
        yield "cost", [self._say("s.cost.text", money=phrasing.money(step.cost, self.lang))] if step.cost else []

    def _say(self, key: str, **values: object) -> str:
        return message(key, self.lang, **values)

    def _begins(self, step: Step) -> Iterator[str]:
        if step.alongside:
            yield self._say("s.begins.alongside", step=self.speech.step(step.alongside))
        elif step.when_needed:
            yield self._say("s.begins.needed")
        elif step.begins:
            yield self._say("s.begins.point", point=self.speech.point(step.begins))
        elif names := self._before.get(step.id, ()):
            key = "s.begins.after_all" if len(names) > 1 else "s.begins.after"
            yield self._say(key, steps=listed((self.speech.step(name) for name in names), self.lang))
        else:
            yield self._say("s.begins.admission")
        if step.start_within:
            yield self._say("s.begins.within", length=phrasing.length(step.start_within, self.lang))
        if step.starts:
            yield self._say("s.begins.dates", days=listed((phrasing.day(one, self.lang) for one in step.starts), self.lang))

    def _length(self, step: Step) -> list[str]:
        length = phrasing.length(step.length, self.lang) if step.length else ""
        hours = self._say("s.hours", hours=step.hours_per_week) if step.hours_per_week else ""
        return [", ".join(part for part in (length, hours) if part)] if length or hours else []

    def _ends(self, step: Step) -> str:
        length = phrasing.length(step.length, self.lang) if step.length else ""
        if step.beside:
            until = self.speech.point(step.until) if step.until else self._say("point.exit")
            return self._say("s.ends.both" if length else "s.ends.until", length=length, point=until)
        if step.type == "stöd" and length:
            return self._say("s.ends.support", length=length)
        return self._say("s.ends.late" if length else "s.ends.report", length=length)

    def _employer(self, step: Step) -> Iterator[str]:
        if step.needs_employer:
            yield self._say("s.employer.needed")
        if step.employers:
            yield self._say("s.employer.at", employers=listed((self.speech.employer(name) for name in step.employers), self.lang, "or"))

    def _places(self, step: Step) -> Iterator[str]:
        for name, places in step.employer_places.items():
            yield self._say("s.places.each", employer=self.speech.employer(name), places=places)
        if step.places is not None:
            yield str(step.places)
        if step.places is not None or step.employer_places:
            yield self._say("s.places.order")

    def _results(self, step: Step) -> Iterator[str]:
        """What follows each result; results that lead to the same are told together."""
        led: dict[str, list[str]] = {}
        for result in step.known_results:
            action = step.on_result.get(result)
            default = "ask" if result in ("not_passed", "not_hired", "interrupted") else "next"
            told = self.action(action) if action else self._say(f"action.{default}")
            led.setdefault(told, []).append(code("result", result, self.lang))
        for told, results in led.items():
            yield self._say("s.result", result=sentence(listed(results, self.lang, "or")), action=told)

    def action(self, action: Action | None) -> str:
        """What a result leads to."""
        if action is None:
            return self._say("action.ask")
        if action.kind in ("goto", "retry"):
            step = self.speech.step(action.target or "")
            times = self._say("times.one" if action.at_most == 1 else "times.more", count=action.at_most)
            return self._say(f"action.{action.kind}", step=step, times=times, then=self.action(action.then))
        if action.kind == "transfer":
            transfer = self.track.transfers.get(action.target or "")
            return self._say("action.transfer", to=transfer.to if transfer else action.target)
        return self._say(f"action.{action.kind}")
