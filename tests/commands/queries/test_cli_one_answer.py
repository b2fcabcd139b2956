"""`why`, `status`, `start`, `report` and `outcomes` say the same of the same people: one source for since when, what holds, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

AGED = """
track: aged
name: Aged
type: förberedande spår
partners: [kommun]
target_group: {entry: [{rule: age >= 19, reason: For those who are 19}]}
intake: {places: 5, starts: [2027-02-01]}
steps: [{id: one, type: insats, name: One, length: 2 weeks}]
"""
LEADS = """
track: leads
name: Leads
type: förberedande spår
partners: [kommun]
facts: {ready: yes/no}
steps:
  - {id: one, type: insats, name: One, length: 2 weeks, requires: ready, results: [moved], on_result: {moved: end}}
  - {id: two, type: insats, name: Two, length: 2 weeks}
goals: [{id: work, name: To work, counts: outcome = work, among: admitted, at: exit, at_least: 50 %}]
"""


def on_leads(folder: Path, *people: str) -> Workspace:
    """People who were admitted on 1 September, when the first step waits for a fact."""
    space = workspace(folder, LEADS)
    for ref in people:
        space.ok("enrol", "leads", ref, "--at", "2026-09-01", "--advance")
    return space


def ready(space: Workspace, ref: str) -> None:
    space.ok("state", ref, "--fact", "ready=yes", "--at", "2026-09-02", "--advance")


def test_who_waits_waits_since_she_came_onto_the_waiting_list_in_every_answer(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", AGED)
    space.ok("enrol", "aged", "P1", "--born", "2008-01", "--at", "2026-12-04", "--advance")
    assert space.ok("status", "P1", "--json").json[0]["since"] == "2026-12-04"
    space.ok("advance", "--engine", "local", "--at", "2027-01-02")
    assert space.ok("status", "P1", "--json").json[0]["since"] == "2027-01-01"
    since = {row["code"]: row["since"] for one in space.ok("why", "P1", "--json").json for row in one["reasons"]}
    assert since["queue"] == "2027-01-01"


def test_in_a_pause_no_step_is_said_to_wait_for_a_proposal_that_nobody_made(tmp_path: Path) -> None:
    space = on_leads(tmp_path / "w", "P1")
    ready(space, "P1")
    space.ok("pause", "P1", "--reason", "own_wish", "--at", "2026-09-03", "--advance")
    space.ok("record", "P1", "one", "done", "--at", "2026-09-04", "--advance")
    codes = [row["code"] for one in space.ok("why", "P1", "--json").json for row in one["reasons"]]
    assert codes == ["paused", "stopped.pause"]
    assert "proposal" not in space("why", "P1", lang="en").out


def test_a_proposal_that_somebody_must_decide_on_is_told_in_a_pause_too(tmp_path: Path) -> None:
    space = on_leads(tmp_path / "w", "P1")
    ready(space, "P1")
    space.ok("record", "P1", "one", "moved", "--at", "2026-09-04", "--advance")
    space.ok("pause", "P1", "--reason", "own_wish", "--at", "2026-09-05", "--advance")
    codes = [row["code"] for one in space.ok("why", "P1", "--json").json for row in one["reasons"]]
    assert codes[:2] == ["paused", "proposal.end"]


def test_who_is_admitted_and_in_no_step_yet_is_on_the_track_in_every_count(tmp_path: Path) -> None:
    space = on_leads(tmp_path / "w", "P1", "P2", "P3")
    assert space.ok("status", "leads", "--json").json["statuses"] == {"active": 3}
    (start,) = space.ok("start", "leads", "--json").json
    assert (start["active"], start["ended"]) == (3, 0)
    page = space.ok("report", "leads", "-o", "-").out
    assert "Ingen är på spåret" not in page
    assert "Inget steg pågår nu." in page
    space.ok("interrupt", "P1", "--reason", "own_wish", "--at", "2026-09-08", "--advance")
    (start,) = space.ok("start", "leads", "--json").json
    assert (start["active"], start["ended"]) == (2, 1)


def test_beside_every_share_stands_how_many_are_unknown(tmp_path: Path) -> None:
    space = on_leads(tmp_path / "w", "P1", "P2", "P3")
    for ref in ("P1", "P2", "P3"):
        space.ok("interrupt", ref, "--reason", "own_wish", "--at", "2026-09-08", "--advance")
    space.ok("outcome", "P1", "work", "--at", "2026-09-08", "--advance")
    line = next(line for line in space.ok("outcomes", "leads", "--limit", "0").out.splitlines() if "1 av 3" in line)
    assert "varav okänt: 2" in line
