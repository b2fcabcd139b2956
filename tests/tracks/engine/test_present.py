"""The door of time: who asks for the present, and that nobody else makes one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tracks.engine.context.present import Present

RECORDING = Path(__file__).parents[3] / "tracks" / "recording"
# The ledger that a write may go through, and the door itself.
OF_THE_LEDGER = {"write_buffer.py", "writes.py"}
# Somebody has read, and nothing has happened: nobody is caught up for it.
BESIDE = {"record_disclosed"}
WRITES = {"save", "put_plan", "wake", "append", "validate", "decide_again", "decide_origin", "pass_on_track_fact"}


def test_nobody_makes_a_present_by_hand() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Present()  # type: ignore[abstract]


def writing(path: Path) -> list[tuple[str, bool]]:
    """The functions of a module that check or write something, each with whether it was given a present."""
    found = []
    for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(one, ast.FunctionDef):
            called = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in ast.walk(one) if isinstance(call, ast.Call)}
            # A list is appended to as well; an event is by the function of that name.
            listed = any(isinstance(c, ast.Call) and isinstance(c.func, ast.Attribute) and c.func.attr == "append" for c in ast.walk(one))
            if one.name not in BESIDE and (called - ({"append"} if listed else set())) & WRITES:
                asked = [ast.unparse(arg.annotation) for arg in (*one.args.args, *one.args.kwonlyargs) if arg.annotation]
                found.append((one.name, "Present" in asked))
    return found


def test_whoever_checks_or_writes_a_fact_asks_for_a_present() -> None:
    found = {path.name: writing(path) for path in sorted(RECORDING.glob("*.py")) if path.name not in OF_THE_LEDGER}
    assert sum(map(len, found.values())) > 8
    assert {name: [one for one, given in these if not given] for name, these in found.items()} == {name: [] for name in found}
