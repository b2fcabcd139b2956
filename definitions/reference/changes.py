"""What changes between two texts of a track, a line for each change, in the keys and words of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.loading.document import parse_text
from definitions.model import vocabulary as v
from definitions.model.catalogues import message
from definitions.reference.translate import translate
from definitions.source.nodes import List, Map, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.source.nodes import Node

# As much of a value as is told: what is longer is seen in the file.
_LONGEST: Final = 200


def told_changes(before: str, after: str, lang: v.Lang) -> list[str]:
    """Tell what the later of two texts of a track says otherwise.

    What is left out in one and written in the other is told as such, also where it is written as it would be without. A step, an
    employer and the like are known by their ids, so one whose id is another is one that is gone and one that is new.

    Args:
        before: The YAML of the version in force.
        after: The YAML of the next one.
        lang: The language of the lines.

    Returns:
        The lines, in the order of the later text, what is gone last; none where both mean the same or either cannot be read.

    """
    old, new = (parse_text(translate(text, lang), "", lang).root for text in (before, after))
    return list(_changed("", old, new, lang)) if old is not None and new is not None else []


def _changed(where: str, old: Node, new: Node, lang: v.Lang) -> Iterator[str]:
    if isinstance(old, Map) and isinstance(new, Map):
        yield from _between(where, _by_key(old), _by_key(new), lang)
    elif (ids_old := _by_id(old, lang)) and (ids_new := _by_id(new, lang)):
        yield from _between(where, ids_old, ids_new, lang, named=True)
        # The chain runs in the order written, so the order of those that stay is a change of its own.
        stays = [[name for name in one if name in other] for one, other in ((ids_old, ids_new), (ids_new, ids_old))]
        if stays[0] != stays[1]:
            yield message("change.order", lang, where=where, ids=", ".join(ids_new))
    elif _text(old) != _text(new):
        yield message("change.became", lang, where=where, before=_short(old), after=_short(new))


def _between(where: str, old: Mapping[str, Node], new: Mapping[str, Node], lang: v.Lang, *, named: bool = False) -> Iterator[str]:
    # A part that has an id stands under the key of its list, as `steg praktik`, and its own keys after a comma.
    place = {name: f"{where}{' ' if named else ', '}{name}" if where else name for name in (*old, *new)}
    for name, node in new.items():
        if name in old:
            yield from _changed(place[name], old[name], node, lang)
        else:
            yield message("change.new", lang, where=place[name], what=_short(node))
    for name, node in old.items():
        if name not in new:
            yield message("change.gone", lang, where=place[name], what=_short(node))


def _by_key(node: Map) -> dict[str, Node]:
    return {key.text: value for key, value in node}


def _by_id(node: Node, lang: v.Lang) -> dict[str, Node]:
    """The parts of a list by their ids, without them; nothing where it is no list of such."""
    parts = node.items if isinstance(node, List) else []
    key = v.key("id", lang)
    found: dict[str, Node] = {_text(keys[key]): part for part in parts if isinstance(part, Map) and key in (keys := _by_key(part))}
    return found if parts and len(found) == len(parts) else {}


def _text(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Map):
        return ", ".join(f"{key.text}: {_text(value)}" for key, value in node)
    return ", ".join(map(_text, node.items))


def _short(node: Node) -> str:
    text = " ".join(_text(node).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
