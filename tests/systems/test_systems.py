from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from definitions import systems
from tests.commands.lines import LINES
from tests.commands.workspace import Workspace, lived_in
from tests.systems.windows import MODULES, unix_only, without_unix
from tracks import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
# One process types all lines, because to begin one for each would take minutes.
TYPIST = """
import io, json, shlex, sys
from contextlib import redirect_stderr, redirect_stdout
import cli
said = []
for line in json.load(sys.stdin):
    sys.stdin = io.StringIO("20121212-1212\\n")
    with redirect_stdout(out := io.StringIO()), redirect_stderr(err := io.StringIO()):
        code = cli.main(["--lang", "en", "--by", "Lisa", *shlex.split(line)])
    said.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(said))
"""
BESIDE = (
    "init new", "check t0.yaml t1.yaml", "check tracks", "test tracks", "fmt t0.yaml", "explain steg", "schema", "graph t0.yaml",
    "doctor --json", "import people.csv --track alone --at 2026-09-09 --advance", "import people.csv --track alone",
    "advance --at 2026-09-10", "down", "db upgrade", "export --format xlsx -o e.xlsx", "verify --export heads.json",
    "worklist --ics w.ics", "demo d --only stockholm-matchning --engine local",
)  # fmt: skip


def shipped() -> Iterator[Path]:
    for top in ("definitions", "tracks", "flows", "commands"):
        yield from (ROOT / top).rglob("*.py")
    yield ROOT / "cli.py"


def test_what_only_unix_has_is_named_in_one_module() -> None:
    found = []
    for path in shipped():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = [name.name for name in node.names] if isinstance(node, ast.Import) else [str(getattr(node, "module", ""))]
            if isinstance(node, ast.Import | ast.ImportFrom) and set(imported) & set(MODULES):
                found.append(f"{path.name}:{node.lineno}")
            elif isinstance(node, ast.Attribute) and node.attr in unix_only().get(ast.unparse(node.value), ()):
                found.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
            elif isinstance(node, ast.ImportFrom) and {name.name for name in node.names} & unix_only().get(str(node.module), frozenset()):
                found.append(f"{path.name}:{node.lineno}")
    assert [place for place in found if not place.startswith("systems.py")] == []
    assert "systems.py" in "".join(found)


