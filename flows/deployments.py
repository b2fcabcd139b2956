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

    from flows.local_server import ProgressListener
    from flows.port import Unit

EVERY_MORNING: Final = "0 5 * * *"
TIME_ZONE: Final = "Europe/Stockholm"
_ENTRYPOINT: Final = "flows/advance.py:advance"


def serve(workspace: Path, database: str, units: Sequence[Unit], cron: str, notify: ProgressListener) -> None:
    """Run the schedules in this process until it is stopped; each run is a process of its own, one at a time.

    Args:
        workspace: the folder that holds Prefect's home and the server's file.
        database: the address of the database, given to the runs by their environment.
        units: the units of tracks, each with a schedule of its own.
        cron: when, in Stockholm's time, as cron writes it.
        notify: says how far a server that must be started has come.

    """
    prefect_settings.apply(workspace, database, reach(workspace, notify))
    import prefect

    prefect.serve(*(scheduled(unit, cron) for unit in units), print_starting_message=False, limit=1)


def scheduled(unit: Unit, cron: str) -> RunnerDeployment:
    """The schedule of one unit."""
    from prefect.types.entrypoint import EntrypointType

    from flows.advance import advance

    # By module path and not by file: an installed program has no folder that a worker could pull.
    return cast("RunnerDeployment", advance.to_deployment(entrypoint_type=EntrypointType.MODULE_PATH, **_options(unit, cron)))


def deploy(unit: Unit, cron: str, pool: str) -> UUID:
    """Deploy the schedule of one unit for the workers of a work pool.

    The workers get the database from their own environment, never from Prefect, which keeps parameters in clear.

    Args:
        unit: the ids of the tracks of the unit.
        cron: when, in Stockholm's time, as cron writes it.
        pool: the name of the work pool.

    Returns:
        Prefect's id of the deployment.

    """
    from prefect import Flow

    source = cast("Flow[..., Any]", Flow.from_source(source=str(Path(__file__).parent.parent), entrypoint=_ENTRYPOINT))
    quiet: dict[str, Any] = {"build": False, "print_next_steps": False, "ignore_warnings": True}
    return cast("UUID", source.deploy(work_pool_name=pool, **quiet, **_options(unit, cron)))


def _options(unit: Unit, cron: str) -> dict[str, Any]:
    from prefect.schedules import Cron

    return {
        "name": "+".join(unit),
        "parameters": {"tracks": list(unit)},
        "schedule": Cron(cron, timezone=TIME_ZONE),
        "tags": [f"track:{track}" for track in unit],
    }
