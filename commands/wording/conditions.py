"""On what grounds: each fact with its value, day and speaker, and each condition as it was judged; in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from commands.runtime.texts import message
from commands.wording.events import fact_value
from tracks.access.views import Situation
from tracks.queries.explain.known_facts import assessments
from tracks.queries.reader import step_name
from tracks.texts import fact_word, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from commands.wording.why import ReasonWriter
    from tracks.access.views import View
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.known_facts import Assessment, Ground, Grounds


_ANSWERS: Final = {True: "judged.yes", False: "judged.no", None: "judged.unknown"}


def judge_conditions(view: View, one: Enrolment, known: Grounds, today: date) -> list[Assessment]:
    """Every condition of a track as it stands for one enrolment."""
    return list(assessments(view, Situation(view, one.progress, today), one.progress, known))


def conditions_row(known: Grounds, found: Sequence[Assessment]) -> dict[str, Any]:
    """The referral and the conditions, as JSON says them."""
    return {
        "referred": known.referred._asdict() if known.referred else None,
        "precedence": known.facts["precedence"].value if "precedence" in known.facts else None,
        "conditions": [
            {
                **one._asdict(),
                "grounds": [ground._asdict() for ground in one.grounds],
                "exception": one.exception._asdict() if one.exception else None,
            }
            for one in found
        ],
    }


def condition_lines(words: ReasonWriter, known: Grounds, found: Sequence[Assessment]) -> Iterator[str]:
    """The same in words."""
    if known.referred:
        values = {"day": known.referred.day, "by": known.referred.by, "channel": word("channel", known.referred.value, words.lang)}
        yield message("judged.referred", words.lang, **values)
    if "precedence" in known.facts:
        yield message("judged.precedence", words.lang, stream=known.facts["precedence"].value)
    if not found:
        yield message("judged.none", words.lang)
    for one in found:
        answer = message(_ANSWERS[one.answer], words.lang)
        yield message(f"judged.{one.group}", words.lang, number=one.number, answer=answer, rule=words.rule(one.rule))
        if one.exception:
            made = {"day": one.exception.day, "by": one.exception.by, "reason": word("reason", one.exception.value or "other", words.lang)}
            yield message("judged.exception.noted" if one.exception.noted else "judged.exception", words.lang, **made)
        yield from ground_lines(words.speech, one.grounds, words.lang)


class NameSource(Protocol):
    """What things of a track are called."""

    def fact(self, name: str) -> str:
        """A fact, built in or the track's own."""

    def step(self, name: str) -> str:
        """A step."""

    def employer(self, name: str) -> str:
        """An employer."""


class Labels:
    """The names that are kept beside a track, for answers that build no track."""

    def __init__(self, labels: dict[str, Any], lang: str) -> None:
        self._labels, self._lang = labels, lang

    def fact(self, name: str) -> str:
        """A fact, built in or the track's own."""
        return self._labels["facts"].get(name) or fact_word(name, self._lang).replace("_", " ")

    def step(self, name: str) -> str:
        """A step."""
        return step_name(self._labels, name)

    def employer(self, name: str) -> str:
        """An employer."""
        return str(self._labels["employers"].get(name, name))


def ground_lines(names: NameSource, grounds: Iterable[Ground], lang: str) -> Iterator[str]:
    """What is known, a line each."""
    for one in grounds:
        name, value = ground_words(names, one, lang)
        if one.value is None:
            yield message("ground.unknown", lang, name=name)
        else:
            yield message("ground.known", lang, name=name, value=value, day=one.day, by=one.by)


def ground_words(names: NameSource, one: Ground, lang: str) -> tuple[str, str]:
    """What something known is called, and its value."""
    value = one.value
    if one.name.startswith("result("):
        step = names.step(one.name[len("result(") : -1])
        return message("ground.result", lang, step=step), word("result", str(value), lang)
    if one.name in ("channel", "outcome"):
        return names.fact(one.name), word(one.name, str(value), lang)
    if one.name in ("selected", "employer") and value is not True:
        return names.fact(one.name), names.employer(str(value))
    name = message(f"ground.{one.name}", lang) if one.name in ("born", "precedence") else names.fact(one.name)
    return name, fact_value(one.name, value, lang)
