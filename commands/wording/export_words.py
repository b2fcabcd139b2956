"""The rows of an export, or of a result as CSV, in the words of a language, each code in a column beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.runtime.texts import message
from commands.wording.events import actor_words, event_words, fact_value
from tracks.events.event import Event
from tracks.texts import fact_word, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The columns that hold a code of ours.
_CODED: Final = ("status", "kind", "population")
_CODE: Final = "_code"
_FACT: Final = "fact."


def in_words(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], lang: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Put rows and their headings into words; what is no code of ours stays as it is.

    Args:
        rows: one mapping a row.
        columns: the keys of the columns, in order.
        lang: the language of the headings and the values.

    Returns:
        The rows, by heading, and the headings in order.

    """
    wide = [name for column in columns for name in _beside(column)]
    # In a stand, which has steps that go on, the end is a plan; of what is told as it was, it is the day of the end itself.
    headings = {name: _heading("planned_until" if name == "until" and "steps" in columns else name, lang) for name in wide}
    return [{headings[name]: _value(row, name, lang) for name in wide} for row in rows], list(headings.values())


def _beside(column: str) -> tuple[str, ...]:
    """A column, and what stands beside it: its code, or what the data of an event says in words."""
    return (column, f"{column}{_CODE}") if column in _CODED else ("words", column) if column == "data" else (column,)


def _heading(name: str, lang: str) -> str:
    if name.startswith(_FACT):
        return f"{message('export.fact', lang)}.{fact_word(name.removeprefix(_FACT), lang)}"
    if name.endswith(_CODE):
        return message("export.code", lang, name=_heading(name.removesuffix(_CODE), lang))
    return message(f"export.{name}", lang)


def _value(row: Mapping[str, Any], name: str, lang: str) -> Any:
    if name == "words":
        fields: dict[str, Any] = {field: row.get(field) for field in Event._fields}
        return event_words(Event(**fields), lang)
    value: Any = row.get(name.removesuffix(_CODE))
    # The codes are English words, and scripts know the columns by their English headings.
    if name in _CODED:
        return value if lang == "en" or value is None else word(name, value, lang)
    if name == "actor":
        return actor_words(str(value), lang)
    if name.startswith(_FACT) or isinstance(value, bool):
        return value if value is None or type(value) is int else fact_value(name.removeprefix(_FACT), value, lang)
    return value
