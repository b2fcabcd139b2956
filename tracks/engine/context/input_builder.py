"""What one person's decisions are taken with: her version, the version in force, and what was added for her alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tracks.engine.context.deviations import personal_plan
from tracks.engine.context.inputs import View
from tracks.events.status import CLOSED, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from definitions.model.track import Step
    from tracks.engine.context.ports import Versions
    from tracks.events.fold import Progress
    from tracks.events.snapshots import Enrolment, TrackRow


class TransferOutcome(NamedTuple):
    """What became of the enrolment that a transfer opened: the day she was admitted there, or the day it ended without."""

    admitted: date | None = None
    returned: date | None = None


def transfer_outcome(ledger: Versions, stream: str | None) -> TransferOutcome:
    """What became of it so far."""
    one = next(iter(ledger.load([stream])), None) if stream else None
    return outcome_of(one.progress) if one else TransferOutcome()


def outcome_of(progress: Progress) -> TransferOutcome:
    """The same, by the fold of that enrolment. Who went on from there to yet another track or authority does not come back."""
    admitted, status = progress.on("admitted"), progress.status
    if admitted or status not in CLOSED:
        return TransferOutcome(admitted)
    day = progress.on("misregistered") or progress.exited or progress.on("intake")
    # Who went on from there has left here for good: that counts as an admission, not as a return.
    return TransferOutcome(day) if status == Status.TRANSFERRED else TransferOutcome(None, day)


def track_view(ledger: Versions, row: TrackRow, version: int | None, opened: frozenset[str] = frozenset()) -> View:
    """What decisions on an enrolment are taken with; who has no place yet follows the version in force.

    Args:
        ledger: Where versions are read.
        row: The snapshot of the track.
        version: The pinned version, None before admission.
        opened: The starts whose minimum was found met in this slice.

    Returns:
        The view, without what was added for one person.

    """
    shared = ledger.plan(row.id, row.version)
    own = ledger.plan(row.id, version) if version else shared
    return View(own, shared, row.state, opened, former=former_steps(ledger, row, row.version))


def former_steps(ledger: Versions, row: TrackRow, version: int) -> Mapping[str, Step]:
    """The steps that a version has no more, as the last version that had them wrote them (rule R6).

    Args:
        ledger: Where versions are read.
        row: The snapshot of the track.
        version: The version in force.

    Returns:
        The steps by id; none on a track where nothing is shared.

    """
    # Only of what is shared does a step that is gone keep anything: its places and employers stay as they were last.
    if version == 1 or not row.coupled:
        return {}
    return {name: step for number in range(1, version) for name, step in ledger.plan(row.id, number).steps.items()}


def person_view(ledger: Versions, row: TrackRow, one: Enrolment, opened: frozenset[str] = frozenset()) -> View:
    """The view of one person: with what was added for her alone, and the day on which another track admitted her.

    Args:
        ledger: Where versions, and the enrolment that a transfer opened, are read.
        row: The snapshot of the track.
        one: The snapshot of the enrolment.
        opened: The starts whose minimum was found met in this slice.

    Returns:
        The view of that person.

    """
    view = track_view(ledger, row, one.version, opened)
    transfer = one.progress.value("transfer")
    # Nearly nobody is under way to another track or has steps of her own; reading the other enrolment costs a query.
    if transfer is None and one.progress.get("deviates") is None:
        return view
    there = transfer_outcome(ledger, (transfer or {}).get("enrolment"))
    return replace(view, own=personal_plan(view.own, one.progress), elsewhere=there.admitted, returned=there.returned)


def version_on(row: TrackRow, day: date) -> int:
    """The version in force on a day."""
    applied = [(field.effective, int(name)) for name, field in row.state.named("applied") if field.effective <= day]
    return max(applied, default=(day, 1))[1]
