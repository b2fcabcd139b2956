"""Conditions: both languages, one canonical text, three values, and when an answer turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.conditions.ast import Alone, Compare, FactKnown, InTrack, Lasted, Not, Operand, Tree, canonical, every, some
from definitions.conditions.compiler import compile_all, compile_rule, render_condition
from definitions.conditions.parser import ConditionError, parse
from definitions.conditions.references import names_in, steps_in
from definitions.conditions.type_checker import Scope, check
from definitions.model.track import Fact
from definitions.model.values import Length

FACTS = {
    fact.id: fact
    for fact in (
        Fact(id="a", type="yes/no"),
        Fact(id="b", type="yes/no"),
        Fact(id="svenska", type="choice", choices=("A", "B", "C", "D")),
        Fact(id="barn", type="number"),
        Fact(id="inskriven", type="date"),
    )
}
STEPS = {"praktik": ("done", "not_passed", "interrupted"), "prov": ("hired", "not_hired", "interrupted", "lovande")}
SCOPE = Scope(FACTS, STEPS, frozenset({"norrbygg", "betong"}), "sv")


@dataclass
class Person:
    day: date = date(2026, 9, 1)
    facts: dict[str, Any] = field(default_factory=dict)
    years: int | None = None
    birthday: date | None = None
    reported: str = "unknown"
    results: dict[str, str] = field(default_factory=dict)
    since: date | None = None

    def fact(self, name: str) -> Any:
        return self.facts.get(name)

    def age(self) -> int | None:
        return self.years

    def next_birthday(self) -> date | None:
        return self.birthday

    def outcome(self) -> str:
        return self.reported

    def result(self, step: str) -> str | None:
        return self.results.get(step)

    def employed_since(self) -> date | None:
        return self.since

    def employers(self) -> frozenset[str]:
        return frozenset({"norrbygg", "betong"})


def checked(text: str) -> str:
    tree, problems = check(parse(text), SCOPE)
    assert not problems
    return canonical(tree)


def holds(text: str, person: Person) -> bool | None:
    return compile_rule(checked(text), FACTS).holds(person)


@pytest.mark.parametrize(
    ("written", "english", "swedish"),
    [
        ("a och inte b", "a and not b", "a och inte b"),
        ("(a and b)", "a and b", "a och b"),
        ("a or (b or a)", "a or b or a", "a eller b eller a"),
        ("inte (a eller b)", "not (a or b)", "inte (a eller b)"),
        ("svenska>=B", "svenska >= B", "svenska >= B"),
        ("ålder >= 016", "age >= 16", "ålder >= 16"),
        ("utfall = arbete_med_stöd", "outcome = work_with_support", "utfall = arbete_med_stöd"),
        ("resultat(praktik) = klar", "result(praktik) = done", "resultat(praktik) = klar"),
        ("result(prov) = lovande", "result(prov) = lovande", "resultat(prov) = lovande"),
        ("resultat(praktik) != överhoppad", "result(praktik) != skipped", "resultat(praktik) != överhoppad"),
        ("dagar_sedan(inskriven) > 365", "days_since(inskriven) > 365", "dagar_sedan(inskriven) > 365"),
        ("känd(kön) och kön = kvinna", "known(sex) and sex = woman", "känd(kön) och kön = kvinna"),
        ("utbildningsnivå < eftergymnasial", "schooling < higher", "utbildningsnivå < eftergymnasial"),
        ("varade( 1  månad )", "lasted(1 month)", "varade(1 månad)"),
        ("varade(10 arbetsdagar)", "lasted(10 working days)", "varade(10 arbetsdagar)"),
        ("arbetsgivare i_spåret", "employer in track", "arbetsgivare i_spåret"),
        ("arbetsgivare i spåret", "employer in track", "arbetsgivare i_spåret"),
        ("arbetsgivare = norrbygg", "employer = norrbygg", "arbetsgivare = norrbygg"),
        ("utvald och inte utrikesfödd", "selected and not born_abroad", "utvald och inte utrikesfödd"),
        ("väg_in = uppsökande", "channel = outreach", "väg_in = uppsökande"),
        ("inskriven >= 2026-01-01", "inskriven >= 2026-01-01", "inskriven >= 2026-01-01"),
    ],
)
def test_both_languages_have_one_canonical_text(written: str, english: str, swedish: str) -> None:
    assert checked(written) == english
    assert render_condition(english, "sv") == swedish
    assert checked(swedish) == english


@pytest.mark.parametrize(
    ("text", "code", "at", "width"),
    [
        ("a b", "JS201", 2, 1),
        ("a and and b", "JS201", 6, 3),
        ("a )", "JS201", 2, 1),
        ("()", "JS201", 1, 1),
        ("a % b", "JS202", 2, 1),
        ("a & b", "JS222", 2, 1),
        ("a and", "JS203", 5, 1),
        ("", "JS203", 0, 1),
        ("svenska >=", "JS203", 10, 1),
        ("b and (a or b", "JS204", 6, 1),
        ("(" * 60 + "a", "JS205", 40, 1),
        ("a or " * 400 + "a", "JS205", 0, 1),
        ("svenskan = B", "JS206", 0, 8),
        ("känd(barnen)", "JS206", 5, 6),
        ("a = ja", "JS207", 0, 1),
        ("b and svenska", "JS208", 6, 7),
        ("ålder", "JS208", 0, 5),
        ("svenska = E", "JS209", 10, 1),
        ("kön = flicka", "JS209", 6, 6),
        ("väg_in = handlaggare", "JS209", 9, 11),
        ("väg_in > själv", "JS212", 9, 5),
        ("barn > två", "JS210", 7, 3),
        ("inskriven = igår", "JS211", 12, 4),
        ("inskriven = 2026-02-30", "JS211", 12, 10),
        ("utfall > arbete", "JS212", 9, 6),
        ("resultat(kurs) = klar", "JS213", 9, 4),
        ("resultat(praktik) = anställd", "JS214", 20, 8),
        ("utfall = jobb", "JS215", 9, 4),
        ("dagar_sedan(barn) > 3", "JS216", 12, 4),
        ("varade(en månad)", "JS217", 7, 8),
        ("varade(0 veckor)", "JS217", 7, 8),
        ("barn >= 1 <= 3", "JS218", 10, 2),
        ("16 <= ålder", "JS219", 0, 2),
        ("barn = dagar_sedan(inskriven)", "JS219", 7, 11),
        ("arbetsgivare = norbygg", "JS220", 15, 7),
        ("känd", "JS221", 0, 4),
        ("barn == 1", "JS222", 5, 2),
        ("barn => 1", "JS222", 5, 2),
        ("ej b", "JS222", 0, 2),
        ("barn > 3 dagar", "JS225", 9, 5),
        ("körkort och känt(barn)", "JS226", 12, 4),
        ("ålder > 900", "JS223", 8, 3),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(text: str, code: str, at: int, width: int) -> None:
    try:
        problems = check(parse(text), SCOPE)[1]
    except ConditionError as error:
        problems = (error.problem,)
    assert [(p.code, p.at, p.width) for p in problems] == [(code, at, width)]


def test_a_misspelt_name_gets_the_nearest_one_and_everything_wrong_is_told_at_once() -> None:
    problems = check(parse("svenskan = B and utvld and resultat(praktk) = klar"), SCOPE)[1]
    assert [p.values["suggestion"] for p in problems] == ["svenska", "utvald", "praktik"]


VALUES = (True, False, None)


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, VALUES)))
def test_and_or_and_not_have_three_values(a: bool | None, b: bool | None) -> None:
    person = Person(facts={"a": a, "b": b})
    both = False if False in (a, b) else None if None in (a, b) else True
    either = True if True in (a, b) else None if None in (a, b) else False
    assert holds("a and b", person) is both
    assert holds("a or b", person) is either
    assert holds("not a", person) is (None if a is None else not a)
    assert holds("not (a and b)", person) is (None if both is None else not both)
    assert compile_all(["a", "b"], FACTS).holds(person) is both


def test_an_empty_list_of_conditions_holds() -> None:
    assert compile_all([], FACTS).holds(Person()) is True


def test_only_what_makes_the_answer_unknown_is_missing() -> None:
    rule = compile_rule("a or svenska >= B and known(barn) and result(praktik) = done", FACTS)
    assert rule.missing(Person()) == ("a",)
    assert rule.missing(Person(facts={"a": True})) == ()
    assert rule.missing(Person(facts={"a": False, "barn": 1})) == ("result(praktik)", "svenska")
    assert rule.missing(Person(facts={"svenska": "C", "barn": 1}, results={"praktik": "done"})) == ()
    assert rule.names == {"a", "svenska", "barn"}
    assert rule.steps == {"praktik"}
    assert names_in(rule.text) == rule.names
    assert steps_in(rule.text) == rule.steps


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("svenska >= B", Person(facts={"svenska": "C"}), True),
        ("svenska > C", Person(facts={"svenska": "C"}), False),
        ("svenska = B", Person(), None),
        ("barn != 0", Person(facts={"barn": 2}), True),
        ("inskriven < 2026-01-01", Person(facts={"inskriven": "2025-12-31"}), True),
        ("dagar_sedan(inskriven) >= 31", Person(facts={"inskriven": "2026-08-01"}), True),
        ("dagar_sedan(inskriven) > 31", Person(facts={"inskriven": "2026-08-01"}), False),
        ("dagar_sedan(inskriven) > 31", Person(), None),
        ("ålder >= 18", Person(years=17), False),
        ("ålder >= 18", Person(), None),
        ("känd(ålder)", Person(), False),
        ("utbildningsnivå <= gymnasium", Person(facts={"schooling": "no_upper_secondary"}), True),
        ("kön != man", Person(facts={"sex": "woman"}), True),
        ("utfall = arbete", Person(), False),
        ("utfall = okänt", Person(), True),
        ("känd(utfall)", Person(), False),
        ("resultat(praktik) = klar", Person(), None),
        ("resultat(praktik) = klar", Person(results={"praktik": "skipped"}), False),
        ("varade(1 månad)", Person(), False),
        ("varade(1 månad)", Person(since=date(2026, 8, 2)), False),
        ("varade(1 månad)", Person(since=date(2026, 8, 1)), True),
        ("arbetsgivare i_spåret", Person(), None),
        ("arbetsgivare i_spåret", Person(facts={"employer": "betong"}), True),
        ("arbetsgivare i_spåret", Person(facts={"employer": "annan"}), False),
        ("arbetsgivare = norrbygg", Person(facts={"employer": "betong"}), False),
        ("utvald", Person(), None),
    ],
)
def test_a_condition_says_what_the_rules_say(text: str, person: Person, expected: bool | None) -> None:
    assert holds(text, person) is expected


BORN_OCTOBER: dict[str, Any] = {"years": 17, "birthday": date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("ålder >= 18", Person(**BORN_OCTOBER), date(2026, 10, 1)),
        ("ålder >= 20", Person(**BORN_OCTOBER), date(2028, 10, 1)),
        ("ålder <= 17", Person(**BORN_OCTOBER), date(2026, 10, 1)),
        ("ålder < 17", Person(**BORN_OCTOBER), None),
        ("ålder = 17", Person(**BORN_OCTOBER), date(2026, 10, 1)),
        ("ålder = 19", Person(**BORN_OCTOBER), date(2027, 10, 1)),
        ("ålder >= 18", Person(), None),
        ("dagar_sedan(inskriven) >= 31", Person(facts={"inskriven": "2026-08-02"}), date(2026, 9, 2)),
        ("dagar_sedan(inskriven) > 31", Person(facts={"inskriven": "2026-08-02"}), date(2026, 9, 3)),
        ("dagar_sedan(inskriven) > 3", Person(facts={"inskriven": "2026-08-02"}), None),
        ("varade(1 månad)", Person(since=date(2026, 8, 31)), date(2026, 9, 30)),
        ("varade(1 månad)", Person(since=date(2026, 7, 31)), None),
        ("a and svenska >= B", Person(), None),
        ("ålder >= 20 or dagar_sedan(inskriven) > 40", Person(facts={"inskriven": "2026-08-02"}, **BORN_OCTOBER), date(2026, 9, 12)),
    ],
)
def test_an_answer_turns_by_time_alone_on_the_day_that_it_does(text: str, person: Person, expected: date | None) -> None:
    assert compile_rule(checked(text), FACTS).flips(person) == expected


def test_a_compiled_rule_is_made_once() -> None:
    assert compile_rule("a and b", FACTS) is compile_rule("a and b", dict(FACTS))


OPERANDS = st.one_of(
    st.builds(Operand, st.just("fact"), st.sampled_from(["a", "svenska", "se-ag", "1a", "sex"])),
    st.builds(Operand, st.just("result"), st.sampled_from(["praktik", "cv"])),
    st.builds(Operand, st.just("days_since"), st.just("inskriven")),
    st.just(Operand("age", "age")),
    st.just(Operand("outcome", "outcome")),
)
LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.builds(Alone, OPERANDS),
    st.builds(FactKnown, st.sampled_from(["a", "age"])),
    st.builds(Lasted, st.builds(Length, count=st.integers(1, 9999), unit=st.sampled_from(["days", "working days", "weeks", "months"]))),
    st.just(InTrack()),
    st.builds(
        Compare, OPERANDS, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from(["B", "12", "-3", "2026-01-01", "work"])
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner), st.lists(inner, min_size=2, max_size=3).map(every), st.lists(inner, min_size=2, max_size=3).map(some)
    ),
    max_leaves=12,
)


@given(TREES)
def test_reading_the_canonical_text_gives_the_tree_back(tree: Tree) -> None:
    assert parse(canonical(tree)) == tree
    assert canonical(parse(canonical(tree))) == canonical(tree)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        problems = check(parse(text), SCOPE)[1]
    except ConditionError as error:
        problems = (error.problem,)
    assert all(0 <= problem.at <= len(text) for problem in problems)


YES_NO_TREES: st.SearchStrategy[Tree] = st.recursive(
    st.sampled_from([Alone(Operand("fact", "a")), Alone(Operand("fact", "b"))]),
    lambda inner: st.one_of(
        st.builds(Not, inner), st.lists(inner, min_size=2, max_size=3).map(every), st.lists(inner, min_size=2).map(some)
    ),
    max_leaves=6,
)


@given(YES_NO_TREES, st.sampled_from(VALUES), st.booleans())
def test_learning_a_fact_never_turns_a_known_answer(tree: Tree, b: bool | None, learnt: bool) -> None:
    rule = compile_rule(canonical(tree), FACTS)
    before = rule.holds(Person(facts={"b": b}))
    assert before is None or rule.holds(Person(facts={"a": learnt, "b": b})) is before


@given(YES_NO_TREES, st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_something_is_missing_exactly_when_the_answer_is_unknown(tree: Tree, a: bool | None, b: bool | None) -> None:
    rule, person = compile_rule(canonical(tree), FACTS), Person(facts={"a": a, "b": b})
    assert bool(rule.missing(person)) is (rule.holds(person) is None)
    assert all(person.fact(name) is None for name in rule.missing(person))
