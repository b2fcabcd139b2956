"""What is put right or made different for one participant: corrections, deviations from the track, who is responsible."""

from __future__ import annotations

from typing import Any, Final

from typer import Argument, Context, Option

from commands import errors
from commands.admission import reason_or_words
from commands.caseloads import tell_caseloads
from commands.reporting import ADVANCE, FACTS, JSON, KEY, NOTE, ON, REF, STEP
from commands.writing import After, opened, pairs, reason_of, report, whole
from tracks.effects import put_right, would_put_right
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
    number: str = Argument(None, metavar="NUMBER"),
    on: str = ON,
    result: str = Option(None, "--result", metavar="RESULT"),
    length: str = Option(None, "--length", metavar="LENGTH"),
    fact: list[str] = FACTS,
    said: list[str] = Option(None, "--set", metavar="NAME=VALUE"),
    withdraw: bool = Option(False, "--withdraw"),
    restore: bool = Option(False, "--restore"),
    reason: str = Option("other", "--reason", metavar="REASON"),
    dry_run: bool = Option(False, "--dry-run"),
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Put a fact right, as if it had been said so from the start."""
    from commands.righted import tell_effects

    whose, seq = _event(ref, number)
    data = _content(said, fact, result, length)
    how: dict[str, Any] = {
        "data": data or None,
        "withdraw": withdraw,
        "restore": restore,
        "reason": reason_of(reason)["reason"],
        "key": key,
    }
    with opened(ctx.obj, ref=whose, readonly=dry_run) as book:
        put = would_put_right if dry_run else put_right
        day = book.day(on) if on else None
        found = put(book.ledger, book.clock, book.actor, whose, seq, on=day, **how)
        tell_effects(ctx.obj, book, found, After(advance, json), dry_run=dry_run)


def _event(ref: str, number: str | None) -> tuple[str, int]:
    """An event as it is named: `REF NUMBER`, `REF#NUMBER` or `REF/1#NUMBER`. Raises BadChoice."""
    whose, _, after = ref.partition("#")
    return whose, whole("NR", number or after)


def _content(said: list[str] | None, fact: list[str] | None, result: str | None, length: str | None) -> dict[str, Any]:
    """The content that is right, by the names that events have."""
    found = _coded(pairs(said) | ({"result": result} if result else {}))
    found |= _length(length.removeprefix("-"), -1 if length.startswith("-") else 1) if length else {}
    return found | ({"facts": pairs(fact)} if fact else {})


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
