"""The tests of the example tracks: every way of every track is taken, and every change of a track is noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from definitions.loading.loader import load_paths
from definitions.model.refusal import Refusal
from definitions.model.track import Track
from definitions.scenarios.model import Suite
from tests.examples.track_mutants import mutants
from tracks.engine.context.plan import plan_of
from tracks.scenarios.branches import list_branches
from tracks.scenarios.coverage import Coverage
from tracks.scenarios.runner import run_case

EXAMPLES = Path(__file__).parents[2] / "examples"
# Every eighth change is tried; JOBBSPAR_MUTANTS=all tries all of them (a minute).
EACH = 1 if os.environ.get("JOBBSPAR_MUTANTS") == "all" else 8


@cache
def suites() -> dict[str, Suite]:
    return {one.suite.track: one.suite for one in load_paths([EXAMPLES], tests=True) if one.suite}


def test_every_example_track_has_tests() -> None:
    assert set(suites()) == {one.track.track for one in load_paths([EXAMPLES]) if one.track}
    assert all(len(suite.cases) >= 5 for suite in suites().values())


@pytest.mark.parametrize("name", sorted(suites()))
def test_the_cases_of_an_example_pass_and_take_every_way_of_its_track(name: str) -> None:
    suite, coverage = suites()[name], Coverage()
    verdicts = [run_case(suite, case, coverage) for case in suite.cases]
    assert [one.line.sentence.text for verdict in verdicts for one in verdict.failures] == []
    assert [branch for branch in list_branches(plan_of(suite.tested.track)) if branch not in coverage.taken[name]] == []


def noticed(suite: Suite, track: Track) -> bool:
    """Whether some case fails on a changed track, or cannot be said of it at all."""
    changed = replace(suite, unit=tuple(replace(one, track=track) if one.track.track == track.track else one for one in suite.unit))
    try:
        return any(run_case(changed, case).failures for case in suite.cases)
    except Refusal:
        return True


def tried(suite: Suite) -> Iterator[tuple[str, Track]]:
    return islice(mutants(suite.tested.track), len(suite.track) % EACH, None, EACH)


@pytest.mark.parametrize("name", sorted(suites()))
def test_the_cases_of_an_example_notice_when_its_track_changes(name: str) -> None:
    changed = list(tried(suites()[name]))
    assert changed
    assert [what for what, track in changed if not noticed(suites()[name], track)] == []
