"""What `jobbspar import` of a spreadsheet costs: refused for three bad cells, then mended, then once more.

    python tests/benchmarks/bench_import.py [ROWS]

As many people as said (20 000 where nothing is said) on a track with a queue and on one without. Each is to take less
than 20 seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from openpyxl import Workbook

from tests.commands.workspace import ALONE, QUEUED, Workspace, workspace

PROMISED = 20
TRACKS = {"kö": (QUEUED, ("poäng", "redo"), (5, "ja")), "alone": (ALONE, ("level", "car"), ("low", "ja"))}


def spreadsheet(path: Path, rows: list[tuple[Any, ...]]) -> str:
    """Write rows as XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


def seconds(space: Workspace, path: str, track: str, code: int) -> float:
    """How long an import takes, which is to end with an exit code."""
    began = time.perf_counter()
    said = space("import", path, "--track", track, "--at", "2026-09-07")
    took = time.perf_counter() - began
    sys.stdout.write(f"{track}: {took:.1f} s, {(said.err or said.out).strip().splitlines()[-1]}\n")
    if said.code != code:
        sys.exit(said.err)
    return took


def main(rows: int) -> int:
    """Measure, print, and answer 1 where the promise is broken."""
    slowest = 0.0
    for track, (text, names, values) in TRACKS.items():
        with tempfile.TemporaryDirectory() as folder:
            space = workspace(Path(folder) / "w", text)
            good = [("ref", "on", *names), *((f"P{number:06}", date(2026, 9, 1), *values) for number in range(rows))]
            bad = list(good)
            bad[5], bad[7], bad[-1] = (*good[5][:1], 77, *good[5][2:]), (*good[7][:2], "tre", good[7][3]), (*good[-1][:3], "kanske")
            files = [(spreadsheet(space.folder / "bad.xlsx", bad), 2), (spreadsheet(space.folder / "good.xlsx", good), 0)]
            slowest = max(slowest, *(seconds(space, path, track, code) for path, code in [*files, files[1]]))
    return int(slowest > PROMISED)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
