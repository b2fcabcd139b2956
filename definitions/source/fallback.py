"""A text that is out of the ordinary or wrong: cleaned, read event by event, and mended where it is not YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, is_normalized

from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Span, finding
from definitions.source.nodes import Source
from definitions.source.reader import Read
from definitions.source.sanitizer import SUSPECT, cleaned
from definitions.source.strict_composer import Composer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.source.recovery import Fault

    Back = Callable[[Span], Span]


def read_unusual(text: str, name: str) -> Read:
    """What a tidied text holds, and everything that is wrong with it."""
    if SUSPECT.search(text) is None:
        return _read(text, name)
    patch, found = cleaned(text, name)
    if len(found) >= MAX_FINDINGS:
        return Read(None, tuple(found))
    read = _read(patch.text(), name, patch.back)
    return Read(read.root, (*found, *read.findings), read.lost)


def _read(text: str, name: str, back: Back | None = None) -> Read:
    source = Source(name, text, is_normalized("NFC", text), back)
    composer = Composer(source)
    root = composer.document()
    if composer.broken is not None:
        return _mended(source, composer.broken)
    return Read(root, (*composer.findings, *_in_two_parts(source)), tuple(composer.lost))


def _in_two_parts(source: Source) -> Iterator[Diagnostic]:
    """A warning at the first letter that is written in two parts (NFD)."""
    if source.tidy:
        return
    lines = source.text.split("\n")
    number = next((n for n, line in enumerate(lines) if not is_normalized("NFC", line)), 0)
    line = lines[number]
    at = next((n for n in range(len(line)) if not is_normalized("NFC", line[: n + 1])), 0)
    joined = at > 0 and combining(line[at]) > 0
    yield finding(findings.DECOMPOSED_LETTERS, source.at(number, at - joined, 1 + joined), {})


def _mended(source: Source, broken: Span) -> Read:
    """Everything that keeps a text from being YAML, and what it holds with that mended."""
    from definitions.source.recovery_block import mend  # noqa: PLC0415 - only for what is broken

    faults, patch = mend(source.text)
    found = [_told(fault, source) for fault in faults]
    # What stops the reader stands where it stops or before; what was found after it is something else.
    if all((one.span.line, one.span.col) > (broken.line, broken.col) for one in found):
        return Read(None, (finding(findings.INVALID_YAML, broken, {}), *found))
    changed = patch.text()
    back: Back = patch.back if source.back is None else _after(patch.back, source.back)
    composer = Composer(Source(source.name, changed, is_normalized("NFC", changed), back))
    root = composer.document()
    lost = (*patch.lost, *composer.lost)
    return Read(None, tuple(found), lost) if composer.broken else Read(root, (*found, *composer.findings, *_in_two_parts(source)), lost)


def _after(first: Back, then: Back) -> Back:
    return lambda span: then(first(span))


def _told(fault: Fault, source: Source) -> Diagnostic:
    related = () if fault.related is None else (source.at(*fault.related, 1),)
    return finding(fault.code, source.at(fault.line, fault.col, fault.width), fault.values, related)
