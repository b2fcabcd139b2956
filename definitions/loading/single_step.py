"""Loads one further step for a track that exists: read as a step of that track, with every finding that concerns it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from definitions.checks.track import CHECKS
from definitions.checks.violation import Violation, locate
from definitions.conditions.type_checker import Scope
from definitions.loading.consequential_findings import in_order
from definitions.loading.document import parse_text
from definitions.parsing.fields import Full, Page
from definitions.parsing.steps import outline, step, step_id
from definitions.source.diagnostics import Severity
from definitions.source.findings import DUPLICATE_ID
from definitions.source.nodes import List, Map, Piece, Scalar
from definitions.source.reader import read_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from definitions.model import vocabulary as v
    from definitions.model.track import Step, Track
    from definitions.source.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class LoadedStep:
    """What came of a text: a step, or what is wrong with it; in the shape in which findings are shown."""

    path: str
    step: Step | None
    diagnostics: tuple[Diagnostic, ...]
    text: str
    track: None = None
    indicator: None = None


def load_step_file(path: Path, track: Track, lang: v.Lang, name: str) -> LoadedStep:
    """Load a step from a file; see `load_step`.

    Args:
        path: The file.
        track: The track that the step joins.
        lang: The author's language, where the text does not tell.
        name: The id of the step, where the text gives none.

    """
    text, findings = read_path(path)
    if text is None:
        return LoadedStep(str(path), None, findings, "")
    return load_step(text, str(path), track, lang, name, findings)


def load_step(text: str, path: str, track: Track, lang: v.Lang, name: str, findings: tuple[Diagnostic, ...] = ()) -> LoadedStep:
    """Load the step that a text describes; never raises for what the author wrote.

    Args:
        text: The YAML of one step, alone or as the only one under `steps`.
        path: The path that findings show.
        track: The track that the step joins.
        lang: The author's language, where the text does not tell.
        name: The id of the step, where the text gives none.
        findings: What was found already, when the file was decoded.

    """
    parsed = parse_text(text, path, lang, findings)
    page = Page(path, parsed.lang)
    page.findings.extend(parsed.findings)
    found = None
    with suppress(Full):
        if parsed.root is not None:
            found = _read(page, _with_id(_find_step(parsed.root), name), track)
    told = in_order(page.findings)
    refused = any(one.severity is Severity.ERROR for one in told)
    return LoadedStep(path, None if refused else found, told, parsed.text)


def _find_step(root: Map) -> Map:
    """Find the step itself, also where it is the only one in a list under `steps`, as in a track."""
    if len(root.pairs) == 1:
        key, value = root.pairs[0]
        if key.text in ("steg", "steps") and isinstance(value, List) and len(value.items) == 1 and isinstance(value.items[0], Map):
            return value.items[0]
    return root


def _with_id(node: Map, name: str) -> Map:
    """Give a step an id, where it has none."""
    if step_id(node) is not None:
        return node
    return replace(node, pairs=[(_made_up_word("id", node), _made_up_word(name, node)), *node.pairs])


def _made_up_word(text: str, at: Map) -> Scalar:
    """Make a word that stands in no file; findings about it point to where the step begins."""
    return Scalar(text, Piece(text, '"', at.start, at.start), at.source)


def _read(page: Page, node: Map, track: Track) -> Step | None:
    steps = {one.id: one.known_results for one in track.steps}
    scope = Scope(track.facts, {**steps, **outline(page, [node], {})}, frozenset(one.id for one in track.employers) or None, page.lang)
    new = step(page, node, scope, {})
    if new is None:
        return None
    if new.id in steps:
        page.found(DUPLICATE_ID, node.span, id=new.id)
        return None
    root = replace(node, pairs=[(_made_up_word("steps", node), List([node], node.start, node.end, node.source))])
    for remark in _new_remarks(replace(track, key_language=page.lang), new):
        page.found(remark.code, locate(root, remark, node.span), **remark.values)
    return new


def _new_remarks(track: Track, new: Step) -> Iterator[Violation]:
    """List what the checks say of the track with the step and did not say without it."""
    before = {(remark.code, remark.at) for check in CHECKS for remark in check(track)}
    for check in CHECKS:
        for remark in check(replace(track, steps=(*track.steps, new))):
            if (remark.code, remark.at) not in before:
                yield remark
