"""A person's own track: what a named person added to it for her alone (rule R53)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from definitions.model.serialization import restore
from definitions.model.track import Step
from tracks.engine.context.plan import plan_of

if TYPE_CHECKING:
    from tracks.engine.context.plan import Plan
    from tracks.events.fold import Progress


def personal_plan(plan: Plan, progress: Progress) -> Plan:
    """The plan as if what was added stood in the track; nearly everybody has the plan itself."""
    if progress.get("deviates") is None:
        return plan
    # In the order in which they were added: a later one may name an earlier one.
    added = sorted((f.effective, f.position, f.value["step"]) for (_, _, name), f in progress.fields.items() if name == "added")
    steps = list(plan.track.steps)
    for _, _, written in added:
        step = _fitting(restore(Step, written), {other.id for other in steps})
        if step:
            _insert(steps, step)
    return plan_of(replace(plan.track, steps=tuple(steps)), plan.version, plan.hash)


def _fitting(step: Step, known: set[str]) -> Step | None:
    """A step without the names that a correction, or another version, has taken away.

    None where it counted from one of them, or where the track has a step of that name itself by now.
    """
    if step.id in known:
        return None
    if step.begins and step.begins.step and step.begins.step not in known:
        return None
    after = tuple(name for name in step.after or () if name in known or name == "admission")
    lost = step.until and step.until.step and step.until.step not in known
    return replace(step, after=after or None, until=None if lost else step.until)


def _insert(steps: list[Step], step: Step) -> None:
    """A new step stands after the last one that it names, else last (as in rule R52)."""
    named = {*(step.after or ()), *(p.step for p in (step.begins, step.until) if p and p.step)}
    places = [number for number, other in enumerate(steps, start=1) if other.id in named]
    steps.insert(max(places, default=len(steps)), step)
