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


def waiting(folder: Path) -> Workspace:
    """P1 has the one place with BC; P2 and then P3 wait for it; it is 8 September."""
    space = workspace(folder, FULL)
    for n in (1, 2, 3):
        space.ok("enrol", "fullt", f"P{n}", "--at", f"2026-09-0{n}", "--advance")
        said = space.ok("place", f"P{n}", "praktik", "bc", "--advance").err
        assert "jobbspar begin" not in said
    late = space.ok("place", "P3", "praktik", "bc", "--on", "2026-09-04", "--at", "2026-09-08", "--advance")
    assert "jobbspar begin" not in late.err  # no place is free for her
    return space


def test_nobody_begins_a_step_whose_places_are_taken_without_a_reason(tmp_path: Path) -> None:
    space = waiting(tmp_path / "w")
    before = space.events
    for ref, number in (("P2", 1), ("P3", 2)):
        refused = space("begin", ref, "praktik", "--on", "2026-09-05")
        assert (refused.code, space.events) == (2, before)
        assert f"praktik (bc) har 1 plats, och ingen är ledig för {ref}, nummer {number} i turordningen." in refused.err
        assert f"jobbspar begin {ref} praktik --on 2026-09-05 --reason" in refused.err
    assert "none is free for P3, number 2 in the queue" in space("begin", "P3", "praktik", lang="en").err
    space.ok("begin", "P3", "praktik", "--on", "2026-09-05", "--reason", "annat", "--advance")
    (_, row) = space.ok("employer", "fullt", "--json").json["employers"]
    assert [(one["places"], one["taken"], one["waiting"]) for one in row["places"]] == [(1, 2, 1)]
    assert "började" in (said := space.ok("history", "P3").out)
    assert "annat" in said
    assert "Fler än platserna räcker till: Praktik hos BC" in space.ok("worklist").out
    # Who is in the step says the day as before.
    space.ok("begin", "P1", "praktik", "--on", "2026-09-02")


def test_a_place_that_is_free_again_is_theirs_who_stand_before(tmp_path: Path) -> None:
    space = waiting(tmp_path / "w")
    space.ok("record", "P1", "praktik", "klar", "--at", "2026-09-09")
    refused = space("begin", "P3", "praktik")
    assert (refused.code, "ingen är ledig för P3, nummer 1 i turordningen" in refused.err) == (2, True)
    space.ok("advance", "--engine", "local")
    assert [len(space.ok("status", ref, "--json").json[0]["steps"]) for ref in ("P2", "P3")] == [1, 0]


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
