from __future__ import annotations

import http.client
import json
import os
import signal
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from definitions.model.refusal import Refusal
from flows import local_server, runner, show
from flows.port import FlowRun, Tally, TrackCounts, Unit
from flows.refusals import RUN_FAILED
from tests.raising import raises_code
from tracks.errors import UNKNOWN_VERSION
from tracks.privacy.cells import decide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from flows.port import Between

DAY = date(2026, 11, 22)
RECORDED = "2026-11-22T05:00:00.000000Z"
CANARY = "19121212-1212"


@dataclass
class Work:
    """Operations that know no database: what each unit does is given."""

    does: Mapping[Unit, Callable[[], Tally]]
    findings: int = 0
    calls: list[tuple[Unit, date, str]] = field(default_factory=list)
    ends: list[tuple[str, str, int]] = field(default_factory=list)

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        return [unit for unit in self.does if not tracks or set(tracks) & set(unit)]

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        return run

    def at_work(self) -> list[str]:
        return ["run-alive"]

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        self.ends.append((run.id, state, tally.events))

    def advance(self, run: str, unit: Unit, until: date, recorded: str, between: Between = lambda: None) -> Tally:
        self.calls.append((unit, until, recorded))
        between()
        return self.does[unit]()

    def verify(self, run: str, unit: Unit) -> int:
        return self.findings

    def check_clock(self, recorded: str) -> None:
        """Any clock will do."""

    def track_counts(self, track: str, day: date) -> TrackCounts:
        counted = decide({("kartläggning",): 17, ("report",): 12}, [], [], 5)
        people = {step: counted.cell((step,), None) for step in ("kartläggning", "praktik")}
        return TrackCounts(people, {"report": counted.cell(("report",), None)})


def well() -> Tally:
    return Tally(16, 8, {"admitted": 8, "completed": 4, "step_started": 4})


def ask(workspace: Path, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """What the server answers; while another write holds its database it says 503, and is asked again as Prefect's own client does."""
    limit = time.monotonic() + 30
    while True:
        status, told = _asked(workspace, path, body)
        if status != http.HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > limit:
            assert status < http.HTTPStatus.MULTIPLE_CHOICES, (path, status, told[:200])
            return json.loads(told)
        time.sleep(0.2)


def _asked(workspace: Path, path: str, body: Mapping[str, Any] | None) -> tuple[int, bytes]:
    running = local_server.find(workspace)
    assert running is not None
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(running.api_url).port, timeout=30)
    try:
        connection.request("POST" if body is not None else "GET", f"/api{path}", json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def soon(look: Callable[[], list[Any]], number: int) -> list[Any]:
    """The server writes task runs and events down some time after the flow has ended."""
    limit = time.monotonic() + 30
    while len(found := look()) < number and time.monotonic() < limit:
        time.sleep(0.2)
    return found


def tasks_of(workspace: Path, flow_run: str) -> Callable[[], list[Any]]:
    wanted = {"flow_runs": {"id": {"any_": [flow_run]}}, "task_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED"]}}}}
    return lambda: list(ask(workspace, "/task_runs/filter", wanted))


