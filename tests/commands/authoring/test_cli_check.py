"""`check` as it is typed: all that is wrong with all that is given, in each form, with the right exit code."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from shlex import split

import pytest

from tests.commands.workspace import ALONE, typed, workspace

BROKEN = "spår: x\nnamn: X\ntyp: förberedande spår\nagare: Y\nsteg: [{id: a, typ: praktik, längd: 1 vecka}]\n"
RIGHT = BROKEN.replace("agare", "ägare")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fel.yaml").write_text(BROKEN, "utf-8")
    (tmp_path / "rätt.yaml").write_text(RIGHT.replace("spår: x", "spår: y"), "utf-8")
    return tmp_path


def test_a_file_that_is_not_there_is_a_finding_beside_those_of_others(folder: Path) -> None:
    answer = typed("check", "saknas.yaml", "fel.yaml", "rätt.yaml", "--format", "json")
    found = {file["path"]: [one["code"] for one in file["findings"]] for file in json.loads(answer.out)["files"]}
    assert (answer.code, found) == (2, {"saknas.yaml": ["JS084"], "fel.yaml": ["JS043"], "rätt.yaml": []})


def test_what_is_no_file_is_a_finding_and_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "rör.yaml")
    (folder / "ring.yaml").symlink_to("ring.yaml")
    (folder / "i_ring").mkdir()
    (folder / "i_ring" / "igen").symlink_to(folder)
    answer = typed("check", ".", "--format", "json")
    found = {file["path"]: [one["code"] for one in file["findings"]] for file in json.loads(answer.out)["files"]}
    assert (answer.code, found) == (2, {"fel.yaml": ["JS043"], "ring.yaml": ["JS001"], "rätt.yaml": [], "rör.yaml": ["JS002"]})


@pytest.mark.parametrize(("given", "code"), [("rätt.yaml", 0), ("fel.yaml", 2)])
def test_the_exit_code_says_whether_a_file_is_refused(folder: Path, given: str, code: int) -> None:
    for form in ("text", "json", "sarif", "github"):
        assert typed("check", given, "--format", form).code == code


def on_a_terminal(folder: Path, columns: int, **environment: str) -> str:
    """What `check` writes in a window of so many columns."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
    process = subprocess.Popen(
        [sys.executable, "-c", "import cli; cli.app()", "check", str(folder / "fel.yaml")],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env={**kept, "COLUMNS": str(columns), **environment},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65_536):
            said += piece
    except OSError:  # the end, on Linux
        pass
    finally:
        os.close(ours)
    assert process.wait() == 2
    return said.decode("utf-8")


def test_a_window_is_filled_and_not_overrun_in_its_colours(folder: Path) -> None:
    said = on_a_terminal(folder, 40, TERM="xterm")
    assert "\x1b[1;31mfel JS043:\x1b[0m" in said
    plain = said.replace("\x1b[1;31m", "").replace("\x1b[1m", "").replace("\x1b[34m", "").replace("\x1b[0m", "")
    assert [line for line in plain.split("\r\n") if len(line) > 40 and " " in line.strip() and not line.startswith(str(folder)[:9])] == []


@pytest.mark.parametrize("environment", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_who_wants_no_colours_gets_none(folder: Path, environment: dict[str, str]) -> None:
    assert "\x1b" not in on_a_terminal(folder, 100, **environment)


def test_a_pipe_gets_neither_colours_nor_broken_lines_and_no_letter_stops_it(folder: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "xterm"}
    command = [sys.executable, "-c", "import cli; cli.app()", "check", str(folder / "fel.yaml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, **plain}, check=False)
    assert (done.returncode, done.stderr) == (2, b"")
    assert b"\x1b" not in done.stdout
    assert len(done.stdout.split(b"\n")[3]) > 190


def test_check_shows_findings_in_four_forms(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ALONE)
    bad = space.file("bad.yaml", ALONE.replace("length: 2 weeks", "lenght: 2 weeks"))
    said = space("check", bad)
    assert said.code == 2
    assert f"{bad}:9:" in said.out
    assert space("check", bad, "--format", "json").json["files"][0]["ok"] is False
    assert space("check", bad, "--format", "sarif").json["version"] == "2.1.0"
    assert space("check", bad, "--format", "github").out.startswith("::error file=")
    assert space("check", bad, "--format", "poem").code == 2
    assert space("check", str(space.folder / "tracks")).code == 0


def test_a_first_workspace_can_be_used_as_it_is(tmp_path: Path) -> None:
    space = workspace(tmp_path / "first")
    assert space("check", str(space.folder / "tracks")).code == 0
    assert "forsta-sparet: version 1 i kraft." in space.ok("apply", str(space.folder / "tracks"), "--at", "2026-08-01").out
    assert space("init", str(space.folder)).code == 2
    assert (space.database.stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize("named", ["jobbspar.db", "data of ours/log.db"])
def test_what_a_missing_database_is_answered_with_makes_it_and_touches_nothing_else(tmp_path: Path, named: str) -> None:
    space = workspace(tmp_path / "cloned")
    settings = space.folder / "jobbspar.toml"
    settings.write_text(settings.read_text("utf-8").replace("jobbspar.db", named), "utf-8")
    for path in space.folder.glob("jobbspar.db*"):
        path.unlink()
    kept = {path: path.read_bytes() for path in space.folder.rglob("*") if path.is_file()}
    here = space.folder / "tracks"
    with chdir(here):
        said = typed("apply", ".", "--by", "Lisa", "--lang", "sv")
        assert said.code == 5
        remedy = split(said.err.split("`")[1])
        assert typed(*remedy[1:], "--lang", "sv").code == 0
        assert typed("apply", ".", "--by", "Lisa", "--lang", "sv", "--at", "2026-08-01").code == 0
    assert {path: path.read_bytes() for path in kept} == kept
    made = {path.relative_to(space.folder).as_posix() for path in space.folder.rglob("*") if path.is_file() and path not in kept}
    assert made <= {named, f"{named}-wal", f"{named}-shm"}
    (space.folder / named).unlink()
    assert typed("init", str(space.folder), "--virtual").code == 2
    assert typed("init", str(space.folder)).code == 0
    assert typed("init", str(space.folder)).code == 2


def test_a_virtual_workspace_that_was_given_a_day_proposes_that_day(tmp_path: Path) -> None:
    said = typed("--lang", "sv", "init", str(tmp_path / "w"), "--virtual", "--at", "2025-08-01").out
    assert [line.split()[-1] for line in said.splitlines() if "--at" in line] == ["2025-08-01", "2025-08-01"]
