"""The door of counts: a number of people becomes a cell by the decision over its whole output, and by nothing else."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import pytest

from commands.queries.report_json import with_hidden
from flows.port import TrackCounts
from tracks.privacy.cells import OutputCells, Shown, added, decide
from tracks.privacy.output_counts import KnownSum
from tracks.reports.text.bar_chart import bar_chart
from tracks.reports.text.count_tables import count_or_mark

ROOT = Path(__file__).parents[3]
KEYS = [("total",), ("a",), ("b",)]
TOTAL, A, B = KEYS


def test_nobody_makes_a_cell_by_hand() -> None:
    shown = decide({TOTAL: 9}, [], [], 5).cell(TOTAL, 9)
    for way in (lambda: Shown(9, None), lambda: OutputCells(door=None, counts={A: 9}, hidden=frozenset()), lambda: copy.deepcopy(shown)):
        with pytest.raises(TypeError):
            way()


def test_a_bare_number_of_people_is_an_error_of_types_wherever_it_would_be_shown() -> None:
    # The type checker reads the tests too, and an error that it is told to overlook must be one.
    count_or_mark(9, "sv")  # type: ignore[arg-type]
    bar_chart([("a", 9, "9")])  # type: ignore[list-item]
    TrackCounts({"a": 9}, {"b": 9})  # type: ignore[dict-item]
    reckoned: Any = decide({A: 9, B: 7}, [], [], 5).cell(A, 9)
    assert type(reckoned) is Shown
    assert type(reckoned + 1) is int


def test_a_bare_number_of_people_stops_before_it_is_json() -> None:
    cell = decide({A: 9}, [], [], 5).cell(A, 9)
    assert with_hidden({"goals": [], "statuses": {"active": cell, "paused": None}})["hidden"] == ["statuses.paused"]
    with pytest.raises(TypeError):
        with_hidden({"goals": [], "statuses": {"active": 9}})


def test_what_was_not_decided_with_the_others_is_not_shown() -> None:
    decided = decide({TOTAL: 20, A: 12}, [], [], 5)
    assert (decided.cell(A, 12), decided.cell(B, 8), decided.cell(B, 0)) == (12, None, 0)


def test_a_sum_of_cells_is_hidden_where_one_of_them_is() -> None:
    decided = decide({TOTAL: 23, A: 20, B: 3}, [], [KnownSum(TOTAL, (A, B))], 5)
    cells = [decided.cell(key, count) for key, count in ((A, 20), (B, 3))]
    assert (cells, added(cells), added([decided.cell(TOTAL, 23)], 2)) == ([None, None], None, 25)


def test_only_counts_and_kronor_become_numbers_in_a_text() -> None:
    """Whoever words a number of people goes through `count_or_mark`, which asks for a cell."""
    found = {
        f"{path.name}: {ast.unparse(call.args[0])}"
        for room in ("tracks/reports", "flows", "commands/queries", "commands/demo")
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "phrasing.number"
    }
    assert found == {"count_tables.py: count", "count_tables.py: kronor"}
