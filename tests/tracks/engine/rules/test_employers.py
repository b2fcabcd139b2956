"""Rules 32 to 35: placements, step places, steps about an employer or a start, and agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tracks.events.event import Draft
from tracks.recording import refusals, track_facts

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any

TWO = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}, requires: [körkort]}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
facts: {körkort: yes/no, svenska: [A, B, C]}
intake: {places: 9, order: [svenska highest first]}
steps:
  - {id: praktik, type: praktik, places: {bygg: 1, hus: 1}, length: 4 weeks}
  - {id: provjobb, type: förberedande anställning, employer: hus, length: 4 weeks}
"""


def enter(w: World, *refs: str, **facts: Any) -> None:
    for ref in refs:
        w.enrol(ref, **facts)
        w.say("accepted", ref=ref)


def test_with_several_possible_employers_a_person_records_the_placement_within_their_own_conditions(world: Callable[..., World]) -> None:
    w = world(TWO)
    enter(w, "p")
    assert w.todos() == ["placement praktik"]
    with raises_code(refusals.EMPLOYER_REQUIRES):
        w.say("placed", "praktik", employer="bygg")
    with raises_code(refusals.UNKNOWN_EMPLOYER):
        w.say("placed", "praktik", employer="annan")
    w.state(körkort=True)
    w.say("placed", "praktik", employer="bygg")
    assert w.runs() == ["2026-06-01 praktik started"]


def test_a_placement_may_be_recorded_before_any_step_and_later_steps_keep_it_where_allowed(world: Callable[..., World]) -> None:
    w = world(TWO)
    w.enrol(körkort=True)
    w.say("placed", "praktik", employer="bygg")
    w.say("accepted")
    assert w.runs() == ["2026-06-01 praktik started"]
    w.report("praktik")
    assert w.runs()[2:] == ["2026-06-01 provjobb started"]  # only hus is possible there


def test_a_kept_employer_whose_conditions_are_not_met_needs_a_placement(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}, requires: [körkort]}]
facts: {körkort: yes/no}
steps: [{id: praktik, type: praktik, length: 4 weeks}]
""")
    w.enrol()
    assert w.todos() == ["fact:körkort", "placement praktik"]
    w.state(körkort=True)
    assert w.runs() == ["2026-06-01 praktik started"]


def test_a_track_without_employers_names_one_at_placement(world: Callable[..., World]) -> None:
    w = world("""
steps:
  - {id: praktik, type: praktik, length: 4 weeks}
  - {id: provjobb, type: förberedande anställning, length: 4 weeks}
""")
    w.enrol()
    assert w.todos() == ["placement praktik"]
    w.say("placed", "praktik", employer="ica-nära")
    w.report("praktik")
    assert w.runs()[2:] == ["2026-06-01 provjobb started"]


def test_step_places_go_to_who_was_ready_first_then_by_order_then_by_number(world: Callable[..., World]) -> None:
    w = world("""
facts: {svenska: [A, B, C]}
intake: {places: 9, order: [svenska highest first]}
steps:
  - {id: a, type: insats, name: A}
  - {id: verkstad, type: insats, name: Verkstad, places: 1}
""")
    for ref, svenska in (("p5", "C"), ("p4", "A"), ("p3", "B"), ("p1", "B"), ("p2", "B")):
        enter(w, ref, svenska=svenska)
    w.at("2026-06-02").report("a", ref="p5")
    w.at("2026-06-03").report("a", ref="p4")
    for ref in ("p1", "p2", "p3"):
        w.at("2026-06-04").report("a", ref=ref)
    w.enrol("p6")
    given = []
    for day in range(8, 13):
        holder = next(r for r in ("p1", "p2", "p3", "p4", "p5") if r not in given and w.claims(r)[-1] == "step:verkstad holding")
        given.append(holder)
        w.at(f"2026-06-{day:02}").report("verkstad", ref=holder)
    assert given == ["p5", "p4", "p1", "p2", "p3"]


SHARED = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
intake: {starts: [2026-08-31, 2026-10-05], places: 4}
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks}
  - {id: praktik, type: praktik, length: 4 weeks}
  - {id: handledare, type: insats, name: Handledare, subject: employer, alongside: praktik, length: 2 days}
  - {id: träff, type: insats, name: Träff, subject: start, from: 1 week before admission, until: start of praktik}
"""


