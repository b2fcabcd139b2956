"""Reading is bounded: any file of up to 2 MB is answered with 2 seconds of CPU time and 200 MB, and the system would stop it else."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from definitions.source.reader import MAX_BYTES
from tests.definitions.source import bombs


@cache
def answers() -> dict[str, Any]:
    """What came of all files; one process imports once, and its children read."""
    command = [sys.executable, str(Path(bombs.__file__))]
    asked = json.dumps([*bombs.FILES, *bombs.HARMFUL])
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", bombs.FILES)
def test_a_file_made_to_take_long_or_much_is_answered_within_bounds(name: str) -> None:
    assert isinstance(answers()[name], int), answers()[name]


def test_the_limits_hold() -> None:
    assert answers()["never ends"].startswith("signal ")
    assert answers()["takes all"] == "MemoryError"


def test_the_files_are_as_large_as_may_be() -> None:
    sizes = {name: len(data if isinstance(data, bytes) else data.encode()) for name, make in bombs.FILES.items() if (data := make())}
    assert all(size <= MAX_BYTES for size in sizes.values())
    assert sum(size > 0.9 * MAX_BYTES for size in sizes.values()) > 40
