"""What a person must put right: facts that no longer have a basis, and letters that are out and no longer valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.runtime.texts import message
from commands.wording.events import EventNames, event_words
from tracks.events.histories import lost_fact
from tracks.events.todos import TodoKind
from tracks.queries.explain.as_of import letters_then
from tracks.queries.explain.as_of_ledger import PastLedger
from tracks.queries.explain.why_step import Reason
from tracks.queries.reader import step_name
from tracks.queries.worklist import stale_letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.as_of_ledger import CurrentLedger


def corrections_due(ledger: CurrentLedger, one: Enrolment, today: date, lang: str) -> Iterator[Reason]:
    """List what must be put right for one enrolment, as reasons beside those for which it waits.

    Args:
        ledger: what stood at the moment that is shown.
        one: the enrolment.
        today: the day that is shown.
        lang: the language of the words.

    Yields:
        The reasons; their values hold the event in words, its number and the command line to type.

    """
    log = ledger.reader.events(one.stream)
    labels = ledger.reader.labels(one.track, one.version)

    def words(event: Event) -> str:
        return event_words(event, lang, EventNames(step_name(labels, event.step), labels["employers"]))

    # The todo names the kind, step and run of the fact; which event that is, only the log tells.
    for todo in one.todos:
        lost = lost_fact(log, todo.kind, todo.step, todo.attempt) if TodoKind.parse(todo.kind).base == "stranded" else None
        if lost:
            typed = message("type.stranded", lang, ref=one.stream, number=lost[1])
            yield Reason(
                "stranded", todo.step, todo.since, who=todo.role, values={"number": lost[1], "said": words(lost[0]), "type": typed}
            )
    out = letters_then(ledger, one.stream) if isinstance(ledger, PastLedger) else stale_letters(ledger.reader, one.stream, today)
    for task in out:
        content = words(next(event for event in log if event.seq == task.seq))
        typed = message("type.letter", lang, ref=one.stream, number=task.seq)
        values = {"number": task.seq, "template": TodoKind.parse(task.kind).about, "said": content, "type": typed}
        yield Reason("letter", task.step, task.since, who=task.role, values=values)
