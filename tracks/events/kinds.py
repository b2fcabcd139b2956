"""Statuses, the kinds of status events, and the table of which fact is allowed in which status."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ENGINE_ACTOR: Final = "engine"


class Status(StrEnum):
    """Where an enrolment stands."""

    REFERRED = "referred"  # anmäld
    WAITING = "waiting"  # väntelista
    OFFERED = "offered"  # erbjuden
    ACCEPTED = "accepted"  # antagen, waits for the start
    ACTIVE = "active"  # pågår
    PAUSED = "paused"  # paus
    COMPLETED = "completed"  # fullföljd
    INTERRUPTED = "interrupted"  # avbruten
    DECLINED = "declined"  # tackat nej
    NOT_STARTED = "not_started"  # ej aktuell
    TRANSFERRED = "transferred"  # överförd
    MISREGISTERED = "misregistered"  # felregistrerad


OPEN: Final = frozenset({Status.REFERRED, Status.WAITING, Status.OFFERED, Status.ACCEPTED, Status.ACTIVE, Status.PAUSED})
UNADMITTED: Final = frozenset({Status.REFERRED, Status.WAITING, Status.OFFERED, Status.ACCEPTED})
UNDER_WAY: Final = frozenset({Status.ACTIVE, Status.PAUSED})
CLOSED: Final = frozenset(Status) - OPEN
# Admitted once, and now gone: an exit in the meaning of rule R51 if also admitted.
EXITED: Final = frozenset({Status.COMPLETED, Status.INTERRUPTED, Status.TRANSFERRED})

_WHEREVER: Final = frozenset(Status) - {Status.MISREGISTERED}

# The statuses in which a person may say each fact on an enrolment; everything else is refused.
ALLOWED: Final[Mapping[str, frozenset[Status]]] = {
    "interested": frozenset({Status.REFERRED, Status.WAITING}),
    "selected": UNADMITTED | UNDER_WAY,
    "offered": frozenset({Status.WAITING}),
    "accepted": frozenset({Status.WAITING, Status.OFFERED}),
    "declined": frozenset({Status.WAITING, Status.OFFERED, Status.ACCEPTED}),
    "refused": UNADMITTED,
    "exception": OPEN,
    "began": UNDER_WAY,
    "reported": UNDER_WAY,
    "stated": OPEN,
    "phase": UNDER_WAY,
    "placed": OPEN,
    "decided": UNDER_WAY,
    "closed": frozenset({Status.ACTIVE}),
    "paused": frozenset({Status.ACTIVE}),
    "resumed": frozenset({Status.PAUSED}),
    "lengthened": OPEN,
    "waived": OPEN,
    "added": OPEN,
    "moved": UNADMITTED,
    "interrupted": UNDER_WAY,
    "transferred": OPEN,
    "outcome": _WHEREVER - {Status.REFERRED, Status.WAITING, Status.OFFERED},
    "contacted": _WHEREVER,
    "followed_up": EXITED,
    "misregistered": _WHEREVER,
    "migrated": OPEN,
    "corrected": frozenset(Status),
    "disclosed": frozenset(Status),
    "assigned": OPEN,
}

TRACK_FACTS: Final = frozenset(
    {"applied", "start_cancelled", "start_postponed", "start_confirmed", "employer_withdrew", "employer_reported", "goal_struck"}
)
FACTS: Final = frozenset(ALLOWED) | {"referred"} | TRACK_FACTS
CONSEQUENCES: Final = frozenset(
    {
        "waitlisted", "offer_lapsed", "admitted", "step_started", "step_completed", "step_skipped", "report_due",
        "deadline_missed", "contact_due", "follow_up_due", "start_dropped", "left", "completed",
    }
)  # fmt: skip
TRACK_GRANTS: Final = frozenset({"start_held", "subject_step_started", "subject_step_due", "subject_step_ended"})
GRANTS: Final = frozenset({"proposed", "unproposed", "place_given"}) | TRACK_GRANTS
WITHDRAWN: Final = "withdrawn"
KINDS: Final = FACTS | CONSEQUENCES | GRANTS | {WITHDRAWN}
# Why an enrolment ended or paused, and how somebody came in.
REASONS: Final = (
    "got_a_job", "started_studies", "illness", "needs_other_support", "no_place", "did_not_show_up", "moved", "requirement_not_met",
    "cohort_cancelled", "employer_withdrew", "own_wish", "parental_leave", "other",
)  # fmt: skip
CHANNELS: Final = ("caseworker", "outreach", "af_officer", "self", "transfer")


class Draft(NamedTuple):
    """An event that has no place in a log yet: what `decide` and `grants` answer, and what a command says."""

    kind: str
    effective: date
    step: str = ""
    attempt: int = 0
    data: Mapping[str, Any] = {}

    @property
    def content(self) -> tuple[Any, ...]:
        """What makes two engine events the same event (engine rules for late facts compare by it)."""
        return (self.kind, self.effective, self.step, self.attempt, repr(sorted(self.data.items())))


class Event(NamedTuple):
    """One row of the log. `effective` is a date in Stockholm, `recorded` a UTC instant as text."""

    stream: str
    seq: int
    kind: str
    step: str
    attempt: int
    effective: date
    recorded: str
    actor: str
    version: int | None
    data: Mapping[str, Any]
    key: str | None
    hash: bytes

    @property
    def draft(self) -> Draft:
        """The event without its place in the log."""
        return Draft(self.kind, self.effective, self.step, self.attempt, self.data)