def shared(w: World, *kinds: str, step: str = "") -> list[str]:
    wanted = kinds or ("subject_step_started", "subject_step_ended")
    found = [e for e in w.stream("track/t") if step in ("", e.step) and e.kind in wanted]
    return [f"{e.effective} {e.step} {e.data['employer'] or e.data['start']} {e.kind.removeprefix('subject_step_')}" for e in found]


def test_an_employer_step_runs_once_per_employer_and_start_from_the_first_concerned_to_the_last(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-04")
    enter(w, "p", "q", "r")
    w.at("2026-09-07").report("kurs")
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-09-14").report("kurs", ref="q")
    w.say("placed", "praktik", ref="q", employer="bygg")
    w.at("2026-09-16").report("praktik")
    assert shared(w, step="handledare")[-1] == "2026-09-07 handledare bygg started"
    w.at("2026-09-21").report("praktik", ref="q")
    assert shared(w, step="handledare")[-1] == "2026-09-07 handledare bygg started"  # r may still come there
    w.at("2026-09-22").say("placed", "praktik", ref="r", employer="hus")
    assert shared(w, step="handledare")[-1] == "2026-09-22 handledare bygg ended"
    w.report("kurs", ref="r")
    assert shared(w, step="handledare")[-1] == "2026-09-22 handledare hus started"
    assert shared(w, "subject_step_due") == ["2026-09-09 handledare bygg due"]


def test_an_employer_step_ends_when_its_report_is_written(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-04")
    enter(w, "p")
    w.at("2026-09-07").report("kurs")
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-09-09").shared("employer_reported", "handledare", employer="bygg", start="2026-08-31", result="done")
    assert shared(w)[-1] == "2026-09-09 handledare bygg ended"


def test_an_employer_step_that_is_reported_late_ends_on_the_day_told_and_what_waits_for_it_starts_then(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
steps:
  - {id: handledare, type: insats, name: Handledare, subject: employer, from: admission, until: exit, length: 2 days}
  - {id: kurs, type: insats, name: Kurs}
  - {id: praktik, type: praktik, after: [kurs, handledare], length: 2 weeks}
""")
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("kurs")
    w.at("2026-09-30").shared("employer_reported", "handledare", employer="bygg", start="", result="done", on="2026-09-04")
    assert shared(w)[-1] == "2026-09-04 handledare bygg ended"
    assert w.runs(step="praktik") == ["2026-09-04 praktik started"]
    assert w.todos() == ["report praktik 2026-09-18"]
    before = [(one.kind, one.effective) for one in w.stream("p")]
    w.at("2026-10-01").say("contacted", on="2026-09-20")  # decided again, and nothing else follows
    assert [(one.kind, one.effective) for one in w.stream("p")][: len(before)] == before


def test_an_employer_step_that_is_reported_for_a_day_before_it_began_ends_on_the_day_it_began(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-04")
    enter(w, "p")
    w.at("2026-09-07").report("kurs")
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-09-09").shared("employer_reported", "handledare", employer="bygg", start="2026-08-31", result="done", on="2026-09-01")
    assert shared(w)[-1] == "2026-09-07 handledare bygg ended"


def test_a_start_step_runs_once_per_start(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-04")
    enter(w, "p", "q")
    w.at("2026-09-07")
    assert shared(w) == ["2026-08-24 träff 2026-08-31 started"]
    for ref in ("p", "q"):
        w.report("kurs", ref=ref)
        w.say("placed", "praktik", ref=ref, employer="bygg")
    assert "2026-09-07 träff 2026-08-31 ended" in shared(w)


def test_before_placement_all_employers_of_the_start_are_meant(world: Callable[..., World]) -> None:
    w = world(
        SHARED.replace("alongside: praktik", "from: admission, until: start of praktik").replace(
            "2026-08-31,", "{date: 2026-08-31, employer: hus},"
        )
    )
    w.at("2026-08-04")
    enter(w, "p")
    w.at("2026-09-10")
    enter(w, "q")
    w.at("2026-10-05")
    assert shared(w)[1:2] == ["2026-08-31 handledare hus started"]
    assert shared(w)[3:] == ["2026-10-05 handledare bygg started", "2026-10-05 handledare hus started"]


def test_an_employer_step_concerns_only_those_in_its_when(world: Callable[..., World]) -> None:
    w = world("""
facts: {behöver: yes/no}
steps:
  - {id: praktik, type: praktik}
  - {id: stöd-ag, type: stöd, subject: employer, when: behöver, from: employment, until: 1 week after employment}
""")
    for ref, needs in (("p", True), ("q", False)):
        w.enrol(ref, behöver=needs)
        w.at("2026-06-02").say("outcome", ref=ref, what="work", employer=f"jobb-{ref}")
        w.at("2026-06-01") if ref == "p" else None
    w.at("2026-06-20")
    assert shared(w) == ["2026-06-02 stöd-ag jobb-p started", "2026-06-09 stöd-ag jobb-p ended"]


def test_a_chain_step_may_wait_for_an_employer_step(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
intake: {starts: [2026-08-31]}
steps:
  - {id: handledare, type: insats, name: Handledare, subject: employer, from: admission, until: exit, length: 2 days}
  - {id: kurs, type: insats, name: Kurs}
  - {id: praktik, type: praktik, after: [kurs, handledare]}
""")
    w.at("2026-08-04")
    enter(w, "p")
    w.at("2026-09-01").report("kurs")
    assert w.runs(step="praktik") == []
    w.at("2026-09-03").shared("employer_reported", "handledare", employer="bygg", start="2026-08-31", result="done")
    assert w.runs(step="praktik") == ["2026-09-03 praktik started"]


def test_a_change_of_employer_takes_a_place_that_is_free_or_says_why(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}]
steps: [{id: praktik, type: praktik, length: 6 months, places: {bygg: 1, hus: 1}}]
""")
    w.at("2026-09-01").enrol()
    w.enrol("q")
    w.say("placed", "praktik", employer="bygg")
    w.say("placed", "praktik", ref="q", employer="hus")
    with raises_code(refusals.EMPLOYER_FULL):
        w.at("2026-10-01").say("placed", "praktik", employer="hus")
    w.say("placed", "praktik", employer="hus", reason="other")
    w.say("placed", "praktik", ref="q", employer="bygg")
    assert [w.claims(ref) for ref in "pq"] == [["step:praktik:hus holding"], ["step:praktik:bygg holding"]]


def test_an_employer_step_waits_until_somebody_meets_its_requirement(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
facts: {utdrag: yes/no}
steps:
  - {id: praktik, type: praktik, length: 6 months}
  - {id: handledare, type: insats, name: Handledare, subject: employer, from: admission, requires: utdrag, length: 2 days}
""")
    w.at("2026-09-01").enrol()
    w.enrol("q")
    assert w.at("2026-10-01").log("subject_step_started", ref="track/t") == []
    assert "fact:utdrag" in w.todos()
    w.state("q", utdrag=True)
    assert w.log("subject_step_started", ref="track/t") == ["2026-10-01 subject_step_started handledare"]


