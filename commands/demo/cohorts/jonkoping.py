"""Jobbtorg Jönköping: 4 700 exits from one programme of three tracks in ten years, some people several times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADULTS: Final = "jonkoping-vuxna"
YOUNG: Final = "jonkoping-unga"
RESOURCE: Final = "jonkoping-resurs"
FIRST: Final = date(2010, 1, 4)
UNTIL: Final = date(2020, 12, 31)
_LAST_EXIT: Final = date(2020, 12, 18)

# Referrals to the programme each year: 4 700 in ten years, just under 400 in the last.
YEARS: Final[Mapping[int, int]] = MappingProxyType({
    2010: 380, 2011: 520, 2012: 540, 2013: 530, 2014: 510, 2015: 490, 2016: 470, 2017: 450, 2018: 418, 2019: 392,
})  # fmt: skip
# How it ends: 940 in other measures, 940 at other authorities, 1 222 in work, business or studies, 1 598 unknown.
WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "municipal employment": (705, ("municipal_employment",)),
    "other measure": (235, ("other_measure",)),
    "other authority": (940, ("other_authority",)),
    "work": (611, ("work",)),
    "work with support": (122, ("work_with_support",)),
    "own business": (49, ("own_business",)),
    "studies": (440, ("studies",)),
    "out of touch": (1120, ()),
    "completed, unknown": (478, ()),
})  # fmt: skip
# Which tracks of the programme a way leads through; a transfer inside is no exit.
ROUTES: Final[Mapping[tuple[str, ...], int]] = MappingProxyType({
    (ADULTS,): 3210, (YOUNG,): 980, (RESOURCE,): 90, (ADULTS, RESOURCE): 290, (YOUNG, ADULTS): 70, (YOUNG, RESOURCE): 40,
    (RESOURCE, ADULTS): 20,
})  # fmt: skip
_RETURNS: Final = 780  # referrals of somebody who was here before
_MISREGISTERED: Final = 15


@dataclass(frozen=True, slots=True)
class _Journey:
    """A way through the programme that still lacks a person: where, when, and how long it took before it was over."""

    day: date
    way: str
    route: tuple[str, ...]


def fates(seed: int) -> list[Fate]:
    """Every referral to the programme; `marks` holds the tracks that the person is transferred to on the way."""
    rng = Random(seed)
    ways = common.deal(rng, {way: count for way, (count, _) in WAYS.items()})
    routes = [route for route, count in ROUTES.items() for _ in range(count)]
    rng.shuffle(routes)
    days = [day for year, count in YEARS.items() for day in common.spread(rng, count, date(year, 1, 4), date(year, 12, 20))]
    journeys = [_Journey(*row) for row in zip(days, ways, routes, strict=True)]
    return [*_peopled(rng, journeys), *_misregistered(rng)]


def _peopled(rng: Random, journeys: Sequence[_Journey]) -> list[Fate]:
    """A person for each journey: mostly a new one, sometimes one whose earlier journey is long over."""
    returns = common.draw(rng, _RETURNS, len(journeys))
    over: list[Fate] = []
    found: list[Fate] = []
    for number, journey in enumerate(journeys, 1):
        before = _earlier(rng, over, journey) if returns[number - 1] else None
        fate = _again(before, journey) if before else _new(rng, number, journey)
        over.append(fate)
        found.append(fate)
    return found


def _earlier(rng: Random, over: list[Fate], journey: _Journey) -> Fate | None:
    """Somebody who started on the same track at least a year and a half ago, and is still of the right age."""
    # A bound, not a search: where nobody fits after so many draws a new person comes, and the quota of returns is not quite met.
    for _ in range(200):
        fate = rng.choice(over) if over else None
        if fate and fate.track == journey.route[0] and (journey.day - fate.referred).days > _LONG_AGO and _age_fits(fate, journey):
            over.remove(fate)
            return fate
    return None


_LONG_AGO: Final = 550
_AGES: Final = MappingProxyType({ADULTS: (26, 60), YOUNG: (17, 21), RESOURCE: (25, 58)})


def _age_fits(fate: Fate, journey: _Journey) -> bool:
    age = journey.day.year - int(fate.born[:4])
    return age <= _AGES[journey.route[0]][1] + 1 and (journey.route[0] != YOUNG or journey.route == (YOUNG,))


def _new(rng: Random, number: int, journey: _Journey) -> Fate:
    track = journey.route[0]
    facts = {
        "försörjningsstöd": True,
        "svenska": rng.choice("ABCD"),
        "sex": rng.choice(("woman", "man")),
        "born_abroad": rng.random() < (0.8 if track != YOUNG else 0.45),
        "schooling": rng.choice(("no_upper_secondary", "no_upper_secondary", "upper_secondary", "higher")),
    }
    born = f"{journey.day.year - rng.randint(*_AGES[track])}-{rng.randint(1, 12):02d}"
    return _fate(f"JK-{number:04d}", journey, facts, born)


def _again(before: Fate, journey: _Journey) -> Fate:
    return _fate(before.ref, journey, before.facts, before.born)


def _fate(ref: str, journey: _Journey, facts: Mapping[str, object], born: str) -> Fate:
    return Fate(ref, journey.route[0], journey.day, journey.way, WAYS[journey.way][1], facts, frozenset(journey.route[1:]), born)


def _misregistered(rng: Random) -> list[Fate]:
    days = common.spread(rng, _MISREGISTERED, FIRST, date(2019, 11, 1))
    return [
        replace(_new(rng, 9000 + number, _Journey(day, "out of touch", (ADULTS,))), way="misregistered", spells=())
        for number, day in enumerate(days)
    ]


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who reports what happens on all three tracks."""
    return Caseworker(people, lambda fate, day: story_of(fate, day, seed))


