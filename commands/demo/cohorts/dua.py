"""DUA, two tracks of one programme: care with two starts of 15, near 90 % hired; building with a start of 12 and one of 6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story
from definitions.model.calendar import roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.demo.cohorts.common import Proposal

CARE: Final = "vard-norrort"
BUILDING: Final = "bygg-norrort"
FIRST: Final = date(2025, 12, 1)
UNTIL: Final = date(2028, 1, 31)


@dataclass(frozen=True, slots=True)
class Round:
    """One start: how many take part, how many women and how many without upper secondary among them, and how it goes."""

    track: str
    start: date
    referred: tuple[date, date]
    ways: Mapping[str, int]
    women: int
    no_upper_secondary: int
    decline: int


# Illustrative quotas: 27 of 30 hired in care, 13 of 18 in building; 30 of 48 women; 38 of 48 without upper secondary.
ROUNDS: Final = (
    Round(CARE, date(2026, 1, 19), (date(2025, 12, 1), date(2025, 12, 12)), {"hired": 14, "interrupted": 1}, 13, 12, 2),
    Round(CARE, date(2026, 8, 17), (date(2026, 5, 18), date(2026, 7, 3)), {"hired": 13, "not hired": 1, "interrupted": 1}, 13, 12, 1),
    Round(BUILDING, date(2026, 8, 31), (date(2026, 6, 15), date(2026, 7, 24)), {"hired": 9, "not hired": 2, "interrupted": 1}, 3, 9, 1),
    Round(BUILDING, date(2027, 2, 1), (date(2026, 11, 16), date(2026, 12, 18)), {"hired": 4, "not hired": 1, "interrupted": 1}, 1, 5, 1),
)
SPELLS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "hired": ("work",), "not hired": ("other",), "interrupted": (), "declines": (),
})  # fmt: skip
_PREFIX: Final = MappingProxyType({CARE: "DV", BUILDING: "DB"})
_EMPLOYERS: Final = MappingProxyType({CARE: ("hemtjansten", "solbacken"), BUILDING: ("norrbygg", "betong")})
_ALONE: Final = date(2027, 2, 1)  # the start at Norrbygg only
_COURSES: Final = MappingProxyType({2026: date(2026, 9, 21), 2027: date(2027, 2, 22)})
_AT_NORRBYGG: Final = 8  # of the 12 in the first building start; its places on site are 6, so two wait


def fates(seed: int) -> list[Fate]:
    """Everyone selected by an employer for one of the four starts."""
    rng = Random(seed)
    return [fate for number, one in enumerate(ROUNDS) for fate in _round(rng, 100 * (number + 1), one)]


def _round(rng: Random, first: int, one: Round) -> list[Fate]:
    size = sum(one.ways.values())
    ways = common.deal(rng, one.ways) + ["declines"] * one.decline
    women = common.draw(rng, one.women, size) + [True] * one.decline
    short = common.draw(rng, one.no_upper_secondary, size) + [False] * one.decline
    days = common.spread(rng, len(ways), *one.referred)
    rng.shuffle(days)
    rows = zip(ways, women, short, days, strict=True)
    return [_person(rng, first + n, one, row) for n, row in enumerate(rows)]


def _person(rng: Random, number: int, one: Round, row: tuple[str, bool, bool, date]) -> Fate:
    way, woman, short, day = row
    employer = _employer(one, number % 100)
    facts = {
        "svenska": rng.choice("CD") if employer == "solbacken" else rng.choice("BCD"),
        "sex": "woman" if woman else "man",
        "born_abroad": common.chance(rng, 75),
        "schooling": "no_upper_secondary" if short else "upper_secondary",
    }
    start = f"start {one.start}"
    return Fate(
        f"{_PREFIX[one.track]}-{number}", one.track, day, way, SPELLS[way], facts, frozenset({employer, start}), channel="af_officer"
    )


def _employer(one: Round, number: int) -> str:
    first, second = _EMPLOYERS[one.track]
    if one.track == CARE:
        return (first, first, first, second, second)[number % 5]
    return first if number < _AT_NORRBYGG or one.start == _ALONE else second


# Marks hold one employer and one start, told apart by the prefix.
def employer_of(fate: Fate) -> str:
    """The employer that selected a person."""
    return next(mark for mark in fate.marks if not mark.startswith("start "))


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who records the selections, makes the offers, and reports what happens on both tracks."""

    def answers(fate: Fate, proposal: Proposal, today: date) -> tuple[Sequence[DatedFact], date | None]:
        story = Story(fate, today, common.own(seed, f"{fate.ref}/offer"), UNTIL)
        story.say("offered").later(1, 4)
        if fate.way == "declines":
            return story.say("declined", reason=common.OWN_WISH).reports, None
        return story.say("accepted").reports, max(date.fromisoformat(proposal.start), story.day)

    # Places on site are fewer than people, which no single story can know.
    waits = waiting_for_a_place(people)
    diary = Caseworker(people, lambda fate, day: story_of(fate, day, seed, wait=fate.ref in waits), answers)
    for fate in people:
        story = Story(fate, fate.referred, common.own(seed, f"{fate.ref}/selection"), UNTIL)
        diary.note(story.later(1, 3).say("interested").say("selected", employer=employer_of(fate)).reports)
    return diary


