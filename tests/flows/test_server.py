from __future__ import annotations

import http.client
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows import addresses, local_server, prefect_settings, server_note
from flows.refusals import HOME_HELD, SERVER_DIED
from flows.server_note import MARK, Server, new_mark, proved
from tests.raising import raises_code

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@contextmanager
def process(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    other = subprocess.Popen(["sleep", "60"], start_new_session=True, env=os.environ | environment)
    try:
        yield other
    finally:
        other.kill()
        other.wait()


def test_that_another_program_holds_prefects_database_is_told_within_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "HELD_LIMIT", 0.1)
    monkeypatch.setattr(local_server, "answers", lambda api_url: True)
    monkeypatch.setattr(local_server, "proved", lambda workspace: Server(os.getpid(), 9, server_note._PROVED))
    own, elsewhere = "http://127.0.0.1:9/api", "http://127.0.0.1:8/api"
    with closing(sqlite3.connect(prefect_settings.home(tmp_path) / "prefect.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with raises_code(HOME_HELD):
            local_server.up(tmp_path, silent)
        assert (local_server.works(tmp_path, own), local_server.works(tmp_path, elsewhere)) == (False, True)
        other.execute("ROLLBACK")
        assert local_server.works(tmp_path, own)
        assert local_server.up(tmp_path, silent).api_url == own


def test_two_commands_at_once_start_one_server_and_down_leaves_no_process_behind(second_workspace: Path) -> None:
    leave(second_workspace, pid=2**22 - 1, mark="of-last-week 1:2 0")
    starts = [
        subprocess.Popen([sys.executable, "-c", START, str(second_workspace)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [start.communicate(timeout=150) for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert said[0][0] == said[1][0]

    running = local_server.find(second_workspace)
    assert running is not None
    assert members(running.pid)
    assert local_server.down(second_workspace) is True
    assert members(running.pid) == []
    assert not addresses.answers(running.api_url)
    assert local_server.down(second_workspace) is False
    assert server_note.last_port(second_workspace) == running.port


def test_a_running_server_is_used_again_without_a_word(prefect_workspace: Path) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    assert local_server.up(prefect_workspace, silent) == running
    home = prefect_settings.home(prefect_workspace)
    assert {stat.S_IMODE((home / name).stat().st_mode) for name in ("prefect.db", "server.log")} == {0o600}


def test_only_a_process_that_bears_the_mark_of_the_note_is_the_server(tmp_path: Path) -> None:
    mark = new_mark(prefect_settings.data(tmp_path).parent, 1234)
    with process(**{MARK: mark}) as ours, process(**{MARK: new_mark(tmp_path, 1234)}) as other, process() as stranger:
        for pid in (other.pid, stranger.pid, os.getpid()):
            leave(tmp_path, pid=pid, mark=mark)
            assert proved(tmp_path) is None
            assert local_server.down(tmp_path) is False
        assert (other.poll(), stranger.poll()) == (None, None)
        leave(tmp_path, pid=ours.pid, mark=mark)
        found = proved(tmp_path)
        assert found is not None
        assert (found.pid, found.port) == (ours.pid, 1234)
        assert local_server.down(tmp_path) is True
        ours.wait(timeout=10)


def test_the_port_is_that_of_the_process_and_not_that_of_the_note(tmp_path: Path) -> None:
    mark = new_mark(prefect_settings.data(tmp_path).parent, 1234)
    with process(**{MARK: mark}) as ours:
        leave(tmp_path, pid=ours.pid, mark=mark.replace("1234", "4321"))
        assert proved(tmp_path) is None


def test_a_server_belongs_to_the_folder_it_was_started_for_also_when_that_is_moved_and_to_no_copy(tmp_path: Path) -> None:
    original, copy, elsewhere = (tmp_path / name for name in ("original", "copy", "elsewhere"))
    mark = new_mark(prefect_settings.data(original).parent, 1234)
    with process(**{MARK: mark}) as ours:
        leave(original, pid=ours.pid, mark=mark)
        shutil.copytree(original, copy)
        assert proved(copy) is None
        assert local_server.down(copy) is False
        original.rename(elsewhere)
        assert proved(elsewhere) is not None
        assert ours.poll() is None


def test_nobody_makes_a_server_without_the_proof() -> None:
    with pytest.raises(TypeError):
        Server(1, 2, object())


def test_where_the_system_hides_its_processes_nothing_is_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    def hidden(pid: int) -> None:
        raise psutil.AccessDenied(pid)

    monkeypatch.setattr(psutil, "Process", hidden)
    mark = new_mark(prefect_settings.data(tmp_path).parent, 1234)
    leave(tmp_path, pid=os.getpid(), mark=mark)
    assert proved(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "mark": ""}', '{"pid": "x", "mark": "a b c"}', '{"port": 1}'])
def test_a_broken_note_of_the_server_counts_as_none(tmp_path: Path, text: str) -> None:
    (prefect_settings.data(tmp_path) / "server.json").write_text(text, encoding="utf-8")
    assert local_server.find(tmp_path) is None
    assert local_server.down(tmp_path) is False


def test_asking_for_a_server_where_there_is_none_makes_no_folder(tmp_path: Path) -> None:
    assert local_server.find(tmp_path) is None
    assert local_server.down(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_start_is_told_with_its_cause_and_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "python"
    failing.write_text("#!/bin/sh\necho some lines\necho 'DatabaseError: file is not a database'\necho more; exit 1\n", encoding="utf-8")
    failing.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(failing))
    told: list[str] = []
    with raises_code(SERVER_DIED) as caught:
        local_server.up(tmp_path, lambda key, **values: told.append(key))
    log = tmp_path / ".jobbspar" / "prefect" / "server.log"
    assert str(caught.value) == (
        f"Prefect's server stopped while starting: DatabaseError: file is not a database. Its log is {log}. "
        "Prefect's database holds nothing of the work and can be made anew: `jobbspar up --fresh`."
    )
    assert caught.value.exit_code == 9
    assert caught.value.message("sv").startswith("Prefects server stannade när den skulle starta: ")
    # A fault that comes back is met once, not thrice.
    assert told == ["server-first"]
    assert local_server.find(tmp_path) is None


def test_a_database_that_is_made_anew_was_thrown_away_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    database = prefect_settings.home(tmp_path) / "prefect.db"
    for name in ("prefect.db", "prefect.db-wal"):
        database.with_name(name).write_text("damaged", encoding="utf-8")
    with raises_code(SERVER_DIED):
        local_server.up(tmp_path, lambda key, **values: None)
    assert database.exists()
    with raises_code(SERVER_DIED):
        local_server.up(tmp_path, lambda key, **values: None, fresh=True)
    assert [file.name for file in database.parent.iterdir() if file.name.startswith("prefect.db")] == []


def test_the_port_of_last_time_is_taken_again_and_another_where_it_is_taken(tmp_path: Path) -> None:
    with local_server._socket(0) as first:
        first.listen()
        port = first.getsockname()[1]
        with local_server._socket(port) as other:
            assert other.getsockname()[1] != port
    with local_server._socket(port) as again:
        assert again.getsockname()[1] == port


def asked(running: Server, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    try:
        connection.request("POST", "/api/flow_runs/count", b"{}", {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def test_only_the_servers_own_pages_and_names_are_answered(prefect_workspace: Path) -> None:
    running = local_server.find(prefect_workspace)
    assert running is not None
    own = running.url
    assert asked(running).status == 200
    assert asked(running, Origin=own).status == 200
    assert asked(running, Host=f"localhost:{running.port}", Origin=f"http://localhost:{running.port}").status == 200
    for foreign in ("http://elsewhere.example", "null", "http://127.0.0.1", own.replace("http", "https")):
        answer = asked(running, Origin=foreign)
        assert (answer.status, answer.headers.get("Access-Control-Allow-Origin")) == (403, None)
    for name in ("elsewhere.example", f"elsewhere.example:{running.port}", "127.0.0.1", ""):
        assert asked(running, Host=name).status == 403


def test_a_socket_of_another_page_is_refused_before_prefect_sees_it() -> None:
    import asyncio

    from flows.server_process import OwnOriginOnly

    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def send(message: Any) -> None:
        seen.append(message["type"])

    async def ask(**scope: Any) -> None:
        await OwnOriginOnly(app, 1234)(scope, app, send)

    asyncio.run(ask(type="lifespan"))
    asyncio.run(ask(type="websocket", headers=[(b"host", b"127.0.0.1:1234"), (b"origin", b"http://127.0.0.1:1234")]))
    assert seen == ["lifespan", "websocket"]
    asyncio.run(ask(type="websocket", headers=[(b"host", b"127.0.0.1:1234"), (b"origin", b"http://elsewhere.example")]))
    assert seen[2].startswith("websocket.http.response")
