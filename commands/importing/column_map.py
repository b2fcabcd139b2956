"""Maps from the columns and values of another system's file to ours, and what it leaves out because it holds for every row.

The short form maps columns alone (`Klientnr: ref`). The long form has up to three parts, named in Swedish or English:

    kolumner: {Elev: ref, Betygsdatum: datum, Betyg: värde, Namn: "-"}
    värden: {Betyg: {A: klar, B: klar, C: klar, D: klar, E: klar, F: ej_klar, "": "-"}}
    alltid: {händelse: record, steg: vux}

`-` leaves out a column, or a row by one of its values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.importing.columns import column_name
from commands.importing.csv import LEFT_OUT, CellFault, Sheet, SheetRow
from commands.importing.toml_nodes import toml_nodes
from commands.runtime import errors
from definitions.model.refusal import Refusal
from definitions.model.spelling import nearest
from definitions.source.diagnostics import Severity, finding
from definitions.source.findings import DUPLICATE_KEY, KEYS_EXPECTED, SINGLE_VALUE_EXPECTED, UNKNOWN_KEY
from definitions.source.nodes import Map, Read, Scalar
from definitions.source.reader import decode, mask_numbers, normalize_line_ends, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model.vocabulary import Lang
    from definitions.source.diagnostics import Diagnostic
    from definitions.source.nodes import Node

# A map is written by hand; what is larger is another file, named by mistake.
_MOST_MAP: Final = 64_000
_LEAVE: Final = "-"
_PARTS: Final[Mapping[str, str]] = {
    "columns": "columns", "kolumner": "columns", "values": "values", "värden": "values", "always": "always", "alltid": "always",
}  # fmt: skip


class ColumnMap(NamedTuple):
    """Our columns by theirs, our values by theirs in each of their columns, and the cells that hold for every row."""

    columns: Mapping[str, str] = {}
    values: Mapping[str, Mapping[str, str]] = {}
    always: Mapping[str, str] = {}


class MapRefused(Refusal):
    """A map in YAML with something wrong in it; `found` are the findings, each with its place, as of a track's file."""

    def __init__(self, found: Sequence[Diagnostic]) -> None:
        self.found = tuple(found)
        super().__init__(errors.MAP_REFUSED)

    def message(self, lang: str, values: Mapping[str, Any] | None = None) -> str:  # noqa: ARG002 - findings have words of their own
        """Compose the message: all findings, each with its place and remedy."""
        own: Lang = "sv" if lang == "sv" else "en"
        told = " ".join(f"{one.span}: {one.message(own)} {one.hint(own)}" for one in self.found)
        return super().message(lang, {"findings": told})


