"""What people may say in the small worlds: one drawing for each kind of fact, made from the tracks alone."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.tracks.worlds.shapes import FIRST, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from definitions.model.track import Fact as FactType
    from definitions.model.track import Track


class Command(NamedTuple):
    """One thing that somebody says on a day, about a day `back` days earlier; many are refused, in every world alike."""

    day: date
    kind: str
    ref: str = ""
    step: str = ""
    back: int = 0
    data: Mapping[str, Any] = {}


class Pool:
    """The names that a world's tracks know, in all their versions."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        every = [version for track in tracks for version in versions(track)]
        self.tracks = tracks
        self.steps = {step.id: step for track in every for step in track.steps}
        self.facts = {name: fact for track in every for name, fact in track.facts.items()}
        self.employers = sorted({employer.id for track in every for employer in track.employers}) or ["firman", "byrån"]
        self.starts = sorted({start.date for track in every for start in track.intake.starts}) or [FIRST]
        self.transfers = sorted({name for track in every for name in track.transfers}) or ["fk"]
        self.rules = sorted({one.rule for track in every for one in (*track.target_group.entry, *track.target_group.ongoing)})
        self.phases = sorted({phase for step in self.steps.values() for phase in step.phases}) or ["ett"]
        self.points = sorted({str(length) if length else "exit" for track in every for length in track.follow_up})


FITTING = "?"  # the step is chosen when the thing is said, of those that it can be said of
RESULTS = ("done", "done", "done", "not_passed", "interrupted")
REASONS = ("own_wish", "illness", "other")
OUTCOMES = ("work", "work_with_support", "studies", "other", "unknown")
# Days back: most is said the day it happens, some late, a little very late.
BACK = (0, 0, 0, 0, 0, 1, 2, 4, 9, 20)


def fact_value(draw: random.Random, fact: FactType) -> Any:
    if fact.type == "yes/no":
        return draw.random() < 0.6
    if fact.type == "number":
        return draw.randrange(0, 5)
    if fact.type == "date":
        return (FIRST + timedelta(days=draw.randrange(-30, 60))).isoformat()
    return draw.choice(fact.choices)


def facts(draw: random.Random, pool: Pool, names: Sequence[str]) -> dict[str, Any]:
    return {name: fact_value(draw, pool.facts[name]) for name in names if draw.random() < 0.8}


