"""The meaning of a condition's tree, as closures over an environment: true, false, or unknown (None).

Kleene's three values (R47): `and` is false when a part is false, whatever else is unknown; `or` is true when a part is true.
"""

from __future__ import annotations

import operator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from definitions.conditions.ast import All, Alone, Compare, FactKnown, InTrack, Lasted, Not, Some
from definitions.conditions.references import fact_of, step_of
from definitions.model.calendar import add
from definitions.model.fact_values import STATED, admitted_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from definitions.conditions.ast import Leaf, Operand, Tree
    from definitions.conditions.environment import Env
    from definitions.model.track import Fact

    Answer = Callable[[Env], bool | None]
    Unknown = Callable[[Env], frozenset[str]]
    Turn = Callable[[Env], date | None]
    Facts = Mapping[str, Fact]
    Getter = Callable[[Env], Any]

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
# Counted numbers only grow, so an answer turns when the count reaches one of these.
_TURNS_AT: Final[Mapping[str, tuple[int, ...]]] = {"=": (0, 1), "!=": (0, 1), "<": (0,), ">=": (0,), "<=": (1,), ">": (1,)}
_NOTHING: Final[frozenset[str]] = frozenset()


def build_answer(tree: Tree, facts: Facts) -> Answer:
    """Build the function that answers a tree.

    Args:
        tree: The type-checked tree.
        facts: The facts of the version that asks, by id.

    Returns:
        What an environment is given to, for true, false or None.

    """
    match tree:
        case All(parts):
            return _every(tuple(build_answer(part, facts) for part in parts))
        case Some(parts):
            return _some(tuple(build_answer(part, facts) for part in parts))
        case Not(of):
            return _opposite(build_answer(of, facts))
        case _:
            return _leaf(tree, facts)


def _every(parts: tuple[Answer, ...]) -> Answer:
    def holds(env: Env) -> bool | None:
        all_known = True
        for part in parts:
            said = part(env)
            if said is None:
                all_known = False
            elif not said:
                return False
        return True if all_known else None

    return holds


def _some(parts: tuple[Answer, ...]) -> Answer:
    def holds(env: Env) -> bool | None:
        all_known = True
        for part in parts:
            said = part(env)
            if said is None:
                all_known = False
            elif said:
                return True
        return False if all_known else None

    return holds


def _opposite(of: Answer) -> Answer:
    def holds(env: Env) -> bool | None:
        said = of(env)
        return None if said is None else not said

    return holds


def _leaf(leaf: Leaf, facts: Facts) -> Answer:
    match leaf:
        case Compare():
            return _comparison(leaf, facts)
        case Alone(of):
            return _yes(of.name, facts)
        case FactKnown(name):
            get = _known(name, facts)
            return lambda env: get(env) is not None
        case Lasted(length):
            return lambda env: (since := env.employed_since()) is not None and add(since, length) <= env.day
        case InTrack():
            return lambda env: None if (employer := env.fact("employer")) is None else employer in env.employers()


def _fact(name: str, facts: Facts) -> Getter:
    """Build what reads a fact as the asking version declares it; no condition reads one in any other way."""
    return lambda env: admitted_value(facts, name, env.fact(name))


def _yes(name: str, facts: Facts) -> Answer:
    get = _fact(name, facts)

    def holds(env: Env) -> bool | None:
        said = get(env)
        return None if said is None else bool(said)

    return holds


def _known(name: str, facts: Facts) -> Getter:
    if name == "age":
        return lambda env: env.age()
    if name == "outcome":
        # `unknown` is the outcome before one is reported; only `known()` looks at it as nothing.
        return lambda env: None if (outcome := env.outcome()) == "unknown" else outcome
    return _fact(name, facts)


def _comparison(leaf: Compare, facts: Facts) -> Answer:
    compare = _OPERATORS[leaf.op]
    get, value = _sides(leaf.left, leaf.value, facts)

    def holds(env: Env) -> bool | None:
        said = get(env)
        return None if said is None else compare(said, value)

    return holds


