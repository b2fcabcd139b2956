"""The columns that a file may have, and what each kind of row says in them: the one source of what is read, refused and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from commands.app.usage import called
from commands.runtime.settings import LANGUAGES
from commands.runtime.texts import message
from definitions.model.spelling import folded
from tracks.events.kinds.table import KINDS, sayable
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracks.events.kinds.kind import Kind

# Every column in the names that people give it, ours and the Swedish one first; all others are facts of the track.
COLUMN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "referens", "reference", "deltagare", "participant"),
    "on": ("on", "datum", "dag", "date", "day"),
    "channel": ("channel", "väg_in", "väg in", "kanal"),
    "born": ("born", "född", "födelsemånad"),
    "what": ("what", "händelse", "vad", "kind"),
    "step": ("step", "steg"),
    "value": ("value", "värde", "resultat", "result"),
    "reason": ("reason", "skäl", "orsak"),
    "employer": ("employer", "arbetsgivare"),
    "outcome": ("outcome", "utfall"),
    "note": ("note", "anteckning"),
    "by": ("by", "av"),
    "name": ("name", "namn"),
    "number": ("number", "personnummer", "pnr", "personal number"),
    "protected": ("protected", "skyddad", "skyddade personuppgifter"),
}
_COLUMN_OF_WORD: Final = {word: name for name, words in COLUMN_NAMES.items() for word in words}
# Columns that are called as the fields of events that they say.
FIELDS: Final = ("reason", "employer", "outcome", "born")
# Whom a row is about, when, what it says, and by whom: the same for all that is reported.
_MUST: Final = ("on", "ref", "what")
_MAY: Final = ("number", "note", "by")
_OF_PEOPLE: Final = ("on", "channel", "born", "note", "name", "number", "protected", "by")
_COMMAND: Final = "import"


class RowColumns(NamedTuple):
    """The columns that a row must fill, and those that it may fill as well; `facts` is a column for each fact of the track."""

    must: tuple[str, ...]
    may: tuple[str, ...]


def columns_of(kind: Kind | None) -> RowColumns:
    """The columns of a row of a kind; None is a row that refers a person. A personal number may stand in place of a reference."""
    if kind is None:
        return RowColumns(("ref",), (*_OF_PEOPLE, "facts"))
    value = ("value",) if kind.value else ()
    must = (*_MUST, *kind.asks, *(value if kind.value_needed else ()))
    own = (kind.value,) if kind.value in FIELDS else ()
    return RowColumns(must, tuple(dict.fromkeys((*(() if kind.value_needed else value), *own, *kind.takes, *_MAY))))


def column_name(written: str) -> str | None:
    """Our name of a column written in either language; None for a fact."""
    return _COLUMN_OF_WORD.get(written.strip().casefold())


def usual_name(name: str, lang: str) -> str:
    """What a column of ours is usually called in a language."""
    return COLUMN_NAMES[name][lang == "sv"]


def describe_columns(asked: str, lang: str) -> list[str]:
    """Tell which columns a row has, of the kind that goes by a name in either language, or of every kind where the command is named."""
    wanted = folded(" ".join(asked.split()))
    if wanted in map(folded, called(_COMMAND)):
        head = [message("columns.head", lang), _line(None, lang), *(_line(kind, lang) for kind in sayable())]
        return ["\n".join([*head, message("columns.beside", lang)])]
    named = (kind for kind in [*sayable(), KINDS["referred"]] if wanted in map(folded, _names(kind)))
    return [message("columns.of", lang, line=_line(None if kind.name == "referred" else kind, lang)) for kind in named]


def _names(kind: Kind) -> tuple[str, ...]:
    return (kind.name, *kind.words, *(word("kind", kind.name, lang) for lang in LANGUAGES))


def _line(kind: Kind | None, lang: str) -> str:
    columns = columns_of(kind)
    must, may = (", ".join(_told(columns_, kind, lang)) for columns_ in columns)
    name = word("kind", kind.name if kind else "referred", lang)
    return message("columns.line", lang, kind=name, must=must, may=may)


def _told(columns: tuple[str, ...], kind: Kind | None, lang: str) -> Iterator[str]:
    for name in columns:
        if name == "facts":
            yield message("columns.facts", lang)
        elif name == "value" and kind:
            yield message("columns.value", lang, name=usual_name(name, lang), meaning=message(f"columns.value.{kind.value}", lang))
        else:
            yield usual_name(name, lang)
