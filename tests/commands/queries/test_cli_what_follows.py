"""What is said to follow follows, and the answers of one person agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, QUEUED, Workspace, lived_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

FOLLOWS = "Det som följer avgörs vid nästa körning (`jobbspar advance`), eller när någon härnäst skriver något på spåret."
NEXT = "behandlas vid nästa körning"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return lived_in(tmp_path / "w")


@pytest.mark.parametrize(
    ("typed", "follows"),
    [
        (["record", "B1", "plan", "klar", "--fact", "car=no"], True),
        (["state", "B1", "--fact", "car=no"], False),
        (["pause", "B1", "--reason", "sjukdom"], False),
        (["contact", "B1"], False),
        (["interrupt", "B1", "--reason", "annat"], True),
    ],
)
def test_what_follows_is_said_only_where_something_does(space: Workspace, typed: list[str], *, follows: bool) -> None:
    said = space.ok(*typed).out
    shown, why, row = space.ok("status", "B1").out, space.ok("why", "B1").out, space.ok("status", "B1", "--json").json[0]
    wrote = space.events
    space.ok("advance", "--engine", "local")
    assert (space.events > wrote) is follows
    assert (FOLLOWS in said) is (NEXT in shown) is (NEXT in why) is row["pending"] is follows


def test_after_a_pause_and_a_return_nothing_is_said_to_follow(space: Workspace) -> None:
    space.ok("pause", "B1", "--reason", "sjukdom")
    assert FOLLOWS not in space.ok("resume", "B1", "--at", "2026-09-10").out
    assert NEXT not in space.ok("status", "B1").out


def test_an_advance_after_a_command_that_moved_on_says_that_all_is_written(space: Workspace) -> None:
    moved = space.ok("record", "B1", "plan", "klar", "--fact", "car=no", "--advance").out
    assert "Motorn gick vidare och skrev 2 händelser till." in moved
    assert "Inget nytt: allt som följer till och med 2026-09-08 är redan skrivet." in space.ok("advance", "--engine", "local").out
    assert "Inget mer följer i dag." in space.ok("state", "B1", "--fact", "level=low", "--advance").out


def test_who_waits_when_every_start_is_over_waits_for_a_person_and_no_place_is_free(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED.replace("[2026-10-05, 2026-11-02]", "[2026-10-05]"))
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01")
    space.ok("advance", "--engine", "local", "--at", "2026-10-06")
    said = space.ok("why", "A1").out
    assert "motorn, av sig själv" not in said
    assert "Väntar på plats: nummer 1 av 1." in said
    (reason,) = [one for one in space.ok("why", "A1", "--json").json[0]["reasons"] if one["code"] == "queue"]
    assert reason["who"] == "enheten"
    assert [row["free"] for row in space.ok("start", "kö", "--json").json] == [reason["values"]["free"]] == [0]


def test_who_is_at_the_only_employer_counts_as_placed_there(tmp_path: Path) -> None:
    text = QUEUED.replace("intag: {platser: 1, starter: [2026-10-05, 2026-11-02], ", "intag: {starter: löpande, ")
    space = workspace(tmp_path / "w", text.replace("praktik, platser: 1,", "praktik,"))
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01", "--advance")
    space.ok("record", "A1", "karta", "klar", "--at", "2026-09-08", "--advance")
    (row,) = space.ok("employer", "kö", "--json").json["employers"]
    assert (row["placed"], row["there"]) == (1, 1)


def test_the_planned_end_of_a_step_and_of_an_enrolment_is_told(space: Workspace) -> None:
    (row,) = space.ok("status", "B1", "--json").json
    assert (row["planned_exit"], [step["until"] for step in row["steps"]]) == ("2026-11-05", ["2026-09-17"])
    (reason,) = [one for one in space.ok("why", "B1", "--json").json[0]["reasons"] if one["code"] == "running"]
    assert reason["until"] == "2026-09-17"
    space.ok("pause", "B1", "--reason", "sjukdom")
    (row,) = space.ok("status", "B1", "--json").json
    assert (row["planned_exit"], [step["until"] for step in row["steps"]]) == (None, [None])


def test_a_result_that_was_skipped_is_told_so_where_it_is_required(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ALONE.replace("requires: known(level)", "requires: result(theory) = done"))
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--advance")
    space.ok("record", "B1", "plan", "klar", "--fact", "car=ja", "--advance")
    refused = space("begin", "B1", "match")
    assert (refused.code, "resultat(theory) = klar (nu: resultat(theory) = överhoppad)" in refused.err) == (2, True), refused.err


def test_a_withdrawn_event_is_told_by_its_number_and_not_as_its_step(space: Workspace) -> None:
    space.ok("record", "B1", "plan", "klar", "--fact", "car=no", "--advance")
    number = next(row["seq"] for row in space.ok("history", "B1", "--json").json if row["kind"] == "reported")
    space.ok("correct", f"B1#{number}", "--withdraw", "--reason", "annat")
    told = space.ok("history", "B1").out
    assert "gäller inte längre: Theory" not in told
    assert "(Theory) gäller inte längre" in told


RUNS = """
track: runs
name: Runs
type: förberedande spår
partners: [coach]
steps:
  - {id: a, type: insats, name: A, length: 8 weeks, on_result: {not_passed: {retry: 1, length: 2 weeks}}}
  - {id: b, type: insats, name: B, length: 4 weeks, pauses: count}
