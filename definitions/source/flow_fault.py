"""Diagnosis of a break of YAML within brackets: unclosed ones, commas missing or too many, colons in values."""

from __future__ import annotations

import re
from typing import Final

import yaml

from definitions.model import vocabulary as v
from definitions.source import findings
from definitions.source.broken_text import BrokenText, Fault, key_at

CLOSES: Final = {"[": "]", "{": "}"}
_PLAIN: Final = re.compile(r"(?:[^\s,\[\]{}:#]|:(?![\s,\[\]{}]|$)|(?<!\s)#|[ \t]++(?![\s,\[\]{}:#]|$))++")
_LAST_WORD: Final = re.compile(r"([^\W\d]\w*) *$")
_COLON: Final = re.compile(" *:")
_FOREIGN_COMMENT: Final = re.compile(r"(?:^|\s)(//.*?)\s*$")


def bracket_fault(broken: BrokenText) -> list[Fault]:
    """Find what is wrong where brackets stand open, if any do."""
    opened = _open_brackets(broken)
    if "while parsing a flow" not in broken.context or not opened:
        return []
    # A comment of another language is text to YAML, and the break comes at the first comma or colon after it.
    for number in range(opened[0][0], broken.line + 1):
        if comment := _FOREIGN_COMMENT.search(broken.lines[number]):
            return [Fault(findings.STRAY_LINE, number, comment.start(1), len(comment[1]), {})]
    return _never_closed(broken, opened) or _wrong_sign(broken, opened)


def _open_brackets(broken: BrokenText) -> list[tuple[int, int]]:
    """Find the brackets that are open at the place, the outermost first."""
    opened: list[tuple[int, int]] = []
    for token in broken.tokens:
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append((token.start_mark.line, token.start_mark.column))
        elif opened and isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            opened.pop()
    return opened


def _never_closed(broken: BrokenText, opened: list[tuple[int, int]]) -> list[Fault]:
    """Brackets that stand open at the end, or where something new begins: a key or a dash no further to the right than theirs."""
    line, col = opened[-1]
    margin = broken.margin(*opened[0])
    if broken.at_end or any(broken.ends_block(number, margin) for number in range(line + 1, broken.line + 1)):
        return [unclosed(broken, place) for place in opened]
    # Dashes or keys that go on as if the bracket were not there: it was not meant.
    dashes = broken.starts_line and broken.text.startswith("- ", broken.col)
    keys = broken.char(line, col) == "{" and broken.line > line and broken.indent(broken.line) == col and key_at(broken.text, col)
    return [unclosed(broken, opened[-1])] if dashes or keys else []


def unclosed(broken: BrokenText, place: tuple[int, int]) -> Fault:
    """Build the fault of a bracket that is never closed."""
    mark = broken.char(*place)
    return Fault(findings.UNCLOSED_BRACKET, *place, 1, {"found": mark, "close": CLOSES[mark]})


def _wrong_sign(broken: BrokenText, opened: list[tuple[int, int]]) -> list[Fault]:
    """A sign that cannot stand where it stands, or a text before which something is missing."""
    place, mark = (broken.line, broken.col), broken.char(broken.line, broken.col)
    if mark and mark in "]}":
        # A bracket that closes one further out leaves those within open; one that closes none was meant for the innermost.
        fits = [number for number, bracket in enumerate(opened) if CLOSES[broken.char(*bracket)] == mark]
        if fits:
            return [unclosed(broken, bracket) for bracket in opened[fits[-1] + 1 :]]
        opening = broken.char(*opened[-1])
        values = {"found": mark, "open": opening, "close": CLOSES[opening]}
        return [Fault(findings.WRONG_CLOSING_BRACKET, *place, 1, values, opened[-1])]
    if mark == ",":
        return [Fault(findings.NOTHING_BEFORE_COMMA, *place, 1, {})]
    if mark == ":":
        return [_colon(broken)]
    if mark == "-" and broken.char(broken.line, broken.col + 1) in {"", " "}:
        return [Fault(findings.LIST_ON_LINE_OF_KEY, *place, 1, {})]
    return [_second_value(broken)]


def _colon(broken: BrokenText) -> Fault:
    """Describe a second colon in an entry: a comma is missing before a key of the language, else it is a part of the value."""
    last = _LAST_WORD.search(broken.text[: broken.col])
    if last and v.english_key(last[1]):
        return Fault(findings.MISSING_COMMA, broken.line, last.start(), len(last[1]), {"found": last[1]})
    return Fault(findings.COLON_IN_VALUE, broken.line, broken.col, 1, {})


def _second_value(broken: BrokenText) -> Fault:
    """Describe what follows a whole entry: the next one, whose comma is missing, or text that was left outside the quotes."""
    last, mark = broken.last_token(), broken.char(broken.line, broken.col)
    plain = None if mark in {'"', "'"} else _PLAIN.match(broken.text, broken.col)
    found = plain[0] if plain else mark
    is_key = v.english_key(found) is not None and _COLON.match(broken.text, broken.col + len(found)) is not None
    if plain and not is_key and isinstance(last, yaml.ScalarToken) and last.style in ("'", '"'):
        return Fault(findings.TEXT_AFTER_VALUE, broken.line, broken.col, len(found), {"found": last.style})
    return Fault(findings.MISSING_COMMA, broken.line, broken.col, len(found), {"found": found})
