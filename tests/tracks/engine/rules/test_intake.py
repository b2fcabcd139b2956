"""Rules 36 to 42: how people come in, the queue, offers, common starts, and the conditions to keep a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import RefusalCode
from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
STEP = "\nsteps: [{id: a, type: insats, name: A, length: 1 week}]\n"


def test_on_a_rolling_track_without_places_admission_is_at_referral_once_entry_is_true(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\ntarget_group: {entry: [vill]}" + STEP)
    w.at("2026-09-01").enrol(vill=True)
    assert (w.status(), w.log("admitted")) == ("active", ["2026-09-01 admitted"])
    w.enrol("q")
    assert (w.status("q"), w.todos("q")) == ("referred", ["entry", "fact:vill"])
    w.at("2026-09-03").state(ref="q", vill=True)
    assert w.log("admitted", ref="q") == ["2026-09-03 admitted"]


def test_no_admission_outside_the_period(world: Callable[..., World]) -> None:
    w = world("period: {from: 2026-09-01, until: 2026-10-01}" + STEP)
    w.at("2026-08-20").enrol()
    assert w.status() == "referred"
    assert w.at("2026-09-02").log("admitted") == ["2026-09-01 admitted"]
    w.at("2026-10-01").enrol("q")
    assert w.status("q") == "referred"


ROLLING = "facts: {vill: yes/no}\ntarget_group: {entry: [vill]}\nintake: {places: 1, answer_within: 3 days}" + STEP


def test_on_a_rolling_track_with_places_admission_is_the_day_of_the_accepted_offer(world: Callable[..., World]) -> None:
    w = world(ROLLING)
    w.at("2026-09-01").enrol(vill=True)
    assert (w.status(), w.todos(), w.log("proposed")) == ("waiting", ["offer"], ["2026-09-01 proposed"])
    w.at("2026-09-02").say("offered")
    assert (w.status(), w.todos(), w.claims()) == ("offered", ["answer 2026-09-07"], ["intake holding"])  # the 5th is a Saturday
    w.at("2026-09-03").say("accepted")
    assert (w.status(), w.log("admitted")) == ("active", ["2026-09-03 admitted"])


def test_the_place_is_free_again_at_exit(world: Callable[..., World]) -> None:
    w = world(ROLLING)
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref, vill=True)
    w.say("accepted")
    with raises_code(refusals.NOT_PROPOSED):
        w.say("accepted", ref="q")
    w.at("2026-09-04").report("a")
    assert w.log("proposed", ref="q") == ["2026-09-04 proposed"]


def test_entry_is_asked_at_referral_offer_and_admission_and_an_exception_has_a_reason(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\ntarget_group: {entry: [vill]}\nintake: {starts: [2026-09-21], places: 1}" + STEP)
    w.at("2026-09-01").enrol(vill=False)
    assert (w.status(), w.todos()) == ("referred", ["entry"])
    w.say("exception", rule="vill", reason="other")
    assert (w.status(), w.todos()) == ("waiting", ["offer"])
    w.enrol("q", vill=True)
    w.say("declined", reason="own_wish")
    w.state(ref="q", vill=False)
    assert (w.todos("q"), w.claims("q"), w.log("unproposed", ref="q")) == (["entry"], [], ["2026-09-01 unproposed"])
    with raises_code(refusals.NOT_PROPOSED):
        w.say("offered", ref="q")
    w.state(ref="q", vill=True, on="2026-09-01")
    w.at("2026-09-02").state(ref="q", vill=True)
    w.say("accepted", ref="q")
    w.state(ref="q", vill=False)
    w.at("2026-09-22")
    assert (w.status("q"), w.todos("q")) == ("accepted", ["entry"])
    w.say("exception", ref="q", rule="entry", reason="other")
    assert w.log("admitted", ref="q") == ["2026-09-22 admitted"]


def proposed(w: World, *refs: str) -> list[str]:
    """Who is proposed, in turn, when each declines."""
    order = []
    for _ in refs:
        first = [ref for ref in refs if w.status(ref) == "waiting" and any(claim.endswith("proposed") for claim in w.claims(ref))]
        if len(first) == 1:
            order.append(first[0])
            w.say("declined", ref=first[0], reason="own_wish")
    return order


def test_the_order_is_read_from_the_left_unknown_comes_last_and_ties_go_by_referral_day_then_number(world: Callable[..., World]) -> None:
    w = world(
        """
