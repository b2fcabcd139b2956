"""Files that are left behind: whole or not at all, and never half of one under the name that people look for.

What is written goes into a new file beside the target, in the same folder, because only there can it be put in place in one step. Nobody
else can have made that file, and no link is followed, so that nothing is written where it was not asked for.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Made here and by nobody else: a file or a link that is there already is an error.
_NEW: Final = os.O_CREAT | os.O_EXCL | os.O_RDWR


def replace_file(target: str | Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file in place of the one that may be there.

    Args:
        target: The name of the file.
        content: What is written.
        private: Whether only its owner may read it, whoever could read the one that was there.

    Raises:
        OSError: It cannot be written; what was there is untouched.

    """
    path, data = Path(target), content.encode() if isinstance(content, str) else content
    if _takes_what_is_written(path):
        path.write_bytes(data)
        return
    new = _beside(path)
    try:
        with os.fdopen(os.open(new, _NEW, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
            file.flush()
            # Without this a power cut could leave the new name on an empty file.
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def create_file(target: Path, fill: Callable[[Path], None]) -> None:
    """Make a file that only its owner may read; one that is there already, or that another process made meanwhile, stays.

    Args:
        target: The name that it gets once it is whole.
        fill: Writes the content into the empty file that it is given.

    Raises:
        OSError: The folder cannot be written, or the disk is full.

    """
    new = _beside(target)
    try:
        os.close(os.open(new, _NEW, 0o600))
        fill(new)
        # A link fails where the name is taken, which a rename would silently take over.
        os.link(new, target)
    except FileExistsError:
        pass
    finally:
        new.unlink(missing_ok=True)


def _takes_what_is_written(path: Path) -> bool:
    """Whether this is a pipe, a terminal or the like. Raises IsADirectoryError for a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    return not stat.S_ISREG(mode)


def _beside(target: Path) -> Path:
    # The start of a long name, because what is put around it must fit too.
    return target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.new")
