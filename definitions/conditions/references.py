"""What a condition asks about, found without compiling it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.conditions.ast import Alone, Compare, FactKnown, InTrack, Lasted, leaves
from definitions.conditions.parser import parse

if TYPE_CHECKING:
    from definitions.conditions.ast import Leaf


def names_in(rule: str) -> frozenset[str]:
    """List the facts that a condition asks about, built-ins included."""
    return frozenset(name for leaf in leaves(parse(rule)) if (name := fact_of(leaf)))


def steps_in(rule: str) -> frozenset[str]:
    """List the steps whose results a condition asks about."""
    return frozenset(step for leaf in leaves(parse(rule)) if (step := step_of(leaf)))


def fact_of(leaf: Leaf) -> str | None:
    """Find the fact that a leaf asks about, built-ins included; None where it asks about a step's result."""
    match leaf:
        case Compare(left) | Alone(left):
            return None if left.kind == "result" else left.name
        case FactKnown(name):
            return name
        # Neither holds the id of a fact; the word of the language stands for what is asked about.
        case Lasted():
            return "lasted"
        case InTrack():
            return "employer"


def step_of(leaf: Leaf) -> str | None:
    """Find the step whose result a leaf asks about."""
    return leaf.left.name if isinstance(leaf, Compare) and leaf.left.kind == "result" else None
