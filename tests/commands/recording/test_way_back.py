"""After a write, the line that takes it back: at a terminal only, and it works as it stands."""

from __future__ import annotations

import shlex
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from commands.wording.way_back import way_back
from tests.commands.app.test_cli_names import space  # noqa: F401 - a fixture
from tests.commands.runtime.terminals import in_terminal
from tests.commands.workspace import Workspace

WRITES: Final = """
pause A1 --reason sjukdom
contact A1
outcome A1 arbete
assign A1 handläggare Lisa
enrol dit N1
"""
RUN: Final = "import sys, cli; sys.exit(cli.main(sys.argv[1:]))"


@pytest.mark.parametrize("line", WRITES.strip().splitlines())
def test_the_line_that_takes_back_a_write_works_as_it_stands(space: Workspace, line: str) -> None:  # noqa: F811
    written = space.ok(*shlex.split(line), "--json").json
    back = way_back(cast("Any", [SimpleNamespace(**row) for row in written]), "sv")
    assert back.startswith("jobbspar ")
    said = space(*shlex.split(back)[1:])
    assert (said.code, said.err) == (0, "")
    (fact,) = [row for row in space.ok("history", written[0]["stream"], "--json").json if row["seq"] == written[0]["seq"]]
    assert not fact["stands"] or fact["kind"] == "referred"


def test_several_facts_and_what_cannot_be_taken_back_have_no_line() -> None:
    one = SimpleNamespace(kind="paused", stream="A1/1", seq=3)
    engine = SimpleNamespace(kind="step_started", stream="A1/1", seq=3)
    assert way_back(cast("Any", [one, one]), "sv") == way_back(cast("Any", [engine]), "sv") == ""


def test_a_terminal_shows_the_line_and_a_pipe_does_not(space: Workspace) -> None:  # noqa: F811
    database = str(space.database)
    seen = in_terminal(RUN, "pause", "A1", "--reason", "illness", "--by", "Lisa", "--db", database)
    assert seen.code == 0, seen.written
    at = seen.left.index("Take it back:")
    assert seen.left[at + 1].startswith("  jobbspar correct A1/1 ")
    assert "correct" not in space.ok("resume", "A1").out
