"""Pauses, ends and transfers: each is said by a named person, with a reason."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import Advance, After, FactOptions, Json, Note, On, OutcomeName, Reason, Ref, fact_command
from commands.recording.session import conclude, note_of, opened, reason_of, report
from commands.runtime.context import parse_day
from tracks.texts import code_of


@fact_command
def pause(
    ctx: Context, ref: Ref, reason: Reason, back: Annotated[str | None, Option("--back", metavar="DATE")] = None, *, how: FactOptions
) -> None:
    """That somebody is away for a time."""
    said = reason_of(reason) | ({"back": parse_day(back).isoformat()} if back else {})
    report(ctx.obj, ref, how, "paused", said=said)


@fact_command
def resume(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """That somebody is back."""
    report(ctx.obj, ref, how, "resumed")


@fact_command
def interrupt(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That somebody leaves the track before its end."""
    report(ctx.obj, ref, how, "interrupted", said=reason_of(reason))


@fact_command
def close(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That somebody has reached the aim before the last step: completed, the rest skipped."""
    report(ctx.obj, ref, how, "closed", said=reason_of(reason))


@fact_command
def misregister(ctx: Context, ref: Ref, reason: Reason, *, how: FactOptions) -> None:
    """That an enrolment should never have been: out of all figures, kept in the log."""
    report(ctx.obj, ref, how, "misregistered", said=reason_of(reason))


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

    code = reason_of(reason)["reason"]
    with opened(ctx.obj, ref=ref) as book:
        with note_of(book, note) as noted:
            more = noted.said | ({"outcome": code_of("outcome", outcome)} if outcome else {})
            said = hand_over(book.ledger, book.clock, book.actor, ref, to, book.day(on), code, **more)
            noted.keep(said)
        conclude(ctx.obj, book, [said], After(advance, json))
