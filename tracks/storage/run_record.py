"""A run of the engine as it is kept beside the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


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
