"""Rules 43 to 46: completion, closing on a job, outcomes, follow-ups, and transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.access.views import person_view
from tracks.queries.explain.why import reasons
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
TWO = "steps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B, after: admission, on_result: {not_passed: end}}]"


def test_completed_on_the_day_every_chain_step_is_ended_or_skipped_and_no_proposal_is_open(world: Callable[..., World]) -> None:
    w = world(TWO)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("b", "not_passed")
    w.at("2026-09-03").report("a")
    assert (w.status(), w.todos()) == ("active", ["proposal:end b"])
    w.at("2026-09-05").say("decided", "b", action="next")
    assert (w.status(), w.log("completed")) == ("completed", ["2026-09-05 completed"])


def test_a_back_dated_last_report_completes_on_its_day(world: Callable[..., World]) -> None:
    w = world("follow_up: [1 week]\n" + TWO)
    w.at("2026-09-01").enrol()
    w.report("b")
    w.at("2026-09-20").report("a", on="2026-09-03")
    assert w.log("completed", "follow_up_due") == ["2026-09-03 completed", "2026-09-10 follow_up_due"]


def test_exit_is_the_day_of_interruption_and_nothing_runs_after_it(world: Callable[..., World]) -> None:
    w = world("follow_up: [exit, 1 week]\n" + TWO)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").say("interrupted", reason="illness")
    assert (w.status(), w.claims(), w.todos()) == ("interrupted", [], ["follow_up:exit 2026-09-03"])
    with raises_code(refusals.NOT_NOW):
        w.report("a")
    assert w.at("2026-09-30").log("follow_up_due", "deadline_missed") == [
        "2026-09-03 follow_up_due", "2026-09-04 deadline_missed", "2026-09-10 follow_up_due", "2026-09-11 deadline_missed",
    ]  # fmt: skip


def test_being_hired_ends_nothing_but_a_person_may_close_on_it(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, results: [hired]}, {id: b, type: insats, name: B}, {id: c, type: insats, name: C}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").report("a", "hired")
    assert (w.status(), w.runs(step="b")) == ("active", ["2026-09-03 b started"])
    w.at("2026-09-04").say("closed", reason="got_a_job")
    assert (w.status(), w.runs(step="c")) == ("completed", [])


def test_an_outcome_has_a_day_may_be_reported_again_and_is_unknown_until_then(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: a, type: insats, name: A}
  - {id: b, type: insats, name: B, when: outcome = unknown}
  - {id: c, type: insats, name: C, when: outcome = studies}
""")
    w.at("2026-09-01").enrol()
    w.report("a")
    assert w.runs()[2:] == ["2026-09-01 b started"]
    w.at("2026-09-05").say("outcome", what="studies")
    w.say("outcome", what="work", on="2026-09-03")  # of an earlier day, so studies stand
    w.report("b")
    assert w.runs()[-1] == "2026-09-05 c started"


def test_a_follow_up_asks_once_and_is_answered_of_its_day(world: Callable[..., World]) -> None:
    w = world("follow_up: [exit, 1 week]\n" + TWO)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").say("closed", reason="got_a_job")
    w.say("followed_up", point="exit", answers={"outcome": "work"})
    with raises_code(refusals.NOT_YET_DUE):
        w.say("followed_up", point="1 week", answers={"outcome": "work"})
    assert w.at("2026-09-12").todos() == ["follow_up:1 week 2026-09-10"]
    w.say("followed_up", point="1 week", answers={"outcome": "studies"})
    assert (w.todos(), w.log("followed_up")) == ([], ["2026-09-03 followed_up", "2026-09-10 followed_up"])


def test_a_transfer_to_an_authority_ends_the_enrolment_that_day_with_its_outcome_and_needs_its_condition(
    world: Callable[..., World],
) -> None:
    w = world("follow_up: [1 week]\nfacts: {samtycke: yes/no}\ntransfers: {fk: {to: Försäkringskassan, requires: samtycke}}\n" + TWO)
    for ref, more in (("p", {}), ("q", {"outcome": "studies"})):
        w.at("2026-09-01").enrol(ref)
        with raises_code(refusals.TRANSFER_REQUIRES):
            w.move("fk", ref=ref)
        w.state(ref=ref, samtycke=True)
        w.move("fk", ref=ref, **more)
        assert (w.status(ref), w.log("transferred", ref=ref)) == ("transferred", ["2026-09-01 transferred"])
    from tracks.engine.context.situation import outcomes

    assert [outcomes(w.one(ref).progress)[-1].what for ref in ("p", "q")] == ["other_authority", "studies"]


