"""What staff's questions cost beside `python -c "import typer"`, where 100 000 are enrolled and each has something to be done.

    python tests/benchmarks/bench_worklist.py [ENROLMENTS]

Each command is a process of its own; what is compared is the median. The first ones answer for few people, and at most 6 is
promised of each; the last ones print a line for everybody, and are told beside Python's own `csv` and `json` writing as many rows.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from definitions.model.track import Intake, Step, Track
from definitions.model.values import Length
from tests.benchmarks.bench_advance import FIRST, RECORDED, enrol
from tracks.engine.loop.advance import advance
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
ROUNDS = 7
PROMISED = 6.0
CASEWORKERS = 2_000


def track() -> Track:
    """A team within five working days, a plan, and support with contacts."""
    steps = (
        Step(
            id="team",
            type="kartläggning",
            name="Team",
            start_within=Length(count=5, unit="working days"),
            length=Length(count=2, unit="weeks"),
        ),
        Step(id="stöd", type="stöd", name="Stöd", length=Length(count=2, unit="months")),
    )
    return Track(
        track="torg", name="Torget", type="förberedande spår", owner="kommun", partners=("torg",), steps=steps, intake=Intake(caseload=30)
    )


def made(folder: Path, people: int) -> tuple[Path, str]:
    """The database, and one participant in the middle of it."""
    path = folder / "jobbspar.db"
    ledger = SqlLedger(create_database(path))
    enrol(ledger, track(), people)
    advance(ledger, ("torg",), FIRST + timedelta(days=60), RECORDED)
    streams = ledger.members("torg", ("active",))
    ledger.engine.dispose()
    with sqlite3.connect(path) as database:
        rows = [(stream, "caseworker", f"Person {n % CASEWORKERS}", f"person {n % CASEWORKERS}") for n, stream in enumerate(streams)]
        database.executemany("INSERT INTO assigned VALUES (?, ?, ?, ?)", rows)
    return path, streams[len(streams) // 2].rpartition("/")[0]


def seconds(code: str, *args: str) -> float:
    """How much of a processor a process takes, whatever else the machine does."""
    child = subprocess.Popen([sys.executable, "-c", code, *args], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, code_, used = os.wait4(child.pid, 0)
    assert code_ == 0, args
    return used.ru_utime + used.ru_stime


def written(rows: int) -> dict[str, float]:
    """How long Python itself takes to write as many rows of the same width, in memory."""
    row = dict.fromkeys([f"column{n}" for n in range(13)], "2026-03-02 jobbtorg")
    began = time.process_time()
    writer = csv.writer(io.StringIO())
    writer.writerows(list(row.values()) for _ in range(rows))
    middle = time.process_time()
    json.dumps([row] * rows, ensure_ascii=False, indent=2)
    return {"csv": middle - began, "json": time.process_time() - middle}


def main(people: int) -> int:
    """Measure, print, and answer 1 where the promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        path, ref = made(Path(folder), people)
        hers = ("--responsible", "Person 7")
        few = (["status", ref], ["status", "torg"], ["worklist", *hers], ["why", ref], ["caseload", *hers], ["caseload"])
        typer = statistics.median(seconds("import typer") for _ in range(ROUNDS))
        sys.stdout.write(f"{people} enrolments; import typer {typer * 1000:.0f} ms\n")
        ratios = [told(args, path, typer, ROUNDS) for args in few]
        for args in (["worklist", "--csv"], ["worklist", "--overdue", "--json"]):
            told(args, path, typer, 1)
        sys.stdout.write(f"  Python itself, {people} rows: {', '.join(f'{k} {v * 1000:.0f} ms' for k, v in written(people).items())}\n")
    return int(max(ratios) > PROMISED)


def told(args: Sequence[str], path: Path, typer: float, rounds: int) -> float:
    """Print what a command costs, and answer how many times what `import typer` does."""
    took = statistics.median(seconds("import cli; cli.app()", *args, "--db", str(path)) for _ in range(rounds))
    sys.stdout.write(f"  {' '.join(args):<36} {took * 1000:7.0f} ms, {took / typer:5.1f} times\n")
    return took / typer


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
