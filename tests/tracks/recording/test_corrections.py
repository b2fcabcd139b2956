"""What is put right: the person stands as if it had been right from the start, and what does not fit any more is shown."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import Refusal
from tests.raising import raises_code
from tests.tracks.worlds import commands, shapes, worlds
from tracks.engine.context.situation import outcomes
from tracks.events import hash_chain
from tracks.events.fold import fold, standing
from tracks.recording import operations, refusals
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracks.events.event import Event

World = Any

CHAIN = """
facts: {väg: [a, b], redo: yes/no}
steps:
  - {id: ett, type: insats, name: Ett, length: 2 weeks, gives: [väg], results: [toppen], on_result: {not_passed: ask}}
  - {id: två, type: insats, name: Två, when: väg = a, phases: [först, sist], length: 2 weeks}
  - {id: tre, type: insats, name: Tre, when: väg = b, length: 2 weeks}
  - {id: vid, type: insats, name: Vid, from: when needed, length: 1 week}
follow_up: [exit, 1 month]
"""
QUEUE = """
facts: {redo: yes/no}
target_group: {entry: [redo]}
intake: {places: 1, answer_within: 10 days}
steps:
  - {id: ett, type: insats, name: Ett, places: 1, length: 2 weeks}
"""


def test_taking_back_the_first_of_two_pauses_leaves_the_second(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    for first, back in (("2026-09-03", "2026-09-05"), ("2026-09-07", "2026-09-10")):
        w.at(first).say("paused", reason="illness")
        w.at(back).say("resumed")
    kind = [event for event in w.book.events("p/1") if event.kind in ("paused", "resumed")]
    for event in kind[:2]:
        correct(w, event.seq, withdraw=True)
    w.at("2026-09-30")
    assert w.log("report_due") == ["2026-09-18 report_due ett"]
    w.say("paused", reason="illness")
    assert w.status() == "paused"
    w.at("2026-10-02").say("resumed")
    assert w.status() == "active"


def test_days_that_two_pauses_have_in_common_are_counted_once(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-05").say("paused", reason="illness")
    w.at("2026-09-10").say("resumed")
    w.at("2026-09-11").say("paused", reason="own_wish", on="2026-09-03")
    assert w.status() == "paused"
    w.say("resumed", on="2026-09-07")
    w.at("2026-09-30")
    assert (w.status(), w.log("report_due")) == ("active", ["2026-09-22 report_due ett"])


def test_taking_back_the_first_of_two_changes_of_length_leaves_the_second(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    for weeks in (1, 3):
        w.say("lengthened", "ett", count=weeks, unit="weeks", reason="other")
    first = next(event.seq for event in w.book.events("p/1") if event.kind == "lengthened")
    correct(w, first, withdraw=True)
    w.say("lengthened", "ett", count=1, unit="weeks", reason="other")
    w.at("2026-12-01")
    assert w.log("report_due") == ["2026-10-13 report_due ett"]


def correct(w: World, seq: int, ref: str = "p", **how: Any) -> None:
    operations.correct(w.book, w.clock, "Ann", ref, seq, **how)
    w.advance()


def test_a_text_that_was_taken_once_and_is_not_now_stands_and_is_not_written_anew(
    world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    w = world(CHAIN.replace("redo: yes/no", "redo: yes/no, tal: number"))
    w.at("2026-09-01").enrol()
    with monkeypatch.context() as patch:
        patch.setattr(hash_chain, "check_data", lambda kind, data: None)
        w.say("stated", facts={"redo": True, "tal": 8112185676})
    (said,) = [event for event in w.book.events("p/1") if event.kind == "stated"]
    w.at("2026-09-03")
    with raises_code(refusals.TEXT_OF_BEFORE) as refused:
        correct(w, said.seq, data={"redo": False})
    assert "8112185676" not in str(refused.value)
    correct(w, said.seq, on=date(2026, 9, 2))
    correct(w, w.book.events("p/1")[-1].seq, data={"redo": False, "tal": 7})
    assert [event.data["facts"] for event, _ in standing(w.book.events("p/1")) if event.kind == "stated"] == [{"redo": False, "tal": 7}]


def test_a_value_that_may_not_be_said_now_goes_along_to_no_other_track(
    world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = "track: där\nfacts: {tal: number, vill: yes/no}\nsteps: [{id: a, type: insats, name: A}]"
    w = world(there, there.replace("där", "här") + "\ntransfers: {över: {to: där}}")
    w.at("2026-09-01").enrol(track="här", vill=True)
    with monkeypatch.context() as patch:
        patch.setattr(hash_chain, "check_data", lambda kind, data: None)
        w.say("stated", facts={"tal": 8112185676})
    w.move("över")
    assert w.data("referred", ref="p/2")[0]["facts"] == {"vill": True}


def test_what_is_stated_after_a_transfer_stands_though_the_referral_is_moved_to_a_day_before(world: Callable[..., World]) -> None:
    there = "track: där\nfacts: {tal: number}\nsteps: [{id: a, type: insats, name: A}]"
    w = world(there, there.replace("där", "här") + "\ntransfers: {över: {to: där}}")
    w.at("2026-09-01").enrol(track="här", tal=1)
    w.move("över")
    w.say("stated", ref="p/2", facts={"tal": 2})
    w.correct("p/2", "referred", on=date(2026, 8, 28))
    one = w.book.load(["p/2"])[0]
    assert one.progress.value("fact:tal") == 2
    assert one.progress == fold(w.book.events("p/2"))


def lost(w: World, ref: str = "p") -> list[str]:
    return [todo for todo in w.todos(ref) if todo.startswith("stranded")]


def test_a_report_and_a_phase_on_a_step_that_is_skipped_after_all_are_stranded_until_they_are_taken_back(
    world: Callable[..., World],
) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("ett", facts={"väg": "a"})
    w.at("2026-09-03").say("phase", "två", name="först")
    w.at("2026-09-08").report("två")
    assert w.status() == "completed"
    w.correct("p", "reported", "ett", data={"facts": {"väg": "b"}})
    assert w.runs()[2:] == ["2026-09-02 två skipped väg = a", "2026-09-02 tre started"]
    assert lost(w) == ["stranded:phase först två", "stranded:reported två"]
    assert w.roles()["stranded:reported"] == "enheten"
    w.correct("p", "reported", "två", withdraw=True)
    w.correct("p", "phase", "två", withdraw=True)
    assert lost(w) == []


def test_what_was_said_after_an_exit_that_proves_to_be_earlier_is_stranded(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("ett", facts={"väg": "a"})
    w.at("2026-09-08").say("began", "vid")
    w.at("2026-09-09").say("paused", reason="illness")
    w.at("2026-09-10").say("resumed")
    w.say("interrupted", reason="own_wish")
    w.correct("p", "interrupted", on=date(2026, 9, 4))
    assert lost(w) == ["stranded:began vid", "stranded:paused", "stranded:resumed"]
    assert w.status() == "interrupted"


def test_a_decision_where_nothing_was_to_be_decided_is_stranded_and_leads_nowhere(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("ett", "not_passed", facts={"väg": "a"})
    w.say("decided", "ett", action="retry")
    w.at("2026-09-03").report("ett", "not_passed")
    w.at("2026-09-04")
    assert w.runs()[-1] == "2026-09-03 ett/2 ended not_passed"
    first = next(event.seq for event in w.book.events("p/1") if event.kind == "reported")
    correct(w, first, data={"result": "done"})
    assert lost(w) == ["stranded:decided ett", "stranded:reported ett"]
    assert w.runs() == ["2026-09-01 ett started", "2026-09-02 ett ended done", "2026-09-02 två started"]
    w.correct("p", "decided", "ett", withdraw=True)
    assert lost(w) == ["stranded:reported ett"]


def test_a_follow_up_of_one_who_had_not_left_is_stranded(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-02").report("ett", facts={"väg": "a"})
    w.at("2026-09-08").report("två")
    w.say("followed_up", point="exit", answers={"outcome": "work"})
    w.correct("p", "reported", "två", withdraw=True)
    assert (w.status(), lost(w)) == ("active", ["stranded:followed_up exit"])


def test_an_offer_and_an_answer_of_one_who_never_came_to_the_waiting_list_are_stranded(world: Callable[..., World]) -> None:
    w = world(QUEUE)
    w.at("2026-09-01").enrol(redo=True)
    w.say("offered")
    w.at("2026-09-02").say("accepted")
    w.at("2026-09-03").correct("p", "referred", data={"facts": {"redo": False}})
    assert (w.status(), lost(w)) == ("accepted", ["stranded:accepted", "stranded:offered"])


def test_a_return_without_its_pause_and_a_start_before_its_time_are_stranded(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").say("paused", reason="illness")
    w.at("2026-09-05").say("resumed")
    w.correct("p", "paused", withdraw=True)
    assert (w.status(), lost(w)) == ("active", ["stranded:resumed"])


def test_what_was_taken_back_with_an_added_step_leaves_the_reports_on_it_stranded(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    step = {"id": "extra", "type": "insats", "name": "Extra", "after": ["ett"], "length": {"count": 1, "unit": "weeks"}}
    then = {"id": "sedan", "type": "insats", "name": "Sedan", "after": ["extra"], "length": {"count": 1, "unit": "weeks"}}
    w.say("added", step=step, reason="other")
    w.say("added", step=then, reason="other")
    w.report("ett", facts={"väg": "a"})
    w.at("2026-09-03").report("extra")
    first = next(event.seq for event in w.book.events("p/1") if event.kind == "added")
    correct(w, first, withdraw=True)
    assert lost(w) == ["stranded:reported extra"]
    w.report("två")
    assert w.runs()[-1] == "2026-09-03 sedan started"


KINDS = """
type: jobbspår
employers:
  - {id: ab, name: AB, agreement: {signed: 2026-01-01}}
  - {id: cd, name: CD, agreement: {signed: 2026-01-01}}
