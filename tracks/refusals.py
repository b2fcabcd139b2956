"""What a fact can be refused for: each says in both languages what is wrong and what to do. Nothing was written."""

from __future__ import annotations

from tracks.errors import TracksError


class Refused(TracksError):
    """The fact was refused."""

    exit_code = 2
    swedish = "Uppgiften togs inte emot."


class UnknownParticipant(TracksError):
    """Nobody here has the reference {ref}; check it with `jobbspar status TRACK --people`, or enrol with `jobbspar enrol`."""

    exit_code = 4
    swedish = "Ingen här har referensen {ref}; se efter med `jobbspar status SPÅR --people`, eller skriv in med `jobbspar enrol`."


class UnknownTrack(TracksError):
    """No track {track} is in force; `jobbspar tracks` lists those that are, `jobbspar apply FILE` puts one in force."""

    exit_code = 4
    swedish = "Inget spår {track} är i kraft; `jobbspar tracks` visar dem som är det, `jobbspar apply FIL` sätter ett i kraft."


class SeveralEnrolments(Refused):
    """{ref} has more than one enrolment that this could mean: {streams}; name one of them."""

    swedish = "{ref} har mer än en inskrivning som kan menas: {streams}; ange en av dem."


class DateInFuture(Refused):
    """{day} is in the future (today is {today}); report what has happened, with the day it happened."""

    swedish = "{day} ligger i framtiden (i dag är {today}); rapportera det som har hänt, med dagen det hände."


class BeforeReferral(Refused):
    """{day} is before the referral on {referred}; nothing can be dated earlier than that."""

    swedish = "{day} ligger före anmälan den {referred}; inget kan dateras tidigare än så."


class BeforeStart(Refused):
    """{day} is before the step {step} started on {started}; give the day it was about, or move the start with `jobbspar begin`."""

    swedish = "{day} ligger före starten av steget {step} den {started}; ange rätt dag, eller flytta starten med `jobbspar begin`."


class NotNow(Refused):
    """{kind} cannot be said of an enrolment that is {status}; `jobbspar why {ref}` tells where it stands."""

    swedish = "{kind} kan inte sägas om en inskrivning som är {status}; `jobbspar why {ref}` berättar var den står."


class AlreadyEnrolled(Refused):
    """{ref} already has an open enrolment on {track} ({stream}, {status}); close it first, or record on it."""

    swedish = "{ref} har redan en öppen inskrivning på {track} ({stream}, {status}); avsluta den först, eller registrera på den."


class UnknownStep(Refused):
    """The track {track} has no step {step} for this person; its steps are: {steps}."""

    swedish = "Spåret {track} har inget steg {step} för den här personen; stegen är: {steps}."


class UnknownResult(Refused):
    """The step {step} has no result {result}; it knows: {results}."""

    swedish = "Steget {step} har inget resultat {result}; det har: {results}."


class UnknownFact(Refused):
    """The track {track} knows no fact {fact}; it knows: {facts}."""

    swedish = "Spåret {track} har ingen uppgift {fact}; det har: {facts}."


class BadValue(Refused):
    """{value} is no value of {fact}; expected {expected}."""

    swedish = "{value} är inget värde för {fact}; väntade {expected}."


class NotStarted(Refused):
    """The step {step} has not started, so nothing can be reported on it.

    If it has begun: `jobbspar begin {ref} {step}`; else `jobbspar why {ref} {step}`.
    """

    swedish = (
        "Steget {step} har inte startat, så inget kan rapporteras på det. Om det har börjat: `jobbspar begin {ref} {step}`; "
        "annars säger `jobbspar why {ref} {step}` vad det väntar på."
    )


class AlreadyClosed(Refused):
    """The step {step} was already reported as {result} on {day}; a wrong report is put right with `jobbspar correct`."""

    swedish = "Steget {step} är redan rapporterat som {result} den {day}; en felaktig rapport rättas med `jobbspar correct`."


class UnknownPhase(Refused):
    """The step {step} has no phase {phase}; its phases are: {phases}."""

    swedish = "Steget {step} har ingen fas {phase}; faserna är: {phases}."


class PhaseBackwards(Refused):
    """The phase {phase} comes before {latest}, which is already reported; phases go forwards."""

    swedish = "Fasen {phase} kommer före {latest}, som redan är rapporterad; faser går framåt."


class UnknownEmployer(Refused):
    """{employer} is no employer where {step} may be; possible are: {employers}."""

    swedish = "{employer} är ingen arbetsgivare där {step} får vara; möjliga är: {employers}."


class EmployerRequires(Refused):
    """{employer} requires for a placement: {rules}, and that is not known to be true."""

    swedish = "{employer} kräver för en placering: {rules}, och det är inte känt som sant."


class NoPlacement(Refused):
    """The step {step} has no employer; only praktik and förberedande anställning are placed."""

    swedish = "Steget {step} har ingen arbetsgivare; bara praktik och förberedande anställning placeras."


class NothingToDecide(Refused):
    """Nothing waits for a decision after {step}."""

    swedish = "Inget väntar på beslut efter {step}."


class UnknownAction(Refused):
    """{action} is no action; say next, retry, or the id of a step to go to. To end someone's place: `jobbspar interrupt`."""

    swedish = (
        "{action} är ingen åtgärd; säg next (nästa), retry (gör_om) eller ett stegs id. För att avsluta någons plats: `jobbspar interrupt`."
    )


