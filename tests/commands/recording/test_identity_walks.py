"""Whatever is said of references and numbers, in whatever order, one person has one reference and one place on a track."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, workspace
from tracks.events.status import OPEN

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = ("19900101-9802", "20000229-6127", "701063-2391", "19121212-1212", "")
TRACKS = ("kö", "alone", "other")


def line(draw: random.Random, space: Workspace) -> tuple[str, ...]:
    """A command line, and what is typed to it."""
    one, other = draw.sample("ABCDE", 2)
    number, track = draw.choice(NUMBERS[:-1]), draw.choice(TRACKS)
    streams = [row[0] for row in space.rows("SELECT stream FROM enrolment ORDER BY stream")] or ["A"]
    file = space.file("people.csv", f"ref;number\n{one};{number}\n{other};{draw.choice(NUMBERS)}\n")
    return draw.choice(
        (
            ("enrol", track, one), ("enrol", track, one, "--number", number), ("enrol", track, "--number", number),
            ("import", file, "--track", track), ("merge", one, other), ("merge", one, other), ("merge", one, other, "--undo"),
            ("renumber", one), ("renumber", one, "--wrong"), ("misregister", draw.choice(streams), "--reason", "annat"),
            ("interrupt", draw.choice(streams), "--reason", "annat"), ("advance", "--engine", "local"),
        )
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 4])
def test_one_person_stays_one_person_through_anything(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(seed)
    other = ALONE.replace("track: alone", "track: other").replace("name: Alone", "name: Other")
    space = workspace(tmp_path, QUEUED, ALONE, other)
    for _ in range(50):
        said_to = line(draw, space)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{draw.choice(NUMBERS)}\n"))
        assert space(*said_to).code in (0, 2, 4), said_to
        rows = space.rows("SELECT stream, ref, track, status FROM enrolment")
        now = {stream: ref for stream, ref, _, _ in rows}
        assert all(now[f"{ref}/1"] == ref for ref in now.values()), said_to
        places = [(ref, track) for _, ref, track, status in rows if status in OPEN]
        assert len(places) == len(set(places)), said_to
    assert space("verify").code == 0
