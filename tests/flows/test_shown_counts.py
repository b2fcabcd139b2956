"""What Prefect shows of people is what the report shows, small counts hidden together; no server is needed to see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flows import adapter, show
from tests.commands.workspace import ALONE, Workspace, workspace
from tracks.texts import word

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 9, 20)


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Nine are in the second step of a track, seven in the first, and one of those of another track of the programme."""
    both = [ALONE.replace("owner: unit", "programme: p\nowner: unit").replace("track: alone", f"track: {name}") for name in ("a", "b")]
    space = workspace(tmp_path_factory.mktemp("shown") / "w", *both)
    for track, count in (("a", 16), ("b", 1)):
        people = "ref\n" + "".join(f"{track.upper()}{n}\n" for n in range(count))
        space.ok("import", space.file("p.csv", people), "--as", "people", "--track", track, "--at", "2026-09-01")
        said = "".join(f"2026-09-02;{track.upper()}{n};började;plan;\n" for n in range(count))
        space.ok("import", space.file("r.csv", f"on;ref;what;step;value\n{said}"), "--track", track, "--at", "2026-09-02")
    done = "".join(f"2026-09-03;A{n};rapport;plan;klar;nej\n" for n in range(9))
    space.ok("import", space.file("d.csv", f"on;ref;what;step;value;car\n{done}"), "--track", "a", "--at", "2026-09-03")
    space.ok("advance", "--engine", "local", "--at", "2026-09-20")
    return space


def tables(space: Workspace, track: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    shown: list[Any] = []
    monkeypatch.setattr("prefect.artifacts.create_table_artifact", lambda rows, **_: shown.append(rows))
    show.begin()
    show.show_counts(track, lambda: adapter.LedgerOperations(str(space.database)).track_counts(track, DAY))
    assert show.lost() == ""
    return shown


@pytest.mark.parametrize("track", ["a", "b"])
def test_prefect_shows_the_numbers_of_the_report(space: Workspace, track: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = space.ok("report", track, "--json").json
    people, overdue = tables(space, track, monkeypatch)
    told = [str("–" if step["now"] is None else step["now"]) for step in report["steps"]]
    # Those who have no place yet stand before the steps.
    assert [list(row.values())[1] for row in people][-len(told) :] == told
    assert [list(row.values())[1] for row in overdue] == ["–" if n is None else str(n) for n in report["overdue"].values()]
    assert ("–" in told) == (track == "b")


def test_who_waits_for_a_place_stands_before_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path / "w", ALONE.replace("steps:", "intake: {places: 7}\nsteps:", 1))
    space.ok(
        "import",
        space.file("p.csv", "ref\n" + "".join(f"A{n}\n" for n in range(16))),
        "--as",
        "people",
        "--track",
        "alone",
        "--at",
        "2026-09-01",
    )
    space.ok("advance", "--engine", "local", "--at", "2026-09-02")
    report = space.ok("report", "alone", "--json").json
    people, _ = tables(space, "alone", monkeypatch)
    assert [list(row.values()) for row in people[:2]] == [
        [word("status", "waiting", "sv"), str(report["statuses"]["waiting"])],
        ["plan", "0"],
    ]


def test_of_very_many_prefect_shows_no_number(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_MOST_COUNTED", 10)
    people, _ = tables(space, "a", monkeypatch)
    assert {list(row.values())[1] for row in people} == {"–"}


def test_runs_that_follow_on_one_another_can_leave_the_count_to_the_last(space: Workspace) -> None:
    assert adapter.LedgerOperations(str(space.database), counted=False).track_counts("a", DAY) is None
