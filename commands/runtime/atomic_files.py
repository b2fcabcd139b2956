"""Files that commands leave: whole or not at all."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from commands.runtime.errors import unwritable
from commands.runtime.output import machine_out, print_message
from tracks.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from commands.runtime.context import CommandContext


def write_file(path: str | Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file beside its target, then rename it: no half file is ever left.

    Args:
        path: the file.
        content: a text, or bytes.
        private: whether it is its owner's alone.

    Raises:
        Refusal: as `unwritable`, by the cause.

    """
    try:
        replace_file(path, content, private=private)
    # Of a path without a name, such as `/`, the library complains in its own way.
    except (OSError, ValueError) as fault:
        raise unwritable(path, fault if isinstance(fault, OSError) else IsADirectoryError(errno.EISDIR, "")) from None


def deliver(work: CommandContext, path: str | None, content: str | bytes, *, private: bool = False) -> None:
    """Write what a command made to a file and print its name, or print the content itself.

    Args:
        work: the context of the command.
        path: the file; the output of the command where it is None or `-`.
        content: a text, or the bytes of what cannot be printed.
        private: whether the file is its owner's alone.

    """
    if path in (None, "-"):
        machine_out().write(str(content))
        return
    write_file(path, content, private=private)
    print_message("wrote", work, path=path)
