"""The grammar of conditions: text in either language -> a small tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from definitions import vocabulary as v
from definitions.tree import Alone, Compare, Comparison, InTrack, Kind, Known, Lasted, Not, Operand, Place, Tree, every, some
from definitions.values import Length, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 40
MAX_DIGITS: Final = 4
_COMPARISONS: Final = frozenset(get_args(Comparison))
_TOKEN: Final = re.compile(r"\s*(?:(?P<op><=|>=|!=|==|[=<>()])|(?P<word>\w[\w.+-]*|-\d+)|(?P<other>\S))")
_NUMBER: Final = re.compile(r"-?[0-9]+")
_OPERATORS: Final = {word: code for code, swedish in v.OPERATORS.items() for word in (code, swedish)}
_FUNCTIONS_OF_FACTS: Final = ("days_since", "known")


class Problem(NamedTuple):
    """Something wrong in a condition: code of the message, values for it, offset and width in the text."""

    code: str
    at: int
    width: int
    values: Mapping[str, str]


class ConditionError(Exception):
    """The text cannot be read as a condition."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Token(NamedTuple):
    """A piece of the text; `operator` is the code of a word that joins conditions."""

    text: str
    at: int
    kind: str
    operator: str | None

    @property
    def place(self) -> Place:
        return Place(self.at, len(self.text))


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """The tree of a condition; raises ConditionError. Values are left as written: their type is asked later."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(Problem("JS205", 0, 1, {}))
    return _Parser(_tokens(text), len(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text.rstrip()):
        kind = match.lastgroup or "other"
        word = match[kind]
        if kind == "other":
            raise ConditionError(Problem("JS202", match.start(kind), 1, {"found": word}))
        if word == "==":
            raise ConditionError(Problem("JS222", match.start(kind), 2, {}))
        found.append(_Token(word, match.start(kind), kind, _OPERATORS.get(word)))
    return found


class _Parser:
    """Recursive descent over the tokens; `or` binds least, then `and`, then `not`."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = [*tokens, _Token("", end, "end", None)]
        self.next = 0
        self.token = self.tokens[0]
        self.depth = 0

    def take(self, count: int = 1) -> _Token:
        """The token here; the end can be taken as often as one likes."""
        token = self.token
        self.next = min(self.next + count, len(self.tokens) - 1)
        self.token = self.tokens[self.next]
        return token

    def whole(self) -> Tree:
        tree = self.either()
        if self.token.kind != "end":
            raise self.unexpected(self.token)
        return tree

    def unexpected(self, token: _Token) -> ConditionError:
        code = "JS203" if token.kind == "end" else "JS201"
        return ConditionError(Problem(code, token.at, max(len(token.text), 1), {"found": token.text}))

    def either(self) -> Tree:
        parts = [self.both()]
        while self.token.operator == "or":
            self.take()
            parts.append(self.both())
        return some(parts)

    def both(self) -> Tree:
        parts = [self.negated()]
        while self.token.operator == "and":
            self.take()
            parts.append(self.negated())
        return every(parts)

    def negated(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ConditionError(Problem("JS205", self.token.at, 1, {}))
        if self.token.operator == "not":
            self.take()
            tree: Tree = Not(self.negated())
        else:
            tree = self.bracketed() if self.token.text == "(" else self.leaf()
        self.depth -= 1
        return tree

    def bracketed(self) -> Tree:
        opened = self.take()
        tree = self.either()
        if self.token.text != ")":
            raise ConditionError(Problem("JS204", opened.at, 1, {})) if self.token.kind == "end" else self.unexpected(self.token)
        self.take()
        return tree

    def leaf(self) -> Tree:
        token = self.take()
        if token.kind != "word" or token.operator:
            raise self.unexpected(token)
        if _NUMBER.fullmatch(token.text):
            raise ConditionError(Problem("JS219", token.at, len(token.text), {"found": token.text}))
        if (function := v.code(token.text, v.FUNCTIONS)) is not None:
            return self.function(token, function)
        name = v.code(token.text, v.BUILT_IN) or token.text
        if name == "employer" and self.in_track():
            return InTrack(token.place)
        kind: Kind = "age" if name == "age" else "outcome" if name == "outcome" else "fact"
        return self.compared(Operand(kind, name, token.place))

    def in_track(self) -> bool:
        for spelling in (("i_spåret",), ("in_track",), ("in", "track"), ("i", "spåret")):
            if tuple(t.text for t in self.tokens[self.next : self.next + len(spelling)]) == spelling:
                self.take(len(spelling))
                return True
        return False

    def function(self, token: _Token, name: str) -> Tree:
        if self.token.text != "(":
            raise ConditionError(Problem("JS221", token.at, len(token.text), {"found": token.text}))
        self.take()
        words = []
        while self.token.kind == "word":
            words.append(self.take())
        closed = self.take()
        if closed.text != ")" or not words:
            raise self.unexpected(closed)
        if name == "lasted":
            return Lasted(_length(words), token.place)
        if len(words) > 1:
            raise self.unexpected(words[1])
        asked = v.code(words[0].text, v.BUILT_IN) or words[0].text if name in _FUNCTIONS_OF_FACTS else words[0].text
        if name == "known":
            return Known(asked, words[0].place)
        return self.compared(Operand("result" if name == "result" else "days_since", asked, words[0].place))

    def compared(self, left: Operand) -> Tree:
        if self.token.text not in _COMPARISONS:
            return Alone(left)
        op = self.take()
        value = self.take()
        if value.kind != "word":
            raise self.unexpected(value)
        if self.token.text == "(":
            raise ConditionError(Problem("JS219", value.at, len(value.text), {"found": value.text}))
        if self.token.text in _COMPARISONS:
            raise ConditionError(Problem("JS218", self.token.at, len(self.token.text), {}))
        return Compare(left, op.text, value.text, value.place)  # type: ignore[arg-type]  # one of _COMPARISONS


def _length(words: list[_Token]) -> Length:
    unit = v.UNITS.get(" ".join(word.text for word in words[1:]))
    count = words[0].text
    if unit is None or not count.isascii() or not count.isdigit() or not 0 < len(count) <= MAX_DIGITS or int(count) == 0:
        width = words[-1].at + len(words[-1].text) - words[0].at
        raise ConditionError(Problem("JS217", words[0].at, width, {"found": " ".join(word.text for word in words)}))
    return Length(count=int(count), unit=_unit(unit))


def _unit(name: str) -> Unit:
    return next(unit for unit in get_args(Unit) if unit == name)
