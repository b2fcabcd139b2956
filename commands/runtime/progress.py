"""How far long work has come: on a terminal, or on the error stream beside what is read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from commands.runtime.output import note

if TYPE_CHECKING:
    from flows.local_server import ProgressListener


def server_listener(lang: str) -> ProgressListener:
    """A listener that prints how far Prefect's server has come, in a language."""
    from flows.texts import message as message_of_flows

    def notify(key: str, **values: Any) -> None:
        # That all goes well is nothing to keep in a log.
        if key != "unit-done" or sys.stderr.isatty():
            note(message_of_flows(key, lang, **values))

    return notify
