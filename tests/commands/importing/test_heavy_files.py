"""Importing is bounded: what is refused is refused within 2 seconds of CPU time and 200 MB, and the system would stop it else."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from commands.importing.sheet import read_sheet
from commands.runtime import errors
from tests.commands.importing import heavy_files
from tests.commands.importing.test_cli_import_xlsx import quick
from tests.raising import raises_code

if TYPE_CHECKING:
    from pathlib import Path


@cache
def answers() -> dict[str, str]:
    """What came of all files; one process imports once, and its children read."""
    done = subprocess.run(
        [sys.executable, heavy_files.__file__], input=json.dumps([*heavy_files.FILES]), capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", heavy_files.FILES)
def test_a_file_made_to_take_long_or_much_is_refused_within_bounds(name: str) -> None:
    assert answers()[name] == heavy_files.FILES[name][0]


def test_a_large_workbook_as_offices_write_it_is_read_whole(tmp_path: Path) -> None:
    rows = [("ref", "on", "redo"), *((f"P{number}", date(2026, 9, 1), "ja") for number in range(12_000))]
    (tmp_path / "large.xlsx").write_bytes(quick(rows))
    assert len(read_sheet(str(tmp_path / "large.xlsx")).lines) == len(rows) - 1


def test_a_row_over_many_lines_is_named_by_the_line_that_it_begins_on(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'ref;note\r\nA1;"one\r\ntwo"\rA2;\nA3;"three\n')
    with raises_code(errors.CSV_BROKEN) as refused:
        read_sheet(str(tmp_path / "a.csv"))
    assert refused.value.values["row"] == 5
