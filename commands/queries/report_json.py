"""A report, and outcomes, as JSON: all that their pages say, with what is hidden there hidden here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tracks.events.status import UNDER_WAY
from tracks.privacy.cells import Shown
from tracks.reports.measures.breakdowns import masked_outcomes, outcome_rows
from tracks.reports.measures.figures import AT_EXIT, TOTAL
from tracks.reports.measures.page_counts import HALF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from commands.queries.report_basis import ReportBasis
    from definitions.model.track import Track
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.figures import Figures
    from tracks.reports.measures.indicators import GoalMeasurement

_GOAL_COUNTS: Final = ("numerator", "denominator", "unknown", "not_yet")
_GOAL_PARTS: Final = ("unplaced", "unknown_there")
_NO_COUNTS: Final = ("track", "id", "name", "kind", "step", "role", "oldest")


def goal_data(goal: GoalMeasurement, seen: Figures) -> dict[str, Any]:
    """A goal as a row of JSON; counts that may not be shown are null, and `hidden` tells whether its share is one of them."""
    hidden = bool(goal.struck) or seen.goal_hidden(goal)
    told = seen.goal(goal)
    return {
        "id": goal.id, "name": goal.name, "definition": goal.definition, "day": goal.day,
        # Whether somebody's day is still to come says as much as how many of them there are.
        "final": None if told["not_yet"] is None else goal.final,
        "population": goal.measure.among if goal.measure else None, "at": goal.measure.at if goal.measure else None,
        **{name: None if goal.struck else told[name] for name in _GOAL_COUNTS},
        # Beside a share that is hidden a page says nothing of whom it does not count.
        **{name: None if hidden else told[name] for name in _GOAL_PARTS},
        "at_least": goal.at_least.number if goal.at_least else None, "at_most": goal.at_most.number if goal.at_most else None,
        "met": None if hidden else goal.met, "hidden": hidden and not goal.struck, "struck": bool(goal.struck), "source": goal.source,
    }  # fmt: skip


def with_hidden(told: dict[str, Any]) -> dict[str, Any]:
    """An output with the keys of all its counts that are hidden, as `exits.work`, `goals.ID.numerator`, `steps.TRACK.ID.now`.

    A hidden count is null, and so is what is not there: only the keys tell the two apart. JSON has no types of its own: a count is
    asked here whether it came through its door.

    Raises:
        TypeError: A count of people that is no cell.

    """
    found = list(_counts_of(told))
    # Whether a step is of an earlier version only, and whether a table is withheld, is no count.
    if any(isinstance(count, int) and not isinstance(count, Shown | bool) for _, count in found):
        raise TypeError("a count of people")
    return {**told, "hidden": [key for key, count in found if count is None]}


def _counts_of(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every count of people of an output, by its key."""
    for row in told["goals"]:
        yield from (() if row["struck"] else _under(f"goals.{row['id']}", {name: row[name] for name in (*_GOAL_COUNTS, *_GOAL_PARTS)}))
    for name in ("steps", "late"):
        for row in told.get(name, ()):
            yield from _under(f"{name}.{row['track']}.{row['id']}", {key: value for key, value in row.items() if key not in _NO_COUNTS})
    for name in ("people", "statuses", "under_way", "way", "time", "overdue", "exits", "exits_after", "onward", "groups", "offers"):
        if name in told:
            yield from _under(name, told[name])
    # Weeks and kronor are no counts of people, but hidden with those.
    amounts = (told.get("cost") or {}).items()
    yield from ((f"cost.{name}", amount) for name, amount in amounts if amount is None or name == "participants")


