"""What staff report of a participant's way through the steps: results, facts, starts, phases, placements, decisions, outcomes."""

from __future__ import annotations

from typer import Argument, Context, Option

from commands.app.options import ADVANCE, EMPLOYER, FACTS, JSON, KEY, NOTE, REF, STEP, How, says
from commands.recording.session import pairs, report, whole
from tracks.texts import code_of


@says
def record(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    result: str = Argument(..., metavar="RESULT"),
    fact: list[str] = FACTS,
    employer: str = EMPLOYER,
    outcome: str = Option(None, "--outcome", metavar="OUTCOME"),
    *,
    how: How,
) -> None:
    """The result of a step."""
    said = {"result": code_of("result", result), "facts": pairs(fact)}
    said |= {"employer": employer} if employer else {}
    said |= {"outcome": code_of("outcome", outcome)} if outcome else {}
    report(ctx.obj, ref, how, "reported", step, said=said)


@says
def state(ctx: Context, ref: str = REF, fact: list[str] = FACTS, *, how: How) -> None:
    """Facts that became known."""
    said = {"facts": pairs(fact)}
    report(ctx.obj, ref, how, "stated", said=said)


@says
def begin(ctx: Context, ref: str = REF, step: str = STEP, *, how: How) -> None:
    """That a step started, or the day it really did."""
    report(ctx.obj, ref, how, "began", step)


@says
def phase(ctx: Context, ref: str = REF, step: str = STEP, name: str = Argument(..., metavar="NAME"), *, how: How) -> None:
    """That a phase of a step was reached."""
    report(ctx.obj, ref, how, "phase", step, said={"name": name})


@says
def place(ctx: Context, ref: str = REF, step: str = STEP, employer: str = Argument(..., metavar="EMPLOYER"), *, how: How) -> None:
    """Where a participant does a step."""
    report(ctx.obj, ref, how, "placed", step, said={"employer": employer})


@says
def decide(ctx: Context, ref: str = REF, step: str = STEP, action: str = Argument(..., metavar="ACTION"), *, how: How) -> None:
    """What follows a result that asks for a decision."""
    report(ctx.obj, ref, how, "decided", step, said={"action": action})


@says
def contact(
    ctx: Context,
    ref: str = REF,
    step: str = Argument("", metavar="STEP"),
    letter: str = Option(None, "--letter", metavar="NUMBER"),
    *,
    how: How,
) -> None:
    """That a contact was made; or that somebody was told that a letter does not hold any more."""
    said = {"letter": whole("--letter", letter)} if letter else {}
    report(ctx.obj, ref, how, "contacted", step, said=said)


@says
def outcome(ctx: Context, ref: str = REF, what: str = Argument(..., metavar="OUTCOME"), employer: str = EMPLOYER, *, how: How) -> None:
    """What became of a participant, from a day on."""
    said = {"what": code_of("outcome", what), **({"employer": employer} if employer else {})}
    report(ctx.obj, ref, how, "outcome", said=said)


def follow_up(
    ctx: Context,
    ref: str = REF,
    point: str = Argument(..., metavar="POINT"),
    outcome: str = Option(..., "--outcome", metavar="OUTCOME"),
    employer: str = EMPLOYER,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """How it was on the day that a follow-up asks about."""
    answers = {"outcome": code_of("outcome", outcome)}
    answers |= {"employer": employer} if employer else {}
    said = {"point": _point(point), "answers": answers}
    report(ctx.obj, ref, How(None, note, key, advance, json), "followed_up", said=said)


def _point(text: str) -> str:
    """A point of follow-up in its canonical text: `exit`, `3 months`."""
    from definitions.model.vocabulary import ANCHORS, UNITS, code

    count, _, unit = text.strip().casefold().partition(" ")
    if count.isdigit() and unit in UNITS:
        units = UNITS[unit]
        return f"{int(count)} {units[:-1] if int(count) == 1 else units}"
    return code(text.strip().casefold(), ANCHORS) or text
