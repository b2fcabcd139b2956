"""On the way, from the command line: deviations for one person, pauses with a detail that is locked, leaving, transfers, coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

HERE = """
spår: har
namn: Här
typ: förberedande spår
program: hela
ägare: enheten
parter: [coach]
uppgifter: {bistånd: ja/nej, samtycke: ja/nej}
målgrupp: {krav: [bistånd]}
steg:
  - {id: plan, typ: kartläggning, namn: Planen, längd: 2 veckor}
  - {id: kurs, typ: insats, namn: Kursen, längd: 4 veckor}
  - {id: trepart, typ: insats, namn: Trepartssamtal, från: vid behov, ger: [samtycke]}
överföringar:
  fk: {mottagare: Försäkringskassan, kräver: resultat(trepart) = klar och samtycke}
  enhet: {mottagare: Enheten för unga}
  dit: {mottagare: dar}
uppföljning: [avslut]
mål: [{id: ut, namn: Ut, indikator: kolada, minst: 50 %}]
"""
THERE = """
spår: dar
namn: Där
typ: förberedande spår
program: hela
ägare: enheten
uppgifter: {bistånd: ja/nej, redo: ja/nej}
målgrupp: {krav: [redo]}
steg: [{id: kurs, typ: insats, namn: Kursen, längd: 2 veckor}]
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    """A1 is in her first step since 1 September."""
    space = workspace(tmp_path / "w", THERE, HERE)
    space.ok("enrol", "har", "A1", "--fact", "bistånd=ja", "--at", "2026-09-01", "--advance")
    return space


def test_a_step_is_added_for_one_person_by_options_with_reason_and_name(space: Workspace) -> None:
    said = space.ok(
        "deviate", "A1", "extra", "lägg_till", "2 veckor", "--name", "Extra svenska", "--after", "plan", "--reason", "språket först"
    )
    assert "A1/1: 2026-09-01 steg tillagt: Extra svenska (annat)" in said.out
    again = space.ok("deviate", "A1", "extra", "add", "2 veckor", "--name", "Extra svenska", "--after", "plan", "--reason", "språket först")
    assert "det är redan registrerat" in again.out
    space.ok("record", "A1", "plan", "klar", "--at", "2026-09-15", "--advance")
    assert "Pågår: Extra svenska (extra) sedan 2026-09-15" in space.ok("status", "A1").out
    assert "”Kursen” väntar på att detta avslutas: ”Extra svenska”." in space.ok("why", "A1", "kurs").out
    space.ok("advance", "--engine", "local", "--at", "2026-09-30")
    (task,) = space.ok("worklist", "--json").json
    assert (task["step_name"], task["type"]) == ("Extra svenska", "jobbspar record A1 extra klar")
    history = space.ok("history", "A1", "--notes").out
    assert "steg startat: Extra svenska" in history
    assert "språket först" in history
    assert space.ok("verify").code == 0


def test_a_step_is_added_as_yaml_and_read_with_the_same_findings_as_in_a_track(space: Workspace) -> None:
    before = space.events
    refused = space("deviate", "A1", "ny", "add", "--yaml", "{typ: insats, namn: Ny, efter: plann}", "--reason", "annat")
    assert refused.code == 2
    assert "--yaml:1:32: fel JS120: Det finns inget annat steg som heter ”plann”. Menade du ”plan”?" in refused.err
    english = space("deviate", "A1", "ny", "add", "--yaml", "{type: insats, name: Ny, lenght: 2 weeks}", "--reason", "other", lang="en")
    assert "error JS043" in english.err
    assert "Did you mean" in english.err
    path = space.file("ny.yaml", "typ: insats\nnamn: Ny\nefter: plan\nplatser: 2\n")
    assert "platser som delas" in space("deviate", "A1", "ny", "add", "--yaml", path, "--reason", "annat").err
    assert space("deviate", "A1", "annan", "add", "--yaml", "{id: ny, typ: insats, namn: Ny}", "--reason", "annat").code == 2
    assert space("deviate", "A1", "ny", "add", "--yaml", str(space.folder / "inte.yaml"), "--reason", "annat").code == 2
    assert space("deviate", "A1", "kurs", "add", "--name", "Kurs", "--reason", "annat").code == 2
    assert space("deviate", "A1", "ny", "add", "--name", "Ny").code == 2  # no reason
    assert space.events == before
    space.file("ny.yaml", "typ: insats\nnamn: Ny\nefter: plan\n")
    space.ok("deviate", "A1", "ny", "add", "--yaml", path, "--reason", "annat")
    assert "”Ny” väntar på att detta avslutas: ”Planen”." in space.ok("why", "A1", "ny").out


