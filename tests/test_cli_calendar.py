from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.calendars import calendar, escaped, folded
from tests.commanding import ALONE, QUEUED, Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

MOST = 75


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED, ALONE)
    for ref in ("B1", "B2"):
        space.ok("enrol", "alone", ref, "--name", "Kajsa Canary", "--on", "2026-09-01", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-09-07")
    return space


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
    space.ok("assign", "B1", "annan", "Bo Alm", "--at", "2026-09-08")
    hers = space.ok("worklist", "--responsible", "Bo Alm", "--json").json
    assert [row for row in hers if row["role"] == role] == []
    assert space.ok("worklist", "--responsible", "Åsa Ek", "--json").json != []


def test_a_caseworker_with_more_than_the_track_says_is_told_so(tmp_path: Path) -> None:
    space = workspace(
        tmp_path / "w", QUEUED.replace("svar_inom: 5 arbetsdagar", "svar_inom: 5 arbetsdagar, ärenden_per_handläggare: 1"), ALONE
    )
    for track, ref in (("kö", "A1"), ("kö", "A2"), ("alone", "B1")):
        space.ok("enrol", track, ref, "--at", "2026-09-01")
    first, second, third = (space.ok("assign", ref, "handläggare", "Åsa Ek", "--at", "2026-09-02") for ref in ("A1", "B1", "A2"))
    assert (first.err, second.err) == ("", "")
    assert "Åsa Ek är handläggare för 2 deltagare på kö; spåret anger högst 1" in third.err
    assert "högst 1" in space.ok("worklist", "--responsible", "Åsa Ek").err
    assert space.ok("assign", "A2", "handledare", "Åsa Ek", "--at", "2026-09-02").err == ""
    space.ok("assign", "A2", "handläggare", "Bo Alm", "--at", "2026-09-03")
    assert space.ok("worklist", "--responsible", "Åsa Ek").err == ""


@given(st.text())
def test_no_line_is_longer_than_calendars_take_and_folding_loses_nothing(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert [piece for piece in pieces if len(piece.encode()) > MOST] == []
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert [piece for piece in pieces[1:] if not piece.startswith(" ")] == []


def test_what_would_end_a_value_is_escaped() -> None:
    row: dict[str, Any] = {
        "track": "t", "stream": "A/1", "kind": "report", "step": "s", "attempt": 1, "due": date(2026, 9, 1), "ref": "A",
        "step_name": "en; två, tre\\fyra\nBEGIN:VALARM\r\nx", "kind_shown": "Rapport", "type": "jobbspar record", "role": "kommun",
    }  # fmt: skip
    text = calendar([row], date(2026, 9, 1), "x")
    assert values(text, "SUMMARY") == ["Rapport: en\\; två\\, tre\\\\fyra\\nBEGIN:VALARM\\nx (A)"]
    assert "\nBEGIN:VALARM" not in text
