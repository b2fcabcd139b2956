"""What is said of a track itself: its starts and its employers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from typer import Argument, Context, Option

from commands import errors
from commands.context import parse_day
from commands.reporting import ADVANCE, JSON, ON
from commands.writing import After, conclude, opened, reason_of
from tracks.events import Draft
from tracks.shared_facts import check_shared
from tracks.texts import code_of

if TYPE_CHECKING:
    from commands.context import Here

TRACK: Final = Argument(..., metavar="TRACK")
_STARTS: Final = {"confirm": "start_confirmed", "cancel": "start_cancelled", "postpone": "start_postponed"}
_SWEDISH: Final = {"bekräfta": "confirm", "ställ_in": "cancel", "skjut_upp": "postpone", "drar_sig_ur": "withdraw", "rapportera": "report"}


def start(
    ctx: Context,
    track: str = TRACK,
    day: str = Argument(..., metavar="DATE"),
    what: str = Argument(..., metavar="confirm|cancel|postpone"),
    to: str = Option(None, "--to", metavar="DATE"),
    reason: str = Option(None, "--reason", metavar="REASON"),
    on: str = ON,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That a start is to be held as it is, is cancelled, or is postponed."""
    kind = _STARTS[_choice(what, tuple(_STARTS))]
    said: dict[str, Any] = {"start": parse_day(day).isoformat(), **reason_of(reason)}
    if kind == "start_postponed":
        if not to:
            raise errors.PostponeTo
        said["to"] = parse_day(to).isoformat()
    _say(ctx.obj, track, kind, said, on, After(advance, json))


def employer(
    ctx: Context,
    track: str = TRACK,
    name: str = Argument(..., metavar="EMPLOYER"),
    what: str = Argument(..., metavar="withdraw|report"),
    step: str = Option("", "--step", metavar="STEP"),
    result: str = Option("done", "--result", metavar="RESULT"),
    begins: str = Option("", "--start", metavar="DATE"),
    on: str = ON,
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> None:
    """That an employer leaves the track, or what became of a step that concerns the employer."""
    if _choice(what, ("withdraw", "report")) == "withdraw":
        _say(ctx.obj, track, "employer_withdrew", {"employer": name}, on, After(advance, json))
        return
    said = {"employer": name, "start": begins, "result": code_of("result", result)}
    _say(ctx.obj, track, "employer_reported", said, on, After(advance, json), step)


def _choice(written: str, choices: tuple[str, ...]) -> str:
    found = _SWEDISH.get(written.casefold().replace(" ", "_"), written.casefold())
    if found not in choices:
        raise errors.BadChoice(name="start" if "confirm" in choices else "employer", choices=", ".join(choices), value=written[:40])
    return found


def _say(work: Here, track: str, kind: str, said: dict[str, Any], on: str | None, after: After, step: str = "") -> None:
    from tracks.operations import say_on_track

    with opened(work, track=track) as book:
        draft = Draft(kind, book.day(on), step, 1 if step else 0, said)
        check_shared(book.ledger, book.clock, track, draft)
        conclude(work, book, [say_on_track(book.ledger, book.clock, book.actor, track, draft)], after)
