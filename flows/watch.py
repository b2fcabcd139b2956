"""Watching over the flow of a run: it runs in a thread, so that signals, and a flow that hangs, are dealt with in order here."""

from __future__ import annotations

import time
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
        self.fault = ""
        Thread(target=self._go, daemon=True, name=THREAD).start()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; answers whether it is over."""
        return self._over.wait(seconds)

    def _go(self) -> None:
        try:
            self.state = self._call()
        # Prefect's own signals are no Exception, and an error of an import or of the network may be any.
        except BaseException as fault:  # noqa: BLE001
            self.fault = type(fault).__name__
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
    course.hear()
    flow = FlowThread(call)
    try:
        while not flow.wait(_LOOK):
            if _hangs(course, run, answers):
                return RUN_REFUSED(run=run, kind=TimeoutError.__name__)
    except BaseException:
        course.stop()
        flow.wait(GRACE)
        course.give_up()
        raise
    if flow.fault or not flow.state.is_completed():
        return RUN_REFUSED(run=run, kind=flow.fault or flow.state.name)
    return None


def _hangs(course: Course, run: str, answers: Callable[[], bool]) -> bool:
    """Whether Prefect is to be given up; a unit that hangs is another matter, because nothing can be done beside it."""
    unit, silent = course.active, time.monotonic() - course.heard
    if unit and silent > BATCH_LIMIT:
        hangs = UNIT_HANGS(tracks=", ".join(unit), minutes=int(BATCH_LIMIT // 60))
        error = without_data(hangs, run, shard_of(unit))
        show.show_crash(course.flow_run, f"{error}. {message(remedy(error), language())}")
        raise hangs
    if unit or silent < ASKED_AFTER:
        return False
    return (silent > PREFECT_LIMIT or not answers()) and course.give_up()
