from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from flows import local_server, prefect_settings
from flows.errors import SERVER_AWAY, SERVER_DIED
from flows.runner import reach
from tests.raising import raises_code

START = """
import sys
from pathlib import Path
from flows import local_server
print(local_server.up(Path(sys.argv[1]), lambda key, **values: print(key, file=sys.stderr)).pid)
"""


def silent(key: str, **values: Any) -> None:
    raise AssertionError(key)


def leave(workspace: Path, **fields: Any) -> Path:
    file = prefect_settings.data(workspace) / "server.json"
    file.write_text(json.dumps(fields), encoding="utf-8")
    return file


def members(group: int) -> list[str]:
    """The processes of a group that are not dead, as the system lists them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = entry.read_text(encoding="utf-8").rpartition(")")
            if int(rest.split()[2]) == group and rest.split()[0] not in "ZX":
                found.append(name)
    return found


def test_two_commands_at_once_start_one_server_and_down_leaves_no_process_behind(tmp_path: Path) -> None:
    leave(tmp_path, pid=2**22 - 1, port=1, born="a process of last week")
    starts = [
        subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [start.communicate(timeout=150) for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert said[0][0] == said[1][0]
    assert "server-first" in said[0][1] + said[1][1]

    running = local_server.find(tmp_path)
    assert running is not None
    assert members(running.pid)
    assert stat.S_IMODE((prefect_settings.home(tmp_path) / "prefect.db").stat().st_mode) == 0o600

    assert local_server.down(tmp_path) is True
    assert members(running.pid) == []
    assert not local_server.answers(running.api_url)
    assert not (tmp_path / ".jobbspar" / "server.json").exists()
    assert local_server.down(tmp_path) is False


def test_a_running_server_is_used_again_without_a_word(prefect_workspace: Path) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    assert local_server.up(prefect_workspace, silent) == running


def test_a_process_that_only_has_the_number_of_a_server_is_left_alone(tmp_path: Path) -> None:
    file = leave(tmp_path, pid=os.getpid(), port=1, born="long ago")
    assert local_server.find(tmp_path) is None
    assert local_server.down(tmp_path) is False
    assert not file.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "port": 2, "born": "", "more": 3}'])
def test_a_broken_note_of_the_server_counts_as_none(tmp_path: Path, text: str) -> None:
    (prefect_settings.data(tmp_path) / "server.json").write_text(text, encoding="utf-8")
    assert local_server.find(tmp_path) is None
    assert local_server.down(tmp_path) is False


def test_asking_for_a_server_where_there_is_none_makes_no_folder(tmp_path: Path) -> None:
    assert local_server.find(tmp_path) is None
    assert local_server.down(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_start_is_told_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    told: list[str] = []
    with raises_code(SERVER_DIED) as caught:
        local_server.up(tmp_path, lambda key, **values: told.append(key))
    log = tmp_path / ".jobbspar" / "prefect" / "server.log"
    assert str(caught.value) == f"Prefect's server stopped while starting; its log is {log}. Without Prefect: `--engine local`."
    assert caught.value.message("sv").startswith("Prefects server stannade när den skulle starta; dess logg är /")
    assert told == ["server-first"]
    assert log.exists()
    assert not (tmp_path / ".jobbspar" / "server.json").exists()


def test_a_server_that_the_operator_names_is_not_started_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBBSPAR_PREFECT_API_URL", "http://127.0.0.1:9/api")
    with raises_code(SERVER_AWAY):
        reach(tmp_path, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_the_operator_names_is_used(prefect_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    monkeypatch.setenv("JOBBSPAR_PREFECT_API_URL", running.api_url)
    assert reach(tmp_path, silent) == running.api_url
