"""Loads a path or a text: a track comes out, or everything that is wrong with it. Never raises for what the author wrote."""

from __future__ import annotations

import gc
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from definitions.checks.track import CHECKS
from definitions.checks.violation import Violation, locate
from definitions.conditions.type_checker import Scope
from definitions.loading.catalogue import TrackLibrary
from definitions.loading.consequential_findings import ABSENT, NAMING, follows_from_unreadable, in_order, select_findings
from definitions.loading.document import ParsedFile, files_of, parse_file, parse_text
from definitions.loading.suite import parse_suite
from definitions.model.spelling import nearest
from definitions.parsing.fields import Full, Page, Silent
from definitions.parsing.goals import indicator
from definitions.parsing.track import build
from definitions.progress import SILENT, Stage, WorkProgress
from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Severity, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from definitions.model import vocabulary as v
    from definitions.model.track import Fact, Indicator, Track
    from definitions.scenarios.model import Suite
    from definitions.source.nodes import Map

SHIPPED: Final = Path(__file__).parents[1] / "indicators"
_NOTHING: Final[Mapping[str, Track]] = MappingProxyType({})
_UNCHANGED: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one file: a track, an indicator, or a track's own tests, with its id; or none of them, and why.

    `text` is what excerpts are cut from.
    """

    path: str
    track: Track | None = None
    indicator: Indicator | None = None
    suite: Suite | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    text: str = ""
    id: str | None = None


def load_text(text: str, path: str = "<text>", lang: v.Lang = "sv", around: Mapping[str, Track] = _NOTHING) -> Loaded:
    """Load the track, indicator or tests of a text.

    Args:
        text: The YAML.
        path: The path that findings show.
        lang: The author's language, where the text does not tell.
        around: The tracks that the text may name, by id.

    """
    parsed = parse_text(text, path, lang)
    shelf = new_library(around, folders=False)
    shelf.put(parsed.path, parsed.name, lambda: parsed)
    return interpret(parsed, shelf)


def new_library(in_force: Mapping[str, Track], *, folders: bool = True) -> TrackLibrary:
    """Build a library without files yet."""
    return TrackLibrary(in_force, shipped_indicators(), _read_silently, _measure, folders)


def load_paths(
    paths: Iterable[Path | str],
    in_force: Mapping[str, Track] = _NOTHING,
    instead: Mapping[str, str] = _UNCHANGED,
    *,
    tests: bool = False,
    progress: WorkProgress = SILENT,
) -> list[Loaded]:
    """Load the files and folders given, which may name each other and what is in force.

    Args:
        paths: Files and folders; a file of tests that is named itself is always read.
        in_force: The tracks in the database, by id.
        instead: Texts to read in place of what stands in files, by path.
        tests: Whether to read the files of tests in folders too.
        progress: Is told how many files have been read.

    Returns:
        One result a file, and one for each folder in which nothing was found.

    """
    given = [Path(path) for path in paths]
    shelf = new_library(in_force)
    files = list(files_of(given, tests=tests))
    found: list[ParsedFile | Loaded] = []
    with without_garbage_collection():
        for path in progress.each(files, Stage.CHECKING_FILES, len(files)):
            read = partial(parse_text, instead[str(path)], str(path), "sv") if str(path) in instead else partial(parse_file, path)
            parsed = read()
            # One that names others waits for them; one that does not is not kept, and is read again where it is named after all.
            waits = parsed.names_others(shelf.shipped)
            shelf.put(parsed.path, parsed.name, partial(_as_it_is, parsed) if waits else read)
            found.append(parsed if waits else interpret(parsed, shelf))
        loaded = [interpret(one, shelf) if isinstance(one, ParsedFile) else one for one in found]
    return [*loaded, *report_empty_folders(given, [one.path for one in loaded])]


def _as_it_is(parsed: ParsedFile) -> ParsedFile:
    return parsed


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off for a while.

    Reading makes no reference cycles, and looking for some among a thousand tracks costs more than half of reading them.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            if gc.get_freeze_count() == 0:
                gc.freeze()
                gc.unfreeze()  # all that was made is old now; it would be looked through at once otherwise
            gc.enable()


@lru_cache(maxsize=1)
def shipped_indicators() -> Mapping[str, Indicator]:
    """Read the ready measures that come with the package."""
    found = [_measure(parse_file(path)) for path in sorted(SHIPPED.glob("*.yaml"))]
    return MappingProxyType({ready.id: ready for ready in found if ready})


def report_empty_folders(paths: Iterable[Path], files: Iterable[str]) -> Iterator[Loaded]:
    """Report each folder in which nothing was found."""
    read = [Path(file) for file in files]
    for path in paths:
        if path.is_dir() and not any(file.is_relative_to(path) for file in read):
            yield Loaded(str(path), diagnostics=(finding(findings.NO_TRACKS_IN_FOLDER, Span(str(path), 1, 1, 1), {}),))


class _Trusting(dict[str, "Fact | None"]):
    """Facts that exist whatever they are called: an indicator's facts are known only where a track uses it."""

    def __contains__(self, name: object) -> bool:
        return True


