"""What recording would take of somebody today: only that is proposed to a person, so that a line to copy works. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model.refusal import Refusal
from tracks.clock import Clock
from tracks.engine.context.input_builder import person_view
from tracks.engine.rules.employers import possible_employers, requirement_met
from tracks.queries.explain.known_facts import names_asked
from tracks.recording.refusals import UNKNOWN_TRACK
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.transfers import check_transfer
from tracks.recording.validation.places import is_full
from tracks.recording.validation.validators import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tracks.engine.context.ports import Ledger
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.as_of_ledger import CurrentLedger

# Any reason does: what is asked is whether one is needed at all.
_SOME: Final = {"reason": "other"}


class Placement(NamedTuple):
    """An employer with whom somebody may be placed; `against` the choice of another one, which needs a reason; `full`, so she waits."""

    employer: str
    against: bool
    full: bool


def fact_context(ledger: Ledger | CurrentLedger, one: Enrolment, today: date) -> FactContext:
    """Make what facts about an enrolment are validated against.

    Args:
        ledger: Where it is read.
        one: The enrolment.
        today: The day it is.

    Raises:
        Refusal: UNKNOWN_TRACK.

    """
    row = ledger.track(one.track)
    if row is None:
        raise UNKNOWN_TRACK(track=one.track)
    return FactContext(person_view(ledger, row, one), one, Clock.at(today.isoformat()), lambda: ledger.claims(row.id))


def placements(case: FactContext, step: str) -> list[Placement]:
    """List the placements in a step that would be recorded."""
    own = case.view.own.steps[step]
    found = ((one.id, against) for one in case.view.shared.track.employers for against in _places(case, step, one.id))
    return [Placement(employer, against, is_full(case, own, employer)) for employer, against in found]


def _places(case: FactContext, step: str, employer: str) -> Iterator[bool]:
    for reason in ({}, _SOME):
        if _takes(case, ReportedFact("placed", case.clock.today, step, data={"employer": employer, **reason})):
            yield bool(reason)
            return


def _takes(case: FactContext, fact: ReportedFact) -> bool:
    try:
        validate(case, fact)
    except Refusal:
        return False
    return True


def perhaps(case: FactContext, step: str = "") -> list[str]:
    """List the employers, of a step or of the track, that are there and whose requirement is not known to be unmet."""
    view, context = case.view, case.context
    if own := view.own.steps.get(step):
        there = possible_employers(context, own)
    else:
        there = [one.id for one in view.shared.track.employers if not view.withdrew(one.id, context.day)]
    return [one for one in there if requirement_met(context, one) is not False]


def open_transfers(case: FactContext) -> list[str]:
    """List the transfers of the track whose requirements hold."""
    return [name for name in case.view.own.track.transfers if _may_go(case, name)]


def asked_of(case: FactContext, transfers: Iterable[str]) -> list[str]:
    """List the facts that transfers require: those that are missing, else all that they ask for."""
    own = [case.view.own.transfers[name] for name in transfers if name in case.view.own.transfers]
    missing = [name for one in own for name in one.missing(case.context.situation)]
    return [name for name in dict.fromkeys(missing or [name for one in own for name in names_asked(one)]) if "(" not in name]


def _may_go(case: FactContext, name: str) -> bool:
    try:
        check_transfer(case, name)
    except Refusal:
        return False
    return True
