"""The door of facts: nothing reaches the log that was not held against all that its kind asks."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.events.event import Draft
from tracks.recording import refusals
from tracks.recording.drafts import CheckedFact, checked
from tracks.recording.operations import correct, record_fact
from tracks.recording.reported_fact import ReportedFact

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
ROOM = Path(__file__).parents[3] / "tracks"
DRAFT = Draft("began", date(2026, 9, 1), "a", 1, {})


def test_a_fact_that_was_not_checked_is_none() -> None:
    for door in ((), (None,), (object(),)):
        with pytest.raises(TypeError):
            CheckedFact(DRAFT, None, *door)
    assert checked(DRAFT, "k").draft is DRAFT


def test_only_the_function_of_a_kind_lets_its_facts_through() -> None:
    """A reported fact, a correction and a referral have a function each; a fact of a track is checked where it is appended."""
    callers = {
        path.name
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "checked"
    }
    assert callers == {"drafts.py", "operations.py", "enrolment.py"}


TWO = ("steps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B}]", "track: u\nsteps: [{id: a, type: insats, name: A}]")


def test_what_has_been_said_of_one_enrolment_is_answered_of_that_one_though_another_is_open(world: Callable[..., World]) -> None:
    w = world(*TWO)
    w.enrol()
    w.say("paused", reason="illness")
    w.enrol(track="u")
    said = record_fact(w.book, w.clock, "Ann", "p", ReportedFact("paused", w.today, data={"reason": "illness"}))
    assert (said.stream, said.repeated, said.others) == ("p/1", True, ("p/2",))
    with raises_code(refusals.SEVERAL_ENROLMENTS):
        w.say("paused", reason="other")


def test_what_was_said_of_an_enrolment_that_should_not_have_been_is_said_anew_of_the_right_one(world: Callable[..., World]) -> None:
    w = world(*TWO)
    w.enrol()
    w.say("paused", reason="illness")
    w.say("misregistered", reason="other")
    w.enrol(track="u")
    assert w.say("misregistered", reason="other").repeated
    assert [event.stream for event in w.say("paused", reason="illness").events] == ["p/2"]


def test_a_correction_of_another_day_may_be_of_the_same_number_of_another_enrolment(world: Callable[..., World]) -> None:
    w = world(*TWO)
    w.at("2026-09-01").enrol()
    w.say("stated", facts={"schooling": "upper_secondary"})
    seq = w.stream("p")[-1].seq
    how: dict[str, Any] = {"data": {"facts": {"schooling": "higher"}}}
    correct(w.book, w.clock, "Ann", "p", seq, **how)
    w.say("interrupted", reason="other")
    w.enrol(track="u")
    while w.say("stated", facts={"schooling": "upper_secondary"}).events[0].seq < seq:
        w.at(w.today.fromordinal(w.today.toordinal() + 1).isoformat())
    assert correct(w.book, w.clock, "Ann", "p/1", seq, **how).repeated
    w.at("2026-09-20")
    assert correct(w.book, w.clock, "Ann", "p", seq, **how).stream == "p/2"


def test_a_key_of_another_fact_is_refused_whatever_is_said_with_it(world: Callable[..., World]) -> None:
    w = world(TWO[0])
    w.enrol()
    record_fact(w.book, w.clock, "Ann", "p", ReportedFact("reported", w.today, "a", data={"result": "done"}, key="k"))
    for fact in (ReportedFact("paused", w.today, data={"reason": "illness"}, key="k"), ReportedFact("reported", w.today, "b", key="k")):
        with raises_code(refusals.DIFFERENT_KEY):
            record_fact(w.book, w.clock, "Ann", "p", fact)
    with raises_code(refusals.DIFFERENT_KEY):
        correct(w.book, w.clock, "Ann", "p", 1, data={"channel": "self"}, key="k")
    w.advance()


def test_a_correction_that_was_put_right_since_is_no_longer_the_same(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").say("paused", reason="illness")
    seq = w.stream("p")[-1].seq

    def put(of: int, reason: str) -> Any:
        return correct(w.book, w.clock, "Ann", "p", of, data={"reason": reason})

    first = put(seq, "moved")
    assert put(seq, "moved").repeated
    with raises_code(refusals.CORRECTED_BEFORE):
        put(seq, "other")
    put(first.events[0].seq, "other")
    with raises_code(refusals.CORRECTED_BEFORE):
        put(seq, "moved")


def test_who_came_in_and_was_through_the_same_day_is_not_referred_once_more(world: Callable[..., World]) -> None:
    w = world("facts: {kan: yes/no}\nsteps: [{id: a, type: insats, name: A, when: not kan}]")
    w.enrol(kan=True)
    assert w.status() == "completed"
    before = len(w.book.enrolments)
    w.enrol(kan=True)
    assert len(w.book.enrolments) == before


def test_a_referral_of_the_same_day_with_another_value_is_no_repetition(world: Callable[..., World]) -> None:
    w = world("facts: {kan: yes/no}\nsteps: [{id: a, type: insats, name: A}]")
    w.enrol(kan=True)
    w.enrol(kan=True)
    with raises_code(refusals.ALREADY_ENROLLED):
        w.enrol(kan=False)
