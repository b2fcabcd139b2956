"""Rules 19 to 24: what results lead to, retries, jumps back and forward, and their bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def entered(world: Callable[..., World], text: str, **facts: Any) -> World:
    w = world(text)
    w.at("2026-09-01").enrol(**facts)
    return w


def test_done_and_own_results_lead_on_while_not_passed_and_interrupted_ask(world: Callable[..., World]) -> None:
    w = entered(
        world, "steps: [{id: a, type: insats, name: A, results: [flyttad]}, {id: b, type: insats, name: B}, {id: c, type: insats, name: C}]"
    )
    w.report("a", "flyttad")
    w.report("b", "interrupted")
    assert (w.todos(), w.runs(step="c")) == (["decision b"], [])
    w.say("decided", "b", action="next")
    w.report("c", "not_passed")
    assert (w.todos(), w.status()) == (["decision c"], "active")


PARALLEL = """
transfers: {fk: {to: Försäkringskassan}}
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: b, type: insats, name: B, after: a, length: 1 week, on_result: {not_passed: ask, interrupted: end, done: {transfer: fk}}}
  - {id: c, type: insats, name: C, after: a, length: 1 week}
  - {id: d, type: insats, name: D, after: c, length: 1 week}
  - {id: e, type: insats, name: E, after: [b, d], length: 1 week}
  - {id: bredvid, type: stöd, from: end of c}
"""


def test_ask_stops_only_what_follows_but_end_and_transfer_let_no_other_step_start(world: Callable[..., World]) -> None:
    for result, todo, starts in (
        ("not_passed", "decision b", True),
        ("interrupted", "proposal:end b", False),
        ("done", "proposal:transfer b", False),
    ):
        w = entered(world, PARALLEL)
        w.report("a")
        w.at("2026-09-02").report("b", result)
        w.report("c")
        assert todo in w.todos()
        assert bool(w.runs(step="d")) is starts
        assert bool(w.runs(step="bredvid")) is starts
        assert w.status() == "active"
        w.at("2026-09-04").say("decided", "b", action="next")
        assert w.runs(step="d") == [f"2026-09-0{2 if starts else 4} d started"]


def test_next_decided_on_a_proposal_leads_on_from_the_day_of_the_decision(world: Callable[..., World]) -> None:
    w = entered(world, "steps: [{id: a, type: insats, name: A, on_result: {done: end}}, {id: b, type: insats, name: B}]")
    w.report("a")
    w.at("2026-09-05")
    with raises_code(refusals.UNKNOWN_ACTION):
        w.say("decided", "a", action="end")
    w.say("decided", "a", action="next")
    assert w.runs(step="b") == ["2026-09-05 b started"]
    assert w.say("decided", "a", action="next").repeated
    with raises_code(refusals.NOTHING_TO_DECIDE):
        w.say("decided", "a", action="retry")


EMPLOYED = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
steps:
  - {id: praktik, type: praktik, places: {bygg: 1, hus: 1}, length: 2 weeks, on_result: {not_passed: {retry: 1}, interrupted: {retry: 2}}}
  - {id: provjobb, type: förberedande anställning, length: 2 weeks}
"""


def test_retry_runs_again_from_that_day_at_full_length_with_place_and_employer_kept(world: Callable[..., World]) -> None:
    w = entered(world, EMPLOYED)
    w.say("placed", "praktik", employer="bygg")
    w.enrol("q")
    w.say("placed", "praktik", ref="q", employer="bygg")
    w.at("2026-09-10").report("praktik", "not_passed")
    assert w.runs()[1:] == ["2026-09-10 praktik ended not_passed", "2026-09-10 praktik/2 started"]
    assert (w.claims(), w.claims("q")) == (["step:praktik:bygg holding"], ["step:praktik:bygg waiting"])
    assert w.at("2026-09-24").log("report_due") == ["2026-09-24 report_due praktik/2"]


