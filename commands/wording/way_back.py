"""After a write, at a terminal, the line that takes it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from commands.runtime.executable import PROGRAM
from commands.runtime.output import clean, look_of
from commands.runtime.texts import message
from tracks.events.kinds.table import is_correctable
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.events.event import Event


def print_way_back(events: Sequence[Event], lang: str) -> None:
    """Print, dim, the line that takes back what was written; nothing where no one line does, nor beside what goes on to a file."""
    if sys.stdout.isatty() and (line := way_back(events, lang)):
        first, last = ("\x1b[2m", "\x1b[0m") if look_of(sys.stdout).colours else ("", "")
        sys.stdout.write("".join(f"{first}{clean(text)}{last}\n" for text in (message("takeback", lang), f"  {line}")))


def way_back(events: Sequence[Event], lang: str) -> str:
    """The line that takes back the one fact that was written; empty where several were, or where it cannot be taken back."""
    if len(events) != 1 or not is_correctable(events[0].kind):
        return ""
    (one,) = events
    # Everything else of an enrolment hangs on its referral, so that has a command of its own.
    if one.kind == "referred":
        return f"{PROGRAM} misregister {one.stream} --reason {word('reason', 'other', lang)}"
    return f"{PROGRAM} correct {one.stream} {one.seq} --withdraw"
