"""What is recorded before a participant has a place: exceptions, refusals, offers and their answers, selections, interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from commands.app.options import FactOptions, Reason, ReasonOrNone, Ref, fact_command
from commands.app.prompt import ask_text
from commands.recording.session import conclude, open_session, record_fact
from commands.runtime import errors
from commands.runtime.texts import message
from tracks.events.kinds.table import KINDS
from tracks.events.status import OPEN
from tracks.texts import word

if TYPE_CHECKING:
    from commands.recording.session import WriteSession
    from tracks.access.ledgers import Present
    from tracks.recording.operations import Recorded


@fact_command
def except_from(ctx: Context, ref: Ref, rule: Annotated[str, Argument(metavar="RULE")], *, reason: Reason, how: FactOptions) -> None:
    """Record an exception from a condition, with its reason."""
    record_fact(ctx.obj, ref, how, "exception", data={"rule": rule, "reason": reason})


@fact_command
def refuse(ctx: Context, ref: Ref, *, reason: Reason, how: FactOptions) -> None:
    """Record that a participant is refused a place."""
    record_fact(ctx.obj, ref, how, "refused", data={"reason": reason})


@fact_command
def offer(ctx: Context, what: Annotated[str, Argument(metavar="TRACK|REF")], *, how: FactOptions) -> None:
    """Record an offer of a place: to one, or to all who are proposed on a track."""
    from tracks.queries.moment import is_track
    from tracks.queries.reader import reading

    work = ctx.obj
    with reading(work.database) as reader:
        whole = is_track(reader, what)
    if not whole:
        record_fact(work, what, how, "offered")
        return
    with open_session(work, track=what) as session:

        def act(now: Present) -> list[Recorded]:
            recorded = _offer_all(session, now, what, how.on)
            if not recorded and not how.json:
                raise errors.NOBODY_PROPOSED(track=what)
            return recorded

        conclude(work, session, session.write(act), how.after)


def _offer_all(session: WriteSession, now: Present, track: str, on: str | None) -> list[Recorded]:
    from tracks.recording.bulk import ImportRow, write_rows
    from tracks.recording.drafts import stands
    from tracks.recording.reported_fact import ReportedFact

    proposed = {stream for stream, claim in now.claims(track) if claim.state == "proposed"}
    fact = ReportedFact("offered", session.day(on))
    # Given again, the line is about those whom it has offered a place already.
    offered = (one for one in now.load(now.members(track, OPEN)) if stands(one, fact))
    streams = sorted(proposed.union(one.stream for one in offered))
    rows = [ImportRow(number, session.actor, fact, stream) for number, stream in enumerate(streams, 1)]
    return write_rows(now, track, rows)


@fact_command
def accept(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """Record that an offer is accepted."""
    record_fact(ctx.obj, ref, how, "accepted")


@fact_command
def decline(ctx: Context, ref: Ref, *, reason: ReasonOrNone = None, how: FactOptions) -> None:
    """Record that an offer is declined."""
    work = ctx.obj
    answer = reason or ask_text(message("ask.reason", work.lang))
    written = record_fact(work, ref, how, "declined", data={"reason": answer or None})
    # The reason decides what is counted later, so one that was assumed is said, with how to correct it.
    if not answer and written.events:
        code = word("reason", KINDS["declined"].default_reason, work.lang).replace(" ", "_")
        work.warnings.append(message("decline.assumed", work.lang, reason=code, stream=written.stream, number=written.events[0].seq))


@fact_command
def select(ctx: Context, ref: Ref, employer: Annotated[str, Argument(metavar="EMPLOYER")], *, how: FactOptions) -> None:
    """Record that an employer selected a participant."""
    record_fact(ctx.obj, ref, how, "selected", data={"employer": employer})


@fact_command
def interest(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """Record that a participant whose offer lapsed still wants a place."""
    record_fact(ctx.obj, ref, how, "interested")
