"""Facts that do not fit any more, because something before them was put right: they stay, and a person looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.engine.context.inputs import parse_day
from tracks.engine.context.step_runs import OPEN_WAYS, action_by_track, started_on
from tracks.events.fold import pause_on
from tracks.events.kinds.table import kind_that_set
from tracks.events.todos import LostFact, TodoKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.fold import Field, Key, Progress


class OrphanedFact(NamedTuple):
    """One fact without ground: its kind, what more its field is named by (a phase, a point), the run, and the day it is about."""

    kind: str
    about: str
    step: str
    attempt: int
    since: date

    @property
    def todo(self) -> TodoKind:
        """The kind of the todo."""
        return TodoKind("stranded", str(LostFact(self.kind, self.about)))


def orphaned_facts(view: View, progress: Progress) -> Iterator[OrphanedFact]:
    """Every fact of a person that could not have been said, with what stands now; none of what never should have been."""
    # Who should never have been registered leaves nothing to put right.
    if progress.get("misregistered"):
        return
    close = progress.exited
    for key, field in progress.fields.items():
        name, _, about = key[2].partition(":")
        lost = _LOST.get(name)
        if lost and ((name in _BEFORE_EXIT and close and close < field.effective) or lost(view, progress, key, field)):
            yield OrphanedFact(kind_that_set(name, field.value), about, key[0], key[1], field.effective)


def _began(view: View, progress: Progress, key: Key, field: Field) -> bool:
    """A run that was said to begin, and did not, or in a pause; one beside the chain waits for its point, which may come later."""
    away, admitted = pause_on(progress, field.effective), progress.on("admitted")
    if (away and away[0] < field.effective) or (admitted and field.effective < admitted):
        return True  # not of the day on which the pause begins: she may have begun in the morning
    step = view.own.steps.get(key[0])
    waits = step is not None and step.beside and not step.when_needed and not progress.get("ended", *key[:2]) and not progress.exit
    return not waits and _not_run(view, progress, key, field)


def _not_run(_view: View, progress: Progress, key: Key, _field: Field) -> bool:
    """What was said of a run that never was."""
    return not progress.get("started", key[0], key[1])


def _placed(_view: View, progress: Progress, key: Key, _field: Field) -> bool:
    """A placement for another run than the one that goes on."""
    latest = progress.attempts(key[0])
    return 0 < latest < key[1] and not progress.get("ended", key[0], latest)


def _reported(_view: View, progress: Progress, key: Key, field: Field) -> bool:
    """A report of a run that never was, that began later, or that something else had ended before."""
    started, ended = started_on(progress, key[0], key[1]), progress.on("ended", key[0], key[1])
    return started is None or field.effective < started or bool(ended and ended < field.effective)


def _decided(view: View, progress: Progress, key: Key, _field: Field) -> bool:
    """A decision on what follows a run, where nothing was to be decided."""
    step = view.own.steps.get(key[0])
    ended = progress.get("ended", key[0], key[1])
    if step is None or ended is None:
        return ended is None
    return action_by_track(view.own, progress, step, key[1]).kind not in OPEN_WAYS


def _paused(_view: View, progress: Progress, _key: Key, field: Field) -> bool:
    """A pause of one who was not there yet."""
    admitted = progress.on("admitted")
    return admitted is None or field.effective < admitted


def _resumed(_view: View, progress: Progress, key: Key, field: Field) -> bool:
    """A return from a pause that never began."""
    paused = progress.on("paused", "", key[1])
    return paused is None or field.effective < paused


def _offered(view: View, progress: Progress, key: Key, field: Field) -> bool:
    """An offer to one who had not come to the waiting list, or who had answered already."""
    answer = progress.get("intake")
    answered = answer is not None and answer.value["kind"] in _ANSWERS and answer.effective < field.effective
    return answered or not _waited(view, progress, key, field)


def _answered(view: View, progress: Progress, key: Key, field: Field) -> bool:
    """A yes of one who had not come to the waiting list, or who was neither offered nor proposed then. A no is her own at any time."""
    if field.value["kind"] != "accepted" or not view.shared.queues:
        return False
    return not (_waited(view, progress, key, field) and could_answer(progress, field.effective))


def _waited(view: View, progress: Progress, _key: Key, field: Field) -> bool:
    waits = progress.on("waitlisted")
    return not view.shared.queues or bool(waits and waits <= field.effective)


def could_answer(progress: Progress, day: date) -> bool:
    """Whether an answer can be of a day: an offer was valid then, or a proposal stood that came after it had lapsed.

    A proposal that was taken back, because what it followed from was put right, is not held against the answer to it.
    """
    offer, proposal = progress.get("offer"), progress.get("proposal")
    until = parse_day(offer.value["until"]) if offer and offer.effective <= day else None
    if proposal is None or (until and day <= until):
        return True
    stands = proposal.value["kind"] == "proposed" and proposal.effective <= day
    return stands and not (until and proposal.effective <= until)


def _ended(_view: View, progress: Progress, _key: Key, _field: Field) -> bool:
    """An interruption, or an end, of one who had not come in yet."""
    return progress.exit is None


def _followed(_view: View, progress: Progress, _key: Key, field: Field) -> bool:
    """A follow-up of one who had not left."""
    out = progress.exited
    return out is None or field.effective < out


# What is said of one who has not left, and loses its ground where she had left before.
_BEFORE_EXIT: Final = frozenset({"offer", "intake", "began", "reported", "phase", "decided", "paused", "resumed"})
_ANSWERS: Final = frozenset({"accepted", "declined"})
# By the name of the field.
_LOST: Final[Mapping[str, Callable[[View, Progress, Key, Field], bool]]] = {
    "began": _began,
    "placed": _placed,
    "reported": _reported,
    "phase": _not_run,
    "decided": _decided,
    "paused": _paused,
    "resumed": _resumed,
    "offer": _offered,
    "intake": _answered,
    "close": _ended,
    "followed": _followed,
}
