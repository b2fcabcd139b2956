"""A dry run reads: it waits for nobody who writes, keeps nobody waiting, writes nothing, and says what the write would do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from commands.recording.session import WriteSession, follows
from definitions.model.words import parse_name
from tests.commands.workspace import Workspace, lived_in, once
from tracks.access.ledgers import open_ledger
from tracks.clock import Clock
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact

ROOT = Path(__file__).parents[3]
REPORTS = "on;ref;what;value\n2026-09-20;A1;accepted;\n"
DRY = {
    "advance": ("advance", "--at", "2026-11-20"),
    "start": ("start", "kö", "2026-10-05", "cancel", "--reason", "annat", "--at", "2026-09-20"),
    "employer": ("employer", "kö", "ab", "withdraw", "--at", "2026-09-20"),
    "correct": ("correct", "B1", "1", "--on", "2026-08-30", "--at", "2026-09-20"),
    "import": ("import", "{people}", "--track", "kö", "--at", "2026-09-20"),
}


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    found = lived_in(tmp_path / "w")
    found.file("people.csv", "ref;name;note;poäng\nC1;Test Testsson;hej;3\nC2;;;4\n")
    return found


def dry(space: Workspace, name: str) -> tuple[str, ...]:
    return (*(word.format(people=space.folder / "people.csv") for word in DRY[name]), "--dry-run", "--json")


def counted(space: Workspace, name: str) -> Any:
    """What a dry run answers, without the keys that each makes of its own."""
    said = space.ok(*dry(space, name)).json
    return [event["kind"] for event in said["events"]] if name == "import" else said


@pytest.mark.parametrize("name", list(DRY))
def test_a_dry_run_waits_for_nobody_who_writes_and_writes_nothing(space: Workspace, name: str) -> None:
    expected, before = counted(space, name), space.rows("SELECT * FROM event")
    with closing(sqlite3.connect(space.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert counted(space, name) == expected
        writer.execute("ROLLBACK")
    assert space.rows("SELECT * FROM event") == before
    assert not (space.folder / "jobbspar.key").exists()


@pytest.mark.parametrize("name", ["advance", "start", "import"])
def test_a_dry_run_says_what_the_write_then_does(space: Workspace, name: str) -> None:
    tried = space.ok(*dry(space, name)).json
    written = [word for word in dry(space, name) if word != "--dry-run"]
    before = space.events
    if name == "advance":
        assert space.ok(*written, "--engine", "local").json["kinds"] == tried["kinds"]
        assert space.events - before == tried["events"]
    elif name == "import":
        assert [event["seq"] for event in space.ok(*written).json["events"]] == [event["seq"] for event in tried["events"]]
    else:
        assert space.ok(*written, "--advance").code == 0
        assert sum(tried["kinds"].values()) < space.events - before


def test_a_dry_run_that_is_refused_leaves_nothing_either(space: Workspace) -> None:
    before = space.events
    for args in (("start", "kö", "2026-10-06", "cancel", "--reason", "annat"), ("correct", "B1", "99", "--withdraw")):
        assert space(*args, "--dry-run", "--at", "2026-11-20").code != 0
    assert space.events == before
    assert space.ok("pause", "B1", "--reason", "sjukdom", "--at", "2026-09-09").code == 0, "the clock stands where it stood"


def test_whether_anything_follows_is_asked_while_somebody_else_writes(space: Workspace) -> None:
    with open_ledger(space.database) as ledger, closing(sqlite3.connect(space.database, isolation_level=None)) as writer:
        session = WriteSession(ledger, Clock.at("2026-09-20"), parse_name("Lisa", "--by"))
        fact = ReportedFact("reported", session.clock.today, "plan", data={"result": "done"})
        recorded = operations.record_fact(ledger, session.clock, "Lisa", "B1", fact)
        writer.execute("BEGIN IMMEDIATE")
        assert follows(session, [recorded])
        writer.execute("ROLLBACK")


# Everything is imported, and tried once, before the process gives up its rights: the interpreter may lie in /root.
AS_NOBODY = """
import os, sys
import cli
cli.main(sys.argv[1:])
os.setgid(65534); os.setuid(65534)
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user to try it")
@pytest.mark.parametrize("name", list(DRY))
def test_a_dry_run_does_on_a_database_that_may_only_be_read(space: Workspace, name: str) -> None:
    # Not in the test runner's own folder, which every other session closes again.
    with tempfile.TemporaryDirectory() as elsewhere:
        there = Workspace(Path(shutil.copytree(space.folder, Path(elsewhere) / "w")))
        for path in (Path(elsewhere), there.folder, *there.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        args = ("--db", str(there.database), "--by", "Lisa", *dry(there, name))
        ran = subprocess.run([sys.executable, "-c", AS_NOBODY, *args], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr


def test_trying_out_a_start_names_whom_it_concerns_and_what_becomes_what(space: Workspace) -> None:
    where = ("start", "kö", "2026-10-05", "postpone", "--to", "2026-10-19", "--dry-run", "--at", "2026-09-08")
    told = space.ok(*where, "--json").json
    assert told["who"] == [
        {
            "ref": "A1", "stream": "A1/1", "before": "offered", "after": "offered",
            "begins_before": "2026-10-05", "begins_after": "2026-10-19",
        }
    ]  # fmt: skip
    assert told["changes"] == []
    line = next(one for one in space.ok(*where).out.splitlines() if "A1" in one)
    assert " ".join(line.split()) == "erbjuden, börjar 2026-10-05 erbjuden, börjar 2026-10-19 1 A1"


def test_trying_out_a_correction_says_what_each_field_becomes(space: Workspace) -> None:
    space.ok("interrupt", "B1", "--reason", "annat", "--outcome", "studier", "--at", "2026-09-08")
    number = next(str(row["seq"]) for row in space.ok("history", "B1", "--json").json if row["kind"] == "interrupted")

    def tried(*changes: str) -> str:
        return space.ok("correct", "B1", number, *changes, "--dry-run").out

    assert "studier → arbete" in tried("--set", "utfall=arbete")
    assert "– → Firman" in tried("--set", "arbetsgivare=Firman")
    assert "annat → sjukdom" in tried("--set", "skäl=sjukdom")
    assert "2026-09-08 → 2026-09-07" in tried("--on", "2026-09-07")


def test_trying_out_what_is_due_names_whom_each_kind_of_event_would_be_of(space: Workspace) -> None:
    told = space.ok(*dry(space, "advance")).json
    assert {row["ref"] for row in told["people"]["offer_lapsed"]} == {"A1"}
    lines = space.ok("advance", "--at", "2026-11-20", "--dry-run").out.splitlines()
    at = next(number for number, line in enumerate(lines) if "erbjudandet gick ut" in line)
    assert lines[at + 1].strip() == "A1"
