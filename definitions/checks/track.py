"""The rules of a track as a whole, and `CHECKS`, the tuple of all rules.

One rule is one function from a track to its violations. Its name states what holds of a track that is right, and its docstring
is its manual: the rule, the finding that it gives, why it stands, and what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.checks.goals import GOAL_CHECKS
from definitions.checks.law import LAW_CHECKS
from definitions.checks.steps import STEP_CHECKS, unknown_employer
from definitions.checks.unkept import UNKEPT_CHECKS
from definitions.checks.violation import Check, Path, Violation
from definitions.conditions.references import names_in
from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Track
    from definitions.model.values import Condition


def jobbspar_has_an_employer(track: Track) -> Iterator[Violation]:
    """A jobbspår has at least one employer (`NO_EMPLOYER`).

    It starts from an employer's need; without one it is a förberedande spår.
    """
    if track.type == "jobbspår" and not track.employers:
        key = v.key("employers", track.key_language)
        yield Violation(findings.NO_EMPLOYER, ("type",), {"key": key, "needs": "employers"})


def period_ends_after_it_begins(track: Track) -> Iterator[Violation]:
    """`until` of the period is later than `from` (`PERIOD_BACKWARDS`)."""
    first, until = track.period.first, track.period.until
    if first and until and until <= first:
        yield Violation(findings.PERIOD_BACKWARDS, ("period", "until"), {"first": first.isoformat()})


def starts_lie_within_period(track: Track) -> Iterator[Violation]:
    """No start lies outside the period, because nobody is admitted there (`START_OUTSIDE_PERIOD`)."""
    first, until = track.period.first, track.period.until
    for start in track.intake.starts:
        if (first and start.date < first) or (until and start.date >= until):
            yield Violation(findings.START_OUTSIDE_PERIOD, ("intake", "starts", start.date.isoformat()), {"date": start.date.isoformat()})


def start_employers_exist(track: Track) -> Iterator[Violation]:
    """A start is held at employers of the track (`UNKNOWN_EMPLOYER`)."""
    known = [employer.id for employer in track.employers]
    for start in track.intake.starts:
        for name in start.employers:
            if name not in known:
                at = ("intake", "starts", start.date.isoformat(), "employer", name)
                yield Violation(findings.UNKNOWN_EMPLOYER, at, unknown_employer(track, name, known))


def minimum_fits_places(track: Track) -> Iterator[Violation]:
    """The minimum of a start is at most its places (`MINIMUM_ABOVE_PLACES`); else it could never be held."""
    intake = track.intake
    if intake.places is not None and intake.minimum > intake.places:
        yield Violation(
            findings.MINIMUM_ABOVE_PLACES, ("intake", "minimum"), {"minimum": str(intake.minimum), "places": str(intake.places)}
        )
    for start in intake.starts:
        places = start.places if start.places is not None else intake.places
        if start.minimum is not None and places is not None and start.minimum > places:
            at = ("intake", "starts", start.date.isoformat(), "minimum")
            yield Violation(findings.MINIMUM_ABOVE_PLACES, at, {"minimum": str(start.minimum), "places": str(places)})


def common_minimum_is_reachable(track: Track) -> Iterator[Violation]:
    """A minimum for all starts is within the places of one of them at least (R40; warning `MINIMUM_ABOVE_EVERY_START`)."""
    intake = track.intake
    # A start with a minimum of its own does not take the common one.
    own = [start.places for start in intake.starts if start.minimum is None and start.places is not None]
    if not own or len(own) < len(intake.starts) or intake.minimum > (intake.places or intake.minimum):
        return
    if intake.minimum > max(own):
        yield Violation(
            findings.MINIMUM_ABOVE_EVERY_START, ("intake", "minimum"), {"minimum": str(intake.minimum), "places": str(max(own))}
        )


def rolling_intake_has_no_keys_of_common_starts(track: Track) -> Iterator[Violation]:
    """A rolling intake has neither `minimum` nor `join_within` (`KEY_OF_COMMON_STARTS`), because each begins alone."""
    if not track.intake.rolling:
        return
    for key, given in (("minimum", track.intake.minimum > 1), ("join_within", track.intake.join_within is not None)):
        if given:
            yield Violation(findings.KEY_OF_COMMON_STARTS, ("intake", key), {"key": v.key(key, track.key_language)}, on_key=True)


def _rules(track: Track) -> Iterator[tuple[Path, Condition]]:
    """List every condition that decides about a person, with its place; what goals count decides nothing."""
    for key in ("entry", "ongoing"):
        yield from (((("target_group", key, n)), rule) for n, rule in enumerate(getattr(track.target_group, key)))
    for employer in track.employers:
        yield from ((("employers", employer.id, "requires", n), rule) for n, rule in enumerate(employer.requires))
    for step in track.steps:
        for key in ("when", "requires"):
            yield from ((("steps", step.id, key, n), rule) for n, rule in enumerate(getattr(step, key)))
    for name, transfer in track.transfers.items():
        yield from ((("transfers", name, "requires", n), rule) for n, rule in enumerate(transfer.requires))


def _grounds(track: Track) -> dict[str, str]:
    return {**v.BUILT_IN_GROUNDS, **{name: fact.ground for name, fact in track.facts.items() if fact.ground}}


def discrimination_grounds_have_a_reason(track: Track) -> Iterator[Violation]:
    """A condition on a discrimination ground has a written `reason` (R49; `GROUND_WITHOUT_REASON`).

    The Discrimination Act (2008:567) asks for an objective one. The grounds are age, sex, origin, religion, disability and
    orientation, asked about directly or through a fact that declares one.
    """
    grounds = _grounds(track)
    for at, rule in _rules(track):
        # Most conditions hold no such word anywhere and need not be read once more.
        if rule.reason or not any(name in rule.rule for name in grounds):
            continue
        if touched := sorted(names_in(rule.rule) & grounds.keys()):
            yield Violation(findings.GROUND_WITHOUT_REASON, at, _ground_values(track, touched[0], grounds))


def queue_is_not_ordered_by_a_ground(track: Track) -> Iterator[Violation]:
    """The queue is not ordered by a discrimination ground (R49; `QUEUE_ORDERED_BY_GROUND`).

    Unlike a condition, the order has no room for an objective reason (Discrimination Act, 2008:567).
    """
    grounds = _grounds(track)
    for n, order in enumerate(track.intake.order):
        if order.fact in grounds:
            yield Violation(findings.QUEUE_ORDERED_BY_GROUND, ("intake", "order", n), _ground_values(track, order.fact, grounds))


def _ground_values(track: Track, name: str, grounds: dict[str, str]) -> dict[str, str]:
    lang = track.key_language
    return {
        "found": v.word(name, v.BUILT_IN, lang), "ground": v.word(grounds[name], v.GROUNDS, lang),
        "rule": v.key("rule", lang), "reason": v.key("reason", lang),
    }  # fmt: skip


def facts_declare_their_ground(track: Track) -> Iterator[Violation]:
    """A fact whose id or name holds the word of a discrimination ground declares it (R49; `UNDECLARED_GROUND`).

    Without `ground` one of them (Discrimination Act, chapter 1 section 5) could be used without a reason under another name.
    """
    for name, fact in track.facts.items():
        ground = v.ground_in(name) or v.ground_in(fact.name or "")
        if ground is not None and not fact.ground and name not in v.RESERVED:
            lang = track.key_language
            yield Violation(
                findings.UNDECLARED_GROUND,
                ("facts", name),
                {"found": name, "key": v.key("ground", lang), "ground": v.word(ground, v.GROUNDS, lang)},
                on_key=True,
            )


def facts_that_may_touch_a_ground_say_which(track: Track) -> Iterator[Violation]:
    """A fact called as those often are that stand for a ground says which, or is no such (R49; warning `PERHAPS_A_GROUND`)."""
    for name, fact in track.facts.items():
        ground = v.ground_perhaps_in(name) or v.ground_perhaps_in(fact.name or "")
        if ground and not fact.ground and not (v.ground_in(name) or v.ground_in(fact.name or "")):
            lang = track.key_language
            values = {"found": name, "key": v.key("ground", lang), "ground": v.word(ground, v.GROUNDS, lang)}
            yield Violation(findings.PERHAPS_A_GROUND, ("facts", name), values, on_key=True)


def carried_facts_exist(track: Track) -> Iterator[Violation]:
    """What goes along in a transfer is a fact of the track (R46; `UNKNOWN_CARRIED_FACT`)."""
    for name, transfer in track.transfers.items():
        for fact in transfer.carries:
            if fact not in track.facts:
                yield Violation(
                    findings.UNKNOWN_CARRIED_FACT,
                    ("transfers", name, "carries", fact),
                    {"found": fact, "suggestion": nearest(fact, track.facts) or ""},
                )


CHECKS: Final[tuple[Check, ...]] = (
    jobbspar_has_an_employer,
    period_ends_after_it_begins,
    starts_lie_within_period,
    start_employers_exist,
    minimum_fits_places,
    common_minimum_is_reachable,
    rolling_intake_has_no_keys_of_common_starts,
    discrimination_grounds_have_a_reason,
    queue_is_not_ordered_by_a_ground,
    facts_declare_their_ground,
    facts_that_may_touch_a_ground_say_which,
    carried_facts_exist,
    *STEP_CHECKS,
    *GOAL_CHECKS,
    *LAW_CHECKS,
    *UNKEPT_CHECKS,
)
