"""Rules 7 to 18 and 24: who follows whom, what a step waits for, how it starts and ends, what a report says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

DIAMOND = """
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: b, type: insats, name: B, after: a, length: 1 week}
  - {id: c, type: insats, name: C, after: a, length: 1 week}
  - {id: d, type: insats, name: D, length: 1 week}
  - {id: bredvid, type: stöd, from: start of a, until: end of d}
"""


def test_without_after_a_step_follows_every_earlier_step_that_none_between_follows_already(world: Callable[..., World]) -> None:
    w = world(DIAMOND)
    w.at("2026-09-01").enrol()
    assert w.runs() == ["2026-09-01 a started", "2026-09-01 bredvid started"]
    w.at("2026-09-03").report("a")
    assert w.runs()[2:] == ["2026-09-03 a ended done", "2026-09-03 b started", "2026-09-03 c started"]
    w.at("2026-09-04").report("c")
    w.at("2026-09-07")
    assert w.runs(step="d") == []
    w.report("b")
    assert w.runs(step="d") == ["2026-09-07 d started"]


def test_a_step_is_ready_on_the_day_the_last_predecessor_ended_or_was_skipped_also_if_all_were(world: Callable[..., World]) -> None:
    w = world("""
facts: {vill: yes/no}
steps:
  - {id: a, type: insats, name: A, length: 1 week, gives: [vill]}
  - {id: b, type: insats, name: B, after: a, when: vill, length: 1 week}
  - {id: c, type: insats, name: C, after: a, when: vill, length: 1 week}
  - {id: d, type: insats, name: D, length: 1 week}
""")
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").report("a", facts={"vill": False})
    assert w.runs()[2:] == ["2026-09-03 b skipped vill", "2026-09-03 c skipped vill", "2026-09-03 d started"]


def test_a_predecessor_that_waits_for_a_decision_does_not_count_as_ended(world: Callable[..., World]) -> None:
    w = world(DIAMOND)
    w.at("2026-09-01").enrol()
    w.report("a")
    w.report("b")
    w.at("2026-09-02").report("c", "not_passed")
    assert w.runs(step="d") == []
    assert w.todos() == ["decision c"]
    w.at("2026-09-04").say("decided", "c", action="next")
    assert w.runs(step="d") == ["2026-09-04 d started"]


ORDER = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
facts: {vill: yes/no, körkort: yes/no}
partners: [kommun, skolan]
steps:
  - {id: kart, type: kartläggning, responsible: skolan, length: 1 week, gives: [vill]}
  - id: praktik
    type: praktik
    when: vill
    requires: körkort
    starts: [2026-09-21, 2026-10-05]
    places: {bygg: 1, hus: 1}
    start_within: 2 weeks
    length: 4 weeks
"""


def test_when_then_requires_then_employer_then_starts_then_place_then_start(world: Callable[..., World]) -> None:
    w = world(ORDER)
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
        w.report("kart", ref=ref)
    assert w.todos() == ["fact:vill kart"]
    assert w.roles() == {"fact:vill": "skolan"}
    w.state(vill=True)
    assert w.todos() == ["fact:körkort", "requirement praktik"]
    w.state(körkort=True)
    assert w.todos() == ["placement praktik"]
    w.say("placed", "praktik", employer="bygg")
    assert w.todos() == []  # waits for 21 September
    assert w.at("2026-09-21").todos() == ["start praktik 2026-09-15"]
    assert w.log("place_given") == ["2026-09-21 place_given praktik"]
    w.say("began", "praktik")
    assert w.runs(step="praktik") == ["2026-09-21 praktik started"]