def test_a_retry_that_waits_out_a_pause_keeps_its_place(world: Callable[..., World]) -> None:
    w = entered(world, EMPLOYED)
    w.say("placed", "praktik", employer="bygg")
    w.enrol("q")
    w.say("placed", "praktik", ref="q", employer="bygg")
    w.at("2026-09-10").say("paused", reason="illness")
    w.report("praktik", "not_passed")
    assert w.at("2026-09-20").claims() == ["step:praktik:bygg holding"]
    assert w.runs("q") == []
    w.say("resumed")
    assert w.runs()[-1] == "2026-09-20 praktik/2 started"


def test_after_interrupted_the_employer_is_chosen_anew_and_the_place_is_free(world: Callable[..., World]) -> None:
    w = entered(world, EMPLOYED)
    w.say("placed", "praktik", employer="bygg")
    w.enrol("q")
    w.say("placed", "praktik", ref="q", employer="bygg")
    w.at("2026-09-10").report("praktik", "interrupted")
    assert w.todos() == ["placement praktik"]
    assert w.runs("q") == ["2026-09-10 praktik started"]
    w.at("2026-09-12").say("placed", "praktik", employer="hus")
    assert w.runs()[-1] == "2026-09-12 praktik/2 started"


def test_the_employer_kept_by_a_retry_is_that_of_the_run_itself(world: Callable[..., World]) -> None:
    w = entered(world, EMPLOYED)
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-09-02").say("placed", "provjobb", employer="hus")
    w.at("2026-09-10").report("praktik", "not_passed")
    assert w.claims() == ["step:praktik:bygg holding"]


BACK = """
facts: {vill: yes/no}
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: b, type: insats, name: B, when: vill, length: 1 week}
  - {id: c, type: insats, name: C, length: 1 week}
  - {id: d, type: insats, name: D, length: 1 week, on_result: {not_passed: {goto: a, at_most: 1}}}
  - {id: sidan, type: stöd, after: admission, length: 3 months}
  - {id: sist, type: insats, name: Sist, length: 1 week}
"""


def test_goto_back_runs_the_target_again_and_tries_anew_what_was_skipped_or_not_passed(world: Callable[..., World]) -> None:
    w = entered(world, BACK.replace("after: admission", "from: admission"))
    w.report("a")
    w.state(vill=False)
    w.at("2026-09-02").report("c")
    w.at("2026-09-03").state(vill=True)
    w.report("d", "not_passed")
    assert [line for line in w.runs() if "/2" in line] == ["2026-09-03 a/2 started"]
    w.at("2026-09-04").report("a")
    assert [line for line in w.runs() if "/2" in line][1:] == ["2026-09-04 a/2 ended done", "2026-09-04 b/2 started"]
    w.at("2026-09-05").report("b")  # c was done, and stays done
    assert [line for line in w.runs() if "/2" in line][3:] == ["2026-09-05 b/2 ended done", "2026-09-05 d/2 started"]
    w.report("d")
    assert w.runs(step="sist") == ["2026-09-05 sist started"]
    assert w.runs(step="sidan") == ["2026-09-01 sidan started"]


def test_a_jump_back_leaves_parallel_steps_running(world: Callable[..., World]) -> None:
    w = entered(world, BACK)
    w.state(vill=True)
    for step in ("a", "b", "c"):
        w.report(step)
    w.at("2026-09-03").report("d", "not_passed")
    assert w.runs(step="sidan") == ["2026-09-01 sidan started"]
    w.report("a")
    w.report("d")
    assert w.runs(step="sist") == []  # waits for the parallel step as before
    w.at("2026-12-01")
    assert w.runs(step="sist") == ["2026-12-01 sist started"]


def test_a_step_that_leads_back_to_one_it_does_not_follow_is_tried_anew_after_that_one(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: a, type: insats, name: A}
  - {id: b, type: insats, name: B, after: a}
  - {id: c, type: insats, name: C, after: a, on_result: {not_passed: {goto: b, at_most: 1}}}
  - {id: d, type: insats, name: D, after: [b, c]}
