"""Reading nodes with findings: the page being read, its mappings by English key, and the texts and words in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions import values
from definitions import vocabulary as v
from definitions.composing import MAX_FINDINGS
from definitions.diagnostics import Diagnostic, Span, finding
from definitions.nearest import nearest
from definitions.nodes import List, Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    Read = TypeVar("Read")

ID: Final = re.compile(values.ID)
_WORD: Final = re.compile(r"\w[\w.+-]{0,63}")
MAX_TEXT: Final = 20_000


class Page:
    """One file while its meaning is read: the author's language and everything found so far."""

    def __init__(self, name: str, lang: v.Lang) -> None:
        self.name = name
        self.lang = lang
        self.findings: list[Diagnostic] = []

    def found(self, code: str, span: Span, *related: Span, **values: str) -> None:
        """Note a finding; beyond a hundred nobody reads them."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding(code, span, values, related))

    def key(self, name: str) -> str:
        """The name of a key in the author's language."""
        return v.key(name, self.lang)


class Fields:
    """A mapping whose keys are known: values by English key."""

    def __init__(self, page: Page, node: Map) -> None:
        self.page = page
        self.node = node
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def read(self, key: str, reader: Callable[[Page, Node], Read], default: Read) -> Read:
        """The value of a key, or the default where it is not written."""
        node = self.values.get(key)
        return default if node is None else reader(self.page, node)


def fields(page: Page, node: Node, section: str, required: tuple[str, ...] = ()) -> Fields | None:
    """The mapping of a section; unknown keys, keys given twice, keys without a value and missing ones are found."""
    if not isinstance(node, Map):
        page.found("JS045", node.span, known=v.listed(page.key(name) for name in v.SECTIONS[section]))
        return None
    found = Fields(page, node)
    allowed, keys = v.SPELLINGS[section], found.keys
    for key, value in node.pairs:
        name = allowed.get(key.text)
        empty = isinstance(value, Scalar) and not value.text and value.plain
        if name is None:
            _unknown(page, key, section, empty=empty)
        elif name in keys:
            first = keys[name].span
            page.found("JS022", key.span, first, key=key.text, line=str(first.line))
        else:
            keys[name] = key
            if empty:
                page.found("JS031", key.span, key=key.text)
            else:
                found.values[name] = value
    for name in required:
        if name not in keys:
            page.found("JS044", node.span, key=page.key(name))
    return found


def _unknown(page: Page, key: Scalar, section: str, *, empty: bool) -> None:
    allowed = v.SECTIONS[section]
    both = {spelling: name for name in allowed for spelling in (name, v.KEYS[name])}
    elsewhere = v.english_key(key.text)
    near = nearest(key.text, both) or (nearest(elsewhere, allowed) if elsewhere else None)
    if near is None and empty:
        page.found("JS069", key.span, key=key.text)
        return
    page.found(
        "JS043", key.span, key=key.text, suggestion=page.key(both.get(near, near)) if near else "",
        known=v.listed(page.key(name) for name in allowed),
    )  # fmt: skip


def items(page: Page, node: Node) -> Iterator[Node]:
    """The items of a list; a single value is a list of one."""
    if isinstance(node, List):
        if not node.items:
            page.found("JS032", node.span)
        yield from node.items
    else:
        yield node


def texts(page: Page, node: Node, reader: Callable[[Page, Node], Read | None]) -> tuple[Read, ...]:
    """A list of values that may not repeat."""
    found: dict[Read, Node] = {}
    for item in items(page, node):
        value = reader(page, item)
        if value is None:
            continue
        if value in found:
            page.found("JS046", item.span, found[value].span, found=str(value))
        found.setdefault(value, item)
    return tuple(found)


def scalar(page: Page, node: Node) -> Scalar | None:
    """A node that must be a single piece of text, with something in it."""
    if not isinstance(node, Scalar):
        page.found("JS030", node.span)
        return None
    if not node.text.strip():
        page.found("JS029", node.span)
        return None
    return node


def text(page: Page, node: Node) -> str | None:
    """Any text of reasonable size."""
    found = scalar(page, node)
    if found is not None and len(found.text) > MAX_TEXT:
        page.found("JS028", found.span, most=str(MAX_TEXT))
        return None
    return found.text.strip() if found else None


def ident(page: Page, node: Node) -> str | None:
    """An id."""
    found = scalar(page, node)
    if found is None:
        return None
    if not ID.fullmatch(found.text):
        page.found("JS033", found.span, found=found.text)
        return None
    return found.text


def free_ident(page: Page, node: Node) -> str | None:
    """An id of a step, fact or employer, which is no word of conditions, points or actions."""
    found = ident(page, node)
    if found in v.RESERVED:
        page.found("JS048", node.span, found=found or "")
    return found


def plain_word(page: Page, node: Node) -> str | None:
    """One word that can stand as a value in a condition: a choice, or a result of the track's own."""
    found = scalar(page, node)
    if found is None:
        return None
    if not _WORD.fullmatch(found.text) or v.code(found.text, v.OPERATORS):
        page.found("JS049", found.span, found=found.text)
        return None
    return found.text


def word(table: Mapping[str, str]) -> Callable[[Page, Node], str | None]:
    """A reader of one word of a table, in either language; gives its code."""

    def read(page: Page, node: Node) -> str | None:
        found = scalar(page, node)
        if found is None:
            return None
        code = v.code(found.text, table)
        if code is None:
            known = v.words(table, page.lang)
            page.found("JS042", found.span, found=found.text, known=v.listed(known), suggestion=nearest(found.text, known) or "")
        return code

    return read