def test_a_step_is_repeated_skipped_and_made_longer_for_one_person_while_it_can_be(space: Workspace) -> None:
    space.ok("deviate", "A1", "kurs", "förläng", "1 vecka", "--reason", "annat")
    space.ok("record", "A1", "plan", "klar", "--at", "2026-09-15", "--advance")
    assert "”Kursen” pågår. Sedan 2026-09-15. Senast 2026-10-20." in space.ok("why", "A1").out  # five weeks
    space.ok("deviate", "A1", "plan", "gör_om", "--reason", "annat", "--advance")
    assert "Pågår: Planen 2 (plan-2) sedan 2026-09-15" in space.ok("status", "A1").out
    before = space.events
    assert "redan registrerat" in space.ok("deviate", "A1", "plan", "gör_om", "--reason", "annat").out
    for args, words in (
        (("kurs", "gör_om"), "går inte att göra om så"),
        (("plan", "korta", "1 vecka"), "avslutat sedan 2026-09-15 (klar)"),
        (("kurs", "hoppa_över"), "pågår och kan därför inte hoppas över"),
        (("kurs", "korta"), "LÄNGD saknas"),
        (("plan", "vänd"), "lägg_till, gör_om, hoppa_över, korta, förläng"),
    ):
        refused = space("deviate", "A1", *args, "--reason", "annat")
        assert (refused.code, words in refused.err) == (2, True), refused.err
    assert space.events == before


def test_a_pause_has_a_coarse_reason_and_a_locked_detail_and_its_end_is_watched(space: Workspace) -> None:
    space.ok("pause", "A1", "--reason", "sjukdom", "--back", "2026-09-10", "--note", "vård på annan ort", "--at", "2026-09-03", "--advance")
    assert "paus (2026-09-10, sjukdom)" in space.ok("history", "A1").out
    assert "annan ort" not in space.ok("history", "A1", "--json").out
    assert "annan ort" in space.ok("history", "A1", "--notes").out
    (task,) = space.ok("worklist", "--at", "2026-09-14", "--json").json
    assert (task["kind"], task["due"], task["overdue"], task["type"]) == ("return", "2026-09-10", True, "jobbspar resume A1")
    space.ok("resume", "A1", "--at", "2026-09-14", "--advance")
    assert "”Planen” pågår. Sedan 2026-09-01. Senast 2026-09-28." in space.ok("why", "A1").out  # two weeks, and eleven days away
    assert "paus (föräldraledig)" in space.ok("pause", "A1", "--reason", "föräldraledig").out


def test_a_transfer_waits_for_the_tripartite_talk_and_may_say_another_outcome(space: Workspace) -> None:
    refused = space("transfer", "A1", "fk", "--reason", "behöver_annat_stöd")
    assert (refused.code, "resultat(trepart) = klar och samtycke" in refused.err) == (2, True)
    space.ok("begin", "A1", "trepart", "--at", "2026-09-07", "--advance")
    space.ok("record", "A1", "trepart", "klar", "--fact", "samtycke=ja", "--advance")
    assert space("transfer", "A1", "fk", "--reason", "behöver_annat_stöd", "--outcome", "rik").code == 2
    space.ok("transfer", "A1", "fk", "--reason", "behöver_annat_stöd", "--advance")
    assert "överförd till Försäkringskassan, behöver annat stöd" in space.ok("why", "A1").out


