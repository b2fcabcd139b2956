"""What commands print: tables for people, JSON and CSV for programs; nothing from the database steers a terminal."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from datetime import date
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import terminal_size

    from commands.runtime.context import CommandContext
    from definitions.loading.loader import Loaded
    from definitions.reporting.text import Look

_GAP: Final = 2
_WRAPPED: Final = 16  # a text that wraps gets at least so much room
# What a row is called by, where it has such a column.
_NAMES: Final = ("ref", "stream", "track", "name", "employer", "start")
_MANY: Final = 1000
# JSON escapes the older control characters itself; these steer a terminal or turn the reading order and come through unescaped.
_STEERING: Final = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Column(NamedTuple):
    """One column: the key of the row's value in JSON, the key of its title, and the key of what people read (if another)."""

    key: str
    title: str
    shown: str = ""
    right: bool = False

    def of(self, row: Mapping[str, Any]) -> str:
        """The cell as text."""
        value = row.get(self.shown or self.key)
        return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else clean(str(value))


class OutputForm(NamedTuple):
    """The form of a listing: `json`, `csv`, `xlsx` (the name of a file), or for people."""

    json: bool = False
    csv: bool = False
    xlsx: str = ""

    @property
    def machine(self) -> bool:
        """Whether a program reads it."""
        return self.json or self.csv or bool(self.xlsx)


def clean(text: str) -> str:
    """Without the characters that steer a terminal or turn the reading order."""
    # Nearly every text is, and a look at each of its characters is slow in a long listing.
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else "\ufffd" for c in text)


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def out(text: str = "") -> None:
    """Print a line for the reader, wrapped between words where it is wider than her window; a line to copy stays whole."""
    size = window()
    lines = clean(text).split("\n")
    sys.stdout.write("\n".join(_fitted(line, size.columns) for line in lines) + "\n" if size else "\n".join(lines) + "\n")


