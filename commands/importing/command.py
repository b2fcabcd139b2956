"""`import`: many people, or many reports, from a file."""

from __future__ import annotations

from typer import Argument, Context, Option

from commands.app.options import ADVANCE, JSON, After
from commands.importing.importer import Wanted, import_rows
from commands.runtime import errors


def import_file(
    ctx: Context,
    path: str = Argument(..., metavar="FILE"),
    track: str = Option(..., "--track", metavar="TRACK"),
    form: str = Option("", "--as", metavar="people|reports"),
    sheet: str = Option(None, "--sheet", metavar="NAME"),
    columns: str = Option(None, "--map", metavar="FILE"),
    dry_run: bool = Option(False, "--dry-run"),
    replay: bool = Option(False, "--replay"),
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> int:
    """Many rows from a CSV or XLSX file: all or nothing."""
    if form not in ("", "people", "reports"):
        raise errors.BadChoice(name="--as", choices="people, reports", value=form[:20])
    if replay and not ctx.obj.virtual:
        raise errors.ReplayNeedsVirtual
    return import_rows(ctx.obj, path, track, Wanted(form, dry_run, replay, After(advance, json), sheet, columns))
