"""The glossary behind `explain`: the kinds of events, the statuses and the states of a place, from the tables of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.runtime.texts import message
from definitions.model.spelling import folded
from tracks.events.kinds.kind import Group
from tracks.events.kinds.table import KINDS, allowed, reportable
from tracks.events.status import Status
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: Final = ("sv", "en")
# Of a claim, not of an enrolment; but people ask about them with the same word.
STATES: Final = ("waiting", "proposed", "holding")


def describe_word(name: str, lang: str) -> list[str]:
    """Describe each kind of event, status and state of a place that goes by a name, in either language."""
    wanted = folded(" ".join(name.split()))
    return ["\n".join(_describe(table, code, lang)) for table, code in _codes() if wanted in map(folded, _names(table, code))]


def glossary_words() -> list[str]:
    """List everything that the glossary describes, as it is shown and as it is written."""
    return [name for table, code in _codes() for name in _names(table, code)]


def _codes() -> Iterator[tuple[str, str]]:
    yield from (("status", status.value) for status in Status)
    yield from (("kind", kind) for kind in sorted(KINDS))
    yield from (("state", state) for state in STATES)


def _names(table: str, code: str) -> tuple[str, ...]:
    return (code, *(_word(table, code, lang) for lang in LANGUAGES))


def _word(table: str, code: str, lang: str) -> str:
    return message(f"state.{code}", lang) if table == "state" else word(table, code, lang)


def _describe(table: str, code: str, lang: str) -> Iterator[str]:
    other = "en" if lang == "sv" else "sv"
    yield message(f"explain.{table}", lang, word=_word(table, code, lang))
    yield message("explain.written", lang, code=code, other=_word(table, code, other))
    if table == "kind":
        yield message(f"explain.by.{_class(code)}", lang)
    if table == "kind" and KINDS[code].allowed:
        yield message("explain.when", lang, statuses=", ".join(word("status", one, lang) for one in Status if allowed(code, one)))
    if table == "status":
        kinds = [word("kind", kind.name, lang) for kind in reportable() if code in kind.allowed]
        yield message("explain.may", lang, kinds=", ".join(kinds))


def _class(name: str) -> str:
    """Who writes an event, and of what."""
    kind = KINDS[name]
    if kind.is_fact:
        return "track" if kind.of_track else "person"
    return "engine" if kind.group is Group.CONSEQUENCE else kind.group
