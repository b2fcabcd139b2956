"""YAML text -> nested data with positions. The only reader of YAML: every scalar stays text, and nothing is guessed."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized

from definitions.composed import ORDINARY, composed
from definitions.composing import Composer
from definitions.diagnostics import Diagnostic, Span, finding
from definitions.nodes import Source

if TYPE_CHECKING:
    from pathlib import Path

    from definitions.nodes import Map

MAX_BYTES: Final = 2_000_000
_A_BIT: Final = 65_536
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Control characters, lone surrogates, and marks that make text look like other text.
_REFUSED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def read_path(path: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a regular file of at most 2 MB in UTF-8, or what is wrong with it."""
    name = str(path)
    try:
        data = _bytes(path)
    except OSError as error:
        return None, (finding("JS001", Span(name, 1, 1, 1), {"reason": error.strerror or type(error).__name__}),)
    if data is None:
        return None, (finding("JS002", Span(name, 1, 1, 1), {}),)
    return decoded(data, name)


def _bytes(path: Path) -> bytes | None:
    # Non-blocking, because opening a FIFO would otherwise wait for somebody to write.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        data = b""
        while len(data) <= MAX_BYTES and (more := os.read(handle, min(_A_BIT, MAX_BYTES + 1 - len(data)))):
            data += more
        return data
    finally:
        os.close(handle)


def decoded(data: bytes, name: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Bytes as text, or where they stop being UTF-8."""
    if len(data) > MAX_BYTES:
        return None, (finding("JS003", Span(name, 1, 1, 1), {}),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        before = _BREAKS.sub("\n", data[: error.start].decode("utf-8")).split("\n")
        code = "JS005" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "JS004"
        return None, (finding(code, Span(name, len(before), len(before[-1]) + 1, len(before[-1]) + 2), {}),)


def tidied(text: str) -> str:
    """The text without a byte order mark and with one kind of line end, so that columns and meaning are the same in all."""
    return text if ORDINARY.fullmatch(text) else _BREAKS.sub("\n", text.removeprefix("\ufeff"))


def read_text(text: str, name: str) -> tuple[Map | None, tuple[Diagnostic, ...]]:
    """The mapping at the top of a tidied text, and everything that is wrong with its YAML."""
    if len(text) > MAX_BYTES:
        return None, (finding("JS003", Span(name, 1, 1, 1), {}),)
    if ORDINARY.fullmatch(text) and (found := composed(Source(name, text, tidy=True))) is not None:
        return found, ()
    if (refused := _REFUSED.search(text)) is not None:
        return None, (_refused(text, name, refused.start()),)
    composer = Composer(Source(name, text, tidy=is_normalized("NFC", text)))
    root = composer.document()
    if not composer.source.tidy:
        composer.findings.append(_in_two_parts(text, name))
    return root, tuple(composer.findings)


def _in_two_parts(text: str, name: str) -> Diagnostic:
    lines = text.split("\n")
    number = next((n for n, line in enumerate(lines) if not is_normalized("NFC", line)), 0)
    col = next((n for n in range(len(lines[number])) if not is_normalized("NFC", lines[number][: n + 1])), 1)
    return finding("JS021", Span(name, number + 1, max(col, 1), col + 2), {})


def _refused(text: str, name: str, at: int) -> Diagnostic:
    line = text.count("\n", 0, at) + 1
    col = at - text.rfind("\n", 0, at)
    return finding("JS006", Span(name, line, col, col + 1), {"character": f"U+{ord(text[at]):04X}"})
