"""Rules 47 and 48, 53, and corrections: what is known and when, age, and what is changed for one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.values import plain
from definitions.model.words import HIDDEN_CHARACTER, NUMBER_IN_TEXT, TEXT_TOO_LONG
from tests.raising import raises_code
from tracks.engine.context.input_builder import person_view
from tracks.recording import refusals
from tracks.recording.reported_fact import FactContext
from tracks.recording.validation.deviations import again
from tracks.recording.validation.employer_names import employer_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.refusal import RefusalCode

World = Any


def test_the_latest_value_by_day_counts(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\nsteps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B, when: vill}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").state(vill=True)
    w.state(vill=False, on="2026-09-05")
    w.report("a")
    assert w.runs()[-1] == "2026-09-10 b started"


@pytest.mark.parametrize(
    ("rule", "said", "came"),
    [
        ("vill and kan", {"vill": False}, "skipped"), ("vill or kan", {"vill": True}, "started"), ("vill and kan", {"vill": True}, "waits"),
        ("vill or kan", {"vill": False}, "waits"), ("not vill", {}, "waits"), ("nivå >= B", {"nivå": "A"}, "skipped"),
        ("nivå >= B", {"nivå": "C"}, "started"), ("nivå >= B", {}, "waits"), ("known(nivå)", {}, "skipped"),
        ("outcome = unknown", {}, "started"),
    ],
)  # fmt: skip
def test_compared_with_unknown_is_unknown_but_a_known_part_may_decide(
    world: Callable[..., World], rule: str, said: dict[str, Any], came: str
) -> None:
    w = world(f"facts: {{vill: yes/no, kan: yes/no, nivå: [A, B, C]}}\nsteps: [{{id: a, type: insats, name: A, when: '{rule}'}}]")
    w.enrol(**said)
    assert [line.split()[2] for line in w.runs()] == ([] if came == "waits" else [came])
    assert bool([todo for todo in w.todos() if todo.startswith("fact:")]) is (came == "waits")


def test_requires_that_is_not_true_waits_and_is_asked_again_when_time_alone_changes_it(world: Callable[..., World]) -> None:
    w = world("facts: {intyg: date}\nsteps: [{id: a, type: insats, name: A, requires: 'days_since(intyg) >= 10'}]")
    w.at("2026-09-05").enrol()
    assert w.todos() == ["fact:intyg", "requirement a"]
    w.state(intyg="2026-09-01")
    assert w.at("2026-09-20").runs() == ["2026-09-11 a started"]


def test_age_is_whole_years_and_birthdays_count_on_the_first_of_the_month(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, requires: {rule: age >= 18, reason: lag}}]")
    w.at("2026-09-01")
    with raises_code(refusals.AGE_NEEDED):
        w.enrol()
    w.enrol(born="2008-10")
    assert w.at("2026-12-01").runs() == ["2026-10-01 a started"]


def test_the_month_of_birth_is_kept_only_where_a_rule_asks_for_age(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A}]")
    w.enrol(born="2008-10")
    assert "born" not in w.data("referred")[0]


CHAIN = """
steps:
  - {id: a, type: insats, name: A, length: 1 month}
  - {id: b, type: insats, name: B, length: 2 weeks}
  - {id: c, type: insats, name: C, length: 2 weeks}
