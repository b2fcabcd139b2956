"""Of a past day that the engine had not come to, the worklist, `why` and `status` tell the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.workspace import QUEUED, workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_an_offer_that_had_lapsed_without_the_engine_waits_for_its_answer_in_all_three_answers(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=1", "--at", "2026-09-08", "--advance")
    space.ok("offer", "A1", "--at", "2026-09-09")  # answered by 16 September
    space.ok("advance", "--engine", "local", "--at", "2026-09-30")
    then = ("--as-of", "2026-09-20", "--known-at", "2026-09-20", "--json")
    (row,) = space.ok("worklist", "--track", "kö", *then).json
    (stands,) = space.ok("status", "A1", *then).json
    (why,) = space.ok("why", "A1", *then).json
    assert (row["kind"], row["due"], row["overdue"]) == ("answer", "2026-09-16", True)
    assert (stands["status"], [todo["kind"] for todo in stands["todos"]]) == ("offered", ["answer"])
    assert [reason["code"] for reason in why["reasons"]] == ["next", "offered"]
    now = ("--as-of", "2026-09-20", "--json")
    (row,) = space.ok("worklist", "--track", "kö", *now).json
    (stands,) = space.ok("status", "A1", *now).json
    (why,) = space.ok("why", "A1", *now).json
    assert (row["kind"], stands["status"], [todo["kind"] for todo in stands["todos"]]) == ("interest", "waiting", ["interest"])
    assert [reason["code"] for reason in why["reasons"]] == ["interest"]
