"""Pauses, ends and transfers: each is said by a named person, with a reason."""

from __future__ import annotations

from typer import Argument, Context, Option

from commands.app.options import ADVANCE, JSON, NOTE, ON, REASON, REF, After, How, says
from commands.recording.session import conclude, note_of, opened, reason_of, report
from commands.runtime.context import parse_day
from tracks.texts import code_of


@says
def pause(ctx: Context, ref: str = REF, reason: str = REASON, back: str = Option(None, "--back", metavar="DATE"), *, how: How) -> None:
    """That somebody is away for a time."""
    said = reason_of(reason) | ({"back": parse_day(back).isoformat()} if back else {})
    report(ctx.obj, ref, how, "paused", said=said)


@says
def resume(ctx: Context, ref: str = REF, *, how: How) -> None:
    """That somebody is back."""
    report(ctx.obj, ref, how, "resumed")


@says
def interrupt(ctx: Context, ref: str = REF, reason: str = REASON, *, how: How) -> None:
    """That somebody leaves the track before its end."""
    report(ctx.obj, ref, how, "interrupted", said=reason_of(reason))


@says
def close(ctx: Context, ref: str = REF, reason: str = REASON, *, how: How) -> None:
    """That somebody has reached the aim before the last step: completed, the rest skipped."""
    report(ctx.obj, ref, how, "closed", said=reason_of(reason))


@says
def misregister(ctx: Context, ref: str = REF, reason: str = REASON, *, how: How) -> None:
    """That an enrolment should never have been: out of all figures, kept in the log."""
    report(ctx.obj, ref, how, "misregistered", said=reason_of(reason))


def transfer(
    ctx: Context,
    ref: str = REF,
    to: str = Argument(..., metavar="TRANSFER"),
    reason: str = REASON,
    outcome: str = Option(None, "--outcome", metavar="OUTCOME"),
    on: str = ON,
    note: str = NOTE,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Hand somebody over to another track or authority, as the track declares."""
    from tracks.recording.enrolment import transfer as hand_over

    code = reason_of(reason)["reason"]
    with opened(ctx.obj, ref=ref) as book:
        with note_of(book, note) as noted:
            more = noted.said | ({"outcome": code_of("outcome", outcome)} if outcome else {})
            said = hand_over(book.ledger, book.clock, book.actor, ref, to, book.day(on), code, **more)
            noted.keep(said)
        conclude(ctx.obj, book, [said], After(advance, json))
