"""Reasons in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.texts import has, tell
from tracks.documents.words import Speech
from tracks.texts import point_words, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from commands.context import Lang
    from tracks.view import View
    from tracks.why_steps import Reason


class Words:
    """Says reasons with the names that a track has for its steps, facts and employers."""

    def __init__(self, view: View, lang: Lang) -> None:
        self.view, self.lang = view, lang
        self.speech = Speech(view.own.track, lang)

    def sentence(self, reason: Reason) -> str:
        """What is waited for, since when, until when, and who can change it."""
        text = self._what(reason)
        if reason.values.get("compared"):
            text += " " + tell("why.compared", self.lang, values=self.compared(reason.values["compared"]))
        if reason.since:
            text += tell("why.since", self.lang, day=reason.since)
        if reason.until:
            text += tell("why.back" if reason.code == "paused" else "why.until", self.lang, day=reason.until)
        return text + (tell("why.who", self.lang, who=self.who(reason.who)) if reason.who else "")

    def who(self, role: str) -> str:
        """Who can change it."""
        return tell("why.engine", self.lang) if role == "engine" else self.speech.partner(role)

    def _what(self, reason: Reason) -> str:
        values = {**{name: self._value(name, value) for name, value in reason.values.items()}, "step": self.speech.step(reason.step)}
        code = reason.code
        if code == "queue" or code in ("proposed", "offered", "accepted"):
            start = reason.values.get("start")
            values["resource"] = self.resource(f"start:{start}" if start else "intake")
        if code == "point":
            begins = self.view.own.steps[reason.step].begins
            values["point"] = self.speech.point(begins) if begins else values["point"]
        if code == "follow_up":
            values["point"] = point_words(reason.values["point"], self.lang)
        if code == "queue":
            free = reason.values["free"]
            values["free"] = tell("why.free.any", self.lang) if free is None else tell("why.free", self.lang, count=free)
        if code == "no_window" and reason.values["day"] is None:
            code = "no_window.ever"
        if code == "done" and reason.values["result"] == "skipped":
            code = "skipped"
        text = tell(f"why.{code}", self.lang, **values)
        return text[:1].upper() + text[1:]

    def _value(self, name: str, value: Any) -> str:
        lists = {"facts": self.speech.fact, "steps": self.speech.step, "employers": self.speech.employer}
        if name in lists:
            return ", ".join(lists[name](one) for one in value) or "–"
        if name == "reason":
            return f", {word('reason', value, self.lang)}" if value else ""
        if name in ("status", "result"):
            return word(name, value, self.lang)
        said = {"employer": self.speech.employer, "rule": self._rule, "condition": self._rule}.get(name, str)
        return "–" if value is None else said(value)

    def _rule(self, text: str) -> str:
        """A condition in words; what is none (`waived`, `goto`) as what it means."""
        from definitions.values import Condition

        if has(f"skipped.{text}", self.lang):
            return tell(f"skipped.{text}", self.lang)
        try:
            return "; ".join(self.speech.condition(Condition(rule=part)) for part in text.split("; "))
        except ValueError:
            return text

    def resource(self, name: str) -> str:
        """A shared thing by its name."""
        kind, _, rest = name.partition(":")
        if kind == "intake":
            return tell("resource.intake", self.lang)
        if kind == "start":
            return tell("resource.start", self.lang, start=rest)
        step, _, employer = rest.partition(":")
        key = "resource.step.employer" if employer else "resource.step"
        return tell(key, self.lang, step=self.speech.step(step), employer=self.speech.employer(employer))

    def compared(self, values: Iterable[Mapping[str, Any]]) -> str:
        """What a place in a queue follows from, the first thing compared first."""
        return "; ".join(self._compared(one) for one in values)

    def _compared(self, one: Mapping[str, Any]) -> str:
        by, value = one["by"], one["value"]
        name = self.speech.fact(one["fact"]) if one["fact"] else tell(f"name.{by}", self.lang) if has(f"name.{by}", self.lang) else by
        if value is None:
            return tell("order.unknown", self.lang, name=name)
        if by == "precedence":
            return tell("order.precedence.yes" if value else "order.precedence.no", self.lang)
        if by != "fact":
            return tell(f"order.{by}", self.lang, value=value)
        shown = value if not isinstance(value, bool) else tell("value.yes" if value else "value.no", self.lang)
        return tell("order.days_since" if one["days_since"] else "order.fact", self.lang, name=name, value=shown)