THERE = "track: b\nfacts: {bistånd: yes/no, nivå: [A, B]}\nintake: {places: 1}\nsteps: [{id: x, type: insats, name: X}]"
HERE = """
track: t
follow_up: [exit]
facts: {bistånd: yes/no, nivå: [A, B, C], eget: number}
intake: {places: 1}
transfers: {över: {to: b}}
steps: [{id: a, type: insats, name: A}, {id: c, type: insats, name: C}, {id: stöd1, type: stöd, from: end of a}]
"""


def moving(world: Callable[..., World]) -> World:
    w = world(THERE, HERE)
    w.at("2026-09-01").enrol("q", track="b")
    w.say("accepted", ref="q")
    w.enrol(track="t", bistånd=True, nivå="C", eget=3)
    w.say("accepted")
    w.enrol("r", track="t")
    w.at("2026-09-05").move("över")
    return w


def test_a_transfer_to_a_track_is_a_referral_there_with_the_facts_of_the_same_name_and_type_and_their_days(
    world: Callable[..., World],
) -> None:
    w = moving(world)
    said = w.data("referred", ref="p/2")[0]
    assert (said["channel"], said["facts"], said["from"]) == ("transfer", {"bistånd": True}, "p/1")
    assert w.one("p/2").progress.on("fact:bistånd").isoformat() == "2026-09-01"
    assert w.status("p/2") == "waiting"


def test_while_transferred_nothing_new_starts_and_the_enrolment_ends_on_admission_there(world: Callable[..., World]) -> None:
    w = moving(world)
    w.at("2026-09-06").report("a", ref="p/1")
    assert (w.status("p/1"), w.runs("p/1")) == ("active", ["2026-09-01 a started", "2026-09-06 a ended done"])
    assert w.claims("p/1") == ["intake holding"]
    w.at("2026-09-10").report("x", ref="q")
    w.at("2026-09-12").say("accepted", ref="p/2")
    assert (w.log("admitted", ref="p/2"), w.log("left", ref="p/1")) == (["2026-09-12 admitted"], ["2026-09-12 left"])
    assert (w.status("p/1"), w.runs("p/1", step="stöd1")) == ("transferred", ["2026-09-12 stöd1 skipped exit"])
    assert w.log("proposed", ref="r") == ["2026-09-12 proposed"]  # the place left is free the same day
    assert w.at("2026-10-01").log("follow_up_due", ref="p/1") == []
    with raises_code(refusals.FOLLOWED_UP_THERE):
        w.say("followed_up", ref="p/1", point="exit", answers={"outcome": "work"})


def test_only_what_carries_names_goes_along(world: Callable[..., World]) -> None:
    w = world(THERE.replace("[A, B]", "[A, B, C]"), HERE.replace("to: b", "to: b, carries: [nivå]"))
    w.enrol(track="t", bistånd=True, nivå="C")
    w.move("över")
    assert w.data("referred", ref="p/2")[0]["facts"] == {"nivå": "C"}


@pytest.mark.parametrize("named", ["", ", carries: [nivå]"])
def test_each_value_goes_along_that_the_other_track_has_too(world: Callable[..., World], named: str) -> None:
    w = world(THERE, HERE.replace("to: b", f"to: b{named}"))
    for ref, level in (("p", "B"), ("q", "C")):
        w.enrol(ref, track="t", nivå=level)
        w.move("över", ref=ref)
    assert [w.data("referred", ref=f"{ref}/2")[0].get("facts", {}) for ref in "pq"] == [{"nivå": "B"}, {}]


@pytest.mark.parametrize(
    ("kind", "data"), [("refused", {"reason": "no_place"}), ("declined", {"reason": "own_wish"}), ("misregistered", {"reason": "other"})]
)
def test_a_transfer_that_comes_to_nothing_there_lets_everything_go_on_here_that_day(
    world: Callable[..., World], kind: str, data: dict[str, str]
) -> None:
    w = moving(world)
    w.at("2026-09-10").report("a", ref="p/1")
    assert w.runs("p/1", step="c") == []
    assert "transfer" in w.todos("p/1")
    w.at("2026-09-14").say("interrupted", ref="q", reason="moved")  # now there is something to decline
    w.say(kind, ref="p/2", **data)
    assert (w.status("p/1"), w.runs("p/1", step="c")) == ("active", ["2026-09-14 c started"])
    assert "transfer" not in w.todos("p/1")
    w.move("över", ref="p/1")
    assert w.data("referred", ref="p/3")[0]["from"] == "p/1"
    assert "transfer" in w.todos("p/1")


