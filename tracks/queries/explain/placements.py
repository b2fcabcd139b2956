"""At which employer somebody was, from which day to which: each employer's days are its own. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.context.input_builder import person_view
from tracks.engine.context.step_runs import started_on
from tracks.engine.rules.employers import unplaced_employer
from tracks.events.fold import Progress, standing
from tracks.events.snapshots import participant
from tracks.events.status import Status
from tracks.queries.status import Spell
from tracks.storage.reads import track_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.inputs import View
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.status import Places


def spells(view: View, one: Enrolment, log: Sequence[Event], day: date) -> Iterator[Spell]:
    """List the days that somebody has been at employers, by step and run; of one who was misregistered none.

    Args:
        view: What decisions are taken with: the track as it holds for whoever is asked about.
        one: The enrolment.
        log: Its log.
        day: The day that is asked about.

    Returns:
        The spells, in order.

    """
    if one.progress.status is Status.MISREGISTERED:
        return
    context = DecisionContext(view, one.progress, day)
    placed = [event for event, _ in standing(log) if event.kind == "placed"]
    for step in view.own.track.steps:
        for attempt in range(1, one.progress.attempts(step.id) + 1) if step.needs_employer else ():
            said = [event for event in placed if (event.step, event.attempt) == (step.id, attempt)]
            yield from _run(context, step, attempt, [(event.effective, str(event.data["employer"])) for event in said])


def places_at(ledger: CurrentLedger, day: date) -> Places:
    """Make what answers at which employers the runs of an enrolment are that go on there, by step and run.

    Args:
        ledger: Where it is read.
        day: The day that is asked about.

    """

    def places(stream: str) -> dict[tuple[str, int], Spell]:
        (one,) = ledger.load([stream])
        row = ledger.track(one.track)
        found = spells(person_view(ledger, row, one), one, ledger.events(stream), day) if row else ()
        return {(spell.step, spell.attempt): spell for spell in found if spell.until is None}

    return places


def placement_rows(ledger: CurrentLedger, track: str | None, day: date) -> Iterator[dict[str, Any]]:
    """Tell every spell of everybody, one a row; of somebody whose identity is protected it is not told with whom.

    Args:
        ledger: Where it is read.
        track: The id of the track; None for all.
        day: The day that is asked about.

    """
    for row in filter(None, map(ledger.track, [track] if track else track_ids(ledger.reader))):
        for one in ledger.everybody(row.id):
            whose = {"stream": one.stream, "ref": participant(one.stream, one.progress), "track": row.id}
            for spell in spells(person_view(ledger, row, one), one, ledger.events(one.stream), day):
                yield {**whose, **spell._asdict(), **({"employer": None} if one.stream in ledger.reader.protected else {})}


def _run(context: DecisionContext, step: Step, attempt: int, said: Sequence[tuple[date, str]]) -> Iterator[Spell]:
    """One run: with whom it began, then each change in turn."""
    start = started_on(context.progress, step.id, attempt)
    if start is None:
        return
    end = context.progress.on("ended", step.id, attempt) or context.progress.exited
    turns: list[tuple[date, str | None]] = [(start, _first(context, step, attempt, start))]
    for on, employer in said:
        if on <= start:
            turns[0] = (start, employer)
        elif employer != turns[-1][1]:
            turns.append((on, employer))
    for (since, where), until in zip(turns, [*(on for on, _ in turns[1:]), end], strict=True):
        if where and (until is None or since < until):
            yield Spell(step.id, attempt, where, since, until)


def _first(context: DecisionContext, step: Step, attempt: int, start: date) -> str | None:
    """With whom a run began if nothing had been said of it, nor of what came afterwards: where she was placed, and who left since."""
    own = (step.id, attempt, "placed")
    fields = {
        key: field for key, field in context.progress.fields.items() if key != own and (key[2] != "placed" or field.effective <= start)
    }
    return unplaced_employer(DecisionContext(context.view, Progress(fields), start), step, attempt)