"""


def test_the_planned_end_is_that_of_the_run_and_of_a_step_that_no_pause_moves(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", RUNS)
    space.ok("enrol", "runs", "R1", "--at", "2026-09-01", "--advance")

    def until() -> list[str]:
        told = [one["until"] for one in space.ok("why", "R1", "--json").json[0]["reasons"] if one["code"] in ("running", "report")]
        assert [step["until"] for step in space.ok("status", "R1", "--json").json[0]["steps"]] == told
        return told

    assert until() == ["2026-10-27"]
    space.ok("record", "R1", "a", "ej_klar", "--at", "2026-10-01", "--advance")
    assert until() == ["2026-10-15"]
    space.ok("record", "R1", "a", "klar", "--at", "2026-10-05", "--advance")
    space.ok("pause", "R1", "--reason", "annat", "--at", "2026-10-06")
    assert until() == ["2026-11-02"]


def test_history_tells_the_length_and_hours_of_a_run_and_what_an_exception_is_from(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", RUNS.replace("length: 2 weeks}", "length: 2 weeks, hours_per_week: 10}"))
    space.ok("enrol", "runs", "R1", "--at", "2026-09-01", "--advance")
    space.ok("record", "R1", "a", "ej_klar", "--advance")
    space.ok("except", "R1", "längst", "--reason", "annat")
    told = space.ok("history", "R1").out
    assert "steg startat: A (10 timmar i veckan, 2 veckor)" in told
    assert "undantag (annat, längst)" in told


def test_a_planned_end_on_a_sunday_stands_and_only_the_last_day_for_the_report_moves(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", RUNS.replace("8 weeks", "5 days").replace("4 weeks", "3 days"))
    space.ok("enrol", "runs", "R1", "--at", "2026-09-01", "--advance")
    assert ", till 2026-09-06 enligt plan\n  Avslut 2026-09-09 enligt plan\n" in space.ok("status", "R1").out
    assert "2026-09-06" in space.ok("export", "runs").out
    (reason,) = space.ok("why", "R1", "--json").json[0]["reasons"]
    assert (reason["code"], reason["until"]) == ("running", "2026-09-07")


ANEW = """
track: anew
name: Anew
type: förberedande spår
partners: [coach]
facts: {card: yes/no}
steps:
  - {id: a, type: insats, name: A, gives: [card], on_result: {not_passed: {retry: 1}}}
  - {id: b, type: insats, name: B}
