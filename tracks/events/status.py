"""The statuses of an enrolment, and the groups of them that rules speak of."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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
