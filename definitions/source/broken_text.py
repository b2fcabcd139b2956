"""A text that is not YAML, with the place where its reader stopped and the questions that can be asked about the lines around it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from definitions.model import vocabulary as v
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    Place = tuple[int, int]

# Possessive, and bounded to 200 characters, because a line of 2 MB must not cost more than it is long.
_KEY: Final = re.compile(
    r"""("[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^']*+(?:''[^']*+)*+'|[^\s\#&*!|>%@`\[\]{},"'](?:(?!:(?:\s|$)|\s\#).){0,200}?)[ ]{0,20}:(?=\s|$)"""
)
_COMMENT: Final = re.compile(r"\s*(?:#.*)?$")
# A key of the language inside quotes was most likely meant to stand outside.
_INNER_KEY: Final = re.compile(r"[,{]\s*([^\W\d]\w*):\s")
# A sign that people write for the dash of an item, or the dash without its space.
BULLET: Final = re.compile(r"-(?=[^\W\d]\w*:(?:\s|$))|[*•‣·–—](?: +|$)")


class Fault(NamedTuple):
    """One fault, its place counted from 0; `related` is a second place that it is about. `code` and `values` are those of its finding."""

    code: str
    line: int
    col: int
    width: int
    values: Mapping[str, str]
    related: Place | None = None


class BrokenText:
    """The lines of the text, and where reading it stopped; lines and columns count from 0.

    `problem` and `context` are the reader's own words for what it found and what it was doing; `begun` is where the latter began.
    """

    def __init__(self, text: str, error: yaml.YAMLError) -> None:
        self.whole = text
        self.lines = text.split("\n")
        self.problem = getattr(error, "problem", None) or ""
        self.context = getattr(error, "context", None) or ""
        mark = getattr(error, "problem_mark", None)
        self.line, self.col = self._place(mark)
        self.begun = self._place(getattr(error, "context_mark", None) or mark)
        # The mark of the end may lie before the last token, which must be counted: what stands open there is closed nowhere.
        self.at_end = mark is not None and mark.index >= len(text.rstrip())

    def _place(self, mark: Any) -> Place:
        if mark is None:
            return 0, 0
        # The end of the stream lies after the last line; what can be shown is the end of that.
        last = len(self.lines) - 1
        return (mark.line, mark.column) if mark.line <= last else (last, len(self.lines[last]))

    @property
    def text(self) -> str:
        """The line on which reading stopped."""
        return self.lines[self.line]

    @property
    def starts_line(self) -> bool:
        """Whether nothing but blanks stands before the place."""
        return not self.text[: self.col].strip()

    def char(self, line: int, col: int) -> str:
        """Give the character at a place, or nothing at the end of its line."""
        return self.lines[line][col : col + 1]

    def indent(self, line: int) -> int:
        """Find the column of the first character of a line that is neither a space nor a tab."""
        return len(self.lines[line]) - len(self.lines[line].lstrip(" \t"))

    def above(self, line: int) -> int | None:
        """Find the nearest line above that holds more than a comment."""
        return next((number for number in range(line - 1, -1, -1) if not is_blank(self.lines[number])), None)

    def key_follows(self, col: int) -> bool:
        """Tell whether the next line has a key in the same column."""
        below = self.lines[self.line + 1] if self.line + 1 < len(self.lines) else ""
        return not below[:col].strip() and key_at(below, col) is not None

    def rest(self, line: int, col: int) -> str:
        """Give the rest of a line from a column on, without its comment."""
        text = self.lines[line][col:]
        comment = re.search(r"(?:^|\s)#", text)
        return (text[: comment.start()] if comment else text).rstrip()

    def stray(self, line: int, col: int) -> Fault:
        """Build the fault of a line that is neither a key nor anything else."""
        return Fault(findings.STRAY_LINE, line, col, max(len(self.rest(line, col)), 1), {})

    @cached_property
    def tokens(self) -> list[Any]:
        """The tokens before the place, as far as they can be read."""
        found: list[Any] = []
        try:
            for token in yaml.scan(self.whole, Loader=yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader):
                if (token.start_mark.line, token.start_mark.column) >= (self.line, self.col) and not self.at_end:
                    break
                found.append(token)
        except yaml.YAMLError:
            pass
        return found

    def last_token(self) -> Any:
        """Find the last token that stands for characters of the text, or None."""
        return next((token for token in reversed(self.tokens) if token.end_mark.index > token.start_mark.index), None)

    def swallowing_quote(self) -> Place | None:
        """Find where the last quoted text before the place begins, if it has taken keys along that stand after it."""
        quoted = (token for token in reversed(self.tokens) if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'))
        last = next(quoted, None)
        if last is None:
            return None
        begin, end = last.start_mark, last.end_mark
        margin = self.margin(begin.line, begin.column)
        # libyaml sees only the last of these: it takes the next quote, which opens another text, for the closing one.
        keys = _INNER_KEY.findall(self.whole[begin.index : end.index])
        if any(map(v.english_key, keys)) or any(self.ends_block(line, margin) for line in range(begin.line + 1, end.line + 1)):
            return begin.line, begin.column
        return None

    def margin(self, line: int, col: int) -> int:
        """Find the column of the key or dash that a value at a place belongs to."""
        before = self.lines[line][:col]
        start = len(re.match(r" *(?:- *)*", before)[0])  # type: ignore[index]  # it matches nothing at least
        return start if start < col else before.rfind("-") if "-" in before else col - 1

    def ends_block(self, line: int, margin: int) -> bool:
        """Tell whether a line begins something new that is no part of what began to the right of a column."""
        text = self.lines[line]
        body = text.lstrip(" \t")
        if not body or body[0] in "#]}" or len(text) - len(body) > margin:
            return False
        return body.startswith(("- ", "---", "...")) or body == "-" or key_at(body, 0) is not None


def key_at(text: str, col: int) -> re.Match[str] | None:
    """Match the key that begins at a column, up to its colon."""
    return _KEY.match(text, col)


def is_blank(text: str) -> bool:
    """Tell whether a line holds nothing but a comment."""
    return _COMMENT.match(text) is not None
