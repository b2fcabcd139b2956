from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from commands.queries.ical import Calendar as Week
from commands.queries.ical import calendar_entries, escape, fold, read_calendar
from commands.runtime.output import clean
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace
from tracks.clock import Clock

MOST = 75


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    for ref in ("B1", "B2"):
        space.ok("enrol", "alone", ref, "--name", "Kajsa Canary", "--on", "2026-09-01", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    return space


def events(text: str) -> dict[str, Any]:
    """What another program reads of a calendar, by id."""
    found = {str(one["UID"]): one for one in Calendar.from_ical(text).walk("VEVENT")}
    assert not [one.errors for one in found.values() if one.errors]
    return found


def values(text: str, name: str) -> list[str]:
    lines = text.replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[2] for line in lines if line.partition(":")[0].partition(";")[0] == name]


def test_what_has_a_day_stands_in_the_calendar_on_that_day(space: Workspace) -> None:
    due = [row for row in space.ok("worklist", "--json").json if row["due"]]
    text = space.ok("worklist", "--ics", "-").out
    assert values(text, "DTSTART") == [row["due"].replace("-", "") for row in due]
    assert len(values(text, "UID")) == len(set(values(text, "UID"))) == len(due) > 0
    assert all(any(row["ref"] in summary for row in due) for summary in values(text, "SUMMARY"))
    assert "Canary" not in text
    assert (text.startswith("BEGIN:VCALENDAR\r\n"), text.endswith("END:VCALENDAR\r\n")) == (True, True)


@pytest.mark.parametrize("past", [("--as-of", "2026-09-02"), ("--known-at", "2026-09-02T12:00")])
def test_a_calendar_of_the_past_is_refused_and_the_one_of_today_stays(space: Workspace, past: tuple[str, str]) -> None:
    file = space.folder / "w.ics"
    space.ok("worklist", "--ics", str(file))
    before = file.read_bytes()
    said = space("worklist", "--ics", str(file), *past)
    assert (said.code, "En kalender visar vad som ska göras nu" in said.err) == (2, True)
    assert file.read_bytes() == before


def test_another_program_reads_each_entry_as_it_was_meant(space: Workspace) -> None:
    due = {row["ref"]: row for row in space.ok("worklist", "--json").json if row["due"]}
    found = events(space.ok("worklist", "--ics", "-", "--at", "2026-09-08T12:30").out)
    assert len(found) == len(due) == 2
    for one in found.values():
        row = due[str(one["SUMMARY"]).rpartition("(")[2].removesuffix(")")]
        assert (one.decoded("DTSTART").isoformat(), str(one["DESCRIPTION"])) == (row["due"], row["type"])
        assert one.decoded("DTSTAMP").isoformat() == "2026-09-08T10:30:00+00:00"
        assert (str(one["STATUS"]), str(one["CLASS"]), int(one["SEQUENCE"])) == ("CONFIRMED", "PRIVATE", 2)
        assert [str(part) for part in one["CATEGORIES"].cats] == [row["role"]]


