"""How many stand where: people by status and by step, what is overdue, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.engine.context.run_ends import ENDS, end_of
from tracks.engine.context.step_runs import as_begun, started_on
from tracks.events.fold import pauses
from tracks.events.status import OPEN, Status
from tracks.privacy.small_cells import mask_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Step, Track
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Todo
    from tracks.reports.measures.population import CaseRecord


class Spending(NamedTuple):
    """Planned cost and hours of those admitted (rule R50); hours and weeks are in days' sevenths, to be divided late.

    `costing`, `lasting` and `busy` are how many people the kronor, the days and the hours are of.
    """

    participants: int
    kronor: int
    hours_in_sevenths: int
    days: int
    costing: int
    lasting: int
    busy: int


def status_rows(cases: Iterable[CaseRecord]) -> tuple[tuple[str, int], ...]:
    """Everybody in exactly one row, by status; those left out of all statistics are not here."""
    counts: dict[Status, int] = {status: 0 for status in Status if status is not Status.MISREGISTERED}
    for case in cases:
        counts[case.status] += 1
    return tuple((str(status), count) for status, count in counts.items())


# What is counted of a step, in order of the columns: where people are with it, and for how many something is late.
STEP_COLUMNS: Final = ("now", *ENDS, "overdue")


@dataclass(frozen=True, slots=True)
class StepCount:
    """People at one step, by `STEP_COLUMNS`; `earlier` where only an earlier version has it, in which people still go or went on."""

    step: str
    name: str
    counts: Mapping[str, int]
    earlier: bool = False


def step_rows(track: Track, cases: Sequence[CaseRecord], todos: Iterable[tuple[str, Todo]], as_of: date) -> tuple[StepCount, ...]:
    """Count people per step in the order written; a person in parallel steps stands in each.

    Whoever follows an earlier version goes on in its steps, so those that it alone has stand last, if anybody came to them.

    Args:
        track: The version in force.
        cases: The enrolments.
        todos: What is to be done, each with its stream.
        as_of: The day that the counts are as of.

    """
    late: dict[str, set[str]] = {}
    for stream, todo in todos:
        if is_overdue(todo, as_of):
            # People are counted, not todos: two that are late at one step are one person.
            late.setdefault(todo.step, set()).add(stream)
    earlier = _earlier_steps(track, cases)
    people = [step for step in (*track.steps, *earlier) if step.subject == "participant"]
    return tuple(_step_count(step, cases, len(late.get(step.id, ())), earlier=step in earlier) for step in people)


def _earlier_steps(track: Track, cases: Iterable[CaseRecord]) -> list[Step]:
    """The steps that only earlier versions have and that somebody has come to; what was added for one person alone is none of them."""
    known = {step.id for step in track.steps}
    found: dict[str, Step] = {}
    for case in cases:
        found |= {s.id: s for s in case.track.steps if s.id not in known and case.progress.attempts(s.id) and not _is_added(case, s)}
    return list(found.values())


def _is_added(case: CaseRecord, step: Step) -> bool:
    return case.progress.get("added", step.id) is not None


def _step_count(step: Step, cases: Sequence[CaseRecord], overdue: int, *, earlier: bool) -> StepCount:
    # What stands beside the chain may go on after exit (rule R30).
    places = [standing_of(case.progress, step, running=step.beside or case.status in OPEN) for case in cases]
    return StepCount(step.id, step.name, {**{name: places.count(name) for name in STEP_COLUMNS[:-1]}, "overdue": overdue}, earlier)


def masked_steps(rows: Sequence[StepCount], limit: int) -> list[tuple[str, tuple[int | None, ...]]]:
    """People per step as they may be shown: each column as if it had a total, because it may have one."""
    columns = [mask_line([row.counts[name] for row in rows], limit).counts for name in STEP_COLUMNS[:-1]]
    columns.append(tuple(shown(row.counts["overdue"], limit) for row in rows))
    return [(row.name, tuple(column[n] for column in columns)) for n, row in enumerate(rows)]


def standing_of(progress: Progress, step: Step, *, running: bool) -> str:
    """Find where somebody stands with a step: now, how it ended (`ENDS`), or empty where it was not reached.

    Args:
        progress: The fold of the enrolment.
        step: The step.
        running: Whether a step that has started can still be under way; else the exit broke it off.

    """
    attempt = progress.attempts(step.id)
    ended = progress.value("ended", step.id, attempt)
    if ended:
        return end_of(ended["result"])
    return ("now" if running else "interrupted") if attempt else ""


def is_overdue(todo: Todo, as_of: date) -> bool:
    """Whether the day by which something should be done has passed."""
    return todo.due is not None and todo.due < as_of


def planned_spending(cases: Iterable[CaseRecord], as_of: date) -> Spending:
    """Sum planned cost and hours up to a day: whole at each run's start, or for each week begun; days paused are not counted."""
    admitted = [case for case in cases if case.admitted and case.admitted <= as_of]
    each = [_spent(case, as_of) for case in admitted]
    kronor, sevenths, days = (sum(one[n] for one in each) for n in range(3))
    costing, busy, lasting = (sum(1 for one in each if one[n]) for n in range(3))
    return Spending(len(admitted), kronor, sevenths, days, costing, lasting, busy)


def _spent(case: CaseRecord, as_of: date) -> tuple[int, int, int]:
    """Kronor, hours in sevenths, and days of one person."""
    kronor = sevenths = 0
    for step in case.track.steps:
        for run in range(1, case.progress.attempts(step.id) + 1):
            weeks, run_days = _weeks(case, step, run, as_of)
            if step.cost and weeks is not None:
                kronor += step.cost.kronor * (weeks if step.cost.weekly else 1)
            sevenths += (as_begun(case.progress, step, run).hours_per_week or 0) * run_days
    return kronor, sevenths, max(0, ((case.exit or as_of) - (case.admitted or as_of)).days)


def _weeks(case: CaseRecord, step: Step, run: int, as_of: date) -> tuple[int | None, int]:
    """Weeks begun and days run; None where the run has not started."""
    started = started_on(case.progress, step.id, run)
    if started is None or started > as_of:
        return None, 0
    end = min(case.progress.on("ended", step.id, run) or case.exit or as_of, as_of)
    days = max(0, (end - started).days - (_paused(case, started, end) if step.pauses_move else 0))
    # A week begun counts whole (rule R50), and a run has begun one on its first day.
    return max(1, -(-days // 7)), days


def _paused(case: CaseRecord, start: date, end: date) -> int:
    spans = ((max(first, start), min(back or end, end)) for first, back in pauses(case.progress))
    return sum(max(0, (last - first).days) for first, last in spans)
