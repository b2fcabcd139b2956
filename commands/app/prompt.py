"""What only a person knows: at a terminal it is asked for; in a pipe a command says what is missing."""

from __future__ import annotations

import sys


def ask(question: str) -> str | None:
    """Ask whoever sits at the terminal; None where there is nobody, or no answer."""
    if not at_terminal():
        return None
    # Not `input()`: that would write the question to standard output, among what the command answers.
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or None


def at_terminal() -> bool:
    """Whether a person reads and types."""
    return sys.stdin.isatty() and sys.stderr.isatty()
