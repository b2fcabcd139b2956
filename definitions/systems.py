"""What Unix and Windows do differently, once: nothing else in the program names what Python has on one of them alone.

On Windows a file that is open can be neither renamed nor removed, rights and owners are those of the folder and not told by Python, there
is no SIGHUP, and a socket cannot be handed over to a process that is started.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import time
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _module(name: str) -> Any:
    """A module that only some systems have; None on the others."""
    with suppress(ImportError):
        return import_module(name)
    return None


_FCNTL: Final = _module("fcntl")
_MSVCRT: Final = _module("msvcrt")
# Whether this system has what Unix has: names of open files that can be changed, rights and owners, processes that are handed things.
UNIX: Final = _FCNTL is not None
# Flags for `os.open`: of a file that is read as it is; never through a link; and at once, because a pipe waits for somebody to write.
READING: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
UNLINKED: Final = READING | getattr(os, "O_NOFOLLOW", 0)
# Flags of a pipe or device that is written to: at once, because a pipe waits for somebody to read; never as our own terminal.
_WRITING: Final = (
    os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
# Flags of a file that is made here and by nobody else: a file or a link that is there already is an error.
NEW: Final = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
# What asks a process to end, beside the keyboard; one system has the second, the other the third.
ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
KILL: Final[int] = getattr(signal, "SIGKILL", signal.SIGTERM)
# Windows locks a part of a file, and keeps everybody else from reading it. So the part lies behind all that is ever written, and behind
# the bytes that SQLite locks, but still where the system counts in 32 bits.
_LOCKED_BYTE: Final = 0x7FFF_FFF0
_PAUSE: Final = 0.05
# The most processes that Windows waits for at once.
_MOST_PROCESSES: Final = 61
_READ_ONLY: Final = 1
OTHERS_MAY_WRITE: Final = 0o022


def lock(handle: int, *, wait: bool) -> None:
    """Lock an open file for this process alone, until it is closed.

    Raises:
        OSError: Another process has it, and `wait` is false; or locks are not known here, as on some network drives.

    """
    if _FCNTL:
        _FCNTL.flock(handle, _FCNTL.LOCK_EX | (0 if wait else _FCNTL.LOCK_NB))
        return
    if not _MSVCRT:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    while not _lock_byte(handle):
        if not wait:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        time.sleep(_PAUSE)


def open_for_writing(path: Path) -> int:
    """Open a pipe or a device to write to it. Raises OSError at once for a pipe that nobody reads; a slow reader is waited for."""
    handle = os.open(path, _WRITING)
    if hasattr(os, "set_blocking"):
        os.set_blocking(handle, True)
    return handle


def _lock_byte(handle: int) -> bool:
    before = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    try:
        _MSVCRT.locking(handle, _MSVCRT.LK_NBLCK, 1)
    except PermissionError:
        return False
    finally:
        os.lseek(handle, before, os.SEEK_SET)
    return True


def owned(path: Path) -> bool:
    """Whether a file is of who runs the program; where Python does not tell owners, it is as safe as the folder that it lies in."""
    own = getattr(os, "geteuid", None)
    return own is None or path.stat().st_uid == own()


def owned_or_roots(path: Path) -> bool:
    """Whether a file is of who runs the program, or of the system's own user."""
    return owned(path) or path.stat().st_uid == 0


def private(folder: Path) -> bool:
    """Whether a folder is of who runs the program, and nobody else may write in it, as far as Python tells."""
    return owned(folder) and not (UNIX and folder.stat().st_mode & OTHERS_MAY_WRITE)


def rights(path: Path) -> int | None:
    """The rights of a file, as `chmod` takes them; None where they are those of its folder, and Python does not tell them."""
    return stat.S_IMODE(path.stat().st_mode) & 0o777 if UNIX else None


def owner(path: Path) -> str:
    """The name of whose a file is, `?` where that is not told."""
    asked: Any = path
    try:
        return str(asked.owner())
    except (OSError, KeyError, ImportError, NotImplementedError):
        return "?"


def disk(folder: Path, least: int) -> tuple[bool, bool]:
    """Whether the disk of a folder has less room than so many bytes, and whether nothing on it may be written; neither where not told."""
    ask = getattr(os, "statvfs", None)
    try:
        found = ask(folder) if ask else None
    except OSError:
        found = None
    if found is None:
        return False, False
    # Some file systems do not count their files, and say that there is room for none.
    full = found.f_bavail * found.f_frsize < least or (found.f_files > 0 and not found.f_favail)
    return full, bool(found.f_flag & _READ_ONLY)


def processors() -> int:
    """How many processes can work at once."""
    mine = getattr(os, "sched_getaffinity", None)
    return min(len(mine(0)) if mine else os.cpu_count() or 1, _MOST_PROCESSES)


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Stand in a folder. The one that one stood in, which may be gone or called otherwise by then, is stood in again at the end."""
    if not hasattr(os, "fchdir"):
        # By its name: Windows keeps others from renaming a folder that somebody stands in, but nobody does meanwhile.
        before = os.getcwd()  # noqa: PTH109 - as the system says it
        os.chdir(folder)
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                os.chdir(before)
        return
    here = os.open(".", getattr(os, "O_PATH", os.O_RDONLY))
    try:
        os.chdir(folder)
        yield
    finally:
        os.fchdir(here)
        os.close(here)


def in_foreground(terminal: int) -> bool:
    """Whether a terminal waits for this process, which was not sent to the background."""
    waited_for, own = getattr(os, "tcgetpgrp", None), getattr(os, "getpgrp", None)
    try:
        return not waited_for or not own or waited_for(terminal) == own()
    except OSError:
        return True


def quoted(text: str) -> str:
    """A word as it is typed in a shell of this system."""
    if UNIX:
        from shlex import quote  # noqa: PLC0415 - few lines have a word to quote

        return quote(text)
    # Both shells of Windows take what stands between double quotes as one word; no name of a file holds one.
    plain = text and all(c.isalnum() or c in r"\/:._-+@" for c in text)
    return text if plain else '"' + text.replace('"', '""') + '"'


def reader_is_gone(fault: OSError) -> bool:
    """Whether nobody reads any more what the program prints, as in `… | more`."""
    # Windows says of a pipe without a reader that what is written to it is invalid.
    return isinstance(fault, BrokenPipeError) or (_MSVCRT is not None and fault.errno == errno.EINVAL and not fault.filename)