def _fitted(line: str, width: int) -> str:
    from textwrap import fill

    told = line.lstrip()
    if len(line) <= width or told.startswith("jobbspar "):
        return line
    indent = " " * min(len(line) - len(told) + _GAP, width // 2)
    return fill(line, max(width, _WRAPPED), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def machine_out() -> TextIO:
    """Standard output for what programs read: UTF-8, as they expect, whatever the terminal has; only what people read may be replaced."""
    if turn := getattr(sys.stdout, "reconfigure", None):
        turn(encoding="utf-8", errors="replace")
    return sys.stdout


def print_message(key: str, work: CommandContext, **values: Any) -> None:
    """A line of the catalogue."""
    out(message(key, work.lang, **values))


def note(text: str) -> None:
    """Print a line beside what is read: to the error stream."""
    sys.stderr.write(f"{clean(text)}\n")


def print_findings(loaded: Sequence[Loaded], work: CommandContext, stream: TextIO) -> None:
    """Print what is wrong with files: as wide as the reader's window, and in its colours unless she wants none.

    Args:
        loaded: the files with their findings.
        work: the context of the command, for the language.
        stream: standard output where findings are the answer, standard error where they are in its way.

    """
    from definitions.reporting.text import render_text

    stream.write(render_text(loaded, work.lang, look_of(stream)))


def look_of(stream: TextIO) -> Look:
    """The width of the reader's window, and whether she wants colours."""
    from definitions.reporting.text import Look

    at_window = stream.isatty()
    colours = at_window and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return Look(get_terminal_size().columns if at_window else None, colours)


def window() -> terminal_size | None:
    """The size of the reader's window; None where the output goes on to something else."""
    return get_terminal_size() if sys.stdout.isatty() else None


def out_json(value: Any) -> None:
    """Print a value as JSON; of a long list each row is one line."""
    # Indented, a listing of a hundred thousand rows would be a file of millions of lines.
    if isinstance(value, list) and len(value) > _MANY:
        rows = ",\n  ".join(json.dumps(row, ensure_ascii=False, default=plain) for row in value)
        text = f"[\n  {rows}\n]"
    else:
        text = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    # Control characters come out escaped, so that JSON on a terminal cannot steer it either.
    machine_out().write(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row, and the rows within it, without what only people read."""
    return {key: _plain_rows(value) for key, value in row.items() if not key.endswith("_shown")}


def _plain_rows(value: Any) -> Any:
    return [plain_row(one) if isinstance(one, dict) else one for one in value] if isinstance(value, list) else value


def harmless(value: Any) -> Any:
    """A cell; a text that a spreadsheet would take for a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = json.dumps(value, ensure_ascii=False, default=plain) if isinstance(value, list | tuple | dict) else clean(str(value))
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def print_grid(grid: Any) -> None:
    """A table of words as the documents make it, with its title and its sum."""
    rows = [*(row for row in grid.rows if len(row) == len(grid.columns)), *([grid.foot] if grid.foot else [])]
    out(f"{grid.title}\n" if grid.title else "")
    cells = [[clean(cell).replace("\u00a0", " ") for cell in row] for row in rows]
    shape = [Column("", "", right=number in grid.numbers) for number in range(len(grid.columns))]
    _draw([clean(title) for title in grid.columns], cells, shape)
    out()


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], work: CommandContext) -> None:
    """Print a table for people: fitted to the terminal with rich, plain where the output goes on to something else.

    Args:
        rows: the rows, by the keys of the columns.
        columns: the columns, in order.
        work: the context of the command, for the language.

    """
    cells = [[column.of(row) for column in columns] for row in rows]
    # A column in which nothing stands tells nothing, and takes the room of the others.
    kept = [number for number in range(len(columns)) if any(row[number] for row in cells)]
    titles = [message(columns[number].title, work.lang) for number in kept]
    _draw(titles, [[row[number] for number in kept] for row in cells], [columns[number] for number in kept])


def _draw(titles: Sequence[str], cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> None:
    size = window()
    if size is None:
        _plain_table(titles, cells, columns)
    # A table folded in the middle of references cannot be copied from, so in narrow windows each row is a few lines.
    elif _least_width(titles, cells) > size.columns:
        _records(titles, cells, columns, size.columns)
    else:
        _rich_table(titles, cells, columns, size.columns)


def _least_width(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """How narrow a table can be without breaking a word that must stay whole; texts with spaces may be wrapped."""
    columns = [[title, *(row[i] for row in cells)] for i, title in enumerate(titles)]
    return sum(_least(column) + _GAP + 1 for column in columns)


def _least(column: Sequence[str]) -> int:
    return max(min(len(cell), _WRAPPED) if " " in cell else len(cell) for cell in column)


def _records(titles: Sequence[str], cells: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> None:
    """Whose row it is, and below it all else with its titles, where a table would not fit; what is longer than the window is wrapped."""
    from textwrap import fill

    several = [number for number in range(len(columns)) if len({row[number] for row in cells}) > 1] or [0]
    head = next((number for number in several if columns[number].key in _NAMES), several[0])
    for row in cells:
        out(row[head] or "–")
        told = [
            f"{title}: {cell}"
            for number, (title, cell) in enumerate(zip(titles, row, strict=True))
            if cell and number != head and cell != row[head]
        ]
        # A title stays with the first word of what it tells.
        text = " · ".join(one.replace(": ", ":\u00a0", 1) for one in told)
        lines = fill(
            text, max(width, _WRAPPED), initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        out(lines.replace("\u00a0", " "))


def _plain_table(titles: Sequence[str], cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> None:
    widths = [max(len(row[i]) for row in (titles, *cells)) for i in range(len(titles))]
    for row in (titles, *cells):
        parts = [c.rjust(w) if column.right else c.ljust(w) for c, w, column in zip(row, widths, columns, strict=True)]
        out((" " * _GAP).join(parts).rstrip())


def _rich_table(titles: Sequence[str], cells: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, (title, column) in enumerate(zip(titles, columns, strict=True)):
        whole = not any(" " in row[number] for row in cells)
        shown.add_column(Text(title), justify="right" if column.right else "left", no_wrap=whole, overflow="fold")
    for row in cells:
        shown.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, width=width).print(shown)
