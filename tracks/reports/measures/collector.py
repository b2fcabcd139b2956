"""Collects what a report is made from out of a ledger: histories with their pinned versions, todos, goals struck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from definitions.model.track import GoalDecision
from tracks.engine.context.input_builder import person_view
from tracks.events.fold import standing_then
from tracks.events.histories import History
from tracks.events.status import Status
from tracks.events.streams import track_stream
from tracks.queries.explain.step_counts import crowd
from tracks.reports.measures.figures import CountedPeople
from tracks.reports.measures.population import cases_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, Todo, TrackRow
    from tracks.reports.measures.population import CaseRecord


class ReportLedger(Protocol):
    """What is read of a ledger."""

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track."""

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in some statuses."""

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of some streams."""

    def events(self, stream: str) -> list[Event]:
        """The log of one stream."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What is known of some tracks: the versions in force and their hashes, everybody on them, and what is to be done.

    Cases are one per enrolment; a programme's own counting joins them. Todos are as of now.
    """

    tracks: tuple[Track, ...]
    hashes: Mapping[str, str]
    cases: tuple[CaseRecord, ...]
    todos: tuple[tuple[str, Todo], ...]
    struck: Mapping[str, GoalDecision]


def collect(ledger: ReportLedger, names: Sequence[str], day: date | None = None, known: str | None = None) -> ReportData:
    """Collect everything about some tracks.

    Args:
        ledger: The ledger.
        names: The ids of the tracks; those that are not there are left out.
        day: The day as of which the answer is true; None for now.
        known: The instant before which it was known; None for now.

    """
    tracks: list[Track] = []
    hashes: dict[str, str] = {}
    histories: list[History] = []
    todos: list[tuple[str, Todo]] = []
    struck: dict[str, GoalDecision] = {}
    for name in names:
        row = ledger.track(name)
        if row is None:
            continue
        plan = ledger.plan(name, row.version)
        tracks.append(plan.track)
        hashes[name] = plan.hash.hex()
        struck |= struck_goals(ledger.events(track_stream(name)), day, known)
        for one in ledger.load(ledger.members(name, frozenset(Status))):
            # Steps and facts follow the version that the person was admitted under (rule R6).
            pinned = ledger.plan(name, one.version) if one.version else plan
            events = ledger.events(one.stream)
            if standing_then(events, day, known):
                histories.append(History(one.stream, one.ref, pinned.track, events, day, known))
                todos += [(one.stream, todo) for todo in one.todos]
    return ReportData(tuple(tracks), hashes, tuple(cases_of(histories)), tuple(todos), struck)


def collect_people(ledger: ReportLedger, found: ReportData, day: date) -> CountedPeople:
    """Count whom a report of collected tracks is about on a day, now.

    Args:
        ledger: The ledger that it was collected out of.
        found: What was collected.
        day: The day it is.

    """
    waiting: dict[tuple[str, str], int] = {}
    for track in found.tracks:
        row = ledger.track(track.track)
        if row is None:
            continue
        everybody = ledger.load(ledger.members(track.track, frozenset(Status)))
        stands = crowd(((person_view(ledger, row, one), one) for one in everybody), day, row.state)
        waiting |= {(track.track, step): count for step, count in stands.waiting.items()}
    return CountedPeople(found.tracks, found.cases, found.todos, found.struck, day, waiting)


def struck_goals(events: Sequence[Event], day: date | None = None, known: str | None = None) -> dict[str, GoalDecision]:
    """List the goals that a person has struck on a track, and why.

    Args:
        events: The log of the track's own stream.
        day: The day as of which the answer is true; None for now.
        known: The instant before which it was known; None for now.

    """
    return {
        event.data["goal"]: GoalDecision(date=event.effective, by=event.actor, reason=str(event.data.get("reason", "")))
        for event, _ in standing_then(events, day, known)
        if event.kind == "goal_struck"
    }
