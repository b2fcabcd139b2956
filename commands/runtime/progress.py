"""What is said while long work goes on: on a terminal only, and nothing in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from commands.runtime.output import note
from commands.runtime.texts import message

if TYPE_CHECKING:
    from commands.runtime.context import Here


def tell_progress(work: Here, key: str, **values: Any) -> None:
    """A line of progress."""
    if sys.stderr.isatty():
        note(message(key, work.lang, **values))
