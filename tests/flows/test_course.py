"""What becomes of a run whose flow fails, hangs or is interrupted; Prefect itself is not needed to see it."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows import show, watch
from flows.course import Course
from flows.errors import EngineError, Stopped, guarded, real_error
from flows.port import FlowRun, Tally, TrackCounts, Unit
from flows.refusals import UNIT_HANGS
from tests.raising import raises_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.port import Between

RUN = FlowRun("r", (), date(2026, 11, 22), "2026-11-22T05:00:00.000000Z")
ONE, TWO = ("one",), ("two",)


@dataclass
class Work:
    """Operations whose units do what is given, in two batches."""

    does: Callable[[Unit], None] = lambda unit: None
    ends: list[str] = field(default_factory=list)
    done: list[Unit] = field(default_factory=list)

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        return [ONE, TWO]

    def check_clock(self, recorded: str) -> None:
        """Any clock will do."""

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        return run

    def at_work(self) -> list[str]:
        return []

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        self.ends.append(state)

    def advance(self, run: str, unit: Unit, until: date, recorded: str, between: Between = lambda: None) -> Tally:
        self.does(unit)
        between()
        self.done.append(unit)
        return Tally(1, 1, {"admitted": 1})

    def verify(self, run: str, unit: Unit) -> int:
        return 0

    def track_counts(self, track: str, day: date) -> TrackCounts:
        return TrackCounts({}, {})


def advance(course: Course, unit: Unit) -> None:
    course.advance(RUN.id, unit, RUN.until, RUN.recorded)


def answers() -> bool:
    return True


def test_what_the_flow_left_undone_is_done_without_it_once() -> None:
    work = Work()
    course = Course(work)

    def dies() -> Any:
        course.begin(RUN, "flow-1")
        advance(course, ONE)
        raise ConnectionError

    lost = watch.watched(dies, course, RUN.id, answers)
    assert lost is not None
    assert lost.exit_code == 9
    course.finish(RUN, [ONE, TWO])
    assert (work.done, work.ends, course.tally.events, course.flow_run) == ([ONE, TWO], ["completed"], 2, "flow-1")


def test_a_fault_of_one_unit_stops_no_other_and_is_kept_for_the_end() -> None:
    def fails(unit: Unit) -> None:
        if unit == ONE:
            raise ValueError

    work = Work(fails)
    course = Course(work)
    course.finish(RUN, [ONE, TWO])
    found = real_error(RUN.id)
    assert found is not None
    assert isinstance(found[0], ValueError)
    assert (work.done, work.ends) == ([TWO], ["failed"])


def test_a_server_that_is_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "ASKED_AFTER", 0.1)
    held = threading.Event()
    course = Course(Work())

    def hangs() -> Any:
        course.begin(RUN, "flow-1")
        held.wait(30)
        advance(course, ONE)

    assert watch.watched(hangs, course, RUN.id, lambda: False) is not None
    # It wakes up later, and writes nothing beside whoever went on without it.
    held.set()
    time.sleep(0.2)
    assert course.done == {}


def test_a_unit_that_hangs_ends_the_run_with_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "BATCH_LIMIT", 0.2)
    monkeypatch.setattr(watch, "GRACE", 0.2)
    told: list[str] = []
    monkeypatch.setattr(show, "show_crash", lambda flow_run, cause: told.append(cause))
    held = threading.Event()

    def hangs(unit: Unit) -> None:
        held.wait(30)

    work = Work(hangs)
    course = Course(work)

    def flow() -> Any:
        course.begin(RUN, "flow-1")
        guarded(lambda: advance(course, ONE), RUN.id, "unit one")

    with raises_code(UNIT_HANGS):
        watch.watched(flow, course, RUN.id, answers)
    course.close("failed")
    held.set()
    assert work.ends == ["failed"]
    assert "unit one" in told[0]
    assert "jobbspar advance" in told[0]


def test_a_signal_leaves_the_unit_at_work_its_batch_and_begins_no_other() -> None:
    begun = threading.Event()

    def takes_long(unit: Unit) -> None:
        begun.set()
        time.sleep(0.5)

    work = Work(takes_long)
    course = Course(work)

    def flow() -> Any:
        course.begin(RUN, "flow-1")
        for unit in (ONE, TWO):
            advance(course, unit)

    def signalled() -> bool:
        begun.wait(5)
        raise KeyboardInterrupt

    class Interrupted(watch.FlowThread):
        def wait(self, seconds: float) -> bool:
            return signalled() if seconds == watch._LOOK else super().wait(seconds)

    real, watch.FlowThread = watch.FlowThread, Interrupted  # type: ignore[misc]
    try:
        with pytest.raises(KeyboardInterrupt):
            watch.watched(flow, course, RUN.id, answers)
    finally:
        watch.FlowThread = real  # type: ignore[misc]
    assert work.done == []
    course.close("interrupted")
    assert work.ends == ["interrupted"]
    with pytest.raises(Stopped):
        advance(course, TWO)


def test_what_is_no_exception_tells_prefect_its_name_alone() -> None:
    class Signal(BaseException):
        pass

    def ends() -> None:
        name = "Anna Kanariefågel"
        raise Signal(name)

    with pytest.raises(EngineError) as caught:
        guarded(ends, RUN.id, "unit one")
    assert (caught.value.code, caught.value.kind) == ("interrupted", "Signal")
    assert "Anna" not in str(caught.value)
    real_error(RUN.id)


@pytest.mark.parametrize("fault", [ValueError, SystemExit, BaseException])
def test_what_is_only_shown_fails_without_a_word_to_the_work(fault: type[BaseException]) -> None:
    show.begin()

    def count() -> TrackCounts:
        raise fault

    show.show_counts("track", count)
    assert show.lost() == fault.__name__
    # After a first failure the work waits for no other.
    show.show_counts("track", lambda: pytest.fail("asked again"))


def test_what_is_only_shown_is_left_behind_where_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "PATIENCE", 0.1)
    held = threading.Event()
    show.begin()

    def count() -> TrackCounts:
        held.wait(30)
        raise ConnectionError

    began = time.monotonic()
    show.show_counts("track", count)
    assert time.monotonic() - began < 5
    assert show.lost() == "TimeoutError"
    held.set()


def test_nothing_is_shown_past_the_door() -> None:
    shows = re.compile(r"prefect\.(artifacts|events)|\b(create|update)_\w+_artifact|emit_event")
    files = Path(show.__file__).parent.glob("*.py")
    assert [file.name for file in files if shows.search(file.read_text(encoding="utf-8"))] == ["show.py"]
    # Whoever calls a function of the door passes it: all of them that speak to Prefect are wrapped.
    spoken = [name for name, one in vars(show).items() if name.startswith(("show_", "emit_")) and callable(one)]
    assert [name for name in spoken if not hasattr(getattr(show, name), "__wrapped__")] == []
