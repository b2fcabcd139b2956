"""A track made ready for deciding: who follows whom, compiled conditions, and what is shared. Built once a version."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from definitions.conditions.compiler import compile_rule
from definitions.conditions.references import names_in, steps_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from definitions.conditions.compiler import Rule
    from definitions.conditions.environment import Env
    from definitions.model.track import Fact, Step, Track
    from definitions.model.values import Condition


@dataclass(frozen=True, slots=True)
class ConditionList:
    """A list of conditions, which means all of them; each rule keeps the canonical text it was written as."""

    rules: tuple[tuple[str, Rule], ...]

    def holds(self, env: Env) -> bool | None:
        """Three-valued: false as soon as one is false, else unknown as soon as one is unknown."""
        answers = [rule.holds(env) for _, rule in self.rules]
        return False if False in answers else None if None in answers else True

    def without(self, excepted: Iterable[str]) -> ConditionList:
        """The same list less those rules that a person has excepted."""
        gone = frozenset(excepted)
        return ConditionList(tuple(row for row in self.rules if row[0] not in gone)) if gone else self

    def failing(self, env: Env) -> tuple[str, ...]:
        """The texts of those that are not true."""
        return tuple(text for text, rule in self.rules if rule.holds(env) is not True)

    def missing(self, env: Env) -> tuple[str, ...]:
        """The facts that are unknown and keep the answer from being true."""
        found = [name for _, rule in self.rules if rule.holds(env) is not True for name in rule.missing(env)]
        return tuple(dict.fromkeys(found))

    def unmet(self, env: Env) -> dict[str, str]:
        """What a refusal says of those that are not true: their texts, and how the results that they ask about stand."""
        texts = self.failing(env)
        steps = dict.fromkeys(step for text in texts for step in sorted(steps_in(text)))
        stands = [f"result({step}) = {result}" for step in steps if (result := env.result(step))]
        return {"rules": "; ".join(texts), "stands": "; ".join(stands)}

    def asks_result(self, step: str) -> bool:
        """Whether a step's result is asked for."""
        return any(step in rule.steps for _, rule in self.rules)

    def flips(self, env: Env) -> date | None:
        """The first day after `env.day` on which time alone could change the answer."""
        days = [day for _, rule in self.rules if (day := rule.flips(env))]
        return min(days, default=None)

    def __bool__(self) -> bool:
        return bool(self.rules)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One version of one track, ready for `decide`. Steps stand in the order written.

    It is equal to itself only, so that what is worked out of it can be kept by it.
    """

    track: Track
    version: int
    hash: bytes
    steps: Mapping[str, Step]
    chain: tuple[Step, ...]
    sequence: tuple[Step, ...]
    ends: tuple[Step, ...]
    parallel: tuple[Step, ...]
    shared: tuple[Step, ...]
    predecessors: Mapping[str, tuple[str, ...]]
    followers: Mapping[str, frozenset[str]]
    index: Mapping[str, int]
    when: Mapping[str, ConditionList]
    requires: Mapping[str, ConditionList]
    entry: ConditionList
    ongoing: ConditionList
    employers: Mapping[str, ConditionList]
    transfers: Mapping[str, ConditionList]
    ranked: tuple[str, ...]
    asked: tuple[str, ...]
    coupled: bool
    jumps: bool

    @property
    def queues(self) -> bool:
        """Whether a person waits for a place before admission (dated starts, or a number of places)."""
        return bool(self.track.intake.starts) or self.track.intake.places is not None


def predecessors(track: Track) -> dict[str, tuple[str, ...]]:
    """The steps that each chain step waits for (rules R7 and R8), by id, in the order written.

    An empty tuple means that the step follows admission.
    """
    # A step without `after` joins every branch that nobody between waits for (rule R8).
    found: dict[str, tuple[str, ...]] = {}
    open_ends: list[str] = []  # written so far and followed by none
    for step in track.steps:
        if step.beside:
            continue
        if step.after is None:
            found[step.id] = tuple(open_ends)
            open_ends = []
        else:
            found[step.id] = tuple(name for name in step.after if name != "admission")
            open_ends = [name for name in open_ends if name not in step.after]
        open_ends.append(step.id)
    return found


def _followers(before: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    # Worked out once a version: every jump back asks for it (rule R22).
    direct: dict[str, set[str]] = {step: set() for step in before}
    for step, others in before.items():
        for other in others:
            direct.setdefault(other, set()).add(step)

    def reach(step: str, seen: set[str]) -> set[str]:
        for follower in direct.get(step, ()):
            if follower not in seen:
                seen.add(follower)
                reach(follower, seen)
        return seen

    return {step: frozenset(reach(step, set())) for step in direct}


def in_order(track: Track, before: Mapping[str, tuple[str, ...]]) -> tuple[Step, ...]:
    """The chain with every step after its predecessors, else as written."""
    placed: dict[str, Step] = {}
    steps = {step.id: step for step in track.steps if not step.beside}

    def place(step: Step) -> None:
        for name in before[step.id]:
            if name in steps and name not in placed:
                place(steps[name])
        placed.setdefault(step.id, step)

    for step in steps.values():
        place(step)
    return tuple(placed.values())


def coupled(track: Track) -> bool:
    """Whether people on the track share anything, so that it must be decided slice by slice."""
    intake = track.intake
    return bool(
        intake.starts
        or intake.places is not None
        or intake.minimum > 1
        or any(s.places is not None or s.employer_places or s.subject != "participant" for s in track.steps)
        or any(transfer.local for transfer in track.transfers.values())
    )


def plan_of(track: Track, version: int = 1, track_hash: bytes | None = None) -> Plan:
    """Make a track ready. Pure; worth keeping, because compiling conditions costs more than deciding.

    Args:
        track: The track as it was loaded.
        version: The number of the version, from 1.
        track_hash: The hash that its events are sealed with; made up of the id where nothing is sealed.

    Returns:
        The plan, which never changes.

    """
    facts = track.facts

    def every(conditions: Iterable[Condition]) -> ConditionList:
        return _compile(conditions, facts)

    before = predecessors(track)
    return Plan(
        track=track,
        version=version,
        hash=track_hash or sha256(track.track.encode()).digest(),
        steps={step.id: step for step in track.steps},
        chain=tuple(s for s in track.steps if not s.beside),
        sequence=in_order(track, before),
        ends=tuple(s for s in track.steps if not s.beside and not any(s.id in names for names in before.values())),
        parallel=tuple(s for s in track.steps if s.beside and s.subject == "participant"),
        shared=tuple(s for s in track.steps if s.subject != "participant"),
        predecessors=before,
        followers=_followers(before),
        index={step.id: number for number, step in enumerate(track.steps)},
        when={step.id: every(step.when) for step in track.steps},
        requires={step.id: every(step.requires) for step in track.steps},
        entry=every(track.target_group.entry),
        ongoing=every(track.target_group.ongoing),
        employers={employer.id: every(employer.requires) for employer in track.employers},
        transfers={transfer.id: every(transfer.requires) for transfer in track.transfers.values()},
        ranked=tuple(row.fact for row in track.intake.criteria if row.fact in facts),
        asked=_asked_of_all(track),
        coupled=coupled(track),
        jumps=any(step.on_result for step in track.steps),
    )


def _asked_of_all(track: Track) -> tuple[str, ...]:
    """The track's own facts that the version in force asks about for as long as somebody is on it: to keep a place, and for goals."""
    measures = [goal.measure for goal in track.goals] + [one.measure for one in track.indicators.values()]
    rules = [*track.target_group.ongoing, *(rule for one in measures if one for rule in (*one.counts, *one.among_rule))]
    named = {name for rule in rules for name in names_in(rule.rule)}
    return tuple(name for name in track.facts if name in named)


def _compile(conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> ConditionList:
    return ConditionList(tuple((c.rule, compile_rule(c.rule, facts)) for c in conditions))