def _measure(parsed: ParsedFile) -> Indicator | None:
    return _read_indicator(parsed, Silent(parsed.path, parsed.lang))


def _read_indicator(parsed: ParsedFile, page: Page) -> Indicator | None:
    return indicator(page, parsed.root, Scope(_Trusting(), lang=parsed.lang, counting=True)) if parsed.root else None


def _read_silently(parsed: ParsedFile, shelf: TrackLibrary) -> Track | None:
    """Read the track of another file, whose faults are reported where that file is checked; a warning is none."""
    page = Page(parsed.path, parsed.lang)
    try:
        track = _read_track(parsed, page, shelf)
    except Full:
        return None
    return None if any(one.severity is Severity.ERROR for one in (*page.findings, *parsed.findings)) else track


def interpret(parsed: ParsedFile, shelf: TrackLibrary) -> Loaded:
    """Read what a parsed file means, beside the other files of a library, and collect everything wrong with it."""
    page = Page(parsed.path, parsed.lang)
    page.findings.extend(parsed.findings)
    track, ready, suite = None, None, None
    with suppress(Full):
        if (first := shelf.earlier(parsed) if parsed.root else None) is not None:
            kind = "indicator" if parsed.is_indicator else "track"
            page.found(findings.ID_OF_ANOTHER_FILE, _span(parsed, kind), first, id=parsed.word(kind) or "", path=first.path)
        if parsed.is_suite:
            suite = parse_suite(parsed, page, shelf)
        elif parsed.is_indicator:
            ready = _own_indicator(parsed, page, shelf)
        else:
            track = _read_track(parsed, page, shelf)
            _report_left_behind(track, parsed, page, shelf)
    # A part that is read more than once, as the steps of a variant are, gives equal findings; one is shown.
    found = in_order(select_findings(page, parsed))
    # A track with an error is not handed on, so that nothing can be put in force, tested or based on it.
    if any(d.severity is Severity.ERROR for d in found):
        return Loaded(parsed.path, diagnostics=found, text=parsed.text)
    name = track.track if track else ready.id if ready else suite.track if suite else None
    return Loaded(parsed.path, track, ready, suite, found, parsed.text, name)


def _span(parsed: ParsedFile, key: str) -> Span:
    node = parsed.top(key) or parsed.root
    return node.span if node else Span(parsed.path, 1, 1, 1)


def _own_indicator(parsed: ParsedFile, page: Page, shelf: TrackLibrary) -> Indicator | None:
    ready = _read_indicator(parsed, page)
    # The shipped files may be checked too; their own ids are not taken from anybody.
    if ready and ready.id in shelf.shipped and Path(parsed.path).parent.resolve() != SHIPPED.resolve():
        page.found(findings.ID_OF_A_READY_INDICATOR, _span(parsed, "indicator"), id=ready.id)
    return ready


