"""What every test stands on: no setting of the developer's own, and one Prefect server for all that need one."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from flows import local_server, prefect_settings
from hatch_build import CatalogueRefused, catalogues, compile_one, stale

if TYPE_CHECKING:
    from collections.abc import Iterator


_ROOT: Final = Path(__file__).parents[1]

# The same examples on every machine, however loaded it is; a longer search is a command of its own.
settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


# Files whose tests share something that takes long to make: each stays with one worker.
_TOGETHER = (
    "flows", "test_bounds", "test_broken_files", "test_browser", "test_canaries", "test_cli", "test_cli_days", "test_cli_names",
    "test_cli_worklist", "test_damage", "test_demo", "test_every_column", "test_example_rules", "test_given_again", "test_heavy_files",
    "test_jobbtorg", "test_noise", "test_promises", "test_protected_identity", "test_rows_as_commands", "test_step_counts",
    "test_storage_told", "test_stored_values",
)  # fmt: skip


def pytest_configure() -> None:
    """A catalogue that was edited is compiled before anything is said from it, and an interruption reaches whoever it is sent to."""
    # Whatever is started in the background of a script ignores interruptions, and so does all that it starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for po in filter(stale, catalogues()):
            compile_one(po)
    except CatalogueRefused as refused:
        raise pytest.UsageError(str(refused)) from None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests together that share a server or a workspace; all others go wherever there is time."""
    for item in items:
        where = item.path.parent.name if item.path.parent.name == "flows" else item.path.stem
        if where in _TOGETHER:
            item.add_marker(pytest.mark.xdist_group(where))


@pytest.fixture(autouse=True)
def _own_environment() -> Iterator[None]:
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("JOBBSPAR_", "PREFECT_"))]:
        del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def _root_stays_as_it_is() -> Iterator[None]:
    """A file that a command names itself belongs in a folder of the test's own; what tools keep there has a dot before its name."""
    before = set(_ROOT.iterdir())
    yield
    left = [path.name for path in set(_ROOT.iterdir()) - before if path.name[0] not in "._"]
    assert left == [], "left in the repository"


# To build Prefect's database takes longer than all else that its server does at its start, and it is the same for each of its versions.
_MIGRATED: Final = Path(sys.prefix) / "share" / f"prefect-{version('prefect')}.db"


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as made, closing(sqlite3.connect(target)) as into:
        made.backup(into)
    target.chmod(0o600)


@pytest.fixture(scope="session")
def prefect_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace whose Prefect server runs; starting it takes about 15 seconds, so all tests share it."""
    workspace = tmp_path_factory.mktemp("workspace")
    database = prefect_settings.home(workspace) / "prefect.db"
    if _MIGRATED.exists():
        _copy(_MIGRATED, database)
    local_server.up(workspace, lambda key, **values: None)
    if not _MIGRATED.exists():
        _MIGRATED.parent.mkdir(exist_ok=True)
        # Two workers may make it at once, each under a name of its own.
        _copy(database, new := _MIGRATED.with_suffix(f".{os.getpid()}"))
        new.replace(_MIGRATED)
    try:
        yield workspace
    finally:
        local_server.down(workspace)


@pytest.fixture
def second_workspace(prefect_workspace: Path, tmp_path: Path) -> Iterator[Path]:
    """Another workspace, no server running; Prefect's database is there."""
    _copy(_MIGRATED, prefect_settings.home(tmp_path) / "prefect.db")
    yield tmp_path
    local_server.down(tmp_path)
