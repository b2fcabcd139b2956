"""Files that commands leave: whole or not at all."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from commands.runtime.errors import FILE_UNWRITABLE
from tracks.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file beside its target, then rename it: no half file is ever left.

    Raises:
        Refusal: FILE_UNWRITABLE, with the name of the error of the system.

    """
    try:
        replace_file(path, content)
    except OSError as fault:
        raise FILE_UNWRITABLE(path=path, why=errno.errorcode.get(fault.errno or 0, "?")) from None
