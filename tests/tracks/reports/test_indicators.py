from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.model.track import Action, Employer, Fact, Goal, GoalDecision, Indicator, Measure, Period, Step, Track
from definitions.model.values import Condition, Length, Money, Threshold
from tests.tracks.reports.samples import figures
from tracks.events.event import Event
from tracks.events.histories import History
from tracks.reports.measures.breakdowns import breakdown, breakdowns, masked_outcomes, offers_by, outcome_rows
from tracks.reports.measures.headcounts import planned_spending, status_rows, step_rows
from tracks.reports.measures.indicators import Answer, GoalMeasurement, measure_goals, measure_programme
from tracks.reports.measures.population import OUTCOMES, CaseRecord, cases_of
from tracks.reports.text.phrasing import TrackWording
from tracks.reports.text.results import goal_result

DAY = date(2026, 3, 2)
LATER = date(2026, 12, 1)
Row = tuple[Any, ...]
Fates = list[tuple[int, list[tuple[int, str]]]]
PAUSES = ("paused", "resumed")
MONTH = Length(count=1, unit="months")
WORK = "(outcome = work or outcome = work_with_support) and lasted(1 month) or outcome = studies"


def rules(*texts: str) -> tuple[Condition, ...]:
    return tuple(Condition(rule=text) for text in texts)


def percent(number: float | str) -> Threshold:
    return Threshold(number=str(number), share=True)


def track(*goals: Goal, **more: Any) -> Track:
    values = {
        "track": "t",
        "name": "T",
        "type": "jobbspår",
        "facts": {"plan": Fact(id="plan", type="yes/no")},
        "employers": (Employer(id="bygg", name="Bygg AB", sector="F"), Employer(id="vård", name="Vård AB", sector="Q")),
        "indicators": {"kolada": Indicator(id="kolada", name="Kolada", source="RKA", measure=Measure(counts=rules(WORK)))},
        "goals": goals,
    }
    return Track(**(values | more))


def goal(name: str = "g", **measure: Any) -> Goal:
    more = {key: measure.pop(key) for key in ("at_least", "at_most") if key in measure}
    return Goal(id=name, name=name, measure=Measure(**measure), **more)


def history(on: Track, *rows: Row, ref: str = "a", number: int = 1) -> History:
    """A stream of (kind, day, data) or (kind, day, data, step)."""
    stream = f"{ref}/{number}"
    events = [
        Event(stream, seq, kind, step[0] if step else "", int(bool(step) or kind in PAUSES), day, "", "Ada", 1, data, None, b"")
        for seq, (kind, day, data, *step) in enumerate((("referred", DAY, {}), ("admitted", DAY, {}), *rows), 1)
    ]
    return History(stream, ref, on, events)


def left(day: date, what: str | None = None, **more: Any) -> list[Row]:
    rows: list[Row] = [("completed", day, {})]
    return [*rows, ("outcome", day, {"what": what, **more})] if what else rows


def many(on: Track, *fates: Sequence[Row]) -> list[History]:
    return [history(on, *fate, ref=f"p{n}") for n, fate in enumerate(fates)]


def only(on: Track, histories: Sequence[History], as_of: date = LATER) -> GoalMeasurement:
    return measure_goals(on, cases_of(histories), as_of)[0]


def test_a_share_has_its_numerator_denominator_day_and_definition() -> None:
    on = track(Goal(id="ut", name="Ut", indicator="kolada", at_least=percent(60)))
    result = only(on, many(on, left(DAY, "studies"), left(DAY, "other"), left(DAY)))
    assert (result.numerator, result.denominator, result.share) == (1, 3, Fraction(1, 3))
    assert (result.definition, result.day, result.unknown, result.met) == ("kolada", LATER, 1, False)


def test_an_own_measure_is_named_by_track_and_goal() -> None:
    on = track(goal("ut", counts=rules("outcome = work")))
    assert only(on, []).definition == "t.ut"


