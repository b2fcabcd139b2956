"""Files that commands leave: whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from commands.runtime.errors import FILE_UNWRITABLE


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file beside its target, then rename it: no half file is ever left.

    Raises:
        Refusal: FILE_UNWRITABLE, with the name of the error of the system.

    """
    target = Path(path)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError as fault:
        raise FILE_UNWRITABLE(path=path, why=errno.errorcode.get(fault.errno or 0, "?")) from None
    finally:
        new.unlink(missing_ok=True)
