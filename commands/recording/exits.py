"""Pauses, ends and transfers: each is recorded by a named person, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from commands.app.options import BirthMonth, EmployerName, FactOptions, OutcomeName, Reason, Ref, fact_command
from commands.recording.said import parse_said
from commands.recording.session import LockedNote, conclude, given, open_session, record_fact
from commands.runtime.output import print_message
from definitions.systems import quoted
from tracks.texts import word

if TYPE_CHECKING:
    from definitions.model.vocabulary import Lang
    from tracks.events.event import Event


@fact_command
def pause(
    ctx: Context, ref: Ref, *, reason: Reason, back: Annotated[str | None, Option("--back", metavar="DATE")] = None, how: FactOptions
) -> None:
    """Record that a participant is away for a time."""
    record_fact(ctx.obj, ref, how, "paused", data={"reason": reason, **given(back=back)})


@fact_command
def resume(ctx: Context, ref: Ref, *, how: FactOptions) -> None:
    """Record that a participant is back."""
    record_fact(ctx.obj, ref, how, "resumed")


@fact_command
def interrupt(
    ctx: Context, ref: Ref, *, reason: Reason, outcome: OutcomeName = None, employer: EmployerName = None, how: FactOptions
) -> None:
    """Record that a participant leaves the track before its end."""
    work = ctx.obj
    data = {"reason": reason, **given(outcome=outcome, employer=employer)}
    # What follows from it stands after it in the answer.
    for event in record_fact(work, ref, how, "interrupted", data=data).events[:1]:
        if event.data["reason"] == "got_a_job" and not how.json:
            print_message("interrupt.job", work, ref=event.stream, number=event.seq, more=_said_with(event, work.lang))
            if "outcome" not in event.data:
                print_message("interrupt.outcome", work, ref=event.stream)


def _said_with(event: Event, lang: Lang) -> str:
    """What was said with an interruption, as the options that say it with `close`."""
    said = [("--on", event.effective.isoformat())]
    said += [("--outcome", word("outcome", event.data["outcome"], lang).replace(" ", "_"))] if "outcome" in event.data else []
    said += [("--employer", event.data["employer"])] if "employer" in event.data else []
    return " ".join(f"{option} {quoted(value)}" for option, value in said)


@fact_command
def close(ctx: Context, ref: Ref, *, reason: Reason, outcome: OutcomeName = None, employer: EmployerName = None, how: FactOptions) -> None:
    """Record that a participant reached the aim before the last step: the track is completed, and its other steps are skipped."""
    record_fact(ctx.obj, ref, how, "closed", data={"reason": reason, **given(outcome=outcome, employer=employer)})


@fact_command
def misregister(ctx: Context, ref: Ref, *, reason: Reason, how: FactOptions) -> None:
    """Record that an enrolment was made by mistake: it stays in the log and leaves all figures."""
    record_fact(ctx.obj, ref, how, "misregistered", data={"reason": reason})


@fact_command
def transfer(
    ctx: Context,
    ref: Ref,
    to: Annotated[str, Argument(metavar="TRANSFER")],
    *,
    reason: Reason,
    outcome: OutcomeName = None,
    born: BirthMonth = None,
    how: FactOptions,
) -> None:
    """Record that a participant is handed over to another track or authority, as the track declares."""
    from commands.recording.identities import known_month
    from tracks.recording.transfers import TransferRequest, transfer_of

    said = parse_said("transferred", {"reason": reason, **given(outcome=outcome)}, how.note)
    with open_session(ctx.obj, ref=ref) as session:
        kept, why = LockedNote(session, said.note), said.data.pop("reason", "other")
        known = known_month(session, ref, born)
        wanted = TransferRequest(to, session.day(how.on), why, {**kept.data, **said.data}, how.key, born, known)
        recorded = session.write(lambda now: kept.kept(now, transfer_of(now, session.actor, ref, wanted)))
        conclude(ctx.obj, session, [recorded], how.after)
