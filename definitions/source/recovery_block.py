"""Going through the lines of a file: indentation, dashes, colons, quotes; what stands in brackets is gone through by itself."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.source import findings
from definitions.source.recovery import Enough, Mending, is_blank, key_at
from definitions.source.recovery_flow import ALIAS, CLOSES, UNFIT, Flow

if TYPE_CHECKING:
    from definitions.source.recovery import Fault
    from definitions.source.text_patch import Patch

_TABBED: Final = re.compile(r" *(?:- *)*\t")
_DASH: Final = re.compile(r"-(?:[ \t]+|$)")
_DASHED: Final = re.compile(r"-(?=[^\W\d]\w*:(?:\s|$))|[*•‣·–—](?: +|$)")
_UNSPACED: Final = re.compile(r"([^\W\d]\w*):\S")
_UNCOLONED: Final = re.compile(r"([^\W\d]\w*)(?:\s*[=;\uff1a]\s*|\s+(?=[^\s:])|$)")
_HEADER: Final = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?\s*(?:#.*)?$")
_PROPERTY: Final = re.compile(r"(?:&[0-9A-Za-z_-]+|!(?=[\s\x21-\x7e])[\x21-\x7e]*)(?:\s+|$)")
_INNER_COLON: Final = re.compile(r":(?=\s|$)")
TAB_WIDTH: Final = 2


@dataclass(slots=True)
class _Level:
    """Keys or dashes that stand in one column; `expects` while the last of them has no value yet."""

    col: int
    kind: Literal["map", "seq"]
    line: int
    expects: bool = False
    entries: int = 1
    tabbed: bool = False
    also: int | None = None  # the column in which its author sees it


@dataclass(slots=True)
class _Text:
    """A text begun with `|` or `>`: the column around it, and that of its first line once it is known."""

    margin: int
    indent: int | None = None


def _is_of_the_top(text: str) -> bool:
    """Whether a line has a key that stands at the top of a file and nowhere else."""
    key = key_at(text, len(text) - len(text.lstrip(" ")))
    return key is not None and v.english_key(key[1]) in v.ONLY_TOP


def mend(text: str) -> tuple[list[Fault], Patch]:
    """What keeps a text from being YAML, and the changes under which it can be read."""
    mending = Mending(text)
    with suppress(Enough):
        _Block(mending).run()
    return mending.faults, mending.patch


class _Block:
    """The lines of a file, from the first to the last."""

    def __init__(self, mending: Mending) -> None:
        self.on = mending
        self.n = 0
        self.levels: list[_Level] = []
        self.block: _Text | None = None
        self.value_at = (0, 0)
        self.tabbed: int | None = sum(_TABBED.match(line) is not None for line in mending.lines)
        self.shift = 0
        self.ended = False
        self.misplaced: tuple[int, int] | None = None

    def run(self) -> None:
        while self.n < len(self.on.lines):
            self.on.count()
            self._line(self.on.lines[self.n])
            self.n += 1

    def _line(self, text: str) -> None:
        indent = len(text) - len(text.lstrip(" "))
        if self.block is not None and (not text.strip() or self._in_block(self.block, text, indent)):
            return
        self.block = None
        if is_blank(text) or text.startswith("%"):
            return
        if text.startswith(("---", "...")):
            self.ended = self.ended or text[0] == "."
            self.levels = []
            return
        if self.ended:
            self.on.fault(findings.SEVERAL_DOCUMENTS, self.n, indent)
            raise Enough
        self.shift = 0
        col = self._untabbed(text, indent)
        self._entries(text, col)

    def _in_block(self, block: _Text, text: str, indent: int) -> bool:
        """Whether a line belongs to a text begun with `|` or `>`; one that stands a little to the left does."""
        if block.indent is None:
            block.indent = indent if indent > block.margin else block.margin + TAB_WIDTH
        elif indent <= block.margin:
            return False
        if indent <= block.margin and (key_at(text, indent) is not None or text[indent] in "-#" or text.startswith("...")):
            return False
        if indent < block.indent:
            self._found_askew(self.n, indent, block.indent)
            self.on.patch.edit(self.n, 0, 0, " " * (block.indent - indent))
        return True

    def _untabbed(self, text: str, indent: int) -> int:
        """The column of the first character that is neither a space nor a tab."""
        if text[indent : indent + 1] != "\t":
            return indent
        self._tab(indent)
        col = indent
        while text[col] in " \t":
            if text[col] == "\t":
                self.on.patch.edit(self.n, col, 1, " " * TAB_WIDTH)
                self.shift += TAB_WIDTH - 1
            col += 1
        return col

    def _tab(self, col: int) -> None:
        """A tab where spaces belong; told once for the whole file."""
        if self.tabbed is not None:
            self.on.fault(findings.TAB_INDENTATION, self.n, col, lines=str(self.tabbed))
            self.tabbed = None

    def _entries(self, text: str, col: int) -> None:
        """The dashes of a line, then its key and value, or what stands there instead."""
        while dash := _DASH.match(text, col) or (not self._deeper(col) and _DASHED.match(text, col)):
            self._enter(text, col, "seq")
            self.levels[-1].expects = True
            self._dash(text, col, dash)
            col = dash.end()
            if is_blank(text, col):
                return
        if text[col] == "?" and text[col + 1 : col + 2] in {"", " "}:
            raise Enough
        begin = self._begin(text, col)
        if is_blank(text, begin):
            return
        key = key_at(text, begin)
        if key and not self._inside_text(text, col, key[1]):
            self._enter(text, col, "map")
            self.levels[-1].tabbed |= "\t" in text[:col]
            self._value(text, key.end())
        elif key is None:
            self._bare(text, col)

    def _dash(self, text: str, col: int, dash: re.Match[str]) -> None:
        """A tab after a dash, a dash without its space, or another sign in its place."""
        if dash.re is _DASHED:
            self.on.fault(findings.WRONG_DASH, self.n, col, found=dash[0].strip())
            self.on.patch.edit(self.n, col, 1, "-" if len(dash[0]) > 1 else "- ")
            self.shift += len(dash[0]) == 1
        elif "\t" in dash[0]:
            self._tab(text.index("\t", col))
            self.on.patch.edit(self.n, col + 1, len(dash[0]) - 1, " " * (len(dash[0]) - 1))

    @property
    def _top(self) -> _Level | None:
        return self.levels[-1] if self.levels else None

    def _deeper(self, col: int) -> bool:
        """Whether a column is to the right of all that could go on there."""
        top = self._top
        return top is not None and not top.expects and col + self.shift > top.col

    def _inside_text(self, text: str, col: int, key: str) -> bool:
        """Whether a colon stands in text that goes on from the line before; that is found."""
        top = self._top
        if (
            top is None
            or not self._deeper(col)
            or col != len(text) - len(text.lstrip(" "))
            or top.tabbed
            or key.startswith(('"', "'"))
            or nearest(key, (*v.KEYS, *v.KEYS.values()))
        ):
            return False
        askew = self.misplaced is not None and self.misplaced[0] == col + self.shift
        if askew or (self._key_follows(col) and top is not self.levels[0]):
            return False
        self._colon(text, col, col)
        self.on.patch.lose(*self.value_at)
        return True

    def _key_follows(self, col: int) -> bool:
        """Whether the next line has a key in the same column."""
        below = self.on.lines[self.n + 1] if self.n + 1 < len(self.on.lines) else ""
        return not below[:col].strip() and key_at(below, col) is not None

    def _enter(self, text: str, col: int, kind: Literal["map", "seq"]) -> None:
        """A key or a dash at a column: it goes on with what stands there, begins something deeper, or stands askew."""
        place = col + self.shift
        left: list[_Level] = []
        while self.levels and self.levels[-1].col > place:
            left.append(self.levels.pop())
        if kind == "map" and self._is(place, "seq") and len(self.levels) > 1 and self.levels[-2].col == place:
            self.levels.pop()
        top = self._top
        if top is None and not left:
            self._begin_level(place, kind)
        elif self._is(place, kind):
            self.levels[-1].expects = False
            self.levels[-1].entries += 1
            self.misplaced = None
        elif top is not None and top.expects and (place > top.col or (kind == "seq" and place == top.col)):
            top.expects = False
            self._begin_level(place, kind)
        else:
            self._askew(text, place, kind, left)

    def _begin_level(self, place: int, kind: Literal["map", "seq"]) -> None:
        # Where something before it on the line has been changed, its author goes on below it as it stands.
        self.levels.append(_Level(place, kind, self.n, also=place - self.shift if self.shift else None))

    def _is(self, place: int, kind: str) -> bool:
        top = self._top
        return top is not None and (top.col, top.kind) == (place, kind)

    def _askew(self, text: str, place: int, kind: Literal["map", "seq"], left: list[_Level]) -> None:
        """Set a line in the column of the nearest level of its kind."""
        open_ = [*self.levels, *reversed(left)]
        level = open_[0] if kind == "map" and _is_of_the_top(text) else None
        level = level or min((one for one in open_ if one.kind == kind), key=lambda one: (abs(one.col - place), -one.col), default=None)
        if level is None:
            self._first_of_its_kind(text, place, kind, left)
            return
        self.levels = [one for one in open_ if one.col < level.col or one is level]
        level.expects = False
        if level is open_[0] and level.entries == 1 and level.col > place:
            self._set_first(level, place)
        else:
            self._set(text, level, place)
        level.entries += 1

    def _first_of_its_kind(self, text: str, place: int, kind: Literal["map", "seq"], left: list[_Level]) -> None:
        """A list that begins to the left of the key that it belongs to, or one whose first item has lost its dash."""
        if kind == "seq" and left and left[0].expects:
            self.levels += reversed(left)
            left[0].expects = False
            self._set(text, left[0], place)
            place = left[0].col
        elif kind == "seq" and left and left[-1].col == place + 2:
            first = left[-1]
            key = key_at(self.on.lines[first.line], first.col)
            self.on.fault(findings.MISSING_DASH, first.line, first.col, len(key[1]) if key else 1, found=key[1] if key else "")
            self.on.patch.edit(first.line, place, 2, "- ")
        self._begin_level(place, kind)

    def _set_first(self, level: _Level, place: int) -> None:
        """The first line of the file stands askew, not this one."""
        self._found_askew(level.line, level.col, place)
        self.on.patch.edit(level.line, 0, level.col - place, "")
        level.col = place

    def _set(self, text: str, level: _Level, place: int) -> None:
        indent = len(text) - len(text.lstrip(" \t"))
        if place != level.also and not level.tabbed and self.misplaced != (place, level.col):
            self._found_askew(self.n, indent, level.col)
        self.misplaced = (place, level.col)
        wider = level.col - place
        self.on.patch.edit(self.n, 0, min(max(-wider, 0), indent), " " * max(wider, 0))
        self.shift += wider

    def _found_askew(self, line: int, indent: int, expected: int) -> None:
        text = self.on.lines[line]
        if "\t" not in text[:indent]:
            word = re.match(r"\w+|.", text[indent:])
            self.on.fault(
                findings.WRONG_INDENTATION, line, indent, len(word[0]) if word else 1, found=str(indent + 1), expected=str(expected + 1)
            )

    # ------------------------------------------------------------ what stands after a colon or a dash

    def _value(self, text: str, col: int) -> None:
        """What stands after a key's colon or a dash."""
        col = self._begin(text, col)
        if is_blank(text, col):
            self.levels[-1].expects = True
            return
        mark = text[col]
        margin = self.levels[-1].col
        self.value_at = (self.n, col)
        if mark in CLOSES:
            self._after(*Flow(self.on, self.n, col, margin).past(), text[col : col + 1])
        elif mark in "\"'":
            self._after(*self.on.quoted(self.n, col, margin, r"$"), mark)
        elif mark in "|>" and _HEADER.match(text, col):
            self.block = _Text(margin)
        elif mark in UNFIT or mark in "]},!&" or (mark == "*" and not ALIAS.match(text, col)):
            self._unfit(findings.VALUE_NEEDS_QUOTES, text, col)
        elif mark == "-" and text[col + 1 : col + 2] in {"", " "}:
            self._unfit(findings.LIST_ON_LINE_OF_KEY, text, col)
        elif mark != "*":
            self._colon(text, col, col)

    def _begin(self, text: str, col: int) -> int:
        """The column where a value begins, past blanks, tags and anchors."""
        while True:
            col += len(text[col:]) - len(text[col:].lstrip(" \t"))
            found = _PROPERTY.match(text, col)
            if found is None:
                return col
            col = found.end()

    def _unfit(self, code: str, text: str, col: int) -> None:
        self.on.fault(code, self.n, col, found=text[col])
        self.on.patch.edit(self.n, col, 1, "x")
        self.on.patch.lose(self.n, col)

    def _colon(self, text: str, col: int, begin: int) -> None:
        """Colons inside a text without quotes."""
        last = col + len(self.on.rest(self.n, col))
        colons = [found.start() for found in _INNER_COLON.finditer(text, col, last)]
        if colons:
            self.on.fault(findings.COLON_IN_VALUE, self.n, colons[0])
            self.on.patch.lose(self.n, begin)
        for at in colons[:9]:
            self.on.patch.edit(self.n, at, 1, ";")

    def _after(self, line: int, col: int, mark: str) -> None:
        """What stands after a closing quote or bracket: nothing, as a rule."""
        self.n = line
        text = self.on.lines[line]
        rest = self.on.rest(line, col)
        at = col + len(rest) - len(rest.lstrip())
        rest = rest.strip()
        if not rest or is_blank(text, col):
            return
        if mark in CLOSES and not rest.strip("]} "):
            self.on.fault(findings.STRAY_CLOSING_BRACKET, line, at, found=rest[0])
        else:
            self.on.fault(findings.TEXT_AFTER_VALUE, line, at, len(rest), found=CLOSES.get(mark, mark))
            self.on.patch.lose(line, 0)
        self.on.patch.edit(line, at, len(rest), "")

    # ------------------------------------------------------------ a line that has neither dash nor key

    def _bare(self, text: str, col: int) -> None:
        top = self._top
        if top is None and text[col] in CLOSES:
            self.levels.append(_Level(-1, "map", self.n))
            self._value(text, col)
        elif top is not None and (top.expects or col + self.shift > top.col):
            if not (top.expects and self._key_follows(col) and self._key_without_colon(text, col)):
                self._text(text, col, top)
        elif text[col] in "\"'":
            # A key whose quote is never closed.
            self.on.quoted(self.n, col, col, r":\s|$")
            self.on.patch.lose(self.n, col)
        elif not self._key_without_colon(text, col):
            self.on.fault(findings.STRAY_LINE, self.n, col, len(self.on.rest(self.n, col)))
            self.on.patch.lose(self.n, col)
            self.on.patch.edit(self.n, col, len(text) - col, "")

    def _text(self, text: str, col: int, top: _Level) -> None:
        """A value that begins on the line after its key, or goes on there."""
        if not top.expects:
            return
        self._value(text, col)
        self.levels[-1].expects = False

    def _key_without_colon(self, text: str, col: int) -> bool:
        """A key whose colon, or the space after it, is missing."""
        if (found := _UNSPACED.match(text, col)) and v.english_key(found[1]):
            self.on.fault(findings.MISSING_COLON, self.n, col, len(found[1]) + 1, found=found[1])
            self.on.patch.edit(self.n, col + len(found[1]) + 1, 0, " ")
        elif (found := _UNCOLONED.match(text, col)) and v.english_key(found[1]):
            self.on.fault(findings.MISSING_COLON, self.n, col, len(found[1]), found=found[1])
            self.on.patch.edit(self.n, col + len(found[1]), len(found[0]) - len(found[1]), ": ")
            if is_blank(text, found.end()):
                self.on.patch.lose(self.n, col, found.end())
        else:
            return False
        self._enter(text, col, "map")
        if "\t" not in text[:col]:
            self._value(text, found.end() if found.re is _UNCOLONED else found.end() - 1)
        return True
