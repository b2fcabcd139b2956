"""Going through what stands in brackets: brackets that are not closed, commas that are missing or too many, text that needs quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from definitions.model import vocabulary as v
from definitions.source import findings
from definitions.source.recovery import Enough, key_at

if TYPE_CHECKING:
    from definitions.source.recovery import Mending

CLOSES: Final = {"[": "]", "{": "}"}
UNFIT: Final = "@`%|>"
_PLAIN: Final = re.compile(r"(?:[^\s,\[\]{}:#]|:(?![\s,\[\]{}]|$)|(?<!\s)#|[ \t]++(?![\s,\[\]{}:#]|$))++")
_LAST_WORD: Final = re.compile(r"([^\W\d]\w*)$")
_PROPERTY: Final = re.compile(r"(?:&[0-9A-Za-z_-]+|!(?:[!-+\--Z^-z|~]|\\)*)(?=[\s,\[\]{}]|$)")
ALIAS: Final = re.compile(r"\*[0-9A-Za-z_-]+(?=[\s,\[\]{}]|$)")
_COLON: Final = re.compile(" *:")
_NEXT: Final = re.compile(r"[,\[\]{}]|$")


@dataclass(slots=True)
class _Open:
    """A bracket that stands open, how far its entry has come, and what was read last in it."""

    mark: str
    line: int
    col: int
    stage: Literal["start", "key", "value", "done"] = "start"
    last: str = "-"


class Flow:
    """One value in brackets, from its first bracket to the place after its last; `margin` is the column of the block around it."""

    def __init__(self, mending: Mending, line: int, col: int, margin: int) -> None:
        self.on = mending
        self.line, self.col, self.margin = line, col, margin
        self.end = (line, col)
        self.open: list[_Open] = []
        self.lost_from: int | None = None

    def past(self) -> tuple[int, int]:
        """Go through it all."""
        self._opened()
        while self.open:
            self.on.count()
            self._next()
        return self.end

    @property
    def text(self) -> str:
        """The line at hand."""
        return self.on.lines[self.line]

    def _next(self) -> None:
        text = self.text
        while self.col < len(text) and text[self.col] in " \t":
            self.col += 1
        mark = text[self.col : self.col + 1]
        if not mark or (mark == "#" and text[self.col - 1 : self.col] in ("", " ", "\t")):
            self._new_line()
        elif mark in CLOSES:
            self._node(mark)
            self._opened()
        elif mark in "]}":
            self._closed(mark)
        elif mark == ",":
            self._comma()
        elif mark == ":" and (text[self.col + 1 : self.col + 2] in {"", " ", "\t", ",", "]", "}"} or self.open[-1].last in "\"']"):
            self._colon()
        else:
            self._word(mark)

    def _go(self, to: int) -> None:
        self.col = to
        self.end = (self.line, to)

    def _new_line(self) -> None:
        self.line, self.col = self.line + 1, 0
        if self.line >= len(self.on.lines) or self.on.ends_block(self.line, self.margin):
            self._never_closed(0, *self.end)
        elif self._begins_block():
            self._not_meant()

    def _begins_block(self) -> bool:
        """Whether dashes or keys go on as if the bracket just opened were not there."""
        one = self.open[-1]
        body = self.text.lstrip(" ")
        if body.startswith("- "):
            return one.stage == "start" and self.end == (one.line, one.col + 1)
        key = key_at(self.text, len(self.text) - len(body))
        return one.mark == "{" and one.stage == "done" and len(self.text) - len(body) == one.col and key is not None

    def _not_meant(self) -> None:
        """Take the bracket out; what follows it is no longer within, and is not gone through."""
        one = self.open[-1]
        self.on.fault(findings.UNCLOSED_BRACKET, one.line, one.col, found=one.mark, close=CLOSES[one.mark])
        self.on.patch.edit(one.line, one.col, 1, "" if one.mark == "[" else " ")
        raise Enough

    def _never_closed(self, keep: int, line: int, col: int) -> None:
        """Close every bracket above a depth at a place."""
        while len(self.open) > keep:
            one = self.open.pop()
            self.on.fault(findings.UNCLOSED_BRACKET, one.line, one.col, found=one.mark, close=CLOSES[one.mark])
            self.on.patch.edit(line, col, 0, CLOSES[one.mark])

    def _opened(self) -> None:
        self.open.append(_Open(self.text[self.col], self.line, self.col))
        self._go(self.col + 1)

    def _closed(self, mark: str) -> None:
        at = max((n for n, one in enumerate(self.open) if CLOSES[one.mark] == mark), default=None)
        if at is None:
            one = self.open[-1]
            self.on.fault(
                findings.WRONG_CLOSING_BRACKET,
                self.line,
                self.col,
                found=mark,
                open=one.mark,
                close=CLOSES[one.mark],
                related=(one.line, one.col),
            )
            self.on.patch.edit(self.line, self.col, 1, CLOSES[one.mark])
            at = len(self.open) - 1
        else:
            self._never_closed(at + 1, self.line, self.col)
        self.open.pop()
        self._go(self.col + 1)
        if self.open:
            self.open[-1].last = "]"

    def _comma(self) -> None:
        one = self.open[-1]
        if one.stage == "start":
            self.on.fault(findings.NOTHING_BEFORE_COMMA, self.line, self.col)
            self.on.patch.edit(self.line, self.col, 1, " ")
        one.stage, one.last = "start", "-"
        self._go(self.col + 1)

    def _colon(self) -> None:
        one = self.open[-1]
        if one.stage in ("start", "key"):
            one.stage, one.last = "value", "-"
        else:
            self.on.fault(findings.COLON_IN_VALUE, self.line, self.col)
            self.on.patch.edit(self.line, self.col, 1, ";")
            self.on.patch.lose(self.line, 0 if self.lost_from is None else self.lost_from, self._stop())
            one.last = "word"
        self._go(self.col + 1)

    def _stop(self) -> int:
        found = _NEXT.search(self.text, self.col)
        return found.start() if found else len(self.text)

    def _node(self, mark: str) -> None:
        """Something begins: where an entry has all it can hold, a comma is missing before it."""
        one = self.open[-1]
        if one.stage in ("start", "value"):
            one.stage = "key" if one.stage == "start" else "done"
            return
        if one.last in {'"', "'"} and mark == "word" and not self._is_key():
            self.on.fault(findings.TEXT_AFTER_VALUE, self.line, self.col, len(self._plain()), found=one.last)
            self.on.patch.edit(self.line, self.col, len(self._plain()), "")
        else:
            self._missing_comma(self.col, self._plain() if mark == "word" else self.text[self.col])
            if mark in CLOSES:
                self.on.patch.lose(self.line, self.col)

    def _missing_comma(self, at: int, before: str) -> None:
        self.on.fault(findings.MISSING_COMMA, self.line, at, len(before), found=before)
        self.on.patch.edit(self.line, at, 0, ", ")
        self.open[-1].stage = "key"

    def _plain(self) -> str:
        found = _PLAIN.match(self.text, self.col)
        return found[0] if found else ""

    def _is_key(self) -> bool:
        """Whether a word and a colon come."""
        word = self._plain()
        return v.english_key(word) is not None and _COLON.match(self.text, self.col + len(word)) is not None

    def _word(self, mark: str) -> None:
        one = self.open[-1]
        if one.last == "word" and one.stage in ("key", "done"):
            # Words on several lines are one text.
            self._text()
        elif mark in "\"'":
            self._node("quote")
            self.line, self.col = self.on.quoted(self.line, self.col, self.margin, r"[,\]}]")
            self._go(self.col)
            one.last = mark
        elif found := ALIAS.match(self.text, self.col) or _PROPERTY.match(self.text, self.col):
            if mark == "*":
                self._node(mark)
            self._go(found.end())
        elif self.text.startswith("//", self.col):
            self.on.fault(findings.STRAY_LINE, self.line, self.col, len(self.text.rstrip()) - self.col)
            self.on.patch.edit(self.line, self.col, 2, " #")
            self.col = len(self.text)
        elif mark == "?" and self.text[self.col + 1 : self.col + 2] in {"", " "}:
            raise Enough
        else:
            self._node("word")
            self._first(mark)
            self._text()

    def _first(self, mark: str) -> None:
        """What a text cannot begin with, here."""
        if mark in UNFIT or mark in "&!*":
            self.on.fault(findings.VALUE_NEEDS_QUOTES, self.line, self.col, found=mark)
        elif mark == "-" and self.text[self.col + 1 : self.col + 2] in {"", " "}:
            self.on.fault(findings.LIST_ON_LINE_OF_KEY, self.line, self.col)
        else:
            return
        self.on.patch.edit(self.line, self.col, 1, "x")
        self.on.patch.lose(self.line, self.col, self._stop())

    def _text(self) -> None:
        """A text without quotes; one that holds a key of the language before its colon lacks a comma there."""
        self.lost_from, text = self.col, self._plain() or self.text[self.col]
        end = self.col + len(text)
        one = self.open[-1]
        if one.stage == "done" and _COLON.match(self.text, end) and (last := _LAST_WORD.search(text)) and v.english_key(last[1]):
            self._missing_comma(self.col + last.start(), last[1])
        self._go(end)
        one.last = "word"
