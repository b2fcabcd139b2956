"""One local Prefect server for a workspace: started when needed, reused, and stopped without leaving a process behind."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

from definitions.model.refusal import Refusal
from flows import prefect_settings
from flows.errors import SERVER_DIED, SERVER_LATE, SERVER_STUCK
from tracks.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE: Final = 0.2
TRIES: Final = 3
STOP_LIMIT: Final = 15.0
ANSWER_LIMIT: Final = 2.0
SPEAK_EVERY: Final = 5

# A process that this one started must be waited for by it, or it stays as a zombie.
_children: Final[dict[int, subprocess.Popen[bytes]]] = {}


class ProgressListener(Protocol):
    """Is called with how far something has come: a key of the catalogue of the flows and the values that fill it."""

    def __call__(self, key: str, **values: Any) -> None:
        """Take one message."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server process. `born` is when the system says it began, so that a reused number is not taken for it."""

    pid: int
    port: int
    born: str

    @property
    def url(self) -> str:
        """Where a person looks at the runs."""
        return f"http://{prefect_settings.LOOPBACK}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where a flow reports."""
        return f"{self.url}/api"


def find(workspace: Path) -> Server | None:
    """The server of this workspace if it runs and answers. Starts nothing and makes no folder."""
    server = _read(workspace)
    return server if server and _alive(server) and answers(server.api_url) else None


def up(workspace: Path, notify: ProgressListener) -> Server:
    """Find the running server of this workspace, or start one."""
    with _locked(workspace):
        server = _read(workspace)
        if server and _alive(server):
            if not answers(server.api_url):
                _wait(workspace, server, notify)
            return server
        notify("server-start" if (prefect_settings.home(workspace) / "prefect.db").exists() else "server-first")
        server = _start(workspace, notify, TRIES)
        notify("server-ready", url=server.url)
        return server


def down(workspace: Path) -> bool:
    """Stop the server of this workspace and everything it started; answers whether there was one."""
    if not _file(workspace).exists():
        return False
    with _locked(workspace):
        server = _read(workspace)
        found = bool(server and _alive(server))
        if server and found:
            _end(server)
        _file(workspace).unlink(missing_ok=True)
        return found


def answers(api_url: str) -> bool:
    """Whether a Prefect server answers that it is healthy; asked without any proxy."""
    address = urlsplit(api_url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=ANSWER_LIMIT)
    try:
        connection.request("GET", f"{address.path}/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _file(workspace: Path) -> Path:
    return workspace.resolve() / ".jobbspar" / "server.json"


def _read(workspace: Path) -> Server | None:
    try:
        return Server(**json.loads(_file(workspace).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(workspace: Path, server: Server) -> None:
    """Whole or not at all: a reader must never see half a file."""
    replace_file(_file(workspace), json.dumps(asdict(server)))


@contextmanager
def _locked(workspace: Path) -> Iterator[None]:
    """Two commands at once must not start two servers on one home."""
    path = prefect_settings.data(workspace) / "server.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _start(workspace: Path, notify: ProgressListener, tries: int) -> Server:
    server = _spawn(workspace)
    try:
        _wait(workspace, server, notify)
    except Refusal as error:
        _end(server)
        _file(workspace).unlink(missing_ok=True)
        # Somebody may have taken the port between asking for a free one and using it.
        if error.code is SERVER_DIED and tries > 1:
            return _start(workspace, notify, tries - 1)
        raise
    return server


def _spawn(workspace: Path) -> Server:
    home = prefect_settings.home(workspace)
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", prefect_settings.LOOPBACK, "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, and nothing of the command comes from outside
            command,
            cwd=home,  # Prefect reads settings from files of the folder it is started in
            env=prefect_settings.environment(workspace, None, f"http://{prefect_settings.LOOPBACK}:{port}/api", os.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own: outlives the command, and can be stopped whole
            umask=0o077,
        )
    _children[process.pid] = process
    server = Server(process.pid, port, _birth(process.pid))
    _write(workspace, server)
    return server


def _wait(workspace: Path, server: Server, notify: ProgressListener) -> None:
    log = str(prefect_settings.home(workspace) / "server.log")
    began = time.monotonic()
    spoken = 0
    while not answers(server.api_url):
        waited = time.monotonic() - began
        if not _alive(server):
            raise SERVER_DIED(log=log)
        if waited > prefect_settings.START_LIMIT:
            raise SERVER_LATE(seconds=prefect_settings.START_LIMIT, log=log)
        if int(waited) >= spoken + SPEAK_EVERY:
            spoken = int(waited)
            notify("server-wait", seconds=spoken)
        time.sleep(PAUSE)


def _end(server: Server) -> None:
    """Ask the whole group to stop, wait for the server, then end whatever of the group is left."""
    # The server starts children of its own, which a signal to it alone would leave behind.
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, sign)
        limit = time.monotonic() + STOP_LIMIT
        while _alive(server) and time.monotonic() < limit:
            time.sleep(PAUSE)
    if _alive(server):
        raise SERVER_STUCK(pid=server.pid)


def _alive(server: Server) -> bool:
    child = _children.get(server.pid)
    if child and child.poll() is not None:
        del _children[server.pid]
        return False
    try:
        os.kill(server.pid, 0)
    except OSError:
        return False
    # Numbers of processes come round again, and a stranger must never be stopped.
    return _birth(server.pid) == server.born


def _birth(pid: int) -> str:
    """When a process began, in the system's own count; empty where the system does not notify, `gone` for a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return "gone" if fields[0] in "ZX" else fields[19]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((prefect_settings.LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
