"""A track that takes no free text takes it from no command and from no row."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """B1 is in her first step of a track without notes; today is 7 September."""
    space = workspace(tmp_path / "w", f"{ALONE}\nanteckningar: inga\n")
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    return space


SAID = (
    "enrol alone C1 --note privat", "record B1 plan klar --note privat", "contact B1 --note privat", "state B1 --fact car=ja --note privat",
    "pause B1 --reason sjukdom --note privat", "interrupt B1 --reason flyttat --note privat", "except B1 krav --reason 'i egna ord'",
    "deviate B1 theory skip --reason 'i egna ord'", "deviate B1 extra add '2 veckor' --name Mer --after plan --reason annat --note privat",
    "outcome B1 arbete --note privat", "misregister B1 --reason annat --note privat",
)  # fmt: skip


@pytest.mark.parametrize("line", SAID)
def test_a_command_with_free_text_is_refused_and_leaves_nothing(space: Workspace, line: str) -> None:
    before = space.events
    said = space(*shlex.split(line))
    assert (said.code, space.events, space.rows("SELECT * FROM note")) == (2, before, [])
    assert "tar inte emot fritext" in said.err
    assert "privat" not in said.err


def test_the_same_commands_are_taken_without_it(space: Workspace) -> None:
    for line in ("record B1 plan klar", "contact B1", "except B1 krav --reason annat", "enrol alone C1"):
        space.ok(*shlex.split(line))


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("ref;on;note\nC1;2026-09-02;privat\n", ":2:3: "),
        ("on;ref;what;step;value;note\n2026-09-03;B1;record;plan;klar;privat\n", ":2:6: "),
        ("on;ref;what;value;reason\n2026-09-03;B1;except;krav;i egna ord\n", ":2:5: "),
    ],
)
def test_a_row_with_free_text_is_refused_by_its_place(space: Workspace, file: str, place: str) -> None:
    before = space.events
    said = space("import", space.file("rows.csv", file), "--track", "alone")
    assert (said.code, space.events, space.rows("SELECT * FROM note")) == (2, before, [])
    assert place in said.err
    assert "tar inte emot fritext" in said.err
