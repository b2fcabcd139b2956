"""What keeps a command from the database is told by its cause, with the path and the remedy, whatever command meets it."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cli
from tests.commands.lines import LINES, WITHOUT
from tests.commands.workspace import ALONE, Workspace, lived_in, typed, workspace
from tracks.storage.dialects.sqlite_file import storage_error

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


def alone(file: Path) -> None:
    """No log beside it, in which the database would stand once more."""
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()


def emptied(file: Path) -> None:
    alone(file)
    file.write_bytes(b"")


def lost(file: Path) -> None:
    alone(file)
    file.unlink()


def a_folder(file: Path) -> None:
    lost(file)
    file.mkdir()


def without_a_table(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE enrolment")
    other.close()


def without_a_schema(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("DELETE FROM alembic_version")
    other.close()


CAUSES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a lost file": (lost, "Det finns ingen databas på"),
    "no byte": (emptied, "är en tom fil (0 byte)"),
    "a folder": (a_folder, "är ingen jobbspårsdatabas"),
    "a table gone": (without_a_table, "saknar enrolment (en tabell eller kolumn)"),
    "no schema": (without_a_schema, "är ingen jobbspårsdatabas"),
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    space = lived_in(tmp_path_factory.mktemp("lived") / "w")
    space.ok("enrol", "alone", "B2")
    space.file("p.csv", "ref\nQ1\n")
    return space.folder


@pytest.fixture
def space(lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(lived, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return Workspace(tmp_path / "w")


def test_every_command_is_tried() -> None:
    assert cli.COMMANDS.keys() == LINES.keys() | WITHOUT


@pytest.mark.parametrize("cause", CAUSES)
def test_every_command_tells_what_is_in_its_way(cause: str, space: Workspace) -> None:
    spoil, told = CAUSES[cause]
    spoil(space.database)
    for line in LINES.values():
        said = space(*shlex.split(line))
        assert (said.code, told in said.err, "SQLITE" in said.err) == (5, True, False), (line, said)
        assert str(space.database) in said.err


def test_a_table_that_is_gone_is_told_before_a_server_is_started(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.runner.advance", lambda *_: pytest.fail("the run began"))
    with sqlite3.connect(space.database) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("DROP TABLE todo")
    other.close()
    said = space("advance", "--engine", "prefect")
    assert (said.code, "saknar todo (en tabell eller kolumn)" in said.err) == (5, True)


@pytest.mark.parametrize("line", [*LINES.values(), "check", "test", "fmt", "schema", "explain", "init", "doctor"])
def test_a_folder_that_is_gone_is_told_by_every_command(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = typed("--lang", "sv", "--by", "Lisa", *shlex.split(line))
    assert (said.code, "Mappen som du står i finns inte längre" in said.err) == (5, True), said


@pytest.mark.parametrize("name", ["SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"])
@pytest.mark.parametrize(
    ("room", "flag", "told"), [(0, 0, "är full"), (9_999, os.ST_RDONLY, "skrivskyddad"), (9_999, 0, "disken eller nätverk")]
)
def test_what_sqlite_was_doing_when_the_system_failed_is_not_what_is_told(
    name: str, room: int, flag: int, told: str, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = os.statvfs(space.folder)
    seen = os.statvfs_result((*disk[:4], room, *disk[5:8], flag, *disk[9:]))
    monkeypatch.setattr(os, "statvfs", lambda _: seen)
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = name
    found = storage_error(fault, space.database)
    assert (found.exit_code, told in found.message("sv"), "SQLITE" in found.message("sv")) == (5, True, False)


def test_a_row_is_not_blamed_for_a_database_that_cannot_be_used(space: Workspace) -> None:
    with sqlite3.connect(space.database) as other:
        other.execute("ALTER TABLE enrolment RENAME COLUMN since TO sense")
    other.close()
    said = space("import", "p.csv", "--track", "alone")
    assert (said.code, "saknar" in said.err, "rad" in said.err.split()) == (5, True, False)


def test_input_that_is_closed_is_input_without_a_word(space: Workspace) -> None:
    program = f"{sys.executable} -c 'import cli; cli.app()' enrol alone Z1 --number - --by Lisa --lang en --db {space.database} <&-"
    answer = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert (answer.returncode, "personal number" in answer.stderr, "Traceback" in answer.stderr) == (2, True, False)
    assert space.rows("SELECT count(*) FROM enrolment WHERE ref = 'Z1'") == [(0,)]


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_outputs_that_are_closed_are_no_fault(closed: str, space: Workspace) -> None:
    program = f"{sys.executable} -c 'import cli; cli.app()' status B1 --db {space.database} {closed}"
    answer = subprocess.run(["bash", "-c", program], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert answer.returncode == 0


def test_settings_that_another_user_owns_are_not_followed_from_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path / "w", ALONE)
    below = space.folder / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert typed("tracks", "--lang", "sv").code == 0
    settings = space.folder / "jobbspar.toml"
    if os.getuid() == 0:
        os.chown(settings, 54321, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: 54321)
    said = typed("tracks", "--lang", "sv")
    assert (said.code, f"{settings} tillhör en annan användare" in said.err) == (2, True)
    assert space("tracks").code == 0
    monkeypatch.chdir(space.folder)
    assert typed("tracks", "--lang", "sv").code == 0
