"""The flow `advance`: plan, one task for each unit, verify, publish. Waiting is a row with a due date, never a sleeping flow."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import TagsContext
from prefect.futures import as_completed
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff

from flows import show
from flows.adapter import bound_operations
from flows.errors import INTERRUPTED, EngineError, cause, guarded, interrupted, remedy, shard_of
from flows.port import FlowRun, Tally, Unit
from flows.prefect_settings import language
from flows.refusals import BROKEN
from flows.texts import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prefect import Task
    from prefect.client.schemas.objects import State, TaskRun
    from prefect.futures import PrefectFuture

RETRIES: Final = 3
_STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
# One writer at a time is what SQLite takes, and threads share one interpreter: more of them would only queue.
_RUNNER: Final[Any] = ThreadPoolTaskRunner(max_workers=1)


def run_name() -> str:
    """`advance TRACK DATE`, from ids that are ours. A name is only for show, and nothing that goes wrong with it stops a run."""
    try:
        return _name()
    except BaseException:  # noqa: BLE001 - whatever it is
        return "advance"


def _name() -> str:
    given = flow_run.parameters or {}
    tracks = given.get("tracks") or []
    several = message("run.several", language(), count=len(tracks)) if tracks else message("run.all", language())
    label = tracks[0] if len(tracks) == 1 else several
    return f"advance {label} {given.get('until') or _today()}"


def worth_retrying(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Decide whether Prefect tries a failed task again: a busy or full disk may pass, a fault of ours comes back the same.

    Args:
        _task: the task, which Prefect passes and nothing here reads.
        _run: the run of the task, likewise.
        state: the failed state, whose result is the error.

    Returns:
        True for an error of storage, and for one that is none of the engine's.

    """
    error = state.result(raise_on_failure=False)
    return not isinstance(error, EngineError) or error.code == "storage"


@task(
    name="advance unit",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(backoff_factor=1),
    retry_jitter_factor=0.5,
    retry_condition_fn=worth_retrying,
    cache_policy=NO_CACHE,
    persist_result=False,
    log_prints=False,
)
def advance_unit(run: str, unit: Unit, until: date, recorded: str) -> Tally:
    """Advance one unit of coupled tracks. Run again after a crash, it goes on where the other stopped.

    Args:
        run: the id of the run.
        unit: the ids of the tracks of the unit.
        until: the last day to decide.
        recorded: the instant of record.

    Returns:
        What was written and read, as a plain value that Prefect may keep.

    """
    return guarded(lambda: Tally.of(bound_operations().advance(run, unit, until, recorded)), run, shard_of(unit))


@flow(name="advance", flow_run_name=run_name, task_runner=_RUNNER, persist_result=False, log_prints=False)
def advance(tracks: list[str], until: date | None = None, recorded: str | None = None, run: str | None = None) -> Tally:
    """Advance tracks: plan the units, run one task for each, verify what was written, publish the counts.

    Args:
        tracks: the ids of the tracks; all where none is named.
        until: the last day to decide; by default, and at most, the day that is recorded.
        recorded: the instant of record; now, by default.
        run: the id of the run; Prefect's own id of the flow run, by default.

    Returns:
        What was written and read.

    Raises:
        EngineError: a unit failed, whatever the cause; its text holds nothing of the data.

    """
    if recorded is None:
        # A clock that is given was judged by the command that gives it; a schedule has nobody to ask.
        recorded = _now()
        guarded(partial(bound_operations().check_clock, recorded), run or str(flow_run.id), "clock")
    wanted = FlowRun(run or str(flow_run.id), tuple(tracks), reached(until, recorded), recorded)
    units = guarded(partial(bound_operations().units, tracks), wanted.id, "plan")
    begun = guarded(partial(bound_operations().begin, wanted, str(flow_run.id)), wanted.id, "begin")
    show.begin()
    show.show_gone(begun.id, bound_operations().at_work)
    try:
        tally = _advance_units(begun, units)
    except BaseException as stop:
        _close(begun, stop)
        raise
    guarded(partial(bound_operations().end, begun, "completed", tally), begun.id, "end")
    show.emit_finished(begun, [track for unit in units for track in unit], tally)
    return tally


def _close(run: FlowRun, stop: BaseException) -> None:
    """Leave no row of a run that does not run; why it ended stands where people look, with what to type."""
    state = INTERRUPTED if interrupted(stop) else "failed"
    show.show_failure(run, cause(stop), remedy(stop))
    guarded(partial(bound_operations().end, run, state, Tally()), run.id, "end")


def _advance_units(run: FlowRun, units: Sequence[Unit]) -> Tally:
    show.show_plan(run, units)
    futures = [_submit(unit, run) for unit in units]
    progress = show.ProgressArtifact(len(units))
    for number, _ in enumerate(as_completed(futures), 1):
        progress.update(number)
    tally = sum((future.result() for future in futures), Tally())
    for unit in units:
        _verify_and_publish(unit, run)
    return tally


def _submit(unit: Unit, run: FlowRun) -> PrefectFuture[Tally]:
    # The run has the tags. A task with tags asks the server for a slot of each, and on SQLite that question often meets a
    # locked database and is put again seconds later: measured, forty runs of four units took 260 s with tags and 28 s without.
    with TagsContext(current_tags=set()):
        return advance_unit.with_options(task_run_name=f"advance {'+'.join(unit)}").submit(run.id, unit, run.until, run.recorded)


def _verify_and_publish(unit: Unit, run: FlowRun) -> None:
    """Verify what the run wrote, then publish where the people stand."""
    guarded(partial(_verify, run.id, unit), run.id, f"verify {'+'.join(unit)}")
    for track in unit:
        show.show_counts(track, partial(bound_operations().track_counts, track, run.until))


def _verify(run: str, unit: Unit) -> None:
    if count := bound_operations().verify(run, unit):
        raise BROKEN(count=count)


def reached(until: date | None, recorded: str) -> date:
    """The last day to decide: a day that has not come when it is recorded decides nothing."""
    today = datetime.fromisoformat(recorded).astimezone(_STOCKHOLM).date()
    return min(until or today, today)


def _today() -> date:
    return datetime.now(_STOCKHOLM).date()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
