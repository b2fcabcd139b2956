"""A table that somebody hands in, CSV or XLSX, with its columns and values named as ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from commands import errors, errors_files
from commands.column_maps import ColumnMap, read_map, translated
from commands.csv_files import read_csv

if TYPE_CHECKING:
    from commands.csv_files import Sheet

_ZIP: Final = b"PK\x03\x04"


def read_sheet(path: str, sheet: str | None = None, columns: str | None = None) -> Sheet:
    """Read a whole file by what it holds, whatever it is called; `columns` is a file that maps its columns and values to ours."""
    mapped = read_map(columns) if columns else ColumnMap()
    if _is_zip(path):
        from commands.xlsx_files import read_xlsx

        found = read_xlsx(path, sheet, mapped.columns)
    elif sheet:
        raise errors_files.SheetNotHere(path=path)
    else:
        found = read_csv(path, mapped.columns)
    return translated(found, mapped, path)


def _is_zip(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
