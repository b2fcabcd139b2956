from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
@once
def queued(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "w", QUEUED)


@pytest.fixture
@once
def alone(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "w", ALONE)


def kinds(space: Workspace, ref: str) -> list[str]:
    return [row["kind"] for row in space.ok("history", ref, "--json").json]


def test_a_participant_goes_all_the_way_on_a_track_with_a_queue(queued: Workspace) -> None:
    queued.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01")
    queued.ok("enrol", "kö", "A2", "--fact", "redo=ja", "--fact", "poäng=3")
    queued.ok("advance", "--engine", "local", "--at", "2026-09-07")
    assert [(row["ref"], row["type"]) for row in queued.ok("worklist", "--json").json] == [("A1", "jobbspar offer A1")]
    assert "A1/1" in queued.ok("offer", "kö").out
    queued.ok("accept", "A1", "--at", "2026-09-09")
    queued.ok("advance", "--engine", "local", "--at", "2026-10-05")
    assert queued.ok("status", "A1", "--json").json[0]["steps"][0]["name"] == "Kartan"
    queued.ok("record", "A1", "karta", "klar", "--at", "2026-10-12", "--advance")
    queued.ok("record", "A1", "praktik", "toppen", "--at", "2026-10-26", "--advance")
    queued.ok("outcome", "A1", "arbete", "--employer", "ab", "--on", "2026-10-26")
    queued.ok("follow-up", "A1", "avslut", "--outcome", "arbete")
    queued.ok("follow-up", "A1", "1 månad", "--outcome", "arbete", "--at", "2026-12-01")
    assert queued.ok("status", "A1", "--json").json[0]["status"] == "completed"
    assert kinds(queued, "A1")[:16] == [
        "referred", "waitlisted", "proposed", "offered", "accepted", "admitted", "step_started", "report_due", "reported",
        "step_completed", "place_given", "step_started", "report_due", "reported", "step_completed", "completed",
    ]  # fmt: skip
    assert [kinds(queued, "A1").count(kind) for kind in ("outcome", "followed_up")] == [1, 2]
    assert queued.ok("verify", "--json").json["sound"] is True


