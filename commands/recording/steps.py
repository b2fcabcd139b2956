"""What staff report of a participant's way through the steps: results, facts, starts, phases, placements, decisions, outcomes."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from commands.app.options import Advance, EmployerName, FactOptions, Facts, Json, Key, Note, OutcomeName, Ref, StepId, fact_command
from commands.recording.session import parse_pairs, record_fact
from commands.runtime.typed_values import parse_number
from tracks.texts import code_of


@fact_command
def record(
    ctx: Context,
    ref: Ref,
    step: StepId,
    result: Annotated[str, Argument(metavar="RESULT")],
    fact: Facts = None,
    employer: EmployerName = None,
    outcome: OutcomeName = None,
    *,
    how: FactOptions,
) -> None:
    """The result of a step."""
    said = {"result": code_of("result", result), "facts": parse_pairs(fact)}
    said |= {"employer": employer} if employer else {}
    said |= {"outcome": code_of("outcome", outcome)} if outcome else {}
    record_fact(ctx.obj, ref, how, "reported", step, said=said)


@fact_command
def state(ctx: Context, ref: Ref, fact: Facts = None, *, how: FactOptions) -> None:
    """Facts that became known."""
    said = {"facts": parse_pairs(fact)}
    record_fact(ctx.obj, ref, how, "stated", said=said)


@fact_command
def begin(ctx: Context, ref: Ref, step: StepId, *, how: FactOptions) -> None:
    """That a step started, or the day it really did."""
    record_fact(ctx.obj, ref, how, "began", step)


@fact_command
def phase(ctx: Context, ref: Ref, step: StepId, name: Annotated[str, Argument(metavar="NAME")], *, how: FactOptions) -> None:
    """That a phase of a step was reached."""
    record_fact(ctx.obj, ref, how, "phase", step, said={"name": name})


@fact_command
def place(ctx: Context, ref: Ref, step: StepId, employer: Annotated[str, Argument(metavar="EMPLOYER")], *, how: FactOptions) -> None:
    """Where a participant does a step."""
    record_fact(ctx.obj, ref, how, "placed", step, said={"employer": employer})


@fact_command
def decide(ctx: Context, ref: Ref, step: StepId, action: Annotated[str, Argument(metavar="ACTION")], *, how: FactOptions) -> None:
    """What follows a result that asks for a decision."""
    record_fact(ctx.obj, ref, how, "decided", step, said={"action": action})


@fact_command
def contact(
    ctx: Context,
    ref: Ref,
    step: StepId = "",
    letter: Annotated[str | None, Option("--letter", metavar="NUMBER")] = None,
    *,
    how: FactOptions,
) -> None:
    """That a contact was made; or that somebody was told that a letter does not hold any more."""
    said = {"letter": parse_number("--letter", letter)} if letter else {}
    record_fact(ctx.obj, ref, how, "contacted", step, said=said)


@fact_command
def outcome(
    ctx: Context, ref: Ref, what: Annotated[str, Argument(metavar="OUTCOME")], employer: EmployerName = None, *, how: FactOptions
) -> None:
    """What became of a participant, from a day on."""
    said = {"what": code_of("outcome", what), **({"employer": employer} if employer else {})}
    record_fact(ctx.obj, ref, how, "outcome", said=said)


def follow_up(
    ctx: Context,
    ref: Ref,
    point: Annotated[str, Argument(metavar="POINT")],
    outcome: Annotated[str, Option("--outcome", metavar="OUTCOME")],
    employer: EmployerName = None,
    note: Note = None,
    key: Key = None,
    advance: Advance = False,
    json: Json = False,
) -> None:
    """How it was on the day that a follow-up asks about."""
    answers = {"outcome": code_of("outcome", outcome)}
    answers |= {"employer": employer} if employer else {}
    said = {"point": _point(point), "answers": answers}
    record_fact(ctx.obj, ref, FactOptions(None, note, key, advance, json), "followed_up", said=said)


def _point(text: str) -> str:
    """A point of follow-up in its canonical text: `exit`, `3 months`."""
    from definitions.model.vocabulary import ANCHORS, UNITS, code

    count, _, unit = text.strip().casefold().partition(" ")
    if count.isdigit() and unit in UNITS:
        units = UNITS[unit]
        return f"{int(count)} {units[:-1] if int(count) == 1 else units}"
    return code(text.strip().casefold(), ANCHORS) or text