def test_the_outcome_is_the_one_of_that_day_and_not_the_latest() -> None:
    on = track(goal(counts=rules("outcome = work")))
    lost = [*left(DAY + timedelta(90), "work"), ("outcome", DAY + timedelta(120), {"what": "other"})]
    assert only(on, many(on, lost)).numerator == 1


def test_of_two_outcomes_of_one_day_the_later_said_counts() -> None:
    on = track(goal(counts=rules("outcome = work")))
    assert only(on, many(on, [*left(DAY, "work"), ("outcome", DAY, {"what": "studies"})])).numerator == 0


def test_an_outcome_reported_late_counts_from_its_own_day() -> None:
    on = track(goal(counts=rules("outcome = work")))
    late = [("completed", DAY + timedelta(30), {}), ("outcome", DAY + timedelta(20), {"what": "work"})]
    assert only(on, many(on, late)).numerator == 1


def test_being_hired_is_work_unless_reported_as_something_else() -> None:
    on = track(goal(counts=rules("outcome = work")))
    hired = ("reported", DAY, {"result": "hired"}, "prov")
    supported = ("outcome", DAY, {"what": "work_with_support"})
    assert only(on, many(on, [hired, *left(DAY)])).numerator == 1
    assert only(on, many(on, [supported, hired, *left(DAY)])).numerator == 0


def test_a_transfer_to_an_authority_is_an_outcome_unless_another_is_reported() -> None:
    on = track(goal(counts=rules("outcome = other_authority")))
    away = ("transferred", DAY, {"to": "Försäkringskassan", "reason": "illness"})
    assert only(on, many(on, [away])).numerator == 1
    assert only(on, many(on, [("outcome", DAY, {"what": "work"}), away])).numerator == 0


def test_a_follow_up_tells_of_the_day_it_asks_about_and_not_of_the_day_somebody_answered() -> None:
    on = track(goal(counts=rules("outcome = work"), at="length", at_length=MONTH))
    asked = ("followed_up", DAY + timedelta(45), {"point": "1 month", "answers": {"outcome": "work"}})
    assert only(on, many(on, [*left(DAY), asked])).numerator == 1


def test_misregistered_are_left_out() -> None:
    on = track(goal(counts=rules("outcome = work")))
    assert only(on, many(on, [*left(DAY, "work"), ("misregistered", LATER, {"reason": "other"})])).denominator == 0


def test_a_job_counts_only_when_it_has_lasted_its_month() -> None:
    on = track(Goal(id="ut", name="Ut", indicator="kolada", at_least=percent(50)))
    exits = many(on, left(DAY, "work"))
    young, old = only(on, exits, DAY + timedelta(20)), only(on, exits, date(2026, 4, 2))
    assert (young.numerator, young.not_yet, young.met) == (0, 1, None)
    assert (old.numerator, old.not_yet, old.met) == (1, 0, True)


def test_a_job_lost_within_its_month_is_known_not_to_count() -> None:
    on = track(Goal(id="ut", name="Ut", indicator="kolada"))
    lost = [*left(DAY, "work"), ("outcome", DAY + timedelta(20), {"what": "other"})]
    result = only(on, many(on, lost), DAY + timedelta(21))
    assert (result.numerator, result.not_yet, result.unknown) == (0, 0, 0)


def test_the_same_job_reported_again_goes_on_and_another_employer_breaks_it() -> None:
    on = track(Goal(id="ut", name="Ut", indicator="kolada"))
    again = [*left(DAY, "work", employer="bygg"), ("outcome", DAY + timedelta(20), {"what": "work"})]
    other = [*left(DAY, "work", employer="bygg"), ("outcome", DAY + timedelta(20), {"what": "work", "employer": "vård"})]
    assert only(on, many(on, again)).numerator == 1
    assert only(on, many(on, other)).numerator == 0


def test_municipal_employment_is_not_work() -> None:
    on = track(Goal(id="ut", name="Ut", indicator="kolada"))
    assert only(on, many(on, left(DAY, "municipal_employment"))).numerator == 0


