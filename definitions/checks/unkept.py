"""The rules of what a track says and cannot keep, as far as its own dates, lengths and employers tell (all warnings)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from definitions.checks.dead_ends import all_ahead_of
from definitions.checks.violation import Check, Violation
from definitions.conditions.ast import Alone, Compare, leaves, render_length
from definitions.conditions.parser import parse
from definitions.conditions.references import fact_of, names_in
from definitions.model import vocabulary as v
from definitions.model.exit_order import SLACK, mean_days
from definitions.model.step_order import build_wait_graph, predecessors
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Step, Track
    from definitions.model.values import Condition


def every_start_has_an_employer_for_each_step(track: Track) -> Iterator[Violation]:
    """A step at an employer may be at one of each start's employers (R33; `NO_EMPLOYER_FOR_START`), else nobody of the start is placed."""
    for step in track.steps:
        # Who is placed elsewhere skips a step of one employer.
        if not step.needs_employer or not step.employers or any("employer" in names_in(rule.rule) for rule in step.when):
            continue
        for start in track.intake.starts:
            if start.employers and not track.employers_for(step, start):
                values = {"found": step.name, "start": start.date.isoformat(), "employers": v.listed(start.employers)}
                yield Violation(findings.NO_EMPLOYER_FOR_START, ("steps", step.id, "employer"), values)


def every_start_has_a_day_for_each_step(track: Track) -> Iterator[Violation]:
    """The days of a step reach beyond every start (R13; `NO_DAY_FOR_START`), else it never begins for those who come in then."""
    first = track.period.first if track.intake.rolling else None
    begins = [start.date for start in track.intake.starts] + ([first] if first else [])
    for step in track.steps:
        late = [day for day in begins if step.starts and day > max(step.starts)]
        if late:
            values = {"found": step.name, "start": min(late).isoformat(), "last": max(step.starts).isoformat()}
            yield Violation(findings.NO_DAY_FOR_START, ("steps", step.id, "starts"), values)


def no_step_waits_for_what_its_followers_give(track: Track) -> Iterator[Violation]:
    """A step asks for no fact that only steps after it give (R10, R16; `FACT_GIVEN_TOO_LATE`), unless it is asked for before admission."""
    asked = {name for rule in track.target_group.entry for name in names_in(rule.rule)} | {one.fact for one in track.intake.order}
    givers = {name: [step.id for step in track.steps if name in step.gives] for name in track.facts if name not in asked}
    graph = build_wait_graph(track)
    # A file may hold thousands of steps.
    ahead = cache(lambda name: all_ahead_of(graph, ("start", name)))
    for step in track.steps:
        for key in ("when", "requires"):
            for number, rule in enumerate(getattr(step, key)):
                facts = _facts_alone(rule)
                late = (givers.get(name) and all(("start", step.id) in ahead(one) for one in givers[name]) for name in facts)
                if facts and all(late):
                    values = {"step": step.id, "fact": facts[0], "giver": givers[facts[0]][0]}
                    yield Violation(findings.FACT_GIVEN_TOO_LATE, ("steps", step.id, key, number), values)


def _facts_alone(rule: Condition) -> tuple[str, ...]:
    """The facts of a condition that has no answer while all of them are unknown (rule R47); none where something else may give one."""
    asked = [fact_of(leaf) if isinstance(leaf, Alone | Compare) else None for leaf in leaves(parse(rule.rule))]
    return tuple(name for name in asked if name) if all(asked) else ()


def plan_is_within_the_longest_time(track: Track) -> Iterator[Violation]:
    """The planned way through the chain is over within `longest` (R54; `LONGER_THAN_LONGEST`), else everybody passes it."""
    planned = _planned_days(track)
    if track.longest and planned > mean_days(track.longest) + SLACK:
        values = {"found": render_length(track.longest, track.key_language), "days": str(round(planned))}
        yield Violation(findings.LONGER_THAN_LONGEST, ("longest",), values)


def _planned_days(track: Track) -> float:
    """About how many days the chain takes whoever skips all that may be skipped."""
    over: dict[str, float] = {}
    steps = {step.id: step for step in track.steps}
    for name, before in predecessors(track.steps).items():
        over[name] = _least_days(steps[name]) + max((over.get(one, 0.0) for one in before), default=0.0)
    return max(over.values(), default=0.0)


def _least_days(step: Step) -> float:
    return mean_days(step.length) if step.length and not step.when else 0.0


def offers_are_answered_by_the_start(track: Track) -> Iterator[Violation]:
    """An offer made as the window opens is answered by the start, or while a place is filled (R39, R42; `OFFER_OUTLIVES_START`)."""
    intake, lang = track.intake, track.key_language
    last = mean_days(intake.offer_before_start) + (mean_days(intake.join_within) if intake.join_within else 0)
    if not intake.rolling and mean_days(intake.answer_within) > last + SLACK:
        values = {
            "found": render_length(intake.answer_within, lang), "before": render_length(intake.offer_before_start, lang),
            "key": v.key("offer_before_start", lang), "join": v.key("join_within", lang),
        }  # fmt: skip
        yield Violation(findings.OFFER_OUTLIVES_START, ("intake", "answer_within"), values)


UNKEPT_CHECKS: Final[tuple[Check, ...]] = (
    every_start_has_an_employer_for_each_step,
    every_start_has_a_day_for_each_step,
    no_step_waits_for_what_its_followers_give,
    plan_is_within_the_longest_time,
    offers_are_answered_by_the_start,
)
