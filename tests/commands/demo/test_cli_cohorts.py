"""Starts and employers from the command line: how they stand, what would follow, who is moved, who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Said, Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

STARTS = """
spår: om
namn: Omgångar
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare:
  - {id: ab, namn: Bygg AB, bransch: F, behov: {yrke: "7111", tjänster: 2}, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
  - {id: hb, namn: Hus HB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}
intag: {platser: 3, minst_antal: 2, starter: [2026-09-21, {datum: 2026-11-02, hos: ab}], turordning: [anmälan]}
steg:
  - {id: praktik, typ: praktik, namn: Praktiken, platser: {ab: 1, hb: 2}, längd: 4 veckor}
  - {id: provjobb, typ: förberedande anställning, namn: Provjobbet, längd: 4 veckor}
  - {id: handledare, typ: insats, namn: Handledarkurs, gäller: arbetsgivare, parallellt_med: praktik, längd: 2 dagar}
  - {id: träff, typ: insats, namn: Träffen, gäller: omgång, från: antagning, längd: 1 vecka}
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 and A2 have accepted the first start, A3 is offered it, A4 waits; today is 1 September."""
    space = workspace(tmp_path / "w", STARTS)
    for n in range(1, 5):
        space.ok("enrol", "om", f"A{n}", "--at", f"2026-08-2{n}")
    space.ok("advance", "--engine", "local", "--at", "2026-09-01")
    space.ok("offer", "om")
    space.ok("accept", "A1")
    space.ok("accept", "A2", "--advance")
    return space


def test_the_starts_of_a_track_are_shown_with_their_places_and_how_far_people_have_got(space: Workspace) -> None:
    first, second = space.ok("start", "om", "--json").json
    assert first == {
        "start": "2026-09-21", "day": "2026-09-21", "state": "open", "opens": None, "places": 3, "free": 0, "minimum": 2,
        "proposed": 0, "offered": 1, "accepted": 2, "active": 0, "ended": 0, "employers": [],
    }  # fmt: skip
    assert (second["state"], second["opens"], second["employers"]) == ("later", "2026-10-05", ["ab"])
    said = space.ok("start", "om").out
    assert "öppen för erbjudanden" in said
    assert "öppnar 2026-10-05" in said
    assert "Bygg AB" in said
    assert "opens 2026-10-05" in space("start", "om", lang="en").out
    assert space.ok("start", "om", "--csv").out.splitlines()[0].startswith("start,day,state,opens,places,free,minimum")
    people = space.ok("start", "om", "2026-09-21", "--json").json
    assert [(row["ref"], row["state"]) for row in people] == [("A1", "accepted"), ("A2", "accepted"), ("A3", "offered")]
    assert "Ingen är med i omgången än." in space.ok("start", "om", "2026-11-02").out
    assert (space("start", "om", "2026-11-03").code, space("start", "xx").code) == (2, 4)


def test_what_cancelling_a_start_would_do_is_shown_and_nothing_is_written(space: Workspace) -> None:
    before = space.events
    dry = space.ok("start", "om", "2026-09-21", "cancel", "--reason", "annat", "--dry-run", "--json").json
    assert dry["people"] == 3
    assert [one["ref"] for one in dry["who"]] == ["A1", "A2", "A3"]
    assert dry["changes"] == [
        {"before": "accepted", "after": "waiting", "people": 2},
        {"before": "offered", "after": "waiting", "people": 1},
    ]
    said = space.ok("start", "om", "2026-09-21", "ställ_in", "--reason", "annat", "--dry-run").out.splitlines()
    assert [line.split() for line in said[2:4]] == [
        ["antagen,", "börjar", "2026-09-21", "väntelista", "2", "A1,", "A2"],
        ["erbjuden,", "börjar", "2026-09-21", "väntelista", "1", "A3"],
    ]
    assert space.events == before
    space.ok("start", "om", "2026-09-21", "ställ_in", "--reason", "annat", "--advance")
    assert [space.ok("status", f"A{n}", "--json").json[0]["status"] for n in range(1, 5)] == ["waiting"] * 4
    assert "platsen utgick med omgången" in space.ok("history", "A1").out
    assert "inställd" in space.ok("start", "om").out


def test_a_start_is_cancelled_with_a_reason_and_refusals_write_nothing(space: Workspace) -> None:
    before = space.events
    for args, words in (
        (("cancel",), "--reason"),
        (("postpone",), "--to"),
        (("postpone", "--to", "2026-09-20"), "ange en dag efter 2026-09-21"),
        (("report",), "--step"),
        (("hoppa",), "bekräfta, ställ_in, skjut_upp, rapportera"),
    ):
        refused = space("start", "om", "2026-09-21", *args)
        assert (refused.code, words in refused.err) == (2, True), refused.err
    assert space.events == before


def test_somebody_is_moved_to_a_later_start_and_status_says_which(space: Workspace) -> None:
    assert "flyttad till annan omgång (start 2026-11-02, annat)" in space.ok("move", "A1", "2026-11-02", "--reason", "vill vänta").out
    assert "det är redan registrerat" in space.ok("move", "A1", "2026-11-02", "--reason", "vill vänta").out
    assert "Omgången 2026-11-02" in space.ok("status", "A1").out
    assert "vill vänta" in space.ok("history", "A1", "--notes").out
    space.ok("advance", "--engine", "local")
    assert "Föreslagen till omgången 2026-09-21" in space.ok("why", "A4").out  # her place is free in the same advance
    refused = space("move", "A3", "2026-09-21")
    assert (refused.code, refused.err) == (2, "Fel: A3 hör redan till omgången 2026-09-21.\n")
    assert "den är inställd eller har börjat" in _moved_late(space).err
    assert "belongs to the start 2026-11-02 already" in space("move", "A1", "2026-11-02", "--on", "2026-08-31", lang="en").err


def _moved_late(space: Workspace) -> Said:
    space.ok("enrol", "om", "B1", "--at", "2026-09-21")
    return space("move", "B1", "2026-09-21")


@pytest.fixture
def begun(space: Workspace) -> Workspace:
    """A1 is placed and there, A2 and A3 are placed at the same, where there is one place; hired: A1 at last."""
    space.ok("accept", "A3")
    space.ok("select", "A1", "hb")
    space.ok("select", "A1", "ab")
    space.ok("select", "A2", "ab")
    for ref in ("A1", "A2", "A3"):
        space.ok("place", ref, "praktik", "ab")
    space.ok("advance", "--engine", "local", "--at", "2026-09-21")
    return space


def test_each_employer_shows_need_places_and_people(begun: Workspace) -> None:
    rows = {row["id"]: row for row in begun.ok("employer", "om", "--json").json["employers"]}
    counted = ("need", "selected", "placed", "there", "hired", "left")
    assert [rows["ab"][key] for key in counted] == [2, 2, 3, 1, 0, 2]
    assert [rows["hb"][key] for key in counted] == [None, 1, 0, 0, 0, None]
    assert rows["ab"]["places"] == [{"step": "praktik", "places": 1, "taken": 1, "waiting": 2}]
    assert [(row["step"], row["start"], row["state"]) for row in rows["ab"]["steps"]] == [("handledare", "2026-09-21", "started")]
    begun.ok("record", "A1", "praktik", "klar", "--at", "2026-09-28", "--advance")
    begun.ok("record", "A1", "provjobb", "anställd", "--at", "2026-10-05", "--advance")
    begun.ok("misregister", "A2", "--reason", "annat", "--advance")
    # A1 has a job and is done, A2 was never there, and A3 is on.
    assert [begun.ok("start", "om", "--json").json[0][key] for key in ("active", "ended")] == [1, 1]
    (row, _) = begun.ok("employer", "om", "--json").json["employers"]
    assert [row[key] for key in counted] == [2, 1, 1, 1, 1, 1]  # A2 was never there
    said = begun.ok("employer", "om").out
    assert "Kvar att anställa" in said
    assert "rapport väntas sedan 2026-09-23" in said
    assert "report due since 2026-09-23" in begun("employer", "om", lang="en").out
    assert begun.ok("employer", "om", "--csv").out.splitlines()[1].startswith("ab,Bygg AB,F,7111,2026-06-01,,2,")


def test_the_people_of_one_employer_are_listed(begun: Workspace) -> None:
    people = begun.ok("employer", "om", "ab", "--json").json
    assert [(row["what"], row["ref"], row["step"]) for row in people] == [
        ("selected", "A1", ""), ("selected", "A2", ""), ("placed", "A1", "praktik"), ("placed", "A2", "praktik"),
        ("placed", "A3", "praktik"), ("there", "A1", "praktik"),
    ]  # fmt: skip
    assert begun.ok("employer", "om", "hb", "--csv").out.splitlines() == [
        "employer,ref,stream,what,step,since,until",
        "hb,A1,A1/1,selected,,2026-09-01,",
    ]
    assert begun("employer", "om", "xx").code == 2


def test_every_employer_that_has_selected_somebody_stands_among_what_is_known_of_her(begun: Workspace) -> None:
    known = begun.ok("status", "A1", "--facts", "--json").json[0]["facts"]
    assert [row["value"] for row in known if row["name"] == "selected"] == ["hb", "ab"]


def test_a_report_of_an_employers_step_finds_its_start_or_asks_for_it(begun: Workspace) -> None:
    refused = begun("employer", "om", "hb", "report", "--step", "handledare")
    assert (refused.code, "2026-09-21, 2026-11-02" in refused.err) == (2, True)
    assert begun("employer", "om", "ab", "report").code == 2
    begun.ok("advance", "--engine", "local", "--at", "2026-09-24")
    typed = {row["type"] for row in begun.ok("worklist", "--json").json if row["kind"].startswith("subject_report")}
    assert typed == {"jobbspar employer om ab report --step handledare --start 2026-09-21"}
    said = begun.ok("employer", "om", "ab", "report", "--step", "handledare", "--advance").out
    assert "gemensamt steg rapporterat: Handledarkurs (Bygg AB, 2026-09-21, klar)" in said
    assert not [row for row in begun.ok("worklist", "--json").json if row["kind"].startswith("subject_report")]


def test_a_step_about_the_start_is_reported_on_the_start(begun: Workspace) -> None:
    begun.ok("advance", "--engine", "local", "--at", "2026-09-28")
    typed = {row["type"] for row in begun.ok("worklist", "--json").json if row["step"] == "träff"}
    assert typed == {"jobbspar start om 2026-09-21 report --step träff"}
    begun.ok("start", "om", "2026-09-21", "rapportera", "--step", "träff", "--advance")
    assert [row for row in begun.ok("worklist", "--json").json if row["step"] == "träff"] == []
    assert [one["result"] for one in begun.ok("employer", "om", "--json").json["start_steps"]] == ["done"]


def test_an_employer_that_leaves_puts_those_who_are_there_on_the_worklist(begun: Workspace) -> None:
    begun.ok("employer", "om", "ab", "drar_sig_ur", "--advance")
    rows = {(row["ref"], row["kind"]): [row["type"], *row["or"]] for row in begun.ok("worklist", "--json").json}
    # The starts are not with the same employers; of each that one is named where she may be.
    assert rows["A1", "employer_left"] == ["jobbspar place A1 praktik hb", "jobbspar record A1 praktik avbruten"]
    assert rows["A2", "placement"] == ["jobbspar place A2 praktik hb"]
    assert "Arbetsgivaren för ”Praktiken” har lämnat spåret" in begun.ok("why", "A1").out
    assert "drog sig ur 2026-09-21" in begun.ok("employer", "om").out


def test_starts_and_employers_can_be_asked_of_the_past(begun: Workspace) -> None:
    then = begun.ok("start", "om", "--as-of", "2026-09-01", "--json").json[0]
    assert (then["state"], then["offered"], then["accepted"], then["active"]) == ("open", 0, 3, 0)
    assert "Så som det var 2026-09-01" in begun.ok("start", "om", "2026-09-21", "--as-of", "2026-09-01").out
    there = [begun.ok("employer", "om", "--as-of", day, "--json").json["employers"][0]["there"] for day in ("2026-09-20", "2026-09-21")]
    assert there == [0, 1]
    assert begun("employer", "om", "--as-of", "2026-07-01").code == 4


def test_the_employer_as_responsible_is_named_in_the_readers_language(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", STARTS.replace("namn: Praktiken,", "namn: Praktiken, ansvarig: arbetsgivare,"))
    space.ok("enrol", "om", "A1", "--at", "2026-09-01", "--advance")
    space.ok("accept", "A1", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-21")
    space.ok("start", "om", "2026-09-21", "bekräfta", "--advance")
    # Before there is an employer it is for the owner to say which; the report is the employer's.
    assert [row["role"] for row in space.ok("worklist", "--json").json if row["kind"] == "placement"] == ["enheten"]
    space.ok("place", "A1", "praktik", "ab", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-12-01")
    (task,) = [row for row in space.ok("worklist", "--role", "arbetsgivaren", "--json").json if row["ref"] == "A1"]
    assert (task["kind"], task["role"]) == ("report", "employer")
    assert "arbetsgivaren" in space.ok("status", "A1").out
    assert "the employer" in space("worklist", lang="en").out
