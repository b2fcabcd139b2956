"""Pauses, ends and transfers: each is said by a named person, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typer import Argument, Context, Option

from commands.context import parse_day
from commands.reporting import ADVANCE, JSON, KEY, NOTE, ON, REF
from commands.writing import After, conclude, note_of, opened, reason_of, report
from tracks.saying import Fact
from tracks.texts import code_of

if TYPE_CHECKING:
    from commands.context import Here

REASON: Final = Option(..., "--reason", metavar="REASON")


def pause(
    ctx: Context,
    ref: str = REF,
    reason: str = REASON,
    back: str = Option(None, "--back", metavar="DATE"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That somebody is away for a time."""
    said = reason_of(reason) | ({"back": parse_day(back).isoformat()} if back else {})
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("paused", book.day(on), data=said, key=key), note)


def resume(
    ctx: Context, ref: str = REF, on: str = ON, note: str = NOTE, key: str = KEY, advance: bool = ADVANCE, json: bool = JSON
) -> None:
    """That somebody is back."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("resumed", book.day(on), key=key), note)


def interrupt(
    ctx: Context,
    ref: str = REF,
    reason: str = REASON,
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That somebody leaves the track before its end."""
    _end(ctx.obj, "interrupted", ref, reason, on, note, key, After(advance, json))


def close(
    ctx: Context,
    ref: str = REF,
    reason: str = REASON,
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That somebody has reached the aim before the last step: completed, the rest skipped."""
    _end(ctx.obj, "closed", ref, reason, on, note, key, After(advance, json))


def misregister(
    ctx: Context,
    ref: str = REF,
    reason: str = REASON,
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That an enrolment should never have been: out of all figures, kept in the log."""
    _end(ctx.obj, "misregistered", ref, reason, on, note, key, After(advance, json))


def _end(work: Here, kind: str, ref: str, reason: str, on: str | None, note: str | None, key: str | None, after: After) -> None:
    report(work, ref, after, lambda book: Fact(kind, book.day(on), data=reason_of(reason), key=key), note)


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
    from tracks.enrolling import transfer as hand_over

    code = reason_of(reason)["reason"]
    with opened(ctx.obj, ref=ref) as book:
        with note_of(book, note) as noted:
            more = noted.said | ({"outcome": code_of("outcome", outcome)} if outcome else {})
            said = hand_over(book.ledger, book.clock, book.actor, ref, to, book.day(on), code, **more)
            noted.keep(said)
        conclude(ctx.obj, book, [said], After(advance, json))
