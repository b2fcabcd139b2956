"""What only a person knows: at a terminal it is asked for; in a pipe a command says what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from definitions.model.words import NOT_UNICODE, composed, parse_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.words import Text


def ask_text(question: str) -> Text | None:
    """Ask for a text, which passes the door for texts; None where there is nobody at the terminal, or no answer."""
    return parse_text(answer, "stdin") if (answer := ask(question)) else None


def ask(question: str) -> str | None:
    """Ask whoever sits at the terminal for what is parsed next; None where there is nobody, or no answer."""
    if not at_terminal():
        return None
    # Not `input()`: that would write the question to standard output, among what the command answers.
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return typed_line() or None


def typed_line() -> str:
    """Read one line of what is typed, or piped in, composed.

    Raises:
        Refusal: NOT_UNICODE.

    """
    return _typed(sys.stdin.readline).strip()


def typed_text() -> str:
    """Read all that is piped in, composed.

    Raises:
        Refusal: NOT_UNICODE.

    """
    return _typed(sys.stdin.read)


def _typed(read: Callable[[], str]) -> str:
    try:
        return composed(read(), "stdin")
    except UnicodeDecodeError:
        raise NOT_UNICODE(place="stdin") from None


def at_terminal() -> bool:
    """Whether a person reads and types."""
    return sys.stdin.isatty() and sys.stderr.isatty()
