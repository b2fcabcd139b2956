"""The tree of a condition, and its one canonical English text.

The tree is small and frozen: leaves ask one thing each (`Alone`, `FactKnown`, `Lasted`, `InTrack`, `Compare`), `Not`, `All` and
`Some` join them. Equal conditions are equal trees whatever language they were written in, for places do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from definitions.model import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from definitions.model.values import Length

Kind = Literal["fact", "age", "outcome", "result", "days_since"]
Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


class Extent(NamedTuple):
    """Where in the text a part of the tree was read: the column of its first character from 0, and how many characters."""

    at: int
    width: int


# Places are left out of comparison: a condition is the same wherever it was read.
NOWHERE: Final = Extent(0, 0)


@dataclass(frozen=True, slots=True)
class Operand:
    """What is compared: a fact, the age, the outcome, the result of a step, or the days since a date.

    `name` is the id of the fact or step; for age and outcome it is the kind itself.
    """

    kind: Kind
    name: str
    place: Extent = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Alone:
    """A yes/no fact that stands alone, and holds when it is yes."""

    of: Operand


@dataclass(frozen=True, slots=True)
class FactKnown:
    """`known(fact)`: whether anything is known of a fact."""

    name: str
    place: Extent = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Lasted:
    """`lasted(LENGTH)`: whether the employment has gone on so long, unbroken."""

    length: Length
    place: Extent = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class InTrack:
    """`employer in track`: whether the participant's employer is one of the track's."""

    place: Extent = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """An operand compared with a value; before type checking the value is as written, after it a code, a number or a date."""

    left: Operand
    op: Comparison
    value: str
    place: Extent = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a tree."""

    of: Tree


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no part is itself an `All`."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; no part is itself a `Some`."""

    parts: tuple[Tree, ...]


Leaf: TypeAlias = Alone | FactKnown | Lasted | InTrack | Compare
Tree: TypeAlias = Leaf | Not | All | Some


def every(parts: Iterable[Tree]) -> Tree:
    """Join the parts by `and`, without needless nesting."""
    # Flat, so that `a and (b and c)` and `a and b and c` are one tree with one canonical text.
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def some(parts: Iterable[Tree]) -> Tree:
    """Join the parts by `or`, without needless nesting."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Some) else (part,))]
    return flat[0] if len(flat) == 1 else Some(tuple(flat))


def leaves(tree: Tree) -> Iterator[Leaf]:
    """List what the tree asks, from the left."""
    match tree:
        case All(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Not(of):
            yield from leaves(of)
        case _:
            yield tree


def canonical(tree: Tree) -> str:
    """Write the one English text of a tree; parsing it gives the tree back."""
    return render(tree, "en")


def render(tree: Tree, lang: v.Lang) -> str:
    """Write a tree with the words of a language."""
    match tree:
        case Some(parts):
            return f" {v.word('or', v.OPERATORS, lang)} ".join(render(part, lang) for part in parts)
        case All(parts):
            return f" {v.word('and', v.OPERATORS, lang)} ".join(_within(part, lang, Some) for part in parts)
        case Not(of):
            return f"{v.word('not', v.OPERATORS, lang)} {_within(of, lang, (All, Some))}"
        case _:
            return _render_leaf(tree, lang)


def _render_leaf(leaf: Leaf, lang: v.Lang) -> str:
    match leaf:
        case Compare(left, op, value):
            return f"{_operand(left, lang)} {op} {_value(left, value, lang)}"
        case Alone(of):
            return _operand(of, lang)
        case FactKnown(name):
            return f"{v.word('known', v.FUNCTIONS, lang)}({v.word(name, v.BUILT_IN, lang)})"
        case Lasted(length):
            return f"{v.word('lasted', v.FUNCTIONS, lang)}({render_length(length, lang)})"
        case InTrack():
            # Two words in each language, so that no table of single words holds it.
            return "employer in track" if lang == "en" else "arbetsgivare i_spåret"


def _within(tree: Tree, lang: v.Lang, bracketed: type | tuple[type, ...]) -> str:
    text = render(tree, lang)
    return f"({text})" if isinstance(tree, bracketed) else text


def _operand(operand: Operand, lang: v.Lang) -> str:
    if operand.kind in ("result", "days_since"):
        return f"{v.word(operand.kind, v.FUNCTIONS, lang)}({operand.name})"
    return v.word(operand.name, v.BUILT_IN, lang)


_VALUES: Final[Mapping[str, Mapping[str, str]]] = {"channel": v.CHANNELS, "outcome": v.OUTCOMES, "sex": v.SEX, "schooling": v.SCHOOLING}
# A step that was skipped is asked about like one that has a result.
_RESULT_VALUES: Final = {**v.RESULTS, **v.SKIPPED}


def _value(left: Operand, value: str, lang: v.Lang) -> str:
    table = _RESULT_VALUES if left.kind == "result" else _VALUES.get(left.name, {}) if left.kind != "days_since" else {}
    return v.word(value, table, lang)


def render_length(length: Length, lang: v.Lang) -> str:
    """Write a length of time in the words of a language."""
    if lang == "en":
        return str(length)
    return f"{length.count} {v.UNITS_SHOWN[length.unit][length.count != 1]}"