def test_a_transfer_under_way_answers_the_proposal_until_it_comes_to_nothing(world: Callable[..., World]) -> None:
    w = world(THERE, HERE.replace("name: A}", "name: A, on_result: {done: {transfer: över}}}"))
    w.at("2026-09-01").enrol(track="t")
    w.say("accepted")
    w.report("a")
    assert w.todos() == ["proposal:transfer a"]
    w.move("över")
    assert w.todos("p/1") == ["transfer"]
    assert not {"proposal.transfer", "stopped.proposal"} & {*codes(w), *codes(w, "c")}
    w.say("refused", ref="p/2", reason="no_place")
    assert w.todos("p/1") == ["proposal:transfer a"]
    assert "proposal.transfer" in codes(w)


def codes(w: World, step: str | None = None) -> list[str]:
    """What p is told that she waits for on the first track."""
    one = w.one("p/1")
    return [why.code for why in reasons(person_view(w.book, w.book.rows[one.track], one), one, w.book.claims(one.track), w.today, step)]


def test_what_became_of_a_transfer_counts_from_its_day_however_late_it_is_said_or_put_right(world: Callable[..., World]) -> None:
    w = moving(world)
    w.at("2026-09-10").report("a", ref="p/1")
    w.at("2026-09-20").say("refused", ref="p/2", on="2026-09-12", reason="other")
    assert w.runs("p/1", step="c") == ["2026-09-12 c started"]
    w.at("2026-09-21").correct("p/2", "refused", withdraw=True)
    assert w.runs("p/1", step="c") == []
    assert "transfer" in w.todos("p/1")
    w.say("interrupted", ref="q", reason="moved")
    w.at("2026-09-22").say("accepted", ref="p/2")
    assert (w.status("p/1"), w.log("left", ref="p/1")) == ("transferred", ["2026-09-22 left"])
    w.at("2026-09-23").correct("p/2", "accepted", withdraw=True)
    assert (w.status("p/1"), w.log("left", ref="p/1")) == ("active", [])


def test_the_same_transfer_twice_is_one_and_another_meanwhile_is_refused(world: Callable[..., World]) -> None:
    w = moving(world)
    before = len(w.book.log["p/1"])
    w.at("2026-09-10").move("över", ref="p/1", on="2026-09-05")
    assert (len(w.book.log["p/1"]), len(w.book.enrolments_of("p"))) == (before, 2)
    with raises_code(refusals.TRANSFER_UNDER_WAY):
        w.move("över", ref="p/1")


def test_nobody_is_transferred_to_a_track_where_she_is_and_nothing_is_written(world: Callable[..., World]) -> None:
    w = moving(world)
    w.enrol("s", track="t")
    w.enrol("s", track="b")
    with raises_code(refusals.ALREADY_ENROLLED):
        w.move("över", ref="s/1")
    assert (w.log("transferred", ref="s/1"), len(w.book.enrolments_of("s"))) == ([], 2)


def test_a_transfer_to_a_track_is_no_outcome_and_one_to_an_authority_takes_only_a_known_one(world: Callable[..., World]) -> None:
    w = moving(world)
    with raises_code(refusals.NO_OUTCOME_YET):
        w.move("över", ref="r", outcome="work")
    w = world("transfers: {fk: {to: Försäkringskassan}}\n" + TWO)
    w.enrol()
    with raises_code(refusals.UNKNOWN_OUTCOME):
        w.move("fk", outcome="rich")
    assert w.status() == "active"


