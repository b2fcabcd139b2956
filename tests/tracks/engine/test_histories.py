"""Histories are decided as they were: by the engine that wrote them, again and again, on a file, and however often the process dies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tracks.engine.histories import HISTORIES, lines, live
from tests.tracks.worlds.invariants import deciding_again_changes_nothing, the_chain_is_whole
from tests.tracks.worlds.on_disk import MortalFile
from tests.tracks.worlds.worlds import Mortal

# What engine 1 wrote. A change here is another engine: these lines stand as they are, and get new ones beside them.
STORED = Path(__file__).parent / "stored"


def stored(name: str) -> list[str]:
    return (STORED / f"engine-1-{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", HISTORIES)
def test_what_engine_1_decided_is_decided_again_byte_for_byte(name: str) -> None:
    w = live(name)
    assert lines(w) == stored(name)
    the_chain_is_whole(w.book)
    deciding_again_changes_nothing(w.book, w.today)


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("seed", range(4))
def test_the_same_times_give_the_same_bytes_on_lists_and_on_a_file_that_die(name: str, seed: int, tmp_path: Path) -> None:
    books: list[Any] = [Mortal(0.3, seed), *([MortalFile(tmp_path / "jobbspar.db", seed, 0.3)] if seed == 0 else [])]
    for book in books:
        assert lines(live(name, book)) == stored(name)
