"""Reading nodes with findings: the page being read, its mappings by English key, and the texts and words in them.

A reader is a function of a page and a node; it gives a value, or None after a finding, and never raises but `Full`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.model import values
from definitions.model import vocabulary as v
from definitions.model.personal_numbers import looks_personal
from definitions.model.spelling import nearest
from definitions.model.words import MOST_OF_TITLE, hidden_sign
from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Span, finding
from definitions.source.homoglyphs import find_lookalike, lookalike_finding
from definitions.source.nodes import List, Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeVar

    Read = TypeVar("Read")

ID: Final = re.compile(values.ID)
# A word of conditions: no blank in it, for a blank ends a value there.
_WORD: Final = re.compile(r"\w[\w.+-]{0,63}")
_NUMBER_BEFORE: Final = re.compile(r"([0-9]{1,9}),$")
MAX_TEXT: Final = 20_000
MAX_NAME: Final = MOST_OF_TITLE


class Full(Exception):
    """A hundred findings stand on a page: beyond them nobody reads, and the rest of the file is not gone through."""


class Page:
    """One file while its meaning is read.

    `lang` is the author's language, `root` the mapping at the top once it is known, `characters_of_conditions` the sum of what has been
    read of them, and `findings` everything that is wrong so far.
    """

    def __init__(self, name: str, lang: v.Lang) -> None:
        self.name = name
        self.lang = lang
        self.root: Map | None = None
        self.characters_of_conditions = 0
        self.findings: list[Diagnostic] = []

    def found(self, code: str, span: Span, *related: Span, **values: str) -> None:
        """Record a finding of a code.

        Args:
            code: A name of `findings`.
            span: Its place.
            *related: Other places that it is about.
            **values: The values of its message; `suggestion` is what was probably meant.

        Raises:
            Full: It is the hundredth.

        """
        self.add(finding(code, span, values, related))

    def add(self, found: Diagnostic) -> None:
        """Record a finding.

        Raises:
            Full: It is the hundredth.

        """
        self.findings.append(found)
        if len(self.findings) >= MAX_FINDINGS:
            raise Full

    def suggest(self, kind: str, written: str) -> str:
        """Guess what a value that cannot be read was probably meant to be; empty where that is not clear."""
        from definitions.parsing.suggestions import suggest  # noqa: PLC0415 - only what is wrong needs it, and importing takes time

        return suggest(kind, written, self.lang)

    def named(self, written: str) -> str | None:
        """Find the id of what is called so in the file, where somebody has written a name in the place of an id."""
        lists = [value.items for _, value in self.root or () if isinstance(value, List)]
        for item in (item for items in lists for item in items if isinstance(item, Map)):
            thing = {v.english_key(key.text): value.text for key, value in item if isinstance(value, Scalar)}
            if ID.fullmatch(thing.get("id", "")) and thing.get("name", "").casefold() == written.casefold():
                return thing["id"]
        return None

    def key(self, name: str, section: str = "") -> str:
        """Give the name of a key in the author's language."""
        return v.key(name, self.lang, section)


class Silent(Page):
    """A page that is read through without findings."""

    def add(self, found: Diagnostic) -> None:
        """Drop the finding."""


class Fields:
    """A mapping whose keys are known: the nodes of values and of keys as written, both by English key.

    A key without a value is among the keys only.
    """

    def __init__(self, page: Page, node: Map) -> None:
        self.page = page
        self.node = node
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def read(self, key: str, reader: Callable[[Page, Node], Read], default: Read) -> Read:
        """Read the value of a key.

        Args:
            key: The English name of the key.
            reader: Reads the node of its value.
            default: What is given where the key is not written.

        Returns:
            What the reader gives, or the default.

        """
        node = self.values.get(key)
        return default if node is None else reader(self.page, node)


def fields(page: Page, node: Node, section: str, required: tuple[str, ...] = ()) -> Fields | None:
    """Read the mapping of a section; unknown keys, keys given twice, keys without a value and missing ones are recorded.

    Args:
        page: Where findings go.
        node: The node that must be a mapping.
        section: The name of the section, a key of `v.SECTIONS`.
        required: The keys that may not be missing.

    Returns:
        The fields, or None where the node is no mapping.

    """
    if not isinstance(node, Map):
        known = v.listed(page.key(name, section) for name in v.SECTIONS[section])
        page.found(findings.MISSING_VALUE if _is_empty(node) else findings.KEYS_EXPECTED, node.span, known=known)
        return None
    found = Fields(page, node)
    allowed, keys, strange = v.SPELLINGS[section], found.keys, []
    for key, value in node.pairs:
        name = allowed.get(key.text)
        if name is None:
            strange.append((key, value))
        elif name in keys:
            first = keys[name].span
            page.found(findings.DUPLICATE_KEY, key.span, first, key=key.text, line=str(first.line))
        else:
            keys[name] = key
            if isinstance(value, Scalar) and not value.text and value.plain:
                page.found(findings.KEY_WITHOUT_VALUE, key.span, key=key.text)
            else:
                found.values[name] = value
    if strange:
        _others(found, strange, section)
    _missing(found, required, section)
    return found


