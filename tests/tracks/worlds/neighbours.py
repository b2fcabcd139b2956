"""Small worlds of several units: tracks for one occupation, some taken ahead of the others, some that come later and join two of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from definitions.model.track import Employer, Intake, Need, Order, Step, Track, Transfer
from tests.tracks.worlds import commands, worlds
from tests.tracks.worlds.commands import Command, Pool
from tests.tracks.worlds.shapes import FACTS, FIRST, days
from tracks.recording import operations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracks.engine.context.ports import Book

SPAN = 80
# The day on which a track comes.
COMES: Mapping[str, int] = {"sen": 25, "bro": 50}
PEOPLE = ("p0", "p1", "p2", "p3")
_OFTEN = {**commands.OFTEN, "enrol": 8, "import": 5, "outcome": 1, "closed": 4, "transfer": 5, "correct": 8}


class Said(NamedTuple):
    """What is said on a day, of which of a person's enrolments; `early` is how far its clock is set back, if it can be.

    `ahead` is how far a track is taken ahead of the day, by whoever has a clock that is wrong.
    """

    day: date
    what: Command
    which: int = 0
    early: int = 0
    ahead: int = 0


def neighbours() -> list[Track]:
    """Two tracks with a queue, one where nothing is shared, and two that hand over to the first and to both of them."""
    firm = (Employer(id="firman", name="Firman", need=Need(occupation="7111", positions=2)),)
    steps = (Step(id="kart", type="kartläggning", name="Kartläggning", length=days(4), start_within=days(3)),)

    def track(name: str, *, queue: bool = True, to: Sequence[str] = ()) -> Track:
        intake = Intake(places=1, answer_within=days(3), order=(Order(by="precedence"), Order(by="referral"))) if queue else Intake()
        over = {f"till_{one}": Transfer(id=f"till_{one}", to=one, local=True) for one in to}
        return Track(track=name, name=name, type="jobbspår", owner="enheten", facts=FACTS, employers=firm, intake=intake, steps=steps,
                     transfers=over)  # fmt: skip

    return [track("före"), track("efter"), track("fritt", queue=False), track("sen", to=["före"]), track("bro", to=["före", "efter"])]


def said_in(seed: int, tracks: Sequence[Track]) -> list[Said]:
    """What is said, in order of day; many will be refused, in every world alike."""
    draw, pool, found = random.Random(seed), Pool(tracks), []
    kinds, weights = zip(*_OFTEN.items(), strict=True)
    for ref in PEOPLE:
        at = FIRST
        # One after another, so that what she completed here is known, or not yet, where she is referred next.
        for number in range(3):
            at += timedelta(days=draw.randrange(1, 24))
            there = draw.choice([track.track for track in tracks if COMES.get(track.track, 0) < (at - FIRST).days])
            found += [Said(at, commands.referral(draw, pool, at, ref)._replace(step=there, back=0))]
            found += [Said(one.day, one, number) for one in commands.way(draw, pool, ref, at) if one.kind != "outcome"]
    for _ in range(len(PEOPLE) * 9):
        day, ref = FIRST + timedelta(days=draw.randrange(1, SPAN)), draw.choice(PEOPLE)
        early = draw.choice((0, 0, 0, 2, 5))
        found.append(Said(day, _command(draw, pool, day, draw.choices(kinds, weights)[0], ref), draw.randrange(3), early))
    found += [Said(one.day, one) for one in commands.track_corrections(seed, pool, SPAN)]
    for _ in range(4):
        day = FIRST + timedelta(days=draw.randrange(1, SPAN))
        found.append(Said(day, Command(day, "ahead", "", draw.choice(tracks).track), ahead=draw.choice((5, 15))))
    # Nobody says anything for a while before a track comes, so that something waits to be decided then.
    quiet = {FIRST + timedelta(days=come - before) for come in COMES.values() for before in range(1, 10)}
    return sorted((one for one in found if one.day not in quiet), key=lambda one: one.day)


def _command(draw: random.Random, pool: Pool, day: date, kind: str, ref: str) -> Command:
    if kind == "enrol":
        return commands.referral(draw, pool, day, ref)
    if kind == "import":
        track = draw.choice(pool.tracks).track
        rows = [commands.referral(draw, pool, day, one)._replace(step=track) for one in draw.sample(PEOPLE, draw.choice((1, 2)))]
        rows += [commands.command(draw, pool, day, draw.choice(("stated", "outcome", "accepted")), draw.choice(PEOPLE))]
        return Command(day, "import", "", track, data={"rows": rows[: draw.choice((1, 2, 3))], "replayed": draw.random() < 0.5})
    return commands.command(draw, pool, day, kind, ref)


class Life:
    """One way to live a world."""

    def __init__(self, book: Book, tracks: Sequence[Track]) -> None:
        self.book, self.tracks, self.number = book, tracks, 0
        self.ahead: dict[str, date] = {}

    def live(self, said: Sequence[Said], between: Callable[[Life, date], None]) -> None:
        """Say everything; `between` is called on every day before what is said on it."""
        waiting = list(said)
        for offset in range(SPAN):
            day = FIRST + timedelta(days=offset)
            between(self, day)
            for track in self.tracks:
                if COMES.get(track.track, 0) == offset:
                    worlds.again(partial(worlds.apply, self.book, worlds.clock(day), track, 0))
            # What was recorded of whom today: only behind that can a clock be set back in every world alike.
            told: set[str] = set()
            while waiting and waiting[0].day == day:
                self._say(waiting.pop(0), told)

    def _say(self, one: Said, told: set[str]) -> None:
        self.number += 1
        what, stream = one.what, self._stream(one)
        if what.kind in ("enrol", "import", "ahead") and not self.book.track(what.step):
            return
        if what.kind == "ahead":
            # As far as the day in every world, so that what is ahead of it is the same.
            for day in (one.day, one.day + timedelta(days=one.ahead)):
                self._advance(self.book.unit(what.step), day)
                self.ahead |= dict.fromkeys(self.book.unit(what.step), day)
            return
        day = one.day - timedelta(days=one.early) if stream in told else self._wrong(one, stream) or one.day
        what = what._replace(day=day, ref=stream or what.ref)
        if worlds.again(partial(worlds.speak, self.book, self.tracks, what, self.number)) and stream:
            told.add(stream)

    def _wrong(self, one: Said, stream: str) -> date | None:
        """The day of the clock that is wrong, where it is said by that one: of what is read nowhere but on the track that is ahead."""
        found = self.book.load([stream])
        day = self.ahead.get(found[0].track) if found and one.which % 2 == 0 and one.what.kind != "transfer" else None
        return day if day and day > one.day else None

    def _stream(self, one: Said) -> str:
        if one.what.kind in ("enrol", "import", "ahead", *commands.OF_THE_TRACK):
            return ""
        hers = [found.stream for found in self.book.enrolments_of(one.what.ref)]
        return hers[one.which % len(hers)] if hers else ""

    def end(self, day: date) -> None:
        """Advance everything to a day."""
        for unit in operations.all_units(self.book):
            self._advance(unit, day)

    def _advance(self, unit: tuple[str, ...], day: date) -> None:
        worlds.again(partial(operations.advance_unit, self.book, unit, worlds.clock(day)))
