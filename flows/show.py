"""What a run shows in Prefect's UI: counts, the small ones masked, and never anything about one person.

All of it is only for show, so it passes one door, `_only_shown`, that never raises, whatever Prefect does, and never takes long. After a
first failure nothing more is shown of the run; `lost` says so, for a line at its end.
"""

from __future__ import annotations

import hashlib
import os
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from functools import wraps
from threading import Thread
from typing import TYPE_CHECKING, Final, ParamSpec, cast
from uuid import UUID

from flows.prefect_settings import FOREIGN_SERVER, language
from flows.texts import message
from tracks.privacy.small_cells import LIMIT, mask_line, shown, small
from tracks.texts import todo_words, word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from prefect.client.schemas.objects import State

    from flows.port import FlowRun, Tally, TrackCounts, Unit
    from tracks.privacy.cells import Cell

MASK: Final = f"<{LIMIT}"
HIDDEN: Final = "–"
# Seconds that may pass for one thing to show: a server that is busy answers within them, and no run waits longer for one that hangs.
PATIENCE: Final = 20.0
GONE_AFTER: Final = 120.0
_LETTERS: Final = str.maketrans("åäö_", "aao-")
_MARK: Final = 6
_Given = ParamSpec("_Given")
_lost: list[str] = []


def begin() -> None:
    """A run begins: of what failed before nothing is known any more."""
    _lost.clear()


def lost() -> str:
    """What kind of fault kept the last run from being shown whole; empty where all was shown."""
    return _lost[0] if _lost else ""


def _only_shown(call: Callable[_Given, None]) -> Callable[_Given, None]:
    """The door: the call is made in a thread of its own, which is left behind where it takes too long."""

    @wraps(call)
    def tried(*args: _Given.args, **values: _Given.kwargs) -> None:
        if _lost:
            return
        here, found = copy_context(), [TimeoutError.__name__]

        def alone() -> None:
            try:
                here.run(call, *args, **values)
                found.clear()
            # Prefect's own signals, such as `Abort`, are no Exception.
            except BaseException as fault:  # noqa: BLE001
                found[:] = [type(fault).__name__]

        thread = Thread(target=alone, daemon=True)
        thread.start()
        thread.join(PATIENCE)
        _lost.extend(found)

    return tried


def slug(track: str) -> str:
    """A track id in the letters that Prefect takes in a key; two ids never give one key."""
    # Prefect's keys take lowercase ASCII letters, digits and dashes only. `å` and `a` would give the same key: hence the mark.
    plain = track.translate(_LETTERS)
    return plain if plain == track else f"{plain}-{hashlib.sha256(track.encode()).hexdigest()[:_MARK]}"


def masked(count: int) -> str:
    """A count as it may be seen by everybody who sees the UI."""
    hidden = shown(count)
    return MASK if hidden is None else str(hidden)


def _mark(count: int, seen: int | None) -> str:
    """A count beside others; one that is hidden for their sake is no small one, and is not said to be."""
    return masked(count) if seen is not None or small(count) else HIDDEN


@_only_shown
def show_plan(run: FlowRun, units: Sequence[Unit]) -> None:
    """Show before the work what will be done."""
    lang = language()
    rows = "\n".join(f"| {number} | {', '.join(unit)} |" for number, unit in enumerate(units, 1))
    head = f"| {message('run.unit', lang)} | {message('run.tracks', lang)} |\n| ---: | --- |"
    told = message("run.told", lang, run=run.id, until=run.until.isoformat())
    _page("plan", message("run.plan", lang), f"# advance\n\n{told}\n\n{head}\n{rows}\n")


@_only_shown
def show_failure(run: FlowRun, cause: str, remedy: str) -> None:
    """Show why a run did not finish, and what to type.

    Args:
        run: the run.
        cause: the text of an `EngineError`, which holds nothing of the data.
        remedy: the key of the line to type.

    """
    lang = language()
    _page("failure", message("run.failure", lang), f"{message('run.failed', lang, run=run.id, cause=cause)}\n\n{message(remedy, lang)}\n")


@_only_shown
def show_crash(flow_run: str, cause: str) -> None:
    """Tell Prefect that a flow run that cannot be interrupted is over."""
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed

    with get_client(sync_client=True) as client:
        client.set_flow_run_state(UUID(flow_run), Crashed(message=cause), force=True)


