"""The type checker of conditions: names exist, values fit, and words of both languages become codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from definitions.conditions.ast import All, Alone, Compare, FactKnown, InTrack, Lasted, Not, Operand, Some, every, some
from definitions.conditions.parser import Problem
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from definitions.conditions.ast import Extent, Tree
    from definitions.model.track import Fact

YES_NO_BUILT_IN: Final = frozenset({"born_abroad", "selected", "completed"})
# Only known once the enrolment is over, so only a measure may ask it.
AFTERWARDS: Final = frozenset({"completed"})
_EQUALITY: Final = ("=", "!=")
_NUMBER: Final = re.compile(r"-?[0-9]+")
MAX_DIGITS: Final = 12
# Far beyond any life or any sum, and near enough that no date overflows.
MOST: Final = {"age": 150, "days_since": 100_000, "number": 1_000_000_000}
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RESULT_WORDS: Final = {**v.RESULTS, **v.SKIPPED}
_CLOSED_LISTS: Final = {"channel": v.CHANNELS, "outcome": v.OUTCOMES, "sex": v.SEX, "schooling": v.SCHOOLING}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may ask about.

    `facts` are those of the track by id; one that is None has a type that could not be read, and is taken on trust. `steps` gives the
    results of each step, `employers` the ids of the track's; None where any is taken. `counting` holds for measures, which look back
    and may ask what is known only after exit.
    """

    facts: Mapping[str, Fact | None]
    steps: Mapping[str, tuple[str, ...]] | None = None
    employers: frozenset[str] | None = None
    lang: v.Lang = "en"
    counting: bool = False


def check(tree: Tree, scope: Scope) -> tuple[Tree, tuple[Problem, ...]]:
    """Type-check a tree.

    Args:
        tree: The tree as parsed.
        scope: What it may ask about.

    Returns:
        The tree with codes instead of the author's words, and everything that is wrong with it.

    """
    problems: list[Problem] = []
    return _checked(tree, scope, problems), tuple(problems)


def _checked(tree: Tree, scope: Scope, problems: list[Problem]) -> Tree:
    match tree:
        case All(parts):
            return every(_parts(parts, scope, problems))
        case Some(parts):
            return some(_parts(parts, scope, problems))
        case Not(of):
            return Not(_checked(of, scope, problems))
        case Compare():
            return _compared(tree, scope, problems)
        case Alone(of):
            _stands_alone(of, scope, problems)
        case FactKnown(name, place):
            problems.extend(_exists(name, place, scope))
        case Lasted() | InTrack():
            pass
    return tree


def _parts(parts: Sequence[Tree], scope: Scope, problems: list[Problem]) -> Iterator[Tree]:
    """Check the parts of a condition.

    A lone word after a comparison is perhaps a further value of the same, as in `svenska = A eller B`; that is proposed.
    """
    for before, part in zip((None, *parts), parts, strict=False):
        first = len(problems)
        yield _checked(part, scope, problems)
        if (
            len(problems) == first + 1
            and isinstance(part, Alone)
            and isinstance(before, Compare)
            and problems[first].code == findings.UNKNOWN_FACT_IN_CONDITION
        ):
            further = replace(before, value=part.of.name)
            if not _problems_of(further, scope):
                said = f"{_written(before.left, scope)} {before.op} {part.of.name}"
                problems[first] = problems[first]._replace(values={**problems[first].values, "suggestion": said})


def _problems_of(tree: Compare, scope: Scope) -> list[Problem]:
    problems: list[Problem] = []
    _compared(tree, scope, problems)
    return problems


def _written(of: Operand, scope: Scope) -> str:
    """Write what is asked about as its author does."""
    if of.kind in ("result", "days_since"):
        return f"{v.word(of.kind, v.FUNCTIONS, scope.lang)}({of.name})"
    return v.word(of.name, v.BUILT_IN, scope.lang)


def _exists(name: str, place: Extent, scope: Scope) -> Iterator[Problem]:
    if name in AFTERWARDS and not scope.counting:
        yield _problem(findings.KNOWN_ONLY_AFTER_EXIT, place, found=v.word(name, v.BUILT_IN, scope.lang))
    if name in v.BUILT_IN or name in scope.facts:
        return
    built_in = [name for name in v.BUILT_IN if scope.counting or name not in AFTERWARDS]
    known = [*scope.facts, *(v.word(name, v.BUILT_IN, scope.lang) for name in built_in)]
    # Words for a key of steps and for an employment, by which the employer is meant.
    meant = v.word("employer", v.BUILT_IN, scope.lang) if name in ("hos", "anställd_hos", "employed_at") else nearest(name, known)
    yield _problem(findings.UNKNOWN_FACT_IN_CONDITION, place, found=name, suggestion=meant or "")


def _stands_alone(of: Operand, scope: Scope, problems: list[Problem]) -> None:
    if unknown := _no_such(of, scope):
        if of.kind == "fact" and v.code(of.name, v.OUTCOMES):
            # The name of an outcome alone, `arbete`, was meant to be compared with the outcome.
            said = f"{v.word('outcome', v.BUILT_IN, scope.lang)} = {of.name}"
            unknown = [problem._replace(values={**problem.values, "suggestion": said}) for problem in unknown]
        problems.extend(unknown)
    elif not (of.kind == "fact" and _kind(of.name, scope) in ("yes/no", "")):
        problems.append(_problem(findings.NOT_A_YES_NO, of.place, found=_written(of, scope)))


