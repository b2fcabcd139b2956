"""Validators of what is reported before admission: offers and their answers, exceptions, selections, and another start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from definitions.model import vocabulary as v
from tracks.engine.context.inputs import parse_day
from tracks.engine.rules.admission import only_start
from tracks.engine.rules.allocation import intake_places
from tracks.engine.rules.step_entry import offer_until
from tracks.events.fold import round_of_offers, standing_proposal, start_of
from tracks.events.resources import IntakePlace
from tracks.events.status import Status
from tracks.events.streams import ref_of
from tracks.recording import refusals

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.fold import Progress
    from tracks.recording.reported_fact import FactContext, ReportedFact


def offered(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """An offer is for the start that the person is proposed for, and valid so long as the track says."""
    start = _proposed_start(case, fact)
    _entry_met(case)
    # Counted from the day of the offer and not from that of the proposal: an engine that stood still costs nobody a day.
    return fact.but(start=start, until=offer_until(case.context, fact.on).isoformat(), **round_of_offers(case.enrolment.progress))


def accepted(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """An acceptance is of the offer, or of the proposal, which implies it; one told late is of the offer that it came in time for."""
    progress = case.enrolment.progress
    if case.enrolment.status == Status.OFFERED:
        _not_before_what_it_answers(case, fact)
        return fact.but(start=start_of(progress), **round_of_offers(progress))
    offer = progress.get("offer")
    if _has_lapsed(progress) and offer and offer.effective <= fact.on <= parse_day(offer.value["until"]):
        return fact.but(start=_still_free(case, offer.value["start"]), **round_of_offers(progress))
    return fact.but(start=_proposed_start(case, fact), **round_of_offers(progress))


def _has_lapsed(progress: Progress) -> bool:
    return (progress.value("intake") or {}).get("kind") == "offer_lapsed"


def _still_free(case: FactContext, start: str) -> str:
    """A start that has a place left for whoever answered in time: history is not written anew over a place that was given since.

    Raises:
        Refusal: PLACE_GIVEN, with those who have the places.

    """
    place, places = IntakePlace(start), intake_places(case.view, start)
    held = [(claim.since, stream) for stream, claim in case.claims() if (claim.resource, claim.state) == (str(place), "holding")]
    if case.view.cancelled(start, case.clock.today) or (places is not None and len(held) >= places):
        # Whoever got a place last has the one that would have been hers.
        latest = [ref_of(stream) for since, stream in held if since == max(held)[0]]
        raise refusals.PLACE_GIVEN(ref=case.ref, others=", ".join(sorted(latest)) or "-")
    return start


def declined(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """Her own no needs no offer before it; after the answer, it takes that back, and is not of a day before it."""
    if case.enrolment.status in (Status.OFFERED, Status.ACCEPTED):
        _not_before_what_it_answers(case, fact)
    return fact.but(**round_of_offers(case.enrolment.progress))


def _not_before_what_it_answers(case: FactContext, fact: ReportedFact) -> None:
    before = case.enrolment.progress.on("intake")
    if before and fact.on < before:
        kind = case.enrolment.progress.value("intake")["kind"]
        raise refusals.BEFORE_OFFER(kind=fact.kind, day=fact.on, ref=case.ref, before=kind, first=before)


def _proposed_start(case: FactContext, fact: ReportedFact) -> str:
    proposal = standing_proposal(case.enrolment.progress)
    if proposal is None and _has_lapsed(case.enrolment.progress):
        raise refusals.OFFER_LAPSED(ref=case.ref, until=case.enrolment.progress.value("offer")["until"])
    if proposal is None or only_start(case.context) not in ("", proposal.value["start"]):
        raise refusals.NOT_PROPOSED(ref=case.ref)
    wanted = fact.content.get("start")
    if wanted and wanted != proposal.value["start"]:
        raise refusals.NOT_PROPOSED(ref=case.ref)
    if fact.on < proposal.effective:
        raise refusals.BEFORE_OFFER(kind=fact.kind, day=fact.on, ref=case.ref, before="proposed", first=proposal.effective)
    return str(proposal.value["start"])


def _entry_met(case: FactContext) -> None:
    # Whoever was proposed may have lost an entry condition since: a fact that is reported today is decided on at the next advance.
    excepted = [rule for rule, _ in case.enrolment.progress.named("exception")]
    rules = case.view.shared.entry.without(excepted)
    if "*" not in excepted and rules.holds(case.context.situation) is not True:
        raise refusals.ENTRY_NOT_MET(rules="; ".join(rules.failing(case.context.situation)))


def exception(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """An exception from one rule, from all of a group, or from what a step requires, unless that is met. Raises REQUIREMENT_MET."""
    rule = str(fact.content["rule"])
    if rule.startswith(v.REQUIRES_OF):
        step = rule.removeprefix(v.REQUIRES_OF)
        asked = case.view.own.requires[step]
        # Conditions of entry and ongoing ones are asked again later, so from those an exception may be made beforehand.
        if asked.holds(case.context.situation) is True:
            raise refusals.REQUIREMENT_MET(ref=case.ref, step=step, rules="; ".join(text for text, _ in asked.rules))
    return fact


def ruled(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """An exception with its rule as an event holds it, which people name by its text or number. Raises UNKNOWN_RULE."""
    return fact.but(rule=known_rule(case.view, case.track, fact.content["rule"]))


def known_rule(view: View, track: str, rule: str) -> str:
    """A condition by its text or number; the mark of all entry or all ongoing ones, of the longest time, or of what a step requires.

    Args:
        view: what is known of the track.
        track: the id of the track.
        rule: the text, the number among all conditions from 1, a word for all of a group, or the id of a step.

    Raises:
        Refusal: UNKNOWN_RULE, with the conditions that there are.

    """
    known = [text for text, _ in (*view.shared.entry.rules, *view.shared.ongoing.rules)]
    rule = v.EXCEPTED.get(v.english_key("_".join(rule.casefold().split())) or "", rule)
    if rule.isdigit() and 1 <= int(rule) <= len(known):
        rule = known[int(rule) - 1]
    if rule not in known and (step := view.own.steps.get(rule.removeprefix(v.REQUIRES_OF))) and step.requires:
        return f"{v.REQUIRES_OF}{step.id}"
    if rule not in known and rule not in v.EXCEPTED.values():
        raise refusals.UNKNOWN_RULE(track=track, rule=rule, rules=" | ".join([*known, *v.EXCEPTED]))
    return rule


def moved(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The only start that the person waits for, or goes to, from now on.

    Raises:
        Refusal: START_IS_OVER for one that nobody can come in on any more, SAME_START for the present one.

    """
    view, today = case.view, case.clock.today
    start = known_start(view, case.track, fact.content["start"])
    starts = [s.date.isoformat() for s in view.shared.track.intake.starts]
    coming = [name for name in starts if not view.cancelled(name, today) and view.closes(view.start_day(name, today)) > today]
    if start not in coming:
        raise refusals.START_IS_OVER(start=start, starts=", ".join(coming) or "-")
    if start == _present_start(case):
        raise refusals.SAME_START(ref=case.ref, start=start)
    return fact


