"""How fast `advance` is beside SQLite itself writing the very same rows.

    python tests/benchmarks/bench_advance.py [PEOPLE ...] [--coupled PEOPLE]

The engine takes people through a chain of five steps, all guarantees on (decisions, fold, hash chain, snapshots in
the transaction of their events). Then the standard library's `executemany` writes the same event and snapshot rows
into a copy of the database as it was before: the same tables, indexes and triggers, 10 000 events a commit,
synchronous FULL. `alike` are people who differ by day of referral only, `different` have facts of their own, `coupled`
wait in the queue of a step with places. Each number of people is run in processes of its own, so that the peak of memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from definitions.model.track import Fact, Step, Track
from definitions.model.values import Length
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.context.plan import Plan, plan_of
from tracks.engine.loop.advance import advance
from tracks.events.event import Draft, Event
from tracks.events.fold import Progress, evolve
from tracks.events.hash_chain import append
from tracks.events.snapshots import Enrolment, TrackRow
from tracks.storage import rows as store_rows
from tracks.storage.database import create_database, open_database
from tracks.storage.ledger import SqlLedger

FIRST = date(2026, 1, 5)
UNTIL = FIRST + timedelta(days=500)
RECORDED = "2027-06-01T08:00:00.000000Z"
EVENTS_A_COMMIT = 10_000
ENROLLED_AT_ONCE = 5_000


def chain_of_five() -> Track:
    """Five steps that start and end by themselves: twelve events for each person."""
    steps = tuple(Step(id=f"steg{n}", type="stöd", name=f"Steg {n}", length=Length(count=2, unit="weeks")) for n in range(1, 6))
    return Track(track="kedja", name="Kedja", type="förberedande spår", steps=steps, follow_up=())


def with_facts() -> Track:
    """The same chain for people of whom hardly two are alike."""
    facts = {
        "nivå": Fact(id="nivå", type="choice", choices=("A", "B", "C", "D")),
        "körkort": Fact(id="körkort", type="yes/no"),
        "inskriven": Fact(id="inskriven", type="date"),
    }
    return replace(chain_of_five(), facts=facts)


def with_a_queue(people: int) -> Track:
    """The same chain, but the first step has places for one in fourteen at a time: the rest wait in its queue."""
    track = chain_of_five()
    first = replace(track.steps[0], places=max(1, people // 14))
    return replace(track, steps=(first, *track.steps[1:]))


def track_of(kind: str, people: int) -> Track:
    """The track of one shape."""
    if kind == "coupled":
        return with_a_queue(people)
    return with_facts() if kind == "different" else chain_of_five()


def enrol(ledger: SqlLedger, track: Track, people: int) -> Plan:
    """Put a track in force and refer people to it, as `apply` and `enrol` would."""
    plan = plan_of(track, 1, track_hash(track))
    with ledger.transaction():
        ledger.put_plan(plan)
        ledger.save([], [], [TrackRow(track.track, 1, Progress(), coupled=plan.coupled)])
    for first in range(0, people, ENROLLED_AT_ONCE):
        made = [refer(plan, number) for number in range(first, min(people, first + ENROLLED_AT_ONCE))]
        ledger.save([one for one, _ in made], [event for _, events in made for event in events])
    return plan


def facts_of(number: int) -> dict[str, Any]:
    """Facts that hardly two people share."""
    enrolled = FIRST - timedelta(days=number * 37 % 3650)
    return {"nivå": "ABCD"[number % 4], "körkort": number % 3 == 0, "inskriven": enrolled.isoformat()}


def refer(plan: Plan, number: int) -> tuple[Enrolment, list[Event]]:
    """One person's enrolment, and its first event."""
    day = FIRST + timedelta(days=number % 28)
    ref = f"P{number * 7919 % 1_000_003:07d}"
    one = Enrolment(f"{ref}/1", ref, plan.track.track, Progress(), due=day)
    one.shard = sha256(one.stream.encode()).digest()[0]
    draft = Draft("referred", day, data={"channel": "caseworker", "facts": facts_of(number) if plan.track.facts else {}})
    events = append(one, [draft], actor="Anna Ek", recorded="2026-01-01T08:00:00.000000Z", version=1, track_hash=plan.hash)
    for event in events:
        one.progress = evolve(one.progress, event, event.seq)
    one.last = day
    return one, events


