"""What a rule finds wrong with a track: a finding, and its place as a path of English keys and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from definitions.model import vocabulary as v
from definitions.source.nodes import List, Map, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from definitions.model.track import Track
    from definitions.source.diagnostics import Span
    from definitions.source.nodes import Node

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a rule found wrong.

    `code` is a name of `findings`; `at` is the path from the top of the file: English keys, ids, and indexes of lists from 0.
    `values` fill the texts of the finding; `needs` among them is a path that the file lacks. `on_key` points at the key itself,
    otherwise at its value.
    """

    code: str
    at: Path
    values: Mapping[str, str] = field(default_factory=dict)
    on_key: bool = False


Check: TypeAlias = "Callable[[Track], Iterator[Violation]]"


def locate(root: Map, violation: Violation, otherwise: Span) -> Span:
    """Find the place of a violation in a file.

    Args:
        root: The mapping at the top of the file.
        violation: What was found wrong.
        otherwise: The place that is given when the file has nothing of the path.

    Returns:
        The place of the deepest part of the path that the file has.

    """
    found, _ = _along(root, violation)
    return found or otherwise


def find_whole(root: Map, violation: Violation) -> Span | None:
    """Find the place of a violation in a file that has the whole of its path."""
    found, whole = _along(root, violation)
    return found if whole else None


def _along(root: Map, violation: Violation) -> tuple[Span | None, bool]:
    node: Node = root
    span = None
    for part in violation.at:
        step = _child(node, part)
        if step is None:
            word = _word_in(node, part)
            return word or span, word is not None
        key, node = step
        span = key.span if violation.on_key and key is not None and part == violation.at[-1] else node.span
    return span, True


def _word_in(node: Node, part: str | int) -> Span | None:
    """Find a word in a text of several: `praktik` in `start på praktik`."""
    if not isinstance(node, Scalar) or not isinstance(part, str):
        return None
    if not part:
        return None
    # The last one, because the words of the language come first in a point: `start på praktik`.
    found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", node.text, re.IGNORECASE)]
    return node.part(found[-1], len(part)) if found else None


def _child(node: Node, part: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Map):
        return next(((key, value) for key, value in node if _same(key.text, part)), None)
    if isinstance(node, List):
        items = node.items
        if isinstance(part, int):
            return (None, items[part]) if part < len(items) else None
        return next(((None, item) for item in items if _named(item, part)), None)
    return (None, node) if part in (0, node.text) else None


def _same(written: str, part: str | int) -> bool:
    # Rules name keys and results in English; the file may have them in either language.
    return part in (written, v.english_key(written), v.code(written, v.RESULTS))


def _named(item: Node, part: str) -> bool:
    if isinstance(item, Map):
        return any(isinstance(value, Scalar) and value.text == part for key, value in item if v.english_key(key.text) in ("id", "date"))
    return isinstance(item, Scalar) and item.text == part
