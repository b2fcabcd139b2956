"""Characters that may not stand in a file, or that came in by mistake when text was pasted or saved: found, and taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.diagnostics import Diagnostic, Span, finding
from definitions.patching import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 100
# Control characters, lone surrogates, and marks that make text look like other text.
_REFUSED: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
_HARD: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
# The letters of UTF-8 as Windows-1252 shows their two bytes.
_BROKEN: Final = {letter.encode().decode("cp1252"): letter for letter in "åäöÅÄÖéÉüÜ"}
SUSPECT: Final = re.compile(f"[{_REFUSED}{_HARD}]|Ã")
_CHARACTER: Final = re.compile(f"[{_REFUSED}]")
# Where YAML counts spaces: before the first word of a line, and after a dash, a colon or a comma.
_SPACE: Final = re.compile(f"^[ \t]*(?:- *)*[{_HARD}][ {_HARD}]*|(?<=[:,]) ?[{_HARD}][ {_HARD}]*")
_LETTERS: Final = re.compile("|".join(_BROKEN))


def cleaned(text: str, name: str) -> tuple[Patch, list[Diagnostic]]:
    """What is found of such characters, and the text without them."""
    patch = Patch(text.split("\n"))
    found: list[Diagnostic] = []
    told: set[str] = set()
    for number, line in enumerate(patch.lines):
        for one, at, width, put in _of_line(line):
            span = Span(name, number + 1, at + 1, at + 1 + width)
            if one[0] == "JS006" or one[0] not in told:
                found.append(finding(one[0], span, one[1]))
                told.add(one[0])
            patch.edit(number, at, width, put)
            if len(found) >= MOST:
                return patch, found
    return patch, found


def _of_line(line: str) -> Iterator[tuple[tuple[str, dict[str, str]], int, int, str]]:
    """The code and its values, the place, and what stands there instead."""
    if SUSPECT.search(line) is None:
        return
    for match in _CHARACTER.finditer(line):
        yield ("JS006", {"character": f"U+{ord(match[0]):04X}"}), match.start(), 1, ""
    for match in _SPACE.finditer(line):
        for at in range(match.start(), match.end()):
            if line[at] not in " \t-":
                yield ("JS083", {"character": f"U+{ord(line[at]):04X}"}), at, 1, " "
    for match in _LETTERS.finditer(line):
        yield ("JS027", {"found": match[0], "meant": _BROKEN[match[0]]}), match.start(), 2, _BROKEN[match[0]]