class NotProposed(Refused):
    """{ref} is not proposed for a place now, so nothing can be offered or accepted; `jobbspar why {ref}` tells why."""

    swedish = "{ref} är inte föreslagen till en plats nu, så inget kan erbjudas eller tackas ja till; `jobbspar why {ref}` berättar varför."


class EntryNotMet(Refused):
    """The entry conditions are not met ({rules}); a person can make an exception with `jobbspar except`."""

    swedish = "Kraven för en plats är inte uppfyllda ({rules}); en person kan göra undantag med `jobbspar except`."


class UnknownStart(Refused):
    """The track {track} has no start {start}; its starts are: {starts}."""

    swedish = "Spåret {track} har ingen start {start}; starterna är: {starts}."


class UnknownRule(Refused):
    """The track {track} has no condition {rule}; its conditions are: {rules}."""

    swedish = "Spåret {track} har inget villkor {rule}; villkoren är: {rules}."


class UnknownTransfer(Refused):
    """The track {track} has no transfer {transfer}; it has: {transfers}."""

    swedish = "Spåret {track} har ingen överföring {transfer}; det har: {transfers}."


class TransferRequires(Refused):
    """The transfer requires {rules}, and that is not known to be true; record what is missing first."""

    swedish = "Överföringen kräver {rules}, och det är inte känt som sant; registrera det som saknas först."


class UnknownOutcome(Refused):
    """{outcome} is no outcome; the outcomes are: {outcomes}."""

    swedish = "{outcome} är inget utfall; utfallen är: {outcomes}."


class UnknownPoint(Refused):
    """{point} is no follow-up of this track; it asks at: {points}."""

    swedish = "{point} är ingen uppföljning på det här spåret; det frågar vid: {points}."


class NotYetDue(Refused):
    """The follow-up {point} asks about {day}, which has not come (today is {today})."""

    swedish = "Uppföljningen {point} frågar om den {day}, som inte har kommit (i dag är {today})."


class UnknownReason(Refused):
    """{reason} is no reason; the reasons are: {reasons}. Write what else there is to say with --note."""

    swedish = "{reason} är inget skäl; skälen är: {reasons}. Skriv annat som är att säga med --note."


class StepNotReady(Refused):
    """The step {step} is not ready to begin; `jobbspar why {ref} {step}` tells what comes first."""

    swedish = "Steget {step} är inte redo att börja; `jobbspar why {ref} {step}` berättar vad som kommer först."


class SharedStep(Refused):
    """The step {step} is not about a single participant; an employer's step is reported with `jobbspar employer`."""

    swedish = "Steget {step} gäller inte den enskilda deltagaren; en arbetsgivares steg rapporteras med `jobbspar employer`."


class AgeNeeded(Refused):
    """The track {track} asks for age, so the month of birth is needed: --born YYYY-MM."""

    swedish = "Spåret {track} frågar efter ålder, så födelsemånaden behövs: --born ÅÅÅÅ-MM."


class StartHasPassed(Refused):
    """The start {start} cannot be {action}: {reason}."""

    swedish = "Omgången {start} kan inte bli {action}: {reason}."


class DifferentKey(Refused):
    """The key {key} already stands on another fact in this stream."""

    swedish = "Nyckeln {key} står redan på en annan uppgift i den här strömmen."


class NoSuchLength(Refused):
    """The step {step} cannot be changed by {length}; give days, working days, weeks or months, of a step that has a length."""

    swedish = "Steget {step} kan inte ändras med {length}; ange dagar, arbetsdagar, veckor eller månader, på ett steg som har en längd."


class NothingLeft(Refused):
    """Nothing would be left of the step {step} if it were {length} shorter; to leave it out: `jobbspar deviate REF {step} skip`."""

    swedish = "Inget blir kvar av steget {step} om det blir {length} kortare; för att hoppa över det: `jobbspar deviate REF {step} hoppa`."


class NoAnswer(Refused):
    """A follow-up needs an answer; say what the outcome was with --outcome, `unknown` if nobody knows."""

    swedish = "En uppföljning behöver ett svar; säg utfallet med --outcome, `okänt` om ingen vet."


class StepGoesOn(Refused):
    """The step {step} goes on, so it cannot be skipped; report it with `jobbspar record`."""

    swedish = "Steget {step} pågår och kan därför inte hoppas över; rapportera det med `jobbspar record`."


class BadStep(Refused):
    """The step {step} cannot be added: {why}."""

    swedish = "Steget {step} går inte att lägga till: {why}."


class UnknownVersion(Refused):
    """The track {track} has no version {version}; it has: {versions}."""

    swedish = "Spåret {track} har ingen version {version}; det har: {versions}."


class NoSuchEvent(Refused):
    """There is no event {seq} of {ref}; `jobbspar history {ref}` shows the numbers."""

    exit_code = 4
    swedish = "Det finns ingen händelse {seq} för {ref}; `jobbspar history {ref}` visar numren."


class CorrectedBefore(Refused):
    """Event {seq} of {ref} was corrected before; what stands is event {latest}: correct that."""

    swedish = "Händelse {seq} för {ref} är redan rättad; det som gäller är händelse {latest}: rätta den."


class UnknownField(Refused):
    """{field} is nothing that this event says; it can say: {fields}."""

    swedish = "{field} är inget som den händelsen säger; den kan säga: {fields}."


class NotAFact(Refused):
    """Event {seq} of {ref} is not something that a person said and that still stands; correct the fact behind it."""

    swedish = "Händelse {seq} för {ref} är inget som en person sagt och som ännu gäller; rätta uppgiften bakom den."