""",
    )
    w.report("a")
    w.report("b")
    w.at("2026-09-03").report("c", "not_passed")
    assert w.runs()[-1] == "2026-09-03 b/2 started"
    w.at("2026-09-05").report("b")
    assert w.runs()[-1] == "2026-09-05 c/2 started"
    w.report("c")
    assert w.runs()[-1] == "2026-09-05 d started"


def test_bounds_count_per_enrolment_and_entry_and_a_further_time_takes_then(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: a, type: insats, name: A}
  - id: b
    type: insats
    name: B
    on_result: {not_passed: {retry: 2, then: {goto: a, at_most: 1, then: end}}, interrupted: {retry: 1, then: ask}}
""",
    )
    w.report("a")
    w.report("b", "not_passed")
    w.report("b", "interrupted")
    w.at("2026-09-02").report("b", "not_passed")
    assert w.runs()[-1] == "2026-09-02 b/4 started"
    w.report("b", "interrupted")
    assert w.todos() == ["decision b"]
    w.say("decided", "b", action="retry")
    w.at("2026-09-03").report("b", "not_passed")
    assert w.runs()[-1] == "2026-09-03 a/2 started"
    w.report("a")
    w.at("2026-09-04").report("b", "not_passed")
    assert w.todos() == ["proposal:end b"]


FORWARD = """
steps:
  - {id: a, type: insats, name: A, on_result: {done: d}}
  - {id: b, type: insats, name: B}
  - {id: c, type: insats, name: C}
  - {id: d, type: insats, name: D, places: 1}
  - {id: e, type: insats, name: E}
"""


def test_goto_forward_skips_what_lies_between(world: Callable[..., World]) -> None:
    w = entered(world, FORWARD)
    w.at("2026-09-02").report("a")
    assert w.runs()[1:] == ["2026-09-02 a ended done", "2026-09-02 b skipped goto", "2026-09-02 c skipped goto", "2026-09-02 d started"]
    assert len(w.log("place_given")) == 1
    w.report("d")
    w.report("e")
    assert w.status() == "completed"


def test_the_target_of_a_goto_forward_waits_for_no_predecessor(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: a, type: insats, name: A, after: admission, on_result: {done: {goto: d}}}
  - {id: b, type: insats, name: B, after: admission, length: 3 weeks}
  - {id: c, type: insats, name: C, after: a}
  - {id: d, type: insats, name: D, after: [b, c]}
  - {id: e, type: insats, name: E, after: d}
""",
    )
    w.at("2026-09-02").report("a")
    assert w.runs()[3:] == ["2026-09-02 c skipped goto", "2026-09-02 d started"]
    w.at("2026-09-03").report("d")
    assert w.runs(step="e") == ["2026-09-03 e started"]
    w.report("e")
    assert w.status() == "active"  # b goes on
    w.at("2026-09-04").report("b")
    assert w.log("completed") == ["2026-09-04 completed"]


def test_a_person_may_decide_a_step_to_go_to(world: Callable[..., World]) -> None:
    w = entered(world, "steps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B}, {id: c, type: insats, name: C}]")
    w.report("a")
    w.at("2026-09-02").report("b", "interrupted")
    w.at("2026-09-03").say("decided", "b", action="a")
    w.at("2026-09-04").report("a")
    assert w.runs()[4:] == ["2026-09-03 a/2 started", "2026-09-04 a/2 ended done", "2026-09-04 b/2 started"]


def test_a_result_is_that_of_the_latest_run_and_unknown_until_it_ends(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
facts: {vill: yes/no}
steps:
  - {id: a, type: insats, name: A, on_result: {not_passed: {retry: 1}}}
  - {id: ja, type: insats, name: Ja, after: admission, when: result(a) = done}
  - {id: b, type: insats, name: B, after: a, when: vill}
  - {id: c, type: insats, name: C, after: b, when: result(b) = skipped}
""",
    )
    assert w.runs(step="ja") == []
    w.report("a", "not_passed")
    assert w.runs(step="ja") == []  # the latest run has not ended
    w.at("2026-09-02").report("a")
    assert w.runs(step="ja") == ["2026-09-02 ja started"]
    w.state(vill=False)
    assert w.runs(step="c") == ["2026-09-02 c started"]


