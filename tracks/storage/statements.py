"""The statements of the store, over its tables; what each one is for is said where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, bindparam, delete, func, insert, or_, select, update

from tracks.storage import rows
from tracks.storage.dialects.prepared import Prepared
from tracks.storage.tables import AssignedRow, ClaimRow, EnrolmentRow, EventRow, OutboxRow, TodoRow, TrackSnapshotRow, VersionRow, table

if TYPE_CHECKING:
    from sqlalchemy import Insert, Select

    from tracks.storage.dialects.protocol import Dialect

EVENT, ENROLMENT, TRACK, CLAIM, TODO = (table(model) for model in (EventRow, EnrolmentRow, TrackSnapshotRow, ClaimRow, TodoRow))
VERSION, ASSIGNED, OUTBOX = (table(model) for model in (VersionRow, AssignedRow, OutboxRow))


def names_of(kept: Table) -> tuple[str, ...]:
    """List the columns of a table, in its order."""
    return tuple(column.name for column in kept.columns)


def _insert(kept: Table) -> Prepared:
    return Prepared(lambda _: insert(kept), names_of(kept))


def _where(kept: Table, *key: str) -> list[Any]:
    return [kept.c[name] == bindparam(f"of_{name}") for name in key]


def _set(kept: Table, changed: tuple[str, ...], key: tuple[str, ...], names: tuple[str, ...] = ()) -> Prepared:
    values: dict[str, Any] = {name: bindparam(name) for name in changed}
    return Prepared(lambda _: update(kept).where(*_where(kept, *key)).values(values), names or (*changed, *key))


def _delete(kept: Table) -> Prepared:
    return Prepared(lambda _: delete(kept).where(*_where(kept, "stream")), ("stream",))


def _wake(kept: Table, key: str) -> Prepared:
    later = or_(kept.c.due.is_(None), kept.c.due > bindparam("due"))
    return Prepared(lambda _: update(kept).where(*_where(kept, key), later).values(due=bindparam("due")), ("due", key))


def _save_track(dialect: Dialect) -> Insert:
    new = dialect.insert(TRACK)
    return new.on_conflict_do_update(index_elements=["id"], set_={name: new.excluded[name] for name in rows.TRACK if name != "id"})


# What an enrolment keeps for good; naming a column in SET rewrites its index, so status and step are named only where one changed.
_FIXED: Final = ("stream", "ref", "track", "person", "shard")
_PLACE: Final = ("status", "step")
_MOVED: Final = tuple(name for name in rows.ENROLMENT if name not in (*_FIXED, *_PLACE))

INSERT_EVENT: Final = _insert(EVENT)
INSERT_ENROLMENT: Final = _insert(ENROLMENT)
MOVE_ENROLMENT: Final = _set(ENROLMENT, _MOVED, ("stream",), rows.ENROLMENT)
PLACE_ENROLMENT: Final = _set(ENROLMENT, (*_PLACE, *_MOVED), ("stream",), rows.ENROLMENT)
REFILE_ENROLMENT: Final = _set(ENROLMENT, ("ref", "track", "shard"), ("stream",))
SAVE_TRACK: Final = Prepared(_save_track, rows.TRACK)
INSERT_CLAIM, DELETE_CLAIMS = _insert(CLAIM), _delete(CLAIM)
INSERT_TODO, DELETE_TODOS = _insert(TODO), _delete(TODO)
INSERT_ASSIGNED, DELETE_ASSIGNED = _insert(ASSIGNED), _delete(ASSIGNED)
INSERT_VERSION: Final = _insert(VERSION)
RELABEL_VERSION: Final = _set(VERSION, ("labels",), ("track", "version"))
MARK_LETTER: Final = _set(OUTBOX, ("state",), ("stream", "seq", "template"))
WAKE_ENROLMENT, WAKE_TRACK = _wake(ENROLMENT, "stream"), _wake(TRACK, "id")


def _on_track(*columns: Any) -> Select[Any]:
    return select(*columns).where(ENROLMENT.c.track == bindparam("track"))


def _due(*columns: Any, sharded: bool) -> Select[Any]:
    wanted = _on_track(*columns).where(ENROLMENT.c.due <= bindparam("until"))
    if sharded:
        wanted = wanted.where(ENROLMENT.c.shard % bindparam("shards") == bindparam("shard"))
    return wanted.order_by(ENROLMENT.c.due, ENROLMENT.c.stream).limit(bindparam("limit"))


_LIMITED: Final = ("track", "until", "shards", "shard", "limit")
# One index range for each track, so that no more is sorted than what is asked for.
DUE: Final = Prepared(lambda _: _due(ENROLMENT, sharded=False), _LIMITED)
DUE_OF_SHARD: Final = Prepared(lambda _: _due(ENROLMENT, sharded=True), _LIMITED)
DUE_STREAMS: Final = Prepared(lambda _: _due(ENROLMENT.c.due, ENROLMENT.c.stream, sharded=False), _LIMITED)
DUE_STREAMS_OF_SHARD: Final = Prepared(lambda _: _due(ENROLMENT.c.due, ENROLMENT.c.stream, sharded=True), _LIMITED)
LEAST_DUE: Final = Prepared(
    lambda _: _on_track(ENROLMENT.c.due).where(ENROLMENT.c.due.is_not(None)).order_by(ENROLMENT.c.due).limit(1), ("track",)
)
MEMBERS: Final = Prepared(
    lambda dialect: _on_track(ENROLMENT.c.stream).where(dialect.among(ENROLMENT.c.status, "statuses")).order_by(ENROLMENT.c.stream),
    ("track", "statuses"),
)
LATEST: Final = Prepared(lambda _: _on_track(func.coalesce(func.max(ENROLMENT.c.recorded), "")), ("track",))
AHEAD: Final = Prepared(
    lambda _: _on_track(ENROLMENT.c.stream).where(ENROLMENT.c.last > bindparam("day")).order_by(ENROLMENT.c.stream), ("track", "day")
)
# By the names of the streams, which stay where references are merged; `0` follows `/`.
OF_REF: Final = Prepared(
    lambda _: select(func.count()).where(ENROLMENT.c.stream > bindparam("first"), ENROLMENT.c.stream < bindparam("end")), ("first", "end")
)
KEYED: Final = Prepared(
    lambda _: select(EVENT).where(EVENT.c.stream == bindparam("stream"), EVENT.c.key == bindparam("key")), ("stream", "key")
)
STANDING_KEYS: Final = Prepared(
    lambda dialect: (
        _on_track(ENROLMENT.c.ref, EVENT.c.key, ENROLMENT.c.stream)
        .join_from(ENROLMENT, EVENT, EVENT.c.stream == ENROLMENT.c.stream)
        .where(dialect.among(ENROLMENT.c.ref, "refs"), EVENT.c.key.is_not(None))
    ),
    ("track", "refs"),
)
KEYED_ON_TRACK: Final = Prepared(
    lambda _: (
        _on_track(ENROLMENT.c.ref).join_from(ENROLMENT, EVENT, EVENT.c.stream == ENROLMENT.c.stream).where(EVENT.c.key == bindparam("key"))
    ),
    ("track", "key"),
)
PLACES: Final = Prepared(
    lambda dialect: select(*(ENROLMENT.c[name] for name in ("stream", *_PLACE, "ref"))).where(dialect.among(ENROLMENT.c.stream, "streams")),
    ("streams",),
)
VERSIONS: Final = Prepared(lambda _: select(VERSION.c.track, VERSION.c.version))
LETTERS_OF: Final = Prepared(
    lambda dialect: (
        select(OUTBOX).where(dialect.among(OUTBOX.c.stream, "streams")).order_by(OUTBOX.c.stream, OUTBOX.c.seq, OUTBOX.c.template)
    ),
    ("streams",),
)
