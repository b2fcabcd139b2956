"""The reasons why a participant waits, and what decides a queue, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.runtime.texts import has, message
from commands.wording.events import fact_value
from tracks.events.fold import bound_by
from tracks.events.resources import IntakePlace, StepPlace, parse
from tracks.events.status import OPEN
from tracks.reports.text.phrasing import TrackWording
from tracks.texts import point_words, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from commands.runtime.settings import Lang
    from commands.wording.participants import ParticipantNames
    from tracks.access.views import View
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.queues import QueueLine
    from tracks.queries.explain.why_step import Reason


class ReasonWriter:
    """Words reasons with the names that a track has for its steps, facts and employers."""

    def __init__(self, view: View, lang: Lang, names: ParticipantNames) -> None:
        self.view, self.lang, self._names = view, lang, names
        self.speech = TrackWording(view.own.track, lang)

    def sentence(self, reason: Reason) -> str:
        """Word a reason: what is waited for, since when, until when, and who can change it."""
        text = " ".join([self._what(reason), *self._standing(reason.values)])
        if reason.since:
            text += message("why.since", self.lang, day=reason.since)
        if reason.until:
            text += message("why.back" if reason.code == "paused" else "why.until", self.lang, day=reason.until)
        return text + (message("why.who", self.lang, who=self.who(reason.who)) if reason.who else "")

    def who(self, role: str) -> str:
        """Who can change it."""
        return message("why.engine", self.lang) if role == "engine" else self.speech.partner(role)

    def _what(self, reason: Reason) -> str:
        values = {**{name: self._value(name, value) for name, value in reason.values.items()}, "step": self.speech.step(reason.step)}
        code = reason.code
        if code in ("queue", "unsigned", "proposed", "offered", "accepted"):
            values["resource"] = self.resource(str(IntakePlace(reason.values.get("start") or "")))
        if code == "point":
            begins = self.view.own.steps[reason.step].begins
            values["point"] = self.speech.point(begins) if begins else values["point"]
        if code == "follow_up":
            values["point"] = point_words(reason.values["point"], self.lang)
        if code == "queue":
            values["free"] = self.free(reason.values["free"])
        if code == "place":
            place = parse(reason.values["resource"])
            employer = place.employer if isinstance(place, StepPlace) else ""
            values["at"] = message("why.at", self.lang, employer=self.speech.employer(employer)) if employer else ""
        if code == "closed":
            to = reason.values["to"]
            values["to"] = message("why.to", self.lang, to=to) if to else ""
        text = message(f"why.{_sentence_of(reason)}", self.lang, **values)
        return text[:1].upper() + text[1:]

    def _value(self, name: str, value: Any) -> str:
        lists = {"facts": self.speech.fact, "steps": self.speech.step, "employers": self.speech.employer}
        if name in lists:
            return ", ".join(lists[name](one) for one in value) or "–"
        if name == "reason":
            return f", {word('reason', value, self.lang)}" if value else ""
        if name in ("status", "result"):
            return word(name, value, self.lang)
        wording = {"employer": self.speech.employer, "rule": self.rule, "condition": self.rule, "value": self._said}.get(name, str)
        return "–" if value is None else wording(value)

    def _said(self, value: Any) -> str:
        return fact_value(None, value, self.lang)

    def rule(self, text: str) -> str:
        """A condition in words; what is none (`waived`, `goto`) as what it means."""
        from definitions.model.values import Condition

        if has(f"skipped.{text}", self.lang):
            return message(f"skipped.{text}", self.lang)
        try:
            return "; ".join(self.speech.condition(Condition(rule=part)) for part in text.split("; "))
        except ValueError:
            # What is no condition in the language of today is shown as it was written.
            return text

    def resource(self, name: str) -> str:
        """A shared thing by its name."""
        place = parse(name)
        if isinstance(place, IntakePlace):
            return message("resource.start", self.lang, start=place.start) if place.start else message("resource.intake", self.lang)
        employer = place.employer if isinstance(place, StepPlace) else ""
        key = "resource.step.employer" if employer else "resource.step"
        return message(key, self.lang, step=self.speech.step(place.step), employer=self.speech.employer(employer))

    def chosen(self, one: Enrolment) -> str:
        """The employers that have selected somebody who is to be placed next, by name; empty where there are none."""
        there = {step.id for step in self.view.own.track.steps if step.needs_employer}
        chosen = bound_by(one.progress, there) if one.status in OPEN else []
        return ", ".join(dict.fromkeys(map(self.speech.employer, chosen)))

    def line(self, line: QueueLine) -> str:
        """The shared thing that a line is for, and when it opens where it has not."""
        key = {"later": "queue.later", "unsigned": "queue.unsigned", "none": "queue.none_left"}.get(line.state)
        name = self.resource(line.resource)
        return message(key, self.lang, resource=name, opens=line.opens) if key else name

    def decided(self, after: Mapping[str, Any] | None) -> str:
        """What puts somebody after the one before her."""
        return message("queue.after", self.lang, **self.between(after)) if after else message("queue.first", self.lang)

    def free(self, count: int | None) -> str:
        """How many places there are."""
        return message("why.free.any", self.lang) if count is None else message("why.free", self.lang, count=count)

    def _standing(self, values: Mapping[str, Any]) -> Iterator[str]:
        """Everything that was compared, and what puts somebody after one and before another."""
        if values.get("elsewhere"):
            yield message("why.elsewhere", self.lang, employers=", ".join(map(self.speech.employer, values["elsewhere"])))
        if values.get("chosen"):
            yield message("why.chosen_unmet", self.lang, employers=", ".join(map(self.speech.employer, values["chosen"])))
        if values.get("compared"):
            yield message("why.compared", self.lang, values=self.compared(values["compared"]))
        near = [message(f"why.stands.{side}", self.lang, **self.between(values[side])) for side in ("after", "before") if values.get(side)]
        if near:
            yield message("why.stands", self.lang, near=message("why.stands.and", self.lang).join(near))

    def between(self, neighbour: Mapping[str, Any]) -> dict[str, Any]:
        """A neighbour in a line, and in what the two differ, as the values of a message."""
        mine, theirs = self._compared(neighbour["mine"]), self._value_of(neighbour["theirs"])
        difference = message("order.against", self.lang, mine=mine, theirs=theirs)
        return {"ref": self._names.shown(neighbour["stream"]), "place": neighbour["place"], "difference": difference}

    def compared(self, values: Iterable[Mapping[str, Any]]) -> str:
        """What a place in a queue follows from, the first thing compared first."""
        return "; ".join(self._compared(one) for one in values)

    def _compared(self, one: Mapping[str, Any]) -> str:
        by = one["by"]
        name = self.speech.fact(one["fact"]) if one["fact"] else ""
        return message(f"order.{by}", self.lang, name=name, value=self._value_of(one))

    def _value_of(self, one: Mapping[str, Any]) -> str:
        value = one["value"]
        # A restricted fact decides the order as any other; its value is for those who may see it.
        if one["hidden"]:
            return message("queue.hidden", self.lang)
        if value is None:
            return message("value.unknown", self.lang)
        return message("value.days", self.lang, count=value) if one["days_since"] else fact_value(one["fact"], value, self.lang)


def _sentence_of(reason: Reason) -> str:
    """The sentence of a reason, where one code is told in several."""
    values = reason.values
    match reason.code:
        case "queue":
            return {"later": "queue.later", "none": "queue.none"}.get(values["state"], "queue")
        case "place":
            return "place" if "place" in values else "place.none"
        case "placement":
            return "placement" if values["employers"] else "placement.none"
        case "requirement" | "proposal.transfer" if "unknown" in values:
            unmet = "requirement" if reason.code == "requirement" else f"{reason.code}.unmet"
            return f"{reason.code}.unknown" if values["unknown"] else unmet
        case "done":
            # A step that was skipped counts as done, and nobody would look for it under that word.
            return "skipped" if values["result"] == "skipped" else "done"
        case _:
            return reason.code
