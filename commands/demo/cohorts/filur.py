"""Filur: 180 young people on 80 places, self-esteem before matching; 141 in work or studies as measured in January 2013."""

from __future__ import annotations

from datetime import date
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.demo.cohorts.common import Proposal

TRACK: Final = "filur"
FIRST: Final = date(2011, 9, 1)
MEASURED: Final = date(2013, 1, 31)
UNTIL: Final = date(2013, 2, 28)
_LAST_EXIT: Final = date(2013, 1, 18)

# Way: how many of the 180, and the outcomes it brings in order. Work or studies: 141, which is 78.3 %.
WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "work": (78, ("work",)),
    "work with support": (9, ("work_with_support",)),
    "studies": (54, ("studies",)),
    "other measure": (12, ("other_measure",)),
    "dropped out": (17, ()),
    "asked to go on": (10, ("other",)),
})  # fmt: skip


def fates(seed: int) -> list[Fate]:
    """Everyone referred, and admitted in the order of referral."""
    rng = Random(seed)
    ways = common.deal(rng, {way: count for way, (count, _) in WAYS.items()})
    days = common.spread(rng, len(ways), FIRST, date(2012, 8, 15))
    return [_person(rng, number, day, way) for number, (day, way) in enumerate(zip(days, ways, strict=True), 1)]


def _person(rng: Random, number: int, day: date, way: str) -> Fate:
    facts = {
        "utanför": True,
        "sex": rng.choice(("woman", "man")),
        "born_abroad": common.chance(rng, 30),
        "schooling": rng.choice(("no_upper_secondary", "no_upper_secondary", "upper_secondary")),
    }
    # Some need the step on self-confidence twice, which is what the track's repeat is for.
    twice = frozenset({"twice"}) if common.chance(rng, 12) and way != "dropped out" else frozenset()
    born = f"{day.year - rng.randint(17, 23)}-{rng.randint(1, 12):02d}"
    return Fate(f"FI-{number:03d}", TRACK, day, way, WAYS[way][1], facts, twice, born, rng.choice(("caseworker", "self", "outreach")))


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who offers the places and reports what happens."""

    def answers(fate: Fate, proposal: Proposal, today: date) -> tuple[Sequence[DatedFact], date | None]:
        del proposal
        story = Story(fate, today, common.own(seed, f"{fate.ref}/offer"), _LAST_EXIT)
        story.say("offered").later(1, 4).say("accepted")
        return story.reports, story.day

    return Caseworker(people, lambda fate, day: story_of(fate, day, seed), answers)


def story_of(fate: Fate, admitted: date, seed: int) -> list[DatedFact]:
    """Compose a young person's reports from admission on.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, admitted, common.own(seed, fate.ref), _LAST_EXIT)
    story.later(9, 14).done("samtal")
    if fate.way == "dropped out":
        return story.later(10, 35).say("interrupted", reason=story.rng.choice((common.NO_SHOW, common.OWN_WISH, common.MOVED))).reports
    if "twice" in fate.marks:
        story.later(30, 50).done("självkänsla-först", "not_passed", självkänsla="låg")
    aim = "studier" if fate.way == "studies" else "arbete"
    strong = story.rng.choice(("på_väg", "stark"))
    story.later(35, 56).done("självkänsla-först", självkänsla=strong, siktar_på=aim)
    if common.chance(story.rng, 25):
        story.later(3, 8).say("placed", "praktik", employer=f"prova-pa-{story.rng.randint(1, 9)}").say("began", "praktik")
        story.later(12, 20).done("praktik")
    story.later(10, 14).say("contacted", "ledarstöd")
    _leaves(story.later(5, 30))
    return story.reports


def _leaves(story: Story) -> None:
    match story.fate.way:
        case "work":
            story.hired("matchning").found((0, 3), "work")
        case "work with support":
            story.hired("matchning", "work_with_support").found((0, 3), "work_with_support")
        case "studies":
            story.outcome("studies").done("matchning", "antagen_till_studier").found((0, 3), "studies")
        case "other measure":
            story.outcome("other_measure").say("interrupted", reason=common.MORE_SUPPORT).found((0, 3), "other_measure")
        case _:
            story.done("matchning", "not_passed").later(2, 6).say("decided", "matchning", action="next").outcome("other")