def story_of(fate: Fate, admitted: date, seed: int) -> list[DatedFact]:
    """Compose a person's reports through the programme.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, admitted, common.own(seed, f"{fate.ref}/{admitted}"), _LAST_EXIT)
    if fate.way == "misregistered":
        return story.later(2, 9).say("misregistered", reason=common.OTHER).reports
    # No route has more than one track after the first, so that a set has no order does no harm.
    for onward in fate.marks:
        _BEGINNINGS[fate.track](story, fate)
        story.later(10, 40).say("transferred", to=_INNER[onward], reason=common.MORE_SUPPORT)
        story.fate = replace(fate, track=onward)
        story.later(1)
    if fate.way == "out of touch" and common.chance(story.rng, 35):
        return story.later(6, 25).say("interrupted", reason=common.NO_SHOW).reports
    _BEGINNINGS[story.fate.track](story, fate)
    _ends(story)
    return story.reports


_INNER: Final = MappingProxyType({RESOURCE: "till-resurs", ADULTS: "till-vuxna"})


def _adults(story: Story, fate: Fate) -> None:
    aim = {"work": "arbete", "work with support": "arbete", "studies": "studier", "municipal employment": "annan_insats"}
    story.later(14, 21).done("kartläggning", spår=aim.get(fate.way, "annat"))


def _young(story: Story, fate: Fate) -> None:
    story.later(14, 21).done("kartläggning", gymnasium_saknas=fate.way in ("studies", "out of touch"))


def _resource(story: Story, fate: Fate) -> None:
    tried = fate.way in ("work", "work with support", "municipal employment")
    story.later(30, 42).done("samråd", samtycke=fate.way == "other authority", arbetsprövas=tried)


_BEGINNINGS: Final[Mapping[str, Callable[[Story, Fate], None]]] = MappingProxyType({ADULTS: _adults, YOUNG: _young, RESOURCE: _resource})
_STEPS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    ADULTS: ("jobbsök", "arbetsträning"), YOUNG: ("praktisk-start", "jobbsök"), RESOURCE: ("stabilisering", "prövning"),
})  # fmt: skip
_AUTHORITIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    ADULTS: ("till-af", "till-af", "till-fk"), YOUNG: ("till-af",), RESOURCE: ("till-af", "till-fk"),
})  # fmt: skip
_WORKING: Final = frozenset({"work", "work with support", "municipal employment"})  # those who go on to the second step
_CLOSED: Final = MappingProxyType({"work": common.GOT_A_JOB, "work with support": common.GOT_A_JOB, "studies": common.STUDIES})


def _ends(story: Story) -> None:
    """Out of the programme, on the last of its tracks."""
    track, way = story.fate.track, story.fate.way
    first = _STEPS[track][0]
    story.later(*((120, 190) if track == RESOURCE else (28, 65)))
    match way:
        case "other authority":
            story.say("transferred", to=story.rng.choice(_AUTHORITIES[track]), reason=common.MORE_SUPPORT)
            _known_at_exit(story)
        case "out of touch":
            story.say("interrupted", reason=common.NO_SHOW)
        case "completed, unknown":
            _to_the_end(story)
        case _:
            if track == YOUNG or way in _WORKING:
                story.done(first)
            story.later(20, 90).outcome(WAYS[way][1][0]).say("closed", reason=_CLOSED.get(way, common.OTHER))
            _known_at_exit(story)


def _known_at_exit(story: Story) -> None:
    """The follow-up of the exit is answered as it is left."""
    story.say("followed_up", point="exit", answers={"outcome": story.fate.spells[-1]})


def _to_the_end(story: Story) -> None:
    """Through every step; nobody knows what came after."""
    first, second = _STEPS[story.fate.track]
    story.done(first)
    if story.fate.track == YOUNG:
        story.later(30, 90).done(second)
