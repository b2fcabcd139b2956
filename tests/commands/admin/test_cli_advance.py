"""`advance` without Prefect: what one track meets is not the fault of those after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.commands.workspace import ALONE, workspace
from tracks.recording import operations

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_fault_on_one_track_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(tmp_path, ALONE, ALONE.replace("track: alone", "track: zeta"))
    for track, ref in (("alone", "A1"), ("zeta", "Z1")):
        space.ok("enrol", track, ref, "--at", "2026-09-01")
    real = operations.advance_unit

    def broken(book: Any, unit: Any, *rest: Any) -> Any:
        if "alone" in unit:
            raise TypeError
        return real(book, unit, *rest)

    monkeypatch.setattr(operations, "advance_unit", broken)
    said = space("advance", "--engine", "local", "--at", "2026-09-02")
    assert said.code == 1
    assert "alone" in said.err
    assert space.ok("status", "Z1", "--json").json[0]["status"] == "active"
    assert space.ok("status", "A1", "--json").json[0]["status"] == "referred"
