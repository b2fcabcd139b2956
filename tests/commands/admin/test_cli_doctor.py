from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from commands.admin import doctor
from flows import local_server, prefect_settings
from tests.commands.workspace import Workspace, lived_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return lived_in(tmp_path / "w")


def looked(space: Workspace) -> dict[str, Any]:
    return {row["what"]: row for row in space.ok("doctor", "--json").json}


def test_doctor_finds_all_well_and_says_what_is_not(space: Workspace) -> None:
    assert set(looked(space)) >= {"python", "fastapi", "database", "schema", "key", "clock", "server", "telemetry"}
    assert space("doctor", "--exit-code").code == 0
    space.database.chmod(0o644)
    assert (space("doctor").code, space("doctor", "--exit-code").code) == (0, 3)


def test_a_version_outside_the_bounds_of_the_package_is_told_with_them(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {name: row["state"] for name, row in looked(space).items() if name in doctor._LIBRARIES and not row["ok"]} == {}
    real = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda name: {"prefect": "9.0", "fastapi": "0.165.0"}.get(name, real(name)))
    found = looked(space)
    assert found["prefect"]["state"] == "programmet är gjort för <3.10,>=3.9.1"
    # That one is brought by Prefect, whose bounds hold.
    assert not found["fastapi"]["ok"]


@pytest.mark.xdist_group("flows")
def test_the_server_that_runs_go_to_is_looked_at(space: Workspace, prefect_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    found = looked(space)
    assert (found["server"]["value"], found["telemetry"]["value"]) == ("är inte igång", "okänt, ingen server att fråga")
    monkeypatch.setenv(prefect_settings.FOREIGN_SERVER, running.url)
    found = looked(space)
    assert (found["server"]["value"], found["telemetry"]["value"]) == (f"svarar på {running.url}", "av")
    monkeypatch.setenv(prefect_settings.FOREIGN_SERVER, "http://127.0.0.1:9")
    found = looked(space)
    assert "http://127.0.0.1:9" in found["server"]["state"]
    assert space("doctor", "--exit-code").code == 3


def test_what_is_wrong_with_prefects_home_is_told_with_the_remedy(space: Workspace) -> None:
    home = prefect_settings.home(space.folder)
    assert looked(space)["prefect home"]["ok"]
    (home / "prefect.db").write_text("this is no database, but something that a bad disk has left behind here", encoding="utf-8")
    assert "jobbspar up --fresh" in looked(space)["prefect home"]["state"]
    (home / "prefect.db").unlink()
    home.parent.chmod(0o777)
    assert "chmod 700" in looked(space)["prefect home"]["state"]


def test_the_last_run_is_told_and_one_that_did_not_end_well_is_a_finding(space: Workspace) -> None:
    space.ok("advance", "--engine", "local", "--at", "2026-10-01")
    assert looked(space)["run"]["value"] == "klar, till och med 2026-10-01"
    with sqlite3.connect(space.database) as other:
        other.execute("UPDATE run SET state = 'running', counts = '{}'")
    other.close()
    found = looked(space)["run"]
    assert (found["value"], found["ok"]) == ("avbruten, till och med 2026-10-01", False)