def test_a_day_that_has_not_come_is_a_row_of_its_own() -> None:
    on = track(goal(counts=rules("outcome = work"), at="length", at_length=MONTH, at_least=percent(50)))
    result = only(on, many(on, left(DAY, "work"), left(DAY + timedelta(60), "work")), DAY + timedelta(70))
    assert (result.numerator, result.not_yet, result.denominator) == (1, 1, 2)


def test_a_goal_of_whom_no_days_have_come_has_no_share_and_is_not_final() -> None:
    on = track(goal(counts=rules("outcome = work"), at="length", at_length=MONTH, at_least=percent(50)))
    histories = many(on, left(DAY + timedelta(60), "work"))
    early = only(on, histories, DAY + timedelta(70))
    assert (early.share, early.denominator, early.not_yet, early.final, early.met) == (None, 1, 1, False, None)
    told = goal_result(early, TrackWording(on, "sv"), figures(on, cases_of(histories), day=DAY + timedelta(70), limit=0))
    assert (told.share, told.fraction) == ("", "0 av 1")
    some = only(on, many(on, left(DAY, "work"), left(DAY + timedelta(60), "work")), DAY + timedelta(70))
    assert (some.share, some.final) == (Fraction(1, 2), False)
    late = only(on, many(on, left(DAY + timedelta(60), "work")), DAY + timedelta(120))
    assert (late.share, late.final) == (Fraction(1, 1), True)


def test_at_the_end_of_the_period_everybody_admitted_is_meant_ended_or_not() -> None:
    on = track(goal(counts=rules("outcome = work"), among="admitted", at="end of period"), period=Period(until=DAY + timedelta(50)))
    result = only(on, many(on, left(DAY, "work"), []))
    assert (result.numerator, result.denominator, result.unknown, result.day) == (1, 2, 1, DAY + timedelta(50))


def test_before_the_end_of_the_period_a_goal_is_neither_met_nor_missed() -> None:
    asked = goal(counts=rules("outcome = work"), among="admitted", at="end of period", at_least=percent(50))
    on = track(asked, period=Period(until=date(2027, 1, 1)))
    result = only(on, many(on, left(DAY, "work")))
    assert (result.final, result.met, result.day) == (False, None, LATER)


def test_work_lost_before_the_end_was_still_work_at_some_time() -> None:
    ever = goal("ever", counts=rules("outcome = work"), among="admitted", at="ever")
    end = goal("end", counts=rules("outcome = work"), among="admitted", at="end of period")
    on = track(ever, end, period=Period(until=DAY + timedelta(100)))
    lost = [("outcome", DAY + timedelta(5), {"what": "work"}), ("outcome", DAY + timedelta(9), {"what": "unknown"})]
    first, last = measure_goals(on, cases_of(many(on, lost)), LATER)
    assert (first.numerator, last.numerator, last.unknown) == (1, 0, 1)


def test_what_time_alone_makes_true_is_found_at_some_time() -> None:
    on = track(goal(counts=rules("days_since(start) > 30"), among="admitted", at="ever"), facts={"start": Fact(id="start", type="date")})
    said = ("stated", DAY, {"facts": {"start": DAY.isoformat()}})
    assert only(on, many(on, [said]), DAY + timedelta(30)).numerator == 0
    assert only(on, many(on, [said]), DAY + timedelta(31)).numerator == 1


def test_the_rest_of_a_goal_is_all_that_it_does_not_count_the_unknown_too() -> None:
    first = goal("a", counts=rules("outcome = work"), among="admitted", at="end of period")
    rest = goal("b", counts=rules("plan"), among="not_goal", among_goal="a", at="end of period")
    on = track(rest, first, period=Period(until=LATER))
    said = ("stated", DAY, {"facts": {"plan": True}})
    b, a = measure_goals(on, cases_of(many(on, left(DAY, "work"), [said, *left(DAY, "other")], [said], [])), LATER)
    assert (a.numerator, a.denominator, a.unknown) == (1, 4, 2)
    assert (b.numerator, b.denominator, b.unknown, b.unknown_there) == (2, 3, 1, 2)


