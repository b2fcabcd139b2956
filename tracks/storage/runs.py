"""Runs, and the employers that no track file names, as they are stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update
from sqlmodel import col

from tracks.storage.run_record import RunRecord, at_work, own_process
from tracks.storage.tables import EmployerRow, RunRow, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.storage.session import Session

RUNNING: Final = "running"
INTERRUPTED: Final = "interrupted"


def begin_run(session: Session, run: RunRecord) -> RunRecord:
    """Keep a run; one that was begun before under the same id is answered as it stands, and is at work here from now on.

    A run that stands as running and whose process is gone is closed as interrupted.
    """
    here = {"state": RUNNING, "counts": json.dumps(own_process())}
    values = {**asdict(run), "tracks": json.dumps(run.tracks), **here}
    # A worker that takes over reads the clock of the first, because retries must write the same bytes.
    with session.transaction():
        for gone in (one.id for one in _runs(session, None, RUNNING) if one.state == INTERRUPTED and one.id != run.id):
            end_run(session, gone, INTERRUPTED, {})
        session.execute(session.dialect.insert(RunRow).values(**values).on_conflict_do_update(index_elements=["id"], set_=here))
        return run_of(session, run.id) or run


def end_run(session: Session, run: str, state: str, counts: Mapping[str, int], flow_run: str | None = None) -> None:
    """Write how a run ended.

    Args:
        session: Where it is kept.
        run: Its id.
        state: `completed`, `failed` or `interrupted`.
        counts: What it wrote: events, and enrolments read.
        flow_run: The id that Prefect gave it, where it ran there.

    """
    # A later shard that ends without a name must not wipe out the one that is kept.
    values: dict[str, Any] = {"state": state, "counts": json.dumps(counts, sort_keys=True)}
    if flow_run:
        values["flow_run"] = flow_run
    session.execute(update(RunRow).where(col(RunRow.id) == run).values(**values))


def run_of(session: Session, run: str) -> RunRecord | None:
    """Answer one run."""
    return next(iter(_runs(session, run)), None)


def runs_at_work(session: Session) -> list[str]:
    """List the ids of the runs whose process is there."""
    return [one.id for one in _runs(session, None, RUNNING) if one.state == RUNNING]


def runs(session: Session) -> list[RunRecord]:
    """List all runs, the latest recorded first."""
    return _runs(session, None)


def _runs(session: Session, run: str | None, state: str | None = None) -> list[RunRecord]:
    wanted = select(table(RunRow)).order_by(col(RunRow.recorded).desc(), col(RunRow.id))
    if run is not None:
        wanted = wanted.where(col(RunRow.id) == run)
    if state is not None:
        wanted = wanted.where(col(RunRow.state) == state)
    return [_record(row._asdict()) for row in session.ask(wanted)]


def _record(row: dict[str, Any]) -> RunRecord:
    """A run as it is: nothing counts as running that does not run."""
    kept = {**row, "tracks": tuple(json.loads(row["tracks"])), "counts": json.loads(row["counts"])}
    if row["state"] == RUNNING:
        kept |= {"state": RUNNING if at_work(kept["counts"]) else INTERRUPTED, "counts": {}}
    return RunRecord(**kept)


def put_employer(session: Session, employer: str, name: str, organisationsnummer: str | None = None) -> None:
    """Keep an employer, or what it is called now.

    Args:
        session: Where it is kept.
        employer: The id that events hold.
        name: What it is called.
        organisationsnummer: Its number in the register of companies, where it is known.

    """
    row = session.dialect.insert(EmployerRow).values(id=employer, name=name, organisationsnummer=organisationsnummer)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"name": name, "organisationsnummer": organisationsnummer}))


def employers(session: Session) -> dict[str, str]:
    """List the names of the employers that no file names, by id."""
    return {row[0]: row[1] for row in session.ask(select(col(EmployerRow.id), col(EmployerRow.name)).order_by(col(EmployerRow.id)))}
