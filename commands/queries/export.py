"""`export`: where everybody stands, or every event, as a file for other systems. References only: who somebody is never leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Context, Option

from commands.app.moment import parse_moment
from commands.app.options import AsOf, KnownAt
from commands.queries.table_files import as_cloudevents, as_csv
from commands.runtime.atomic_files import deliver
from commands.runtime.errors import FILE_NEEDED, STATUS_IS_NO_EVENT
from commands.runtime.listing import as_xlsx
from commands.runtime.typed_values import check_choice
from commands.wording.export_words import in_words
from definitions.progress import Stage
from tracks.queries.exports import SEEN, ExportScope, event_rows, stand_rows
from tracks.queries.moment import is_track
from tracks.queries.reader import reading
from tracks.recording.refusals import unknown_track

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commands.runtime.context import CommandContext
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader

_WHAT: Final = ("status", "placements", "events")
_FORMATS: Final = ("csv", "xlsx", "cloudevents")


class _ExportOptions(NamedTuple):
    """What is exported: a track or all, status, placements or events, in which form, and whether with restricted facts."""

    track: str | None
    what: str
    form: str
    restricted: bool


def export(
    ctx: Context,
    track: Annotated[str | None, Argument(metavar="TRACK")] = None,
    *,
    what: Annotated[str, Option("--what", metavar="status|placements|events")] = "status",
    form: Annotated[str, Option("--format", metavar="csv|xlsx|cloudevents")] = "csv",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    restricted: Annotated[bool, Option("--restricted")] = False,
    output: Annotated[str | None, Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """Write status, placements or events of one track or of all, for other systems."""
    work, wanted = ctx.obj, _ExportOptions(track, what, form, restricted)
    _check(wanted, output)
    deliver(work, output or None, _content(work, wanted, as_of, known_at), private=restricted)


def _check(wanted: _ExportOptions, output: str | None) -> None:
    check_choice("--what", wanted.what, _WHAT)
    check_choice("--format", wanted.form, _FORMATS)
    if wanted.form == "cloudevents" and wanted.what != "events":
        raise STATUS_IS_NO_EVENT()
    # A spreadsheet on a terminal is noise.
    if wanted.form == "xlsx" and output in (None, "", "-"):
        raise FILE_NEEDED()


def _content(work: CommandContext, wanted: _ExportOptions, as_of: str | None, known_at: str | None) -> str | bytes:
    with reading(work.database) as reader:
        if wanted.track and not is_track(reader, wanted.track):
            raise unknown_track(wanted.track)
        now = parse_moment(work, reader, as_of, known_at, tracks=[wanted.track] if wanted.track else [])
        rows = list(work.progress.each(_rows(reader, wanted, now), Stage.EXPORTING))
    work.progress.begin(Stage.WRITING_FILE)
    if wanted.form == "cloudevents":
        return as_cloudevents(rows)
    told, headings = in_words(rows, _columns(rows, wanted.what), work.lang)
    return as_csv(told, headings) if wanted.form == "csv" else as_xlsx(told, headings, wanted.what)


def _rows(reader: DatabaseReader, wanted: _ExportOptions, now: Moment) -> Iterator[dict[str, Any]]:
    shown = ExportScope(wanted.track, now, wanted.restricted)
    if wanted.what == "events":
        return event_rows(reader, shown)
    from tracks.queries.explain.as_of_ledger import ledger_at
    from tracks.queries.explain.placements import placement_rows, places_at

    ledger = ledger_at(reader, now)
    if wanted.what == "placements":
        return placement_rows(ledger, wanted.track, now.day)
    return stand_rows(reader, shown, places_at(ledger, now.day))


def _columns(rows: Iterable[dict[str, Any]], what: str) -> Sequence[str]:
    """The columns that every row has, then the facts that any row has."""
    always = SEEN[what]
    return [*always, *sorted({name for row in rows for name in row} - set(always))]
