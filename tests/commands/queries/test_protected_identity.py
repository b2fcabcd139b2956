"""Skyddade personuppgifter: marked for those who work with her, and where she is stands in no list, file, calendar or page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "Verkstaden i Umeå"
FREE = """
spår: kurs
namn: Kursen
typ: förberedande spår
ägare: enheten
parter: [kommun]
intag: {starter: löpande}
steg:
  - {id: kart, typ: kartläggning, längd: 8 veckor}
  - {id: praktik, typ: praktik, efter: antagning, längd: 12 veckor}
  - {id: handledare, typ: insats, namn: Handledarutbildning, gäller: arbetsgivare, från: start på praktik, längd: 1 vecka}
uppföljning: [avslut]
mål: [{id: ut, namn: Ut, indikator: kolada, minst: 50 %}]
"""
PLACES = """
spår: verk
namn: Verkstadsspåret
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: ab, namn: AB, bransch: C, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
  - {id: cd, namn: CD, bransch: G, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
intag: {starter: löpande}
steg:
  - {id: praktik, typ: praktik, platser: {ab: 1, cd: 2}, längd: 12 veckor}
"""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """P1 is protected and at an employer that nobody else knows of; P2 at another. On the other track P3, protected, holds AB's place."""
    space = workspace(tmp_path_factory.mktemp("w"), FREE, PLACES)
    space.ok("enrol", "kurs", "P1", "--protected", "--name", "Kajsa Canary", "--at", "2026-08-03", "--advance")
    space.ok("enrol", "kurs", "P2", "--at", "2026-08-03", "--advance")
    space.ok("place", "P1", "praktik", PLACE, "--at", "2026-08-10", "--advance")
    space.ok("place", "P2", "praktik", "Bageriet", "--at", "2026-08-10", "--advance")
    for ref in ("P3", "P4", "P5"):
        space.ok("enrol", "verk", ref, "--at", "2026-08-03", "--advance", *(["--protected"] if ref != "P5" else []))
        space.ok("place", ref, "praktik", "ab", "--at", "2026-08-10", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-08-11")
    return space


@pytest.mark.parametrize(
    "asked",
    [
        ("export", "kurs"),
        ("export", "kurs", "--what", "placements"),
        ("export", "--what", "placements", "--restricted"),
        ("export", "kurs", "--what", "events"),
        ("export", "kurs", "--what", "events", "--restricted"),
        ("export", "--what", "events", "--format", "cloudevents"),
        ("export", "kurs", "--as-of", "2026-08-10"),
        ("employer", "kurs"),
        ("employer", "kurs", "--json"),
        ("employer", "kurs", "--csv"),
        ("employer", "kurs", "--as-of", "2026-08-10"),
        ("employer", "kurs", PLACE[:-1]),
        ("status", "kurs", "--people"),
        ("queue", "kurs", "--json"),
        ("history", "kurs"),
        ("history", "kurs", "--json"),
        ("outcomes", "kurs", "--limit", "0"),
        ("report", "kurs", "--html", "-", "--limit", "0"),
        ("report", "kurs", "--json", "--limit", "0"),
        ("graph", "kurs", "--counts", "--limit", "0"),
    ],
    ids=" ".join,
)
def test_no_list_file_or_page_tells_where_somebody_protected_is(space: Workspace, asked: tuple[str, ...]) -> None:
    said = space(*asked)
    assert said.code == 0 or PLACE[:-1] in asked
    assert PLACE not in said.out + said.err.replace(f"{PLACE[:-1]} ", "")
    assert "Canary" not in said.out + said.err


def test_what_is_known_of_others_is_told_as_before(space: Workspace) -> None:
    assert "Bageriet" in space.ok("export", "kurs").out
    assert "Bageriet" in space.ok("export", "kurs", "--what", "events").out
    assert "Bageriet" in space.ok("employer", "kurs").out


def test_those_who_work_with_her_see_that_her_identity_is_protected(space: Workspace) -> None:
    for asked in (("status", "P1"), ("why", "P1"), ("history", "P1")):
        assert "Skyddade personuppgifter" in space.ok(*asked).out
        assert "Skyddade" not in space.ok(asked[0], "P2").out
    assert space.ok("status", "P1", "--json").json[0]["protected"] is True
    assert space.ok("why", "P1", "--json").json[0]["protected"] is True
    rows = {row["ref"]: row["protected"] for row in space.ok("status", "kurs", "--people", "--json").json}
    assert rows == {"P1": True, "P2": False}
    assert "P1 (skyddade personuppgifter)" in space.ok("status", "kurs", "--people").out
    assert PLACE in space.ok("status", "P1").out


def test_a_worklist_marks_her_and_a_calendar_does_not_tell_where_she_is(space: Workspace) -> None:
    later = ("--at", "2026-12-01")
    space.ok("advance", "--engine", "local", *later)
    listed = space("worklist", "--track", "kurs", *later, lang="en").out
    assert any(line.startswith("P1        ") and line.endswith(" · (protected identity)") for line in listed.splitlines()), listed
    assert {row["protected"] for row in space.ok("worklist", "--json", *later).json if row["ref"] == "P1"} == {True}
    calendar = space.ok("worklist", "--ics", "-", *later).out
    assert "(P1)" in calendar
    assert PLACE not in calendar.replace("\r\n ", "")
    assert "skyddad" not in calendar.casefold()


def test_in_an_employers_list_she_is_counted_at_no_employer_that_is_named(space: Workspace) -> None:
    rows = {row["name"]: row["there"] for row in space.ok("employer", "verk", "--json").json["employers"]}
    assert rows == {"AB": 0, "CD": 0, "(skyddade personuppgifter)": 1}
    assert [row["ref"] for row in space.ok("employer", "verk", "ab", "--json").json] == ["P5"]


def test_a_queue_for_places_with_employers_tells_of_nobody_protected_whose_it_is(space: Workspace) -> None:
    rows = [row for row in space.ok("queue", "verk", "--json").json if row["resource"] == "step:praktik:ab"]
    assert [(row["ref"], row["place"]) for row in rows] == [("P5", 2)]
    assert rows[0]["after"]["stream"] == ""
    assert "P4" not in space.ok("queue", "verk").out
    (why,) = space.ok("why", "P5", "--json").json
    assert "P4" not in str(why)


def test_a_correction_of_what_was_said_of_her_employer_tells_it_no_more_than_the_report_did(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", FREE)
    space.ok("enrol", "kurs", "P1", "--protected", "--at", "2026-08-03", "--advance")
    space.ok("place", "P1", "praktik", PLACE, "--at", "2026-08-10", "--advance")
    space.ok("employer", "kurs", PLACE, "report", "--step", "handledare", "--at", "2026-08-12")
    number = space.ok("history", "kurs", "--json").json[-1]["seq"]
    space.ok("correct", "kurs", str(number), "--result", "ej_klar", "--at", "2026-08-13", "--advance")
    for asked in (("history", "kurs"), ("history", "kurs", "--json"), ("export", "kurs", "--what", "events", "--format", "csv", "-o", "-")):
        said = space.ok(*asked).out
        assert PLACE not in said
        assert "ej_klar" in said or "not_passed" in said or "ej klar" in said


def test_a_reference_that_was_merged_and_an_enrolment_that_came_later_are_as_protected(tmp_path: Path) -> None:
    space = workspace(tmp_path, FREE, PLACES)
    space.ok("enrol", "kurs", "P1", "--protected", "--at", "2026-08-03", "--advance")
    space.ok("enrol", "verk", "P2", "--at", "2026-08-03", "--advance")
    space.ok("merge", "P1", "P2", "--at", "2026-08-04")
    assert [row["protected"] for row in space.ok("status", "P2", "--json").json] == [True, True]
    space.ok("merge", "P1", "P2", "--undo", "--at", "2026-08-05")
    space.ok("enrol", "verk", "P1", "--at", "2026-08-05")
    assert [row["protected"] for row in space.ok("status", "P1", "--json").json] == [True, True]
    assert [row["protected"] for row in space.ok("status", "P2", "--json").json] == [False]


def test_protection_can_come_and_end_while_somebody_is_on_a_track(tmp_path: Path) -> None:
    space = workspace(tmp_path, FREE)
    space.ok("enrol", "kurs", "P2", "--at", "2026-08-03", "--advance")
    space.ok("place", "P2", "praktik", PLACE, "--at", "2026-08-10", "--advance")
    assert PLACE in space.ok("export", "kurs").out
    space.ok("protect", "P2", "--note", "beslut 17", "--at", "2026-08-11")
    assert PLACE not in space.ok("export", "kurs").out
    assert "står redan" in space.ok("protect", "P2").out or space.rows("SELECT count(*) FROM event WHERE kind = 'identity_protected'") == [
        (1,)
    ]
    space.ok("protect", "P2", "--lift", "--at", "2026-08-12")
    assert PLACE in space.ok("export", "kurs").out
    assert "skyddet har upphört" in space.ok("history", "P2").out
    assert space.ok("verify").code == 0


def test_an_enrolment_again_does_not_lift_the_protection(tmp_path: Path) -> None:
    space = workspace(tmp_path, FREE, PLACES)
    space.ok("enrol", "kurs", "P1", "--protected", "--at", "2026-08-03")
    space.ok("enrol", "verk", "P1", "--name", "Kajsa Canary")
    assert {row["protected"] for row in space.ok("status", "P1", "--json").json} == {True}
