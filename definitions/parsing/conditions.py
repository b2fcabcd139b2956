"""Reading conditions: text of either language -> canonical text, checked against what the track knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.conditions.ast import canonical
from definitions.conditions.parser import ConditionError, Problem, parse
from definitions.conditions.type_checker import Scope, check
from definitions.model import vocabulary as v
from definitions.model.values import Condition
from definitions.parsing.fields import Full, Page, dash_too_deep, fields, items, scalar, text
from definitions.source import findings
from definitions.source.nodes import Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable


# So many characters of conditions are read in one file.
MOST_OF_CONDITIONS: Final = 200_000
# What a value of the wrong kind in a condition was perhaps meant to be.
_MEANT: Final = {findings.NUMBER_EXPECTED: "number", findings.DATE_EXPECTED: "date", findings.LENGTH_EXPECTED: "length"}
_QUOTES: Final = "\"'“”„’\u2018"
_EMPLOYER_IS: Final = re.compile(
    rf"\b(?:employer|arbetsgivare)\s*(?:!=|==?)\s*(?P<whole>[{_QUOTES}](?P<quoted>[^{_QUOTES}]+)[{_QUOTES}]"
    rf"|(?P<plain>[^\s{_QUOTES}()][^{_QUOTES}()]*?(?=\s+(?:and|or|och|eller)\b|\s*[()]|\s*$)))"
)
# Keeps the place of a condition that could not be read, so that checks of the others find theirs; never given out.
UNREADABLE: Final = Condition(rule="employer in track")


def conditions(page: Page, node: Node, scope: Scope) -> tuple[Condition, ...]:
    """Read a condition, or a list of them; each may carry its reason.

    Args:
        page: Where findings go.
        node: A text, a mapping of `rule` and `reason`, or a list of these.
        scope: What the conditions may ask about.

    Returns:
        The conditions in order; one that cannot be read is `UNREADABLE`, so that the others keep their places.

    """
    return tuple(_condition(page, item, scope) or UNREADABLE for item in items(page, node))


def _condition(page: Page, node: Node, scope: Scope) -> Condition | None:
    if not isinstance(node, Map):
        rule = _rule(page, node, scope)
        return Condition(rule=rule) if rule else None
    found = fields(page, node, "condition", required=("rule",))
    if found is None or "rule" not in found:
        return None
    rule = _rule(page, found.values["rule"], scope)
    reason = found.read("reason", text, None)
    return Condition(rule=rule, reason=reason) if rule else None


def _rule(page: Page, node: Node, scope: Scope) -> str | None:
    found = scalar(page, node)
    if found is None:
        return None
    # One alias may stand for the same long condition a thousand times, and each time it is checked.
    page.characters_of_conditions += len(found.text)
    if page.characters_of_conditions > MOST_OF_CONDITIONS:
        page.found(findings.TOO_MANY_VALUES, found.span)
        raise Full
    try:
        tree, problems = check(parse(found.text), scope)
    except ConditionError as error:
        # A dash set too deep makes two conditions one text, whose first error would be told at a place where nothing is wrong.
        if dash_too_deep(page, found):
            return None
        problems = (error.problem,)
        tree = None
    if problems and (by_name := _by_name(page, found.text, scope)):
        problems = (by_name,)
    _record(page, found, problems)
    return None if problems or tree is None else canonical(tree)


def _by_name(page: Page, text: str, scope: Scope) -> Problem | None:
    """An employer that is called by its name, which holds spaces and dots as no id does: the id behind the name is what is meant."""
    for match in _EMPLOYER_IS.finditer(text):
        written = match["quoted"] or match["plain"]
        meant, known = page.named(written.strip()), sorted(scope.employers or ())
        if meant in known:
            at, end = match.span("whole")
            values = {"found": written, "known": v.listed(known), "suggestion": str(meant)}
            return Problem(findings.UNKNOWN_EMPLOYER_IN_CONDITION, at, end - at, values)
    return None


def _record(page: Page, found: Scalar, problems: Iterable[Problem]) -> None:
    for problem in problems:
        values = dict(problem.values)
        if "instead" in values:
            values["instead"] = v.word(values["instead"], v.OPERATORS, page.lang)
        if problem.code in _MEANT and not values.get("suggestion"):
            values["suggestion"] = page.suggest(_MEANT[problem.code], values["found"])
        page.found(problem.code, found.part(problem.at, problem.width), **values)