def test_who_goes_on_from_there_before_admission_does_not_come_back(world: Callable[..., World]) -> None:
    w = world(
        "track: c\nsteps: [{id: y, type: insats, name: Y}]",
        "track: b\nintake: {places: 1}\ntransfers: {vidare: {to: c}}\nsteps: [{id: x, type: insats, name: X}]",
        "track: t\ntransfers: {över: {to: b}}\nsteps: [{id: a, type: insats, name: A}]",
    )
    w.at("2026-09-01").enrol("q", track="b")
    w.say("accepted", ref="q")
    w.enrol(track="t")
    w.at("2026-09-02").move("över")
    w.at("2026-09-03").move("vidare", ref="p/2")
    assert [w.status(f"p/{n}") for n in (1, 2, 3)] == ["transferred", "transferred", "active"]
    assert w.log("left", ref="p/1") == ["2026-09-03 left"]


def test_putting_something_right_before_a_transfer_leaves_the_day_of_leaving_as_it_was(world: Callable[..., World]) -> None:
    w = moving(world)
    w.at("2026-09-10").report("a", ref="p/1")
    w.at("2026-09-12").say("interrupted", ref="q", reason="moved")
    w.say("accepted", ref="p/2")
    assert w.log("left", ref="p/1") == ["2026-09-12 left"]
    left = next(event.seq for event in w.book.events("p/1") if event.kind == "left")
    w.at("2026-09-25").correct("p/1", "reported", "a", on=w.today.replace(day=9))
    assert w.log("left", ref="p/1") == ["2026-09-12 left"]
    assert left not in [event.data["seq"] for event in w.book.events("p/1") if event.kind == "withdrawn"]


def test_putting_something_right_before_a_transfer_fell_leaves_the_day_of_going_on_as_it_was(world: Callable[..., World]) -> None:
    w = moving(world)
    w.at("2026-09-10").report("a", ref="p/1")
    w.at("2026-09-14").say("refused", ref="p/2", reason="other")
    w.at("2026-09-25").correct("p/1", "reported", "a", on=w.today.replace(day=9))
    assert w.runs("p/1", step="c") == ["2026-09-14 c started"]
    begun = next(event.seq for event in w.book.events("p/1") if (event.kind, event.step) == ("step_started", "c"))
    assert begun not in [event.data["seq"] for event in w.book.events("p/1") if event.kind == "withdrawn"]


def test_a_follow_up_that_is_answered_otherwise_is_put_right_and_not_said_anew(world: Callable[..., World]) -> None:
    w = world("steps: [{id: ett, type: insats, name: Ett}]\nfollow_up: [exit, 1 month]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-07").report("ett")
    w.at("2026-09-08").say("followed_up", point="exit", answers={"outcome": "studies"})
    assert w.say("followed_up", point="exit", answers={"outcome": "studies"}).repeated
    with raises_code(refusals.ALREADY_FOLLOWED_UP):
        w.say("followed_up", point="exit", answers={"outcome": "work"})
    w.correct("p", "followed_up", data={"outcome": "work"})
    assert w.data("followed_up")[0]["answers"] == {"outcome": "studies"}
    assert w.one().progress.value("followed:exit")["answers"] == {"outcome": "work"}


LAST = """
facts: {plan: yes/no}
follow_up: [exit, 1 week]
steps: [{id: a, type: insats, name: A, gives: [plan], on_result: {not_passed: ask}}, {id: b, type: stöd, from: admission, gives: [plan]}]
"""


