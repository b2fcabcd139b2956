"""What the program needs is there, ready-made, for each system that it is for: `make deep`.

Each version of Python that the program is for is tried on each system with the versions of constraints.txt.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
UV: Final = ROOT / ".venv" / "share" / "uv"
# Not the Macs with a processor of Intel: cryptography makes nothing ready for them any more.
SYSTEMS: Final = ("x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-unknown-linux-gnu")
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")


def main() -> int:
    """Resolve for each system and each Python; print what cannot be had, then how many could."""
    if not UV.exists():
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(UV), "uv")
        subprocess.run(pip, check=True)
    lacking = [told for system in SYSTEMS for python in PYTHONS if (told := _resolve(system, python))]
    sys.stdout.write("".join(lacking) + f"{len(SYSTEMS) * len(PYTHONS) - len(lacking)} of {len(SYSTEMS) * len(PYTHONS)}\n")
    return 1 if lacking else 0


def _resolve(system: str, python: str) -> str:
    """What cannot be had for a system and a Python; nothing where all can."""
    wanted = ("pyproject.toml", "--constraint", "constraints.txt", "--only-binary", ":all:", "--no-header", "--quiet")
    command = (str(UV / "bin" / "uv"), "pip", "compile", *wanted, "--python-platform", system, "--python-version", python)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"{system}, Python {python}:\n{done.stderr}" if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
