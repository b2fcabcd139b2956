"""One population in many ways: outcomes at exit and after, shares by group, offers and refusals - each with its total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model.calendar import add
from definitions.model.fact_values import admitted_value
from tracks.events.kinds.table import OF_AN_END, OF_AN_OFFER
from tracks.privacy.small_cells import LIMIT, mask_line, mask_parts, mask_table, small
from tracks.reports.measures.indicators import Answer
from tracks.reports.measures.population import OTHER, OUTCOMES, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.values import Length
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord

DIMENSIONS: Final = ("sex", "schooling", "born_abroad", "channel", "employer", "sector")
_PLACES: Final = ("employer", "sector")
NOT_YET: Final = "not_yet"
OFFER_FATES: Final = ("accepted", "declined", "lapsed", "withdrawn", "open")


class CountRow(NamedTuple):
    """A named count as it may be shown; None where hidden."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Counts that sum to a total; both as they may be shown."""

    rows: tuple[CountRow, ...]
    total: int | None


class Share(NamedTuple):
    """One group of a breakdown; None where hidden."""

    name: str
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A share by group. `withheld` when nothing can be shown without giving somebody away."""

    by: str
    rows: tuple[Share, ...]
    withheld: bool
    truth: tuple[tuple[int, int], ...] = field(repr=False, compare=False)  # numerator and denominator of each row, hidden or not


class OfferRow(NamedTuple):
    """Offers to one group, by what became of them; None where hidden."""

    name: str
    offers: int | None
    fates: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers and refusals by sex, or all as one row; `withheld` as in a breakdown."""

    total: OfferRow
    rows: tuple[OfferRow, ...]
    withheld: bool


def outcome_rows(cases: Iterable[CaseRecord], as_of: date, after: Length | None = None) -> tuple[tuple[str, int], ...]:
    """Count every exit in exactly one row, by its outcome.

    Args:
        cases: The enrolments.
        as_of: The day that the counts are as of.
        after: How long after exit the outcome is asked for; None for the day of exit. Where that day has not come is a row too.

    Returns:
        The rows by name, in the order they are shown.

    """
    counts = dict.fromkeys((*OUTCOMES, NOT_YET), 0)
    for case in cases:
        if case.exit and case.exit <= as_of:
            day = add(case.exit, after) if after else case.exit
            what = NOT_YET if day > as_of else case.outcome(day)
            counts[what if what in counts else OTHER] += 1
    return tuple(row for row in counts.items() if after or row[0] != NOT_YET)


def masked_outcomes(rows: Sequence[tuple[str, int]], shown: Iterable[GoalMeasurement] = (), limit: int = LIMIT) -> OutcomeCounts:
    """Hide small counts of the rows, beside goals whose numerators are sums of some of them.

    Args:
        rows: The rows of `outcome_rows`.
        shown: The goals that stand in the same output.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    names = [name for name, _ in rows]
    parts = [part for one in shown if not is_hidden(one, limit) and (part := counted_rows(one, names))]
    line = mask_parts([count for _, count in rows], parts, limit)
    return OutcomeCounts(tuple(CountRow(name, count) for name, count in zip(names, line.counts, strict=True)), line.total)


def counted_rows(goal: GoalMeasurement, names: Sequence[str]) -> frozenset[int]:
    """The outcome rows that a goal at exit counts whole; none where it cuts through a row."""
    if goal.measure is None or goal.measure.at != "exit" or goal.measure.among != "exits":
        return frozenset()
    given: dict[str, set[bool]] = {}
    for case, answer in goal.answers:
        given.setdefault(case.outcome(case.exit or goal.day), set()).add(answer is Answer.COUNTED)
    # A numerator that is a sum of whole rows would give away a hidden one among them.
    if any(len(answers) > 1 for answers in given.values()):
        return frozenset()
    return frozenset(i for i, name in enumerate(names) if given.get(name) == {True})


def summed_rows(goal: GoalMeasurement, names: Sequence[str]) -> frozenset[int]:
    """The outcome rows whose sum a reader takes a goal for: those that it counts whole, and those of nobody that its conditions name."""
    if goal.measure is None or goal.measure.at != "exit" or goal.measure.among != "exits":
        return frozenset()
    there = {case.outcome(case.exit or goal.day) for case, _ in goal.answers}
    words = {word for condition in goal.measure.counts for word in re.findall(r"\w+", condition.rule)}
    return counted_rows(goal, names) | {i for i, name in enumerate(names) if name not in there and name in words}


def is_hidden(goal: GoalMeasurement, limit: int = LIMIT) -> bool:
    """Whether a goal's share must be hidden: somebody is counted, or is counted among, but too few."""
    return 0 < goal.numerator < limit or 0 < goal.denominator < limit


def rest_counts(goal: GoalMeasurement, limit: int = LIMIT) -> dict[str, int | None]:
    """The parts of those whom a goal does not count, None where hidden: exact only where neither a part nor what it leaves is small.

    What a part leaves of a goal whose numerator is hidden nobody can work out.
    """
    left = goal.denominator - goal.numerator
    parts = {name: getattr(goal, name) for name in ("unknown", "not_yet", "unplaced", "unknown_there")}
    # What is left of a hidden part is as telling as the part itself.
    open_ = not is_hidden(goal, limit)
    given_away = {name for name, count in parts.items() if small(count, limit) or (open_ and small(left - count, limit))}
    return {name: None if name in given_away or small(goal.denominator, limit) else count for name, count in parts.items()}


