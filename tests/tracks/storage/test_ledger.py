"""The ledger on SQLite: the log only grows, and everything is written together."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from definitions.model.refusal import Refusal
from definitions.model.track import Transfer
from tests.raising import raises_code
from tests.tracks.storage.stores import BY, MONDAY, QUEUE, TRACK, advance, apply, clock, new_ledger, refer, report
from tracks.engine.context.plan import plan_of
from tracks.errors import STREAM_CONFLICT, UNKNOWN_VERSION
from tracks.events.event import Draft, Event
from tracks.events.hash_chain import append
from tracks.events.outbox import Letter
from tracks.events.ranks import QueueRank
from tracks.events.snapshots import Claim, Todo
from tracks.recording import operations
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_facts import put_in_force
from tracks.storage import runs
from tracks.storage.database import create_database, open_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.memory_ledger import MemoryLedger
from tracks.storage.run_record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WHEN = "2026-09-07T08:00:00.000000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobbspar.db"


@pytest.fixture
def ledger(path: Path) -> SqlLedger:
    return new_ledger(path, TRACK, QUEUE)


def later(days: int) -> date:
    return MONDAY + timedelta(days=days)


def said_of(ledger: SqlLedger, stream: str, *kinds: str) -> list[Event]:
    """Events appended to a stream by hand, its snapshot not yet saved."""
    one = ledger.load([stream])[0]
    return append(one, [Draft(kind, MONDAY) for kind in kinds], actor=BY, recorded=WHEN, version=1, track_hash=b"x" * 32)


def cut_short(ledger: SqlLedger, action: Callable[[], object]) -> None:
    with ledger.transaction():
        action()
        raise RuntimeError


@pytest.mark.parametrize("change", ["UPDATE event SET actor = 'x'", "DELETE FROM event", "REPLACE INTO event SELECT * FROM event"])
def test_the_log_cannot_be_changed(ledger: SqlLedger, change: str) -> None:
    refer(ledger, "A1")
    with ledger.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("change", ["UPDATE event SET actor = 'x'", "DELETE FROM event"])
def test_the_log_cannot_be_changed_by_another_program_either(ledger: SqlLedger, path: Path, change: str) -> None:
    refer(ledger, "A1")
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(change)


def test_a_snapshot_comes_back_as_it_was_saved(ledger: SqlLedger) -> None:
    refer(ledger, "A1")
    one = ledger.load(["A1/1"])[0]
    one.due, one.last, one.start, one.since, one.step, one.status, one.version = later(1), later(2), later(3), later(4), "kurs", "active", 1
    one.claims = (Claim("intake", "waiting", 0, MONDAY, QueueRank(())), Claim("step:kurs", "holding", 1, MONDAY, ""))
    one.todos = (Todo("entry", "", 0, "enheten", MONDAY, None), Todo("report", "kurs", 2, "kommun", MONDAY, later(9)))
    ledger.save([one], [])
    assert ledger.load(["A1/1"]) == [one]


def test_a_track_comes_back_as_it_was_saved(ledger: SqlLedger) -> None:
    row = ledger.track("bygg")
    assert row is not None
    row.frontier, row.pending, row.due, row.coupled = later(1), True, later(2), True
    row.todos = (Todo("dates", "kurs", 0, "enheten", MONDAY, None),)
    ledger.save([], [], [row])
    ledger.save([], [], [row])
    assert ledger.track("bygg") == row
    assert ledger.track("okänt") is None


def test_the_events_of_a_stream_come_back_in_order(ledger: SqlLedger) -> None:
    refer(ledger, "A1", facts={"svenska": "B"}, key="rad-1")
    events = ledger.events("A1/1")
    assert [(one.seq, one.kind, one.key) for one in events] == [(1, "referred", "rad-1")]
    assert events[0].data["facts"] == {"svenska": "B"}
    assert ledger.keyed("A1/1", "rad-1") == events[0]
    assert ledger.keyed("A1/1", "rad-2") is None


def test_events_and_snapshots_are_written_together_or_not_at_all(ledger: SqlLedger, path: Path) -> None:
    refer(ledger, "A1")
    one = ledger.load(["A1/1"])[0]
    events = append(one, [Draft("interested", MONDAY)], actor=BY, recorded=WHEN, version=1, track_hash=None)
    with pytest.raises(RuntimeError):
        cut_short(ledger, lambda: ledger.save([one], events))
    assert len(ledger.events("A1/1")) == ledger.load(["A1/1"])[0].seq == 1


def test_an_inner_transaction_joins_the_outer(ledger: SqlLedger, path: Path) -> None:
    other = SqlLedger(open_database(path))
    with ledger.transaction():
        with ledger.transaction():
            refer(ledger, "A1")
        assert other.load(["A1/1"]) == []
    assert other.load(["A1/1"]) != []


def test_a_second_writer_of_the_same_event_is_told_to_decide_again(ledger: SqlLedger) -> None:
    refer(ledger, "A1")
    one = ledger.load(["A1/1"])[0]
    stale = said_of(ledger, "A1/1", "interested")
    ledger.save([one], said_of(ledger, "A1/1", "contacted"))
    with raises_code(STREAM_CONFLICT):
        ledger.save([one], stale)
    assert [event.kind for event in ledger.events("A1/1")] == ["referred", "contacted"]


def test_the_same_key_stands_once_in_a_stream(ledger: SqlLedger) -> None:
    refer(ledger, "A1", key="rad-1")
    one = ledger.load(["A1/1"])[0]
    events = append(one, [Draft("contacted", MONDAY)], actor=BY, recorded=WHEN, version=1, track_hash=None, key="rad-1")
    with raises_code(STREAM_CONFLICT):
        ledger.save([one], events)


@pytest.fixture
def statements(ledger: SqlLedger) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(ledger.engine, "before_cursor_execute", note)
    yield seen
    event.remove(ledger.engine, "before_cursor_execute", note)


def test_claims_and_todos_are_written_only_where_they_changed(ledger: SqlLedger, statements: list[str]) -> None:
    refer(ledger, "A1", "B2")
    advance(ledger, MONDAY)
    statements.clear()
    with ledger.transaction():
        one, other = ledger.load(["A1/1", "B2/1"])
        one.todos = (Todo("entry", "", 0, "enheten", MONDAY, None),)
        ledger.save([one, other], [])
        ledger.save([one, other], [])
    written = [statement for statement in statements if statement.startswith(("INSERT", "DELETE"))]
    assert [statement.split(" (")[0] for statement in written] == ["INSERT INTO todo"]


def test_claims_are_replaced_also_when_they_were_never_read(ledger: SqlLedger) -> None:
    refer(ledger, "A1", "B2", track="kö")
    advance(ledger, MONDAY)
    one = ledger.load(["A1/1"])[0]
    one.claims = one.todos = ()
    ledger.save([one], [])
    assert [stream for stream, _ in ledger.claims("kö")] == ["B2/1"]
    assert ledger.load(["A1/1"]) == [one]


def test_an_index_is_not_touched_where_status_and_step_stay_the_same(ledger: SqlLedger, statements: list[str]) -> None:
    refer(ledger, "A1", "B2")
    with ledger.transaction():
        one, other = ledger.load(["A1/1", "B2/1"])
        one.status, other.due = "active", later(3)
        statements.clear()
        ledger.save([one, other], [])
    assert [re.findall(r"\b(status|step|track|ref)=", statement.split(" SET ")[1]) for statement in statements] == [["status", "step"], []]
    assert [(one.status, one.due) for one in ledger.load(["A1/1", "B2/1"])] == [("active", MONDAY), ("referred", later(3))]


def plans(ledger: SqlLedger, statements: list[str], beginning: str) -> str:
    chosen = next(statement for statement in statements if beginning in statement)
    values = ("bygg", "2026-09-07", 10, 0) if "<=" in chosen else ("bygg", 1, 0)
    return " ".join(row[3] for row in ledger.rows(f"EXPLAIN QUERY PLAN {chosen}", values))


def test_what_is_due_is_found_and_ordered_by_index_alone(ledger: SqlLedger, statements: list[str]) -> None:
    ledger.due(["bygg"], MONDAY, 10)
    ledger.least_due(["bygg"], MONDAY)
    for beginning in ("ORDER BY enrolment.due, enrolment.stream", "ORDER BY enrolment.due\n LIMIT"):
        found = plans(ledger, statements, beginning)
        assert "enrolment_due (track=?" in found
        assert "TEMP B-TREE" not in found


def test_what_is_due_comes_by_day_and_stream_over_all_tracks_of_a_unit(ledger: SqlLedger) -> None:
    refer(ledger, "D4", "B2")
    refer(ledger, "C3", "A1", track="kö")
    ledger.wake(["C3/1"], MONDAY)
    ledger.wake(["D4/1"], later(-1))
    both = ["bygg", "kö"]
    assert [one.stream for one in ledger.due(both, later(9), 9)] == ["D4/1", "A1/1", "B2/1", "C3/1"]
    assert [one.stream for one in ledger.due(both, later(9), 2)] == ["D4/1", "A1/1"]
    assert [one.stream for one in ledger.due(["bygg"], later(9), 9)] == ["D4/1", "B2/1"]
    assert ledger.due(both, later(-2), 9) == []
    assert [ledger.least_due(tracks, MONDAY) for tracks in (both, ["kö"], [])] == [later(-1), MONDAY, None]


def test_shards_divide_what_is_due_among_them(ledger: SqlLedger) -> None:
    refer(ledger, *(f"A{number}" for number in range(40)))
    parts = [{one.stream for one in ledger.due(["bygg"], MONDAY, 99, (number, 3))} for number in range(3)]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 40
    assert all(parts)


@pytest.mark.parametrize("due", [0, 1, 30])
def test_an_advance_reads_those_who_are_due_and_nobody_else(ledger: SqlLedger, due: int) -> None:
    refer(ledger, *(f"A{number:02d}" for number in range(50)))
    advance(ledger, MONDAY)
    ledger.wake([f"A{number:02d}/1" for number in range(due)], later(1))
    ledger.enrolments_read = 0
    advance(ledger, later(1))
    assert ledger.enrolments_read == due


def test_waking_makes_nobody_due_later(ledger: SqlLedger) -> None:
    refer(ledger, "A1")
    ledger.wake(["A1/1", "track/bygg"], later(5))
    row = ledger.track("bygg")
    assert row is not None
    assert (ledger.load(["A1/1"])[0].due, row.due) == (MONDAY, later(5))
    ledger.wake(["A1/1", "track/bygg"], later(-5))
    row = ledger.track("bygg")
    assert row is not None
    assert (ledger.load(["A1/1"])[0].due, row.due) == (later(-5), later(-5))


def test_the_enrolments_of_a_participant_are_numbered_in_order(ledger: SqlLedger) -> None:
    for number in range(11):
        assert ledger.reserve("A1") == number + 1
        refer(ledger, "A1")
        advance(ledger, MONDAY)
        operations.record_fact(ledger, clock(), BY, f"A1/{number + 1}", ReportedFact("misregistered", MONDAY, data={"reason": "other"}))
    assert [one.stream for one in ledger.enrolments_of("A1")] == [f"A1/{number}" for number in range(1, 12)]


def test_members_are_found_by_status(ledger: SqlLedger) -> None:
    refer(ledger, "B2", "A1")
    assert ledger.members("bygg", {"referred", "active"}) == ["A1/1", "B2/1"]
    assert ledger.members("bygg", {"active"}) == []
    advance(ledger, MONDAY)
    assert ledger.members("bygg", {"active"}) == ["A1/1", "B2/1"]
    assert [(one.stream, one.start) for one in ledger.load(["A1/1", "okänd/1"])] == [("A1/1", MONDAY)]


def test_a_version_is_kept_whole_and_made_ready_once(ledger: SqlLedger) -> None:
    plan = ledger.plan("bygg", 1)
    assert plan.track == TRACK
    assert ledger.plan("bygg", 1) is plan
    with raises_code(UNKNOWN_VERSION) as refused:
        ledger.plan("bygg", 2)
    assert refused.value.exit_code == 4


def put_and_use(ledger: SqlLedger) -> None:
    ledger.put_plan(plan_of(TRACK, 2))
    ledger.plan("bygg", 2)


def test_a_version_that_was_rolled_back_is_forgotten(ledger: SqlLedger) -> None:
    with pytest.raises(RuntimeError):
        cut_short(ledger, lambda: put_and_use(ledger))
    with raises_code(UNKNOWN_VERSION):
        ledger.plan("bygg", 2)


def test_tracks_that_transfer_to_each_other_are_one_unit(ledger: SqlLedger) -> None:
    assert ledger.unit("bygg") == ("bygg",)
    way = Transfer(id="vidare", to="kö", local=True)
    apply(ledger, replace(TRACK, transfers={"vidare": way}))
    assert ledger.unit("bygg") == ledger.unit("kö") == ("bygg", "kö")
    assert ledger.tracks() == ["bygg", "kö"]


def live(book: Any) -> list[int]:
    """Two months on both tracks, with a queue, reports, a late one and a refusal."""
    counts = []
    for track in (TRACK, QUEUE):
        put_in_force(book, clock(), BY, track, track.track.encode().ljust(32), "")
    for number in range(12):
        day = later(number)
        enrol(book, clock(day), BY, TRACK.track if number % 2 else QUEUE.track, Referral(f"P{number}", day))
        for ref, fact in (
            (f"P{number - 3}", ReportedFact("accepted", day)),
            (f"P{number - 5}", ReportedFact("reported", later(number - 1), "kart", data={"result": "done", "facts": {"svenska": "A"}})),
            ("P1", ReportedFact("paused", day, data={"reason": "illness"}) if number == 7 else ReportedFact("contacted", day)),
        ):
            try:
                operations.record_fact(book, clock(day), BY, ref, fact)
            except Refusal as refused:
                counts.append(refused.exit_code)
        counts += [operations.advance_unit(book, unit, clock(day)).events for unit in operations.all_units(book)]
    counts += [operations.advance_unit(book, unit, clock(later(60))).events for unit in operations.all_units(book)]
    return counts


def test_the_same_life_gives_the_same_bytes_on_disk_and_over_lists(path: Path) -> None:
    assert live_and_log(SqlLedger(create_database(path))) == live_and_log(MemoryLedger())


def live_and_log(book: Any) -> Any:
    counts = live(book)
    streams = [f"P{number}/1" for number in range(12)] + ["track/bygg", "track/kö"]
    snapshots = {one.stream: one for one in book.load(streams)}
    claims = sorted((stream, *claim) for track in ("bygg", "kö") for stream, claim in book.claims(track))
    assert sum(counts) > 60
    return counts, [book.events(stream) for stream in streams], snapshots, claims


def test_a_run_begun_twice_keeps_the_first_clock(ledger: SqlLedger) -> None:
    run = RunRecord("r1", ("bygg", "kö"), MONDAY, WHEN, "local")
    assert runs.begin_run(ledger, run) == run
    again = RunRecord("r1", ("bygg", "kö"), MONDAY, "2027-01-01T00:00:00.000000Z", "local")
    assert runs.begin_run(ledger, again) == run
    runs.end_run(ledger, "r1", "done", {"events": 5}, "flow-1")
    ended = runs.run_of(ledger, "r1")
    assert ended is not None
    assert (ended.state, ended.counts, ended.flow_run, ended.recorded) == ("done", {"events": 5}, "flow-1", WHEN)
    assert runs.runs(ledger) == [ended]


def test_an_employer_has_the_name_said_last(ledger: SqlLedger) -> None:
    runs.put_employer(ledger, "e1", "Bygg AB", "556677-8899")
    runs.put_employer(ledger, "e1", "Bygg & Mark AB")
    assert runs.employers(ledger) == {"e1": "Bygg & Mark AB"}


def test_a_letter_is_sent_once_and_not_at_all_when_its_cause_is_withdrawn_before(ledger: SqlLedger) -> None:
    refer(ledger, "A1")
    letters = [Letter("A1/1", 1, "kallelse"), Letter("A1/1", 1, "kopia")]
    ledger.post(letters)
    ledger.post(letters)
    assert ledger.letters("pending") == letters
    assert ledger.mark(letters[0], "pending", "sending")
    assert not ledger.mark(letters[0], "pending", "sending")
    one = ledger.load(["A1/1"])[0]
    events = append(one, [Draft("withdrawn", MONDAY, data={"seq": 1})], actor="engine", recorded=WHEN, version=1, track_hash=None)
    ledger.save([], events)
    assert [ledger.letters(state) for state in ("pending", "sending", "stale", "void")] == [[], [], letters[:1], letters[1:]]


def test_a_letter_cannot_be_put_out_for_an_event_that_is_not_there(ledger: SqlLedger) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        ledger.post([Letter("A1/1", 1, "kallelse")])


@pytest.mark.parametrize("hostile", ["'; DROP TABLE event;--", "a\x1b[31m", "å" * 40, "\x00", "track/bygg"])
def test_text_is_only_ever_a_value(ledger: SqlLedger, hostile: str) -> None:
    assert ledger.load([hostile]) == [] == ledger.events(hostile + "x")
    assert ledger.track(hostile) is None
    runs.put_employer(ledger, hostile, hostile)
    assert runs.employers(ledger) == {hostile: hostile}
    report_day = later(1)
    refer(ledger, "A1")
    advance(ledger, MONDAY)
    report(ledger, "A1", "kart", report_day)
    assert ledger.load(["A1/1"])[0].ref == "A1"