def test_no_offer_for_a_start_goes_out_before_one_of_its_employers_agreements_is_signed(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-08-20}}
  - {id: hus, name: Hus, agreement: {type: avsiktsförklaring, signed: 2026-08-25}}
intake: {starts: [2026-08-31, {date: 2026-09-07, employer: hus}], places: 1}
steps: [{id: kurs, type: insats, name: Kurs}]
""")
    w.at("2026-08-10").enrol()
    w.enrol("q")
    w.at("2026-08-28")
    assert w.log("proposed") == ["2026-08-20 proposed"]
    assert w.log("proposed", ref="q") == ["2026-08-25 proposed"]


def test_a_step_added_for_one_person_may_count_from_an_employer_step(world: Callable[..., World]) -> None:
    w = world(SHARED.replace("alongside: praktik", "from: admission, until: start of praktik"))
    w.at("2026-08-04")
    enter(w, "p")
    w.say("placed", "praktik", employer="bygg")
    begins = {"anchor": "start", "step": "handledare"}
    w.at("2026-08-20").say("added", step={"id": "möte", "type": "insats", "name": "Möte", "begins": begins}, reason="needs_other_support")
    w.at("2026-08-31")
    assert w.runs(step="möte") == ["2026-08-31 möte started"]


def test_a_step_is_not_at_an_employer_that_has_withdrawn(world: Callable[..., World]) -> None:
    w = world(TWO)
    enter(w, "p")
    w.shared("employer_withdrew", employer="bygg", reason="other")
    assert w.runs() == ["2026-06-01 praktik started"]
    assert w.claims() == ["intake holding", "step:praktik:hus holding"]


def test_a_step_that_is_not_about_a_participant_is_not_reported_of_one(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
steps:
  - {id: kurs, type: insats, name: Kurs, length: 4 weeks}
  - {id: handledare, type: insats, name: Handledare, subject: employer, alongside: kurs, length: 2 days}
""")
    w.enrol()
    for kind, said in (("began", {}), ("reported", {"result": "done"})):
        with raises_code(refusals.SHARED_STEP):
            w.say(kind, "handledare", **said)


