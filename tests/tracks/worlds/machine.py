"""A machine that says anything of anybody on any day, and asks after every step whether all that is promised holds."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.tracks.worlds import commands, invariants, shapes, worlds
from tests.tracks.worlds.commands import Command
from tracks.events.kinds.table import allowed
from tracks.events.status import Status
from tracks.recording import operations
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from definitions.model.track import Track
    from tracks.engine.context.ports import Book
    from tracks.events.snapshots import Enrolment

# A number to draw from: it shrinks to fewer steps, and leaves what is said in them as it was.
DRAWS = st.integers(0, 99_999).map(random.Random)
DAYS = st.sampled_from((0, 1, 1, 2, 3, 5, 8, 14, 31))
REFS = ("p0", "p1", "p2", "p3")
# What is said where a todo asks for it.
DOES = {"start": "began", "placement": "placed", "decision": "decided", "report": "reported", "offer": "accepted", "answer": "accepted",
        "return": "resumed", "interest": "interested", "contact": "contacted"}  # fmt: skip


class Machine(RuleBasedStateMachine):
    """One world, and beside it the same world lived lazily: told the same, but advanced only when a command needs it."""

    shape: ClassVar[str]

    @initialize(draw=DRAWS)
    def begin(self, draw: random.Random) -> None:
        self.tracks: Sequence[Track] = shapes.SHAPES[self.shape]()
        self.pool = commands.Pool(self.tracks)
        self.book, self.others = worlds.Mortal(0.0, 0), self.twins()
        self.today: date = shapes.FIRST
        self.reached = self.today
        self.number, self.alike = 0, True
        self.lengths: dict[str, int] = {}
        # Each run says some kinds of things often and others never: what meets what varies more than if all were as likely.
        self.often = {kind: often for kind, often in commands.OFTEN.items() if draw.random() < 0.6} or {"stated": 1}
        for book in (self.book, *self.others):
            worlds.begin(book, self.tracks)
        for ref in REFS[:2]:
            self.say(commands.referral(draw, self.pool, self.today, ref))

    def twins(self) -> list[Book]:
        """The worlds that are told the same."""
        return [MemoryLedger()]

    # ---------------------------------------------------------------- time

    @rule(days=DAYS)
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(days=DAYS)
    def all_is_advanced(self, days: int) -> None:
        self.today += timedelta(days=days)
        worlds.end(self.book, self.today)

    @rule(days=st.integers(1, 3))
    def the_clock_is_set_back(self, days: int) -> None:
        """What is said then is recorded, and decided, as of the last recorded moment; in a world lived lazily that is an earlier one."""
        self.reached = max(self.reached, self.today)
        self.today = max(shapes.FIRST, self.today - timedelta(days=days))
        self.alike = False

    @rule(days=DAYS, seed=st.integers(0, 99))
    def an_advance_is_killed(self, days: int, seed: int) -> None:
        """It dies before one of its commits; whoever comes next goes on."""
        self.today += timedelta(days=days)
        self.book.chance, self.book.random = 0.4, random.Random(seed)
        for unit in operations.all_units(self.book):
            try:
                operations.advance_unit(self.book, unit, worlds.clock(self.today))
            except worlds.Killed:
                continue
        self.book.chance = 0.0

    # ---------------------------------------------------------------- people

    @rule(draw=DRAWS, ref=st.sampled_from(REFS))
    def enrol(self, draw: random.Random, ref: str) -> None:
        self.say(commands.referral(draw, self.pool, self.today, ref))

    def say(self, said: Command) -> None:
        """The same command in every world."""
        self.number += 1
        note(f"{self.number}: {said}")
        for book in (self.book, *self.others):
            worlds.again(partial(worlds.speak, book, self.tracks, said, self.number))

    @rule(draw=DRAWS)
    def anything_is_said(self, draw: random.Random) -> None:
        """Mostly of somebody whose status allows it, as far as is known by now."""
        for _ in range(draw.choice((1, 2, 3))):
            kind = draw.choices(list(self.often), list(self.often.values()))[0]
            able = [one for one in self.book.enrolments.values() if self.able(one, kind)]
            ref = draw.choice(able).ref if able and draw.random() < 0.9 else draw.choice(REFS[:3])
            self.say(commands.command(draw, self.pool, self.today, kind, ref))

    @rule(draw=DRAWS, days=DAYS)
    def time_passes_and_anything_is_said(self, draw: random.Random, days: int) -> None:
        self.time_passes(days)
        self.anything_is_said(draw)

    def able(self, one: Enrolment, kind: str) -> bool:
        return kind == "correct" or allowed("transferred" if kind == "transfer" else kind, Status(one.status))

    @rule(draw=DRAWS)
    def somebody_goes_on(self, draw: random.Random) -> None:
        """What is asked for is done, mostly on the day or soon after: without this nobody would come far."""
        asked = [(one, todo) for one in self.book.enrolments.values() for todo in one.todos if todo.kind in DOES]
        running = [one for one in self.book.enrolments.values() if one.step]
        if asked and draw.random() < 0.7:
            one, todo = draw.choice(asked)
            kind, step = DOES[todo.kind], todo.step
        elif running:
            one = draw.choice(running)
            kind, step = "reported", one.step
        else:
            return
        self.say(commands.command(draw, self.pool, self.today, kind, one.ref, step)._replace(back=draw.choice((0, 0, 0, 1, 3))))

    @rule(draw=DRAWS, days=DAYS)
    def time_passes_and_somebody_goes_on(self, draw: random.Random, days: int) -> None:
        self.all_is_advanced(days)
        self.somebody_goes_on(draw)

    @rule(draw=DRAWS)
    def something_is_corrected(self, draw: random.Random) -> None:
        ref = draw.choice([one.ref for one in self.book.enrolments.values()])
        self.say(commands.command(draw, self.pool, self.today, "correct", ref))

    @rule(draw=DRAWS)
    def something_said_of_a_track_is_corrected(self, draw: random.Random) -> None:
        self.say(commands.command(draw, self.pool, self.today, "correct_track"))

    @rule(
        draw=DRAWS,
        kind=st.sampled_from(("start_cancelled", "start_postponed", "start_confirmed", "employer_withdrew", "employer_reported")),
    )
    def something_is_said_of_a_track(self, draw: random.Random, kind: str) -> None:
        self.say(commands.command(draw, self.pool, self.today, kind))

    # ---------------------------------------------------------------- what must hold

    @invariant()
    def all_holds(self) -> None:
        book = self.book
        invariants.snapshots_are_the_folds(book, self.now())
        for stream, log in book.log.items():
            since = self.lengths.get(stream, 0)
            if len(log) > since:
                invariants.the_engine_says_no_fact_and_people_nothing_else(log[since:])
                if not stream.startswith("track/"):
                    invariants.statuses_lead_on_as_written(log, since)
                    invariants.only_what_the_engine_said_is_withdrawn(log)
                invariants.the_order_within_a_day_does_not_matter(log, random.Random(self.number))
            self.lengths[stream] = len(log)
        self.all_holds_when_advanced()

    def all_holds_when_advanced(self) -> None:
        now = self.now()
        ahead = invariants.advanced(self.book, now)
        invariants.snapshots_are_the_folds(ahead, now)
        invariants.nothing_follows_before_it_is_due(ahead, now, 10)
        invariants.what_is_due_is_answered_once(ahead)
        invariants.deciding_again_changes_nothing(ahead, now)

    def now(self) -> date:
        """The last day that anything was decided of: what was recorded last, or a later day of which there was nothing to record."""
        last = max(log[-1].recorded for log in self.book.log.values())
        return max(self.today, self.reached, worlds.day_of(last))

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.nothing_differs_in_the_end()

    def nothing_differs_in_the_end(self) -> None:
        invariants.the_chain_is_whole(self.book)
        invariants.no_event_names_a_step_that_is_not_hers(self.book)
        invariants.two_advances_are_one(self.book, self.now(), random.Random(self.number))
        end = self.now() + timedelta(days=45)
        worlds.end(self.book, end)
        for book in self.others if self.alike else ():
            worlds.end(book, end)
            self.same(book)

    def same(self, other: Book) -> None:
        assert isinstance(other, MemoryLedger)
        assert worlds.same(other) == worlds.same(self.book)
