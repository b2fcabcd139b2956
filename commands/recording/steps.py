"""What staff report of a participant's way through the steps: results, facts, starts, phases, placements, decisions, outcomes.

Each command turns its options into the data of one kind of event and hands it to `session.record_fact`.
"""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import (
    Advance,
    EmployerName,
    FactOptions,
    Facts,
    Json,
    Key,
    Note,
    OutcomeName,
    ReasonOrNone,
    Ref,
    StepId,
    fact_command,
)
from commands.recording.session import given, parse_pairs, record_fact
from commands.runtime.typed_values import parse_number


@fact_command
def record(
    ctx: Context,
    ref: Ref,
    step: StepId,
    result: Annotated[str, Argument(metavar="RESULT")],
    *,
    fact: Facts = None,
    employer: EmployerName = None,
    outcome: OutcomeName = None,
    reason: ReasonOrNone = None,
    how: FactOptions,
) -> None:
    """Record the result of a step."""
    data = {"result": result, "facts": parse_pairs(fact), **given(employer=employer, outcome=outcome, reason=reason)}
    record_fact(ctx.obj, ref, how, "reported", step, data=data)


@fact_command
def state(ctx: Context, ref: Ref, *, fact: Facts = None, how: FactOptions) -> None:
    """Record facts about a participant that became known."""
    record_fact(ctx.obj, ref, how, "stated", data={"facts": parse_pairs(fact)})


@fact_command
def begin(ctx: Context, ref: Ref, step: StepId, *, reason: ReasonOrNone = None, how: FactOptions) -> None:
    """Record that a step started, or the day it really did."""
    record_fact(ctx.obj, ref, how, "began", step, data=given(reason=reason))


@fact_command
def phase(ctx: Context, ref: Ref, step: StepId, name: Annotated[str, Argument(metavar="NAME")], *, how: FactOptions) -> None:
    """Record that a phase of a step was reached."""
    record_fact(ctx.obj, ref, how, "phase", step, data={"name": name})


@fact_command
def place(
    ctx: Context,
    ref: Ref,
    step: StepId,
    employer: Annotated[str, Argument(metavar="EMPLOYER")],
    *,
    reason: ReasonOrNone = None,
    how: FactOptions,
) -> None:
    """Record with which employer a participant does a step; in the middle of it, a change of employer."""
    record_fact(ctx.obj, ref, how, "placed", step, data={"employer": employer, **given(reason=reason)})


@fact_command
def decide(ctx: Context, ref: Ref, step: StepId, action: Annotated[str, Argument(metavar="ACTION")], *, how: FactOptions) -> None:
    """Record what follows a result that asks for a decision."""
    record_fact(ctx.obj, ref, how, "decided", step, data={"action": action})


@fact_command
def contact(
    ctx: Context,
    ref: Ref,
    step: StepId = "",
    *,
    letter: Annotated[str | None, Option("--letter", metavar="NUMBER")] = None,
    how: FactOptions,
) -> None:
    """Record that a contact was made, or that a participant was told that a letter is no longer valid."""
    data = {"letter": parse_number("--letter", letter)} if letter else {}
    record_fact(ctx.obj, ref, how, "contacted", step, data=data)


@fact_command
def outcome(
    ctx: Context, ref: Ref, what: Annotated[str, Argument(metavar="OUTCOME")], *, employer: EmployerName = None, how: FactOptions
) -> None:
    """Record what became of a participant, from a day on."""
    record_fact(ctx.obj, ref, how, "outcome", data=given(what=what, employer=employer))


def follow_up(
    ctx: Context,
    ref: Ref,
    point: Annotated[str, Argument(metavar="POINT")],
    *,
    outcome: Annotated[str, Option("--outcome", metavar="OUTCOME")],
    employer: EmployerName = None,
    fact: Facts = None,
    note: Note = None,
    key: Key = None,
    advance: Advance = False,
    json: Json = False,
) -> None:
    """Record the answers to a follow-up: what became of a participant by the day that it asks about."""
    # Without `--on`: the day of a follow-up is that of its point, not of its answer.
    how = FactOptions(None, note, key, advance, json)
    more = given(employer=employer, facts=parse_pairs(fact))
    record_fact(ctx.obj, ref, how, "followed_up", data={"point": point, "outcome": outcome, **more})