facts: {väg: [a, b], redo: yes/no, poäng: number}
target_group: {entry: [redo]}
intake: {starts: [2026-09-07, 2026-10-05], offer_before_start: 8 weeks}
steps:
  - {id: ett, type: insats, name: Ett, length: 2 weeks, phases: [först, sist], results: [toppen], on_result: {not_passed: ask}}
  - {id: två, type: praktik, name: Två, length: 2 weeks}
  - {id: tre, type: förberedande anställning, name: Tre, employer: ab, length: 1 week}
follow_up: [exit]
"""


@pytest.fixture
def whole(world: Callable[..., World]) -> World:
    """One who has said every kind of thing on the way through."""
    w = world(KINDS)
    w.at("2026-09-01").enrol(redo=False)
    for kind, data in (
        ("exception", {"rule": "redo", "reason": "other"}), ("selected", {"employer": "ab"}), ("moved", {"start": "2026-09-07"}),
        ("offered", {}), ("accepted", {}), ("assigned", {"role": "caseworker", "person": "Eva"}),
    ):  # fmt: skip
        w.say(kind, **data)
    w.at("2026-09-08").say("phase", "ett", name="först")
    w.say("paused", reason="illness", back="2026-09-15")
    w.at("2026-09-10").say("resumed")
    w.say("lengthened", "ett", count=1, unit="weeks", reason="other")
    w.report("ett", "not_passed")
    w.say("decided", "ett", action="next")
    w.say("placed", "två", employer="ab")
    w.at("2026-09-14").report("två")
    w.say("reported", "tre", result="hired")
    w.say("outcome", what="work")
    w.say("followed_up", point="exit", answers={"outcome": "work"})
    return w


@pytest.mark.parametrize(
    ("kind", "step", "right", "wrong"),
    [
        ("referred", "", {"channel": "outreach"}, {"channel": "granne"}), ("exception", "", {"rule": "entry"}, {"rule": "9"}),
        ("referred", "", {"poäng": "4"}, {"poäng": "många"}), ("selected", "", {"employer": "cd"}, {"employer": "ef"}),
        ("moved", "", {"start": "2026-10-05"}, {"start": "2026-11-02"}), ("accepted", "", {"start": "2026-10-05"}, {"start": "2027-01-01"}),
        ("offered", "", {"until": "2026-09-10"}, {"until": "snart"}), ("assigned", "", {"person": "Bo"}, {"title": "chef"}),
        ("phase", "ett", {"name": "sist"}, {"name": "mitt"}), ("paused", "", {"back": "2026-09-16"}, {"back": "sedan"}),
        ("paused", "", {"reason": "own_wish"}, {"reason": "trött"}), ("lengthened", "ett", {"count": "2"}, {"count": "0"}),
        ("lengthened", "ett", {"unit": "days"}, {"unit": "år"}), ("reported", "ett", {"result": "toppen"}, {"result": "hired"}),
        ("decided", "ett", {"action": "tre"}, {"action": "fyra"}), ("placed", "två", {"employer": "cd"}, {"employer": "ef"}),
        ("reported", "tre", {"outcome": "work_with_support"}, {"outcome": "studies"}),
        ("referred", "", {"born": "1990-01"}, {"born": "1990"}),
        ("followed_up", "", {"outcome": "studies"}, {"outcome": "hem"}), ("outcome", "", {"what": "studies"}, {"what": "hem"}),
    ],
)  # fmt: skip
def test_what_a_fact_says_is_put_right_only_to_what_it_could_have_said(
    whole: World, kind: str, step: str, right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    seq = next(event.seq for event in whole.book.events("p/1") if (event.kind, event.step) == (kind, step))
    before = len(whole.book.events("p/1"))
    with pytest.raises(Refusal) as refused:
        correct(whole, seq, data=wrong)
    assert refused.value.exit_code == 2
    assert len(whole.book.events("p/1")) == before
    correct(whole, seq, data=right)
    assert [event.kind for event in whole.book.events("p/1")][before] == "corrected"
    (now,) = [event for event, _ in standing(whole.book.events("p/1")) if event.seq == seq]
    said = {**now.data, **now.data.get("facts", {}), **now.data.get("answers", {})}
    assert all(str(value) in str(said[name]) or value == "entry" for name, value in right.items())


def test_a_correction_that_fills_a_place_twice_gives_no_more_and_is_said(world: Callable[..., World]) -> None:
    w = world(QUEUE)
    w.at("2026-09-01").enrol(redo=True)
    w.enrol("q", redo=True)
    w.say("accepted")
    w.say("interrupted", reason="own_wish")
    w.at("2026-09-02").say("accepted", ref="q")
    w.at("2026-09-03").correct("p", "interrupted", withdraw=True)
    assert [(w.status(ref), w.claims(ref)[0]) for ref in "pq"] == [("active", "intake holding"), ("active", "intake holding")]
    said = [(todo.kind, todo.role, todo.since) for todo in w.book.rows["t"].todos]
    assert said == [(kind, "enheten", date(2026, 9, 2)) for kind in ("over:intake", "over:step:ett")]
    w.enrol("r", redo=True)
    assert w.log("proposed", ref="r") == []
    w.say("interrupted", reason="own_wish", ref="q")
    assert w.book.rows["t"].todos == ()


def test_others_meet_a_correction_only_in_proposals_nobody_has_answered(world: Callable[..., World]) -> None:
    w = world(QUEUE.replace("places: 1, answer_within", "places: 2, answer_within"))
    for day, ref in enumerate("pqrs", 1):
        w.at(f"2026-09-0{day}").enrol(ref, redo=True)
    assert [w.log("proposed", ref=ref) != [] for ref in "pqrs"] == [True, True, False, False]
    w.at("2026-09-05").say("accepted", ref="q")
    before = {ref: len(w.book.events(f"{ref}/1")) for ref in "qs"}
    w.at("2026-09-06").correct("p", "referred", data={"facts": {"redo": False}})
    assert w.log("unproposed", "proposed", "waitlisted") == []
    assert w.log("proposed", ref="r") == ["2026-09-06 proposed"]
    assert {ref: len(w.book.events(f"{ref}/1")) for ref in "qs"} == before
    w.at("2026-09-07").correct("p", "corrected", data={"facts": {"redo": True}})
    assert (w.log("proposed"), w.log("unproposed", ref="r")) == (["2026-09-07 proposed"], ["2026-09-07 unproposed"])
    assert {ref: len(w.book.events(f"{ref}/1")) for ref in "qs"} == before


def stands(book: MemoryLedger, stream: str) -> list[tuple[Any, ...]]:
    found = [(e.effective, e.kind, e.step, e.attempt, repr(sorted(e.data.items()))) for e, _ in standing(book.log[stream])]
    return sorted(found)


def test_what_is_said_late_or_moved_and_then_taken_back_or_restored_leaves_no_trace() -> None:
    tried, kinds = {"said": 0, "moved": 0}, ("reported", "began", "paused", "resumed", "stated", "outcome")
    for seed in range(20):
        book, draw = MemoryLedger(), random.Random(seed)
        said = worlds.commands(seed, shapes.uncoupled(), people=3, span=75)
        worlds.live(book, shapes.uncoupled(), said, lambda _book, _day: None)
        day = said[-1].day + timedelta(days=3)
        worlds.end(book, day)
        before = {stream: stands(book, stream) for stream in book.log if not stream.startswith("track/")}
        for stream in before:
            for late in draw.sample([row for row in said if row.kind in kinds and row.step != commands.FITTING], 6):
                fact = ReportedFact(
                    late.kind, late.day - timedelta(days=draw.randrange(3)), late.step, data={**late.data, "reason": "other"}
                )
                tried["said"] += _and_back(book, day, stream, fact)
            for event in [event for event in book.log[stream] if event.kind in ("reported", "began", "paused", "resumed", "stated")][:4]:
                tried["moved"] += _moved_and_back(book, day, stream, event)
        assert {stream: stands(book, stream) for stream in before} == before, seed
    assert min(tried.values()) > 25, tried


def _and_back(book: MemoryLedger, day: date, stream: str, fact: ReportedFact) -> bool:
    """Say something late, and take it back; answers whether it could be said."""
    try:
        said = operations.record_fact(book, worlds.clock(day), "Ann", stream, fact)
    except Refusal:
        return False
    if said.events:
        operations.correct(book, worlds.clock(day), "Ann", stream, said.events[0].seq, withdraw=True)
    return bool(said.events)


def _moved_and_back(book: MemoryLedger, day: date, stream: str, event: Event) -> bool:
    """Let a fact be about another day, and then again about its own."""
    try:
        moved = operations.correct(book, worlds.clock(day), "Ann", stream, event.seq, on=event.effective - timedelta(days=2))
    except Refusal:
        return False
    if moved.repeated:  # the world had corrected it to just that
        return False
    operations.correct(book, worlds.clock(day), "Ann", stream, moved.events[0].seq, restore=True)
    return True


@pytest.mark.parametrize("shape", list(shapes.SHAPES))
def test_nothing_is_stranded_where_everything_is_said_on_its_day(shape: str) -> None:
    for seed in range(25):
        book = MemoryLedger()
        tracks = shapes.SHAPES[shape]()
        said = [row for row in worlds.commands(seed, tracks, people=4, span=90) if _in_time(row)]
        worlds.live(book, tracks, said, worlds.end if seed % 2 else lambda _book, _day: None)
        worlds.end(book, said[-1].day + timedelta(days=random.Random(seed).randrange(1, 90)))
        assert [todo for one in book.enrolments.values() for todo in one.todos if todo.kind.startswith("stranded")] == [], (seed, shape)


def _in_time(row: commands.Command) -> bool:
    """Said on its day, and nothing that takes the ground from what was said before."""
    # A step beside the chain may be said to begin long before its point, which then never comes.
    early = row.kind == "began" and row.step in ("coach", "efter", "eftervård", "möte", "språk", commands.FITTING)
    return row.back == 0 and not early and row.kind not in ("correct", "apply", "migrated", "start_cancelled")


def test_a_fact_that_is_moved_to_a_day_comes_after_what_was_said_of_that_day_before(world: Callable[..., World]) -> None:
    w = world(CHAIN)
    w.at("2026-09-01").enrol()
    w.at("2026-09-03").state(väg="a")
    w.at("2026-09-05").state(väg="b")
    w.at("2026-09-06").report("ett")
    first = next(event.seq for event in w.stream("p") if event.kind == "stated")
    w.at("2026-09-10")
    correct(w, first, on=date(2026, 9, 5))
    w.advance()
    assert w.runs(step="tre") == []
    assert w.runs(step="två") == ["2026-09-06 två started"]


HIRING = """
employers: [{id: ab, name: AB, sector: Q}]
steps:
  - {id: prov, type: förberedande anställning, name: Prov, length: 4 weeks}
  - {id: stöd, type: stöd, name: Stöd, from: employment, until: 3 months after employment}
"""


def test_who_was_not_hired_after_all_has_no_outcome_of_a_hire(world: Callable[..., World]) -> None:
    w = world(HIRING)
    w.at("2026-09-01").enrol()
    w.at("2026-09-20").report("prov", "hired")
    w.correct("p", "reported", "prov", data={"result": "not_hired"})
    assert outcomes(w.one("p").progress) == []
    assert "stöd" not in [todo.step for todo in w.one("p").todos]
    assert w.one("p").status == "active"


@pytest.mark.parametrize("first", ["hired", "not_hired"])
def test_a_hire_of_which_nobody_names_the_employer_is_where_the_step_is(world: Callable[..., World], first: str) -> None:
    w = world(HIRING)
    w.at("2026-09-01").enrol()
    w.at("2026-09-20").report("prov", first)
    if first != "hired":
        w.correct("p", "reported", "prov", data={"result": "hired"})
    assert [(one.what, one.employer) for one in outcomes(w.one("p").progress)] == [("work", "ab")]
