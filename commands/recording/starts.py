"""`start` and `move`: a start is confirmed, cancelled or postponed, or tried out; a participant goes to another one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.options import (
    Advance,
    After,
    DryRun,
    FactOptions,
    ListingOptions,
    On,
    ReasonOrNone,
    Ref,
    TrackId,
    fact_command,
    listing_command,
)
from commands.app.prompt import ask_text
from commands.queries.starts import print_starts
from commands.queries.track_view import open_track_view
from commands.recording.session import conclude, open_session, record_fact
from commands.recording.track_facts import (
    REPORTED,
    agree,
    draft_track_fact,
    parse_choice,
    print_reach,
    print_way_back,
    reach_of,
    reach_row,
    record_shared_fact,
)
from commands.runtime import errors
from commands.runtime.context import parse_day
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_reason

if TYPE_CHECKING:
    from commands.recording.track_facts import Reach
    from commands.runtime.context import CommandContext
    from definitions.model.words import Name
    from tracks.access.ledgers import Present
    from tracks.events.event import Draft

_KINDS: Final = {"confirm": "start_confirmed", "cancel": "start_cancelled", "postpone": "start_postponed", "report": REPORTED}
# What moves everybody who is on the start.
_WIDE: Final = frozenset({"start_cancelled", "start_postponed"})


@listing_command
def start(
    ctx: Context,
    track: TrackId,
    day: Annotated[str | None, Argument(metavar="DATE")] = None,
    what: Annotated[str | None, Argument(metavar="confirm|cancel|postpone|report")] = None,
    *,
    to: Annotated[str | None, Option("--to", metavar="DATE")] = None,
    reason: ReasonOrNone = None,
    step: Annotated[str, Option("--step", metavar="STEP")] = "",
    result: Annotated[str, Option("--result", metavar="RESULT")] = "done",
    on: On = None,
    dry_run: DryRun = False,
    advance: Advance = False,
    wanted: ListingOptions,
) -> None:
    """Show how the starts stand or who is on one; or record that one is confirmed, cancelled or postponed, or the result of its step."""
    if what is None or day is None:
        with open_track_view(ctx.obj, track, wanted) as view:
            print_starts(ctx.obj, view, parse_day(day).isoformat() if day else None, wanted.form)
        return
    kind = _KINDS[parse_choice("start", what, tuple(_KINDS))]
    data = _data(kind, parse_day(day).isoformat(), to, reason, ctx.obj.lang)
    with open_session(ctx.obj, track=track, readonly=dry_run) as session:
        draft = draft_track_fact(kind, session.day(on), data, step, result)
        trial = partial(_tried, session.actor, track, draft)
        if dry_run:
            _print_trial(ctx.obj, *session.tried(trial), json=wanted.json)
            return
        if kind in _WIDE and not wanted.json:
            agree(ctx.obj, session, lambda now: trial(now)[0])
        said = record_shared_fact(session, track, draft)
        conclude(ctx.obj, session, [said], After(advance, wanted.json))
        if kind != REPORTED and not wanted.json:
            print_way_back(ctx.obj, said)


def _tried(actor: Name, track: str, draft: Draft, now: Present) -> tuple[Reach, str, int]:
    """Whom a fact about a start reaches, the start, and how many are on it."""
    from tracks.queries.explain.starts import members
    from tracks.recording.track_facts import record_track_fact_within

    # Counted before the fact: a cancelled start has nobody left.
    start = draft.data["start"]
    people = [one.stream for one in members(now.claims(track), start)]
    reach = reach_of(now, track, lambda: record_track_fact_within(now, actor, track, draft), people, advance=True)
    return reach, start, len(people)


def _data(kind: str, start: str, to: str | None, reason: str | None, lang: str) -> dict[str, Any]:
    """The data of a fact about a start; what it needs and was not given is asked for at a terminal."""
    if kind == "start_cancelled" and not (reason := reason or ask_text(message("ask.reason", lang))):
        raise errors.CANCEL_WHY()
    if kind == "start_postponed" and not (to := to or ask_text(message("ask.day", lang))):
        raise errors.POSTPONE_TO()
    # A report about a start is one about an employer's step with no employer.
    about = {"employer": ""} if kind == REPORTED else {}
    later = {"to": parse_day(to).isoformat()} if kind == "start_postponed" and to else {}
    return {"start": start, **about, **parse_reason(reason), **later}


@fact_command
def move(ctx: Context, ref: Ref, day: Annotated[str, Argument(metavar="DATE")], *, reason: ReasonOrNone = None, how: FactOptions) -> None:
    """Record that a participant goes to another start, or waits for that one only."""
    record_fact(ctx.obj, ref, how, "moved", data={"start": day, "reason": reason})


def _print_trial(work: CommandContext, reach: Reach, start: str, concerned: int, *, json: bool) -> None:
    """Print what would follow at once for the people of the track; nothing is kept."""
    if json:
        out_json({"dry_run": True, "people": concerned, **reach_row(work, reach)})
        return
    print_message("start.concerned", work, start=start, count=concerned)
    print_reach(work, reach)
    print_message("start.dry", work)
