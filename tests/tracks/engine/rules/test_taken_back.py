"""What was said of a track by mistake and is put right: everybody stands as if it had been so from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.events.fold import standing
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

STEP = "\nsteps: [{id: a, type: insats, name: A, length: 1 week}, {id: b, type: insats, name: B}]\n"
TWO = "intake: {starts: [2026-09-21, 2026-11-02], places: 3, answer_within: 5 working days, offer_before_start: 4 weeks}" + STEP
MINIMUM = "intake: {starts: [2026-09-21, 2026-11-02], places: 4, minimum: 3, join_within: 2 weeks}" + STEP


def stands(w: World, stream: str) -> list[tuple[Any, ...]]:
    """What stands of a stream, without when it came to be known."""
    return sorted((str(e.effective), e.kind, e.step, e.attempt, str(sorted(e.data.items()))) for e, _ in standing(w.book.events(stream)))


def alike(one: World, other: World, *streams: str) -> None:
    for stream in streams:
        assert stands(one, stream) == stands(other, stream), stream


def people(w: World, *refs: str) -> World:
    for ref in refs:
        w.at("2026-09-01").enrol(ref)
        w.say("accepted", ref=ref)
    return w


def test_a_start_that_was_cancelled_by_mistake_has_its_people_again_with_their_places(world: Callable[..., World]) -> None:
    w = people(world(TWO), "p", "q", "r")
    w.enrol("s")
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    assert [w.status(ref) for ref in "pqr"] == ["waiting"] * 3
    w.at("2026-09-09").put_right("start_cancelled", withdraw=True)
    assert [w.status(ref) for ref in "pqrs"] == ["accepted", "accepted", "accepted", "waiting"]
    assert [w.todos(ref) for ref in "pqr"] == [[], [], []]
    assert w.claims("p") == ["start:2026-09-21 holding"]
    w.at("2026-09-21")
    assert w.log("admitted", ref="q") == ["2026-09-21 admitted"]
    never = people(world(TWO), "p", "q", "r")
    never.enrol("s")
    alike(w, never.at("2026-09-21"), "p/1", "q/1", "r/1", "s/1", "track/t")


def test_who_had_come_in_on_a_start_cancelled_by_mistake_has_never_been_away(world: Callable[..., World]) -> None:
    w, never = (people(world(TWO), "p", "q").at("2026-09-22") for _ in range(2))
    w.shared("start_cancelled", start="2026-09-21", reason="other")
    assert w.status() == "interrupted"
    w.at("2026-10-12").put_right("start_cancelled", withdraw=True)
    assert (w.status(), w.runs(), w.todos()) == ("active", ["2026-09-21 a started"], ["report a 2026-09-28"])
    alike(w, never.at("2026-10-12"), "p/1", "q/1", "track/t")


def test_what_people_have_said_since_stands(world: Callable[..., World]) -> None:
    w = people(world(TWO.replace("4 weeks", "12 weeks")), "p", "q", "r")
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    w.say("interested", ref="p")
    w.say("refused", ref="q", reason="own_wish")
    w.at("2026-09-08").say("accepted", ref="p")
    w.at("2026-09-09").put_right("start_cancelled", withdraw=True)
    assert [w.status(ref) for ref in "pqr"] == ["accepted", "not_started", "accepted"]
    assert [w.claims(ref) for ref in "pqr"] == [["start:2026-11-02 holding"], [], ["start:2026-09-21 holding"]]


@pytest.mark.parametrize("accepted", [2, 3])
def test_a_start_whose_day_went_by_while_it_was_cancelled_is_counted_as_on_its_day(world: Callable[..., World], accepted: int) -> None:
    w, never = (people(world(MINIMUM), *"pqr"[:accepted]) for _ in range(2))
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    w.at("2026-09-24").put_right("start_cancelled", withdraw=True)
    never.at("2026-09-24")
    assert w.status() == ("active" if accepted == 3 else "accepted")
    assert [todo.kind for todo in w.book.track("t").todos] == ([] if accepted == 3 else ["start_held:2026-09-21"])
    alike(w, never, "p/1", "q/1", "track/t")
    w.at("2026-09-25").shared("start_confirmed", start="2026-09-21")
    never.at("2026-09-25").shared("start_confirmed", start="2026-09-21")
    alike(w, never, "p/1", "q/1", "track/t")


def test_who_gave_up_her_place_on_the_day_of_the_start_is_counted_on_it_as_before(world: Callable[..., World]) -> None:
    w, never = (people(world(MINIMUM), "p", "q", "r") for _ in range(2))
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    for one in (w, never):
        one.at("2026-09-21")
    w.say("refused", ref="r", reason="own_wish")
    w.at("2026-09-24").put_right("start_cancelled", withdraw=True)
    assert (w.status("p"), w.log("start_held", ref="track/t")) == ("active", [])
    alike(w, never.at("2026-09-24"), "p/1", "q/1", "track/t")


@pytest.mark.parametrize("accepted", [2, 3])
def test_a_start_that_is_given_back_its_day_on_the_day_itself_is_counted(world: Callable[..., World], accepted: int) -> None:
    w, never = (people(world(MINIMUM), *"pqr"[:accepted]) for _ in range(2))
    w.at("2026-09-07").shared("start_postponed", start="2026-09-21", to="2026-10-05")
    w.at("2026-09-21").put_right("start_postponed", withdraw=True)
    alike(w, never.at("2026-09-21"), "p/1", "q/1", "track/t")


def test_a_start_that_was_postponed_by_mistake_began_on_its_own_day(world: Callable[..., World]) -> None:
    w, never = (people(world(MINIMUM), "p", "q", "r") for _ in range(2))
    w.at("2026-09-07").shared("start_postponed", start="2026-09-21", to="2026-09-28")
    w.at("2026-10-01")
    assert w.log("admitted") == ["2026-09-28 admitted"]
    w.put_right("start_postponed", withdraw=True)
    assert w.log("admitted") == ["2026-09-21 admitted"]
    alike(w, never.at("2026-10-01"), "p/1", "q/1", "r/1", "track/t")


def test_a_start_that_was_held_on_a_day_it_never_had_is_held_on_its_own(world: Callable[..., World]) -> None:
    w, never = (people(world(MINIMUM), "p", "q") for _ in range(2))
    w.at("2026-09-07").shared("start_postponed", start="2026-09-21", to="2026-09-28")
    w.at("2026-10-01")
    assert w.log("start_held", ref="track/t") == ["2026-09-28 start_held"]
    w.put_right("start_postponed", withdraw=True)
    assert w.log("start_held", ref="track/t") == ["2026-09-21 start_held"]
    alike(w, never.at("2026-10-01"), "p/1", "q/1", "track/t")


def test_a_start_that_had_a_day_before_it_was_put_off_again_is_counted_on_that_day(world: Callable[..., World]) -> None:
    w, never = (people(world(MINIMUM), "p", "q") for _ in range(2))
    w.at("2026-09-07").shared("start_postponed", start="2026-09-21", to="2026-10-05")
    for one in (w, never):
        one.at("2026-09-28").shared("start_postponed", start="2026-09-21", to="2026-10-19")
    correct(w.at("2026-10-02"), 2, withdraw=True)
    w.advance()
    alike(w, never.at("2026-10-02"), "p/1", "q/1", "track/t")
    assert (w.status(), w.log("start_held", ref="track/t")) == ("accepted", ["2026-09-21 start_held"])


def test_the_day_to_which_a_start_is_postponed_can_be_put_right(world: Callable[..., World]) -> None:
    w, right = (people(world(MINIMUM), "p", "q", "r").at("2026-09-07") for _ in range(2))
    w.shared("start_postponed", start="2026-09-21", to="2026-10-05")
    right.shared("start_postponed", start="2026-09-21", to="2026-09-28")
    w.at("2026-10-07").put_right("start_postponed", data={"to": "2026-09-28"})
    assert w.log("admitted") == ["2026-09-28 admitted"]
    alike(w, right.at("2026-10-07"), "p/1", "q/1", "r/1", "track/t")
    with raises_code(refusals.NOT_LATER):
        w.put_right("start_postponed", data={"to": "2026-09-20"})


@pytest.mark.parametrize("day", ["2026-09-10", "2026-09-23"])
def test_a_start_that_was_confirmed_by_mistake_is_held_and_nobody_has_come_in(world: Callable[..., World], day: str) -> None:
    w, never = (people(world(MINIMUM), "p", "q") for _ in range(2))
    w.at(day).shared("start_confirmed", start="2026-09-21")
    w.at("2026-09-24")
    assert w.status() == "active"
    w.put_right("start_confirmed", withdraw=True)
    assert w.status() == "accepted"
    alike(w, never.at("2026-09-24"), "p/1", "q/1", "track/t")


def test_the_day_of_a_cancellation_can_be_put_right(world: Callable[..., World]) -> None:
    w, right = (people(world(TWO), "p", "q").at("2026-09-23") for _ in range(2))
    w.shared("start_cancelled", on="2026-09-18", start="2026-09-21", reason="other")
    right.shared("start_cancelled", start="2026-09-21", reason="other")
    assert (w.status(), right.status()) == ("waiting", "interrupted")
    w.at("2026-09-24").put_right("start_cancelled", on=right.today)
    alike(w, right.at("2026-09-24"), "p/1", "q/1", "track/t")


def test_a_correction_is_corrected_and_what_was_taken_back_is_said_again(world: Callable[..., World]) -> None:
    w = people(world(TWO), "p", "q")
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    first = stands(w, "p/1")
    w.at("2026-09-08").put_right("start_cancelled", withdraw=True)
    assert w.status() == "accepted"
    w.at("2026-09-09").put_right("start_cancelled", restore=True)
    assert (w.status(), stands(w, "p/1")) == ("waiting", first)
    w.put_right("start_cancelled", withdraw=True)
    assert w.status() == "accepted"
    w.shared("start_cancelled", start="2026-09-21", reason="other")
    with raises_code(refusals.SAID_OF_TRACK, match="number 6"):
        correct(w, 5, restore=True)


def correct(w: World, number: int, **how: Any) -> None:
    from tracks.recording.track_corrections import correct_on_track

    correct_on_track(w.book, w.clock, "Ann", "t", number, **how)


def test_the_same_correction_twice_writes_nothing_more(world: Callable[..., World]) -> None:
    w = people(world(TWO), "p")
    w.at("2026-09-07").shared("start_cancelled", start="2026-09-21", reason="other")
    correct(w, 2, withdraw=True, key="k")
    for more in ({}, {"key": "k"}):
        before = {stream: len(log) for stream, log in w.book.log.items()}
        correct(w, 2, withdraw=True, **more)
        assert {stream: len(log) for stream, log in w.book.log.items()} == before
    w.advance()


def test_only_what_people_said_of_a_track_is_put_right_and_by_its_latest_number(world: Callable[..., World]) -> None:
    w = people(world(MINIMUM), "p", "q").at("2026-09-22")
    with raises_code(refusals.OF_A_VERSION, match="`jobbspar apply`"):
        correct(w, 1, withdraw=True)
    with raises_code(refusals.NOT_A_FACT):
        correct(w, 2, withdraw=True)
    with raises_code(refusals.NO_SUCH_EVENT, match="`jobbspar history t`"):
        correct(w, 9, withdraw=True)
    w.shared("start_confirmed", start="2026-09-21")
    with raises_code(refusals.UNKNOWN_FIELD, match="reason"):
        correct(w, 3, data={"start": "2026-11-02"})
    with raises_code(refusals.DATE_IN_FUTURE):
        correct(w, 3, on=w.today.replace(month=12))
    correct(w, 3, data={"reason": "illness"})
    with raises_code(refusals.CORRECTED_BEFORE, match="event 4"):
        correct(w, 3, withdraw=True)
    w.advance()


EMPLOYERS = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
"""


