"""The grammar of conditions: text in either language -> a small tree.

`or` binds least, then `and`, then `not`; a leaf is a fact, a comparison, or a function of a fact or step. Words of both languages
are read side by side, so that a track may mix them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from definitions.conditions.ast import Alone, Compare, Comparison, Extent, FactKnown, InTrack, Kind, Lasted, Not, Operand, Tree, every, some
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.model.values import Length, Unit
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

# Conditions are parsed by recursion; both bounds are far beyond what anybody can read.
MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 40
MAX_DIGITS: Final = 4
_COMPARISONS: Final = frozenset(get_args(Comparison))
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<op><=|>=|!=|==|=>|=<|<>|[=<>()])|(?P<word>\d+,\d+|\w[\w.+-]*|-\d+)"
    r"|(?P<other>&&|\|\||[\"'“”„’\u2018][^\"'“”„’\u2018]*[\"'“”„’\u2018]|\S))"
)
# Signs and words of other languages, of people and of programs, and what stands for them here.
_INSTEAD: Final = {
    "==": "=", "=>": ">=", "=<": "<=", "<>": "!=", "≥": ">=", "≤": "<=", "≠": "!=", "&&": "and", "&": "and", "||": "or", "|": "or",
    "!": "not", ",": "and", ";": "and", "är": "=", "is": "=", "minst": ">=", "högst": "<=", "över": ">", "under": "<", "ej": "not",
    "icke": "not", "samt": "and",
}  # fmt: skip
# What people write after a number out of habit; the unit belongs to the fact.
_OF_NUMBERS: Final = frozenset({*v.UNITS, "år", "year", "years", "kr", "kronor", "procent", "percent", "st", "poäng"})
# For `18 <= ålder`, which is proposed the other way round.
_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NUMBER: Final = re.compile(r"-?[0-9]+")
_OPERATORS: Final = {word: code for code, swedish in v.OPERATORS.items() for word in (code, swedish)}
_FUNCTIONS_OF_FACTS: Final = ("days_since", "known")


class Problem(NamedTuple):
    """Something wrong in a condition: the code of the finding, offset and width in the text, and the values for its message."""

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
    def place(self) -> Extent:
        return Extent(self.at, len(self.text))


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """Parse the text of a condition. Values are left as written, for only the type checker knows their type.

    Raises:
        ConditionError: The text is no condition, with the first thing that is wrong and its place.

    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(Problem(findings.CONDITION_TOO_LARGE, 0, 1, {}))
    return _Parser(_tokens(text), len(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text.rstrip()):
        kind = match.lastgroup or "other"
        token = _Token(match[kind], match.start(kind), kind, _OPERATORS.get(match[kind]))
        if kind == "other" or (kind == "op" and token.text in _INSTEAD):
            raise ConditionError(_strange(token))
        found.append(token)
    return found


def _strange(token: _Token) -> Problem:
    """Describe a sign that is none of the language, with what stands for it here."""
    instead = _INSTEAD.get(token.text) or (token.text[1:-1].strip() if len(token.text) > 2 else "")  # noqa: PLR2004 - two quotes
    if instead:
        return Problem(findings.FOREIGN_OPERATOR, token.at, len(token.text), {"found": token.text, "instead": instead})
    return Problem(findings.UNEXPECTED_CHARACTER, token.at, len(token.text), {"found": token.text})


def _wrong(code: str, token: _Token, **values: str) -> ConditionError:
    return ConditionError(Problem(code, token.at, max(len(token.text), 1), values))


class _Parser:
    """Recursive descent over the tokens; `or` binds least, then `and`, then `not`."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = [*tokens, _Token("", end, "end", None)]
        self.next = 0
        self.token = self.tokens[0]
        self.depth = 0

    def take(self, count: int = 1) -> _Token:
        """Take the token here and so many more; the end can be taken as often as one likes."""
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
        """Describe a word or sign that cannot stand where it stands."""
        # People write `är`, `&&` and `minst`; the word that stops the parser may be the one after such a word.
        before = self.tokens[max(self.tokens.index(token) - 1, 0)]
        for strange in (token, before):
            if strange.kind == "word" and strange.text in _INSTEAD:
                return ConditionError(_strange(strange))
        if token.text in _OF_NUMBERS and _NUMBER.fullmatch(before.text):
            return _wrong(findings.UNIT_AFTER_NUMBER, token, found=token.text, number=before.text)
        return _wrong(findings.INCOMPLETE_CONDITION if token.kind == "end" else findings.UNEXPECTED_WORD, token, found=token.text)

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
            raise ConditionError(Problem(findings.CONDITION_TOO_LARGE, self.token.at, 1, {}))
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
            raise _wrong(findings.UNCLOSED_CONDITION, opened) if self.token.kind == "end" else self.unexpected(self.token)
        self.take()
        return tree

    def leaf(self) -> Tree:
        token = self.take()
        if token.kind != "word" or token.operator:
            raise self.unexpected(token)
        if _NUMBER.fullmatch(token.text):
            raise _wrong(findings.SWAPPED_SIDES, token, found=token.text, suggestion=self.flipped(token))
        if (function := v.code(token.text, v.FUNCTIONS)) is not None:
            return self.function(token, function)
        if self.token.text == "(":
            raise _wrong(findings.UNKNOWN_QUESTION, token, found=token.text, suggestion=nearest(token.text, v.FUNCTIONS) or "")
        name = v.code(token.text, v.BUILT_IN) or token.text
        if name == "employer" and self.in_track():
            return InTrack(token.place)
        kind: Kind = "age" if name == "age" else "outcome" if name == "outcome" else "fact"
        return self.compared(Operand(kind, name, token.place))

    def flipped(self, number: _Token) -> str:
        """Turn round a comparison that begins with its number; empty where more follows it."""
        rest = self.tokens[self.next : -1]
        if len(rest) != 2 or rest[0].text not in _FLIPPED or rest[1].kind != "word":  # noqa: PLR2004 - a sign and a fact
            return ""
        return f"{rest[1].text} {_FLIPPED[rest[0].text]} {number.text}"

    def in_track(self) -> bool:
        # The value is written in words that could be read apart, in either language.
        for spelling in (("i_spåret",), ("in_track",), ("in", "track"), ("i", "spåret")):
            if tuple(t.text for t in self.tokens[self.next : self.next + len(spelling)]) == spelling:
                self.take(len(spelling))
                return True
        return False

    def function(self, token: _Token, name: str) -> Tree:
        if self.token.text != "(":
            raise _wrong(findings.BRACKET_EXPECTED, token, found=token.text)
        words = self.in_brackets(token)
        if name == "lasted":
            return Lasted(_length(words), token.place)
        if len(words) > 1:
            raise self.unexpected(words[1])
        # The result of a step is asked for by the id of the step, which may be spelt like a built-in fact.
        asked = v.code(words[0].text, v.BUILT_IN) or words[0].text if name in _FUNCTIONS_OF_FACTS else words[0].text
        if name == "known":
            return FactKnown(asked, words[0].place)
        return self.compared(Operand("result" if name == "result" else "days_since", asked, words[0].place))

    def in_brackets(self, function: _Token) -> list[_Token]:
        """Take the words in the brackets after a function."""
        opened = self.take()
        words = []
        while self.token.kind == "word":
            words.append(self.take())
        closed = self.take()
        if closed.kind == "end":
            raise _wrong(findings.UNCLOSED_CONDITION, opened)
        if not words:
            raise _wrong(findings.BRACKET_EXPECTED, function, found=function.text)
        if closed.text != ")":
            raise self.unexpected(closed)
        return words

    def compared(self, left: Operand) -> Tree:
        if self.token.text not in _COMPARISONS:
            return Alone(left)
        op = self.take()
        value = self.take()
        if value.kind != "word":
            raise self.unexpected(value)
        if self.token.text == "(":
            raise _wrong(findings.SWAPPED_SIDES, value, found=value.text)
        if self.token.text in _COMPARISONS:
            raise _wrong(findings.CHAINED_COMPARISON, self.token)
        return Compare(left, op.text, value.text, value.place)  # type: ignore[arg-type]  # one of _COMPARISONS


def _length(words: list[_Token]) -> Length:
    unit = v.UNITS.get(" ".join(word.text for word in words[1:]))
    count = words[0].text
    if unit is None or not count.isascii() or not count.isdigit() or not 0 < len(count) <= MAX_DIGITS or int(count) == 0:
        width = words[-1].at + len(words[-1].text) - words[0].at
        raise ConditionError(Problem(findings.LENGTH_EXPECTED, words[0].at, width, {"found": " ".join(word.text for word in words)}))
    return Length(count=int(count), unit=_unit(unit))


def _unit(name: str) -> Unit:
    return next(unit for unit in get_args(Unit) if unit == name)
