"""What can go wrong around a flow, without a word about a participant."""

from __future__ import annotations

import os
import sqlite3
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from flows import prefect_settings
from tracks.errors import StorageError, TracksError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Answer = TypeVar("Answer")

_CODES: Final[Mapping[int, str]] = {2: "input", 4: "missing", 5: "storage", 6: "verification", 7: "version", 8: "key"}


class ServerDied(TracksError):
    """Prefect's server stopped while starting."""


class ServerLate(TracksError):
    """Prefect's server did not answer in time."""


class ServerStuck(TracksError):
    """Prefect's server could not be stopped."""


class ServerAway(TracksError):
    """The Prefect server that is named by the environment does not answer."""


class NoDatabase(TracksError):
    """The flow does not know which database is meant."""

    exit_code = 2


class RunRefused(TracksError):
    """Prefect did not take the run."""


class RunFailed(TracksError):
    """The run did not finish."""


class Broken(TracksError):
    """Some of the streams that the run wrote do not verify."""

    exit_code = 6


class EngineError(Exception):
    """A unit of work failed: code, type, place in the code, run and shard, and nothing of the data it worked on.

    Prefect keeps the text of an exception in clear, so the text of the real one never gets there.
    """

    def __init__(self, code: str, kind: str, where: str, run: str, shard: str) -> None:
        self.code = code
        self.kind = kind
        self.where = where
        self.run = run
        self.shard = shard
        super().__init__(code, kind, where, run, shard)

    def __str__(self) -> str:
        return f"{self.code}: {self.kind} at {self.where} (run {self.run}, {self.shard})"


# The real errors of the runs of this process, for the person at the terminal; they never leave it.
_real: Final[dict[str, Exception]] = {}


def guarded(call: Callable[[], Answer], run: str, shard: str) -> Answer:
    """Call a function for Prefect, so that no text of an exception reaches Prefect's database.

    Args:
        call: the work.
        run: the id of the run, under which the real error is kept for the terminal.
        shard: which part of the run this is, in ids that may be shown.

    Returns:
        What `call` returns.

    Raises:
        EngineError: in place of whatever `call` raised.

    """
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold what Prefect must not see
        failure = error
    # Raised outside the handler, so that not even its context leads back to the real error.
    raise _without_data(failure, run, shard) from None


def real_error(run: str) -> Exception | None:
    """Take out what really went wrong in a run of this process."""
    return _real.pop(run, None)


def _without_data(failure: Exception, run: str, shard: str) -> EngineError:
    """What Prefect may know of a failure; the failure itself is kept for the terminal, and its way for the log."""
    _real[run] = failure
    error = EngineError(_code(failure), type(failure).__name__, _frames(failure)[-1], run, shard)
    _log(error, _frames(failure))
    return error


def _code(error: Exception) -> str:
    if isinstance(error, (StorageError, OSError, sqlite3.Error)) or type(error).__module__.startswith("sqlalchemy"):
        return "storage"
    return _CODES.get(error.exit_code, "fault") if isinstance(error, TracksError) else "fault"


def _frames(error: Exception) -> list[str]:
    """Where the error came from, innermost last: file, line and function, without source text or values."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def _log(error: EngineError, frames: list[str]) -> None:
    """Keep the way to the fault in the workspace's own log, for whoever mends it."""
    workspace = os.environ.get(prefect_settings.WORKSPACE)
    if workspace:
        log = prefect_settings.data(Path(workspace)) / "faults.log"
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as target:
            target.write("\n  ".join([str(error), *frames]) + "\n")
