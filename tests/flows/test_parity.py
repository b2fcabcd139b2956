from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import Refusal
from definitions.model.track import Intake, Step, Track
from definitions.model.values import Length
from flows import local_server, runner
from flows.adapter import LedgerOperations
from flows.port import FlowRun
from tests.commands.workspace import ALONE, workspace
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.track_facts import put_in_force
from tracks.storage import runs
from tracks.storage.database import create_database, open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Clock.of(datetime(2026, 9, 1, 7, tzinfo=UTC))
LAST = Clock.of(datetime(2026, 11, 22, 7, tzinfo=UTC))
PEOPLE = [f"KANARIE-{number}" for number in range(9)]


def track(name: str, places: int | None) -> Track:
    steps = (
        Step(id="kartläggning", type="kartläggning", name="Kartläggning", length=Length(count=2, unit="weeks")),
        Step(id="stöd", type="stöd", name="Stöd", length=Length(count=3, unit="weeks"), after=("admission",)),
    )
    return Track(track=name, name=name, type="förberedande spår", owner="enheten", intake=Intake(places=places), steps=steps)


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A database with an uncoupled and a coupled track, and nine people on each."""
    path = tmp_path / "jobbspar.db"
    engine = create_database(path)
    ledger = SqlLedger(engine)
    for one in (track("fritt", None), track("kö", 4)):
        put_in_force(ledger, FIRST, "Åsa", one, track_hash(one), "")
        for ref in PEOPLE:
            enrol(ledger, FIRST, "Åsa", one.track, Referral(f"{ref}-{one.track}".replace("ö", "o"), FIRST.today))
    engine.dispose()
    return path


def copy(path: Path, name: str) -> Path:
    target = path.with_name(name)
    with sqlite3.connect(path) as source, sqlite3.connect(target) as into:
        source.backup(into)
    source.close()
    into.close()
    return target


def rows(path: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(path)
    try:
        return {
            "event": connection.execute("SELECT * FROM event ORDER BY stream, seq").fetchall(),
            "enrolment": connection.execute("SELECT * FROM enrolment ORDER BY stream").fetchall(),
            "claim": connection.execute("SELECT * FROM claim ORDER BY track, resource, stream").fetchall(),
            "todo": connection.execute("SELECT * FROM todo ORDER BY stream, kind, step, attempt").fetchall(),
        }
    finally:
        connection.close()


def by_flow(workspace: Path, path: Path, run: str, until: date = LAST.today) -> runner.FlowResult:
    order = FlowRun(run, (), until, LAST.recorded)
    return runner.advance(workspace, LedgerOperations(str(path)), order, lambda key, **values: None)


def test_prefect_and_the_local_engine_write_the_same_bytes_and_a_second_run_nothing(prefect_workspace: Path, prepared: Path) -> None:
    other = copy(prepared, "local.db")
    first = by_flow(prefect_workspace, prepared, "parity-1")
    local = LedgerOperations(str(other))
    for unit in local.units([]):
        local.advance("parity-1", unit, LAST.today, LAST.recorded)
    assert rows(prepared) == rows(other)
    assert first.tally.events > len(PEOPLE)
    assert by_flow(prefect_workspace, prepared, "parity-2").tally.events == 0

    kept = {run.id: run for run in runs.runs(SqlLedger(open_database(prepared)))}
    assert (kept["parity-1"].state, kept["parity-1"].engine, kept["parity-1"].flow_run) == ("completed", "prefect", first.flow_run)
    assert kept["parity-1"].counts["events"] == first.tally.events


BY_FLOW = """
import sys
from datetime import date
from pathlib import Path
from flows import runner
from flows.adapter import LedgerOperations
from flows.port import FlowRun
workspace, database, run, until, recorded = sys.argv[1:]
order = FlowRun(run, (), date.fromisoformat(until), recorded)
runner.advance(Path(workspace), LedgerOperations(database), order, lambda key, **values: None)
"""


def command(workspace: Path, path: Path, run: str) -> list[str]:
    return [sys.executable, "-c", BY_FLOW, str(workspace), str(path), run, LAST.today.isoformat(), LAST.recorded]


def test_a_flow_that_was_killed_and_is_run_again_writes_the_bytes_of_a_clean_run(prefect_workspace: Path, prepared: Path) -> None:
    clean = copy(prepared, "clean.db")
    killed = subprocess.run(command(prefect_workspace, prepared, "killed-1"), env=os.environ | {"FAULT": "commit.after:1"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    by_flow(prefect_workspace, clean, "clean-1")
    assert rows(prepared) != rows(clean)
    by_flow(prefect_workspace, prepared, "killed-2")
    assert rows(prepared) == rows(clean)


def test_two_flows_at_once_write_the_bytes_of_one(prefect_workspace: Path, prepared: Path) -> None:
    clean = copy(prepared, "clean.db")
    both = [subprocess.Popen(command(prefect_workspace, prepared, f"both-{number}"), stderr=subprocess.PIPE) for number in range(2)]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in both] == [(b"", 0), (b"", 0)]
    by_flow(prefect_workspace, clean, "clean-2")
    assert rows(prepared) == rows(clean)


def test_no_participant_stands_anywhere_in_prefects_home(prefect_workspace: Path, prepared: Path) -> None:
    by_flow(prefect_workspace, prepared, "privacy-1")
    by_flow(prefect_workspace, prepared, "privacy-2", date(2027, 3, 1))
    files = [file for file in (prefect_workspace / ".jobbspar").rglob("*") if file.is_file()]
    assert [file for file in files if b"KANARIE" in file.read_bytes()] == []
    assert local_server.find(prefect_workspace) is not None


def test_a_changed_event_fails_the_run_that_went_on_from_it(prefect_workspace: Path, prepared: Path) -> None:
    connection = sqlite3.connect(prepared)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE event SET actor = 'Någon annan' WHERE stream = 'KANARIE-3-fritt/1' AND seq = 1")
    connection.commit()
    connection.close()
    with pytest.raises(Refusal) as caught:
        by_flow(prefect_workspace, prepared, "broken-1")
    assert caught.value.exit_code == 6


def test_a_track_that_is_not_there_is_told_as_by_the_local_engine(prefect_workspace: Path, prepared: Path) -> None:
    order = FlowRun("missing-1", ("finns-inte",), LAST.today, LAST.recorded)
    with pytest.raises(Refusal) as by_prefect:
        runner.advance(prefect_workspace, LedgerOperations(str(prepared)), order, lambda key, **values: None)
    with pytest.raises(Refusal) as local:
        LedgerOperations(str(prepared)).units(["finns-inte"])
    assert str(by_prefect.value) == str(local.value)
    assert by_prefect.value.exit_code == local.value.exit_code


def test_damage_is_told_as_damage_by_both_engines(prefect_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    monkeypatch.setenv("JOBBSPAR_PREFECT_API_URL", running.url)
    space = workspace(tmp_path / "w", ALONE)
    space.ok("enrol", "alone", "A1", "--at", "2026-09-01")
    with sqlite3.connect(space.database) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute("UPDATE enrolment SET state = '{'")
    other.close()
    said = [space("advance", "--engine", engine, "--at", "2026-09-02") for engine in ("local", "prefect")]
    assert [one.code for one in said] == [6, 6]
    assert all("verify --rebuild" in one.err for one in said)
    assert space.rows("SELECT engine, state FROM run ORDER BY engine") == [("local", "failed"), ("prefect", "failed")]
    space.ok("verify", "--rebuild")
    space.ok("advance", "--at", "2026-09-02")