def _missing(found: Fields, required: Iterable[str], section: str) -> None:
    for name in required:
        if name not in found.keys:
            found.page.found(findings.MISSING_KEY, found.node.span, key=found.page.key(name, section))


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and not node.text


def lone(key: Scalar, value: Node) -> bool:
    """Tell whether a key stands without a colon, as a piece of text after a comma inside brackets does."""
    return _is_empty(value) and ":" not in key.source.text[key.read.end_mark.index : key.read.end_mark.index + 2]


def _others(found: Fields, strange: Iterable[tuple[Scalar, Node]], section: str) -> None:
    """Record keys that do not belong here; where it is clear which one was meant, and that is not there, it is read as that."""
    # Keys that follow one set in too far belong to it, and are told with it.
    inside: frozenset[str] = frozenset()
    for key, value in strange:
        english = v.english_key(key.text)
        if english in inside:
            continue
        if section != "track" and english in v.ONLY_TOP and (col := _set_in(key)):
            found.page.found(findings.WRONG_INDENTATION, key.span, found=str(col + 1), expected="1")
            # With the key set right, what follows in its column is its own.
            inside = frozenset(v.SECTIONS.get(english, ())) if _is_empty(value) else inside
            continue
        name, said = _unknown(found.page, key, value, section)
        if name is not None and name not in found.keys:
            found.keys[name], found.values[name] = key, said


def _set_in(key: Scalar) -> int:
    """Find the column of a key that begins its line, 0 where it does not."""
    col, index = key.read.start_mark.column, key.read.start_mark.index
    return col if col and not key.source.text[index - col : index].strip() else 0


def _unknown(page: Page, key: Scalar, value: Node, section: str) -> tuple[str | None, Node]:
    """Record a key that does not belong here; gives the key that was meant, where that is clear, and its value."""
    allowed = v.SECTIONS[section]
    both = v.SPELLINGS[section]
    # `längd:6` is one word to YAML, a key without a value.
    joined, _, rest = key.text.partition(":")
    if rest and joined in both:
        page.found(findings.MISSING_COLON, key.part(0, len(joined) + 1), found=joined)
        return both[joined], key.tail(len(joined) + 1)
    elsewhere = v.english_key(key.text)
    # A key of another section is compared by its English name as well.
    near = nearest(key.text, both) or (nearest(elsewhere, allowed) if elsewhere else None)
    if near is None and lone(key, value):
        # `1,5 år` is a number and such a key to YAML; of the number nothing is said.
        number = _NUMBER_BEFORE.search(key.source.text[: key.read.start_mark.index])
        meant = page.suggest("length", f"{number[1]},{key.text}") if number else ""
        span = key.span
        place = Span(span.path, span.line, span.col - len(number[0]), span.end_col) if number and meant else span
        page.found(findings.TEXT_READ_AS_KEY, place, key=key.text, suggestion=meant)
        return None, value
    page.found(
        findings.UNKNOWN_KEY, key.span, key=key.text, suggestion=page.key(both.get(near, near), section) if near else "",
        known=v.listed(page.key(name, section) for name in allowed),
    )  # fmt: skip
    return (both.get(near, near) if near and not _is_empty(value) else None), value


def at_id(node: Node) -> Span:
    """Find the place of the id of a mapping; its own where it has none."""
    pairs = node.pairs if isinstance(node, Map) else ()
    return next((value.span for key, value in pairs if key.text == "id"), node.span)


def items(page: Page, node: Node) -> Iterator[Node]:
    """List the items of a list; a single value is a list of one."""
    if isinstance(node, List):
        if not node.items:
            page.found(findings.EMPTY_LIST, node.span)
        yield from node.items
    else:
        yield node