def load_map(path: str) -> ColumnMap:
    """Load a map from a file in YAML, or in TOML where it is called so.

    Raises:
        Refusal: MAP_REFUSED with every finding in it, such as a key that stands twice; MAP_NOT_TOML; MAP_UNREADABLE where it is too
            large for a map; others where there is no such file.

    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_MOST_MAP + 1)
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    if len(raw) > _MOST_MAP:
        raise errors.MAP_UNREADABLE(path=path)
    text, wrong = decode(raw, path)
    root, found, _ = _read(text, path) if text is not None else Read(None, ())
    every = [*wrong, *found, *(_strange_parts(root) if root else ())]
    if grave := [one for one in every if one.severity is Severity.ERROR]:
        raise MapRefused(grave)
    if root is None:
        raise errors.MAP_UNREADABLE(path=path)
    return _map_of(root)


def _read(text: str, path: str) -> Read:
    """Read the text of a map, as that of a track is, or as TOML to the same form. Raises MAP_NOT_TOML."""
    plain, numbers = mask_numbers(normalize_line_ends(text), path)
    read = Read(toml_nodes(plain, path), ()) if path.endswith(".toml") else read_text(plain, path)
    return read._replace(findings=(*numbers, *read.findings))


def _strange_parts(root: Map) -> Iterator[Diagnostic]:
    """What is no part of a map, stands twice, once in each language, or is of another form than its part."""
    if all(isinstance(value, Scalar) for _, value in root):
        return
    first: dict[str, Scalar] = {}
    for key, value in root:
        name = _PARTS.get(key.text.strip())
        if name is None:
            near = nearest(key.text, _PARTS)
            yield finding(UNKNOWN_KEY, key.span, {"key": key.text, "suggestion": near or "", "known": ", ".join(_PARTS)})
        elif name in first:
            yield _twice(key, first[name])
        else:
            first[name] = key
            yield from _strange_words(name, key, value)


def _strange_words(part: str, at: Scalar, value: Node) -> Iterator[Diagnostic]:
    """The keys within a part that mean the same, as `what` and `händelse` do for every row, and what is no text there."""
    if not isinstance(value, Map):
        yield finding(KEYS_EXPECTED, at.span, {"known": "…: …"})
        return
    seen: dict[str, Scalar] = {}
    for key, word in value:
        name = (column_name(key.text) if part == "always" else None) or key.text.strip()
        if name in seen:
            yield _twice(key, seen[name])
        seen.setdefault(name, key)
        if part == "values":
            yield from _strange_words("pairs", key, word)
        elif not isinstance(word, Scalar):
            yield finding(SINGLE_VALUE_EXPECTED, key.span, {})


def _twice(key: Scalar, first: Scalar) -> Diagnostic:
    return finding(DUPLICATE_KEY, key.span, {"key": key.text, "line": str(first.span.line)}, (first.span,))


def _map_of(root: Map) -> ColumnMap:
    """The map in its parts, or in the short form, of columns alone."""
    short = all(isinstance(value, Scalar) for _, value in root)
    parts = {"columns": root} if short else {_PARTS[key.text.strip()]: value for key, value in root}
    values = parts.get("values")
    pairs = {key.text.strip(): _words(value) for key, value in values} if isinstance(values, Map) else {}
    return ColumnMap(_columns(_words(parts.get("columns"))), pairs, _words(parts.get("always")))


def _words(found: Node | None) -> dict[str, str]:
    """A mapping of texts to texts, trimmed."""
    pairs = found if isinstance(found, Map) else ()
    return {key.text.strip(): word.text.strip() for key, word in pairs if isinstance(word, Scalar)}


def _columns(found: Mapping[str, str]) -> dict[str, str]:
    return {name.strip(): LEFT_OUT if ours.strip() in ("", _LEAVE) else ours.strip() for name, ours in found.items()}


def translate(sheet: Sheet, mapped: ColumnMap, path: str) -> Sheet:
    """Translate the values of a sheet to our words, and add what holds for every row.

    Args:
        sheet: the sheet, its columns in our names already.
        mapped: the map.
        path: the file, for the refusal.

    Returns:
        The sheet; a value that the map does not know is among its faults.

    """
    if not mapped.values and not mapped.always:
        return sheet
    places = {name: _place(sheet, mapped, name, path) for name in mapped.values}
    faults = list(sheet.faults)
    lines: list[SheetRow] = []
    left_out = 0
    for line in sheet.lines:
        # A cell that the map does not have is left out of its row, which is asked what else is wrong with it.
        wrong = dict(_unknown_values(line, mapped, places, sheet))
        faults += wrong.values()
        kept = _translated_line(line.without(wrong), mapped, places)
        left_out += not (wrong or kept)
        lines += [kept] if kept else []
    added = tuple(name for name in mapped.always if name not in sheet.header)
    return sheet._replace(lines=lines, faults=tuple(faults), always=added, left_out=left_out)


def _place(sheet: Sheet, mapped: ColumnMap, name: str, path: str) -> str:
    """The name under which a line keeps the cells of one of their columns."""
    written = mapped.columns.get(name, name)
    if written == LEFT_OUT or written not in sheet.header:
        shown = ", ".join(one for one in sheet.header if one != LEFT_OUT)
        raise errors.MAP_COLUMN_MISSING(path=path, name=name[:40], columns=shown[:400])
    return column_name(written) or written


def _cell(line: SheetRow, place: str) -> str:
    return line.cells.get(place) or line.facts.get(place) or ""


def _unknown_values(line: SheetRow, mapped: ColumnMap, places: Mapping[str, str], sheet: Sheet) -> Iterator[tuple[str, CellFault]]:
    """The cells whose value the map does not have, by the name under which the line keeps them."""
    for name, pairs in mapped.values.items():
        cell = _cell(line, places[name])
        if cell and cell not in pairs:
            why = errors.VALUE_NOT_MAPPED(value=cell[:40], values=", ".join(word for word in pairs if word)[:400])
            yield places[name], CellFault(line.number, sheet.column_of(places[name]), why)


def _translated_line(line: SheetRow, mapped: ColumnMap, places: Mapping[str, str]) -> SheetRow | None:
    """The line in our words; None where one of its values says that it is to be left out."""
    cells, facts = dict(line.cells), dict(line.facts)
    for name, pairs in mapped.values.items():
        place = places[name]
        word = pairs.get(_cell(line, place), "")
        if word == _LEAVE:
            return None
        if word:
            (cells if column_name(place) else facts)[place] = word
    for name, word in mapped.always.items():
        ours = column_name(name)
        (cells if ours else facts).setdefault(ours or name, word)
    return SheetRow(line.number, cells, facts)
