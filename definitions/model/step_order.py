"""Works out what waits for what: the predecessors of chain steps (rule R8), loops in the waiting, and steps never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from definitions.model.track import Action, Step, Track
    from definitions.model.values import Point

Mark = tuple[str, str]
EXIT: Final[Mark] = ("exit", "")


def predecessors(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Find the steps that each chain step waits for; an empty tuple means that it follows admission."""
    found: dict[str, tuple[str, ...]] = {}
    open_ends: list[str] = []
    for step in steps:
        if step.beside:
            continue
        before = tuple(open_ends) if step.after is None else tuple(name for name in step.after if name not in ("admission", step.id))
        found[step.id] = before
        open_ends = [name for name in open_ends if name not in before] + [step.id]
    return found


def build_wait_graph(track: Track) -> dict[Mark, tuple[Mark, ...]]:
    """Build the graph of what waits for what: the start and the end of each step, and the exit. Reports wait for nothing."""
    before = predecessors(track.steps)
    names = {step.id for step in track.steps}
    found: dict[Mark, tuple[Mark, ...]] = {EXIT: tuple(("end", name) for name in before)}
    for step in track.steps:
        begins = [("end", name) for name in before.get(step.id, ()) if name in names]
        found["start", step.id] = (*begins, *_of_point(step.begins, names))
        found["end", step.id] = (("start", step.id), *_end(step, names))
    return found


def chain_order(track: Track, *, ended: bool = False) -> dict[str, tuple[str, ...]]:
    """Find the chain steps that each chain step comes after, also through steps beside the chain that it waits for.

    Args:
        track: The track.
        ended: Whether only those count that must have ended; one beside the chain may be over while what it began with goes on.

    """
    graph, before = build_wait_graph(track), predecessors(track.steps)
    return {
        step: tuple(dict.fromkeys(other for name in names for other in _in_chain(name, before, graph, ended=ended)))
        for step, names in before.items()
    }


def _in_chain(name: str, chain: Mapping[str, object], graph: Mapping[Mark, tuple[Mark, ...]], *, ended: bool) -> Iterator[str]:
    """A step of the chain itself; for one beside it, the nearest of the chain that its end waits for."""
    stack, seen = [("end", name)], {EXIT}
    while stack:
        mark = stack.pop()
        if mark[1] in chain and (mark[0] == "end" or not ended):
            yield mark[1]
        elif mark not in seen:
            seen.add(mark)
            stack.extend(graph.get(mark, ()))


def _of_point(point: Point | None, names: set[str]) -> tuple[Mark, ...]:
    if point is None or point.anchor in ("admission", "employment"):
        return ()
    if point.anchor == "exit":
        return (EXIT,)
    if point.step not in names:
        return ()
    # A length before the end of a step is counted from its planned end, which is known when it starts.
    return (("start" if point.before else point.anchor, point.step),)


def _end(step: Step, names: set[str]) -> tuple[Mark, ...]:
    if not step.beside or step.length or step.when_needed:
        return ()
    return (EXIT,) if step.until is None else _of_point(step.until, names)


def find_loops(track: Track) -> tuple[tuple[str, ...], ...]:
    """Find rings of steps that wait for each other, the first one repeated last; `exit` where a ring goes through it. No step is in two."""
    graph = build_wait_graph(track)
    if _in_order(graph):
        return ()
    done: set[Mark] = set()
    return tuple(_named(ring) for mark in graph if mark not in done and (ring := _ring(mark, graph, done)))


def _named(ring: Sequence[Mark]) -> tuple[str, ...]:
    names = [name or "exit" for _, name in ring]
    return tuple(name for at, name in enumerate(names) if at == 0 or name != names[at - 1])


def _in_order(graph: Mapping[Mark, tuple[Mark, ...]]) -> bool:
    """Whether everything waits only for what is written before it, as in most tracks: then there can be no ring."""
    before: set[Mark] = set()
    for mark, others in graph.items():
        if mark != EXIT:
            if not before.issuperset(others):
                return False
            before.add(mark)
    return True


def _ring(start: Mark, graph: Mapping[Mark, tuple[Mark, ...]], done: set[Mark]) -> list[Mark]:
    """Search depth first, without recursion because a file may hold thousands of steps."""
    way: list[Mark] = []
    on_way: set[Mark] = set()
    stack: list[tuple[Mark, bool]] = [(start, False)]
    while stack:
        mark, leaving = stack.pop()
        if leaving:
            on_way.discard(way.pop())
            done.add(mark)
        elif mark in on_way:
            done.update(way)
            return [*way[way.index(mark) :], mark]
        elif mark not in done:
            way.append(mark)
            on_way.add(mark)
            stack.append((mark, True))
            stack.extend((following, False) for following in graph.get(mark, ()))
    return []


def find_unreachable(track: Track) -> tuple[str, ...]:
    """Find chain steps that no result of the steps before them leads to, where steps do not wait for each other in a ring."""
    before = predecessors(track.steps)
    steps = {step.id: step for step in track.steps if step.id in before}
    if all(_passes(step) for step in steps.values()):
        return ()
    followers: dict[str, list[str]] = {name: [] for name in steps}
    for name, waits_for in before.items():
        for other in waits_for:
            followers.get(other, []).append(name)
    reached: set[str] = set()
    # How many steps of the chain each still waits for; one beside the chain always ends.
    missing = {name: sum(other in steps for other in waits_for) for name, waits_for in before.items()}
    coming = [name for name, count in missing.items() if not count]
    while coming:
        name = coming.pop()
        if name not in reached and name in steps:
            reached.add(name)
            coming.extend(_targets(steps[name]))
            for next_ in followers[name] if _passes(steps[name]) else ():
                missing[next_] -= 1
                if not missing[next_]:
                    coming.append(next_)
    return tuple(name for name in before if name not in reached)


def _passes(step: Step) -> bool:
    """Whether a step that another waits for may end so that the other goes on."""
    return any(_may_pass(step.on_result.get(result)) for result in step.known_results)


def _may_pass(action: Action | None) -> bool:
    """Whether the action goes on, or leaves it to a person who may."""
    return action is None or action.kind in ("next", "ask") or (action.then is not None and _may_pass(action.then))


def _targets(step: Step) -> Iterator[str]:
    for first in step.on_result.values():
        action: Action | None = first
        while action is not None:
            if action.target and action.kind == "goto":
                yield action.target
            action = action.then
