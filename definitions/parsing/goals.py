"""Reading goals and ready measures (indicators)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.track import Comparison, Goal, GoalDecision, Indicator, Measure
from definitions.parsing.conditions import UNREADABLE, conditions
from definitions.parsing.fields import ID, Fields, Page, at_id, fields, ident, items, text, word
from definitions.parsing.fields import name as read_name
from definitions.parsing.quantities import day, length_after_exit, threshold
from definitions.source import findings
from definitions.source.nodes import Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.conditions.type_checker import Scope

_NOT_GOAL: Final = re.compile(r"(?:not|inte)\s+(\S+)")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_OF_MEASURE: Final = ("counts", "among", "at")


def goal_ids(node: Node) -> frozenset[str]:
    """List the ids of the goals as written."""
    nodes = node.items if not isinstance(node, (Scalar, Map)) else [node]
    pairs = [pair for item in nodes if isinstance(item, Map) for pair in item]
    return frozenset(value.text for key, value in pairs if key.text == "id" and isinstance(value, Scalar))


def goals(page: Page, node: Node, scope: Scope, indicators: Mapping[str, Indicator]) -> tuple[Goal, ...]:
    """Read the goals of a track.

    Args:
        page: Where findings go.
        node: A goal, or a list of them.
        scope: What their conditions may ask about, with `counting` set.
        indicators: The ready measures that they may name, by id.

    Returns:
        The goals that have an id, in order.

    """
    names = goal_ids(node)
    found: dict[str, Goal] = {}
    nodes: dict[str, Node] = {}
    for item in items(page, node):
        goal = _goal(page, item, scope, indicators, names)
        if goal is None:
            continue
        if goal.id in found:
            page.found(findings.DUPLICATE_ID, at_id(item), at_id(nodes[goal.id]), id=goal.id)
        found[goal.id] = goal
        nodes.setdefault(goal.id, item)
    return tuple(found.values())


def _goal(page: Page, node: Node, scope: Scope, indicators: Mapping[str, Indicator], names: frozenset[str]) -> Goal | None:
    found = fields(page, node, "goal", required=("id", "name"))
    if found is None:
        return None
    name, shown = found.read("id", ident, None), found.read("name", read_name, None)
    indicator = found.read("indicator", ident, None)
    ready = indicators[indicator].measure if indicator is not None and indicator in indicators else None
    said = measure(page, found, scope, names, ready)
    status = found.read("status", word(v.GOAL_STATUS), None)
    if said is None and (_unread("indicator", indicator, found) or _unread("status", status, found) or "counts" in found.keys):
        # Something is counted but cannot be read; without a stand-in the goal would be told to count nothing as well.
        said = Measure(counts=(UNREADABLE,))
    values: dict[str, Any] = {
        "indicator": indicator,
        "measure": said,
        "at_least": found.read("at_least", threshold, None),
        "at_most": found.read("at_most", threshold, None),
        "status": status or "active",
        "decision": found.read("decision", _decision, None),
        "comparison": found.read("comparison", _comparison, None),
    }
    return Goal(id=name, name=shown or name, **values) if name else None


def _unread(key: str, value: str | None, found: Fields) -> bool:
    """Tell whether a key is there and has a value that cannot be read."""
    return key in found.keys and value is None


def measure(page: Page, found: Fields, scope: Scope, names: frozenset[str], ready: Measure | None) -> Measure | None:
    """Read the measure that a mapping describes.

    Args:
        page: Where findings go.
        found: The mapping of a goal or of an indicator's file.
        scope: What its conditions may ask about, with `counting` set.
        names: The ids of all goals, which `among: not GOAL` may name.
        ready: The measure of the goal's indicator; what the mapping does not say is as there.

    Returns:
        The measure, or None where neither says what is counted.

    """
    if ready is not None and "counts" in found:
        page.found(
            findings.COUNTS_BESIDE_INDICATOR, found.keys["counts"].span, key=found.keys["counts"].text, indicator=page.key("indicator")
        )
    counts = conditions(page, found.values["counts"], scope) if "counts" in found else ()
    given: dict[str, Any] = _at(page, found.values["at"]) if "at" in found else {}
    if "among" in found:
        given |= _among(page, found.values["among"], scope, names)
    if ready is not None:
        return replace(ready, **given) if given else ready
    if "counts" not in found:
        return None
    # Who is counted where nothing is said: those whose exit has come, or, measured on one day for all, those who were admitted.
    after_exit = given.get("at", "exit") in ("exit", "length")
    return Measure(**{"among": "exits" if after_exit else "admitted", **given, "counts": counts})


def _at(page: Page, node: Node) -> dict[str, Any]:
    written = node.text if isinstance(node, Scalar) else ""
    if (code := v.code(" ".join(written.split()), v.MEASURED)) is not None:
        return {"at": code, "at_length": None, "at_date": None}
    if re.match(r"[0-9]{4}-", written):
        date = day(page, node)
        return {"at": "date", "at_length": None, "at_date": date} if date else {}
    if re.match(r"[0-9]", written):
        after = length_after_exit(page, node)
        return {"at": "length", "at_length": after, "at_date": None} if after else {}
    # Gives nothing but the finding, with the words that could stand here.
    word(v.MEASURED)(page, node)
    return {}


def _among(page: Page, node: Node, scope: Scope, names: frozenset[str]) -> dict[str, Any]:
    empty: dict[str, Any] = {"among_rule": (), "among_goal": None}
    if isinstance(node, Scalar):
        if code := v.code(node.text, v.POPULATIONS):
            return {**empty, "among": code}
        rest = _NOT_GOAL.fullmatch(node.text)
        # `not X` is the rest after a goal, unless X is a fact; then it is a condition.
        if rest and (rest[1] in names or (ID.fullmatch(rest[1]) and rest[1] not in {*scope.facts, *v.BUILT_IN, *v.BUILT_IN.values()})):
            return {**empty, "among": "not_goal", "among_goal": rest[1]}
        if _WORD.fullmatch(node.text) and node.text not in {*scope.facts, *v.BUILT_IN, *v.BUILT_IN.values()}:
            word(v.POPULATIONS)(page, node)
            return {}
    return {**empty, "among": "condition", "among_rule": conditions(page, node, scope)}


def _decision(page: Page, node: Node) -> GoalDecision | None:
    found = fields(page, node, "decision", required=("date", "by", "reason"))
    if found is None:
        return None
    date, by, reason = found.read("date", day, None), found.read("by", text, None), found.read("reason", text, None)
    return GoalDecision(date=date, by=by, reason=reason) if date and by and reason else None


def _comparison(page: Page, node: Node) -> Comparison | None:
    found = fields(page, node, "comparison", required=("name", "value"))
    if found is None:
        return None
    name, value = found.read("name", read_name, None), found.read("value", text, None)
    date, source = found.read("date", day, None), found.read("source", text, None)
    return Comparison(name=name, value=value, date=date, source=source) if name and value else None


def indicator(page: Page, node: Node, scope: Scope) -> Indicator | None:
    """Read a ready measure from a file of its own.

    Args:
        page: Where findings go.
        node: The mapping at the top of the file.
        scope: What its conditions may ask about, with `counting` set.

    Returns:
        The indicator, or None where something that it needs is missing.

    """
    found = fields(page, node, "indicator file", required=("indicator", "name", "source", "counts"))
    if found is None:
        return None
    name, shown, source = (found.read(key, reader, None) for key, reader in (("indicator", ident), ("name", read_name), ("source", text)))
    said = measure(page, found, scope, frozenset(), None)
    return Indicator(id=name, name=shown, source=source, measure=said) if name and shown and source and said else None
