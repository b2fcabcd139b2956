"""What `check` warns of because the file itself tells that it cannot be kept."""

from __future__ import annotations

import pytest

from definitions.loading.loader import load_text
from definitions.source import findings

UNKEPT = {
    findings.NO_EMPLOYER_FOR_START, findings.NO_DAY_FOR_START, findings.FACT_GIVEN_TOO_LATE, findings.LONGER_THAN_LONGEST,
    findings.OFFER_OUTLIVES_START,
}  # fmt: skip
EMPLOYERS = "employers: [{id: a, name: A, agreement: {signed: 2026-01-01}}, {id: b, name: B, agreement: {signed: 2026-01-01}}]\n"
TWO_STARTS = "intake: {starts: [{date: 2027-02-01, employer: a}, {date: 2027-03-01, employer: b}]}\n"


def found(written: str, kind: str = "förberedande spår") -> list[str]:
    loaded = load_text(f"track: x\nname: X\ntype: {kind}\n{written}", "x.yaml")
    assert loaded.track is not None, loaded.diagnostics
    return [one.code for one in loaded.diagnostics if one.code in UNKEPT]


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        ("employer: a", [findings.NO_EMPLOYER_FOR_START]),
        ("employer: [a, b]", []),
        ("length: 4 weeks", []),
        ("employer: a, when: employer = a", []),
    ],
)
def test_a_start_whose_employers_a_step_excludes_is_found(step: str, codes: list[str]) -> None:
    assert found(f"{EMPLOYERS}{TWO_STARTS}steps: [{{id: p, type: praktik, {step}}}]", "jobbspår") == codes


@pytest.mark.parametrize(
    ("intake", "codes"),
    [
        ("intake: {starts: [2027-02-01, 2027-03-01]}", [findings.NO_DAY_FOR_START]),
        ("intake: {starts: [2027-02-01, 2027-02-15]}", []),
        ("period: {from: 2027-03-01}", [findings.NO_DAY_FOR_START]),
        ("period: {from: 2027-01-01}", []),
    ],
)
def test_a_step_whose_days_are_over_before_a_start_is_found(intake: str, codes: list[str]) -> None:
    assert found(f"{intake}\nsteps: [{{id: v, type: yrkesvux, starts: [2027-02-15], length: 2 weeks}}]") == codes


@pytest.mark.parametrize(
    ("asks", "codes"),
    [
        ("when: ready", [findings.FACT_GIVEN_TOO_LATE]),
        ("requires: not ready", [findings.FACT_GIVEN_TOO_LATE]),
        ("when: ready or level > 3", [findings.FACT_GIVEN_TOO_LATE]),
        ("when: known(ready) and ready", []),
        ("when: ready or other", []),
        ("after: k, when: ready", []),
        ("from: admission, when: ready", []),
    ],
)
def test_a_step_that_waits_for_what_only_its_followers_give_is_found(asks: str, codes: list[str]) -> None:
    facts = "facts: {ready: yes/no, level: number, other: yes/no}\n"
    steps = f"steps: [{{id: v, type: yrkesvux, {asks}}}, {{id: k, type: kartläggning, after: {{}}, gives: [ready, level]}}]"
    after = "admission" if "after" in asks or "from" in asks else "v"
    assert found(facts + steps.replace("{}", after)) == codes


def test_a_fact_that_is_asked_for_before_admission_is_given_in_time() -> None:
    steps = "steps: [{id: v, type: yrkesvux, when: ready}, {id: k, type: kartläggning, gives: [ready]}]"
    assert found("facts: {ready: yes/no}\n" + steps) == [findings.FACT_GIVEN_TOO_LATE]
    assert found("facts: {ready: yes/no}\ntarget_group: {entry: [ready or not ready]}\n" + steps) == []


@pytest.mark.parametrize(
    ("longest", "step", "codes"),
    [
        ("8 weeks", "length: 8 weeks", [findings.LONGER_THAN_LONGEST]),
        ("10 weeks", "length: 8 weeks", []),
        ("8 weeks", "after: admission, length: 8 weeks", []),
        ("8 weeks", "when: outcome = unknown, length: 8 weeks", []),
    ],
)
def test_a_longest_time_that_the_plan_itself_passes_is_found(longest: str, step: str, codes: list[str]) -> None:
    chain = f"steps: [{{id: k, type: kartläggning, length: 2 weeks}}, {{id: p, type: insats, name: P, {step}}}]"
    assert found(f"longest: {longest}\n{chain}") == codes


@pytest.mark.parametrize(
    ("intake", "codes"),
    [
        ("starts: [2027-01-11], answer_within: 6 weeks, offer_before_start: 2 weeks", [findings.OFFER_OUTLIVES_START]),
        ("starts: [2027-01-11], answer_within: 2 months", [findings.OFFER_OUTLIVES_START]),
        ("starts: [2027-01-11], answer_within: 6 weeks, offer_before_start: 2 weeks, join_within: 4 weeks", []),
        ("starts: [2027-01-11], answer_within: 10 working days, offer_before_start: 2 weeks", []),
        ("answer_within: 6 weeks, places: 4", []),
    ],
)
def test_an_offer_that_can_be_answered_when_the_start_has_begun_is_found(intake: str, codes: list[str]) -> None:
    assert found(f"intake: {{{intake}}}\nsteps: [{{id: k, type: kartläggning, length: 2 weeks}}]") == codes
