"""Steps about an employer or a start, where a day falls and whom they meet: what no other test asks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from definitions.reference.explain import explain
from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

EMPLOYERS = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
"""
MEETING = "id: möte, type: insats, name: Möte, subject: employer"


def shared(w: World, kind: str) -> list[str]:
    return [f"{e.effective} {e.data['employer']}".strip() for e in w.stream("track/t") if e.kind == f"subject_step_{kind}"]


@pytest.mark.parametrize(
    ("begins", "length", "due"),
    [
        ("2026-09-05", "1 week", "2026-09-14"),  # a Saturday a week on is due on Monday
        ("2026-09-03", "2 days", "2026-09-07"),  # two days from Thursday end on a Saturday: Monday
        ("2026-09-03", "1 day", "2026-09-04"),
    ],
)
def test_the_report_of_a_step_about_an_employer_is_due_on_a_working_day(
    world: Callable[..., World], begins: str, length: str, due: str
) -> None:
    w = world(f"{EMPLOYERS}steps:\n  - {{id: kurs, type: insats, name: Kurs}}\n  - {{{MEETING}, from: admission, length: {length}}}\n")
    w.at(begins).enrol()
    w.at("2026-09-30")
    assert shared(w, "due")[:1] == [f"{due} bygg"]


def test_what_several_employers_are_due_on_one_day_comes_in_the_order_of_their_ids(world: Callable[..., World]) -> None:
    w = world(f"{EMPLOYERS}steps:\n  - {{id: kurs, type: insats, name: Kurs}}\n  - {{{MEETING}, from: admission, length: 1 week}}\n")
    w.at("2026-09-01").enrol()
    w.at("2026-09-30")
    assert shared(w, "started") == ["2026-09-01 bygg", "2026-09-01 hus"]
    assert shared(w, "due") == ["2026-09-08 bygg", "2026-09-08 hus"]


def test_a_step_about_an_employer_without_a_point_begins_at_admission_where_no_step_places_anybody(world: Callable[..., World]) -> None:
    w = world(f"{EMPLOYERS}steps:\n  - {{id: kurs, type: insats, name: Kurs}}\n  - {{{MEETING}}}\n")
    w.at("2026-09-01").enrol()
    w.at("2026-09-04")
    assert shared(w, "started") == ["2026-09-01 bygg", "2026-09-01 hus"]


def test_two_employers_without_an_occupation_are_not_of_the_same_occupation(world: Callable[..., World]) -> None:
    queue = "intake: {places: 2, order: [precedence, referral]}\nsteps: [{id: a, type: insats, name: A}]\n"
    needs = EMPLOYERS.replace("name: Hus", "name: Hus, need: {positions: 2}")
    w = world(f"track: ett\n{needs}{queue}", f"track: två\n{needs}{queue}")
    w.at("2026-09-01").enrol(track="ett")
    w.say("accepted")
    w.report("a")
    assert w.status() == "completed"
    w.say("outcome", what="other")
    w.enrol(track="två")
    assert w.data("referred")[0].get("precedence") is None


def test_the_same_occupation_with_different_employers_is_the_same(world: Callable[..., World]) -> None:
    queue = "intake: {places: 2, order: [precedence, referral]}\nsteps: [{id: a, type: insats, name: A}]\n"
    needs = EMPLOYERS.replace("name: Hus", "name: Hus, need: {occupation: 7111, positions: 2}")
    w = world(f"track: ett\n{needs}{queue}", f"track: två\n{needs.replace('id: hus', 'id: villa')}{queue}")
    w.at("2026-09-01").enrol(track="ett")
    w.say("accepted")
    w.report("a")
    w.say("outcome", what="other")
    w.enrol(track="två")
    assert w.data("referred")[0].get("precedence") == "p/1"


def test_a_shared_step_that_ended_unreported_is_not_reported_afterwards(world: Callable[..., World]) -> None:
    w = world(f"{EMPLOYERS}steps:\n  - {{id: kurs, type: insats, name: Kurs}}\n  - {{{MEETING}, alongside: kurs}}\n")
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").report("kurs")
    assert shared(w, "ended") == ["2026-09-03 bygg", "2026-09-03 hus"]
    with raises_code(refusals.SHARED_STEP_ENDED):
        w.shared("employer_reported", "möte", employer="bygg", start="", result="done")


def test_a_shared_step_whose_first_point_is_reported_late_starts_on_the_day_of_writing_as_the_reference_says(
    world: Callable[..., World],
) -> None:
    w = world(f"{EMPLOYERS}steps:\n  - {{id: kurs, type: insats, name: Kurs}}\n  - {{{MEETING}, from: end of kurs, length: 1 week}}\n")
    w.at("2026-09-01").enrol()
    w.at("2026-09-14").report("kurs", on="2026-09-04")
    assert shared(w, "started") == ["2026-09-14 bygg", "2026-09-14 hus"]
    assert "Told late, either starts when written." in (explain("R32", "en") or "")
