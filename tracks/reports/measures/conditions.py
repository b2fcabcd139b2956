"""Conditions as measures ask them: as on one day, but how long a job lasted is seen from what is known now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from definitions.conditions.ast import All, Lasted, Not, Some
from definitions.conditions.compiler import compile_rule
from definitions.conditions.evaluator import build_answer
from definitions.conditions.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from definitions.conditions.ast import Tree
    from definitions.conditions.compiler import Rule
    from definitions.model.track import Fact
    from definitions.model.values import Condition
    from tracks.reports.measures.population import CaseEnv

    CaseCondition = Callable[[CaseEnv], bool | None]


@dataclass(frozen=True, slots=True)
class CountingRules:
    """A list of conditions, which means all of them; `holds` is three-valued, as `and` is."""

    rules: tuple[Rule, ...]
    holds: CaseCondition

    def flips(self, env: CaseEnv) -> date | None:
        """The first day after `env.day` on which time alone could change the answer."""
        return min((day for rule in self.rules if (day := rule.flips(env))), default=None)

    @property
    def asks_outcome(self) -> bool:
        """Whether the answer hangs on a reported outcome."""
        return any("outcome" in rule.names for rule in self.rules)


def compile_conditions(conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> CountingRules:
    """Compile a list of checked conditions."""
    texts = tuple(condition.rule for condition in conditions)
    return CountingRules(tuple(compile_rule(text, facts) for text in texts), _every([_compiled(parse(text), facts) for text in texts]))


def _compiled(tree: Tree, facts: Mapping[str, Fact]) -> CaseCondition:
    match tree:
        case All(parts):
            return _every([_compiled(part, facts) for part in parts])
        case Some(parts):
            return _opposite(_every([_opposite(_compiled(part, facts)) for part in parts]))
        case Not(of):
            return _opposite(_compiled(of, facts))
        # Seen from today: on its first day no job has lasted.
        case Lasted(length):
            return lambda env: env.lasted(length)
        case _:
            return build_answer(tree, facts)


def _every(parts: Sequence[CaseCondition]) -> CaseCondition:
    def holds(env: CaseEnv) -> bool | None:
        answers = [part(env) for part in parts]
        return False if False in answers else None if None in answers else True

    return holds


def _opposite(of: CaseCondition) -> CaseCondition:
    def holds(env: CaseEnv) -> bool | None:
        said = of(env)
        return None if said is None else not said

    return holds
