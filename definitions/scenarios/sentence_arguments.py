"""Parses the words that may follow a phrase: each form has its choices in both languages, or a rule of its own."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.fact_values import MONTH, STATED, describe_fact_values, find_fact, parse_fact_value
from definitions.model.spelling import nearest
from definitions.model.values import ID
from definitions.scenarios.phrases import DETAILS
from definitions.scenarios.scope import DATE, SentenceError
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from definitions.model.track import Fact
    from definitions.model.values import Length
    from definitions.scenarios.scope import Cast, SentenceToken

    Choices = Callable[[Cast, str], Mapping[str, Any]]

_ID: Final = re.compile(ID).fullmatch
_COUNT: Final = re.compile("[1-9][0-9]{0,3}")
# No choice has more words (`behöver annat stöd`).
MOST_WORDS: Final = 3


def _both(table: Mapping[str, str]) -> dict[str, str]:
    """The words of a table in both languages, with underscores or blanks, and their codes."""
    found = {word: code for code, swedish in table.items() for word in (code, swedish)}
    return {**found, **{word.replace("_", " "): code for word, code in found.items()}}


def _ids(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _results(cast: Cast, step: str) -> dict[str, str]:
    known = dict.fromkeys(result for one in cast.steps(step) for result in one.known_results)
    return {**_ids(known), **{v.RESULTS[name]: name for name in known if name in v.RESULTS}}


def _actions(cast: Cast, _step: str) -> dict[str, str]:
    return {**_ids(step.id for track in cast.tracks for step in track.steps if not step.beside), **_both(v.DECISIONS)}


def _rules(cast: Cast, _step: str) -> dict[str, str]:
    """An exception is from all entry or all ongoing conditions, or from one by its number."""
    target = cast.tracks[0].target_group
    numbers = {str(number): rule.rule for number, rule in enumerate((*target.entry, *target.ongoing), 1)}
    words = {name: v.KEYS[name] for name in v.EXCEPTED}
    return {**_both(words), **numbers}


def _points(cast: Cast, _step: str) -> dict[str, str]:
    lengths = [length for track in cast.tracks for length in track.follow_up if length]
    return {**_both({"exit": v.ANCHORS["exit"]}), **{word: str(length) for length in lengths for word in _length_words(length)}}


def _length_words(length: Length) -> tuple[str, str]:
    return str(length), f"{length.count} {v.UNITS_SHOWN[length.unit][length.count != 1]}"


def _transfers(cast: Cast, _step: str) -> dict[str, str]:
    return _ids(name for track in cast.tracks for one in track.transfers.values() for name in (one.id, one.to))


def _roles(cast: Cast, _step: str) -> dict[str, str]:
    named = [name for track in cast.tracks for name in (track.owner, *track.partners, *(step.responsible for step in track.steps)) if name]
    return {**_ids(named), **(_both(v.RESPONSIBLE_EMPLOYER) if "employer" in named else {})}


def _facts(cast: Cast, _step: str) -> dict[str, str]:
    built_in = {name: v.BUILT_IN[name] for name in ("sex", "schooling", "born_abroad", "selected", "employer")}
    results = {f"{word}({step})": f"result({step})" for word in ("result", v.FUNCTIONS["result"]) for step in cast.step_ids}
    return {**_ids(name for track in cast.tracks for name in track.facts), **_both(built_in), **results}


CHOICES: Final[Mapping[str, Choices]] = {
    "employer": lambda cast, _step: _ids(employer.id for track in cast.tracks for employer in track.employers),
    "start": lambda cast, _step: _ids(start.date.isoformat() for track in cast.tracks for start in track.intake.starts),
    "phase": lambda cast, step: _ids(phase for one in cast.steps(step) for phase in one.phases),
    "outcome": lambda _cast, _step: _both(v.OUTCOMES),
    "reason": lambda _cast, _step: _both(v.REASONS),
    "channel": lambda _cast, _step: _both(v.CHANNELS),
    "status": lambda _cast, _step: _both(v.STATUSES),
    "result": _results,
    "action": _actions,
    "rule": _rules,
    "point": _points,
    "transfer": _transfers,
    "role": _roles,
    "fact": _facts,
    "type": lambda _cast, _step: {**_ids(v.STEP_TYPES), **v.STEP_TYPE_SYNONYMS},
    "after": lambda cast, _step: _ids(cast.step_ids),
}


def parse_choice(form: str, left: list[SentenceToken], end: SentenceToken, cast: Cast, step: str) -> Any:
    """Take the first words that are a choice of a form, the longest choice first.

    Args:
        form: The form, a key of `CHOICES`.
        left: The words that are left of the sentence; those of the choice are removed.
        end: Stands for the end of the sentence in a finding.
        cast: What the sentence may name.
        step: The id of the step that the sentence is about; empty where it is about none.

    Returns:
        The code or id that the words mean.

    Raises:
        SentenceError: The words are no choice of the form.

    """
    choices = CHOICES[form](cast, step)
    for count in range(min(MOST_WORDS, len(left)), 0, -1):
        words = " ".join(token.text for token in left[:count])
        if words in choices:
            del left[:count]
            return choices[words]
    if form == "employer" and left and not choices:
        # A track without employers takes whatever employer is named at placement.
        return left.pop(0).text
    raise _not_among(choice_words(form, cast, step), joined(left[: 2 if left[0].text.isdigit() else 1]) if left else end)


def joined(words: Sequence[SentenceToken]) -> SentenceToken:
    """Words that are one to whoever wrote them, as one: a number is none without its unit."""
    first, *others = words
    return first._replace(text=" ".join([first.text, *(word.text for word in others if not word.name)]))


def choice_words(form: str, cast: Cast, step: str = "") -> list[str]:
    """List the choices of a form in the author's language.

    Args:
        form: The form, a key of `CHOICES`.
        cast: What the sentence may name.
        step: The id of the step that the sentence is about; empty where it is about none.

    """
    values: dict[str, list[str]] = {}
    for word, value in CHOICES[form](cast, step).items():
        values.setdefault(value, []).append(word)
    return [words[-1 if len(words) == 1 else _best(words, cast.lang)] for words in values.values()]


def _best(words: list[str], lang: v.Lang) -> int:
    return min(1, len(words) - 1) if lang == "sv" else 0


def _not_among(known: list[str], token: SentenceToken) -> SentenceError:
    if not token.text:
        return SentenceError(findings.INCOMPLETE_SENTENCE, token, known=v.listed(known))
    return SentenceError(
        findings.UNKNOWN_VALUE, token, found=token.text, known=v.listed(known), suggestion=nearest(token.text, known) or ""
    )


def parse_day(token: SentenceToken) -> date:
    """Parse a date.

    Raises:
        SentenceError: The word is no date, or no such day exists.

    """
    try:
        return date.fromisoformat(token.text) if DATE.fullmatch(token.text) else _no_day(token)
    except ValueError:
        raise SentenceError(findings.NO_SUCH_DATE, token, found=token.text) from None


def _no_day(token: SentenceToken) -> date:
    if not token.text:
        raise SentenceError(findings.INCOMPLETE_SENTENCE, token, known="2026-09-01")
    raise SentenceError(findings.NOT_A_DATE, token, found=token.text)


def parse_length(left: list[SentenceToken], end: SentenceToken) -> dict[str, Any]:
    """Take a length, which is two words or three, off the words that are left.

    Raises:
        SentenceError: The words are no length.

    """
    first = left[0] if left else end
    if not first.text:
        raise SentenceError(findings.INCOMPLETE_SENTENCE, first, known=f"2 {v.UNITS_SHOWN['weeks'][1]}, 2 weeks")
    for count in (3, 2):
        unit = v.UNITS.get(" ".join(token.text for token in left[1:count])) if len(left) >= count else None
        if unit and _COUNT.fullmatch(first.text):
            del left[:count]
            return {"count": int(first.text), "unit": unit}
    written = joined(left[:2])
    raise SentenceError(findings.NOT_A_LENGTH_OF_TIME, written, found=written.text)


def parse_new_id(token: SentenceToken, cast: Cast, *, inside: bool) -> str:
    """Parse the id of a step that does not exist yet.

    Args:
        token: The word.
        cast: What the sentence may name.
        inside: Whether the sentence stands inside another, which takes it back or expects it refused; then the step may exist.

    Raises:
        SentenceError: The word cannot be an id, or a step has it already.

    """
    if not token.text:
        raise SentenceError(findings.INCOMPLETE_SENTENCE, token, known="id")
    if not _ID(token.text):
        raise SentenceError(findings.INVALID_ID, token, found=token.text)
    if cast.steps(token.text) and not inside:
        raise SentenceError(findings.DUPLICATE_ID, token, id=token.text)
    return token.text


def parse_detail(token: SentenceToken, allowed: Iterable[str], cast: Cast, step: str) -> tuple[str, Any] | None:
    """Parse `name=value` where it is a detail that may stand here.

    Args:
        token: The word.
        allowed: The English names of the details that the phrase takes.
        cast: What the sentence may name.
        step: The id of the step that the sentence is about; empty where it is about none.

    Returns:
        The English name and the value; None where the word is no such detail.

    Raises:
        SentenceError: The value is none that the detail takes.

    """
    name = v.code(token.name, DETAILS)
    if name is None or name not in allowed:
        return None
    value = token._replace(text=token.value, at=token.at + token.text.rfind(token.value))
    if name in CHOICES:
        return name, parse_choice(name, [value], value, cast, step)
    if name in ("due", "back"):
        return name, parse_day(value)
    if name == "name":
        return name, value.text
    wanted, known = (MONTH, "1998-04") if name == "born" else (_COUNT, "1, 2, 3 …")
    if not wanted.fullmatch(value.text):
        raise SentenceError(findings.UNKNOWN_VALUE, value, found=value.text, known=known)
    return name, value.text if name == "born" else int(value.text)


def parse_fact(token: SentenceToken, cast: Cast) -> tuple[str, Any] | None:
    """Parse `name=value` where a track has such a fact.

    Returns:
        The id of the fact and its value; None where no track has the fact.

    Raises:
        SentenceError: The value is none that the fact takes.

    """
    found = find_facts(token.name, cast)
    if not found:
        return None
    value = next((meant for one in found if (meant := parse_fact_value(one, token.value)) is not None), None)
    if value is None:
        at = token.at + token.text.rfind(token.value)
        raise SentenceError(
            findings.UNKNOWN_FACT_VALUE,
            token._replace(text=token.value, at=at),
            found=token.value,
            fact=token.name,
            known=describe_fact_values(found[0]),
        )
    return found[0].id, value


def find_facts(name: str, cast: Cast) -> list[Fact]:
    """Find the facts of this name, that of the tested track first."""
    return [found for track in cast.tracks if (found := find_fact(track.facts, name))]


def fact_names(cast: Cast) -> list[str]:
    """List the names of all facts that a person may state, in the author's language."""
    return [
        *dict.fromkeys(name for track in cast.tracks for name in track.facts),
        *(v.word(name, v.BUILT_IN, cast.lang) for name in STATED),
    ]
