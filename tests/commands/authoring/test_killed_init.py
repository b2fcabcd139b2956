"""What an `init` or a first name leaves behind when the process is killed: nothing that a repository would keep, and nothing for long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.workspace import ALONE, Workspace, typed, workspace

ROOT = Path(__file__).parents[3]
# Killed where the new file is whole and has not got its name, or has it and is not gone.
BEFORE = "os.link = lambda *_: os.kill(os.getpid(), 9)"
AFTER = "link = os.link; os.link = lambda *names: (link(*names), os.kill(os.getpid(), 9))"


def killed(where: str, *args: str) -> None:
    program = f"import os, sys; {where}; import cli; cli.main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", program, *args], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == -9


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".new" in path.name]


def unignored(folder: Path) -> list[str]:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    said = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=folder, check=True, capture_output=True, text=True)
    return [line[3:] for line in said.stdout.splitlines()]


@pytest.mark.parametrize("where", [BEFORE, AFTER])
def test_what_a_killed_init_leaves_is_in_no_repository_and_gone_with_the_next(where: str, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    killed(where, "init", str(folder))
    assert strays(folder)
    assert unignored(folder) == [".gitignore"]
    assert typed("init", str(folder)).code == 0
    assert not strays(folder)


@pytest.mark.parametrize("where", [BEFORE, AFTER])
def test_a_key_whose_making_was_cut_short_is_in_no_repository_and_not_left_beside(where: str, tmp_path: Path) -> None:
    space: Workspace = workspace(tmp_path / "w", ALONE)
    line = ("enrol", "alone", "A1", "--name", "Kanarie Fågel")
    killed(where, "--db", str(space.database), "--by", "Lisa", *line)
    assert strays(space.folder)
    assert not [name for name in unignored(space.folder) if "key" in name]
    space.ok(*line)
    assert not strays(space.folder)
    space.ok("verify")
