"""What can go wrong around a flow, told without a word about a participant."""

from __future__ import annotations

import os
import sqlite3
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from flows import settings
from tracks.errors import StorageError, TracksError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Answer = TypeVar("Answer")

_CODES: Final[Mapping[int, str]] = {2: "input", 4: "missing", 5: "storage", 6: "verification", 7: "version", 8: "key"}


class ServerDied(TracksError):
    """Prefect's server stopped while starting; its log is {log}. Without Prefect: `--engine local`."""

    swedish: ClassVar[str] = "Prefects server stannade när den skulle starta; dess logg är {log}. Utan Prefect: `--engine local`."


class ServerLate(TracksError):
    """Prefect's server did not answer within {seconds} s; its log is {log}. Without Prefect: `--engine local`."""

    swedish: ClassVar[str] = "Prefects server svarade inte inom {seconds} s; dess logg är {log}. Utan Prefect: `--engine local`."


class ServerStuck(TracksError):
    """Prefect's server (process {pid}) could not be stopped."""

    swedish: ClassVar[str] = "Prefects server (process {pid}) gick inte att stoppa."


class ServerAway(TracksError):
    """Prefect's server at {url} does not answer; it is named by JOBBSPAR_PREFECT_API_URL. Without Prefect: `--engine local`."""

    swedish: ClassVar[str] = "Prefects server på {url} svarar inte; den anges av JOBBSPAR_PREFECT_API_URL. Utan Prefect: `--engine local`."


class NoDatabase(TracksError):
    """The flow does not know which database is meant; set JOBBSPAR_DATABASE."""

    exit_code = 2
    swedish: ClassVar[str] = "Flödet vet inte vilken databas det gäller; sätt JOBBSPAR_DATABASE."


class RunRefused(TracksError):
    """Prefect did not take run {run} ({kind}). Try again, or go without Prefect: `--engine local`."""

    swedish: ClassVar[str] = "Prefect tog inte emot körningen {run} ({kind}). Försök igen, eller kör utan Prefect: `--engine local`."


class RunFailed(TracksError):
    """Run {run} did not finish: {error}. What was written stands; give the same command again."""

    swedish: ClassVar[str] = "Körningen {run} blev inte färdig: {error}. Det som hann skrivas står kvar; ge samma kommando igen."


class Broken(TracksError):
    """{count} of the streams that the run wrote do not verify; see `jobbspar verify`."""

    exit_code = 6
    swedish: ClassVar[str] = "{count} av strömmarna som körningen skrev går inte att verifiera; se `jobbspar verify`."


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
    """The answer of `call`; if it fails, an EngineError instead."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold what Prefect must not see
        failure = error
    raise _told(failure, run, shard) from None


def real_error(run: str) -> Exception | None:
    """What really went wrong in a run of this process."""
    return _real.pop(run, None)


def _told(failure: Exception, run: str, shard: str) -> EngineError:
    """What Prefect may know. Raised outside the handler, so that not even its context leads back to the real error."""
    _real[run] = failure
    told = EngineError(_code(failure), type(failure).__name__, _frames(failure)[-1], run, shard)
    _note(told, _frames(failure))
    return told


def _code(error: Exception) -> str:
    if isinstance(error, (StorageError, OSError, sqlite3.Error)) or type(error).__module__.startswith("sqlalchemy"):
        return "storage"
    return _CODES.get(error.exit_code, "fault") if isinstance(error, TracksError) else "fault"


def _frames(error: Exception) -> list[str]:
    """Where the error came from, innermost last: file, line and function, without source text or values."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def _note(told: EngineError, frames: list[str]) -> None:
    """Keep the way to the fault in the workspace's own log, for whoever mends it."""
    workspace = os.environ.get(settings.WORKSPACE)
    if workspace:
        log = settings.data(Path(workspace)) / "faults.log"
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as target:
            target.write("\n  ".join([str(told), *frames]) + "\n")
