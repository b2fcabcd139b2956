"""What is derived of the log, made anew of it: snapshots, claims, todos and due days that verification found wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from definitions.model.stored_track import parse_stored_track
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.audit.derived_state import Derived, pinned
from tracks.audit.discrepancies import mendable
from tracks.audit.verify import UNREADABLE, altered_in, by_hash, logged_track, verify
from tracks.engine.context.labels import labels_of
from tracks.engine.loop.apply import refresh_snapshot
from tracks.events.fold import fold, standing
from tracks.events.snapshots import Enrolment, TrackRow, participant
from tracks.events.streams import StreamId, shard_of
from tracks.storage import audit
from tracks.storage.statements import DELETE_CLAIMS, DELETE_TODOS, REFILE_ENROLMENT, RELABEL_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracks.audit.discrepancies import Discrepancy
    from tracks.events.event import Event
    from tracks.storage.ledger import SqlLedger


class Rebuilt(NamedTuple):
    """The streams that were written anew, and those of them whose link to an identity was lost with the row."""

    streams: list[str]
    unlinked: list[str]


class _Known(NamedTuple):
    """What a row is made anew with: what follows, and the tracks by hash."""

    derived: Derived
    tracks: Mapping[str, str]


def rebuild(ledger: SqlLedger, streams: Sequence[str] | None = None, progress: WorkProgress = SILENT) -> Rebuilt:
    """Write anew what is derived, of those streams of which something derived is wrong and nothing in the log is.

    The log itself is never touched, and what it does not bear out is left for a person to see.

    Args:
        ledger: The database, opened for writing.
        streams: The streams; None for all.
        progress: Is told how far it has come.

    """
    with ledger.transaction(), ledger.undecoded():
        # Within the transaction, so that nobody writes between what was found and what is mended.
        breaks = mendable(verify(ledger, streams, progress).breaks)
        progress.begin(Stage.REBUILDING)
        wrong = sorted({one.stream for one in breaks if one.code != "labels"})
        gone = sorted({one.stream for one in breaks if one.code == "no_snapshot"})
        for statement in (DELETE_CLAIMS, DELETE_TODOS):
            ledger.write(statement, [(stream,) for stream in wrong])
        _relabel(ledger, breaks)
        tracks = [stream for stream in wrong if StreamId.parse(stream).track is not None]
        # What is decided of one track may read another.
        for rebuilt in (_read_or_lost, _rebuild_track):
            for stream in tracks:
                rebuilt(ledger, stream)
        people = [stream for stream in wrong if stream not in tracks]
        _rebuild_people(ledger, people, gone, progress)
        for stream in tracks:
            _survey_track(ledger, stream)
    return Rebuilt(sorted({one.stream for one in breaks}), [stream for stream in gone if stream in people])


def _derived(ledger: SqlLedger) -> _Known:
    versions = audit.versions(ledger)
    return _Known(Derived(ledger, None if altered_in(versions) else versions), by_hash(versions))


def _relabel(ledger: SqlLedger, breaks: Sequence[Discrepancy]) -> None:
    """The names of a version as its compiled text has them."""
    versions = audit.versions(ledger)
    wrong = [(str(StreamId.parse(one.stream).track), one.seq) for one in breaks if one.code == "labels"]
    rows = [(labels_of(parse_stored_track(versions[key].compiled)), *key) for key in wrong]
    ledger.write(RELABEL_VERSION, rows)


def _rebuild_people(ledger: SqlLedger, people: Sequence[str], gone: Sequence[str], progress: WorkProgress) -> None:
    owners = [*audit.owners(ledger, people), *(audit.Owner(stream, None, None) for stream in people if stream in gone)]
    known = _derived(ledger)
    folded = [made for owner in owners if (made := _folded(ledger, owner, known.tracks))]
    ledger.write(REFILE_ENROLMENT, [(one.ref, one.track, one.shard, one.stream) for one in folded])
    # What follows for one may look at what became of another, so all are folded first.
    ledger.save(folded, [])
    ledger.save_assigned(folded)
    for one in progress.each(folded, Stage.REBUILDING, len(folded)):
        _follow(known.derived, one)
    ledger.save(folded, [])


def _folded(ledger: SqlLedger, owner: audit.Owner, tracks: Mapping[str, str]) -> Enrolment | None:
    """An enrolment as its log has it; whose identity is linked to it stands nowhere else."""
    events = ledger.events(owner.stream)
    track = logged_track(owner.stream, events[0].data, tracks)
    if track is None:
        return None
    stands, last, progress = standing(events), events[-1], fold(events)
    return Enrolment(
        owner.stream, participant(owner.stream, progress), track, progress, owner.person,
        version=pinned(stands), seq=last.seq, head=last.hash, last=max(event.effective for event, _ in stands),
        due=owner.due, shard=shard_of(owner.stream), recorded=last.recorded,
    )  # fmt: skip


def _follow(derived: Derived, one: Enrolment) -> None:
    found = derived.follows(one)
    if found:
        one.due, one.claims, one.todos = found.due, found.claims, found.todos
        refresh_snapshot(one, found.view.own)


def _read_or_lost(ledger: SqlLedger, stream: str) -> None:
    """In place of a row that cannot be read, one as if it were gone."""
    name = str(StreamId.parse(stream).track)
    try:
        ledger.track(name)
    except UNREADABLE:
        ledger.save([], [], [_lost(ledger, name, ledger.events(stream))])


def _rebuild_track(ledger: SqlLedger, stream: str) -> None:
    """The row of a track: what is folded from its log, and how far its slices can have come."""
    events = ledger.events(stream)
    if not events:
        return
    name, last = str(StreamId.parse(stream).track), events[-1]
    row = ledger.track(name) or _lost(ledger, name, events)
    row.state, row.seq, row.head, row.version = fold(events), last.seq, last.hash, _in_force(events)
    row.recorded = max(row.recorded, last.recorded) if len(row.recorded) == len(last.recorded) else last.recorded
    row = _derived(ledger).derived.righted(row)
    row.due = row.frontier
    row.pending = row.coupled
    ledger.save([], [], [row])


def _lost(ledger: SqlLedger, name: str, events: Sequence[Event]) -> TrackRow:
    """A track whose row is gone, with the version put in force last; the next advance works out the rest."""
    return TrackRow(name, _in_force(events), fold(events), recorded=max(events[-1].recorded, ledger.latest(name)))


def _in_force(events: Sequence[Event]) -> int:
    return max(int(event.data["version"]) for event in events if event.kind == "applied")


def _survey_track(ledger: SqlLedger, stream: str) -> None:
    row = ledger.track(str(StreamId.parse(stream).track))
    if row and row.frontier:
        row.todos = _derived(ledger).derived.shared(row, row.frontier)
        ledger.save([], [], [row])
