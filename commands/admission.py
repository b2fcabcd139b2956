"""What is said before a participant has a place: exceptions, refusals, offers and their answers, selections, interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typer import Argument, Context, Option

from commands import errors
from commands.answering import asked
from commands.reporting import ADVANCE, JSON, KEY, NOTE, ON, REF
from commands.texts import tell
from commands.writing import After, conclude, opened, reason_of, report
from tracks.events import REASONS
from tracks.saying import Fact
from tracks.texts import word

if TYPE_CHECKING:
    from commands.writing import Opened
    from tracks.operations import Said

# What is taken for the reason of a no where none is said.
OWN_WISH: Final = "own_wish"


def except_from(
    ctx: Context,
    ref: str = REF,
    rule: str = Argument(..., metavar="RULE"),
    reason: str = Option(..., "--reason", metavar="REASON"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """An exception from a condition, with its reason."""
    why, words = reason_or_words(reason, note)
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("exception", book.day(on), data={"rule": rule, **why}, key=key), words)


def reason_or_words(reason: str, note: str | None) -> tuple[dict[str, str], str | None]:
    """A reason as its code; one in words is free text, which the log does not hold: it goes with the note."""
    said = reason_of(reason)
    if said["reason"] in REASONS:
        return said, note
    return {"reason": "other"}, "\n".join(filter(None, (reason, note)))


def refuse(
    ctx: Context,
    ref: str = REF,
    reason: str = Option(..., "--reason", metavar="REASON"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That a person refuses somebody a place."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("refused", book.day(on), data=reason_of(reason), key=key), note)


def offer(
    ctx: Context,
    what: str = Argument(..., metavar="TRACK|REF"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """Offer a place to one, or to all who are proposed on a track."""
    work, after = ctx.obj, After(advance, json)
    from tracks.reading import reading
    from tracks.reading_clock import is_track

    with reading(work.database) as reader:
        whole = is_track(reader, what)
    if not whole:
        report(work, what, after, lambda book: Fact("offered", book.day(on), key=key), note)
        return
    with opened(work, track=what) as book:
        said = _offer_all(book, what, on)
        if not said and not json:
            raise errors.NobodyProposed(track=what)
        conclude(work, book, said, after)


def _offer_all(book: Opened, track: str, on: str | None) -> list[Said]:
    from tracks.bulk import Row, write_many
    from tracks.operations import catch_up

    catch_up(book.ledger, track, book.clock)
    proposed = sorted({stream for stream, claim in book.ledger.claims(track) if claim.state == "proposed"})
    fact = Fact("offered", book.day(on))
    rows = [Row(number, book.actor, fact, stream) for number, stream in enumerate(proposed, 1)]
    return write_many(book.ledger, book.clock, track, rows)


def accept(
    ctx: Context, ref: str = REF, on: str = ON, note: str = NOTE, key: str = KEY, advance: bool = ADVANCE, json: bool = JSON
) -> None:
    """Yes to an offer."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("accepted", book.day(on), key=key), note)


def decline(
    ctx: Context,
    ref: str = REF,
    reason: str = Option(None, "--reason", metavar="REASON"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """No to an offer."""
    work = ctx.obj
    given = reason or asked(tell("ask.reason", work.lang))
    said = reason_of(given, OWN_WISH)
    written = report(work, ref, After(advance, json), lambda book: Fact("declined", book.day(on), data=said, key=key), note)
    if not given and written.events:
        code = word("reason", OWN_WISH, work.lang).replace(" ", "_")
        work.warnings.append(tell("decline.assumed", work.lang, reason=code, stream=written.stream, number=written.events[0].seq))


def select(
    ctx: Context,
    ref: str = REF,
    employer: str = Argument(..., metavar="EMPLOYER"),
    on: str = ON,
    note: str = NOTE,
    key: str = KEY,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That an employer selected a participant."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("selected", book.day(on), data={"employer": employer}, key=key), note)


def interest(
    ctx: Context, ref: str = REF, on: str = ON, note: str = NOTE, key: str = KEY, advance: bool = ADVANCE, json: bool = JSON
) -> None:
    """That somebody whose offer lapsed still wants a place."""
    report(ctx.obj, ref, After(advance, json), lambda book: Fact("interested", book.day(on), key=key), note)
