"""Files that are left behind: whole or not at all, and never half of one under the name that people look for.

What is written goes into a new file beside the target, in the same folder, because only there can it be put in place in one step. Nobody
else can have made that file, and no link is followed, so that nothing is written where it was not asked for. It is locked while it is
written, so that what a process that was killed left behind is told from what another is writing, and swept away.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from definitions.systems import NEW, UNIX, UNLINKED, lock, open_for_writing

if TYPE_CHECKING:
    from collections.abc import Callable

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
        _write_through(path, data)
        return
    # Where an open file cannot be renamed its lock is gone before it has its name, and whoever sweeps just then may take it away.
    while not _replaced(path, data, 0o600 if private else 0o666):
        pass


def _write_through(path: Path, data: bytes) -> None:
    """Write to a pipe, a terminal or the like. Raises OSError at once for a pipe that nobody reads."""
    with os.fdopen(open_for_writing(path), "wb") as file:
        file.write(data)


def _replaced(path: Path, data: bytes, mode: int) -> bool:
    """Write a file and put it in place; false where it was swept away before that."""
    new, handle = _make_beside(path, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            # Without this a power cut could leave the new name on an empty file.
            os.fsync(file.fileno())
            if UNIX:
                new.replace(path)
                return True
        new.replace(path)
    except FileNotFoundError:
        if UNIX or not path.parent.exists():
            raise
        return False
    finally:
        new.unlink(missing_ok=True)
    return True


def create_file(target: Path, fill: Callable[[Path], None]) -> None:
    """Make a file that only its owner may read; one that is there already, or that another process made meanwhile, stays.

    Args:
        target: The name that it gets once it is whole.
        fill: Writes the content into the empty file that it is given.

    Raises:
        OSError: The folder cannot be written, or the disk is full.

    """
    new, handle = _make_beside(target, 0o600)
    held = ExitStack()
    held.callback(os.close, handle)
    try:
        fill(new)
        with suppress(FileExistsError):
            _name(new, target, held)
    finally:
        # In this order, because an open file cannot be removed everywhere.
        held.close()
        new.unlink(missing_ok=True)


def _name(new: Path, target: Path, held: ExitStack) -> None:
    """Give a new file its name. Raises FileExistsError where the name is taken, which a rename would silently take over."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    # Sticks of memory and many network drives know no second name of a file. There an empty file claims the name first.
    except OSError:
        os.close(os.open(target, NEW, 0o600))
        if not UNIX:
            held.close()
        try:
            new.replace(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


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
        handle = os.open(new, UNLINKED)
        try:
            # Whoever writes it holds the lock.
            lock(handle, wait=False)
            if UNIX:
                new.unlink(missing_ok=True)
        finally:
            os.close(handle)
        # Where an open file cannot be removed, it cannot be taken from whoever has begun to write it by now either.
        new.unlink(missing_ok=True)
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
        handle = os.open(new, NEW, mode)
        # Some network drives know no locks; what is left behind there stays.
        with suppress(OSError):
            lock(handle, wait=True)
        if os.fstat(handle).st_nlink:
            return new, handle
        os.close(handle)


def _beside(target: Path) -> Path:
    # The start of a long name, because what is put around it must fit too.
    return target.with_name(f".{target.name[:_SHOWN]}.{secrets.token_hex(4)}.new")
