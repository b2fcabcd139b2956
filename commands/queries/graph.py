"""`graph`: a track as an SVG picture or a Mermaid diagram; with how many stand where, if that is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from typer import Argument, Context, Option

from commands.app.moment import parse_moment
from commands.app.options import AsOf, KnownAt, Limit
from commands.app.track_sources import is_file, track_of, track_shown
from commands.runtime.errors import FILE_HAS_NOBODY, NO_SUCH_PICTURE, NOT_THEN
from commands.runtime.output import note
from commands.runtime.texts import message
from commands.runtime.typed_values import check_choice, parse_limit
from tracks.queries.reader import reading
from tracks.recording.refusals import unknown_track

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext
    from definitions.model.track import Track
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.moment import Moment
    from tracks.reports.measures.shown_counts import ShownCounts

FORMATS: Final = ("mermaid", "svg")
# What somebody may hope to get by a file's name; a browser prints an SVG to any of them.
_OTHERS: Final = (".png", ".pdf", ".jpg", ".jpeg", ".gif", ".webp", ".html", ".docx", ".pptx")


class _GraphOptions(NamedTuple):
    """Which day of a track in force is asked for, and whether its people are counted."""

    as_of: str | None
    known_at: str | None
    counts: bool
    limit: int


def graph(
    ctx: Context,
    what: Annotated[str, Argument(metavar="TRACK|PATH")],
    *,
    form: Annotated[str | None, Option("--format", metavar="mermaid|svg")] = None,
    output: Annotated[str | None, Option("-o", "--output", "--out", metavar="FILE")] = None,
    counts: Annotated[bool, Option("--counts")] = False,
    limit: Limit = "5",
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """Draw a track as an SVG picture, or as a Mermaid diagram."""
    from commands.runtime.atomic_files import deliver

    work, kind = ctx.obj, _format(form, output)
    track, shown = _found(work, what, _GraphOptions(as_of, known_at, counts, parse_limit(limit)))
    if kind == "svg":
        from tracks.reports.diagram.svg import render_svg as draw
    else:
        from tracks.reports.diagram.mermaid import render_mermaid as draw
    text = draw(track_shown(work, track), work.lang, shown)
    deliver(work, output or None, text)
    if output in (None, "", "-") and kind == "mermaid" and sys.stdout.isatty():
        note(message("graph.hint", work.lang, what=what, track=track.track))


def _format(form: str | None, output: str | None) -> str:
    """The form that is asked for, else the one that the file's name tells."""
    if form is None:
        if (output or "").lower().endswith(_OTHERS):
            raise NO_SUCH_PICTURE(path=output)
        return "svg" if (output or "").lower().endswith(".svg") else "mermaid"
    check_choice("--format", form, FORMATS)
    return form


def _found(work: CommandContext, what: str, wanted: _GraphOptions) -> tuple[Track, ShownCounts | None]:
    """The track, and how many stand where if that is asked; a file has neither people nor a past."""
    # A file is a draft: nobody is enrolled on it, so counting or asking for a day would mislead.
    if is_file(what):
        if wanted.counts or wanted.as_of or wanted.known_at:
            raise FILE_HAS_NOBODY(path=what)
        return track_of(work, what), None
    from tracks.queries.explain.as_of_ledger import ledger_at

    with reading(work.database) as reader:
        now = parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=[what])
        return _in_force(ledger_at(reader, now), what, now, wanted)


def _in_force(ledger: CurrentLedger, what: str, now: Moment, wanted: _GraphOptions) -> tuple[Track, ShownCounts | None]:
    from commands.queries.report_basis import load_report_basis
    from tracks.queries.explain.step_counts import shared_runs
    from tracks.reports.measures.shown_counts import picture_counts

    if what not in ledger.tracks():
        raise unknown_track(what)
    row = ledger.track(what)
    if row is None:
        raise NOT_THEN(what=what, day=now.day)
    track = ledger.plan(what, row.version).track
    if not wanted.counts:
        return track, None
    found = load_report_basis(ledger, what, now)
    return track, picture_counts(found, found.seen(wanted.limit), shared_runs(row.state))
