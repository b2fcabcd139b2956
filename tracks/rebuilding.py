"""What is derived of the log, made anew of it: snapshots, claims, todos and due days that verification found wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracks import store_audit as audit
from tracks.derived import Derived, pinned
from tracks.progress import fold, standing
from tracks.records import Enrolment
from tracks.shards import shard_of
from tracks.snapshots import refresh
from tracks.store_assigned import write_assigned
from tracks.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.breaks import Break
    from tracks.store import SqlLedger

_FORGET: Final = ("DELETE FROM claim WHERE stream = ?", "DELETE FROM todo WHERE stream = ?")


def rebuild(ledger: SqlLedger, streams: Sequence[str] | None = None) -> list[str]:
    """Write anew what is derived, of those streams of which something derived is wrong and nothing in the log is.

    Answers the streams. The log itself is never touched, and what it does not bear out is left for a person to see.
    """
    with ledger.transaction():
        breaks = verify(ledger, streams).breaks
        wrong = _mendable(breaks)
        for statement in _FORGET:
            ledger.write(statement, [(stream,) for stream in wrong])
        people, tracks = [one for one in wrong if not one.startswith("track/")], [one for one in wrong if one.startswith("track/")]
        folded = [_folded(ledger, row) for row in audit.owners(ledger, people)]
        ledger.write("UPDATE enrolment SET shard = ? WHERE stream = ?", [(one.shard, one.stream) for one in folded])
        # What follows for one may look at what became of another, so all are folded first.
        ledger.save(folded, [])
        write_assigned(ledger, folded)
        derived = Derived(ledger)
        for one in folded:
            _follow(derived, one)
        ledger.save(folded, [])
        for stream in tracks:
            _rebuild_track(ledger, stream)
    return wrong


def _mendable(breaks: Sequence[Break]) -> list[str]:
    lost = {one.stream for one in breaks if not one.derived}
    return sorted({one.stream for one in breaks if one.derived} - lost)


def _folded(ledger: SqlLedger, owner: audit.Owner) -> Enrolment:
    """An enrolment as its log has it; whose it is and on which track stands nowhere else."""
    events = ledger.events(owner.stream)
    stands, last = standing(events), events[-1]
    return Enrolment(
        owner.stream, owner.ref, owner.track, fold(events), owner.person, version=pinned(stands), seq=last.seq, head=last.hash,
        last=max(event.effective for event, _ in stands), due=owner.due, shard=shard_of(owner.stream), recorded=last.recorded,
    )  # fmt: skip


def _follow(derived: Derived, one: Enrolment) -> None:
    found = derived.follows(one)
    if found:
        one.due, one.claims, one.todos = found.due, found.claims, found.todos
        refresh(one, found.view.own)


def _rebuild_track(ledger: SqlLedger, stream: str) -> None:
    row = ledger.track(stream.removeprefix("track/"))
    if row is None:
        return
    events = ledger.events(stream)
    row.state, row.seq, row.head = fold(events), len(events), events[-1].hash
    if row.frontier:
        row.todos = Derived(ledger).shared(row, row.frontier)
        row.pending = row.coupled
    ledger.save([], [], [row])
