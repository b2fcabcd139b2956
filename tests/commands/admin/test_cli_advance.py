"""`advance` without Prefect, by order or because its server cannot be used: what one track meets is not the fault of those after it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import ALONE, workspace
from tracks.recording import operations

if TYPE_CHECKING:
    from pathlib import Path


def test_a_fault_on_one_track_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE, ALONE.replace("track: alone", "track: zeta"))
    for track, ref in (("alone", "A1"), ("zeta", "Z1")):
        space.ok("enrol", track, ref, "--at", "2026-09-01")
    real = operations.advance_unit

    def broken(book: Any, unit: Any, *rest: Any) -> Any:
        if "alone" in unit:
            raise TypeError
        return real(book, unit, *rest)

    monkeypatch.setattr(operations, "advance_unit", broken)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 1
    assert "alone" in said.err
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
    monkeypatch.setattr(operations, "advance_unit", lambda *_: os.kill(os.getpid(), number))
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 128 + number
    assert said.err == "Körningen avbröts. Det som hann skrivas står kvar; `jobbspar advance` fortsätter därifrån.\n"
    assert space.rows("SELECT state FROM run") == [("interrupted",)]
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