def _read_track(parsed: ParsedFile, page: Page, shelf: TrackLibrary) -> Track | None:
    if parsed.root is None:
        return None
    if not parsed.is_track:
        if parsed.lost:
            return None
        keys = {"track": page.key("track"), "indicator": page.key("indicator")}
        page.found(findings.NEITHER_TRACK_NOR_INDICATOR, parsed.root.span, **keys)
        return None
    base = _base(parsed, page, shelf)
    if base is None and parsed.top("based_on") is not None:
        _report_variant_alone(parsed, page)
        return None
    track = build(page, parsed.root, base, shelf.indicators(parsed.indicators(), parsed.path))
    # A check asks about the track as a whole, which is not at hand where a part of it could not be read.
    if track is not None and not parsed.lost:
        unreadable = any(one.severity is Severity.ERROR for one in page.findings)
        otherwise = _span(parsed, "based_on" if base else "track")
        # A file made by a program may break one rule ten thousand times; nobody reads more than the first hundred.
        for violation in islice(_violations(track, shelf, parsed.path), MAX_FINDINGS):
            if not (unreadable and follows_from_unreadable(violation, parsed)):
                page.found(violation.code, locate(parsed.root, violation, otherwise), **violation.values)
    return track


def _report_variant_alone(parsed: ParsedFile, page: Page) -> None:
    """Report what is wrong with a variant whose base cannot be had: all but what it names or lacks."""
    page_of_its_own = Page(parsed.path, parsed.lang)
    with suppress(Full):
        build(page_of_its_own, cast("Map", parsed.root), None, {})
    for found in page_of_its_own.findings:
        if found.code not in NAMING | ABSENT:
            page.add(found)


def _base(parsed: ParsedFile, page: Page, shelf: TrackLibrary) -> Track | None:
    """Find the track that this one changes, if it is based on one (rule R52: one level)."""
    if parsed.top("based_on") is None:
        return None
    name = parsed.word("based_on")
    if name is None:
        page.found(findings.SINGLE_VALUE_EXPECTED, _span(parsed, "based_on"))
        return None
    file = shelf.find(name, parsed.path)
    if file is None and name not in shelf.in_force:
        page.found(
            findings.UNKNOWN_BASE, _span(parsed, "based_on"), found=name, suggestion=_nearest_track(name, shelf, parsed.word("track"))
        )
        return None
    if file is None:
        return shelf.in_force[name]
    if file.top("based_on") is not None:
        page.found(findings.BASE_WITH_A_BASE, _span(parsed, "based_on"), _span(file, "based_on"), found=name)
        return None
    base = shelf.base(file)
    if base is None:
        page.found(findings.FAULTY_BASE, _span(parsed, "based_on"), _span(file, "track"), found=name, path=file.path)
    return base


def _nearest_track(name: str, shelf: TrackLibrary, own: str | None) -> str:
    """Find the nearest other track."""
    return nearest(name, [known for known in shelf.tracks if known != own]) or ""


def _violations(track: Track, shelf: TrackLibrary, path: str) -> Iterator[Violation]:
    for check in CHECKS:
        yield from check(track)
    for name, transfer in track.transfers.items():
        if transfer.local and (transfer.to == track.track or not shelf.knows(transfer.to, path)):
            code = findings.TRANSFER_TO_ITSELF if transfer.to == track.track else findings.UNKNOWN_TRACK
            values = {
                "found": transfer.to,
                "suggestion": _nearest_track(transfer.to, shelf, track.track) if code == findings.UNKNOWN_TRACK else "",
            }
            yield Violation(code, ("transfers", name, "to"), values)


def _report_left_behind(track: Track | None, parsed: ParsedFile, page: Page, shelf: TrackLibrary) -> None:
    """Report what is to go along in a transfer and cannot (R46): the other track has no fact of that name and type.

    Asked of the file that is checked only, because tracks may hand over to each other.
    """
    if track is None or parsed.root is None:
        return
    for name, transfer in track.transfers.items():
        if not (transfer.carries and transfer.local) or transfer.to == track.track:
            continue
        file = shelf.find(transfer.to, parsed.path)
        there = shelf.base(file) if file else shelf.in_force.get(transfer.to)
        if there is None:
            continue
        for fact in transfer.carries:
            here, other = track.facts.get(fact), there.facts.get(fact)
            if here and not (other and other.type == here.type):
                at = Violation(findings.CARRIED_FACT_LEFT, ("transfers", name, "carries", fact))
                page.found(at.code, locate(parsed.root, at, _span(parsed, "track")), found=fact, track=transfer.to)