def texts(page: Page, node: Node, reader: Callable[[Page, Node], Read | None]) -> tuple[Read, ...]:
    """Read a list of values that may not repeat.

    Args:
        page: Where findings go.
        node: A list, or a single value.
        reader: Reads each item; None where it cannot be read.

    Returns:
        The values that could be read, each once, in order.

    """
    found: dict[Read, Node] = {}
    for item in items(page, node):
        value = reader(page, item)
        if value is None:
            continue
        if value in found:
            page.found(findings.DUPLICATE_ITEM, item.span, found[value].span, found=str(value))
        found.setdefault(value, item)
    return tuple(found)


def scalar(page: Page, node: Node) -> Scalar | None:
    """Read a node that must be a single piece of text, with something in it."""
    if not isinstance(node, Scalar):
        page.found(findings.SINGLE_VALUE_EXPECTED, node.span)
        return None
    if not node.text.strip():
        page.found(findings.MISSING_VALUE, node.span)
        return None
    # What stood in the file itself was found before; here it comes of an escape, or of lines that were joined.
    if (sign := hidden_sign(node.text)) or looks_personal(node.text):
        page.found(findings.CONTROL_CHARACTER if sign else findings.NUMBER_IN_FILE, node.span, **({"character": sign} if sign else {}))
        return None
    return node


def text(page: Page, node: Node, most: int = MAX_TEXT) -> str | None:
    """Read any text without blanks around it.

    Args:
        page: The page, which takes what is found.
        node: The node that must be a text.
        most: How many characters it may have.

    """
    found = scalar(page, node)
    if found is not None and len(found.text) > most:
        page.found(findings.TEXT_TOO_LONG, found.span, most=str(most))
        return None
    return found.text.strip() if found else None


def name(page: Page, node: Node) -> str | None:
    """Read a name: a text of one line and at most 200 characters, because it stands in lists."""
    found = text(page, node, MAX_NAME)
    if found and (strange := re.search("[\n\t]", found)):
        page.found(findings.CONTROL_CHARACTER, node.span, character=f"U+{ord(strange[0]):04X}")
        return None
    return found


def dash_too_deep(page: Page, found: Scalar) -> bool:
    """Record a dash set too deep, which YAML takes for text that goes on from the item before; tells whether there is one."""
    first, last = found.read.start_mark, found.read.end_mark
    # Only as far as the text goes: the rest of a large file is not cut into lines for each.
    lines = found.source.text.split("\n", last.line + 1) if found.plain and " - " in found.text and first.line < last.line else []
    for number in range(first.line + 1, min(last.line + 1, len(lines))):
        bare = lines[number].lstrip(" ")
        if bare.startswith("- "):
            col, expected = len(lines[number]) - len(bare), max(first.column - 2, 0)
            page.found(findings.WRONG_INDENTATION, found.source.at(number, col, 1), found=str(col + 1), expected=str(expected + 1))
            return True
    return False


def ident(page: Page, node: Node) -> str | None:
    """Read an id."""
    found = scalar(page, node)
    if found is None:
        return None
    if not ID.fullmatch(found.text):
        if dash_too_deep(page, found):
            return None
        page.found(findings.INVALID_ID, found.span, found=found.text, suggestion=page.named(found.text) or page.suggest("id", found.text))
        return None
    return found.text


def free_ident(page: Page, node: Node) -> str | None:
    """Read an id of a step, fact or employer, which is no word of conditions, points or actions."""
    found = ident(page, node)
    if found in v.RESERVED:
        page.found(findings.RESERVED_ID, node.span, found=found or "")
    return found


def plain_word(page: Page, node: Node) -> str | None:
    """Read one word that can stand as a value in a condition: a choice, or a result of the track's own."""
    found = scalar(page, node)
    if found is None:
        return None
    if not _WORD.fullmatch(found.text) or v.code(found.text, v.OPERATORS):
        page.found(findings.NOT_ONE_WORD, found.span, found=found.text, suggestion=page.suggest("word", found.text))
        return None
    if not found.text.isascii() and (at := find_lookalike(found.text)) is not None:
        page.add(lookalike_finding(found.text, at, found.part(at, 1)))
        return None
    return found.text


def word(table: Mapping[str, str]) -> Callable[[Page, Node], str | None]:
    """Build a reader of one word of a table, in either language, which gives its code."""

    def read(page: Page, node: Node) -> str | None:
        found = scalar(page, node)
        if found is None:
            return None
        code = v.code(found.text, table)
        if code is None:
            known = v.words(table, page.lang)
            page.found(
                findings.UNKNOWN_VALUE, found.span, found=found.text, known=v.listed(known), suggestion=nearest(found.text, known) or ""
            )
        return code

    return read
