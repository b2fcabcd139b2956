"""`why` of a step names all that is missing, in a pause and beside the chain too, and who decides what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
spår: x
namn: X
typ: förberedande spår
ägare: enheten
parter: [kommun]
uppgifter: {k: ja/nej}
steg:
  - {id: ett, typ: insats, namn: Ett, längd: 2 veckor}
  - {id: två, typ: insats, namn: Två, kräver: k, längd: 2 veckor}
  - {id: vb, typ: insats, namn: Vid behov, från: vid behov, kräver: k, längd: 1 vecka}
  - {id: sen, typ: insats, namn: Sen, från: 1 vecka efter antagning, kräver: k, längd: 1 vecka}
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path / "w", TRACK)
    made.ok("enrol", "x", "A1", "--at", "2026-09-01", "--advance")
    return made


def test_in_a_pause_the_missing_fact_is_told_beside_the_pause(space: Workspace) -> None:
    space.ok("record", "A1", "ett", "klar", "--at", "2026-09-15", "--advance")
    space.ok("pause", "A1", "--reason", "sjukdom", "--back", "2026-12-01", "--at", "2026-09-16", "--advance")
    for step in ("två", "sen"):
        said = space.ok("why", "A1", step).out
        assert "pausen är över" in said
        assert "--fact k=ja/nej" in said
        assert "av sig själv" not in said


def test_a_step_done_when_needed_names_the_requirement_that_would_refuse_it(space: Workspace) -> None:
    assert space("begin", "A1", "vb").code == 2
    assert "--fact k=ja/nej" in space.ok("why", "A1", "vb").out
    space.ok("state", "A1", "--fact", "k=ja")
    assert "jobbspar begin A1/1 vb" in space.ok("why", "A1", "vb").out


def test_what_waits_for_a_decision_on_the_step_before_names_the_decision(space: Workspace) -> None:
    space.ok("record", "A1", "ett", "avbruten", "--at", "2026-09-08", "--advance")
    assert "jobbspar decide A1/1 ett" in space.ok("why", "A1", "två").out


def test_a_step_that_is_reported_is_not_proposed_for_another_report(space: Workspace) -> None:
    space.ok("record", "A1", "ett", "klar", "--at", "2026-09-10")
    assert "jobbspar record" not in space.ok("why", "A1", "ett").out


def test_of_somebody_misregistered_nothing_is_under_way(space: Workspace) -> None:
    space.ok("state", "A1", "--fact", "k=ja")
    space.ok("begin", "A1", "vb", "--advance")
    assert "Vid behov" in space.ok("status", "A1").out
    space.ok("misregister", "A1", "--reason", "annat", "--advance")
    assert "Vid behov" not in space.ok("status", "A1").out
    assert space.ok("status", "A1", "--json").json[0]["steps"] == []


def test_no_end_is_planned_while_a_broken_step_waits_for_its_next_run(space: Workspace) -> None:
    space.ok("state", "A1", "--fact", "k=ja")
    assert "enligt plan" in space.ok("status", "A1").out.partition("Avslut")[2]
    space.ok("record", "A1", "ett", "avbruten", "--at", "2026-09-08", "--advance")
    assert "Avslut" not in space.ok("status", "A1").out
    space.ok("decide", "A1", "ett", "nästa", "--advance")
    assert "Avslut 2026-09-22 enligt plan" in space.ok("status", "A1").out
