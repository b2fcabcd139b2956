"""Rules 34 and 38 told: who stands where, every value compared, and what decides between neighbours."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import Refusal
from tracks.engine.context.input_builder import track_view
from tracks.queries.explain.queues import QueueLine, all_lines
from tracks.queries.explain.why import reasons

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
STEP = "\nsteps: [{id: a, type: insats, name: A, length: 1 week}]\n"
FACTS = "facts: {svenska: [A, B, C], inskriven: date}\n"


def lines(w: World) -> list[QueueLine]:
    row = w.book.rows[next(iter(w.known))]
    return list(all_lines(track_view(w.book, row, None), w.book.claims(row.id), w.today))


def told(w: World) -> list[str]:
    """A line for each place: `RESOURCE STATE NUMBER REF`, and what put it after the one before."""
    found = []
    for line in lines(w):
        for place in line.people:
            after = place.after
            why = f" after {after.stream[:-2]}: {after.mine.by} {after.mine.value} / {after.theirs.value}" if after else ""
            found.append(f"{line.resource} {line.state} {place.number} {place.stream[:-2]}{why}")
    return found


def test_the_first_value_that_differs_is_what_decides_and_the_number_where_none_does(world: Callable[..., World]) -> None:
    w = world(FACTS + "intake: {places: 1, order: [svenska highest first, days_since(inskriven) highest first]}" + STEP)
    w.at("2026-09-02").enrol("c", svenska="C")
    w.enrol("b2", svenska="B")
    w.enrol("b1", svenska="B")
    w.enrol("b3", svenska="B", on="2026-09-01")
    w.enrol("b4", svenska="B", inskriven="2026-08-03")
    w.enrol("a", inskriven="2020-01-01")
    assert told(w) == [
        "intake open 1 c",
        "intake open 2 b4 after c: fact B / C",
        "intake open 3 b3 after b4: fact None / 30",  # unknown comes last
        "intake open 4 b1 after b3: referral 2026-09-02 / 2026-09-01",  # named in no order, and still compared
        "intake open 5 b2 after b1: number b2/1 / b1/1",
        "intake open 6 a after b2: fact None / B",
    ]
    last = lines(w)[0].people[-1]
    assert [(one.by, one.fact, one.value) for one in last.compared] == [
        ("fact", "svenska", None),
        ("fact", "inskriven", 2436),
        ("referral", None, w.today),
    ]
    assert last.before is None


def test_what_puts_somebody_after_one_is_what_puts_that_one_before_her(world: Callable[..., World]) -> None:
    w = world(FACTS + "intake: {places: 1, order: [precedence, lottery]}" + STEP)
    for n in range(6):
        w.at("2026-09-01").enrol(f"p{n}")
    people = lines(w)[0].people
    assert len(people) == 6
    for first, second in pairwise(people):
        assert second.after is not None
        assert first.before is not None
        assert (second.after.mine, second.after.theirs) == (first.before.theirs, first.before.mine)
        assert (second.after.place, first.before.place) == (first.number, second.number)
        assert second.after.mine.by == "lottery"


TWO = "intake: {starts: [2026-09-21, 2026-11-02], places: 1, order: [referral]}" + STEP


def test_whom_an_open_start_has_room_for_stands_in_no_later_line(world: Callable[..., World]) -> None:
    w = world(TWO)
    for day, ref in ((1, "p"), (2, "q")):
        w.at(f"2026-08-0{day}").enrol(ref)
    assert told(w) == ["start:2026-09-21 later 1 p", "start:2026-09-21 later 2 q after p: referral 2026-08-02 / 2026-08-01"]
    assert lines(w)[0].opens is not None
    w.at("2026-08-24")
    assert told(w) == [
        "start:2026-09-21 open 1 p",
        "start:2026-09-21 open 2 q after p: referral 2026-08-02 / 2026-08-01",
        "start:2026-11-02 later 1 q",
    ]
    assert [line.opens and line.opens.isoformat() for line in lines(w)] == [None, "2026-10-05"]


def test_with_two_starts_open_each_is_for_those_whom_the_one_before_has_no_room_for(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-09-28], places: 1, order: [referral]}" + STEP)
    for day, ref in ((1, "p"), (2, "q"), (3, "r")):
        w.at(f"2026-09-0{day}").enrol(ref)
    assert [w.claims(ref) for ref in "pqr"] == [["start:2026-09-21 proposed"], ["start:2026-09-28 proposed"], ["intake waiting"]]
    assert [line for line in told(w) if "09-28" in line.split()[0]] == [
        "start:2026-09-28 open 1 q",
        "start:2026-09-28 open 2 r after q: referral 2026-09-03 / 2026-09-02",
    ]


def test_who_waits_for_a_later_start_alone_stands_only_in_its_line(world: Callable[..., World]) -> None:
    w = world(TWO)
    for day, ref in ((1, "p"), (2, "q")):
        w.at(f"2026-08-0{day}").enrol(ref)
    w.say("moved", ref="p", start="2026-11-02")
    assert told(w) == ["start:2026-09-21 later 1 q", "start:2026-11-02 later 1 p"]


def test_a_line_without_a_start_says_that_none_is_left(world: Callable[..., World]) -> None:
    w = world(TWO)
    w.at("2026-11-02").enrol()
    assert told(w) == ["intake none 1 p"]
    assert [one.code for one in why(w)] == ["no_start", "queue"]


def test_no_offer_before_an_agreement_and_the_line_says_so(world: Callable[..., World]) -> None:
    employers = "type: jobbspår\nemployers: [{id: ab, name: AB, agreement: {type: avsiktsförklaring, signed: 2026-09-14}}]\n"
    w = world(employers + TWO)
    w.at("2026-08-31").enrol()
    (line,) = lines(w)
    assert (line.state, str(line.opens)) == ("later", "2026-09-14")
    w.shared("employer_withdrew", employer="ab")
    assert [line.state for line in lines(w)] == ["unsigned"]
    assert [one.code for one in why(w)] == ["unsigned"]


def test_on_a_rolling_track_with_places_nobody_is_proposed_before_an_agreement(world: Callable[..., World]) -> None:
    employers = (
        "type: jobbspår\nemployers: [{id: ab, name: AB}, {id: cd, name: CD, agreement: {type: avsiktsförklaring, signed: 2026-09-14}}]\n"
    )
    w = world(employers + "intake: {starts: rolling, places: 2}" + STEP)
    w.at("2026-09-01").enrol()
    (line,) = lines(w)
    assert (line.resource, line.state, str(line.opens), line.free) == ("intake", "later", "2026-09-14", 2)
    with pytest.raises(Refusal, match="is not proposed"):
        w.say("accepted")
    w.at("2026-09-13")
    assert w.claims() == ["intake waiting"]
    w.at("2026-09-14")
    assert w.claims() == ["intake proposed"]


def test_a_rolling_track_whose_only_signed_employer_has_left_offers_nothing_more(world: Callable[..., World]) -> None:
    employers = (
        "type: jobbspår\nemployers: [{id: ab, name: AB, agreement: {type: avsiktsförklaring, signed: 2026-06-14}}, {id: cd, name: CD}]\n"
    )
    w = world(employers + "intake: {starts: rolling, places: 2}" + STEP)
    w.at("2026-09-01").enrol()
    assert w.claims() == ["intake proposed"]
    w.shared("employer_withdrew", employer="ab")
    assert w.claims() == ["intake waiting"]
    assert [line.state for line in lines(w)] == ["unsigned"]
    assert [one.code for one in why(w)] == ["unsigned"]
    assert [todo.kind for todo in w.book.rows[next(iter(w.known))].todos] == ["unsigned"]


def test_a_rolling_track_without_places_makes_no_offers_and_lets_people_in(world: Callable[..., World]) -> None:
    w = world("type: jobbspår\nemployers: [{id: ab, name: AB}]\nintake: {starts: rolling}" + STEP)
    w.at("2026-09-01").enrol()
    assert w.status() == "active"


def test_a_place_in_a_step_is_waited_for_from_the_day_of_being_ready(world: Callable[..., World]) -> None:
    w = world(FACTS + "steps: [{id: a, type: insats, name: A}, {id: verkstad, type: insats, name: Verkstad, places: 1}]")
    for ref in ("p", "q", "r"):
        w.enrol(ref)
    for day, ref in ((2, "q"), (3, "r"), (4, "p")):
        w.at(f"2026-06-0{day}").report("a", ref=ref)
    assert told(w) == ["step:verkstad open 1 r", "step:verkstad open 2 p after r: ready 2026-06-04 / 2026-06-03"]
    (place,) = why(w, "p")
    assert (place.code, place.values["place"], place.values["count"], place.values["after"]["stream"]) == ("place", 2, 2, "r/1")


def test_a_restricted_fact_of_another_is_hidden_also_in_ones_own_reasons(world: Callable[..., World]) -> None:
    w = world("facts: {dold: {type: number, access: restricted}}\nintake: {places: 1, order: [dold highest first]}" + STEP)
    w.at("2026-09-01").enrol("p", dold=5)
    w.enrol("q", dold=3)
    queued = why(w, "q")[-1].values
    assert queued["compared"][0]["value"] == 3
    assert (queued["after"]["mine"]["value"], queued["after"]["theirs"]["value"], queued["after"]["theirs"]["hidden"]) == (3, None, True)


def test_schooling_may_order_a_queue_lowest_first(world: Callable[..., World]) -> None:
    w = world("intake: {places: 1, order: [schooling lowest first]}" + STEP)
    w.at("2026-09-01").enrol("p", schooling="higher")
    w.enrol("q", schooling="no_upper_secondary")
    assert told(w) == ["intake open 1 q", "intake open 2 p after q: fact higher / no_upper_secondary"]


def why(w: World, ref: str = "p") -> Any:
    one = w.one(ref)
    row = w.book.rows[one.track]
    return reasons(track_view(w.book, row, one.version), one, w.book.claims(row.id), w.today)