"""


def test_a_step_may_be_lengthened_or_shortened_for_one_person_each_time_counted(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-01-31").enrol()
    w.say("lengthened", "a", count=1, unit="months", reason="other")
    w.at("2026-03-30").say("lengthened", "a", count=-3, unit="days", reason="other")
    assert w.log("report_due") == ["2026-03-30 report_due a"]  # two months from 31 January, less three days, is a Saturday
    w.enrol("q")
    w.report("a")
    w.say("lengthened", "b", count=-1, unit="weeks", reason="other")
    assert w.at("2026-04-07").log("report_due", step="b") == ["2026-04-07 report_due b"]  # after the Easter holidays
    assert w.log("report_due", ref="q") == []
    with raises_code(refusals.NO_SUCH_LENGTH):
        w.say("lengthened", "b", count=1, unit="years", reason="other")


def test_a_step_cannot_be_shortened_to_nothing(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: stöd, after: admission, length: 2 weeks}]")
    w.at("2026-09-01").enrol()
    w.say("lengthened", "a", count=-1, unit="weeks", reason="other")
    with raises_code(refusals.NOTHING_LEFT):
        w.at("2026-09-03").say("lengthened", "a", count=-7, unit="days", reason="other")


def test_a_step_may_be_skipped_for_one_person(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.say("waived", "b", reason="other")
    with raises_code(refusals.STEP_GOES_ON):
        w.say("waived", "a", reason="other")
    w.report("a")
    assert w.runs()[2:] == ["2026-09-01 b skipped waived", "2026-09-01 c started"]


def test_a_step_may_be_added_for_one_person_and_all_rules_hold_as_if_it_were_written(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
    step = {"id": "extra", "type": "insats", "name": "Extra", "after": ["a"], "length": {"count": 1, "unit": "weeks"}}
    w.say("added", step=step, reason="other")
    w.report("a")
    w.report("a", ref="q")
    assert (w.runs()[2:], w.runs("q")[2:]) == (["2026-09-01 extra started"], ["2026-09-01 b started"])
    assert w.at("2026-09-08").log("report_due") == ["2026-09-08 report_due extra"]
    w.report("extra")
    assert w.runs(step="b") == ["2026-09-08 b started"]
    for wrong, why in (
        (step, refusals.STEP_EXISTS),
        ({**step, "id": "ny", "after": ["nix"]}, refusals.UNKNOWN_STEP),
        ({**step, "id": "ny", "places": 3}, refusals.STEP_SHARED),
        ({**step, "id": "ny", "subject": "employer"}, refusals.STEP_SHARED),
        ({**step, "id": "ny", "length": "long"}, refusals.BAD_STEP),
    ):
        with raises_code(why):
            w.say("added", step=wrong, reason="other")


def test_what_is_over_is_not_made_longer_nor_left_out_but_what_it_was_then_may_be_told(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    for kind, data in (("lengthened", {"count": 1, "unit": "weeks"}), ("waived", {})):
        with raises_code(refusals.STEP_IS_OVER):
            w.say(kind, "a", reason="other", **data)
    w.say("lengthened", "a", reason="other", on="2026-09-05", count=1, unit="weeks")
    w.say("lengthened", "b", reason="other", count=1, unit="weeks")
    w.report("b", "not_passed", on="2026-09-10")
    w.say("lengthened", "b", reason="other", count=1, unit="weeks")  # it may be run again, as a person decides


def test_a_step_that_has_ended_is_done_again_as_a_step_of_her_own_before_what_has_not_begun(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    with raises_code(refusals.NOTHING_TO_REPEAT):
        again(case(w), "a")
    w.at("2026-09-10").report("a")
    w.say("added", step=plain(again(case(w), "a")), reason="other")
    with raises_code(refusals.NOTHING_TO_REPEAT):
        again(case(w), "a")
    assert w.runs()[1:] == ["2026-09-10 a ended done", "2026-09-10 b started", "2026-09-10 a-2 started"]
    w.at("2026-09-11").report("b")
    w.report("c")
    assert w.status() == "active"  # what was added is part of the chain
    w.at("2026-09-12").report("a-2")
    assert w.log("completed") == ["2026-09-12 completed"]


def test_a_step_done_again_comes_before_those_that_have_not_begun(world: Callable[..., World]) -> None:
    w = world(CHAIN.replace("name: B,", "name: B, start_within: 1 week,"))
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    w.say("added", step=plain(again(case(w), "a")), reason="other")
    assert w.runs()[1:] == ["2026-09-10 a ended done", "2026-09-10 a-2 started"]
    assert w.todos() == []  # b waits again
    w.at("2026-09-12").report("a-2")
    assert w.todos() == ["start b 2026-09-21"]
    third = again(case(w), "a")
    assert (third.id, third.name, third.after) == ("a-3", "A 3", ("a-2",))


def case(w: World, ref: str = "p") -> FactContext:
    one = w.one(ref)
    return FactContext(person_view(w.book, w.book.rows[one.track], one), one, w.clock)


def test_a_correction_may_change_the_day_the_content_or_take_the_fact_back(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    w.at("2026-09-12").correct("p", "reported", "a", on=w.today.replace(day=5))
    assert w.runs()[1:] == ["2026-09-05 a ended done", "2026-09-05 b started"]
    w.correct("p", "corrected", "a", data={"result": "not_passed"})
    assert (w.runs()[1:], w.todos()) == (["2026-09-05 a ended not_passed"], ["decision a"])
    w.correct("p", "corrected", "a", withdraw=True)
    assert w.runs() == ["2026-09-01 a started"]
    w.report("a")
    assert w.runs()[-1] == "2026-09-12 b started"


def test_only_a_fact_that_stands_can_be_corrected_and_only_to_what_could_have_been_said(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    for kind, step, how, why in (
        ("step_started", "a", {"withdraw": True}, refusals.NOT_A_FACT),
        ("reported", "a", {"data": {"result": "hired"}}, refusals.UNKNOWN_RESULT),
        ("reported", "a", {"on": w.today.replace(month=10)}, refusals.DATE_IN_FUTURE),
        ("reported", "a", {"on": w.today.replace(month=8)}, refusals.BEFORE_REFERRAL),
    ):  # fmt: skip
        with raises_code(why):
            w.correct("p", kind, step, **how)


def test_a_report_that_lost_its_ground_stays_on_the_worklist_and_ends_nothing(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    w.at("2026-09-12").report("b")
    w.at("2026-09-14").correct("p", "reported", "a", withdraw=True)
    assert (w.runs(), w.todos()) == (["2026-09-01 a started"], ["stranded:reported b"])
    w.report("a")
    assert (w.runs(step="b"), w.todos()) == (["2026-09-14 b started"], ["stranded:reported b"])
    w.at("2026-09-20").report("b")
    assert (w.runs(step="b")[1:], w.todos()) == (["2026-09-20 b ended done"], [])


@pytest.mark.parametrize(
    ("firm", "code"), [("x" * 65, TEXT_TOO_LONG), ("Bygg\n  Exit: completed", HIDDEN_CHARACTER), ("B 790213-7194", NUMBER_IN_TEXT)]
)
def test_a_firm_that_is_no_employer_of_the_track_passes_the_door_for_names(firm: str, code: RefusalCode) -> None:
    assert employer_id((), "Bygg AB", "t") == "Bygg AB"
    with raises_code(code):
        employer_id((), firm, "t")