facts: {svenska: [A, B, C], inskriven: date}
intake: {places: 1, order: [svenska highest first, days_since(inskriven) highest first]}
"""
        + STEP
    )
    w.at("2026-09-02").enrol("a0")
    w.enrol("a1", on="2026-09-01")
    w.enrol("b2", svenska="B")
    w.enrol("b1", svenska="B")
    w.enrol("b4", svenska="B", on="2026-09-01")
    w.enrol("b5", svenska="B", inskriven="2026-06-01")
    w.enrol("b6", svenska="B", inskriven="2026-01-01")
    w.enrol("c1", svenska="C")
    assert proposed(w, "a0", "a1", "b1", "b2", "b4", "b5", "b6", "c1") == ["c1", "b6", "b5", "b4", "b1", "b2", "a1", "a0"]


def test_precedence_comes_of_completing_without_work_and_is_used_up_by_admission(world: Callable[..., World]) -> None:
    w = world("intake: {places: 2, order: [precedence, referral]}" + STEP)
    for ref, outcome in (("p", "other"), ("q", "studies")):
        w.at("2026-09-01").enrol(ref)
        w.say("accepted", ref=ref)
        w.report("a", ref=ref)
        w.say("outcome", ref=ref, what=outcome)
    w.at("2026-09-02")
    for ref in ("p", "q"):
        w.enrol(ref)
    first = {ref: w.data("referred", ref=ref)[0].get("precedence") for ref in ("p", "q")}
    assert first == {"p": "p/1", "q": None}
    w.say("accepted", ref="p")
    w.report("a", ref="p")
    w.at("2026-09-03").enrol("p")
    assert w.data("referred", ref="p")[0].get("precedence") == "p/2"  # completed again, which gives a new one
    w.say("refused", ref="p", reason="other")
    w.enrol("p")
    assert w.data("referred", ref="p")[0].get("precedence") == "p/2"  # not admitted, so not used up


def test_lots_are_drawn_once_per_start_and_anew_for_the_next_reproducibly(world: Callable[..., World]) -> None:
    refs = [f"p{n}" for n in range(8)]
    drawn = []
    for order in (refs, refs[::-1]):
        w = world("intake: {starts: [2026-09-21, 2026-11-02], places: 3, order: [lottery]}" + STEP)
        w.at("2026-08-01")
        for ref in order:
            w.enrol(ref)
        w.at("2026-09-01")
        first = {ref for ref in refs if w.log("proposed", ref=ref)}
        w.at("2026-09-21")
        w.at("2026-10-20")
        drawn.append((first, {ref for ref in refs if any(claim == "start:2026-11-02 proposed" for claim in w.claims(ref))}))
    assert drawn[0] == drawn[1]
    assert [len(people) for people in drawn[0]] == [3, 3]
    assert drawn[0][0] != drawn[0][1]


def test_an_unanswered_offer_passes_to_the_next_and_a_new_one_comes_when_someone_says_so(world: Callable[..., World]) -> None:
    w = world("intake: {places: 1, answer_within: 3 days}" + STEP)
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.say("offered")
    assert w.at("2026-09-04").log("offer_lapsed") == []
    w.at("2026-09-05")
    assert (w.log("offer_lapsed"), w.todos(), w.status()) == (["2026-09-05 offer_lapsed"], ["interest"], "waiting")
    assert w.log("proposed", ref="q") == ["2026-09-05 proposed"]
    for kind in ("accepted", "offered"):
        with raises_code(refusals.OFFER_LAPSED):
            w.say(kind)
    w.at("2026-09-09").say("interested")
    assert w.claims() == ["intake proposed"]  # was first in the queue, and nothing had been offered to q
    assert w.log("proposed") == ["2026-09-01 proposed", "2026-09-09 proposed"]
    assert w.log("unproposed", ref="q") == ["2026-09-09 unproposed"]


DATED = "intake: {starts: [2026-09-21, {date: 2026-11-02, places: 2}], places: 4, minimum: 3, join_within: 2 weeks}" + STEP


def members(w: World, *refs: str, day: str = "2026-09-01") -> World:
    for ref in refs:
        w.at(day).enrol(ref)
        w.say("accepted", ref=ref)
    return w


def test_admission_is_the_start_day_when_the_minimum_is_met(world: Callable[..., World]) -> None:
    w = members(world(DATED), "p", "q", "r")
    assert w.at("2026-09-20").status() == "accepted"
    assert w.at("2026-09-21").log("admitted", ref="r") == ["2026-09-21 admitted"]


def test_offers_go_out_so_long_before_the_start(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-08-01").enrol()
    assert w.at("2026-08-23").claims() == ["intake waiting"]
    assert w.at("2026-08-25").log("proposed") == ["2026-08-24 proposed"]


@pytest.mark.parametrize(("kind", "day", "status"), [("start_confirmed", "2026-09-23", "active"), ("start_cancelled", None, "waiting")])
def test_below_the_minimum_nobody_is_admitted_until_a_person_starts_or_cancels(
    world: Callable[..., World], kind: str, day: str, status: str
) -> None:
    w = members(world(DATED), "p", "q")
    w.at("2026-09-22")
    assert (w.status(), w.data("start_held", ref="track/t")) == ("accepted", [{"start": "2026-09-21", "accepted": 2, "minimum": 3}])
    w.at("2026-09-23").shared(kind, start="2026-09-21", reason="other")
    assert (w.status(), w.status("q")) == (status, status)
    assert w.one("p").start == (w.today if day else None)


def test_a_postponed_start_is_asked_again_on_its_new_day(world: Callable[..., World]) -> None:
    w = members(world(DATED), "p", "q")
    w.at("2026-09-21").shared("start_postponed", start="2026-09-21", to="2026-09-28", reason="other")
    w.at("2026-09-23").enrol("r")
    assert w.claims("r") == ["start:2026-09-21 proposed"]
    w.at("2026-09-28")
    assert w.status() == "accepted"
    w.at("2026-09-29").shared("start_postponed", start="2026-09-21", to="2026-10-05", reason="other")
    w.say("accepted", ref="r")
    assert w.at("2026-10-05").log("admitted") == ["2026-10-05 admitted"]


def test_a_start_with_fewer_places_than_the_inherited_minimum_needs_only_those(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-10-06")
    members(w, "p", "q", day="2026-10-07")
    assert w.claims() == ["start:2026-11-02 holding"]
    assert w.at("2026-11-02").log("admitted", ref="q") == ["2026-11-02 admitted"]
    assert w.log("start_held", ref="track/t") == ["2026-09-21 start_held"]


def test_who_joins_late_is_admitted_that_day_and_only_within_the_time_for_it(world: Callable[..., World]) -> None:
    w = members(world(DATED), "p", "q", "r")
    w.at("2026-09-25").enrol("s")
    w.at("2026-10-02").say("accepted", ref="s")
    assert w.log("admitted", ref="s") == ["2026-10-02 admitted"]
    w.at("2026-10-09")
    assert w.log("report_due", ref="s") == ["2026-10-09 report_due a"]
    assert w.log("proposed", ref="s") == ["2026-09-25 proposed"]
    w.say("interrupted", ref="p", reason="moved")
    w.enrol("u")
    assert w.claims("u") == ["start:2026-11-02 proposed"]  # the time to join the first has passed


def test_moved_names_the_only_start_that_is_waited_for(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-10-05], places: 1}" + STEP)
    w.at("2026-09-08").enrol()
    assert w.claims() == ["start:2026-09-21 proposed"]
    w.say("moved", start="2026-10-05")
    assert (w.claims(), w.todos()) == (["start:2026-10-05 proposed"], ["offer"])
    w.say("accepted")
    assert w.at("2026-10-05").log("admitted") == ["2026-10-05 admitted"]


ONGOING = """
facts: {bistånd: yes/no}
target_group: {ongoing: [bistånd, {rule: age < 30, reason: ungdomsinsats}]}
steps: [{id: a, type: insats, name: A, length: 20 weeks}]
"""


def test_only_a_clear_false_of_what_is_asked_on_and_on_gives_a_proposal(world: Callable[..., World]) -> None:
    w = world(ONGOING)
    w.at("2026-09-01").enrol(born="1996-11")
    assert w.todos() == []
    w.state(bistånd=False)
    assert (w.todos(), w.status()) == (["ongoing"], "active")
    w.say("exception", rule="bistånd", reason="other")
    assert w.todos() == []
    assert w.at("2026-10-31").todos() == []
    assert w.at("2026-11-01").todos() == ["ongoing"]  # thirty on the first of the month of birth


def test_a_start_that_is_held_stands_on_the_owners_worklist_until_a_person_starts_it(world: Callable[..., World]) -> None:
    w = world(HELD, first="2026-01-05")
    w.enrol("a")
    w.say("accepted", ref="a")
    w.at("2026-01-19")
    todos = [(todo.kind, todo.since.isoformat()) for todo in w.book.rows["spår"].todos]
    assert todos == [("start_held:2026-01-19", "2026-01-19")]
    w.shared("start_confirmed", start="2026-01-19")
    assert w.book.rows["spår"].todos == ()
    assert w.status("a") == "active"


def test_a_start_that_has_let_people_in_is_not_held_when_they_leave_the_same_day(world: Callable[..., World]) -> None:
    w = world(HELD, first="2026-01-05")
    for ref in ("a", "b"):
        w.enrol(ref)
        w.say("accepted", ref=ref)
    w.at("2026-01-19")
    w.say("interrupted", ref="a", reason="own_wish")
    assert w.status("b") == "active"
    assert not any(event.kind == "start_held" for event in w.book.log["track/spår"])


HELD = """
track: spår
owner: Enheten
intake: {places: 3, minimum: 2, starts: [2026-01-19], order: [referral]}
steps: [{id: kurs, type: insats, name: Kurs, length: 1 week}]
"""


MOVING = "intake: {starts: [2026-09-21, 2026-11-02], places: 1}" + STEP


def test_who_is_offered_or_has_accepted_goes_along_when_she_is_moved_and_her_place_is_free_at_once(world: Callable[..., World]) -> None:
    w = world(MOVING)
    w.at("2026-09-01").enrol("p", on="2026-09-01")
    w.at("2026-09-02").enrol("q")
    w.say("offered")
    w.at("2026-09-03").say("moved", start="2026-11-02")
    assert (w.status(), w.claims(), w.claims("q")) == ("offered", ["start:2026-11-02 holding"], ["start:2026-09-21 proposed"])
    w.say("accepted")
    assert w.data("accepted") == [{"start": "2026-11-02"}]
    w.say("accepted", ref="q")
    w.say("moved", ref="q", start="2026-11-02")
    assert w.claims("q") == ["start:2026-11-02 holding"]
    assert [todo.kind for todo in w.book.rows["t"].todos] == ["over:start:2026-11-02"]  # what people decide may be too much
    assert w.at("2026-11-02").log("admitted", ref="q") == ["2026-11-02 admitted"]


def test_who_waits_for_a_start_that_is_cancelled_or_closed_waits_for_any_again(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-10-05, 2026-11-02], places: 1}" + STEP)
    for ref in ("p", "q"):
        w.at("2026-09-01").enrol(ref)
    w.say("moved", start="2026-10-05")
    w.say("moved", ref="q", start="2026-10-05")
    assert (w.claims(), w.claims("q")) == (["start:2026-10-05 waiting"], ["start:2026-10-05 waiting"])
    w.at("2026-10-04")
    assert (w.claims(), w.claims("q")) == (["start:2026-10-05 proposed"], ["start:2026-10-05 waiting"])
    w.at("2026-10-05")
    assert w.claims("q") == ["intake waiting"]  # nobody was let in after all
    w.say("moved", start="2026-11-02")
    w.shared("start_cancelled", start="2026-11-02", reason="other")
    assert w.claims() == ["intake waiting"]


@pytest.mark.parametrize(
    ("start", "why"),
    [("2026-09-22", refusals.UNKNOWN_START), ("2026-11-02", refusals.START_IS_OVER), ("2026-09-21", refusals.START_IS_OVER)],
)
def test_nobody_is_moved_to_a_start_that_is_not_there_is_cancelled_or_has_passed(
    world: Callable[..., World], start: str, why: RefusalCode
) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-10-05, 2026-11-02], places: 1}" + STEP)
    w.at("2026-09-21").enrol()
    w.shared("start_cancelled", start="2026-11-02", reason="other")
    with raises_code(why):
        w.say("moved", start=start)


def test_to_be_moved_where_one_is_already_is_refused(world: Callable[..., World]) -> None:
    w = world(MOVING)
    w.at("2026-09-01").enrol()
    w.say("accepted")
    with raises_code(refusals.SAME_START):
        w.say("moved", start="2026-09-21")


def test_a_start_is_only_postponed_to_a_later_day_in_the_period_and_not_when_it_has_begun(world: Callable[..., World]) -> None:
    w = world("period: {until: 2026-12-01}\n" + MOVING)
    w.at("2026-09-01").enrol()
    w.say("accepted")
    for to, why in (("2026-09-21", refusals.NOT_LATER), ("2026-09-10", refusals.NOT_LATER), ("2026-12-01", refusals.OUTSIDE_PERIOD)):
        with raises_code(why):
            w.shared("start_postponed", start="2026-09-21", to=to)
    w.shared("start_postponed", start="2026-09-21", to="2026-09-28")
    with raises_code(refusals.NOT_LATER):
        w.shared("start_postponed", start="2026-09-21", to="2026-09-22")
    w.at("2026-09-28")
    assert w.status() == "active"
    with raises_code(refusals.START_HAS_PASSED):
        w.shared("start_postponed", start="2026-09-21", to="2026-10-05")


def test_a_cancelled_start_cascades_to_everyone_on_it_and_can_be_nothing_else_afterwards(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-11-02], places: 5, join_within: 3 weeks, offer_before_start: 12 weeks}" + STEP)
    w.at("2026-09-01")
    for ref in ("active", "accepted", "offered", "proposed"):
        w.enrol(ref)
    w.say("accepted", ref="active")
    w.say("moved", ref="accepted", start="2026-11-02")
    w.say("accepted", ref="accepted")
    w.at("2026-09-22").say("offered", ref="offered")
    assert [w.status(ref) for ref in ("active", "accepted", "offered", "proposed")] == ["active", "accepted", "offered", "waiting"]
    w.shared("start_cancelled", start="2026-09-21", reason="other")
    assert [w.status(ref) for ref in ("active", "accepted", "offered", "proposed")] == ["interrupted", "accepted", "waiting", "waiting"]
    assert w.todos("offered") == ["interest"]
    assert w.claims("proposed") == ["start:2026-11-02 proposed"]
    assert [w.data("start_dropped", ref=ref) for ref in ("active", "offered")] == [
        [{"start": "2026-09-21", "reason": "cohort_cancelled"}], [{"start": "2026-09-21", "reason": "cohort_cancelled", "round": 1}],
    ]  # fmt: skip
    w.shared("start_cancelled", start="2026-11-02", reason="other")
    assert [w.status(ref) for ref in ("accepted", "proposed")] == ["waiting", "waiting"]
    for kind in ("start_confirmed", "start_postponed", "start_cancelled"):
        with raises_code(refusals.START_IS_CANCELLED, match="`jobbspar correct t 2 --withdraw`"):
            w.at("2026-09-24").shared(kind, start="2026-09-21", to="2026-10-01", reason="illness")


def test_who_has_begun_is_not_moved(world: Callable[..., World]) -> None:
    w = members(world(DATED), "p", "q", "r")
    w.at("2026-09-21")
    with raises_code(refusals.HAS_BEGUN):
        w.say("moved", start="2026-11-02")


def test_an_acceptance_that_comes_to_be_known_after_the_start_is_admitted_on_the_day_of_the_start(world: Callable[..., World]) -> None:
    w = members(world(DATED), "p", "q", "r")
    w.at("2026-09-16").enrol("s")
    w.at("2026-09-23").say("accepted", ref="s", on="2026-09-18")
    assert w.log("admitted", ref="s") == ["2026-09-21 admitted"]


def test_who_was_moved_to_a_start_waits_for_it_again_when_it_is_postponed(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-09-01").enrol()
    w.say("moved", start="2026-09-21")
    w.at("2026-10-06")
    assert w.claims() == ["start:2026-11-02 proposed"]
    w.shared("start_postponed", start="2026-09-21", to="2026-11-23", reason="other")
    assert w.claims() == ["start:2026-09-21 waiting"]
