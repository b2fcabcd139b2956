"""The page for coordinators and staff: a reader who types its lines in order, on any day, is never refused."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli import COMMANDS, main

PAGE = (Path(__file__).parents[1] / "LASMIG.md").read_text(encoding="utf-8")
LINES = re.findall(r"`jobbspar ([^`]+)`", PAGE.split("## Jag vill …")[1].split("## ")[0].split("| --- | --- |")[1].split("\n\n")[0])


# A Saturday between holidays, a working day of autumn, and the last day of a month of summer.
@pytest.mark.parametrize("day", ["2027-01-02", "2026-09-24", "2028-07-31"])
def test_every_line_of_the_page_works_in_the_order_written_whatever_day_it_is(
    day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOBBSPAR_LANG", "sv")
    monkeypatch.setenv("JOBBSPAR_ACTOR", "Åsa Ek")
    assert main(["init", "mina-spar", "--virtual", "--at", day]) == 0
    monkeypatch.chdir(tmp_path / "mina-spar")
    for line in LINES:
        capsys.readouterr()
        asked = [] if line.startswith(("check", "test", "explain")) else ["--at", day]
        assert main([*shlex.split(line), *asked]) == 0, (line, capsys.readouterr().err)


def test_the_page_shows_commands_that_exist() -> None:
    shown = {line.split()[0] for line in re.findall(r"jobbspar ([a-z][a-z-]*)", PAGE)}
    assert len(LINES) > 30
    assert shown - set(COMMANDS) == set()
