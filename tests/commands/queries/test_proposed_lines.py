"""What a list or `why` proposes is what recording would take: of employers, their choices and transfers, as her facts stand."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = """
spår: firmor
namn: Firmor
typ: jobbspår
ägare: ame
parter: [kommun]
arbetsgivare:
  - {id: lager, namn: Lager, avtal: {undertecknat: 2026-01-01}, kräver: [truckkort]}
  - {id: hamn, namn: Hamn, avtal: {undertecknat: 2026-01-01}}
  - {id: bud, namn: Bud, avtal: {undertecknat: 2026-01-01}, kräver: [körkort]}
uppgifter: {truckkort: ja/nej, körkort: ja/nej, nivå: [a, b]}
överföringar: {upp: {mottagare: Framåt, kräver: nivå >= b}, ut: {mottagare: Utåt}}
steg:
  - {id: praktik, typ: praktik, längd: 4 veckor, vid_resultat: {ej_klar: {överför: upp}}}
  - {id: hos-lager, typ: praktik, hos: lager, längd: 2 veckor}
"""


@pytest.fixture
def firms(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", FIRMS)
    space.ok("enrol", "firmor", "P1", "--at", "2026-09-01", "--advance")
    return space


def listed(space: Workspace, kind: str) -> list[str]:
    (row,) = [row for row in space.ok("worklist", "--json").json if row["kind"] == kind]
    return [row["type"], *row["or"]]


def told(space: Workspace, code: str) -> Any:
    (reason,) = [one for one in space.ok("why", "P1", "--json").json[0]["reasons"] if one["code"] == code]
    return [line.replace("P1/1", "P1") for line in reason["values"].get("commands", ())]


def type_all(space: Workspace, lines: list[str]) -> None:
    """Each line is taken, one after the other, by somebody who knows only the reason."""
    for line in lines:
        space.ok(*shlex.split(line.replace("SKÄL", "annat"))[1:])


def test_an_employer_is_proposed_once_what_it_requires_is_known_to_be_met(firms: Workspace) -> None:
    assert listed(firms, "placement") == told(firms, "placement")[:1] == ["jobbspar place P1 praktik hamn"]
    firms.ok("state", "P1", "--fact", "truckkort=ja", "--fact", "körkort=nej", "--advance")
    expected = ["jobbspar place P1 praktik lager", "jobbspar place P1 praktik hamn"]
    assert listed(firms, "placement") == told(firms, "placement") == expected
    type_all(firms, expected)


def test_who_was_selected_by_an_employer_whose_requirement_is_not_met_is_proposed_elsewhere_with_a_reason(firms: Workspace) -> None:
    firms.ok("state", "P1", "--fact", "truckkort=nej", "--fact", "körkort=nej", "--advance")
    firms.ok("select", "P1", "lager", "--advance")
    assert "Utvald av Lager, men kraven där är inte uppfyllda." in firms.ok("why", "P1").out
    firms.ok("select", "P1", "hamn", "--advance")
    firms.ok("employer", "firmor", "hamn", "withdraw", "--advance")
    firms.ok("state", "P1", "--fact", "körkort=ja", "--at", "2026-09-02", "--advance")
    expected = ["jobbspar place P1 praktik bud --reason SKÄL"]
    assert listed(firms, "placement") == told(firms, "placement") == expected
    assert firms("place", "P1", "praktik", "bud").code == 2
    type_all(firms, expected)


def test_where_no_employer_is_possible_the_line_skips_the_step_and_why_says_so(firms: Workspace) -> None:
    firms.ok("state", "P1", "--fact", "truckkort=nej", "--fact", "körkort=nej", "--advance")
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    firms.ok("record", "P1", "praktik", "klar", "--at", "2026-09-29", "--advance")
    expected = ["jobbspar deviate P1 hos-lager hoppa_över --reason SKÄL"]
    assert listed(firms, "placement") == expected
    type_all(firms, expected)


def test_a_transfer_is_proposed_only_once_its_requirement_is_met(firms: Workspace) -> None:
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    firms.ok("record", "P1", "praktik", "ej_klar", "--at", "2026-09-29", "--advance")
    decisions = ["jobbspar decide P1 praktik nästa", "jobbspar decide P1 praktik gör_om"]
    missing = [*decisions, "jobbspar state P1 --fact nivå=a/b"]
    assert listed(firms, "proposal:transfer") == told(firms, "proposal.transfer") == missing
    assert "det går inte att avgöra om dess krav är uppfyllt: nivå är minst b" in firms.ok("why", "P1").out
    firms.ok("state", "P1", "--fact", "nivå=a", "--advance")
    assert listed(firms, "proposal:transfer") == told(firms, "proposal.transfer") == missing
    assert "den kräver att nivå är minst b, och så är det inte" in firms.ok("why", "P1").out
    firms.ok("state", "P1", "--fact", "nivå=b", "--advance")
    assert listed(firms, "proposal:transfer") == ["jobbspar transfer P1 upp --reason SKÄL", *decisions]
    type_all(firms, listed(firms, "proposal:transfer")[:1])


def test_whoever_is_selected_is_told_at_the_employer_though_nobody_placed_her(firms: Workspace) -> None:
    firms.ok("select", "P1", "lager")
    (row,) = firms.ok("employer", "firmor", "lager", "--json").json
    assert (row["ref"], row["what"]) == ("P1", "selected")
    assert {one["id"]: one["selected"] for one in firms.ok("employer", "firmor", "--json").json["employers"]}["lager"] == 1


def test_a_decision_that_stands_on_the_list_is_told_by_why_before_the_engine_has_been_there(firms: Workspace) -> None:
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    firms.ok("record", "P1", "praktik", "avbruten", "--at", "2026-09-20")
    assert set(listed(firms, "decision")) <= set(told(firms, "decision"))


def test_a_step_of_her_own_counts_in_what_is_planned_and_says_who_is_responsible(firms: Workspace) -> None:
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    firms.ok("deviate", "P1", "hos-lager", "hoppa_över", "--reason", "annat")
    firms.ok("deviate", "P1", "extra", "lägg_till", "3 veckor", "--name", "Extra", "--reason", "annat")
    assert "Avslut 2026-10-20 enligt plan" in firms.ok("status", "P1").out
    firms.ok("record", "P1", "praktik", "klar", "--at", "2026-09-29", "--advance")
    said = firms.ok("status", "P1").out
    assert "Pågår: Extra sedan 2026-09-29 (kommun), till 2026-10-20 enligt plan" in said
    assert "Väntar" not in said


def test_whoever_is_between_two_steps_has_been_so_since_the_last_one_ended(firms: Workspace) -> None:
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    firms.ok("record", "P1", "praktik", "klar", "--at", "2026-09-29", "--advance")
    (row,) = firms.ok("status", "firmor", "--people", "--json").json
    assert (row["step"], row["since"]) == ("", "2026-09-29")


def test_the_line_that_makes_an_interruption_a_completion_says_all_that_was_said(firms: Workspace) -> None:
    firms.ok("place", "P1", "praktik", "hamn", "--advance")
    line = ("interrupt", "P1", "--reason", "fått_arbete", "--outcome", "arbete", "--employer", "Coop Nord", "--on", "2026-09-14")
    said = firms.ok(*line, "--at", "2026-09-20").out
    first, second = (part.strip() for part in said.split("avsluta: ")[1].splitlines()[0].split(";"))
    for one in (first, second):
        firms.ok(*shlex.split(one)[1:])
    (now,) = firms.ok("status", "P1", "--json").json
    assert (now["status"], now["closed"], now["outcome"]["what"], now["outcome"]["employer"]) == (
        "completed",
        "2026-09-14",
        "work",
        "Coop Nord",
    )


def test_while_it_is_not_known_where_she_may_be_the_line_leads_to_what_is_to_be_found_out(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", FIRMS.replace("{id: praktik, typ: praktik,", "{id: praktik, typ: praktik, hos: [lager, bud],"))
    space.ok("enrol", "firmor", "P1", "--at", "2026-09-01", "--advance")
    assert listed(space, "placement") == ["jobbspar why P1"]
    assert "jobbspar state P1 --fact truckkort=ja/nej" in told(space, "placement")


def test_an_employer_with_room_is_proposed_rather_than_a_full_one(tmp_path: Path) -> None:
    bound = FIRMS.replace("id: praktik, typ: praktik,", "id: praktik, typ: praktik, platser: {lager: 1, hamn: 1},")
    space = workspace(tmp_path / "w", bound)
    for ref in ("P2", "P1"):
        space.ok("enrol", "firmor", ref, "--fact", "truckkort=ja", "--fact", "körkort=nej", "--at", "2026-09-01", "--advance")
    space.ok("place", "P2", "praktik", "lager", "--advance")
    expected = ["jobbspar place P1 praktik hamn"]
    assert listed(space, "placement") == told(space, "placement") == expected
    space.ok("enrol", "firmor", "P3", "--fact", "truckkort=ja", "--fact", "körkort=nej", "--advance")
    space.ok("place", "P3", "praktik", "hamn", "--advance")
    assert listed(space, "placement") == ["jobbspar place P1 praktik lager", *expected]


def test_who_waits_at_a_full_employer_is_told_to_wait_for_whoever_has_it_on_the_list(tmp_path: Path) -> None:
    bound = FIRMS.replace("id: praktik, typ: praktik,", "id: praktik, typ: praktik, platser: {lager: 1, hamn: 1},")
    space = workspace(tmp_path / "w", bound)
    for ref in ("P2", "P1"):
        space.ok("enrol", "firmor", ref, "--fact", "truckkort=ja", "--at", "2026-09-01", "--advance")
        space.ok("place", ref, "praktik", "lager", "--advance")
    (row,) = [row for row in space.ok("worklist", "--json").json if row["kind"] == "elsewhere"]
    (reason,) = [one for one in space.ok("why", "P1", "--json").json[0]["reasons"] if one["code"] == "place"]
    assert (row["role"], reason["who"]) == ("ame", "ame")
