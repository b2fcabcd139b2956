"""What all cohorts share: fates dealt by fixed quota, a person's story as dated reports, and the caseworker who tells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random
from typing import TYPE_CHECKING, Any, Final, Protocol

from definitions.model.calendar import add, roll
from definitions.model.values import Length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

GOT_A_JOB: Final = "got_a_job"
STUDIES: Final = "started_studies"
ILLNESS: Final = "illness"
MORE_SUPPORT: Final = "needs_other_support"
NO_SHOW: Final = "did_not_show_up"
MOVED: Final = "moved"
NOT_MET: Final = "requirement_not_met"
OWN_WISH: Final = "own_wish"
OTHER: Final = "other"
WORK: Final = frozenset({"work", "work_with_support"})


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One dated fact, as a person at work would report it: `kind` and `data` are those of the status event."""

    day: date
    track: str
    ref: str
    kind: str
    step: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    by: str = "demo"


@dataclass(frozen=True, slots=True)
class Fate:
    """One enrolment's lot, settled before anything happens: who, when referred, and which way it goes.

    `way` is a word of the cohort's own table of ways; `spells` are the outcomes that it brings, in order.
    """

    ref: str
    track: str
    referred: date
    way: str
    spells: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    born: str = ""
    channel: str = "caseworker"


class Proposal(Protocol):
    """One person whom the engine proposes for a place now."""

    @property
    def ref(self) -> str:
        """The participant's reference."""

    @property
    def track(self) -> str:
        """The track."""

    @property
    def start(self) -> str:
        """The start it is for, empty in a rolling track."""


def deal(rng: Random, quota: Mapping[str, int]) -> list[str]:
    """A deck with each word as often as its quota says, shuffled."""
    # Dealt and not drawn: the published figures must come out exactly, whatever the seed.
    deck = [word for word, count in quota.items() for _ in range(count)]
    rng.shuffle(deck)
    return deck


def draw(rng: Random, count: int, among: int) -> list[bool]:
    """Shuffle answers of which an exact number is yes, so that a cohort's figures come out as its source gives them.

    Args:
        rng: the dice.
        count: how many answers are yes.
        among: how many answers there are.

    Returns:
        The answers.

    """
    answers = [True] * count + [False] * (among - count)
    rng.shuffle(answers)
    return answers


def chance(rng: Random, percent: int) -> bool:
    """Yes, that often in a hundred."""
    return rng.randrange(100) < percent


def spread(rng: Random, count: int, first: date, last: date) -> list[date]:
    """Draw working days, in order, some of them several times.

    Args:
        rng: the dice.
        count: how many days.
        first: the first day that may come up.
        last: the last, before it is moved to a working day.

    Returns:
        The days.

    """
    days = (last - first).days
    return sorted(roll(first + timedelta(days=rng.randint(0, days))) for _ in range(count))


def own(seed: int, ref: str) -> Random:
    """A person's own dice, so that one person's story never moves another's."""
    # Seeded by text: Python hashes it the same in every process and version, unlike `hash()`.
    return Random(f"{seed}/{ref}")


