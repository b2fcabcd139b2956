"""XLSX as offices write it: the cells of one sheet as texts. Nothing is computed, and every refusal has its row and column."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from commands.importing.columns import COLUMN_NAMES
from commands.importing.csv import MOST_COLUMNS, MOST_ROWS, CellFault, Sheet, SheetRow, parse_header, parse_row
from commands.importing.workbook_bounds import read_bounded
from commands.runtime import errors
from definitions.model.personal_numbers import masked
from definitions.model.refusal import Refusal
from definitions.model.words import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CHUNK: Final = 1 << 20
_OVERLAP: Final = 200
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7})(:[A-Z0-9:]{1,20})?[\"']")
_MOST_FAULTS: Final = 1_000


def read_xlsx(path: str, sheet: str | None, mapped: Mapping[str, str]) -> Sheet:
    """Read one sheet of a spreadsheet.

    Args:
        path: the file.
        sheet: the name of the sheet; the first where it is None.
        mapped: our names of columns by theirs.

    Returns:
        The sheet; cells that cannot be read are among its faults.

    Raises:
        Refusal: XLSX_BROKEN for a file that the library cannot read; others say what is too large, or where.

    """
    raw = read_bounded(path)
    try:
        return _read(path, raw, sheet, mapped)
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - a broken file fails anywhere in the library, with anything
        raise errors.XLSX_BROKEN(path=path) from None


def _read(path: str, raw: bytes, sheet: str | None, mapped: Mapping[str, str]) -> Sheet:
    from openpyxl import load_workbook

    # Formulas are read as such and refused: a result that is kept beside them may be older than their cells.
    book = load_workbook(BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    try:
        names = [composed(one.title, path) for one in book.worksheets]
        if sheet and sheet not in names:
            raise errors.SHEET_UNKNOWN(path=path, name=sheet[:40], sheets=", ".join(names))
        found: Any = book.worksheets[names.index(sheet or names[0])]
        # What the file says of its own size may be wrong.
        found.reset_dimensions()
        rows = enumerate(found.iter_rows(), 1)
        _, cells = next(rows, (1, ()))
        faults: list[CellFault] = []
        first = _texts(_bounded(path, 1, cells), 1, (), faults)
        # Offices format whole rows, so cells without a text may follow the last name.
        while first and not first[-1]:
            first.pop()
        header = parse_header(path, first, mapped)
        faults += islice(_merged(raw, found), _MOST_FAULTS)
        lines = list(_lines(path, rows, header, faults))
        kept = tuple(sorted(islice(faults, _MOST_FAULTS), key=lambda one: one[:2]))
        return Sheet(lines, header, "XLSX", masked(found.title), kept, epoch=book.epoch)
    finally:
        book.close()


def _bounded(path: str, number: int, cells: Sequence[Any]) -> Sequence[Any]:
    if len(cells) > MOST_COLUMNS:
        raise errors.TOO_MANY_CELLS(path=path, row=number, column=MOST_COLUMNS + 1)
    return cells


def _lines(path: str, rows: Iterator[tuple[int, Sequence[Any]]], header: tuple[str, ...], faults: list[CellFault]) -> Iterator[SheetRow]:
    months = [name.casefold() in COLUMN_NAMES["born"] for name in header]
    for number, cells in rows:
        if number > MOST_ROWS + 1:
            raise errors.TOO_MANY_ROWS(path=path, row=number, most=MOST_ROWS)
        # Who has so many to mend finds the rest when they are mended.
        if len(faults) > _MOST_FAULTS:
            return
        texts = _texts(_bounded(path, number, cells), number, months, faults)
        if not any(texts):
            continue
        try:
            yield parse_row(path, number, header, texts)
        except Refusal as why:
            faults.append(CellFault(number, int(why.values.get("column", 1)), why))


def _texts(cells: Sequence[Any], number: int, months: Sequence[bool], faults: list[CellFault]) -> list[str]:
    texts = []
    for column, cell in enumerate(cells, 1):
        value = cell.value
        if value is not None and cell.data_type in ("f", "e"):
            why = errors.FORMULA_CELL() if cell.data_type == "f" else errors.FAULTY_CELL(value=str(value)[:10])
            faults.append(CellFault(number, column, why))
            value = None
        text = _text(value, month=column <= len(months) and months[column - 1])
        try:
            texts.append(composed(text, f"{number}:{column}"))
        except Refusal as why:
            faults.append(CellFault(number, column, why))
            texts.append("")
    return texts


def _text(value: Any, *, month: bool) -> str:
    """A cell as CSV would have it: dates in ISO form, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        if month:
            return f"{value:%Y-%m}"
        midnight = not isinstance(value, datetime) or (value.hour, value.minute, value.second) == (0, 0, 0)
        return f"{value:%Y-%m-%d}" if midnight else value.isoformat()
    return str(value).strip()


def _merged(raw: bytes, sheet: Any) -> Iterator[CellFault]:
    """The merged cells, which the library leaves out when it reads row by row."""
    from openpyxl.utils import column_index_from_string

    with zipfile.ZipFile(BytesIO(raw)) as parts, parts.open(sheet._worksheet_path.lstrip("/")) as part:  # noqa: SLF001 - it has no other door
        kept = b""
        while chunk := part.read(_CHUNK):
            text, done = kept + chunk, 0
            # Looking at each tag takes longer than looking for the word, which most sheets do not hold.
            for found in _MERGED.finditer(text) if b"mergeCell" in text else ():
                done = found.end()
                column, row, rest = (group.decode() for group in found.groups(b""))
                yield CellFault(int(row), column_index_from_string(column), errors.MERGED_CELLS(cells=f"{column}{row}{rest}"))
            # A tag may be cut in two by the end of a chunk: so much of the text is looked at again as one tag can take.
            kept = text[max(done, len(text) - _OVERLAP) :]