def _no_such(of: Operand, scope: Scope) -> list[Problem]:
    if of.name in scope.facts and of.kind == "fact" and of.name not in AFTERWARDS:
        return []
    if of.kind in ("fact", "days_since"):
        return list(_exists(of.name, of.place, scope))
    if of.kind != "result" or scope.steps is None or of.name in scope.steps:
        return []
    return [_problem(findings.UNKNOWN_STEP_IN_CONDITION, of.place, found=of.name, suggestion=nearest(of.name, scope.steps) or "")]


def _kind(name: str, scope: Scope) -> str:
    """Find the type of a fact or built-in: its own name where it is a type of its own, empty where it is not known."""
    if name in v.BUILT_IN:
        return "yes/no" if name in YES_NO_BUILT_IN else name
    fact = scope.facts.get(name)
    return fact.type if fact else ""


def _compared(tree: Compare, scope: Scope, problems: list[Problem]) -> Compare:
    if found := _no_such(tree.left, scope):
        problems.extend(found)
        return tree
    kind = tree.left.kind if tree.left.kind != "fact" else _kind(tree.left.name, scope)
    value, found = _value(kind, tree, scope)
    problems.extend(found)
    return tree if value == tree.value else Compare(tree.left, tree.op, value, tree.place)


def _value(kind: str, tree: Compare, scope: Scope) -> tuple[str, list[Problem]]:
    if not kind:
        return tree.value, []
    if kind == "yes/no":
        return tree.value, [_yes_or_no(tree, scope)]
    if kind in ("age", "number"):
        return _number(tree, MOST[kind])
    if kind == "days_since":
        not_a_date = _kind(tree.left.name, scope) not in ("date", "")
        return (
            (tree.value, [_problem(findings.DAYS_SINCE_NO_DATE, tree.left.place, found=tree.left.name)])
            if not_a_date
            else _number(tree, MOST[kind])
        )
    if kind == "date":
        return tree.value, [] if _is_date(tree.value) else [_problem(findings.DATE_EXPECTED, tree.place, found=tree.value)]
    return _word(kind, tree, scope)


def _yes_or_no(tree: Compare, scope: Scope) -> Problem:
    """Describe a yes/no fact that is compared; what was meant is clear where the value says yes or no."""
    name = v.word(tree.left.name, v.BUILT_IN, scope.lang)
    yes = {"ja": True, "yes": True, "true": True, "sant": True, "nej": False, "no": False, "false": False, "falskt": False}.get(
        tree.value.casefold()
    )
    no = f"{v.word('not', v.OPERATORS, scope.lang)} {name}"
    meant = "" if yes is None or tree.op not in _EQUALITY else name if yes == (tree.op == "=") else no
    return _problem(findings.YES_NO_COMPARED, tree.left.place, found=name, suggestion=meant)


def _number(tree: Compare, most: int) -> tuple[str, list[Problem]]:
    if not _NUMBER.fullmatch(tree.value):
        return tree.value, [_problem(findings.NUMBER_EXPECTED, tree.place, found=tree.value)]
    # By length first, for Python raises an error of its own when it is to convert more than 4 300 digits.
    if len(tree.value) > MAX_DIGITS or abs(int(tree.value)) > most:
        return tree.value, [_problem(findings.NUMBER_TOO_LARGE, tree.place, most=str(most))]
    return str(int(tree.value)), []


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _word(kind: str, tree: Compare, scope: Scope) -> tuple[str, list[Problem]]:
    """Check a word out of a list: a choice, an outcome, a result, an employer."""
    problems = []
    if tree.op not in _EQUALITY and kind not in ("choice", "schooling"):
        problems.append(_problem(findings.NO_ORDER_TO_COMPARE, tree.place, found=v.word(tree.left.name, v.BUILT_IN, scope.lang)))
    value, known = _code_and_choices(kind, tree, scope)
    if known is not None and value not in known:
        shown = [v.word(name, _table(kind), scope.lang) for name in known]
        unknown = {
            "result": findings.UNKNOWN_RESULT,
            "outcome": findings.UNKNOWN_OUTCOME,
            "employer": findings.UNKNOWN_EMPLOYER_IN_CONDITION,
        }.get(kind, findings.UNKNOWN_CHOICE)
        problems.append(
            _problem(
                unknown, tree.place, found=tree.value, of=v.word(tree.left.name, v.BUILT_IN, scope.lang),
                known=v.listed(shown), suggestion=nearest(tree.value, shown) or "",
            )
        )  # fmt: skip
    return value, problems


def _table(kind: str) -> Mapping[str, str]:
    return _RESULT_WORDS if kind == "result" else _CLOSED_LISTS.get(kind, {})


def _code_and_choices(kind: str, tree: Compare, scope: Scope) -> tuple[str, Iterable[str] | None]:
    """Find the code that the written word stands for, and the codes that it may be; None where any is taken."""
    if kind == "employer":
        return tree.value, scope.employers and sorted(scope.employers)
    if kind == "choice":
        fact = scope.facts[tree.left.name]
        return tree.value, fact.choices if fact else None
    value = v.code(tree.value, _table(kind)) or tree.value
    if kind != "result":
        return value, _CLOSED_LISTS[kind]
    known = None if scope.steps is None else (*scope.steps[tree.left.name], "skipped")
    # A step's own result may be spelt like a built-in word; then it is the step's own that is meant.
    return (tree.value if known and tree.value in known else value), known


def _problem(code: str, place: Extent, **values: str) -> Problem:
    return Problem(code, place.at, place.width, values)
