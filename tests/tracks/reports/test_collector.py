from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from definitions.model.track import Goal, Measure
from definitions.model.values import Condition
from tests.tracks.storage.stores import BY, MONDAY, TRACK, advance, apply, clock, new_ledger, refer, report
from tracks.events.event import Draft
from tracks.events.fold import Progress
from tracks.events.hash_chain import append
from tracks.events.snapshots import TrackRow
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.reports.measures.collector import collect, struck_goals
from tracks.reports.measures.indicators import measure_goals
from tracks.reports.pages.report import ReportMaterial
from tracks.reports.pages.report import render_report as render
from tracks.reports.text.html import PageSource

if TYPE_CHECKING:
    from pathlib import Path

WORK = Goal(id="ut", name="Ut", measure=Measure(counts=(Condition(rule="outcome = work"),)))
LATER = MONDAY + timedelta(60)


def test_a_report_is_made_from_what_the_ledger_holds(tmp_path: Path) -> None:
    track = replace(TRACK, goals=(WORK,))
    ledger = new_ledger(tmp_path / "a.db", track)
    refer(ledger, "anna", "bo", "cleo")
    advance(ledger, MONDAY)
    for ref in ("anna", "bo"):
        report(ledger, ref, "kart", MONDAY + timedelta(3), svenska="B")
    advance(ledger, MONDAY + timedelta(30))
    operations.record_fact(
        ledger, clock(MONDAY + timedelta(30)), BY, "anna", ReportedFact("outcome", MONDAY + timedelta(17), data={"what": "work"})
    )
    found = collect(ledger, ["bygg", "nowhere"])
    goal = measure_goals(found.tracks[0], found.cases, LATER, found.struck)[0]
    assert (goal.numerator, goal.denominator, goal.unknown) == (1, 2, 1)
    assert [stream for stream, todo in found.todos if todo.kind == "report"] == ["cleo/1"]
    assert found.tracks == (track,)
    page = render(track, ReportMaterial(found.cases, PageSource(LATER, hashes=found.hashes), found.todos, found.struck), "sv")
    assert found.hashes["bygg"][:12] in page
    assert "anna" not in page


def test_what_was_true_on_a_day_is_counted_as_it_was(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.db")
    refer(ledger, "anna")
    refer(ledger, "bo", on=MONDAY + timedelta(7))
    advance(ledger, MONDAY + timedelta(8))
    found = collect(ledger, ["bygg"], MONDAY + timedelta(1))
    assert [(case.ref, case.status) for case in found.cases] == [("anna", "active")]


def test_people_keep_the_version_they_were_admitted_on_and_goals_follow_the_one_in_force(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.db")
    refer(ledger, "anna")
    advance(ledger, MONDAY)
    apply(ledger, replace(TRACK, name="Ny", goals=(WORK,)), MONDAY + timedelta(1))
    found = collect(ledger, ["bygg"])
    assert (found.tracks[0].name, found.cases[0].track.name) == ("Ny", "Bygg Norrort")


def test_a_goal_struck_by_a_person_has_her_name_and_reason() -> None:
    row = TrackRow("bygg", 1, Progress())
    draft = Draft("goal_struck", MONDAY, "", 0, {"goal": "ut", "reason": "Underlaget höll inte"})
    events = append(row, [draft], actor=BY, recorded="2026-09-07T06:00:00.000000Z", version=1, track_hash=None)
    verdict = struck_goals(events)["ut"]
    assert (verdict.by, verdict.date, verdict.reason) == (BY, MONDAY, "Underlaget höll inte")
