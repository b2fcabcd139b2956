"""Enrolments as measures see them: one case per enrolment, and what was true of it on any day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from definitions.model.calendar import add
from definitions.model.values import Length
from tracks.engine.context.age import age_on, birthday_after
from tracks.engine.context.situation import WORK, ReportedOutcome, employed_since
from tracks.events.fold import Progress, evolve, standing_then
from tracks.events.outcomes import outcome_said
from tracks.events.status import EXITED, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.values import Unit
    from tracks.events.event import Event
    from tracks.events.histories import History

UNKNOWN: Final = "unknown"
OTHER: Final = "other"
COMPLETED: Final = frozenset({"completed", "closed"})
# One outcome, one row: in the order shown, the unknown last.
OUTCOMES: Final = (
    "work", "work_with_support", "own_business", "studies", "municipal_employment", "other_measure", "other_authority", OTHER, UNKNOWN,
)  # fmt: skip


class DatedValue(NamedTuple):
    """The value of a fact from a day on, and the position of its event in the log."""

    day: date
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One enrolment, ready to be counted.

    `exit` is the day of leaving after admission, and `exit_kind` the kind of the event that closed it. `onward` is the enrolment on
    another track here that took over. `outcomes`, and each of the `facts`, are in the order of their days. `events` are those that
    stand, each with its position in the log. `protected` is whether her identity is, so that no group may tell where she is.
    """

    stream: str
    ref: str
    track: Track
    status: Status
    admitted: date | None
    exit: date | None
    exit_kind: str
    reason: str
    onward: str | None
    outcomes: tuple[ReportedOutcome, ...]
    facts: Mapping[str, tuple[DatedValue, ...]]
    events: tuple[tuple[Event, int], ...]
    progress: Progress
    protected: bool = False

    def outcome(self, day: date) -> str:
        """The outcome as it was on a day: the later of (day, position) wins."""
        return next((said.what for said in reversed(self.outcomes) if said.day <= day), UNKNOWN)

    def fact(self, name: str, day: date) -> Any | None:
        """The latest value by day, None where unknown (rule R47)."""
        return next((v.value for v in reversed(self.facts.get(name, ())) if v.day <= day), None)

    def employer(self, day: date) -> str | None:
        """The employer of the employment that goes on, known or not; without one, that of the latest placement."""
        said = [one for one in self.outcomes if one.day <= day]
        if not said or said[-1].what not in WORK:
            placed: str | None = self.fact("employer", day)
            return placed
        since = employed_since(said)
        return next((one.employer for one in reversed(said) if since and one.day >= since and one.employer), None)

    def placed(self, day: date) -> str | None:
        """The employer with whom she was before anything came of it: the latest placement until she was employed, else until the day.

        Shares are grouped by this one: among those whom an employer hired, all are hired.
        """
        said = [one for one in self.outcomes if one.day <= day]
        since = employed_since(said) if said and said[-1].what in WORK else None
        placed: str | None = self.fact("employer", min(day, since or day))
        return placed


def case_of(history: History) -> CaseRecord:
    """A history as a case."""
    rows = tuple(standing_then(history.events, history.as_of, history.known))
    progress = Progress()
    for event, position in rows:
        progress = evolve(progress, event, position)
    close, onward = progress.exit, progress.value("transfer") or {}
    status, admitted = progress.status, progress.on("admitted")
    # Who left before admission was never on the track, and is no exit (rule R51).
    gone = close if admitted and status in EXITED else None
    return CaseRecord(
        stream=history.stream,
        ref=history.ref,
        track=history.track,
        status=status,
        admitted=admitted,
        exit=gone.effective if gone else None,
        exit_kind=gone.value["kind"] if gone else "",
        reason=str(gone.value.get("reason", "")) if gone else "",
        onward=onward.get("enrolment"),
        outcomes=_outcomes(rows, gone.effective if gone else None),
        facts=_facts(rows),
        events=rows,
        progress=progress,
    )


def cases_of(histories: Iterable[History], *, programme: bool = False) -> list[CaseRecord]:
    """All that may be counted, misregistered left out; in a programme, whoever was transferred within it is one case."""
    cases = [case_of(history) for history in histories]
    kept = [case for case in cases if case.status is not Status.MISREGISTERED]
    return join_transfers(kept) if programme else kept


def join_transfers(cases: Iterable[CaseRecord]) -> list[CaseRecord]:
    """Join the cases of one programme: a transfer within it is no exit, so the receiving enrolment goes on where the first was."""
    by_stream = {case.stream: case for case in cases}
    moved = {
        case.onward: case
        for case in by_stream.values()
        if case.onward and case.exit and case.onward in by_stream and by_stream[case.onward].admitted
    }
    inner = {case.stream for case in moved.values()}
    return [_with_earlier(case, moved) for case in by_stream.values() if case.stream not in inner]


def _with_earlier(case: CaseRecord, moved: Mapping[str, CaseRecord]) -> CaseRecord:
    seen = {case.stream}
    earlier = moved.get(case.stream)
    # People may be transferred to and fro, so the way back may be a circle.
    while earlier and earlier.stream not in seen:
        seen.add(earlier.stream)
        outcomes = tuple(sorted(earlier.outcomes + case.outcomes, key=lambda said: (said.day, said.position)))
        facts = {name: (*earlier.facts.get(name, ()), *case.facts.get(name, ())) for name in {*earlier.facts, *case.facts}}
        # The way into the programme is the first one; the later referrals only say "transfer".
        facts["channel"] = earlier.facts.get("channel", ())
        case = replace(case, admitted=earlier.admitted, outcomes=outcomes, facts=facts)
        earlier = moved.get(earlier.stream)
    return case


