"""A measured goal in words: the share with everything needed to check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from definitions.conditions.references import names_in
from tracks.reports.measures.figures import SHARE
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.count_tables import Grid, count_or_mark
from tracks.reports.text.goals import among_text, at_text, comparison_text, counts_text, level_text, struck_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.vocabulary import Lang
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.figures import Figures
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.text.phrasing import TrackWording


class GoalBar(NamedTuple):
    """A share, and the levels that it is to reach or to keep below, in percent; None where there is none."""

    share: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalResult:
    """One goal as printed. `state` is met, missed, open, hidden, struck or none (nothing to reach)."""

    id: str
    name: str
    state: str
    verdict: str
    share: str
    fraction: str
    level: str
    how: str
    day: str
    definition: str
    unknowns: tuple[str, ...]
    notes: tuple[str, ...]
    bar: GoalBar | None


def goal_result(goal: GoalMeasurement, wording: TrackWording, figures: Figures) -> GoalResult:
    """Put a measured goal into words.

    Args:
        goal: The goal as measured.
        wording: The names of its track in a language.
        figures: What is hidden over all tables of the output.

    """
    lang = wording.lang
    state = _state(goal, figures)
    share, fraction = _figures(goal, lang, figures)
    return GoalResult(
        goal.id,
        goal.name,
        state,
        "" if state == "none" else message(f"r.{state}", lang),
        share,
        fraction,
        level_text(goal.at_least, goal.at_most, wording),
        _how(goal, wording),
        phrasing.day(goal.day, lang) if goal.over else message("r.so_far", lang, day=phrasing.day(goal.day, lang)),
        goal.definition,
        tuple(_unknowns(goal, wording, figures)),
        tuple(_notes(goal, wording, figures)),
        _bar(goal) if share else None,
    )


def _state(goal: GoalMeasurement, seen: Figures) -> str:
    if goal.struck:
        return "struck"
    # Met or missed would tell something of a hidden share.
    if seen.goal_hidden(goal):
        return "hidden"
    if goal.at_least is None and goal.at_most is None:
        return "none"
    if goal.met is None:
        return "open"
    return "met" if goal.met else "missed"


def _figures(goal: GoalMeasurement, lang: Lang, seen: Figures) -> tuple[str, str]:
    if goal.struck or goal.measure is None:
        return "", ""
    if not goal.denominator:
        return "", message("r.nobody", lang)
    if seen.goal_hidden(goal):
        return "", ""
    told = seen.goal(goal)
    pair = (count_or_mark(told[part], lang) for part in SHARE)
    # Of whom nothing can be known yet nothing is said in per cent.
    return "" if goal.share is None else phrasing.percent(goal.share, lang), message("r.of", lang, **dict(zip(SHARE, pair, strict=True)))


def _bar(goal: GoalMeasurement) -> GoalBar | None:
    levels = tuple(level.number for level in (goal.at_least, goal.at_most) if level)
    # A level that is a number of people has no place on a scale of shares.
    if goal.share is None or any(not level.share for level in (goal.at_least, goal.at_most) if level):
        return None
    return GoalBar(int(goal.share * 100 + phrasing.HALF), levels)


def _how(goal: GoalMeasurement, wording: TrackWording) -> str:
    if goal.measure is None or goal.struck:
        return ""
    measure = goal.measure
    told = {"counts": counts_text(measure, wording), "among": among_text(measure, wording), "at": at_text(measure, wording)}
    return phrasing.sentence(message("r.how.text", wording.lang, **told))


def _notes(goal: GoalMeasurement, wording: TrackWording, seen: Figures) -> Iterator[str]:
    if goal.struck:
        yield struck_text(goal.struck, wording)
    yield from _unknowns(goal, wording, seen)
    if goal.comparison:
        yield comparison_text(goal.comparison, wording)


def _unknowns(goal: GoalMeasurement, wording: TrackWording, seen: Figures) -> Iterator[str]:
    """What is not known of those among whom a share is counted; it stands beside every share, on a page and on a screen (rule R51)."""
    lang = wording.lang
    if goal.denominator and not seen.goal_hidden(goal):
        for key, shown in seen.goal(goal).items():
            if key in SHARE:
                continue
            count: int = getattr(goal, key)
            # That nothing is unknown is said as well, where the share hangs on it.
            if count or (key == "unknown" and _asks_outcome(goal) and goal.numerator < goal.denominator):
                yield message(f"r.{key}", lang, count=_rest(count, shown, lang, seen.limit), goal=_other(goal, wording))


def _asks_outcome(goal: GoalMeasurement) -> bool:
    return goal.measure is not None and any("outcome" in names_in(condition.rule) for condition in goal.measure.counts)


def _other(goal: GoalMeasurement, wording: TrackWording) -> str:
    name = goal.measure.among_goal if goal.measure else None
    return message("quoted", wording.lang, text=next((one.name for one in wording.track.goals if one.id == name), name or ""))


def _rest(count: int, shown: Cell, lang: Lang, limit: int) -> str:
    """A part of those not counted, as it may be shown."""
    if shown is None:
        return message("r.fewer", lang, limit=limit) if count < limit else message("r.mark", lang)
    return count_or_mark(shown, lang)


def goals_table(goals: Sequence[GoalMeasurement], wording: TrackWording, figures: Figures) -> Grid:
    """Tabulate the goals for a terminal: one row each, with numerator, denominator, population, day and definition.

    Args:
        goals: The goals as measured.
        wording: The names of their track in a language.
        figures: What is hidden over all tables of the output.

    """
    told = [goal_result(goal, wording, figures) for goal in goals]
    columns = tuple(
        message(f"r.{key}", wording.lang)
        for key in ("goal", "share", "of_column", "not_known", "level", "verdict", "how", "day", "definition_column")
    )
    rows = tuple(
        (one.name, one.share, one.fraction, "; ".join(one.unknowns), one.level, one.verdict, one.how, one.day, one.definition)
        for one in told
    )
    return Grid(message("r.goals.caption", wording.lang), columns, rows, (1, 2))


def onward_text(count: Cell, lang: Lang) -> str | None:
    """Say how many of the exits were to another track here; nothing where there was none, or where that is hidden."""
    return message("r.onward", lang, count=count) if count else None