def _typed(space: Workspace, lines: list[str], around: dict[str, str]) -> list[Any]:
    space.file("people.csv", "ref;car\nP-1;ja\nP-2;nej\n")
    paths = os.pathsep.join([*filter(None, [around.get("PYTHONPATH")]), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", TYPIST], cwd=space.folder, input=json.dumps(lines), env={**os.environ, **around, "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {"PYTHONPATH": str(without_unix(tmp_path_factory.mktemp("start")))}


def test_every_command_ends_as_on_unix_where_python_has_only_what_it_has_on_windows(tmp_path: Path, windows: dict[str, str]) -> None:
    lines = [*LINES.values(), *BESIDE]
    here = _typed(lived_in(tmp_path / "a"), [line.replace("2026-09-10", "2026-09-10 --engine local") for line in lines], {})
    there = _typed(lived_in(tmp_path / "b"), lines, windows)
    assert [(line, *said) for line, said in zip(lines, there, strict=True) if said[0] == 1] == []
    assert {line: said[0] for line, said in zip(lines, there, strict=True)} == {
        line: said[0] for line, said in zip(lines, here, strict=True)
    }
    assert (tmp_path / "b" / "new" / "jobbspar.db").exists()


def test_a_server_that_cannot_be_started_is_told_with_the_remedy_and_what_was_asked_for_is_done(
    tmp_path: Path, windows: dict[str, str]
) -> None:
    up, bare, asked, doctor = _typed(
        lived_in(tmp_path / "w"),
        ["up", "advance --at 2026-09-09", "advance --engine prefect --at 2026-09-10 --json", "doctor --json --exit-code"],
        windows,
    )
    told = "Prefect's own server cannot be started on this system. Run `jobbspar advance --engine local`, which writes the same events"
    assert (up[0], told in up[2]) == (9, True)
    assert bare[0] == 0
    assert (asked[0], told in asked[2], json.loads(asked[1])["until"]) == (9, True, "2026-09-10")
    rows = {row["what"]: row for row in json.loads(doctor[1])}
    assert (rows["database mode"]["value"], rows["database mode"]["ok"]) == ("jobbspar.db", True)


class _Msvcrt:
    """The locks of Windows, as far as they are used: a byte of an open file, which others may not lock."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: dict[int, int] = {}

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        file = os.fstat(handle).st_ino
        assert os.lseek(handle, 0, os.SEEK_CUR) > 2**30 + 512, "what SQLite locks itself"
        if self.held.setdefault(file, handle) != handle:
            raise PermissionError


@pytest.fixture
def msvcrt(monkeypatch: pytest.MonkeyPatch) -> _Msvcrt:
    fake = _Msvcrt()
    monkeypatch.setattr(systems, "_FCNTL", None)
    monkeypatch.setattr(systems, "_MSVCRT", fake)
    monkeypatch.setattr(files, "UNIX", False)
    close = os.close
    monkeypatch.setattr(os, "close", lambda handle: (fake.held.pop(os.fstat(handle).st_ino, None), close(handle)))
    return fake


def test_a_lock_of_windows_keeps_others_out_until_the_file_is_closed_and_whoever_waits_gets_it(tmp_path: Path, msvcrt: _Msvcrt) -> None:
    path = tmp_path / "lock"
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
    systems.lock(first, wait=True)
    with pytest.raises(BlockingIOError):
        systems.lock(second, wait=False)
    waiting = threading.Thread(target=lambda: systems.lock(second, wait=True))
    waiting.start()
    time.sleep(0.15)
    assert waiting.is_alive()
    os.close(first)
    waiting.join(5)
    assert msvcrt.held == {os.fstat(second).st_ino: second}
    assert os.lseek(second, 0, os.SEEK_CUR) == 0
    os.close(second)


def test_a_file_is_made_whole_and_what_another_writes_is_not_swept_away_with_the_locks_of_windows(tmp_path: Path, msvcrt: _Msvcrt) -> None:
    def fill(new: Path) -> None:
        files.sweep(tmp_path / "a.key")
        new.write_text("vår")

    (tmp_path / ".a.key.0a1b2c3d.new").write_text("halv")
    files.create_file(tmp_path / "a.key", fill)
    files.replace_file(tmp_path / "a.csv", "text")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.key": "vår", "a.csv": "text"}


def test_a_file_that_was_swept_away_before_it_had_its_name_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UNIX", False)
    swept: list[Path] = []
    replace = Path.replace

    def late(new: Path, target: Path) -> Path:
        if not swept:
            swept.append(new)
            new.unlink()
        return replace(new, target)

    monkeypatch.setattr(Path, "replace", late)
    files.replace_file(tmp_path / "a.csv", "text")
    assert swept
    assert [path.read_text() for path in tmp_path.iterdir()] == ["text"]


@pytest.mark.parametrize("there", ["", "deras"])
def test_where_a_file_has_one_name_only_it_is_made_whole_too_and_none_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    def fill(new: Path) -> None:
        new.write_text("vår")
        if there:
            (tmp_path / "a.key").write_text(there)

    monkeypatch.setattr(os, "link", no_link)
    files.create_file(tmp_path / "a.key", fill)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.key": there or "vår"}


@pytest.mark.parametrize(
    ("text", "unix", "windows"),
    [("w", "w", "w"), ("C:\\Jobb spår\\w", "'C:\\Jobb spår\\w'", '"C:\\Jobb spår\\w"'), ("a'b", "'a'\"'\"'b'", '"a\'b"'), ("", "''", '""')],
)
def test_a_word_is_quoted_as_the_shell_of_the_system_takes_it(monkeypatch: pytest.MonkeyPatch, text: str, unix: str, windows: str) -> None:
    assert systems.quoted(text) == unix
    monkeypatch.setattr(systems, "UNIX", False)
    assert systems.quoted(text) == windows


def test_one_stands_again_where_one_stood_also_where_only_names_of_folders_lead_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(os, "fchdir")
    (tmp_path / "in").mkdir()
    with systems.standing_in(tmp_path / "in"):
        assert Path.cwd() == tmp_path / "in"
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize(
    ("fault", "gone"),
    [(BrokenPipeError, True), (lambda: OSError(22, "Invalid argument"), True), (lambda: OSError(22, "Invalid", "a.db"), False)],
    ids=["broken pipe", "of windows", "of a file"],
)
def test_windows_says_in_its_own_way_that_nobody_reads_any_more(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[], OSError], gone: bool
) -> None:
    monkeypatch.setattr(systems, "_MSVCRT", _Msvcrt())
    assert systems.reader_is_gone(fault()) is gone
