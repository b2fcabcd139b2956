"""Goals and indicators: who is counted, among whom, on which day - with everything needed to check the share by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from definitions.model.calendar import add
from tracks.reports.measures.conditions import compile_conditions
from tracks.reports.measures.population import UNKNOWN, CaseEnv, CaseRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Comparison, Goal, GoalDecision, Measure, Track
    from definitions.model.values import Threshold
    from tracks.reports.measures.conditions import CountingRules


class Answer(StrEnum):
    """What a measure says of one case."""

    COUNTED = "counted"
    OTHERWISE = "otherwise"
    UNKNOWN = "unknown"  # no outcome reported, or a fact is missing
    NOT_YET = "not_yet"  # the day has not come, or a job has not lasted long enough to be known


@dataclass(frozen=True, slots=True)
class GoalMeasurement:
    """A goal as measured. The four counts of `answers` sum to the denominator.

    `definition` names what was counted: the indicator, else track and goal. `unplaced` is how many could not be placed in
    or out of a population that is a condition; `unknown_there` how many stand in it because another goal knew nothing of
    them. `over` says that the day that all are measured on has come. `met` is None while the answer is open.
    """

    id: str
    name: str
    definition: str
    measure: Measure | None
    day: date
    answers: tuple[tuple[CaseRecord, Answer], ...] = ()
    unplaced: int = 0
    unknown_there: int = 0
    over: bool = True
    met: bool | None = None
    at_least: Threshold | None = None
    at_most: Threshold | None = None
    struck: GoalDecision | None = None
    comparison: Comparison | None = None
    source: str | None = None

    def count(self, answer: Answer) -> int:
        """How many have this answer."""
        return sum(1 for _, given in self.answers if given is answer)

    @property
    def numerator(self) -> int:
        """How many are counted."""
        return self.count(Answer.COUNTED)

    @property
    def denominator(self) -> int:
        """How many they are counted among."""
        return len(self.answers)

    @property
    def unknown(self) -> int:
        """How many nothing is known of; a row of its own, never counted."""
        return self.count(Answer.UNKNOWN)

    @property
    def not_yet(self) -> int:
        """How many cannot be known yet."""
        return self.count(Answer.NOT_YET)

    @property
    def final(self) -> bool:
        """Whether the day has come for all, so that time alone changes nothing any more."""
        return self.over and not self.not_yet

    @property
    def share(self) -> Fraction | None:
        """Numerator by denominator; None where there is nobody, or nobody whose day has come."""
        return Fraction(self.numerator, self.denominator) if self.denominator > self.not_yet else None


@dataclass(frozen=True, slots=True)
class _CompiledMeasure:
    """A measure with its conditions compiled."""

    measure: Measure
    track: Track
    counts: CountingRules
    among: CountingRules


def measure_goals(
    track: Track, cases: Sequence[CaseRecord], as_of: date, struck: Mapping[str, GoalDecision] | None = None
) -> tuple[GoalMeasurement, ...]:
    """Measure every goal of the version in force on what is known on a day.

    Args:
        track: The version in force.
        cases: The enrolments.
        as_of: The day.
        struck: The goals that a person has struck since, by id.

    """
    done: dict[str, GoalMeasurement] = {}
    for goal in _in_order(track.goals):
        done[goal.id] = _goal(track, goal, cases, as_of, done, (struck or {}).get(goal.id))
    return tuple(done[goal.id] for goal in track.goals)


def measure_programme(
    tracks: Sequence[Track], cases: Sequence[CaseRecord], as_of: date, struck: Mapping[str, GoalDecision] | None = None
) -> tuple[GoalMeasurement, ...]:
    """Measure the goals that all tracks of a programme share, over all of it.

    Args:
        tracks: The versions in force.
        cases: The enrolments, joined by `population.join_transfers`.
        as_of: The day.
        struck: The goals that a person has struck since, by id.

    """
    first, *others = tracks
    shared = tuple(goal for goal in first.goals if all(_has(track, goal, first) for track in others))
    whole = replace(
        first,
        goals=shared,
        # A condition of a shared goal may ask for a fact of any of the tracks.
        facts={name: fact for track in tracks for name, fact in track.facts.items()},
        employers=tuple({employer.id: employer for track in tracks for employer in track.employers}.values()),
    )
    return measure_goals(whole, cases, as_of, struck)


def _has(track: Track, goal: Goal, first: Track) -> bool:
    other = next((g for g in track.goals if g.id == goal.id), None)
    if other is None or (other.at_least, other.at_most) != (goal.at_least, goal.at_most):
        return False
    return measure_of(track, other) == measure_of(first, goal)


def measure_of(track: Track, goal: Goal) -> Measure | None:
    """Find what a goal counts: its own measure, or the ready indicator with the goal's own population or day where it names one."""
    ready = track.indicators[goal.indicator].measure if goal.indicator in track.indicators else None
    own = goal.measure
    if ready is None or own is None:
        return own or ready
    return own if own.counts else replace(own, counts=ready.counts)


