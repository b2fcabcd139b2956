"""Branch coverage: the branches of small tracks counted by hand, and each found missing when the case that takes it is left out."""

from __future__ import annotations

from typing import Final

import pytest

from definitions.conditions.possible_values import answers
from definitions.loading.loader import load_text
from definitions.model.track import Track
from tracks.engine.context.plan import plan_of
from tracks.scenarios.branches import TrackBranch, list_branches
from tracks.scenarios.coverage import Coverage
from tracks.scenarios.runner import run_case

HEAD: Final = "track: t\nname: T\ntype: förberedande spår\nowner: Enheten\npartners: [kommun]\n"
PLAIN: Final = HEAD + "steps: [{id: plan, type: kartläggning}]\nfollow_up: [exit]\n"
SKIPPED: Final = HEAD + (
    "facts: {bil: yes/no}\nfollow_up: [1 month]\n"
    "steps:\n- {id: plan, type: kartläggning, length: 2 weeks}\n"
    "- {id: kurs, type: insats, name: K, when: not bil, on_result: {not_passed: {retry: 2, then: next}}}\n"
)
BESIDE: Final = HEAD + (
    "follow_up: [exit]\nsteps:\n- {id: plan, type: kartläggning}\n"
    "- {id: med, type: insats, name: M, alongside: plan, length: 1 week, contact_every: 3 days}\n"
    "- {id: stod, type: stöd, from: end of plan, until: 1 month after employment}\n"
    "- {id: vid, type: insats, name: V, from: when needed}\n"
)
QUEUE: Final = HEAD + (
    "facts: {bil: yes/no}\ntarget_group: {entry: [bil, selected]}\nfollow_up: [exit]\n"
    "intake: {starts: [2026-09-01, 2026-10-01], places: 2, minimum: 2, order: [referral], join_within: 1 week}\n"
    "steps: [{id: plan, type: kartläggning}]\n"
)


def track(text: str) -> Track:
    loaded = load_text(text)
    assert loaded.track, [(d.code, d.message("en")) for d in loaded.diagnostics]
    return loaded.track


def named(text: str) -> list[str]:
    return [" ".join(branch).rstrip() for branch in list_branches(plan_of(track(text)))]


def taken(text: str, *cases: str) -> set[str]:
    """The branches that some cases take."""
    coverage = Coverage()
    suite = "test: t\ncases:\n" + "".join(f"- name: {number}\n{case}" for number, case in enumerate(cases))
    loaded = load_text(suite, around={"t": track(text)})
    assert loaded.suite, [(d.code, str(d.span), d.message("en")) for d in loaded.diagnostics]
    for case in loaded.suite.cases:
        verdict = run_case(loaded.suite, case, coverage)
        assert verdict.failures == (), [(one.line.sentence.text, str(one.refusal)) for one in verdict.failures]
    every = set(list_branches(plan_of(track(text))))
    return {" ".join(branch).rstrip() for branch in coverage.taken["t"] & every}


def test_a_track_of_one_step_has_the_branches_that_its_results_and_its_end_give_it() -> None:
    assert named(PLAIN) == [
        "result plan done 0", "result plan not_passed 0", "result plan interrupted 0", "completed", "follow_up.met  exit",
        "follow_up.missed  exit",
    ]  # fmt: skip


def test_a_condition_a_deadline_and_a_bound_have_their_branches() -> None:
    assert named(SKIPPED) == [
        "report.met plan", "report.missed plan", "result plan done 0", "result plan not_passed 0", "result plan interrupted 0",
        "when.true kurs", "when.false kurs not bil", "when.unknown kurs not bil",
        "result kurs done 0", "result kurs not_passed 0", "result kurs not_passed 1", "result kurs interrupted 0",
        "completed", "follow_up.met  1 month", "follow_up.missed  1 month",
    ]  # fmt: skip


