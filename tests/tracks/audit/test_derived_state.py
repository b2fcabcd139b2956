"""What is derived of the log is held against it, and written anew of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.track import Step
from definitions.model.values import Length
from tests.tracks.storage.stores import BY, MONDAY, TRACK, advance, clock, lived, new_ledger, refer, report, tamper
from tracks.audit.discrepancies import Discrepancy, mendable
from tracks.audit.rebuild import rebuild
from tracks.audit.verify import verify
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return lived(tmp_path / "jobbspar.db")


DERIVED = {
    "a claim too many": (
        "INSERT INTO claim VALUES ('bygg', 'intake', 'B2/1', 'holding', 0, '2026-09-07', '')",
        Discrepancy("claim", "B2/1", 0, "intake", "track=bygg, state=holding, attempt=0, since=2026-09-07"),
    ),
    "a claim that is gone": (
        "DELETE FROM claim WHERE stream = 'D4/1'",
        Discrepancy("claim", "D4/1", 0, "intake", "", "track=kö, state=waiting, attempt=0, since=2026-09-07, rank=…"),
    ),
    "a claim in another state": (
        "UPDATE claim SET state = 'holding' WHERE stream = 'D4/1'",
        Discrepancy("claim", "D4/1", 0, "intake", "state=holding", "state=waiting"),
    ),
    "a claim filed under another track": (
        "UPDATE claim SET track = 'bygg' WHERE stream = 'D4/1'",
        Discrepancy("claim", "D4/1", 0, "intake", "track=bygg", "track=kö"),
    ),
    "a todo too many": (
        "INSERT INTO todo VALUES ('A1/1', 'report', 'kurs', 1, 'kommun', '2026-09-07', NULL, 'bygg')",
        Discrepancy("todo", "A1/1", 0, "report (kurs 1)", "track=bygg, role=kommun, since=2026-09-07"),
    ),
    "a todo that is gone": (
        "DELETE FROM todo WHERE stream = 'C3/1' AND kind = 'offer'",
        Discrepancy("todo", "C3/1", 0, "offer", "", "track=kö, role=enheten, since=2026-09-07"),
    ),
    "a todo of another day": (
        "UPDATE todo SET since = '2020-01-01' WHERE stream = 'C3/1' AND kind = 'offer'",
        Discrepancy("todo", "C3/1", 0, "offer", "since=2020-01-01", "since=2026-09-07"),
    ),
    "a todo of the track": (
        "INSERT INTO todo VALUES ('track/kö', 'over:intake', '', 0, 'enheten', '2026-09-07', NULL, 'kö')",
        Discrepancy("todo", "track/kö", 0, "over:intake", "track=kö, role=enheten, since=2026-09-07"),
    ),
    "nothing due": ("UPDATE enrolment SET due = NULL WHERE stream = 'E5/1'", Discrepancy("due", "E5/1", 0, "", "", "2026-10-21")),
    "due too late": (
        "UPDATE enrolment SET due = '2040-01-01' WHERE stream = 'E5/1'",
        Discrepancy("due", "E5/1", 0, "", "2040-01-01", "2026-10-21"),
    ),
    "a step": ("UPDATE enrolment SET step = 'kurs' WHERE stream = 'B2/1'", Discrepancy("snapshot", "B2/1", 0, "step")),
    "a version": ("UPDATE enrolment SET version = NULL WHERE stream = 'B2/1'", Discrepancy("snapshot", "B2/1", 0, "version")),
    "a shard": ("UPDATE enrolment SET shard = 256 WHERE stream = 'B2/1'", Discrepancy("snapshot", "B2/1", 0, "shard")),
    "a reference of another": ("UPDATE enrolment SET ref = 'A1' WHERE stream = 'B2/1'", Discrepancy("snapshot", "B2/1", 0, "ref")),
    "a track that she was not referred to": (
        "UPDATE enrolment SET track = 'kö' WHERE stream = 'B2/1'",
        Discrepancy("snapshot", "B2/1", 0, "track"),
    ),
    "a due day that is none": ("UPDATE enrolment SET due = 'x' WHERE stream = 'D4/1'", Discrepancy("illegible", "D4/1")),
    "a todo of nobody": (
        "INSERT INTO todo VALUES ('X9/1', 'report', 'kurs', 1, 'kommun', '2026-09-07', NULL, 'bygg')",
        Discrepancy("orphan", "X9/1"),
    ),
    "a claim of nobody": (
        "INSERT INTO claim VALUES ('kö', 'intake', 'X9/1', 'holding', 0, '2026-09-07', '')",
        Discrepancy("orphan", "X9/1"),
    ),
    "a todo of no track": (
        "INSERT INTO todo VALUES ('track/x', 'over:intake', '', 0, 'enheten', '2026-09-07', NULL, 'x')",
        Discrepancy("orphan", "track/x"),
    ),
}


SNAPSHOTS = {
    "state": "UPDATE enrolment SET state = replace(state, '\"done\"', '\"not_passed\"') WHERE stream = 'A1/1'",
    "status": "UPDATE enrolment SET status = 'interrupted' WHERE stream = 'A1/1'",
    "last": "UPDATE enrolment SET last = '2026-12-24' WHERE stream = 'A1/1'",
    "roles": "INSERT INTO assigned VALUES ('A1/1', 'x', 'Bo', 'bo')",
}


@pytest.fixture
def going_on(ledger: SqlLedger) -> SqlLedger:
    """The same, and somebody whose course is running."""
    refer(ledger, "E5", on=MONDAY + timedelta(days=21), now=MONDAY + timedelta(days=30))
    report(ledger, "E5", "kart", MONDAY + timedelta(days=30), svenska="B")
    advance(ledger, MONDAY + timedelta(days=30))
    return ledger


@pytest.mark.parametrize("name", DERIVED)
def test_what_does_not_follow_from_the_fold_is_named_with_what_should_stand(going_on: SqlLedger, name: str) -> None:
    change, expected = DERIVED[name]
    tamper(going_on, change)
    (found,) = verify(going_on).breaks
    rank = "rank=" + found.should.partition("rank=")[2]
    expected = expected._replace(seq=found.seq, should=expected.should.replace("rank=…", rank))
    assert found == expected
    assert found.derived


@pytest.mark.parametrize("name", [*DERIVED, *SNAPSHOTS])
def test_what_is_derived_is_written_anew_from_the_log(going_on: SqlLedger, name: str) -> None:
    said = {name: change for name, (change, _) in DERIVED.items()} | SNAPSHOTS
    before = derived_rows(going_on)
    tamper(going_on, said[name])
    wrong = {one.stream for one in verify(going_on).breaks}
    assert rebuild(going_on).streams == sorted(wrong)
    assert verify(going_on).sound
    assert derived_rows(going_on) == before
    assert rebuild(going_on).streams == []


def derived_rows(ledger: SqlLedger) -> list[list[Any]]:
    """Everything that is derived, and the log."""
    return [sorted(ledger.rows(f"SELECT * FROM {table}"), key=repr) for table in ("enrolment", "claim", "todo", "assigned", "event")]


def test_a_row_that_cannot_be_read_is_named_with_all_that_is_worked_out_from_it(ledger: SqlLedger) -> None:
    tamper(ledger, "UPDATE claim SET since = 'x' WHERE stream = 'D4/1'")
    assert [(one.code, one.stream) for one in verify(ledger).breaks] == [("illegible", "D4/1"), ("illegible", "track/kö")]
    assert rebuild(ledger).streams == ["D4/1", "track/kö"]
    assert verify(ledger).sound


def test_the_snapshot_of_a_track_is_written_anew_too(ledger: SqlLedger) -> None:
    before = ledger.track("kö")
    tamper(ledger, "UPDATE track SET state = '[]' WHERE id = 'kö'", "DELETE FROM claim WHERE stream = 'C3/1'")
    assert rebuild(ledger).streams == ["C3/1", "track/kö"]
    after = ledger.track("kö")
    assert before is not None
    assert after is not None
    assert after.state == before.state
    assert verify(ledger).sound


TRACKS = {
    "a day that has not come": (
        "UPDATE track SET frontier = '2028-01-01' WHERE id = 'kö'",
        Discrepancy("frontier", "track/kö", 1, "", "2028-01-01", "2026-09-16"),
    ),
    "no day": ("UPDATE track SET frontier = NULL WHERE id = 'kö'", Discrepancy("frontier", "track/kö", 1, "", "", "2026-09-16")),
    "shares nothing": ("UPDATE track SET coupled = 0 WHERE id = 'kö'", Discrepancy("coupled", "track/kö", 1, "", "0", "1")),
    "shares something": ("UPDATE track SET coupled = 1 WHERE id = 'bygg'", Discrepancy("coupled", "track/bygg", 1, "", "1", "0")),
    "other names": (
        "UPDATE track_version SET labels = replace(labels, 'Kurs', 'Resa') WHERE track = 'kö'",
        Discrepancy("labels", "track/kö", 1),
    ),
}


@pytest.mark.parametrize("name", TRACKS)
def test_what_a_track_says_of_itself_is_held_against_its_log_and_its_versions_and_written_anew(ledger: SqlLedger, name: str) -> None:
    change, expected = TRACKS[name]
    before = ledger.track("bygg"), labels(ledger)
    tamper(ledger, change)
    assert verify(ledger).breaks == (expected,)
    assert rebuild(ledger).streams == [expected.stream]
    assert verify(ledger).sound
    queue = ledger.track("kö")
    assert queue is not None
    assert queue.coupled
    assert queue.frontier in (MONDAY, MONDAY + timedelta(days=9))
    assert (ledger.track("bygg"), labels(ledger)) == before


def labels(ledger: SqlLedger) -> list[Any]:
    return ledger.rows("SELECT track, version, labels FROM track_version ORDER BY track")


def test_a_track_that_was_sent_to_the_future_and_put_right_goes_on_as_if_nothing_had_happened(ledger: SqlLedger, tmp_path: Path) -> None:
    tamper(ledger, "UPDATE track SET frontier = '2028-01-01' WHERE id = 'kö'")
    rebuild(ledger)
    untouched = lived(tmp_path / "other.db")
    for one in (ledger, untouched):
        advance(one, MONDAY + timedelta(days=200))
    assert derived_rows(ledger) == derived_rows(untouched)


def test_a_later_day_that_a_run_was_to_come_to_is_no_fault(ledger: SqlLedger) -> None:
    run = "INSERT INTO run VALUES ('r', '[]', '2026-10-09', '', 'prefect', 'completed', '{}', NULL)"
    tamper(ledger, run, "UPDATE track SET frontier = '2026-10-09' WHERE id = 'kö'")
    assert "frontier" not in {one.code for one in verify(ledger).breaks}


@pytest.mark.parametrize("stream", ["A1/1", "D4/1"])
def test_an_enrolment_that_is_gone_is_made_again_from_its_log_without_whose_it_is(ledger: SqlLedger, stream: str) -> None:
    before = derived_rows(ledger)
    tamper(ledger, f"DELETE FROM enrolment WHERE stream = '{stream}'")
    assert {(one.code, one.derived) for one in verify(ledger).breaks} >= {("no_snapshot", True)}
    assert rebuild(ledger) == ([stream], [stream])
    assert verify(ledger).sound
    assert derived_rows(ledger) == before


def test_a_track_whose_row_is_gone_is_made_again_together_with_all_its_people(ledger: SqlLedger) -> None:
    before, people = ledger.track("kö"), derived_rows(ledger)
    tamper(ledger, "DELETE FROM track WHERE id = 'kö'", "DELETE FROM enrolment WHERE track = 'kö'")
    assert rebuild(ledger) == (["C3/1", "D4/1", "track/kö"], ["C3/1", "D4/1"])
    assert verify(ledger).sound
    after = ledger.track("kö")
    assert before is not None
    assert after is not None
    assert (after.version, after.state, after.coupled, after.seq, after.head) == (1, before.state, True, before.seq, before.head)
    assert derived_rows(ledger) == people
    advance(ledger, MONDAY + timedelta(days=31))
    assert verify(ledger).sound


def test_a_broken_log_whose_row_is_gone_is_not_made_again(ledger: SqlLedger) -> None:
    tamper(ledger, "DELETE FROM enrolment WHERE stream = 'D4/1'", "UPDATE event SET actor = 'Bo' WHERE stream = 'D4/1' AND seq = 1")
    breaks = verify(ledger).breaks
    assert Discrepancy("changed", "D4/1", 1) in breaks
    assert mendable(breaks) == []
    assert rebuild(ledger) == ([], [])


def test_who_is_on_a_track_whose_version_was_changed_is_left_as_she_stands(ledger: SqlLedger) -> None:
    tamper(
        ledger,
        "UPDATE track_version SET compiled = '{' WHERE track = 'kö'",
        "UPDATE enrolment SET status = 'completed' WHERE stream = 'C3/1'",
        "DELETE FROM enrolment WHERE stream = 'D4/1'",
        "UPDATE enrolment SET status = 'waiting' WHERE stream = 'B2/1'",
    )
    again = SqlLedger(open_database(ledger.path))
    assert rebuild(again).streams == ["B2/1"]
    assert verify(again).breaks == (Discrepancy("version", "kö", 1),)


def test_nothing_is_written_anew_from_a_log_that_is_not_whole(ledger: SqlLedger) -> None:
    tamper(
        ledger,
        "UPDATE event SET actor = 'Bo' WHERE stream = 'A1/1' AND seq = 2",
        "DELETE FROM todo WHERE stream = 'A1/1'",
        "UPDATE enrolment SET status = 'waiting' WHERE stream = 'B2/1'",
    )
    assert rebuild(ledger).streams == ["B2/1"]
    assert verify(ledger).breaks == (Discrepancy("changed", "A1/1", 2),)


def test_what_awaits_the_next_advance_is_as_it_was_and_is_not_called_wrong(ledger: SqlLedger) -> None:
    day = MONDAY + timedelta(days=31)
    operations.record_fact(ledger, clock(day), BY, "C3", ReportedFact("offered", day, data={}))
    one, row = ledger.load(["C3/1"])[0], ledger.track("kö")
    assert row is not None
    # Nothing of her own follows of an offer before it lapses; what is given to others waits for the slice of the day.
    assert (one.due, row.frontier, row.pending) == (day + timedelta(days=15), day, True)
    assert verify(ledger).sound
    advance(ledger, day)
    assert verify(ledger).sound


def test_a_day_on_which_nothing_was_concluded_leaves_the_next_due_day_and_that_is_sound(tmp_path: Path) -> None:
    steps = (Step(id="a", type="insats", name="A", length=Length(30, "weeks")),)
    ledger = new_ledger(tmp_path / "jobbspar.db", replace(TRACK, steps=steps))
    refer(ledger, "A1")
    advance(ledger, MONDAY)
    first, events = ledger.load(["A1/1"])[0].due, len(ledger.events("A1/1"))
    assert first is not None
    assert first < MONDAY + timedelta(days=210)  # a month before the end somebody looks to it, which leaves no event
    advance(ledger, first)
    one = ledger.load(["A1/1"])[0]
    assert (len(ledger.events("A1/1")), one.due) == (events, MONDAY + timedelta(days=210))
    assert verify(ledger).sound
    for due in ("NULL", "'2040-01-01'"):
        tamper(ledger, f"UPDATE enrolment SET due = {due}")
        # With the due day goes what stands on the worklist because of it.
        assert [found.code for found in verify(ledger).breaks] == ["due", "todo"]


def test_a_track_whose_version_was_changed_says_nothing_of_what_would_follow_from_it(ledger: SqlLedger) -> None:
    tamper(ledger, "UPDATE track_version SET compiled = '{' WHERE track = 'kö'", "DELETE FROM todo WHERE stream = 'C3/1'")
    assert verify(ledger).breaks == (Discrepancy("version", "kö", 1),)


def test_what_differs_is_told_in_both_languages_with_what_stands_and_what_should() -> None:
    one = Discrepancy("claim", "A1/1", 3, "start:2026-09-07", "state=holding", "")
    assert one.message("sv") == "A1/1: platsen start:2026-09-07 har läget state=holding, men ska enligt loggen ha ingenting."
    assert one.message("en") == "A1/1: the claim start:2026-09-07 stands as state=holding; from the log follows nothing."
    assert (
        Discrepancy("todo", "A1/1", 3, "offer", "", "role=x").message("sv")
        == "A1/1: att göra offer är ingenting, men ska enligt loggen vara role=x."
    )
