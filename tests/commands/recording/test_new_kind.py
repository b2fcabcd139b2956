"""One entry in the table makes a kind: it is validated, recorded, folded, shown, exported and corrected, and then it is gone again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import ALONE, Workspace, once, workspace
from tracks import texts
from tracks.events.fold import fold
from tracks.events.kinds.facts import FACT, FactData
from tracks.events.kinds.kind import ENTRIES, Kind, entry
from tracks.events.kinds.table import typed
from tracks.events.status import UNDER_WAY
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tracks.events.event import Event


@pytest.fixture
def visited() -> Iterator[type[FactData]]:
    """The whole of a new kind of fact."""

    @entry(
        Kind(
            "visited",
            FACT,
            "visited",
            allowed=UNDER_WAY,
            corrects=("minutes", "back"),
            words=("besök",),
            value="minutes",
            takes=("reason",),
        )
    )
    class Visited(FactData):
        """Somebody visited the participant; minutes: how long; back: when she comes again."""

        minutes: int
        back: date | None = None

    # Its texts are the one thing that stands elsewhere: without them it goes by its name, as every code without words does.
    assert "visited" not in texts.TABLES["kind"]
    yield Visited
    del ENTRIES["visited"]


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", ALONE)
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    return space


def rows(space: Workspace, *lines: str) -> str:
    """A file of visits: the day, how long, and the reason."""
    return space.file("visits.csv", "\n".join(("on;ref;what;value;reason", *lines)) + "\n")


def log(space: Workspace) -> list[Event]:
    engine = open_database(space.database)
    found = SqlLedger(engine).events("B1/1")
    engine.dispose()
    return found


def visit(space: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in space.ok("history", "B1", "--json").json if row["kind"] == "visited")
    return found


def test_a_new_kind_is_recorded_folded_shown_exported_and_corrected(space: Workspace, visited: type[FactData]) -> None:
    said = {"minutes": 40, "reason": "other"}
    path = rows(space, "2026-09-02;B1;besök;40;other")
    space.ok("import", path, "--track", "alone", "--at", "2026-09-07", "--advance")
    assert [visit(space)[name] for name in ("effective", "actor", "data")] == ["2026-09-02", "Lisa", said]
    assert "visited" in space.ok("history", "B1").out
    assert typed(next(event for event in log(space) if event.kind == "visited")) == visited.from_json(said)
    assert fold(log(space)).value("visited") == said
    assert '""minutes"": 40' in space.ok("export", "alone", "--what", "events").out.replace('"":40', '"": 40')
    assert space.ok("import", path, "--track", "alone", "--json").json["repeated"] == 1
    corrected = {**said, "minutes": 50, "back": "2026-10-01"}
    space.ok("correct", "B1", str(visit(space)["seq"]), "--set", "minutes=50", "--set", "back=2026-10-01", "--at", "2026-09-08")
    assert fold(log(space)).value("visited") == corrected
    assert space.ok("verify", "--json").json["sound"] is True


@pytest.mark.parametrize("line", ["2026-09-02;B1;besök;länge;other", "2026-09-02;B1;besök;40;for fun", "2026-09-12;B1;besök;40;other"])
@pytest.mark.usefixtures("visited")
def test_what_does_not_fit_a_new_kind_is_refused(space: Workspace, line: str) -> None:
    before = space.events
    refused = space("import", rows(space, line), "--track", "alone", "--at", "2026-09-07")
    assert (refused.code, space.events) == (2, before)


@pytest.mark.usefixtures("visited")
def test_a_new_kind_is_corrected_to_what_it_could_have_said_only(space: Workspace) -> None:
    space.ok("import", rows(space, "2026-09-02;B1;besök;40;other"), "--track", "alone", "--at", "2026-09-07")
    seq = str(visit(space)["seq"])
    for wrong in ("minutes=länge", "back=sedan", "hours=1", "reason=trött"):
        assert space("correct", "B1", seq, "--set", wrong, "--at", "2026-09-08").code == 2
    space.ok("correct", "B1", seq, "--withdraw", "--at", "2026-09-08")
    assert fold(log(space)).get("visited") is None


def test_once_its_entry_is_gone_the_kind_is_gone(space: Workspace) -> None:
    refused = space("import", rows(space, "2026-09-02;B1;besök;40;other"), "--track", "alone", "--at", "2026-09-07")
    assert refused.code == 2
    assert "visited" not in ENTRIES
