"""The rules of ways that lead nowhere: a loop that nobody ends, and a requirement that waits for what waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.checks.violation import Check, Violation
from definitions.conditions.ast import Compare
from definitions.conditions.parser import parse
from definitions.model import vocabulary as v
from definitions.model.step_order import build_wait_graph
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.step_order import Mark
    from definitions.model.track import Track
    from definitions.model.values import Condition


def unlimited_loops_hold_a_report(track: Track) -> Iterator[Violation]:
    """A way back without a bound follows a result that somebody reports (R55; `NO_REPORT_IN_LOOP`), else it would go round by itself."""
    for step in track.steps:
        action = step.on_result.get("done") if step.type == "stöd" and step.length else None
        while action and action.at_most:
            action = action.then
        if action:
            values = {"found": v.word("unlimited", v.UNLIMITED, track.key_language)}
            yield Violation(findings.NO_REPORT_IN_LOOP, ("steps", step.id, "on_result", "done"), values)


def requirements_can_come_true(track: Track) -> Iterator[Violation]:
    """A step requires no result of what begins only with it or after it (R10; `REQUIREMENT_NEVER_TRUE`), else both wait for ever."""
    graph = build_wait_graph(track)
    for step in track.steps:
        for number, rule in enumerate(step.requires):
            asked = _result_needed(rule)
            if asked and ("start", step.id) in all_ahead_of(graph, ("end", asked)):
                yield Violation(findings.REQUIREMENT_NEVER_TRUE, ("steps", step.id, "requires", number), {"found": asked, "step": step.id})


def _result_needed(rule: Condition) -> str | None:
    """The step of which a condition asks for one result and nothing else."""
    tree = parse(rule.rule)
    if isinstance(tree, Compare) and tree.left.kind == "result" and tree.op == "=" and tree.value not in v.SKIPPED:
        return tree.left.name
    return None


def all_ahead_of(graph: Mapping[Mark, tuple[Mark, ...]], mark: Mark) -> set[Mark]:
    """Everything that the start or the end of a step waits for, at once or through others, and itself."""
    ahead, seen = [mark], {mark}
    while ahead:
        found = set(graph.get(ahead.pop(), ())) - seen
        seen |= found
        ahead += found
    return seen


DEAD_END_CHECKS: Final[tuple[Check, ...]] = (unlimited_loops_hold_a_report, requirements_can_come_true)
