"""`demo` leaves a workspace that can be asked, with a handbook and a report for every track, and nothing running."""

from __future__ import annotations

import io
import sqlite3
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from cli import main
from commands.runtime.shipped_files import examples
from tracks.audit.verify import verify
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger


def _events(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "jobbspar.db") as connection:
        return connection.execute("SELECT * FROM event ORDER BY stream, seq").fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demos") / "demo"
    systems = [word for name in ("stockholm-matchning", "dua") for word in ("--only", name)]
    assert main(["demo", str(folder), "--engine", "local", "--lang", "en", *systems]) == 0
    return folder


class One(NamedTuple):
    """A demo of one system: its folder, the command that made it, and what that said."""

    folder: Path
    command: list[str]
    said: str


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> One:
    folder = tmp_path_factory.mktemp("demos") / "one"
    command = ["demo", str(folder), "--engine", "local", "--lang", "en", "--only", "stockholm-matchning"]
    with redirect_stdout(out := io.StringIO()):
        assert main(command) == 0
    return One(folder, command, out.getvalue())


def test_every_track_has_its_handbook_and_report(made: Path) -> None:
    pages = {page.name for page in made.glob("*.html")}
    tracks = ("stockholm-matchning", "bygg-norrort", "vard-norrort")
    assert pages == {f"{kind}-{track}.html" for kind in ("handbook", "report") for track in tracks} | {"report-dua-norrort.html"}
    for page in made.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.lower().startswith("<!doctype html>")
        assert "<script" not in text


def test_the_example_tracks_are_copied_to_be_read_and_changed(made: Path) -> None:
    copied = sorted(path.relative_to(made / "tracks") for path in (made / "tracks").rglob("*.yaml"))
    assert copied == sorted(path.relative_to(examples()) for path in examples().rglob("*.yaml"))


def test_the_workspace_has_a_clock_of_its_own_and_answers(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(made)
    assert main(["status", "stockholm-matchning"]) == 0
    assert main(["status", "SM-001"]) == 0
    assert main(["status"]) == 0
    assert "SM-001" in capsys.readouterr().out


def test_the_log_is_whole(made: Path) -> None:
    engine = open_database(made / "jobbspar.db", readonly=True)
    try:
        assert not verify(SqlLedger(engine)).breaks
    finally:
        engine.dispose()


def test_the_last_screen_shows_people_overdue_items_goals_and_what_to_type(one: One) -> None:
    for part in (
        "Status:",
        "At step:",
        "Overdue:",
        "(44 of 60; of whom unknown: 7)",
        "handbook-stockholm-matchning.html",
        "jobbspar why SM-",
        "made up",
    ):
        assert part in one.said
    assert str(one.folder) in one.said


def test_a_demo_made_again_gives_the_same_bytes(one: One) -> None:
    first = _events(one.folder)
    (one.folder / "report-old.html").write_text("old", encoding="utf-8")
    assert main([*one.command, "--again"]) == 0
    assert _events(one.folder) == first
    assert not (one.folder / "report-old.html").exists()


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for more in ([], ["--again"]):
        assert main(["demo", str(tmp_path), "--engine", "local", "--lang", "en", *more]) == 2
        assert str(tmp_path) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("option", "value"), [("--engine", "steam"), ("--only", "mars")])
def test_an_unknown_engine_or_system_is_refused_and_nothing_is_made(
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", str(tmp_path / "demo"), option, value, "--lang", "en"]) == 2
    assert value in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()
