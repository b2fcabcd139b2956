"""What a person answers, and what is said of one who has come in, is never of a day before what it follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import RefusalCode
from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
STEP = "\nsteps: [{id: a, type: insats, name: A, length: 2 weeks, phases: [ett, två]}]\n"
ROLLING = "intake: {places: 1, answer_within: 10 days}" + STEP
DATED = "intake: {starts: [2026-09-21, 2026-11-02], places: 1}" + STEP


def refused(w: World, why: RefusalCode, kind: str, step: str = "", /, **said: Any) -> Exception:
    """That it is refused, and that nothing was written."""
    before = len(w.book.events("p/1"))
    with raises_code(why) as found:
        w.say(kind, step, **said)
    assert len(w.book.events("p/1")) == before
    return found.value


@pytest.mark.parametrize("kind", ["accepted", "offered"])
@pytest.mark.parametrize("track", [ROLLING, DATED])
def test_nothing_is_offered_or_answered_before_the_day_of_the_proposal(world: Callable[..., World], kind: str, track: str) -> None:
    w = world(track)
    w.at("2026-09-05").enrol(on="2026-09-01")
    fault = refused(w, refusals.BEFORE_OFFER, kind, on="2026-09-04", reason="other")
    assert str(fault) == (
        f"“{kind}” cannot be of 2026-09-04: p is proposed only from 2026-09-05. Give that day or a later one with --on, "
        "or first put right what came before it with `jobbspar correct`."
    )
    w.at("2026-09-08").say(kind, on="2026-09-05", reason="other")
    assert w.log(kind) == [f"2026-09-05 {kind}"]


@pytest.mark.parametrize("track", [ROLLING, DATED])
def test_a_no_is_her_own_before_any_offer_and_of_the_day_she_said_it(world: Callable[..., World], track: str) -> None:
    w = world("facts: {vill: yes/no}\ntarget_group: {entry: [vill]}\n" + track)
    w.at("2026-09-05").enrol(on="2026-09-01")
    w.say("declined", on="2026-09-02", reason="own_wish")
    w.enrol("q", on="2026-09-01", vill=True)  # proposed from today
    w.at("2026-09-08").say("declined", ref="q", on="2026-09-04", reason="own_wish")
    assert [(w.status(ref), w.claims(ref), w.todos(ref)) for ref in ("p", "q")] == [("declined", [], [])] * 2
    assert w.log("proposed", ref="q") == []


@pytest.mark.parametrize("kind", ["accepted", "declined"])
def test_an_offer_is_not_answered_before_it_was_made(world: Callable[..., World], kind: str) -> None:
    w = world(DATED)
    w.at("2026-09-01").enrol()
    w.at("2026-09-05").say("offered")
    refused(w, refusals.BEFORE_OFFER, kind, on="2026-09-04", reason="other")
    w.at("2026-09-07").say(kind, on="2026-09-05", reason="other")
    assert w.status() == kind


def test_who_has_accepted_does_not_take_it_back_before_she_said_it(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-09-01").enrol()
    w.at("2026-09-07").say("accepted")
    refused(w, refusals.BEFORE_OFFER, "declined", on="2026-09-06", reason="other")
    w.say("declined", reason="other")
    assert w.status() == "declined"


def on_the_way(w: World) -> World:
    w.at("2026-09-01").enrol()
    w.at("2026-09-07").say("accepted")
    return w.at("2026-09-20")


@pytest.mark.parametrize(
    ("kind", "step", "said"),
    [("paused", "", {"reason": "illness"}), ("interrupted", "", {"reason": "other"}), ("closed", "", {"reason": "got_a_job"}),
     ("began", "a", {}), ("phase", "a", {"name": "ett"}), ("reported", "a", {"result": "done"})],
)  # fmt: skip
def test_what_is_said_of_one_on_the_way_is_not_of_a_day_before_she_came_in(
    world: Callable[..., World], kind: str, step: str, said: dict[str, Any]
) -> None:
    w = on_the_way(world(ROLLING))
    refused(w, refusals.BEFORE_ADMISSION, kind, step, on="2026-09-06", **said)
    assert w.say(kind, step, on="2026-09-07", **said).events


def test_a_phase_is_not_reached_before_its_step_has_begun(world: Callable[..., World]) -> None:
    w = on_the_way(world(ROLLING))
    w.say("began", "a", on="2026-09-10")
    refused(w, refusals.BEFORE_START, "phase", "a", on="2026-09-09", name="ett")


@pytest.mark.parametrize(("kind", "step"), [("began", "a"), ("closed", "")])
def test_nothing_begins_and_nobody_completes_on_a_day_that_she_was_away(world: Callable[..., World], kind: str, step: str) -> None:
    w = on_the_way(world(ROLLING))
    w.say("paused", reason="illness", on="2026-09-10")
    w.say("resumed", on="2026-09-14")
    for day in ("2026-09-10", "2026-09-13"):
        refused(w, refusals.PAUSED_THEN, kind, step, on=day, reason="got_a_job")
    assert w.say(kind, step, on="2026-09-14", reason="got_a_job").events


def test_who_has_accepted_keeps_her_place_whatever_days_the_offer_and_the_answer_prove_to_be_of(world: Callable[..., World]) -> None:
    for kind, day in (("accepted", "2026-09-03"), ("offered", "2026-09-09")):
        w = world(DATED)
        w.at("2026-09-01").enrol()
        w.at("2026-09-05").say("offered")
        w.at("2026-09-08").say("accepted")
        w.at("2026-09-10").correct("p", kind, on=date.fromisoformat(day))
        assert (w.status(), w.claims(), w.todos()) == ("accepted", ["start:2026-09-21 holding"], ["stranded:offered"])
        assert w.at("2026-09-21").status() == "active"
        assert w.log("offer_lapsed") == []


@pytest.mark.parametrize("kind", ["accepted", "offered"])
def test_an_offer_or_an_answer_is_not_put_before_the_day_of_the_proposal_by_correcting_it(world: Callable[..., World], kind: str) -> None:
    w = world(DATED)
    w.at("2026-09-03").enrol(on="2026-09-01")
    w.at("2026-09-08").say(kind)
    before = len(w.book.events("p/1"))
    with raises_code(refusals.BEFORE_OFFER):
        w.at("2026-09-10").correct("p", kind, on=date(2026, 9, 2))
    assert len(w.book.events("p/1")) == before
    w.correct("p", kind, on=date(2026, 9, 3))
    assert (w.status(), w.one().progress.on("intake")) == (kind, date(2026, 9, 3))


def test_an_answer_is_not_put_after_the_last_day_of_the_offer_by_correcting_it_unless_that_is_put_right_first(
    world: Callable[..., World],
) -> None:
    w = world(DATED)
    w.at("2026-08-25").enrol()
    w.say("offered")
    w.at("2026-09-02").say("accepted")
    with raises_code(refusals.OFFER_LAPSED_THEN):
        w.at("2026-09-20").correct("p", "accepted", on=date(2026, 9, 15))
    w.correct("p", "offered", data={"until": "2026-09-15"})
    w.correct("p", "accepted", on=date(2026, 9, 15))
    assert (w.status(), w.todos()) == ("accepted", [])


def test_an_answer_to_an_offer_that_proves_to_have_lapsed_before_it_holds_but_is_stranded(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-08-25").enrol()
    w.say("offered")
    w.at("2026-09-02").say("accepted")
    w.at("2026-09-10").correct("p", "offered", data={"until": "2026-08-31"})
    assert (w.status(), w.log("offer_lapsed"), w.todos()) == ("accepted", ["2026-09-01 offer_lapsed"], ["stranded:accepted"])
    w.correct("p", "corrected", data={"until": "2026-09-02"})
    assert (w.status(), w.log("offer_lapsed"), w.todos()) == ("accepted", [], [])


def test_an_answer_that_stands_again_when_the_entry_conditions_are_put_back_is_not_stranded(world: Callable[..., World]) -> None:
    w = world("facts: {vill: yes/no}\ntarget_group: {entry: [vill]}\n" + DATED)
    w.at("2026-09-01").enrol(vill=True)
    w.at("2026-09-03").say("accepted")
    w.at("2026-09-05").correct("p", "referred", data={"facts": {"vill": False}})
    assert (w.status(), w.todos()) == ("accepted", ["stranded:accepted"])
    w.correct("p", "corrected", data={"facts": {"vill": True}})
    assert (w.status(), w.todos()) == ("accepted", [])


def test_a_refusal_stands_though_the_answer_that_it_takes_back_proves_to_be_later(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").say("accepted")
    w.at("2026-09-05").say("declined", reason="other")
    w.at("2026-09-08").correct("p", "accepted", on=date(2026, 9, 7))
    assert w.status() == "declined"


@pytest.mark.parametrize("kind", ["interrupted", "closed"])
def test_an_end_of_one_who_proves_to_have_come_in_later_ends_nothing_and_is_stranded(world: Callable[..., World], kind: str) -> None:
    w = world(ROLLING)
    w.at("2026-09-01").enrol()
    w.at("2026-09-05").say("accepted")
    w.at("2026-09-06").say(kind, reason="got_a_job")
    w.at("2026-09-10").correct("p", "accepted", on=date(2026, 9, 8))
    assert (w.status(), w.log("admitted", "follow_up_due"), w.claims()) == ("active", ["2026-09-08 admitted"], ["intake holding"])
    assert w.todos() == [f"stranded:{kind}"]
    w.correct("p", kind, on=date(2026, 9, 9))
    assert w.todos() == ["follow_up:exit 2026-09-09"]


def test_a_start_of_a_step_that_proves_to_be_in_a_pause_or_before_she_came_in_is_stranded(world: Callable[..., World]) -> None:
    w = on_the_way(world(ROLLING))
    w.say("paused", reason="illness", on="2026-09-10")
    w.say("resumed", on="2026-09-14")
    w.say("began", "a", on="2026-09-15")
    for day in ("2026-09-12", "2026-09-06"):
        w.correct("p", "corrected" if w.log("corrected") else "began", "a", on=date.fromisoformat(day))
        assert [todo for todo in w.todos() if todo.startswith("stranded")] == ["stranded:began a"]


def test_a_step_that_begins_on_the_day_that_a_pause_begins_has_begun(world: Callable[..., World]) -> None:
    w = on_the_way(world("intake: {places: 1}\nsteps: [{id: a, type: insats, name: A, start_within: 4 weeks, length: 1 week}]"))
    w.say("began", "a")
    w.say("paused", reason="illness")
    assert (w.runs(), w.todos()) == (["2026-09-20 a started"], ["return"])


def test_nobody_pauses_before_she_has_come_in_so_that_an_offer_runs_its_time(world: Callable[..., World]) -> None:
    w = world(DATED)
    w.at("2026-09-01").enrol()
    refused(w, refusals.NOT_NOW, "paused", reason="illness")
    w.say("offered")
    refused(w, refusals.NOT_NOW, "paused", reason="illness")
    w.say("accepted")
    refused(w, refusals.NOT_NOW, "paused", reason="illness")


@pytest.mark.parametrize("track", [ROLLING, DATED])
def test_an_answer_in_time_that_is_told_late_counts_from_its_day_while_a_place_is_free(world: Callable[..., World], track: str) -> None:
    w = world(track)
    w.at("2026-08-25").enrol()
    w.enrol("q")
    w.say("offered")
    last = w.one().progress.value("offer")["until"]
    w.at("2026-09-10")
    assert (w.status(), w.log("proposed", ref="q")) == ("waiting", [f"{w.log('offer_lapsed')[0][:10]} proposed"])
    w.at("2026-09-11").say("accepted", on=last)
    w.at("2026-09-22")
    assert (w.status(), w.log("offer_lapsed"), w.claims("q")) == (
        "active",
        [],
        ["intake waiting"],
    )
    assert w.log("admitted") == [f"{last if track == ROLLING else '2026-09-21'} admitted"]


@pytest.mark.parametrize("kind", ["offered", "accepted"])
def test_a_place_given_since_is_not_taken_back_by_an_answer_told_late_and_who_has_it_is_told(
    world: Callable[..., World], kind: str
) -> None:
    w = world(ROLLING)
    w.at("2026-08-25").enrol()
    w.enrol("q")
    w.say("offered")
    w.at("2026-09-10").say(kind, ref="q")
    fault = refused(w, refusals.PLACE_GIVEN, "accepted", on="2026-09-04")
    assert "went to q," in str(fault)
    assert "`jobbspar interest p`" in str(fault)
    assert "until 2026-09-04" in str(refused(w, refusals.OFFER_LAPSED, "accepted", on="2026-09-05"))
    w.say("declined", on="2026-09-03", reason="own_wish")  # a no takes nothing from anybody
    assert (w.status(), w.log("offer_lapsed")) == ("declined", [])
