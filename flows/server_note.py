"""Which server is this workspace's own: the note of it is believed only where the process itself bears the same mark.

A note can be copied with its folder, be planted, or outlive its process whose number another has by now. So a server is started with a mark
in its environment, which only its user can read or set: a token that nobody guesses, the folder that it was started for, as the system
counts folders (a move keeps that, a copy does not), and its port.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING, Final

from flows.prefect_settings import LOOPBACK
from tracks.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "JOBBSPAR_SERVER"
_PROVED: Final = object()


@dataclass(frozen=True, slots=True)
class Server:
    """A process that was proved to be this workspace's server; made only by `proved`."""

    pid: int
    port: int
    door: InitVar[object]

    def __post_init__(self, door: object) -> None:
        if door is not _PROVED:
            raise TypeError

    @property
    def url(self) -> str:
        """Where a person looks at the runs."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where a flow reports."""
        return f"{self.url}/api"


def proved(workspace: Path) -> Server | None:
    """The server of this workspace, if its process runs. Starts nothing, makes no folder, and speaks to nobody."""
    try:
        note = json.loads(_file(workspace).read_text(encoding="utf-8"))
        pid, mark = int(note["pid"]), str(note["mark"])
        _, folder, port = mark.split()
        if folder != _folder(workspace) or environment_of(pid).get(MARK) != mark:
            return None
        return Server(pid, int(port), _PROVED)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def environment_of(pid: int) -> dict[str, str]:
    """The environment of a process of one's own; none where the system does not tell it, or there is no such process."""
    # Where the system hides its processes psutil fails already when it is imported, and then nothing is proved.
    with suppress(Exception):
        import psutil

        return dict(psutil.Process(pid).environ())
    return {}


def new_mark(workspace: Path, port: int) -> str:
    """The mark of a server that is about to be started."""
    return f"{secrets.token_hex(16)} {_folder(workspace)} {port}"


def keep(workspace: Path, pid: int, mark: str) -> None:
    """Note which process was started. Whole or not at all: a reader must never see half a file.

    Args:
        workspace: the folder that the server belongs to.
        pid: the process.
        mark: what stands in its environment.

    """
    replace_file(_file(workspace), json.dumps({"pid": pid, "mark": mark}))


def forget(workspace: Path) -> None:
    """Note that there is no server any more; its port is kept, so that what leads to it goes on to lead there."""
    if port := last_port(workspace):
        replace_file(_file(workspace), json.dumps({"port": port}))


def last_port(workspace: Path) -> int:
    """The port of the last server here, 0 where there was none: only asked for, never spoken to."""
    try:
        note = json.loads(_file(workspace).read_text(encoding="utf-8"))
        port = int(note["port"] if "port" in note else str(note["mark"]).split()[2])
    except (OSError, ValueError, TypeError, LookupError):
        return 0
    return port if 0 < port < 2**16 else 0


def _folder(workspace: Path) -> str:
    found = _file(workspace).parent.stat()
    return f"{found.st_dev}:{found.st_ino}"


def _file(workspace: Path) -> Path:
    return workspace.resolve() / ".jobbspar" / "server.json"
