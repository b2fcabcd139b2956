"""The order in which Python keeps a set must not be seen in a log: two processes that hash otherwise write the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
LIVES: Final = """
import hashlib
from tests.tracks.worlds import worlds
from tracks.storage.memory_ledger import MemoryLedger
from datetime import timedelta

for shape in worlds.WORLDS:
    for seed in range(6):
        tracks = worlds.WORLDS[shape]()
        said = worlds.commands(seed, tracks, people=5, span=60)
        book = MemoryLedger()
        worlds.live(book, tracks, said, worlds.end)
        worlds.end(book, said[-1].day + timedelta(days=60))
        rows = [(s, e.seq, e.kind, e.step, e.attempt, str(e.effective), e.recorded, dict(e.data), e.hash.hex())
                for s, log in sorted(book.log.items()) for e in log]
        todos = [(s, one.claims, one.todos) for s, one in sorted(book.enrolments.items())]
        print(shape, seed, hashlib.sha256(repr((rows, todos)).encode()).hexdigest())
"""


def lived(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", LIVES], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_seeds_of_pythons_hashes_give_the_same_bytes_in_every_shape_of_world() -> None:
    assert lived("0") == lived("1")
