"""What does not follow, though something like it does: after exit, of a run that went on, of a step that was left out."""

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


GIVES = """
facts: {vill: yes/no, betyg: [A, B]}
steps:
  - {id: kurs, type: insats, name: Kurs}
  - {id: mer, type: insats, name: Mer, when: vill, gives: [betyg]}
  - {id: språk, type: insats, name: Språk, alongside: kurs, gives: [betyg]}
  - {id: sist, type: insats, name: Sist}
"""


def test_a_skipped_step_owes_nobody_a_fact(world: Callable[..., World]) -> None:
    w = entered(world, GIVES.replace(", gives: [betyg]}\n  - {id: sist", "}\n  - {id: sist"), vill=False)
    w.report("kurs")
    assert w.runs(step="mer") == ["2026-09-01 mer skipped vill"]
    assert w.todos() == []


def test_nobody_is_asked_for_what_a_step_that_was_broken_off_at_exit_should_have_given(world: Callable[..., World]) -> None:
    w = entered(world, GIVES.replace("name: Mer, when: vill, gives: [betyg]", "name: Mer, when: vill"), vill=False)
    w.say("interrupted", reason="own_wish")
    assert w.runs(step="språk")[-1] == "2026-09-01 språk ended interrupted"
    assert [todo for todo in w.todos() if todo.startswith("fact")] == []


def test_the_same_employer_for_a_second_run_is_a_new_placement(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}]
steps:
  - {id: praktik, type: praktik, length: 4 weeks, on_result: {interrupted: {retry: 1}}}
""",
    )
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-09-03").report("praktik", "interrupted")
    assert w.todos() == ["placement praktik"]
    w.say("placed", "praktik", employer="bygg")
    assert [(e.attempt, e.data["employer"]) for e in w.book.log["p/1"] if e.kind == "placed"] == [(1, "bygg"), (2, "bygg")]
    assert w.runs()[-1] == "2026-09-03 praktik/2 started"


def test_a_run_that_no_jump_led_to_has_the_length_of_the_step(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 4 weeks, on_result: {not_passed: {retry: 1, length: 1 week}}}
  - {id: mer, type: insats, name: Mer, length: 2 weeks, on_result: {not_passed: {goto: kurs}}}
""",
    )
    w.report("kurs")
    w.at("2026-09-02").report("mer", "not_passed")
    w.at("2026-11-30")
    assert w.log("report_due", step="kurs") == ["2026-09-30 report_due kurs/2"]


def test_a_late_fact_from_before_a_start_that_was_held_admits_nobody_on_the_day_it_was_held(world: Callable[..., World]) -> None:
    w = world("""
facts: {ok: yes/no}
intake: {starts: [2026-09-21], places: 4, minimum: 3}
steps: [{id: kurs, type: insats, name: Kurs}]
""")
    w.at("2026-08-25")
    for ref in ("p", "q"):
        w.enrol(ref)
        w.say("accepted", ref=ref)
    w.at("2026-09-23").state(on="2026-09-18", ok=True)
    assert [w.log("admitted", ref=ref) for ref in ("p", "q")] == [[], []]
    w.at("2026-09-24").shared("start_confirmed", start="2026-09-21")
    w.state("q", on="2026-09-18", ok=True)
    assert [w.log("admitted", ref=ref) for ref in ("p", "q")] == [["2026-09-24 admitted"], ["2026-09-24 admitted"]]


def test_what_the_present_day_does_not_know_yet_is_refused_of_a_person(world: Callable[..., World]) -> None:
    w = entered(world, "follow_up: [exit]\nsteps: [{id: kurs, type: insats, name: Kurs}]")
    with raises_code(refusals.DATE_IN_FUTURE):
        w.enrol("q", on="2026-09-02")
    with raises_code(refusals.DATE_IN_FUTURE):
        w.report("kurs", on="2026-09-02")
    with raises_code(refusals.UNKNOWN_OUTCOME):
        w.say("outcome", what="lottovinst")
    assert list(w.book.enrolments) == ["p/1"]
    assert w.log() == ["2026-09-01 referred", "2026-09-01 admitted", "2026-09-01 step_started kurs"]


@pytest.mark.parametrize("kind", ["start_cancelled", "employer_withdrew", "goal_struck"])
def test_what_has_not_come_yet_is_refused_of_a_track(world: Callable[..., World], kind: str) -> None:
    w = world("type: jobbspår\nemployers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]\nintake: {starts: [2026-09-21]}\n"
              "steps: [{id: kurs, type: insats, name: Kurs}]")  # fmt: skip
    said = {"start_cancelled": {"start": "2026-09-21"}, "employer_withdrew": {"employer": "bygg"}, "goal_struck": {"goal": "g"}}
    before = len(w.at("2026-09-01").stream("track/t"))
    with raises_code(refusals.DATE_IN_FUTURE):
        w.shared(kind, on="2026-09-02", reason="other", **said[kind])
    assert len(w.stream("track/t")) == before


CHOSEN = """
facts: {ok: yes/no, nivå: number}
target_group: {entry: [ok]}
intake: {places: 1, order: [nivå highest first]}
steps: [{id: kurs, type: insats, name: Kurs}]
"""


@pytest.mark.parametrize("wrong", [True, False])
def test_a_proposal_that_was_taken_back_is_unusable_only_where_none_stood(world: Callable[..., World], *, wrong: bool) -> None:
    w = world(CHOSEN)
    w.at("2026-09-01").enrol(ok=True, nivå=1)
    w.at("2026-09-03").enrol("q", ok=True, nivå=2)
    assert w.log("proposed", "unproposed") == ["2026-09-01 proposed", "2026-09-03 unproposed"]
    w.at("2026-09-05").correct("p", "referred", data={"facts": {"ok": not wrong, "nivå": 1 if wrong else 0}})
    assert w.log("proposed", "unproposed") == ([] if wrong else ["2026-09-01 proposed", "2026-09-03 unproposed"])


def test_an_answer_that_no_follow_up_takes_is_refused(world: Callable[..., World]) -> None:
    w = entered(world, "follow_up: [exit]\nsteps: [{id: kurs, type: insats, name: Kurs}]")
    w.report("kurs")
    with raises_code(refusals.UNKNOWN_POINT):
        w.say("followed_up", point="2 months", answers={"outcome": "work"})
    with raises_code(refusals.UNKNOWN_OUTCOME):
        w.say("followed_up", point="exit", answers={"outcome": "lottovinst"})
    assert "followed_up" not in {event.kind for event in w.book.log["p/1"]}


def test_a_shared_step_cannot_be_made_otherwise_for_one_person(world: Callable[..., World]) -> None:
    w = entered(
        world,
        """
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks}
  - {id: möte, type: insats, name: Möte, subject: employer, from: admission, length: 1 week}
""",
    )
    for kind, how in (("waived", {}), ("lengthened", {"count": 1, "unit": "weeks"})):
        with raises_code(refusals.SHARED_STEP):
            w.say(kind, "möte", reason="other", **how)
