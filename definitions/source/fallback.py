"""Reading a text that is out of the ordinary or wrong: cleaned, read event by event, and without the parts that are not YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, is_normalized

from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Span, finding
from definitions.source.nodes import Read, SourceText
from definitions.source.sanitizer import SUSPECT, clean
from definitions.source.strict_composer import Composer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Back = Callable[[Span], Span]


def read_unusual(text: str, name: str) -> Read:
    r"""Read a text whose lines end in `\n`, and record everything that is wrong with it."""
    if SUSPECT.search(text) is None:
        return _read(text, name)
    patch, found = clean(text, name)
    if len(found) >= MAX_FINDINGS:
        return Read(None, tuple(found))
    read = _read(patch.text(), name, patch.back)
    return Read(read.root, (*found, *read.findings), read.lost)


def _read(text: str, name: str, back: Back | None = None) -> Read:
    source = SourceText(name, text, is_normalized("NFC", text), back)
    composer = Composer(source)
    root = composer.document()
    if composer.error is not None:
        from definitions.source.recovery import read_broken  # noqa: PLC0415 - only for what is broken

        read = read_broken(source, composer.error)
        return read._replace(findings=(*read.findings, *_in_two_parts(source)))
    return Read(root, (*composer.findings, *_in_two_parts(source)), tuple(composer.lost))


def _in_two_parts(source: SourceText) -> Iterator[Diagnostic]:
    """Warn at the first letter that is written in two parts (NFD)."""
    if source.tidy:
        return
    lines = source.text.split("\n")
    number = next((n for n, line in enumerate(lines) if not is_normalized("NFC", line)), 0)
    line = lines[number]
    at = next((n for n in range(len(line)) if not is_normalized("NFC", line[: n + 1])), 0)
    joined = at > 0 and combining(line[at]) > 0
    yield finding(findings.DECOMPOSED_LETTERS, source.at(number, at - joined, 1 + joined), {})