def test_an_employer_that_leaves_is_no_place_to_begin_and_whoever_is_there_needs_a_person(world: Callable[..., World]) -> None:
    w = world(TWO)
    enter(w, "p", "q", körkort=True)
    w.say("placed", "praktik", employer="bygg")
    assert w.runs() == ["2026-06-01 praktik started"]
    w.say("placed", "praktik", ref="q", employer="bygg")
    w.at("2026-06-03").shared("employer_withdrew", employer="bygg")
    assert (w.todos(), w.todos("q")) == (["employer_left praktik"], ["placement praktik"])
    with raises_code(refusals.UNKNOWN_EMPLOYER):
        w.say("placed", "praktik", ref="q", employer="bygg")
    w.say("placed", "praktik", employer="hus")
    assert w.todos() == []
    w.report("praktik", "interrupted")
    w.say("placed", "praktik", ref="q", employer="hus")
    assert w.runs("q") == ["2026-06-03 praktik started"]


def test_what_was_given_on_the_day_that_an_employer_leaves_was_given_before_it(world: Callable[..., World]) -> None:
    w = world(TWO)
    enter(w, "p", "q", körkort=True)
    w.at("2026-06-02").say("placed", "praktik", employer="bygg")
    track_facts.record_track_fact(w.book, w.clock, "Ann", "t", Draft("employer_withdrew", w.today, "", 0, {"employer": "bygg"}))
    w.advance()
    assert w.runs() == ["2026-06-02 praktik started"]
    w.state(on="2026-06-01", svenska="A")
    assert (w.runs(), w.todos()) == (["2026-06-02 praktik started"], ["employer_left praktik"])


def test_the_only_employer_that_leaves_is_told_too(world: Callable[..., World]) -> None:
    w = world("""
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}]
steps: [{id: praktik, type: praktik, length: 4 weeks}]
""")
    w.enrol()
    w.at("2026-06-03").shared("employer_withdrew", employer="bygg")
    assert w.todos() == ["employer_left praktik"]


