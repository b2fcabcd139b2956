"""Jobbtorg Stockholm: 7 000 aspiranter referred in 2012, of whom 56 % leave for work or studies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story
from definitions.model.calendar import add, roll
from definitions.model.values import Length

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TRACK: Final = "jobbtorg-stockholm"
FIRST: Final = date(2012, 1, 2)
UNTIL: Final = date(2013, 6, 30)
_LAST_REFERRAL: Final = date(2012, 12, 21)
_LAST_EXIT: Final = date(2013, 4, 30)  # so that a month of work is known before the end

# Way: how many of the 7 000, and the outcomes it brings. Lasting work and studies: 3 920, which is 56 %.
WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "matched": (2060, ("work",)),
    "early job": (390, ("work",)),
    "supported": (420, ("work_with_support",)),
    "studies": (1050, ("studies",)),
    "job lost within a month": (150, ("work", "other")),
    "own business": (90, ("own_business",)),
    "municipal employment": (480, ("municipal_employment",)),
    "other authority": (620, ("other_authority",)),
    "other measure": (300, ("other_measure",)),
    "out of touch": (960, ()),
    "tried twice": (240, ("other",)),
    "other": (240, ("other",)),
})  # fmt: skip
COUNTED: Final = frozenset({"matched", "early job", "supported", "studies"})
_MISREGISTERED: Final = 12
_AIMS_AT_STUDIES: Final = frozenset({"studies"})
_A_DAY: Final = Length(count=1, unit="days")
_BUSINESSES: Final = tuple(f"foretag-{number:02d}" for number in range(1, 41))


def fates(seed: int) -> list[Fate]:
    """Everyone referred in the year, and a few misregistered."""
    rng = Random(seed)
    ways = common.deal(rng, {way: count for way, (count, _) in WAYS.items()}) + ["misregistered"] * _MISREGISTERED
    days = common.spread(rng, len(ways) - _MISREGISTERED, FIRST, _LAST_REFERRAL)
    days += common.spread(rng, _MISREGISTERED, FIRST, _LAST_REFERRAL)
    return [_person(rng, number, day, way) for number, (day, way) in enumerate(zip(days, ways, strict=True), 1)]


def _person(rng: Random, number: int, day: date, way: str) -> Fate:
    facts = {
        "bistånd": True,
        "sex": rng.choice(("woman", "man")),
        "born_abroad": common.chance(rng, 62),
        "schooling": rng.choice(("no_upper_secondary", "no_upper_secondary", "upper_secondary", "higher")),
    }
    marks = {
        "training": way in ("matched", "supported", "municipal employment") and common.chance(rng, 20),
        "practice": way == "matched" and common.chance(rng, 8),
        "course": way == "matched" and common.chance(rng, 5),
        "late team": common.chance(rng, 3),
    }
    channel = "outreach" if common.chance(rng, 15) else "caseworker"
    spells = WAYS[way][1] if way in WAYS else ()
    chosen = frozenset(mark for mark, true in marks.items() if true)
    return replace(Fate(f"JT-{number:04d}", TRACK, day, way, spells, facts, chosen), channel=channel)


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who reports what happens; nobody waits for a place here."""
    return Caseworker(people, lambda fate, day: story_of(fate, day, seed))


