"""YAML text -> nested data with positions. The only reader of YAML: every scalar stays text, and nothing is guessed."""

from __future__ import annotations

import codecs
import os
import re
import stat
from errno import errorcode
from itertools import islice
from typing import TYPE_CHECKING, Final

from definitions.model.personal_numbers import masked, number_spans
from definitions.source import findings
from definitions.source.diagnostics import MAX_FINDINGS, Diagnostic, Span, finding
from definitions.source.fast_composer import ORDINARY, compose
from definitions.source.nodes import Read, SourceText
from definitions.systems import READING

if TYPE_CHECKING:
    from pathlib import Path


# A track is a few kilobytes; beyond this the file is something else, and is not worth the time that checking it would take.
MAX_BYTES: Final = 2_000_000
_A_PART: Final = 65_536
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
# How files begin that a word processor, a spreadsheet or an archive has made.
_NO_TEXT: Final = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format")
# A text has hardly a control character in so many bytes from its start.
_START: Final = 1_000
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# With so many bytes that are not UTF-8 the whole file is not.
_SOME: Final = 1_000
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def read_path(path: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Read the text of a regular file of at most 2 MB in UTF-8, or record what is wrong with it."""
    name = str(path)
    try:
        data = _bytes(path)
    except OSError as error:
        return None, (_unreadable(error, Span(name, 1, 1, 1)),)
    if data is None:
        return None, (finding(findings.NOT_A_REGULAR_FILE, Span(name, 1, 1, 1), {}),)
    return decode(data, name)


def _unreadable(error: OSError, span: Span) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return finding(findings.NO_SUCH_FILE, span, {})
    if isinstance(error, PermissionError):
        return finding(findings.NO_PERMISSION, span, {})
    return finding(findings.UNREADABLE_FILE, span, {"reason": errorcode.get(error.errno or 0, type(error).__name__)})


def _bytes(path: Path) -> bytes | None:
    handle = os.open(path, READING)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        # In parts, because a buffer of the greatest size would be made anew for each file.
        data = b""
        while len(data) <= MAX_BYTES and (more := os.read(handle, min(_A_PART, MAX_BYTES + 1 - len(data)))):
            data += more
        return data
    finally:
        os.close(handle)


def decode(data: bytes, name: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode bytes as text. What is not UTF-8 is recorded, and read as what it most likely is, so that the rest can be read too."""
    if len(data) > MAX_BYTES:
        return None, (finding(findings.FILE_TOO_LARGE, Span(name, 1, 1, 1), {}),)
    if (wide := _wide(data)) is not None:
        return data.decode(wide, "replace"), (finding(findings.UTF16, Span(name, 1, 1, 2), {}),)
    if data.startswith(_NO_TEXT) or len(_CONTROL.findall(data, 0, _START)) > _START // 50:
        return None, (finding(findings.BINARY_FILE, Span(name, 1, 1, 1), {}),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        before = _BREAKS.sub("\n", data[: error.start].decode("utf-8")).split("\n")
        place = Span(name, len(before), len(before[-1]) + 1, len(before[-1]) + 2)
        return _as_windows(data), (finding(findings.NOT_UTF8, place, {}),)


def _as_windows(data: bytes) -> str:
    """Decode text in Windows-1252, or UTF-8 with some of it in that."""
    some = len(data) - len(data.decode("utf-8", "ignore").encode()) <= _SOME
    return data.decode("utf-8", _WINDOWS) if some else data.decode("cp1252", "replace")


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16, by its mark or by every other byte being zero."""
    if data.startswith(_WIDE):
        return "utf-16"
    start = data[:64]
    zeros = [place for place, byte in enumerate(start) if byte == 0]
    # Text that is mostly Latin has a zero in every other byte in UTF-16, and none in UTF-8.
    if len(zeros) * 3 < len(start) or not zeros:
        return None
    odd = {place % 2 for place in zeros}
    return {0: "utf-16-be", 1: "utf-16-le"}[odd.pop()] if len(odd) == 1 else None


def _letter(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - registered for decoding only
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_WINDOWS: Final = "jobbspar-windows"
# Registered once, for `decode` with this name as its way to handle errors.
codecs.register_error(_WINDOWS, _letter)


def normalize_line_ends(text: str) -> str:
    """Give the text without a byte order mark and with one kind of line end, so that columns and meaning are the same in all."""
    return text if ORDINARY.fullmatch(text) else _BREAKS.sub("\n", text.removeprefix("\ufeff"))


def mask_numbers(text: str, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    r"""Record what looks like a personal number, in lines that end in `\n`, and make it illegible for all that reads or shows it."""
    found = []
    for first, after in islice(number_spans(text), MAX_FINDINGS):
        line, col = text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first)
        found.append(finding(findings.NUMBER_IN_FILE, Span(name, line, col, col + after - first), {}))
    return (masked(text), tuple(found)) if found else (text, ())


def read_text(text: str, name: str) -> Read:
    r"""Read a text whose lines end in `\n`."""
    if len(text) > MAX_BYTES:
        return Read(None, (finding(findings.FILE_TOO_LARGE, Span(name, 1, 1, 1), {}),))
    if ORDINARY.fullmatch(text) and (root := compose(SourceText(name, text, tidy=True))) is not None:
        return Read(root, ())
    from definitions.source.fallback import read_unusual  # noqa: PLC0415 - most files are ordinary, and importing takes time

    return read_unusual(text, name)
