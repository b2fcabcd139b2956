"""Schedules: one for each unit, in Stockholm's time. The same slot started twice is harmless, the second finds nothing due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from flows import prefect_settings
from flows.runner import reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from prefect.deployments.runner import RunnerDeployment

    from flows.local_server import Tell
    from flows.port import Unit

EVERY_MORNING: Final = "0 5 * * *"
TIME_ZONE: Final = "Europe/Stockholm"
_ENTRYPOINT: Final = "flows/advance.py:advance"


def serve(workspace: Path, database: str, units: Sequence[Unit], cron: str, tell: Tell) -> None:
    """Run the schedules in this process until it is stopped; each run is a process of its own, one at a time."""
    prefect_settings.apply(workspace, database, reach(workspace, tell))
    import prefect

    prefect.serve(*(scheduled(unit, cron) for unit in units), print_starting_message=False, limit=1)


def scheduled(unit: Unit, cron: str) -> RunnerDeployment:
    """The schedule of one unit."""
    from prefect.types.entrypoint import EntrypointType

    from flows.advance import advance

    return cast("RunnerDeployment", advance.to_deployment(entrypoint_type=EntrypointType.MODULE_PATH, **_wanted(unit, cron)))


def deploy(unit: Unit, cron: str, pool: str) -> UUID:
    """The same for workers of a work pool. They get the database from their own environment, never from Prefect."""
    from prefect import Flow

    source = cast("Flow[..., Any]", Flow.from_source(source=str(Path(__file__).parent.parent), entrypoint=_ENTRYPOINT))
    quiet: dict[str, Any] = {"build": False, "print_next_steps": False, "ignore_warnings": True}
    return cast("UUID", source.deploy(work_pool_name=pool, **quiet, **_wanted(unit, cron)))


def _wanted(unit: Unit, cron: str) -> dict[str, Any]:
    from prefect.schedules import Cron

    return {
        "name": "+".join(unit),
        "parameters": {"tracks": list(unit)},
        "schedule": Cron(cron, timezone=TIME_ZONE),
        "tags": [f"track:{track}" for track in unit],
    }
