"""Lists the branches of a track: every way that a condition, a result, a deadline or a queue may go, and where it is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.conditions.possible_values import answers
from definitions.conditions.references import names_in
from definitions.model.exit_order import outlives_exit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from definitions.checks.violation import Path
    from definitions.model.track import Action, Step, Track
    from tracks.engine.context.plan import Plan


# The branch of a criterion that told two in the queue apart: its number, and what it asks.
ORDER: Final = "queue.order"


class TrackBranch(NamedTuple):
    """One branch: its kind, the step, employer or transfer that it concerns, and which rule, result or date of that."""

    code: str
    about: str = ""
    what: str = ""


def list_branches(plan: Plan) -> dict[TrackBranch, Path]:
    """List every branch of a track in its order, each with the path of keys under which it is written."""
    track = plan.track
    return dict(chain(_entry(track), _intake(plan), _steps(plan), _after(track)))


def _rules(code: str, about: str, rules: Iterable[str], known: frozenset[str], *at: str) -> Iterator[tuple[TrackBranch, Path]]:
    """List what each of some conditions may answer besides yes, and once that all of them do."""
    every = list(rules)
    if every and code != "ongoing":
        yield TrackBranch(f"{code}.true", about), at
    for number, rule in enumerate(every):
        said = answers(rule, known)
        if False in said:
            yield TrackBranch(f"{code}.false", about, rule), (*at, number)
        if None in said and code != "ongoing":
            yield TrackBranch(f"{code}.unknown", about, rule), (*at, number)


def _entry(track: Track) -> Iterator[tuple[TrackBranch, Path]]:
    target = track.target_group
    yield from _rules("entry", "", [rule.rule for rule in target.entry], frozenset(), "target_group", "entry")
    if target.entry:
        yield TrackBranch("entry.exception"), ("target_group", "entry")
    yield from _rules("ongoing", "", [rule.rule for rule in target.ongoing], frozenset(), "target_group", "ongoing")
    if track.longest:
        yield TrackBranch("longest"), ("longest",)
    for code, day in (("from", track.period.first), ("until", track.period.until)):
        if day:
            yield TrackBranch(f"period.{code}"), ("period", code)


def _intake(plan: Plan) -> Iterator[tuple[TrackBranch, Path]]:
    intake, at = plan.track.intake, ("intake",)
    if not plan.queues:
        return
    yield TrackBranch("queue.proposed"), at
    yield TrackBranch("queue.accepted"), at
    yield TrackBranch("queue.declined"), at
    yield TrackBranch("queue.lapsed"), (*at, "answer_within")
    if intake.places is not None or any(start.places is not None for start in intake.starts):
        yield TrackBranch("queue.full"), (*at, "places")
        yield TrackBranch("queue.refilled"), (*at, "places")
        for number, order in enumerate(intake.order):
            yield TrackBranch(ORDER, str(number), order.fact or order.by), (*at, "order", number)
    yield from _starts(plan.track)


def _starts(track: Track) -> Iterator[tuple[TrackBranch, Path]]:
    intake = track.intake
    for start in intake.starts:
        yield TrackBranch("start.used", start.date.isoformat()), ("intake", "starts", start.date.isoformat())
    if intake.starts:
        yield TrackBranch("start.cancelled"), ("intake", "starts")
        yield TrackBranch("start.postponed"), ("intake", "starts")
    if any(intake.minimum_of(start) > 1 for start in intake.starts):
        yield TrackBranch("start.held"), ("intake", "minimum")
        yield TrackBranch("start.confirmed"), ("intake", "minimum")
    if intake.join_within:
        yield TrackBranch("start.late"), ("intake", "join_within")


def _steps(plan: Plan) -> Iterator[tuple[TrackBranch, Path]]:
    for step in plan.track.steps:
        known = _known(plan, step)
        at = ("steps", step.id)
        # Where a person says that a step begins, it does: nothing more is asked.
        if not step.when_needed:
            yield from _rules("when", step.id, [rule.rule for rule in step.when], known, *at, "when")
        if step.subject != "participant":
            yield from _shared(step)
            continue
        if not step.when_needed:
            yield from _rules("requires", step.id, [rule.rule for rule in step.requires], known, *at, "requires")
            yield from _entering(plan.track, step)
        yield from _beside(plan, step) if step.beside else _chain(step)
        for phase in step.phases:
            yield TrackBranch("phase", step.id, phase), (*at, "phases", phase)
        if step.contact_every:
            yield TrackBranch("contact.met", step.id), (*at, "contact_every")
            yield TrackBranch("contact.missed", step.id), (*at, "contact_every")


def _known(plan: Plan, step: Step) -> frozenset[str]:
    """Find what must be known before a step is reached, because a step before it asks that alone or has a result by then."""
    before = _before(plan, step)
    asked = [rule.rule for one in before for rule in (*plan.steps[one].when, *plan.steps[one].requires)]
    # A step waits until a fact that is the only one in its condition is known, so it is known to all that follow.
    alone = {name for rule in asked if len(names := names_in(rule)) == 1 for name in names}
    return frozenset(alone | {f"result({one})" for one in before})


def _before(plan: Plan, step: Step) -> set[str]:
    found: set[str] = set()
    ahead = list(plan.predecessors.get(step.id, ()))
    while ahead:
        name = ahead.pop()
        if name not in found and name in plan.predecessors:
            found.add(name)
            ahead += plan.predecessors[name]
    return found


def _entering(track: Track, step: Step) -> Iterator[tuple[TrackBranch, Path]]:
    at = ("steps", step.id)
    # With a single possible employer nobody is asked for a placement (rule R33).
    if step.needs_employer and len(track.employers_for(step)) != 1:
        yield TrackBranch("placement", step.id), at
    for day in step.starts:
        yield TrackBranch("day.used", step.id, day.isoformat()), (*at, "starts", day.isoformat())
    if step.starts:
        yield TrackBranch("day.none", step.id), (*at, "starts")
    for employer in step.employer_places or ([""] if step.places is not None else []):
        where = (*at, "places", employer) if employer else (*at, "places")
        yield TrackBranch("place.given", step.id, employer), where
        yield TrackBranch("place.waited", step.id, employer), where
    if step.start_within:
        yield TrackBranch("start_within.met", step.id), (*at, "start_within")
        yield TrackBranch("start_within.missed", step.id), (*at, "start_within")


def _chain(step: Step) -> Iterator[tuple[TrackBranch, Path]]:
    at = ("steps", step.id)
    # Support ends at its length unreported; any other chain step then asks for its report (rule R14).
    if step.length and step.type == "stöd":
        yield TrackBranch("ended.length", step.id), (*at, "length")
    elif step.length:
        yield TrackBranch("report.met", step.id), (*at, "length")
        yield TrackBranch("report.missed", step.id), (*at, "length")
    for result in step.known_results:
        lead = step.on_result.get(result)
        if lead is None:
            yield TrackBranch("result", step.id, f"{result} 0"), at
            continue
        where: Path = (*at, "on_result", result)
        # An action that is bounded is two branches: before the bound is reached, and after.
        for depth, action in enumerate(_leads(lead)):
            yield TrackBranch("result", step.id, f"{result} {depth}"), where
            where = (*where, "then") if action.then else where


def _leads(action: Action | None) -> Iterator[Action]:
    """List an action and what takes over when its bound is reached, in order."""
    while action is not None:
        yield action
        # What has no bound is never taken over from.
        action = action.then if action.at_most else None


def _beside(plan: Plan, step: Step) -> Iterator[tuple[TrackBranch, Path]]:
    at = ("steps", step.id)
    begins = ("alongside",) if step.alongside else ("from",)
    ends = ("alongside",) if step.alongside else ("until",)
    yield TrackBranch("needed" if step.when_needed else "begun", step.id), (*at, *begins)
    if step.begins and _may_be_skipped(plan, step.begins.step):
        yield TrackBranch("skipped.from", step.id), (*at, *begins)
    if step.begins and step.begins.anchor != "admission":
        yield TrackBranch("skipped.exit", step.id), (*at, *begins)
    if step.until and step.until.anchor != "exit":
        yield TrackBranch("ended.until", step.id), (*at, *ends)
    if step.length:
        yield TrackBranch("ended.length", step.id), (*at, "length")
    yield TrackBranch("ended.exit", step.id), (*at, *ends)
    if outlives_exit(step):
        yield TrackBranch("outlives", step.id), (*at, *ends)


def _may_be_skipped(plan: Plan, name: str | None) -> bool:
    """Whether the track itself may skip a step: by a condition, by a result that leads past it, or with the step it runs beside."""
    step = plan.steps.get(name or "")
    if step is None or step.subject != "participant":
        return False
    # A person may skip any step; what counts here is whether the track can do so by itself.
    if step.when or any(_passes(plan, other, step) for other in plan.chain):
        return True
    return bool(step.begins and step.begins.step and _may_be_skipped(plan, step.begins.step))


def _passes(plan: Plan, step: Step, over: Step) -> bool:
    targets = [one.target for action in step.on_result.values() for one in _leads(action) if one.kind == "goto" and one.target]
    return any(plan.index[step.id] < plan.index[over.id] < plan.index[target] for target in targets)


def _shared(step: Step) -> Iterator[tuple[TrackBranch, Path]]:
    at = ("steps", step.id)
    yield TrackBranch("shared.begun", step.id), (*at, "from")
    yield TrackBranch("shared.reported", step.id), at
    yield TrackBranch("shared.until", step.id), (*at, "until")
    if step.length:
        yield TrackBranch("shared.due", step.id), (*at, "length")


def _after(track: Track) -> Iterator[tuple[TrackBranch, Path]]:
    for employer in track.employers:
        if employer.requires:
            at = ("employers", employer.id, "requires")
            yield TrackBranch("employer.met", employer.id), at
            yield from (
                (TrackBranch("employer.unmet", employer.id, rule.rule), (*at, number)) for number, rule in enumerate(employer.requires)
            )
    for transfer in track.transfers.values():
        way: Path = ("transfers", transfer.id)
        yield TrackBranch("transfer.taken", transfer.id), way
        if transfer.local:
            yield TrackBranch("transfer.arrived", transfer.id), way
        for number, rule in enumerate(transfer.requires):
            yield TrackBranch("transfer.unmet", transfer.id, rule.rule), (*way, "requires", number)
    yield TrackBranch("completed"), ("steps",)
    for number, length in enumerate(track.follow_up):
        point = str(length) if length else "exit"
        yield TrackBranch("follow_up.met", "", point), ("follow_up", number)
        yield TrackBranch("follow_up.missed", "", point), ("follow_up", number)
