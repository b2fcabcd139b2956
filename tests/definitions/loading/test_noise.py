"""A slip of the pen is told once, where it was made: whoever mends it finds no others that it only seemed to make."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from definitions.loading.loader import load_paths, load_text
from definitions.model.track import Track

EXAMPLES = Path(__file__).parents[3] / "examples"
TEXTS = [file.read_text("utf-8") for file in sorted(EXAMPLES.rglob("*.yaml")) if ".test." not in file.name]
SLIPS = 400


@cache
def around() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([EXAMPLES]) if one.track}


def slip(random: Random, line: str) -> str:
    """A line with a letter missing or too many, a bracket or a colon dropped, a quote opened, or another indentation."""
    bare = line.lstrip(" ")
    at = random.randrange(len(line))
    brackets = [n for n, sign in enumerate(line) if sign in "[]{}"] or [at]
    bracket, colon = random.choice(brackets), line.find(":")
    return random.choice([
        line[:at] + line[at + 1 :],
        line[:at] + random.choice("[]{}:,\"'-x ") + line[at:],
        line[:bracket] + line[bracket + 1 :],
        line[:colon] + line[colon + 1 :] if colon >= 0 else bare,
        line.replace(": ", ": " + random.choice("\"'"), 1),
        " " * max(0, len(line) - len(bare) + random.choice([-2, -1, 1, 2, 3])) + bare,
    ])  # fmt: skip


@cache
def told() -> list[tuple[int, int]]:
    """For each slip that is told of: how many findings, and how many lines to the nearest."""
    random = Random(11)
    found = []
    for _ in range(SLIPS):
        lines = random.choice(TEXTS).split("\n")
        number = random.choice([n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")])
        lines[number] = slip(random, lines[number])
        diagnostics = load_text("\n".join(lines), around=around()).diagnostics
        if diagnostics:
            found.append((len(diagnostics), min(abs(one.span.line - 1 - number) for one in diagnostics)))
    return found


@pytest.mark.parametrize(("most", "share"), [(1, 0.80), (2, 0.93), (4, 0.98)])
def test_a_slip_is_mostly_one_finding(most: int, share: float) -> None:
    counts = Counter(count for count, _ in told())
    assert sum(times for count, times in counts.items() if count <= most) / len(told()) >= share, sorted(counts.items())


def test_a_slip_is_told_on_its_line_or_the_next() -> None:
    assert sum(distance <= 1 for _, distance in told()) / len(told()) >= 0.95


def test_enough_slips_are_told_of() -> None:
    assert len(told()) > SLIPS / 2
