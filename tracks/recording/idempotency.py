"""The same fact reported twice: recognised by the caller's key, or because it stands already; nothing is written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.events.kinds.table import field_name
from tracks.recording import refusals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment
    from tracks.recording.reported_fact import ReportedFact


def check_same_key(standing: Event, fact: ReportedFact) -> None:
    """Hold that a key which stands is on the same fact. Raises DIFFERENT_KEY."""
    if (standing.kind, standing.step) != (fact.kind, fact.step):
        raise refusals.DIFFERENT_KEY(key=fact.key)


def stands(one: Enrolment, fact: ReportedFact) -> bool:
    """Whether the same fact (kind, step, day, content) is already what the progress says."""
    name = field_name(fact.kind, fact.content)
    if not name:  # a correction sets no field: whether it stands is asked of what it corrects
        return False
    return any(
        (step, found, field.effective) == (fact.step, name, fact.on)
        and not (fact.kind == "placed" and _of_another_run(one, fact, n))
        and field.value.get("kind", fact.kind) == fact.kind  # one field holds offers and their answers
        and _within(fact.content, field.value)
        for (step, n, found), field in one.progress.fields.items()
    )


def _of_another_run(one: Enrolment, fact: ReportedFact, attempt: int) -> bool:
    """A placement for a run to come, left behind where what was to lead there was taken back, is none for the run that goes on."""
    return attempt != fact.attempt if fact.attempt else attempt > one.progress.attempts(fact.step)


def _within(said: Mapping[str, Any], standing: Any) -> bool:
    return all(standing.get(key) == value for key, value in said.items())
