"""Workbooks and texts that are made to take long or much: each is read in a process of its own with limits that the system holds.

    python tests/commands/importing/heavy_files.py < NAMES

prints a JSON object: for each name the key of what it was refused for, `read`, or the signal that ended it.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[3]))

import openpyxl  # noqa: F401 - once, before the first fork

from commands.importing import xlsx  # noqa: F401 - as above
from commands.importing.sheet import read_sheet
from definitions.model.refusal import Refusal
from tests.definitions.source.bombs import alone

if TYPE_CHECKING:
    from collections.abc import Callable

SPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET: Final = "xl/worksheets/sheet1.xml"
FIRST: Final = '<row r="1"><c r="A1" t="inlineStr"><is><t>ref</t></is></c></row>'


def book(sheet: str = "", *, after: str = "", strings: str = "", more: dict[str, str] | None = None) -> bytes:
    """A workbook of one sheet with a column `ref`."""
    parts = {
        **PARTS,
        SHEET: f'<worksheet xmlns="{SPACE}"><sheetData>{FIRST}{sheet}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SPACE}">{strings}</sst>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in {**parts, **(more or {})}.items():
            target.writestr(name, text)
    return file.getvalue()


def noisy(unit: str, times: int) -> str:
    """A piece many times over with noise in between, so that it does not fold better than a true file."""
    noise = Random(1)
    return "".join(f"<!--{noise.randbytes(32).hex()}-->{unit * 40}" for _ in range(times // 40))


def styles(text: str) -> dict[str, str]:
    """Styles of a workbook."""
    return {"xl/styles.xml": f'<styleSheet xmlns="{SPACE}">{text}</styleSheet>'}


def folded_otherwise() -> bytes:
    """Folded in a way of which no bound is known before it is unfolded."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as target:
        target.writestr("[Content_Types].xml", " " * 100_000_000)
    return file.getvalue()


FILES: Final[dict[str, tuple[str, Callable[[], str | bytes]]]] = {
    "elements in elements": ("XlsxTooLarge", lambda: book("<a>" * 3_000_000 + "</a>" * 3_000_000)),
    "elements in some elements": ("XlsxTooLarge", lambda: book("<a>" * 20_000 + "</a>" * 20_000)),
    "fonts": ("XlsxTooLarge", lambda: book(more=styles("<fonts>" + "<font/>" * 9_000_000 + "</fonts>"))),
    "fonts and noise": ("XlsxTooLarge", lambda: book(more=styles("<fonts>" + noisy("<font/>", 2_000_000) + "</fonts>"))),
    "forms of numbers": ("XlsxTooLarge", lambda: book(more=styles(f'<numFmts><numFmt formatCode="{"[" * 60_000}"/></numFmts>'))),
    "shared texts": ("XlsxTooLarge", lambda: book(strings="<si/>" * 9_000_000)),
    "shared texts and noise": ("XlsxTooLarge", lambda: book(strings=noisy("<si/>", 2_000_000))),
    "empty cells": ("XlsxTooLarge", lambda: book(("<row>" + "<c/>" * 200 + "</row>") * 50_000)),
    "cells of one row and noise": ("XlsxTooLarge", lambda: book(f"<row>{noisy('<c/>', 2_000_000)}</row>")),
    "cells and noise": ("XlsxTooLarge", lambda: book("".join(f"<row>{noisy('<c/>', 200)}</row>" for _ in range(16_000)))),
    "rows of another kind": ("XlsxTooLarge", lambda: book(f'<x xmlns="y">{noisy("<row/>", 100_000)}</x>')),
    "rows": ("TooManyRows", lambda: book("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 300_000)))),
    "the last cell that there is": ("TooManyRows", lambda: book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "the last column that there is": ("TooManyCells", lambda: book('<row r="2"><c r="XFD2"><v>1</v></c></row>')),
    "a row beyond the last": ("TooManyRows", lambda: book('<row r="99999999999"/>')),
    "merged cells": (
        "XlsxTooLarge",
        lambda: book(after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 200_000)) + "</mergeCells>"),
    ),
    "one long text": ("XlsxTooLarge", lambda: book(f"<row><c><is><t>{Random(1).randbytes(1_000_000).hex()}</t></is></c></row>")),
    "one long tag": ("XlsxTooLarge", lambda: book(f'<row x="{Random(1).randbytes(1_000_000).hex()}"/>')),
    "parts": ("XlsxTooLarge", lambda: book(more={f"a{n}": "" for n in range(20_000)})),
    "parts of zeros": ("XlsxTooLarge", lambda: book(more={f"a{n}": "0" * 900_000 for n in range(150)})),
    "declarations after a long remark": (
        "XlsxBroken",
        lambda: book(more={"xl/styles.xml": f'<!--{" " * 9_000}--><!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    ),
    "folded otherwise": ("XlsxBroken", folded_otherwise),
    "one line": ("CsvBroken", lambda: "a" * 40_000_000),
    "one row of names": ("CsvBroken", lambda: ";" * 40_000_000),
    "one row": ("CsvBroken", lambda: "ref\n" + ";" * 40_000_000),
    "a quotation mark alone": ("CsvBroken", lambda: 'ref\n"' + "a\n" * 20_000_000),
    "one row over lines": ("CsvBroken", lambda: "ref\n" + '"\n";' * 9_000_000),
    "lines": ("TooManyRows", lambda: "ref\n" + "a\n" * 20_000_000),
    "empty lines": ("TooManyRows", lambda: "ref\n" + "\n" * 40_000_000),
    "names of columns": ("TooManyCells", lambda: ";".join(f"k{n}" for n in range(100_000))),
    "marks out of order": ("NotText", lambda: "ref\na" + "\u0316\u0301" * 5_000_000),
}


def read(path: str) -> str:
    """Read a file as `import` does; gives what it was refused for."""
    try:
        read_sheet(path)
    except Refusal as why:
        return why.code.key
    return "read"


def within(folder: str, name: str) -> int | str:
    """What came of one file."""
    path, made = Path(folder) / "file", FILES[name][1]()
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    del made
    return alone(partial(read, str(path)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps({name: within(folder, name) for name in json.load(sys.stdin)}))
