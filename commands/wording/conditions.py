"""The grounds of a decision: each fact with its value, day and source, and each condition as it was judged; in words and as JSON."""

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
    """Judge every condition of a track as it stands for one enrolment.

    Args:
        view: the track as it is for the enrolment.
        one: the enrolment.
        known: the facts known of it, with their sources.
        today: the day that it is judged on.

    Returns:
        One assessment a condition, in the order of the track.

    """
    return list(assessments(view, Situation(view, one.progress, today), one.progress, known))


def conditions_row(known: Grounds, found: Sequence[Assessment]) -> dict[str, Any]:
    """The referral and the conditions as a row of JSON."""
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
    """Word the referral and the conditions, a line each.

    Args:
        words: the writer, with the names of the track.
        known: the facts known of the enrolment.
        found: the conditions as they were judged.

    Yields:
        The lines.

    """
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
    """Something that knows what facts, steps and employers of a track are called: `TrackWording`, or `Labels`."""

    def fact(self, name: str) -> str:
        """A fact, built in or the track's own."""

    def step(self, name: str) -> str:
        """A step."""

    def employer(self, name: str) -> str:
        """An employer."""


class Labels:
    """The names that the database keeps beside a track, for answers that must not cost the building of the track."""

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
    """Word what is known, a line each.

    Args:
        names: the names of facts, steps and employers.
        grounds: what is known, or asked for and unknown.
        lang: the language of the words.

    Yields:
        The lines.

    """
    for one in grounds:
        name, value = ground_words(names, one, lang)
        if one.value is None:
            yield message("ground.unknown", lang, name=name)
        else:
            yield message("ground.known", lang, name=name, value=value, day=one.day, by=one.by)


def ground_words(names: NameSource, one: Ground, lang: str) -> tuple[str, str]:
    """Word one thing that is known.

    Args:
        names: the names of facts, steps and employers.
        one: what is known; its name is that of a fact, or `result(STEP)`.
        lang: the language of the words.

    Returns:
        What it is called, and its value.

    """
    value = one.value
    if one.name.startswith("result("):
        step = names.step(one.name[len("result(") : -1])
        return message("ground.result", lang, step=step), word("result", str(value), lang)
    if one.name in ("channel", "outcome"):
        return names.fact(one.name), word(one.name, str(value), lang)
    # A condition may ask whether there is an employer at all; then the value is yes, and no id.
    if one.name in ("selected", "employer") and value is not True:
        return names.fact(one.name), names.employer(str(value))
    name = message(f"ground.{one.name}", lang) if one.name in ("born", "precedence") else names.fact(one.name)
    return name, fact_value(one.name, value, lang)