def _under(key: str, told: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(told, dict):
        for name, one in told.items():
            yield from _under(f"{key}.{name}", one)
    elif not isinstance(told, str):
        yield key, told


def exits_by_outcome(found: ReportBasis, seen: Figures) -> dict[str, Cell]:
    """Count every exit in exactly one row, the unknown among them; small counts are null."""
    line = masked_outcomes(outcome_rows(found.counted, found.day), found.goals, seen.limit)
    rows = {row.name: seen.shown(row.number, "exit", AT_EXIT, row.name) for row in line.rows}
    return {**rows, "total": seen.shown(line.total, "exit", AT_EXIT, TOTAL)}


def report_data(found: ReportBasis, limit: int) -> dict[str, Any]:
    """Build the report as JSON: all that its page says."""
    from tracks.reports.measures.page_counts import offers_shown, series_shown, way_shown
    from tracks.reports.measures.shown_counts import onward_shown, overdue_shown, statuses_shown

    seen = found.seen(limit)
    offers = offers_shown(found.cases, found.whole, found.day, seen)
    told = {
        "what": found.name, "tracks": [track.track for track in found.tracks], "as_of": found.day,
        "people": seen.shown(len(found.cases), "status", TOTAL), "statuses": statuses_shown(found, seen),
        **({"under_way": _under_way(found, seen)} if found.is_programme else {}),
        "way": way_shown(found.cases, found.counted, found.day, seen),
        "time": {str(span): counts for span, counts in series_shown(found.cases, found.counted, found.day, seen)},
        "steps": [row for track in found.tracks for row in _steps(found, track, seen)],
        "overdue": overdue_shown(found, seen), "late": [row for track in found.tracks for row in _late(found, track, seen)],
        "goals": [goal_data(goal, seen) for goal in found.goals], "exits": exits_by_outcome(found, seen),
        "exits_after": _exits_after(found, seen), "onward": onward_shown(found.counted, seen),
        "groups": _groups(found, seen),
        "offers": {"by": "sex", "withheld": offers.withheld, "groups": offers.rows, "total": offers.total},
        "cost": _cost(found, seen),
    }  # fmt: skip
    return with_hidden(told)


def _under_way(found: ReportBasis, seen: Figures) -> dict[str, Cell]:
    here = {one.track: sum(1 for case in found.of(one).cases if case.status in UNDER_WAY) for one in found.tracks}
    shown = {track: seen.shown(count, "track", track) for track, count in here.items()}
    return {**shown, "total": seen.shown(sum(here.values()), "track", TOTAL)}


def _steps(found: ReportBasis, track: Track, seen: Figures) -> list[dict[str, Any]]:
    from tracks.reports.measures.headcounts import STEP_COLUMNS, masked_steps, step_rows

    # Tracks of a programme may have steps of the same id.
    own = found.of(track)
    rows = step_rows(track, own.cases, own.todos, found.day)
    return [
        {"track": track.track, "id": row.step, "name": row.name, "earlier": row.earlier}
        | {key: seen.shown(count, key, track.track, row.step) for key, count in zip(STEP_COLUMNS, counts, strict=True)}
        for row, (_, counts) in zip(rows, masked_steps(rows, seen.limit), strict=True)
    ]


def _late(found: ReportBasis, track: Track, seen: Figures) -> list[dict[str, Any]]:
    from tracks.reports.measures.page_counts import late_shown

    return [
        {
            "track": track.track, "id": f"{row.kind}/{row.step}/{row.role}", "kind": row.kind, "step": row.step, "role": row.role,
            "number": row.number, "oldest": row.oldest,
        }
        for row in late_shown(track, found.of(track).todos, found.day, seen)
    ]  # fmt: skip


def _exits_after(found: ReportBasis, seen: Figures) -> dict[str, dict[str, Cell]]:
    """The exits by outcome at each follow-up after them."""
    from tracks.reports.measures.page_counts import exits_at

    points = [None, *(one for one in found.tracks[0].follow_up if one is not None)]
    lines = {str(at[1]): exits_at(found.counted, found.goals, found.day, at, seen) for at in enumerate(points) if at[1]}
    return {after: {**line.counts, "total": line.total} for after, line in lines.items()}


def _groups(found: ReportBasis, seen: Figures) -> dict[str, Any]:
    """Each goal's share by group; a breakdown of which nothing may be shown is null."""
    from tracks.reports.measures.page_counts import groups_shown

    tables = groups_shown(found.goals, found.whole, seen)
    return {
        goal: {one.by: {row.name: {"numerator": row.numerator, "denominator": row.denominator} for row in one.rows} or None for one in by}
        for goal, by in tables.items()
    }


def _cost(found: ReportBasis, seen: Figures) -> dict[str, Any] | None:
    """Intensity, duration and cost of those admitted; what a track states none of is not there, what is hidden is null."""
    from tracks.reports.measures.page_counts import spending_shown

    told = spending_shown(found.cases, found.day, seen)
    if told is None:
        return None
    amounts = {"weeks_each": _tenths(told.weeks), "hours_a_week": _tenths(told.hours), "kronor": told.kronor, "kronor_each": told.each}
    return {"participants": told.participants, **{name: amount for name, amount in amounts.items() if amount != 0 or name == "weeks_each"}}


def _tenths(value: Fraction | None) -> float | None:
    return None if value is None else int(value * 10 + HALF) / 10
