"""What `jobbspar check` costs: one track beside the imports it cannot do without, a thousand beside PyYAML's own C loader.

    python tests/benchmarks/bench_check.py [TRACKS] [--rounds N]

One track of 30 steps is checked in turn with `python -c "import pydantic, yaml, typer"`; a folder of tracks of eight to
twelve steps (1 000 where nothing is said) in turn with a process that gives the same files to `yaml.CSafeLoader` and does
nothing more. Each is a process of its own; what is compared is the median of the rounds. At most 2 is promised of both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.made_tracks import track, write

ROOT = Path(__file__).parents[2]
PROMISED = 2.0
IMPORTS = "import pydantic, yaml, typer"
SAFE = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""


def seconds(*command: str) -> float:
    """How long a process takes, which must end well."""
    # What Python compiles is kept, as it is of what is installed, also where the environment asks it not to be.
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=kept)
    return time.perf_counter() - began


def check(path: Path) -> float:
    """How long `jobbspar check` takes."""
    return seconds("import cli; cli.app()", "check", str(path))


def compared(name: str, one: list[float], other: list[float], rounds: int) -> bool:
    """Print the medians and the ratio; answers whether the promise is kept."""
    least, most = statistics.median(one), statistics.median(other)
    each = sorted(b / a for a, b in zip(one, other, strict=True))
    sys.stdout.write(
        f"{name}: {least * 1000:.0f} ms, check {most * 1000:.0f} ms, ratio {most / least:.2f}"
        f" (of {rounds} rounds {each[0]:.2f} to {each[-1]:.2f})\n"
    )
    return most / least <= PROMISED


def main(tracks: int, rounds: int) -> int:
    """Measure, print, and answer 1 where a promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        many, thirty = Path(folder) / "many", Path(folder) / "thirty.yaml"
        many.mkdir()
        thirty.write_text(track(Random(1), 1, 30), encoding="utf-8")
        write(many, tracks)
        check(thirty), seconds(IMPORTS)  # once for the caches of the interpreter and of the disk
        single = [(seconds(IMPORTS), check(thirty)) for _ in range(3 * rounds)]
        folders = [(seconds(SAFE, str(many)), check(many)) for _ in range(rounds)]
    kept = [
        compared(f"1 track of 30 steps: {IMPORTS}", [a for a, _ in single], [b for _, b in single], len(single)),
        compared(f"{tracks} tracks of 8 to 12 steps: yaml.CSafeLoader", [a for a, _ in folders], [b for _, b in folders], rounds),
    ]
    return int(not all(kept))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracks", nargs="?", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    sys.exit(main(asked.tracks, asked.rounds))