def _in_order(goals: Sequence[Goal]) -> Iterator[Goal]:
    """Put goals whose population is another goal's rest after that one."""
    waiting, given = list(goals), set[str]()
    while waiting:
        ready = [g for g in waiting if not (g.measure and g.measure.among_goal in {w.id for w in waiting} - {g.id})]
        # Goals that wait for one another in a circle are taken as they stand, rather than never.
        for goal in ready or waiting:
            if goal.id not in given:
                given.add(goal.id)
                yield goal
        waiting = [g for g in waiting if g.id not in given]


def _goal(
    track: Track, goal: Goal, cases: Sequence[CaseRecord], as_of: date, done: Mapping[str, GoalMeasurement], struck: GoalDecision | None
) -> GoalMeasurement:
    definition = goal.indicator or f"{track.track}.{goal.id}"
    verdict = struck or (goal.decision if goal.status == "struck" else None)
    measure = measure_of(track, goal)
    plain = GoalMeasurement(goal.id, goal.name, definition, measure, as_of, struck=verdict, comparison=goal.comparison)
    # A struck goal is not measured, so that no figure stands beside the decision.
    if measure is None or verdict is not None:
        return plain
    asked = _CompiledMeasure(
        measure, track, compile_conditions(measure.counts, track.facts), compile_conditions(measure.among_rule, track.facts)
    )
    day, final = last_day(measure, track, as_of)
    other = done.get(measure.among_goal or "")
    population, unplaced = _population(asked, cases, day, as_of, other)
    answers = tuple((case, _answer(asked, case, as_of)) for case in population)
    return GoalMeasurement(
        goal.id, goal.name, definition, measure, day, answers, unplaced, other.unknown if other else 0, final,
        goal_met(answers, goal.at_least, goal.at_most, final=final), goal.at_least, goal.at_most, None, goal.comparison,
        track.indicators[goal.indicator].source if goal.indicator in track.indicators else None,
    )  # fmt: skip


def last_day(measure: Measure, track: Track, as_of: date) -> tuple[date, bool]:
    """Find the last day that a measure looks at.

    Args:
        measure: The measure.
        track: The version in force, for the end of its period.
        as_of: The day that the figures are as of.

    Returns:
        The day, and whether it has come.

    """
    end = {"date": measure.at_date, "end of period": track.period.until, "ever": track.period.until}.get(measure.at)
    if measure.at in ("exit", "length") or (measure.at == "ever" and end is None):
        return as_of, True
    return (end, True) if end is not None and end <= as_of else (as_of, False)


