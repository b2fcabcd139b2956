"""An event in plain words, and as a row of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.runtime.texts import has, message
from tracks.texts import deadline_words, point_words, role_word, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tracks.events.event import Event


class EventNames(NamedTuple):
    """What an event is worded with: the names of its step and of the employers, and what it corrects as it stood before."""

    step: str = ""
    employers: Mapping[str, str] = {}
    before: Event | None = None


_NO_NAMES: Final = EventNames()


def event_words(event: Event, lang: str, names: EventNames = _NO_NAMES) -> str:
    """Word an event: its day, what it is, the step, and the data that people read.

    Args:
        event: the event.
        lang: the language of the words.
        names: what its step and employers are called; ids stand for those that are left out.

    Returns:
        One line.

    """
    step = names.step or event.step
    if event.kind == "withdrawn":
        return _withdrawn(event, lang, step)
    what = word("kind", event.kind, lang)
    parts = _correction(event, lang, names) if event.kind == "corrected" else _details(event, lang, names)
    details = ", ".join(parts)
    return f"{event.effective} {what}{f': {step}' if step else ''}{f' ({details})' if details else ''}"


def _withdrawn(event: Event, lang: str, step: str) -> str:
    """Which event does not hold any more: that event, and not its step."""
    number = message("event.number", lang, number=event.data["seq"])
    of = f" ({step})" if step else ""
    return f"{event.effective} {message('withdrawn.number', lang, number=f'{number}{of}')}"


def actor_words(actor: str, lang: str) -> str:
    """Who recorded an event; the engine by its name in the language."""
    return message("engine", lang) if actor == "engine" else actor


def _details(event: Event, lang: str, names: EventNames) -> Iterator[str]:
    for name, value in event.data.items():
        if value in (None, ""):
            continue
        if name == "employer":
            yield names.employers.get(str(value), str(value))
        elif name == "outcome":
            yield word("outcome", str(value), lang)
        elif name in _WORDED:
            yield _WORDED[name](event, value, lang)
    for name, value in (event.data.get("facts") or {}).items():
        yield fact_words(name, value, lang)


def _correction(event: Event, lang: str, names: EventNames) -> Iterator[str]:
    """Which event, and what became what."""
    before, data = names.before, event.data
    yield message("event.number", lang, number=data["of"])
    if data.get("withdraw"):
        yield message("corrected.withdrawn", lang)
    elif before and (data.get("effective"), data.get("data")) == (before.effective.isoformat(), dict(before.data)):
        yield message("corrected.restored", lang)
    yield from _changes(event, lang, names)
    if data.get("reason") not in (None, "", "other"):
        yield word("reason", str(data["reason"]), lang)


def _changes(event: Event, lang: str, names: EventNames) -> Iterator[str]:
    """What became what; nothing where it stands as it stood."""
    before, data = names.before, event.data
    if data.get("effective") and not (before and before.effective.isoformat() == data["effective"]):
        yield _became(str(before.effective) if before else "", data["effective"], lang)
    if data.get("data"):
        now = before._replace(data=data["data"]) if before else event._replace(data=data["data"])
        old, new = list(_details(before, lang, names)) if before else [], list(_details(now, lang, names))
        # A correction holds the whole data that is right, so what stays the same is left out here.
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone or come:
            yield _became("; ".join(gone) or "–", "; ".join(come) or "–", lang)
    if data.get("reason") not in (None, "", "other"):
        yield word("reason", str(data["reason"]), lang)


def _became(before: str, now: str, lang: str) -> str:
    return message("corrected.became", lang, before=before, now=now) if before else now


def _start(event: Event, value: Any, lang: str) -> str:
    return message("start.of", lang, day=value) if event.kind in _OF_A_START else str(value)


def _until(event: Event, value: Any, lang: str) -> str:
    return message("until.answer", lang, day=value) if event.kind == "offered" else str(value)


def _condition(_event: Event, value: Any, lang: str) -> str:
    from commands.app.error_text import rule_words

    key = f"skipped.{value}"
    return message(key, lang) if value in _SKIPPED else message("skipped.when", lang, rule=rule_words(str(value), lang))


def _rule(_event: Event, value: Any, lang: str) -> str:
    from commands.app.error_text import rule_words
    from definitions.model.vocabulary import EXCEPTED, REQUIRES_OF, key

    if str(value).startswith(REQUIRES_OF):
        return message("rule.requires", lang, step=str(value).removeprefix(REQUIRES_OF))
    if (group := next((name for name, mark in EXCEPTED.items() if mark == value), "")) and group != "entry":
        return key(group, "sv" if lang == "sv" else "en")
    return message("rule.all", lang) if group else rule_words(str(value), lang)


def _answers(_event: Event, value: Any, lang: str) -> str:
    return word("outcome", str(value.get("outcome", "unknown")), lang)


def _fields(_event: Event, value: Any, lang: str) -> str:
    """What was shown of what is locked."""
    return ", ".join(message(key, lang) if has(key := f"disclosed.{one}", lang) else str(one) for one in value)


def _count(event: Event, value: Any, lang: str) -> str:
    """`+2 veckor`: by how much a step was made longer or shorter."""
    return f"{'-' if value < 0 else '+'}{_length(event, {'count': abs(value), 'unit': event.data.get('unit', '')}, lang)}"


def _length(_event: Event, value: Any, lang: str) -> str:
    size, unit = value["count"], str(value["unit"])
    return point_words(f"{size} {unit.removesuffix('s') if size == 1 else unit}", lang)


def _plain(_event: Event, value: Any, _lang: str) -> str:
    return str(value)


def _what(event: Event, value: Any, lang: str) -> str:
    return word("outcome", value, lang) if event.kind == "outcome" else deadline_words(str(value), lang)


def _action(_event: Event, value: Any, lang: str) -> str:
    return str(value.get("target") or word("action", str(value.get("kind")), lang))


# The kinds that are worded with a start as such; with the others that name one, its day stands alone.
_OF_A_START: Final = ("offered", "proposed", "unproposed", "accepted", "admitted", "moved")
# Why a step was skipped, where it was not by a condition of the track.
_SKIPPED: Final = ("from", "exit", "until", "goto", "waived")
# The fields of data that people read, and how each is worded; fingerprints, ranks and the like stand in JSON only.
_WORDED: Final[Mapping[str, Callable[[Event, Any, str], str]]] = {
    "result": lambda _, value, lang: word("result", str(value), lang),
    "reason": lambda _, value, lang: word("reason", str(value), lang),
    "channel": lambda _, value, lang: word("channel", str(value), lang),
    "point": lambda _, value, lang: point_words(str(value), lang),
    "into": lambda _, value, lang: message("into.of", lang, ref=value),
    "of": lambda _, value, lang: message("event.number", lang, number=value),
    "seq": lambda _, value, lang: message("event.number", lang, number=value),
    "fields": _fields,
    "lifted": lambda _event, _value, lang: message("protected.lifted", lang),
    "letter": lambda _, value, lang: message("letter.of", lang, number=value),
    "start": _start,
    "until": _until,
    "to": lambda _, value, lang: message("to.of", lang, to=value),
    "condition": _condition,
    "rule": _rule,
    "answers": _answers,
    "count": _count,
    "length": _length,
    "hours_per_week": lambda _, value, lang: message("hours.of", lang, hours=value),
    "what": _what,
    "action": _action,
    "role": lambda _, value, lang: role_word(str(value), lang),
    **dict.fromkeys(("back", "name", "person"), _plain),
}


def fact_words(name: str, value: Any, lang: str) -> str:
    """Word a fact of the track with its value.

    Args:
        name: the name of the fact.
        value: its value, as an event holds it.
        lang: the language of the names and codes that are built in.

    Returns:
        `NAME=VALUE`, as it can be typed.

    """
    from definitions.model.vocabulary import BUILT_IN

    return f"{BUILT_IN.get(name, name) if lang == 'sv' else name}={fact_value(name, value, lang)}"


def fact_value(name: str | None, value: Any, lang: str) -> str:
    """Word the value of a fact.

    Args:
        name: the name of the fact; None where only the value is known.
        value: its value, as an event holds it.
        lang: the language of yes and no and of the codes that are built in.

    Returns:
        The value as people read it.

    """
    from definitions.model.vocabulary import SCHOOLING, SEX

    if isinstance(value, bool):
        return message("value.yes" if value else "value.no", lang)
    codes = {"sex": SEX, "schooling": SCHOOLING}.get(name or "") if lang == "sv" else None
    return codes.get(str(value), str(value)) if codes else str(value)


def event_row(event: Event) -> dict[str, Any]:
    """An event as a row of JSON."""
    return {
        "stream": event.stream, "seq": event.seq, "kind": event.kind, "step": event.step, "attempt": event.attempt,
        "effective": event.effective, "recorded": event.recorded, "actor": event.actor, "version": event.version,
        "data": dict(event.data), "key": event.key,
    }  # fmt: skip
