"""Files that are left behind: whole or not at all, and never half of one under the name that people look for.

What is written goes into a new file beside the target, in the same folder, because only there can it be put in place in one step.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def replace_file(target: str | Path, content: str | bytes) -> None:
    """Write a file in place of the one that may be there. Raises OSError, and then what was there is untouched."""
    path = Path(target)
    new = _beside(path)
    try:
        with new.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
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
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        fill(new)
        # A link fails where the name is taken, which a rename would silently take over.
        os.link(new, target)
    except FileExistsError:
        pass
    finally:
        new.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.new")