def _sides(left: Operand, value: str, facts: Facts) -> tuple[Getter, Any]:
    """Build what reads the left side, and put the right side in the same form."""
    name = left.name
    match left.kind:
        case "age":
            return (lambda env: env.age()), int(value)
        case "outcome":
            return (lambda env: env.outcome()), value
        case "result":
            return (lambda env: env.result(name)), value
        case "days_since":
            return _days_since(name, facts), int(value)
        case "fact":
            return _fact_sides(name, value, facts)


def _fact_sides(name: str, value: str, facts: Facts) -> tuple[Getter, Any]:
    get = _fact(name, facts)
    fact = facts.get(name) or STATED.get(name)
    if fact and fact.type == "number":
        return get, int(value)
    if fact and fact.choices:
        # Choices are ordered as the track lists them.
        rank = {choice: place for place, choice in enumerate(fact.choices)}
        return (lambda env: rank.get(get(env))), rank.get(value, -1)
    return get, value


def _days_since(name: str, facts: Facts) -> Callable[[Env], int | None]:
    get = _fact(name, facts)

    def days(env: Env) -> int | None:
        said = get(env)
        return None if said is None else (env.day - date.fromisoformat(said)).days

    return days


def build_unknown(tree: Tree, facts: Facts) -> Unknown:
    """Build the function that lists what makes the answer of a tree unknown, or false only because it asks whether it is known.

    Args:
        tree: The type-checked tree.
        facts: The facts of the version that asks, by id.

    Returns:
        What an environment is given to, for names of facts or `result(STEP)`.

    """
    match tree:
        case All(parts) | Some(parts):
            asked = tuple((build_answer(part, facts), build_unknown(part, facts)) for part in parts)
            return _unknown_of(build_answer(tree, facts), asked, every=isinstance(tree, All))
        case Not(of):
            return build_unknown(of, facts)
        case _:
            return _unknown_leaf(tree, facts)


def _unknown_of(whole: Answer, parts: tuple[tuple[Answer, Unknown], ...], *, every: bool) -> Unknown:
    def missing(env: Env) -> frozenset[str]:
        said = whole(env)
        if said is True:
            return _NOTHING
        found = [unknown(env) for answer, unknown in parts if answer(env) is said]
        # What is false whatever else is found out needs no asking.
        return _NOTHING if said is False and every and not all(found) else _NOTHING.union(*found)

    return missing


def _unknown_leaf(leaf: Leaf, facts: Facts) -> Unknown:
    holds = _leaf(leaf, facts)
    # A leaf asks about one thing, so that its name is worked out once, when the rule is compiled.
    step = step_of(leaf)
    name = frozenset({f"result({step})" if step else fact_of(leaf) or ""})
    asks = (None, False) if isinstance(leaf, FactKnown) else (None,)
    return lambda env: name if holds(env) in asks else _NOTHING


def build_turn(leaf: Leaf, facts: Facts) -> Turn | None:
    """Build the function that finds the first day after today on which time alone changes a leaf; None where time does not touch it."""
    match leaf:
        case Lasted(length):
            return lambda env: None if (since := env.employed_since()) is None else _after(env.day, add(since, length))
        case Compare(left, op, value) if left.kind in ("age", "days_since"):
            at = tuple(int(value) + more for more in _TURNS_AT[op])
            return _birthday(at) if left.kind == "age" else _day_count(left.name, at, facts)
        case _:
            return None


def _after(day: date, turn: date) -> date | None:
    return turn if turn > day else None


def _birthday(at: tuple[int, ...]) -> Turn:
    def turn(env: Env) -> date | None:
        age, birthday = env.age(), env.next_birthday()
        # The age changes on the 1st of the month of birth only, for the day of birth is not kept.
        coming = [years - age for years in at if years > age] if age is not None else []
        return birthday.replace(year=birthday.year + min(coming) - 1) if birthday and coming else None

    return turn


def _day_count(name: str, at: tuple[int, ...], facts: Facts) -> Turn:
    days = _days_since(name, facts)

    def turn(env: Env) -> date | None:
        now = days(env)
        coming = [count - now for count in at if count > now] if now is not None else []
        return env.day + timedelta(days=min(coming)) if coming else None

    return turn