def engine_run(path: Path, track: str, until: date) -> dict[str, Any]:
    """Advance the database; answers how long it took and how many events were written."""
    ledger = SqlLedger(open_database(path))
    before = ledger.rows("SELECT count(*) FROM event")[0][0]
    started = time.perf_counter()
    advance(ledger, ledger.unit(track), until, RECORDED)
    took = time.perf_counter() - started
    written = ledger.rows("SELECT count(*) FROM event")[0][0] - before
    ledger.engine.dispose()
    return {"seconds": took, "events": written, "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def raw_run(before: Path, after: Path) -> dict[str, Any]:
    """Write the rows that the engine wrote into the database as it was before, by nothing but `executemany`."""
    source = sqlite3.connect(after)
    database = sqlite3.connect(before, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -32768"):
        database.execute(f"PRAGMA {pragma}")
    columns = store_rows.ENROLMENT
    event = f"INSERT INTO event ({store_rows.listed(store_rows.EVENT)}) VALUES ({', '.join('?' * 12)})"
    snapshot = f"UPDATE enrolment SET {', '.join(f'{c} = ?' for c in columns[1:])} WHERE stream = ?"
    snapshots = [(*row[1:], row[0]) for row in source.execute(f"SELECT {store_rows.listed(columns)} FROM enrolment ORDER BY due, stream")]
    events = source.execute(f"SELECT {store_rows.listed(store_rows.EVENT)} FROM event WHERE recorded = ? ORDER BY rowid", (RECORDED,))
    total = source.execute("SELECT count(*) FROM event WHERE recorded = ?", (RECORDED,)).fetchone()[0]
    share = max(1, len(snapshots) * EVENTS_A_COMMIT // max(total, 1) + 1)
    took, written, at = 0.0, 0, 0
    while rows := events.fetchmany(EVENTS_A_COMMIT):
        part = snapshots[at : at + share]
        at += share
        started = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        database.executemany(event, rows)
        database.executemany(snapshot, part)
        database.execute("COMMIT")
        took += time.perf_counter() - started
        written += len(rows)
    database.close()
    return {"seconds": took, "events": written}


def one(kind: str, people: int) -> dict[str, Any]:
    """Both runs of one shape, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "engine.db", Path(folder) / "raw.db"
        track = track_of(kind, people)
        ledger = SqlLedger(create_database(path))
        enrol(ledger, track, people)
        ledger.engine.dispose()
        shutil.copy(path, copy)
        ran = engine_run(path, track.track, UNTIL)
        return {"people": people, "engine": ran, "raw": raw_run(copy, path)}


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show(kind: str, found: dict[str, Any]) -> None:
    """One line of the table."""
    engine, raw = found["engine"], found["raw"]
    rate, best = engine["events"] / engine["seconds"], raw["events"] / raw["seconds"]
    say(
        f"{kind:10} {found['people']:>9,} people {engine['events']:>10,} events   advance {rate:>9,.0f} events/s"
        f"   raw {best:>9,.0f} events/s   ratio {rate / best:.2f}   peak {engine['mebibytes']} MiB"
    )


def main() -> None:
    """Run each shape in a process of its own and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--coupled", type=int, default=7_000, help="people on a track with a queue; 0 leaves it out")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        kind, people = asked.one.split(":")
        say(json.dumps(one(kind, int(people))))
        return
    shapes = [(kind, number) for number in asked.people for kind in ("alike", "different")]
    shapes += [("coupled", asked.coupled)] if asked.coupled else []
    for kind, people in shapes:
        ran = subprocess.run([sys.executable, __file__, "--one", f"{kind}:{people}"], check=True, capture_output=True, text=True)
        show(kind, json.loads(ran.stdout))


if __name__ == "__main__":
    main()
