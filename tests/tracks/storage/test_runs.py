"""A run stands as running only while its process runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tracks.storage import runs
from tracks.storage.database import create_database, open_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.run_record import RunRecord

if TYPE_CHECKING:
    from pathlib import Path

WHEN = "2026-11-22T05:00:00.000000Z"
BEGINS = """
import sys, time
from datetime import date
from tracks.storage import runs
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.run_record import RunRecord
ledger = SqlLedger(open_database(sys.argv[1]))
runs.begin_run(ledger, RunRecord("other", (), date(2026, 11, 22), "2026-11-22T05:00:00.000000Z", "local"))
print("begun", flush=True)
time.sleep(60)
"""


def run(name: str) -> RunRecord:
    return RunRecord(name, (), date(2026, 11, 22), WHEN, "local")


def states(ledger: SqlLedger) -> dict[str, str]:
    return {one.id: one.state for one in runs.runs(ledger)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_database(tmp_path / "jobbspar.db").dispose()
    return tmp_path / "jobbspar.db"


def test_a_run_whose_process_was_killed_is_shown_as_interrupted_and_closed_by_the_next_writer(path: Path) -> None:
    ledger = SqlLedger(open_database(path))
    other = subprocess.Popen([sys.executable, "-c", BEGINS, str(path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"
    assert states(ledger) == {"other": "running"}
    # Two that run at once are both at work.
    runs.begin_run(ledger, run("mine"))
    assert states(ledger) == {"mine": "running", "other": "running"}

    other.send_signal(signal.SIGKILL)
    # Before it is waited for it is dead, and still has its number.
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    assert states(ledger) == {"mine": "running", "other": "interrupted"}
    other.communicate()
    assert states(ledger) == {"mine": "running", "other": "interrupted"}
    with ledger.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM run WHERE id = 'other'").scalar() == "running"

    runs.begin_run(ledger, run("next"))
    with ledger.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state, counts FROM run WHERE id = 'other'").all() == [("interrupted", "{}")]


def test_a_run_that_goes_on_after_a_kill_is_at_work_again(path: Path) -> None:
    ledger = SqlLedger(open_database(path))
    with subprocess.Popen([sys.executable, "-c", BEGINS, str(path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    assert runs.begin_run(ledger, run("other")).state == "running"
    assert states(ledger) == {"other": "running"}
    runs.end_run(ledger, "other", "completed", {"events": 1, "read": 1})
    assert runs.runs(ledger)[0].counts == {"events": 1, "read": 1}


def test_a_run_of_which_no_process_is_known_does_not_run(path: Path) -> None:
    ledger = SqlLedger(open_database(path))
    runs.begin_run(ledger, run("old"))
    for kept in ("{}", '{"process": 1}', '{"process": 4194303, "born": 0}', f'{{"process": {os.getpid()}, "born": 1}}'):
        with ledger.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE run SET counts = ?", (kept,))
        assert states(ledger) == {"old": "interrupted"}
