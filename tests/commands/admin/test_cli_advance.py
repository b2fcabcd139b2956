"""`advance` without Prefect, by order or because its server cannot be used: what one track meets is not the fault of those after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from flows import adapter, watch
from tests.commands.workspace import ALONE, workspace
from tracks.access import runs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_fault_on_one_track_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE, ALONE.replace("track: alone", "track: zeta"))
    for track, ref in (("alone", "A1"), ("zeta", "Z1")):
        space.ok("enrol", track, ref, "--at", "2026-09-01")
    real = runs.advance

    def broken(book: Any, unit: Any, *rest: Any, **more: Any) -> Any:
        if "alone" in unit:
            raise TypeError
        return real(book, unit, *rest, **more)

    monkeypatch.setattr(runs, "advance", broken)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 1
    assert "alone" in said.err.splitlines()[0]
    # What is to be looked at stands where it is said to stand, and holds nothing of the data.
    assert "fault: TypeError at" in (tmp_path / ".jobbspar" / "faults.log").read_text(encoding="utf-8")
    assert space.ok("status", "Z1", "--json").json[0]["status"] == "active"
    assert space.ok("status", "A1", "--json").json[0]["status"] == "referred"


def test_without_its_server_the_local_engine_does_the_work_and_the_code_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    monkeypatch.setenv("JOBBSPAR_PREFECT_API_URL", "http://127.0.0.1:9")
    said = space("advance", "--at", "2026-09-02")
    assert said.code == 9
    assert said.err.splitlines() == [
        "Prefects server på http://127.0.0.1:9 svarar inte; den anges av JOBBSPAR_PREFECT_API_URL. Den lokala motorn har gjort arbetet."
    ]
    assert space.ok("status", "A1", "--json").json[0]["status"] == "active"
    assert space.rows("SELECT engine, state FROM run") == [("local", "completed")]


def test_an_address_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    before = space.events
    monkeypatch.setenv("JOBBSPAR_PREFECT_API_URL", "127.0.0.1:4200")
    assert space("advance", "--at", "2026-09-02").code == 2
    assert (space.events, space.rows("SELECT count(*) FROM run")) == (before, [(0,)])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_closes_the_run_and_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    space = workspace(tmp_path, ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    if signal.getsignal(number) == signal.SIG_IGN:  # as under nohup, where the signal is to be ignored
        signal.signal(number, signal.SIG_DFL)

    def killed(*_: Any, between: Callable[[runs.AdvanceCounts], None]) -> None:
        os.kill(os.getpid(), number)
        while True:
            time.sleep(0.05)
            between(runs.AdvanceCounts())

    monkeypatch.setattr(runs, "advance", killed)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 128 + number
    assert said.err == "Körningen avbröts. Det som hann skrivas står kvar; `jobbspar advance` fortsätter därifrån.\n"
    assert space.rows("SELECT state FROM run") == [("interrupted",)]
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_unit_that_hangs_without_prefect_ends_the_run_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    held = threading.Event()
    monkeypatch.setattr(runs, "advance", lambda *_, **__: held.wait(30))
    monkeypatch.setattr(watch, "BATCH_LIMIT", 0.2)
    monkeypatch.setattr(watch, "GRACE", 0.2)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    held.set()
    assert said.code == 5
    assert "`jobbspar advance`" in said.err
    assert space.rows("SELECT engine, state FROM run") == [("local", "failed")]


def test_a_unit_that_takes_too_long_without_prefect_ends_between_two_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    monkeypatch.setattr(adapter, "UNIT_LIMIT", -1.0)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 5
    assert space.rows("SELECT engine, state FROM run") == [("local", "failed")]


def test_what_an_advance_wrote_stands_in_the_file_itself_once_its_process_has_ended(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ALONE)
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01")
    line = [sys.executable, "-m", "cli", "--db", str(space.database), "advance", "--engine", "local", "--at", "2026-09-08"]
    subprocess.run(line, check=True, capture_output=True)
    assert not space.database.with_name("jobbspar.db-wal").exists()
    assert space.rows("SELECT count(*) FROM event WHERE stream = 'B1/1'")[0][0] > 1