def test_a_participant_goes_all_the_way_on_a_track_of_her_own(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    alone.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    alone.ok("contact", "B1", "plan")
    alone.ok("record", "B1", "plan", "done", "--fact", "car=no", "--at", "2026-09-17", "--advance")
    assert [step["id"] for step in alone.ok("status", "B1", "--json").json[0]["steps"]] == ["theory"]
    alone.ok("pause", "B1", "--reason", "sjukdom", "--back", "2026-09-25")
    alone.ok("resume", "B1", "--at", "2026-09-24")
    alone.ok("record", "B1", "theory", "ej_klar", "--at", "2026-10-01", "--advance")
    assert alone.ok("worklist", "--json").json[0]["kind"] == "decision"
    alone.ok("decide", "B1", "theory", "nästa", "--advance")
    said = alone.ok("why", "B1").out
    assert "”Match” väntar" in said
    alone.ok("state", "B1", "--fact", "level=high", "--advance")
    alone.ok("record", "B1", "match", "anställd", "--employer", "ab", "--at", "2026-10-20", "--advance")
    assert alone.ok("status", "B1", "--json").json[0]["status"] == "completed"
    assert alone.ok("verify").code == 0


def test_advance_twice_writes_nothing_the_second_time(queued: Workspace) -> None:
    queued.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01")
    first = queued.ok("advance", "--engine", "local", "--at", "2026-09-08", "--json").json
    assert first["events"] == 2
    before = queued.events
    again = queued.ok("advance", "--engine", "local", "--at", "2026-09-08", "--json").json
    assert (again["events"], queued.events) == (0, before)


def test_a_dry_run_tells_what_would_be_written_and_writes_nothing(queued: Workspace) -> None:
    queued.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01")
    before = queued.events
    dry = queued.ok("advance", "--dry-run", "--at", "2026-09-08", "--json").json
    assert (dry["events"], dry["dry_run"], queued.events) == (2, True, before)
    assert queued.ok("advance", "--engine", "local", "--at", "2026-09-08", "--json").json["kinds"] == dry["kinds"]


def test_the_same_report_twice_is_answered_as_before_and_written_once(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    alone.ok("begin", "B1", "plan")
    assert "det är redan registrerat" in alone.ok("begin", "B1", "plan").out
    alone.ok("state", "B1", "--fact", "car=yes", "--key", "k1")
    assert alone.ok("state", "B1", "--fact", "car=yes", "--key", "k1", "--json").json == []
    assert [kinds(alone, "B1").count(kind) for kind in ("began", "stated")] == [1, 1]


def test_free_text_is_kept_locked_and_the_event_holds_a_fingerprint(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--name", "Kalle Karlsson", "--note", "canary-one", "--advance")
    alone.ok("interrupt", "B1", "--reason", "flyttat", "--note", "canary-two")
    for name in ("jobbspar.db", "jobbspar.db-wal"):
        path = alone.folder / name
        held = path.read_bytes() if path.exists() else b""
        assert not [word for word in (b"canary", b"Kalle") if word in held]
    assert len(alone.rows("SELECT cipher FROM note")) == 2
    assert len(alone.rows("SELECT cipher FROM person")) == 1


def test_a_reference_is_drawn_and_a_number_finds_the_same_participant_again(alone: Workspace) -> None:
    said = alone.ok("enrol", "alone", "--number", "19850101-0006", "--name", "Kalle", "--at", "2026-09-01", "--json").json
    ref = said[0]["stream"].partition("/")[0]
    alone.ok("advance", "--engine", "local")
    alone.ok("interrupt", ref, "--reason", "egen_önskan")
    again = alone.ok("enrol", "alone", "--number", "850101-0006", "--at", "2026-09-02", "--json").json
    assert again[0]["stream"] == f"{ref}/2"
    assert "0006" not in alone.ok("history", ref, "--json").out


def test_status_says_the_day_of_a_start_that_is_postponed_as_why_does(queued: Workspace) -> None:
    queued.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-08", "--advance")
    queued.ok("offer", "kö", "--advance")
    queued.ok("accept", "A1", "--advance")
    queued.ok("start", "kö", "2026-10-05", "postpone", "--to", "2026-10-12", "--advance")
    for command in ("why", "status"):
        assert "väntar på startdagen 2026-10-12" in queued.ok(command, "A1").out


def test_a_held_start_says_how_many_it_has_now_that_a_yes_in_time_is_told_late(tmp_path: Path) -> None:
    held = workspace(tmp_path / "w", QUEUED.replace("platser: 1, starter: [2026-10-05", "platser: 3, minst_antal: 2, starter: [2026-10-05"))
    for ref in ("A1", "A2"):
        held.ok("enrol", "kö", ref, "--fact", "redo=ja", "--at", "2026-09-08", "--advance")
    held.ok("offer", "kö", "--advance")
    held.ok("accept", "A1")
    held.ok("advance", "--engine", "local", "--at", "2026-10-06")
    held.ok("accept", "A2", "--on", "2026-09-10", "--advance")
    assert "hade inte sitt minsta antal (2) på startdagen; nu 2 av 2" in held.ok("why", "A1").out
    assert "för få på startdagen, nu 2 av 2" in held.ok("start", "kö").out


def test_a_start_below_its_minimum_is_held_until_a_person_confirms_it(tmp_path: Path) -> None:
    held = workspace(tmp_path / "w", QUEUED.replace("platser: 1, starter: [2026-10-05", "platser: 3, minst_antal: 2, starter: [2026-10-05"))
    held.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-08", "--advance")
    held.ok("offer", "kö")
    held.ok("accept", "A1")
    held.ok("advance", "--engine", "local", "--at", "2026-10-06")
    assert "hade inte sitt minsta antal (2) på startdagen; nu 1 av 2" in held.ok("why", "A1").out
    assert "för få på startdagen, nu 1 av 2" in held.ok("start", "kö").out
    assert "hade inte sitt minsta antal (2) på startdagen; nu 1 av 2" in held.ok("status", "A1").out
    held.ok("start", "kö", "2026-10-05", "confirm", "--advance")
    assert held.ok("status", "A1", "--json").json[0]["status"] == "active"


def test_an_employer_may_withdraw_and_only_one_of_the_track(queued: Workspace) -> None:
    assert queued("employer", "kö", "xx", "withdraw").code == 2
    assert "drog sig ur" in queued.ok("employer", "kö", "ab", "drar_sig_ur").out


def test_a_new_version_is_put_in_force_and_the_same_one_is_not(queued: Workspace) -> None:
    before = queued.events
    assert "oförändrat" in queued.ok("apply", str(queued.folder / "t0.yaml")).out
    assert queued.events == before
    queued.file("t0.yaml", QUEUED.replace("längd: 1 vecka", "längd: 2 veckor"))
    assert queued.ok("apply", str(queued.folder / "t0.yaml"), "--json").json[0]["version"] == 2


def test_several_files_are_put_in_force_all_or_none(queued: Workspace) -> None:
    before = queued.events
    good = queued.file("good.yaml", ALONE)
    bad = queued.file("bad.yaml", QUEUED.replace("längd", "länngd"))
    said = queued("apply", good, bad)
    assert (said.code, queued.events) == (2, before)
    assert f"{bad}:" in said.err


def test_an_exception_in_words_keeps_the_words_out_of_the_log(queued: Workspace) -> None:
    queued.ok("enrol", "kö", "A1", "--fact", "redo=nej", "--at", "2026-09-01", "--advance")
    written = queued.ok("except", "A1", "krav", "--reason", "Bedöms klara det ändå", "--json").json
    assert written[0]["data"]["reason"] == "other"
    assert "Bedöms" not in str(queued.rows("SELECT data FROM event"))
    assert queued("refuse", "A1", "--reason", "kravet_ej_uppfyllt").code == 0


def test_a_report_is_put_right_as_if_it_had_been_said_so_from_the_start(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    alone.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    alone.ok("record", "B1", "plan", "avbruten", "--fact", "car=yes", "--at", "2026-09-17", "--advance")
    number = next(row["seq"] for row in alone.ok("history", "B1", "--json").json if row["kind"] == "reported")
    alone.ok("correct", "B1", str(number), "--set", "result=klar", "--on", "2026-09-16", "--advance")
    assert {row["kind"]: row["stands"] for row in alone.ok("history", "B1", "--json").json}["reported"] in (True, False)
    assert alone.ok("why", "B1", "plan", "--json").json[0]["reasons"][0]["values"]["result"] == "done"
    assert alone("correct", "B1", "1000", "--withdraw").code == 4
    assert alone("correct", "B1", "x", "--withdraw").code == 2
    assert alone.ok("verify").code == 0


def test_a_step_is_skipped_or_made_longer_for_one_participant(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    alone.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    alone.ok("deviate", "B1", "plan", "förläng", "1 vecka", "--reason", "Behöver mer tid", "--advance")
    assert alone.ok("why", "B1", "plan", "--json").json[0]["reasons"][0]["until"] == "2026-09-24"
    alone.ok("deviate", "B1", "theory", "skip", "--reason", "annat")
    alone.ok("record", "B1", "plan", "klar", "--fact", "car=no", "--at", "2026-09-24", "--advance")
    assert alone.ok("why", "B1", "theory", "--json").json[0]["reasons"][0]["values"]["condition"] == "waived"
    assert alone("deviate", "B1", "match", "korta", "lite", "--reason", "annat").code == 2
    assert alone("deviate", "B1", "match", "måla", "--reason", "annat").code == 2
    assert "Behöver" not in str(alone.rows("SELECT data FROM event"))


def test_somebody_is_made_responsible(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    assert alone.ok("assign", "B1", "handläggare", "Åsa Ek", "--json").json[0]["data"] == {"person": "Åsa Ek", "role": "caseworker"}


FIRMS = """
track: lager
name: Lager
type: jobbspår
owner: AME
partners: [kommun]
employers:
  - {id: lagerhuset, name: Lagerhuset AB, sector: H, agreement: {type: avsikt, signed: 2026-01-14}}
  - {id: frakt, name: Frakt & Gods AB, sector: H, agreement: {type: avsikt, signed: 2026-01-14}}
intake: {starts: rolling}
steps: [{id: praktik, type: praktik, length: 2 weeks, results: [hired]}]
follow_up: [exit]
"""


@pytest.fixture
@once
def firms(tmp_path: Path) -> Workspace:
    """A1 and A2 do their placement at the freight firm."""
    space = workspace(tmp_path / "w", FIRMS)
    for ref in ("A1", "A2"):
        space.ok("enrol", "lager", ref, "--at", "2026-08-03", "--advance")
        space.ok("place", ref, "praktik", "frakt & gods ab", "--advance")
    return space


def employers_said(space: Workspace) -> list[str]:
    """The employers in the log, in the order of the events."""
    texts = [json.loads(data) for (data,) in space.rows("SELECT data FROM event ORDER BY stream, seq")]
    return [found for data in texts if (found := (data.get("answers") or data).get("employer"))]


@pytest.mark.parametrize("typed", ["frakt", "FRAKT", "Frakt & Gods AB", "frakt  &  gods ab"])
def test_an_employer_of_the_track_is_known_by_its_id_and_its_name_in_any_letters(firms: Workspace, typed: str) -> None:
    firms.ok("record", "A1", "praktik", "hired", "--employer", typed, "--at", "2026-08-17", "--advance")
    firms.ok("outcome", "A1", "work", "--employer", typed)
    firms.ok("correct", "A1", str(firms.rows("SELECT max(seq) FROM event WHERE stream = 'A1/1'")[0][0]), "--set", f"employer={typed}")
    firms.ok("employer", "lager", typed, "withdraw")
    assert "A1" in firms.ok("employer", "lager", typed).out
    assert set(employers_said(firms)) == {"frakt"}


@pytest.mark.parametrize("typed", ["Frakt & Gods", "Frakt och Gods AB", "fragt", "Lagerhusen AB"])
def test_what_is_nearly_an_employer_of_the_track_is_refused_with_the_one_that_was_meant(firms: Workspace, typed: str) -> None:
    meant = "lagerhuset (Lagerhuset AB)" if typed.startswith("L") else "frakt (Frakt & Gods AB)"
    before = firms.events
    for command in (
        ("outcome", "A1", "work", "--employer", typed),
        ("record", "A1", "praktik", "hired", "--employer", typed, "--on", "2026-08-03"),
        ("place", "A1", "praktik", typed), ("select", "A1", typed), ("employer", "lager", typed, "withdraw"), ("employer", "lager", typed),
    ):  # fmt: skip
        said = firms(*command)
        assert (said.code, meant in said.err) == (2, True), said.err
    assert firms.events == before


def test_another_firm_is_taken_by_its_fuller_name(firms: Workspace) -> None:
    firms.ok("outcome", "A1", "work", "--employer", "Lagerhusen AB, Boden", "--at", "2026-08-17")
    assert employers_said(firms) == ["frakt", "Lagerhusen AB, Boden", "frakt"]


def test_what_is_said_of_an_earlier_enrolment_already_names_the_open_one_that_may_be_meant(alone: Workspace) -> None:
    alone.ok("enrol", "alone", "B1", "--at", "2026-09-01")
    alone.ok("misregister", "B1", "--reason", "annat")
    alone.ok("enrol", "alone", "B1")
    said = alone.ok("misregister", "B1", "--reason", "annat").out
    assert "B1/1: det är redan" in said
    assert "B1/2 pågår också" in said
    assert "misregistered" not in kinds(alone, "B1/2")
    alone.ok("misregister", "B1/2", "--reason", "annat")
    assert kinds(alone, "B1/2")[-1] == "misregistered"
