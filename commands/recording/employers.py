"""`employer`: one withdraws, or reports the result of a step about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from typer import Argument, Context, Option

from commands.app.options import Advance, After, DryRun, ListingOptions, On, TrackId, listing_command
from commands.queries.employers import print_employers
from commands.queries.track_view import open_track_view
from commands.recording.session import conclude, open_session
from commands.recording.track_facts import REPORTED, agree, draft_track_fact, parse_choice, print_reach, print_way_back, reach_of, reach_row
from commands.runtime import errors
from commands.runtime.output import out_json, print_message

if TYPE_CHECKING:
    from commands.recording.track_facts import Reach
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present
    from tracks.events.event import Draft
    from tracks.recording.operations import Recorded

_KINDS: Final = {"withdraw": "employer_withdrew", "report": REPORTED}


@listing_command
def employer(
    ctx: Context,
    track: TrackId,
    name: Annotated[str | None, Argument(metavar="EMPLOYER")] = None,
    what: Annotated[str | None, Argument(metavar="withdraw|report")] = None,
    *,
    step: Annotated[str, Option("--step", metavar="STEP")] = "",
    result: Annotated[str, Option("--result", metavar="RESULT")] = "done",
    begins: Annotated[str, Option("--start", metavar="DATE")] = "",
    on: On = None,
    dry_run: DryRun = False,
    advance: Advance = False,
    wanted: ListingOptions,
) -> None:
    """Show needs, places and people of the employers, or who is at one; or record that one withdraws, or the result of its step."""
    if what is None or name is None:
        with open_track_view(ctx.obj, track, wanted) as view:
            print_employers(ctx.obj, view, name, wanted.form)
        return
    from tracks.recording.track_facts import record_track_fact_within

    kind = _KINDS[parse_choice("employer", what, tuple(_KINDS))]
    with open_session(ctx.obj, track=track, readonly=dry_run) as session:

        def act(now: Present) -> Recorded:
            day, data = session.day(on), {"employer": name}
            if kind == REPORTED and step:
                data |= {"start": begins or _start(now, track, draft_track_fact(kind, day, data, step, result))}
            return record_track_fact_within(now, session.actor, track, draft_track_fact(kind, day, data, step, result))

        def trial(now: Present) -> Reach:
            return reach_of(now, track, lambda: act(now), advance=True)

        if dry_run:
            _print_trial(ctx.obj, session.tried(trial), json=wanted.json)
            return
        if kind != REPORTED and not wanted.json:
            agree(ctx.obj, session, trial, hides_place=True)
        said = session.write(act)
        conclude(ctx.obj, session, [said], After(advance, wanted.json))
        if kind != REPORTED and not wanted.json:
            print_way_back(ctx.obj, said)


def _print_trial(work: CommandContext, reach: Reach, *, json: bool) -> None:
    """Print whom it would concern; nothing is kept."""
    if json:
        out_json({"dry_run": True, "people": len(reach.people), **reach_row(work, reach, hides_place=True)})
        return
    print_message("reach.concerns", work, count=len(reach.people))
    print_reach(work, reach, hides_place=True)
    print_message("start.dry", work)


def _start(now: Present, track: str, report: Draft) -> str:
    """The start that a report without one is about: that of which it has been said already, else the only one where the step goes on."""
    from tracks.access.views import track_view
    from tracks.queries.explain.employers import running_starts
    from tracks.recording.operations import track_row
    from tracks.recording.track_facts import stands_on_track
    from tracks.recording.validation.employer_names import employer_id

    row = track_row(now, track)
    view = track_view(now, row, None)
    name = employer_id(view.shared.track.employers, report.data["employer"], track)
    starts = [one.date.isoformat() for one in view.shared.track.intake.starts]
    if not starts:
        return ""
    reports = {start: report._replace(data={**report.data, "employer": name, "start": start}) for start in starts}
    said = [start for start in starts if stands_on_track(row, reports[start])]
    # A step about a start goes on once for each, so a report without one is clear only while one goes on.
    meant = said or running_starts(view, report.step, name)
    if len(meant) == 1:
        return meant[0]
    raise errors.WHICH_START(step=report.step, employer=name, starts=", ".join(meant or starts))
