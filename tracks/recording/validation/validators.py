"""Validates a fact of an enrolment: what is asked of every fact, and which validator each kind has."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from tracks.events.fold import pause_on
from tracks.events.kinds.table import KINDS
from tracks.recording import refusals
from tracks.recording.fact_values import check_reason, check_reported_day
from tracks.recording.validation import deviations, exits, intake, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracks.events.kinds.data import JsonForm
    from tracks.recording.reported_fact import FactContext, ReportedFact

    Validator = Callable[[FactContext, ReportedFact], ReportedFact]


# By kind; a kind that is not here has the general one.
VALIDATORS: Final[Mapping[str, Validator]] = {
    "reported": steps.reported,
    "stated": steps.stated,
    "began": steps.began,
    "phase": steps.phase,
    "placed": steps.placed,
    "decided": steps.decided,
    "contacted": lambda case, fact: _general(case, steps.contacted(case, fact)),
    "offered": intake.offered,
    "accepted": intake.accepted,
    "declined": intake.declined,
    "exception": intake.exception,
    "moved": intake.moved,
    "selected": intake.selected,
    "lengthened": deviations.lengthened,
    "waived": deviations.waived,
    "added": deviations.added,
    "paused": exits.paused,
    "resumed": exits.resumed,
    "outcome": exits.outcome,
    "followed_up": exits.followed_up,
}


# By kind: what people say in words of their own, by a number or without a day, as the log has it; the others are said so already.
_IN_CODES: Final[Mapping[str, Validator]] = {
    "assigned": steps.assigned,
    "decided": steps.decision,
    "exception": intake.ruled,
    "followed_up": exits.of_its_day,
    "migrated": deviations.migrated,
    "placed": steps.of_its_run,
}


def in_codes(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The fact in the words of the log, which say whether it stands already. Raises a refusal for what there is no such word for."""
    whole = KINDS[fact.kind].data.needed <= fact.content.keys()
    return _IN_CODES[fact.kind](case, fact) if whole and fact.kind in _IN_CODES else fact


def validate(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The fact with its attempt and what it implies filled in. Raises a refusal that names the remedy."""
    for check in OF_EVERY_KIND:
        check(case, fact)
    return validate_kind(case, fact)


def validate_kind(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The fact as its own kind asks for it, whatever is asked of every kind. Raises a refusal that names the remedy."""
    return VALIDATORS.get(fact.kind, _general)(case, fact)


def _day_come(case: FactContext, fact: ReportedFact) -> None:
    check_reported_day(fact.on, case.clock.today)


def _referred_then(case: FactContext, fact: ReportedFact) -> None:
    referred = case.enrolment.progress.on("referred")
    if referred and fact.on < referred:
        raise refusals.BEFORE_REFERRAL(day=fact.on, referred=referred)


def _reason_is_code(_case: FactContext, fact: ReportedFact) -> None:
    # The log holds codes and no free text, so that nothing in it has to be erased.
    check_reason(fact.content)


def _outcome_is_code(_case: FactContext, fact: ReportedFact) -> None:
    exits.check_outcome(fact.content.get("outcome"))
    # The answers to a follow-up may say that they have none.
    exits.check_outcome((fact.content.get("answers") or {}).get("outcome") or None)


def _step_is_there(case: FactContext, fact: ReportedFact) -> None:
    # Whatever its kind: a step that the track does not have would stand in the log for good, and be counted nowhere.
    if fact.step and fact.kind != "added":
        case.step(fact.step)


# What cannot have happened on a day that she was away; a report may, since work goes on without her.
_NOT_IN_A_PAUSE: Final = frozenset({"began", "closed", "paused"})


def _on_the_way_then(case: FactContext, fact: ReportedFact) -> None:
    """That the person had come in by the day that the fact is about, and was not away, where it asks for that."""
    progress = case.enrolment.progress
    admitted = progress.on("admitted")
    if KINDS[fact.kind].admitted_only and admitted and fact.on < admitted:
        raise refusals.BEFORE_ADMISSION(kind=fact.kind, day=fact.on, ref=case.ref, admitted=admitted)
    away = pause_on(progress, fact.on) if fact.kind in _NOT_IN_A_PAUSE else None
    if away:
        raise refusals.PAUSED_THEN(kind=fact.kind, day=fact.on, ref=case.ref, first=away[0])


# What is asked of a fact of whatever kind, each by itself; and what can be asked of one whose kind could not be read.
OF_NO_KIND: Final[tuple[Callable[[FactContext, ReportedFact], None], ...]] = (_day_come, _reason_is_code, _outcome_is_code, _step_is_there)
OF_EVERY_KIND: Final = (*OF_NO_KIND[:1], _referred_then, *OF_NO_KIND[1:], _on_the_way_then)


def _general(_case: FactContext, fact: ReportedFact) -> ReportedFact:
    """What is reported has the form of its kind."""
    return fact.but(**typed_data(fact.kind, fact.content))


def typed_data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Data in the form of its kind, made of what people typed. Raises UNKNOWN_FIELD or BAD_VALUE."""
    forms = KINDS[kind].data.forms
    if unknown := sorted(data.keys() - forms.keys()):
        raise refusals.UNKNOWN_FIELD(field=unknown[0], fields=", ".join(forms))
    for name in sorted(KINDS[kind].data.needed - data.keys()):
        raise refusals.BAD_VALUE(fact=name, value="", expected=forms[name].expected)
    return {name: _typed(name, forms[name], value) for name, value in data.items()}


def _typed(name: str, form: JsonForm, value: Any) -> Any:
    with suppress(ValueError):
        if isinstance(found := form.typed(value), form.json):
            return found
    raise refusals.BAD_VALUE(fact=name, value=value, expected=form.expected)
