"""The nodes of an ordinary file, composed by libyaml itself.

There are two composers because of what they cost: event by event, as `strict_composer` reads, takes half as long again, which
makes checking a thousand tracks a sixth slower (measured with the tracks of `tests/benchmarks/made_tracks.py`). What is out of
the ordinary in any way is left to that one, which tells what is wrong and where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from definitions.source.nodes import MAX_DEPTH, MAX_NODES, List, Map, Node, Scalar

if TYPE_CHECKING:
    from definitions.source.nodes import SourceText

# Characters that are never refused, never end a line but by \n, are the same composed (NFC) and not, and are no sign of a file read in
# another encoding.
ORDINARY: Final = re.compile("[\t\n -~\xa1-\xc2\xc4-\u02ff\u2010-\u2027\u20ac]*")
# libyaml composes by recursion and builds all nodes before any can be counted, so a file that could hurt is not given to it:
# memory is bounded by the size; each level of depth takes one of the marks below, or a column more of indentation.
MOST_TEXT: Final = 60_000
MOST_MARKS: Final = 1_000
MOST_SIGNS: Final = 200
DEEPEST: Final = " " * 60
_BEFORE_VALUES: Final = ("", "\n", "-", ":", ",", "?", "[", "{")
_TEXT: Final = yaml.ScalarNode


class _Unusual(Exception):
    """The file is to be read event by event instead."""


class _Nodes(yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader):  # type: ignore[misc]  # one of two classes
    """Composes nodes without asking what type a text might have, which nobody wants to know here."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        """Every text stays text."""
        return ""

    def descend_resolver(self, _node: Any, _index: Any) -> None:
        """No path has a type of its own."""

    def ascend_resolver(self) -> None:
        """The same on the way back."""


def compose(source: SourceText) -> Map | None:
    """Compose the mapping at the top, or give None where the file is not ordinary, not right, or could be a bomb."""
    # Only with a backslash can a character be written that does not stand in the file.
    if not yaml.__with_libyaml__ or "\\" in source.text or _dangerous(source.text) or _names(source.text):
        return None
    loader = _Nodes(source.text)
    try:
        root = loader.get_single_node()
        node = _Converter(source).node(root, 0) if root else None
    except (yaml.YAMLError, _Unusual):
        return None
    finally:
        loader.dispose()
    return node if isinstance(node, Map) else None


def _dangerous(text: str) -> bool:
    return len(text) > MOST_TEXT or DEEPEST in text or sum(text.count(mark) for mark in "[{-?") > MOST_MARKS


def _names(text: str) -> bool:
    """Tell whether an anchor, an alias or a tag may begin somewhere.

    Its sign stands at the start of a line or after one that a value follows.
    """
    if sum(text.count(sign) for sign in "&*!") > MOST_SIGNS:
        return True
    for sign in "&*!":
        at = text.find(sign)
        while at >= 0:
            if text[:at].rstrip(" \t")[-1:] in _BEFORE_VALUES:
                return True
            at = text.find(sign, at + 1)
    return False


class _Converter:
    """Nodes of the YAML reader -> ours. Raises _Unusual."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.nodes = 1

    def node(self, node: Any, depth: int) -> Node:
        """Convert a node and what is in it. Texts, which are most of all nodes, are made where they stand."""
        if type(node) is _TEXT:
            return Scalar(node.value, node, self.source)
        inside, is_list = node.value, type(node) is yaml.SequenceNode
        self.nodes += len(inside) * (1 if is_list else 2)
        if depth >= MAX_DEPTH or self.nodes > MAX_NODES:
            raise _Unusual
        source, start = self.source, node.start_mark
        if is_list:
            return List([self.node(item, depth + 1) for item in inside], start, start, source)
        pairs: list[tuple[Scalar, Node]] = []
        for key, value in inside:
            if type(key) is not _TEXT:
                raise _Unusual
            said = Scalar(value.value, value, source) if type(value) is _TEXT else self.node(value, depth + 1)
            pairs.append((Scalar(key.value, key, source), said))
        names = {key.text.casefold() for key, _ in pairs}
        if len(names) < len(pairs) or "<<" in names:
            raise _Unusual
        return Map(pairs, start, start, source)
