"""The verbs that a decision is taken with, over a reader: as all stands now, or as it was on a day and known before an instant.

Imported only where todos, queues or reasons are worked out: it brings along the models of tracks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tracks.clock import Clock
from tracks.engine.context.input_builder import person_view, track_view, version_on
from tracks.engine.loop.apply import refresh_snapshot
from tracks.engine.loop.decide import decide
from tracks.engine.rules.track_todos import track_todos
from tracks.events.histories import stream_as_of
from tracks.events.kinds.table import KINDS
from tracks.events.snapshots import Enrolment, TrackRow
from tracks.events.streams import track_stream
from tracks.storage import reads, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tracks.engine.context.decision_context import Decision
    from tracks.engine.context.inputs import View
    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.fold import Progress
    from tracks.events.histories import PastStream
    from tracks.events.snapshots import Claim, Todo
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader

_LAST, _RECORDED, _STATE, _VERSION, _TRACK = (rows.ENROLMENT.index(name) for name in ("last", "recorded", "state", "version", "track"))
# For a few people their logs are read one by one, for more of them all of the track in one go.
_FEW: Final = 1000


class CurrentLedger:
    """What stands now, as the snapshots say."""

    def __init__(self, reader: DatabaseReader) -> None:
        self.reader = reader

    def tracks(self) -> list[str]:
        """The ids of all tracks."""
        return reads.track_ids(self.reader)

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""
        return reads.track_row(self.reader, track)

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding; made once. Raises UNKNOWN_VERSION."""
        return self.reader.plans.plan(track, version)

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """Some enrolments, by stream; those that do not exist are left out."""
        return self._whole(reads.enrolments(self.reader, streams))

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, the first one first."""
        return self._whole(reads.enrolments_of(self.reader, ref))

    def named(self, ref: str) -> list[Enrolment]:
        """The enrolments that `REF`, or the one that `REF/n`, means."""
        return self.load([ref]) if "/" in ref else self.enrolments_of(ref)

    def everybody(self, track: str) -> list[Enrolment]:
        """All enrolments of a track, by stream."""
        return self._whole(reads.enrolments_on(self.reader, track))

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims on what a track shares, each with its stream."""
        return reads.claims_on(self.reader, track)

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""
        return self.reader.events(stream)

    def _whole(self, found: list[Any]) -> list[Enrolment]:
        todos = reads.todos_of(self.reader, [row[0] for row in found])
        return [rows.to_enrolment(row, (), todos.get(row[0], ())) for row in found]


