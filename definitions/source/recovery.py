"""What keeps a text from being YAML, place by place, and the text with that mended, so that all the rest can be read too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model import vocabulary as v
from definitions.source import findings
from definitions.source.text_patch import Patch

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = 100
MOST_PARTS: Final = 50_000
_KEY: Final = re.compile(
    r"""("[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^']*+(?:''[^']*+)*+'|[^\s\#&*!|>%@`\[\]{},"'](?:(?!:(?:\s|$)|\s\#).){0,200}?)[ ]{0,20}:(?=\s|$)"""
)
_IN_DOUBLE: Final = re.compile(r'[^"\\]*+(?:\\(?:.|$)[^"\\]*+)*+')
_IN_SINGLE: Final = re.compile(r"[^']*+(?:''[^']*+)*+")
_COMMENT: Final = re.compile(r"\s*(?:#.*)?$")
_ESCAPED: Final = re.compile(r"""\\(?:[0abtnvfre "/\\N_LP\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|$)""")


class Fault(NamedTuple):
    """One fault, its place counted from 0; `related` is a second place that it is about."""

    code: str
    line: int
    col: int
    width: int
    values: Mapping[str, str]
    related: tuple[int, int] | None


class Enough(Exception):
    """A hundred faults, a text too long, or a form of YAML that no track needs: the rest is not gone through."""


class Mending:
    """A text being gone through: its lines, the faults found, and what is changed so that it can be read."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.patch = Patch(self.lines)
        self.faults: list[Fault] = []
        self.parts = 0

    def fault(self, code: str, line: int, col: int, width: int = 1, related: tuple[int, int] | None = None, **values: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, line, col, width, values, related))
        if len(self.faults) >= MOST:
            raise Enough

    def count(self) -> None:
        """Keep the work within bounds on any text."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise Enough

    def rest(self, line: int, col: int) -> str:
        """What stands on a line from a column on, without its comment."""
        text = self.lines[line][col:]
        comment = re.search(r"(?:^|\s)#", text)
        return (text[: comment.start()] if comment else text).rstrip()

    def ends_block(self, line: int, margin: int) -> bool:
        """Whether a line begins something new that is no part of what began at a deeper level."""
        text = self.lines[line]
        body = text.lstrip(" \t")
        if not body or body[0] in "#]}" or len(text) - len(body) > margin:
            return False
        return body.startswith(("- ", "---", "...")) or body == "-" or _KEY.match(body) is not None

    def quoted(self, line: int, col: int, margin: int, until: str) -> tuple[int, int]:
        """Go past a quoted text, to the place after its closing quote; where it is never closed, `until` says what it ends before."""
        mark = self.lines[line][col]
        end = self._closing(line, col, margin, mark)
        if end is None:
            last = re.compile(until).search(self.lines[line], col + 1)
            at = last.start() if last else len(self.lines[line].rstrip())
            self.fault(findings.UNCLOSED_QUOTE, line, col, found=mark)
            self.patch.edit(line, at, 0, mark)
            self.patch.lose(line, col, at)
            end = line, at
        if mark == '"':
            self._escapes(line, col + 1, end)
        return end

    def _closing(self, line: int, col: int, margin: int, mark: str) -> tuple[int, int] | None:
        inner = _IN_DOUBLE if mark == '"' else _IN_SINGLE
        number, at = line, col + 1
        while number < len(self.lines):
            self.count()
            if number > line and self.ends_block(number, margin):
                return None
            text = self.lines[number]
            stop = inner.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
            if stop < len(text):
                return None if self._swallowed(text[at:stop]) else (number, stop + 1)
            if number == line and self._swallowed(text[at:]):
                return None
            number, at = number + 1, 0
        return None

    @staticmethod
    def _swallowed(text: str) -> bool:
        """Whether a quoted text has taken keys along that stand after it."""
        return any(v.english_key(key) for key in re.findall(r"[,{]\s*([^\W\d]\w*):\s", text))

    def _escapes(self, line: int, col: int, end: tuple[int, int]) -> None:
        for number in range(line, end[0] + 1):
            text = self.lines[number]
            at, stop = col if number == line else 0, end[1] if number == end[0] else len(text)
            while (at := text.find("\\", at, stop)) >= 0:
                if not _ESCAPED.match(text, at):
                    self.fault(findings.UNKNOWN_ESCAPE, number, at, 2, found=text[at : at + 2])
                    self.patch.edit(number, at, 1, "/")
                at += 2


def key_at(text: str, col: int) -> re.Match[str] | None:
    """The key that begins at a column, up to its colon."""
    return _KEY.match(text, col)


def is_blank(text: str, col: int = 0) -> bool:
    """Whether nothing but a comment stands from a column on."""
    return _COMMENT.match(text, col) is not None