def test_a_population_by_condition_says_how_many_could_not_be_placed() -> None:
    on = track(goal(counts=rules("outcome = work"), among="condition", among_rule=rules("plan"), at="date", at_date=LATER))
    yes, no = (("stated", DAY, {"facts": {"plan": answer}}) for answer in (True, False))
    result = only(on, many(on, [yes, *left(DAY, "work")], [no], []))
    assert (result.numerator, result.denominator, result.unplaced) == (1, 1, 1)


def test_a_struck_goal_is_not_measured_and_says_who_struck_it() -> None:
    verdict = GoalDecision(date=DAY, by="Rådet", reason="Underlaget höll inte")
    on = track(goal(counts=rules("outcome = work")))
    result = measure_goals(on, cases_of(many(on, left(DAY, "work"))), LATER, {"g": verdict})[0]
    assert (result.struck, result.denominator, result.met) == (verdict, 0, None)


@pytest.mark.parametrize(("least", "met"), [("2", True), ("3", False)])
def test_a_level_may_be_a_plain_number(least: str, met: bool) -> None:
    on = track(goal(counts=rules("outcome = work"), at_least=Threshold(number=least, share=False)))
    assert only(on, many(on, left(DAY, "work"), left(DAY, "work"))).met is met


def test_a_level_may_not_be_passed_when_it_says_at_most() -> None:
    on = track(goal(counts=rules("outcome = unknown"), at_most=percent("33.3")))
    assert only(on, many(on, left(DAY), left(DAY, "work"), left(DAY, "work"))).met is False


def test_without_anybody_there_is_no_share_and_no_verdict() -> None:
    on = track(goal(counts=rules("outcome = work"), at_least=percent(50)))
    assert (only(on, []).share, only(on, []).met) == (None, None)


def transferred() -> tuple[Track, Track, History, History]:
    on, to = track(goal(counts=rules("outcome = work"))), track(goal(counts=rules("outcome = work")), track="u", name="U")
    first = history(on, ("transferred", DAY + timedelta(9), {"to": "u", "enrolment": "a/2"}), ("left", DAY + timedelta(10), {"to": "u"}))
    events = list(history(to, *left(DAY + timedelta(40), "work"), number=2).events)
    return on, to, first, History("a/2", "a", to, events)


def test_a_transfer_within_a_programme_is_no_exit() -> None:
    on, to, first, second = transferred()
    assert [c.exit for c in cases_of([first, second], programme=True)] == [DAY + timedelta(40)]
    result = measure_programme([on, to], cases_of([first, second], programme=True), LATER)[0]
    assert (result.numerator, result.denominator) == (1, 1)


def test_what_was_known_before_a_transfer_is_known_after_it() -> None:
    on, _, first, second = transferred()
    told = history(on, ("stated", DAY, {"facts": {"sex": "woman"}}), *[(e.kind, e.effective, e.data) for e in first.events[2:]])
    joined = cases_of([told, second], programme=True)[0]
    assert (joined.fact("sex", LATER), joined.admitted) == ("woman", DAY)


def test_for_the_track_alone_a_transfer_is_an_exit() -> None:
    on, _, first, _ = transferred()
    assert only(on, [first]).denominator == 1


def test_a_programme_measures_only_the_goals_that_all_its_tracks_have() -> None:
    on, to, first, _ = transferred()
    other = replace(to, goals=(goal("g", counts=rules("outcome = studies")),))
    assert measure_programme([on, other], cases_of([first], programme=True), LATER) == ()


def test_every_exit_stands_in_exactly_one_row() -> None:
    on = track()
    fates = [left(DAY, what) for what in OUTCOMES[:-1]] + [left(DAY), []]
    assert dict(outcome_rows(cases_of(many(on, *fates)), LATER)) == dict.fromkeys(OUTCOMES, 1)


