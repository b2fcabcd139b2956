"""The tables, as SQLModel classes; what each one is for is said by its docstring."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, SmallInteger, text
from sqlmodel import Field, SQLModel

from tracks.events.snapshots import GENESIS


def _small(*, key: bool = False, default: int | None = None) -> int:
    found: int = Field(default=default if default is not None else ..., sa_type=SmallInteger, primary_key=key)
    return found


class EventRow(SQLModel, table=True):
    """The log. Triggers refuse UPDATE and DELETE; `data` is canonical JSON."""

    __tablename__ = "event"
    __table_args__ = (Index("event_key", "stream", "key", unique=True, sqlite_where=text("key IS NOT NULL")),)

    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    step: str = ""
    attempt: int = _small(default=0)
    effective: date
    recorded: str
    actor: str
    version: int | None = None
    data: str
    key: str | None = None
    hash: bytes = Field(sa_type=LargeBinary)


class EnrolmentRow(SQLModel, table=True):
    """The snapshot of one participant's way through a track; `state` is the JSON of its fold."""

    __tablename__ = "enrolment"
    # The third column of two indexes spares the slice loop a sort and `status TRACK` a look at every row.
    __table_args__ = (
        Index("enrolment_due", "track", "due", "stream", sqlite_where=text("due IS NOT NULL")),
        Index("enrolment_ref", "ref"),
        Index("enrolment_status", "track", "status", "step"),
    )

    stream: str = Field(primary_key=True)
    ref: str
    track: str
    person: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    status: str
    version: int | None = None
    seq: int
    head: bytes = Field(default=GENESIS, sa_type=LargeBinary)
    last: date | None = None
    due: date | None = None
    shard: int = _small(default=0)
    start: date | None = None
    step: str = ""
    since: date | None = None
    recorded: str = ""
    state: str


class TrackSnapshotRow(SQLModel, table=True):
    """The snapshot of what is shared on a track, and how far its slices have come."""

    __tablename__ = "track"

    id: str = Field(primary_key=True)
    version: int
    coupled: bool = False
    frontier: date | None = None
    pending: bool = False
    due: date | None = None
    seq: int = 0
    head: bytes = Field(default=GENESIS, sa_type=LargeBinary)
    recorded: str = ""
    state: str


class VersionRow(SQLModel, table=True):
    """A track as it was applied: the author's text, the compiled JSON and the names that reading needs."""

    __tablename__ = "track_version"

    track: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    hash: bytes = Field(sa_type=LargeBinary)
    source: str
    compiled: str
    labels: str


class ClaimRow(SQLModel, table=True):
    """What enrolments ask of something shared, or hold of it."""

    __tablename__ = "claim"
    __table_args__ = (Index("claim_stream", "stream"),)

    track: str = Field(primary_key=True)
    resource: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    state: str
    attempt: int = _small()
    since: date
    rank: str


class TodoRow(SQLModel, table=True):
    """What people should do; the worklist reads it."""

    __tablename__ = "todo"

    stream: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    attempt: int = _small(key=True)
    role: str
    since: date
    due: date | None = None
    track: str


class AssignedRow(SQLModel, table=True):
    """Who at work is responsible for an enrolment, by role; found by the person's name, however it is typed."""

    __tablename__ = "assigned"
    __table_args__ = (Index("assigned_person", "known_as"),)

    stream: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    person: str
    known_as: str


class OutboxRow(SQLModel, table=True):
    """A letter that an event causes; the states are those of `tracks.events.outbox`."""

    __tablename__ = "outbox"
    __table_args__ = (
        ForeignKeyConstraint(["stream", "seq"], ["event.stream", "event.seq"]),
        Index("outbox_state", "state", "stream", "seq"),
    )

    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    template: str = Field(primary_key=True)
    state: str = "pending"


class NoteRow(SQLModel, table=True):
    """Free text, encrypted; its event holds only a keyed fingerprint."""

    __tablename__ = "note"
    __table_args__ = (ForeignKeyConstraint(["stream", "seq"], ["event.stream", "event.seq"]),)

    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    field: str = Field(primary_key=True)
    cipher: bytes = Field(sa_type=LargeBinary)


class PersonRow(SQLModel, table=True):
    """The one place of identity, encrypted; `lookup` is a keyed fingerprint of the personal number."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    cipher: bytes = Field(sa_type=LargeBinary)
    lookup: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)


class EmployerRow(SQLModel, table=True):
    """An employer that no track file names; events hold the id."""

    __tablename__ = "employer"

    id: str = Field(primary_key=True)
    name: str
    organisationsnummer: str | None = None


class RunRow(SQLModel, table=True):
    """One advance: `recorded` is the instant that all its shards and retries write."""

    __tablename__ = "run"

    id: str = Field(primary_key=True)
    tracks: str
    until: date
    recorded: str
    engine: str
    state: str
    counts: str = "{}"
    flow_run: str | None = None
