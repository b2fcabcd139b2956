"""Cases lived by the engine: what comes true passes, what does not is told with what happened instead and both places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from definitions.loading.loader import load_text
from definitions.model import vocabulary
from definitions.model.track import Track
from definitions.scenarios import phrases
from definitions.scenarios.event_sentences import todo_sentence
from tests.catalogue_keys import given_to
from tracks.events import codes, status
from tracks.events.kinds.table import KINDS, is_consequence, is_fact, is_grant
from tracks.scenarios.expectations import Occurrence
from tracks.scenarios.runner import CaseResult, run_case

TRACK = """\
track: t
name: T
type: förberedande spår
owner: Enheten
partners: [kommun]
facts: {klar_nog: yes/no}
steps:
  - {id: plan, type: kartläggning, length: 2 weeks, gives: [klar_nog]}
  - {id: kurs, type: insats, name: Kurs, when: klar_nog, length: 1 week, on_result: {not_passed: {retry: 1}}}
follow_up: [exit]
"""
QUEUE = TRACK.replace("follow_up", "intake: {places: 1, answer_within: 2 working days}\nfollow_up")


def track(text: str, around: dict[str, Track]) -> Track:
    loaded = load_text(text, around=around)
    assert loaded.track, loaded.diagnostics
    return loaded.track


def run(case: str, *texts: str) -> CaseResult:
    """A case lived on the first of some tracks."""
    known: dict[str, Track] = {}
    for text in reversed(texts or (TRACK,)):
        one = track(text, known)
        known[one.track] = one
    found = list(reversed(known.values()))
    suite = f"test: {found[0].track}\ncases:\n- name: c\n{case}"
    loaded = load_text(suite, around={one.track: one for one in found})
    assert loaded.suite, [(d.code, str(d.span), d.message("en")) for d in loaded.diagnostics]
    return run_case(loaded.suite, loaded.suite.cases[0])


def failures(case: str, *texts: str) -> list[str]:
    """What failed, as `CODE PERSON DAY SENTENCE | INSTEAD`."""
    return [
        " ".join(f"{one.code} {one.person} {one.line.day} {one.line.sentence.text} | {_instead(one.instead)}".split())
        for one in run(case, *texts).failures
    ]


def _instead(happened: Sequence[Occurrence]) -> str:
    return ", ".join(f"{one.day} {one.text}" for one in happened)


GIVEN = "  given: {referred: 2026-06-01, facts: {klar_nog: yes}}\n"


def test_a_case_passes_when_all_that_is_expected_comes_true() -> None:
    assert (
        failures(
            GIVEN
            + "  when: {2026-06-15: plan done, 2026-06-22: kurs done}\n"
            + "  then:\n"
            + "    2026-06-01: [admitted, plan starts, status active]\n"
            + "    2026-06-14: [kurs starts not, plan to report not]\n"
            + "    2026-06-15: [plan report due, plan ends done, kurs starts]\n"
            + "    2026-06-22: [completes, status completed, to follow up exit]\n"
            + "    2026-06-23: follow-up late exit\n"
            + "    never: kurs skipped\n"
        )
        == []
    )


def test_an_event_on_another_day_is_shown_instead() -> None:
    said = GIVEN + "  when: {2026-06-15: plan done}\n  then: {2026-06-16: kurs starts}\n"
    assert failures(said) == ["missing 2026-06-16 kurs starts | 2026-06-15 kurs starts"]


def test_what_else_came_of_the_step_is_shown_instead() -> None:
    said = "  given: {referred: 2026-06-01, facts: {klar_nog: no}}\n  when: {2026-06-15: plan done}\n  then: {2026-06-15: kurs starts}\n"
    assert failures(said) == ["missing 2026-06-15 kurs starts | 2026-06-15 kurs skipped"]


def test_where_nothing_came_of_the_step_what_came_that_day_is_shown() -> None:
    assert failures(GIVEN + "  then: {2026-06-01: kurs starts}\n") == [
        "missing 2026-06-01 kurs starts | 2026-06-01 admitted, 2026-06-01 plan starts"
    ]


@pytest.mark.parametrize(
    ("then", "failed"),
    [
        ("2026-06-15: kurs starts not", ["unwanted 2026-06-15 kurs starts not | 2026-06-15 kurs starts"]),
        ("2026-06-14: kurs starts not", []),
        ("never: kurs starts", ["unwanted None kurs starts | 2026-06-15 kurs starts"]),
        ("never: not kurs starts", []),
        ("never: not kurs skipped", ["missing None not kurs skipped |"]),
        ("2026-06-15: kurs starts run=2", ["missing 2026-06-15 kurs starts run=2 | 2026-06-15 kurs starts"]),
        ("2026-06-15: plan ends interrupted", ["missing 2026-06-15 plan ends interrupted | 2026-06-15 plan ends done"]),
        ("2026-06-15: status completed", ["state 2026-06-15 status completed | 2026-06-15 status active"]),
        ("2026-06-15: status not active", ["state 2026-06-15 status not active | 2026-06-15 status active"]),
    ],
)
def test_what_must_not_happen_and_how_things_must_not_stand(then: str, failed: list[str]) -> None:
    assert failures(GIVEN + f"  when: {{2026-06-15: plan done}}\n  then: {{{then}}}\n") == failed


def test_what_is_on_the_worklist_is_asked_with_its_day_and_whose_it_is() -> None:
    said = "  given: {referred: 2026-06-01}\n  when: {2026-06-16: plan done}\n  then:\n"
    assert failures(said + "    2026-06-15: [plan to report due=2026-06-15 role=kommun]\n    2026-06-16: plan to state klar_nog\n") == []
    assert failures(said + "    2026-06-15: plan to report due=2026-06-16\n") == [
        "state 2026-06-15 plan to report due=2026-06-16 | 2026-06-15 plan to report, due=2026-06-15, role=kommun"
    ]


def test_a_fact_that_is_not_taken_fails_the_case_with_the_refusal() -> None:
    (failure,) = run(GIVEN + "  when: {2026-06-02: kurs done}\n  then: {2026-06-01: admitted}\n").failures
    assert (failure.code, failure.refusal and failure.refusal.code.key) == ("refused", "NotStarted")
    assert str(failure.line.sentence.span) == "<text>:5:22"


def test_what_is_to_be_refused_is_tried_and_leaves_no_trace() -> None:
    said = (
        GIVEN
        + "  when: {2026-06-15: plan done}\n  then:\n    2026-06-02: [refused kurs done, refused pause]\n    2026-06-15: kurs starts\n"
    )
    assert failures(said) == ["taken 2026-06-02 refused pause |"]
    assert not any(one.kind == "paused" for one in run(said).course)
    assert failures(said.replace("refused kurs done, refused pause", "not refused pause, not refused kurs done")) == [
        "taken 2026-06-02 not refused kurs done |"
    ]


def test_the_queue_is_asked_in_order_and_a_place_goes_to_the_next() -> None:
    said = """\
  given:
    anna: {referred: 2026-06-01}
    bo: {referred: 2026-06-02}
    cia: {referred: 2026-06-03}
  when:
    2026-06-03: anna offer
    2026-06-09: anna interest
    2026-06-10: bo accept
  then:
    2026-06-03: [queue bo cia, bo status waiting]
    2026-06-05: anna status offered
    2026-06-06: [anna offer lapses, "bo proposed, rank=1", anna to ask for interest]
    2026-06-09: [queue anna bo cia, anna proposed, bo proposal withdrawn]
    2026-06-10: queue anna, bo, cia
