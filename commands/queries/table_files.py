"""Rows as files for other systems: CSV, XLSX and CloudEvents. Nothing in them is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from commands.runtime.output import clean, harmless, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Mapping[str, Any]]


def as_csv(rows: Rows, columns: Sequence[str]) -> str:
    """Rows as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(row.get(name)) for name in columns] for row in rows)
    return file.getvalue()


def as_xlsx(rows: Rows, columns: Sequence[str], title: str) -> bytes:
    """Rows as a spreadsheet with one sheet; dates are dates, numbers are numbers, and every text is written as a text.

    Args:
        rows: one mapping a row.
        columns: the keys of the columns, in order.
        title: the name of the sheet.

    Returns:
        The bytes of the file.

    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)

    def cell(value: Any) -> Any:
        if value is None or isinstance(value, bool | int | date):
            return value
        text = WriteOnlyCell(sheet, clean(value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)))
        # Told so, the library writes `=1+1` as a text and not as a formula.
        text.data_type = "s"
        return text

    sheet.freeze_panes = "A2"
    sheet.append([cell(name) for name in columns])
    for row in rows:
        sheet.append([cell(row.get(name)) for name in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_cloudevents(rows: Rows) -> str:
    """Rows as CloudEvents 1.0, one in JSON a line; the place in the log is the id, so that one sent twice is known."""
    return "".join(json.dumps(_cloudevent(row), ensure_ascii=False) + "\n" for row in rows)


def _cloudevent(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{row['stream']}/{row['seq']}",
        "source": f"/jobbspar/{quote(row['track'])}",
        "type": f"jobbspar.{row['kind']}",
        "time": row["recorded"],
        "subject": row["stream"],
        "datacontenttype": "application/json",
        "data": plain({name: row[name] for name in ("step", "attempt", "effective", "actor", "version", "stands", "data")}),
    }
