"""Letters of other scripts that look like Latin ones: a word with such a letter is never the word that it seems to be."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from definitions.source import findings
from definitions.source.diagnostics import Diagnostic, Span, finding

# A key or id typed on another keyboard looks right and is found nowhere; the letters below are those that cannot be told apart.
_CYRILLIC: Final = dict(zip("аеорсухіјѕԁһАВЕЗКМНОРСТХІЈЅ", "aeopcyxijsdhABE3KMHOPCTXIJS", strict=True))  # noqa: RUF001 - they are what is looked for
_GREEK: Final = dict(zip("οαινρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oaivpuABEZHIKMNOPTYX", strict=True))  # noqa: RUF001 - the same
_WIDE: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
LATIN: Final = {**_CYRILLIC, **_GREEK, **_WIDE}
_TABLE: Final = str.maketrans(LATIN)


def latinized(text: str) -> str:
    """Write a text with the Latin letters that it seems to be written with."""
    return text.translate(_TABLE)


def find_lookalike(word: str) -> int | None:
    """Find where the first letter stands that only looks Latin, if there is one."""
    return None if word.isascii() else next((n for n, letter in enumerate(word) if letter in LATIN), None)


def reveal_lookalike(found: Diagnostic) -> Diagnostic:
    """Give the finding, or where its word holds a letter that only looks Latin, a finding of that instead."""
    values = dict(found.values)
    word = values.get("found") or values.get("key") or ""
    at = find_lookalike(word)
    # A key given twice is about its other place, and a finding of such a letter has been told already.
    if at is None or found.code in (findings.DUPLICATE_KEY, findings.LOOKALIKE_LETTER):
        return found
    span = found.span
    if span.end_col - span.col == len(word):
        span = replace(span, col=span.col + at, end_col=span.col + at + 1)
    return lookalike_finding(word, at, span)


def lookalike_finding(word: str, at: int, span: Span) -> Diagnostic:
    """Build the finding of such a letter.

    Args:
        word: The word that holds it.
        at: Where in the word it stands, from 0.
        span: The place of the letter or of its word.

    Returns:
        The finding, with the word that it seems to be.

    """
    letter = word[at]
    values = {"found": word, "letter": letter, "code": f"U+{ord(letter):04X}", "latin": LATIN[letter], "meant": latinized(word)}
    return finding(findings.LOOKALIKE_LETTER, span, values)
