"""One local Prefect server for a workspace: started when needed, reused, and stopped without leaving a process behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from definitions.model.refusal import Refusal
from definitions.systems import UNIX, lock, private
from flows import prefect_settings
from flows.addresses import answers
from flows.refusals import DATA_NOT_OURS, HOME_DAMAGED, HOME_HELD, NO_SERVER_HERE, SERVER_DIED, SERVER_LATE, SERVER_STUCK
from flows.server_note import MARK, Server, forget, keep, last_port, new_mark, proved
from tracks.access.ledgers import file_is_free, file_is_sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PAUSE: Final = 0.2
STOP_LIMIT: Final = 15.0
SPEAK_EVERY: Final = 5
# Prefect writes for a moment at a time; its server goes on answering that it is well while somebody else holds its database.
HELD_LIMIT: Final = 5.0
_MOST_TOLD: Final = 300

# A process that this one started must be waited for by it, or it stays as a zombie.
_children: Final[dict[int, subprocess.Popen[bytes]]] = {}


class ProgressListener(Protocol):
    """Is called with how far something has come: a key of the catalogue of the flows and the values that fill it."""

    def __call__(self, key: str, **values: Any) -> None:
        """Take one message."""


def find(workspace: Path) -> Server | None:
    """The server of this workspace if it runs and answers. Starts nothing and makes no folder."""
    server = proved(workspace)
    return server if server and answers(server.api_url) else None


def works(workspace: Path, api_url: str) -> bool:
    """Whether a server answers and, where it is this workspace's, can write what it is told."""
    server = proved(workspace)
    own = server is not None and server.api_url == api_url
    return answers(api_url) and (not own or file_is_free(_database(workspace), HELD_LIMIT))


def up(workspace: Path, notify: ProgressListener, *, fresh: bool = False) -> Server:
    """Find the running server of this workspace, or start one.

    Args:
        workspace: the folder that holds Prefect's home.
        notify: says how far a server that must be started has come.
        fresh: whether Prefect's database is made anew, the server that may run stopped before.

    Returns:
        The server, which answers.

    Raises:
        Refusal: SERVER_DIED or SERVER_LATE where it does not start, SERVER_STUCK where the one before does not end, HOME_HELD where
            another program holds Prefect's database, NO_SERVER_HERE where this system cannot start one.

    """
    # Its socket is bound here and handed over, and it lives on when the terminal is closed: both are of Unix.
    if not UNIX:
        raise NO_SERVER_HERE(address=prefect_settings.FOREIGN_SERVER)
    with _locked(workspace):
        server = proved(workspace)
        if fresh:
            if server:
                _end(server)
            _throw_away(workspace)
            server = None
        if not file_is_free(_database(workspace), HELD_LIMIT):
            raise HOME_HELD(path=_database(workspace), seconds=int(HELD_LIMIT))
        if server:
            if not answers(server.api_url):
                _wait(workspace, server, notify)
            return server
        notify("server-start" if _database(workspace).exists() else "server-first")
        server = _start(workspace, notify)
        notify("server-ready", url=server.url)
        return server


def down(workspace: Path) -> bool:
    """Stop the server of this workspace and everything it started; answers whether there was one."""
    if not UNIX or proved(workspace) is None:
        return False
    with _locked(workspace):
        server = proved(workspace)
        if server:
            _end(server)
            forget(workspace)
        return server is not None


def home_state(workspace: Path) -> tuple[int, Refusal | None] | None:
    """How many megabytes Prefect's home takes, and what is wrong with it; None where there is none. Makes nothing."""
    folder = workspace.resolve() / ".jobbspar"
    home = folder / "prefect"
    if not home.is_dir():
        return None
    size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) // 1_000_000
    if not (private(folder) and private(home)):
        return size, DATA_NOT_OURS(path=folder)
    return size, None if file_is_sound(home / "prefect.db", STOP_LIMIT) else HOME_DAMAGED(path=home / "prefect.db")


def _database(workspace: Path) -> Path:
    return prefect_settings.home(workspace) / "prefect.db"


def _throw_away(workspace: Path) -> None:
    """What Prefect keeps is runs and counts to look at; nothing of the work depends on it."""
    for file in _database(workspace).parent.glob("prefect.db*"):
        file.unlink(missing_ok=True)


