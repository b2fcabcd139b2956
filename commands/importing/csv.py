"""CSV as offices write it: the delimiter and the encoding are found, and every refusal has its row and column."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining

from commands.importing.columns import COLUMN_NAMES, column_name, usual_name
from commands.runtime import errors
from definitions.model.words import composed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from definitions.model.refusal import Refusal

MOST_BYTES: Final = 50_000_000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
# Characters: every cell of a row as long as a spreadsheet lets one be would be six times as much, and nobody writes so.
_MOST_ROW: Final = 1_000_000
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_DELIMITERS: Final = {";": ";", ",": ",", "\t": "tab"}
# The line by which Excel says the delimiter of the rest, to itself and to others.
_SAID_DELIMITER: Final = re.compile(r'"?sep=([^\w\s"]|\t)"?[\r\n]', re.IGNORECASE)
_MOST_MARKS: Final = 32
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# What a map of columns calls a column that is not to be read; no file can hold it, because one with NUL bytes is refused.
LEFT_OUT: Final = "\0"


class SheetRow(NamedTuple):
    """One row of a file: where it begins, and its cells by column; facts are kept apart."""

    number: int
    cells: dict[str, str]
    facts: dict[str, str]

    def without(self, names: Collection[str]) -> SheetRow:
        """The row without some of its cells."""
        cells, facts = ({name: text for name, text in found.items() if name not in names} for found in (self.cells, self.facts))
        return SheetRow(self.number, cells, facts)


class CellFault(NamedTuple):
    """A cell that cannot be taken."""

    row: int
    column: int
    why: Refusal


class Sheet(NamedTuple):
    """A file as read: its rows, its columns as written (or mapped), and the form it was found to have.

    `always` are columns that a map added, `theirs` the names in the file of those that it renamed, and `left_out` the number of rows
    that it left out. `top` is the row of the names, `epoch` the moment from which a spreadsheet counts its days.
    """

    lines: list[SheetRow]
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    faults: tuple[CellFault, ...] = ()
    always: tuple[str, ...] = ()
    left_out: int = 0
    theirs: Mapping[str, str] = {}
    epoch: datetime | None = None
    top: int = 1

    @property
    def fact_columns(self) -> list[str]:
        """The columns that are no column of ours."""
        return [name for name in (*self.header, *self.always) if column_name(name) is None and name not in ("", LEFT_OUT)]

    def column_of(self, name: str) -> int:
        """The number of a column by our name or by its own; 1 where there is none."""
        found = (i for i, written in enumerate(self.header, 1) if name in (column_name(written), written))
        return next(found, 1)

    def written_as(self, name: str, lang: str) -> str:
        """The name in the file of a column that is called so by us; a usual one where the file has none."""
        found = next((written for written in self.header if column_name(written) == name), None)
        if found is None:
            return usual_name(name, lang) if name in COLUMN_NAMES else name
        return self.theirs.get(found, found)


def read_csv(path: str, mapped: Mapping[str, str]) -> Sheet:
    """Read a whole file; `mapped` has our names of columns by theirs."""
    text, encoding = _decoded(path)
    said = _SAID_DELIMITER.match(text)
    delimiter = said[1] if said else _delimiter(text)
    rows = _rows(path, text, delimiter)
    if said:
        next(rows)
    top, header = next(rows, (1, []))
    names = parse_header(path, header, mapped, top)
    lines = [parse_row(path, number, names, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    return Sheet(lines, names, encoding, _DELIMITERS.get(delimiter, delimiter), top=top)


def _decoded(path: str) -> tuple[str, str]:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    if len(raw) > MOST_BYTES:
        raise errors.FILE_TOO_LARGE(path=path, most=MOST_BYTES // 1_000_000)
    # What Excel calls Unicode text.
    if raw.startswith(_MARKS):
        try:
            return _in_form(raw.decode("utf-16"), path), "UTF-16"
        except UnicodeDecodeError:
            raise errors.NOT_TEXT(path=path, row=1) from None
    if b"\0" in raw:
        raise errors.NOT_TEXT(path=path, row=raw[: raw.index(b"\0")].count(b"\n") + 1)
    # Excel writes Windows-1252 where it is not told otherwise; nearly any bytes are some text in it, so it is tried last.
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return _in_form(raw.decode(encoding), path), "UTF-8" if encoding == "utf-8-sig" else "Windows-1252"
        except UnicodeDecodeError as fault:
            line = raw[: fault.start].count(b"\n") + 1
    raise errors.NOT_TEXT(path=path, row=line)


def _in_form(text: str, path: str) -> str:
    """Bring a text into form; refused where a letter has marks without end, because putting those in order takes for ever."""
    marks = "" if text.isascii() else "".join(filter(combining, set(text)))
    if marks and (endless := re.search(f"[{marks}]{{{_MOST_MARKS}}}", text)):
        raise errors.NOT_TEXT(path=path, row=text.count("\n", 0, endless.start()) + 1)
    return composed(text, path)


def _delimiter(text: str) -> str:
    """The delimiter, among those that offices use, with which the most columns of the header are known."""
    header = text[:_MOST_ROW].split("\n", 1)[0].strip("\r")
    known = {d: sum(column_name(name.strip().strip('"')) is not None for name in header.split(d)) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: (known[d], header.count(d)))


class _RowTooLong(Exception):
    """A row has no end within the longest that one may be."""


class _BoundedLines:
    """The lines of a text one by one, for a reader that takes as many as a row has; it is told when a row begins."""

    def __init__(self, text: str) -> None:
        self._found = _LINE.finditer(text)
        self._left = _MOST_ROW

    def begin(self) -> None:
        self._left = _MOST_ROW

    def __iter__(self) -> Iterator[str]:
        for line in self._found:
            self._left -= line.end() - line.start()
            # Of one endless line, or of a quotation mark that is never closed, a reader would make millions of cells before it is asked.
            if self._left < 0:
                raise _RowTooLong
            yield line[0]


def _rows(path: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = _BoundedLines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in range(1, MOST_ROWS + 3):
        # A quoted cell may hold line breaks, so a row is named by the line that it begins on.
        first = reader.line_num + 1
        lines.begin()
        try:
            cells = next(reader, None)
        except (csv.Error, _RowTooLong):
            raise errors.CSV_BROKEN(path=path, row=first) from None
        if cells is None:
            return
        if number > MOST_ROWS + 1:
            raise errors.TOO_MANY_ROWS(path=path, row=first, most=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise errors.TOO_MANY_CELLS(path=path, row=first, column=MOST_COLUMNS + 1)
        yield first, cells


def parse_header(path: str, written: Sequence[str], mapped: Mapping[str, str], row: int = 1) -> tuple[str, ...]:
    """Parse the first row to the names of the columns.

    Args:
        path: the file, for the refusals.
        written: the cells of the first row.
        mapped: our names by the names in the file.
        row: the number of the row.

    Returns:
        The names, those in the map replaced by ours; an empty one where a column has no heading.

    Raises:
        Refusal: MAP_COLUMN_MISSING where the map names a column that is not there; NO_HEADER for an empty row; COLUMN_TWICE for a
            column with the name of another.

    """
    given = [name.strip() for name in written]
    for name in mapped:
        if name not in given:
            raise errors.MAP_COLUMN_MISSING(path=path, name=name[:40], columns=", ".join(given)[:400])
    names = tuple(mapped.get(name, name) for name in given)
    if not any(names):
        raise errors.NO_HEADER(path=path, row=row, example="ref;channel;on")
    seen: set[str] = set()
    for column, name in enumerate(names, 1):
        # Offices leave columns without a heading behind; only what stands below one matters.
        if name in ("", LEFT_OUT):
            continue
        ours = column_name(name) or name
        if ours in seen:
            raise errors.COLUMN_TWICE(path=path, row=row, column=column, name=name)
        seen.add(ours)
    return names


def parse_row(path: str, number: int, names: tuple[str, ...], cells: Sequence[str]) -> SheetRow:
    """Parse one row by its columns.

    Args:
        path: the file, for the refusal.
        number: the number of the row.
        names: the names of the columns.
        cells: the cells as written.

    Returns:
        The row, without empty cells and columns that are not to be read.

    Raises:
        Refusal: TOO_MANY_CELLS for a filled cell beyond the last column, HEADING_MISSING for one below no heading.

    """
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise errors.TOO_MANY_CELLS(path=path, row=number, column=len(names) + 1)
    if stray := next((at for at, (name, cell) in enumerate(zip(names, cells, strict=False), 1) if not name and cell.strip()), 0):
        raise errors.HEADING_MISSING(path=path, row=number, column=stray)
    given = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name != LEFT_OUT and cell.strip()}
    ours = {known: cell for name, cell in given.items() if (known := column_name(name))}
    return SheetRow(number, ours, {name: cell for name, cell in given.items() if column_name(name) is None})
