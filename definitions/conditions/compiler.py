"""Conditions, compiled: three-valued, never evaluated as code, asked about one participant at a time (R47)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from definitions.conditions import evaluator
from definitions.conditions.ast import canonical, every, leaves, render
from definitions.conditions.parser import parse
from definitions.conditions.references import fact_of, names_in, step_of
from definitions.model.track import Fact, FactType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from definitions.conditions.environment import Env
    from definitions.model.vocabulary import Lang


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled condition.

    `text` is its canonical text, `names` the facts that it asks about (built-ins included), `steps` those whose result it asks
    about. `holds` answers true, false, or None where something is unknown that the answer depends on.
    """

    text: str
    names: frozenset[str]
    steps: frozenset[str]
    holds: Callable[[Env], bool | None]
    _missing: Callable[[Env], frozenset[str]]
    _flips: tuple[Callable[[Env], date | None], ...]

    def missing(self, env: Env) -> tuple[str, ...]:
        """List what is unknown and makes the answer unknown: names of facts, or `result(STEP)`, sorted."""
        return tuple(sorted(self._missing(env)))

    def flips(self, env: Env) -> date | None:
        """Find the first day after the day asked about on which the passing of time alone could change the answer."""
        return min((day for turn in self._flips if (day := turn(env)) is not None), default=None)


def compile_rule(rule: str, facts: Mapping[str, Fact]) -> Rule:
    """Compile a condition.

    Args:
        rule: Its canonical text, checked; empty for one that always holds.
        facts: The facts of the track by id, whose types decide how values are compared.

    Returns:
        The compiled condition; the same text and facts give the same object.

    """
    return _compiled(rule, _types(_fact_names(rule), facts))


def compile_all(rules: Iterable[str], facts: Mapping[str, Fact]) -> Rule:
    """Compile one condition that holds when every one of a list does."""
    texts = tuple(rules)
    rule = _joined(texts)
    return _compiled(rule, _types(_fact_names(rule), facts))


@lru_cache(maxsize=4096)
# Joined on the tree, not as text, so that a part with `or` in it gets its brackets.
def _joined(texts: tuple[str, ...]) -> str:
    return canonical(every(parse(text) for text in texts))


def render_condition(rule: str, lang: Lang) -> str:
    """Write a canonical condition as people who read the language would."""
    return render(parse(rule), lang)


# Name, type and choices of each fact that a rule asks about; nothing else of a track changes what the rule means.
_Types = tuple[tuple[str, FactType, tuple[str, ...]], ...]


@lru_cache(maxsize=4096)
def _fact_names(rule: str) -> tuple[str, ...]:
    return tuple(sorted(names_in(rule))) if rule else ()


def _types(names: tuple[str, ...], facts: Mapping[str, Fact]) -> _Types:
    """Describe what evaluation needs to know of the facts, small enough to be a key of the cache."""
    return tuple((name, fact.type, fact.choices) for name in names if (fact := facts.get(name)))


@lru_cache(maxsize=4096)
def _compiled(rule: str, types: _Types) -> Rule:
    # An empty rule is no condition, and holds for everybody.
    tree = parse(rule) if rule else every(())
    facts = {name: Fact(name, kind, choices) for name, kind, choices in types}
    return Rule(
        rule,
        frozenset(name for leaf in leaves(tree) if (name := fact_of(leaf))),
        frozenset(step for leaf in leaves(tree) if (step := step_of(leaf))),
        evaluator.build_answer(tree, facts),
        evaluator.build_unknown(tree, facts),
        tuple(turn for leaf in leaves(tree) if (turn := evaluator.build_turn(leaf, facts))),
    )