def test_a_transfer_to_another_unit_takes_the_outcome_that_is_said(space: Workspace) -> None:
    space.ok("transfer", "A1", "enhet", "--reason", "behöver_annat_stöd", "--outcome", "annan_insats", "--at", "2026-09-07", "--advance")
    (line,) = [line for line in space.ok("history", "A1").out.splitlines() if "överförs" in line]
    assert all(word in line for word in ("till Enheten för unga", "behöver annat stöd", "annan insats"))
    assert space("transfer", "A1", "dit", "--reason", "annat").code == 2


def test_a_transfer_to_a_track_that_refuses_goes_on_here_and_why_says_so(space: Workspace) -> None:
    space.ok("transfer", "A1", "dit", "--reason", "behöver_annat_stöd", "--at", "2026-09-07", "--advance")
    assert "det är redan registrerat" in space.ok("transfer", "A1/1", "dit", "--reason", "behöver_annat_stöd").out
    assert "Överföring till dar pågår" in space.ok("why", "A1/1").out
    refused = space("transfer", "A1/1", "fk", "--reason", "annat")
    assert (refused.code, "A1/2" in refused.err) == (2, True)
    space.ok("refuse", "A1/2", "--reason", "kravet_ej_uppfyllt", "--at", "2026-09-08", "--advance")
    said = space.ok("why", "A1/1").out
    assert "Överföringen till dar blev inte av; allt går vidare här. Sedan 2026-09-08." in said
    assert "”Planen” pågår" in said
    space.ok("record", "A1/1", "plan", "klar", "--advance")
    assert "Pågår: Kursen (kurs) sedan 2026-09-08" in space.ok("status", "A1/1").out


def test_a_misregistered_enrolment_is_out_of_all_figures_and_in_the_log_and_one_may_come_back(space: Workspace) -> None:
    space.ok("interrupt", "A1", "--reason", "flyttat", "--at", "2026-09-07", "--advance")
    assert exits(space) == 1
    space.ok("misregister", "A1", "--reason", "annat", "--note", "fel person", "--advance")
    assert exits(space) == 0
    assert "felregistrerad" in space.ok("history", "A1").out
    again = space.ok("enrol", "har", "A1", "--fact", "bistånd=ja", "--at", "2026-09-08", "--advance", "--json").json
    assert again[0]["stream"] == "A1/2"
    assert space("enrol", "har", "A1", "--fact", "bistånd=ja", "--on", "2026-09-07").code == 2  # one open at a time on a track


def exits(space: Workspace) -> int:
    """How many the goal counts among."""
    found: int = space.ok("outcomes", "har", "--limit", "0", "--json").json["goals"][0]["denominator"]
    return found


def test_an_interruption_for_a_job_asks_whether_the_aim_was_reached_and_for_the_outcome(space: Workspace) -> None:
    said = space.ok("interrupt", "A1", "--reason", "fått_arbete", "--at", "2026-09-05").out
    assert "jobbspar close A1/1 --reason fått_arbete" in said
    assert "jobbspar outcome A1/1 arbete" in said


def test_an_interruption_told_late_is_written_with_what_follows_from_it(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-11-20")
    said = space.ok("interrupt", "A1", "--reason", "fått_arbete", "--on", "2026-09-08").out
    assert said.count("jobbspar outcome A1/1 arbete") == 1
    gone = [line for line in said.splitlines() if line.endswith("(gäller inte längre)")]
    assert [line.split(": ", 2)[1][11:] for line in gone] == ["rapport väntas", "tidsgräns passerad"]


def test_who_broke_off_a_step_is_said_with_its_result(space: Workspace) -> None:
    said = space.ok("record", "A1", "plan", "avbruten", "--reason", "anordnaren_drog_sig_ur", "--at", "2026-09-05").out
    assert "avbruten, anordnaren drog sig ur" in said
