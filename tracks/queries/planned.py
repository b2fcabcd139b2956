"""When what goes on is planned to end, out of the names and lengths that are kept beside a track; no model of it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from definitions.model.calendar import add
from definitions.model.values import Length
from tracks.engine.context.inputs import parse_day, running_until
from tracks.engine.context.situation import Situation, employed_since, outcomes, result_of
from tracks.events.fold import numbered
from tracks.events.status import Status

if TYPE_CHECKING:
    from datetime import date

    from tracks.engine.context.inputs import View
    from tracks.events.fold import Progress
    from tracks.queries.reader import Labels

_BROKEN: Final = ("not_passed", "not_hired", "interrupted")
_NOTHING: Final[Labels] = {}


def planned_end(progress: Progress, labels: Labels, step: str, attempt: int) -> date | None:
    """The day on which a run is planned to be over; None where the track does not say, and in a pause.

    An end is on any day; only the last day for its report is a working day (rule R4).

    Args:
        progress: Her fold.
        labels: The names and lengths of the version that holds for her.
        step: The id of the step.
        attempt: The number of the run, from 1.

    """
    about, start = labels["steps"].get(step, _NOTHING), _started(progress, step, attempt)
    if start is None:
        return None
    # The action that led to a run may have given it a length of its own (rule R55).
    own = (progress.value("started", step, attempt) or {}).get("length")
    length = Length(**own) if own else Length(*about["length"]) if about.get("length") else None
    days = [_after(progress, about, step, start, length)] if length else []
    days += [_point(progress, labels, about["until"], moves=about["moves"])] if about.get("until") else []
    return min((day for day in days if day), default=None)


def planned_exit(progress: Progress, labels: Labels, today: date) -> date | None:
    """The day on which the chain is over if every step that is left takes its length; None where one has none, and in a pause.

    A step whose condition is known to be false takes no time.

    Args:
        progress: Her fold.
        labels: The names and lengths of the version that holds for her.
        today: The day it is: what is late is over today at the earliest.

    """
    admitted = progress.on("admitted")
    if progress.status is not Status.ACTIVE or admitted is None:
        return None
    days: dict[str, date] = {}
    for step in labels["sequence"]:
        if (before := labels["steps"][step].get("before")) is None:
            continue
        if any(name not in days for name in before):
            return None
        over = _over(progress, labels, step, max((days[name] for name in before), default=admitted), today)
        if over is None:
            return None
        days[step] = over
    return max(days.values(), default=None)


def _over(progress: Progress, labels: Labels, step: str, ready: date, today: date) -> date | None:
    n, about = progress.attempts(step), labels["steps"][step]
    if n and (ended := progress.on("ended", step, n)):
        # A run that broke off may be done again, or lead elsewhere: until the chain has gone on nobody knows how long that takes.
        return ended if _gone_on(progress, labels, step, n, ended) else None
    if n and _started(progress, step, n):
        planned = planned_end(progress, labels, step, n)
        return max(planned, today) if planned else None
    earliest = max(ready, today)
    if progress.get("waived", step) or _is_not_for_her(progress, labels, about, earliest):
        return ready
    days = map(parse_day, about["starts"]) if about.get("starts") else [earliest]
    begins = min((day for day in days if day >= earliest), default=None)
    return _after(progress, about, step, begins, Length(*about["length"])) if begins and about.get("length") else None


def _is_not_for_her(progress: Progress, labels: Labels, about: Labels, day: date) -> bool:
    """Whether the condition of a step is known to be false on the day it would begin, so that it is skipped (rule R10)."""
    if not about.get("when"):
        return False
    # Only a step with a condition pays for reading it.
    from definitions.conditions.compiler import compile_all  # noqa: PLC0415
    from definitions.model.track import Fact  # noqa: PLC0415

    facts = {name: Fact(name, kind, tuple(labels["choices"].get(name, ()))) for name, kind in labels["types"].items()}
    return compile_all(about["when"], facts).holds(_NamedSituation(progress, labels, day)) is False


class _NamedSituation(Situation):
    """A situation as far as the fold and the names tell it; what only the track itself knows is unknown."""

    __slots__ = ("_labels",)

    def __init__(self, progress: Progress, labels: Labels, day: date) -> None:
        super().__init__(cast("View", None), progress, day)
        self._labels = labels

    def fact(self, name: str) -> Any | None:
        return None if name == "selected" else super().fact(name)

    def employers(self) -> frozenset[str]:
        return frozenset(self._labels["employers"])

    def result(self, step: str) -> str | None:
        return result_of(self.progress, step)


def _gone_on(progress: Progress, labels: Labels, step: str, n: int, ended: date) -> bool:
    if progress.value("ended", step, n)["result"] not in _BROKEN:
        return True
    decided = (progress.value("decided", step, n) or {}).get("action", {}).get("kind")
    others = (other for other in labels["sequence"] if other != step and not labels["steps"][other].get("beside"))
    later = (_started(progress, other, progress.attempts(other)) for other in others)
    return decided == "next" or any(day >= ended for day in later if day)


def _started(progress: Progress, step: str, attempt: int) -> date | None:
    return progress.on("began", step, attempt) or progress.on("started", step, attempt)


def _after(progress: Progress, about: Labels, step: str, start: date, length: Length) -> date | None:
    said = numbered(progress, "lengthened", step).values()
    changes = [Length(field.value["count"], field.value["unit"]) for field in said]
    return running_until(progress, start, length, changes, moves=about["moves"])


def _point(progress: Progress, labels: Labels, until: Labels, *, moves: bool) -> date | None:
    """The day of the point that ends a step beside the chain, where it is known."""
    length = Length(*until["after"]) if until["after"] else None
    if until["anchor"] == "employment":
        since = employed_since(outcomes(progress))
        return add(since, length) if since and length else since
    step = until["step"] or ""
    n = progress.attempts(step)
    if until["anchor"] == "admission":
        day = progress.on("admitted")
    elif until["anchor"] == "start":
        day = _started(progress, step, n)
    else:
        day = progress.on("ended", step, n) or planned_end(progress, labels, step, n)
    return running_until(progress, day, length, moves=moves) if day and length else day