def test_a_step_about_a_start_is_reported_without_an_employer_and_with_a_result_it_knows(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-24")
    enter(w, "p")
    w.shared("employer_reported", "träff", employer="", start="2026-08-31", result="done")
    assert shared(w, step="träff")[-1] == "2026-08-24 träff 2026-08-31 ended"
    with raises_code(refusals.UNKNOWN_STEP):
        w.shared("employer_reported", "träff", employer="bygg", start="2026-08-31", result="done")
    with raises_code(refusals.UNKNOWN_STEP):
        w.shared("employer_reported", "handledare", employer="", start="2026-08-31", result="done")
    with raises_code(refusals.UNKNOWN_RESULT):
        w.shared("employer_reported", "handledare", employer="bygg", start="2026-08-31", result="hired")
    with raises_code(refusals.NO_SUCH_EMPLOYER):
        w.shared("employer_withdrew", employer="annan")


def test_a_shared_step_that_has_ended_is_not_reported_again(world: Callable[..., World]) -> None:
    w = world(SHARED)
    w.at("2026-08-24")
    enter(w, "p")
    w.shared("employer_reported", "träff", employer="", start="2026-08-31", result="done")
    w.at("2026-08-25")
    # What ended it is a report, which is put right by its number, whichever day the other one is of.
    for day in ("2026-08-25", "2026-08-24", "2026-08-20"):
        with raises_code(refusals.SAID_OF_TRACK, match="of 2026-08-24"):
            w.shared("employer_reported", "träff", employer="", start="2026-08-31", result="not_passed", on=day)
    before = shared(w, step="träff")
    w.shared("employer_reported", "träff", employer="", start="2026-08-31", result="done", on="2026-08-24")
    assert shared(w, step="träff") == before


def test_a_step_that_began_without_an_employer_asks_where_it_is(world: Callable[..., World]) -> None:
    w = world("steps: [{id: a, type: insats, name: A}, {id: praktik, type: praktik, from: when needed, length: 4 weeks}]")
    w.enrol()
    w.say("began", "praktik")
    assert w.todos() == ["placement praktik"]
    w.say("placed", "praktik", employer="ica-nära")
    assert w.todos() == []


def test_a_placement_for_a_run_that_never_came_is_none_for_the_run_that_goes_on(world: Callable[..., World]) -> None:
    w = world(TWO.replace("length: 4 weeks}", "on_result: {interrupted: {retry: 1}}, length: 4 weeks}", 1))
    enter(w, "p", körkort=True)
    w.at("2026-06-02").say("placed", "praktik", employer="bygg")
    w.at("2026-06-08").report("praktik", "interrupted")
    w.say("placed", "praktik", employer="hus")
    assert w.say("placed", "praktik", employer="hus").repeated
    w.correct("p", "reported", "praktik", withdraw=True)
    assert w.todos() == ["stranded:placed praktik"]
    assert not w.say("placed", "praktik", employer="hus").repeated
    assert "step:praktik:hus holding" in w.claims()


OWN = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}}
steps:
  - {id: kurs, type: insats, name: Kurs, length: 20 weeks}
  - {id: handledare, type: insats, name: Handledare, subject: employer, length: 2 days}
  - {id: praktik, type: praktik, length: 4 weeks%s}
"""
REQUIRED, AFTER = ", requires: result(handledare) = done", ", after: [kurs, handledare]"


def reported_by(w: World, employer: str) -> None:
    w.shared("employer_reported", "handledare", employer=employer, start="", result="done")


@pytest.mark.parametrize("asks", [REQUIRED, AFTER])
def test_what_asks_for_an_employers_step_means_that_of_the_own_placement(world: Callable[..., World], asks: str) -> None:
    w = world(OWN % asks)
    for ref in ("p", "q"):
        w.enrol(ref)
        w.report("kurs", ref=ref)
    assert "placement praktik" in w.todos()
    w.at("2026-06-03").say("placed", "praktik", ref="q", employer="hus")
    reported_by(w, "hus")
    assert (w.runs("q", "praktik"), w.runs(step="praktik")) == (["2026-06-03 praktik started"], [])
    w.at("2026-06-05").say("placed", "praktik", employer="bygg")
    assert w.runs(step="praktik") == []
    w.at("2026-06-08")
    reported_by(w, "bygg")
    assert w.runs(step="praktik") == ["2026-06-08 praktik started"]


@pytest.mark.parametrize("asks", [REQUIRED, AFTER])
def test_a_report_of_an_employers_step_counts_from_its_day_for_one_who_is_put_right_later(world: Callable[..., World], asks: str) -> None:
    w = world(OWN % asks)
    w.enrol()
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-06-08")
    reported_by(w, "bygg")
    w.at("2026-06-20").say("reported", "kurs", on="2026-06-03", result="done")
    assert w.runs(step="praktik") == ["2026-06-08 praktik started"]


def test_an_employers_step_without_a_point_begins_with_the_placement_there(world: Callable[..., World]) -> None:
    w = world(OWN % "")
    w.enrol()
    w.at("2026-10-19").report("kurs")
    assert shared(w, "subject_step_started", "subject_step_due") == []
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-10-21")
    assert shared(w, "subject_step_started", "subject_step_due") == ["2026-10-19 handledare bygg started", "2026-10-21 handledare bygg due"]


def test_an_employers_step_is_asked_for_while_somebody_is_there_or_comes_there_again(world: Callable[..., World]) -> None:
    w = world(OWN % "")
    w.enrol()
    w.report("kurs")
    w.say("placed", "praktik", employer="bygg")
    asked = ["subject_report:bygg:", "subject_report:hus:"]
    w.at("2026-06-05")
    assert [todo.kind for todo in w.book.rows["t"].todos] == asked[:1]
    w.at("2026-06-10").say("placed", "praktik", employer="hus")
    w.at("2026-06-15")
    assert [todo.kind for todo in w.book.rows["t"].todos] == asked[1:]
    w.say("placed", "praktik", employer="bygg")
    assert [todo.kind for todo in w.book.rows["t"].todos] == asked[:1]


BESIDE = """
employers: [{id: bygg, name: Bygg}, {id: hus, name: Hus}]
steps:
  - {id: kurs, type: insats, name: Kurs, length: 20 weeks}
  - {id: praktik, type: praktik, from: admission, until: end of kurs}