WHAT = st.sampled_from(OUTCOMES)
FATES = st.lists(st.tuples(st.integers(0, 200), st.lists(st.tuples(st.integers(0, 300), WHAT), max_size=3)), max_size=12)


@given(FATES, st.integers(0, 400), st.sampled_from([None, MONTH]))
def test_the_rows_always_sum_to_the_exits(fates: Fates, days: int, after: Length | None) -> None:
    on = track()
    told = [
        [("completed", DAY + timedelta(end), {}), *(("outcome", DAY + timedelta(n), {"what": what}) for n, what in said)]
        for end, said in fates
    ]
    as_of = DAY + timedelta(days)
    rows = outcome_rows(cases_of(many(on, *told)), as_of, after)
    assert sum(count for _, count in rows) == sum(1 for end, _ in fates if end <= days)


@given(FATES, st.integers(0, 400), st.sampled_from(["exit", "ever", "end of period", "length"]))
def test_the_answers_always_sum_to_the_population(fates: Fates, days: int, at: str) -> None:
    among = "exits" if at in ("exit", "length") else "admitted"
    on = track(goal(counts=rules(WORK), among=among, at=at, at_length=MONTH), period=Period(until=DAY + timedelta(150)))
    told = [
        [("completed", DAY + timedelta(end), {}), *(("outcome", DAY + timedelta(n), {"what": what}) for n, what in said)]
        for end, said in fates
    ]
    result = only(on, many(on, *told), DAY + timedelta(days))
    assert sum(result.count(answer) for answer in Answer) == result.denominator


def grouped(on: Track, *groups: tuple[dict[str, Any], str, str | None, int]) -> list[CaseRecord]:
    """Exits by (facts, outcome, how many)."""
    fates = [
        [("stated", DAY, {"facts": facts}), *left(DAY, what, employer=employer)]
        for facts, what, employer, count in groups
        for _ in range(count)
    ]
    return cases_of(many(on, *fates))


def test_a_share_is_broken_down_by_what_is_known_of_people() -> None:
    on = track(goal(counts=rules("outcome = work")))
    cases = grouped(
        on,
        ({"sex": "woman"}, "work", None, 10),
        ({"sex": "woman"}, "other", None, 20),
        ({"sex": "man"}, "work", None, 6),
        ({"sex": "man"}, "other", None, 9),
    )
    table = breakdown(measure_goals(on, cases, LATER)[0], "sex", on)
    assert [tuple(row) for row in table.rows] == [("man", 6, 15), ("woman", 10, 30)]


def test_a_share_is_broken_down_by_the_sector_of_the_employer() -> None:
    on = track(goal(counts=rules("employer in track")))
    cases = placed(on, ("bygg", "work", "bygg", 8), ("vård", "work", "bygg", 7), (None, "studies", None, 9))
    table = breakdown(measure_goals(on, cases, LATER)[0], "sector", on)
    assert [tuple(row) for row in table.rows] == [("F", 8, 8), ("Q", 7, 7), ("unknown", 0, 9)]


def test_a_breakdown_is_shown_where_nothing_has_to_be_hidden_also_by_employer_and_of_a_rest() -> None:
    on = track(goal("a", counts=rules("outcome = work")), goal("b", counts=rules("plan"), among="not_goal", among_goal="a"))
    rows = [({"plan": plan, "sex": sex}, what, firm, 6) for plan in (True, False) for sex, firm in (("woman", "bygg"), ("man", "vård"))
            for what in ("work", "other")]  # fmt: skip
    found = breakdowns(measure_goals(on, grouped(on, *rows), LATER), on)
    assert [(one.by, one.withheld) for one in found["a"]] == [("sex", False)]
    assert [tuple(row) for row in found["b"][0].rows] == [("man", 6, 12), ("woman", 6, 12)]
    there = placed(on, *((firm, what, firm, 12) for firm in ("bygg", "vård") for what in ("work", "other")))
    of_firms = breakdowns(measure_goals(on, there, LATER), on)["a"]
    assert [(one.by, one.withheld) for one in of_firms] == [("employer", False), ("sector", False)]
    assert [tuple(row) for row in of_firms[0].rows] == [("bygg", 12, 24), ("vård", 12, 24)]


