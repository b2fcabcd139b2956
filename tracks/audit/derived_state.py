"""Claims, todos and due days held against what follows from the fold, on the day that the engine has come to.

What awaits the next advance is left out: it stands as it was before, and is written anew by that advance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.audit.discrepancies import Discrepancy
from tracks.clock import Clock
from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.loop.apply import refresh_snapshot
from tracks.engine.loop.decide import decide
from tracks.engine.loop.trajectory import TrajectoryCache
from tracks.engine.rules.allocation import decide_grants
from tracks.engine.rules.track_todos import track_todos
from tracks.events.status import EXITED
from tracks.events.streams import track_stream
from tracks.storage.audit import furthest_run
from tracks.storage.rows import from_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.engine.loop.trajectory import Trajectory
    from tracks.events.event import Event
    from tracks.events.snapshots import Claim, Enrolment, Todo, TrackRow
    from tracks.storage.ledger import SqlLedger


# More due days in a row than anybody has without something to record on one of them.
_PASSED: Final = 100


class Kept(NamedTuple):
    """The derived rows of one stream as they stand, each with the track that it is filed under."""

    claims: Sequence[tuple[str, Claim]] = ()
    todos: Sequence[tuple[str, Todo]] = ()


class Follows(NamedTuple):
    """What follows from one person's fold; not `caught_up` where the next advance has something to decide first."""

    view: View
    caught_up: bool
    due: date | None
    claims: tuple[Claim, ...]
    todos: tuple[Todo, ...]


class Derived:
    """What follows for everybody in one state of the database; worked out once for those who stand exactly alike."""

    def __init__(self, ledger: SqlLedger, versions: Iterable[tuple[str, int]] | None) -> None:
        """Without the `versions` of the tracks, where one of them cannot be trusted, nothing is said of which tracks share anything."""
        self._ledger = ledger
        self._versions = versions
        self._furthest = furthest_run(ledger)
        self._rows: dict[str, TrackRow | None] = {}
        self._alike = TrajectoryCache()

    def of_person(self, one: Enrolment, kept: Kept) -> Iterator[Discrepancy]:
        """What stands of an enrolment and does not follow from its fold, or follows and does not stand."""
        found = self.follows(one)
        if found is None or not found.caught_up:
            return
        if found.due != one.due:
            yield Discrepancy("due", one.stream, one.seq, "", from_day(one.due) or "", from_day(found.due) or "")
        yield from _claims(one, kept, found.claims)
        yield from _todos(one.stream, one.seq, kept, [(one.track, todo) for todo in found.todos])
        step, since = one.step, one.since
        refresh_snapshot(one, found.view.own)
        if (step, since) != (one.step, one.since):
            yield Discrepancy("snapshot", one.stream, one.seq, "step")

    def follows(self, one: Enrolment) -> Follows | None:
        """What follows from the fold of an enrolment; None where there is nothing to ask."""
        row = self._row(one.track)
        if row is None or not one.progress.fields:
            return None
        day = _come_to(row, one)
        view = person_view(self._ledger, row, one)
        if one.due and one.due <= day:
            now = decide(view, one.progress, day)
            return Follows(view, False, one.due, now.claims, now.todos)
        found = self._alike.course(view, one.progress, day, day, one.seq)
        if found.drafts:
            now = decide(view, one.progress, day)
            return Follows(view, True, found.drafts[0].effective, now.claims, now.todos)
        found = self._passed(view, one, found)
        return Follows(view, True, found.due, found.claims, found.todos)

    def _passed(self, view: View, one: Enrolment, found: Trajectory) -> Trajectory:
        """A due day with nothing to record leaves no trace in the log: she may have come past it, up to the due day that stands."""
        later = found
        for _ in range(_PASSED):
            if later.drafts or later.due is None or later.due == one.due or (one.due and one.due < later.due):
                break
            later = self._alike.course(view, one.progress, later.due, later.due, one.seq)
        return found if later.drafts or later.due != one.due else later

    def of_track(self, track: str, kept: Kept) -> Iterator[Discrepancy]:
        """The same of what is shared on a track."""
        stands, row = self._ledger.track(track), self._row(track)
        if stands is None or row is None:
            return
        Clock.recorded_at(stands.recorded)
        if stands.coupled != row.coupled:
            yield Discrepancy("coupled", track_stream(track), row.seq, "", str(int(stands.coupled)), str(int(row.coupled)))
        if stands.frontier != row.frontier:
            yield Discrepancy("frontier", track_stream(track), row.seq, "", from_day(stands.frontier) or "", from_day(row.frontier) or "")
        if row.pending:
            return
        if row.frontier is None:
            if row.due:
                yield Discrepancy("due", track_stream(track), row.seq, "", from_day(row.due) or "")
            return
        due = decide_grants(track_view(self._ledger, row, None), self._ledger.claims(track), row.frontier).due
        if due != row.due:
            yield Discrepancy("due", track_stream(track), row.seq, "", from_day(row.due) or "", from_day(due) or "")
        todos = self.shared(row, row.frontier)
        yield from _todos(track_stream(track), row.seq, kept, [(track, todo) for todo in todos])

    def shared(self, row: TrackRow, day: date) -> tuple[Todo, ...]:
        """What is to be done about the track itself."""
        book = self._ledger
        return track_todos(track_view(book, row, None), book.claims(row.id), day, lambda: book.load(book.members(row.id, EXITED)))

    def _row(self, track: str) -> TrackRow | None:
        if track not in self._rows:
            row = self._ledger.track(track)
            self._rows[track] = self.righted(row) if row else None
        return self._rows[track]

    def righted(self, row: TrackRow) -> TrackRow:
        """A track with what it shares, and how far it has come, as they can be: never beyond the day of what was recorded last."""
        row = replace(row, version=max((version for track, version in self._versions or () if track == row.id), default=row.version))
        coupled = self._coupled(row)
        if not coupled:
            return row if (row.coupled, row.frontier) == (False, None) else replace(row, coupled=False, frontier=None, pending=False)
        last = Clock.recorded_at(row.recorded).today
        furthest = max(last, self._furthest or last)
        if row.coupled and row.frontier and row.frontier <= furthest:
            return row
        return replace(row, coupled=True, frontier=min(row.frontier or furthest, furthest), pending=True)

    def _coupled(self, row: TrackRow) -> bool:
        if self._versions is None:
            return row.coupled
        unit = self._ledger.unit(row.id)
        return any(self._ledger.plan(track, version).coupled for track, version in self._versions if track in unit)


