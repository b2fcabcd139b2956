"""How far long work has come: on a terminal, or on the error stream beside what is read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from commands.runtime.output import note
from commands.runtime.texts import message

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext
    from flows.local_server import ProgressListener


def print_progress(work: CommandContext, key: str, **values: Any) -> None:
    """Print a line of progress on a terminal; in a pipe nothing."""
    if sys.stderr.isatty():
        note(message(key, work.lang, **values))


def server_listener(lang: str) -> ProgressListener:
    """A listener that prints how far Prefect's server has come, in a language."""
    from flows.texts import message as message_of_flows

    def notify(key: str, **values: Any) -> None:
        note(message_of_flows(key, lang, **values))

    return notify
