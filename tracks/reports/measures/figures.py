"""Every count of a report, so that what is hidden is decided for all of its tables together, and for a programme with its tracks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracks.engine.context.situation import WORK
from tracks.events.status import EXITED, UNDER_WAY
from tracks.privacy.cells import decide
from tracks.privacy.output_counts import KnownSum
from tracks.privacy.small_cells import LIMIT, mask_line, shown
from tracks.reports.measures.breakdowns import (
    DIMENSIONS,
    OFFER_FATES,
    breakdowns,
    is_hidden,
    masked_outcomes,
    offers_by,
    outcome_rows,
    rest_counts,
    summed_rows,
)
from tracks.reports.measures.headcounts import STEP_COLUMNS, is_overdue, masked_steps, planned_spending, status_rows, step_rows
from tracks.reports.measures.indicators import measure_goals, measure_programme
from tracks.reports.measures.population import UNKNOWN, join_transfers
from tracks.reports.measures.series import SERIES, in_work, masked_series, series_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import GoalDecision, Track
    from tracks.events.snapshots import Todo
    from tracks.privacy.cells import Cell, OutputCells
    from tracks.privacy.output_counts import Key
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord

WHOLE = ""  # the scope of a programme; a track's is its id
TOTAL = ""
AT_EXIT = "0"
IN_WORK = ("way", "work")
SHARE = ("numerator", "denominator")
BEGUN = ("now", "done", "not_passed", "interrupted")  # everybody who has a run of a step


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of a report's counts: the key of each begins with the scope, which is a track's id, or `WHOLE`."""

    limit: int
    cells: OutputCells = field(repr=False)
    scope: str = WHOLE

    def of(self, scope: str) -> Figures:
        """The same for the report of one track, or of the programme."""
        return replace(self, scope=scope)

    def shown(self, count: int | None, *key: str) -> Cell:
        """A count as it may be shown, given as its own table has it; None where it is hidden."""
        return self.cells.cell((self.scope, *key), count)

    def goal(self, goal: GoalMeasurement) -> dict[str, Cell]:
        """The counts of a goal as they may be shown, each by itself: a population that is known elsewhere is not hidden for show."""
        return {part: self.shown(count, "goal", goal.id, part) for part, count in _alone(goal, self.limit).items()}

    def goal_hidden(self, goal: GoalMeasurement) -> bool:
        """Whether the share of a goal is hidden."""
        return None in {self.goal(goal)[part] for part in SHARE}


def _alone(goal: GoalMeasurement, limit: int) -> dict[str, int | None]:
    """The counts of a goal, None where they hide one another."""
    counted = None if is_hidden(goal, limit) else goal.numerator
    return {"numerator": counted, "denominator": shown(goal.denominator, limit)} | rest_counts(goal, limit)


@dataclass(frozen=True, slots=True)
class CountedPeople:
    """What is counted on a day: everybody on some tracks, what is to be done, and the goals that a person has struck.

    `waiting` counts who waits in a step, by track and step; only a picture shows it, but what it hides must not follow from a report.
    """

    tracks: Sequence[Track]
    cases: Sequence[CaseRecord]
    todos: Sequence[tuple[str, Todo]]
    struck: Mapping[str, GoalDecision]
    day: date
    waiting: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, track: Track) -> CountedPeople:
        """The same of one of the tracks."""
        cases = [case for case in self.cases if case.track.track == track.track]
        streams = {case.stream for case in cases}
        return CountedPeople([track], cases, [row for row in self.todos if row[0] in streams], self.struck, self.day, self.waiting)

    @property
    def whole(self) -> Track:
        """The first track with the employers of all of them, because a programme's people are with any of those."""
        return replace(self.tracks[0], employers=tuple({e.id: e for one in self.tracks for e in one.employers}.values()))


def hidden_figures(people: CountedPeople, limit: int = LIMIT) -> Figures:
    """Decide what is hidden in the reports of some tracks, and in that of the programme that they are.

    Args:
        people: What is counted.
        limit: Counts of fewer people are hidden; 0 hides nothing.

    """
    book = _GatheredCounts(limit)
    for track in people.tracks:
        own = people.of(track)
        book.add(track.track, own, own.cases, measure_goals(track, own.cases, people.day, people.struck))
    if len(people.tracks) > 1:
        joined = join_transfers(people.cases)
        book.add(WHOLE, people, joined, measure_programme(people.tracks, joined, people.day, people.struck))
        book.join([track.track for track in people.tracks])
    return book.closed()