def _some_facts(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    return {"facts": {name: fact_value(draw, pool.facts[name]) for name in draw.sample(sorted(pool.facts), draw.choice((1, 1, 2)))}}


def _reported(draw: random.Random, pool: Pool, step: str) -> dict[str, Any]:
    own = pool.steps[step].known_results if step in pool.steps else ("hired", "vidare")
    gives = pool.steps[step].gives if step in pool.steps else ()
    return {"result": draw.choice((*RESULTS, *own)), "facts": facts(draw, pool, gives)}


def _start(draw: random.Random, pool: Pool) -> str:
    return draw.choice(pool.starts).isoformat()


def _added(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    known = sorted(pool.steps)
    name = f"egen{draw.randrange(2)}"
    shape = draw.choice(
        ({"after": [draw.choice(known)]}, {}, {"begins": {"anchor": "start", "step": draw.choice(known)}}, {"when_needed": True})
    )
    step = {"id": name, "type": "insats", "name": "Egen", "length": {"count": 3, "unit": "days"}, **shape}
    return {"step": step, "reason": "other"}


def _length(draw: random.Random, _pool: Pool, _step: str) -> dict[str, Any]:
    return {"count": draw.choice((1, 2, 3, -1, -2)), "unit": draw.choice(("days", "weeks", "working days", "months")), "reason": "other"}


def _paused(draw: random.Random, _pool: Pool, _step: str) -> dict[str, Any]:
    back = {"back": (FIRST + timedelta(days=draw.randrange(10, 80))).isoformat()} if draw.random() < 0.3 else {}
    return {"reason": draw.choice(REASONS), **back}


def _decided(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    return {"action": draw.choice(("next", "next", "retry", draw.choice(sorted(pool.steps))))}


def _outcome(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    return {"what": draw.choice(OUTCOMES), **({"employer": draw.choice(pool.employers)} if draw.random() < 0.4 else {})}


def _followed_up(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    return {"point": draw.choice(pool.points), "answers": {"outcome": draw.choice(OUTCOMES)}}


def _correct(draw: random.Random, pool: Pool, _step: str) -> dict[str, Any]:
    """Which of the facts said so far, how, and what it should have said, whatever its kind turns out to be."""
    how = draw.choice(("day", "day", "data", "data", "withdraw", "both"))
    return {
        "pick": draw.randrange(1000),
        "how": how,
        "shift": draw.choice((-9, -4, -2, -1, 1, 2, 4, 9)),
        "step": "",
        "result": draw.choice(RESULTS),
        "what": draw.choice(OUTCOMES),
        "point": draw.choice(pool.points),
        "employer": draw.choice(pool.employers),
        "reason": draw.choice(REASONS),
        "count": draw.choice((1, 2, 3, -1)),
        "facts": _some_facts(draw, pool, "")["facts"],
    }


def _nothing(_draw: random.Random, _pool: Pool, _step: str) -> dict[str, Any]:
    return {}


def _reason(draw: random.Random, _pool: Pool, _step: str) -> dict[str, Any]:
    return {"reason": draw.choice(REASONS)}


# The facts of a person's own stream that are about a step, and those that are not.
OF_A_STEP: Mapping[str, Callable[[random.Random, Pool, str], dict[str, Any]]] = {
    "reported": _reported,
    "began": _nothing,
    "placed": lambda draw, pool, _: {"employer": draw.choice(pool.employers)},
    "decided": _decided,
    "phase": lambda draw, pool, _: {"name": draw.choice(pool.phases)},
    "contacted": _nothing,
    "lengthened": _length,
    "waived": lambda *_: {"reason": "other"},
}
OF_A_PERSON: Mapping[str, Callable[[random.Random, Pool, str], dict[str, Any]]] = {
    "accepted": _nothing,
    "offered": _nothing,
    "declined": _reason,
    "interested": _nothing,
    "refused": _reason,
    "selected": lambda draw, pool, _: {"employer": draw.choice(pool.employers)},
    "paused": _paused,
    "resumed": _nothing,
    "interrupted": _reason,
    "closed": _reason,
    "outcome": _outcome,
    "stated": _some_facts,
    "exception": lambda draw, pool, _: {"rule": draw.choice(("entry", "ongoing", "longest", "1", *pool.rules)), "reason": "other"},
    "moved": lambda draw, pool, _: {"start": _start(draw, pool)},
    "added": _added,
    "migrated": lambda draw, *_: {"to": draw.choice((1, 2, 3))},
    "misregistered": _reason,
    "followed_up": _followed_up,
    "assigned": lambda draw, *_: {"role": "caseworker", "person": draw.choice(("Bo", "Eva"))},
    "disclosed": lambda *_: {"fields": ["status"], "to": "kommunen"},
    # Not facts of their own, but what commands do with them.
    "transfer": lambda draw, pool, _: {"name": draw.choice(pool.transfers), "reason": draw.choice(REASONS)},
    "correct": _correct,
}
OF_THE_TRACK: Mapping[str, Callable[[random.Random, Pool, str], dict[str, Any]]] = {
    "start_confirmed": lambda draw, pool, _: {"start": _start(draw, pool)},
    "start_cancelled": lambda draw, pool, _: {"start": _start(draw, pool), "reason": "other"},
    "start_postponed": lambda draw, pool, _: {
        "start": _start(draw, pool),
        "to": (draw.choice(pool.starts) + timedelta(days=draw.choice((3, 8, 15)))).isoformat(),
    },
    "employer_withdrew": lambda draw, pool, _: {"employer": draw.choice(pool.employers)},
    "employer_reported": lambda draw, pool, _: {"employer": draw.choice(pool.employers), "start": _start(draw, pool), "result": "done"},
    "goal_struck": lambda *_: {"goal": "a", "reason": "other"},
    "apply": lambda draw, *_: {"version": draw.randrange(3)},
    # Not a fact of its own, but what a command does with one.
    "correct_track": lambda draw, pool, _: {
        "pick": draw.randrange(1000),
        "how": draw.choice(("withdraw", "withdraw", "withdraw", "restore", "day", "data", "both")),
        "shift": draw.choice((-9, -4, -2, -1, 1, 2, 4, 9)),
        "to": (draw.choice(pool.starts) + timedelta(days=draw.choice((3, 8, 15)))).isoformat(),
        "reason": draw.choice(REASONS),
        "result": draw.choice(("done", "not_passed")),
    },
}
# How often each is said, of a hundred or so.
OFTEN: Mapping[str, float] = {
    "reported": 18, "began": 9, "placed": 5, "decided": 3, "phase": 1, "contacted": 3, "lengthened": 4, "waived": 2,
    "accepted": 9, "offered": 4, "declined": 1, "interested": 3, "refused": 1, "selected": 1, "paused": 5, "resumed": 1, "interrupted": 1,
    "closed": 1, "outcome": 4, "stated": 5, "exception": 1, "moved": 2, "added": 3, "migrated": 3, "misregistered": 0.5, "followed_up": 3,
    "assigned": 0.5, "disclosed": 0.5, "transfer": 3, "correct": 14,
    "start_confirmed": 3, "start_cancelled": 1, "start_postponed": 2, "employer_withdrew": 1, "employer_reported": 1, "goal_struck": 0.2,
    "apply": 2,
}  # fmt: skip
# What is said a little later of the same person, so that it often finds something to be said of.
AFTER: Mapping[str, tuple[str, ...]] = {"paused": ("resumed",), "offered": ("accepted",), "interrupted": ("followed_up", "outcome"),
    "closed": ("followed_up",), "reported": ("decided",), "began": ("phase",)}  # fmt: skip
EVERY = {**OF_A_STEP, **OF_A_PERSON, **OF_THE_TRACK}


def command(draw: random.Random, pool: Pool, day: date, kind: str, ref: str = "", step: str = "") -> Command:
    """One thing of a kind, with everything drawn that is not given."""
    if kind in OF_A_STEP and not step:
        step = draw.choice((FITTING, FITTING, draw.choice(sorted(pool.steps))))
    if kind == "employer_reported":
        step = "handledare"
    if kind in OF_THE_TRACK:
        ref = draw.choice(pool.tracks).track
    return Command(day, kind, ref, step, draw.choice(BACK), EVERY[kind](draw, pool, step))


def referral(draw: random.Random, pool: Pool, day: date, ref: str) -> Command:
    """A referral; the built-in month of birth goes along for tracks that ask for age."""
    said = {**facts(draw, pool, sorted(pool.facts)), **({"klar_att_börja": draw.random() < 0.9} if "klar_att_börja" in pool.facts else {})}
    track = draw.choice(pool.tracks).track
    return Command(day, "enrol", ref, track, draw.choice((0, 0, 0, 3)), {"facts": said, "born": f"{draw.randrange(1994, 1998)}-02"})


def commands(seed: int, pool: Pool, draw: random.Random, people: int, span: int) -> list[Command]:
    """What is said over the days, in order of day; the same for the same seed."""
    found: list[Command] = []
    refs = [f"p{n}" for n in range(people)]
    for ref in refs:
        day = FIRST + timedelta(days=draw.randrange(0, 40))
        found.append(referral(draw, pool, day, ref))
        found += way(draw, pool, ref, day)
    kinds, weights = zip(*OFTEN.items(), strict=True)
    for _ in range(people * 9):
        day = FIRST + timedelta(days=draw.randrange(1, span))
        one = command(draw, pool, day, draw.choices(kinds, weights)[0], draw.choice(refs))
        found.append(one)
        found += [command(draw, pool, day + timedelta(days=draw.randrange(0, 12)), kind, one.ref) for kind in AFTER.get(one.kind, ())]
    found += track_corrections(seed, pool, span)
    if seed % 3 == 0:
        found.append(referral(draw, pool, FIRST + timedelta(days=draw.randrange(50, span)), refs[0]))
    return sorted(found, key=lambda row: row.day)


def track_corrections(seed: int, pool: Pool, span: int) -> Iterator[Command]:
    """What is said of a track put right, now and then; drawn aside, so that all else that a seed says stays as it was."""
    draw = random.Random(seed + 17)
    for _ in range(draw.choice((0, 2, 4))):
        yield command(draw, pool, FIRST + timedelta(days=draw.randrange(5, span)), "correct_track")


def way(draw: random.Random, pool: Pool, ref: str, day: date) -> Iterator[Command]:
    """An ordinary way through the track, on days that often fit and sometimes do not."""
    for after in (2, 9, 20, 33):
        yield Command(day + timedelta(days=after + draw.randrange(0, 6)), draw.choice(("accepted", "accepted", "offered")), ref)
    at = 3
    for step in pool.tracks[0].steps:
        if step.beside:
            continue
        if step.needs_employer:
            yield Command(day + timedelta(days=at), "placed", ref, step.id, 0, {"employer": draw.choice(pool.employers)})
        for after in (0, 9):
            if step.start_within:
                yield Command(day + timedelta(days=at + after), "began", ref, step.id, draw.choice((0, 0, 1, 3)))
            when = day + timedelta(days=at + 7 + after + draw.randrange(0, 6))
            yield Command(when, "reported", ref, step.id, draw.choice((0, 0, 0, 1, 3)), _reported(draw, pool, step.id))
        at += 11
    yield Command(day + timedelta(days=at + draw.randrange(0, 9)), "outcome", ref, "", 0, _outcome(draw, pool, ""))
