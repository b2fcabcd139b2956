"""The names and planned lengths that reading needs of a track, kept beside it as JSON, so that no model is built to answer a question."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tracks.engine.context.plan import predecessors
from tracks.events.canonical_json import canonical
from tracks.events.roles import owner_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.track import Action, Step, Track
    from definitions.model.values import Length
    from tracks.engine.context.plan import Plan


def labels_of(track: Track) -> str:
    """The names of a track, its steps, facts and employers, and how many a caseworker should have at most, as JSON."""
    return canonical(_name_parts(track))


@lru_cache(maxsize=64)
def names_of(plan: Plan) -> dict[str, Any]:
    """The same of a version that is ready for deciding, worked out once however many people it holds for."""
    return _name_parts(plan.track)


def _name_parts(track: Track) -> dict[str, Any]:
    first = track.partners[0] if track.partners else None
    before = predecessors(track)
    return {
        "track": track.name,
        "programme": track.programme,
        "owner": owner_role(track),
        "first": first,
        "steps": {step.id: {**_step(step, first, before.get(step.id)), "employers": _employers(track, step)} for step in track.steps},
        "sequence": [step.id for step in track.steps],
        "facts": {name: fact.name or name for name, fact in track.facts.items()},
        "choices": {name: ["yes", "no"] if fact.type == "yes/no" else list(fact.choices) for name, fact in track.facts.items()},
        "types": {name: fact.type for name, fact in track.facts.items()},
        "transfers": list(track.transfers),
        "restricted": sorted(name for name, fact in track.facts.items() if fact.restricted),
        "employers": {employer.id: employer.name for employer in track.employers},
        "conditional": [employer.id for employer in track.employers if employer.requires],
        "caseload": track.intake.caseload,
        **({"caseload_role": track.intake.caseload_role} if track.intake.caseload_role else {}),
    }


def _step(step: Step, first: str | None, before: Sequence[str] | None) -> dict[str, Any]:
    until = step.until if step.until and step.until.anchor != "exit" and not step.until.before else None
    return {
        "name": step.name, "type": step.type, "responsible": step.responsible or first, "beside": step.beside, "before": before,
        "length": _length(step.length), "starts": [day.isoformat() for day in step.starts],
        "moves": step.pauses_move, "when": [condition.rule for condition in step.when],
        "results": list(step.known_results), "transfers": sorted(_transfers(step)),
        **({"also": list(step.also_responsible)} if step.also_responsible else {}),
        "until": {"anchor": until.anchor, "step": until.step, "after": _length(until.after)} if until else None,
    }  # fmt: skip


def _transfers(step: Step) -> Iterator[str]:
    """The transfers that a result of a step leads to, at once or when its times are used up."""
    for action in step.on_result.values():
        way: Action | None = action
        while way:
            if way.kind == "transfer" and way.target:
                yield way.target
            way = way.then


def _employers(track: Track, step: Step) -> list[str]:
    """The employers where a step may be, of those that every start has."""
    every = track.employers_for(step, None) if step.needs_employer else []
    return [name for name in every if all(name in track.employers_for(step, start) for start in track.intake.starts)]


def _length(length: Length | None) -> list[Any] | None:
    return [length.count, length.unit] if length else None
