"""Characters that may not stand in a file, or that came in by mistake when text was pasted or saved: recorded, and taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining

from definitions.source import findings
from definitions.source.diagnostics import Diagnostic, Span, finding
from definitions.source.text_patch import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST: Final = 100
MOST_CHANGED: Final = 5_000
MOST_MARKS: Final = 30
# Control characters, lone surrogates, and marks that make text look like other text.
_REFUSED: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
_HARD: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
# The letters of UTF-8 as Windows-1252 shows their two bytes.
_BROKEN: Final = {letter.encode().decode("cp1252"): letter for letter in "åäöÅÄÖéÉüÜ"}
_PILE: Final = f"[^\\x00-\u02ff\u2010-\u2027]{{{MOST_MARKS},}}"
SUSPECT: Final = re.compile(f"[{_REFUSED}{_HARD}]|Ã|{_PILE}")
_LONG: Final = re.compile(_PILE)
_HARDS: Final = re.compile(f"[{_HARD}]")
_HARD_SIGNS: Final = frozenset("\u00a0\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))
_CHARACTER: Final = re.compile(f"[{_REFUSED}]")
# Where YAML counts spaces: before the first word of a line, and after a dash, a colon or a comma.
_SPACE: Final = re.compile(f"^[ \t]*(?:- *)*[{_HARD}][ {_HARD}]*|(?<=[:,]) ?[{_HARD}][ {_HARD}]*")
_LETTERS: Final = re.compile("|".join(_BROKEN))


def clean(text: str, name: str) -> tuple[Patch, list[Diagnostic]]:
    """Record such characters, and take them out of the text; each kind but control characters is told once."""
    patch = Patch(text.split("\n"))
    found: list[Diagnostic] = []
    told: set[str] = set()
    for count, (number, one) in enumerate(_all(patch.lines)):
        if one.code == findings.CONTROL_CHARACTER or one.code not in told:
            width = 1 if one.code == findings.NON_BREAKING_SPACE else one.width
            found.append(finding(one.code, Span(name, number + 1, one.at + 1, one.at + 1 + width), one.values))
            told.add(one.code)
        patch.edit(number, one.at, one.width, one.put)
        if len(found) >= MOST or count >= MOST_CHANGED:
            break
    return patch, found


class _Strange(NamedTuple):
    """A strange character: the code and values of its finding, where it stands on its line, and what is read there instead."""

    code: str
    values: dict[str, str]
    at: int
    width: int
    put: str


def _all(lines: Sequence[str]) -> Iterator[tuple[int, _Strange]]:
    for number, line in enumerate(lines):
        if SUSPECT.search(line) is not None:
            yield from ((number, one) for one in _of_line(line))


def _of_line(line: str) -> Iterator[_Strange]:
    for match in _CHARACTER.finditer(line):
        yield _Strange(findings.CONTROL_CHARACTER, {"character": f"U+{ord(match[0]):04X}"}, match.start(), 1, "")
    for match in _LONG.finditer(line):
        if (at := _pile(match[0])) is not None:
            mark = {"character": f"U+{ord(match[0][at]):04X}"}
            yield _Strange(findings.CONTROL_CHARACTER, mark, match.start() + at, len(match[0]) - at, "")
    for match in _SPACE.finditer(line):
        hard = next(sign for sign in match[0] if sign in _HARD_SIGNS)
        at = match.start() + match[0].index(hard)
        put = _HARDS.sub(" ", match[0][match[0].index(hard) :])
        yield _Strange(findings.NON_BREAKING_SPACE, {"character": f"U+{ord(hard):04X}"}, at, len(put), put)
    for match in _LETTERS.finditer(line):
        yield _Strange(findings.MISREAD_LETTER, {"found": match[0], "meant": _BROKEN[match[0]]}, match.start(), 2, _BROKEN[match[0]])


def _pile(text: str) -> int | None:
    """Find where more marks stand on one letter than any language has; putting them in order would take for ever."""
    run = 0
    for at, sign in enumerate(text):
        run = run + 1 if combining(sign) else 0
        if run > MOST_MARKS:
            return at
    return None
