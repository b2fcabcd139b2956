"""What one person's decisions are taken with: her version, the version in force, and what was added for her alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tracks.deviations import personal
from tracks.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from definitions.model import Step
    from tracks.plan import Plan
    from tracks.records import Enrolment, TrackRow


class Versions(Protocol):
    """What a view is made from."""

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding."""

    def admitted_on(self, streams: Sequence[str]) -> Mapping[str, date | None]:
        """The days of admission of some streams."""


def view_of(ledger: Versions, row: TrackRow, version: int | None, opened: frozenset[str] = frozenset()) -> View:
    """What decisions on an enrolment are taken with; who has no place yet follows the version in force."""
    shared = ledger.plan(row.id, row.version)
    own = ledger.plan(row.id, version) if version else shared
    return View(own, shared, row.state, opened, former=former_steps(ledger, row, row.version))


def former_steps(ledger: Versions, row: TrackRow, version: int) -> Mapping[str, Step]:
    """The steps that a version has no more, as the last version that had them wrote them (rule R6)."""
    if version == 1 or not row.coupled:
        return {}
    return {name: step for number in range(1, version) for name, step in ledger.plan(row.id, number).steps.items()}


def seen(ledger: Versions, row: TrackRow, one: Enrolment, opened: frozenset[str] = frozenset()) -> View:
    """The view of one person: with what was added for her alone, and the day on which another track admitted her."""
    view = view_of(ledger, row, one.version, opened)
    transfer = one.progress.value("transfer")
    if transfer is None and one.progress.get("deviates") is None:
        return view
    there = (transfer or {}).get("enrolment")
    day = ledger.admitted_on([there]).get(there) if there else None
    return replace(view, own=personal(view.own, one.progress), elsewhere=day)
