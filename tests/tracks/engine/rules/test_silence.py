"""Nobody waits unseen: whatever waits for a person stands on the worklist of somebody (rules 14, 20, 33, 39, 40)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tracks.events.roles import owner_role

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
STEP = "\nsteps: [{id: a, type: insats, name: A, length: 1 week}]\n"


def test_a_step_without_a_length_asks_for_its_report_after_three_months_and_is_never_late(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B, length: 1 week}]")
    w.at("2026-09-01").enrol()
    assert w.at("2026-11-30").todos() == []
    assert w.at("2026-12-01").todos() == ["report a"]
    assert w.at("2027-09-01").log("deadline_missed") == w.log("report_due") == []
    w.report("a", on="2027-09-01")
    assert w.todos() == []


OTHER = "{id: b, type: insats, name: B, length: 9 months}"


@pytest.mark.parametrize("stands", ["", ", from: admission", ", from: when needed"])
@pytest.mark.parametrize("of_the_track", [False, True])
def test_a_step_may_say_when_its_report_is_asked_for_and_so_may_the_track(
    world: Callable[..., World], stands: str, of_the_track: bool
) -> None:
    every = "report_after: 6 weeks"
    step = f"{{id: a, type: insats, name: A{stands}{'' if of_the_track else f', {every}'}}}"
    w = world(f"{every if of_the_track else ''}\nsteps: [{step}, {OTHER}]")
    w.at("2026-09-01").enrol()
    if "when needed" in stands:
        w.say("began", "a")
    assert w.at("2026-10-12").todos() == []
    assert w.at("2026-10-13").todos() == ["report a"]


def test_whoever_is_met_is_asked_about_again_only_when_the_length_has_passed_once_more(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A}, {id: b, type: insats, name: B, length: 1 week}]")
    w.at("2026-09-01").enrol()
    assert w.at("2026-12-10").todos() == ["report a"]
    w.say("contacted", on="2026-12-10")
    assert w.todos() == w.at("2027-02-28").todos() == []
    assert w.at("2027-03-01").todos() == ["report a"]


@pytest.mark.parametrize("step", ["from: admission, until: 1 month after employment", "from: admission", "alongside: b"])
def test_what_ends_by_itself_or_with_another_step_is_not_asked_about(world: Callable[..., World], step: str) -> None:
    kind = "insats" if "alongside" in step else "stöd"
    w = world(f"steps: [{{id: a, type: {kind}, name: A, {step}}}, {OTHER}]")
    w.at("2026-09-01").enrol()
    assert w.at("2027-03-01").todos() == []


def test_a_pause_moves_the_day_on_which_the_report_of_a_step_without_a_length_is_asked_for(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, report_after: 4 weeks}]")
    w.at("2026-09-01").enrol()
    w.at("2026-09-08").say("paused", reason="illness")
    assert w.at("2026-10-10").todos() == ["return"]
    w.say("resumed", on="2026-09-15")
    assert [(todo.kind, todo.since.isoformat()) for todo in w.one().todos] == [("report", "2026-10-06")]


def test_a_step_of_half_a_year_or_more_is_looked_to_a_month_before_it_ends(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A, length: 12 months}, {id: b, type: insats, name: B, length: 4 months}]")
    w.at("2026-09-01").enrol()
    assert w.at("2027-07-31").todos() == []
    assert w.at("2027-08-01").todos() == ["report a 2027-09-01"]
    assert w.log("report_due") == []
    w.report("a", on="2027-08-01")
    assert w.at("2027-11-30").todos() == []  # a short one is asked about when it is over


def test_what_concerns_no_step_is_on_the_list_of_the_owner_the_first_partner_or_the_caseworker(world: Callable[..., World]) -> None:
    w = world("partners: [kommun]\nfacts: {vill: yes/no}\ntarget_group: {entry: [vill]}\nintake: {places: 1}" + STEP)
    w.at("2026-09-01").enrol()
    assert w.roles() == {"entry": "enheten", "fact:vill": "enheten"}
    nobody = replace(w.known["t"], owner=None)
    assert (owner_role(nobody), owner_role(replace(nobody, partners=()))) == ("kommun", "caseworker")


EMPLOYED = """
owner: ame
partners: [kommun, vux]
employers: [{id: ab, name: AB}, {id: bc, name: BC}]
facts: {tillstånd: yes/no}
transfers: {af: {to: Arbetsförmedlingen}}
steps:
  - id: p
    type: praktik
    responsible: employer
    requires: tillstånd
    length: 4 weeks
    on_result: {interrupted: {transfer: af}, not_passed: ask}
