"""The kinds of status events, and the table of which fact is allowed in which status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracks.events.status import EXITED, OPEN, UNADMITTED, UNDER_WAY, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

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
