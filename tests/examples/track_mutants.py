"""Every small change of a track that somebody could make by mistake: a length, a number, a day, a condition, a bound, an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from definitions.conditions.ast import Not, canonical
from definitions.conditions.parser import parse
from definitions.model.track import Action
from definitions.model.values import Condition, Length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Employer, Intake, Order, Start, Step, Track, Transfer
    from definitions.model.values import Point

Mutant: TypeAlias = "tuple[str, Track]"


def mutants(track: Track) -> Iterator[Mutant]:
    """The changed tracks, each with a name."""
    yield from _around(track)
    for part in (_intake(track.intake) if track.intake.starts or track.intake.places else (), _target_group(track), _follow_up(track)):
        yield from ((f"{track.track}: {name}", replace(track, **change)) for name, change in part)
    before = ""
    for n, step in enumerate(track.steps):
        unordered = [("no after", {"after": None})] if step.after not in (None, (before,)) else []
        before = before if step.beside else step.id
        for name, change in (*_step(step), *unordered):
            yield f"{track.track}: {step.id} {name}", replace(track, steps=_swap(track.steps, n, replace(step, **change)))


def _swap(items: tuple[Any, ...], n: int, *other: Any) -> tuple[Any, ...]:
    return (*items[:n], *other, *items[n + 1 :])


def _without(items: tuple[Any, ...]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    return ((n, _swap(items, n)) for n in range(len(items)))


Change: TypeAlias = "tuple[str, dict[str, Any]]"


def _values(thing: Any, **kinds: bool) -> Iterator[Change]:
    """Lengths and numbers one more, and one less where something is left of them; gone where they may be left out."""
    for name, optional in kinds.items():
        value = getattr(thing, name)
        if isinstance(value, Length):
            yield from ((f"{name} {by:+}", {name: replace(value, count=value.count + by)}) for by in (1, -1) if value.count + by)
        elif isinstance(value, date):
            yield f"{name} +1", {name: value + timedelta(days=1)}
        elif value:
            yield from ((f"{name} {by:+}", {name: value + by}) for by in (1, -1) if value + by)
        if value and optional:
            yield f"no {name}", {name: None}


def _around(track: Track) -> Iterator[Mutant]:
    for name, change in _values(track.period, first=False, until=False):
        yield f"{track.track}: period {name}", replace(track, period=replace(track.period, **change))
    for n, employer in enumerate(track.employers):
        for number, left in _without(employer.requires):
            changed: Employer = replace(employer, requires=left)
            yield f"{track.track}: {employer.id} without {number}", replace(track, employers=_swap(track.employers, n, changed))
    for name, transfer in track.transfers.items():
        yield f"{track.track}: no transfer {name}", replace(track, transfers={k: t for k, t in track.transfers.items() if k != name})
        if transfer.requires:
            free: Transfer = replace(transfer, requires=())
            yield f"{track.track}: transfer {name} free", replace(track, transfers={**track.transfers, name: free})


def _intake(intake: Intake) -> Iterator[Change]:
    kinds = {"answer_within": False, "places": False, "minimum": False, "join_within": True}
    if intake.minimum == 1:
        del kinds["minimum"]  # none is asked for
    changes = [*_values(intake, **kinds, **({"offer_before_start": False} if intake.starts else {}))]
    for n, start in enumerate(intake.starts):
        changes += [(f"start {start.date} {name}", {"starts": _swap(intake.starts, n, changed)}) for name, changed in _start(start)]
    for n, left in _without(intake.order):
        one: Order = intake.order[n]
        # Who is alike in all else stands in the order of referral anyhow.
        if one.by != "referral" or n < len(intake.order) - 1:
            changes.append((f"order without {n}", {"order": left}))
        if one.by == "fact":
            changes.append((f"order {n} turned", {"order": _swap(intake.order, n, replace(one, highest_first=not one.highest_first))}))
    if len(intake.order) > 1:
        changes.append(("order reversed", {"order": intake.order[::-1]}))
    yield from ((f"intake {name}", {"intake": replace(intake, **change)}) for name, change in changes)


def _start(start: Start) -> Iterator[tuple[str, Start]]:
    for name, change in _values(start, date=False, places=False, minimum=False):
        yield name, replace(start, **change)
    if start.employers:
        yield "without employers", replace(start, employers=())


def _target_group(track: Track) -> Iterator[Change]:
    group = track.target_group
    for kind in ("entry", "ongoing"):
        for n, left in _without(getattr(group, kind)):
            yield f"{kind} without {n}", {"target_group": replace(group, **{kind: left})}


def _follow_up(track: Track) -> Iterator[Change]:
    for n, length in enumerate(track.follow_up):
        yield f"no follow-up {length or 'exit'}", {"follow_up": _swap(track.follow_up, n)}
        if length:
            longer = replace(length, count=length.count + 1)
            yield f"follow-up {length} +1", {"follow_up": _swap(track.follow_up, n, longer)}


def _step(step: Step) -> Iterator[Change]:
    yield from _values(step, length=True, start_within=True, contact_every=True, places=False)
    for n, condition in enumerate(step.when):
        yield f"when without {n}", {"when": _swap(step.when, n)}
        yield f"when {n} turned", {"when": _swap(step.when, n, Condition(canonical(Not(parse(condition.rule))), condition.reason))}
    yield from ((f"requires without {n}", {"requires": left}) for n, left in _without(step.requires))
    yield from ((f"day {day} +1", {"starts": _swap(step.starts, n, day + timedelta(days=1))}) for n, day in enumerate(step.starts))
    for name in ("starts", "results", "gives", "phases"):
        if getattr(step, name):
            yield f"no {name}", {name: ()}
    for employer, places in step.employer_places.items():
        for by in (1, -1):
            yield f"places {employer} {by:+}", {"employer_places": {**step.employer_places, employer: places + by}}
    if step.responsible and not step.beside:
        yield "another responsible", {"responsible": None if step.responsible == "employer" else "employer"}
    yield from _results(step)
    yield from _points(step)


def _results(step: Step) -> Iterator[Change]:
    for result, action in step.on_result.items():
        yield f"no {result}", {"on_result": {k: a for k, a in step.on_result.items() if k != result}}
        if action.kind not in ("goto", "retry"):
            continue
        then = Action("ask" if action.then and action.then.kind == "next" else "next")
        for name, changed in (("once more", replace(action, at_most=action.at_most + 1)), ("then", replace(action, then=then))):
            if name == "once more" or action.then:
                yield f"{result} {name}", {"on_result": {**step.on_result, result: changed}}


_OTHER = {"start": "end", "end": "start", "exit": "employment", "admission": "employment"}


def _points(step: Step) -> Iterator[Change]:
    for name in ("begins", "until"):
        point: Point | None = getattr(step, name)
        if point is None:
            continue
        if point.after:
            yield f"{name} +1", {name: replace(point, after=replace(point.after, count=point.after.count + 1))}
        else:
            other: Any = _OTHER.get(point.anchor, "admission" if name == "begins" else "exit")
            yield f"{name} otherwise", {name: replace(point, anchor=other)}
