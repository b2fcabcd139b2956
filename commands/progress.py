"""What is said while long work goes on: on a terminal only, and nothing in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from commands.showing import note
from commands.texts import tell

if TYPE_CHECKING:
    from commands.context import Here


def tell_progress(work: Here, key: str, **values: Any) -> None:
    """A line of progress."""
    if sys.stderr.isatty():
        note(tell(key, work.lang, **values))
