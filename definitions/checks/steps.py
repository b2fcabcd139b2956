"""The rules of steps: what they name exists, they can be reached, and none waits for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.checks.contacts import CONTACT_CHECKS
from definitions.checks.dead_ends import DEAD_END_CHECKS
from definitions.checks.violation import Check, Violation
from definitions.model import step_order
from definitions.model import vocabulary as v
from definitions.model.exit_order import cut_by_exit
from definitions.model.spelling import nearest
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from definitions.model.track import Action, Step, Track
    from definitions.model.values import Point


def track_has_a_step(track: Track) -> Iterator[Violation]:
    """A track has at least one step in its chain (R43; `NO_STEPS`), else it is completed as it begins."""
    if not any(not step.beside for step in track.steps):
        yield Violation(findings.NO_STEPS, ("track",), {"key": v.key("steps", track.key_language), "needs": "steps"})


def unknown_employer(track: Track, name: str, known: Iterable[str]) -> dict[str, str]:
    """Build the values of a finding about an employer that is not there.

    Args:
        track: The track; an employer written by its name instead of its id is proposed.
        name: The id as written.
        known: The ids that could stand there.

    Returns:
        The values of `UNKNOWN_EMPLOYER`, with the nearest id as `suggestion`.

    """
    # Names need not be unique; of two alike either is a good enough proposal.
    ids = {employer.name.casefold(): employer.id for employer in track.employers}
    names = list(known)
    suggestion = nearest(name, names) or ids.get(name.casefold(), "")
    return {"found": name, "known": v.listed(names), "suggestion": suggestion, "key": v.key("employers", track.key_language)}


def _unknown_step(track: Track, step: Step, key: str, name: str) -> Violation:
    """Describe a step that is named and is not there, or is the step itself; some write its type or its name."""
    others = [other for other in track.steps if other.id != step.id]
    names = [other.id for other in others]
    wanted = name.casefold()
    called = (other.id for other in others if wanted in (other.type, other.name.casefold()))
    suggestion = nearest(name, names) or next(called, "")
    return Violation(
        findings.UNKNOWN_STEP, ("steps", step.id, key, name), {"found": name, "known": v.listed(names), "suggestion": suggestion}
    )


def named_steps_exist(track: Track) -> Iterator[Violation]:
    """`after`, `alongside`, `from` and `until` name steps of the track, other than the step itself (`UNKNOWN_STEP`)."""
    names = {step.id for step in track.steps}
    for step in track.steps:
        for key, name in _named(step):
            if name not in names or name == step.id:
                yield _unknown_step(track, step, key, name)


def _named(step: Step) -> Iterator[tuple[str, str]]:
    """List the steps that a step names, each with its key; the points that `alongside` fills in are its own."""
    yield from (("after", name) for name in step.after or () if name != "admission")
    if step.alongside is not None:
        yield "alongside", step.alongside
        return
    for key, point in (("from", step.begins), ("until", step.until)):
        if point is not None and point.step is not None:
            yield key, point.step


def step_is_in_chain_or_beside_it(track: Track) -> Iterator[Violation]:
    """A step has `after`, or a place beside the chain, not both (R7, R8, R25; `CONFLICTING_KEYS`, `WORD_NOT_ALONE`).

    A step in the chain is waited for, one beside it is not. `alongside` says both points already, and `admission` in `after` means
    that no step is waited for, so it stands alone.
    """
    for step in track.steps:
        if step.after is not None and step.beside:
            keys = {
                "alongside": step.alongside,
                "from": step.begins or step.when_needed,
                "until": step.until,
                "subject": step.subject != "participant",
            }
            yield _both(track, findings.CONFLICTING_KEYS, step, "after", next(key for key, given in keys.items() if given))
        if step.after is not None and "admission" in step.after and len(step.after) > 1:
            word = v.word("admission", v.ANCHORS, track.key_language)
            yield Violation(findings.WORD_NOT_ALONE, ("steps", step.id, "after", word), {"found": word})
        for key, point, anchor in (("from", step.begins, "start"), ("until", step.until, "end")):
            if step.alongside and not _is(point, anchor, step.alongside):
                yield _both(track, findings.CONFLICTING_KEYS, step, "alongside", key)
        if step.alongside and step.when_needed:
            yield _both(track, findings.CONFLICTING_KEYS, step, "alongside", "from")


def _is(point: Point | None, anchor: str, step: str) -> bool:
    return point is not None and (point.anchor, point.step, point.after, point.before) == (anchor, step, None, None)


def _both(track: Track, code: str, step: Step, key: str, other: str) -> Violation:
    lang = track.key_language
    return Violation(code, ("steps", step.id, key), {"key": v.key(key, lang), "other": v.key(other, lang)}, on_key=True)


def days_before_are_known_ahead(track: Track) -> Iterator[Violation]:
    """`before` counts from a day that is known ahead (R28; `DAY_NOT_KNOWN_AHEAD`).

    That is the planned end of a step, or admission where the subject is an employer or a start.
    """
    for step in track.steps:
        for key, point in (("from", step.begins), ("until", step.until)):
            if (
                point is not None
                and point.before
                and point.anchor != "end"
                and (point.anchor != "admission" or step.subject == "participant")
            ):
                yield Violation(findings.DAY_NOT_KNOWN_AHEAD, ("steps", step.id, key), {})


def no_step_begins_at_exit(track: Track) -> Iterator[Violation]:
    """No step begins at exit, unless it ends by the employment (R30; `STEP_NEVER_BEGINS`).

    At exit the steps beside the chain end or are skipped, and only what counts from employment goes on.
    """
    for step in track.steps:
        if step.begins is not None and step.begins.anchor == "exit" and not (step.until and step.until.anchor == "employment"):
            yield Violation(findings.STEP_NEVER_BEGINS, ("steps", step.id, "from"), {})


def steps_end_by_exit(track: Track) -> Iterator[Violation]:
    """A step beside the chain is over by exit, as planned, or counts from employment (R30; warning `CUT_BY_EXIT`)."""
    cut = cut_by_exit(track)
    for step in track.steps:
        if step.id in cut:
            key = "from" if cut[step.id] == "begins" else "until" if step.until else "length" if step.length else "from"
            word = v.word("employment", v.ANCHORS, track.key_language)
            yield Violation(findings.CUT_BY_EXIT, ("steps", step.id, key), {"found": step.name, "word": word})


def steps_form_no_ring(track: Track) -> Iterator[Violation]:
    """No steps wait for each other in a ring (R23; `CIRCULAR_STEPS`): none would ever begin. Only `retry` and `goto` go back."""
    for found in step_order.find_loops(track):
        first = next(step for step in track.steps if step.id in found)
        at = found.index(first.id)
        ring = (*found[at:-1], *found[:at], first.id)
        shown = [v.word(name, v.ANCHORS, track.key_language) if name == "exit" else name for name in ring]
        yield Violation(findings.CIRCULAR_STEPS, ("steps", first.id, *_waiting(first, ring)), {"ring": " → ".join(shown)})


def _waiting(step: Step, ring: Container[str]) -> tuple[str, ...]:
    """Find the key by which a step waits within a ring, and what it waits for."""
    # A ring may go through a point that names no step, as `until: exit`; then the place of its key is shown.
    waits = [*_named(step), *((key, "") for key, point in (("from", step.begins), ("until", step.until)) if point)]
    return next(((key, name) for key, name in waits if not name or (name in ring and name != step.id)), ("id", ""))


def steps_are_reachable(track: Track) -> Iterator[Violation]:
    """Some result of the steps before leads to each step (`UNREACHABLE_STEP`)."""
    unreachable = step_order.find_unreachable(track)
    # Steps in a ring are unreachable too; the ring is told instead, for it is the cause.
    if unreachable and not step_order.find_loops(track):
        yield from (Violation(findings.UNREACHABLE_STEP, ("steps", name, "id"), {"found": name}) for name in unreachable)


def results_lead_to_known_targets(track: Track) -> Iterator[Violation]:
    """`on_result` names results that its step knows, and steps and transfers that exist (R17, R27, R46).

    A step beside the chain leads nowhere (`KEY_OF_THE_CHAIN`) and nothing leads there (`TARGET_BESIDE_CHAIN`). A result that the
    step cannot have (`IMPOSSIBLE_RESULT`) would be refused when somebody reports it, and an action that names nothing
    (`UNKNOWN_ACTION`, `UNKNOWN_TRANSFER`) would lead nowhere.
    """
    chain = {step.id for step in track.steps if not step.beside}
    for step in track.steps:
        if step.beside and step.on_result:
            yield Violation(
                findings.KEY_OF_THE_CHAIN, ("steps", step.id, "on_result"), {"key": v.key("on_result", track.key_language)}, on_key=True
            )
        for result, action in step.on_result.items():
            if result not in step.known_results:
                yield _unknown_result(track, step, result)
            yield from _targets(track, step, result, action, chain)


def _unknown_result(track: Track, step: Step, result: str) -> Violation:
    lang = track.key_language
    known = [v.word(name, v.RESULTS, lang) for name in step.known_results]
    shown = v.word(result, v.RESULTS, lang)
    values = {"found": shown, "known": v.listed(known), "key": v.key("results", lang), "suggestion": nearest(shown, known) or ""}
    return Violation(findings.IMPOSSIBLE_RESULT, ("steps", step.id, "on_result", result), values, on_key=True)


def _targets(track: Track, step: Step, result: str, action: Action, chain: set[str]) -> Iterator[Violation]:
    names = {s.id for s in track.steps}
    at: tuple[str, ...] = ("steps", step.id, "on_result", result)
    while action is not None:
        if action.kind == "goto" and action.target not in names:
            # A word alone may have been meant for a step or for an action, so both are proposed.
            words = {**dict.fromkeys(names), **dict.fromkeys(v.words(v.ACTIONS, track.key_language))}
            yield Violation(
                findings.UNKNOWN_ACTION,
                (*at, "goto"),
                {"found": action.target or "", "suggestion": nearest(action.target or "", words) or ""},
            )
        elif action.kind == "goto" and action.target not in chain:
            yield Violation(findings.TARGET_BESIDE_CHAIN, (*at, "goto"), {"found": action.target or ""})
        elif action.kind == "transfer" and action.target not in track.transfers:
            suggestion = nearest(action.target or "", track.transfers) or ""
            yield Violation(findings.UNKNOWN_TRANSFER, (*at, "transfer"), {"found": action.target or "", "suggestion": suggestion})
        if action.then is None:
            return
        action, at = action.then, (*at, "then")


def given_facts_exist(track: Track) -> Iterator[Violation]:
    """`gives` names facts of the track (`UNKNOWN_FACT`)."""
    for step in track.steps:
        for name in step.gives:
            if name not in track.facts:
                values = {"found": name, "known": v.listed(track.facts), "suggestion": nearest(name, track.facts) or ""}
                yield Violation(findings.UNKNOWN_FACT, ("steps", step.id, "gives", name), values)


def responsible_is_a_partner(track: Track) -> Iterator[Violation]:
    """`responsible` is one of the partners, or the employer (`UNKNOWN_PARTNER`), because each step stands on somebody's worklist."""
    words = (*track.partners, v.word("employer", v.RESPONSIBLE_EMPLOYER, track.key_language))
    for step in track.steps:
        for name in filter(None, (step.responsible, *step.also_responsible)):
            if name != "employer":
                yield from _of_partner(track, name, words, ("steps", step.id, "responsible", name))


