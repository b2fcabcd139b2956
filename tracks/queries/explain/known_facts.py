"""On what grounds something is known of a participant: each fact with its value, the day it is about, and who said it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tracks.engine.context.inputs import parse_day
from tracks.events.fold import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.context.plan import ConditionList
    from tracks.engine.context.situation import Situation
    from tracks.events.event import Event
    from tracks.events.fold import Progress


class Ground(NamedTuple):
    """One thing that is known. `name` is a fact, built in or the track's own, `born`, or `result(STEP)`; `value` None is unknown.

    `stream` is where it was said first: a fact that a transfer carried along is still the word of whoever said it there.
    `noted` where a free text was kept beside it.
    """

    name: str
    value: Any
    day: date | None = None
    by: str = ""
    stream: str = ""
    seq: int = 0
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of one enrolment, by name (a selection with its employer), and the exceptions, by the text of the condition."""

    facts: dict[str, Ground] = field(default_factory=dict)
    exceptions: dict[str, Ground] = field(default_factory=dict)
    referred: Ground | None = None

    def of(self, names: Iterable[str]) -> tuple[Ground, ...]:
        """What is known of some names, those included of which nothing is."""
        known = {name: [one for one in self.facts.values() if one.name == name] for name in names}
        return tuple(one for name, found in known.items() for one in found or [Ground(name, None)])


class Assessment(NamedTuple):
    """One condition as it was judged: its number as `except` takes it, the answer, on what grounds, and an exception from it."""

    group: str
    number: int
    rule: str
    answer: bool | None
    grounds: tuple[Ground, ...]
    exception: Ground | None


def grounds(log: Sequence[Event], log_of: Callable[[str], Sequence[Event]]) -> Grounds:
    """What the standing events of a stream say; `log_of` gives the log of the stream that a transfer came from."""
    found = Grounds()
    latest: dict[str, tuple[date, int]] = {}
    for event, position in standing(log):
        for ground in _said(event, log_of):
            at = (ground.day or event.effective, position)
            # Each employer's selection stands beside the others'; of all else the latest holds (rule R47).
            key = f"{ground.name}:{ground.value}" if ground.name == "selected" else ground.name
            if key not in latest or latest[key] <= at:
                latest[key], found.facts[key] = at, ground
        if event.kind == "exception":
            found.exceptions[event.data["rule"]] = _ground(event, event.data["rule"], event.data.get("reason"))
    referral = next((event for event in log if event.kind == "referred"), None)
    return Grounds(found.facts, found.exceptions, _ground(referral, "channel", referral.data.get("channel")) if referral else None)


def _ground(event: Event, name: str, value: Any) -> Ground:
    return Ground(name, value, event.effective, event.actor, event.stream, event.seq, "note" in event.data)


def _said(event: Event, log_of: Callable[[str], Sequence[Event]]) -> Iterator[Ground]:
    """Everything that one event makes known."""
    data = event.data
    days, origin = data.get("days", {}), data.get("from")
    before = grounds(log_of(origin), log_of).facts if origin else {}
    for name, value in data.get("facts", {}).items():
        said = _ground(event, name, value)
        if name in days:
            said = said._replace(day=parse_day(days[name]))
            first = before.get(name)
            said = first if first and (first.day, first.value) == (said.day, value) else said
        yield said
    for kind, key, name in _KNOWN:
        if event.kind == kind and data.get(key):
            first = before.get(name) if name == "born" else None
            yield first if first and first.value == data[key] else _ground(event, name, data[key])
    if event.kind == "selected":
        yield _ground(event, "selected", data.get("employer") or True)
    if event.kind == "reported":
        yield _ground(event, f"result({event.step})", data["result"])
        if data["result"] == "hired":
            yield _ground(event, "outcome", data.get("outcome", "work"))


# What kinds of events make known besides their facts: the kind, the key of its data, the name it is known by.
_KNOWN = (
    ("referred", "channel", "channel"),
    ("referred", "born", "born"),
    ("referred", "precedence", "precedence"),
    ("placed", "employer", "employer"),
    ("outcome", "what", "outcome"),
)


def names_asked(rules: ConditionList) -> tuple[str, ...]:
    """What conditions ask for, by the names of grounds, in the order of their texts."""
    found: dict[str, None] = {}
    for _, rule in rules.rules:
        found.update(dict.fromkeys("born" if name == "age" else name for name in sorted(rule.names)))
        found.update(dict.fromkeys(f"result({step})" for step in sorted(rule.steps)))
    return tuple(found)


def assessments(view: View, situation: Situation, progress: Progress, known: Grounds) -> Iterator[Assessment]:
    """Judge every condition to get a place and to keep one.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        situation: How she stands on the day.
        progress: Her fold.
        known: What is known of her, and on what grounds.

    Returns:
        The conditions in their order: first those to get a place.

    """
    excepted = {rule for rule, _ in progress.named("exception")}
    number = 0
    for group, rules, every in (("entry", view.shared.entry, "*"), ("ongoing", view.shared.ongoing, "*ongoing")):
        for text, rule in rules.rules:
            number += 1
            alone = type(rules)(((text, rule),))
            made = next((known.exceptions.get(name) for name in (text, every) if name in excepted), None)
            yield Assessment(group, number, text, rule.holds(situation), known.of(names_asked(alone)), made)