def pinned(stands: Iterable[tuple[Event, int]]) -> int | None:
    """The version that admission pinned, or that a migration led to since; of the standing events in order."""
    version = None
    for event, _ in stands:
        if event.kind == "admitted":
            version = event.version
        elif event.kind == "migrated" and version:
            version = int(event.data["to"])
    return version


def _come_to(row: TrackRow, one: Enrolment) -> date:
    """The last day of which it is known that an enrolment was decided, unless it is due."""
    if row.coupled and row.frontier:
        return row.frontier
    # An uncoupled track keeps no frontier; what was recorded last, of it or of her, says how far the engine has come.
    return Clock.recorded_at(max(row.recorded, one.recorded)).today


def _claims(one: Enrolment, kept: Kept, claims: Sequence[Claim]) -> Iterator[Discrepancy]:
    stand = {claim.resource: _columns(claim[1:], claim._fields[1:], track) for track, claim in kept.claims}
    should = {claim.resource: _columns(claim[1:], claim._fields[1:], one.track) for claim in claims}
    for resource in sorted(stand.keys() | should.keys()):
        if stand.get(resource) != should.get(resource):
            yield Discrepancy("claim", one.stream, one.seq, resource, *_apart(stand.get(resource), should.get(resource)))


def _todos(stream: str, seq: int, kept: Kept, todos: Sequence[tuple[str, Todo]]) -> Iterator[Discrepancy]:
    stand, should = ({todo[:3]: _columns(todo[3:], todo._fields[3:], track) for track, todo in found} for found in (kept.todos, todos))
    for kind, step, attempt in sorted(stand.keys() | should.keys()):
        one, other = stand.get((kind, step, attempt)), should.get((kind, step, attempt))
        if one != other:
            what = f"{kind} ({step} {attempt})" if step else kind
            yield Discrepancy("todo", stream, seq, what, *_apart(one, other))


def _columns(values: Sequence[object], names: Sequence[str], track: str) -> dict[str, str]:
    return {"track": track, **{name: str(value) for name, value in zip(names, values, strict=True) if value not in (None, "")}}


def _apart(stands: Mapping[str, str] | None, should: Mapping[str, str] | None) -> tuple[str, str]:
    """Two rows as text: whole where there is only one of them, else the columns that differ."""
    names = [*(stands or {}), *(name for name in should or {} if name not in (stands or {}))]
    differing = [name for name in names if not (stands and should) or stands.get(name) != should.get(name)]
    one, other = (", ".join(f"{name}={row.get(name, '')}" for name in differing) if row else "" for row in (stands, should))
    return one, other
