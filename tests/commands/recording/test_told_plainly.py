"""What is in the way is told in a sentence: no employer left, a step that has not begun, a day late by a weekend, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
spår: x
namn: X
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare: [{id: ab, namn: AB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}]
uppgifter: {med: ja/nej, bor_här: ja/nej}
målgrupp: {löpande_krav: [bor_här]}
steg:
  - {id: ett, typ: insats, namn: Ett, längd: 2 veckor, kontakt_var: 1 vecka}
  - {id: praktik, typ: praktik, namn: Praktik, längd: 2 veckor, kontakt_var: 1 vecka}
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "x", "A1", "--fact", "bor_här=ja", "--at", "2026-09-04", "--advance")
    return space


def test_a_contact_in_a_step_that_has_not_begun_is_refused(space: Workspace) -> None:
    space.ok("contact", "A1", "ett")
    before = space.events
    said = space("contact", "A1", "praktik")
    assert (said.code, "har inte startat" in said.err, space.events) == (2, True, before)
    assert space("contact", "A1").code == 0


def test_where_no_employer_is_left_that_is_said_and_not_an_empty_list(space: Workspace) -> None:
    space.ok("employer", "x", "ab", "withdraw", "--advance")
    for line in (("place", "A1", "praktik", "ab"), ("select", "A1", "ab")):
        said = space(*line)
        assert said.code == 2
        assert "Ingen av arbetsgivarna på spåret x är kvar" in said.err
        assert "möjliga är: ." not in said.err


def test_a_day_that_is_late_by_a_weekend_alone_is_not_late_by_no_working_days(space: Workspace) -> None:
    # The first contact is due on Friday the 11th.
    space.ok("advance", "--engine", "local", "--at", "2026-09-12")
    assert [row["late"] for row in space.ok("worklist", "--overdue", "--json").json] == [0]
    assert "senast 2026-09-11: FÖRSENAT, ingen arbetsdag har gått" in space.ok("status", "A1").out
    assert "2026-09-11, sent, ingen arbetsdag har gått" in space.ok("worklist").out
    space.ok("advance", "--engine", "local", "--at", "2026-09-14")
    assert "senast 2026-09-11: 1 arbetsdag FÖRSENAT" in space.ok("status", "A1").out
    assert "2026-09-11, 1 arbetsdag sent" in space.ok("worklist").out


def test_why_and_the_worklist_say_since_when_a_condition_to_keep_the_place_is_false(space: Workspace) -> None:
    space.ok("state", "A1", "--fact", "bor_här=nej", "--on", "2026-09-07", "--at", "2026-09-09", "--advance")
    (reason,) = [one for one in space.ok("why", "A1", "--json").json[0]["reasons"] if one["code"] == "ongoing"]
    assert reason["since"] == "2026-09-07"
    assert "Sedan 2026-09-07" in space.ok("why", "A1").out
    assert [row["since"] for row in space.ok("worklist", "--json").json if row["kind"] == "ongoing"] == ["2026-09-07"]


def test_what_contradicts_a_report_is_answered_of_the_enrolment_where_the_step_was(tmp_path: Path) -> None:
    other = TRACK.replace("spår: x", "spår: y").replace("id: ett", "id: två").replace("målgrupp: {löp", "målgrupp: {krav: [med], löp")
    space = workspace(tmp_path / "w", "\n".join(TRACK.splitlines()[:-1]) + "\n", other)
    space.ok("enrol", "x", "A1", "--at", "2026-09-04", "--advance")
    space.ok("record", "A1", "ett", "klar", "--at", "2026-09-14", "--advance")
    space.ok("enrol", "y", "A1", "--advance")
    said = space("record", "A1", "ett", "ej_klar")
    assert said.code == 2
    assert "A1/1: ”rapporterad” står redan" in said.err
    assert "jobbspar correct A1/1 " in said.err
    assert "krav" not in said.err


def test_a_start_that_is_told_of_a_step_under_way_says_from_when_it_moved(space: Workspace) -> None:
    said = space.ok("begin", "A1", "ett", "--on", "2026-09-07", "--at", "2026-09-08")
    assert "A1: ett pågick redan; starten flyttades från 2026-09-04 till 2026-09-07" in said.err
    assert "flyttades" not in space.ok("begin", "A1", "ett", "--on", "2026-09-07").err


def test_a_reason_that_is_none_is_told_also_where_something_stands(space: Workspace) -> None:
    space.ok("interrupt", "A1", "--reason", "annat", "--at", "2026-09-08")
    assert "egen är inget skäl" in space("interrupt", "A1", "--reason", "egen").err


def test_an_outcome_that_no_hire_has_is_told_as_one_that_is_recorded_by_itself(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", TRACK.replace("id: ett, typ: insats,", "id: ett, typ: insats, resultat: [anställd],"))
    space.ok("enrol", "x", "A1", "--at", "2026-09-04", "--advance")
    said = space("record", "A1", "ett", "anställd", "--outcome", "studier").err
    assert "studier är inget utfall av en anställning" in said
    assert "`jobbspar outcome A1 studier`" in said
    assert "nonsens är inget utfall; utfallen är:" in space("record", "A1", "ett", "anställd", "--outcome", "nonsens").err
