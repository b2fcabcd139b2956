"""The rules of goals and of the ready measures that they use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from definitions.checks.violation import Check, Violation
from definitions.conditions.ast import render_length
from definitions.conditions.parser import parse
from definitions.conditions.references import names_in, steps_in
from definitions.conditions.type_checker import Scope, check
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.track import Goal, Measure, Track
    from definitions.model.values import Length

READY: Final = ("kolada", "esf", "dua_completed", "dua_hired", "jobbnatet_end", "jobbnatet_ever")
_WHOLE: Final = 100
# What is asked about and stands from the exit on.
_FIXED: Final = frozenset({"completed", "channel", "selected", "employer", "sex", "born_abroad", "schooling"})
# What a follow-up asks about.
_OF_OUTCOME: Final = frozenset({"outcome", "lasted"})


def active_goals_define_a_measure(track: Track) -> Iterator[Violation]:
    """An active goal names an indicator or says what it counts (`GOAL_COUNTS_NOTHING`).

    What is not counted cannot be reached. Kolada, ESF and DUA count differently, so the goal says which, with `indicator`
    or `counts`.
    """
    for goal in track.goals:
        if goal.measure is None and goal.indicator is None and goal.status == "active":
            keys = {"indicator": v.key("indicator", track.key_language), "counts": v.key("counts", track.key_language)}
            yield Violation(findings.GOAL_COUNTS_NOTHING, ("goals", goal.id), keys)


def indicators_exist(track: Track) -> Iterator[Violation]:
    """The indicator of a goal is shipped or stands in a file of the municipality's own (`UNKNOWN_INDICATOR`).

    The same people give different figures with different measures, so the measure must be known.
    """
    for goal in track.goals:
        if goal.indicator is not None and goal.indicator not in track.indicators:
            yield Violation(
                findings.UNKNOWN_INDICATOR,
                ("goals", goal.id, "indicator"),
                {"found": goal.indicator, "suggestion": nearest(goal.indicator, READY) or ""},
            )


def indicators_fit_the_track(track: Track) -> Iterator[Violation]:
    """The track has the facts, steps and employers that an indicator asks about (`INDICATOR_DOES_NOT_FIT`).

    A ready measure is written once for many tracks, and is type-checked against each that uses it.
    """
    # None takes any employer: that a track has none is for another rule to tell.
    employers = frozenset(employer.id for employer in track.employers) or None
    scope = Scope(track.facts, {s.id: s.known_results for s in track.steps}, employers, track.key_language, counting=True)
    for goal in track.goals:
        ready = track.indicators.get(goal.indicator or "")
        if ready is None:
            continue
        for rule in (*ready.measure.counts, *ready.measure.among_rule):
            for problem in check(parse(rule.rule), scope)[1]:
                values = {"indicator": ready.id, "rule": rule.rule, "found": problem.values.get("found", "")}
                yield Violation(findings.INDICATOR_DOES_NOT_FIT, ("goals", goal.id, "indicator"), values)


def goals_and_facts_differ_in_name(track: Track) -> Iterator[Violation]:
    """No goal has the id of a fact (R51; `GOAL_NAMED_AS_FACT`).

    `among: not X` would mean either: those who lack the fact, or those whom the goal did not count.
    """
    for goal in track.goals:
        if goal.id in track.facts:
            yield Violation(findings.GOAL_NAMED_AS_FACT, ("goals", goal.id, "id"), {"found": goal.id})


def struck_goals_have_a_decision(track: Track) -> Iterator[Violation]:
    """A struck goal says who struck it, when and why (`STRUCK_WITHOUT_DECISION`).

    Without that it looks like a forgotten one.
    """
    for goal in track.goals:
        if goal.status == "struck" and goal.decision is None:
            yield Violation(
                findings.STRUCK_WITHOUT_DECISION,
                ("goals", goal.id, "status"),
                {"key": v.key("decision", track.key_language), "needs": f"goals/{goal.id}/decision"},
            )


def populations_exist(track: Track) -> Iterator[Violation]:
    """`among: not GOAL` names another goal that counts somebody, and not in a ring (R51; `UNKNOWN_GOAL`, `CIRCULAR_GOALS`).

    Of goals in a ring none could be counted first.
    """
    goals = {goal.id: goal for goal in track.goals}
    for goal in track.goals:
        other = goal.measure.among_goal if goal.measure else None
        if other is None:
            continue
        if other not in goals or goals[other].measure is None:
            names = sorted(goals.keys() - {goal.id})
            values = {"found": other, "known": v.listed(names), "suggestion": nearest(other, names) or ""}
            yield Violation(findings.UNKNOWN_GOAL, ("goals", goal.id, "among", other), values)
        elif goal.id in _population_of(goal, goals):
            yield Violation(findings.CIRCULAR_GOALS, ("goals", goal.id, "among", other), {"found": other})


def _population_of(goal: Goal, goals: Mapping[str, Goal]) -> set[str]:
    """Collect the goals that the population of a goal is taken from."""
    found: set[str] = set()
    # Bounded by the names found, for the ring that is looked for would have no end.
    following: Goal | None = goal
    while following is not None and following.measure is not None and (name := following.measure.among_goal) not in found and name:
        found.add(name)
        following = goals.get(name)
    return found


def period_end_is_known(track: Track) -> Iterator[Violation]:
    """A goal measured at the end of the period stands in a track whose period has an end (`PERIOD_WITHOUT_END`)."""
    for goal in track.goals:
        if goal.measure is not None and goal.measure.at == "end of period" and track.period.until is None:
            values = {"key": v.key("period", track.key_language), "until": v.key("until", track.key_language), "needs": "period"}
            yield Violation(findings.PERIOD_WITHOUT_END, ("goals", goal.id, "at"), values)


def goal_bounds_agree(track: Track) -> Iterator[Violation]:
    """`at_least` and `at_most` are of one kind, and the least is not above the most (`CONTRADICTORY_BOUNDS`)."""
    for goal in track.goals:
        least, most = goal.at_least, goal.at_most
        if least and most and (least.share != most.share or float(least.number) > float(most.number)):
            keys = {"key": v.key("at_least", track.key_language), "other": v.key("at_most", track.key_language)}
            yield Violation(findings.CONTRADICTORY_BOUNDS, ("goals", goal.id, "at_most"), keys)


def goals_after_exit_may_change(track: Track) -> Iterator[Violation]:
    """A goal measured some time after exit counts something that may change until then (R45; warning `FIXED_AT_EXIT`).

    Results, the placement and what was known before admission are the same on the day of exit and on any later one.
    """
    outliving = {step.id for step in track.steps if any(point and point.anchor == "employment" for point in (step.begins, step.until))}
    for goal in track.goals:
        measure = _measure_of(track, goal)
        if measure is None or measure.at != "length" or not measure.counts:
            continue
        names = _names_counted(measure)
        steps = {step for one in measure.counts for step in steps_in(one.rule)}
        if names <= _FIXED and not steps & outliving:
            at = v.word("exit", v.MEASURED, track.key_language)
            yield Violation(findings.FIXED_AT_EXIT, ("goals", goal.id, "at"), {"key": v.key("at", track.key_language), "exit": at})


def goals_measure_days_that_are_asked_about(track: Track) -> Iterator[Violation]:
    """The day on which a goal counts the outcome is a day that a follow-up asks about (R45; warning `OUTCOME_NOT_ASKED`).

    An answer tells of the day that was asked about, and of those after it. Where nobody asks about the day of the goal, whoever
    has got work by then stays unknown, and the goal looks missed. 90 days and 3 months are seldom the same day.
    """
    lang = track.key_language
    asked = {_same_length(length) for length in track.follow_up}
    for goal in track.goals:
        measure = _measure_of(track, goal)
        if measure is None or measure.at not in ("exit", "length") or not _names_counted(measure) & _OF_OUTCOME:
            continue
        if goal.status == "active" and _same_length(measure.at_length) not in asked:
            known = ", ".join(_day_asked(length, lang) for length in track.follow_up)
            keys = {"key": v.key("follow_up", lang), "at": v.key("at", lang)}
            values = {"found": _day_asked(measure.at_length, lang), "known": known, **keys}
            yield Violation(findings.OUTCOME_NOT_ASKED, ("goals", goal.id, "indicator" if goal.indicator else "at"), values)


def _measure_of(track: Track, goal: Goal) -> Measure | None:
    """Find what a goal measures: as it says itself, or as its indicator does."""
    ready = track.indicators.get(goal.indicator or "")
    return goal.measure or (ready.measure if ready else None)


def _names_counted(measure: Measure) -> set[str]:
    return {name for one in measure.counts for name in names_in(one.rule)}


def _same_length(length: Length | None) -> Length | None:
    """Weeks and days may be the same day; months and working days never are, whatever the year."""
    return replace(length, count=7 * length.count, unit="days") if length and length.unit == "weeks" else length


def _day_asked(length: Length | None, lang: v.Lang) -> str:
    return render_length(length, lang) if length else v.word("exit", v.MEASURED, lang)


def shares_have_a_per_cent_sign(track: Track) -> Iterator[Violation]:
    """A bound of a ready measure is written as a share (warning `SHARE_WITHOUT_PER_CENT`).

    A ready measure is a share, and 60 people are another goal than 60 %. A number above a hundred can only mean people.
    """
    for goal in track.goals:
        limits = [(key, limit) for key, limit in (("at_least", goal.at_least), ("at_most", goal.at_most)) if limit]
        # Where the other has the sign, it is said already that they do not fit together.
        if goal.indicator is None or any(limit.share for _, limit in limits):
            continue
        for key, limit in limits:
            if float(limit.number) <= _WHOLE:
                values = {"found": limit.number, "counts": v.key("counts", track.key_language)}
                yield Violation(findings.SHARE_WITHOUT_PER_CENT, ("goals", goal.id, key), values)


GOAL_CHECKS: Final[tuple[Check, ...]] = (
    active_goals_define_a_measure,
    indicators_exist,
    indicators_fit_the_track,
    goals_and_facts_differ_in_name,
    struck_goals_have_a_decision,
    populations_exist,
    period_end_is_known,
    goal_bounds_agree,
    goals_after_exit_may_change,
    goals_measure_days_that_are_asked_about,
    shares_have_a_per_cent_sign,
)
