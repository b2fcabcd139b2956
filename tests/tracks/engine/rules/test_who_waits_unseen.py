"""Whoever waits for what only a person can change stands on somebody's list: an agreement, another employer, a fact of the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any


def of_the_track(w: World) -> list[str]:
    return [f"{todo.kind} {todo.step} {todo.since}".replace("  ", " ") for todo in w.book.rows["t"].todos]


UNSIGNED = """
type: jobbspår
employers: [{id: bygg, name: Bygg}]
intake: {starts: [2026-09-21, 2027-01-11], places: 4, offer_before_start: 3 weeks}
steps: [{id: kurs, type: insats, name: Kurs, length: 2 weeks}]
"""


def test_a_start_without_a_signed_agreement_stands_on_the_owners_list_while_its_offers_should_go_out(world: Callable[..., World]) -> None:
    w = world(UNSIGNED)
    w.at("2026-08-03").enrol()
    assert (of_the_track(w), w.at("2026-08-30").log("proposed")) == ([], [])
    w.at("2026-08-31")
    assert of_the_track(w) == ["unsigned:2026-09-21 2026-08-31"]
    w.apply(UNSIGNED.replace("name: Bygg", "name: Bygg, agreement: {signed: 2026-09-02}"))
    assert of_the_track(w) == ["unsigned:2026-09-21 2026-08-31"]
    w.at("2026-09-02")
    assert (of_the_track(w), w.log("proposed")) == ([], ["2026-09-02 proposed"])


def test_a_start_without_an_agreement_that_nobody_waits_for_asks_nobody(world: Callable[..., World]) -> None:
    w = world(UNSIGNED)
    w.at("2026-08-03").enrol()
    w.say("declined", reason="own_wish")
    w.at("2026-09-07")
    assert of_the_track(w) == []


FULL = """
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}]
steps: [{id: praktik, type: praktik, length: 6 months, places: {bygg: 1, hus: 1}}]
"""


def test_waiting_for_a_full_employer_while_another_has_room_stands_on_the_owners_list(world: Callable[..., World]) -> None:
    w = world(FULL)
    for ref in ("p", "q", "r"):
        w.at("2026-09-01").enrol(ref)
        w.say("placed", "praktik", ref=ref, employer="bygg")
    w.at("2026-09-02")
    assert of_the_track(w) == ["elsewhere praktik 2026-09-01"]
    w.say("placed", "praktik", ref="q", employer="hus")
    assert (w.runs("q"), of_the_track(w)) == (["2026-09-02 praktik started"], [])


def test_what_the_order_compares_and_nobody_has_said_is_asked_of_those_who_wait_for_few_places(world: Callable[..., World]) -> None:
    text = """
facts: {borta: date, körkort: yes/no}
intake: {PLACES, order: [borta lowest first, referral]}
steps: [{id: kurs, type: insats, name: Kurs}]
"""
    w = world(text.replace("PLACES", "places: 1"))
    w.at("2026-09-01").enrol("p", borta="2020-01-01")
    w.enrol("q")
    assert (w.todos("p"), w.todos("q")) == (["offer"], ["fact:borta"])
    w.state("q", borta="2019-01-01")
    assert w.todos("q") == ["offer"]


def test_a_refusal_names_the_enrolment_that_the_command_it_proposes_is_about(world: Callable[..., World]) -> None:
    w = world(
        "track: ett\nsteps: [{id: a, type: insats, name: A}]",
        "track: två\nintake: {places: 1}\nsteps: [{id: a, type: insats, name: A}]",
    )
    w.at("2026-09-01").enrol("a", track="två")
    w.enrol(track="ett")
    w.enrol(track="två")
    assert [w.todos(ref) for ref in ("a", "p/2")] == [["offer"], []]
    with raises_code(refusals.NOT_PROPOSED, match="why p/2"):
        w.say("offered", ref="p/2")