def test_a_fact_that_no_step_gives_is_on_the_owners_worklist(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\npartners: [kommun]\nsteps: [{id: a, type: insats, name: A, when: vill, length: 1 week}]")
    w.enrol()
    assert (w.todos(), w.roles()) == (["fact:vill"], {"fact:vill": "enheten"})


def test_when_is_asked_once_and_a_later_fact_moves_only_what_has_not_started_or_been_skipped(world: Callable[..., World]) -> None:
    w = world("""
facts: {vill: yes/no}
steps:
  - {id: a, type: insats, name: A, when: vill, length: 1 week}
  - {id: b, type: insats, name: B, when: not vill, length: 1 week}
  - {id: c, type: insats, name: C, when: not vill, length: 1 week}
""")
    w.at("2026-09-01").enrol(vill=True)
    w.at("2026-09-02").state(vill=False)
    assert w.runs() == ["2026-09-01 a started"]
    w.report("a")
    w.at("2026-09-03").state(vill=True)
    assert w.runs()[1:] == ["2026-09-02 a ended done", "2026-09-02 b started"]
    w.report("b")
    assert w.runs()[-1] == "2026-09-03 c skipped not vill"


def test_a_correction_acts_as_if_right_from_the_start(world: Callable[..., World]) -> None:
    w = world("""
facts: {vill: yes/no}
steps:
  - {id: kart, type: kartläggning, length: 1 week, gives: [vill]}
  - {id: a, type: insats, name: A, when: vill, length: 1 week}
  - {id: b, type: insats, name: B, length: 1 week}
""")
    w.at("2026-09-01").enrol()
    w.report("kart", facts={"vill": False})
    assert w.runs()[2:] == ["2026-09-01 a skipped vill", "2026-09-01 b started"]
    w.at("2026-09-04").correct("p", "reported", "kart", data={"facts": {"vill": True}})
    assert w.runs()[2:] == ["2026-09-01 a started"]


def test_with_start_within_a_step_starts_when_reported_and_the_time_runs_from_the_ready_day(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kart, type: kartläggning, start_within: 1 week, length: 2 weeks}
  - {id: verkstad, type: insats, name: Verkstad, places: 1, start_within: 1 week, length: 4 weeks}
""")
    w.at("2026-09-01").enrol()
    assert w.todos() == ["start kart 2026-09-08"]
    w.at("2026-09-09")
    assert w.log("deadline_missed") == ["2026-09-09 deadline_missed kart"]
    w.say("began", "kart", on="2026-09-07")
    assert w.log("deadline_missed") == []
    assert w.runs() == ["2026-09-07 kart started"]
    w.enrol("q")
    w.say("began", "kart", ref="q")
    w.report("kart")
    w.report("kart", ref="q")
    assert w.log("place_given") == ["2026-09-09 place_given verkstad"]
    w.at("2026-09-17")  # waiting for a place is included
    assert w.log("deadline_missed", ref="q") == ["2026-09-17 deadline_missed verkstad"]
    assert (w.claims(), w.claims("q")) == (["step:verkstad holding"], ["step:verkstad waiting"])


def test_a_step_with_start_days_begins_on_the_first_not_before_it_is_ready_and_says_so_if_none_is_left(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: kart, type: kartläggning, length: 2 weeks}
  - {id: vux, type: insats, name: Vux, starts: [2026-09-07, 2026-09-21], length: 4 weeks}
""")
    for ref in ("p", "q", "r"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-07").report("kart")
    assert w.runs(step="vux") == ["2026-09-07 vux started"]
    w.at("2026-09-08").report("kart", ref="q")
    w.at("2026-09-20")
    assert w.runs("q", step="vux") == []
    w.at("2026-09-22").report("kart", ref="r")
    assert w.runs("q", step="vux") == ["2026-09-21 vux started"]
    assert w.todos("r") == ["dates vux"]


def test_a_chain_step_ends_by_its_report_early_or_late_and_at_its_length_only_the_report_is_due(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, length: 1 week}, {id: b, type: insats, name: B, length: 1 week}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("a")
    assert w.runs()[1:] == ["2026-09-02 a ended done", "2026-09-02 b started"]
    w.at("2026-10-20")
    assert (w.log("report_due", "deadline_missed"), w.runs()[3:]) == (["2026-09-09 report_due b", "2026-09-10 deadline_missed b"], [])
    assert w.todos() == ["report b 2026-09-09"]
    w.report("b")
    assert w.log("completed") == ["2026-10-20 completed"]


def test_support_in_the_chain_ends_at_its_length_unreported_or_sooner_by_a_report(world: Callable[..., World]) -> None:
    w = world("steps: [{id: stöd1, type: stöd, after: admission, length: 1 week}, {id: b, type: insats, name: B, length: 1 week}]")
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-03").report("stöd1", "interrupted", ref="q")
    w.at("2026-09-10")
    assert w.runs()[1:] == ["2026-09-08 stöd1 ended done", "2026-09-08 b started"]
    assert (w.runs("q")[1:], w.todos("q")) == (["2026-09-03 stöd1 ended interrupted"], ["decision stöd1"])


def test_the_day_a_report_is_about_counts_so_what_follows_starts_then_and_may_be_overdue_at_once(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, length: 1 week}, {id: b, type: insats, name: B, length: 1 week}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-30").report("a", on="2026-09-03")
    assert w.log("report_due", "deadline_missed", "step_started") == [
        "2026-09-01 step_started a", "2026-09-03 step_started b", "2026-09-10 report_due b", "2026-09-11 deadline_missed b",
    ]  # fmt: skip
    assert w.stream("p")[-1].recorded.startswith("2026-09-30")


def test_a_place_already_given_to_another_is_not_taken_back_by_an_earlier_report(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: verkstad, type: insats, name: Verkstad, places: 1, length: 1 week}
""")
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-10").report("a", ref="q")
    w.at("2026-09-11").report("a", on="2026-09-03")
    assert w.claims() == ["step:verkstad waiting"]
    assert w.runs("q", step="verkstad") == ["2026-09-10 verkstad started"]


def test_a_fact_that_was_not_reported_stays_unknown_and_on_the_worklist_though_the_step_ended(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\nsteps: [{id: a, type: insats, name: A, gives: [vill]}, {id: b, type: insats, name: B}]")
    w.enrol()
    w.report("a")
    assert (w.runs(step="b"), w.todos()) == (["2026-06-01 b started"], ["fact:vill a"])
    w.state(vill=False)
    assert w.todos() == []


def test_phases_are_reported_in_order_and_a_later_one_closes_those_before_it(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, length: 1 week, phases: [ett, två, tre]}]")
    w.enrol()
    w.say("phase", "a", name="två")
    with raises_code(refusals.PHASE_BACKWARDS):
        w.say("phase", "a", name="ett")
    w.say("phase", "a", name="tre")
    with raises_code(refusals.UNKNOWN_PHASE):
        w.say("phase", "a", name="fyra")


def test_a_result_that_the_step_does_not_know_is_refused_and_its_own_ones_lead_on(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, results: [flyttad]}, {id: b, type: förberedande anställning}]")
    w.enrol()
    for result in ("hired", "not_hired", "skipped", "sjuk"):
        with raises_code(refusals.NO_HIRE_HERE if result == "hired" else refusals.UNKNOWN_RESULT):
            w.report("a", result)
    w.report("a", "flyttad")
    w.say("placed", "b", employer="någon")
    with raises_code(refusals.UNKNOWN_RESULT):
        w.report("b", "done")


HIRES = """
steps:
  - {id: a, type: insats, name: A, length: 1 week, results: [hired]}
  - {id: b, type: insats, name: B, when: outcome = work, length: 1 week}
  - {id: c, type: insats, name: C, when: lasted(1 week), length: 1 week}
"""


def test_hired_records_the_employment_its_day_and_the_outcome_work_unless_another_is_reported(world: Callable[..., World]) -> None:
    w = world(HIRES)
    for ref, more in (("p", {}), ("q", {"outcome": "municipal_employment"})):
        w.at("2026-09-01").enrol(ref)
        w.say("reported", "a", ref=ref, result="hired", employer="bygg", **more)
    w.at("2026-09-08").report("b")
    assert w.runs()[2:] == ["2026-09-01 b started", "2026-09-08 b ended done", "2026-09-08 c started"]
    assert w.runs("q")[2:] == ["2026-09-01 b skipped outcome = work", "2026-09-01 c skipped lasted(1 week)"]
    w.enrol("r")
    with raises_code(refusals.NO_OUTCOME_OF_A_HIRE):
        w.say("reported", "a", ref="r", result="hired", outcome="studies")
