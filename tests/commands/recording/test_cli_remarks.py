"""What is taken though it may not be meant is said: a report in a pause, a late answer day, a clock that goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.workspace import ALONE, QUEUED, Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
spår: t
namn: T
typ: förberedande spår
ägare: ame
intag: {starter: [2026-09-21], platser: 3, svar_inom: 4 veckor}
steg: [{id: a, typ: insats, namn: A, längd: 8 veckor}]
"""


FULL = """
spår: fullt
namn: Fullt
typ: jobbspår
ägare: ame
parter: [kommun]
arbetsgivare: [{id: ab, namn: AB, avtal: {undertecknat: 2026-01-01}}, {id: bc, namn: BC, avtal: {undertecknat: 2026-01-01}}]
steg: [{id: praktik, typ: praktik, platser: {ab: 2, bc: 1}, längd: 4 veckor}]
"""

HERE = """
spår: här
namn: Här
typ: förberedande spår
ägare: ame
uppgifter: {svenska: [a, b, c], bil: ja/nej}
steg: [{id: s, typ: insats, namn: S, längd: 1 vecka}]
överföringar: {dit: {mottagare: dar, tar_med: [svenska, bil]}}
"""
THERE = (
    HERE.replace("spår: här\nnamn: Här", "spår: dar\nnamn: Spåret där").replace("[a, b, c], bil: ja/nej", "[b, c]").split("överföringar")[0]
)


def started(folder: Path) -> Workspace:
    space = workspace(folder, TRACK)
    space.ok("enrol", "t", "P", "--at", "2026-09-01", "--advance")
    assert "svaret ska komma senast 2026-10-08, och omgången börjar 2026-09-21" in space.ok("offer", "t", "--at", "2026-09-10").err
    space.ok("accept", "P", "--at", "2026-09-11")
    space.ok("advance", "--engine", "local", "--at", "2026-09-22")
    return space


def test_a_report_in_a_pause_is_taken_and_the_pause_is_said(tmp_path: Path) -> None:
    space = started(tmp_path / "w")
    space.ok("pause", "P", "--reason", "sjukdom", "--at", "2026-09-28")
    assert "P har paus" in space.ok("record", "P", "a", "klar", "--at", "2026-09-30").err


def test_two_pauses_do_not_overlap(tmp_path: Path) -> None:
    space = started(tmp_path / "w")
    space.ok("pause", "P", "--reason", "sjukdom", "--on", "2026-09-22", "--at", "2026-10-01")
    space.ok("resume", "P", "--on", "2026-09-28")
    before = space.events
    refused = space("pause", "P", "--reason", "sjukdom", "--on", "2026-09-24")
    assert (refused.code, "hade paus då, från och med 2026-09-22" in refused.err, space.events) == (2, True, before)
    space.ok("pause", "P", "--reason", "sjukdom", "--on", "2026-09-28")


def test_a_clock_that_goes_back_is_said_also_in_a_virtual_workspace(tmp_path: Path) -> None:
    space = started(tmp_path / "w")
    assert "går efter det senast registrerade" in space.ok("contact", "P", "a", "--at", "2026-09-21").err
    assert "går efter" not in space.ok("contact", "P", "a", "--at", "2026-09-23").err


def test_in_a_virtual_workspace_each_track_has_its_own_time(tmp_path: Path) -> None:
    beside = ALONE.replace("track: alone", "track: beside").replace("id: plan", "id: extra")
    space = workspace(tmp_path / "w", ALONE, beside)
    for track in ("beside", "alone"):
        space.ok("enrol", track, "B1", "--at", "2026-09-01", "--advance")
    space.ok("advance", "beside", "--engine", "local", "--at", "2026-12-01")
    space.ok("begin", "B1", "plan")
    space.ok("contact", "B1/1")
    # Which of the two is meant is not known, so neither is taken further than it has come.
    assert space("assign", "B1", "coach", "Kim").code == 2
    lived = "SELECT DISTINCT effective FROM event WHERE stream = 'B1/{}' AND kind IN ('began', 'contacted')"
    assert (space.rows(lived.format(2)), space.rows(lived.format(1))) == ([("2026-09-01",)], [("2026-12-01",)])
    assert space.rows("SELECT max(effective) FROM event WHERE stream = 'B1/2'") == [("2026-09-01",)]


def test_an_offer_for_a_postponed_start_says_when_it_begins(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01", "--advance")
    space.ok("start", "kö", "2026-10-05", "skjut_upp", "--to", "2026-10-12", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-14")
    assert "Omgången 2026-10-05 är uppskjuten och börjar 2026-10-12." in space.ok("offer", "A1").err


def test_a_placement_told_late_says_how_a_step_with_places_counts_from_its_day(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", FULL)
    space.ok("enrol", "fullt", "P1", "--at", "2026-09-01", "--advance")
    said = space.ok("place", "P1", "praktik", "ab", "--on", "2026-09-02", "--at", "2026-09-04")
    line = said.err.split("den 2026-09-02: ")[1].splitlines()[0]
    assert line == "jobbspar begin P1/1 praktik --on 2026-09-02"
    space.ok(*line.split()[1:], "--advance")
    assert space.ok("status", "P1", "--json").json[0]["steps"][0]["since"] == "2026-09-02"


def test_what_stands_with_another_content_is_refused_by_its_number(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01", "--advance")
    space.ok("decline", "A1")
    refused = space("decline", "A1", "--reason", "flyttat")
    (number,) = space.rows("SELECT seq FROM event WHERE kind = 'declined'")
    assert (refused.code, f"`jobbspar correct A1 {number[0]} --set" in refused.err) == (2, True)


def test_what_cannot_go_along_in_a_transfer_is_said(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", THERE, HERE)
    for ref, level in (("P1", "b"), ("P2", "a")):
        space.ok("enrol", "här", ref, "--fact", f"svenska={level}", "--at", "2026-09-01", "--advance")
    space.ok("state", "P2", "--fact", "bil=ja")
    assert "följde inte med" not in space.ok("transfer", "P1", "dit", "--reason", "annat", "--advance").err
    said = space.ok("transfer", "P2", "dit", "--reason", "annat", "--advance").err
    assert "Uppgiften svenska följde inte med: Spåret där tar inte emot" in said
    assert "jobbspar state P2/2 --fact svenska=VÄRDE" in said
    assert "Uppgiften bil följde inte med: Spåret där har ingen sådan uppgift." in said