def test_what_is_moved_or_done_is_told_by_the_same_id_with_a_higher_number(space: Workspace) -> None:
    path = space.folder / "work.ics"

    def export(*args: str) -> dict[str, Any]:
        space.ok("worklist", "--ics", str(path), *args)
        return events(path.read_bytes().decode())

    first = export()
    before = path.read_bytes()
    assert export("--at", "2026-09-07T18:00") == first
    assert path.read_bytes() == before
    (moved,) = [uid for uid, one in first.items() if "(B1)" in one["SUMMARY"]]
    (done,) = [uid for uid, one in first.items() if "(B2)" in one["SUMMARY"]]
    space.ok("pause", "B1", "--reason", "sjukdom", "--at", "2026-09-08", "--advance")
    space.ok("resume", "B1", "--at", "2026-09-10", "--advance")
    space.ok("begin", "B2", "plan", "--at", "2026-09-10", "--advance")
    assert "1 återtagna" in space.ok("worklist", "--ics", str(path)).out
    second = events(path.read_bytes().decode())
    assert (second[moved].decoded("DTSTART"), second[done].decoded("DTSTART")) == (date(2026, 9, 10), date(2026, 9, 8))
    assert (str(second[moved]["STATUS"]), str(second[done]["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert all(int(second[uid]["SEQUENCE"]) > int(first[uid]["SEQUENCE"]) for uid in (moved, done))
    assert export("--at", "2026-09-11")[done] == second[done]
    assert done not in export("--at", "2026-12-11")


def test_a_calendar_that_was_lost_goes_on_from_the_log(space: Workspace) -> None:
    path = space.folder / "work.ics"
    space.ok("worklist", "--ics", str(path))
    before = events(path.read_bytes().decode())
    path.unlink()
    space.ok("pause", "B1", "--reason", "sjukdom", "--at", "2026-09-08", "--advance")
    space.ok("resume", "B1", "--at", "2026-09-10", "--advance")
    space.ok("worklist", "--ics", str(path))
    after = events(path.read_bytes().decode())
    (moved,) = [uid for uid, one in after.items() if "(B1)" in one["SUMMARY"]]
    assert int(after[moved]["SEQUENCE"]) > int(before[moved]["SEQUENCE"])


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR\r\nPRODID:-//other//\r\nEND:VCALENDAR\r\n", b"hello", b"\xff\xfe"])
def test_a_file_that_something_else_wrote_is_not_written_over(space: Workspace, content: bytes) -> None:
    path = space.file("mine.ics", content)
    said = space("worklist", "--ics", path)
    assert (said.code, "är ingen kalender" in said.err) == (2, True)
    assert (space.folder / "mine.ics").read_bytes() == content


def test_the_ids_are_the_same_from_one_export_to_the_next(space: Workspace) -> None:
    path = space.folder / "work.ics"
    assert f"Skrev {path}" in space.ok("worklist", "--ics", str(path)).out
    first = path.read_bytes().decode()
    space.ok("contact", "B1", "--at", "2026-09-08")
    assert set(values(first, "UID")) <= set(values(space.ok("worklist", "--ics", "-").out, "UID"))
    assert space("worklist", "--ics", str(space.folder / "none" / "work.ics")).code == 5


def test_the_worklist_of_one_person_holds_those_she_is_responsible_for(space: Workspace) -> None:
    space.ok("assign", "B1", "handläggare", "Åsa Ek", "--at", "2026-09-08")
    every = space.ok("worklist", "--json").json
    hers = space.ok("worklist", "--responsible", "åsa ek", "--json").json
    assert {row["ref"] for row in every} == {"B1", "B2"}
    assert hers == [row for row in every if row["ref"] == "B1"]
    assert space.ok("worklist", "--responsible", "Bo Alm", "--json").json == []


def test_a_role_that_somebody_has_is_only_hers(space: Workspace) -> None:
    role = min(row["role"] for row in space.ok("worklist", "--json").json)
    space.ok("assign", "B1", role, "Åsa Ek", "--at", "2026-09-08")
    space.ok("assign", "B1", "kommun", "Bo Alm", "--at", "2026-09-08")
    hers = space.ok("worklist", "--responsible", "Bo Alm", "--json").json
    assert [row for row in hers if row["role"] == role] == []
    assert space.ok("worklist", "--responsible", "Åsa Ek", "--json").json != []


def limited(tmp_path: Path) -> Workspace:
    """Three enrolments on a track with at most one for each caseworker, and one on a track without a limit."""
    queued = QUEUED.replace("svar_inom: 5 arbetsdagar", "svar_inom: 5 arbetsdagar, ärenden_per_handläggare: 1")
    space = workspace(tmp_path / "w", queued, ALONE)
    for track, ref in (("kö", "A1"), ("kö", "A2"), ("kö", "A3"), ("alone", "B1")):
        space.ok("enrol", track, ref, "--at", "2026-09-01")
    return space


def test_a_caseworker_with_more_than_the_track_says_is_told_so(tmp_path: Path) -> None:
    space = limited(tmp_path)
    first, second, third = (space.ok("assign", ref, "handläggare", "Åsa Ek", "--at", "2026-09-02") for ref in ("A1", "B1", "A2"))
    assert (first.err, second.err) == ("", "")
    assert "Åsa Ek har 2 deltagare på kö" in third.err
    assert "högst 1" in space.ok("worklist", "--responsible", "åsa  ek").err
    space.ok("assign", "A2", "Caseworker", "Bo Alm", "--at", "2026-09-03")
    assert "högst" not in space.ok("worklist", "--responsible", "Åsa Ek").err


def test_the_first_partners_role_counts_as_the_caseworkers_and_another_role_is_said_not_to(tmp_path: Path) -> None:
    space = limited(tmp_path)
    assert space.ok("assign", "A1", "kommun", "Åsa Ek", "--at", "2026-09-02").err == ""
    assert space.ok("assign", "A1", "handläggare", "Åsa Ek", "--at", "2026-09-02").err == ""
    assert "har 2 deltagare på kö" in space.ok("assign", "A2", "kommun", "åsa ek", "--at", "2026-09-02").err
    found = [(row["person"], row["has"]) for row in space.ok("caseload", "kö", "--json").json]
    assert found == [("Åsa Ek", 2), (None, 1)]
    assert [(row["person"], row["has"]) for row in space.ok("caseload", "kö", "--as-of", "2026-09-02", "--json").json] == found
    assert "räknas inte" in space.ok("assign", "A3", "enheten", "Bo Alm", "--at", "2026-09-02").err
    assert space.ok("caseload", "kö", "--responsible", "Bo Alm", "--json").json == []


def test_the_caseload_is_listed_by_caseworker_beside_what_the_track_says(tmp_path: Path) -> None:
    space = limited(tmp_path)
    for ref, person in (("A1", "Åsa Ek"), ("A2", "åsa ek"), ("B1", "Bo Alm")):
        space.ok("assign", ref, "handläggare", person, "--at", "2026-09-02")
    found = space.ok("caseload", "--json").json
    assert [tuple(row.values()) for row in found] == [
        ("Bo Alm", "alone", 1, None, False), ("Åsa Ek", "kö", 2, 1, True), (None, "kö", 1, 1, False),
    ]  # fmt: skip
    assert space.ok("caseload", "kö", "--csv").out.splitlines() == ["person,track,has,most,over", "Åsa Ek,kö,2,1,True", ",kö,1,1,False"]
    lines = space.ok("caseload", "kö").out.splitlines()
    assert [line.split() for line in lines[1:]] == [["Åsa", "Ek", "kö", "2", "1", "1"], ["(ingen", "handläggare)", "kö", "1", "1"]]
    assert [row["person"] for row in space.ok("caseload", "--responsible", "BO ALM", "--json").json] == ["Bo Alm"]
    assert (space("caseload", "--exit-code").code, space("caseload", "alone", "--exit-code").code, space("caseload", "x").code) == (3, 0, 4)
    space.ok("refuse", "A1", "--reason", "annat", "--at", "2026-09-03")
    assert space.ok("caseload", "kö", "--json").json[0]["has"] == 1
    assert space.ok("caseload", "--as-of", "2026-09-02", "--json").json == found
    assert space.ok("caseload", "--responsible", "bo alm", "--as-of", "2026-09-02", "--json").json == found[:1]
    assert space.ok("verify").code == 0
    assert "Ansvarig: Bo Alm (handläggare)" in space.ok("status", "B1").out


def test_who_is_responsible_follows_a_correction_and_a_change_by_hand_is_found(tmp_path: Path) -> None:
    space = limited(tmp_path)
    space.ok("assign", "A1", "handläggare", "Åsa Ek", "--at", "2026-09-02")
    number = str(space.ok("history", "A1", "--json").json[-1]["seq"])
    space.ok("correct", "A1", number, "--set", "person=Bo Alm")
    assert [row["person"] for row in space.ok("caseload", "kö", "--json").json] == ["Bo Alm", None]
    space.ok("correct", "A1", str(space.ok("history", "A1", "--json").json[-1]["seq"]), "--withdraw")
    assert [row["person"] for row in space.ok("caseload", "kö", "--json").json] == [None]
    with sqlite3.connect(space.database) as database:
        database.execute("INSERT INTO assigned VALUES ('A1/1', 'caseworker', 'Åsa Ek', 'åsa ek')")
    assert (space("verify").code, "roles" in space("verify").out + space("verify").err) == (6, True)


@given(st.text())
def test_no_line_is_longer_than_calendars_take_and_folding_loses_nothing(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    pieces = fold(line).split("\r\n")
    assert [piece for piece in pieces if len(piece.encode()) > MOST] == []
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert [piece for piece in pieces[1:] if not piece.startswith(" ")] == []


@given(st.text(), st.text(), st.text())
def test_any_text_comes_back_whole_from_another_program_and_from_our_own_file(step: str, typed: str, role: str) -> None:
    row: dict[str, Any] = {
        "track": "t", "stream": "A/1", "kind": "report", "step": "s", "attempt": 1, "due": date(2026, 9, 1), "ref": "A",
        "step_name": step, "kind_shown": "Rapport", "type": typed, "or": [], "role": role,
    }  # fmt: skip
    clock = Clock.at("2026-09-01")
    now = Week(calendar_entries([row], {"A/1": 3}, clock), clock)
    text = now.text("x", "sv")
    (one,) = events(text).values()
    assert str(one["DESCRIPTION"]) == clean(typed.replace("\r", ""))
    assert "\nBEGIN:VALARM" not in text
    with NamedTemporaryFile(suffix=".ics") as file:
        file.write(text.encode())
        file.flush()
        assert now.after(read_calendar(Path(file.name))).text("x", "sv") == text


def test_what_would_end_a_value_is_escaped() -> None:
    assert escape("en; två, tre\\fyra\nBEGIN:VALARM\r\nx") == "en\\; två\\, tre\\\\fyra\\nBEGIN:VALARM\\nx"