@_only_shown
def show_gone(own: str, at_work: Callable[[], Collection[str]]) -> None:
    """Tell Prefect of the runs whose process is gone, which it would show as running for ever, and of their tasks.

    On a server elsewhere nothing is told of runs that this process has not begun: they may be somebody else's.

    Args:
        own: the id of this run.
        at_work: reads the ids of our runs whose process is there.

    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowFilter, FlowRunFilter, TaskRunFilter
    from prefect.states import Crashed

    if os.environ.get(FOREIGN_SERVER):
        return
    # Prefect's run is made some moments before ours, and ended some moments after it.
    before = datetime.now(UTC) - timedelta(seconds=GONE_AFTER)
    open_ = {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}
    gone: State[None] = Crashed(message=message("run.gone", language()))
    with get_client(sync_client=True) as client:
        wanted = FlowRunFilter.model_validate({**open_, "expected_start_time": {"before_": before}})
        for run in client.read_flow_runs(flow_filter=FlowFilter.model_validate({"name": {"any_": ["advance"]}}), flow_run_filter=wanted):
            if str(run.parameters.get("run") or run.id) not in (own, *at_work()):
                hers = FlowRunFilter.model_validate({"id": {"any_": [run.id]}})
                for task in client.read_task_runs(flow_run_filter=hers, task_run_filter=TaskRunFilter.model_validate(open_)):
                    client.set_task_run_state(task.id, gone, force=True)
                client.set_flow_run_state(run.id, gone, force=True)


class ProgressArtifact:
    """How many of the run's units are ready."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._made: list[UUID] = []
        self._make()

    @_only_shown
    def _make(self) -> None:
        from prefect.artifacts import create_progress_artifact

        # An empty run is ready at once; Prefect would show nought percent for ever.
        made = create_progress_artifact(0.0 if self._total else 100.0, key="progress", description=message("run.progress", language()))
        self._made.append(cast("UUID", made))

    @_only_shown
    def update(self, number: int) -> None:
        """Show that so many units are ready."""
        from prefect.artifacts import update_progress_artifact

        update_progress_artifact(self._made[0], 100.0 * number / self._total)


@_only_shown
def show_counts(track: str, count: Callable[[], TrackCounts | None]) -> None:
    """Show how many people of a track are where and what is late, as far as its report shows it.

    Args:
        track: the id of the track.
        count: reads the counts; that is part of showing, so that it fails and takes its time with it.

    """
    lang, counts = language(), count()
    if counts is None:
        return
    people = {**{word("status", status, lang): number for status, number in counts.coming.items()}, **counts.people}
    overdue = {todo_words(kind, lang): number for kind, number in counts.overdue.items()}
    _table(f"people-per-step-{slug(track)}", message("run.people", lang, track=track), message("run.step", lang), people)
    _table(f"overdue-{slug(track)}", message("run.overdue", lang, track=track), message("run.what", lang), overdue)


@_only_shown
def emit_finished(run: FlowRun, tracks: Sequence[str], tally: Tally) -> None:
    """Emit Prefect's event that the run is over, for whoever listens (automations, other systems).

    Args:
        run: the run that is over.
        tracks: the ids of the tracks that were advanced.
        tally: what was written and read; small counts are masked.

    """
    from prefect.events import emit_event

    # The kinds sum to the events, so one hidden alone would follow from the others.
    line = mask_line(list(tally.kinds.values()))
    kinds = {f"kind.{kind}": _mark(count, seen) for (kind, count), seen in zip(tally.kinds.items(), line.counts, strict=True)}
    events = _mark(tally.events, shown(tally.events) if line.total is not None or not kinds else None)
    payload = {"until": run.until.isoformat(), "events": events, "due": masked(tally.read)}
    emit_event(
        "jobbspar.run.finished",
        resource={"prefect.resource.id": f"jobbspar.run.{run.id}", "prefect.resource.name": f"run {run.id}"},
        related=[{"prefect.resource.id": f"jobbspar.track.{track}", "prefect.resource.role": "track"} for track in tracks],
        payload=payload | kinds,
    )


def _table(key: str, description: str, heading: str, values: Mapping[str, Cell]) -> None:
    from prefect.artifacts import create_table_artifact

    number = message("run.number", language())
    rows = [{heading: name, number: HIDDEN if count is None else str(count)} for name, count in values.items()]
    create_table_artifact(rows or [{heading: HIDDEN, number: "0"}], key=key, description=description)


def _page(key: str, description: str, text: str) -> None:
    from prefect.artifacts import create_markdown_artifact

    create_markdown_artifact(text, key=key, description=description)
