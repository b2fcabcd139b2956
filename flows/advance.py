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

from flows import artifacts
from flows.errors import BROKEN, EngineError, guarded
from flows.port import Run, Tally, Unit, bound
from flows.prefect_settings import language
from flows.texts import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prefect import Task
    from prefect.client.schemas.objects import State, TaskRun
    from prefect.futures import PrefectFuture

RETRIES: Final = 3
TIMEOUT: Final = 3600
_STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
# One writer at a time is what SQLite takes, and threads share one interpreter: more of them would only queue.
_RUNNER: Final[Any] = ThreadPoolTaskRunner(max_workers=1)


def run_name() -> str:
    """`advance TRACK DATE`, from ids that are ours."""
    given = flow_run.parameters or {}
    tracks = given.get("tracks") or []
    several = message("run.several", language(), count=len(tracks)) if tracks else message("run.all", language())
    label = tracks[0] if len(tracks) == 1 else several
    return f"advance {label} {given.get('until') or _today()}"


def worth_retrying(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """A busy or full disk may pass; a fault of ours comes back the same."""
    error = state.result(raise_on_failure=False)
    return not isinstance(error, EngineError) or error.code == "storage"


@task(
    name="advance unit",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(backoff_factor=1),
    retry_jitter_factor=0.5,
    retry_condition_fn=worth_retrying,
    timeout_seconds=TIMEOUT,
    cache_policy=NO_CACHE,
    persist_result=False,
    log_prints=False,
)
def advance_unit(run: str, unit: Unit, until: date, recorded: str) -> Tally:
    """Advance one unit of coupled tracks. Run again after a crash, it goes on where the other stopped."""
    return guarded(lambda: Tally.of(bound().advance(run, unit, until, recorded)), run, f"unit {'+'.join(unit)}")


@flow(name="advance", flow_run_name=run_name, task_runner=_RUNNER, persist_result=False, log_prints=False)
def advance(tracks: list[str], until: date | None = None, recorded: str | None = None, run: str | None = None) -> Tally:
    """Advance these tracks (all, where none is named) until a day, by default and at most the day that is recorded."""
    recorded = recorded or _now()
    wanted = Run(run or str(flow_run.id), tuple(tracks), reached(until, recorded), recorded)
    units = guarded(partial(bound().units, tracks), wanted.id, "plan")
    begun = guarded(partial(bound().begin, wanted, str(flow_run.id)), wanted.id, "begin")
    try:
        tally = _through(begun, units)
    except EngineError:
        guarded(partial(bound().end, begun, "failed", Tally()), begun.id, "end")
        raise
    guarded(partial(bound().end, begun, "completed", tally), begun.id, "end")
    artifacts.finished(begun, [track for unit in units for track in unit], tally)
    return tally


def _through(run: Run, units: Sequence[Unit]) -> Tally:
    artifacts.plan(run, units)
    futures = [_submit(unit, run) for unit in units]
    progress = artifacts.Progress(len(units))
    for number, _ in enumerate(as_completed(futures), 1):
        progress.reached(number)
    tally = sum((future.result() for future in futures), Tally())
    for unit in units:
        _show(unit, run)
    return tally


def _submit(unit: Unit, run: Run) -> PrefectFuture[Tally]:
    # The run has the tags. A task with tags asks the server for a slot of each, and on SQLite that question often meets a
    # locked database and is put again seconds later: measured, forty runs of four units took 260 s with tags and 28 s without.
    with TagsContext(current_tags=set()):
        return advance_unit.with_options(task_run_name=f"advance {'+'.join(unit)}").submit(run.id, unit, run.until, run.recorded)


def _show(unit: Unit, run: Run) -> None:
    """Verify what the run wrote, then publish where the people stand."""
    guarded(partial(_verify, run.id, unit), run.id, f"verify {'+'.join(unit)}")
    for track in unit:
        artifacts.counts(track, guarded(partial(bound().standing, track, run.until), run.id, f"publish {track}"))


def _verify(run: str, unit: Unit) -> None:
    if count := bound().verify(run, unit):
        raise BROKEN(count=count)


def reached(until: date | None, recorded: str) -> date:
    """The last day to decide: nothing is decided of a day that has not come when it is recorded."""
    today = datetime.fromisoformat(recorded).astimezone(_STOCKHOLM).date()
    return min(until or today, today)


def _today() -> date:
    return datetime.now(_STOCKHOLM).date()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
