"""What a YAML file holds, before anything is known of its meaning: text, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from definitions.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True, eq=False)
class Scalar:
    """A piece of text as written; `verbatim` when its characters stand side by side in the file, from `col` on."""

    text: str
    span: Span
    plain: bool
    verbatim: bool

    def part(self, at: int, width: int) -> Span:
        """The place of a part of the text; the whole where its characters do not stand side by side."""
        if not self.verbatim:
            return self.span
        col = self.span.col + (0 if self.plain else 1) + at
        return Span(self.span.path, self.span.line, col, col + width)


@dataclass(slots=True, eq=False)
class List:
    """A sequence."""

    items: list[Node]
    span: Span


@dataclass(slots=True, eq=False)
class Map:
    """A mapping: pairs of a key and its value, in the order written, no key twice."""

    pairs: list[tuple[Scalar, Node]]
    span: Span

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.pairs)


Node: TypeAlias = Scalar | List | Map
