from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from flows import server, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def _client(prefect_workspace: Path) -> Iterator[None]:
    """Prefect's client, pointed at the server of the tests."""
    running = server.find(prefect_workspace)
    assert running is not None
    settings.apply(prefect_workspace, api_url=running.api_url)
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: running.api_url}):
        yield


@pytest.mark.usefixtures("_client")
def test_a_unit_is_deployed_to_a_work_pool_with_its_schedule_in_stockholms_time() -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    from flows.serve import EVERY_MORNING, deploy

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


@pytest.mark.usefixtures("_client")
def test_a_schedule_of_one_machine_finds_the_flow_by_its_module() -> None:
    from flows.serve import scheduled

    deployment = scheduled(("bygg-norrort",), "30 4 * * 1-5")
    assert deployment.entrypoint == "flows.advance.advance"
    assert re.fullmatch(r"[0-9a-f-]{36}", str(deployment.apply()))
