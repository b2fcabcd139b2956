"""The words for statuses, kinds of events, reasons and todos, and the codes of words that people type."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from definitions.model.catalogues import catalogue
from definitions.model.vocabulary import ACTIONS, BUILT_IN, OUTCOMES, RESULTS, SKIPPED
from tracks.events.codes import CHANNELS, REASONS
from tracks.events.kinds.table import KINDS
from tracks.events.status import Status
from tracks.events.todos import LostFact, TodoKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TEXTS: Final = catalogue("tracks")
message: Final = _TEXTS.message
# The codes whose words stand in the catalogue as `TABLE.CODE`.
TABLES: Final[Mapping[str, Sequence[str]]] = {
    "status": tuple(Status), "reason": REASONS, "channel": CHANNELS, "result": (*RESULTS, *SKIPPED), "outcome": tuple(OUTCOMES),
    "kind": sorted(KINDS), "action": (*ACTIONS, "retry", "transfer"), "population": ("exits", "admitted", "condition", "not_goal"),
}  # fmt: skip


def word(table: str, code: str, lang: str) -> str:
    """Put a code into words; what is no code (a track's own result) stays as its author wrote it.

    Args:
        table: One of `TABLES`.
        code: The code.
        lang: The language of the words.

    """
    return message(f"{table}.{code}", lang) if code in TABLES[table] else code.replace("_", " ")


def code_of(table: str, written: str) -> str:
    """Find the code of a word typed in either language, with spaces or underscores; what is unknown stays as typed."""
    return _typed(table).get(_plain(written), written)


@cache
def _typed(table: str) -> Mapping[str, str]:
    """Every way to type the codes of a table."""
    return {_plain(one): code for code in TABLES[table] for one in (word(table, code, "en"), word(table, code, "sv"), code)}


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()


def todo_words(kind: str, lang: str, names: Mapping[str, str] | None = None) -> str:
    """Say what a todo asks for; `fact:NAME` and the like carry what it is about after the colon.

    Args:
        kind: The kind of the todo, as a snapshot holds it.
        lang: The language of the words.
        names: The names of what todos are about, by id, where the caller knows them.

    """
    base, what = TodoKind.parse(kind)
    if not _TEXTS.has(f"todo.{base}", lang):
        return kind.replace("_", " ")
    if base == "follow_up":
        about = point_words(what, lang)
    elif base == "stranded":
        about = _stranded_words(what, lang)
    elif base == "proposal":
        about = word("action", what, lang)
    elif base == "letter":
        about = what
    else:
        about = (names or {}).get(what) or fact_word(what, lang)
    key = f"todo.{kind.replace(':', '.')}"  # what is found out in a way of its own
    return message(key if _TEXTS.has(key, lang) else f"todo.{base}", lang, what=about)


def _stranded_words(what: str, lang: str) -> str:
    """What a person said: its kind, and the phase or the point of follow-up that it was about."""
    kind, about = LostFact.parse(what)
    return f"{word('kind', kind, lang)} {point_words(about, lang) if kind == 'followed_up' else about}".rstrip()


def role_word(role: str, lang: str) -> str:
    """Who does something: a partner as the track names it; the employer, whichever it is, and the caseworker in the language."""
    return message(f"role.{role}", lang) if role in ("employer", "caseworker") else role


def fact_word(name: str, lang: str) -> str:
    """A fact as it is typed; a built-in one has a name in each language."""
    return BUILT_IN.get(name, name) if lang == "sv" else name


def deadline_words(what: str, lang: str) -> str:
    """What a deadline was for: `report`, or `follow_up 3 months`."""
    base, _, point = what.partition(" ")
    words = message(f"deadline.{base}", lang) if _TEXTS.has(f"deadline.{base}", lang) else base.replace("_", " ")
    return f"{words} {point_words(point, lang)}" if point else words


def point_words(point: str, lang: str) -> str:
    """A point of follow-up, as `3 months`, in words; what is none stays as it is."""
    count, _, unit = point.partition(" ")
    one = f"unit.{unit.removesuffix('s')}"
    if point == "exit":
        return message("point.exit", lang)
    return message(one, lang, count=int(count)) if count.isdecimal() and _TEXTS.has(one, lang) else point
