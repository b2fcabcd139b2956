"""An event in plain words, and as JSON says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracks.events import Event


def event_words(event: Event, lang: str, step_name: str = "") -> str:
    """An event in plain words: its day, what it is, the step, and what was said."""
    what = word("kind", event.kind, lang)
    step = step_name or event.step
    details = ", ".join(_details(event, lang))
    return f"{event.effective} {what}{f': {step}' if step else ''}{f' ({details})' if details else ''}"


def _details(event: Event, lang: str) -> Iterator[str]:
    for name in ("result", "what", "reason", "channel"):
        if value := event.data.get(name):
            table = "outcome" if name == "what" and event.kind == "outcome" else name
            yield word(table, str(value), lang) if table != "what" else str(value)
    for name in ("start", "until", "employer", "to", "back", "point", "name", "rule", "condition", "rank"):
        if (value := event.data.get(name)) not in (None, ""):
            yield str(value)
    if action := event.data.get("action"):
        yield str(action.get("target") or action.get("kind"))
    for name, value in (event.data.get("facts") or {}).items():
        yield f"{name}={_shown(value, lang)}"


def _shown(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return {True: ("ja", "yes"), False: ("nej", "no")}[value][lang == "en"]
    return str(value)


def event_row(event: Event) -> dict[str, Any]:
    """An event as JSON says it."""
    return {
        "stream": event.stream, "seq": event.seq, "kind": event.kind, "step": event.step, "attempt": event.attempt,
        "effective": event.effective, "recorded": event.recorded, "actor": event.actor, "version": event.version,
        "data": dict(event.data), "key": event.key,
    }  # fmt: skip
