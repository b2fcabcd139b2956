"""Files that are left behind: whole or not at all, and never half of one under the name that people look for.

What is written goes into a new file beside the target, in the same folder, because only there can it be put in place in one step. Nobody
else can have made that file, and no link is followed, so that nothing is written where it was not asked for. It is locked while it is
written, so that what a process that was killed left behind is told from what another is writing, and swept away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Made here and by nobody else: a file or a link that is there already is an error.
_NEW: Final = os.O_CREAT | os.O_EXCL | os.O_RDWR
# How much of a name stands in that of the new file.
_SHOWN: Final = 40


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
    new, handle = _make_beside(path, 0o600 if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
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
    new, handle = _make_beside(target, 0o600)
    try:
        fill(new)
        # A link fails where the name is taken, which a rename would silently take over.
        os.link(new, target)
    except FileExistsError:
        pass
    finally:
        new.unlink(missing_ok=True)
        os.close(handle)


def sweep(*targets: Path) -> None:
    """Remove what processes that were killed left beside these files, which may be the whole of one of them, as of the key."""
    for target in targets:
        form = re.compile(rf"\.{re.escape(target.name[:_SHOWN])}\.[0-9a-f]{{1,16}}\.new")
        # A folder that may not be read or written keeps what lies in it.
        with suppress(OSError):
            for name in {found[0] for one in target.parent.iterdir() if (found := form.match(one.name))}:
                with suppress(OSError):
                    _sweep_one(target.with_name(name))


def _sweep_one(new: Path) -> None:
    # Never through a link: it might be anybody's file that is opened.
    with suppress(FileNotFoundError):
        handle = os.open(new, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            # Whoever writes it holds the lock.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            new.unlink(missing_ok=True)
        finally:
            os.close(handle)
    for suffix in ("-journal", "-wal", "-shm"):
        new.with_name(new.name + suffix).unlink(missing_ok=True)


def _takes_what_is_written(path: Path) -> bool:
    """Whether this is a pipe, a terminal or the like. Raises IsADirectoryError for a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    return not stat.S_ISREG(mode)


def _make_beside(target: Path, mode: int) -> tuple[Path, int]:
    """Make a new file beside a target and lock it; whoever sweeps just then may have taken it away, and another is made."""
    sweep(target)
    while True:
        new = _beside(target)
        handle = os.open(new, _NEW, mode)
        # Some network drives know no locks; what is left behind there stays.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return new, handle
        os.close(handle)


def _beside(target: Path) -> Path:
    # The start of a long name, because what is put around it must fit too.
    return target.with_name(f".{target.name[:_SHOWN]}.{secrets.token_hex(4)}.new")
