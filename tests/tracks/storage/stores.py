"""What the tests of the store stand on: a file, a small track, and people on it."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from definitions.model.track import Agreement, Employer, Intake, Step, Track
from definitions.model.track import Fact as FactType
from definitions.model.values import Length
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.recording import operations
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_facts import put_in_force
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger

MONDAY = date(2026, 9, 7)
BY = "Anna Ek"

TRACK = Track(
    track="bygg",
    name="Bygg Norrort",
    type="jobbspår",
    owner="enheten",
    partners=("kommun",),
    employers=(Employer(id="norrbygg", name="Norrbygg AB"),),
    facts={"svenska": FactType(id="svenska", type="choice", choices=("A", "B"), name="Svenska")},
    steps=(
        Step(id="kart", type="kartläggning", name="Kartläggning", length=Length(count=1, unit="weeks"), gives=("svenska",)),
        Step(id="kurs", type="stöd", name="Kurs", length=Length(count=2, unit="weeks")),
    ),
)
SIGNED = Employer(id="norrbygg", name="Norrbygg AB", agreement=Agreement(signed=MONDAY))
QUEUE = replace(TRACK, track="kö", name="Kön", employers=(SIGNED,), intake=Intake(places=1))


def clock(day: date = MONDAY) -> Clock:
    return Clock.of(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def apply(ledger: SqlLedger, track: Track = TRACK, day: date = MONDAY) -> None:
    put_in_force(ledger, clock(day), BY, track, track_hash(track), "spår: bygg\n")


def new_ledger(path: Path, *tracks: Track) -> SqlLedger:
    ledger = SqlLedger(create_database(path))
    for track in tracks or (TRACK,):
        apply(ledger, track)
    return ledger


def refer(ledger: SqlLedger, *refs: str, track: str = "bygg", on: date = MONDAY, now: date = MONDAY, **more: Any) -> None:
    for ref in refs:
        enrol(ledger, clock(max(on, now)), BY, track, Referral(ref, on, **more))


def advance(ledger: SqlLedger, day: date) -> int:
    return sum(operations.advance_unit(ledger, unit, clock(day)).events for unit in operations.all_units(ledger))


def report(ledger: SqlLedger, ref: str, step: str, on: date, result: str = "done", **facts: Any) -> None:
    operations.record_fact(ledger, clock(on), BY, ref, ReportedFact("reported", on, step, data={"result": result, "facts": facts}))


def up_to_the_temporary_folder(folder: Path) -> list[Path]:
    """The folders above, which another user must pass through; the test runner's own are closed to all but us."""
    outside = Path(tempfile.gettempdir())
    return [parent for parent in folder.parents if parent != outside and parent.is_relative_to(outside)]


def lived(path: Path) -> SqlLedger:
    """Two tracks lived for a month, a late report and its withdrawals among the events."""
    ledger = new_ledger(path, TRACK, QUEUE)
    refer(ledger, "A1", "B2", key="rad-1")
    refer(ledger, "C3", "D4", track="kö")
    advance(ledger, MONDAY + timedelta(days=9))
    report(ledger, "B2", "kart", MONDAY + timedelta(days=9), svenska="A")
    late = ReportedFact("reported", MONDAY + timedelta(days=3), "kart", data={"result": "done", "facts": {"svenska": "B"}})
    operations.record_fact(ledger, clock(MONDAY + timedelta(days=10)), BY, "A1", late)
    advance(ledger, MONDAY + timedelta(days=30))
    return ledger


def tamper(ledger: SqlLedger, *changes: str) -> None:
    """Change the file as somebody would who has it and knows SQL."""
    with sqlite3.connect(ledger.path) as other:
        for verb in ("update", "delete"):
            other.execute(f"DROP TRIGGER IF EXISTS event_no_{verb}")
        for change in changes:
            other.execute(change)
    other.close()
