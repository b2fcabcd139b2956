"""Results: `outcomes` on the screen, `report` and `handbook` as single files that open anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.moment import parse_moment
from commands.app.options import AsOf, Csv, Json, KnownAt, Limit
from commands.runtime.atomic_files import deliver
from commands.runtime.listing import print_listing
from commands.runtime.output import OutputForm, out, out_json, print_grid, print_message
from commands.runtime.typed_values import parse_limit
from definitions.progress import Stage
from tracks.queries.reader import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.queries.report_basis import ReportBasis
    from commands.runtime.context import CommandContext

TrackOrProgramme = Annotated[str, Argument(metavar="TRACK|PROGRAMME")]
Output = Annotated[str | None, Option("--html", "-o", "--output", "--out", metavar="FILE")]
_CSV: Final = ("id", "name", "definition", "numerator", "denominator", "unknown", "not_yet", "population", "day", "met")
_CELLS: Final = ("table", "group", "row", "column", "value")


def outcomes(
    ctx: Context,
    what: TrackOrProgramme,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = "5",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show every share with numerator, denominator, population, day and definition."""
    from commands.queries.report_basis import onward_line, outcome_grids
    from commands.queries.report_json import exits_by_outcome, goal_data, with_hidden

    work, least = ctx.obj, parse_limit(limit)
    found = _gather(work, what, as_of, known_at)
    if json or csv:
        seen = found.seen(least)
        goals = [goal_data(goal, seen) for goal in found.goals]
        if csv:
            _print_csv(goals, _CSV, work)
        else:
            out_json(with_hidden({"what": what, "as_of": found.day, "goals": goals, "exits": exits_by_outcome(found, seen)}))
    else:
        for grid in outcome_grids(found, least, work.lang):
            print_grid(grid)
        if onward := onward_line(found, least, work.lang):
            out(onward)
        print_message("outcomes.note", work)
        if least > 1:
            print_message("outcomes.hidden", work, limit=least)


def _print_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str], work: CommandContext) -> None:
    """Print a result as a file for offices, in the language of the reader as `export` is."""
    from commands.wording.export_words import in_words

    told, headings = in_words(rows, columns, work.lang)
    print_listing(told, (), OutputForm(csv=True), work, csv=headings)


def _gather(work: CommandContext, what: str, as_of: str | None, known_at: str | None) -> ReportBasis:
    from commands.queries.report_basis import load_report_basis
    from tracks.queries.explain.as_of_ledger import ledger_at
    from tracks.queries.track_status import tracks as tracks_in_force

    with reading(work.database) as reader:
        concerned = [one.id for one in tracks_in_force(reader) if what in (one.id, one.programme)]
        now = parse_moment(work, reader, as_of, known_at, tracks=concerned)
        found = load_report_basis(ledger_at(reader, now), what, now, work.progress)
    # What follows asks the database no more, and takes about as long again.
    work.progress.begin(Stage.COUNTING)
    return found


def report(
    ctx: Context,
    what: TrackOrProgramme,
    *,
    html: Output = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = "5",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Write a page with people per step, what is overdue, and outcomes against goals."""
    from commands.queries.report_basis import report_cells, report_page
    from commands.queries.report_json import report_data

    work, least = ctx.obj, parse_limit(limit)
    found = _gather(work, what, as_of, known_at)
    if json:
        out_json(report_data(found, least))
        return
    if csv:
        _print_csv(report_cells(found, least, work), _CELLS, work)
        return
    deliver(work, html or f"{what}-{found.day}.html", report_page(found, least, work))


def handbook(ctx: Context, track: Annotated[str, Argument(metavar="TRACK|PATH")], *, html: Output = None) -> None:
    """Write a page with the method of a track, step by step."""
    from commands.app.track_sources import track_of, track_shown
    from tracks.reports.pages.handbook import render_handbook
    from tracks.reports.text.html import PageSource

    work = ctx.obj
    found = track_of(work, track)
    page = render_handbook(track_shown(work, found), work.lang, PageSource(_today(work, found.track), virtual=work.virtual))
    deliver(work, html or f"{found.track}-handbook.html", page)


def _today(work: CommandContext, track: str) -> date:
    """The day that a handbook is of; that of the system where the track is a file and there is no database."""
    if not work.path.exists():
        from commands.runtime.context import system_clock

        return system_clock().today
    with reading(work.database) as reader:
        return parse_moment(work, reader, tracks=[track]).today
