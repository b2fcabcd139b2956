"""The slice loop: takes one unit of tracks forward, date by date, over a store or over lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracks.engine.context.input_builder import person_view, track_view
from tracks.engine.loop.apply import append_drafts, refresh_claims, refresh_snapshot
from tracks.engine.loop.retroactive import decide_again, decide_origin
from tracks.engine.loop.trajectory import TrajectoryCache
from tracks.engine.rules.allocation import Grants, decide_grants
from tracks.engine.rules.track_todos import track_todos
from tracks.events.event import ENGINE_ACTOR
from tracks.events.fold import evolve
from tracks.events.hash_chain import append
from tracks.events.resources import IntakePlace, SubjectRun, parse
from tracks.events.status import EXITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from tracks.engine.context.ports import Ledger
    from tracks.events.event import Draft, Event
    from tracks.events.snapshots import Enrolment, TrackRow

    Between = Callable[["AdvanceCounts"], None]

BATCH = 1000


class MoreDue(Exception):
    """More is due than the running transaction may take; it is to be taken back, and what is due decided in batches first."""


@dataclass(slots=True)
class AdvanceCounts:
    """What an advance wrote: events by kind, and how many enrolments it read."""

    kinds: Counter[str] = field(default_factory=Counter)
    read: int = 0
    streams: set[str] = field(default_factory=set)

    @property
    def events(self) -> int:
        """The number of events."""
        return self.kinds.total()

    def add(self, events: Iterable[Event], read: int) -> None:
        """Count a batch."""
        for event in events:
            self.kinds[event.kind] += 1
            self.streams.add(event.stream)
        self.read += read


def advance_enrolment(
    ledger: Ledger,
    row: TrackRow,
    enrolment: Enrolment,
    until: date,
    recorded: str,
    *,
    opened: frozenset[str] = frozenset(),
    alike: TrajectoryCache | None = None,
) -> list[Event]:
    """Take one enrolment through all its due dates up to `until`; moves the snapshot and answers the events.

    Args:
        ledger: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        enrolment: The snapshot, moved forward in place.
        until: The last day that is decided.
        recorded: The UTC instant that new events are recorded at.
        opened: The starts whose minimum was found met in this slice.
        alike: Keeps what was worked out for others who stand exactly alike.

    Returns:
        The new events, which the caller saves with the snapshot.

    """
    view = person_view(ledger, row, enrolment, opened)
    if enrolment.due is None or enrolment.due > until:
        return []
    # A cohort that was referred alike stands alike, and is decided once.
    found = (alike or TrajectoryCache()).course(view, enrolment.progress, enrolment.due, until, enrolment.seq)
    written = append(enrolment, found.drafts, actor=ENGINE_ACTOR, recorded=recorded, version=view.own.version, track_hash=view.own.hash)
    enrolment.progress, enrolment.due, enrolment.claims, enrolment.todos = found.progress, found.due, found.claims, found.todos
    enrolment.last = max((day for day in (enrolment.last, found.last) if day), default=None)
    # From admission on she follows the version that was in force then (rule R6).
    if enrolment.version is None and enrolment.progress.get("admitted"):
        enrolment.version = view.shared.version
    refresh_snapshot(enrolment, view.own)
    return written


@dataclass(frozen=True, slots=True)
class AdvanceRun:
    """One advance: what it works on, up to when, and what it has done so far; `at_most` enrolments, where it is part of another write."""

    ledger: Ledger
    unit: Sequence[str]
    until: date
    recorded: str
    batch: int = BATCH
    shard: tuple[int, int] | None = None
    at_most: int | None = None
    counts: AdvanceCounts = field(default_factory=AdvanceCounts)
    alike: TrajectoryCache = field(default_factory=TrajectoryCache)

    def due(self, until: date) -> list[Enrolment]:
        """The next batch that is due by a day. Raises MoreDue."""
        if self.at_most is None:
            return self.ledger.due(self.unit, until, self.batch, self.shard)
        # One more than may be taken is asked for, so that nobody is decided in vain where there are more.
        left = max(0, self.at_most - self.counts.read)
        found = self.ledger.due(self.unit, until, left + 1, self.shard)
        if len(found) > left:
            raise MoreDue
        return found


def advance(
    ledger: Ledger,
    unit: Sequence[str],
    until: date,
    recorded: str,
    *,
    batch: int = BATCH,
    shard: tuple[int, int] | None = None,
    between: Between = lambda _: None,
) -> AdvanceCounts:
    """Take a unit of tracks up to and including a day. Run twice, at once, or after a kill: the same events.

    Args:
        ledger: Where tracks and enrolments are read and written.
        unit: The ids of the tracks that are decided together, in order.
        until: The last day that is decided.
        recorded: The UTC instant that new events are recorded at.
        batch: How many enrolments a transaction takes.
        shard: (number, of how many), on a track where nothing is shared.
        between: Is called after each transaction with the counts so far; what it raises ends the advance there, and what was written
            stands.

    Returns:
        What was written and read.

    """
    return complete(AdvanceRun(ledger, unit, until, recorded, batch, shard), between)


def complete(run: AdvanceRun, between: Between = lambda _: None) -> AdvanceCounts:
    """Take a run to its end. Raises MoreDue."""
    if any(row.coupled for row in _rows(run.ledger, run.unit).values()):
        while _slice(run):
            between(run.counts)
    else:
        while _uncoupled_batch(run):
            between(run.counts)
    return run.counts


def _uncoupled_batch(run: AdvanceRun) -> bool:
    ledger = run.ledger
    with ledger.transaction():
        rows = _rows(ledger, run.unit)
        due = run.due(run.until)
        events = [e for one in due for e in advance_enrolment(ledger, rows[one.track], one, run.until, run.recorded, alike=run.alike)]
        if due:
            ledger.save(due, events)
        run.counts.add(events, len(due))
    return bool(due)


def _rows(ledger: Ledger, unit: Sequence[str]) -> dict[str, TrackRow]:
    return {name: row for name in unit if (row := ledger.track(name))}


def next_slice(ledger: Ledger, unit: Sequence[str], rows: Mapping[str, TrackRow], until: date) -> date | None:
    """The day to decide next: the pending one first, else the least due, never before the frontier.

    Args:
        ledger: Where the least due is read.
        unit: The ids of the tracks that are decided together, in order.
        rows: The snapshots of the tracks, by id.
        until: The last day that is decided.

    Returns:
        The day, None where nothing is due any more.

    """
    first = next(iter(rows.values()))
    if first.pending and first.frontier is not None:
        return first.frontier if first.frontier <= until else None
    days = [row.due for row in rows.values() if row.due]
    least = ledger.least_due(unit, until)
    day = min([*days, *([least] if least else [])], default=None)
    if day is None or day > until:
        return None
    # Never before the frontier: what is given is of the slice's day, and nobody gets a place in the past.
    return max(day, first.frontier) if first.frontier else day


def _slice(run: AdvanceRun) -> bool:
    """One transaction of the next slice; nothing is left to do when it answers false."""
    with run.ledger.transaction():
        rows = _rows(run.ledger, run.unit)
        day = next_slice(run.ledger, run.unit, rows, run.until)
        if day is not None:
            _step(run, rows, day)
    return day is not None


def _step(run: AdvanceRun, rows: Mapping[str, TrackRow], day: date) -> None:
    """A batch of people, or, when nobody is due any more, what is given."""
    ledger = run.ledger
    # A clock may run behind what another wrote; within a stream `recorded` never goes back.
    when = max([run.recorded, *(row.recorded for row in rows.values())])
    for row in rows.values():
        # Committed with the first batch, so that whoever comes after a crash goes on in this slice.
        row.frontier, row.pending, row.recorded = day, True, when
    due = run.due(day)
    if due:
        # Asked once a batch: it depends on the day and the track's own fold only.
        behind = {name: track_view(ledger, row, None).begun_before(day) for name, row in rows.items()}
        events = [
            e for one in due for e in advance_enrolment(ledger, rows[one.track], one, day, when, opened=behind[one.track], alike=run.alike)
        ]
        ledger.save(due, events, list(rows.values()))
        events += _origins(ledger, due, events, day, when)
        run.counts.add(events, len(due))
        return
    gave = [grant_on_track(ledger, row, day, when, run.counts) for row in rows.values()]
    for row in rows.values():
        row.pending = any(gave)
    ledger.save([], [], list(rows.values()))


def _origins(ledger: Ledger, people: Sequence[Enrolment], events: Sequence[Event], day: date, recorded: str) -> list[Event]:
    """Admission here ends the enrolment that the person was transferred from, an end without it lets that go on; of the same day."""
    from_where = {one.stream: one.progress.value("referred").get("from") for one in people}
    found = []
    for event in events:
        origin = from_where.get(event.stream) if event.kind in ("admitted", "left", "start_dropped") else None
        if origin and event.effective < day:
            # An admission of an earlier day came late there, so it is late here too.
            found += decide_origin(ledger, origin, day, recorded)
        elif origin:
            ledger.wake([origin], day)
    return found


def grant_on_track(ledger: Ledger, row: TrackRow, day: date, recorded: str, counts: AdvanceCounts) -> bool:
    """Hand out what is free on a track; answers whether anything was given, so that people must be asked again.

    Args:
        ledger: Where tracks and enrolments are read and written.
        row: The snapshot of the track.
        day: The day that is decided.
        recorded: The UTC instant that new events are recorded at.
        counts: Gathers what is written.

    Returns:
        Whether anything was given.

    """
    view = track_view(ledger, row, None)
    claims = ledger.claims(row.id)
    given = decide_grants(view, claims, day)
    row.due = given.due
    events = _grant_people(ledger, row, given, day, recorded)
    read = len(given.people)
    if given.track:
        track_events = append(row, given.track, actor=ENGINE_ACTOR, recorded=recorded, version=row.version, track_hash=view.shared.hash)
        for event in track_events:
            row.state = evolve(row.state, event, event.seq)
        ledger.save([], track_events, [row])
        events += [*track_events, *_let_on(ledger, row, given.track, day, recorded)]
    # Where anything is given these claims are of before, and the slice comes here again.
    row.todos = track_todos(track_view(ledger, row, None), claims, day, lambda: ledger.load(ledger.members(row.id, EXITED)))
    joined = _admit(ledger, row, given.opened, day, recorded)
    counts.add([*events, *joined], read)
    return bool(events or joined)


def _grant_people(ledger: Ledger, row: TrackRow, given: Grants, day: date, recorded: str) -> list[Event]:
    if not given.people:
        return []
    people = ledger.load(sorted(given.people))
    events = []
    for one in people:
        view = person_view(ledger, row, one)
        events += append_drafts(one, given.people[one.stream], view, recorded)
        # What she was given may let her go on today: she is decided again in this slice.
        one.due = day
        refresh_claims(view, one, day)
    ledger.save(people, events)
    return events


def _let_on(ledger: Ledger, row: TrackRow, drafts: Sequence[Draft], day: date, recorded: str) -> list[Event]:
    """Wake those who wait for a shared step; an end that was told late is late for them too, and they go on from its own day."""
    ledger.wake(_waiting_for(ledger, row, [draft for draft in drafts if draft.effective == day]), day)
    people = ledger.load(_waiting_for(ledger, row, [draft for draft in drafts if draft.effective < day]))
    events: list[Event] = []
    for one in people:
        events += decide_again(ledger, row, one, ledger.events(one.stream), day, recorded)
    ledger.save(people, events)
    return events


def _waiting_for(ledger: Ledger, row: TrackRow, drafts: Iterable[Draft]) -> list[str]:
    """The members who may wait for, ask for the result of, or count from, a shared step that has begun or ended."""
    steps = {draft.step for draft in drafts if draft.kind in ("subject_step_ended", "subject_step_started")}
    if not steps:
        return []
    plan = ledger.plan(row.id, row.version)
    points = {p.step for s in plan.track.steps for p in (s.begins, s.until) if p}
    asked = {name for name in steps for rules in (*plan.when.values(), *plan.requires.values()) if rules.asks_result(name)}
    named = {name for step in plan.chain for name in plan.predecessors[step.id]} | points | asked
    claims = ledger.claims(row.id)
    if steps & named:
        return sorted({stream for stream, _ in claims})
    # In an earlier version, or in what was added for one of them, something may count from it.
    return sorted({stream for stream, claim in claims if isinstance(run := parse(claim.resource), SubjectRun) and run.step in steps})


def _admit(ledger: Ledger, row: TrackRow, opened: frozenset[str], day: date, recorded: str) -> list[Event]:
    """Admit those who accepted a start whose minimum is met; with the starts, because only here it is known."""
    if not opened:
        return []
    resources = {str(IntakePlace(start)) for start in opened}
    # Sorted, so that the same events are written in the same order whoever runs.
    streams = sorted({s for s, c in ledger.claims(row.id) if c.rank == "accepted" and c.resource in resources})
    people = ledger.load(streams)
    events = []
    for one in people:
        one.due = day
        events += advance_enrolment(ledger, row, one, day, recorded, opened=opened)
    ledger.save(people, events)
    return [*events, *_origins(ledger, people, events, day, recorded)]
