"""How `jobbspar` is reached from the shell, where it is not found on PATH."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shutil import which

from definitions.systems import UNIX, quoted

PROGRAM = "jobbspar"


def activation() -> str | None:
    """The line to type so that `jobbspar` is found: the environment's own `activate`; None where it is found already."""
    if which(PROGRAM):
        return None
    found = Path(sys.executable).parent / "activate"
    # A path that climbs out of the workspace twice reads worse than a whole one.
    near = Path(os.path.relpath(found))
    line = quoted(str(found if near.parts[:2] == ("..", "..") else near))
    # The shells of Windows run what the others read in.
    return (f". {line}" if UNIX else line) if found.is_file() else None