def test_a_share_by_employer_is_among_those_who_were_placed_there_whoever_hired_them() -> None:
    on = track(goal(counts=rules("outcome = work")))
    cases = placed(on, ("bygg", "work", "vård", 6), ("bygg", "other", None, 6), ("vård", "other", None, 7))
    table = breakdown(measure_goals(on, cases, LATER)[0], "employer", on)
    assert [tuple(row) for row in table.rows] == [("bygg", 6, 12), ("vård", 0, 7)]


def test_whoever_is_placed_with_another_once_she_is_employed_stands_with_the_employer_before() -> None:
    on = track(goal(counts=rules("outcome = work")))
    rows = [("placed", DAY, {"employer": "bygg"}, "praktik"), *left(DAY + timedelta(7), "work", employer="vård")]
    (case,) = cases_of(many(on, [*rows, ("placed", DAY + timedelta(30), {"employer": "vård"}, "praktik")]))
    assert case.placed(LATER) == "bygg"


def placed(on: Track, *groups: tuple[str | None, str, str | None, int]) -> list[CaseRecord]:
    """Exits by (where they were placed, outcome, who hired them, how many)."""
    fates = [
        [*([("placed", DAY, {"employer": at}, "praktik")] if at else []), *left(DAY, what, employer=employer)]
        for at, what, employer, count in groups
        for _ in range(count)
    ]
    return cases_of(many(on, *fates))


def test_small_groups_are_not_shown_nor_what_would_give_them_away() -> None:
    on = track(goal(counts=rules("outcome = work")))
    cases = grouped(
        on,
        ({"sex": "woman"}, "work", None, 3),
        ({"sex": "woman"}, "other", None, 20),
        ({"sex": "man"}, "work", None, 8),
        ({"sex": "man"}, "other", None, 9),
    )
    table = breakdown(measure_goals(on, cases, LATER)[0], "sex", on)
    assert [row.numerator for row in table.rows] == [None, None]


def test_what_is_hidden_of_a_goal_is_not_shown_as_the_population_of_its_rest() -> None:
    first = goal("a", counts=rules("outcome = work"))
    on = track(first, goal("b", counts=rules("plan"), among="not_goal", among_goal="a"))
    cases = grouped(
        on,
        ({"sex": "woman"}, "work", None, 20),
        ({"sex": "woman"}, "other", None, 3),
        ({"sex": "man"}, "work", None, 8),
        ({"sex": "man"}, "other", None, 9),
    )
    found = breakdowns(measure_goals(on, cases, LATER), on)
    assert all(one.withheld for one in found["b"])


def test_outcome_rows_are_hidden_so_that_the_goals_beside_do_not_give_them_back() -> None:
    on = track(goal(counts=rules("outcome = work or outcome = work_with_support")))
    cases = grouped(on, ({}, "work", None, 30), ({}, "work_with_support", None, 3), ({}, "studies", None, 9), ({}, "other", None, 8))
    shown = {row.name: row.number for row in masked_outcomes(outcome_rows(cases, LATER), measure_goals(on, cases, LATER)).rows}
    assert (shown["work"], shown["work_with_support"], shown["studies"], shown["other"]) == (None, None, 9, 8)


def test_offers_and_refusals_are_told_by_sex() -> None:
    on = track()
    said = [("offered", DAY, {"until": "x"})]
    woman, man = ([("stated", DAY, {"facts": {"sex": sex}})] for sex in ("woman", "man"))
    fates = [[*woman, *said, ("declined", DAY, {})]] * 9 + [[*woman, *said, ("accepted", DAY, {})]] * 7
    fates += [[*man, *said, ("offer_lapsed", DAY, {}), *said, ("accepted", DAY, {})]] * 6 + [[*man, ("declined", DAY, {})]] * 5
    rows = {row.name: (row.offers, row.fates) for row in offers_by(cases_of(many(on, *fates)), "sex", on, LATER).rows}
    assert rows == {"woman": (16, (7, 9, 0, 0, 0)), "man": (17, (6, 5, 6, 0, 0))}


