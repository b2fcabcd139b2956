"""Finds the place in the file of a track that a sentence of a case is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.checks.violation import Path
    from definitions.scenarios.model import Sentence, Suite
    from definitions.source.diagnostics import Span
    from tracks.scenarios.runner import CaseFailure

_ENTRY: Final = (("target_group", "entry"), ("target_group",))
_OFFERS: Final = (("intake", "answer_within"), ("intake",))
_QUEUE: Final = (("intake", "order"), ("intake", "places"), ("intake",))
# For what is no step: by kind, or by what is on the worklist, the paths of keys that decide on it, the nearest first.
_AROUND: Final[Mapping[str, tuple[Path, ...]]] = {
    "waitlisted": _ENTRY, "entry": _ENTRY, "exception": _ENTRY, "selected": _ENTRY, "ongoing": (("target_group", "ongoing"),),
    "longest": (("longest",),),
    "proposed": _QUEUE, "unproposed": _QUEUE, "queue": _QUEUE, "over": _QUEUE, "offer": _OFFERS, "answer": _OFFERS, "interest": _OFFERS,
    "offer_lapsed": _OFFERS, "offered": _OFFERS, "accepted": _OFFERS, "declined": _OFFERS,
    "admitted": (("intake", "starts"), ("intake",), *_ENTRY), "moved": (("intake", "starts"),), "start_dropped": (("intake", "starts"),),
    "start_held": (("intake", "minimum"),), "left": (("transfers",),), "transferred": (("transfers",),), "transfer": (("transfers",),),
    "follow_up": (("follow_up",),), "follow_up_due": (("follow_up",),), "followed_up": (("follow_up",),), "completed": (("steps",),),
}  # fmt: skip
# For a step: by kind, or by what is on the worklist, its keys that decide on it, the nearest first.
_OF_STEP: Final[Mapping[str, tuple[str, ...]]] = {
    "step_started": ("starts", "alongside", "from", "after", "start_within", "requires", "places", "when"),
    "step_completed": ("until", "alongside", "length"), "step_skipped": ("when", "from", "alongside"),
    "subject_step_started": ("from", "alongside", "when"), "subject_step_ended": ("until", "alongside"), "subject_step_due": ("length",),
    "report_due": ("length",), "report": ("length",), "start": ("start_within",), "contact_due": ("contact_every",),
    "contact": ("contact_every",), "place_given": ("places",), "queue": ("places",), "over": ("places",),
    "placement": ("employer", "type"),
    "requirement": ("requires",), "employer_left": ("employer",), "dates": ("starts",), "decision": ("on_result", "results"),
    "proposal:end": ("on_result",),
    "proposal:transfer": ("on_result",), "fact": ("gives",), "phase": ("phases",), "placed": ("employer",), "reported": ("results",),
    "subject_report": ("length",), "employer_reported": ("results",), "lengthened": ("length",), "decided": ("on_result",),
}  # fmt: skip
# What is asked first where this happened to the step instead.
_INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {"step_skipped": ("when",), "step_started": ("when",)}


def locate_failure(suite: Suite, failure: CaseFailure) -> Span | None:
    """Find the place in the track that decides what a failed sentence is about."""
    sentence = failure.line.sentence.inner or failure.line.sentence
    written = suite.written(next((one.track for one in failure.instead if one.step == sentence.step and one.track), suite.track))
    if sentence.step and not any(step.id == sentence.step for step in written.track.steps):
        written = next((one for one in suite.unit if any(step.id == sentence.step for step in one.track.steps)), written)
    other = next((one.kind for one in failure.instead if one.step == sentence.step), "")
    return written.place(*_paths(sentence, other))


def _paths(sentence: Sentence, instead: str) -> Iterator[Path]:
    what = str(sentence.data.get("todo") or sentence.data.get("what") or sentence.kind)
    if not sentence.step:
        yield from _AROUND.get(what, (("track",),))
        return
    at = ("steps", sentence.step)
    # Whether a step starts or is skipped is decided by its condition, wherever else its kind of sentence points.
    swapped = {sentence.kind, instead} == {"step_started", "step_skipped"}
    keys = (*(_INSTEAD[instead] if swapped else ()), *_OF_STEP.get(what, ()), "id")
    if sentence.kind == "step_completed" and "result" in sentence.data:
        keys = ("results", *keys)
    yield from ((*at, key) for key in keys)
