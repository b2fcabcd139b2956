"""Prefect's settings, put in place before Prefect is imported; nothing of it touches the user's own profile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from definitions.systems import UNIX, private, standing_in
from flows.refusals import DATA_NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from contextlib import AbstractContextManager

DATABASE: Final = "JOBBSPAR_DATABASE"
WORKSPACE: Final = "JOBBSPAR_WORKSPACE"
FOREIGN_SERVER: Final = "JOBBSPAR_PREFECT_API_URL"
PASSWORD: Final = "JOBBSPAR_PREFECT_API_AUTH_STRING"  # noqa: S105 - the name of a variable
LANGUAGE: Final = "JOBBSPAR_LANG"
PRIVATE: Final = 0o700
START_LIMIT: Final = 120
LOOPBACK: Final = "127.0.0.1"
# Prefect reads settings from `prefect.toml`, `pyproject.toml` and `.env` of the folder it stands in. It is made to stand in this one: here
# lies nothing but this program, while a workspace, its `.jobbspar` too, may have come from somebody else.
NOWHERE: Final = Path(__file__).resolve().parent

# Prefect reads these once, when it is imported. A setting it does not know it ignores, so a test looks each one up.
FIXED: Final[Mapping[str, str]] = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",  # some of its workers warn under names of their own
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_TASKS_DEFAULT_PERSIST_RESULT": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_LIMIT),
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_API_HOST": LOOPBACK,
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_PROFILES_PATH": str(NOWHERE / "profiles.toml"),
    "PREFECT_LOGGING_CONFIG_PATH": str(NOWHERE / "logging.yml"),  # which may name code to run
    "PREFECT_CLIENT_MAX_RETRIES": "3",  # with pauses of 2, 4 and 8 s: who waits for a run does not wait a minute for what is only shown
    "PREFECT_API_REQUEST_TIMEOUT": "20",
}


def data(workspace: Path) -> Path:
    """The folder of a workspace that holds what the tools need and nobody reads; only its owner may look into it.

    Raises:
        Refusal: DATA_NOT_OURS where it is somebody else's, or others may write in it.

    """
    folder = workspace.resolve() / ".jobbspar"
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    if not private(folder):
        raise DATA_NOT_OURS(path=folder)
    return folder


def home(workspace: Path) -> Path:
    """Prefect's home: inside the workspace, never the user's."""
    folder = data(workspace) / "prefect"
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    folder.chmod(PRIVATE)
    return folder


def environment(workspace: Path, database: str | None, api_url: str | None, inherited: Mapping[str, str]) -> dict[str, str]:
    """Build the environment of everything that runs Prefect for this workspace.

    Prefect settings that happen to be around are left out: one forgotten line in somebody's shell could send logs or results elsewhere.

    Args:
        workspace: the folder that holds Prefect's home.
        database: the address of the database for processes that nobody binds operations in; None leaves it out.
        api_url: where runs report; None leaves it out.
        inherited: the environment to build upon.

    Returns:
        The whole environment, by name.

    """
    # Prefect takes the names of its settings in small letters too.
    kept = {name: value for name, value in inherited.items() if not name.upper().startswith("PREFECT_")}
    own = {
        "PREFECT_HOME": str(home(workspace)),
        WORKSPACE: str(workspace.resolve()),
    }
    if database:
        own[DATABASE] = database
    if api_url:
        own["PREFECT_API_URL"] = api_url
    if api_url and inherited.get(FOREIGN_SERVER) and (password := inherited.get(PASSWORD)):
        own["PREFECT_API_AUTH_STRING"] = password
    return kept | dict(FIXED) | own | _direct(kept)


def language() -> str:
    """The language of what the flows show; a worker has it from its own environment, and Swedish where that names none."""
    return "en" if os.environ.get(LANGUAGE) == "en" else "sv"


def apply(workspace: Path, database: str | None = None, api_url: str | None = None, into: MutableMapping[str, str] = os.environ) -> None:
    """Put the settings in place in this process. Call it before anything imports Prefect.

    Args:
        workspace: the folder that holds Prefect's home.
        database: the address of the database; None leaves it out.
        api_url: where runs report; None leaves it out.
        into: the environment to change, by default this process's own.

    """
    wanted = environment(workspace, database, api_url, into)
    # A variable of the shell that is none of ours may not stay: it could send logs or results elsewhere.
    for name in [name for name in into if name not in wanted]:
        del into[name]
    into.update(wanted)


def nowhere() -> AbstractContextManager[None]:
    """Let Prefect stand where no file steers it."""
    return standing_in(NOWHERE)


def default_engine() -> str:
    """What runs the engine where nobody says: Prefect where a server is named or can be started, else the engine alone."""
    return "prefect" if UNIX or os.environ.get(FOREIGN_SERVER) else "local"


def _direct(inherited: Mapping[str, str]) -> dict[str, str]:
    """A proxy of the office must not be asked for a server on this machine."""
    return {
        name: ",".join(dict.fromkeys(filter(None, [*inherited.get(name, "").split(","), LOOPBACK]))) for name in ("NO_PROXY", "no_proxy")
    }