@pytest.mark.parametrize("intake", ["intake: {places: 3}\n", ""])
def test_an_employer_that_had_not_left_is_on_the_track_again(world: Callable[..., World], intake: str) -> None:
    steps = "steps: [{id: kurs, type: insats, name: Kurs}, {id: plats, type: praktik, length: 2 weeks}]\n"
    w, never = (world(f"{EMPLOYERS}{intake}{steps}").at("2026-09-01") for _ in range(2))
    for one in (w, never):
        one.enrol()
        if intake:
            one.say("accepted")
    w.at("2026-09-03").shared("employer_withdrew", employer="hus")
    for one in (w, never):
        one.at("2026-09-10").report("kurs")
    # With one employer left nobody need say where she is.
    assert (w.runs()[-1], never.todos()) == ("2026-09-10 plats started", ["placement plats"])
    with raises_code(refusals.SAID_OF_TRACK, match="number 2, of 2026-09-03"):
        w.at("2026-09-11").shared("employer_withdrew", employer="hus")
    w.put_right("employer_withdrew", withdraw=True)
    alike(w, never.at("2026-09-11"), "p/1", "track/t")
    assert (w.todos(), w.runs()) == (["placement plats"], never.runs())


def test_a_report_of_a_shared_step_that_was_wrong_lets_nobody_on(world: Callable[..., World]) -> None:
    text = f"""{EMPLOYERS}steps:
  - {{id: möte, type: insats, name: Möte, subject: employer, from: admission, length: 1 week}}
  - {{id: plats, type: praktik, length: 2 weeks, after: möte}}
"""
    w, never = (world(text).at("2026-09-01") for _ in range(2))
    for one in (w, never):
        one.enrol()
        one.say("placed", "plats", employer="bygg")
    w.at("2026-09-03").shared("employer_reported", "möte", employer="bygg", start="", result="done")
    assert w.runs() == ["2026-09-03 plats started"]
    w.at("2026-09-05").put_right("employer_reported", "möte", on=w.today)
    assert w.runs() == ["2026-09-05 plats started"]
    w.at("2026-09-10").put_right("employer_reported", "möte", withdraw=True)
    assert (w.runs(), [todo.kind for todo in w.book.track("t").todos]) == ([], ["subject_report:bygg:"])
    alike(w, never.at("2026-09-10"), "p/1")


