"""A map in TOML as the nodes that a file in YAML gives, each with its place, so that both forms are checked by the same rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from commands.runtime import errors
from commands.runtime.toml_text import NotToml, parse_toml
from definitions.source.nodes import List, Map, Mark, Piece, Scalar, SourceText

if TYPE_CHECKING:
    from definitions.source.nodes import Node


def toml_nodes(text: str, path: str) -> Map:
    """Read a text in TOML. What is no text there (a number, a day) is taken as it is written, as in YAML.

    Raises:
        Refusal: MAP_NOT_TOML, with the place.

    """
    try:
        found = parse_toml(text)
        root = _Places(SourceText(path, text, tidy=False)).node(found)
    except NotToml as fault:
        raise errors.MAP_NOT_TOML(path=path, row=fault.row, column=fault.column) from None
    except RecursionError:
        raise errors.MAP_NOT_TOML(path=path, row=1, column=1) from None
    assert isinstance(root, Map)  # noqa: S101 - TOML is a table at the top
    return root


class _Places:
    """Finds where keys stand, in the order of the text: `tomllib` keeps the order and loses the places."""

    def __init__(self, source: SourceText) -> None:
        self.source, self.at = source, 0

    def node(self, value: Any) -> Node:
        """A value with all that is in it."""
        start = self._mark(self.at)
        if isinstance(value, dict):
            return Map([(self._key(key), self.node(one)) for key, one in value.items()], start, self._mark(self.at), self.source)
        if isinstance(value, list):
            return List([self.node(one) for one in value], start, self._mark(self.at), self.source)
        return self._scalar(str(value).lower() if isinstance(value, bool) else str(value), self.at, 1)

    def _key(self, key: str) -> Scalar:
        found = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])").search(self.source.text, self.at)
        place, self.at = found.span() if found else (self.at, self.at)
        return self._scalar(key, place, len(key))

    def _scalar(self, text: str, at: int, width: int) -> Scalar:
        return Scalar(normalize("NFC", text), Piece(text, None, self._mark(at), self._mark(at + width)), self.source)

    def _mark(self, at: int) -> Mark:
        before = self.source.text[:at]
        return Mark(before.count("\n"), at - before.rfind("\n") - 1, at)