"""
    assert failures(said, QUEUE) == ["refused bo 2026-06-10 bo accept |"]
    assert failures(said.replace("bo accept", "anna accept").replace("queue anna, bo, cia", "queue"), QUEUE) == [
        "state 2026-06-10 queue | 2026-06-10 queue bo, cia"
    ]


def test_each_of_several_fails_by_name() -> None:
    said = "  given:\n    group: {count: 3, referred: 2026-06-01}\n  when: {2026-06-15: group-2 plan done}\n"
    said += "  then: {2026-06-15: group plan ends}\n"
    assert [one.person for one in run(said).failures] == ["group-1", "group-3"]


def test_a_correction_counts_as_if_it_had_been_so_from_the_start() -> None:
    said = GIVEN + "  when:\n    2026-06-15: plan done klar_nog=no\n    2026-06-17: correct plan done klar_nog=yes\n  then:\n"
    assert failures(said + "    2026-06-15: kurs starts\n    never: kurs skipped\n") == []
    back = GIVEN + "  when:\n    2026-06-15: plan done\n    2026-06-16: take back plan done\n    2026-06-17: plan not_passed\n  then:\n"
    assert failures(back + "    2026-06-17: plan to decide\n    never: kurs starts\n") == []


def test_a_fact_about_an_earlier_day_counts_from_that_day() -> None:
    assert (
        failures(GIVEN + "  when: {2026-06-20: plan done 2026-06-15}\n  then: {2026-06-15: kurs starts, 2026-06-22: kurs report due}\n")
        == []
    )


def test_everything_that_a_person_may_say_can_be_said() -> None:
    said = """\
  given: {referred: 2026-06-01, facts: {klar_nog: yes}, channel: outreach}
  when:
    2026-06-01: [assign caseworker Åsa Ek, contact, outcome studies, plan lengthen 1 week, kurs skip reason=other]
    2026-06-02: pause reason=illness back=2026-06-09
    2026-06-09: resume
    2026-06-10: plan begin 2026-06-09
    2026-06-11: plan contact
    2026-06-12: state sex=woman schooling=higher
    2026-06-15: close reason=got_a_job
    2026-06-16: [enrol klar_nog=yes channel=self, misregister]
  then:
    2026-06-02: [status paused, "to return, due=2026-06-09"]
    2026-06-15: [status completed, kurs starts not]
    2026-06-16: status misregistered
