"""The first lines of a report: how it goes, in sentences that say only what stands in its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracks.privacy.cells import added
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.count_tables import count_or_mark
from tracks.reports.text.phrasing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model.vocabulary import Lang
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.page_counts import LateRow
    from tracks.reports.text.results import GoalResult

# The states of goals that have something to reach, the one that asks for most attention first.
_JUDGED: Final = ("missed", "open", "hidden", "met")
# From how far people came to the one before it.
_PART_OF: Final = (("admitted", "enrolled"), ("left", "admitted"), ("work", "left"))


def verdict_line(results: Sequence[GoalResult], lang: Lang) -> str:
    """Say in one sentence how it goes with the goals that have something to reach."""
    judged = [one for one in results if one.state in _JUDGED]
    if not judged:
        return message("r.summary.no_goals", lang)
    met, missed = ([one for one in judged if one.state == state] for state in ("met", "missed"))
    if len(met) == len(judged):
        return message("r.summary.all" if len(judged) > 1 else "r.summary.the_one", lang, count=len(judged))
    if not met and not missed:
        return message("r.summary.early" if any(one.state == "open" for one in judged) else "r.summary.hidden", lang)
    key = "r.summary.some" if met else "r.summary.none" if len(judged) > 1 else "r.summary.not_the_one"
    return message(key, lang, met=len(met), count=len(judged))


def goal_lines(results: Sequence[GoalResult], lang: Lang) -> Iterator[str]:
    """Name the goals by how it goes with them, with the share and what was to be reached."""
    for state in _JUDGED:
        names = [_goal(one, lang) for one in results if one.state == state]
        if names:
            yield message(f"r.summary.{state}_goals", lang, goals="; ".join(names))


def _goal(one: GoalResult, lang: Lang) -> str:
    told = ", ".join(part for part in (one.share, one.level) if part)
    return message("r.summary.goal", lang, name=one.name, told=told) if told else one.name


def people_line(way: Mapping[str, Cell], unknown: Cell, lang: Lang) -> str:
    """Say how far people have come, each number with what it is part of; what is hidden is left out.

    Args:
        way: How far they have come, as `page_counts.way_shown` counts them.
        unknown: Of how many of those who left the outcome is not known.
        lang: The language of the line.

    """
    parts = [
        message(f"r.summary.{name}", lang, count=count_or_mark(way[name], lang), of=count_or_mark(way[before], lang))
        for name, before in _PART_OF
        if way[name] is not None and way[before]
    ]
    parts += [message("r.summary.unknown", lang, count=count_or_mark(unknown, lang))] if unknown else []
    return phrasing.sentence(listed(parts, lang)) + "." if parts else ""


def dropout_line(steps: Sequence[tuple[str, Cell, Cell]], lang: Lang) -> str:
    """Name a step in which many broke off: the one with most, of those whose numbers are shown.

    Args:
        steps: The name of each step, how many broke off in it, and how many had begun it.
        lang: The language of the line.

    """
    known = [(off, name, begun) for name, off, begun in steps if off and begun is not None]
    if not known:
        return ""
    off, name, begun = max(known, key=lambda one: one[0])
    return message("r.summary.dropout", lang, step=name, count=count_or_mark(off, lang), of=count_or_mark(begun, lang))


def overdue_line(rows: Sequence[LateRow], lang: Lang) -> str:
    """Say how much is overdue, and since when the oldest is."""
    if not rows:
        return message("r.overdue.none", lang)
    count, days = added(row.number for row in rows), [row.oldest for row in rows if row.oldest]
    if count is None or not days:
        return message("r.summary.overdue_few", lang)
    return message("r.summary.overdue", lang, count=count_or_mark(count, lang), day=phrasing.day(min(days), lang))
