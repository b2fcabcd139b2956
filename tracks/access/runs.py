"""Runs as they are kept beside the log, and the advance of one unit of tracks."""

from __future__ import annotations

from tracks.engine.loop.advance import AdvanceCounts, advance
from tracks.storage.run_record import RunRecord
from tracks.storage.runs import begin_run, end_run, runs, runs_at_work

__all__ = ["AdvanceCounts", "RunRecord", "advance", "begin_run", "end_run", "runs", "runs_at_work"]
