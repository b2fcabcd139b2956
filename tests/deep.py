"""Everything long, one part after another, and one line a part: `make deep`.

Each part is a command of its own with a larger number than `make test` takes; what it printed is shown where it failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Final, NamedTuple

PYTEST: Final = (sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider")

WORLDS: Final = "tests/tracks/worlds/test_worlds.py"
COUNTS: Final = "tests/commands/queries/test_small_counts.py"
SHEETS: Final = "tests/commands/importing/test_cli_import_xlsx.py"
CORRECTED: Final = ("tests/tracks/worlds/test_corrected_worlds.py", "tests/tracks/worlds/test_corrected_others.py")
SHIPPED: Final = ("definitions", "tracks", "flows", "commands", "cli.py")
# A cache of its own for each, because one that another system has filled is made anew.
MYPY: Final = (sys.executable, "-m", "mypy", *SHIPPED)
FUZZER: Final = (sys.executable, "tests/definitions/loading/fuzzer.py")


class Part(NamedTuple):
    """name: what is tried, with its number; command: how; environment: the numbers that the tests read."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


PARTS: Final = (
    Part("10 000 worlds: daily, never until needed, killed", (*PYTEST, WORLDS), {"JOBBSPAR_SEEDS": "2000", "JOBBSPAR_KILLED": "2"}),
    Part("2 000 worlds of several units", (*PYTEST, "tests/tracks/worlds/test_neighbours.py"), {"JOBBSPAR_SEEDS": "2000"}),
    Part("4 000 corrected worlds", (*PYTEST, *CORRECTED), {"JOBBSPAR_CORRECTED": "800"}),
    Part("500 worlds on files that die", (*PYTEST, "tests/tracks/worlds/test_worlds_on_disk.py"), {"JOBBSPAR_FILES": "100"}),
    Part("100 runs a shape of the machine, 50 steps each", (*PYTEST, "tests/tracks/worlds/test_machine.py"), {"JOBBSPAR_RUNS": "100"}),
    Part("300 programmes whose hidden counts are attacked", (*PYTEST, COUNTS), {"JOBBSPAR_PROGRAMMES": "300"}),
    Part("a year of 7 000 people", (*PYTEST, "tests/examples/test_jobbtorg.py"), {"JOBBSPAR_PEOPLE": "7000"}),
    Part("a spreadsheet of 5 000 rows", (*PYTEST, SHEETS, "-k", "long_spreadsheet"), {"JOBBSPAR_ROWS": "5000"}),
    Part("400 flipped bytes", (*PYTEST, "tests/tracks/audit/test_verify.py", "-k", "flipped"), {"JOBBSPAR_FLIPS": "400"}),
    Part("all mutants of the example tracks", (*PYTEST, "tests/examples/test_example_tests.py"), {"JOBBSPAR_MUTANTS": "all"}),
    Part("150 mutants of the core, nine of ten killed", (sys.executable, "tests/code_mutants.py", "--seed", str(int(time.time()))), {}),
    Part("resolution for Windows, macOS and Linux", (sys.executable, "tests/systems/resolution.py"), {}),
    Part("types on Windows", (*MYPY, "--platform", "win32", "--cache-dir", ".mypy_cache/win32"), {}),
    Part("types on macOS", (*MYPY, "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin"), {}),
    Part("10 minutes of fuzzing the reader", (*FUZZER, "--minutes", "10", "--seed", str(int(time.time()))), {}),
)  # fmt: skip


def try_out(part: Part) -> bool:
    """Run one part and print its line; answer whether it held."""
    began = time.monotonic()
    ran = subprocess.run(part.command, env=os.environ | part.environment, capture_output=True, text=True, check=False)
    last = (ran.stdout.strip().splitlines() or [""])[-1].strip("= ")
    sys.stdout.write(f"{'holds' if ran.returncode == 0 else 'FAILS'}  {part.name}: {last} ({time.monotonic() - began:.0f} s)\n")
    if ran.returncode:
        sys.stdout.write(ran.stdout + ran.stderr)
    sys.stdout.flush()
    return ran.returncode == 0


if __name__ == "__main__":
    asked = sys.argv[1:]
    # Every part is tried, also after one that failed.
    held = [try_out(part) for part in PARTS if not asked or any(word in part.name for word in asked)]
    sys.exit(0 if all(held) else 1)
