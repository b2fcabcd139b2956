"""`why` and `queue`: what is waited for, since when, who can change it, and what was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from typer import Argument, Context, Option

from commands.asking import moment
from commands.reporting import JSON
from commands.showing import Column, Form, listing, out, out_json, say
from commands.texts import tell
from commands.writing import ledger_of
from tracks.reading import reading
from tracks.refusals import UnknownParticipant, UnknownTrack
from tracks.texts import word
from tracks.views import seen, view_of
from tracks.why import compared, reasons

if TYPE_CHECKING:
    from datetime import date

    from commands.context import Here
    from tracks.reading_lists import Claimant
    from tracks.records import Enrolment
    from tracks.store import SqlLedger
    from tracks.view import View
    from tracks.why_steps import Reason

_QUEUE: Final = (
    Column("resource", "col.resource", "resource_shown"), Column("place", "col.place", right=True), Column("ref", "col.ref"),
    Column("state", "col.state", "state_shown"), Column("since", "col.since"), Column("compared", "col.compared", "compared_shown"),
)  # fmt: skip


def why(ctx: Context, ref: str = Argument(..., metavar="REF"), step: str = Argument(None, metavar="STEP"), json: bool = JSON) -> None:
    """What a participant waits for, since when, and who can change it."""
    from commands.why_words import Words

    work = ctx.obj
    with reading(work.database) as reader:
        today = moment(work, reader, ref=ref).today
    with ledger_of(work, readonly=True) as ledger:
        found = [(one, *_asked(ledger, one, today, step)) for one in _enrolments(ledger, ref)]
    if json:
        out_json([_row(one, why) for one, _, why in found])
        return
    for one, view, why in found:
        words = Words(view, work.lang)
        say("why.head", work, ref=one.ref, track=view.shared.track.name, stream=one.stream, status=word("status", one.status, work.lang))
        for reason in why:
            out(f"  {words.sentence(reason)}")


def _enrolments(ledger: SqlLedger, ref: str) -> list[Enrolment]:
    found = ledger.load([ref]) if "/" in ref else ledger.enrolments_of(ref)
    if not found:
        raise UnknownParticipant(ref=ref[:40])
    return found


def _asked(ledger: SqlLedger, one: Enrolment, today: date, step: str | None) -> tuple[View, tuple[Reason, ...]]:
    row = ledger.track(one.track)
    if row is None:
        raise UnknownTrack(track=one.track)
    view = seen(ledger, row, one)
    return view, reasons(view, one, ledger.claims(one.track), today, step)


def _row(one: Enrolment, why: tuple[Reason, ...]) -> dict[str, Any]:
    told = [{**reason._asdict(), "values": dict(reason.values)} for reason in why]
    return {"ref": one.ref, "stream": one.stream, "track": one.track, "status": one.status, "reasons": told}


def queue(ctx: Context, track: str = Argument(..., metavar="TRACK"), json: bool = JSON, csv: bool = Option(False, "--csv")) -> None:
    """Who stands where in the queue, and every value that was compared."""
    from tracks.reading_clock import is_track
    from tracks.reading_lists import queue as line

    work = ctx.obj
    with reading(work.database) as reader:
        if not is_track(reader, track):
            raise UnknownTrack(track=track[:64])
        today = moment(work, reader, tracks=[track]).today
        found = line(reader, track, today)
    with ledger_of(work, readonly=True) as ledger:
        row = ledger.track(track)
        assert row is not None  # noqa: S101 - asked above
        view = view_of(ledger, row, None)
    listing(
        [_claimant(work, view, one, today) for one in found if not one.resource.startswith("subject:")],
        _QUEUE,
        Form(json, csv),
        work,
        "queue.none",
    )


def _claimant(work: Here, view: View, one: Claimant, today: date) -> dict[str, Any]:
    from commands.why_words import Words

    words = Words(view, work.lang)
    keys = list(one.compared)
    ready = [{"by": "ready", "fact": None, "days_since": False, "value": one.since}] if one.resource.startswith("step:") and keys else []
    values = [*ready, *compared(view, keys[1:] if ready else keys, today)] if keys else []
    values = [one if not _restricted(view, one["fact"]) else {**one, "value": tell("queue.hidden", work.lang)} for one in values]
    return {
        "resource": one.resource, "resource_shown": words.resource(one.resource), "place": one.place, "ref": one.ref, "stream": one.stream,
        "state": one.state, "state_shown": tell(f"state.{one.state}", work.lang), "since": one.since, "compared": values,
        "compared_shown": words.compared(values),
    }  # fmt: skip


def _restricted(view: View, fact: str | None) -> bool:
    """Whether a fact is not shown outside the case of the participant."""
    found = view.shared.track.facts.get(fact or "")
    return found is not None and found.restricted