"""


def test_a_fact_that_a_new_run_asks_anew_is_only_asked_for(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", ANEW)
    space.ok("enrol", "anew", "R1", "--at", "2026-09-01", "--advance")
    space.ok("record", "R1", "a", "ej_klar", "--fact", "card=nej", "--at", "2026-09-08", "--advance")
    space.ok("record", "R1", "a", "klar", "--at", "2026-09-15", "--advance")
    (row,) = space.ok("worklist", "--json").json
    assert (row["kind"], row["stands"]) == ("fact:card", None)
    assert "läsas" not in space.ok("status", "R1").out + space.ok("worklist").out
    (reason,) = [one for one in space.ok("why", "R1", "--json").json[0]["reasons"] if one["code"] == "asked"]
    assert (reason["who"], reason["values"]["facts"]) == ("coach", ["card"])
    assert "jobbspar state R1/1 --fact card=ja/nej" in space.ok("why", "R1").out
    space.ok("apply", space.file("t.yaml", ANEW.replace("yes/no", "number")), "--at", "2026-09-16", "--confirm-facts")
    assert [row["stands"] for row in space.ok("worklist", "--json").json] == [False]
    assert "ta reda på card (nej står, men kan inte läsas i den version som frågar)" in space.ok("status", "R1").out


def test_status_of_who_waits_for_a_step_says_where_what_she_waits_for_is_told(tmp_path: Path) -> None:
    line = "  Väntar: `jobbspar why R1/1` säger på vad\n"
    space = workspace(tmp_path / "w", RUNS.replace("length: 4 weeks, ", "starts: [2026-12-01], length: 4 weeks, "))
    space.ok("enrol", "runs", "R1", "--at", "2026-09-01", "--advance")
    assert line not in space.ok("status", "R1").out
    space.ok("record", "R1", "a", "klar", "--at", "2026-09-08", "--advance")
    assert line in space.ok("status", "R1").out


ROLES = """
track: roles
name: Roles
type: jobbspår
owner: unit
partners: [coach, municipality]
employers: [{id: ab, name: AB, agreement: {signed: 2026-01-01}}]
steps:
  - {id: a, type: insats, name: A, responsible: coach, on_result: {not_passed: ask}}
  - {id: b, type: praktik, name: B, responsible: coach, requires: selected, length: 4 weeks}
"""


@pytest.mark.parametrize(("result", "kind", "code"), [("ej_klar", "decision", "decision"), ("klar", "fact:selected", "requirement")])
def test_why_and_the_worklist_name_the_same_role(tmp_path: Path, result: str, kind: str, code: str) -> None:
    space = workspace(tmp_path / "w", ROLES)
    space.ok("enrol", "roles", "R1", "--at", "2026-09-01", "--advance")
    space.ok("record", "R1", "a", result, "--at", "2026-09-08", "--advance")
    told = {row["kind"]: row["role"] for row in space.ok("worklist", "--json").json}
    why = {one["code"]: one["who"] for one in space.ok("why", "R1", "--json").json[0]["reasons"]}
    assert (told[kind], why[code]) == ("unit", "unit")


def test_a_lapsed_offer_may_be_declined_from_the_worklist(tmp_path: Path) -> None:
    space = lived_in(tmp_path / "w")
    space.ok("advance", "--engine", "local", "--at", "2026-09-16")
    (row,) = [row for row in space.ok("worklist", "--json").json if row["kind"] == "interest"]
    assert [row["type"], *row["or"]] == ["jobbspar interest A1", "jobbspar decline A1", "jobbspar refuse A1 --reason SKÄL"]
    space.ok("decline", "A1")


PLANNED = """
spår: plan
namn: Plan
typ: förberedande spår
ägare: enheten
parter: [kommun]
uppgifter: {kör: ja/nej, nivå: [A, B, C]}
steg:
  - {id: kurs, typ: insats, namn: Kurs, längd: 2 veckor}
  - {id: truck, typ: insats, namn: Truck, om: kör, längd: 10 veckor}
