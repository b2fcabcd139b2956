"""Pauses, ends and transfers: each is said by a named person, with a reason."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import Advance, After, FactOptions, Json, Note, On, OutcomeName, Reason, Ref, fact_command
from commands.recording.session import conclude, locked_note, open_session, record_fact
from commands.runtime.context import parse_day
from commands.runtime.typed_values import parse_reason
from tracks.texts import code_of


@fact_command
def pause(
    ctx: Context, ref: Ref, reason: Reason, back: Annotated[str | None, Option("--back", metavar="DATE")] = None, *, how: FactOptions
) -> None:
    """That somebody is away for a time."""
    said = parse_reason(reason) | ({"back": parse_day(back).isoformat()} if back else {})
    record_fact(ctx.obj, ref, how, "paused", said=said)


@fact_command
def resume(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """That somebody is back."""
    record_fact(ctx.obj, ref, how, "resumed")


@fact_command
def interrupt(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That somebody leaves the track before its end."""
    record_fact(ctx.obj, ref, how, "interrupted", said=parse_reason(reason))


@fact_command
def close(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That somebody has reached the aim before the last step: completed, the rest skipped."""
    record_fact(ctx.obj, ref, how, "closed", said=parse_reason(reason))


@fact_command
def misregister(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That an enrolment should never have been: out of all figures, kept in the log."""
    record_fact(ctx.obj, ref, how, "misregistered", said=parse_reason(reason))


def transfer(
    ctx: Context,
    ref: Ref,
    to: Annotated[str, Argument(metavar="TRANSFER")],
    reason: Reason,
    outcome: OutcomeName = None,
    on: On = None,
    note: Note = None,
    advance: Advance = False,
    json: Json = False,
) -> None:
    """Hand somebody over to another track or authority, as the track declares."""
    from tracks.recording.transfers import transfer as hand_over

    code = parse_reason(reason)["reason"]
    with open_session(ctx.obj, ref=ref) as session:
        with locked_note(session, note) as noted:
            more = noted.said | ({"outcome": code_of("outcome", outcome)} if outcome else {})
            said = hand_over(session.ledger, session.clock, session.actor, ref, to, session.day(on), code, **more)
            noted.keep(said)
        conclude(ctx.obj, session, [said], After(advance, json))
