from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flows import prefect_settings
from flows.refusals import DATA_NOT_OURS
from tests.raising import raises_code

LOOKED_UP = """
import logging
import sys
from pathlib import Path
import pytest

from flows import prefect_settings
from flows.refusals import DATA_NOT_OURS
from tests.raising import raises_code
prefect_settings.apply(Path(sys.argv[1]))
with prefect_settings.nowhere():
    import flows.advance
    from prefect.settings import get_current_settings
    chosen = get_current_settings()
print(chosen.home)
print(chosen.profiles_path)
print(chosen.server.analytics_enabled, chosen.telemetry.enable_resource_metrics, chosen.logging.to_api.enabled, chosen.logging.log_prints)
print(chosen.results.persist_by_default, chosen.tasks.default_persist_result, chosen.server.ephemeral.enabled)
print(chosen.server.ephemeral.startup_timeout_seconds, chosen.logging.level, chosen.server.logging_level, chosen.server.api.host)
print(sorted(chosen.server.services.db_vacuum.enabled_vacuum_types), chosen.cli.prompt, chosen.server.ui.show_promotional_content)
print(logging.getLogger("EventsWorker").getEffectiveLevel() == logging.CRITICAL)
print(chosen.client.max_retries, chosen.api.request_timeout, chosen.debug_mode)
"""


def test_prefect_takes_every_setting_and_writes_nothing_outside_the_workspace(tmp_path: Path) -> None:
    workspace, somebody = tmp_path / "workspace", tmp_path / "somebody"
    somebody.mkdir()
    # Files of another project where one stands, and in a `.jobbspar` that came from somebody else: the last of them would run code.
    (tmp_path / "prefect.toml").write_text('[client]\nmax_retries = "many"\n', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.prefect.client]\nmax_retries = 9\n", encoding="utf-8")
    (tmp_path / ".env").write_text("PREFECT_DEBUG_MODE=true\n", encoding="utf-8")
    for name in ("prefect.toml", ".env", "profiles.toml", "logging.yml"):
        (prefect_settings.home(workspace) / name).write_text("[{", encoding="utf-8")
    environment = {**os.environ, "HOME": str(somebody), "PREFECT_LOGGING_TO_API_ENABLED": "true", "PREFECT_PROFILE": "theirs"}
    answer = subprocess.run(
        [sys.executable, "-c", LOOKED_UP, str(workspace)],
        env=environment | {"PYTHONPATH": str(Path.cwd())}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    home = workspace / ".jobbspar" / "prefect"
    assert answer.stdout.splitlines() == [
        str(home),
        str(prefect_settings.NOWHERE / "profiles.toml"),
        "False False False False",
        "False False False",
        "120 CRITICAL CRITICAL 127.0.0.1",
        "['events', 'flow_runs', 'orphans'] False False",
        "True",
        "3 20.0 False",
    ]
    assert answer.stderr == ""
    assert list(somebody.iterdir()) == []
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_settings_of_prefect_that_lie_around_are_left_out_and_all_others_kept(tmp_path: Path) -> None:
    around = {
        "PREFECT_API_KEY": "x",
        "prefect_debug_mode": "true",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true",
        "PATH": "/bin",
        "NO_PROXY": "intranet",
    }
    chosen = prefect_settings.environment(tmp_path, "jobbspar.db", None, around)
    assert "PREFECT_API_KEY" not in chosen
    assert "PREFECT_API_URL" not in chosen
    assert "prefect_debug_mode" not in chosen
    assert chosen["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] == "false"
    assert chosen["PATH"] == "/bin"
    assert chosen["NO_PROXY"] == "intranet,127.0.0.1"
    assert chosen["JOBBSPAR_DATABASE"] == "jobbspar.db"


def test_applying_the_settings_twice_changes_nothing(tmp_path: Path) -> None:
    around = {"PATH": "/bin", "PREFECT_API_KEY": "x"}
    prefect_settings.apply(tmp_path, "jobbspar.db", "http://127.0.0.1:1/api", around)
    once = dict(around)
    prefect_settings.apply(tmp_path, "jobbspar.db", "http://127.0.0.1:1/api", around)
    assert around == once


def test_a_folder_that_others_may_write_in_is_not_taken(tmp_path: Path) -> None:
    folder = prefect_settings.data(tmp_path)
    folder.chmod(0o777)
    with raises_code(DATA_NOT_OURS) as caught:
        prefect_settings.data(tmp_path)
    assert (caught.value.exit_code, str(folder) in str(caught.value), "chmod 700" in str(caught.value)) == (5, True, True)


def test_a_folder_that_is_gone_is_no_hindrance_to_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.rmdir()
    with prefect_settings.nowhere():
        assert Path.cwd() == prefect_settings.NOWHERE


def test_the_settings_and_the_server_do_not_import_prefect() -> None:
    modules = "flows.prefect_settings, flows.local_server, flows.runner, flows.errors, flows.texts, flows.port, flows.show, flows.watch"
    code = f"import sys, {modules}; print('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
