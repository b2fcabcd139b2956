"""What only a person knows: at a terminal it is asked for; in a pipe a command says what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from definitions.model.words import NOT_UNICODE, words

if TYPE_CHECKING:
    from collections.abc import Callable


def ask(question: str) -> str | None:
    """Ask whoever sits at the terminal; None where there is nobody, or no answer."""
    if not at_terminal():
        return None
    # Not `input()`: that would write the question to standard output, among what the command answers.
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return typed_line() or None


def typed_line() -> str:
    """Read one line of what is typed, or piped in, through the door for texts.

    Raises:
        Refusal: NOT_UNICODE.

    """
    return _typed(sys.stdin.readline).strip()


def typed_text() -> str:
    """Read all that is piped in, through the door for texts.

    Raises:
        Refusal: NOT_UNICODE.

    """
    return _typed(sys.stdin.read)


def _typed(read: Callable[[], str]) -> str:
    try:
        return words(read(), "stdin")
    except UnicodeDecodeError:
        raise NOT_UNICODE(place="stdin") from None


def at_terminal() -> bool:
    """Whether a person reads and types."""
    return sys.stdin.isatty() and sys.stderr.isatty()
