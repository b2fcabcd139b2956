"""Göteborg, Välkommen till framtiden: 140 newcomers drawn by lot, 42 of them employed the year after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story
from definitions.model.calendar import roll

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.demo.cohorts.common import Proposal

TRACK: Final = "valkommen-till-framtiden"
FIRST: Final = date(2016, 11, 1)
UNTIL: Final = date(2019, 9, 30)
STARTS: Final = (date(2017, 2, 6), date(2017, 9, 4))
_PLACES: Final = 70

# Applicants, and how many of them would accept: women say no more often, as the evaluation found.
APPLICANTS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({"woman": (150, 93), "man": (130, 113)})
# How it goes for those who are drawn and accept, dealt in the order of admission: 42 of 140 employed the year after.
WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "work": (36, ("work",)),
    "work with support": (6, ("work_with_support",)),
    "work that ended": (9, ("work", "other")),
    "studies": (24, ("studies",)),
    "other measure": (31, ("other_measure",)),
    "interrupted": (14, ("other",)),
    "unknown": (20, ()),
})  # fmt: skip


def fates(seed: int) -> list[Fate]:
    """All applicants to the two lotteries; `way` says what they answer, because only the draw decides who is asked."""
    rng = Random(seed)
    answers = {sex: common.draw(rng, yes, count) for sex, (count, yes) in APPLICANTS.items()}
    sexes = common.deal(rng, {sex: count for sex, (count, _) in APPLICANTS.items()})
    days = common.spread(rng, len(sexes), FIRST, date(2016, 12, 16))
    return [_person(rng, number, day, sex, says=answers[sex].pop()) for number, (day, sex) in enumerate(zip(days, sexes, strict=True), 1)]


def _person(rng: Random, number: int, day: date, sex: str, *, says: bool) -> Fate:
    facts = {
        "nyanländ": True,
        "barnomsorg": common.chance(rng, 80),
        "sex": sex,
        "born_abroad": True,
        "schooling": rng.choice(("no_upper_secondary", "no_upper_secondary", "upper_secondary", "higher")),
    }
    return Fate(f"VF-{number:03d}", TRACK, day, "says yes" if says else "says no", (), facts, channel="af_officer")


def ways(seed: int) -> list[str]:
    """The ways in the order in which they are dealt to those who are admitted."""
    return common.deal(Random(seed + 1), {way: count for way, (count, _) in WAYS.items()})


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who makes the offers; the next who accepts is dealt the next way."""
    # Who is admitted is decided by the engine's lottery, so the ways are dealt to whoever it draws, in that order.
    deck = iter(ways(seed))

    def answers(fate: Fate, proposal: Proposal, today: date) -> tuple[Sequence[DatedFact], date | None]:
        story = Story(fate, today, common.own(seed, f"{fate.ref}/offer"), UNTIL)
        story.say("offered").later(1, 3)
        if fate.way == "says no":
            return story.say("declined", reason=story.rng.choice((common.OWN_WISH, common.OTHER))).reports, None
        return story.say("accepted").reports, max(date.fromisoformat(proposal.start), story.day)

    return Caseworker(people, lambda fate, day: story_of(fate, next(deck), day, seed), answers)


def story_of(fate: Fate, way: str, admitted: date, seed: int) -> list[DatedFact]:
    """Compose the reports of a year on full time, from the start day.

    Args:
        fate: the lot of the person.
        way: which way it goes, a word of `WAYS`.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = Story(fate, roll(admitted), common.own(seed, fate.ref), UNTIL)
    for month in range(1, 10):
        if common.chance(story.rng, 80):
            story.aside(roll(admitted + timedelta(days=28 * month)), "contacted", "matchare")
    story.later(10, 13).done("kartläggning", svenska=story.rng.choice("ABBC"))
    if way == "interrupted":
        story.reports = [report for report in story.reports if report.day < admitted + timedelta(days=90)]
        story.later(60, 75).say("interrupted", reason=story.rng.choice((common.MOVED, common.OWN_WISH, common.ILLNESS))).outcome("other")
        return story.reports
    story.later(72, 80).say("placed", "praktik", employer=f"praktikplats-{story.rng.randint(1, 20):02d}")
    story.later(8, 10).done("språk-ett").later(176, 184).done("praktik")
    _matched(story.later(45, 60), way)
    return story.reports


def _matched(story: Story, way: str) -> None:
    spells = WAYS[way][1]
    if spells and spells[0] in common.WORK:
        story.hired("intensivmatchning", spells[0]).found((0, 6) if len(spells) > 1 else (0, 6, 12), spells[0])
    elif spells:
        story.outcome(spells[0]).done("intensivmatchning").found((0, 6, 12), spells[0])
    else:
        story.done("intensivmatchning")
    if way == "work that ended":
        story.later(190, 300).outcome("other")