@dataclass(slots=True)
class Story:
    """The reports of one person in order of days; `day` is how far the story has come. Mutable while it is composed."""

    fate: Fate
    day: date
    rng: Random
    last: date
    reports: list[DatedFact] = field(default_factory=list)

    def say(self, kind: str, step: str = "", **data: Any) -> Story:
        """Report a fact of the day."""
        self.reports.append(DatedFact(self.day, self.fate.track, self.fate.ref, kind, step, data))
        return self

    def later(self, least: int, most: int = 0) -> Story:
        """Go on by a number of days between the two, to a working day, but never past the last day of the cohort."""
        days = self.rng.randint(least, most) if most > least else least
        # A story that would run past the end of the figures is squeezed into them rather than cut: the quota holds.
        self.day = min(roll(self.day + timedelta(days=days)), max(self.last, self.day))
        return self

    def done(self, step: str, result: str = "done", **facts: Any) -> Story:
        """Report a step as ended."""
        return self.say("reported", step, result=result, **({"facts": facts} if facts else {}))

    def hired(self, step: str, outcome: str = "work", employer: str = "") -> Story:
        """Report a step as ended by employment from today on.

        Args:
            step: the id of the step.
            outcome: the code of the outcome.
            employer: the id of the employer, where the track has one.

        Returns:
            The story, to go on with.

        """
        more = {"employer": employer} if employer else {}
        return self.say("reported", step, result="hired", outcome=outcome, **more)

    def outcome(self, what: str, employer: str = "") -> Story:
        """Report an outcome from today on."""
        return self.say("outcome", what=what, **({"employer": employer} if employer else {}))

    def aside(self, day: date, kind: str, step: str = "", **data: Any) -> Story:
        """Report something of another day, beside the thread of the story; nothing after the cohort's last day.

        Args:
            day: the day it is about.
            kind: the kind of the status event.
            step: the id of the step, where the kind is about one.
            data: the data of the event.

        Returns:
            The story, to go on with.

        """
        if day <= self.last:
            self.reports.append(DatedFact(day, self.fate.track, self.fate.ref, kind, step, data))
        return self

    def found(self, points: Iterable[int], what: str, percent: int = 85) -> Story:
        """Answer follow-ups for most people; nobody gets hold of the rest.

        Args:
            points: months after an exit of today; 0 is the exit.
            what: the code of the outcome.
            percent: how often in a hundred somebody is reached.

        Returns:
            The story, to go on with.

        """
        return self.followed(points, what) if chance(self.rng, percent) else self

    def followed(self, points: Iterable[int], what: str, employer: str = "") -> Story:
        """Answer follow-ups, each a few days after the day it asks about.

        Args:
            points: months after an exit of today; 0 is the exit.
            what: the code of the outcome.
            employer: the id of the employer, where there is one.

        Returns:
            The story, to go on with.

        """
        answers = {"outcome": what, **({"employer": employer} if employer else {})}
        for months in points:
            length = Length(count=months, unit="months")
            asked = add(self.day, length) if months else self.day
            day = roll(asked + timedelta(days=self.rng.randint(1, 6)))
            self.aside(day, "followed_up", point=str(length) if months else "exit", answers=answers)
        return self


def referral(fate: Fate, by: str = "demo") -> DatedFact:
    """The report that enrols."""
    data: dict[str, Any] = {"channel": fate.channel, "facts": dict(fate.facts)}
    if fate.born:
        data["born"] = fate.born
    return DatedFact(fate.referred, fate.track, fate.ref, "referred", "", data, by)


class Caseworker:
    """Keeps the diary of all reports to come, and answers what the engine proposes. Mutable: a diary.

    `story` gives a person's reports from the day of admission on. `answers` says what happens with a proposal made on a day: the reports
    of the answer, and the day of admission where it is accepted.
    """

    def __init__(
        self,
        fates: Iterable[Fate],
        story: Callable[[Fate, date], Iterable[DatedFact]],
        answers: Callable[[Fate, Proposal, date], tuple[Sequence[DatedFact], date | None]] | None = None,
    ) -> None:
        self._story, self._answers = story, answers
        self._diary: list[tuple[date, int, DatedFact]] = []
        self._count = 0
        self._fates: dict[tuple[str, str], list[Fate]] = {}
        for fate in fates:
            self.meet(fate)

    def meet(self, fate: Fate) -> None:
        """Take on a person: the referral, what follows at once, and the whole story where nobody waits for a place."""
        self._fates.setdefault((fate.track, fate.ref), []).append(fate)
        self.note([referral(fate)])
        # Without a queue, admission is the day of referral, and nothing is left to wait for.
        if self._answers is None:
            self.note(self._story(fate, fate.referred))

    def note(self, reports: Iterable[DatedFact]) -> None:
        """Write reports to come into the diary."""
        for report in reports:
            self._count += 1
            # The running number keeps reports of one day in the order in which they were written, and is never equal.
            heappush(self._diary, (report.day, self._count, report))

    def reports(self, until: date, today: date, proposals: Iterable[Proposal] = ()) -> list[DatedFact]:
        """Answer the proposals seen today, and give out the reports of all days up to one.

        Args:
            until: the last day whose reports are given out.
            today: the day on which the queue is looked at.
            proposals: whom the engine proposes for a place today.

        Returns:
            The reports in order of days; they leave the diary.

        """
        for proposal in proposals:
            self._answer(self._present(proposal, today), proposal, today)
        found = []
        while self._diary and self._diary[0][0] <= until:
            found.append(heappop(self._diary)[2])
        return found

    def _present(self, proposal: Proposal, today: date) -> Fate:
        """The lot that a proposal is about: of somebody who came back, the latest that has begun."""
        return max((f for f in self._fates[proposal.track, proposal.ref] if f.referred <= today), key=lambda f: f.referred)

    def _answer(self, fate: Fate, proposal: Proposal, today: date) -> None:
        if self._answers is None:
            return
        reports, admitted = self._answers(fate, proposal, today)
        self.note(reports)
        if admitted is not None:
            self.note(self._story(fate, admitted))