def test_the_same_report_said_twice_is_written_once_however_its_facts_are_spelt(world: Callable[..., World]) -> None:
    w = world("""
facts: {körkort: yes/no}
steps: [{id: kurs, type: insats, name: Kurs, gives: [körkort]}]
""")
    w.at("2026-06-02").enrol()
    w.report("kurs", facts={"körkort": "nej"})
    before = len(w.book.log["p/1"])
    w.report("kurs", facts={"körkort": "no"})
    assert len(w.book.log["p/1"]) == before


OWN_TERMS = """
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - id: b
    type: insats
    name: B
    length: 4 weeks
    hours_per_week: 40
    on_result: {not_passed: {retry: 1, length: 1 week, hours_per_week: 20}, interrupted: {goto: a, length: 2 weeks}}
"""


def test_a_run_has_the_length_and_hours_of_what_led_to_it_and_only_that_run(world: Callable[..., World]) -> None:
    w = entered(world, OWN_TERMS)
    w.at("2026-09-02").report("a")
    w.at("2026-09-07").report("b", "not_passed")
    assert w.at("2026-09-14").log("report_due", step="b") == ["2026-09-14 report_due b/2"]
    assert w.data("step_started", "b") == [{}, {"length": {"count": 1, "unit": "weeks"}, "hours_per_week": 20}]
    w.report("b", "interrupted")
    assert w.at("2026-09-28").log("report_due", step="a") == ["2026-09-28 report_due a/2"]
    w.report("a")
    assert w.at("2026-10-26").log("report_due", step="b") == ["2026-09-14 report_due b/2", "2026-10-26 report_due b/3"]


def test_a_way_back_without_a_bound_is_taken_each_time(world: Callable[..., World]) -> None:
    w = entered(world, "steps: [{id: a, type: insats, name: A, on_result: {not_passed: {retry: unlimited}}}]")
    for day in range(2, 8):
        w.at(f"2026-09-0{day}").report("a", "not_passed")
    assert (w.runs()[-1], w.todos()) == ("2026-09-07 a/7 started", [])


ASKED = """
facts: {nivå: [A, B, C]}
follow_up: [exit, 1 month]
steps:
  - {id: a, type: insats, name: A, gives: [nivå], on_result: {not_passed: {retry: 1}}}
  - {id: b, type: insats, name: B, when: nivå = A}
"""


@pytest.mark.parametrize("again", ["2026-09-02", "2026-09-05"])
def test_a_run_asks_anew_for_what_it_gives_and_what_was_known_stands_until_then(world: Callable[..., World], again: str) -> None:
    w = entered(world, ASKED)
    w.at("2026-09-02").report("a", "not_passed", facts={"nivå": "A"})
    assert w.todos() == []
    w.at(again).report("a")
    assert (w.todos(), w.runs()[-1]) == (["fact:nivå a"], f"{again} b started")
    w.state(nivå="B")
    assert w.todos() == []


def test_a_step_that_is_repeated_for_one_person_asks_anew_too(world: Callable[..., World]) -> None:
    w = entered(world, ASKED, nivå="C")
    w.at("2026-09-02").report("a")
    assert "fact:nivå a" not in w.todos()  # known from the referral
    w = entered(world, ASKED.replace("when: nivå = A", "gives: [nivå]"))
    w.at("2026-09-02").report("a", facts={"nivå": "A"})
    w.at("2026-09-04").report("b")
    assert "fact:nivå b" in w.todos()
    w.at("2026-09-05").state(nivå="A")
    assert "fact:nivå b" not in w.todos()
