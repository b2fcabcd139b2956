"""What a YAML file holds, before anything is known of its meaning: text, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from definitions.source.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.source.diagnostics import Diagnostic

# As deep and as large as a file may be, aliases counted as what they stand for.
# The composer recurses once a level, so the depth bounds its stack as well.
MAX_DEPTH: Final = 50
MAX_NODES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text, counted from 0, as the YAML reader gives it."""

    line: int
    column: int
    index: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with its marks, as the YAML reader would have given it."""

    value: str
    style: str | None
    start_mark: Any
    end_mark: Any


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text being read.

    `name` is the path that findings show, `tidy` holds when the text is composed (NFC) already, and `back` leads from a place in it to
    that in the written text, where the two differ.
    """

    name: str
    text: str
    tidy: bool
    back: Callable[[Span], Span] | None = None

    def span(self, start: Any, end: Any) -> Span:
        """Find the place between two marks of the YAML reader; what goes on over several lines is shown on its first."""
        line, col = start.line + 1, start.column + 1
        end_col = end.column + 1 if end.line == start.line else col + 1
        return self._back(Span(self.name, line, col, max(end_col, col + 1)))

    def at(self, line: int, col: int, width: int) -> Span:
        """Find the place of so many characters.

        Args:
            line: The line, from 0.
            col: The column of the first character, from 0.
            width: How many characters.

        Returns:
            The place in the written text.

        """
        return self._back(Span(self.name, line + 1, col + 1, col + 1 + width))

    def _back(self, span: Span) -> Span:
        return span if self.back is None else self.back(span)


# Places are worked out where something is said of them: most of what is read is right. `read` is what the YAML reader
# made: an event or a node, with its marks.
@dataclass(slots=True, eq=False)
class Scalar:
    """A piece of text, composed (NFC). `read` is what the YAML reader made: an event or a node, with its marks."""

    text: str
    read: Any
    source: SourceText

    @property
    def span(self) -> Span:
        """Its place, quotes included."""
        return self.source.span(self.read.start_mark, self.read.end_mark)

    @property
    def plain(self) -> bool:
        """Whether it stands without quotes."""
        return not self.read.style

    @property
    def verbatim(self) -> bool:
        """Whether its characters stand side by side in the file."""
        written = self.read.value
        if self.read.style in ("|", ">") or "\n" in written:
            return False
        return self.source.text.startswith(written, self.read.start_mark.index + (not self.plain))

    def part(self, at: int, width: int) -> Span:
        """Find the place of a part of the text; the whole where its characters do not stand side by side."""
        whole = self.span
        if not self.verbatim:
            return whole
        col = whole.col + (not self.plain) + at
        return Span(whole.path, whole.line, col, col + width)

    def tail(self, at: int) -> Scalar:
        """Cut off the text before a character; the rest is a piece of its own."""
        whole, start = self.read, self.read.start_mark
        mark = Mark(start.line, start.column + at, start.index + at)
        return Scalar(self.text[at:], Piece(whole.value[at:], whole.style, mark, whole.end_mark), self.source)


@dataclass(slots=True, eq=False)
class List:
    """A sequence; `start` and `end` are marks of the YAML reader."""

    items: list[Node]
    start: Any
    end: Any
    source: SourceText

    @property
    def span(self) -> Span:
        """The place where it begins."""
        return self.source.span(self.start, self.end)


@dataclass(slots=True, eq=False)
class Map:
    """A mapping: pairs of a key and its value, in the order written, no key twice."""

    pairs: list[tuple[Scalar, Node]]
    start: Any
    end: Any
    source: SourceText

    @property
    def span(self) -> Span:
        """The place where it begins."""
        return self.source.span(self.start, self.end)

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.pairs)


Node: TypeAlias = Scalar | List | Map


class Lost(NamedTuple):
    """A part of a line (columns from 0) whose words are not read as they were meant."""

    line: int
    begin: int
    end: int


class Read(NamedTuple):
    """The outcome of reading a text: the mapping at its top, what is wrong with its YAML, and the places not read as they were meant."""

    root: Map | None
    findings: tuple[Diagnostic, ...]
    lost: tuple[Lost, ...] = ()
