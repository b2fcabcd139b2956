"""What `jobbspar status REF --json` costs beside `python -c "import typer"`, in turn, in one run.

    python tests/benchmarks/bench_status.py [ENROLMENTS]

The database has that many enrolments (100 000 where nothing is said), each with a story of twelve events behind its
snapshot. Each command is a process of its own; what is compared is the median. At most 2.5 is promised.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.bench_advance import FIRST, RECORDED, chain_of_five, enrol
from tracks.engine.loop.advance import advance
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger

ROOT = Path(__file__).parents[2]
ROUNDS = 21
PROMISED = 2.5


def seconds(command: list[str]) -> float:
    """How long a process takes."""
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(enrolments: int) -> int:
    """Measure, print, and answer 1 where the promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "jobbspar.db"
        engine = create_database(database)
        ledger = SqlLedger(engine)
        track = chain_of_five()
        enrol(ledger, track, enrolments)
        advance(ledger, (track.track,), FIRST + timedelta(days=400), RECORDED)
        ref = ledger.members(track.track, ("completed", "active"))[enrolments // 2].split("/")[0]
        engine.dispose()
        status = [sys.executable, "-c", "import cli; cli.app()", "status", ref, "--json", "--db", str(database)]
        typer = [sys.executable, "-c", "import typer"]
        rounds = [(seconds(typer), seconds(status)) for _ in range(ROUNDS)]
    one, other = (statistics.median(column) for column in zip(*rounds, strict=True))
    sys.stdout.write(f"{enrolments} enrolments: import typer {one * 1000:.0f} ms, status {other * 1000:.0f} ms, ratio {other / one:.2f}\n")
    return int(other / one > PROMISED)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
