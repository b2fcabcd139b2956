"""A step of several responsible stands on the worklists of all, and a caseload may be of the role that the track names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from definitions.loading.loader import load_text
from tests.commands.workspace import Workspace, once, workspace

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
spår: två
namn: Två
typ: jobbspår
ägare: Enheten
parter: [kommun, skola, coacher]
arbetsgivare: [{id: ab, namn: AB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}]
intag: {ärenden_per_handläggare: {coacher: 1}}
steg:
  - {id: kurs, typ: insats, namn: Kursen, ansvarig: [skola, arbetsgivare], längd: 1 vecka}
  - {id: prov, typ: insats, namn: Provet, ansvarig: kommun, längd: 1 vecka}
"""


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", TRACK)
    space.ok("enrol", "två", "A1", "--at", "2026-09-01", "--advance")
    space.ok("enrol", "två", "A2", "--at", "2026-09-01", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    return space


def test_a_step_stands_on_the_worklist_of_each_responsible_and_of_nobody_else(space: Workspace) -> None:
    for role, steps in (("skola", ["kurs", "kurs"]), ("arbetsgivaren", ["kurs", "kurs"]), ("kommun", [])):
        assert [row["step"] for row in space.ok("worklist", "--role", role, "--json").json] == steps
    assert {row["role"] for row in space.ok("worklist", "--json").json} == {"skola"}  # the first named reports


def test_the_handbook_and_the_picture_name_all_who_are_responsible(space: Workspace) -> None:
    page = space.folder / "h.html"
    space.ok("handbook", "två", "-o", str(page))
    assert "Skola, som rapporterar, tillsammans med arbetsgivaren" in page.read_text("utf-8")
    assert "skola och arbetsgivaren" in space.ok("graph", "två", "--format", "mermaid").out


def test_a_caseload_counts_who_has_the_role_that_the_track_names(space: Workspace) -> None:
    for ref in ("A1", "A2"):
        space.ok("assign", ref, "coacher", "Bo Ek")
        space.ok("assign", ref, "kommun", "Eva Å")
    rows = space.ok("caseload", "två", "--json").json
    assert [(row["person"], row["has"], row["most"]) for row in rows] == [("Bo Ek", 2, 1)]


def test_who_is_named_responsible_or_counted_must_be_a_partner() -> None:
    text = TRACK.replace("[skola, arbetsgivare]", "[skola, komun]").replace("coacher: 1", "coach: 1")
    found = [(one.code, one.suggestion) for one in load_text(text).diagnostics]
    assert found == [("JS112", "coacher"), ("JS112", "kommun")]
