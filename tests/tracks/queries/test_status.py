"""The light read side: right answers, few imports, no lock, no writing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tracks.storage.stores import (
    BY,
    MONDAY,
    QUEUE,
    TRACK,
    advance,
    apply,
    clock,
    new_ledger,
    refer,
    report,
    up_to_the_temporary_folder,
)
from tracks.events.fold import encode
from tracks.queries import track_status
from tracks.queries.caseloads import caseloads
from tracks.queries.explain.as_of import stands_then, track_then
from tracks.queries.explain.as_of_ledger import PastLedger
from tracks.queries.moment import Moment
from tracks.queries.reader import DatabaseReader, reading
from tracks.queries.status import Stand, status
from tracks.queries.worklist import Which, worklist
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

ROOT = Path(__file__).parents[3]


def past(reader: DatabaseReader, day: date | None, known: str | None = None) -> PastLedger:
    return PastLedger(reader, Moment(later(90), day, known, day))


def status_then(reader: DatabaseReader, ref: str, day: date, known: str | None = None) -> list[Stand]:
    return stands_then(past(reader, day, known), ref)


def later(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobbspar.db"


@pytest.fixture
def ledger(path: Path) -> SqlLedger:
    return new_ledger(path, TRACK, QUEUE)


HEAVY = ("prefect", "sqlmodel", "sqlalchemy", "pydantic", "yaml", "jinja2", "alembic", "cryptography", "definitions.model.track")


def test_reading_brings_along_nothing_heavy() -> None:
    code = f"import sys, tracks.queries.status, tracks.queries.track_status; print([name for name in {HEAVY} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == "[]"


def test_status_says_where_a_participant_stands_and_what_to_do(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    advance(ledger, later(8))
    with reading(path) as reader:
        (stand,) = status(reader, "A1", later(8))
    assert (stand.stream, stand.track, stand.track_name, stand.version, stand.status) == ("A1/1", "bygg", "Bygg Norrort", 1, "active")
    assert (stand.since, stand.admitted, stand.closed) == (MONDAY, MONDAY, None)
    assert [(step.id, step.name, step.responsible, step.since) for step in stand.steps] == [("kart", "Kartläggning", "kommun", MONDAY)]
    assert [(task.kind, task.step_name, task.role, task.due, task.overdue) for task in stand.todos] == [
        ("report", "Kartläggning", "kommun", later(7), True)
    ]


def test_status_knows_all_enrolments_of_a_person_or_one(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    refer(ledger, "A1", track="kö")
    with reading(path) as reader:
        assert [stand.stream for stand in status(reader, "A1", MONDAY)] == ["A1/1", "A1/2"]
        assert [stand.stream for stand in status(reader, "A1/2", MONDAY)] == ["A1/2"]
        assert status(reader, "B2", MONDAY) == []
        assert status(reader, "'; DROP TABLE event;--", MONDAY) == []


def test_status_says_since_when_the_engine_is_behind(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    with reading(path) as reader:
        assert [status(reader, "A1", day)[0].behind_since for day in (MONDAY, later(1))] == [None, MONDAY]
        stand = track_status.track_status(reader, "bygg", later(3))
        assert stand is not None
        assert stand.behind_since == MONDAY


def test_the_day_that_a_status_began_is_told_for_each_status(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    seen = []
    for day, kind in ((1, "paused"), (3, "resumed"), (5, "interrupted"), (6, "misregistered")):
        operations.record_fact(ledger, clock(later(day)), BY, "A1", ReportedFact(kind, later(day), data={"reason": "illness"}))
        with reading(path) as reader:
            (stand,) = status(reader, "A1", later(day))
            seen.append((stand.status, stand.since))
    assert seen == [("paused", later(1)), ("active", later(3)), ("interrupted", later(5)), ("misregistered", later(6))]


def test_names_are_those_of_the_version_that_the_person_is_bound_to(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    advance(ledger, MONDAY)
    steps = (replace(TRACK.steps[0], name="Möte"), TRACK.steps[1])
    apply(ledger, replace(TRACK, steps=steps), later(1))
    refer(ledger, "B2", on=later(1))
    advance(ledger, later(2))
    with reading(path) as reader:
        names = [status(reader, ref, later(2))[0].steps[0].name for ref in ("A1", "B2")]
    assert names == ["Kartläggning", "Möte"]


def test_any_past_day_is_told_as_the_snapshot_told_it_then(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    told = []
    for day in range(30):
        advance(ledger, later(day))
        if day == 9:
            report(ledger, "A1", "kart", later(9), svenska="B")
            advance(ledger, later(9))
        with reading(path) as reader:
            told.append(status(reader, "A1", later(day))[0])
    with reading(path) as reader:
        for day, now in enumerate(told):
            (then,) = status_then(reader, "A1", later(day))
            assert encode(then.progress) == encode(now.progress)
            for name in ("status", "since", "steps", "version", "todos"):
                assert getattr(then, name) == getattr(now, name), (day, name)


def test_what_was_known_leaves_out_what_was_recorded_later(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    advance(ledger, MONDAY)
    operations.record_fact(
        ledger, clock(later(5)), BY, "A1", ReportedFact("reported", later(2), "kart", data={"result": "done", "facts": {"svenska": "B"}})
    )
    advance(ledger, later(5))
    with reading(path) as reader:
        as_was = status_then(reader, "A1", later(3))[0]
        as_known = status_then(reader, "A1", later(3), clock(later(4)).recorded)[0]
        unborn = status_then(reader, "A1", later(-1))
    assert [[step.id for step in stand.steps] for stand in (as_was, as_known)] == [["kurs"], ["kart"]]
    assert unborn == []


def test_a_whole_track_is_counted_now_and_then_alike(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1", "B2", "C3")
    advance(ledger, MONDAY)
    report(ledger, "A1", "kart", later(1), svenska="B")
    advance(ledger, later(2))
    with reading(path) as reader:
        now = track_status.track_status(reader, "bygg", later(2))
        then = track_then(past(reader, later(2)), "bygg")
        before = track_then(past(reader, MONDAY), "bygg")
        assert track_status.track_status(reader, "okänt", MONDAY) is None
        assert track_then(past(reader, MONDAY), "okänt") is None
    assert now is not None
    assert then is not None
    assert before is not None
    assert (now.statuses, now.steps, now.step_names) == ({"active": 3}, {"kart": 2, "kurs": 1}, {"kart": "Kartläggning", "kurs": "Kurs"})
    assert (then.statuses, then.steps) == (now.statuses, now.steps)
    assert before.steps == {"kart": 3}


def test_tracks_in_force_are_listed_with_their_people(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1", "B2")
    refer(ledger, "C3", track="kö")
    advance(ledger, MONDAY)
    with reading(path) as reader:
        rows = track_status.tracks(reader)
    assert [(row.id, row.name, row.version, row.coupled, row.open) for row in rows] == [
        ("bygg", "Bygg Norrort", 1, False, 2),
        ("kö", "Kön", 1, True, 1),
    ]


def test_the_worklist_begins_with_what_is_most_overdue_and_can_be_narrowed(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1", on=later(-3))
    refer(ledger, "B2")
    refer(ledger, "C3", track="kö")
    advance(ledger, later(20))
    with reading(path) as reader:
        every = worklist(reader, later(20))
        assert [(task.ref, task.kind, task.overdue) for task in every] == [
            ("A1", "report", True),
            ("B2", "report", True),
            ("C3", "offer", False),
        ]
        assert worklist(reader, later(20), Which(role="kommun")) == every[:2]
        assert worklist(reader, later(20), Which(track="kö")) == every[2:]
        assert worklist(reader, later(20), Which(ref="B2")) == worklist(reader, later(20), Which(ref="B2/1")) == every[1:2]
        assert worklist(reader, later(20), Which(role="' OR 1=1 --")) == []
        stand = track_status.track_status(reader, "bygg", later(20))
    assert stand is not None
    assert stand.overdue == {"report": 2}


def test_history_tells_every_event_and_which_of_them_stand(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    advance(ledger, later(10))
    operations.record_fact(
        ledger, clock(later(10)), BY, "A1", ReportedFact("reported", later(3), "kart", data={"result": "done", "facts": {"svenska": "B"}})
    )
    with reading(path) as reader:
        entries = track_status.history(reader, "A1")
        assert [entry.event for entry in entries] == ledger.events("A1/1")
        assert [entry.event.kind for entry in track_status.history(reader, "track/bygg")] == ["applied"]
    withdrawn = {entry.event.data["seq"] for entry in entries if entry.event.kind == "withdrawn"}
    assert withdrawn
    assert {entry.event.seq for entry in entries if not entry.stands and entry.event.kind != "withdrawn"} == withdrawn
    assert entries[2].step_name == "Kartläggning"


def test_everybody_of_a_track_can_be_gone_through_now_and_then(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1", "B2")
    advance(ledger, later(3))
    with reading(path) as reader:
        now = list(track_status.progresses(reader, "bygg"))
        assert list(track_status.progresses(reader, "bygg", later(3))) == now
        assert [(stream, stands) for stream, stands, _, _ in track_status.progresses(reader, "bygg", MONDAY)] == [
            ("A1/1", "active"),
            ("B2/1", "active"),
        ]


def plan(reader: DatabaseReader, sql: str) -> str:
    return " ".join(row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}", ("x",) * sql.count("?")))


def test_no_question_about_one_person_looks_at_everybody(ledger: SqlLedger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refer(ledger, "A1", "B2", track="kö")
    advance(ledger, MONDAY)
    asked: list[str] = []
    original = DatabaseReader.rows

    def note(self: DatabaseReader, sql: str, values: Any = ()) -> list[Any]:
        asked.append(sql)
        return original(self, sql, values)

    monkeypatch.setattr(DatabaseReader, "rows", note)
    monkeypatch.setattr(DatabaseReader, "each", note)
    with reading(path) as reader:
        status(reader, "A1", MONDAY)
        status_then(reader, "A1", MONDAY)
        track_status.history(reader, "A1")
        worklist(reader, MONDAY, Which(ref="A1"))
        worklist(reader, MONDAY, Which(ref="A1/1"))
        worklist(reader, MONDAY, Which(person="Åsa Ek"))
        caseloads(reader, ["bygg"], "Åsa Ek")
        plans = [plan(reader, sql) for sql in set(asked) if sql != "BEGIN"]
    assert len(plans) > 5
    assert not [found for found in plans if "SCAN" in found.replace("SCAN json_each", "")]


def test_counting_a_track_reads_an_index_and_no_row(ledger: SqlLedger, path: Path) -> None:
    with reading(path) as reader:
        assert "COVERING INDEX enrolment_status" in plan(
            reader, "SELECT status, step, count(*) FROM enrolment WHERE track = ? GROUP BY status, step"
        )


def test_all_answers_of_one_reading_are_of_one_moment(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    with reading(path) as reader:
        before = status(reader, "A1", MONDAY)
        advance(ledger, later(30))
        assert status(reader, "A1", MONDAY) == before
    with reading(path) as reader:
        assert status(reader, "A1", MONDAY) != before


def test_reading_sees_what_a_writer_has_only_in_its_log(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    assert path.with_name("jobbspar.db-wal").stat().st_size > 0
    with reading(path) as reader, ledger.transaction():
        assert status(reader, "A1", MONDAY)[0].status == "referred"


def test_reading_writes_nothing(ledger: SqlLedger, path: Path) -> None:
    with reading(path) as reader, pytest.raises(Exception, match="may not be written"):
        reader.rows("INSERT INTO employer (id, name) VALUES ('a', 'b')")


READ_AS_NOBODY = """
import os, sys
from datetime import date
from tracks.queries.reader import reading
from tracks.queries.status import status
os.setgid(65534); os.setuid(65534)
with reading(sys.argv[1]) as reader:
    print(status(reader, "A1", date(2026, 9, 7))[0].status)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user to try it")
@pytest.mark.parametrize("open_still", [True, False])
def test_status_works_in_a_folder_that_may_not_be_written(tmp_path: Path, open_still: bool) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    ledger = new_ledger(folder / "jobbspar.db")
    refer(ledger, "A1")
    if not open_still:
        ledger.engine.dispose()
        SqlLedger(open_database(folder / "jobbspar.db")).engine.dispose()
    for file in folder.iterdir():
        file.chmod(0o644)
    for parent in (folder, *up_to_the_temporary_folder(folder)):
        parent.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-c", READ_AS_NOBODY, str(folder / "jobbspar.db")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.stdout.strip() == "referred", ran.stderr
