"""A measure in words: what counts, among whom, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.reports.measures.indicators import measure_of
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message

if TYPE_CHECKING:
    from definitions.model.track import Comparison, Goal, GoalDecision, Measure
    from definitions.model.values import Threshold
    from tracks.reports.text.phrasing import TrackWording


def counts_text(measure: Measure, wording: TrackWording) -> str:
    """Say what a measure counts."""
    return wording.conditions(measure.counts) if measure.counts else message("counts.all", wording.lang)


def among_text(measure: Measure, wording: TrackWording) -> str:
    """Say among whom a measure counts."""
    goal = next((g.name for g in wording.track.goals if g.id == measure.among_goal), measure.among_goal or "")
    quoted = message("quoted", wording.lang, text=goal)
    return message(f"among.{measure.among}", wording.lang, condition=wording.conditions(measure.among_rule), goal=quoted)


def at_text(measure: Measure, wording: TrackWording) -> str:
    """Say on which day a measure counts."""
    lang, until = wording.lang, wording.track.period.until
    if measure.at == "length" and measure.at_length:
        return message("at.length", lang, length=phrasing.length(measure.at_length, lang))
    if measure.at == "date" and measure.at_date:
        return message("at.date", lang, day=phrasing.day(measure.at_date, lang))
    if until and measure.at in ("ever", "end of period"):
        return message("at.ever_until" if measure.at == "ever" else "at.end_on", lang, day=phrasing.day(until, lang))
    return message(f"at.{measure.at}", lang)


def level_text(least: Threshold | None, most: Threshold | None, wording: TrackWording) -> str:
    """Say what is to be reached.

    Args:
        least: The least that is to be reached, if there is one.
        most: The most.
        wording: The names of the track, for their language.

    """
    parts = [message("goal.at_least", wording.lang, value=phrasing.threshold(least, wording.lang))] if least else []
    parts += [message("goal.at_most", wording.lang, value=phrasing.threshold(most, wording.lang))] if most else []
    return phrasing.listed(parts, wording.lang)


def struck_text(verdict: GoalDecision, wording: TrackWording) -> str:
    """Say who struck a goal, when and why."""
    return message("struck", wording.lang, day=phrasing.day(verdict.date, wording.lang), by=verdict.by, reason=verdict.reason)


def comparison_text(comparison: Comparison, wording: TrackWording) -> str:
    """A figure from elsewhere, with its day and source."""
    text = message("compare", wording.lang, name=comparison.name, value=comparison.value)
    extra = [phrasing.day(comparison.date, wording.lang)] if comparison.date else []
    extra += [comparison.source] if comparison.source else []
    return f"{text} ({', '.join(extra)})" if extra else text


def goal_row(goal: Goal, wording: TrackWording) -> dict[str, object]:
    """A goal as a row of the handbook's table."""
    measure = measure_of(wording.track, goal)
    indicator = wording.track.indicators.get(goal.indicator or "")
    notes = [struck_text(goal.decision, wording)] if goal.status == "struck" and goal.decision else []
    notes += [comparison_text(goal.comparison, wording)] if goal.comparison else []
    return {
        "name": goal.name,
        "counts": counts_text(measure, wording) if measure else "",
        "among": among_text(measure, wording) if measure else "",
        "at": at_text(measure, wording) if measure else "",
        "level": level_text(goal.at_least, goal.at_most, wording),
        "definition": goal.indicator or f"{wording.track.track}.{goal.id}",
        "source": indicator.source if indicator else "",
        "notes": notes,
    }