"""
    assert failures(said) == []


OTHER = "track: u\nname: U\ntype: förberedande spår\nsteps: [{id: samtal, type: insats, name: Samtal}]\nfacts: {klar_nog: yes/no}\n"


def test_a_transfer_leads_to_the_other_track_of_the_unit_and_its_steps_may_be_named() -> None:
    said = GIVEN + "  when:\n    2026-06-08: transfer ut reason=other\n    2026-06-10: samtal done\n  then:\n"
    leading = TRACK + "transfers: {ut: {to: u, requires: klar_nog}}\n"
    assert failures(said + "    2026-06-08: [leaves, samtal starts, status active]\n    2026-06-10: completes\n", leading, OTHER) == []
    assert failures(said.replace("yes", "no") + "    2026-06-08: status active\n", leading, OTHER) == [
        "refused 2026-06-08 transfer ut reason=other |", "refused 2026-06-10 samtal done |",
    ]  # fmt: skip
    assert failures(said + "    2026-06-08: status transferred\n", leading, OTHER) == [
        "state 2026-06-08 status transferred | 2026-06-08 status active, on u, to which the transfer led"
    ]


def test_the_course_of_a_case_is_everything_that_the_engine_answered() -> None:
    verdict = run(GIVEN + "  when: {2026-06-15: plan done}\n  then: {2026-06-01: admitted}\n")
    assert [(one.day, one.text) for one in verdict.course] == [
        (date(2026, 6, 1), "admitted"),
        (date(2026, 6, 1), "plan starts"),
        (date(2026, 6, 15), "plan report due"),
        (date(2026, 6, 15), "plan ends done"),
        (date(2026, 6, 15), "kurs starts"),
    ]


def through(*more: str) -> str:
    """A person who has done the plan, and then some."""
    return "".join(
        ["  given: {referred: 2026-06-01}\n  when:\n    2026-06-15: plan done, klar_nog=yes\n", *(f"    {one}\n" for one in more)]
    )


def test_a_step_can_be_done_once_more_and_spoken_of_by_its_number() -> None:
    said = through("2026-06-16: plan repeat", "2026-06-22: kurs done", "2026-06-30: plan-2 done")
    then = "  then: {2026-06-16: [plan-2 starts, refused plan repeat], 2026-06-30: [plan-2 ends done, completes]}\n"
    assert failures(said + then) == []


def test_a_person_can_get_a_step_of_her_own_and_it_can_be_taken_back() -> None:
    added = ("2026-06-16: add kafe 2 weeks after=plan", "2026-06-22: kurs done")
    then = "  then: {2026-06-16: kafe starts, 2026-06-22: refused add plan, 2026-06-30: [kafe report due, completes not]}\n"
    assert failures(through(*added) + then) == []
    then = "  then: {2026-06-22: completes, never: kafe starts}\n"
    assert failures(through(*added, "2026-06-23: take back add kafe") + then) == []
    assert failures(through(*added) + then) == [
        "missing 2026-06-22 completes | 2026-06-22 kurs report due, 2026-06-22 kurs ends done",
        "unwanted None kafe starts | 2026-06-16 kafe starts",
    ]


def test_a_repeated_step_can_be_taken_back() -> None:
    said = through("2026-06-16: plan repeat", "2026-06-22: kurs done", "2026-06-23: take back plan repeat")
    assert failures(said + "  then: {2026-06-22: completes, never: plan-2 starts}\n") == []


def test_too_many_with_a_place_can_be_expected() -> None:
    people = "  given:\n    a: {referred: 2026-06-01}\n    b: {referred: 2026-06-02}\n  when:\n    2026-06-01: a accept\n"
    said = "    2026-06-08: a interrupt\n    2026-06-09: b accept\n    2026-06-10: a take back interrupt\n"
    assert failures(people + said + "  then: {2026-06-09: track overfull not, 2026-06-10: track overfull}\n", QUEUE) == []
    assert failures(people + said + "  then: {2026-06-10: track overfull not}\n", QUEUE) == [
        "state 2026-06-10 track overfull not | 2026-06-10 track overfull"
    ]


def test_what_lost_its_ground_can_be_expected() -> None:
    said = through("2026-06-22: kurs done", "2026-06-23: correct plan interrupted 2026-06-20")
    assert failures(said + "  then: {2026-06-22: kurs to correct not, 2026-06-23: kurs to correct}\n") == []


def test_a_referral_that_is_refused_fails_where_the_person_stands() -> None:
    text = TRACK.replace("steps:", "target_group: {entry: [{rule: age >= 16, reason: The agreement is for adults}]}\nsteps:")
    verdict = run(
        "  given:\n    a: {referred: 2026-06-01}\n    b: {referred: 2026-06-01, born: 1998-04}\n  then: {2026-06-01: b admitted}\n", text
    )
    (one,) = verdict.failures
    assert (one.code, one.person, one.line.sentence.text, str(one.line.sentence.span)) == ("refused", "a", "a enrol", "<text>:5:8")
    assert one.refusal is not None
    assert one.refusal.code.key == "AgeNeeded"


# What a person may say, but no command says on a day of one's own choosing: another version, a disclosure.
NOT_SAID = {"migrated", "disclosed", "merged", "renumbered", "identity_protected", "erased", "key_lost", "applied", "goal_struck"}


def test_everything_that_people_may_say_has_a_phrase() -> None:
    said = {one.kind for one in (*phrases.STATEMENTS, *phrases.RESULTS)} - {"shortened", "withdrawn"}
    assert said == {name for name in KINDS if is_fact(name)} - NOT_SAID


def test_everything_that_the_engine_answers_has_a_phrase() -> None:
    assert {one.kind for one in phrases.EXPECTATIONS} - phrases.STATES == {name for name in KINDS if is_consequence(name) or is_grant(name)}


def test_everything_on_the_worklist_has_a_phrase() -> None:
    # A letter that does not hold any more is on no worklist of the engine, but read out of the letters.
    kinds = (given_to("tracks", "Todo") | given_to("tracks", "todo") | {"stranded"}) - {"letter"}
    known = {one.more["todo"].partition(":")[0] for one in phrases.EXPECTATIONS if "todo" in one.more} | {"over"}
    assert kinds == known
    for kind in kinds:
        abouts = ("end", "transfer") if kind == "proposal" else ("", "a", "a:2026-09-01", "start:2026-09-01", "reported")
        assert all(todo_sentence(f"{kind}:{about}".rstrip(":"), step, None, "", "sv") for about in abouts for step in ("", "kurs"))


def test_the_words_of_cases_are_those_of_the_engine() -> None:
    assert set(vocabulary.REASONS) == set(codes.REASONS)
    assert set(vocabulary.CHANNELS) == set(codes.CHANNELS)
    assert set(vocabulary.STATUSES) == {str(status) for status in status.Status}


STARTS = TRACK.replace("follow_up", "intake: {starts: [2026-06-22, 2026-08-31], places: 3}\nfollow_up")


def test_what_was_said_of_a_start_is_taken_back_and_put_right_for_all_who_are_on_it() -> None:
    given = "  given:\n    a: {referred: 2026-06-01}\n    b: {referred: 2026-06-01}\n"
    said = "  when:\n    2026-06-08: [a accept, b accept, start 2026-06-22 cancel]\n    2026-06-10: take back start 2026-06-22 cancel\n"
    then = "  then:\n    2026-06-09: a status waiting\n    2026-06-10: [a status accepted, b status accepted]\n"
    assert failures(given + said + then + "    2026-06-22: [a admitted, b admitted]\n    never: start 2026-06-22 held\n", STARTS) == []
    moved = said.replace("cancel]", "postpone 2026-07-06]").replace(
        "take back start 2026-06-22 cancel", "correct start 2026-06-22 postpone 2026-06-29"
    )
    assert failures(given + moved + "  then:\n    2026-06-29: [a admitted, b admitted]\n", STARTS) == []
    never = failures(given + said.replace("start 2026-06-22 cancel]", "b decline]") + "  then: {2026-06-10: a status accepted}\n", STARTS)
    assert never == ["refused 2026-06-10 take back start 2026-06-22 cancel |"]
