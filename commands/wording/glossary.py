"""What is said of an enrolment, in words: the kinds of events, the statuses and the states of a place, from the tables of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.runtime.texts import message
from definitions.model.spelling import folded
from tracks.events.kinds import ALLOWED, CONSEQUENCES, FACTS, GRANTS, KINDS, TRACK_FACTS
from tracks.events.status import Status
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: Final = ("sv", "en")
STATES: Final = ("waiting", "proposed", "holding")


def in_the_log(name: str, lang: str) -> list[str]:
    """What each kind of event, status and state of a place is that goes by a name, in either language."""
    asked = folded(" ".join(name.split()))
    return ["\n".join(_told(table, code, lang)) for table, code in _codes() if asked in map(folded, _names(table, code))]


def names() -> list[str]:
    """Everything that can be asked about here, as it is shown and as it is written."""
    return [name for table, code in _codes() for name in _names(table, code)]


def _codes() -> Iterator[tuple[str, str]]:
    yield from (("status", status.value) for status in Status)
    yield from (("kind", kind) for kind in sorted(KINDS))
    yield from (("state", state) for state in STATES)


def _names(table: str, code: str) -> tuple[str, ...]:
    return (code, *(_word(table, code, lang) for lang in LANGUAGES))


def _word(table: str, code: str, lang: str) -> str:
    return message(f"state.{code}", lang) if table == "state" else word(table, code, lang)


def _told(table: str, code: str, lang: str) -> Iterator[str]:
    other = "en" if lang == "sv" else "sv"
    yield message(f"explain.{table}", lang, word=_word(table, code, lang))
    yield message("explain.written", lang, code=code, other=_word(table, code, other))
    if table == "kind":
        yield message(f"explain.by.{_class(code)}", lang)
    if code in ALLOWED and table == "kind":
        yield message("explain.when", lang, statuses=", ".join(word("status", one, lang) for one in Status if one in ALLOWED[code]))
    if table == "status":
        said = [word("kind", kind, lang) for kind, statuses in ALLOWED.items() if code in statuses]
        yield message("explain.may", lang, kinds=", ".join(said))


def _class(kind: str) -> str:
    """Who says an event, and of what."""
    if kind in TRACK_FACTS:
        return "track"
    if kind in FACTS:
        return "person"
    return "engine" if kind in CONSEQUENCES else "grant" if kind in GRANTS else "withdrawal"
