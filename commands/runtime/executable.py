"""How `jobbspar` is reached from the shell, where it is not found on PATH."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shutil import which

PROGRAM = "jobbspar"


def activation() -> str | None:
    """The line to type so that `jobbspar` is found: the environment's own `activate`; None where it is found already."""
    if which(PROGRAM):
        return None
    from shlex import quote

    found = Path(sys.executable).parent / "activate"
    # A path that climbs out of the workspace twice reads worse than a whole one.
    near = Path(os.path.relpath(found))
    return f". {quote(str(found if near.parts[:2] == ('..', '..') else near))}" if found.is_file() else None
