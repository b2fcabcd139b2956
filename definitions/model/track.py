"""A track as a frozen value: what the YAML means, with every name in English and every default filled in.

The readers in `definitions.parsing` build it; `stored_track` reads it back from a store.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date as Day  # noqa: N812 - a field named date would hide the type
from functools import lru_cache
from typing import Any, Final, Literal

from definitions.model.values import Condition, Id, Length, ModelValue, Money, Point, Threshold, plain
from definitions.model.vocabulary import AT_EMPLOYERS

StepType = Literal["kartläggning", "yrkesvux", "praktik", "förberedande anställning", "stöd", "insats"]
FactType = Literal["yes/no", "number", "date", "choice"]
Subject = Literal["participant", "employer", "start"]
ActionKind = Literal["next", "ask", "end", "goto", "retry", "transfer"]
# These three are part of what a track means: a version put in force under another would have another hash.
LANGUAGE = 1
ENGINE = 1
CALENDAR = "SE/1"
OFFERED_BEFORE: Final = Length(4, "weeks")
ANSWERED_WITHIN: Final = Length(10, "working days")
ASKED_AFTER: Final = Length(3, "months")


@dataclass(frozen=True, slots=True)
class Period(ModelValue):
    """No admission before `first` or on or after `until`."""

    first: Day | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Need(ModelValue):
    """How many an employer wants to recruit, and for which occupation (SSYK 2012, four digits)."""

    occupation: str | None = None
    positions: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement(ModelValue):
    """The letter of intent (avsiktsförklaring) that stands behind a track (rule R35)."""

    type: str | None = None
    reference: str | None = None
    signed: Day | None = None


@dataclass(frozen=True, slots=True)
class Employer(ModelValue):
    """An employer of the track; `requires` are its own conditions for a placement (rule R33)."""

    id: Id
    name: str
    sector: str | None = None
    need: Need | None = None
    requires: tuple[Condition, ...] = ()
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Fact(ModelValue):
    """What may be known of a participant. `choices` are in order, lowest first."""

    id: Id
    type: FactType
    choices: tuple[str, ...] = ()
    name: str | None = None
    restricted: bool = False
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class TargetGroup(ModelValue):
    """For whom: `entry` to get a place, `ongoing` to keep it (rules R37, R41)."""

    entry: tuple[Condition, ...] = ()
    ongoing: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Start(ModelValue):
    """One common start (omgång); without places or minimum of its own it has those of the intake."""

    date: Day
    places: int | None = None
    minimum: int | None = None
    employers: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Order(ModelValue):
    """One criterion of the queue (rule R38). `days_since` marks `days_since(fact)`."""

    by: Literal["precedence", "lottery", "referral", "fact"]
    fact: str | None = None
    days_since: bool = False
    highest_first: bool = False


@dataclass(frozen=True, slots=True)
class Intake(ModelValue):
    """How people come in. `starts` empty means rolling."""

    starts: tuple[Start, ...] = ()
    places: int | None = None
    minimum: int = 1
    order: tuple[Order, ...] = (Order(by="precedence"), Order(by="referral"))
    offer_before_start: Length = OFFERED_BEFORE
    answer_within: Length = ANSWERED_WITHIN
    join_within: Length | None = None
    caseload: int | None = None
    caseload_role: str | None = None

    def minimum_of(self, start: Start) -> int:
        """The least number of people that a start needs; one inherited from the intake never exceeds its own places."""
        if start.minimum is not None:
            return start.minimum
        return self.minimum if start.places is None else min(self.minimum, start.places)

    @property
    def criteria(self) -> tuple[Order, ...]:
        """What the queue compares, the first thing first; the day of referral comes last where the order does not name it (rule R38)."""
        return self.order if any(one.by == "referral" for one in self.order) else (*self.order, Order(by="referral"))

    @property
    def rolling(self) -> bool:
        """Whether people begin on any day."""
        return not self.starts


@dataclass(frozen=True, slots=True)
class Action(ModelValue):
    """What a result leads to (rules R19-R23). `goto` has a step, `transfer` an id; both bounds are `at_most`, 0 for none.

    `length` and `hours_per_week` are those of the run that it leads to, where it says them (rule R55).
    """

    kind: ActionKind
    target: str | None = None
    at_most: int = 1
    length: Length | None = None
    hours_per_week: int | None = None
    then: Action | None = None


@lru_cache(maxsize=1024)
def results_of(kind: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """The results that a step of a type with these own results may have, built-in ones first."""
    built_in = ("hired", "not_hired", "interrupted") if kind == "förberedande anställning" else ("done", "not_passed", "interrupted")
    return built_in + tuple(result for result in own if result not in built_in)


@dataclass(frozen=True, slots=True)
class Step(ModelValue):
    """One step. `after` None means rule R8 decides; `admission` in it means no predecessor.

    `responsible` reports, those also responsible see it on their worklists. Where `pauses` count, a pause moves none of its days.
    """

    id: Id
    type: StepType
    name: str
    description: str | None = None
    responsible: str | None = None
    also_responsible: tuple[str, ...] = ()
    subject: Subject = "participant"
    after: tuple[str, ...] | None = None
    alongside: str | None = None
    begins: Point | None = None
    when_needed: bool = False
    until: Point | None = None
    when: tuple[Condition, ...] = ()
    requires: tuple[Condition, ...] = ()
    length: Length | None = None
    start_within: Length | None = None
    starts: tuple[Day, ...] = ()
    places: int | None = None
    employer_places: dict[str, int] = field(default_factory=dict)
    employers: tuple[Id, ...] = ()
    phases: tuple[str, ...] = ()
    gives: tuple[Id, ...] = ()
    results: tuple[str, ...] = ()
    on_result: dict[str, Action] = field(default_factory=dict)
    contact_every: Length | None = None
    report_after: Length | None = None
    hours_per_week: int | None = None
    cost: Money | None = None
    pauses: Literal["move", "count"] = "move"

    @property
    def beside(self) -> bool:
        """Whether the step stands beside the chain (rule R7)."""
        return bool(self.alongside or self.begins or self.when_needed or self.until) or self.subject != "participant"

    @property
    def pauses_move(self) -> bool:
        """Whether a pause makes the days of the step later (rule R56)."""
        return self.pauses == "move"

    @property
    def needs_employer(self) -> bool:
        """Rule R33: praktik and förberedande anställning need an employer."""
        return self.type in AT_EMPLOYERS and self.subject == "participant"

    @property
    def known_results(self) -> tuple[str, ...]:
        """The results that a report may give (rule R17), built-in ones first."""
        return results_of(self.type, self.results)


@dataclass(frozen=True, slots=True)
class Transfer(ModelValue):
    """A way to another track or authority (rule R46); `local` when `to` is a track here."""

    id: Id
    to: str
    local: bool
    requires: tuple[Condition, ...] = ()
    carries: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure(ModelValue):
    """What is counted, among whom, on which day. `at` is exit, ever, end of period, a length after, or a date."""

    counts: tuple[Condition, ...] = ()
    among: Literal["exits", "admitted", "condition", "not_goal"] = "exits"
    among_rule: tuple[Condition, ...] = ()
    among_goal: str | None = None
    at: Literal["exit", "ever", "end of period", "length", "date"] = "exit"
    at_length: Length | None = None
    at_date: Day | None = None


@dataclass(frozen=True, slots=True)
class Comparison(ModelValue):
    """A figure from elsewhere, printed beside and never mixed in; `value` is the author's text."""

    name: str
    value: str
    date: Day | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class GoalDecision(ModelValue):
    """Who struck a goal, when and why."""

    date: Day
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Goal(ModelValue):
    """A goal: a ready `indicator` or a `measure` of its own; at least or at most a threshold."""

    id: Id
    name: str
    indicator: str | None = None
    measure: Measure | None = None
    at_least: Threshold | None = None
    at_most: Threshold | None = None
    status: Literal["active", "struck"] = "active"
    decision: GoalDecision | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Indicator(ModelValue):
    """A ready measure with its source (Kolada, ESF, DUA, Jobbnätet, or the municipality's own)."""

    id: Id
    name: str
    source: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Track(ModelValue):
    """A whole track. `indicators` holds the ready measures that its goals use, so that a pinned track is complete."""

    track: Id
    name: str
    type: Literal["jobbspår", "förberedande spår"]
    description: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    programme: Id | None = None
    owner: str | None = None
    partners: tuple[str, ...] = ()
    period: Period = Period()
    employers: tuple[Employer, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    target_group: TargetGroup = TargetGroup()
    intake: Intake = Intake()
    longest: Length | None = None
    report_after: Length | None = None
    notes: Literal["none"] | None = None
    steps: tuple[Step, ...] = ()
    follow_up: tuple[Length | None, ...] = (None, *(Length(count=count, unit="months") for count in (1, 3, 6)))
    transfers: dict[str, Transfer] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    indicators: dict[str, Indicator] = field(default_factory=dict)
    key_language: Literal["sv", "en"] = "sv"
    calendar: str = CALENDAR
    language: int = LANGUAGE
    engine: int = ENGINE

    def asked_after(self, step: Step) -> Length | None:
        """How often the report is asked for of a run without a length that neither ends by itself nor with another step (rule R59)."""
        if step.subject == "participant":
            ends = bool(step.until or step.alongside or (step.beside and step.type == "stöd"))
        else:  # such a one ends with the last of those whom it concerns, whom nobody may look to
            ends = bool(step.type == "stöd" and step.until)
        return None if step.length or ends else step.report_after or self.report_after or ASKED_AFTER

    def employers_for(self, step: Step, start: Start | None = None) -> tuple[str, ...]:
        """The employers where a step may be, of those that take part in a start (rule R33)."""
        at, of = step.employers, start.employers if start else ()
        return tuple(one.id for one in self.employers if (not at or one.id in at) and (not of or one.id in of))

    def meaning(self) -> dict[str, Any]:
        """What the track says as plain JSON values, whatever language its keys were written in; its hash is over this.

        What is left at its default is left out, so that a key which the language gains later changes no hash.
        """
        said = plain(replace(self, key_language="sv"))
        return {**said, "calendar": self.calendar, "language": self.language, "engine": self.engine}