def group_of(case: CaseRecord, by: str, track: Track, day: date) -> str:
    """Find the group that a case belongs to on a day; `unknown` where nothing is known, or where it would tell a protected place.

    Args:
        case: The enrolment.
        by: One of `DIMENSIONS`.
        track: The version in force, for employers that its own version does not have.
        day: The day.

    """
    if case.protected and by in _PLACES:
        return UNKNOWN
    if by == "sector":
        employer = next((e for e in (*case.track.employers, *track.employers) if e.id == case.placed(day)), None)
        value = employer.sector if employer else None
    else:
        value = case.placed(day) if by == "employer" else admitted_value({}, by, case.fact(by, day))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return UNKNOWN if value is None else str(value)


def breakdown(goal: GoalMeasurement, by: str, track: Track, limit: int = LIMIT) -> Breakdown:
    """Break a goal's share down by one built-in fact, by employer or by the employer's sector.

    Args:
        goal: The goal as measured.
        by: One of `DIMENSIONS`.
        track: The version in force.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    groups: dict[str, list[int]] = {}
    for case, answer in goal.answers:
        counted = groups.setdefault(group_of(case, by, track, goal.day), [0, 0])
        counted[answer is not Answer.COUNTED] += 1
    # In one order in all tables, that of the track; by their sizes, groups would stand in another one under each goal.
    order = {one.id: number for number, one in enumerate(track.employers)}
    names = sorted(groups, key=lambda name: (name == UNKNOWN, order.get(name, len(order)), name))
    table = mask_table([groups[name] for name in names], limit)
    # With its denominator the rest of a group would give its numerator away, so both are hidden together.
    rows = zip(names, table.rows, table.totals, strict=True)
    shares = tuple(Share(name, row[0] if None not in row else None, total) for name, row, total in rows)
    return Breakdown(by, shares, table.withheld, tuple((groups[name][0], sum(groups[name])) for name in names))


def breakdowns(goals: Sequence[GoalMeasurement], track: Track, limit: int = LIMIT) -> dict[str, tuple[Breakdown, ...]]:
    """Break each goal down by everything that tells groups apart.

    What is hidden of one goal stays hidden in the rest that it leaves. Employers are parts of sectors, so they are shown only where none
    of them has anything to hide.

    Args:
        goals: The goals as measured, a goal before the one that counts its rest.
        track: The version in force.
        limit: Counts below it are hidden; 0 hides nothing.

    Returns:
        The breakdowns of each goal, by its id.

    """
    found: dict[str, tuple[Breakdown, ...]] = {}
    for goal in goals:
        tables = (one for by in DIMENSIONS if len((one := breakdown(goal, by, track, limit)).rows) > 1)
        found[goal.id] = tuple(_withhold(one) if one.by == "employer" and not _open(one) else one for one in tables)
    for goal in goals:
        if goal.measure and goal.measure.among == "not_goal":
            # A goal and the rest that it leaves give each other away: where one is hidden, so is the other.
            open_before = {one.by for one in found.get(goal.measure.among_goal or "", ()) if _open(one)}
            found[goal.id] = tuple(one if one.by in open_before else _withhold(one) for one in found[goal.id])
    return found


def _open(one: Breakdown) -> bool:
    return not one.withheld and all(row.numerator is not None and row.denominator is not None for row in one.rows)


def _withhold(one: Breakdown) -> Breakdown:
    return replace(one, rows=tuple(Share(row.name, None, None) for row in one.rows), withheld=True)


def offers_by(cases: Iterable[CaseRecord], by: str, track: Track, day: date, limit: int = LIMIT) -> Offers:
    """Count every offer made by the day, by group and by what became of it.

    Args:
        cases: The enrolments.
        by: One of `DIMENSIONS`.
        track: The version in force.
        day: The day that the counts are as of.
        limit: Counts below it are hidden; 0 hides nothing.

    """
    groups: dict[str, list[int]] = {}
    for case in cases:
        for fate in _fates(case, day):
            groups.setdefault(group_of(case, by, track, day), [0] * len(OFFER_FATES))[OFFER_FATES.index(fate)] += 1
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name))
    sums = [sum(column) for column in zip(*groups.values(), strict=True)] or [0] * len(OFFER_FATES)
    line = mask_line(sums, limit)
    table = mask_table([groups[name] for name in names], limit)
    rows = tuple(OfferRow(name, total, row) for name, row, total in zip(names, table.rows, table.totals, strict=True))
    return Offers(OfferRow("", line.total, line.counts), rows, table.withheld or None in line.counts)


def _fates(case: CaseRecord, day: date) -> list[str]:
    """List what became of each offer: an answer without an offer implies one."""
    fates: list[str] = []
    for event, _ in case.events:
        if event.effective > day:
            continue
        if event.kind in OF_AN_END and fates and fates[-1] == "open":
            fates[-1] = "withdrawn"
        if event.kind not in OF_AN_OFFER:
            continue
        if event.kind == "offered" or not fates:
            fates.append("open")
        fates[-1] = {"offered": "open", "offer_lapsed": "lapsed"}.get(event.kind, event.kind)
    return fates