def _population(
    asked: _CompiledMeasure, cases: Sequence[CaseRecord], day: date, as_of: date, other: GoalMeasurement | None
) -> tuple[list[CaseRecord], int]:
    """Rule R51: everybody admitted, or gone, by the day; or those a condition is true of; or the rest of another goal."""
    match asked.measure.among:
        case "not_goal":
            return ([c for c, given in other.answers if given is not Answer.COUNTED] if other else []), 0
        case "exits":
            return [c for c in cases if c.exit and c.exit <= day], 0
        case "admitted":
            return [c for c in cases if c.admitted and c.admitted <= day], 0
        case "condition":
            found: list[CaseRecord] = []
            unplaced = 0
            for case in (c for c in cases if c.admitted and c.admitted <= day):
                true = asked.among.holds(CaseEnv(case, asked.track, _own_day(asked.measure, case, asked.track, as_of) or as_of, as_of))
                found += [case] if true else []
                unplaced += true is None
            return found, unplaced


def _own_day(measure: Measure, case: CaseRecord, track: Track, as_of: date) -> date | None:
    """The day on which one case is measured; None while it lies ahead."""
    if measure.at not in ("exit", "length"):
        return last_day(measure, track, as_of)[0]
    if case.exit is None:
        return None
    day = add(case.exit, measure.at_length) if measure.at == "length" and measure.at_length else case.exit
    return day if day <= as_of else None


def _answer(asked: _CompiledMeasure, case: CaseRecord, as_of: date) -> Answer:
    day = _own_day(asked.measure, case, asked.track, as_of)
    if day is None:
        return Answer.NOT_YET
    if asked.measure.at != "ever":
        return _on(asked, case, day, as_of)
    # Counted on any one day is counted; else what is still open may become so.
    given = [_on(asked, case, one, as_of) for one in _days(asked, case, day, as_of)]
    return next((answer for answer in (Answer.COUNTED, Answer.NOT_YET) if answer in given), given[-1])


def _on(asked: _CompiledMeasure, case: CaseRecord, day: date, as_of: date) -> Answer:
    env = CaseEnv(case, asked.track, day, as_of)
    true = asked.counts.holds(env)
    if true:
        return Answer.COUNTED
    if true is None:
        return Answer.NOT_YET if env.waits else Answer.UNKNOWN
    # An outcome that nobody has reported is no other outcome.
    return Answer.UNKNOWN if asked.counts.asks_outcome and env.outcome() == UNKNOWN else Answer.OTHERWISE


def _days(asked: _CompiledMeasure, case: CaseRecord, last: date, as_of: date) -> Iterator[date]:
    """Every day from admission to the last on which the answer may be another than the day before."""
    first = case.admitted or last
    # Between these days only time itself can change an answer, and conditions say when it does.
    said = {event.effective for event, _ in case.events} | {one.day for one in case.outcomes}
    waiting = sorted({first, last} | {day for day in said if first < day < last}, reverse=True)
    while waiting:
        day = waiting.pop()
        yield day
        turn = asked.counts.flips(CaseEnv(case, asked.track, day, as_of))
        if turn and turn > day and turn <= last and (not waiting or turn < waiting[-1]):
            waiting.append(turn)


def goal_met(answers: Sequence[tuple[CaseRecord, Answer]], least: Threshold | None, most: Threshold | None, *, final: bool) -> bool | None:
    """Find whether a goal is met, as soon as nothing that is not known yet could change the answer.

    Args:
        answers: The enrolments that are counted among, each with its answer.
        least: What is to be reached at least.
        most: What is to be reached at most.
        final: Whether no day of measuring lies ahead.

    Returns:
        Whether it is met; None while that is open.

    """
    if not answers or (least is None and most is None):
        return None
    low = sum(1 for _, given in answers if given is Answer.COUNTED)
    high = low + sum(1 for _, given in answers if given is Answer.NOT_YET)
    # Every count that open answers can still make: a goal is settled where all give the same verdict.
    verdicts = {_within(count, len(answers), least, most) for count in range(low, high + 1)}
    return verdicts.pop() if final and len(verdicts) == 1 else None


def _within(count: int, among: int, least: Threshold | None, most: Threshold | None) -> bool:
    def value(threshold: Threshold) -> Fraction:
        # No floating point: who reaches exactly the goal has met it.
        return Fraction(count * 100, among) if threshold.share else Fraction(count)

    return (least is None or value(least) >= Fraction(least.number)) and (most is None or value(most) <= Fraction(most.number))