def caseload_is_of_a_partner(track: Track) -> Iterator[Violation]:
    """The role that `caseload` names is the caseworker's or a partner's (R58; `UNKNOWN_PARTNER`)."""
    role = track.intake.caseload_role
    if role and role != "caseworker":
        yield from _of_partner(track, role, track.partners, ("intake", "caseload", role), on_key=True)


def _of_partner(track: Track, name: str, words: Sequence[str], at: tuple[str, ...], *, on_key: bool = False) -> Iterator[Violation]:
    if name not in track.partners:
        key = v.key("partners", track.key_language)
        values = {"found": name, "known": v.listed(words), "suggestion": nearest(name, words) or "", "key": key}
        yield Violation(findings.UNKNOWN_PARTNER, at, values, on_key=on_key)


def step_employers_exist(track: Track) -> Iterator[Violation]:
    """`employer` and `places` name employers of the track, and places only those where the step may be (R33; `UNKNOWN_EMPLOYER`)."""
    known = [employer.id for employer in track.employers]
    for step in track.steps:
        for name in step.employers:
            if name not in known:
                yield Violation(findings.UNKNOWN_EMPLOYER, ("steps", step.id, "employer", name), unknown_employer(track, name, known))
        for name in step.employer_places:
            if name not in known or (step.employers and name not in step.employers):
                values = unknown_employer(track, name, step.employers or known)
                yield Violation(findings.UNKNOWN_EMPLOYER, ("steps", step.id, "places", name), values, on_key=True)


def start_steps_need_common_starts(track: Track) -> Iterator[Violation]:
    """A step about a start stands in a track with common starts (R32; `START_IN_ROLLING_INTAKE`)."""
    for step in track.steps:
        if step.subject == "start" and track.intake.rolling:
            yield Violation(
                findings.START_IN_ROLLING_INTAKE, ("steps", step.id, "subject"), {"found": v.word("start", v.SUBJECTS, track.key_language)}
            )


STEP_CHECKS: Final[tuple[Check, ...]] = (
    track_has_a_step,
    named_steps_exist,
    step_is_in_chain_or_beside_it,
    days_before_are_known_ahead,
    no_step_begins_at_exit,
    steps_end_by_exit,
    steps_form_no_ring,
    steps_are_reachable,
    results_lead_to_known_targets,
    given_facts_exist,
    responsible_is_a_partner,
    caseload_is_of_a_partner,
    step_employers_exist,
    *DEAD_END_CHECKS,
    start_steps_need_common_starts,
    *CONTACT_CHECKS,
)