def test_steps_beside_the_chain_have_theirs() -> None:
    assert [name for name in named(BESIDE) if " med" in name or " stod" in name or " vid" in name] == [
        "begun med", "skipped.exit med", "ended.until med", "ended.length med", "ended.exit med", "contact.met med", "contact.missed med",
        "begun stod", "skipped.exit stod", "ended.until stod", "ended.exit stod", "outlives stod",
        "needed vid", "ended.exit vid",
    ]  # fmt: skip


def test_entry_the_queue_and_starts_have_theirs() -> None:
    assert named(QUEUE)[:22] == [
        "entry.true", "entry.false  bil", "entry.unknown  bil", "entry.unknown  selected", "entry.exception",
        "queue.proposed", "queue.accepted", "queue.declined", "queue.lapsed", "queue.full", "queue.refilled", "queue.order 0 referral",
        "start.used 2026-09-01", "start.used 2026-10-01",
        "start.cancelled", "start.postponed", "start.held", "start.confirmed", "start.late",
        "result plan done 0", "result plan not_passed 0", "result plan interrupted 0",
    ]  # fmt: skip


def test_a_held_start_is_asked_for_where_one_of_several_has_a_minimum() -> None:
    for starts, held in (("2026-09-01, {date: 2026-10-01, minimum: 2}", True), ("2026-09-01, {date: 2026-10-01, minimum: 1}", False)):
        found = named(HEAD + f"intake: {{starts: [{starts}], places: 3}}\nsteps: [{{id: plan, type: kartläggning}}]\n")
        assert ("start.held" in found, "start.confirmed" in found) == (held, held)


@pytest.mark.parametrize(
    ("rule", "known", "possible"),
    [
        ("bil", (), {True, False, None}),
        ("bil", ("bil",), {True, False}),
        ("not bil", (), {True, False, None}),
        ("selected", (), {True, None}),
        ("not selected", (), {False, None}),
        ("age >= 16 and age < 25", (), {True, False}),
        ("known(bil)", (), {True, False}),
        ("lasted(1 month)", (), {True, False}),
        ("outcome = work", (), {True, False}),
        ("result(plan) = done", (), {True, False, None}),
        ("result(plan) = done", ("result(plan)",), {True, False}),
        ("bil or known(bil)", (), {True, False, None}),
        ("days_since(sedan) > 30", (), {True, False, None}),
        ("employer in track", (), {True, False, None}),
    ],
)
def test_only_the_answers_that_a_condition_can_give_are_branches(rule: str, known: tuple[str, ...], possible: set[bool | None]) -> None:
    assert answers(rule, known) == possible


def test_what_must_be_known_before_a_step_is_reached_cannot_be_unknown_there() -> None:
    steps = (
        "facts: {bil: yes/no, ort: [A, B]}\nsteps:\n- {id: plan, type: kartläggning}\n- {id: a, type: insats, name: A, when: bil}\n"
        "- {id: b, type: insats, name: B, when: not bil}\n- {id: c, type: insats, name: C, when: bil and ort = A}\n"
        "- {id: d, type: insats, name: D, when: result(a) = done}\n- {id: e, type: insats, name: E, from: admission, when: bil}\n"
    )
    assert [name for name in named(HEAD + steps) if name.startswith("when.unknown")] == [
        "when.unknown a bil", "when.unknown c bil and ort = A", "when.unknown e bil",
    ]  # fmt: skip


