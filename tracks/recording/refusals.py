"""What a fact can be refused for; the texts say what is wrong and what to do. Nothing was written."""

from __future__ import annotations

from tracks.errors import TracksError


class Refused(TracksError):
    """The fact was refused."""

    exit_code = 2


class UnknownParticipant(TracksError):
    """Nobody here has the reference."""

    exit_code = 4


class UnknownTrack(TracksError):
    """No such track is in force."""

    exit_code = 4


class SeveralEnrolments(Refused):
    """The reference has more than one enrolment that could be meant."""


class DateInFuture(Refused):
    """The day is in the future."""


class BeforeReferral(Refused):
    """The day is before the referral."""


class BeforeStart(Refused):
    """The day is before the start of the step."""


class BackBeforePause(Refused):
    """The return is before the pause."""


class AlreadyFollowedUp(Refused):
    """The follow-up was answered otherwise."""


class NotNow(Refused):
    """The status of the enrolment does not allow the fact."""


class NotOnThisOne(NotNow):
    """The status of the enrolment that was meant does not allow this, but that of another one does."""


class AlreadyEnrolled(Refused):
    """The participant already has an open enrolment on the track."""


class UnknownStep(Refused):
    """The track has no such step for this person."""


class UnknownResult(Refused):
    """The step has no such result."""


class UnknownFact(Refused):
    """The track knows no such fact."""


class BadValue(Refused):
    """The fact does not take such a value."""


class NotStarted(Refused):
    """The step has not started."""


class AlreadyClosed(Refused):
    """The step was already reported."""


class UnknownPhase(Refused):
    """The step has no such phase."""


class PhaseBackwards(Refused):
    """The phase comes before one that is already reported."""


class UnknownEmployer(Refused):
    """The employer is none where the step may be."""


class NoSuchEmployer(Refused):
    """The track has no such employer, or it has left."""


class EmployerRequires(Refused):
    """What the employer requires for a placement is not known to be true."""


class NoPlacement(Refused):
    """The step has no employer."""


class NothingToDecide(Refused):
    """Nothing waits for a decision after the step."""


class UnknownAction(Refused):
    """That is no action."""


class NotProposed(Refused):
    """The participant is not proposed for a place now."""


class BeforeOffer(Refused):
    """The answer, or the offer, is of an earlier day than what it answers."""


class OfferLapsedThen(Refused):
    """The answer is of a day on which the offer had lapsed."""


class BeforeAdmission(Refused):
    """The day is before the person came in."""


class PausedThen(Refused):
    """The person was away on that day."""


class EntryNotMet(Refused):
    """The entry conditions are not met."""


class UnknownStart(Refused):
    """The track has no such start."""


class StartIsOver(Refused):
    """Nobody comes in on the start any more: it was cancelled, or its day has passed."""


class HasBegun(NotNow):
    """Who has begun on a start is not moved to another."""


class SameStart(Refused):
    """The person belongs to that start already."""


class UnknownRule(Refused):
    """The track has no such condition."""


class UnknownTransfer(Refused):
    """The track has no such transfer."""


class TransferRequires(Refused):
    """What the transfer requires is not known to be true."""


class TransferUnderWay(Refused):
    """The person is being transferred already."""


class TransferOpened(Refused):
    """The transfer opened an enrolment on another track, which is still open."""


class OfTheTrack(Refused):
    """What is said of a whole track is not corrected, but said anew."""


class StepNotForHer(Refused):
    """What the step asks for is not known to be true of the person."""


class BeforeItsTime(Refused):
    """The day is before the step could begin."""


class NoOutcomeYet(Refused):
    """A transfer to another track here is no outcome."""


class UnknownOutcome(Refused):
    """That is no outcome."""


class UnknownPoint(Refused):
    """The track has no such follow-up."""


class NotYetDue(Refused):
    """The day that the follow-up asks about has not come."""


class UnknownReason(Refused):
    """That is no reason."""


class StepNotReady(Refused):
    """The step is not ready to begin."""


class SharedStep(Refused):
    """The step is not about a single participant."""


class AgeNeeded(Refused):
    """The track asks for age, so the month of birth is needed."""


class StartHasPassed(Refused):
    """The start cannot be confirmed, cancelled or postponed any more."""


class NotLater(Refused):
    """A start is postponed to a later day than the one it has."""


class OutsidePeriod(Refused):
    """The day lies outside the period of the track."""


class DifferentKey(Refused):
    """The key already stands on another fact in the stream."""


class NoSuchLength(Refused):
    """The step cannot be changed by that length."""


class NothingLeft(Refused):
    """Nothing would be left of the step."""


class NoAnswer(Refused):
    """A follow-up needs an answer."""


class StepGoesOn(Refused):
    """A step that goes on cannot be skipped."""


class StepIsOver(Refused):
    """The step has ended for this person, so there is nothing to change in it."""


class StepExists(Refused):
    """The track has such a step already."""


class StepShared(Refused):
    """What is added for one person can have no places that others share, nor be about an employer or a start."""


class NothingToRepeat(Refused):
    """The step has not ended, or something must be decided after it first."""


class BadStep(Refused):
    """The step cannot be added."""


class NoSuchVersion(Refused):
    """The track has no such version."""


class NoSuchEvent(Refused):
    """There is no such event."""

    exit_code = 4


class NoSuchLetter(Refused):
    """No letter about that event is out that does not hold any more."""


class CorrectedBefore(Refused):
    """The event was corrected before."""


class NothingToCorrect(Refused):
    """A correction must say what is right."""


class OneWayOnly(Refused):
    """A fact is put right in one way at a time."""


class ReferralStands(Refused):
    """A referral cannot be withdrawn: without it an enrolment is nothing."""


class ReferredAfter(Refused):
    """Something was said of an earlier day than the referral would have."""


class UnknownField(Refused):
    """The event says nothing of the kind."""


class NotAFact(Refused):
    """The event is not something that a person said and that still stands."""
