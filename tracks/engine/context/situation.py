"""One person's situation on one day, as conditions ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracks.engine.context.age import age_on, birthday_after
from tracks.events.fold import choosers, start_of
from tracks.events.kinds.table import kind_that_set
from tracks.events.outcomes import OUTCOME_FIELDS, outcome_said
from tracks.events.resources import EmployerStart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.inputs import View
    from tracks.events.fold import Field, Progress

WORK = frozenset({"work", "work_with_support"})


class ReportedOutcome(NamedTuple):
    """An outcome: the day it is about, what it was, and with which employer."""

    day: date
    position: int
    what: str
    employer: str | None


def outcomes(progress: Progress) -> list[ReportedOutcome]:
    """Everything ever said of the outcome, in order of day: by itself, with a report or an end, or in a follow-up (rules R18, R45)."""
    found = []
    for (_, _, name), field in progress.fields.items():
        field_of = name.partition(":")[0]
        if field_of not in OUTCOME_FIELDS:
            continue
        said = outcome_said(kind_that_set(field_of, field.value), field.value)
        if said:
            found.append(ReportedOutcome(field.effective, field.position, said.what, said.employer))
    # Of one day the outcome that was recorded last is the latest.
    return sorted(found)


def employed_since(said: list[ReportedOutcome]) -> date | None:
    """The first day of the latest employment that has not ended (rule R29)."""
    since, employer = None, None
    for one in said:
        if one.what not in WORK:
            since, employer = None, None
        # Another employer is a new employment; one that nobody named may be the same.
        elif since is None or (one.employer and employer and one.employer != employer):
            since, employer = one.day, one.employer
        else:
            employer = one.employer or employer
    return since


def outcome_now(said: list[ReportedOutcome]) -> ReportedOutcome | None:
    """The latest outcome, from the day since which it has been so: one that is only said once more keeps its day and its employer."""
    now: ReportedOutcome | None = None
    for one in said:
        same = now and one.what == now.what and (not one.employer or not now.employer or one.employer == now.employer)
        now = now._replace(employer=now.employer or one.employer) if now and same else one
    return now


def awaits_outcome(progress: Progress) -> bool:
    """Whether what outlives the exit does not go on but waits to be told of an employment (rule R30)."""
    return progress.exited is not None and employed_since(outcomes(progress)) is None


def lost_work(said: list[ReportedOutcome]) -> date | None:
    """The day on which the latest employment ended, if one has."""
    lost, working = None, False
    for one in said:
        if working and one.what not in WORK:
            lost = one.day
        working = one.what in WORK
    return lost


def result_of(progress: Progress, step: str) -> str | None:
    """The result of the latest run (rule R24): None until it ends."""
    ended = progress.value("ended", step, progress.attempts(step))
    return ended["result"] if ended else None


def placement(progress: Progress) -> str | None:
    """The employer of the latest placement."""
    placed = [field for (_, _, name), field in progress.fields.items() if name == "placed"]
    return max(placed, key=lambda f: (f.effective, f.position)).value["employer"] if placed else None


def at_employers(steps: Iterable[Step]) -> frozenset[str]:
    """The ids of the steps that are at an employer."""
    return frozenset(step.id for step in steps if step.needs_employer)


def common_start(progress: Progress) -> str:
    """The common start that a person was, or will be, admitted to."""
    admitted = progress.value("admitted")
    return str(admitted.get("start", "")) if admitted else start_of(progress)


def employers_meant(view: View, progress: Progress) -> list[str]:
    """Whom a step about the employer means for a person: where she is placed or works, before that all of her start."""
    placed = placement(progress) or next((said.employer for said in reversed(outcomes(progress)) if said.employer), None)
    if placed:
        return [placed]
    start = view.start_named(common_start(progress))
    return [e.id for e in view.shared.track.employers if start is None or not start.employers or e.id in start.employers]


def own_run(view: View, progress: Progress, step: Step, mark: str) -> Field | None:
    """What stands of the run of a shared step that is a person's own: of her start, and of the employer where she is placed (rule R32).

    Args:
        view: What decisions are taken with.
        progress: The fold of her enrolment.
        step: The shared step.
        mark: `subject_started` or `subject_ended`.

    Returns:
        The field; None also while nobody has said which of several employers is hers.

    """
    employers = employers_meant(view, progress) if step.subject == "employer" else [""]
    if len(employers) != 1:
        return None
    return view.state.get(f"{mark}:{EmployerStart(employers[0], common_start(progress))}", step.id, 1)


class Situation:
    """The environment of conditions for one enrolment on one day; see `definitions.conditions.compiler.Env`."""

    __slots__ = ("_outcomes", "day", "progress", "view")

    def __init__(self, view: View, progress: Progress, day: date) -> None:
        self.view, self.progress, self.day = view, progress, day
        self._outcomes: list[ReportedOutcome] | None = None

    def fact(self, name: str) -> Any | None:
        """The latest value by day, or None where it is unknown."""
        if name == "channel":
            return (self.progress.value("referred") or {}).get("channel")
        if name == "selected":
            return True if choosers(self.progress, at_employers(self.view.own.steps.values())) else None
        if name == "employer":
            return placement(self.progress)
        return self.progress.value(f"fact:{name}")

    def employers(self) -> frozenset[str]:
        """The ids of the track's employers in force."""
        return frozenset(e.id for e in self.view.shared.track.employers)

    def _born(self) -> str | None:
        referred: Mapping[str, Any] = self.progress.value("referred") or {}
        return referred.get("born")

    def age(self) -> int | None:
        """Whole years on the day."""
        return age_on(self._born(), self.day)

    def next_birthday(self) -> date | None:
        """The next day on which the age changes."""
        return birthday_after(self._born(), self.day)

    def outcomes(self) -> list[ReportedOutcome]:
        """The outcomes, worked out once."""
        if self._outcomes is None:
            self._outcomes = outcomes(self.progress)
        return self._outcomes

    def outcome(self) -> str:
        """The latest outcome; `unknown` until one is reported (rules R45, R47)."""
        said = self.outcomes()
        return said[-1].what if said else "unknown"

    def employed_since(self) -> date | None:
        """The first day of the present employment."""
        return employed_since(self.outcomes())

    def result(self, step: str) -> str | None:
        """The result of the step's latest run."""
        about = self.view.own.steps.get(step)
        if about is None or about.subject == "participant":
            return result_of(self.progress, step)
        ended = own_run(self.view, self.progress, about, "subject_ended")
        return ended.value["result"] if ended and ended.effective <= self.day else None
