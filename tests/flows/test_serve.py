from __future__ import annotations

import re
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import pytest

from flows import local_server, prefect_settings
from tracks.storage.database import create_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from prefect.client.schemas.responses import DeploymentResponse

Found = TypeVar("Found")


def soon(look: Callable[[], Found | None]) -> Found:
    limit = time.monotonic() + 60
    while (found := look()) is None:
        assert time.monotonic() < limit
        time.sleep(0.3)
    return found


@pytest.fixture
def _client(prefect_workspace: Path) -> Iterator[None]:
    """Prefect's client, pointed at the server of the tests."""
    running = local_server.find(prefect_workspace)
    assert running is not None
    prefect_settings.apply(prefect_workspace, api_url=running.api_url)
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: running.api_url}):
        yield


@pytest.mark.usefixtures("_client")
def test_a_unit_is_deployed_to_a_work_pool_with_its_schedule_in_stockholms_time() -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    from flows.deployments import EVERY_MORNING, deploy

    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="lokal", type="process"))
        made = client.read_deployment(deploy(("unga", "vuxna"), EVERY_MORNING, "lokal"))
        assert (made.name, made.tags, made.work_pool_name) == ("unga+vuxna", ["track:unga", "track:vuxna"], "lokal")
        assert made.parameters == {"tracks": ["unga", "vuxna"]}
        assert [schedule.schedule.model_dump() for schedule in made.schedules] == [
            {"cron": "0 5 * * *", "timezone": "Europe/Stockholm", "day_or": True}
        ]
        run = client.create_flow_run_from_deployment(made.id)
        assert run.deployment_id == made.id


SERVE = """
import sys
from pathlib import Path
from flows.deployments import serve
serve(Path(sys.argv[1]), sys.argv[2], [("fritt",)], "0 5 * * *", lambda key, **values: None)
"""


@pytest.mark.usefixtures("_client")
def test_a_scheduled_run_finds_the_database_in_its_environment_and_not_in_prefect(prefect_workspace: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    create_database(tmp_path / "jobbspar.db").dispose()
    serving = subprocess.Popen([sys.executable, "-c", SERVE, str(prefect_workspace), str(tmp_path / "jobbspar.db")])
    try:
        with get_client(sync_client=True) as client:

            def deployed() -> DeploymentResponse | None:
                with suppress(ObjectNotFound):
                    return client.read_deployment_by_name("advance/fritt")
                return None

            made = soon(deployed)
            run = client.create_flow_run_from_deployment(made.id)
            ended = soon(lambda: found if (found := client.read_flow_run(run.id)).state and found.state.is_final() else None)
        # The track is not in that database, and only a run that found the database can say so.
        assert ended.state is not None
        assert "UnknownTrack" in (ended.state.message or "")
        assert ended.parameters == {"tracks": ["fritt"]}
        assert ended.tags == ["track:fritt"]
    finally:
        serving.terminate()
        serving.wait(timeout=30)


@pytest.mark.usefixtures("_client")
def test_a_schedule_of_one_machine_finds_the_flow_by_its_module() -> None:
    from flows.deployments import scheduled

    deployment = scheduled(("bygg-norrort",), "30 4 * * 1-5")
    assert deployment.entrypoint == "flows.advance.advance"
    assert re.fullmatch(r"[0-9a-f-]{36}", str(deployment.apply()))
