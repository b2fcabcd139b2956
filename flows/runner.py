"""The one way to run the flow from a command: settings, server, flow, and the errors as the command line shows them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from definitions.model.refusal import Refusal
from flows import local_server, prefect_settings
from flows.errors import RUN_FAILED, RUN_REFUSED, SERVER_AWAY, EngineError, name_of, real_error
from flows.port import FlowRun, Operations, Tally, binding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from prefect.client.schemas.objects import State


@dataclass(frozen=True, slots=True)
class FlowResult:
    """What a run did, and Prefect's own id of it."""

    tally: Tally
    flow_run: str


def reach(workspace: Path, notify: local_server.ProgressListener) -> str:
    """Find the address of the server to report to: the one named by the operator, else this workspace's own, started if need be.

    Raises:
        Refusal: SERVER_AWAY where the server that the operator names does not answer; SERVER_DIED or SERVER_LATE where our own does
            not start.

    """
    named = os.environ.get(prefect_settings.FOREIGN_SERVER)
    if not named:
        return local_server.up(workspace, notify).api_url
    if not local_server.answers(named):
        raise SERVER_AWAY(url=named)
    return named


def advance(workspace: Path, work: Operations, run: FlowRun, notify: local_server.ProgressListener, lang: str = "sv") -> FlowResult:
    """Run the flow here, in this process, and wait for it.

    Args:
        workspace: the folder that holds Prefect's home and the server's file.
        work: the operations that the flow works on.
        run: what is ordered: id, tracks, day and instant of record.
        notify: says how far a server that must be started has come.
        lang: the language of what Prefect's UI shows of the run.

    Returns:
        What the run did, with Prefect's own id of it.

    Raises:
        Refusal: RUN_REFUSED where Prefect did not take the run, RUN_FAILED where it did not finish for a cause that this process does not
            know, and else whatever the engine itself refused.

    """
    # Before a server is started, which takes seconds: a track that is not there is refused at once.
    tracks = sorted({track for unit in work.units(run.tracks) for track in unit})
    api_url = reach(workspace, notify)
    prefect_settings.apply(workspace, api_url=api_url)
    os.environ[prefect_settings.LANGUAGE] = lang
    try:
        with binding(work):
            state = _run(api_url, run, tracks)
    except Exception as error:
        if isinstance(error, Refusal):
            raise
        raise RUN_REFUSED(run=run.id, kind=type(error).__name__) from None
    return FlowResult(_tally(state, run.id), str(state.state_details.flow_run_id))


def _run(api_url: str, run: FlowRun, tracks: Sequence[str]) -> State[Any]:
    # Imported here, because Prefect reads its settings when it is imported.
    from prefect import tags
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.advance import advance as flow

    # Joining the heartbeat's thread costs a second for each run, and a run here has a person waiting for it.
    wanted: dict[Any, Any] = {PREFECT_API_URL: api_url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    with temporary_settings(wanted), tags(*(f"track:{track}" for track in tracks)):
        state: State[Any] = flow(list(run.tracks), run.until, run.recorded, run.id, return_state=True)
    return state


def _tally(state: State[Any], run: str) -> Tally:
    real = real_error(run)
    answer = state.result(raise_on_failure=False)
    if state.is_completed() and isinstance(answer, Tally):
        return answer
    if isinstance(real, Refusal):
        raise real
    raise RUN_FAILED(run=run, error=answer if isinstance(answer, EngineError) else name_of(answer))
