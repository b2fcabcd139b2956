"""The columns of a table stand once, every table is used, and only one package names a database."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import SQLModel

from tracks.events.event import Event
from tracks.storage import rows, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
# The migrations are history: they say what a table was when they were written.
SHIPPED = [
    path
    for top in ("definitions", "tracks", "flows", "commands")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "migrations" not in path.parts
]
COLUMNS = {
    "event": rows.EVENT,
    "enrolment": rows.ENROLMENT,
    "track": rows.TRACK,
    "claim": rows.CLAIM,
    "todo": rows.TODO,
}


def lists_of_names(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Whatever lists names in code: the fields of a class, what is unpacked, strings in a row, a text of SQL."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.lineno, [one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
        elif isinstance(node, ast.Tuple | ast.List):
            yield node.lineno, [one.id for one in node.elts if isinstance(one, ast.Name)]
            yield node.lineno, [str(one.value) for one in node.elts if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
            yield node.lineno, re.findall(r"\w+", node.value)


def places(columns: tuple[str, ...]) -> list[str]:
    """Where two thirds of the columns of a table are listed; fewer of them are a question, or another value with some in common."""
    least = len(columns) * 2 // 3
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in SHIPPED
        for line, names in lists_of_names(ast.parse(path.read_text(encoding="utf-8")))
        if len(set(columns).intersection(names)) >= least
    ]


def test_the_columns_of_an_event_stand_in_one_place() -> None:
    assert [place.partition(":")[0] for place in places(rows.EVENT)] == ["tracks/events/event.py"]
    assert rows.EVENT is Event._fields


@pytest.mark.parametrize("columns", [rows.ENROLMENT, rows.TRACK])
def test_the_columns_of_a_snapshot_stand_in_one_place(columns: tuple[str, ...]) -> None:
    assert [place.partition(":")[0] for place in places(columns)] == ["tracks/events/snapshots.py"]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_columns_of_its_value(name: str) -> None:
    assert tuple(column.name for column in SQLModel.metadata.tables[name].columns) == COLUMNS[name]


def test_every_table_class_is_used_by_the_store() -> None:
    classes = {name for name, one in vars(tables).items() if isinstance(one, type) and issubclass(one, SQLModel) and one is not SQLModel}
    store = [path for path in (ROOT / "tracks/storage").glob("*.py") if path.name != "tables.py"]
    used = {node.id for path in store for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert len(classes) == len(SQLModel.metadata.tables)
    assert classes - used == set()


OWN_WORDS = re.compile(r"json_each|json_group|\bPRAGMA\b|BEGIN IMMEDIATE|\browid\b|\bVACUUM\b|INSERT OR |sqlite_master|integrity_check")


def test_only_the_dialects_say_what_one_database_says_in_its_own_way() -> None:
    assert [
        str(path.relative_to(ROOT))
        for path in SHIPPED
        if "dialects" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value and OWN_WORDS.search(node.value)
    ] == []


DRIVER = re.compile(r"^\s*(import sqlite3|from sqlalchemy\.dialects)", re.MULTILINE)


def test_only_the_dialects_import_a_driver() -> None:
    found = {str(path.relative_to(ROOT)) for path in SHIPPED if "dialects" not in path.parts and DRIVER.search(path.read_text("utf-8"))}
    # A flow tells the faults of the store from its own by the class that the driver raises.
    assert found <= {"flows/errors.py"}


def test_each_table_of_the_schema_is_asked_for_before_an_advance() -> None:
    assert set(rows.TABLES) == set(SQLModel.metadata.tables)
