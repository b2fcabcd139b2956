"""A year on Jobbtorg Stockholm: what is said of them and when, and, by other means, who is late with a team.

Nothing of the engine is used here: working days come from the `holidays` package, and each rule is written once more, for this
track alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import holidays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TRACK: Final = "jobbtorg-stockholm"
FIRST: Final = date(2026, 2, 2)
LAST: Final = date(2027, 1, 31)
# 7 000 came in a year; JOBBSPAR_PEOPLE asks for all.
PEOPLE: Final = int(os.environ.get("JOBBSPAR_PEOPLE", "3000"))
WITHIN: Final = 5
DAY: Final = timedelta(days=1)

_OFF: Final = holidays.country_holidays("SE", years=range(2026, 2028), categories=("public", "de_facto"))


@cache
def working(day: date) -> bool:
    """Monday to Friday, no public holiday, and not the eve of midsummer, Christmas or New Year."""
    return day.weekday() < 5 and day not in _OFF


def after(day: date, count: int) -> date:
    """The working day with that number after a day."""
    while count:
        day += DAY
        count -= working(day)
    return day


def rolled(day: date) -> date:
    while not working(day):
        day += DAY
    return day


def between(start: date, end: date) -> int:
    """How many working days there are after one day, up to and including another."""
    return sum(working(start + DAY * n) for n in range(1, (end - start).days + 1))


class Said(NamedTuple):
    """What a person at work said: written on `told`, about the day `on`."""

    told: date
    ref: str
    kind: str
    on: date
    step: str = ""
    data: Mapping[str, Any] | None = None


class Pause(NamedTuple):
    """Away from a day to another, and when that became known."""

    first: date
    back: date
    told: date


@dataclass
class Turn:
    """One time that a team is to be given: from which day, known when, and begun on which day, known when."""

    ready: date
    known: date
    begun: date | None = None
    told: date | None = None


@dataclass
class Aspirant:
    """One person's year."""

    ref: str
    turns: list[Turn] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    gone: date | None = None
    said: list[Said] = field(default_factory=list)

    def turn_on(self, day: date) -> Turn:
        """The turn that is known of on a day."""
        return next(turn for turn in reversed(self.turns) if turn.known <= day)

    def late(self, day: date) -> int | None:
        """By how many working days the team is late on a day, as known then; None where it is not late."""
        turn = next((turn for turn in reversed(self.turns) if turn.known <= day), None)
        if turn is None or (self.gone and self.gone <= day) or (turn.told and turn.told <= day):
            return None
        last = self.last_day(turn, day)
        return between(last, day) if last and last < day else None

    def late_in_truth(self, day: date) -> int | None:
        """The same by all that became known in the end."""
        turn = next((turn for turn in reversed(self.turns) if turn.ready <= day), None)
        if turn is None or (self.gone and self.gone <= day) or (turn.begun and turn.begun <= day):
            return None
        last = self.last_day(turn, day, known=False)
        return between(last, day) if last and last < day else None

    def last_day(self, turn: Turn, day: date, *, known: bool = True) -> date | None:
        """The last day for a team on a day, as known then or in truth; None while a pause goes on."""
        last = after(turn.ready, WITHIN)
        for pause in self.pauses:
            if (pause.told if known else pause.first) > day or pause.first > last or pause.back <= turn.ready:
                continue
            if pause.back > day:
                return None
            last += pause.back - max(pause.first, turn.ready)
        return rolled(last)


def year(seed: int, people: int = PEOPLE) -> list[Aspirant]:
    """Everybody, each with a lot drawn by the seed."""
    draw = Random(seed)
    return [_aspirant(draw, f"A{number:05}") for number in range(people)]


def _aspirant(draw: Random, ref: str) -> Aspirant:
    referred = FIRST + DAY * draw.randrange((LAST - FIRST).days + 1)
    if draw.random() < 0.85:  # outreach works on any day, the districts on working days
        referred = rolled(referred)
    one = Aspirant(ref)
    entry = draw.random()
    one.said.append(Said(referred, ref, "referred", referred, data={"bistånd": True} if entry < 0.92 else {}))
    if entry >= 0.97:
        return one
    admitted = referred if entry < 0.92 else referred + DAY * draw.randrange(1, 20)
    if entry >= 0.92:
        one.said.append(Said(admitted, ref, "stated", admitted, data={"facts": {"bistånd": True}}))
    _first_turn(draw, one, admitted)
    return one


def _first_turn(draw: Random, one: Aspirant, admitted: date) -> None:
    turn = Turn(admitted, admitted)
    one.turns.append(turn)
    last = after(admitted, WITHIN)
    lot = draw.random()
    if lot < 0.05:
        return  # nobody ever begins
    if lot < 0.10:
        _leave(draw, one, admitted)
    elif lot < 0.20:
        back = _pause(draw, one, admitted, last)
        _begin(draw, one, turn, back + DAY * draw.randrange(20))
    elif lot < 0.45:
        _begin(draw, one, turn, last + DAY * draw.randrange(1, 25))
    else:
        _begin(draw, one, turn, admitted + DAY * draw.randrange((last - admitted).days + 1))


def _leave(draw: Random, one: Aspirant, admitted: date) -> None:
    one.gone = admitted + DAY * draw.randrange(15)
    kind = draw.choice(("interrupted", "interrupted", "misregistered"))
    one.said.append(Said(one.gone, one.ref, kind, one.gone, data={"reason": "moved"}))


def _pause(draw: Random, one: Aspirant, admitted: date, last: date) -> date:
    """Ill before a team was given; one in four says so afterwards. Answers the day of return."""
    first = admitted + DAY * draw.randrange((last - admitted).days + 1)
    back = first + DAY * draw.randrange(1, 25)
    told = first if draw.random() < 0.75 else min(first + DAY * draw.randrange(1, 12), back)
    one.pauses.append(Pause(first, back, told))
    one.said.append(Said(told, one.ref, "paused", first, data={"reason": "illness"}))
    one.said.append(Said(back, one.ref, "resumed", back))
    return back


def _begin(draw: Random, one: Aspirant, turn: Turn, begun: date) -> None:
    """A team is given on a day, and one in five is only written down some days later."""
    turn.begun = begun
    turn.told = begun if draw.random() < 0.8 else begun + DAY * draw.randrange(1, 5)
    one.said.append(Said(turn.told, one.ref, "began", begun, "team"))
    if len(one.turns) < 3 and draw.random() < 0.12:
        _around(draw, one, turn.told)


def _around(draw: Random, one: Aspirant, day: date) -> None:
    """Matching comes to nothing, and the way leads back to the team, which is due anew; what was done on the way stays done."""
    facts = {"stödbehov": "litet", "siktar_på": "arbete", "arbetsträna": False}
    steps = [("team", "done", facts, 14), ("cv", "done", {}, 12), ("matchning", "not_passed", {}, 40)]
    for step, result, given, days in steps if len(one.turns) == 1 else [steps[0], steps[2]]:
        day += DAY * draw.randrange(1, days)
        one.said.append(Said(day, one.ref, "reported", day, step, {"result": result, **({"facts": given} if given else {})}))
    turn = Turn(day, day)
    one.turns.append(turn)
    if draw.random() < 0.9:
        _begin(draw, one, turn, day + DAY * draw.randrange(18))


def by_day(everybody: Sequence[Aspirant], first: date, last: date) -> Iterator[Said]:
    """What is written on some days, in the order that it is."""
    rows = [said for one in everybody for said in one.said if first <= said.told <= last]
    yield from sorted(rows, key=lambda said: (said.told, said.ref))