def test_a_shared_step_that_began_for_those_who_never_came_in_has_not_begun(world: Callable[..., World]) -> None:
    text = """intake: {starts: [2026-09-21], places: 4, minimum: 3}
steps: [{id: a, type: insats, name: A}, {id: träff, type: insats, name: Träff, subject: start, from: admission, length: 1 week}]
"""
    w, never = (people(world(text), "p", "q") for _ in range(2))
    w.at("2026-09-10").shared("start_confirmed", start="2026-09-21")
    w.at("2026-09-30")
    assert w.log("subject_step_started", ref="track/t") == ["2026-09-21 subject_step_started träff"]
    w.put_right("start_confirmed", withdraw=True)
    alike(w, never.at("2026-09-30"), "p/1", "q/1", "track/t")


def test_who_came_from_another_track_goes_on_there_only_where_it_came_to_nothing_here(world: Callable[..., World]) -> None:
    other = "track: b\nintake: {starts: [2026-09-21], places: 3}" + STEP
    w, never = (world(other, "track: a\ntransfers: {över: {to: b}}" + STEP).at("2026-09-01") for _ in range(2))
    for one in (w, never):
        one.enrol(track="a")
        one.at("2026-09-03").move("över")
        one.say("accepted", ref="p/2")
        one.at("2026-09-22")
    assert (w.status("p/1"), w.status("p/2")) == ("transferred", "active")
    w.shared("start_cancelled", track="b", start="2026-09-21", reason="other", on="2026-09-20")
    assert (w.status("p/1"), w.status("p/2")) == ("active", "waiting")
    w.at("2026-09-24").put_right("start_cancelled", track="b", withdraw=True)
    alike(w, never.at("2026-09-24"), "p/1", "p/2", "track/b")
