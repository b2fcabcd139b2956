"""The example tracks load, and broken copies of them are refused with a place and a remedy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from commands.demo.cohorts.registry import COHORTS
from definitions.loading.document import is_test
from definitions.loading.loader import load_paths
from definitions.model.track import Track
from definitions.reporting.formats import has_errors
from definitions.reporting.text import render_text

EXAMPLES = Path(__file__).parents[2] / "examples"
SYSTEMS = {
    "dua": "DUA",
    "jobbtorg-stockholm": "Jobbtorg Stockholm",
    "filur": "Filur",
    "jobbtorg-jonkoping": "Jobbtorg Jönköping",
    "jobbnatet": "Jobbnätet",
    "stockholm-matchning": "Stockholm Matchning",
    "goteborg": "Göteborg, Välkommen till framtiden",
}


@cache
def tracks() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([EXAMPLES]) if one.track}


def test_every_example_loads_without_findings() -> None:
    loaded = load_paths([EXAMPLES])
    assert render_text(loaded, "en") == "Nothing found: 10 files.\n"
    assert {one.track.track for one in loaded if one.track} == {name for cohort in COHORTS for name in cohort.tracks}


@pytest.mark.parametrize(("folder", "name"), SYSTEMS.items())
def test_every_system_names_itself_and_what_is_illustrative_in_its_first_lines(folder: str, name: str) -> None:
    files = sorted(path for path in (EXAMPLES / folder).glob("*.yaml") if not is_test(path.name))
    assert files
    for file in files:
        head = file.read_text(encoding="utf-8").split("\n\n", 1)[0]
        assert all(line.startswith("#") for line in head.splitlines())
        assert name in head
        assert "llustrativ" in head


def test_every_example_says_enough_for_a_handbook() -> None:
    for track in tracks().values():
        assert track.description
        assert any(heading.startswith("Hinder") for heading in track.texts)
        assert any(step.description for step in track.steps)
        assert track.goals
        assert all(step.responsible for step in track.steps) or track.partners


BROKEN = {
    "a key that does not exist": ("dua/bygg-norrort.yaml", "    längd: 20 veckor", "    längt: 20 veckor", "JS043", "längt"),
    "a key given twice": (
        "dua/bygg-norrort.yaml",
        "    kostnad: 14000\n",
        "    kostnad: 14000\n    kostnad: 15000\n",
        "JS022",
        "kostnad: 15",
    ),
    "a step that does not exist": (
        "dua/bygg-norrort.yaml",
        "    parallellt_med: vux\n    om",
        "    parallellt_med: vuux\n    om",
        "JS120",
        "vuux",
    ),
    "steps that wait for each other": (
        "dua/bygg-norrort.yaml",
        "    längd: 1 vecka\n",
        "    längd: 1 vecka\n    efter: vux\n",
        "JS124",
        "vux\n",
    ),
    "a jobbspår without employers": ("dua/vard-norrort.yaml", "arbetsgivare:\n  - id: hemtjansten", "", "JS101", "jobbspår\nprogram"),
    "a ground without a reason": (
        "filur/filur.yaml",
        ", skäl: Insatsen är byggd för unga och finansieras som ungdomsinsats.",
        "",
        "JS109",
        "{regel: ålder",
    ),
    "a fact that does not exist": ("filur/filur.yaml", "kräver: självkänsla", "kräver: självkansla", "JS206", "självkansla"),
    "a day that does not exist": ("goteborg/valkommen-till-framtiden.yaml", "[2017-02-06", "[2017-02-30", "JS037", "2017-02-30"),
    "a transfer to a track that does not exist": (
        "jobbtorg-jonkoping/jonkoping-unga.yaml",
        "mottagare: jonkoping-vuxna",
        "mottagare: jonkoping-vuxen",
        "JS114",
        "jonkoping-vuxen",
    ),
    "a goal struck by nobody": (
        "jobbnatet/jobbnatet.yaml",
        "    decision: {date: 2005-03-01, by: ESF-rådet, reason: Underlaget höll inte}",
        "   ",
        "JS153",
        "struck\n",
    ),
    "a result that the step cannot have": (
        "jobbtorg-stockholm/jobbtorg-stockholm.yaml",
        "{ej_klar: {gå",
        "{ejklar: {gå",
        "JS128",
        "ejklar",
    ),
    "a line indented by a tab": ("jobbnatet/jobbnatet.yaml", "\n  entry: [", "\n\tentry: [", "JS024", "\tentry"),
}


def _broken(source: str, old: str, new: str) -> str:
    assert source.count(old) == 1
    if new:
        return source.replace(old, new)
    if old.startswith("arbetsgivare"):
        return source[: source.index(old)] + source[source.index("uppgifter:\n") :]
    return source.replace(old, "")


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_copy_is_refused_with_its_place_and_a_remedy(fault: str, tmp_path: Path) -> None:
    file, old, new, code, marked = BROKEN[fault]
    copytree(EXAMPLES, tmp_path / "examples")
    path = tmp_path / "examples" / file
    source = _broken(path.read_text(encoding="utf-8"), old, new)
    path.write_text(source, encoding="utf-8")
    loaded = load_paths([tmp_path / "examples"])
    (found,) = [finding for one in loaded for finding in one.diagnostics]
    before = source[: source.index(marked)]
    place = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert has_errors(loaded)
    assert (found.code, str(found.span)) == (code, place)
    for lang in ("sv", "en"):
        assert found.hint(lang)
        assert render_text(loaded, lang).startswith(place)
