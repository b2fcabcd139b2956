"""Listings in each form: a table for people, JSON and CSV for programs, and a spreadsheet in the words of the table."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from commands.runtime.atomic_files import deliver
from commands.runtime.errors import FILE_NEEDED
from commands.runtime.output import Column, OutputForm, clean, harmless, machine_out, out_json, plain, plain_row, print_message, print_table
from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from commands.runtime.context import CommandContext


def print_listing(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    form: OutputForm,
    work: CommandContext,
    empty: str = "none",
    *,
    csv: Sequence[str] = (),
) -> None:
    """Print rows as JSON, CSV or a table, or write them to a spreadsheet.

    Args:
        rows: one mapping a row; what only people read stands under keys that end in `_shown`.
        columns: the columns of the table.
        form: how the rows are wanted.
        work: the context of the command.
        empty: the key of the message for people where there is no row.
        csv: the keys of the columns of the CSV, where they are not those of the table.

    Raises:
        Refusal: FILE_NEEDED for a spreadsheet that is to be printed, or as `deliver`.

    """
    if form.json:
        out_json([plain_row(row) for row in rows])
    elif form.csv:
        _out_csv(rows, csv or [column.key for column in columns])
    elif form.xlsx:
        if form.xlsx == "-":
            raise FILE_NEEDED()
        deliver(work, form.xlsx, _sheet(rows, columns, work.lang))
    elif not rows:
        print_message(empty, work)
    else:
        print_table(rows, columns, work)


def _out_csv(rows: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> None:
    import csv

    writer = csv.writer(machine_out(), lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([harmless(row.get(key)) for key in keys] for row in rows)


def _sheet(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], lang: str) -> bytes:
    titles = [message(column.title, lang) for column in columns]
    told = [{title: _cell(column, row) for title, column in zip(titles, columns, strict=True)} for row in rows]
    return as_xlsx(told, titles, "jobbspar")


def _cell(column: Column, row: Mapping[str, Any]) -> Any:
    """A number and a day as they are, all else as people read it."""
    value = row.get(column.key)
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    text = column.of(row)
    try:
        return date.fromisoformat(text) if len(text) == len("2026-09-01") else text
    except ValueError:
        return text


def as_xlsx(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> bytes:
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