def artifacts_of(workspace: Path, flow_run: str) -> dict[str, Any]:
    found = ask(workspace, "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run]}}})
    return {artifact["key"]: artifact["data"] for artifact in found}


def go(workspace: Path, work: Work, run: str, *tracks: str, lang: str = "en") -> runner.FlowResult:
    return runner.advance(workspace, work, FlowRun(run, tracks, DAY, RECORDED), lambda key, **values: None, lang)


def test_a_run_is_completed_named_tagged_with_one_task_for_each_unit(prefect_workspace: Path) -> None:
    work = Work({("bygg-norrort",): well, ("unga", "vuxna"): well})
    result = go(prefect_workspace, work, "run-1")
    run = ask(prefect_workspace, f"/flow_runs/{result.flow_run}")
    assert (run["name"], run["state_type"], run["run_count"]) == ("advance all tracks 2026-11-22", "COMPLETED", 1)
    assert sorted(run["tags"]) == ["track:bygg-norrort", "track:unga", "track:vuxna"]
    assert run["parameters"] == {"tracks": [], "until": "2026-11-22", "recorded": RECORDED, "run": "run-1"}

    tasks = soon(tasks_of(prefect_workspace, result.flow_run), 2)
    assert {task["name"]: task["tags"] for task in tasks} == {"advance bygg-norrort": [], "advance unga+vuxna": []}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    assert work.calls == [(("bygg-norrort",), DAY, RECORDED), (("unga", "vuxna"), DAY, RECORDED)]
    assert result.tally == Tally(32, 16, {"admitted": 16, "completed": 8, "step_started": 8})
    assert work.ends == [("run-1", "completed", 32)]


def test_a_run_of_one_track_bears_its_name_and_tag(prefect_workspace: Path) -> None:
    result = go(prefect_workspace, Work({("jobbnätet",): well}), "run-2", "jobbnätet")
    run = ask(prefect_workspace, f"/flow_runs/{result.flow_run}")
    assert run["name"] == "advance jobbnätet 2026-11-22"
    assert run["tags"] == ["track:jobbnätet"]


def test_the_artifacts_hold_counts_and_hide_the_small_ones(prefect_workspace: Path) -> None:
    result = go(prefect_workspace, Work({("bygg-norrort",): well}), "run-3", "bygg-norrort")
    found = artifacts_of(prefect_workspace, result.flow_run)
    assert set(found) == {"plan", "progress", "people-per-step-bygg-norrort", "overdue-bygg-norrort"}
    people = json.loads(found["people-per-step-bygg-norrort"])
    assert people == [{"step": "kartläggning", "number": "17"}, {"step": "praktik", "number": "–"}]
    assert "| 1 | bygg-norrort |" in found["plan"]
    assert found["progress"] == 100.0


def test_what_the_pages_of_a_run_say_is_said_in_the_language_of_whoever_runs_it(prefect_workspace: Path) -> None:
    result = go(prefect_workspace, Work({("bygg-norrort",): well}), "run-3-sv", "bygg-norrort", lang="sv")
    found = artifacts_of(prefect_workspace, result.flow_run)
    assert json.loads(found["people-per-step-bygg-norrort"])[0] == {"steg": "kartläggning", "antal": "17"}
    assert json.loads(found["overdue-bygg-norrort"]) == [{"vad": "rapportera steget", "antal": "12"}]
    assert "Körningen `run-3-sv`, till och med 2026-11-22. Dagarna är Stockholms;" in found["plan"]


def test_the_end_of_a_run_is_told_as_an_event_with_masked_counts(prefect_workspace: Path) -> None:
    go(prefect_workspace, Work({("bygg-norrort",): well}), "run-4", "bygg-norrort")
    wanted = {"filter": {"event": {"name": ["jobbspar.run.finished"]}, "resource": {"id": ["jobbspar.run.run-4"]}}}
    (event,) = soon(lambda: list(ask(prefect_workspace, "/events/filter", wanted)["events"]), 1)
    assert event["payload"] == {
        "until": "2026-11-22", "events": "16", "due": "8", "kind.admitted": "8", "kind.completed": "<5", "kind.step_started": "<5",
    }  # fmt: skip


def test_the_same_work_is_really_done_again_and_never_answered_from_a_cache(prefect_workspace: Path) -> None:
    work = Work({("bygg-norrort",): well})
    go(prefect_workspace, work, "run-5", "bygg-norrort")
    go(prefect_workspace, work, "run-5", "bygg-norrort")
    assert len(work.calls) == 2


def test_a_unit_that_fails_leaves_nothing_of_its_data_in_prefect_or_on_the_terminal(
    prefect_workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails() -> Tally:
        name = f"Kanariefågel {CANARY}"
        raise ValueError(name)

    with raises_code(RUN_FAILED) as caught:
        go(prefect_workspace, Work({("bygg-norrort",): fails}), "run-6", "bygg-norrort")
    told = str(caught.value)
    assert told.startswith("Run run-6 did not finish: fault: ValueError at test_advance.py:")
    assert "(run run-6, unit bygg-norrort). What was written stands. The same command would meet the same fault:" in told
    assert caught.value.exit_code == 1

    runs = ask(prefect_workspace, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["FAILED"]}}}})
    tasks = soon(tasks_of(prefect_workspace, runs[0]["id"]), 1)
    assert "fault: ValueError" in tasks[0]["state"]["message"]
    files = [file for file in (prefect_workspace / ".jobbspar").rglob("*") if file.is_file()]
    assert {"prefect.db", "faults.log", "server.log"} <= {file.name for file in files}
    assert [file for file in files if CANARY.encode() in file.read_bytes() or "Kanariefågel".encode() in file.read_bytes()] == []
    assert capfd.readouterr() == ("", "")


def test_the_way_to_a_fault_is_kept_in_the_workspace_for_whoever_mends_it(prefect_workspace: Path) -> None:
    def fails() -> Tally:
        raise KeyError(CANARY)

    with raises_code(RUN_FAILED):
        go(prefect_workspace, Work({("bygg-norrort",): fails}), "run-7", "bygg-norrort")
    log = (prefect_workspace / ".jobbspar" / "faults.log").read_text(encoding="utf-8")
    assert "fault: KeyError at test_advance.py" in log
    assert "(run run-7, unit bygg-norrort)" in log


def test_a_busy_database_is_tried_again(prefect_workspace: Path) -> None:
    answers = [sqlite3.OperationalError("database is locked"), None]

    def at_first_busy() -> Tally:
        if error := answers.pop(0):
            raise error
        return well()

    work = Work({("bygg-norrort",): at_first_busy})
    assert go(prefect_workspace, work, "run-8", "bygg-norrort").tally == well()
    assert len(work.calls) == 2