class PastLedger(CurrentLedger):
    """What stood on a day, by what was known then: folded from the log, and worked out with what held on that day."""

    def __init__(self, reader: DatabaseReader, now: Moment) -> None:
        super().__init__(reader)
        self.now = now
        self._rows: dict[str, TrackRow | None] = {}
        self._everybody: dict[str, list[Enrolment]] = {}

    def track(self, track: str) -> TrackRow | None:
        """A track as it stood; None where it was not in force then."""
        if track not in self._rows:
            self._rows[track] = self._track(track)
        return self._rows[track]

    def _track(self, track: str) -> TrackRow | None:
        found = super().track(track)
        then = self._fold(track_stream(track))
        # A track has events from the moment that it is put in force; before that it was not there.
        if found is None or not then.rows:
            return None
        row = TrackRow(track, 1, then.progress, found.coupled, seq=len(then.rows), recorded=then.recorded)
        # A version applied to a later day was known and did not hold yet.
        row.version = version_on(row, self.now.day)
        return row

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """Some enrolments as they stood, by stream; those that did not exist then are left out."""
        found = reads.enrolments(self.reader, streams)
        return [one for row in found if (one := self._then(row, self.reader.events(row[0])))]

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant as they stood, the first one first."""
        found = reads.enrolments_of(self.reader, ref)
        return [one for row in found if (one := self._then(row, self.reader.events(row[0])))]

    def everybody(self, track: str) -> list[Enrolment]:
        """All enrolments of a track as they stood, by stream."""
        if track not in self._everybody:
            found = {row[0]: row for row in reads.enrolments_on(self.reader, track)}
            logs = dict(self._logs(track, [stream for stream, row in found.items() if not self._unchanged(row)]))
            self._everybody[track] = [one for row in found.values() if (one := self._then(row, logs.get(row[0])))]
        return self._everybody[track]

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims as they stood, each with its stream."""
        return [(one.stream, claim) for one in self.everybody(track) for claim in one.claims]

    def events(self, stream: str) -> list[Event]:
        """What stood of a stream."""
        return [event for event, _ in self._fold(stream).rows]

    def saw(self, event: Event) -> bool:
        """Whether an event had been written, and was not about a later day."""
        day, known = self.now.as_of, self.now.known
        return (known is None or event.recorded < known) and (day is None or event.effective <= day)

    def _fold(self, stream: str) -> PastStream:
        return stream_as_of(self.reader.events(stream), self.now.as_of, self.now.known)

    def todos_of(self, track: str) -> tuple[Todo, ...]:
        """What was to be done about the track itself."""
        row = self.track(track)
        view, claims = (track_view(self, row, None), self.claims(track)) if row else (None, ())
        return track_todos(view, claims, self.now.day, lambda: self.everybody(track)) if view else ()

    def _unchanged(self, row: Sequence[Any]) -> bool:
        """Whether the snapshot is of then: nothing was recorded since, and nothing in it is about a later day."""
        last, recorded = row[_LAST], row[_RECORDED]
        day, known = self.now.as_of, self.now.known
        return (known is None or recorded < known) and (day is None or last <= day.isoformat())

    def _logs(self, track: str, streams: Sequence[str]) -> Iterator[tuple[str, list[Event]]]:
        if len(streams) < _FEW:
            yield from ((stream, self.reader.events(stream)) for stream in streams)
            return
        wanted = set(streams)
        yield from ((stream, list(log)) for stream, log in reads.logs(self.reader, track) if stream in wanted)

    def _then(self, row: Sequence[Any], log: Iterable[Event] | None) -> Enrolment | None:
        """An enrolment as it stood; its snapshot, where there is no log, is of then already."""
        shared = self.track(row[_TRACK])
        if log is None:
            progress, version, recorded = rows.to_progress(row[_STATE]), row[_VERSION], row[_RECORDED]
        else:
            then = stream_as_of(log, self.now.as_of, self.now.known)
            progress, version, recorded = then.progress, then.version, then.recorded
        if shared is None or not progress.fields:
            return None
        # Only what the log says is taken: the other columns of the row are of today.
        one = Enrolment(row[0], row[1], row[2], progress, status=str(progress.status), version=version, recorded=recorded)
        _decided(one, person_view(self, shared, one), self.now.day)
        return one


def _decided(one: Enrolment, view: View, day: date) -> None:
    """Fill in what follows from a progress on a day: what is to be done, what is claimed, and what the engine has left."""
    decision = decide(view, one.progress, day)
    if _moves(decision) and (written := Clock.recorded_at(one.recorded).today) < day:
        decision = _as_far_as_it_came(view, one.progress, written, day)
    one.due = min((draft.effective for draft in decision.events), default=decision.due)
    one.claims, one.todos = decision.claims, decision.todos
    refresh_snapshot(one, view.own)


def _moves(decision: Decision) -> bool:
    """Whether it puts somebody elsewhere than her log says, as an offer that lapses does; what is late is late whoever wrote so."""
    return any(not KINDS[draft.kind].reminds for draft in decision.events)


def _as_far_as_it_came(view: View, progress: Progress, written: date, day: date) -> Decision:
    """What was to be done before the first day that moved her and that the engine had not come to: she stands as on the day before."""
    found = decide(view, progress, written)
    while not _moves(found) and found.due and found.due <= day:
        after = decide(view, progress, found.due)
        if _moves(after):
            break
        found = after
    return found


def ledger_at(reader: DatabaseReader, now: Moment) -> CurrentLedger:
    """The ledger of a moment."""
    return PastLedger(reader, now) if now.past else CurrentLedger(reader)