def test_an_outcome_said_with_the_last_report_or_an_end_or_a_transfer_answers_the_follow_up_at_exit(world: Callable[..., World]) -> None:
    w = world(LAST + "transfers: {fk: {to: Försäkringskassan}}\n")
    for ref in ("p", "q", "r", "s", "t"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-03").say("reported", "a", result="done", outcome="work", employer="ab")
    w.say("reported", "a", ref="q", result="not_passed", outcome="studies")
    w.say("closed", ref="r", reason="got_a_job", outcome="work_with_support")
    w.say("interrupted", ref="s", reason="other", outcome="other_measure")
    w.move("fk", ref="t")
    w.at("2026-09-05").say("decided", "a", ref="q", action="next")
    w.at("2026-09-08")
    from tracks.engine.context.situation import outcomes

    found = {ref: (outcomes(w.one(ref).progress)[-1].what, w.log("follow_up_due", ref=ref)) for ref in ("p", "q", "r", "s", "t")}
    said = {"p": "work", "q": "studies", "r": "work_with_support", "s": "other_measure", "t": "other_authority"}
    assert found == {ref: (what, []) for ref, what in said.items()}
    assert w.at("2026-09-14").log("follow_up_due") == ["2026-09-10 follow_up_due"]  # a week later is not known
    with raises_code(refusals.UNKNOWN_OUTCOME):
        w.enrol("u")
        w.say("reported", "a", ref="u", result="done", outcome="rich")


def test_an_outcome_of_before_the_last_report_or_said_when_she_goes_later_answers_nothing(world: Callable[..., World]) -> None:
    w = world(LAST)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").say("outcome", what="work")
    w.at("2026-09-03").report("a")
    assert w.todos() == ["fact:plan a", "fact:plan b", "follow_up:exit 2026-09-03"]
    w.at("2026-09-04").say("outcome", what="studies", on="2026-09-03")  # told late, of the day of exit
    assert (w.todos(), w.log("deadline_missed")) == (["fact:plan a", "fact:plan b"], [])


def test_a_correction_puts_the_outcome_that_was_said_with_a_report_or_an_end_right(world: Callable[..., World]) -> None:
    from tracks.engine.context.situation import outcomes

    w = world(LAST)
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.at("2026-09-03").say("reported", "a", result="done", outcome="work")
    w.say("closed", ref="q", reason="got_a_job", outcome="work")
    w.correct("p", "reported", "a", data={"outcome": "studies"})
    w.correct("q", "closed", data={"outcome": "own_business"})
    assert [outcomes(w.one(ref).progress)[-1].what for ref in ("p", "q")] == ["studies", "own_business"]


def test_what_the_last_step_gave_is_asked_for_and_taken_after_exit_by_itself_or_with_a_follow_up(world: Callable[..., World]) -> None:
    w = world(LAST)
    for ref in ("p", "q", "r"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-03")
    for ref in ("p", "q", "r"):
        w.say("reported", "a", ref=ref, result="done", outcome="work")
    assert w.todos() == ["fact:plan a", "fact:plan b"]
    w.at("2026-09-05").state(plan=True)
    w.at("2026-09-10").say("followed_up", ref="q", point="1 week", answers={"outcome": "work"}, facts={"plan": "no"})
    assert (w.todos(), w.todos("q")) == (["follow_up:1 week 2026-09-10"], [])
    assert [w.one(ref).progress.value("fact:plan") for ref in ("p", "q", "r")] == [True, False, None]
    assert "fact:plan a" in w.at("2026-10-02").todos("r")
    assert w.at("2026-10-03").todos("r") == ["follow_up:1 week 2026-09-10"]  # a month at least


def test_a_fact_of_a_step_that_was_reported_as_broken_off_is_asked_for_after_exit_too(world: Callable[..., World]) -> None:
    w = world(LAST)
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
    w.at("2026-09-03").report("a", "interrupted")
    assert w.todos() == ["decision a", "fact:plan a"]
    for ref in ("p", "q"):
        w.say("interrupted", ref=ref, reason="illness")
    # What the exit itself broke off was never asked for.
    assert [[todo for todo in w.todos(ref) if todo.startswith("fact")] for ref in ("p", "q")] == [["fact:plan a"], []]


LONGEST = "longest: 2 months\n" + TWO.replace("name: A", "name: A, length: 5 months").replace("name: B", "name: B, length: 5 months")


def test_the_longest_time_is_moved_by_pauses_and_ends_in_a_proposal_that_an_exception_answers(world: Callable[..., World]) -> None:
    w = world(LONGEST)
    w.at("2026-09-01").enrol()
    assert w.at("2026-09-30").todos() == []
    w.at("2026-10-01").say("paused", reason="illness")
    assert "longest" not in w.at("2026-12-01").todos()
    w.say("resumed", on="2026-10-11")
    assert (w.todos(), w.status()) == (["longest 2026-11-11"], "active")
    w.say("exception", rule="längst", reason="other")
    assert (w.todos(), w.status()) == ([], "active")


def test_the_proposal_of_the_longest_time_is_late_from_the_day_after(world: Callable[..., World]) -> None:
    w = world(LONGEST)
    w.at("2026-09-01").enrol()
    assert [str(one.due) for one in w.at("2026-11-02").one().todos if one.kind == "longest"] == ["2026-11-01"]


def test_who_has_left_before_the_longest_time_is_no_proposal(world: Callable[..., World]) -> None:
    w = world("follow_up: [1 week]\n" + LONGEST)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").say("interrupted", reason="illness")
    assert "longest" not in w.at("2026-11-02").todos()
