"""What is taken though it may not be meant: a report in a pause, an offer answered when the start has come, a second employer's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.runtime.texts import message
from tracks.access.views import person_view
from tracks.events.fold import choosers
from tracks.recording import operations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import SqlLedger
    from tracks.events.event import Event


def remark(work: CommandContext, ledger: SqlLedger, today: date, events: Sequence[Event]) -> None:
    """Warn of what people may not have meant by what was written, each thing once.

    Args:
        work: the context of the command, which takes the warnings.
        ledger: the ledger in which it was written.
        today: the day of the command's clock.
        events: what was written.

    """
    work.warnings.extend(dict.fromkeys(text for event in events for text in _remarks(work, ledger, today, event)))


def _remarks(work: CommandContext, ledger: SqlLedger, today: date, event: Event) -> Iterator[str]:
    if event.kind not in ("reported", "offered", "selected"):
        return
    (one,) = ledger.load([event.stream])
    if event.kind == "selected":
        track = person_view(ledger, operations.track_row(ledger, one.track), one).own.track
        names = {known.id: known.name for known in track.employers}
        there = {step.id for step in track.steps if step.needs_employer}
        others = [by for by in choosers(one.progress, there) if by not in ("", event.data.get("employer"))]
        if others:
            yield message("remark.chosen", work.lang, ref=one.ref, others=", ".join(names.get(by, by) for by in others))
    if event.kind == "reported" and one.status == "paused":
        yield message("remark.paused", work.lang, ref=one.ref)
    if event.kind == "offered" and event.data["start"]:
        view = person_view(ledger, operations.track_row(ledger, one.track), one)
        begins = view.start_day(event.data["start"], today).isoformat()
        if begins != event.data["start"]:
            yield message("remark.moved", work.lang, start=event.data["start"], day=begins)
        if event.data["until"] >= begins:
            yield message("remark.answer", work.lang, until=event.data["until"], start=begins)