@contextmanager
def _locked(workspace: Path) -> Iterator[None]:
    """Two commands at once must not start two servers on one home."""
    path = prefect_settings.data(workspace) / "server.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def _start(workspace: Path, notify: ProgressListener) -> Server:
    child = _spawn(workspace)
    try:
        server = _proved_soon(workspace, child)
        _wait(workspace, server, notify)
    except Refusal:
        _end_child(child)
        forget(workspace)
        raise
    return server


def _spawn(workspace: Path) -> subprocess.Popen[bytes]:
    home = prefect_settings.home(workspace)
    # Bound here and handed over: between asking for a free port and using it somebody else could take it.
    with _socket(last_port(workspace)) as bound:
        port = bound.getsockname()[1]
        mark = new_mark(workspace, port)
        command = [sys.executable, "-P", "-m", "flows.server_process", str(bound.fileno())]
        with os.fdopen(os.open(home / "server.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, and nothing of the command comes from outside
                command,
                cwd=prefect_settings.NOWHERE,
                env=_environment(workspace, port, mark),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # outlives the command, and the terminal
                umask=0o077,
                pass_fds=[bound.fileno()],
            )
    _children[process.pid] = process
    keep(workspace, process.pid, mark)
    return process


def _environment(workspace: Path, port: int, mark: str) -> Mapping[str, str]:
    own = f"http://{prefect_settings.LOOPBACK}:{port}"
    around = {name: value for name, value in os.environ.items() if name not in (prefect_settings.FOREIGN_SERVER, prefect_settings.PASSWORD)}
    # With -P nothing is imported from the folder it stands in, so where the program lies must be said.
    paths = [str(prefect_settings.NOWHERE.parent), *filter(None, [around.get("PYTHONPATH")])]
    server = {"PREFECT_SERVER_LOGGING_LEVEL": "ERROR", "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": own}
    return {
        **prefect_settings.environment(workspace, None, f"{own}/api", around),
        **server,
        MARK: mark,
        "PYTHONPATH": os.pathsep.join(paths),
    }


def _socket(port: int) -> socket.socket:
    """A socket on the port of last time, so that what leads there goes on to lead there; on a free one where it is taken."""
    bound = socket.socket()
    # The server that was stopped a moment ago may have connections that are still closing.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((prefect_settings.LOOPBACK, port))
    except OSError:
        bound.bind((prefect_settings.LOOPBACK, 0))
    return bound


def _proved_soon(workspace: Path, child: subprocess.Popen[bytes]) -> Server:
    """The system tells a process's environment from when its program has begun."""
    limit = time.monotonic() + STOP_LIMIT
    while (server := proved(workspace)) is None:
        if child.poll() is not None or time.monotonic() > limit:
            raise _died(workspace)
        time.sleep(PAUSE)
    return server


def _wait(workspace: Path, server: Server, notify: ProgressListener) -> None:
    began = time.monotonic()
    spoken = 0
    while not answers(server.api_url):
        waited = time.monotonic() - began
        child = _children.get(server.pid)
        if (child and child.poll() is not None) or proved(workspace) != server:
            raise _died(workspace)
        if waited > prefect_settings.START_LIMIT:
            raise SERVER_LATE(seconds=prefect_settings.START_LIMIT, log=_log(workspace))
        if int(waited) >= spoken + SPEAK_EVERY:
            spoken = int(waited)
            notify("server-wait", seconds=spoken)
        time.sleep(PAUSE)


def _log(workspace: Path) -> Path:
    return prefect_settings.home(workspace) / "server.log"


def _died(workspace: Path) -> Refusal:
    """The server stopped by itself; the last thing that it said is mostly the cause."""
    lines = _log(workspace).read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line.strip() for line in lines if "Error" in line] or [line.strip() for line in lines if line.strip()] or ["–"]
    return SERVER_DIED(log=_log(workspace), cause=said[-1][:_MOST_TOLD])


def _end(server: Server) -> None:
    """Ask the server and what it started to stop, wait, then end whatever is left."""
    import psutil

    try:
        process = psutil.Process(server.pid)
        left = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        left = []
    for sign in ("terminate", "kill"):
        for one in left:
            with suppress(psutil.NoSuchProcess):
                getattr(one, sign)()
        _, left = psutil.wait_procs(left, timeout=STOP_LIMIT)
    if child := _children.pop(server.pid, None):
        child.wait()
    if left:
        raise SERVER_STUCK(pid=server.pid)


def _end_child(child: subprocess.Popen[bytes]) -> None:
    """End a server that did not come to answer."""
    del _children[child.pid]
    child.terminate()
    try:
        child.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