def known_start(view: View, track: str, start: str) -> str:
    """A start of the track, by its declared date.

    Args:
        view: what is known of the track.
        track: the id of the track.
        start: the date, as ISO text.

    Raises:
        Refusal: UNKNOWN_START, with the starts that there are.

    """
    starts = [s.date.isoformat() for s in view.shared.track.intake.starts]
    if start not in starts:
        raise refusals.UNKNOWN_START(track=track, start=start, starts=", ".join(starts) or "-")
    return start


def _present_start(case: FactContext) -> str:
    """The start that she is offered, or has accepted, or waits for alone."""
    if case.enrolment.status in (Status.OFFERED, Status.ACCEPTED):
        return start_of(case.enrolment.progress)
    return only_start(case.context)


def selected(case: FactContext, fact: ReportedFact) -> ReportedFact:
    """The choice of an employer of the track, who has not left it; a track without employers names one."""
    known_employer(case.view, case.track, fact.content.get("employer"), case.clock.today)
    return fact


def known_employer(view: View, track: str, employer: str | None, today: date) -> None:
    """Hold that an employer, if one is named, is of the track and has not left it.

    Args:
        view: what is known of the track.
        track: the id of the track.
        employer: the id of the employer; anything where the track has none.
        today: the day by which it may have left.

    Raises:
        Refusal: NO_SUCH_EMPLOYER, with those that there are.

    """
    known = [one.id for one in view.shared.track.employers if not view.withdrew(one.id, today)]
    if employer and view.shared.track.employers and not known:
        raise refusals.NO_EMPLOYER_LEFT(track=track)
    if employer and view.shared.track.employers and employer not in known:
        raise refusals.NO_SUCH_EMPLOYER(employer=employer, track=track, employers=", ".join(known) or "-")
