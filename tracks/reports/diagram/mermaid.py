"""The picture of a track as Mermaid text, for the places that draw it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.model.step_order import chain_order
from tracks.engine.context.plan import predecessors
from tracks.reports.diagram.card_counts import CountFormatter
from tracks.reports.diagram.card_text import EXIT
from tracks.reports.diagram.cards import ADMISSION, EMPLOYMENT, build_cards
from tracks.reports.diagram.lanes import successors
from tracks.reports.text.catalogue import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from tracks.reports.diagram.cards import Card
    from tracks.reports.measures.shown_counts import ShownCounts

# Mermaid reads these as syntax even in quotation marks; it writes a letter as its number between # and ;.
_ESCAPES: Final = str.maketrans({"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "\\": "#92;"})
_SPACE: Final = re.compile(r"\s+")
_LISTED: Final = re.compile(r"^(\d*)([.)*+-])(?= )")  # what Mermaid would take for a list
_SHAPES: Final = {"end": '(["{}"])', "mark": '(["{}"])', "away": '[/"{}"/]'}
_PERSON: Final = "p"


def render_mermaid(track: Track, lang: Lang, shown: ShownCounts | None = None) -> str:
    """Write a track as a Mermaid flow chart.

    Args:
        track: The track.
        lang: The language of its texts.
        shown: How many stand where, as it may be shown, where that is wanted.

    """
    counts = CountFormatter(shown, lang) if shown else None
    found = [card for card in build_cards(track, lang, counts, hang=False) if card.kind != "heading"]
    node = _nodes(track, found)
    lines = ["flowchart TD", *_cards(found, node, lang), *_chain(track, found, node), *_ties(found, node, lang), *_results(found, node)]
    maybe = [node[card.key] for card in found if card.maybe]
    if maybe:
        lines += ["classDef maybe stroke-dasharray: 6 4", f"class {','.join(maybe)} maybe"]
    # A comment: Mermaid has no place under a chart.
    lines += [f"%% {line}" for line in (counts.foot() if counts else ())]
    return "\n".join([lines[0], *(f"  {line}" for line in lines[1:])]) + "\n"


def _nodes(track: Track, found: Sequence[Card]) -> dict[str, str]:
    """A name for each card: of steps by their place in the file."""
    ways = [card.key for card in found if card.kind == "away"]
    # Not by their ids, which may be words of Mermaid's own, as `end`.
    named = {step.id: f"s{n}" for n, step in enumerate(track.steps, 1)} | {key: f"t{n}" for n, key in enumerate(ways, 1)}
    return named | {ADMISSION: "a", EXIT: "z", EMPLOYMENT: "e"}


def _cards(found: Sequence[Card], node: Mapping[str, str], lang: Lang) -> Iterator[str]:
    beside = [card for card in found if card.kind == "beside"]
    yield from (_node(card, node) for card in found if card.kind != "beside")
    if any(branch.kind == "ask" for card in found for branch in card.branches):
        yield f"{_PERSON}{{{{{_quoted(message('g.person', lang))}}}}}"
    if beside:
        yield f"subgraph b [{_quoted(message('g.beside', lang))}]"
        yield from (f"  {_node(card, node)}" for card in beside)
        yield "end"


def _node(card: Card, node: Mapping[str, str]) -> str:
    title = f"{card.number} {card.title}" if card.number else card.title
    onward = [branch.text for branch in card.branches if branch.kind == "next"]
    label = "<br/>".join(_escaped(line) for line in (title, *card.lines, *onward, card.now) if line)
    return node[card.key] + _SHAPES.get(card.kind, '["{}"]').format(label)


def _chain(track: Track, found: Sequence[Card], node: Mapping[str, str]) -> Iterator[str]:
    chain = [card.key for card in found if card.kind in ("end", "chain")]
    for key, targets in zip(chain, successors(chain, chain_order(track, ended=True)), strict=True):
        yield from (f"{node[key]} --> {node[chain[target]]}" for target in targets)
    # Here a line can lead into the chain from a step beside it too.
    waits = {step: [name for name in names if name not in chain] for step, names in predecessors(track).items()}
    yield from (f"{node[name]} --> {node[step]}" for step, names in waits.items() for name in names)


def _ties(found: Sequence[Card], node: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """What each card beside the chain begins with, and what it lasts to."""
    for card in found:
        if card.under in node:
            yield f"{node[card.under]} -.- {node[card.key]}"
        if card.until and card.until[0] in node:
            yield f"{node[card.key]} -. {_quoted(message('g.lasts', lang))} .-> {node[card.until[0]]}"


def _results(found: Sequence[Card], node: Mapping[str, str]) -> Iterator[str]:
    for card in found:
        for branch in card.branches:
            to = _PERSON if branch.kind == "ask" else node.get(branch.to)
            if to:
                yield f"{node[card.key]} -. {_quoted(branch.text)} .-> {to}"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    plain = _SPACE.sub(" ", text).strip().translate(_ESCAPES)
    return _LISTED.sub(lambda found: f"{found[1]}#{ord(found[2])};", plain)
