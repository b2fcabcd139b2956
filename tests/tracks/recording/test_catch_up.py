"""What is written about a track, or put right, meets the day on which it is written: all that was due before has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.tracks.conftest import parsed
from tracks.events.event import Draft
from tracks.events.fold import standing
from tracks.recording import operations, track_facts

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def later(w: World, day: str) -> World:
    """The clock goes on, and nobody advances."""
    w.today = w.today.fromisoformat(day)
    return w


def test_what_is_said_of_an_employer_comes_after_what_began_there_before_it(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}]
steps:
  - {id: kurs, type: stöd, name: Kurs, length: 1 week}
  - {id: praktik, type: praktik, length: 4 weeks}
""")
    w.at("2026-09-01").enrol()
    w.say("placed", "praktik", employer="bygg")
    later(w, "2026-09-10")
    track_facts.record_track_fact(w.book, w.clock, "Ann", "t", Draft("employer_withdrew", w.today, "", 0, {"employer": "bygg"}))
    w.advance()
    assert w.runs(step="praktik") == ["2026-09-08 praktik started"]
    assert w.todos() == ["employer_left praktik"]


def test_what_is_put_right_of_one_comes_after_the_place_that_fell_to_her_before_it(world: Callable[..., World]) -> None:
    w = world("""
facts: {ok: yes/no}
target_group: {entry: [ok]}
intake: {places: 1, order: [referral]}
steps: [{id: kurs, type: stöd, name: Kurs, length: 1 week}]
""")
    w.at("2026-09-01").enrol(ok=True)
    w.say("accepted")
    w.enrol("q", ok=True)
    later(w, "2026-09-10")
    referred = w.book.log["q/1"][0]
    operations.correct(w.book, w.clock, "Ann", "q", referred.seq, reason="other", data={"facts": {"ok": False}})
    w.advance()
    assert w.log("step_completed", "completed")[-1] == "2026-09-08 completed"
    assert [e.effective.isoformat() for e in w.book.log["q/1"] if e.kind == "proposed"] == ["2026-09-08"]
    assert w.todos("q") == ["entry"]


def test_a_correction_says_in_the_log_why_it_was_made(world: Callable[..., World]) -> None:
    w = world("steps: [{id: kurs, type: insats, name: Kurs, length: 1 week}]")
    w.at("2026-09-01").enrol()
    w.report("kurs", "not_passed")
    w.correct("p", "reported", "kurs", data={"result": "done"}, reason="needs_other_support")
    (found,) = w.data("corrected", "kurs")
    assert found["reason"] == "needs_other_support"


def test_the_reason_of_a_transfer_is_put_right_while_what_it_opened_goes_on(world: Callable[..., World]) -> None:
    w = world(
        "track: två\nsteps: [{id: a, type: insats, name: A}]\nintake: {places: 1}",
        "track: ett\nsteps: [{id: a, type: insats, name: A}]\ntransfers: {vidare: {to: två}}",
    )
    w.at("2026-09-01").enrol(track="ett")
    w.move("vidare")
    stream = next(s for s, log in w.book.log.items() if any(e.kind == "transferred" for e in log))
    seq = next(e.seq for e in w.book.log[stream] if e.kind == "transferred")
    operations.correct(w.book, w.clock, "Ann", stream, seq, data={"reason": "own_wish"})
    w.advance()
    assert [e.data["reason"] for e in w.book.log[stream] if e.kind == "transferred"] == ["other"]
    assert [e.data["reason"] for e, _ in standing(w.book.log[stream]) if e.kind == "transferred"] == ["own_wish"]
    assert w.status("p/2") == "waiting"


def test_a_version_that_makes_two_tracks_one_unit_comes_after_what_was_due_on_the_other(world: Callable[..., World]) -> None:
    steps = "steps: [{id: k, type: kartläggning, length: 2 weeks}]\n"
    w = world(f"track: kö\nintake: {{places: 1, answer_within: 3 days, order: [referral]}}\n{steps}", first="2026-01-05")
    w.enrol("anna")
    w.enrol("bo")
    w.at("2026-01-06").say("offered", ref="anna")
    later(w, "2026-01-20")
    joining = parsed(f"track: över\ntransfers: {{vidare: {{to: kö}}}}\n{steps}", w.known)
    track_facts.put_in_force(w.book, w.clock, "Ann", joining, b"x" * 32, "")
    w.advance()
    assert w.log("offer_lapsed", ref="anna") == ["2026-01-10 offer_lapsed"]
    assert w.log("proposed", ref="bo") == ["2026-01-10 proposed"]
