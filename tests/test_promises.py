"""The promises, kept by the real program in real processes: twice, late, killed, two at once."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

TRACK = """
spår: verkstad
namn: Verkstad
typ: förberedande spår
ägare: Enheten
parter: [kommun, vuxenutbildningen]
uppgifter: {kurs: ja/nej, redo: ja/nej}
målgrupp: {krav: [redo]}
intag: {platser: 3, turordning: [anmälan], svar_inom: 5 arbetsdagar}
steg:
  - {id: kartläggning, typ: kartläggning, längd: 1 vecka, ger: [kurs]}
  - {id: kurs_steg, typ: insats, namn: Kurs, om: kurs, längd: 2 veckor, platser: 1}
  - {id: vila, typ: stöd, längd: 1 vecka}
  - {id: coach, typ: stöd, från: start på kartläggning, till: 1 månad efter anställning, kontakt_var: 2 veckor}
"""
FIRST = date(2026, 3, 2)
ROOT = Path(__file__).parents[1]


def run(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program itself, in a process of its own."""
    program = [sys.executable, "-c", "import cli; cli.app()", *args]
    return subprocess.run(
        program, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "JOBBSPAR_ACTOR": "Anna", **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def said(folder: Path, *args: str) -> None:
    """A command that must succeed."""
    done = run(folder, *args)
    assert done.returncode == 0, done.stderr


def log(folder: Path, *, clocks: bool) -> list[tuple[Any, ...]]:
    """The whole log by stream; with recorded times and hashes where the bytes must be the same."""
    columns = "stream, seq, kind, step, attempt, effective, actor, version, data, key" + (", recorded, hex(hash)" if clocks else "")
    with closing(sqlite3.connect(folder / "jobbspar.db")) as database:
        return database.execute(f"SELECT {columns} FROM event ORDER BY stream, seq").fetchall()


def on(offset: int) -> str:
    return (FIRST + timedelta(days=offset)).isoformat()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a queue: five people referred, three proposed, two of them in, and much left to decide."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "verkstad.yaml").write_text(TRACK, encoding="utf-8")
    said(folder, "init", ".", "--virtual")
    said(folder, "apply", "verkstad.yaml", "--at", on(0))
    for number in range(5):
        said(folder, "enrol", "verkstad", f"p{number}", "--fact", "redo=ja", "--at", on(number))
    said(folder, "advance", "--engine", "local", "--at", on(6))
    for ref in ("p0", "p1", "p2"):
        said(folder, "accept", ref, "--at", on(7))
    said(folder, "advance", "--engine", "local", "--at", on(8))
    for ref in ("p0", "p1"):
        said(folder, "record", ref, "kartläggning", "klar", "--fact", "kurs=ja", "--at", on(12))
    return folder


def copied(begun: Path, to: Path) -> Path:
    shutil.copytree(begun, to)
    return to


def test_a_second_advance_writes_no_events(begun: Path, tmp_path: Path) -> None:
    folder = copied(begun, tmp_path / "twice")
    said(folder, "advance", "--engine", "local", "--at", on(60))
    before = log(folder, clocks=True)
    said(folder, "advance", "--engine", "local", "--at", on(60))
    assert log(folder, clocks=True) == before


def test_one_advance_after_sixty_days_gives_the_events_of_sixty_daily_ones(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import cli

    between = {
        20: ("record", "p0", "kurs_steg", "klar"), 23: ("record", "p1", "kurs_steg", "ej_klar"), 25: ("decide", "p1", "kurs_steg", "nästa"),
        30: ("accept", "p3"), 33: ("pause", "p2", "--reason", "illness"), 41: ("resume", "p2"), 45: ("outcome", "p0", "arbete"),
    }  # fmt: skip
    logs = []
    monkeypatch.setenv("JOBBSPAR_ACTOR", "Anna")
    for name, daily in (("daily", True), ("never", False)):
        monkeypatch.chdir(copied(begun, tmp_path / name))
        for day in range(13, 73):
            if daily:
                assert cli.main(["advance", "--engine", "local", "--at", on(day)]) == 0
            if day in between:
                cli.main([*between[day], "--at", on(day)])
        assert cli.main(["advance", "--engine", "local", "--at", on(73)]) == 0
        logs.append(log(tmp_path / name, clocks=False))
    assert len(logs[0]) > 80
    assert logs[0] == logs[1]


@pytest.mark.parametrize("point", ["commit.before", "commit.after"])
def test_killed_at_any_commit_and_run_again_the_bytes_are_those_of_a_clean_run(begun: Path, tmp_path: Path, point: str) -> None:
    clean = copied(begun, tmp_path / "clean")
    said(clean, "advance", "--engine", "local", "--at", on(17))
    killed = 0
    while True:
        folder = copied(begun, tmp_path / f"{point}-{killed + 1}")
        done = run(folder, "advance", "--engine", "local", "--at", on(17), FAULT=f"{point}:{killed + 1}")
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        killed += 1
        said(folder, "advance", "--engine", "local", "--at", on(17))
        assert log(folder, clocks=True) == log(clean, clocks=True), f"killed at {point} number {killed}"
        shutil.rmtree(folder)
    assert killed > 3


def test_two_advances_at_once_write_what_one_writes(begun: Path, tmp_path: Path) -> None:
    clean = copied(begun, tmp_path / "clean")
    said(clean, "advance", "--engine", "local", "--at", on(60))
    both = copied(begun, tmp_path / "both")
    command = [sys.executable, "-c", "import cli; cli.app()", "advance", "--engine", "local", "--at", on(60)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pair = [subprocess.Popen(command, cwd=both, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for one in pair:
        _, wrong = one.communicate(timeout=60)
        assert one.returncode == 0, wrong
    assert log(both, clocks=True) == log(clean, clocks=True)


def test_what_was_written_verifies(begun: Path, tmp_path: Path) -> None:
    folder = copied(begun, tmp_path / "verified")
    said(folder, "advance", "--engine", "local", "--at", on(60))
    said(folder, "verify")
