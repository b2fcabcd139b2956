"""The chain as a picture: Mermaid text, and the places of boxes and lines for a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracks.documents.texts import say
from tracks.documents.words import Speech, code
from tracks.plan import predecessors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model import Action, Step, Track
    from definitions.vocabulary import Lang

WIDTH: Final = 340
_GUTTER: Final = 18
_GAP: Final = 10
_BETWEEN: Final = 26
_LINE: Final = 16
_PADDING: Final = 9
_ADVANCE: Final = 7  # about the width of a letter at the size drawn
_WIDEST: Final = 210
_ABREAST: Final = 3
_ESCAPES: Final = str.maketrans({"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "\n": " "})


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its corner, its size, and its lines of text; `maybe` where not everybody comes there."""

    key: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    maybe: bool = False
    end: bool = False

    @property
    def middle(self) -> int:
        """Where lines meet the box, from the left."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a chain: boxes, and the paths between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


def layers(track: Track) -> list[list[Step]]:
    """The chain in layers: a step stands below the last of those it waits for."""
    before = predecessors(track)
    depth: dict[str, int] = {}
    for step in (s for s in track.steps if not s.beside):
        depth[step.id] = 1 + max((depth.get(name, 0) for name in before[step.id]), default=0)
    by_depth: dict[int, list[Step]] = {}
    for step in track.steps:
        if step.id in depth:
            by_depth.setdefault(depth[step.id], []).append(step)
    return [by_depth[n] for n in sorted(by_depth)]


def drawing(track: Track, lang: Lang) -> Drawing:
    """The chain from admission to exit, from the top down."""
    rows: list[list[tuple[str, str, bool, bool]]] = [[("admission", say("h.overview.admission", lang), False, True)]]
    for layer in layers(track):
        named = [(step.id, step.name, bool(step.when), False) for step in layer]
        rows += [named[at : at + _ABREAST] for at in range(0, len(named), _ABREAST)]
    rows.append([("exit", say("h.overview.exit", lang), False, True)])
    boxes: list[Box] = []
    y = 2
    for row in rows:
        placed = list(_row(row, y, lang))
        boxes += placed
        y = max(box.y + box.height for box in placed) + _BETWEEN
    return Drawing(WIDTH, y - _BETWEEN + 2, tuple(boxes), tuple(_paths(track, {box.key: box for box in boxes})))


def _row(row: Sequence[tuple[str, str, bool, bool]], y: int, lang: Lang) -> Iterator[Box]:
    room = WIDTH - 2 * _GUTTER
    width = min(_WIDEST, (room - _GAP * (len(row) - 1)) // len(row))
    left = (WIDTH - (width * len(row) + _GAP * (len(row) - 1))) // 2
    texts = [
        [*wrapped(name, (width - 2 * _PADDING) // _ADVANCE), *([say("h.overview.maybe", lang)] if maybe else [])]
        for _, name, maybe, _ in row
    ]
    height = max(len(lines) for lines in texts) * _LINE + 2 * _PADDING
    for at, ((key, _, maybe, end), lines) in enumerate(zip(row, texts, strict=True)):
        top = y + (height - len(lines) * _LINE) // 2 + 12
        placed = tuple((top + n * _LINE, line) for n, line in enumerate(lines))
        yield Box(key, left + at * (width + _GAP), y, width, height, placed, maybe, end)


def wrapped(text: str, most: int) -> list[str]:
    """A text in lines of at most so many letters; longer words are divided."""
    lines = [""]
    for word in text.split():
        rest = word
        while len(rest) > most:
            lines.append(f"{rest[: most - 1]}-")
            rest = rest[most - 1 :]
        if lines[-1] and len(lines[-1]) + 1 + len(rest) <= most and not lines[-1].endswith("-"):
            lines[-1] += f" {rest}"
        else:
            lines.append(rest)
    return [line for line in lines if line] or [""]


def _edges(track: Track) -> Iterator[tuple[str, str]]:
    before = predecessors(track)
    followed = {name for names in before.values() for name in names}
    for step, names in before.items():
        for name in names or ("admission",):
            yield name, step
    for step in before:
        if step not in followed:
            yield step, "exit"
    if not before:
        yield "admission", "exit"


def _paths(track: Track, boxes: Mapping[str, Box]) -> Iterator[str]:
    for start, end in _edges(track):
        if start in boxes and end in boxes:
            yield _path(boxes[start], boxes[end], [box for box in boxes.values() if box.key not in (start, end)])


def _path(start: Box, end: Box, others: Sequence[Box]) -> str:
    """A line from box to box, led round the side where other boxes lie between."""
    top, bottom = start.y + start.height, end.y
    half = (bottom - top) // 2
    between = [box for box in others if top <= box.y and box.y + box.height <= bottom]
    if not between:
        return f"M{start.middle} {top}C{start.middle} {top + half} {end.middle} {bottom - half} {end.middle} {bottom}"
    side = 6 if start.middle <= WIDTH // 2 else WIDTH - 6
    return (
        f"M{start.middle} {top}C{start.middle} {top + 14} {side} {top + 4} {side} {top + _BETWEEN}"
        f"V{bottom - _BETWEEN}C{side} {bottom - 4} {end.middle} {bottom - 14} {end.middle} {bottom}"
    )


def mermaid(track: Track, lang: Lang) -> str:
    """The track as a Mermaid flow chart."""
    speech = Speech(track, lang)
    node = {step.id: f"s{n}" for n, step in enumerate(track.steps, 1)} | {"admission": "admission", "exit": "exit"}
    lines = ["flowchart TD", f"  admission([{_quoted(say('h.overview.admission', lang))}])"]
    lines += [f"  {node[step.id]}[{_label(step, speech)}]" for step in track.steps if not step.beside]
    lines.append(f"  exit([{_quoted(say('h.overview.exit', lang))}])")
    lines += [f"  {node[start]} --> {node[end]}" for start, end in _edges(track)]
    lines += [f"  {line}" for step in track.steps for line in _results(step, node, speech)]
    beside = [step for step in track.steps if step.beside]
    if beside:
        lines.append(f"  subgraph beside [{_quoted(say('h.overview.beside', lang))}]")
        lines += [f"    {node[step.id]}[{_label(step, speech)}]" for step in beside]
        lines.append("  end")
        lines += [f"  {node[name]} -.- {node[step.id]}" for step in beside for name in _tied(step) if name in node]
    return "\n".join(lines) + "\n"


def _label(step: Step, speech: Speech) -> str:
    condition = f"<br/>({_escaped(say('h.overview.maybe', speech.lang))}: {_escaped(speech.conditions(step.when))})" if step.when else ""
    return f'"{_escaped(step.name)}{condition}"'


def _tied(step: Step) -> tuple[str, ...]:
    point = step.begins
    found = step.alongside or (point.step if point else None) or (point.anchor if point and point.anchor in ("admission", "exit") else None)
    return (found,) if found else ()


def _results(step: Step, node: Mapping[str, str], speech: Speech) -> Iterator[str]:
    for result, action in step.on_result.items():
        target = _target(step, action)
        if target in node:
            yield f"{node[step.id]} -. {_quoted(code('result', result, speech.lang))} .-> {node[target]}"


def _target(step: Step, action: Action) -> str:
    return {"goto": action.target or "", "retry": step.id, "end": "exit"}.get(action.kind, "")


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
