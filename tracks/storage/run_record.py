"""A run of the engine as it is kept beside the log, and the process it is at work in: one whose process is gone does not run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# While a run is at work nothing is counted yet, and these stand where its counts will.
PROCESS: Final = "process"
BORN: Final = "born"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One advance of the engine; its shards and retries all write the same `recorded`.

    `tracks` are those that were asked for, none meaning all; `engine` is `local` or `prefect`; `counts` says what was written.
    """

    id: str
    tracks: tuple[str, ...]
    until: date
    recorded: str
    engine: str
    state: str = "running"
    counts: Mapping[str, int] = field(default_factory=dict)
    flow_run: str | None = None


def own_process() -> dict[str, int]:
    """The id of this process, and when the system says it began, because numbers of processes come round again."""
    return {PROCESS: os.getpid(), BORN: _born(os.getpid())}


def at_work(kept: Mapping[str, int]) -> bool:
    """Whether the process of a run is still there. One that is not noted, or belongs to another machine, is not."""
    pid = kept.get(PROCESS)
    return pid is not None and _born(pid) == kept.get(BORN) != 0


def _born(pid: int) -> int:
    """When a process began, in milliseconds; 0 where there is none, or it is dead and only waited for."""
    import psutil  # noqa: PLC0415 - it costs more than most answers, and few ask for it

    try:
        process = psutil.Process(pid)
        return 0 if process.status() == psutil.STATUS_ZOMBIE else round(process.create_time() * 1000)
    except (psutil.Error, OSError):
        return 0
