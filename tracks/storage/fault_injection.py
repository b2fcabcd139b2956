"""Places where a test may kill the process: nothing happens unless the environment says so."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from definitions.systems import KILL

_FAULT = os.environ.get("FAULT", "")
_RECORD = os.environ.get("FAULT_RECORD", "")
_passages: Counter[str] = Counter()


def faultpoint(name: str) -> None:
    """Kill this process at the n-th passage of `name` where FAULT=name:n; note the passage in the file FAULT_RECORD."""
    if not _FAULT and not _RECORD:
        return
    _passages[name] += 1
    if _RECORD:
        with Path(_RECORD).open("a", encoding="utf-8") as record:
            record.write(f"{name}:{_passages[name]}\n")
    if f"{name}:{_passages[name]}" == _FAULT:
        os.kill(os.getpid(), KILL)
