"""How fast a real year is beside SQLite itself writing the very same rows.

    python tests/benchmarks/bench_year.py [SYSTEM ...]

A system of the demo (Jobbtorg Stockholm where none is named) is lived as `jobbspar demo --engine local` lives it: people who all
differ, their reports in order of their days, each decided by the clock of its own day through the code that `import` writes with, all
guarantees on. Then the standard library's `executemany` writes the same events, and the snapshots, claims and todos that came of them,
into an empty database: the same tables, indexes and triggers, 10 000 events a commit, synchronous FULL. Each system is run in a process
of its own, so that the peak of memory is its own too. Pages are not part of it.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from commands.demo.cohorts.registry import COHORTS
from commands.demo.run import Demo, run
from tracks.storage.database import create_database

SEED = 1
EVENTS_A_COMMIT = 10_000
# What comes of the reports; all else is there before the first of them.
WRITTEN = ("enrolment", "event", "claim", "todo", "run")


def engine_run(folder: Path, system: str) -> dict[str, Any]:
    """Live a system; answers how long it took, and how many reports and events that were."""
    cohort = next(one for one in COHORTS if one.folder == system)
    started = time.perf_counter()
    with redirect_stdout(sys.stderr):
        played = run(Demo(folder, "local", "sv", SEED, (cohort,)))
    took = time.perf_counter() - started
    events = sqlite3.connect(folder / "jobbspar.db").execute("SELECT count(*) FROM event").fetchone()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": took, "reports": played.reports, "events": events, "mebibytes": peak}


def inserting(source: sqlite3.Connection, table: str) -> str:
    """The statement that inserts a whole row of a table."""
    columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def raw_run(source: sqlite3.Connection, path: Path) -> float:
    """Write the rows of a database into an empty one, by nothing but `executemany`; answers the seconds."""
    create_database(path).dispose()
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -32768"):
        database.execute(f"PRAGMA {pragma}")
    tables = [row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for table in (name for name in tables if name not in WRITTEN and not database.execute(f"SELECT 1 FROM {name}").fetchone()):
        database.executemany(inserting(source, table), source.execute(f"SELECT * FROM {table}").fetchall())
    took = 0.0
    for table in WRITTEN:
        rows, statement = source.execute(f"SELECT * FROM {table} ORDER BY rowid"), inserting(source, table)
        while part := rows.fetchmany(EVENTS_A_COMMIT):
            started = time.perf_counter()
            database.execute("BEGIN IMMEDIATE")
            database.executemany(statement, part)
            database.execute("COMMIT")
            took += time.perf_counter() - started
    database.close()
    return took


def one(system: str) -> dict[str, Any]:
    """Both runs of a system, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        ran = engine_run(Path(folder) / "lived", system)
        with sqlite3.connect(Path(folder) / "lived" / "jobbspar.db") as source:
            return {"engine": ran, "raw": raw_run(source, Path(folder) / "raw.db")}


def show(system: str, found: dict[str, Any]) -> None:
    """One line of the table."""
    engine, raw = found["engine"], found["raw"]
    events, seconds = engine["events"], engine["seconds"]
    sys.stdout.write(
        f"{system:20} {engine['reports']:>7,} reports {events:>8,} events   engine {events / seconds:>7,.0f} events/s"
        f"   raw {events / raw:>8,.0f} events/s   ratio {raw / seconds:.3f}   peak {engine['mebibytes']} MiB\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Run each system in a process of its own and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("systems", nargs="*", default=["jobbtorg-stockholm"], help=", ".join(one.folder for one in COHORTS))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(one(asked.one)))
        return
    for system in asked.systems:
        ran = subprocess.run([sys.executable, __file__, "--one", system], check=True, stdout=subprocess.PIPE, text=True)
        show(system, json.loads(ran.stdout))


if __name__ == "__main__":
    main()
