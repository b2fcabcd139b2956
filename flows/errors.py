"""What can go wrong around a flow, without a word about a participant."""

from __future__ import annotations

import os
import sqlite3
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal, RefusalCode
from flows import prefect_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Answer = TypeVar("Answer")

# What Prefect shows of a refusal, by its exit code.
_CODES: Final[Mapping[int, str]] = {
    ExitCode.USAGE: "input", ExitCode.NOT_FOUND: "missing", ExitCode.STORAGE: "storage", ExitCode.VERIFICATION: "verification",
    ExitCode.VERSION: "version", ExitCode.KEY: "key",
}  # fmt: skip


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


SERVER_DIED: Final = RefusalCode("flows.ServerDied", ExitCode.FAULT)
SERVER_LATE: Final = RefusalCode("flows.ServerLate", ExitCode.FAULT)
SERVER_STUCK: Final = RefusalCode("flows.ServerStuck", ExitCode.FAULT)
SERVER_AWAY: Final = RefusalCode("flows.ServerAway", ExitCode.FAULT)
NO_DATABASE: Final = RefusalCode("flows.NoDatabase")
RUN_REFUSED: Final = RefusalCode("flows.RunRefused", ExitCode.FAULT)
RUN_FAILED: Final = RefusalCode("flows.RunFailed", ExitCode.FAULT)
BROKEN: Final = RefusalCode("flows.Broken", ExitCode.VERIFICATION)
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
    error = EngineError(_code(failure), name_of(failure), _frames(failure)[-1], run, shard)
    _log(error, _frames(failure))
    return error


def name_of(error: object) -> str:
    """The name of what went wrong: a refusal's key, or the type of anything else."""
    return error.code.key if isinstance(error, Refusal) else type(error).__name__


def _code(error: Exception) -> str:
    if isinstance(error, (OSError, sqlite3.Error)) or type(error).__module__.startswith("sqlalchemy"):
        return "storage"
    return _CODES.get(error.exit_code, "fault") if isinstance(error, Refusal) else "fault"


def _frames(error: Exception) -> list[str]:
    """Where the error came from, innermost last: file, line and function, without source text or values."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def _log(error: EngineError, frames: list[str]) -> None:
    """Keep the way to the fault in the workspace's own log, for whoever mends it."""
    workspace = os.environ.get(prefect_settings.WORKSPACE)
    if workspace:
        log = prefect_settings.data(Path(workspace)) / "faults.log"
        # Readable by its owner alone: paths and line numbers are nobody else's business.
        # Created with its rights: between `open` and `chmod` somebody else could read it.
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as target:
            target.write("\n  ".join([str(error), *frames]) + "\n")
