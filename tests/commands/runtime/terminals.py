"""A terminal of its own for a command: what it writes, when it begins to, and what is left on the screen."""

from __future__ import annotations

import os
import pty
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
COLUMNS = 60


class Seen(NamedTuple):
    """What came to the terminal, the seconds until its first letter, and how the command ended: its exit code, or less than 0."""

    written: str
    first: float
    code: int

    @property
    def left(self) -> list[str]:
        """The lines that stand on the screen at the end."""
        return screen(self.written)


def screen(written: str) -> list[str]:
    """The lines of a terminal after all that was written to it; what goes back to the beginning of a line writes over it."""
    lines = []
    for line in written.replace("\r\n", "\n").split("\n"):
        shown: list[str] = []
        for part in line.split("\r"):
            # A wide letter takes two columns.
            cells = [cell for letter in part for cell in (letter, *([""] if east_asian_width(letter) in "WF" else []))]
            shown[: len(cells)] = cells
        lines.append("".join(shown).rstrip())
    return [line for line in lines if line]


def in_terminal(code: str, *args: str, at_word: str = "", do: Callable[[int, int], None] = lambda terminal, pid: None) -> Seen:
    """Run Python code in a terminal.

    Args:
        code: the code.
        args: its arguments.
        at_word: a word after which something is done, once.
        do: what is done then, with the terminal's descriptor and the process.

    """
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - in the child
        os.environ.update(TERM="dumb", JOBBSPAR_LANG="en", PYTHONPATH=str(ROOT))
        os.execv(sys.executable, [sys.executable, "-c", code, *args])  # noqa: S606 - the code of the test
    began, written, first = time.monotonic(), "", 0.0
    while part := _read(terminal):
        first = first or time.monotonic() - began
        written += part
        if at_word and at_word in written:
            at_word = ""
            do(terminal, pid)
    os.close(terminal)
    return Seen(written, first, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode()
    # The other end is closed.
    except OSError:
        return ""


def types(text: str) -> Callable[[int, int], None]:
    """Type a text."""

    def do(terminal: int, _: int) -> None:
        os.write(terminal, text.encode())

    return do


def sends(number: signal.Signals) -> Callable[[int, int], None]:
    """Send a signal."""
    return lambda _, pid: os.kill(pid, number)
