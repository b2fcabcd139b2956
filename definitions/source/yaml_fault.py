"""Diagnosis of a break of YAML, from the place where libyaml stops and the few lines around it.

Each rule is a function that answers with the faults that it recognises, or with nothing; the first that recognises any is
believed. libyaml's marks are exact, so a rule looks at the text around them and parses nothing by itself. It asks only for words
that libyaml's messages and those of PyYAML's own parser have in common.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.source import findings
from definitions.source.broken_text import BULLET, BrokenText, Fault, is_blank, key_at
from definitions.source.flow_fault import CLOSES, bracket_fault, unclosed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[BrokenText], "list[Fault]"]

_TABBED: Final = re.compile(r" *(?:- *)*\t")
_DASH: Final = re.compile(r"-(?:[ \t]+|$)")
_UNSPACED: Final = re.compile(r"([^\W\d]\w*):\S")
# Also what people type in the place of a colon: `=`, `;` and the full-width colon of another keyboard.
_UNCOLONED: Final = re.compile(r"([^\W\d]\w*)(?:\s*[=;\uff1a]\s*|\s+(?=[^\s:])|$)")
_HEADER: Final = re.compile(r":\s+[|>][-+1-9]*\s*(?:#.*)?$")
_INDENT: Final = 2
_NAMES: Final = (*v.KEYS, *v.KEYS.values())


def find_faults(text: str, error: yaml.YAMLError) -> list[Fault]:
    """Find what keeps a text from being YAML.

    Args:
        text: The text, with lines that end in a line feed.
        error: Where its reader stopped, and at what.

    Returns:
        The faults of one break, the first in the text first; never empty.

    """
    broken = BrokenText(text, error)
    for rule in _RULES:
        if faults := rule(broken):
            return faults
    return [Fault(findings.INVALID_YAML, broken.line, broken.col, 1, {})]


def _unclosed_quote(broken: BrokenText) -> list[Fault]:
    """A quote that is never closed, or that was closed by the opening quote of another text."""
    quote = broken.swallowing_quote()
    if quote is None and "quoted scalar" in broken.context and "escape" not in broken.problem and "hex" not in broken.problem:
        quote = broken.begun
    return [] if quote is None else [Fault(findings.UNCLOSED_QUOTE, *quote, 1, {"found": broken.char(*quote)})]


def _unknown_escape(broken: BrokenText) -> list[Fault]:
    """A backslash between double quotes, as in the path of a file."""
    if "quoted scalar" not in broken.context:
        return []
    at = max(broken.text.rfind("\\", 0, broken.col + 1), 0)
    return [Fault(findings.UNKNOWN_ESCAPE, broken.line, at, 2, {"found": broken.text[at : at + 2]})]


def _tab(broken: BrokenText) -> list[Fault]:
    """A tab where spaces belong; how many lines have one is said, so that it need not be said of each."""
    found = _TABBED.match(broken.text)
    if found is None:
        return []
    lines = sum(_TABBED.match(line) is not None for line in broken.lines)
    return [Fault(findings.TAB_INDENTATION, broken.line, found.end() - 1, 1, {"lines": str(lines)})]


def _wrong_dash(broken: BrokenText) -> list[Fault]:
    """A dash without its space, or another sign in its place; YAML takes it for a key's first letter and stops a line later."""
    above = broken.above(broken.line)
    for line in [broken.line, *([above] if above is not None and "mapping values" in broken.problem else [])]:
        col = broken.indent(line)
        if dash := BULLET.match(broken.lines[line], col):
            return [Fault(findings.WRONG_DASH, line, col, 1, {"found": dash[0].strip()})]
    return []


def _unquoted_sign(broken: BrokenText) -> list[Fault]:
    """A value that begins with a sign of YAML's own."""
    if "next token" in broken.context:
        place = broken.line, broken.col
    elif re.search("an alias|an anchor|a tag|a block scalar", broken.context):
        place = broken.begun
    elif "block node" in broken.context and broken.char(broken.line, broken.col) in {"]", "}", ","}:
        place = broken.line, broken.col
    else:
        return []
    return [Fault(findings.VALUE_NEEDS_QUOTES, *place, 1, {"found": broken.char(*place)})]


