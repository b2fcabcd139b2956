"""The report of a track or a programme: where people are, what is overdue, outcomes against goals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tracks.events.status import UNDER_WAY
from tracks.privacy.cells import added
from tracks.privacy.small_cells import LIMIT, mask_line
from tracks.reports.measures.figures import BEGUN, TOTAL, WHOLE, CountedPeople, Figures, hidden_figures
from tracks.reports.measures.headcounts import STEP_COLUMNS
from tracks.reports.measures.indicators import measure_goals, measure_programme
from tracks.reports.measures.page_counts import exits_at, late_shown, series_shown, way_shown
from tracks.reports.measures.population import UNKNOWN, join_transfers
from tracks.reports.measures.series import SERIES
from tracks.reports.measures.shown_counts import onward_shown
from tracks.reports.text import phrasing
from tracks.reports.text.about import about_tracks
from tracks.reports.text.bar_chart import bar_chart
from tracks.reports.text.catalogue import message
from tracks.reports.text.column_chart import column_chart
from tracks.reports.text.count_tables import CountTables, Grid, count_or_mark
from tracks.reports.text.html import PageSource, render, source_lines
from tracks.reports.text.phrasing import TrackWording, listed
from tracks.reports.text.results import goal_result
from tracks.reports.text.summary import dropout_line, goal_lines, overdue_line, people_line, verdict_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from definitions.model.track import GoalDecision, Track
    from definitions.model.vocabulary import Lang
    from tracks.events.snapshots import Todo
    from tracks.privacy.cells import Cell
    from tracks.reports.measures.indicators import GoalMeasurement
    from tracks.reports.measures.population import CaseRecord


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """What a report is made from: cases, todos by stream, goals struck by a person since, and where it all comes from.

    Counts below `limit` are hidden; 0 hides nothing, for use inside the house only. `figures` is what is hidden over this report and
    those that are read beside it, of a programme and its tracks; without it, this report is taken to be read alone.
    """

    cases: Sequence[CaseRecord]
    source: PageSource
    todos: Sequence[tuple[str, Todo]] = ()
    struck: Mapping[str, GoalDecision] = field(default_factory=dict)
    limit: int = LIMIT
    figures: Figures | None = None

    def seen(self, tracks: Sequence[Track], scope: str) -> Figures:
        """What is hidden in the report of some tracks."""
        alone = CountedPeople(tracks, self.cases, self.todos, self.struck, self.source.as_of)
        return (self.figures or hidden_figures(alone, self.limit)).of(scope)


def render_report(track: Track, material: ReportMaterial, lang: Lang) -> str:
    """Write the report of one track as one HTML page.

    Args:
        track: The version in force.
        material: What the report is made from.
        lang: The language of the page.

    """
    return render("report.html.j2", lang, **report_values(track, material, lang))


def render_programme_report(name: str, tracks: Sequence[Track], material: ReportMaterial, lang: Lang) -> str:
    """Write the report of a programme as one HTML page.

    Args:
        name: The name of the programme.
        tracks: The versions in force of its tracks.
        material: What the report is made from, of all its tracks.
        lang: The language of the page.

    """
    return render("report.html.j2", lang, **programme_values(name, tracks, material, lang))


def grids_of(values: Mapping[str, Any], lang: Lang) -> list[Grid]:
    """The tables of a report, in the order of its page; `values` are what the page is rendered with."""
    of_track = ((replace(grid, title=f"{title}: {grid.title}") if values["several"] else grid) for title, grid in values["overdue"])
    found = [values["way"], values["time"], values["outcomes"], *values["steps"], values["status"]]
    found += [*of_track, *values["groups"], values["offers"]]
    cost = Grid(message("r.cost", lang), ("", message("r.count", lang)), tuple(values["cost"]), (1,))
    return [grid for grid in (*found, cost) if grid.rows]


def report_values(track: Track, material: ReportMaterial, lang: Lang) -> dict[str, Any]:
    """Work out all that stands in the report of one track.

    Args:
        track: The version in force.
        material: What the report is made from.
        lang: The language of the page.

    """
    day = material.source.as_of
    seen = material.seen([track], track.track)
    tables = CountTables(TrackWording(track, lang), day, seen)
    rows = tables.step_counts(material.cases, material.todos)
    goals = measure_goals(track, material.cases, day, material.struck)
    return _values(
        [track],
        material,
        lang,
        goals,
        material.cases,
        name=track.name,
        kicker=message("r.kicker", lang, day=phrasing.day(day, lang)),
        about=track.description or "",
        # Where nobody is the table says so.
        chart=bar_chart([(name, counts[0], count_or_mark(counts[0], lang)) for name, counts in rows if counts[0] != 0]),
        steps=[tables.steps(material.cases, material.todos)],
        dropout=dropout_line([_broken_off(name, counts) for name, counts in rows], lang),
        seen=seen,
    )


def programme_values(name: str, tracks: Sequence[Track], material: ReportMaterial, lang: Lang) -> dict[str, Any]:
    """Work out all that stands in the report of a programme: its tracks together, where a transfer between them is no exit.

    Args:
        name: The name of the programme.
        tracks: The versions in force of its tracks.
        material: What the report is made from, of all its tracks.
        lang: The language of the page.

    """
    day, limit = material.source.as_of, material.limit
    joined = join_transfers(material.cases)
    here = [sum(1 for c in material.cases if c.track.track == track.track and c.status in UNDER_WAY) for track in tracks]
    # Hidden before it is drawn: the chart shows what the table shows.
    masked, seen = mask_line(here, limit), material.seen(tracks, WHOLE if len(tracks) > 1 else tracks[0].track)
    counts = [seen.shown(count, "track", track.track) for track, count in zip(tracks, masked.counts, strict=True)]
    table = Grid(
        message("r.tracks.caption", lang, day=phrasing.day(day, lang)),
        (message("r.track", lang), message("r.now", lang)),
        tuple((track.name, count_or_mark(count, lang)) for track, count in zip(tracks, counts, strict=True)),
        (1,),
        (message("r.total", lang), count_or_mark(seen.shown(masked.total, "track", TOTAL), lang)),
    )
    return _values(
        tracks,
        material,
        lang,
        measure_programme(tracks, joined, day, material.struck),
        joined,
        name=name,
        kicker=message("r.kicker.programme", lang, day=phrasing.day(day, lang)),
        about="",
        dropout="",
        chart=bar_chart([(track.name, count, count_or_mark(count, lang)) for track, count in zip(tracks, counts, strict=True)]),
        steps=[table],
        seen=seen,
    )


def _values(
    tracks: Sequence[Track],
    material: ReportMaterial,
    lang: Lang,
    goals: Sequence[GoalMeasurement],
    counted: Sequence[CaseRecord],
    *,
    seen: Figures,
    **values: Any,
) -> dict[str, Any]:
    track, day, limit = tracks[0], material.source.as_of, material.limit
    # A programme's people are with the employers of any of its tracks, and groups are named after them.
    whole = replace(track, employers=tuple({e.id: e for one in tracks for e in one.employers}.values()))
    wording = TrackWording(whole, lang)
    tables = CountTables(wording, day, seen)
    late = [row for one in tracks for row in late_shown(one, _of(material, one), day, seen)]
    results = [goal_result(goal, wording, seen) for goal in goals]
    way, series = way_shown(material.cases, counted, day, seen), series_shown(material.cases, counted, day, seen)
    unknown = exits_at(counted, goals, day, (0, None), seen).counts[UNKNOWN]
    overdue = [(one.name, CountTables(TrackWording(one, lang), day, seen).overdue(_of(material, one))) for one in tracks]
    known = phrasing.day(material.source.known or day, lang)
    first = message("r.source", lang, tracks=listed((one.name for one in tracks), lang), day=phrasing.day(day, lang), known=known)
    return {
        "title": message("r.title", lang, name=values["name"], day=phrasing.day(day, lang)),
        "as_of": day,
        "limit": limit,
        "several": len(tracks) > 1,
        "status": tables.status(material.cases),
        "results": results,
        "verdict": verdict_line(results, lang),
        "summary": [*goal_lines(results, lang), people_line(way, unknown, lang), values["dropout"], overdue_line(late, lang)],
        "facts": list(about_tracks(tracks, lang)),
        "way": tables.way(way),
        "way_chart": bar_chart([(message(f"r.way.{name}", lang), count, count_or_mark(count, lang)) for name, count in way.items()]),
        "time": tables.series(series, way),
        "time_chart": column_chart(series),
        "series": [message(f"r.way.{name}", lang) for name in SERIES],
        "outcomes": tables.outcomes(counted, goals),
        "exits": any(case.exit for case in counted),
        "onward": onward_shown(counted, seen),
        "overdue": [(name, grid) for name, grid in overdue if grid.rows],
        "groups": list(tables.groups(goals)),
        "offers": tables.offers(material.cases),
        "cost": tables.cost(material.cases),
        "source": source_lines(first, tracks, material.source, lang),
        **values,
    }


def _broken_off(name: str, counts: Sequence[Cell]) -> tuple[str, Cell, Cell]:
    by = dict(zip(STEP_COLUMNS, counts, strict=True))
    return name, by["interrupted"], added(by[column] for column in BEGUN)


def _of(material: ReportMaterial, track: Track) -> list[tuple[str, Todo]]:
    streams = {case.stream for case in material.cases if case.track.track == track.track}
    return [row for row in material.todos if row[0] in streams]