GIVEN: Final = "  given: {referred: 2026-06-01%s}\n  when: {%s}\n  then: {2026-06-01: admitted}\n"
# Each takes one branch that none of the others does.
SKIPPED_CASES: Final = {
    "when.false kurs not bil": GIVEN % (", facts: {bil: yes}", "2026-06-02: plan done"),
    "when.unknown kurs not bil": GIVEN % ("", "2026-06-02: plan done"),
    "result plan not_passed 0": GIVEN % ("", "2026-06-02: plan not_passed"),
    "result plan interrupted 0": GIVEN % ("", "2026-06-02: plan interrupted"),
    "report.missed plan": GIVEN % ("", "2026-06-17: assign caseworker Åsa"),
    "result kurs not_passed 1": GIVEN
    % (", facts: {bil: no}", "2026-06-02: [plan done, kurs not_passed], 2026-06-03: kurs not_passed, 2026-06-04: kurs not_passed"),
    "result kurs not_passed 0": GIVEN % (", facts: {bil: no}", "2026-06-02: [plan done, kurs not_passed], 2026-06-03: kurs interrupted"),
    "result kurs interrupted 0": GIVEN % (", facts: {bil: no}", "2026-06-02: [plan done, kurs interrupted]"),
    "result kurs done 0": GIVEN % (", facts: {bil: no}", "2026-06-02: [plan done, kurs done]"),
    "follow_up.met  1 month": GIVEN % (", facts: {bil: yes}", "2026-06-02: plan done, 2026-07-02: follow-up 1 month outcome=work"),
    "follow_up.missed  1 month": GIVEN % (", facts: {bil: yes}", "2026-06-02: plan done, 2026-07-03: outcome work"),
}


def test_cases_that_take_every_branch_leave_none() -> None:
    assert taken(SKIPPED, *SKIPPED_CASES.values()) == set(named(SKIPPED))


# Another case takes these too, on its way to its own.
SHARED: Final = {"when.false kurs not bil", "result kurs not_passed 0", "result kurs interrupted 0"}


@pytest.mark.parametrize("left_out", sorted(set(SKIPPED_CASES) - SHARED))
def test_a_branch_that_no_case_takes_is_left(left_out: str) -> None:
    rest = [case for name, case in SKIPPED_CASES.items() if name != left_out]
    assert set(named(SKIPPED)) - taken(SKIPPED, *rest) == {left_out}


BESIDE_CASES: Final = {
    "skipped.exit stod": GIVEN % ("", "2026-06-03: interrupt, 2026-06-04: outcome other"),
    "ended.length med": GIVEN % ("", "2026-06-08: assign caseworker Åsa"),
    "ended.until med": GIVEN % ("", "2026-06-02: [contact, plan done]"),
    "ended.exit stod": GIVEN % ("", "2026-06-02: plan interrupted, 2026-06-03: [interrupt, outcome other]"),
    "ended.until stod": GIVEN % ("", "2026-06-02: [outcome work, plan done], 2026-07-02: contact"),
    "ended.exit vid": GIVEN % ("", "2026-06-02: vid begin, 2026-06-03: interrupt"),
}


def test_what_goes_on_beside_the_chain_is_taken_one_way_at_a_time() -> None:
    whole = taken(BESIDE, *BESIDE_CASES.values())
    assert set(BESIDE_CASES) <= whole
    assert {"contact.met med", "contact.missed med", "outlives stod", "begun stod", "needed vid", "ended.exit med"} <= whole
    for name in ("ended.length med", "ended.until stod", "ended.exit vid"):
        rest = [case for other, case in BESIDE_CASES.items() if other != name]
        assert name not in taken(BESIDE, *rest)


PEOPLE: Final = (
    "  given:\n    anna: {referred: 2026-08-03, facts: {bil: yes}, selected: norr}\n"
    "    bo: {referred: 2026-08-04, facts: {bil: yes}, selected: norr}\n"
    "    cia: {referred: 2026-08-05, facts: {bil: yes}, selected: norr}\n  when: {%s}\n  then: {2026-08-05: cia waitlisted}\n"
)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("2026-08-05: anna accept", {"queue.accepted"}),
        ("2026-08-05: anna decline", {"queue.declined", "queue.refilled"}),
        ("2026-08-05: anna offer, 2026-08-20: cia accept", {"queue.lapsed", "queue.accepted", "queue.refilled"}),
        ("2026-08-05: [anna accept, bo accept], 2026-09-01: cia contact", {"queue.accepted", "start.used 2026-09-01"}),
        ("2026-08-05: anna accept, 2026-08-06: bo decline, 2026-08-07: cia decline, 2026-09-01: start 2026-09-01 confirm",
         {"queue.accepted", "queue.declined", "queue.refilled", "start.held", "start.confirmed", "start.used 2026-09-01"}),
        ("2026-08-05: start 2026-09-01 cancel", {"start.cancelled"}),
        ("2026-08-05: start 2026-09-01 postpone 2026-09-08", {"start.postponed"}),
        ("2026-08-05: [anna accept, bo accept], 2026-09-02: bo interrupt, 2026-09-03: cia accept",
         {"queue.accepted", "queue.refilled", "start.used 2026-09-01", "start.late", "follow_up.missed  exit"}),
    ],
)  # fmt: skip
def test_a_queue_takes_what_people_answer(said: str, more: set[str]) -> None:
    always = {"entry.true", "queue.proposed", "queue.full", "queue.order 0 referral"}
    assert taken(QUEUE, PEOPLE % said) == always | more


