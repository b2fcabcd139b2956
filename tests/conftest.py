"""What every test stands on: no setting of the developer's own, and one Prefect server for all that need one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from flows import server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# The same examples on every machine, however loaded it is; a longer search is a command of its own.
settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(autouse=True)
def _own_environment() -> Iterator[None]:
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("JOBBSPAR_", "PREFECT_"))]:
        del os.environ[name]
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def prefect_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace whose Prefect server runs; starting it takes about 15 seconds, so all tests share it."""
    workspace = tmp_path_factory.mktemp("workspace")
    server.up(workspace, lambda key, **values: None)
    try:
        yield workspace
    finally:
        server.down(workspace)
