"""Tracks to draw: the examples, a long one, and random ones that a file could say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from definitions.loading.loader import load_paths
from definitions.model.step_order import find_loops
from definitions.model.track import Action, Employer, Intake, Start, Step, Track, Transfer
from definitions.model.values import Condition, Length, Point
from tests.tracks.reports.samples import DAY, weeks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from definitions.model.track import ActionKind, StepType

ROOT = Path(__file__).parents[3]
NAMES = (
    "Kartläggning", "Validering", "Arbetsmarknadsutbildningsförberedelseperiod med språkstöd", "Yrkesvux", "CV/intervju", "x" * 90,
    "Individuellt anpassad introduktion på arbetsplatsen med handledare från kommunen", "Stöd & <uppföljning>", "1. Först",
    "E\u0301le\u0301ve",
)  # fmt: skip
TYPES: tuple[StepType, ...] = ("kartläggning", "yrkesvux", "praktik", "förberedande anställning", "stöd", "insats")
RESULTS = ("done", "not_passed", "interrupted")
KINDS: tuple[ActionKind, ...] = ("next", "ask", "end", "goto", "retry", "transfer")


@cache
def examples() -> dict[str, Track]:
    return {one.track.track: one.track for one in load_paths([ROOT / "examples"]) if one.track}


def long_track(count: int = 30) -> Track:
    """So many steps in a chain, with a name in two lines, a loop back in every fifth, and support from the third to the last."""
    steps = [
        Step(
            id=f"s{n}", type="insats", name=f"Individuellt anpassad introduktion, del {n}", length=weeks(n),
            on_result={"interrupted": Action(kind="goto", target=f"s{n - 3}")} if n % 5 == 0 else {},
        )
        for n in range(1, count + 1)
    ]  # fmt: skip
    last = Point(anchor="end", step=f"s{count}")
    steps.append(Step(id="stöd", type="stöd", name="Stöd", begins=Point(anchor="start", step="s3"), until=last))
    return Track(track="lång", name="Ett långt spår", type="förberedande spår", owner="Enheten", steps=tuple(steps))


def random_track(seed: int) -> Track:
    """A track as a file could say it: a chain with forks and joins, results that lead anywhere, and steps beside."""
    of = Random(seed)
    names = [f"k{n}" for n in range(of.randint(1, 9))]
    steps = [_link(of, name, names[:n], names) for n, name in enumerate(names)]
    for n in range(of.randint(0, 5)):
        steps.append(_beside(of, f"b{n}", [step.id for step in steps]))
    beside = [step.id for step in steps if step.beside]
    if beside and seed % 3 == 0:
        waits = tuple(of.sample(beside, of.randint(1, len(beside))))
        steps.insert(of.randint(0, len(steps)), Step(id="sist", type="insats", name=of.choice(NAMES), after=waits))
    starts = of.choice([(), (Start(date=DAY, places=3, employers=("norr",)), Start(date=DAY, minimum=2))])
    track = Track(
        track="slump",
        name=of.choice(NAMES),
        type="jobbspår",
        employers=(Employer(id="norr", name=of.choice(NAMES)),),
        intake=Intake(starts=starts, places=of.choice([None, 12])),
        steps=tuple(steps),
        transfers=of.choice([{}, {"fk": Transfer(id="fk", to="Försäkringskassan", local=False)}]),
    )
    # What waits for itself is refused when a file is read.
    return random_track(seed + 1_000_000) if find_loops(track) else track


def _link(of: Random, name: str, earlier: Sequence[str], all_names: Sequence[str]) -> Step:
    after = tuple(sorted(of.sample(earlier, of.randint(1, min(3, len(earlier)))))) if earlier else None
    return Step(
        id=name,
        type=of.choice(TYPES[:4]),
        name=of.choice(NAMES),
        after=of.choice([None, None, after, ("admission",)]),
        **_common(of),
        starts=of.choice([(), (DAY,)]),
        on_result={result: _action(of, all_names) for result in of.sample(RESULTS, of.randint(0, 3))},
    )


def _action(of: Random, names: Sequence[str]) -> Action:
    kind = of.choice(KINDS)
    to = {"goto": of.choice(names), "retry": of.choice(names), "transfer": "fk"}.get(kind)
    return Action(kind=kind, target=to, at_most=of.randint(1, 3))


def _common(of: Random) -> dict[str, Any]:
    return {
        "length": of.choice([None, Length(count=3, unit="months")]),
        "when": of.choice([(), (Condition(rule="age >= 18"),)]),
        "places": of.choice([None, 7]),
    }


def _beside(of: Random, name: str, others: Sequence[str]) -> Step:
    """A step beside the chain, that begins and ends with anything that stands before it."""
    step = of.choice(others)
    said: dict[str, Any] = of.choice(
        [
            {"alongside": step, "begins": Point(anchor="start", step=step), "until": Point(anchor="end", step=step)},
            {"when_needed": True},
            {"begins": _point(of, others), "until": of.choice([None, _point(of, others)])},
            {"until": _point(of, others)},
        ]
    )
    return Step(
        id=name, type=of.choice(TYPES), name=of.choice(NAMES), subject=of.choice(["participant", "employer"]), **_common(of), **said
    )


def _point(of: Random, steps: Sequence[str]) -> Point:
    after = of.choice([None, weeks(2)])
    if of.random() < 0.5:
        return Point(anchor=of.choice(["admission", "exit", "employment"]), after=after)
    return Point(anchor=of.choice(["start", "end"]), step=of.choice(steps), after=after)
