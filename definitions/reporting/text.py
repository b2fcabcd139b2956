"""Renders findings for people: each with its place first, the line it stands on with a mark under what is meant, and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

from definitions.model.catalogues import message
from definitions.source.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.loading.loader import Loaded
    from definitions.model.vocabulary import Lang
    from definitions.source.diagnostics import Diagnostic, Span

WIDEST: Final = 120
NARROWEST: Final = 20
_GUTTER: Final = 9
_HARD: Final = "\u00a0"
RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Look:
    """How wide the reader's window is, in columns (None where it is none), and whether it shows colours."""

    width: int | None = None
    colours: bool = False

    def painted(self, text: str, colour: str) -> str:
        """Colour a text, where there are colours."""
        return f"{colour}{text}{_PLAIN}" if self.colours and text else text

    def wrapped(self, text: str, indent: str) -> list[str]:
        """Break a text into as many lines as it needs; without a window it stays one line, which can be searched for."""
        if self.width is None:
            return [indent + text]
        width = max(self.width, NARROWEST)
        return wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False)


_AS_IT_COMES: Final = Look()


def render_text(loaded: Sequence[Loaded], lang: Lang, look: Look = _AS_IT_COMES) -> str:
    """Render all findings, and the sum.

    Args:
        loaded: What came of each file, in the order in which it is shown.
        lang: The reader's language.
        look: The reader's window.

    """
    shown = FindingRenderer({one.path: one.text for one in loaded}, lang, look)
    blocks = ["\n".join(shown.finding(found)) for one in loaded for found in one.diagnostics]
    return "\n\n".join([*blocks, summary(loaded, lang)]) + "\n"


def summary(loaded: Sequence[Loaded], lang: Lang) -> str:
    """Tell how many files were read and how much was found."""
    found = [diagnostic.severity for one in loaded for diagnostic in one.diagnostics]
    counts = {"errors": found.count(Severity.ERROR), "warnings": found.count(Severity.WARNING), "files": len(loaded)}
    return message("found" if found else "nothing", lang, **counts)


class FindingRenderer:
    """Renders findings in a language and a look, with excerpts from the texts of their files."""

    def __init__(self, texts: Mapping[str, str], lang: Lang, look: Look) -> None:
        self.texts = texts
        self.lang = lang
        self.look = look
        self.path = ""
        self.lines: Sequence[str] = ()

    def finding(self, found: Diagnostic) -> Iterator[str]:
        """Render the lines of one finding."""
        grave = found.severity is Severity.ERROR
        colour = RED if grave else _YELLOW
        place, kind = printable(str(found.span)), f"{message(f'severity.{found.severity}', self.lang)} {found.code}:"
        # With a hard space between them, the severity and the code stay on one line.
        head = f"{place}: {kind.replace(' ', _HARD)} {found.message(self.lang)}"
        for line in self.look.wrapped(head, ""):
            yield line.replace(place, self.look.painted(place, _BOLD), 1).replace(
                kind.replace(" ", _HARD), self.look.painted(kind, colour), 1
            )
        yield from self.excerpt(found.span, "^", colour)
        for other in found.related:
            yield from self.look.wrapped(message("related", self.lang, place=printable(str(other))), "  ")
            yield from self.excerpt(other, "-", _BLUE)
        yield from self.look.wrapped(message("hint", self.lang, hint=found.hint(self.lang)), "  ")

    def _line(self, span: Span) -> str | None:
        if span.path != self.path:
            self.path, self.lines = span.path, self.texts.get(span.path, "").split("\n")
        return self.lines[span.line - 1] if span.line <= len(self.lines) and self.texts.get(span.path) else None

    def excerpt(self, span: Span, mark: str, colour: str) -> Iterator[str]:
        """Render the line of a place with marks under what is meant; a long one is cut around it.

        Args:
            span: The place.
            mark: The character of the marks.
            colour: The escape sequence of their colour.

        Returns:
            Two lines; none where the file has no such line.

        """
        line = self._line(span)
        if line is None:
            return
        room = max(min(WIDEST, (self.look.width or WIDEST + _GUTTER) - _GUTTER), NARROWEST)
        # A third of the room stands before the mark: enough to see what it belongs to.
        first = max(0, min(span.col - 1 - room // 3, len(line) - room)) if len(line) > room // 2 and _cells(line[: room + 1]) > room else 0
        part = _fitting(printable(line[first : first + room]), room)
        at = span.col - 1 - first
        width = max(1, _cells(part[at : at + span.end_col - span.col]))
        bar = self.look.painted("|", _BLUE)
        yield f"  {self.look.painted(f'{span.line:>4}', _BLUE)} {bar} {part.rstrip()}"
        yield f"       {bar} {' ' * _cells(part[:at])}{self.look.painted(mark * width, colour)}"


def printable(text: str) -> str:
    """Replace every character that would move the cursor, change the colour or not be seen at all."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)


def _cells(text: str) -> int:
    """Count the columns that a text takes in a window."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _fitting(text: str, room: int) -> str:
    """Cut a text to its beginning that fits in so many columns."""
    part = text[:room]
    while _cells(part) > room:
        part = part[:-1]
    return part
