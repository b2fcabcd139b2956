"""What the engine writes: consequences of one person alone, grants of what is shared, and withdrawals of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tracks.events.kinds.data import Data
from tracks.events.kinds.kind import Group, Kind, entry
from tracks.events.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracks.events.kinds.data import StartDay

CONSEQUENCE: Final = Group.CONSEQUENCE
GRANT: Final = Group.GRANT


@entry(Kind("waitlisted", CONSEQUENCE, "waitlisted", leads_to=Status.WAITING))
class Waitlisted(Data):
    """The conditions of entry hold, or she is excepted from them."""


@entry(Kind("offer_lapsed", CONSEQUENCE, "intake", leads_to=Status.WAITING))
class OfferLapsed(Data):
    """Nobody answered in time: back to waiting, and not proposed again until she is interested (R39)."""

    start: StartDay
    round: int | None = None


@entry(Kind("admitted", CONSEQUENCE, "admitted", leads_to=Status.ACTIVE))
class Admitted(Data):
    """She comes in, which pins the version of the track (R6); without a start on a rolling track."""

    start: date | None = None


class RunData(Data):
    """What sets a run of a step apart; round: how many jumps were taken before it; of: the run of the step that it runs beside."""

    round: int | None = None
    of: int | None = None


@entry(Kind("step_started", CONSEQUENCE, "started"))
class StepStarted(RunData):
    """A run of a step starts; length, hours_per_week: its own, where the action that led to it says them (rule R55)."""

    length: Mapping[str, Any] | None = None
    hours_per_week: int | None = None


@entry(Kind("step_completed", CONSEQUENCE, "ended"))
class StepCompleted(Data):
    """A run of a step is over."""

    result: str


@entry(Kind("step_skipped", CONSEQUENCE, "ended", implies=(("result", "skipped"),)))
class StepSkipped(RunData):
    """A step is passed over; condition: the rule that is false, or a word for another cause (`waived`, `goto`, `from`, `exit` …)."""

    condition: str


@entry(Kind("report_due", CONSEQUENCE, "report_due", reminds=True))
class ReportDue(Data):
    """The length of a step is over, and nobody has said how it went."""


@entry(Kind("deadline_missed", CONSEQUENCE, "missed:{what}", reminds=True))
class DeadlineMissed(Data):
    """A day went by; what: `start`, `report`, `contact` or `follow_up POINT`; last: the last day; n: which contact."""

    what: str
    last: date | None = None
    n: int | None = None


@entry(Kind("contact_due", CONSEQUENCE, "contact_due", reminds=True))
class ContactDue(Data):
    """Somebody should make contact; n: for the how manieth time; after: the day that it is counted from."""

    n: int
    after: date


@entry(Kind("follow_up_due", CONSEQUENCE, "follow_due:{point}", reminds=True))
class FollowUpDue(Data):
    """The day of a follow-up has come; point: as `exit` or `3 months`."""

    point: str


@entry(Kind("start_dropped", CONSEQUENCE, "close", sets_in_round="intake"))
class StartDropped(Data):
    """The start was cancelled by a person: interrupted if she had come in, else back to waiting, and asked for interest (R39).

    round: how many times a start of hers was cancelled; offers and answers after it tell the same number, and stand over older ones.
    """

    start: StartDay
    reason: str
    round: int | None = None


@entry(Kind("left", CONSEQUENCE, "close", leads_to=Status.TRANSFERRED))
class Left(Data):
    """She was admitted to the track that she was transferred to (R46)."""

    to: str


@entry(Kind("completed", CONSEQUENCE, "close", leads_to=Status.COMPLETED))
class Completed(Data):
    """The chain is done (R43)."""


@entry(Kind("proposed", GRANT, "proposal"))
class PlaceProposed(Data):
    """She is among the first that there is room for, which only a person's offer makes firm; rank: her place in the line, from 1."""

    start: StartDay
    rank: int


@entry(Kind("unproposed", GRANT, "proposal"))
class ProposalTaken(Data):
    """She is so no longer; the start is that of the proposal."""

    start: StartDay


@entry(Kind("place_given", GRANT, "place"))
class PlaceGiven(Data):
    """A free place of a step is hers until its run ends."""


@entry(Kind("start_held", GRANT, "held:{start}", of_track=True))
class StartHeld(Data):
    """A start waits for a person, since fewer have accepted than its minimum."""

    start: date
    accepted: int
    minimum: int


class SubjectData(Data):
    """A step whose subject is an employer, or the whole start where `employer` is empty (R32)."""

    employer: str
    start: StartDay


@entry(Kind("subject_step_started", GRANT, "subject_started:{employer}:{start}", of_track=True))
class SubjectStepStarted(SubjectData):
    """Such a step starts, for all who are concerned."""


@entry(Kind("subject_step_due", GRANT, "subject_due:{employer}:{start}", of_track=True))
class SubjectStepDue(SubjectData):
    """Its length is over, and nobody has said how it went."""


@entry(Kind("subject_step_ended", GRANT, "subject_ended:{employer}:{start}", of_track=True))
class SubjectStepEnded(SubjectData):
    """It is over."""

    result: str


@entry(Kind("withdrawn", Group.WITHDRAWAL))
class Withdrawn(Data):
    """An event of the engine no longer follows from what is known; seq: its number; because: what for."""

    seq: int
    because: str | None = None
