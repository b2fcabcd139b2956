"""The cohorts' figures are those that are public: recounted from the fates, and counted by the engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from commands.demo.cohorts import dua, filur, goteborg, jobbnatet, jonkoping, matchning, stockholm
from commands.demo.cohorts.common import DatedFact, Fate
from commands.demo.cohorts.driver import months, play_month
from commands.demo.cohorts.registry import COHORTS, Cohort
from definitions.loading.loader import load_paths
from definitions.model.track import Track
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.loop.advance import advance
from tracks.events.histories import History
from tracks.recording.track_facts import put_in_force
from tracks.reports.measures.indicators import GoalMeasurement, measure_goals, measure_programme
from tracks.reports.measures.population import CaseRecord, cases_of
from tracks.storage.memory_ledger import MemoryLedger

EXAMPLES = Path(__file__).parents[3] / "examples"
SEED = 2026
AT_WORK = {"work", "work_with_support"}


@cache
def tracks() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([EXAMPLES]) if one.track}


# ---------------------------------------------------------------- the fates, recounted from what is reported of them


def _spells(reports: list[DatedFact]) -> list[tuple[date, str]]:
    """The outcomes that reports tell of, in order of day, read without the engine."""
    said = [(r.day, r.data["what"]) for r in reports if r.kind == "outcome"]
    said += [(r.day, r.data["outcome"]) for r in reports if r.kind == "reported" and r.data["result"] == "hired"]
    said += [(r.day, "other_authority") for r in reports if r.kind == "transferred" and r.data["to"] in ("fk", "till-fk", "till-af")]
    return sorted(said, key=lambda row: row[0])


def _jobbnatet_figures(people: list[Fate]) -> tuple[int, int, int, int, int]:
    """Admitted, ever in work, at the end, not in goal A, and of these examined for other planning."""
    admitted = ever = end = left = examined = 0
    for fate in people:
        if fate.way in ("misregistered", "declined", "refused"):
            continue
        reports = jobbnatet.story_of(fate, fate.referred, SEED)
        spells = [(day, what) for day, what in _spells(reports) if day <= jobbnatet.END]
        admitted += 1
        ever += any(what in AT_WORK for _, what in spells)
        if spells and spells[-1][1] in AT_WORK | {"studies", "own_business"}:
            end += 1
            continue
        left += 1
        examined += any(r.data.get("facts", {}).get("alternativ_plan") is True for r in reports)
    return admitted, ever, end, left, examined


def test_jobbnatet_gives_its_public_figures() -> None:
    assert _jobbnatet_figures(jobbnatet.fates(SEED)) == (283, 175, 150, 133, 96)


def test_one_other_fate_in_jobbnatet_changes_one_figure_by_one() -> None:
    people = jobbnatet.fates(SEED)
    first = next(n for n, fate in enumerate(people) if fate.way == "hired" and not fate.marks)
    people[first] = replace(people[first], way="work lost", spells=("work", "other"))
    assert _jobbnatet_figures(people) == (283, 175, 149, 134, 96)
    people[first] = replace(people[first], way="not hired", spells=("other",))
    assert _jobbnatet_figures(people) == (283, 174, 149, 134, 96)


def test_jobbnatet_has_one_of_each_hard_case() -> None:
    people = jobbnatet.fates(SEED)
    ways = Counter(fate.way for fate in people)
    hard = ("work lost", "studies only", "own business", "still active", "misregistered", "work, then studies", "to another authority")
    assert all(ways[way] for way in hard)
    again = [ref for ref, count in Counter(fate.ref for fate in people).items() if count > 1]
    assert len(again) == 4, "three came back after a no, one was misregistered first"


def _kolada(people: list[Fate]) -> tuple[int, int]:
    """Studies, or work for a month, among all exits: by days, as in a calendar."""
    exits = counted = 0
    for fate in people:
        if fate.way == "misregistered":
            continue
        exits += 1
        spells = _spells(stockholm.story_of(fate, fate.referred, SEED))
        begun = next(iter(spells), (None, ""))
        lost = next((day for day, what in spells[1:] if what not in AT_WORK), date.max)
        counted += begun[1] == "studies" or (begun[1] in AT_WORK and begun[0] is not None and (lost - begun[0]).days >= 31)
    return counted, exits


def test_jobbtorg_stockholm_takes_56_percent_of_7000_to_work_or_studies() -> None:
    people = stockholm.fates(SEED)
    assert _kolada(people) == (3920, 7000)
    first = next(n for n, fate in enumerate(people) if fate.way == "matched")
    people[first] = replace(people[first], way="job lost within a month", spells=("work", "other"))
    assert _kolada(people) == (3919, 7000)


def _jonkoping_rows(people: list[Fate]) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for fate in people:
        if fate.way == "misregistered":
            continue
        spells = _spells(jonkoping.story_of(fate, fate.referred, SEED))
        what = spells[-1][1] if spells else "unknown"
        rows[
            {"municipal_employment": "other_measure", "other_authority": what, "unknown": what}.get(
                what, "direct" if what != "other_measure" else what
            )
        ] += 1
    return dict(rows)


def test_jonkoping_has_every_one_of_4700_exits_in_one_row() -> None:
    people = jonkoping.fates(SEED)
    assert _jonkoping_rows(people) == {"other_measure": 940, "other_authority": 940, "direct": 1222, "unknown": 1598}
    first = next(n for n, fate in enumerate(people) if fate.way == "studies" and not fate.marks)
    people[first] = replace(people[first], way="completed, unknown", spells=())
    assert _jonkoping_rows(people) == {"other_measure": 940, "other_authority": 940, "direct": 1221, "unknown": 1599}


def test_jonkoping_has_people_several_times_and_just_under_400_referred_in_2019() -> None:
    people = jonkoping.fates(SEED)
    assert sum(fate.referred.year == 2019 and fate.way != "misregistered" for fate in people) == 392
    assert max(Counter(fate.ref for fate in people).values()) > 1
    adults = [fate for fate in people if fate.track == jonkoping.ADULTS]
    assert 0.78 < sum(bool(fate.facts["born_abroad"]) for fate in adults) / len(adults) < 0.82


def test_cohorts_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    for cohort in COHORTS:
        assert cohort.fates(1) == cohort.fates(1)
        assert cohort.fates(1) != cohort.fates(2)
        assert Counter(fate.way for fate in cohort.fates(1)) == Counter(fate.way for fate in cohort.fates(2))


# ---------------------------------------------------------------- the same people through the engine


def _run(name: str, people: list[Fate]) -> tuple[list[Track], list[History]]:
    cohort: Cohort = next(cohort for cohort in COHORTS if cohort.folder == name)
    book = MemoryLedger()
    own = [tracks()[track] for track in cohort.tracks]
    for track in own:
        put_in_force(book, Clock.at(cohort.first.isoformat()), "test", track, track_hash(track), "")
    worker = cohort.caseworker(people, SEED)
    for first, last in months(cohort.first, cohort.until):
        play_month(book, cohort, worker, first, last)
        clock = Clock.at(last.isoformat())
        for unit in sorted({book.unit(track) for track in cohort.tracks}):
            advance(book, unit, clock.today, clock.recorded)
    by_id = {track.track: track for track in own}
    return own, [History(one.stream, one.ref, by_id[one.track], book.events(one.stream)) for one in book.enrolments.values()]


def _measured(name: str, people: list[Fate]) -> tuple[dict[str, GoalMeasurement], list[CaseRecord]]:
    """The goals of the one track, or of the programme, and the cases they were measured on."""
    own, histories = _run(name, people)
    until = next(cohort.until for cohort in COHORTS if cohort.folder == name)
    cases = cases_of(histories, programme=len(own) > 1)
    goals = measure_programme(own, cases, until) if len(own) > 1 else measure_goals(own[0], cases, until)
    return {goal.id: goal for goal in goals}, cases


def _share(goal: GoalMeasurement) -> tuple[int, int]:
    return goal.numerator, goal.denominator


def test_the_engine_counts_jobbnatet_as_it_was_published() -> None:
    people = jobbnatet.fates(SEED)
    goals, cases = _measured("jobbnatet", people)
    admitted = [case for case in cases if case.admitted]
    assert len(admitted) == 283
    assert all(jobbnatet.FIRST <= case.admitted <= jobbnatet.END for case in admitted if case.admitted)
    assert [_share(goals[goal]) for goal in ("a", "b", "någon-gång")] == [(150, 283), (96, 133), (175, 283)]
    assert (goals["a"].met, goals["b"].met) == (False, False)
    assert goals["c"].struck
    assert _most_at_once(admitted) <= 60


def test_the_engine_counts_one_fewer_where_one_job_is_lost() -> None:
    few = jobbnatet.fates(SEED)[:30]
    first = next(n for n, fate in enumerate(few) if fate.way == "hired" and fate.referred < date(2004, 6, 1))
    lost = [*few[:first], replace(few[first], way="work lost", spells=("work", "other")), *few[first + 1 :]]
    (kept, of), fewer = (_share(_measured("jobbnatet", people)[0]["a"]) for people in (few, lost))
    assert fewer == (kept - 1, of)


def _most_at_once(admitted: list[CaseRecord]) -> int:
    """The most who held a place on one day."""
    turns = Counter[date]()
    for case in admitted:
        if case.admitted:
            turns[case.admitted] += 1
        if case.exit:
            turns[case.exit] -= 1
    most = now = 0
    for day in sorted(turns):
        now += turns[day]
        most = max(most, now)
    return most


def test_the_engine_counts_filur_as_measured_in_january_2013() -> None:
    goals, _ = _measured("filur", filur.fates(SEED))
    assert _share(goals["vidare"]) == (141, 180)
    assert goals["vidare"].day == filur.MEASURED
    assert goals["vidare"].met


def test_the_engine_counts_gothenburg_with_offers_and_refusals_by_sex() -> None:
    goals, cases = _measured("goteborg", goteborg.fates(SEED))
    assert _share(goals["året-efter"]) == (42, 140)
    assert goals["året-efter"].comparison
    answers = Counter((case.fact("sex", goteborg.UNTIL), event.kind) for case in cases for event, _ in case.events)
    yes = {sex: answers[sex, "accepted"] / (answers[sex, "accepted"] + answers[sex, "declined"]) for sex in ("woman", "man")}
    assert yes["woman"] + 0.1 < yes["man"]
    assert any(case.admitted is None and case.exit is None for case in cases), "the lottery has losers"


def test_the_engine_counts_dua_by_sector_and_matchning() -> None:
    goals, cases = _measured("dua", dua.fates(SEED))
    assert _share(goals["anställda"]) == (40, 48)
    care = [case for case in cases if case.track.track == dua.CARE and case.exit]
    assert (sum(case.outcome(dua.UNTIL) == "work" for case in care), len(care)) == (27, 30)
    admitted = [case for case in cases if case.admitted]
    assert sum(case.fact("sex", dua.UNTIL) == "woman" for case in admitted) == 30
    assert sum(case.fact("schooling", dua.UNTIL) == "no_upper_secondary" for case in admitted) == 38
    hired, _ = _measured("stockholm-matchning", matchning.fates(SEED))
    assert _share(hired["anställda"])[1] == 60


@pytest.mark.parametrize("name", ["jobbtorg-stockholm", "jobbtorg-jonkoping"])
def test_the_engine_counts_a_sample_of_the_large_cohorts_as_their_fates_say(name: str) -> None:
    cohort = next(cohort for cohort in COHORTS if cohort.folder == name)
    sample = cohort.fates(SEED)[::20]
    real = [fate for fate in sample if fate.way != "misregistered"]
    goals, cases = _measured(name, sample)
    exits = [case for case in cases if case.exit]
    assert Counter(case.outcome(cohort.until) for case in exits) == Counter(
        (*fate.spells, "unknown")[max(0, len(fate.spells) - 1)] for fate in real
    )
    if name == "jobbtorg-stockholm":
        assert _share(goals["ut"]) == _kolada(sample)
    else:
        rows = _jonkoping_rows(sample)
        assert [_share(goals[goal]) for goal in ("direkt", "annan-insats", "annan-myndighet")] == [
            (rows[row], len(real)) for row in ("direct", "other_measure", "other_authority")
        ]


def test_a_caseworker_answers_only_those_who_are_proposed() -> None:
    people = filur.fates(SEED)[:3]
    worker = filur.caseworker(people, SEED)
    proposal: Any = SimpleNamespace(ref=people[0].ref, track=filur.TRACK, start="")
    day = max(fate.referred for fate in people)
    kinds = {(report.ref, report.kind) for report in worker.reports(filur.UNTIL, day, [proposal]) if report.kind != "referred"}
    assert {ref for ref, _ in kinds} == {people[0].ref}
    assert (people[0].ref, "accepted") in kinds