def _list_on_line_of_key(broken: BrokenText) -> list[Fault]:
    """A dash after a key's colon; one that begins its line stands askew."""
    if "sequence entries are not allowed" not in broken.problem:
        return []
    if broken.starts_line:
        return [_askew(broken, _nearest_column(broken, "seq"))]
    return [Fault(findings.LIST_ON_LINE_OF_KEY, broken.line, broken.col, 1, {"found": "-"})]


def _second_colon(broken: BrokenText) -> list[Fault]:
    """A colon in a value, or a key too far to the right: to YAML both go on with the value of the line above."""
    if "mapping values are not allowed" not in broken.problem:
        return []
    col = broken.indent(broken.line)
    key = key_at(broken.text, col)
    if key is None or key.end() - 1 != broken.col:
        return [Fault(findings.COLON_IN_VALUE, broken.line, broken.col, 1, {})]
    if _DASH.match(broken.text, col):
        return [_askew(broken, _nearest_column(broken, "seq"))]
    if missing := _missing_colon_above(broken):
        return [missing]
    deep = len(list(_levels(broken))) > 1
    if nearest(key[1], _NAMES) or (deep and broken.key_follows(col)):
        return [_askew(broken, _nearest_column(broken, "map"))]
    return [Fault(findings.COLON_IN_VALUE, broken.line, broken.col, 1, {})]


def _line_without_colon(broken: BrokenText) -> list[Fault]:
    """A line that should be a key and has no colon: a key of the language, text of a block set too far to the left, or neither."""
    if "simple key" not in broken.context:
        return []
    line, col = broken.begun
    mark, above = broken.char(line, col), broken.above(line)
    if mark and mark in "\"'" and broken.lines[line].count(mark) == 1:
        return [Fault(findings.UNCLOSED_QUOTE, line, col, 1, {"found": mark})]
    if mark in CLOSES and CLOSES[mark] not in broken.lines[line]:
        return [unclosed(broken, (line, col))]
    if above is not None and _HEADER.search(broken.lines[above]):
        return [_askew(broken, _past_dashes(broken.lines[above]) + _INDENT, line)]
    return [_missing_colon(broken, line, col) or broken.stray(line, col)]


def _after_value(broken: BrokenText) -> list[Fault]:
    """Text or brackets after a closing quote or bracket."""
    last = broken.last_token()
    if not _in_block(broken) or broken.starts_line or last is None:
        return []
    rest = broken.rest(broken.line, broken.col)
    mark = broken.char(last.end_mark.line, last.end_mark.column - 1)
    if mark in "]}" and not rest.strip("]} "):
        return [Fault(findings.STRAY_CLOSING_BRACKET, broken.line, broken.col, 1, {"found": rest[:1]})]
    return [Fault(findings.TEXT_AFTER_VALUE, broken.line, broken.col, len(rest), {"found": mark})]


def _misplaced_item(broken: BrokenText) -> list[Fault]:
    """A dash in a column where no list stands: askew, to the left of its key, or after a first item that has lost its own."""
    if not _in_block(broken) or not _DASH.match(broken.text, broken.col):
        return []
    column, above = _nearest_column(broken, "seq"), broken.above(broken.line)
    if column is None and above is not None and broken.lines[above].rstrip().endswith(":"):
        return [_askew(broken, _past_dashes(broken.lines[above]))]
    if column is None and (first := _first_of(broken, broken.col + _INDENT)) is not None:
        key = key_at(broken.lines[first], broken.col + _INDENT)
        found = key[1] if key else ""
        return [Fault(findings.MISSING_DASH, first, broken.col + _INDENT, max(len(found), 1), {"found": found})]
    return [_askew(broken, next((col for col, _ in _levels(broken)), 0) if column is None else column)]


def _misplaced_line(broken: BrokenText) -> list[Fault]:
    """A key or a text in a column where nothing can go on."""
    if not _in_block(broken) or broken.char(broken.line, broken.col) in {":", "?", ""}:
        return []
    last = broken.last_token()
    if key_at(broken.text, broken.col):
        return [_missing_colon_above(broken) or _askew(broken, _nearest_column(broken, "map"))]
    block = last.start_mark.line if isinstance(last, yaml.ScalarToken) and last.style in ("|", ">") else None
    if block is not None and broken.col > _past_dashes(broken.lines[block]):
        return [_askew(broken, broken.indent(block + 1))]
    return [_missing_colon(broken, broken.line, broken.col) or broken.stray(broken.line, broken.col)]


