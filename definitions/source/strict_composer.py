"""YAML events -> nodes. Depth and size are counted while the events are read, before anything is built on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

import yaml

from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Span, finding
from definitions.source.nodes import MAX_DEPTH, MAX_NODES, List, Lost, Map, Node, Piece, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.source.nodes import SourceText

# Tags are what makes YAML dangerous to load, and what makes the same text mean different things; no track needs one.
_TAG: Final = re.compile(r"[^\s,\[\]{}]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# After a second id, all that stands twice belongs to an item whose dash is missing.
_UNDASHED: Final = "- id"
# After two keys in a row of an item that stand twice, the dash is missing as well.
_REPEATED: Final = "- twice"


def _events(text: str) -> Any:
    # A PyYAML built without libyaml reads the same events, only slower.
    return yaml.CBaseLoader(text) if yaml.__with_libyaml__ else yaml.BaseLoader(text)


class Stop(Exception):
    """The rest of the file is not read."""


class Composer:
    """One file being read.

    `error` says where it stops being YAML, if it does; `lost` are the places that are not read as they were meant; `anchors` holds the
    node and the size of each anchor, None while it is still being read.
    """

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []
        self.error: yaml.YAMLError | None = None
        self.lost: list[Lost] = []
        self.anchors: dict[str, tuple[Node, int] | None] = {}
        self.nodes = 0
        self.events: Any = None

    def found(self, code: str, span: Span, values: Mapping[str, str] | None = None, *related: Span) -> None:
        """Record a finding.

        Args:
            code: A name of `findings`.
            span: Its place.
            values: The values of its message.
            *related: Other places that it is about.

        Raises:
            Stop: It is the hundredth.

        """
        self.findings.append(finding(code, span, values or {}, related))
        if len(self.findings) >= MAX_FINDINGS:
            raise Stop

    def span(self, event: Any) -> Span:
        """Find the place of an event."""
        return self.source.span(event.start_mark, event.end_mark)

    def document(self) -> Map | None:
        """Compose the mapping at the top, or give None after a finding or an error."""
        try:
            return self._document()
        except Stop:
            return None
        except yaml.YAMLError as error:
            self.error = error
            return None
        finally:
            if self.events is not None:
                self.events.dispose()

    def _document(self) -> Map | None:
        self.events = _events(self.source.text)
        self.events.get_event()
        first = self.events.get_event()
        if isinstance(first, yaml.StreamEndEvent):
            self.found(findings.NO_MAPPING_AT_TOP, Span(self.source.name, 1, 1, 1))
            return None
        node = self.node(self.events.get_event(), 0)
        self.events.get_event()
        further = self.events.get_event()
        if not isinstance(further, yaml.StreamEndEvent):
            self.found(findings.SEVERAL_DOCUMENTS, self.span(further))
        if isinstance(node, Map):
            return node
        empty = isinstance(node, Scalar) and not node.text
        self.found(findings.NO_MAPPING_AT_TOP, Span(self.source.name, 1, 1, 1) if empty else node.span)
        return None

    def node(self, event: Any, depth: int) -> Node:
        """Compose the node that begins with an event, and all that is in it.

        Raises:
            Stop: It is too deep, too large, or the hundredth finding stands in it.

        """
        self._count(1, event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        anchor = event.anchor
        if (event.tag is not None or anchor is not None) and (unread := self._marked(event)):
            return unread
        if anchor is not None:
            self.anchors[anchor] = None
        before = self.nodes
        if isinstance(event, yaml.ScalarEvent):
            node: Node = self._scalar(event)
        elif depth >= MAX_DEPTH:
            self.found(findings.TOO_DEEP, self.span(event))
            raise Stop
        else:
            node = self._list(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self._map(event, depth)
        if anchor is not None:
            self.anchors[anchor] = (node, self.nodes - before + 1)
        return node

    def _marked(self, event: Any) -> Scalar | None:
        """Refuse a tag; text that begins with its sign or with that of an anchor, and nothing else, lacks its quotes."""
        if event.tag is not None:
            start = self.source.text.find("!", event.start_mark.index)
            found = _TAG.match(self.source.text, start)
            width = len(found[0]) if found else 1
            line, col = event.start_mark.line, event.start_mark.column + start - event.start_mark.index
            self.found(findings.TAG, self.source.at(line, col, width), {"tag": found[0] if found else event.tag})
            self._lose(event)
        if not isinstance(event, yaml.ScalarEvent) or event.value or event.style:
            return None
        if event.tag is None:
            self.found(findings.VALUE_NEEDS_QUOTES, self.span(event), {"found": "&"})
        return self._unread(event)

    def _lose(self, event: Any) -> None:
        span = self.span(event)
        self.lost.append(Lost(span.line - 1, span.col - 1, span.end_col - 1))

    def _unread(self, event: Any) -> Scalar:
        """Put something in the place of a value that cannot be read; what is found of it only follows."""
        self._lose(event)
        return Scalar("-", Piece("-", '"', event.start_mark, event.end_mark), self.source)

    def _count(self, more: int, event: Any) -> None:
        self.nodes += more
        if self.nodes > MAX_NODES:
            self.found(findings.TOO_MANY_VALUES, self.span(event))
            raise Stop

    def _alias(self, event: Any) -> Node:
        span = self.span(event)
        if event.anchor not in self.anchors:
            self.found(findings.UNKNOWN_ALIAS, span, {"name": event.anchor})
            return self._unread(event)
        known = self.anchors[event.anchor]
        if known is None:
            self.found(findings.ALIAS_OF_ITSELF, span, {"name": event.anchor})
            return self._unread(event)
        node, size = known
        # An alias counts as all that it stands for, so that nine aliases of nine aliases do not become a billion values.
        self._count(size, event)
        return node

    def _scalar(self, event: Any) -> Scalar:
        node = Scalar(event.value, event, self.source)
        if not self.source.tidy or not node.verbatim:
            # An escape in double quotes may spell a letter in two parts, or a control character that the file itself does not hold.
            node.text = normalize("NFC", node.text)
            if (control := _CONTROL.search(node.text)) is not None:
                self.found(findings.CONTROL_CHARACTER, node.span, {"character": f"U+{ord(control[0]):04X}"})
        return node

    def _list(self, event: Any, depth: int) -> List:
        items: list[Node] = []
        found = List(items, event.start_mark, event.end_mark, self.source)
        while not isinstance(inner := self.events.get_event(), yaml.SequenceEndEvent):
            items.append(self.node(inner, depth + 1))
        return found

    def _map(self, event: Any, depth: int) -> Map:
        found = Map([], event.start_mark, event.end_mark, self.source)
        seen: dict[str, Scalar] = {}
        while not isinstance(inner := self.events.get_event(), yaml.MappingEndEvent):
            key = self.node(inner, depth + 1)
            value = self.node(self.events.get_event(), depth + 1)
            if isinstance(key, Scalar) and self._good(key, seen):
                found.pairs.append((key, value))
            elif not isinstance(key, Scalar):
                self.found(findings.KEY_NOT_A_WORD, key.span)
        return found

    def _good(self, key: Scalar, seen: dict[str, Scalar]) -> bool:
        if key.plain and key.text == "<<":
            self.found(findings.MERGE_KEY, key.span)
            return False
        # A key that differs in case only is a slip, for no key of the language does.
        first = seen.setdefault(key.text.casefold(), key)
        if first is key:
            seen.pop(_REPEATED, None)
            return True
        if _UNDASHED not in seen and not (_REPEATED in seen and "id" in seen):
            self.found(findings.DUPLICATE_KEY, key.span, {"key": key.text, "line": str(first.span.line)}, first.span)
            seen[_REPEATED] = key
        if key.text == "id" or ("id" in seen and seen.get(_REPEATED) is not key):
            seen[_UNDASHED] = key
        return False
