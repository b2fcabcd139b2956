"""The schema, as SQLModel classes; what each table is for is said by its docstring.

A table whose rows are the values of the engine takes its columns from them (`tracks.storage.rows`): they are written once, there.
Every statement of the store is a Core statement over these tables; the light readers, which cannot afford SQLAlchemy, name columns by
the same lists.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import create_model
from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, SmallInteger, Table, text
from sqlmodel import Field, SQLModel

from tracks.events.event import Event
from tracks.events.outbox import Letter
from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow
from tracks.storage import rows
from tracks.storage.run_record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN: Final = {"str": str, "int": int, "bool": bool, "bytes": bytes, "date": date}
_SQL: Final[dict[str, Any]] = {"attempt": SmallInteger, "shard": SmallInteger, "hash": LargeBinary, "head": LargeBinary}


def _columns(row: type, names: Sequence[str], key: Sequence[str], **special: Any) -> Any:
    """Make a model of the columns that a value of the engine has in a row.

    Args:
        row: The class of the values; what is none of the plain types is kept as text.
        names: The columns, in order; those that the class has not are left to the table.
        key: Which of them make the primary key.
        special: The fields of columns that need more than a type.

    Returns:
        A model without a table, for the table to inherit from.

    """
    fields: dict[str, Any] = {}
    for name in names:
        annotation = row.__annotations__.get(name, "str")
        base, _, rest = str(getattr(annotation, "__forward_arg__", annotation)).partition(" | ")
        kind: Any = _PLAIN.get(base, str)
        more = {"sa_type": _SQL[name]} if name in _SQL else {}
        fields[name] = (kind | None if rest else kind, special.get(name) or Field(primary_key=name in key, **more))
    return create_model(f"{row.__name__}Columns", __base__=SQLModel, **fields)


class EventRow(_columns(Event, rows.EVENT, ("stream", "seq")), SQLModel, table=True):  # type: ignore[misc] # the columns are those of an Event
    """The log. Triggers refuse UPDATE and DELETE; `data` is canonical JSON, `hash` seals the row and the one before it."""

    __tablename__ = "event"
    __table_args__ = (Index("event_key", "stream", "key", unique=True, sqlite_where=text("key IS NOT NULL")),)


_PERSON: Final = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class EnrolmentRow(_columns(Enrolment, rows.ENROLMENT, ("stream",), person=_PERSON), SQLModel, table=True):  # type: ignore[misc] # likewise
    """The snapshot of one participant's way through a track; `state` is the JSON of its fold."""

    __tablename__ = "enrolment"
    # The third column of two indexes spares the slice loop a sort and `status TRACK` a look at every row.
    __table_args__ = (
        Index("enrolment_due", "track", "due", "stream", sqlite_where=text("due IS NOT NULL")),
        Index("enrolment_ref", "ref"),
        Index("enrolment_track_ref", "track", "ref"),
        Index("enrolment_status", "track", "status", "step"),
    )


class TrackSnapshotRow(_columns(TrackRow, rows.TRACK, ("id",)), SQLModel, table=True):  # type: ignore[misc] # likewise
    """The snapshot of what is shared on a track, and how far its slices have come."""

    __tablename__ = "track"


class VersionRow(SQLModel, table=True):
    """A track as it was applied: the author's text, the compiled JSON and the names that reading needs."""

    __tablename__ = "track_version"

    track: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    hash: bytes = Field(sa_type=LargeBinary)
    source: str
    compiled: str
    labels: str


class ClaimRow(_columns(Claim, rows.CLAIM, ("track", "resource", "stream")), SQLModel, table=True):  # type: ignore[misc] # likewise
    """What enrolments ask of something shared, or hold of it."""

    __tablename__ = "claim"
    __table_args__ = (Index("claim_stream", "stream"),)


class TodoRow(_columns(Todo, rows.TODO, ("stream", "kind", "step", "attempt")), SQLModel, table=True):  # type: ignore[misc] # likewise
    """What people should do; the worklist reads it."""

    __tablename__ = "todo"


class AssignedRow(SQLModel, table=True):
    """Who at work is responsible for an enrolment, by role; found by the person's name, however it is typed."""

    __tablename__ = "assigned"
    __table_args__ = (Index("assigned_person", "known_as"),)

    stream: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    person: str
    known_as: str


class OutboxRow(_columns(Letter, Letter._fields, Letter._fields), SQLModel, table=True):  # type: ignore[misc] # likewise
    """A letter that an event causes; the states are those of `tracks.events.outbox`."""

    __tablename__ = "outbox"
    __table_args__ = (
        ForeignKeyConstraint(["stream", "seq"], ["event.stream", "event.seq"]),
        Index("outbox_state", "state", "stream", "seq"),
    )

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
    """The one place of identity, encrypted; `protected` says beside it whose is not shown, so that lists need no key to know."""

    __tablename__ = "person"
    __table_args__ = (Index("person_protected", "id", sqlite_where=text("protected")),)

    id: str = Field(primary_key=True)
    cipher: bytes = Field(sa_type=LargeBinary)
    protected: bool


class PersonNumberRow(SQLModel, table=True):
    """The personal numbers that a person has or had, as keyed fingerprints; the key is the guard that a number is of one person."""

    __tablename__ = "person_number"
    __table_args__ = (Index("person_number_person", "person"),)

    lookup: bytes = Field(primary_key=True, sa_type=LargeBinary)
    person: str = Field(foreign_key="person.id", ondelete="CASCADE")


class KeyPrintRow(SQLModel, table=True):
    """The fingerprint of the key that the database is written with, by which a missing or another key is known; one row at most."""

    __tablename__ = "key_print"

    print: bytes = Field(primary_key=True, sa_type=LargeBinary)


class EmployerRow(SQLModel, table=True):
    """An employer that no track file names; events hold the id."""

    __tablename__ = "employer"

    id: str = Field(primary_key=True)
    name: str
    organisationsnummer: str | None = None


_RUN: Final = tuple(one.name for one in fields(RunRecord))


class RunRow(_columns(RunRecord, _RUN, ("id",)), SQLModel, table=True):  # type: ignore[misc] # likewise
    """One advance: `recorded` is the instant that all its shards and retries write."""

    __tablename__ = "run"


def table(model: type[SQLModel]) -> Table:
    """Answer the table of a class, for statements over it."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
