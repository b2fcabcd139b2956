"""What can go wrong around a flow, without a word about a participant."""

from __future__ import annotations

import os
import sqlite3
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal
from flows import prefect_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Answer = TypeVar("Answer")
INTERRUPTED: Final = "interrupted"

# What Prefect shows of a refusal, by its exit code.
_CODES: Final[Mapping[int, str]] = {
    ExitCode.USAGE: "input", ExitCode.NOT_FOUND: "missing", ExitCode.STORAGE: "storage", ExitCode.VERIFICATION: "verification",
    ExitCode.VERSION: "version", ExitCode.KEY: "key",
}  # fmt: skip


class Stopped(BaseException):
    """A unit was told to end between two batches. No Exception, as an interrupt by the keyboard is none."""


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


# The real errors of the runs of this process, by run and part, for the person at the terminal; they never leave it.
_real: Final[dict[tuple[str, str], tuple[BaseException, EngineError]]] = {}


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
        answer = call()
    except KeyboardInterrupt:  # a signal to whoever waits for the run; it holds nothing of the data
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is, its text may hold what Prefect must not see
        failure = error
    else:
        # Tried again and well now: what went wrong before is nobody's business any more.
        _real.pop((run, shard), None)
        return answer
    # Raised outside the handler, so that not even its context leads back to the real error.
    raise without_data(failure, run, shard) from None


def real_error(run: str) -> tuple[BaseException, EngineError] | None:
    """Take out what first went wrong in a run of this process, with what may be said of it."""
    found = [_real.pop(key) for key in list(_real) if key[0] == run]
    return found[0] if found else None


def fault_of(run: str) -> bool:
    """Whether something of ours went wrong in a run of this process."""
    return any(key[0] == run for key in _real)


def shard_of(unit: Sequence[str]) -> str:
    """The name of a unit as a part of a run."""
    return f"unit {'+'.join(unit)}"


def without_data(failure: BaseException, run: str, shard: str) -> EngineError:
    """What Prefect may know of a failure; the failure itself is kept for the terminal, and its way for the log.

    Args:
        failure: what went wrong.
        run: the id of the run.
        shard: which part of the run this is.

    Returns:
        The error that Prefect is shown in its place.

    """
    error = EngineError(_code(failure), name_of(failure), _frames(failure)[-1], run, shard)
    # That a flow was told to stop is known to whoever told it.
    if not isinstance(failure, Stopped):
        _real[run, shard] = failure, error
    _log(error, _frames(failure))
    return error


def cause(stop: BaseException) -> str:
    """What may be said of the end of a run where everybody sees it: the text of an `EngineError`, else a name alone."""
    return str(stop) if isinstance(stop, EngineError) else type(stop).__name__


def remedy(stop: BaseException) -> str:
    """The key of the line that says what to type. What comes back the same is not answered with the same command."""
    return "remedy.again" if interrupted(stop) or (isinstance(stop, EngineError) and stop.code == "storage") else "remedy.look"


def interrupted(stop: BaseException) -> bool:
    """Whether a run ended by a signal, or by what is no Exception, and not by a fault."""
    return stop.code == INTERRUPTED if isinstance(stop, EngineError) else not isinstance(stop, Exception)


def name_of(error: object) -> str:
    """The name of what went wrong: a refusal's key, or the type of anything else."""
    return error.code.key if isinstance(error, Refusal) else type(error).__name__


def _code(error: BaseException) -> str:
    if not isinstance(error, Exception):
        return INTERRUPTED
    if isinstance(error, (OSError, sqlite3.Error)) or type(error).__module__.startswith("sqlalchemy"):
        return "storage"
    return _CODES.get(error.exit_code, "fault") if isinstance(error, Refusal) else "fault"


def _frames(error: BaseException) -> list[str]:
    """Where the error came from, innermost last: file, line and function, without source text or values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames] or ["?"]


def _log(error: EngineError, frames: list[str]) -> None:
    """Keep the way to the fault in the workspace's own log, for whoever mends it."""
    workspace = os.environ.get(prefect_settings.WORKSPACE)
    # A log that cannot be written must not take the place of what went wrong.
    with suppress(OSError, Refusal):
        if not workspace:
            return
        log = prefect_settings.data(Path(workspace)) / "faults.log"
        # Readable by its owner alone: paths and line numbers are nobody else's business.
        # Created with its rights: between `open` and `chmod` somebody else could read it.
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as target:
            target.write("\n  ".join([str(error), *frames]) + "\n")