def waiting_for_a_place(people: Sequence[Fate]) -> frozenset[str]:
    """Who has to wait for a place on the building site: the last two, in the queue's order, of eight at an employer with six."""
    at_site = [
        f for f in people if f.track == BUILDING and "start 2026-08-31" in f.marks and employer_of(f) == "norrbygg" and _takes_part(f)
    ]
    return frozenset(f.ref for f in sorted(at_site, key=lambda f: (f.referred, f.ref))[6:])


def _takes_part(fate: Fate) -> bool:
    return fate.way not in ("declines", "interrupted")


def story_of(fate: Fate, admitted: date, seed: int, *, wait: bool = False) -> list[DatedFact]:
    """Compose a person's reports from the start day to the employer's answer, and the follow-ups after it.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.
        wait: whether the employer's answer has to be waited for.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, roll(admitted), common.own(seed, fate.ref), UNTIL)
    if fate.track == CARE:
        _care(story)
    else:
        _building(story, wait=wait)
    return story.reports


def _care(story: Story) -> None:
    story.later(11, 13).done("kartläggning", kvällar=common.chance(story.rng, 70))
    if story.fate.way == "interrupted":
        story.later(60, 110).say("interrupted", reason=common.MOVED)
        return
    story.later(268, 277).done("yrkespaket", betyg=story.rng.choice("EDCBA"))
    story.aside(roll(story.day - timedelta(days=9)), "placed", "praktik", employer=employer_of(story.fate))
    story.later(25, 28).done("praktik")
    _trial(story, "introduktion")


def _building(story: Story, *, wait: bool) -> None:
    course = _COURSES[story.day.year]
    story.later(5, 7).done("kartläggning", körkort=common.chance(story.rng, 40)).later(12, 13).done("säkerhet")
    if story.fate.way == "interrupted":
        story.later(40, 60).say("interrupted", reason=common.ILLNESS)
        return
    story.day = roll(course + timedelta(days=139))
    story.done("vux")
    story.aside(roll(story.day - timedelta(days=5)), "placed", "praktik", employer=employer_of(story.fate))
    story.later(88 if wait else 42).done("praktik")
    _trial(story, "provjobb")


def _trial(story: Story, step: str) -> None:
    for name in ("praktikorientering", "kompetensanalys", "utbildningsplan"):
        story.later(6, 8).say("phase", step, name=name)
    story.later(2, 5)
    if story.fate.way == "not hired":
        story.done(step, "not_hired").later(1, 3).say("decided", step, action="next").outcome("other")
        story.followed((0, 1, 3), "other")
        return
    story.hired(step).followed((0, 1, 3, 6), "work")
    support = {"introduktion": "jobbstöd", "provjobb": "efterstöd"}[step]
    for _ in range(3):
        story.later(20, 27).say("contacted", support)
