"""Lists as they stand in a window: two lines a task, no more than the window holds, and nothing broken within a word or a line to copy."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import pytest

import cli
from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Show = Callable[..., list[str]]

TRACK: Final = """
spår: lager-norr
namn: Lager Norr
typ: förberedande spår
ägare: enheten
parter: [kommun]
uppgifter: {bil: ja/nej}
steg:
  - {id: kurs, typ: insats, namn: Kursen i ordning och reda, start_inom: 5 arbetsdagar, längd: 1 vecka}
  - {id: stöd, typ: stöd, namn: Stödet, från: antagning, till: avslut, kontakt_var: 2 veckor}
"""
WIDTHS: Final = (40, 60, 80, 120, 200)
LISTS: Final = ("status", "status lager-norr --people", "history R01", "tracks", "status R01", "why R01", "caseload", "worklist")


class Window(io.StringIO):
    """A terminal of some size."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    space = workspace(tmp_path_factory.mktemp("windows") / "w", TRACK)
    people = "ref;datum\n" + "".join(f"R{number:02};2026-09-01\n" for number in range(30))
    space.ok("import", space.file("p.csv", people), "--track", "lager-norr", "--at", "2026-09-01", "--advance")
    for number in range(3):
        space.ok("enrol", "lager-norr", f"S{number}", "--at", "2026-09-10", "--advance")
    space.ok("assign", "R01", "kommun", "Lisa Ek")
    space.ok("assign", "S0", "kommun", "Kim Ås")
    space.ok("advance", "--engine", "local", "--at", "2026-09-14")
    return space


@pytest.fixture
def shown(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> Show:
    def show(line: str, width: int = 80, lines: int = 24, lang: str = "sv", pager: str = "cat") -> list[str]:
        window = Window()
        monkeypatch.setattr("sys.stdout", window)
        for name, value in (("COLUMNS", str(width)), ("LINES", str(lines)), ("PAGER", pager), ("NO_COLOR", "1"), ("TERM", "dumb")):
            monkeypatch.setenv(name, value)
        assert cli.main([*line.split(), "--db", str(space.database), "--lang", lang, "--by", "Lisa Ek"]) == 0
        return re.sub(r"\x1b\[[\d;]*m", "", window.getvalue()).splitlines()

    return show


def test_a_task_is_two_lines_the_second_to_copy_under_headings_by_when_it_is_due(shown: Show, space: Workspace) -> None:
    lines = shown("worklist --limit 0")
    assert [line for line in lines if line.isupper() or line.startswith(("FÖRS", "DEN HÄR"))] == ["FÖRSENAT (30)", "DEN HÄR VECKAN (3)"]
    tasks = [line for line in lines if line[:1] in "RS" and " · " in line]
    copies = [line.strip() for line in lines if line.strip().startswith("jobbspar ")]
    assert len(tasks) == len(copies) == len(space.ok("worklist", "--json").json)
    assert "virtuell: det som följer gäller 2026-09-14" in lines[0]
    assert lines[2] == "R00       Starta steget: Kursen i ordning och reda · kommun · 2026-09-08, 4"
    assert [line.strip() for line in lines[3:5]] == ["arbetsdagar sent", "jobbspar begin R00 kurs"]


@pytest.mark.parametrize("height", [10, 24, 50])
def test_a_worklist_ends_with_the_window_and_says_how_many_more_there_are_and_how_to_see_them(shown: Show, height: int) -> None:
    lines = shown("worklist", lines=height)
    assert len(lines) <= max(height, 14)
    told = " ".join(" ".join(lines[-2:]).split())
    assert re.search(r"\d+ av 33 visas; 30 är försenade", told)
    for option in ("--limit", "--overdue", "--mine", "--ref", "--role", "--track"):
        assert option in told


def test_in_a_pipe_all_of_a_worklist_comes(space: Workspace) -> None:
    said = space.ok("worklist").out
    assert said.count("jobbspar ") == 33
    assert "visas" not in said


def test_a_worklist_is_chosen_from_by_person_by_reference_and_by_number(shown: Show, space: Workspace) -> None:
    mine = space("worklist", "--mine", "--json", by="Lisa Ek").json
    assert {row["ref"] for row in mine} == {"R01"}
    assert space("worklist", "--mine", by=None).code == 2
    assert {row["ref"] for row in space.ok("worklist", "--ref", "S1", "--json").json} == {"S1"}
    assert space("worklist", "--ref", "X1").code == 4
    assert len(space.ok("worklist", "--limit", "5", "--json").json) == 5
    assert len(space.ok("worklist", "--limit", "0", "--json").json) == 33
    assert space.ok("worklist", "--limit", "2").out.count("jobbspar ") == 2
    assert not any("R01" in line for line in shown("worklist --ref S1"))


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("line", LISTS)
def test_no_list_is_wider_than_the_window_but_for_lines_to_copy(shown: Show, line: str, width: int, lang: str) -> None:
    found = shown(line, width=width, lines=60, lang=lang)
    assert [one for one in found if len(one.rstrip()) > width and "jobbspar " not in one] == []


def test_a_column_in_which_nothing_stands_is_not_shown(space: Workspace) -> None:
    assert "Version" in space.ok("tracks").out
    (row,) = space.ok("tracks", "--json").json
    empty = [name for name, value in row.items() if value is None]
    assert empty
    head = space.ok("tracks").out.splitlines()[0]
    assert "Program" not in head


def test_what_is_longer_than_the_window_goes_through_the_pager_of_the_reader(shown: Show, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    lines = shown("status lager-norr --people", pager=f"cat > {kept}")
    assert lines == []
    assert len(kept.read_text(encoding="utf-8").splitlines()) > 30
    assert len(shown("status lager-norr --people", lines=100, pager=f"cat > {tmp_path / 'none'}")) > 30
    assert not (tmp_path / "none").exists()


def test_without_a_pager_a_list_stops_at_a_screenful_and_says_how_many_more(shown: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown("status lager-norr --people", pager="no-such-pager-anywhere")
    assert len(lines) > 30
    monkeypatch.setattr("commands.runtime.pager.which", lambda _: None)
    monkeypatch.setattr("commands.runtime.pager._pager", lambda: None)
    lines = shown("status lager-norr --people")
    assert len(lines) <= 24
    assert "till:" in lines[-1]