def _second_document(broken: BrokenText) -> list[Fault]:
    """A line after the end of the document, which is where the first line ends it when that stands too far to the right."""
    if "<document start>" not in broken.problem:
        return []
    if any(line.startswith("...") for line in broken.lines[: broken.line]):
        return [Fault(findings.SEVERAL_DOCUMENTS, broken.line, broken.indent(broken.line), 1, {})]
    first = next(number for number, line in enumerate(broken.lines) if not is_blank(line) and not line.startswith(("%", "---")))
    if broken.indent(first) > broken.indent(broken.line):
        return [_askew(broken, broken.indent(broken.line), first)]
    return [_missing_colon(broken, first, 0) or broken.stray(first, 0)]


# Whatever opens and is not closed is seen first: all that is found after it may be a part of it.
_RULES: Final[tuple[Rule, ...]] = (
    _unclosed_quote, _unknown_escape, _tab, _wrong_dash, _unquoted_sign, bracket_fault, _list_on_line_of_key, _second_colon,
    _line_without_colon, _after_value, _misplaced_item, _misplaced_line, _second_document,
)  # fmt: skip


def _in_block(broken: BrokenText) -> bool:
    return re.search("block (mapping|collection|sequence)", broken.context) is not None


def _missing_colon(broken: BrokenText, line: int, col: int) -> Fault | None:
    """A key of the language whose colon, or the space after it, is missing."""
    for form, colon in ((_UNSPACED, 1), (_UNCOLONED, 0)):
        found = form.match(broken.lines[line], col)
        if found and v.english_key(found[1]):
            return Fault(findings.MISSING_COLON, line, col, len(found[1]) + colon, {"found": found[1]})
    return None


def _missing_colon_above(broken: BrokenText) -> Fault | None:
    """The line above where that is a key of the language without its colon: to YAML it is text, and stops at the next colon."""
    above = broken.above(broken.line)
    col = 0 if above is None else _past_dashes(broken.lines[above])
    return None if above is None or key_at(broken.lines[above], col) else _missing_colon(broken, above, col)


def _askew(broken: BrokenText, expected: int | None, line: int | None = None) -> Fault:
    """A line that begins in another column than what it belongs with."""
    number = broken.line if line is None else line
    indent = broken.indent(number)
    word = re.match(r"\w+|.", broken.lines[number][indent:])
    values = {"found": str(indent + 1), "expected": str((expected or 0) + 1)}
    return Fault(findings.WRONG_INDENTATION, number, indent, len(word[0]) if word else 1, values)


def _past_dashes(text: str) -> int:
    """Find the column of the key or text of a line, past its blanks and dashes."""
    col = len(text) - len(text.lstrip(" "))
    while dash := _DASH.match(text, col):
        col = dash.end()
    return col


def _levels(broken: BrokenText) -> Iterator[tuple[int, str]]:
    """List the columns of keys and dashes that stand open above the line at hand, the deepest first."""
    lowest = len(broken.text) + max(map(len, broken.lines))
    for line in reversed(broken.lines[: broken.line]):
        if is_blank(line):
            continue
        columns, col = [], len(line) - len(line.lstrip(" "))
        while dash := _DASH.match(line, col):
            columns.append((col, "seq"))
            col = dash.end()
        if key_at(line, col):
            columns.append((col, "map"))
        for column, kind in reversed(columns):
            if column < lowest or (column == lowest and kind == "map" and column != broken.indent(broken.line)):
                lowest = column
                yield column, kind
        if lowest == 0:
            return


def _nearest_column(broken: BrokenText, kind: str) -> int | None:
    """Find the column in which a line was meant to stand: 0 for a key of the top, else that of the nearest open level of its kind."""
    place = broken.indent(broken.line)
    key = key_at(broken.text, place)
    if kind == "map" and key is not None and v.english_key(key[1]) in v.ONLY_TOP:
        return 0
    columns = [column for column, of in _levels(broken) if of == kind]
    return min(columns, key=lambda column: (abs(column - place), -column), default=None)


def _first_of(broken: BrokenText, col: int) -> int | None:
    """Find the first line of the keys that stand in a column just above the line at hand, if there are any."""
    first = None
    for number in range(broken.line - 1, -1, -1):
        if is_blank(broken.lines[number]):
            continue
        if broken.indent(number) < col:
            return first
        if broken.indent(number) == col:
            first = number
    return first
