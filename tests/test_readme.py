from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli import COMMANDS
from commands.importing.column_map import load_map
from definitions.loading.loader import load_text
from tests.house import SHIPPED
from tracks.scenarios.runner import run_case

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)


def test_the_first_track_of_the_readme_loads_without_a_finding() -> None:
    block = next(block for block in BLOCKS if block.startswith("track: "))
    loaded = load_text(block)
    assert [str(finding) for finding in loaded.diagnostics] == []
    assert loaded.track is not None
    assert [step.id for step in loaded.track.steps] == ["kartläggning", "truck", "språkstöd", "praktik", "provjobb", "efterstöd"]


def test_the_tests_of_the_readme_pass_on_its_track_and_fail_when_it_changes() -> None:
    track, suite = (next(block for block in BLOCKS if block.startswith(head)) for head in ("track: ", "test: "))
    for text, failed in (
        (track, 0),
        (track.replace("when: not truckkort", "when: truckkort"), 3),
        (track.replace("[2026-10-05]", "[2026-10-12]"), 14),
    ):
        found = load_text(text).track
        assert found is not None
        loaded = load_text(suite, around={found.track: found})
        assert loaded.suite, loaded.diagnostics
        assert sum(len(run_case(loaded.suite, case).failures) for case in loaded.suite.cases) == failed


def test_the_map_of_the_readme_is_one(tmp_path: Path) -> None:
    chart = tmp_path / "grades.yaml"
    chart.write_text(next(block for block in BLOCKS if block.startswith("columns: ")), encoding="utf-8")
    mapped = load_map(str(chart))
    assert (mapped.columns["Elev"], mapped.values["Betyg"]["F"], dict(mapped.always)) == (
        "number",
        "not_passed",
        {"what": "record", "step": "truck"},
    )


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_named_in_the_readme(command: str) -> None:
    assert re.search(rf"`{command}`|jobbspar {command}\b", README)


def test_every_command_that_the_readme_shows_exists() -> None:
    shown = set(re.findall(r"^jobbspar ([a-z-]+)", README, flags=re.MULTILINE))
    assert shown - set(COMMANDS) == set()


def test_the_commands_of_the_makefile_are_those_that_the_documents_show() -> None:
    shown = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(targets) == sorted(re.findall(r"^make ([a-z]+)", shown, flags=re.MULTILINE))


def test_the_table_of_rooms_is_the_tree_of_folders() -> None:
    named = re.findall(r"^\| `([^`]+)/` \|", README.split("## Layout")[1].split("\n## ")[0], flags=re.MULTILINE)
    rooms = {str(path.parent.relative_to(ROOT)) for top in SHIPPED for path in (ROOT / top).rglob("__init__.py")}
    assert sorted(named) == sorted({*rooms, "definitions/reference/examples", "examples", "tests"})
