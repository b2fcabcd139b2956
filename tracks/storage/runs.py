"""Runs, and the employers that no track file names, as they are stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from tracks.storage.run_record import RunRecord
from tracks.storage.tables import EmployerRow, RunRow, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.storage.session import Session


def begin_run(session: Session, run: RunRecord) -> RunRecord:
    """Keep a run; one that was begun before under the same id is answered as it stands."""
    values = {**asdict(run), "tracks": json.dumps(run.tracks), "counts": json.dumps(run.counts, sort_keys=True)}
    # A worker that takes over reads the clock of the first, because retries must write the same bytes.
    with session.transaction():
        session.execute(session.dialect.insert(RunRow).values(**values).on_conflict_do_nothing(index_elements=["id"]))
        return run_of(session, run.id) or run


def end_run(session: Session, run: str, state: str, counts: Mapping[str, int], flow_run: str | None = None) -> None:
    """Write how a run ended.

    Args:
        session: Where it is kept.
        run: Its id.
        state: `completed` or `failed`.
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


def runs(session: Session) -> list[RunRecord]:
    """List all runs, the latest recorded first."""
    return _runs(session, None)


def _runs(session: Session, run: str | None) -> list[RunRecord]:
    wanted = select(table(RunRow)).order_by(col(RunRow.recorded).desc(), col(RunRow.id))
    if run is not None:
        wanted = wanted.where(col(RunRow.id) == run)
    kept = (row._asdict() for row in session.ask(wanted))
    return [RunRecord(**{**row, "tracks": tuple(json.loads(row["tracks"])), "counts": json.loads(row["counts"])}) for row in kept]


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