@dataclass(slots=True)
class _GatheredCounts:
    """Counts by key as they are gathered, what their own tables hide of them, and the sums that bind them."""

    limit: int
    counts: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    sums: list[KnownSum] = field(default_factory=list)
    unshown: set[Key] = field(default_factory=set)

    def closed(self) -> Figures:
        """What is hidden when all have been gathered."""
        return Figures(self.limit, decide(self.counts, self.hidden, self.sums, self.limit, self.unshown))

    def put(self, key: Key, count: int, shown_count: int | None) -> Key:
        """Enter one count, and what its table shows of it."""
        self.counts[key] = count
        if shown_count is None:
            self.hidden.add(key)
        return key

    def bind(self, total: Key, parts: Iterable[Key]) -> None:
        """Say that a count is a sum, where it is: people who are counted twice make it no sum."""
        parts = tuple(parts)
        if total not in self.counts:
            return
        known = all(part in self.counts for part in parts)
        if not known or self.counts[total] == sum(self.counts[part] for part in parts):
            self.sums.append(KnownSum(total, parts))

    def add(self, scope: str, people: CountedPeople, counted: Sequence[CaseRecord], goals: Sequence[GoalMeasurement]) -> None:
        """Enter every count of one report.

        Args:
            scope: The id of the track, or `WHOLE`.
            people: What is counted.
            counted: The cases whose outcomes count; in a programme a transfer within it is no exit.
            goals: The goals as measured.

        """
        self._statuses(scope, people)
        for track in people.tracks:
            self._steps(scope, people.of(track), track)
        self._exits(scope, people, counted, goals)
        self._goals(scope, goals)
        self._groups(scope, people, goals)
        self._offers(scope, people)
        self._costs(scope, people)
        self._over_time(scope, people, counted)

    def _statuses(self, scope: str, people: CountedPeople) -> None:
        rows = status_rows(people.cases)
        line = mask_line([count for _, count in rows], self.limit)
        names = [self.put((scope, "status", name), count, seen) for (name, count), seen in zip(rows, line.counts, strict=True)]
        self.bind(self.put((scope, "status", TOTAL), len(people.cases), line.total), names)
        if len(people.tracks) > 1:
            here = [sum(1 for c in people.cases if c.track.track == one.track and c.status in UNDER_WAY) for one in people.tracks]
            tracks = mask_line(here, self.limit)
            seen = zip(people.tracks, here, tracks.counts, strict=True)
            parts = [self.put((scope, "track", one.track), count, count_seen) for one, count, count_seen in seen]
            total = self.put((scope, "track", TOTAL), sum(here), tracks.total)
            self.bind(total, parts)
            self.bind(total, [(scope, "status", str(status)) for status in UNDER_WAY])

    def _steps(self, scope: str, people: CountedPeople, track: Track) -> None:
        rows = step_rows(track, people.cases, people.todos, people.day)
        for row, (_, seen) in zip(rows, masked_steps(rows, self.limit), strict=True):
            for column, count in zip(STEP_COLUMNS, seen, strict=True):
                self.put((scope, column, track.track, row.step), row.counts[column], count)
        late = Counter((todo.kind, todo.step, todo.role) for _, todo in people.todos if is_overdue(todo, people.day))
        for where, number in late.items():
            self.put((scope, "late", track.track, *where), number, shown(number, self.limit))
        for row in rows:
            parts = [(scope, "late", track.track, *where) for where in late if where[1] == row.step]
            self.bind((scope, "overdue", track.track, row.step), parts)
        self._late_by_kind(scope, late)
        if people.waiting:
            self._waiting(scope, people, track)

    def _waiting(self, scope: str, people: CountedPeople, track: Track) -> None:
        """Whoever is under way goes on with a step of the chain or waits in one, in a track without branches in exactly one."""
        steps = [step.id for step in track.steps if step.subject == "participant"]
        counts = [people.waiting.get((track.track, step), 0) for step in steps]
        seen = zip(steps, counts, mask_line(counts, self.limit).counts, strict=True)
        parts = [self.put((scope, "waiting", track.track, step), count, to) for step, count, to in seen]
        # No table shows how many wait in all, and that they are few must not follow from those that do.
        self.bind(self.put((scope, "waiting", track.track, TOTAL), sum(counts), None), parts)
        stands = [(scope, how, track.track, step.id) for step in track.steps if not step.beside for how in ("now", "waiting")]
        under_way = [(track.track, "status", str(status)) for status in sorted(UNDER_WAY)]
        if sum(self.counts.get(key, 0) for key in stands) == sum(self.counts.get(key, 0) for key in under_way):
            # The number of those under way stands in no table of the track.
            everybody = (scope, "under way", track.track)
            self.sums += [KnownSum(everybody, tuple(stands)), KnownSum(everybody, tuple(under_way))]

    def _late_by_kind(self, scope: str, late: Mapping[tuple[str, str, str], int]) -> None:
        for kind in {where[0] for where in late}:
            key = (scope, "late", kind)
            number = self.counts.get(key, 0) + sum(count for where, count in late.items() if where[0] == kind)
            self.put(key, number, number)
            self.sums = [one for one in self.sums if one.total != key]
            self.bind(key, [one for one in self.counts if one[:2] == key[:2] and len(one) > len(key) and one[3] == kind])

    def _exits(self, scope: str, people: CountedPeople, counted: Sequence[CaseRecord], goals: Sequence[GoalMeasurement]) -> None:
        points = [None, *(one for one in people.tracks[0].follow_up if one is not None)]
        for n, point in enumerate(points):
            rows = outcome_rows(counted, people.day, point)
            line = masked_outcomes(rows, () if point else goals, self.limit)
            seen = zip(rows, line.rows, strict=True)
            parts = [self.put((scope, "exit", str(n), name), count, one.number) for (name, count), one in seen]
            total = self.put((scope, "exit", str(n), TOTAL), sum(count for _, count in rows), line.total)
            self.bind(total, parts)
            self.bind(total, [(scope, "exit", AT_EXIT, TOTAL)] if n else parts)
        onward = sum(1 for case in counted if case.exit and case.onward)
        self.put((scope, "onward"), onward, shown(onward, self.limit))

    def _goals(self, scope: str, goals: Sequence[GoalMeasurement]) -> None:
        names = [key[3] for key in self.counts if key[:3] == (scope, "exit", AT_EXIT) and key[3]]
        for goal in goals:
            for part, count in _alone(goal, self.limit).items():
                self.put((scope, "goal", goal.id, part), getattr(goal, part), count)
            self._rest(scope, goal)
            among = goal.measure.among if goal.measure else None
            if among == "exits":
                self.bind((scope, "goal", goal.id, "denominator"), [(scope, "exit", AT_EXIT, TOTAL)])
            if among == "admitted":
                self.bind((scope, "goal", goal.id, "denominator"), [(scope, "admitted")])
            if rows := summed_rows(goal, names):
                self.bind((scope, "goal", goal.id, "numerator"), [(scope, "exit", AT_EXIT, names[n]) for n in sorted(rows)])
            if among == "exits":
                self.bind((scope, "goal", goal.id, "unknown"), [(scope, "exit", AT_EXIT, UNKNOWN)])
            if among == "not_goal" and goal.measure:
                other = goal.measure.among_goal or ""
                parts = [(scope, "goal", goal.id, "denominator"), (scope, "goal", other, "numerator")]
                self.bind((scope, "goal", other, "denominator"), parts)
                self.bind((scope, "goal", goal.id, "unknown_there"), [(scope, "goal", other, "unknown")])

    def _rest(self, scope: str, goal: GoalMeasurement) -> None:
        """Whom a goal counts, one part of those whom it does not, and the others are all of its population; none is less than nobody."""
        for part in ("unknown", "not_yet"):
            others = goal.denominator - goal.numerator - getattr(goal, part)
            if others >= 0:
                key = self.put((scope, "goal", goal.id, f"not {part}"), others, None)
                self.unshown.add(key)
                self.bind((scope, "goal", goal.id, "denominator"), [(scope, "goal", goal.id, one) for one in ("numerator", part)] + [key])

    def _groups(self, scope: str, people: CountedPeople, goals: Sequence[GoalMeasurement]) -> None:
        measured = [goal for goal in goals if goal.answers]
        for name, tables in breakdowns(measured, people.whole, self.limit).items():
            for one in tables:
                if one.withheld:
                    continue
                for n, part in enumerate(SHARE):
                    seen = [(row.numerator, row.denominator)[n] for row in one.rows]
                    parts = [(scope, "group", name, one.by, row.name, part) for row in one.rows]
                    for key, counts, count in zip(parts, one.truth, seen, strict=True):
                        self.put(key, counts[n], count)
                    self.bind((scope, "goal", name, part), parts)

    def _offers(self, scope: str, people: CountedPeople) -> None:
        found = offers_by(people.cases, DIMENSIONS[0], people.whole, people.day, self.limit)
        plain = offers_by(people.cases, DIMENSIONS[0], people.whole, people.day, 0)
        names = [row.name for row in plain.rows]
        away = (scope, "status", "declined") in self.hidden
        for row, seen in zip((*plain.rows, plain.total), (*found.rows, found.total), strict=True):
            hide = away or (found.withheld and bool(row.name))
            numbers = zip(("made", *OFFER_FATES), (row.offers, *row.fates), (seen.offers, *seen.fates), strict=True)
            made, *fates = [self.put((scope, "offer", row.name, what), n or 0, None if hide else to) for what, n, to in numbers]
            self.bind(made, fates)
        for what in ("made", *OFFER_FATES):
            self.bind((scope, "offer", TOTAL, what), [(scope, "offer", name, what) for name in names])
        # What an offer has come to is where whoever got it stands, as long as nothing else has come of her since.
        for fate, status in (("declined", "declined"), ("open", "offered")):
            self.bind((scope, "offer", TOTAL, fate), [(scope, "status", status)])

    def _costs(self, scope: str, people: CountedPeople) -> None:
        found = planned_spending(people.cases, people.day)
        admitted = self.put((scope, "admitted"), found.participants, shown(found.participants, self.limit))
        for name in ("costing", "lasting", "busy"):
            number = getattr(found, name)
            self.put((scope, name), number, shown(number, self.limit))
        # A place is had by an accepted offer (rule R36).
        self.bind((scope, "offer", TOTAL, "accepted"), [admitted, (scope, "status", "accepted")])
        # Everybody was admitted who is under way or has left; before admission nobody has an exit (rule R51).
        under_way = [(scope, "status", str(status)) for status in sorted(UNDER_WAY)]
        self.bind(admitted, [*under_way, (scope, "exit", AT_EXIT, TOTAL)])
        left = [(scope, "status", str(status)) for status in sorted(EXITED)]
        self.bind(admitted, [*under_way, *left])
        self.bind((scope, "exit", AT_EXIT, TOTAL), left)
        costed = [(track.track, step) for track in people.tracks for step in track.steps if step.cost]
        # With one step that costs, the sum of kronor tells how many have begun it.
        if len(costed) == 1:
            track, step = costed[0]
            self.bind((scope, "costing"), [(scope, column, track, step.id) for column in BEGUN])

    def _over_time(self, scope: str, people: CountedPeople, counted: Sequence[CaseRecord]) -> None:
        working = sum(1 for case in counted if in_work(case))
        total = self.put((scope, *IN_WORK), working, shown(working, self.limit))
        self.bind(total, [(scope, "exit", AT_EXIT, what) for what in sorted(WORK)])
        rows = series_rows(people.cases, counted, people.day)
        totals: tuple[Key, ...] = ((scope, "admitted"), (scope, "exit", AT_EXIT, TOTAL), total)
        for row, (span, counts) in zip(rows, masked_series(rows, self.limit), strict=True):
            for name, count, seen in zip(SERIES, row.counts, counts, strict=True):
                self.put((scope, "time", name, str(span)), count, seen)
            left, work = ((scope, "time", name, str(span)) for name in SERIES[1:])
            # Nobody was in work as she left who did not leave.
            rest = self.put((scope, "time", "left otherwise", str(span)), row.counts[1] - row.counts[2], None)
            self.unshown.add(rest)
            self.bind(left, [work, rest])
        for name, key in zip(SERIES, totals, strict=True):
            self.bind(key, [(scope, "time", name, str(row.span)) for row in rows])

    def join(self, scopes: Sequence[str]) -> None:
        """Bind every count of a programme to those of its tracks, where it is their sum."""
        for key in [key for key in self.counts if key[0] == WHOLE]:
            # Of a step the programme counts what its own track does.
            parts = [(scope, *key[1:]) for scope in scopes if (scope, *key[1:]) in self.counts]
            if parts:
                self.bind(key, parts)
