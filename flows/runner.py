"""The one way to run the flow from a command: settings, server, flow, and the errors as the command line shows them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal
from flows import local_server, prefect_settings, show
from flows.addresses import foreign
from flows.course import Course
from flows.errors import INTERRUPTED, fault_of, real_error
from flows.port import binding
from flows.refusals import RUN_FAILED
from flows.watch import watched, watched_alone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flows.port import FlowRun, Operations, Tally, Unit


@dataclass(frozen=True, slots=True)
class FlowResult:
    """What a run did, and Prefect's own id of it, empty where Prefect did not take it.

    `lost` is what Prefect failed in; what it left undone the local engine has done. `unshown` is the kind of fault that kept something
    from being shown, empty where all was.
    """

    tally: Tally
    flow_run: str
    lost: Refusal | None = None
    unshown: str = ""


def reach(workspace: Path, notify: local_server.ProgressListener) -> str:
    """Find the address of the server to report to: the one named by the operator, else this workspace's own, started if need be.

    Raises:
        Refusal: one of the server, with its exit code, where the one that the operator names, or our own, cannot be used.

    """
    return foreign() or local_server.up(workspace, notify).api_url


def advance(workspace: Path, work: Operations, run: FlowRun, notify: local_server.ProgressListener, lang: str = "sv") -> FlowResult:
    """Run the flow here, in this process, and wait for it. What Prefect fails in is done without it.

    Args:
        workspace: the folder that holds Prefect's home and the server's file.
        work: the operations that the flow works on.
        run: what is ordered: id, tracks, day and instant of record.
        notify: says how far a server that must be started has come.
        lang: the language of what Prefect's UI shows of the run.

    Returns:
        What the run did, with Prefect's own id of it.

    Raises:
        Refusal: RUN_FAILED where a unit failed by a fault that nobody foresaw, and else whatever the engine itself refused.

    """
    # Before a server is started, which takes seconds: a track that is not there is refused at once.
    units = work.units(run.tracks)
    course = Course(work, notify)
    try:
        lost = _with_prefect(workspace, course, run, units, notify, lang)
        # What went wrong outside the units, in their plan or in the verification, is no fault of Prefect's either.
        if not lost or course.failed or not fault_of(run.id):
            course.finish(run, units)
        _raise_fault(run)
    except BaseException as stop:
        course.close("failed" if isinstance(stop, Exception) else INTERRUPTED)
        raise
    return FlowResult(course.tally, course.flow_run, lost, show.lost())


def advance_alone(workspace: Path, work: Operations, run: FlowRun, notify: local_server.ProgressListener) -> FlowResult:
    """Do the work here without Prefect, and wait for it.

    Args:
        workspace: the folder that holds the log of faults.
        work: the operations that do it.
        run: what is ordered: id, tracks, day and instant of record.
        notify: says which unit is ready, and which failed.

    Returns:
        What the run did.

    Raises:
        Refusal: as `advance`.

    """
    units, course = work.units(run.tracks), Course(work, notify)
    os.environ[prefect_settings.WORKSPACE] = str(workspace)
    try:
        watched_alone(partial(course.finish, run, units), course, run.id)
        _raise_fault(run)
    except BaseException as stop:
        course.close("failed" if isinstance(stop, Exception) else INTERRUPTED)
        raise
    return FlowResult(course.tally, "")


def _raise_fault(run: FlowRun) -> None:
    found = real_error(run.id)
    if not found:
        return
    real, error = found
    raise real if isinstance(real, Refusal) else RUN_FAILED(run=run.id, error=error) from None


def _with_prefect(
    workspace: Path, course: Course, run: FlowRun, units: Sequence[Unit], notify: local_server.ProgressListener, lang: str
) -> Refusal | None:
    """Let Prefect drive the run; answers what it failed in."""
    try:
        api_url = reach(workspace, notify)
    except Refusal as why:
        if why.exit_code == ExitCode.SERVER:
            return why
        raise
    prefect_settings.apply(workspace, api_url=api_url)
    os.environ[prefect_settings.LANGUAGE] = lang
    tracks = sorted({track for unit in units for track in unit})
    try:
        with binding(course), prefect_settings.nowhere():
            return watched(partial(_run, api_url, run, tracks), course, run.id, partial(local_server.works, workspace, api_url))
    finally:
        # Of a run that failed Prefect leaves the exception in a file, which nobody reads again.
        rmtree(prefect_settings.home(workspace) / "storage", ignore_errors=True)


def _run(api_url: str, run: FlowRun, tracks: Sequence[str]) -> Any:
    # Imported here, because Prefect reads its settings when it is imported.
    from prefect import tags
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.advance import advance as flow

    # Joining the heartbeat's thread costs a second for each run, and a run here has a person waiting for it.
    wanted: dict[Any, Any] = {PREFECT_API_URL: api_url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    with temporary_settings(wanted), tags(*(f"track:{track}" for track in tracks)):
        return flow(list(run.tracks), run.until, run.recorded, run.id, return_state=True)