def test_an_error_that_the_user_can_mend_reaches_the_user_as_it_is(prefect_workspace: Path) -> None:
    def fails() -> Tally:
        raise UNKNOWN_VERSION(track="bygg-norrort", version=2)

    with raises_code(UNKNOWN_VERSION) as caught:
        go(prefect_workspace, Work({("bygg-norrort",): fails}), "run-9", "bygg-norrort")
    assert str(caught.value) == "Track bygg-norrort has no version 2 in the database."


def test_a_log_that_does_not_verify_fails_the_run(prefect_workspace: Path) -> None:
    work = Work({("bygg-norrort",): well}, findings=2)
    with pytest.raises(Refusal) as caught:
        go(prefect_workspace, work, "run-10", "bygg-norrort")
    assert work.ends == [("run-10", "failed", 16)]
    assert caught.value.exit_code == 6
    assert str(caught.value) == "2 of the logs that the run wrote in do not verify; see `jobbspar verify`."


def test_the_work_is_done_without_a_server_that_does_not_take_the_run(prefect_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "reach", lambda workspace, tell: "http://127.0.0.1:9/api")
    work = Work({("bygg-norrort",): well, ("vuxna",): well})
    result = go(prefect_workspace, work, "run-11")
    assert (result.tally.events, result.flow_run, result.lost and result.lost.exit_code) == (32, "", 9)
    assert work.ends == [("run-11", "completed", 32)]


def test_a_server_that_is_killed_midway_costs_nobody_an_advance_and_comes_back_on_its_port(second_workspace: Path) -> None:
    running = local_server.up(second_workspace, lambda key, **values: None)

    def kills() -> Tally:
        os.kill(running.pid, signal.SIGKILL)
        return well()

    work = Work({("bygg-norrort",): kills, ("vuxna",): well})
    result = go(second_workspace, work, "run-12")
    assert (result.tally.events, result.lost and result.lost.exit_code) == (32, 9)
    assert [unit for unit, *_ in work.calls] == [("bygg-norrort",), ("vuxna",)]
    assert work.ends[-1] == ("run-12", "completed", 32)
    assert local_server.find(second_workspace) is None
    assert local_server.up(second_workspace, lambda key, **values: None).port == running.port


def test_a_run_whose_process_is_gone_is_closed_in_the_ui_by_the_next(prefect_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "GONE_AFTER", -5.0)
    flow = ask(prefect_workspace, "/flows/", {"name": "advance"})["id"]
    left = {}
    for run in ("run-gone", "run-alive"):
        state = {"type": "RUNNING", "name": "Running"}
        made = ask(prefect_workspace, "/flow_runs/", {"flow_id": flow, "parameters": {"run": run}, "state": state})["id"]
        task = {"flow_run_id": made, "task_key": "unit", "dynamic_key": "0", "state": state}
        left[run] = f"/flow_runs/{made}", f"/task_runs/{ask(prefect_workspace, '/task_runs/', task)['id']}"
    assert go(prefect_workspace, Work({("bygg-norrort",): well}), "run-15").unshown == ""
    seen = {run: [ask(prefect_workspace, path)["state_type"] for path in paths] for run, paths in left.items()}
    assert seen == {"run-gone": ["CRASHED", "CRASHED"], "run-alive": ["RUNNING", "RUNNING"]}
    assert "the next run goes on from there" in ask(prefect_workspace, left["run-gone"][0])["state"]["message"]


def test_why_a_run_failed_and_what_to_type_stands_in_the_ui(prefect_workspace: Path) -> None:
    def fails() -> Tally:
        raise UNKNOWN_VERSION(track="bygg-norrort", version=2)

    with raises_code(UNKNOWN_VERSION):
        go(prefect_workspace, Work({("bygg-norrort",): fails}), "run-13")
    pages = [one["data"] for one in ask(prefect_workspace, "/artifacts/filter", {"artifacts": {"key": {"any_": ["failure"]}}})]
    (page,) = [one for one in pages if "run-13" in one]
    assert "Run `run-13` did not finish: missing: UnknownVersion at" in page
    assert "jobbspar verify" in page


def test_a_table_that_prefect_lost_hides_the_run_and_stops_nothing(prefect_workspace: Path) -> None:
    database = sqlite3.connect(prefect_workspace / ".jobbspar" / "prefect" / "prefect.db", timeout=30, isolation_level=None)
    database.execute("ALTER TABLE artifact RENAME TO gone")
    try:
        result = go(prefect_workspace, Work({("bygg-norrort",): well}), "run-14")
    finally:
        database.execute("ALTER TABLE gone RENAME TO artifact")
        database.close()
    assert (result.tally, result.lost) == (well(), None)
    assert result.unshown


def test_nothing_is_decided_of_a_day_that_has_not_come_when_it_is_recorded() -> None:
    from flows.advance import reached

    late = "2026-11-22T23:30:00.000000Z"  # the next day in Stockholm
    assert reached(date(2027, 1, 1), RECORDED) == DAY
    assert (reached(None, late), reached(DAY, late)) == (date(2026, 11, 23), DAY)
