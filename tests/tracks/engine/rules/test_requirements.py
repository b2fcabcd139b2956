"""Rule 10: what a step requires holds for every command that could start it, unless a named person made an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

ASKING = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}, requires: [körkort]}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
facts: {utdrag: yes/no, vill: yes/no, körkort: yes/no}
steps:
  - {id: kurs, type: insats, name: Kurs, length: 20 weeks}
  - {id: bredvid, type: insats, name: Bredvid, from: admission, when: vill, requires: utdrag}
  - {id: prov, type: insats, name: Prov, requires: utdrag, start_within: 2 weeks}
  - {id: praktik, type: praktik, employer: bygg, length: 4 weeks}
"""


def asked(world: Callable[..., World], **facts: Any) -> World:
    w = world(ASKING)
    w.enrol(**facts)
    return w


@pytest.mark.parametrize("facts", [{}, {"utdrag": True}, {"vill": True}, {"vill": True, "utdrag": False}])
def test_no_command_begins_a_step_whose_condition_or_requirement_is_not_true(world: Callable[..., World], facts: dict[str, bool]) -> None:
    w = asked(world, **facts)
    with raises_code(refusals.STEP_NOT_FOR_HER):
        w.say("began", "bredvid")


def test_an_exception_with_its_reason_lets_the_step_start_and_no_other(world: Callable[..., World]) -> None:
    w = asked(world, vill=True)
    w.say("exception", rule="bredvid", reason="other")
    assert w.runs(step="bredvid") == ["2026-06-01 bredvid started"]
    assert w.data("exception") == [{"rule": "requires:bredvid", "reason": "other"}]
    w.report("kurs")
    with raises_code(refusals.STEP_NOT_FOR_HER):
        w.say("began", "prov")


def test_an_exception_from_a_requirement_that_is_met_is_refused(world: Callable[..., World]) -> None:
    with raises_code(refusals.REQUIREMENT_MET):
        asked(world, vill=True, utdrag=True).say("exception", rule="bredvid", reason="other")


def test_a_step_that_requires_nothing_needs_no_exception(world: Callable[..., World]) -> None:
    with raises_code(refusals.UNKNOWN_RULE):
        asked(world).say("exception", rule="kurs", reason="other")


def test_what_the_employer_requires_holds_at_begin_too(world: Callable[..., World]) -> None:
    w = asked(world, utdrag=True)
    w.report("kurs")
    w.say("began", "prov")
    w.report("prov")
    assert w.todos() == ["fact:körkort", "fact:vill", "placement praktik"]
    with raises_code(refusals.EMPLOYER_REQUIRES):
        w.say("began", "praktik")


CHOSEN = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
steps: [{id: praktik, type: praktik, length: 4 weeks, requires: selected}]
"""


def test_who_is_chosen_by_one_employer_is_placed_with_another_only_with_a_reason(world: Callable[..., World]) -> None:
    w = world(CHOSEN)
    w.enrol()
    assert w.todos() == ["fact:selected", "requirement praktik"]
    w.say("selected", employer="bygg")
    with raises_code(refusals.CHOSEN_BY_ANOTHER):
        w.say("placed", "praktik", employer="hus")
    w.say("placed", "praktik", employer="hus", reason="no_place")
    assert w.runs() == ["2026-06-01 praktik started"]


def test_the_choice_of_an_employer_that_has_left_binds_nobody(world: Callable[..., World]) -> None:
    w = world(CHOSEN)
    w.enrol()
    w.say("selected", employer="bygg")
    w.shared("employer_withdrew", employer="bygg")
    with raises_code(refusals.NOT_CHOSEN):
        w.say("placed", "praktik", employer="hus")
    w.say("selected", employer="hus")
    w.say("placed", "praktik", employer="hus")
    assert w.runs() == ["2026-06-01 praktik started"]
    w = world(CHOSEN.replace(", requires: selected", ""))
    w.enrol()
    w.say("selected", employer="bygg")
    w.shared("employer_withdrew", employer="bygg")
    w.say("placed", "praktik", employer="hus")
    assert w.runs() == ["2026-06-01 praktik started"]


def test_a_step_that_requires_a_choice_asks_for_it_at_each_placement_also_in_the_middle(world: Callable[..., World]) -> None:
    w = world(CHOSEN.replace("requires: selected", "requires: selected, on_result: {interrupted: {retry: 1}}"))
    w.enrol()
    with raises_code(refusals.NOT_CHOSEN):
        w.say("placed", "praktik", employer="hus")
    w.say("selected", employer="bygg")
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-06-02")
    with raises_code(refusals.CHOSEN_BY_ANOTHER):
        w.say("placed", "praktik", employer="hus")
    w.say("selected", employer="hus")
    w.say("placed", "praktik", employer="hus")
    w.at("2026-06-03").report("praktik", "interrupted")  # bygg's own choice still stands, that of hus does not
    with raises_code(refusals.CHOSEN_BY_ANOTHER):
        w.say("placed", "praktik", employer="hus")
    w.say("placed", "praktik", employer="bygg")
    assert w.runs()[-1] == "2026-06-03 praktik/2 started"


def test_where_no_step_requires_it_a_choice_binds_the_first_placement_only(world: Callable[..., World]) -> None:
    w = world(CHOSEN.replace(", requires: selected", ""))
    w.enrol()
    w.say("selected", employer="bygg")
    with raises_code(refusals.CHOSEN_BY_ANOTHER):
        w.say("placed", "praktik", employer="hus")
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-06-02").say("placed", "praktik", employer="hus")


def test_choices_of_several_employers_hold_beside_each_other(world: Callable[..., World]) -> None:
    for at in ("bygg", "hus"):
        w = world(CHOSEN)
        w.enrol()
        w.say("selected", employer="bygg")
        w.say("selected", employer="hus")
        w.say("placed", "praktik", employer=at)
        assert w.runs() == ["2026-06-01 praktik started"]


def test_a_requirement_that_holds_without_a_choice_asks_for_none(world: Callable[..., World]) -> None:
    w = world(CHOSEN.replace("steps:", "facts: {körkort: yes/no}\nsteps:").replace("requires: selected", "requires: selected or körkort"))
    w.enrol(körkort=True)
    w.say("placed", "praktik", employer="hus")
    assert w.runs() == ["2026-06-01 praktik started"]
