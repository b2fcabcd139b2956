"""What staff report of a participant's way through the steps: results, facts, starts, phases, placements, decisions, outcomes."""

from __future__ import annotations

from typing import Final

from typer import Argument, Context, Option

from commands.writing import After, pairs, report, whole
from tracks.saying import Fact
from tracks.texts import code_of

REF: Final = Argument(..., metavar="REF")
STEP: Final = Argument(..., metavar="STEP")
ON: Final = Option(None, "--on", metavar="DATE")
NOTE: Final = Option(None, "--note", metavar="TEXT")
KEY: Final = Option(None, "--key", metavar="KEY")
FACTS: Final = Option(None, "--fact", metavar="NAME=VALUE")
ADVANCE: Final = Option(False, "--advance")
JSON: Final = Option(False, "--json")


def record(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    result: str = Argument(..., metavar="RESULT"),
    on: str = ON,
    fact: list[str] = FACTS,
    employer: str = Option(None, "--employer", metavar="EMPLOYER"),
    outcome: str = Option(None, "--outcome", metavar="OUTCOME"),
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """The result of a step."""
    said = {"result": code_of("result", result), "facts": pairs(fact)}
    said |= {"employer": employer} if employer else {}
    said |= {"outcome": code_of("outcome", outcome)} if outcome else {}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("reported", book.day(on), step, data=said, key=key), note)


def state(
    ctx: Context,
    ref: str = REF,
    fact: list[str] = FACTS,
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Facts that became known."""
    said = {"facts": pairs(fact)}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("stated", book.day(on), data=said, key=key), note)


def begin(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That a step started, or the day it really did."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("began", book.day(on), step, key=key), note)


def phase(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    name: str = Argument(..., metavar="NAME"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That a phase of a step was reached."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("phase", book.day(on), step, data={"name": name}, key=key), note)


def place(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    employer: str = Argument(..., metavar="EMPLOYER"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Where a participant does a step."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("placed", book.day(on), step, data={"employer": employer}, key=key), note)


def decide(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    action: str = Argument(..., metavar="ACTION"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """What follows a result that asks for a decision."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("decided", book.day(on), step, data={"action": action}, key=key), note)


def contact(
    ctx: Context,
    ref: str = REF,
    step: str = Argument("", metavar="STEP"),
    letter: str = Option(None, "--letter", metavar="NUMBER"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That a contact was made; or that somebody was told that a letter does not hold any more."""
    said = {"letter": whole("--letter", letter)} if letter else {}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("contacted", book.day(on), step, data=said, key=key), note)


def outcome(
    ctx: Context,
    ref: str = REF,
    what: str = Argument(..., metavar="OUTCOME"),
    on: str = ON,
    employer: str = Option(None, "--employer", metavar="EMPLOYER"),
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """What became of a participant, from a day on."""
    said = {"what": code_of("outcome", what), **({"employer": employer} if employer else {})}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("outcome", book.day(on), data=said, key=key), note)


def follow_up(
    ctx: Context,
    ref: str = REF,
    point: str = Argument(..., metavar="POINT"),
    outcome: str = Option(..., "--outcome", metavar="OUTCOME"),
    employer: str = Option(None, "--employer", metavar="EMPLOYER"),
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """How it was on the day that a follow-up asks about."""
    answers = {"outcome": code_of("outcome", outcome)}
    answers |= {"employer": employer} if employer else {}
    said = {"point": _point(point), "answers": answers}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("followed_up", book.day(None), data=said, key=key), note)


def _point(text: str) -> str:
    """A point of follow-up in its canonical text: `exit`, `3 months`."""
    from definitions.vocabulary import ANCHORS, UNITS, code

    count, _, unit = text.strip().casefold().partition(" ")
    if count.isdigit() and unit in UNITS:
        units = UNITS[unit]
        return f"{int(count)} {units[:-1] if int(count) == 1 else units}"
    return code(text.strip().casefold(), ANCHORS) or text
