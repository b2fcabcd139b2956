from __future__ import annotations

import ast
import fcntl
import os
import re
import threading
from pathlib import Path

import pytest

from definitions.systems import READING
from tracks.files import create_file, replace_file, sweep


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_is_written_again_is_replaced_whole(tmp_path: Path) -> None:
    for content in ("kö", b"tom"):
        replace_file(tmp_path / "a.csv", content)
    assert (tmp_path / "a.csv").read_bytes() == b"tom"
    assert names(tmp_path) == ["a.csv"]


def test_what_was_there_stays_where_the_new_file_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.mkdir()
    with pytest.raises(OSError, match=r"a\.csv"):
        replace_file(target, "text")
    assert target.is_dir()
    assert names(tmp_path) == ["a.csv"]


def test_a_created_file_is_its_owners_alone(tmp_path: Path) -> None:
    def fill(new: Path) -> None:
        new.write_text("hemligt")

    create_file(tmp_path / "a.key", fill)
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["a.key"]


def test_a_file_that_another_process_made_meanwhile_stays(tmp_path: Path) -> None:
    def late(new: Path) -> None:
        new.write_text("vår")
        (tmp_path / "a.key").write_text("deras")

    create_file(tmp_path / "a.key", late)
    assert (tmp_path / "a.key").read_text() == "deras"
    assert names(tmp_path) == ["a.key"]


def test_a_file_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def broken(new: Path) -> None:
        new.write_text("halv")
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        create_file(tmp_path / "a.key", broken)
    assert names(tmp_path) == []


def test_a_link_that_lies_where_the_new_file_is_to_be_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "precious.txt").write_text("dyrbart")
    monkeypatch.setattr("tracks.files.secrets.token_hex", lambda _: "known")
    (tmp_path / ".a.csv.known.new").symlink_to("precious.txt")
    with pytest.raises(FileExistsError):
        replace_file(tmp_path / "a.csv", "text")
    assert (tmp_path / "precious.txt").read_text() == "dyrbart"


def test_a_pipe_takes_what_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    # Opened at once, as a pipe that nobody reads yet is refused; more is written than a pipe holds.
    handle = os.open(pipe, READING)
    os.set_blocking(handle, True)

    def drain() -> None:
        with os.fdopen(handle, "rb") as file:
            read.append(file.read())

    reader = threading.Thread(target=drain)
    # Held open meanwhile, because a pipe without a writer is at its end.
    writer = os.open(pipe, os.O_WRONLY)
    reader.start()
    replace_file(pipe, "text" * 100_000)
    os.close(writer)
    reader.join()
    assert read == [b"text" * 100_000]
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_refused_at_once_and_told_by_its_name(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for target in (pipe, link):
        with pytest.raises(OSError, match=target.name):
            replace_file(target, "text")
    assert names(tmp_path) == ["link", "pipe"]


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path: Path) -> None:
    replace_file(tmp_path / ("x" * 255), "text")
    assert names(tmp_path) == ["x" * 255]


def test_what_a_killed_process_left_is_swept_away_with_the_next_write(tmp_path: Path) -> None:
    for left in (".a.key.0a1b2c3d.new", ".a.key.0a1b2c3d.new-journal", ".a.key.ffff.new-wal", ".b.key.0a1b2c3d.new"):
        (tmp_path / left).write_text("halv")
    replace_file(tmp_path / "a.key", "text")
    assert names(tmp_path) == [".b.key.0a1b2c3d.new", "a.key"]


def test_what_another_process_is_writing_is_not_swept_away(tmp_path: Path) -> None:
    new = tmp_path / ".a.key.0a1b2c3d.new"
    with new.open("w") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        sweep(tmp_path / "a.key")
        assert new.exists()
    sweep(tmp_path / "a.key")
    assert not new.exists()


def test_a_file_is_locked_as_long_as_it_has_no_name_of_its_own(tmp_path: Path) -> None:
    def fill(new: Path) -> None:
        sweep(tmp_path / "a.key")
        new.write_text("vår")

    create_file(tmp_path / "a.key", fill)
    assert names(tmp_path) == ["a.key"]


def test_a_link_that_lies_there_is_not_followed_by_who_sweeps(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("dyrbart")
    (tmp_path / ".a.key.0a1b2c3d.new").symlink_to("precious.txt")
    sweep(tmp_path / "a.key")
    assert (tmp_path / "precious.txt").read_text() == "dyrbart"


# The key is filled beside its place by the door itself; the others are logs and a lock in a folder that is its owner's alone.
WRITES = {"files.py", "vault.py", "errors.py", "local_server.py", "fault_injection.py"}
MODE = re.compile(r"[wax]b?\+?|.*O_(WRONLY|RDWR|CREAT).*")


def test_no_module_writes_a_file_but_through_the_door() -> None:
    root, found = Path(__file__).parents[2], set()
    for path in (path for room in ("commands", "definitions", "flows", "tracks") for path in (root / room).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name, said = ast.unparse(call.func).rpartition(".")[2], [ast.unparse(arg).strip("'") for arg in call.args]
            if name in ("write_bytes", "symlink_to") or (name == "write_text" and "formatter" not in ast.unparse(call.func)):
                found.add(path.name)
            if name in ("open", "fdopen") and any(map(MODE.fullmatch, said)):
                found.add(path.name)
    assert found == WRITES
