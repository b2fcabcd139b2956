"""What a step asks for when somebody says that it begins, and what the engine takes for hers and for what is shared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
NEEDED = """
facts: {kan: yes/no, vill: yes/no}
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: b, type: insats, name: B, from: when needed, when: kan, requires: vill, length: 1 week}
"""
BESIDE = """
steps:
  - {id: a, type: insats, name: A, length: 1 week}
  - {id: x, type: insats, name: X, length: 1 week}
  - {id: e, type: insats, name: E, from: start of x, length: 1 week}
"""


@pytest.mark.parametrize(("said", "lacks"), [({}, "kan; vill"), ({"kan": True}, "vill"), ({"kan": False, "vill": True}, "kan")])
def test_a_step_when_needed_begins_only_for_whom_it_is(world: Callable[..., World], said: dict[str, bool], lacks: str) -> None:
    w = world(NEEDED)
    w.at("2026-09-01").enrol(**said)
    with raises_code(refusals.STEP_NOT_FOR_HER, match=f"those who meet {lacks}, and"):
        w.say("began", "b")
    w.state(kan=True, vill=True)
    w.say("began", "b")
    assert w.runs(step="b") == ["2026-09-01 b started"]


def test_a_parallel_step_does_not_begin_before_its_point(world: Callable[..., World]) -> None:
    w = world(BESIDE)
    w.at("2026-09-01").enrol()
    with raises_code(refusals.STEP_NOT_READY):
        w.at("2026-09-05").say("began", "e")
    w.at("2026-09-10").report("a")
    with raises_code(refusals.BEFORE_ITS_TIME) as found:
        w.at("2026-09-12").say("began", "e", on="2026-09-09")
    assert str(found.value) == (
        "The step e cannot have begun on 2026-09-09: it follows what came only on 2026-09-10. Give that day or a later one "
        "with --on, or first put right what came before it with `jobbspar correct`."
    )
    w.say("began", "e", on="2026-09-11")
    assert w.at("2026-09-18").runs(step="e") == ["2026-09-10 e started", "2026-09-18 e ended done"]


def test_a_step_in_the_chain_that_goes_on_is_not_moved_before_those_it_follows(world: Callable[..., World]) -> None:
    w = world(BESIDE)
    w.at("2026-09-01").enrol()
    w.at("2026-09-10").report("a")
    with raises_code(refusals.BEFORE_ITS_TIME):
        w.at("2026-09-12").say("began", "x", on="2026-09-09")
    assert w.say("began", "x", on="2026-09-10").events


OWN = {"id": "x", "type": "insats", "name": "X", "after": ["a"], "length": {"count": 1, "unit": "weeks"}}
ONE = "steps: [{id: a, type: insats, name: A, length: 1 week}]"
TWO = "steps: [{id: a, type: insats, name: A, length: 1 week}, {id: x, type: insats, name: X, places: 1, length: 3 days}]"


def test_a_step_of_her_own_takes_no_place_of_one_that_the_track_has_by_that_name(world: Callable[..., World]) -> None:
    w = world(ONE)
    w.at("2026-09-01").enrol()
    w.say("added", step=OWN, reason="other")
    w.apply(TWO)
    w.enrol("q")
    for ref in ("p", "q"):
        w.report("a", ref=ref)
    assert (w.claims(), w.claims("q")) == ([], ["step:x holding"])
    assert w.at("2026-09-08").log("report_due", ref="p") == ["2026-09-08 report_due x"]


def test_a_step_of_her_own_gives_way_to_one_that_her_version_has_by_that_name(world: Callable[..., World]) -> None:
    w = world(ONE)
    w.at("2026-09-01").enrol()
    w.say("added", step=OWN, reason="other")
    w.apply(TWO)
    w.say("migrated", to=2)
    w.report("a")
    assert (w.claims(), w.at("2026-09-04").log("report_due")) == (["step:x holding"], ["2026-09-04 report_due x"])


def test_who_was_admitted_at_the_instant_that_a_version_came_in_force_keeps_hers_whatever_is_corrected(world: Callable[..., World]) -> None:
    text = "intake: {places: 1}\n" + ONE
    for first, version in (("accepted", 1), ("apply", 2)):
        w = world(text)
        w.at("2026-09-01").enrol()
        w.at("2026-09-02")
        for what in ("accepted", "apply") if first == "accepted" else ("apply", "accepted"):
            w.say("accepted") if what == "accepted" else w.apply(text.replace("1 week", "2 weeks"))
        assert w.one().version == version
        w.at("2026-09-04").say("contacted")
        w.correct("p", "contacted", on=date(2026, 9, 3))
        assert w.one().version == version


def test_a_transfer_is_taken_back_only_when_what_it_opened_is_closed(world: Callable[..., World]) -> None:
    other = "track: b\nintake: {places: 3}\n" + ONE
    w = world(other, "track: a\ntransfers: {över: {to: b}}\n" + ONE)
    w.at("2026-09-01").enrol(track="a")
    w.at("2026-09-02").move("över")
    before = len(w.book.events("p/1"))
    with raises_code(refusals.TRANSFER_OPENED, match="opened p/2 on b, and that is not closed"):
        w.correct("p/1", "transferred", withdraw=True)
    assert len(w.book.events("p/1")) == before
    w.say("misregistered", ref="p/2", reason="other")
    w.correct("p/1", "transferred", withdraw=True)
    assert (w.status("p/1"), w.status("p/2"), w.todos("p/1")) == ("active", "misregistered", [])


@pytest.mark.parametrize("where", ["from: admission", "after: admission"])
@pytest.mark.parametrize("said", [{}, {"utdrag": False}])
def test_no_command_begins_a_step_whose_requirement_is_not_true(world: Callable[..., World], where: str, said: dict[str, bool]) -> None:
    w = world(f"""
facts: {{utdrag: yes/no}}
steps:
  - {{id: kurs, type: insats, name: Kurs, length: 3 months}}
  - {{id: plats, type: insats, name: Plats, {where}, requires: utdrag, length: 1 month}}
""")
    w.at("2026-09-01").enrol(**said)
    with raises_code(refusals.STEP_NOT_FOR_HER, match="those who meet utdrag, and"):
        w.at("2026-09-02").say("began", "plats")
    w.state(utdrag=True)
    assert w.runs(step="plats") == ["2026-09-02 plats started"]
