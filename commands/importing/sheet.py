"""A table that somebody hands in, CSV or XLSX, with its columns and values named as ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from commands.importing.column_map import ColumnMap, load_map, translate
from commands.importing.csv import read_csv
from commands.importing.row_to_fact import plain_word
from commands.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from commands.importing.csv import Sheet, SheetRow


class _DayColumn(NamedTuple):
    """What a column of days may hold: the first likely year, and how a day is written there."""

    first: int
    form: str


_ZIP: Final = b"PK\x03\x04"
# Numbers of days from 1927 to 2173 have so many digits; a year, a month and a day written in full have other numbers of them.
_DIGITS: Final = 5
_LAST_YEAR: Final = 2100
_FACTS: Final = _DayColumn(1920, "%Y-%m-%d")
_DAYS: Final = {"on": _DayColumn(2000, "%Y-%m-%d"), "born": _DayColumn(1920, "%Y-%m")}


def read_sheet(path: str, sheet: str | None = None, columns: str | None = None) -> Sheet:
    """Read a whole file by what it holds, whatever it is called.

    Args:
        path: the file.
        sheet: the name of a sheet of a spreadsheet; the first where it is None.
        columns: the path of a file that maps the columns and values to ours.

    Returns:
        The sheet, in our names and words.

    Raises:
        Refusal: SHEET_NOT_HERE where a sheet of a text file is asked for; others say which row and column cannot be read.

    """
    mapped = load_map(columns) if columns else ColumnMap()
    if _is_zip(path):
        from commands.importing.xlsx import read_xlsx

        found = read_xlsx(path, sheet, mapped.columns)
    elif sheet:
        raise errors.SHEET_NOT_HERE(path=path)
    else:
        found = read_csv(path, mapped.columns)
    return translate(found._replace(theirs={ours: name for name, ours in mapped.columns.items()}), mapped, path)


def name_facts(sheet: Sheet, known: Iterable[str]) -> Sheet:
    """Put facts under their own names, where a heading differs from one in capitals, blanks and hyphens alone."""
    names = {plain_word(name): name for name in known}
    written = sheet.fact_columns
    found = {name: ours for name in written if (ours := names.get(plain_word(name))) and ours not in written}
    if len(set(found.values())) < len(found) or not found:
        return sheet
    lines = [line._replace(facts={found.get(name, name): cell for name, cell in line.facts.items()}) for line in sheet.lines]
    theirs = {**sheet.theirs, **{ours: sheet.theirs.get(name, name) for name, ours in found.items()}}
    return sheet._replace(lines=lines, header=tuple(found.get(name, name) for name in sheet.header), theirs=theirs)


def convert_days(sheet: Sheet, facts: Sequence[str]) -> Sheet:
    """Convert the plain numbers in columns of days, and in the `facts` that are days, to those days."""
    # Only a spreadsheet has an epoch: a cell that lost its format there holds the number of days since it.
    if sheet.epoch is None:
        return sheet
    return sheet._replace(lines=[_dated(line, facts, sheet.epoch) for line in sheet.lines])


def _dated(line: SheetRow, facts: Sequence[str], epoch: datetime) -> SheetRow:
    cells = {name: _day(cell, epoch, _DAYS[name]) if name in _DAYS else cell for name, cell in line.cells.items()}
    said = {name: _day(cell, epoch, _FACTS) if name in facts else cell for name, cell in line.facts.items()}
    return line._replace(cells=cells, facts=said)


def _day(cell: str, epoch: datetime, kind: _DayColumn) -> str:
    """A number of days as a day, where it comes to one that is likely there; else the cell as it is."""
    if len(cell) != _DIGITS or not (cell.isascii() and cell.isdigit()):
        return cell
    from openpyxl.utils.datetime import from_excel

    day = from_excel(int(cell), epoch)
    return f"{day:{kind.form}}" if isinstance(day, date) and kind.first <= day.year <= _LAST_YEAR else cell


def _is_zip(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