"""


@pytest.mark.parametrize(
    ("condition", "facts", "planned"),
    [
        ("kör", ["kör=nej"], "2027-01-18"),
        ("kör", ["kör=ja"], "2027-03-29"),
        ("kör", [], "2027-03-29"),
        ("nivå < B", ["nivå=C"], "2027-01-18"),
        ("nivå < B och kör", ["kör=nej"], "2027-01-18"),
        ("resultat(kurs) = klar", [], "2027-03-29"),
        ("inte utvald", [], "2027-03-29"),
    ],
)
def test_the_planned_exit_counts_no_step_whose_condition_is_known_to_be_false(
    tmp_path: Path, condition: str, facts: list[str], planned: str
) -> None:
    space = workspace(tmp_path / "w", PLANNED.replace("om: kör", f"om: {condition}"))
    space.ok("enrol", "plan", "A1", *(word for fact in facts for word in ("--fact", fact)), "--at", "2027-01-04", "--advance")
    assert space.ok("status", "A1", "--json").json[0]["planned_exit"] == planned


def test_the_planned_exit_asks_for_the_age_on_the_day_that_the_step_would_begin(tmp_path: Path) -> None:
    text = PLANNED.replace("om: kör", "om: [{regel: ålder < 25, skäl: Ungdomsspåret}]")
    space = workspace(tmp_path / "w", text)
    space.ok("enrol", "plan", "A1", "--born", "1980-05", "--at", "2027-01-04", "--advance")
    space.ok("enrol", "plan", "A2", "--born", "2002-06", "--advance")
    assert [space.ok("status", ref, "--json").json[0]["planned_exit"] for ref in ("A1", "A2")] == ["2027-01-18", "2027-03-29"]


def test_while_a_person_has_to_decide_or_a_transfer_is_under_way_no_exit_is_planned(tmp_path: Path) -> None:
    other = PLANNED.replace("spår: plan", "spår: annat") + "intag: {starter: löpande, platser: 1}\n"
    space = workspace(tmp_path / "w", other, PLANNED + "överföringar: {n: {mottagare: annat}}\n")
    for ref in ("A1", "A2"):
        space.ok("enrol", "plan", ref, "--fact", "kör=ja", "--at", "2027-01-04", "--advance")
    space.ok("record", "A1", "kurs", "ej_klar", "--at", "2027-01-11", "--advance")
    space.ok("transfer", "A2", "n", "--reason", "annat", "--advance")
    for ref in ("A1", "A2"):
        assert space.ok("status", ref, "--json").json[0]["planned_exit"] is None


def test_who_went_on_to_another_track_is_told_among_the_exits_and_is_followed_up_there(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", PLANNED.replace("spår: plan", "spår: annat"), PLANNED + "överföringar: {n: {mottagare: annat}}\n")
    space.ok("enrol", "plan", "A1", "--at", "2027-01-04", "--advance")
    assert "annat spår" not in space.ok("outcomes", "plan", "--limit", "0").out
    space.ok("transfer", "A1", "n", "--reason", "annat", "--advance")
    assert "Av avsluten gick 1 vidare till ett annat spår här." in space.ok("outcomes", "plan", "--limit", "0").out
    assert "annat spår" not in space.ok("outcomes", "plan").out
    refused = space("follow-up", "A1/1", "avslut", "--outcome", "arbete")
    assert refused.code == 2
    assert "`jobbspar follow-up A1/2`" in refused.err


SHARED = """
track: shared
name: Shared
type: förberedande spår
owner: unit
partners: [coach, school]
intake: {starts: rolling}
steps:
  - {id: a, type: insats, name: A, responsible: [coach, school], length: 1 week}
"""


def test_who_is_responsible_beside_another_sees_who_reports(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", SHARED)
    space.ok("enrol", "shared", "R1", "--at", "2026-09-01", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-10")
    assert " · coach · " in space.ok("worklist", "--role", "school").out
    assert " · coach · " not in space.ok("worklist", "--role", "coach").out
    assert space.ok("why", "R1", "--json").json[0]["reasons"][0]["who"] == "coach"
