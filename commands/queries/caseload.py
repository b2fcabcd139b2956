"""`caseload`: how many participants each caseworker has. More than a track says is warned of and never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.lookup import check_track, warn_of_unknown_name
from commands.app.moment import parse_moment, print_past
from commands.app.options import ListingOptions, WithExitCode, listing_command
from commands.runtime.listing import print_listing
from commands.runtime.output import Column
from commands.runtime.texts import message
from definitions.model.exit_codes import ExitCode
from tracks.events.roles import EMPLOYER
from tracks.queries.caseloads import caseloads, counted_roles
from tracks.queries.reader import reading
from tracks.queries.track_status import tracks
from tracks.texts import role_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.runtime.context import CommandContext
    from tracks.queries.caseloads import Caseload
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader

_COLUMNS: Final = (
    Column("person", "col.caseworker", "person_shown"), Column("track", "col.track"), Column("has", "col.has", right=True),
    Column("most", "col.most", right=True), Column("over", "col.above", "over_shown", right=True),
)  # fmt: skip
_CSV: Final = ("person", "track", "has", "most", "over")


@listing_command
def caseload(
    ctx: Context,
    track: Annotated[str | None, Argument(metavar="TRACK")] = None,
    *,
    responsible: Annotated[str | None, Option("--responsible", metavar="NAME")] = None,
    wanted: ListingOptions,
    exit_code: WithExitCode = False,
) -> int:
    """Show how many participants each caseworker has, beside the most that the track says, and how many have nobody."""
    work, form = ctx.obj, wanted.form
    with reading(work.database) as reader:
        if track:
            check_track(work, reader, track)
        now = parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=[track] if track else [])
        if responsible:
            warn_of_unknown_name(work, reader, responsible)
        found = _caseloads(reader, now, [track] if track else [one.id for one in tracks(reader)], responsible)
    print_past(work, now, form)
    # Who is responsible in another role than the one that is counted has people all the same.
    none = "caseload.uncounted_person" if responsible else "caseload.none"
    print_listing([_row(work, one) for one in found], _COLUMNS, form, work, none, csv=_CSV)
    return ExitCode.FINDINGS if exit_code and any(one.over for one in found) else 0


def _caseloads(reader: DatabaseReader, now: Moment, names: Sequence[str], person: str | None) -> list[Caseload]:
    if not now.past:
        return caseloads(reader, names, person)
    from tracks.queries.caseloads import caseloads_then
    from tracks.queries.explain.as_of_ledger import PastLedger

    return caseloads_then(PastLedger(reader, now), names, person)


def _row(work: CommandContext, one: Caseload) -> dict[str, Any]:
    return {
        "person": one.person, "track": one.track, "has": one.has, "most": one.most, "over": one.over,
        "person_shown": one.person or message("caseload.nobody", work.lang),
        "over_shown": one.has - one.most if one.over and one.most is not None else "",
    }  # fmt: skip


def warn_of_caseloads(work: CommandContext, reader: DatabaseReader, person: str, names: Sequence[str] = ()) -> None:
    """Warn where a caseworker has more participants than a track says.

    Args:
        work: the context of the command, which takes the warnings.
        reader: the open database.
        person: the name of the caseworker.
        names: the ids of the tracks; all in force where there is none.

    """
    for one in caseloads(reader, names or [one.id for one in tracks(reader)], person):
        if one.over:
            work.warnings.append(message("caseload.over", work.lang, person=person, count=one.has, track=one.track, most=one.most))


def warn_of_uncounted(work: CommandContext, reader: DatabaseReader, role: str, names: Sequence[str]) -> None:
    """Say that whoever has a role is left out of the caseloads of the tracks that limit them.

    Args:
        work: the context of the command, which takes the warnings.
        reader: the open database.
        role: the role that somebody was given.
        names: the ids of the tracks.

    """
    for track in names:
        counted = counted_roles(reader, track)
        if reader.labels(track, None).get("caseload") is not None and role not in (*counted, EMPLOYER):
            roles = ", ".join(role_word(one, work.lang) for one in counted)
            work.warnings.append(message("caseload.uncounted", work.lang, role=role_word(role, work.lang), track=track, roles=roles))
