"""Stockholm Matchning: 60 people towards the hiring requirements of three employers; 44 hired (illustrative figures)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.demo.cohorts.common import Proposal

TRACK: Final = "stockholm-matchning"
FIRST: Final = date(2014, 2, 10)
UNTIL: Final = date(2015, 1, 31)
_LAST: Final = date(2015, 1, 30)

WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "hired": (41, ("work",)),
    "hired, then left": (3, ("work", "other")),
    "not hired": (9, ("other",)),
    "interrupted": (7, ()),
})  # fmt: skip
_EMPLOYERS: Final = ("bussbolaget", "hotellet", "lagret")


def fates(seed: int) -> list[Fate]:
    """Everyone referred, each towards one employer."""
    rng = Random(seed)
    ways = common.deal(rng, {way: count for way, (count, _) in WAYS.items()})
    days = common.spread(rng, len(ways), FIRST, date(2014, 9, 15))
    return _returning([_person(rng, number, day, way) for number, (day, way) in enumerate(zip(days, ways, strict=True), 1)])


def _returning(people: list[Fate]) -> list[Fate]:
    """Up to two who were not hired come back to the same employer, with precedence, and are hired: fewer people than enrolments."""
    # Far enough apart that the first enrolment is over before the second begins.
    back = [fate for fate in people if fate.way == "not hired" and fate.referred <= date(2014, 4, 15)][:2]
    again = [fate for fate in people if fate.way == "hired" and fate.referred >= date(2014, 8, 18)][:2]
    refs = {new.ref: old for new, old in zip(again, back, strict=False)}
    return [replace(f, ref=refs[f.ref].ref, facts=refs[f.ref].facts, marks=refs[f.ref].marks) if f.ref in refs else f for f in people]


def _person(rng: Random, number: int, day: date, way: str) -> Fate:
    employer = _EMPLOYERS[number % len(_EMPLOYERS)]
    course = employer == "lagret" or common.chance(rng, 30)
    facts = {
        "svenska": rng.choice(("C", "D")) if employer == "bussbolaget" else rng.choice(("B", "C", "D")),
        "körkort": employer == "bussbolaget" or common.chance(rng, 40),
        "truckkort": False,
        "sex": rng.choice(("woman", "man")),
        "born_abroad": common.chance(rng, 70),
        "schooling": rng.choice(("no_upper_secondary", "upper_secondary", "higher")),
    }
    marks = {employer, "course" if course else "no course", "practice" if common.chance(rng, 60) else "no practice"}
    return Fate(f"SM-{number:03d}", TRACK, day, way, WAYS[way][1], facts, frozenset(marks))


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who offers the places and reports what happens."""

    def answers(fate: Fate, proposal: Proposal, today: date) -> tuple[Sequence[DatedFact], date | None]:
        del proposal
        story = Story(fate, today, common.own(seed, f"{fate.ref}/offer"), _LAST)
        story.say("offered").later(1, 3).say("accepted")
        return story.reports, story.day

    return Caseworker(people, lambda fate, day: story_of(fate, day, seed), answers)


def story_of(fate: Fate, admitted: date, seed: int) -> list[DatedFact]:
    """Compose a person's reports from admission on: only the steps that the requirements call for.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, admitted, common.own(seed, f"{fate.ref}/{admitted}"), _LAST)
    course, practice = "course" in fate.marks, "practice" in fate.marks
    employer = next(mark for mark in fate.marks if mark in _EMPLOYERS)
    story.later(5, 7).done("kravprofil", kurs_behövs=course, vana_behövs=practice)
    if fate.way == "interrupted":
        return story.later(5, 15).say("interrupted", reason=story.rng.choice((common.OWN_WISH, common.ILLNESS, common.MOVED))).reports
    if course:
        story.later(30, 42).done("kurs", truckkort=employer == "lagret")
    story.later(1, 4).say("placed", "praktik" if practice else "anställningsprov", employer=employer)
    if practice:
        story.later(30, 45).done("praktik")
    _trial(story)
    return story.reports


def _trial(story: Story) -> None:
    step = "anställningsprov"
    story.later(2, 3).say("phase", step, name="praktikorientering").later(4, 6).say("phase", step, name="kompetensanalys")
    story.later(4, 8)
    if story.fate.way == "not hired":
        story.done(step, "not_hired").later(1, 3).say("decided", step, action="next").outcome("other").found((0, 1), "other")
        return
    story.hired(step).found((0,) if len(story.fate.spells) > 1 else (0, 1, 3, 6), "work")
    story.later(10, 14).say("contacted", "uppföljande-stöd")
    if story.fate.way == "hired, then left":
        story.later(20, 60).outcome("other")