def story_of(fate: Fate, admitted: date, seed: int) -> list[DatedFact]:
    """Compose a person's reports from the day of referral, which is the day of admission.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, admitted, common.own(seed, fate.ref), _LAST_EXIT)
    if fate.way == "misregistered":
        return story.later(1, 6).say("misregistered", reason=common.OTHER).reports
    story.later(*((8, 11) if "late team" in fate.marks else (1, 5))).say("began", "team")
    if fate.way == "out of touch" and common.chance(story.rng, 30):
        return story.later(5, 20).say("interrupted", reason=common.NO_SHOW).reports
    _plan(story)
    _WAYS_ON.get(fate.way, _stops)(story)
    if fate.spells:
        _followed_up(story, found_again=common.chance(story.rng, 70))
    return story.reports


def _followed_up(story: Story, *, found_again: bool) -> None:
    """Where somebody went is told on the exit; most are found again on the day three months later that the follow-up asks about."""
    # The follow-ups count from the exit, which is the last report of somebody leaving.
    last = next(r for r in reversed(story.reports) if r.kind in ("closed", "interrupted") or r.step in ("matchning", "studieväg"))
    later = roll(add(last.day, Length(count=3, unit="months")))
    told = [(roll(add(last.day, _A_DAY)), "exit", story.fate.spells[0])]
    for day, point, outcome in (*told, (later, "3 months", story.fate.spells[-1])) if found_again else told:
        if day <= UNTIL:
            data = {"point": point, "answers": {"outcome": outcome}}
            story.reports.append(DatedFact(day, TRACK, story.fate.ref, "followed_up", data=data))


def _plan(story: Story) -> None:
    way = story.fate.way
    need = "stort" if way == "supported" else story.rng.choice(("litet", "litet", "medel"))
    aim = "studier" if way in _AIMS_AT_STUDIES else "arbete"
    story.later(7, 13).done("team", stödbehov=need, siktar_på=aim, arbetsträna="training" in story.fate.marks)


def _early_job(story: Story) -> None:
    story.later(3, 9).outcome("work", story.rng.choice(_BUSINESSES)).say("closed", reason=common.GOT_A_JOB)


def _towards_matching(story: Story) -> None:
    story.later(8, 13).done("cv")
    if "training" in story.fate.marks:
        story.later(30, 80).done("arbetsträning")


def _practice(story: Story) -> None:
    story.later(3, 10).say("placed", "praktik", employer=story.rng.choice(_BUSINESSES)).say("began", "praktik")
    story.later(15, 40).done("praktik")


def _course(story: Story) -> None:
    story.later(3, 10).say("began", "yrkeskurs").later(25, 38).done("yrkeskurs")


def _matched(story: Story) -> None:
    _towards_matching(story)
    if "practice" in story.fate.marks:
        _practice(story)
    if "course" in story.fate.marks:
        _course(story)
    story.later(8, 60).hired("matchning", employer=story.rng.choice(_BUSINESSES))


def _job_lost(story: Story) -> None:
    _matched(story)
    story.later(6, 20).outcome("other")


def _supported(story: Story) -> None:
    _towards_matching(story)
    if common.chance(story.rng, 60):
        story.later(5, 12).say("contacted", "se")
    story.later(15, 60).hired("matchning", "work_with_support", story.rng.choice(_BUSINESSES))
    for _ in range(4):
        story.later(10, 13).say("contacted", "se")


def _studies(story: Story) -> None:
    story.later(8, 13).done("cv").later(20, 60).outcome("studies").done("studieväg")


def _own_business(story: Story) -> None:
    _towards_matching(story)
    story.later(20, 70).outcome("own_business").say("closed", reason=common.OTHER)


def _municipal(story: Story) -> None:
    _towards_matching(story)
    story.later(15, 70).outcome("municipal_employment").say("closed", reason=common.OTHER)


def _other_authority(story: Story) -> None:
    story.later(8, 13).done("cv").later(10, 60).outcome("other_authority").say("interrupted", reason=common.MORE_SUPPORT)


def _other_measure(story: Story) -> None:
    story.later(8, 13).done("cv").later(10, 60).outcome("other_measure").say("interrupted", reason=common.MORE_SUPPORT)


def _tried_twice(story: Story) -> None:
    """No job in the first round: a new plan with the team, and an end by the person's own wish."""
    _towards_matching(story)
    story.later(70, 95).done("matchning", "not_passed")
    story.later(1, 4).say("began", "team").later(7, 12)
    story.done("team", stödbehov="medel", siktar_på="arbete", arbetsträna=False)
    story.later(20, 50).outcome("other").say("interrupted", reason=common.OWN_WISH)


def _other(story: Story) -> None:
    story.later(8, 13).done("cv").later(10, 60).outcome("other").say("interrupted", reason=common.MOVED)


def _stops(story: Story) -> None:
    """Nobody knows where they went: the outcome stays unknown."""
    story.later(8, 13).done("cv").later(15, 60).say("interrupted", reason=common.NO_SHOW)


_WAYS_ON: Final = MappingProxyType({
    "matched": _matched,
    "early job": _early_job,
    "supported": _supported,
    "studies": _studies,
    "job lost within a month": _job_lost,
    "own business": _own_business,
    "municipal employment": _municipal,
    "other authority": _other_authority,
    "other measure": _other_measure,
    "tried twice": _tried_twice,
    "other": _other,
})  # fmt: skip
