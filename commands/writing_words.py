"""An event in plain words, and as JSON says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.texts import tell
from tracks.texts import deadline_words, point_words, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tracks.events import Event


def event_words(event: Event, lang: str, step_name: str = "") -> str:
    """An event in plain words: its day, what it is, the step, and what was said."""
    what = word("kind", event.kind, lang)
    step = step_name or event.step
    details = ", ".join(_details(event, lang))
    return f"{event.effective} {what}{f': {step}' if step else ''}{f' ({details})' if details else ''}"


def _details(event: Event, lang: str) -> Iterator[str]:
    for name, value in event.data.items():
        if name in _SHOWN and value not in (None, ""):
            yield _SHOWN[name](event, value, lang)
    for name, value in (event.data.get("facts") or {}).items():
        yield fact_words(name, value, lang)


def _plain(_event: Event, value: Any, _lang: str) -> str:
    return str(value)


def _what(event: Event, value: Any, lang: str) -> str:
    return word("outcome", value, lang) if event.kind == "outcome" else deadline_words(str(value), lang)


def _action(_event: Event, value: Any, lang: str) -> str:
    return str(value.get("target") or word("action", str(value.get("kind")), lang))


# What of an event's data is told, and how; the rest is there in JSON.
_SHOWN: Final[Mapping[str, Callable[[Event, Any, str], str]]] = {
    "result": lambda _, value, lang: word("result", str(value), lang),
    "reason": lambda _, value, lang: word("reason", str(value), lang),
    "channel": lambda _, value, lang: word("channel", str(value), lang),
    "point": lambda _, value, lang: point_words(str(value), lang),
    "seq": lambda _, value, lang: f"{tell('event.number', lang)} {value}",
    "of": lambda _, value, lang: f"{tell('event.number', lang)} {value}",
    "what": _what,
    "action": _action,
    **dict.fromkeys(("start", "until", "employer", "to", "back", "name", "rule", "condition", "role", "person"), _plain),
}


def fact_words(name: str, value: Any, lang: str) -> str:
    """A fact with its value, built-in names and codes in the language."""
    from definitions.vocabulary import BUILT_IN, SCHOOLING, SEX

    if isinstance(value, bool):
        shown = tell("value.yes" if value else "value.no", lang)
    else:
        codes = {"sex": SEX, "schooling": SCHOOLING}.get(name)
        shown = codes.get(str(value), str(value)) if codes and lang == "sv" else str(value)
    return f"{BUILT_IN.get(name, name) if lang == 'sv' else name}={shown}"


def event_row(event: Event) -> dict[str, Any]:
    """An event as JSON says it."""
    return {
        "stream": event.stream, "seq": event.seq, "kind": event.kind, "step": event.step, "attempt": event.attempt,
        "effective": event.effective, "recorded": event.recorded, "actor": event.actor, "version": event.version,
        "data": dict(event.data), "key": event.key,
    }  # fmt: skip
