"""Runs, and the employers that no track file names, as they are stored."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col

from tracks.storage.tables import EmployerRow, RunRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracks.storage.session import Session


@dataclass(frozen=True, slots=True)
class Run:
    """One advance; its shards and retries all write the same `recorded`."""

    id: str
    tracks: tuple[str, ...]
    until: date
    recorded: str
    engine: str
    state: str = "running"
    counts: Mapping[str, int] = field(default_factory=dict)
    flow_run: str | None = None


def begin_run(session: Session, run: Run) -> Run:
    """Keep a run; one that was begun before under the same id is answered as it stands."""
    row = insert(RunRow).values(
        id=run.id, tracks=json.dumps(run.tracks), until=run.until, recorded=run.recorded, engine=run.engine,
        state=run.state, counts=json.dumps(run.counts, sort_keys=True), flow_run=run.flow_run,
    )  # fmt: skip
    with session.transaction():
        session.execute(row.on_conflict_do_nothing(index_elements=["id"]))
        return run_of(session, run.id) or run


def end_run(session: Session, run: str, state: str, counts: Mapping[str, int], flow_run: str | None = None) -> None:
    """Say how a run ended, and what it wrote."""
    values: dict[str, Any] = {"state": state, "counts": json.dumps(counts, sort_keys=True)}
    if flow_run:
        values["flow_run"] = flow_run
    session.execute(update(RunRow).where(col(RunRow.id) == run).values(**values))


def run_of(session: Session, run: str) -> Run | None:
    """One run."""
    return next(iter(_runs(session, run)), None)


def runs(session: Session) -> list[Run]:
    """All runs, the latest recorded first."""
    return _runs(session, None)


def _runs(session: Session, run: str | None) -> list[Run]:
    table = RunRow.__table__  # type: ignore[attr-defined]
    wanted = select(table).order_by(col(RunRow.recorded).desc(), col(RunRow.id))
    if run is not None:
        wanted = wanted.where(col(RunRow.id) == run)
    return [
        Run(row.id, tuple(json.loads(row.tracks)), row.until, row.recorded, row.engine, row.state, json.loads(row.counts), row.flow_run)
        for row in session.ask(wanted)
    ]


def put_employer(session: Session, employer: str, name: str, organisationsnummer: str | None = None) -> None:
    """Keep an employer, or what it is called now."""
    row = insert(EmployerRow).values(id=employer, name=name, organisationsnummer=organisationsnummer)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"name": name, "organisationsnummer": organisationsnummer}))


def employers(session: Session) -> dict[str, str]:
    """The names of the employers that no file names, by id."""
    return {row[0]: row[1] for row in session.ask(select(col(EmployerRow.id), col(EmployerRow.name)).order_by(col(EmployerRow.id)))}