"""


def broken_off(world: Callable[..., World], text: str = BESIDE) -> World:
    w = world("type: jobbspår" + text.replace("{id: bygg, name: Bygg}, {id: hus, name: Hus}", TWO_SIGNED))
    w.enrol()
    w.say("placed", "praktik", employer="bygg")
    w.at("2026-06-10").report("praktik", "interrupted")
    return w


TWO_SIGNED = "{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}"
IN_CHAIN = BESIDE.replace(", from: admission, until: end of kurs", ", after: [admission]")


@pytest.mark.parametrize("text", [BESIDE, IN_CHAIN])
def test_a_placement_that_is_broken_off_asks_and_a_new_one_is_the_decision_to_go_on(world: Callable[..., World], text: str) -> None:
    w = broken_off(world, text)
    assert w.todos() == ["decision praktik"]
    w.at("2026-06-15").say("placed", "praktik", employer="hus")
    assert w.runs(step="praktik")[2:] == ["2026-06-15 praktik/2 started"]
    assert w.todos() == []


def test_a_step_beside_that_is_broken_off_goes_on_by_decision_or_is_over(world: Callable[..., World]) -> None:
    w = broken_off(world)
    w.say("decided", "praktik", action="next")
    assert w.todos() == []
    other = broken_off(world)
    other.say("decided", "praktik", action="retry")
    assert other.todos() == ["placement praktik"]
    other.at("2026-06-12").say("placed", "praktik", employer="bygg")
    assert other.runs(step="praktik")[-1] == "2026-06-12 praktik/2 started"


def test_what_is_asked_of_a_step_beside_falls_with_its_until(world: Callable[..., World]) -> None:
    w = broken_off(world)
    w.at("2026-06-20").report("kurs")
    assert (w.status(), w.todos()) == ("completed", [])


CHOSEN = """
type: jobbspår
employers: [{id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}, {id: hus, name: Hus, agreement: {signed: 2026-01-01}}]
steps: [{id: praktik, type: praktik, length: 4 weeks, requires: selected}]
"""


@pytest.mark.parametrize(("at", "stands"), [("bygg", False), ("hus", True)])
def test_the_choice_of_an_employer_that_breaks_off_stands_no_more_until_somebody_chooses_anew(
    world: Callable[..., World], at: str, *, stands: bool
) -> None:
    w = world(CHOSEN)
    w.enrol()
    w.say("selected", employer="bygg")
    w.say("placed", "praktik", employer=at, reason="other")
    w.at("2026-06-08").report("praktik", "interrupted")
    w.say("decided", "praktik", action="retry")
    w.at("2026-06-09").say("placed", "praktik", employer="hus", reason="other")
    assert (w.runs()[-1] == "2026-06-09 praktik/2 started") is stands
    assert w.todos() == ([] if stands else ["fact:selected", "requirement praktik"])
    w.say("selected", employer="hus")
    assert w.runs()[-1] == "2026-06-09 praktik/2 started"
