"""What a named person reports of what is shared on a track: facts on `track/ID`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracks.events.kinds.data import Data, SaidData
from tracks.events.kinds.kind import Group, Kind, entry

if TYPE_CHECKING:
    from datetime import date

    from tracks.events.kinds.data import StartDay

FACT: Final = Group.FACT


class TrackFactData(SaidData):
    """What facts of a track may carry; reason: its code (`codes.REASONS`)."""

    reason: str | None = None


class StartData(TrackFactData):
    """What a fact about one start says; start: the day as it was declared, which names it also when it is postponed."""

    start: date


# A version is put right by another one, and never taken back: people were admitted to it.
@entry(Kind("applied", FACT, "applied:{version}", of_track=True))
class Applied(Data):
    """A version of the track comes into force; hash: that of the compiled track, as hex."""

    version: int
    hash: str


@entry(Kind("start_cancelled", FACT, "cancelled:{start}", of_track=True, once=True, corrects=("reason",), default_reason="other"))
class StartCancelled(StartData):
    """A start is cancelled; the engine drops whoever was on it."""


@entry(Kind("start_postponed", FACT, "postponed:{start}", of_track=True, corrects=("to", "reason")))
class StartPostponed(StartData):
    """A start is put off to a later day."""

    to: date


@entry(Kind("start_confirmed", FACT, "confirmed:{start}", of_track=True, once=True, corrects=("reason",)))
class StartConfirmed(StartData):
    """A start is held although fewer have accepted than its minimum."""


@entry(Kind("employer_withdrew", FACT, "withdrew:{employer}", of_track=True, once=True, corrects=("reason",)))
class EmployerWithdrew(TrackFactData):
    """An employer leaves the track."""

    employer: str


@entry(Kind("employer_reported", FACT, "employer_reported:{employer}:{start}", of_track=True, once=True, corrects=("result",)))
class EmployerReported(TrackFactData):
    """The result of a step that is about an employer, or about a start where `employer` is empty (R32)."""

    employer: str
    start: StartDay
    result: str


@entry(Kind("goal_struck", FACT, "struck:{goal}", of_track=True, once=True, corrects=("reason",)))
class GoalStruck(TrackFactData):
    """A goal of the track is given up."""

    goal: str