GIVEN_QUEUE: Final = "  given: {referred: 2026-08-04, %s}\n  when: {2026-08-05: contact}\n  then: {never: admitted}\n"


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("facts: {bil: yes}, selected: norr", {"entry.true", "queue.proposed"}),
        ("facts: {bil: no}, selected: norr", {"entry.false  bil"}),
        ("selected: norr", {"entry.unknown  bil"}),
        ("facts: {bil: yes}", {"entry.unknown  selected"}),
    ],
)
def test_each_entry_condition_is_asked_by_itself(facts: str, found: set[str]) -> None:
    said = taken(QUEUE, GIVEN_QUEUE % facts)
    assert {name for name in said if name.startswith(("entry", "queue.proposed"))} == found


def test_a_transfer_an_employer_and_a_place_in_a_step_are_branches_too() -> None:
    text = HEAD.replace("förberedande spår", "jobbspår") + (
        "facts: {bil: yes/no}\nfollow_up: [exit]\n"
        "employers:\n- {id: norr, name: N, requires: bil, agreement: {signed: 2026-01-01}}\n"
        "- {id: syd, name: S, agreement: {signed: 2026-01-01}}\n"
        "steps: [{id: praktik, type: praktik, places: {norr: 1}, phases: [ett], starts: [2026-06-08]}]\n"
        "transfers: {ut: {to: Försäkringskassan, requires: bil}}\n"
    )
    assert [name for name in named(text) if not name.startswith(("result", "follow"))] == [
        "placement praktik", "day.used praktik 2026-06-08", "day.none praktik", "place.given praktik norr", "place.waited praktik norr",
        "phase praktik ett", "employer.met norr", "employer.unmet norr bil", "transfer.taken ut", "transfer.unmet ut bil", "completed",
    ]  # fmt: skip
    people = "".join(
        f"    {name}: {{referred: 2026-06-0{day}{facts}}}\n"
        for name, day, facts in (("a", 1, ", facts: {bil: yes}"), ("b", 1, ", facts: {bil: yes}"), ("c", 9, ""))
    )
    said = taken(
        text,
        f"  given:\n{people}  when:\n    2026-06-02: [a praktik at norr, b praktik at norr]\n    2026-06-08: a praktik phase ett\n"
        "    2026-06-10: [c praktik at syd, b transfer ut reason=other]\n"
        "  then:\n    2026-06-08: [a praktik starts, b praktik starts not]\n"
        "    2026-06-09: [refused c praktik at norr, refused c transfer ut]\n"
        "    2026-06-10: c praktik to get a day\n",
    )
    assert {name for name in named(text) if not name.startswith(("result", "follow", "completed"))} <= said


def test_what_was_only_tried_takes_no_branch() -> None:
    case = "  given: {referred: 2026-06-01}\n  when: {2026-06-02: contact}\n  then: {2026-06-02: not refused plan interrupted}\n"
    assert "result plan interrupted 0" not in taken(PLAIN, case)


def test_each_case_begins_anew() -> None:
    coverage = Coverage()
    plan = coverage.wrap_plan(plan_of(track(QUEUE)))
    assert plan.hash == plan_of(track(QUEUE)).hash
    assert coverage.taken["t"] == set()
    assert TrackBranch("entry.true") in list_branches(plan)