def test_an_offer_to_one_who_is_refused_before_the_answer_is_not_open_for_ever() -> None:
    on = track()
    offered = ("offered", DAY, {"until": "x"})
    fates = [[offered, ("refused", DAY, {"reason": "other"})]] * 6 + [[offered, ("start_dropped", DAY, {})]] * 5 + [[offered]] * 7
    (row,) = offers_by(cases_of(many(on, *fates)), "sex", on, LATER).rows
    assert (row.offers, row.fates) == (18, (0, 0, 0, 11, 7))


def test_cost_is_whole_at_the_start_or_for_each_week_begun_and_pauses_cost_nothing() -> None:
    whole = Step(id="kurs", type="insats", name="Kurs", cost=Money(kronor=1000), hours_per_week=14)
    weekly = Step(id="stöd", type="insats", name="Stöd", cost=Money(kronor=100, weekly=True))
    on = track(steps=(whole, weekly))
    runs = [
        (kind, day, data, step)
        for step in ("kurs", "stöd")
        for kind, day, data in (("step_started", DAY, {}), ("step_completed", DAY + timedelta(22), {"result": "done"}))
    ]
    found = planned_spending(cases_of(many(on, [*runs, *left(DAY + timedelta(28))])), LATER)
    assert (found.participants, found.kronor, found.hours_in_sevenths, found.days) == (1, 1000 + 4 * 100, 14 * 22, 28)
    paused: list[Row] = [("paused", DAY + timedelta(7), {}), ("resumed", DAY + timedelta(15), {})]
    assert planned_spending(cases_of(many(on, [*runs, *paused, *left(DAY + timedelta(28))])), LATER).kronor == 1000 + 2 * 100


def test_people_are_counted_at_the_steps_they_run_now() -> None:
    on = track(steps=(Step(id="ett", type="insats", name="Ett"), Step(id="två", type="insats", name="Två")))
    start: Row = ("step_started", DAY, {}, "ett")
    fates = [
        [start],
        [start, ("step_completed", DAY, {"result": "done"}, "ett"), ("step_skipped", DAY, {"condition": "x"}, "två")],
        [start, *left(DAY)],
    ]
    rows = {row.step: dict(row.counts) for row in step_rows(on, cases_of(many(on, *fates)), [], LATER)}
    none = dict.fromkeys(("now", "done", "not_passed", "interrupted", "skipped", "overdue"), 0)
    assert rows == {"ett": none | {"now": 1, "done": 1, "interrupted": 1}, "två": none | {"skipped": 1}}


def test_a_result_of_the_steps_own_is_completed_wherever_it_leads_and_the_other_ends_are_counted_apart() -> None:
    leads = {"uppsagd": Action(kind="end"), "flyttad": Action(kind="next")}
    on = track(steps=(Step(id="ett", type="insats", name="Ett", results=("uppsagd", "flyttad"), on_result=leads),))
    results = ("done", "flyttad", "not_passed", "not_hired", "interrupted", "uppsagd", "skipped")
    fates = [[("step_started", DAY, {}, "ett"), ("step_completed", DAY, {"result": result}, "ett")] for result in results]
    (row,) = step_rows(on, cases_of(many(on, *fates)), [], LATER)
    assert dict(row.counts) == {"now": 0, "done": 3, "not_passed": 2, "interrupted": 1, "skipped": 1, "overdue": 0}


def test_statuses_sum_to_all_enrolments() -> None:
    on = track()
    assert sum(count for _, count in status_rows(cases_of(many(on, [], left(DAY), [("paused", DAY, {})])))) == 3
