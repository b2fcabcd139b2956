"""How many stand where now: nobody is lost, nobody stands twice, and it is what the report says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.tracks.worlds.worlds import FIRST, WORLDS, clock, commands, live
from tracks.engine.context.input_builder import person_view
from tracks.events.fold import Progress
from tracks.events.histories import History
from tracks.events.status import UNDER_WAY, Status
from tracks.queries.explain.step_counts import Crowd, crowd
from tracks.recording.operations import advance_unit, all_units
from tracks.reports.measures.figures import CountedPeople, hidden_figures
from tracks.reports.measures.headcounts import step_rows
from tracks.reports.measures.population import cases_of
from tracks.reports.measures.shown_counts import picture_counts
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracks.engine.context.inputs import View
    from tracks.events.snapshots import Enrolment
    from tracks.reports.measures.population import CaseRecord

LAST = FIRST + timedelta(days=45)


@cache
def world(kind: str, seed: int) -> tuple[MemoryLedger, str]:
    """People in the middle of a random track, with everything that is due done."""
    ledger, tracks = MemoryLedger(), WORLDS[kind]()
    said = [one for one in commands(seed, tracks, people=12) if one[0] <= LAST]
    live(ledger, tracks, said, lambda book, day: None)
    for unit in all_units(ledger):
        advance_unit(ledger, unit, clock(LAST))
    return ledger, tracks[0].track


def people(ledger: MemoryLedger, track: str) -> Iterator[tuple[View, Enrolment]]:
    row = ledger.track(track)
    assert row
    for one in ledger.load(ledger.members(track, list(Status))):
        yield person_view(ledger, row, one), one


def cases(ledger: MemoryLedger, track: str) -> list[CaseRecord]:
    row = ledger.track(track)
    assert row
    found = ledger.load(ledger.members(track, list(Status)))
    return cases_of(
        History(one.stream, one.ref, ledger.plan(track, one.version or row.version).track, ledger.log[one.stream]) for one in found
    )


def count(ledger: MemoryLedger, track: str) -> Crowd:
    row = ledger.track(track)
    assert row
    return crowd(people(ledger, track), LAST, row.state)


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("seed", range(8))
def test_who_goes_on_with_a_step_is_counted_as_in_the_report(kind: str, seed: int) -> None:
    ledger, track = world(kind, seed)
    row = ledger.track(track)
    assert row
    found, model = count(ledger, track), ledger.plan(track, row.version).track
    told = {one.step: one.counts["now"] for one in step_rows(model, cases(ledger, track), [], LAST)}
    assert {step: found.now.get(step, 0) for step in told} == told


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("seed", range(8))
def test_whoever_is_under_way_stands_somewhere_and_nobody_stands_twice_in_a_step(kind: str, seed: int) -> None:
    ledger, track = world(kind, seed)
    row = ledger.track(track)
    assert row
    for view, one in people(ledger, track):
        alone = crowd([(view, one)], LAST, Progress())
        stands = {step: alone.now.get(step, 0) + alone.waiting.get(step, 0) for step in view.own.steps}
        assert set(stands.values()) <= {0, 1}
        chain = sum(stands[step.id] for step in view.own.chain)
        assert chain >= 1 if one.progress.status in UNDER_WAY else chain == 0, (one.stream, one.progress.status)


def test_some_worlds_have_people_who_wait() -> None:
    assert any(sum(count(*world("dated", seed)).waiting.values()) for seed in range(8))


def test_steps_of_employers_are_counted_by_employer() -> None:
    found = [count(*world("dated", seed)).shared for seed in range(20)]
    assert any(shared.get("handledare") for shared in found)
    assert all(set(shared) <= {"handledare"} for shared in found)


def counted(ledger: MemoryLedger, track: str, times: int = 1) -> tuple[CountedPeople, Crowd]:
    """Everybody on a track, as many times over."""
    row = ledger.track(track)
    assert row
    found, model = count(ledger, track), ledger.plan(track, row.version).track
    waiting = {(track, step): number * times for step, number in found.waiting.items()}
    return CountedPeople([model], cases(ledger, track) * times, [], {}, LAST, waiting), found


def test_inside_the_house_nothing_is_hidden() -> None:
    people, found = counted(*world("dated", 1))
    shown = picture_counts(people, hidden_figures(people, 0).of(people.tracks[0].track), found.shared)
    assert {step: number for step, number in shown.now.items() if number} == dict(found.now)
    assert {step: number for step, number in shown.waiting.items() if number} == dict(found.waiting)
    assert None not in (shown.coming, shown.gone)


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_hidden_in_a_picture_follows_from_no_report(kind: str, seed: int) -> None:
    people, found = counted(*world(kind, seed))
    track = people.tracks[0].track
    seen, report = hidden_figures(people, 5).of(track), hidden_figures(replace(people, waiting={}), 5).of(track)
    shown = picture_counts(people, seen, found.shared)
    # What is hidden for the sake of the picture is hidden in the report too, which counts the waiting though it shows them nowhere.
    assert report.cells.hidden <= seen.cells.hidden
    assert shown.now == {step: seen.shown(number, "now", track, step) for step, number in shown.now.items()}
    assert not [number for number in (*shown.now.values(), *shown.waiting.values(), shown.coming, shown.gone) if number and number < 5]
