"""Pauses, ends and transfers: each is recorded by a named person, with a reason."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import Advance, After, EmployerName, FactOptions, Json, Note, On, OutcomeName, Reason, Ref, fact_command
from commands.recording.session import conclude, given, locked_note, open_session, record_fact
from commands.runtime.context import parse_day
from commands.runtime.typed_values import parse_reason
from tracks.texts import code_of


@fact_command
def pause(
    ctx: Context, ref: Ref, *, reason: Reason, back: Annotated[str | None, Option("--back", metavar="DATE")] = None, how: FactOptions
) -> None:
    """Record that a participant is away for a time."""
    data = parse_reason(reason) | given(back=back and parse_day(back).isoformat())
    record_fact(ctx.obj, ref, how, "paused", data=data)


@fact_command
def resume(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """Record that a participant is back."""
    record_fact(ctx.obj, ref, how, "resumed")


@fact_command
def interrupt(
    ctx: Context, ref: Ref, *, reason: Reason, outcome: OutcomeName = None, employer: EmployerName = None, how: FactOptions
) -> None:
    """Record that a participant leaves the track before its end."""
    record_fact(ctx.obj, ref, how, "interrupted", data=parse_reason(reason) | _outcome(outcome, employer))


@fact_command
def close(ctx: Context, ref: Ref, *, reason: Reason, outcome: OutcomeName = None, employer: EmployerName = None, how: FactOptions) -> None:
    """Record that a participant reached the aim before the last step: the track is completed, and its other steps are skipped."""
    record_fact(ctx.obj, ref, how, "closed", data=parse_reason(reason) | _outcome(outcome, employer))


def _outcome(outcome: str | None, employer: str | None) -> dict[str, str]:
    """What became of her, where it is said with the end."""
    return given(outcome=outcome and code_of("outcome", outcome), employer=employer)


@fact_command
def misregister(ctx: Context, ref: Ref, *, reason: Reason, how: FactOptions) -> None:
    """Record that an enrolment was made by mistake: it stays in the log and leaves all figures."""
    record_fact(ctx.obj, ref, how, "misregistered", data=parse_reason(reason))


def transfer(
    ctx: Context,
    ref: Ref,
    to: Annotated[str, Argument(metavar="TRANSFER")],
    *,
    reason: Reason,
    outcome: OutcomeName = None,
    on: On = None,
    note: Note = None,
    advance: Advance = False,
    json: Json = False,
) -> None:
    """Record that a participant is handed over to another track or authority, as the track declares."""
    from tracks.recording.transfers import transfer as hand_over

    code = parse_reason(reason)["reason"]
    with open_session(ctx.obj, ref=ref) as session:
        with locked_note(session, note) as kept:
            more = kept.data | given(outcome=outcome and code_of("outcome", outcome))
            recorded = hand_over(session.ledger, session.clock, session.actor, ref, to, session.day(on), code, **more)
            kept.keep(recorded)
        conclude(ctx.obj, session, [recorded], After(advance, json))
