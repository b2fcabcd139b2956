"""Lists as spreadsheets: in the words of the table, with days as days, numbers as numbers, and no formula."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from commands.runtime.listing import as_xlsx
from tests.commands.app.test_cli_names import space  # noqa: F401 - a fixture
from tests.commands.workspace import Workspace

LISTS = (
    "worklist",
    "tracks",
    "status",
    "status dit",
    "status A1",
    "status dit --people",
    "queue dit",
    "caseload",
    "history A1",
    "start dit",
    "employer dit",
)


def sheet(path: Any) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("line", LISTS)
def test_every_list_is_written_as_a_spreadsheet_in_the_language_of_the_reader(space: Workspace, line: str) -> None:  # noqa: F811
    path = space.folder / "list.xlsx"
    headings = []
    for lang in ("sv", "en"):
        said = space(*line.split(), "--xlsx", str(path), lang=lang)
        assert (said.code, said.err) == (0, "")
        headings.append(sheet(path)[0])
    assert all(headings[0])
    assert headings[0] != headings[1]


def test_a_spreadsheet_has_days_as_days_and_numbers_as_numbers(space: Workspace) -> None:  # noqa: F811
    path = space.folder / "list.xlsx"
    space.ok("status", "dit", "--people", "--xlsx", str(path))
    assert all(isinstance(row[-1], datetime) for row in sheet(path)[1:])
    space.ok("tracks", "--xlsx", str(path))
    assert any(isinstance(cell, int) for cell in sheet(path)[1])


def test_a_spreadsheet_is_no_text_and_goes_to_a_file(space: Workspace) -> None:  # noqa: F811
    assert space("tracks", "--xlsx", "-").code == 2
    assert space("tracks", "--json", "--xlsx", "x.xlsx").code == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(tmp_path: Any, text: str) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "x.xlsx"
    path.write_bytes(as_xlsx([{"a": text}], ["a"], "x"))
    cell = load_workbook(path).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
