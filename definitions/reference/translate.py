"""Translates the keys and words of a file into one language: only their characters are replaced, all else stays byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.loading.document import parse_text
from definitions.model import vocabulary as v
from definitions.model.value_types import FORMS, MANY
from definitions.reference.translate_values import translate_value
from definitions.source.nodes import List, Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES: Final = re.compile("(\r\n|[\r\n\x85\u2028\u2029])")
_MARK: Final = "\ufeff"


def translate(text: str, lang: v.Lang, section: str = "") -> str:
    """Translate the keys and the words of the language in a text.

    Args:
        text: The YAML of a file, or of one section.
        lang: The language of the result.
        section: The section that the text is; worked out of the text where empty.

    Returns:
        The text with these words replaced; as it was where it cannot be read.

    """
    parsed = parse_text(text, "", lang)
    if parsed.root is None:
        return text
    section = section or ("test file" if parsed.is_suite else "indicator file" if parsed.is_indicator else "track")
    mark = _MARK if text.startswith(_MARK) else ""
    pieces = _LINES.split(text.removeprefix(_MARK))
    changes = {(node.span.line, node.span.col): (node, new) for node, new in _section(parsed.root, section, lang) if new != node.text}
    # From the end, so that no replacement moves the place of another.
    for (line, col), (node, new) in sorted(changes.items(), reverse=True, key=lambda change: change[0]):
        at = col - 1 + (not node.plain)
        here = pieces[2 * (line - 1)]
        # A text with escapes in it does not stand in the file as it reads; it is left alone.
        if here.startswith(node.text, at):
            pieces[2 * (line - 1)] = here[:at] + new + here[at + len(node.text) :]
    return mark + "".join(pieces)


def _section(node: Node, section: str, lang: v.Lang) -> Iterator[tuple[Scalar, str]]:
    for key, value in node if isinstance(node, Map) else ():
        name = v.SPELLINGS[section].get(key.text)
        if name is not None:
            yield key, v.key(name, lang, section)
            yield from _value(value, FORMS[section][name], lang)


def _value(node: Node, form: str, lang: v.Lang) -> Iterator[tuple[Scalar, str]]:
    kind, _, section = form.partition(" ")
    if isinstance(node, List):
        # The choices of a fact are the track's own words.
        for item in node.items if form != "fact_type" else ():
            yield from _value(item, f"section {section}" if kind == "list" else MANY.get(form, form), lang)
    elif isinstance(node, Scalar):
        if node.verbatim:
            yield node, translate_value(node.text, MANY.get(form, form), lang)
    elif section:
        yield from _section(node, section, lang)
    else:
        yield from _mapping(node, form, lang)


def _mapping(node: Map, form: str, lang: v.Lang) -> Iterator[tuple[Scalar, str]]:
    if form in ("given", "stated", "said", "expected"):
        yield from _of_case(node, form, lang)
    elif form in ("facts", "transfers"):
        for _, value in node:
            section = "fact" if form == "facts" else "transfer"
            yield from _value(value, f"section {section}" if isinstance(value, Map) else "fact_type", lang)
    elif form == "on_result":
        for key, value in node:
            yield key, translate_value(key.text, "result", lang)
            yield from _value(value, "action", lang)
    elif form == "action":
        names = [v.english_key(key.text) for key, _ in node]
        kind = next((kind for kind in ("goto", "retry") if kind in names), "transfer action")
        yield from _section(node, kind, lang)
    elif form in ("conditions", "condition", "among", "starts", "start"):
        yield from _section(node, "start" if form.startswith("start") else "condition", lang)


def _of_case(node: Map, form: str, lang: v.Lang) -> Iterator[tuple[Scalar, str]]:
    if form == "given" and any(key.text in v.SPELLINGS["person"] for key, _ in node):
        yield from _section(node, "person", lang)
        return
    for key, value in node:
        if form == "given":
            yield from _section(value, "person", lang)
            continue
        yield key, translate_value(key.text, "fact" if form == "stated" else "day", lang)
        yield from _value(value, "answer" if form == "stated" else "sentence", lang)
