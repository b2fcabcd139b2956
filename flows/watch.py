"""Watching over the work of a run: it is done in a thread, so that signals, and a unit that hangs, are dealt with in order here."""

from __future__ import annotations

import time
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from flows import show
from flows.errors import remedy, shard_of, without_data
from flows.prefect_settings import language
from flows.refusals import RUN_REFUSED, UNIT_HANGS
from flows.texts import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.refusal import Refusal
    from flows.course import Course

# Seconds. A batch of a thousand people takes one or two; a database that is locked is waited for thirty, four times.
BATCH_LIMIT: Final = 600.0
# What Prefect may take between two pieces of our work, the import of it and its retries included.
PREFECT_LIMIT: Final = 120.0
# After so long it is asked whether the server is there at all: Prefect itself goes on asking one that is gone for a minute.
ASKED_AFTER: Final = 3.0
# What a unit that is told to stop may take to end its batch.
GRACE: Final = 10.0
_LOOK: Final = 0.5
THREAD: Final = "jobbspar flow"


class FlowThread:
    """A flow at work, and what it came to."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._over = Event()
        self.state: Any = None
        self.fault: BaseException | None = None
        Thread(target=self._go, daemon=True, name=THREAD).start()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; answers whether it is over."""
        return self._over.wait(seconds)

    def _go(self) -> None:
        try:
            self.state = self._call()
        # Prefect's own signals are no Exception, and an error of an import or of the network may be any.
        except BaseException as fault:  # noqa: BLE001
            self.fault = fault
        self._over.set()


def watched(call: Callable[[], Any], course: Course, run: str, answers: Callable[[], bool]) -> Refusal | None:
    """Run a flow and wait for it.

    Args:
        call: runs the flow and answers Prefect's state of it.
        course: the operations that are bound for it.
        run: the id of the run, for what is said of it.
        answers: whether Prefect's server answers.

    Returns:
        What Prefect failed in, if it did; the work may be left undone then.

    Raises:
        Refusal: UNIT_HANGS where a unit is not heard of any more.
        KeyboardInterrupt: a signal came; the unit at work was left its batch.

    """
    flow = _waited_for(call, course, partial(_hangs, course, run, answers))
    if flow is None:
        return RUN_REFUSED(run=run, kind=TimeoutError.__name__)
    if flow.fault or not flow.state.is_completed():
        return RUN_REFUSED(run=run, kind=type(flow.fault).__name__ if flow.fault else flow.state.name)
    return None


def watched_alone(call: Callable[[], Any], course: Course, run: str) -> None:
    """Do work without Prefect and wait for it.

    Args:
        call: does the work.
        course: the operations that it works on.
        run: the id of the run, for what is said of it.

    Raises:
        Refusal: UNIT_HANGS where a unit is not heard of any more.
        BaseException: whatever the work raises, and a signal as `watched`.

    """
    flow = _waited_for(call, course, partial(_check_heard, course, run))
    if flow and flow.fault:
        raise flow.fault


def _waited_for(call: Callable[[], Any], course: Course, given_up: Callable[[], bool | None]) -> FlowThread | None:
    """Wait for a flow; None where it is given up."""
    course.hear()
    flow = FlowThread(call)
    try:
        while not flow.wait(_LOOK):
            if given_up():
                return None
    except BaseException:
        course.stop()
        flow.wait(GRACE)
        course.give_up()
        raise
    return flow


def _check_heard(course: Course, run: str) -> None:
    """Hold that the unit at work has been heard of. Raises UNIT_HANGS."""
    unit, silent = course.active, time.monotonic() - course.heard
    if unit and silent > BATCH_LIMIT:
        hangs = UNIT_HANGS(tracks=", ".join(unit), minutes=int(BATCH_LIMIT // 60))
        error = without_data(hangs, run, shard_of(unit))
        if course.flow_run:
            show.show_crash(course.flow_run, f"{error}. {message(remedy(error), language())}")
        raise hangs


def _hangs(course: Course, run: str, answers: Callable[[], bool]) -> bool:
    """Whether Prefect is to be given up; a unit that hangs is another matter, because nothing can be done beside it."""
    _check_heard(course, run)
    unit, silent = course.active, time.monotonic() - course.heard
    if unit or silent < ASKED_AFTER:
        return False
    return (silent > PREFECT_LIMIT or not answers()) and course.give_up()
