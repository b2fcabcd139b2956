"""Reads a file of tests: the track that it tests, the tracks that form one unit with it, and the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.loading.catalogue import transfer_targets
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.parsing.fields import fields, ident
from definitions.scenarios.case_parser import parse_cases
from definitions.scenarios.model import Suite, TrackSource
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.loading.catalogue import TrackLibrary
    from definitions.loading.document import ParsedFile
    from definitions.model.track import Track
    from definitions.parsing.fields import Page
    from definitions.source.nodes import Node


def parse_suite(parsed: ParsedFile, page: Page, shelf: TrackLibrary) -> Suite | None:
    """Read the tests of a file, as far as they can be read.

    Args:
        parsed: The file.
        page: Collects everything wrong.
        shelf: Where the tested tracks are found.

    Returns:
        The tests; None where the tested track is not named or cannot be had.

    """
    found = fields(page, parsed.root, "test file", required=("test", "cases")) if parsed.root else None
    name = found.read("test", ident, None) if found else None
    if found is None or name is None:
        return None
    unit = _unit(parsed, page, shelf, name, found.values["test"])
    if unit is None:
        return None
    read = parse_cases(page, found.values["cases"], tuple(written.track for written in unit)) if "cases" in found else ()
    return Suite(name, page.lang, read, unit)


def _unit(parsed: ParsedFile, page: Page, shelf: TrackLibrary, name: str, node: Node) -> tuple[TrackSource, ...] | None:
    """Find the track that is tested, and then those that form one unit with it; None after a finding."""
    leads = shelf.leads(parsed.path)
    if name not in leads and name not in shelf.in_force:
        known = [*leads, *shelf.in_force]
        page.found(findings.UNKNOWN_TESTED_TRACK, node.span, found=name, known=v.listed(known), suggestion=nearest(name, known) or "")
        return None
    unit = []
    for one in _unit_of(name, leads, shelf.in_force):
        file = shelf.find(one, parsed.path)
        track = shelf.base(file) if file else shelf.in_force[one]
        if track is not None:
            unit.append(_source_of(file, track, shelf) if file else TrackSource(track))
        elif one == name and file:
            top = file.top("track")
            page.found(findings.FAULTY_TESTED_TRACK, node.span, *([top.span] if top else []), found=name, path=file.path)
            return None
    return tuple(unit)


def _source_of(file: ParsedFile, track: Track, shelf: TrackLibrary) -> TrackSource:
    base = file.word("based_on")
    files = [one for one in (file, shelf.find(base, file.path) if base else None) if one]
    return TrackSource(track, tuple(one.root for one in files if one.root), {one.path: one.text for one in files})


def _unit_of(name: str, leads: Mapping[str, frozenset[str]], in_force: Mapping[str, Track]) -> list[str]:
    """List the tracks that transfer to each other, the tested one first; those in force only where no file has them."""
    found = [name]
    # The list grows while it is walked: each track that is found may lead to others.
    for here in found:
        to = leads[here] if here in leads else transfer_targets(in_force[here])
        near = [other for other in leads if other in to or here in leads[other]]
        found += [other for other in (*near, *sorted(to - leads.keys())) if other not in found and (other in leads or other in in_force)]
    return found
