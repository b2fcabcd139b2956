"""Small worlds over lists: random people, facts and days, lived daily, only when needed, or with kills."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from definitions.model import Action, Agreement, Employer, Intake, Order, Start, Step, TargetGroup, Track, Transfer
from definitions.model import Fact as FactType
from definitions.values import Condition, Length, Point
from tracks import operations
from tracks.clock import Clock
from tracks.enrolling import Referral, enrol, put_in_force, transfer
from tracks.errors import TracksError
from tracks.events import Draft
from tracks.memory import MemoryLedger
from tracks.saying import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracks.operations import Book

FIRST = date(2026, 1, 5)


def weeks(count: int) -> Length:
    return Length(count=count, unit="weeks")


def days(count: int) -> Length:
    return Length(count=count, unit="days")


def rule(text: str) -> tuple[Condition, ...]:
    return (Condition(rule=text),)


FACTS = {
    "klar_att_börja": FactType(id="klar_att_börja", type="yes/no"),
    "kurs": FactType(id="kurs", type="yes/no"),
    "sedan": FactType(id="sedan", type="date"),
    "nivå": FactType(id="nivå", type="choice", choices=("A", "B", "C")),
}


def chain(**changes: Mapping[str, Any]) -> tuple[Step, ...]:
    """A chain with a condition, a loop back, a retry, a choice for a person, support beside and contacts."""
    steps = (
        Step(id="kart", type="kartläggning", name="Kartläggning", length=days(5), start_within=days(3), gives=("kurs",)),
        Step(id="kurs_steg", type="insats", name="Kurs", length=weeks(1), when=rule("kurs")),
        Step(
            id="praktik",
            type="insats",
            name="Praktik",
            length=weeks(2),
            on_result={
                "interrupted": Action(kind="goto", target="kart", at_most=1),
                "not_passed": Action(kind="retry", at_most=1, then=Action(kind="ask")),
            },
        ),
        Step(id="vila", type="stöd", name="Stöd", length=days(4)),
        Step(id="coach", type="stöd", name="Coach", begins=Point(anchor="start", step="kurs_steg"), until=Point(anchor="exit")),
        Step(
            id="efter", type="stöd", name="Efterstöd", begins=Point(anchor="start", step="praktik"),
            until=Point(anchor="employment", after=weeks(3)), contact_every=weeks(1),
        ),
        Step(id="samtal", type="insats", name="Samtal", when_needed=True, length=days(6)),
    )  # fmt: skip
    return tuple(replace(step, **changes.get(step.id, {})) for step in steps)


def uncoupled() -> list[Track]:
    return [Track(track="fritt", name="Fritt", type="förberedande spår", owner="enheten", facts=FACTS, steps=chain())]


def rolling() -> list[Track]:
    places = {"praktik": {"places": 2}}
    intake = Intake(places=3, answer_within=days(4), order=(Order(by="fact", fact="nivå", highest_first=True), Order(by="referral")))
    return [
        Track(track="kö", name="Kö", type="förberedande spår", owner="enheten", facts=FACTS, intake=intake,
              steps=chain(**places), target_group=TargetGroup(entry=rule("klar_att_börja")))
    ]  # fmt: skip


def dated() -> list[Track]:
    starts = tuple(Start(date=FIRST + timedelta(days=n), places=p, minimum=m) for n, p, m in ((14, 3, 2), (35, 2, 1), (63, 4, 3)))
    intake = Intake(starts=starts, places=2, offer_before_start=weeks(2), answer_within=days(5), join_within=days(6),
                    order=(Order(by="lottery"),))  # fmt: skip
    signed = (Agreement(signed=FIRST), Agreement(signed=FIRST + timedelta(days=9)))
    employers = (Employer(id="ett", name="Ett", agreement=signed[0]), Employer(id="två", name="Två", agreement=signed[1]))
    subject = Step(id="handledare", type="insats", name="Handledare", subject="employer", begins=Point(anchor="start", step="praktik"),
                   until=Point(anchor="end", step="praktik"), length=days(3))  # fmt: skip
    work: dict[str, dict[str, Any]] = {"praktik": {"type": "praktik", "employer_places": {"ett": 1, "två": 2}}}
    return [
        Track(track="datum", name="Datum", type="jobbspår", owner="enheten", facts=FACTS, intake=intake, employers=employers,
              steps=(*chain(**work), subject))
    ]  # fmt: skip


def programme() -> list[Track]:
    def to(name: str) -> dict[str, Transfer]:
        return {"över": Transfer(id="över", to=name, local=True)}

    one = Track(track="a", name="A", type="förberedande spår", owner="enheten", facts=FACTS, intake=Intake(places=2), steps=chain(),
                transfers=to("b"))  # fmt: skip
    other = Track(track="b", name="B", type="förberedande spår", owner="enheten", facts=FACTS, intake=Intake(places=1), steps=chain(),
                  transfers=to("a"))  # fmt: skip
    return [one, other]


WORLDS: dict[str, Callable[[], list[Track]]] = {"uncoupled": uncoupled, "rolling": rolling, "dated": dated, "programme": programme}


def clock(day: date, minute: int = 0) -> Clock:
    return Clock.of(datetime(day.year, day.month, day.day, 7, minute, tzinfo=UTC))


class Killed(BaseException):
    """The process died."""


class Mortal(MemoryLedger):
    """A ledger whose process may die before any commit."""

    def __init__(self, chance: float, seed: int) -> None:
        super().__init__()
        self.chance, self.random = chance, random.Random(seed)

    @property
    def _small(self) -> bool:
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outer = self._depth == 0
        with super().transaction():
            yield
            if outer and self.random.random() < self.chance:
                raise Killed


Command = tuple[date, str, tuple[Any, ...]]
_OF_THE_ENROLMENT = (
    "accepted", "offered", "declined", "interested", "paused", "resumed", "interrupted", "outcome", "stated", "exception", "moved",
)  # fmt: skip
_RESULTS = ("done", "done", "done", "not_passed", "interrupted")


def commands(seed: int, tracks: Sequence[Track], people: int = 6, span: int = 110) -> list[Command]:
    """What people say over the days; many will be refused, in every world alike."""
    draw = random.Random(seed)
    found: list[Command] = []
    refs = [f"p{n}" for n in range(people)]
    for ref in refs:
        day = FIRST + timedelta(days=draw.randrange(0, 40))
        facts = {"klar_att_börja": draw.random() < 0.9, "nivå": draw.choice("ABC")}
        found.append((day, "enrol", (draw.choice(tracks).track, ref, draw.choice((0, 0, 0, 3)), facts)))
        found += _way(draw, ref, day)
    for _ in range(people * 8):
        day = FIRST + timedelta(days=draw.randrange(1, span))
        found.append((day, *_said(draw, draw.choice(refs), tracks)))
    return sorted(found, key=lambda row: row[0])


def _way(draw: random.Random, ref: str, day: date) -> Iterator[Command]:
    """An ordinary way through the track, with days that often fit and sometimes do not."""
    for kind, after, step, data in (
        ("accepted", 9, "", {}), ("accepted", 20, "", {}), ("placed", 10, "praktik", {"employer": draw.choice(("ett", "två"))}),
        ("began", 3, "kart", {}), ("began", 12, "kart", {}),
        ("reported", 14, "kart", {"result": "done", "facts": {"kurs": draw.random() < 0.6}}),
        ("reported", 25, "kart", {"result": "done", "facts": {"kurs": draw.random() < 0.6}}),
        ("reported", 32, "kurs_steg", {"result": "done"}), ("reported", 50, "praktik", {"result": draw.choice(_RESULTS)}),
        ("reported", 60, "praktik", {"result": draw.choice(_RESULTS)}), ("outcome", 70, "", {"what": draw.choice(("work", "studies"))}),
    ):  # fmt: skip
        yield day + timedelta(days=after + draw.randrange(0, 6)), kind, (ref, step, draw.choice((0, 0, 0, 1, 3)), data)


def _said(draw: random.Random, ref: str, tracks: Sequence[Track]) -> tuple[str, tuple[Any, ...]]:
    steps = [step.id for step in tracks[0].steps]
    back = draw.choice((0, 0, 0, 0, 1, 2, 9))
    kind = draw.choice(
        ("reported",) * 6
        + ("began",) * 3
        + ("accepted",) * 3
        + ("offered", "declined", "interested", "placed", "placed", "decided", "paused", "resumed", "resumed", "outcome", "contacted")
        + ("stated", "interrupted", "transfer", "start", "exception", "moved")
    )
    step = draw.choice(steps)
    every: dict[str, dict[str, Any]] = {
        "reported": {"result": draw.choice(_RESULTS), "facts": draw.choice(({}, {"kurs": draw.random() < 0.5}))},
        "placed": {"employer": draw.choice(("ett", "två"))},
        "decided": {"action": draw.choice(("next", "retry", "kart"))},
        "outcome": {"what": draw.choice(("work", "studies", "other"))},
        "stated": {"facts": draw.choice(({"kurs": True}, {"nivå": "C"}, {"klar_att_börja": True}))},
        "exception": {"rule": "entry", "reason": "prövad"},
        "moved": {"start": (FIRST + timedelta(days=draw.choice((14, 35, 63)))).isoformat()},
        "interrupted": {"reason": "own_wish"},
    }
    data = every.get(kind, {})
    if kind in _OF_THE_ENROLMENT:
        step = ""
    return kind, (ref, step, back, data)


def live(ledger: Book, tracks: Sequence[Track], said: Sequence[Command], between: Callable[[Book, date], None]) -> None:
    """Put the tracks in force and say everything; `between` is called on every day before what is said on it."""
    for number, track in enumerate(tracks):
        again(partial(put_in_force, ledger, clock(FIRST), "Ann", track, bytes([number]) * 32, ""))
    days_ = (said[-1][0] - FIRST).days if said else 0
    for offset in range(days_ + 1):
        day = FIRST + timedelta(days=offset)
        between(ledger, day)
        for number, one in enumerate(said):
            if one[0] == day:
                again(partial(speak, ledger, one, number))


def again(what: Callable[[], object]) -> None:
    """Run a command until it is not killed."""
    while True:
        try:
            what()
        except Killed:
            continue
        except TracksError:
            pass
        return


def speak(ledger: Book, command: Command, number: int) -> None:
    """Say one thing, as a command of that day does."""
    day, kind, args = command
    now = clock(day, number % 60)
    if kind == "enrol":
        track, ref, back, facts = args
        enrol(ledger, now, "Ann", track, Referral(ref, day - timedelta(days=back), facts=facts))
        return
    ref, step, back, data = args
    on = day - timedelta(days=back)
    opened = len(ledger.enrolments_of(ref))
    if opened > 1 and number % 3:
        ref = f"{ref}/{opened}"
    if kind == "transfer":
        transfer(ledger, now, "Ann", ref, "över", on, "other")
    elif kind == "start":
        track = operations.find(ledger, ref).track
        start = (FIRST + timedelta(days=(14, 35, 63)[number % 3])).isoformat()
        what = ("start_confirmed", "start_cancelled", "start_confirmed", "start_confirmed")[number % 4]
        operations.say_on_track(ledger, now, "Ann", track, Draft(what, day, "", 0, {"start": start, "reason": "other"}))
    else:
        operations.say(ledger, now, "Ann", ref, Fact(kind, on, step, data=data, key=f"{number}"))


def end(ledger: Book, day: date) -> None:
    """Advance everything to a day."""
    for unit in operations.all_units(ledger):
        again(partial(operations.advance_unit, ledger, unit, clock(day)))


def same(ledger: MemoryLedger) -> dict[str, list[tuple[Any, ...]]]:
    """What must be equal between worlds: everything but recorded time and hashes."""
    return {
        stream: [(e.seq, e.kind, e.step, e.attempt, e.effective, e.actor, e.version, dict(e.data), e.key) for e in events]
        for stream, events in sorted(ledger.log.items())
    }
