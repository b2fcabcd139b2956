"""The names that reading needs of a track, kept beside it as JSON, so that no model is built to answer a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks.log import canonical

if TYPE_CHECKING:
    from definitions.model import Track


def labels_of(track: Track) -> str:
    """The names of a track, its steps, facts and employers, as JSON."""
    first = track.partners[0] if track.partners else None
    labels: dict[str, Any] = {
        "track": track.name,
        "programme": track.programme,
        "owner": track.owner,
        "steps": {step.id: {"name": step.name, "type": step.type, "responsible": step.responsible or first} for step in track.steps},
        "order": [step.id for step in track.steps],
        "facts": {fact.id: fact.name or fact.id for fact in track.facts.values()},
        "restricted": sorted(fact.id for fact in track.facts.values() if fact.restricted),
        "employers": {employer.id: employer.name for employer in track.employers},
    }
    return canonical(labels)
