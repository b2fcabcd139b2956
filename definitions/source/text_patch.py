"""A text with small changes, and the way back from a place in the changed text to the place in the one that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from definitions.source.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Edit(NamedTuple):
    """So many characters from a column on (from 0) that give way to others."""

    at: int
    removed: int
    put: str


class Patch:
    """Lines and the changes made to them; changes of one line do not overlap."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.edits: dict[int, list[Edit]] = {}

    def edit(self, line: int, at: int, removed: int, put: str) -> None:
        """Put other characters in the place of some; what would overlap an earlier change is left.

        Args:
            line: The line, from 0.
            at: The column of the first character, from 0.
            removed: How many characters give way.
            put: What stands there instead.

        """
        edits = self.edits.setdefault(line, [])
        if not edits or at >= edits[-1].at + max(edits[-1].removed, 1):
            edits.append(Edit(at, removed, put))
        elif all(at + removed <= other.at or at >= other.at + other.removed for other in edits):
            edits.append(Edit(at, removed, put))
            edits.sort(key=lambda edit: edit.at)

    def text(self) -> str:
        """Give the changed text."""
        return "\n".join(self._changed(number, line) for number, line in enumerate(self.lines))

    def _changed(self, number: int, line: str) -> str:
        pieces, done = [], 0
        for edit in self.edits.get(number, ()):
            pieces += [line[done : edit.at], edit.put]
            done = edit.at + edit.removed
        return "".join([*pieces, line[done:]])

    def back(self, span: Span) -> Span:
        """Find the place in the written text of a place in the changed one."""
        edits = self.edits.get(span.line - 1)
        if edits is None:
            return span
        col, end = self._col(edits, span.col - 1), self._col(edits, span.end_col - 1)
        return Span(span.path, span.line, col + 1, max(end, col + 1) + 1)

    @staticmethod
    def _col(edits: Iterable[Edit], col: int) -> int:
        shift = 0
        for edit in edits:
            if col < edit.at + shift:
                break
            if col < edit.at + shift + len(edit.put):
                return edit.at
            shift += len(edit.put) - edit.removed
        return col - shift
