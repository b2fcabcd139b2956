"""What is longer than the reader's window: shown in the pager of her shell, as git does; without one it stops at a screenful."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from shutil import get_terminal_size, which
from typing import TYPE_CHECKING, Final

from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Iterator

# What shows all there is at once, for whoever wants no pager.
_NONE: Final = ("", "cat")
# Ends at once where all fits, lets colours through, and leaves what was shown on the screen.
_LESS: Final = "FRX"
# Lines of the window that the next prompt takes, and what tells that there is more.
_ROUND: Final = 2


class _Screen(io.StringIO):
    """Collects what a command prints for the reader at a terminal."""

    def isatty(self) -> bool:
        return True


@contextmanager
def paged(lang: str) -> Iterator[None]:
    """Collect what is printed within, and show it a window at a time where it is longer than that; in a pipe nothing is changed."""
    if not sys.stdout.isatty():
        yield
        return
    terminal, sys.stdout = sys.stdout, (screen := _Screen())
    try:
        yield
    finally:
        sys.stdout = terminal
        _show(screen.getvalue(), lang)


def _show(text: str, lang: str) -> None:
    lines = text.splitlines(keepends=True)
    room = get_terminal_size().lines - _ROUND
    pager = _pager() if len(lines) > room else ""
    if pager is None:
        left = len(lines) - room
        text = "".join(lines[:room]) + message("pager.more", lang, count=left) + "\n"
    elif pager and _through(pager, text):
        return
    sys.stdout.write(text)


def _pager() -> str | None:
    """The pager of the reader; empty where she wants none, None where there is none."""
    named = os.environ.get("PAGER")
    if named is not None:
        return "" if named.strip() in _NONE else named
    return "less" if which("less") else None


def _through(pager: str, text: str) -> bool:
    """Show a text in a pager; whether there was one."""
    import subprocess

    environment = {"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ}
    try:
        done = subprocess.run(pager, shell=True, input=text.encode(errors="replace"), env=environment, check=False)  # noqa: S602 - the reader's own word
    except OSError:
        return False
    # What a shell answers where it knows no such program.
    return done.returncode not in (126, 127, 9009)
