"""`import`: many people, or many reports, from a file."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import Advance, After, DryRun, Json
from commands.runtime import errors
from commands.runtime.typed_values import check_choice


def import_file(
    ctx: Context,
    path: Annotated[str, Argument(metavar="FILE")],
    *,
    track: Annotated[str, Option("--track", metavar="TRACK")],
    form: Annotated[str, Option("--as", metavar="people|reports")] = "",
    sheet: Annotated[str | None, Option("--sheet", metavar="NAME")] = None,
    columns: Annotated[str | None, Option("--map", metavar="FILE")] = None,
    dry_run: DryRun = False,
    replay: Annotated[bool, Option("--replay")] = False,
    advance: Advance = False,
    json: Json = False,
) -> int:
    """Record the rows of a CSV or XLSX file, all or none: people who are referred, or reports of what happened."""
    from commands.importing.importer import ImportOptions, import_rows

    if form:
        check_choice("--as", form, ("people", "reports"))
    if replay and not ctx.obj.virtual:
        raise errors.REPLAY_NEEDS_VIRTUAL()
    return import_rows(ctx.obj, path, track, ImportOptions(form, dry_run, replay, After(advance, json), sheet, columns))
