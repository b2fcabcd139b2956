"""How far a run has come in this process: known to whoever watches over it, whatever becomes of Prefect.

The flow runs in a thread of its own, and a thread cannot be interrupted. So the operations that are bound for it keep what they have done
and when they were last heard of, end a unit between two batches where they are told to, and are closed to a flow that was given up.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from threading import Lock, get_ident
from typing import TYPE_CHECKING

from flows.errors import EngineError, Stopped, guarded, interrupted, shard_of
from flows.port import Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from flows.local_server import ProgressListener
    from flows.port import Between, FlowRun, Operations, TrackCounts, Unit, UnitCounts


class Course:
    """The operations of one run, which remember what came of it."""

    def __init__(self, work: Operations, notify: ProgressListener | None = None) -> None:
        self._work, self._notify = work, notify
        self._lock = Lock()
        self._watcher = get_ident()
        self._given_up = False
        self._stopping = False
        self._state = ""
        self.begun: FlowRun | None = None
        self.flow_run = ""
        self.active: Unit | None = None
        self.heard = time.monotonic()
        self.done: dict[Unit, Tally] = {}
        self.failed: set[Unit] = set()

    @property
    def tally(self) -> Tally:
        """What was written and read so far."""
        return sum(self.done.values(), Tally())

    def stop(self) -> None:
        """Let the unit at work end after its batch, and none begin."""
        self._stopping = True

    def give_up(self) -> bool:
        """Close the operations to the flow, unless a unit is at work; answers whether that was done."""
        with self._lock:
            self._given_up = self._given_up or self.active is None
            return self._given_up

    def close(self, state: str) -> None:
        """Leave no row of a run that does not run; what hinders that must not take the place of why it ended."""
        if self.begun and not self._state:
            with suppress(Exception):
                self.end(self.begun, state, self.tally)

    def finish(self, run: FlowRun, units: Sequence[Unit]) -> None:
        """Do without Prefect what is left, the fault of one unit stopping no other, and record how the run ended. Raises Stopped."""
        begun = self.begun or self.begin(run, "")
        for unit in units:
            if unit not in self.done and unit not in self.failed:
                self._try(begun, unit)
                if self._stopping:
                    raise Stopped
        state = "failed" if self.failed else "completed"
        if self._state != state:
            self.end(begun, state, self.tally)

    def _try(self, run: FlowRun, unit: Unit) -> None:
        """Advance a unit; what goes wrong in it is raised once all have had their turn, because the tracks after it are other people's."""
        tracks = ", ".join(unit)
        try:
            counts = guarded(partial(self.advance, run.id, unit, run.until, run.recorded), run.id, shard_of(unit))
        except EngineError as fault:
            if not interrupted(fault):
                self._tell("unit-failed", tracks=tracks)
        else:
            if counts.events:
                self._tell("unit-done", tracks=tracks, events=counts.events)

    def _tell(self, key: str, **values: object) -> None:
        if self._notify:
            self._notify(key, **values)

    def units(self, tracks: Sequence[str]) -> list[Unit]:
        """As the operations."""
        return self._work.units(tracks)

    def check_clock(self, recorded: str) -> None:
        """As the operations."""
        self._work.check_clock(recorded)

    def begin(self, run: FlowRun, flow_run: str) -> FlowRun:
        """As the operations."""
        with self._lock:
            self._check()
            self.flow_run = flow_run
            self.begun = self._work.begin(run, flow_run)
        self.hear()
        return self.begun

    def at_work(self) -> Collection[str]:
        """As the operations."""
        return self._work.at_work()

    def end(self, run: FlowRun, state: str, tally: Tally) -> None:
        """As the operations; what a run that failed has written is known here.

        Args:
            run: the run as `begin` returned it.
            state: how it ended.
            tally: what was written and read.

        """
        self._check()
        self._work.end(run, state, tally if tally.events or tally.read else self.tally)
        self._state = state
        self.hear()

    def advance(self, run: str, unit: Unit, until: date, recorded: str, between: Between = lambda: None) -> UnitCounts:
        """As the operations; one that was told to stop ends between two batches.

        Args:
            run: the id of the run.
            unit: the ids of the tracks of the unit.
            until: the last day to decide.
            recorded: the instant of record.
            between: is called between two batches.

        Returns:
            What was written and read.

        """

        def asked() -> None:
            self.hear()
            between()
            if self._stopping:
                raise Stopped

        with self._lock:
            self._check()
            self.active = unit
        try:
            asked()
            counts = self._work.advance(run, unit, until, recorded, asked)
        except BaseException:
            self.failed.add(unit)
            raise
        finally:
            self.active = None
            self.hear()
        self.failed.discard(unit)
        self.done[unit] = Tally.of(counts)
        return counts

    def verify(self, run: str, unit: Unit) -> int:
        """As the operations."""
        self.hear()
        return self._work.verify(run, unit)

    def track_counts(self, track: str, day: date) -> TrackCounts | None:
        """As the operations."""
        self.hear()
        return self._work.track_counts(track, day)

    def hear(self) -> None:
        """Note that the run is alive."""
        self.heard = time.monotonic()

    def _check(self) -> None:
        """A flow that was given up may wake up again, and must not write beside whoever goes on without it."""
        if self._given_up and get_ident() != self._watcher:
            raise Stopped