def _outcomes(rows: Sequence[tuple[Event, int]], left: date | None) -> tuple[ReportedOutcome, ...]:
    """List the outcomes in order; one that a report implies gives way to one that was reported for the same day."""
    found, placed = [], None
    for event, position in rows:
        # Who is hired is with the employer of the latest placement, unless the report names one.
        placed = event.data["employer"] if event.kind == "placed" else placed
        if said := _reported_outcome(event, position, left, placed):
            found.append(said)
    return tuple(sorted(found, key=lambda said: (said.day, said.position)))


def _reported_outcome(event: Event, position: int, left: date | None, placed: str | None) -> ReportedOutcome | None:
    said = outcome_said(event.kind, event.data)
    if said is None:
        return None
    if event.kind == "followed_up":
        return ReportedOutcome(_day_asked_about(event, left), position, said.what, said.employer)
    hired = event.kind == "reported" and event.data.get("result") == "hired"
    employer = said.employer or (placed if hired else None)
    return ReportedOutcome(event.effective, position - _IMPLIED if said.beside else position, said.what, employer)


# Below every position of the same day.
_IMPLIED: Final = 1 << 40


def _day_asked_about(event: Event, left: date | None) -> date:
    """The day that a follow-up asks about, which is not the day somebody got hold of the person."""
    point = str(event.data.get("point", ""))
    if left is None or (point != "exit" and " " not in point):
        return event.effective
    return min(event.effective, add(left, length_of(point)) if point != "exit" else left)


@lru_cache(maxsize=256)
def length_of(text: str) -> Length:
    """Parse a length from its canonical text, `3 months`."""
    count, _, unit = text.partition(" ")
    return Length(int(count), cast("Unit", unit if unit.endswith("s") else f"{unit}s"))


def _facts(rows: Sequence[tuple[Event, int]]) -> dict[str, tuple[DatedValue, ...]]:
    found: dict[str, list[DatedValue]] = {}
    for event, position in rows:
        said = dict(event.data.get("facts") or {})
        if event.kind == "referred":
            said.update({name: event.data[name] for name in ("channel", "born") if event.data.get(name)})
        elif event.kind == "selected":
            # A fact like others, because conditions ask for it in the same way.
            said["selected"] = True
        elif event.kind == "placed":
            said["employer"] = event.data["employer"]
        for name, value in said.items():
            found.setdefault(name, []).append(DatedValue(event.effective, position, value))
    return {name: tuple(values) for name, values in found.items()}


class CaseEnv:
    """A case as it was on one day, for conditions; what is asked of the time after is known up to `known`."""

    __slots__ = ("_progress", "case", "day", "known", "track", "waits")

    def __init__(self, case: CaseRecord, track: Track, day: date, known: date) -> None:
        self.case, self.track, self.day, self.known = case, track, day, known
        self.waits = False
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress:
        """The fold of what is effective on the day or before."""
        if self._progress is None:
            self._progress = Progress()
            for event, position in self.case.events:
                if event.effective <= self.day:
                    self._progress = evolve(self._progress, event, position)
        return self._progress

    def fact(self, name: str) -> Any | None:
        """A fact, built-in ones included."""
        if name == "completed":
            return self.case.exit is not None and self.case.exit <= self.day and self.case.exit_kind in COMPLETED
        return self.case.employer(self.day) if name == "employer" else self.case.fact(name, self.day)

    def employers(self) -> frozenset[str]:
        """The ids of the employers of the track in force."""
        return frozenset(employer.id for employer in self.track.employers)

    def age(self) -> int | None:
        """Whole years on the day."""
        return age_on(self.case.fact("born", self.day), self.day)

    def next_birthday(self) -> date | None:
        """The next day on which the age changes."""
        return birthday_after(self.case.fact("born", self.day), self.day)

    def outcome(self) -> str:
        """The outcome as it was on the day; `unknown` until reported."""
        return self.case.outcome(self.day)

    def employed_since(self) -> date | None:
        """The first day of the employment that goes on on the day."""
        return employed_since([said for said in self.case.outcomes if said.day <= self.day])

    def lasted(self, length: Length) -> bool | None:
        """Whether the employment of the day lasted so long unbroken, seen from `known`; None where that is not yet known."""
        since = self.employed_since()
        if since is None:
            return False
        enough = add(since, length)
        until = self._employed_until(since)
        if until is not None:
            return until >= enough
        if self.known >= enough:
            return True
        # Not unknown for good: the measure says "not yet".
        self.waits = True
        return None

    def _employed_until(self, since: date) -> date | None:
        """The day on which the employment turned into something else, if it has by now."""
        later = [said for said in self.case.outcomes if self.day < said.day <= self.known]
        said = [one for one in self.case.outcomes if one.day <= self.day]
        for one in later:
            said.append(one)
            if employed_since(said) != since:
                return one.day
        return None

    def result(self, step: str) -> str | None:
        """The result of the latest run by the day (rule R24)."""
        ended = self.progress.value("ended", step, self.progress.attempts(step))
        return str(ended["result"]) if ended else None