"""


@pytest.mark.parametrize(("result", "kind"), [("interrupted", "proposal:transfer"), ("not_passed", "decision")])
def test_what_follows_a_result_is_for_the_owner_to_decide_and_never_for_who_broke_off(
    world: Callable[..., World], result: str, kind: str
) -> None:
    w = world(EMPLOYED)
    w.at("2026-09-01").enrol()
    assert w.roles()["requirement"] == "ame"
    w.state(tillstånd=True)
    assert w.roles() == {"placement": "ame"}  # no employer is chosen yet
    w.say("placed", "p", employer="ab")
    assert w.at("2026-10-01").one().todos[0].role == "employer"  # its report is the employer's
    w.report("p", result)
    assert w.roles() == {kind: "ame"}


def test_whoever_waits_when_the_last_start_has_passed_is_on_the_owners_list_until_there_is_another(world: Callable[..., World]) -> None:
    track = "intake: {starts: [%s], places: 1, join_within: 1 week}" + STEP
    w = world(track % "2026-09-21")
    w.at("2026-08-01").enrol()
    w.enrol("q")
    w.at("2026-09-27")
    assert [w.todos(ref) for ref in "pq"] == [["offer"], []]
    w.at("2026-09-28")
    assert {ref: w.todos(ref) for ref in "pq"} == {"p": ["no_start"], "q": ["no_start"]}
    w.apply(track % "2026-09-21, 2026-11-02")
    assert w.at("2026-09-30").todos() == []


def test_whoever_waits_when_the_period_is_over_or_the_only_start_is_cancelled_is_on_the_owners_list(world: Callable[..., World]) -> None:
    w = world("period: {until: 2026-10-01}\nintake: {places: 1}" + STEP)
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.say("accepted")
    assert w.at("2026-09-30").todos("q") == []
    assert w.at("2026-10-01").todos("q") == ["no_start"]
    w = world("period: {until: 2026-10-01}" + STEP)
    w.at("2026-10-01").enrol()
    assert w.todos() == ["no_start"]
    w = world("intake: {starts: [2026-09-21], places: 1}" + STEP)
    w.at("2026-09-01").enrol()
    w.shared("start_cancelled", start="2026-09-21", reason="other")
    assert w.todos() == ["no_start"]


EMPTY = "intake: {starts: [2026-09-21, 2026-11-02], %splaces: 4, join_within: 2 weeks}" + STEP


@pytest.mark.parametrize("minimum", ["", "minimum: 2, "])
def test_a_start_that_passes_with_nobody_on_it_stands_on_the_owners_list_also_where_nobody_waits(
    world: Callable[..., World], minimum: str
) -> None:
    w = world(EMPTY % minimum)
    assert w.at("2026-09-20").book.rows["t"].todos == ()
    assert [(one.kind, str(one.due)) for one in w.at("2026-10-20").book.rows["t"].todos] == [("start_held:2026-09-21", "2026-09-21")]
    w.shared("start_postponed", start="2026-09-21", to="2026-12-01", reason="other")
    assert w.book.rows["t"].todos == ()


def test_a_start_that_somebody_joins_late_is_not_said_to_be_empty_nor_when_she_has_left(world: Callable[..., World]) -> None:
    w = world(EMPTY % "")
    w.at("2026-09-22").enrol()
    assert [one.kind for one in w.book.rows["t"].todos] == ["start_held:2026-09-21"]
    w.say("accepted")
    assert (w.status(), w.book.rows["t"].todos) == ("active", ())
    w.say("interrupted", reason="moved")
    assert w.at("2026-09-30").book.rows["t"].todos == ()


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("known(språk)", ["språk"]), ("vill and known(språk)", []), ("known(språk) or vill", ["språk"]), ("not known(vill)", []),
        ("known(språk) and bil", ["språk"]), ("bil and (vill or known(språk))", ["språk"]), ("bil or vill", ["bil"]),
    ],
)  # fmt: skip
def test_what_only_has_to_be_known_is_asked_for(world: Callable[..., World], entry: str, asked: list[str]) -> None:
    facts = "facts: {språk: [a, b], vill: yes/no, bil: yes/no}\n"
    w = world(facts + f"target_group: {{entry: ['{entry}']}}" + STEP)
    w.at("2026-09-01").enrol(vill=False)
    assert [kind for kind in w.todos() if kind != "entry"] == [f"fact:{name}" for name in asked]


def test_whoever_accepted_a_start_that_is_cancelled_is_asked_about_the_next(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-10-12, 2026-11-02], places: 1, offer_before_start: 14 weeks}" + STEP)
    w.at("2026-08-03").enrol()
    w.at("2026-08-04").say("accepted")
    w.enrol("q")
    for start, day in (("2026-09-21", "2026-08-05"), ("2026-10-12", "2026-08-06")):
        w.at(day).shared("start_cancelled", start=start, reason="other")
        assert (w.status(), w.todos(), w.claims()) == ("waiting", ["interest"], [])
        w.say("interested")
        # Referred before q, and so before her in the queue again.
        assert (w.todos(), w.log("proposed")[-1]) == (["offer"], f"{day} proposed")
        w.say("offered")
        assert w.status() == "offered"
        w.say("accepted")
    assert [event.data.get("round") for event in w.stream("p") if event.kind == "accepted"] == [None, 1, 2]
    w.at("2026-11-02")
    assert (w.status(), w.status("q")) == ("active", "waiting")


def test_a_no_after_a_cancelled_start_ends_it_and_an_offer_after_it_may_lapse(world: Callable[..., World]) -> None:
    w = world("intake: {starts: [2026-09-21, 2026-11-02], places: 2, offer_before_start: 12 weeks, answer_within: 3 days}" + STEP)
    for ref in "pq":
        w.at("2026-08-31").enrol(ref)
        w.say("accepted", ref=ref)
    w.at("2026-09-01").shared("start_cancelled", start="2026-09-21", reason="other")
    w.at("2026-09-02").say("declined", reason="own_wish")
    w.say("interested", ref="q")
    w.say("offered", ref="q")
    w.at("2026-09-09")
    assert (w.status(), w.status("q"), w.todos("q")) == ("declined", "waiting", ["interest"])
    assert w.log("offer_lapsed", ref="q") == ["2026-09-08 offer_lapsed"]
