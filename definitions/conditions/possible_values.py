"""Which answers a condition can give at all: true, false, unknown. What can never be need not be tried."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from definitions.conditions.ast import All, Alone, Compare, FactKnown, InTrack, Lasted, Not, Some
from definitions.conditions.parser import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from definitions.conditions.ast import Leaf, Tree

    Answers = frozenset[bool | None]

_YES_NO: Final[Answers] = frozenset({True, False})
_ANY: Final[Answers] = frozenset({True, False, None})
# A person is selected or has not been yet.
_ONLY_YES: Final[Answers] = frozenset({True, None})
_ALWAYS_KNOWN: Final = frozenset({"channel", "age", "outcome"})


def answers(rule: str, known: Collection[str] = ()) -> Answers:
    """List the answers that a condition may give; `known` are facts and `result(STEP)` that are known whenever it is asked."""
    return _of(parse(rule), frozenset(known))


def _of(tree: Tree, known: frozenset[str]) -> Answers:
    match tree:
        case All(parts):
            return reduce(_every, (_of(part, known) for part in parts))
        case Some(parts):
            return reduce(_some, (_of(part, known) for part in parts))
        case Not(of):
            return frozenset(None if answer is None else not answer for answer in _of(of, known))
        case _:
            return _leaf(tree, known)


def _every(one: Answers, other: Answers) -> Answers:
    return frozenset(False if False in pair else None if None in pair else True for pair in _pairs(one, other))


def _some(one: Answers, other: Answers) -> Answers:
    return frozenset(True if True in pair else None if None in pair else False for pair in _pairs(one, other))


def _pairs(one: Answers, other: Answers) -> Iterator[tuple[bool | None, bool | None]]:
    return ((left, right) for left in one for right in other)


def _leaf(leaf: Leaf, known: frozenset[str]) -> Answers:
    match leaf:
        case FactKnown() | Lasted():
            return _YES_NO
        case InTrack():
            return _YES_NO if "employer" in known else _ANY
        case Alone(of):
            return _ONLY_YES if of.name == "selected" else _YES_NO if of.name in known else _ANY
        case Compare(left):
            name = f"result({left.name})" if left.kind == "result" else left.name
            return _YES_NO if left.kind in _ALWAYS_KNOWN or name in _ALWAYS_KNOWN | known else _ANY
