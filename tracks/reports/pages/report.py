"""The report of a track or a programme: where people are, what is overdue, outcomes against goals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tracks.events.status import UNDER_WAY
from tracks.privacy.small_cells import LIMIT, mask_line, shown
from tracks.reports.measures.headcounts import step_rows
from tracks.reports.measures.indicators import measured, programme_measured
from tracks.reports.measures.population import join
from tracks.reports.text import count_tables, phrasing
from tracks.reports.text.bar_chart import bars
from tracks.reports.text.catalogue import message
from tracks.reports.text.count_tables import Grid, number
from tracks.reports.text.html import Source, render, source_lines
from tracks.reports.text.phrasing import Speech, listed
from tracks.reports.text.results import result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from definitions.model.track import GoalDecision, Track
    from definitions.model.vocabulary import Lang
    from tracks.events.snapshots import Todo
    from tracks.reports.measures.indicators import Measured
    from tracks.reports.measures.population import Case


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made from: cases, things to do by stream, goals struck by a person since, and where it all comes from.

    Counts below `limit` are hidden; 0 hides nothing, for use inside the house only.
    """

    cases: Sequence[Case]
    source: Source
    todos: Sequence[tuple[str, Todo]] = ()
    struck: Mapping[str, GoalDecision] = field(default_factory=dict)
    limit: int = LIMIT


def report(track: Track, material: Material, lang: Lang) -> str:
    """The report of one track as one HTML page."""
    day, limit = material.source.as_of, material.limit
    rows = count_tables.masked_steps(step_rows(track, material.cases, material.todos, day), limit)
    steps = count_tables.steps_table(track, material.cases, material.todos, lang, day, limit)
    goals = measured(track, material.cases, day, material.struck)
    return _page(
        [track],
        material,
        lang,
        goals,
        material.cases,
        name=track.name,
        kicker=message("r.kicker", lang, day=phrasing.day(day, lang)),
        chart=bars([(name, counts[0], number(counts[0], lang)) for name, counts in rows]),
        steps=[steps],
    )


def programme_report(name: str, tracks: Sequence[Track], material: Material, lang: Lang) -> str:
    """The report of a programme: its tracks together, where a transfer between them is no exit."""
    day, limit = material.source.as_of, material.limit
    joined = join(material.cases)
    here = [sum(1 for c in material.cases if c.track.track == track.track and c.status in UNDER_WAY) for track in tracks]
    line = mask_line(here, limit)
    table = Grid(
        message("r.tracks.caption", lang, day=phrasing.day(day, lang)),
        (message("r.track", lang), message("r.now", lang)),
        tuple((track.name, number(count, lang)) for track, count in zip(tracks, line.counts, strict=True)),
        (1,),
        (message("r.total", lang), number(line.total, lang)),
    )
    return _page(
        tracks,
        material,
        lang,
        programme_measured(tracks, joined, day, material.struck),
        joined,
        name=name,
        kicker=message("r.kicker.programme", lang, day=phrasing.day(day, lang)),
        chart=bars([(track.name, count, number(count, lang)) for track, count in zip(tracks, line.counts, strict=True)]),
        steps=[table],
    )


def _page(
    tracks: Sequence[Track], material: Material, lang: Lang, goals: Sequence[Measured], counted: Sequence[Case], **values: Any
) -> str:
    track, day, limit = tracks[0], material.source.as_of, material.limit
    whole = replace(track, employers=tuple({e.id: e for one in tracks for e in one.employers}.values()))
    speech = Speech(whole, lang)
    overdue = [(one.name, count_tables.overdue_table(one, _of(material, one), lang, day, limit)) for one in tracks]
    first = message("r.source", lang, tracks=listed((one.name for one in tracks), lang), day=phrasing.day(day, lang))
    return render(
        "report.html.j2",
        lang,
        title=message("r.title", lang, name=values["name"], day=phrasing.day(day, lang)),
        as_of=day,
        limit=limit,
        several=len(tracks) > 1,
        status=count_tables.status_table(material.cases, lang, day, limit),
        results=[result(goal, speech, limit) for goal in goals],
        outcomes=count_tables.outcome_table(counted, goals, track.follow_up, lang, day, limit),
        exits=sum(1 for case in counted if case.exit),
        onward=shown(sum(1 for case in counted if case.exit and case.onward), limit),
        overdue=[(name, grid) for name, grid in overdue if grid.rows],
        groups=list(count_tables.group_tables(goals, whole, speech, limit)),
        offers=count_tables.offers_table(material.cases, whole, speech, day, limit),
        cost=count_tables.cost_rows(material.cases, lang, day),
        source=source_lines(first, tracks, material.source, lang),
        **values,
    )


def _of(material: Material, track: Track) -> list[tuple[str, Todo]]:
    streams = {case.stream for case in material.cases if case.track.track == track.track}
    return [row for row in material.todos if row[0] in streams]
