"""What is put right or made different for one participant: corrections, deviations from the track, who is responsible."""

from __future__ import annotations

from typing import Any, Final

from typer import Argument, Context, Option

from commands import errors
from commands.admission import reason_or_words
from commands.caseloads import tell_caseloads
from commands.reporting import ADVANCE, FACTS, JSON, KEY, NOTE, ON, REF, STEP
from commands.writing import After, conclude, opened, pairs, reason_of, report, whole
from tracks.reading import reading
from tracks.reading_assigned import CASEWORKER
from tracks.saying import Fact

_WAYS: Final = {
    "skip": "skip",
    "hoppa_över": "skip",
    "shorten": "shorten",
    "korta": "shorten",
    "lengthen": "lengthen",
    "förläng": "lengthen",
}


def correct(
    ctx: Context,
    ref: str = REF,
    number: str = Argument(..., metavar="NUMBER"),
    on: str = ON,
    fact: list[str] = FACTS,
    said: list[str] = Option(None, "--set", metavar="NAME=VALUE"),
    withdraw: bool = Option(False, "--withdraw"),
    reason: str = Option("other", "--reason", metavar="REASON"),
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Put a fact right, as if it had been said so from the start."""
    from tracks.operations import correct as put_right

    code = reason_of(reason)["reason"]
    data: dict[str, Any] = _coded(pairs(said)) | ({"facts": pairs(fact)} if fact else {})
    with opened(ctx.obj, ref=ref) as book:
        day = book.day(on) if on else None
        seq = whole("NR", number)
        done = put_right(book.ledger, book.clock, book.actor, ref, seq, on=day, data=data or None, withdraw=withdraw, reason=code, key=key)
        conclude(ctx.obj, book, [done], After(advance, json))


def _coded(said: dict[str, str]) -> dict[str, Any]:
    from commands.faults import FIELDS
    from tracks.texts import code_of

    codes = {swedish: name for name, swedish in FIELDS.items()}
    tables = {"reason": "reason", "channel": "channel", "result": "result", "outcome": "outcome", "what": "outcome"}
    named = {codes.get(_plain(name), name): value for name, value in said.items()}
    return {name: code_of(tables[name], value) if name in tables else value for name, value in named.items()}


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "_")


def deviate(
    ctx: Context,
    ref: str = REF,
    step: str = STEP,
    what: str = Argument(..., metavar="skip|shorten|lengthen"),
    length: str = Argument(None, metavar="LENGTH"),
    reason: str = Option(..., "--reason", metavar="REASON"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Skip, shorten or lengthen a step for one participant."""
    way = _WAYS.get(what.casefold())
    if way is None:
        raise errors.BadChoice(name="deviate", choices="skip, shorten, lengthen", value=what[:40])
    why, words = reason_or_words(reason, note)
    kind, said = ("waived", {}) if way == "skip" else ("lengthened", _length(length or "", -1 if way == "shorten" else 1))
    report(ctx.obj, ref, After(advance, json), lambda book: Fact(kind, book.day(on), step, data=said | why, key=key), words)


def _length(text: str, sign: int) -> dict[str, Any]:
    from definitions.vocabulary import UNITS

    count, _, unit = text.strip().casefold().partition(" ")
    if not count.isdecimal() or len(count) > len("1000") or unit not in UNITS:
        raise errors.BadLength(value=text[:40])
    return {"count": sign * int(count), "unit": UNITS[unit]}


def assign(
    ctx: Context,
    ref: str = REF,
    role: str = Argument(..., metavar="ROLE"),
    person: str = Argument(..., metavar="NAME"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Who at work is responsible for a participant."""
    said = {"role": role, "person": person}
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("assigned", book.day(on), data=said, key=key), note)
    with reading(ctx.obj.database) as reader:
        if role.strip().casefold() in CASEWORKER:
            tell_caseloads(ctx.obj, reader, person, ref)
