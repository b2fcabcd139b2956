"""In which form an answer comes: one at a time, in UTF-8 whatever the terminal has, and the tables of a report as CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.commands.workspace import Workspace, lived_in

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    space = lived_in(tmp_path_factory.mktemp("forms") / "w")
    for number in range(6):
        space.ok("enrol", "alone", f"E{number}", "--at", "2026-09-08")
    return space


@pytest.mark.parametrize(
    ("line", "one", "other"),
    [
        ("status A1 --json --csv", "--json", "--csv"), ("tracks --csv --json", "--json", "--csv"),
        ("queue kö --json --csv", "--json", "--csv"),
        ("worklist --csv --ics x.ics", "--csv", "--ics"), ("report alone --json -o x.html", "--html", "--json"),
        ("report alone --json --csv", "--json", "--csv"),
        ("outcomes alone --json --csv", "--json", "--csv"),
    ],
)  # fmt: skip
def test_two_forms_at_once_are_refused_and_leave_nothing(
    space: Workspace, line: str, one: str, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = space(*line.split())
    assert (said.code, said.out) == (2, "")
    assert one in said.err
    assert other in said.err
    assert list(tmp_path.iterdir()) == []


def _written(space: Workspace, *args: str, encoding: str) -> bytes:
    command = [sys.executable, "-c", "import cli; cli.app()", *args, "--db", str(space.database), "--lang", "sv"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=environment).stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_programs_read_is_utf8_whatever_the_terminal_has(space: Workspace, encoding: str) -> None:
    assert json.loads(_written(space, "tracks", "--json", encoding=encoding).decode())[1]["track"] == "kö"
    assert "kö" in _written(space, "tracks", "--csv", encoding=encoding).decode()
    assert "Kön" in _written(space, "report", "kö", "-o", "-", encoding=encoding).decode()
    assert "spår" in _written(space, "schema", encoding=encoding).decode()
    assert "K" in _written(space, "tracks", encoding=encoding).decode(encoding)


def _cells(space: Workspace, *more: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(space.ok("report", "alone", "--csv", *more).out))


def test_the_tables_of_a_report_come_as_csv_with_what_is_hidden_left_empty(space: Workspace) -> None:
    found = {(row["rad"], row["kolumn"]): row["värde"] for row in _cells(space) if "status" in row["tabell"].lower()}
    assert found["Pågår", "Antal"] == ""
    plain = {(row["rad"], row["kolumn"]): row["värde"] for row in _cells(space, "--limit", "0") if "status" in row["tabell"].lower()}
    assert (plain["Anmäld", "Antal"], plain["Pågår", "Antal"]) == ("6", "1")
    assert len({row["tabell"] for row in _cells(space)}) > 1


def test_results_as_csv_speak_the_language_of_the_reader_with_codes_beside(space: Workspace) -> None:
    (goal,) = csv.DictReader(io.StringIO(space.ok("outcomes", "kö", "--csv", "--limit", "0").out))
    assert (goal["bland"], goal["blandkod"]) == ("alla avslut", "exits")
    assert set(goal) & {"numerator", "denominator", "population", "met"} == set()
    (english,) = csv.DictReader(io.StringIO(space("outcomes", "kö", "--csv", "--limit", "0", lang="en").out))
    assert (english["population"], english["population_code"], english["numerator"]) == ("exits", "exits", goal["räknas"])
    assert set(next(csv.DictReader(io.StringIO(space("report", "alone", "--csv", lang="en").out)))) == {
        "table",
        "group",
        "row",
        "column",
        "value",
    }
