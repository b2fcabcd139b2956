"""Jobbnätet: 283 people admitted between 2003-11-01 and 2006-02-01, to 60 places, the long-enrolled first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import common
from commands.demo.cohorts.common import Caseworker, DatedFact, Fate, Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.demo.cohorts.common import Proposal

TRACK: Final = "jobbnatet"
FIRST: Final = date(2003, 11, 1)
END: Final = date(2006, 2, 1)
UNTIL: Final = date(2006, 2, 28)
EMPLOYER: Final = "natet"

# Way: how many of the 283, and the outcomes it brings in order. Work on any day: 175. Work, studies or own business at the end: 150.
WAYS: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = MappingProxyType({
    "hired": (88, ("work",)),
    "hired with support": (24, ("work_with_support",)),
    "found a job in the job club": (14, ("work",)),
    "work, then studies": (4, ("work", "studies")),
    "studies only": (14, ("studies",)),
    "own business": (6, ("own_business",)),
    "work lost": (45, ("work", "other")),
    "not hired": (38, ("other",)),
    "interrupted": (24, ()),
    "to another authority": (12, ("other_authority",)),
    "still active": (14, ()),
})  # fmt: skip
# How many of each way were examined for alternative planning: 96 of the 133 who are not in goal A.
EXAMINED: Final[Mapping[str, int]] = MappingProxyType({
    "work lost": 30, "not hired": 36, "interrupted": 10, "to another authority": 12, "still active": 8, "hired": 6,
})  # fmt: skip
# The ways that leave the chain early may begin late; the whole chain takes half a year, and the job must show before the end.
_SHORT_WAYS: Final = frozenset({"found a job in the job club", "studies only", "own business", "interrupted", "to another authority"})
_EARLY: Final = (70, 26)  # referred when the project opened, of the long and of the short ways
_WEEKS_AWAY: Final = timedelta(weeks=16)  # between a no and the next referral
_REASONS: Final = (common.ILLNESS, common.MOVED, common.NO_SHOW, common.MORE_SUPPORT, common.OWN_WISH)


def fates(seed: int) -> list[Fate]:
    """Everyone referred: 283 who are admitted, and those who were misregistered, declined, or were refused a place."""
    rng = Random(seed)
    quota = {way: count for way, (count, _) in WAYS.items()}
    long = common.deal(rng, {way: n for way, n in quota.items() if way not in _SHORT_WAYS and way != "still active"})
    short = common.deal(rng, {way: n for way, n in quota.items() if way in _SHORT_WAYS})
    ways = [*long, *short, *["still active"] * quota["still active"]]
    days = [
        *_days(rng, len(long), _EARLY[0], date(2005, 3, 15)),
        *_days(rng, len(short), _EARLY[1], date(2005, 8, 31)),
        *common.spread(rng, quota["still active"], date(2005, 9, 26), date(2005, 12, 9)),
    ]
    rows = sorted(zip(days, ways, strict=True), key=lambda row: row[0])
    admitted = [_person(rng, number, day, way) for number, (day, way) in enumerate(rows, 1)]
    return [*_marked(rng, admitted), *_came_back(_others(rng, len(admitted)), admitted)]


def _days(rng: Random, count: int, early: int, last: date) -> list[date]:
    """Days of referral: some when the project opens, the others spread over the time that is left."""
    opening = [FIRST + timedelta(days=rng.randint(1, 16)) for _ in range(early)]
    rest = common.spread(rng, count - early, date(2003, 12, 1), last)
    rng.shuffle(rest)
    return [*opening, *rest]


def _person(rng: Random, number: int, day: date, way: str) -> Fate:
    facts = {
        "i_garantin": True,
        "färdigutredd": True,
        "jobbredo": True,
        "inskriven": (day - timedelta(days=rng.randint(400, 3200))).isoformat(),
        "sex": rng.choice(("woman", "man")),
        "born_abroad": common.chance(rng, 45),
        "schooling": rng.choice(("no_upper_secondary", "upper_secondary", "upper_secondary", "higher")),
    }
    spells = WAYS[way][1] if way in WAYS else ()
    return Fate(f"JN-{number:03d}", TRACK, day, way, spells, facts, channel="af_officer")


def _marked(rng: Random, people: list[Fate]) -> list[Fate]:
    """Who was examined, who needs training or validation, and who got a place by exception."""
    examined = {way: common.draw(rng, count, WAYS[way][0]) for way, count in EXAMINED.items()}
    training = common.draw(rng, 68, len(people))
    validation = common.draw(rng, 41, len(people))
    excepted = common.draw(rng, 12, len(people))
    paused = common.draw(rng, 15, len(people))
    found = []
    for number, fate in enumerate(people):
        marks = {
            "examined": fate.way in examined and examined[fate.way].pop(),
            "training": training[number],
            "validation": validation[number],
            "excepted": excepted[number],
            "paused": paused[number] and fate.way == "hired",
        }
        facts = {**fate.facts, "jobbredo": False} if marks["excepted"] else fate.facts
        found.append(replace(fate, facts=facts, marks=frozenset(mark for mark, true in marks.items() if true)))
    return found


def _others(rng: Random, known: int) -> list[Fate]:
    """Referrals that never become one of the 283: they stay in the log and out of its figures."""
    ways = ["misregistered"] * 3 + ["declined"] * 6 + ["refused"] * 4
    days = common.spread(rng, len(ways), date(2004, 2, 2), date(2004, 9, 30))
    others = [_person(rng, known + number, day, way) for number, (day, way) in enumerate(zip(days, ways, strict=True), 1)]
    return [replace(f, facts={**f.facts, "i_garantin": False}) if f.way == "refused" else f for f in others]


def _came_back(others: list[Fate], admitted: list[Fate]) -> list[Fate]:
    """Three who declined and one who was misregistered are referred again later, and are then among the 283."""
    found = []
    # Enrolled for long, so that the first offer comes soon.
    free = iter([f for f in admitted if f.way == "hired" and "excepted" not in f.marks and f.facts["inskriven"] < "1999-06-01"])
    again = Counter({"declined": 3, "misregistered": 1})
    for fate in sorted(others, key=lambda f: f.referred):
        later = next((f for f in free if f.referred > fate.referred + _WEEKS_AWAY), None) if again[fate.way] > 0 else None
        again[fate.way] -= later is not None
        found.append(replace(fate, ref=later.ref, facts=later.facts) if later else fate)
    return found


def caseworker(people: Sequence[Fate], seed: int) -> Caseworker:
    """Who offers the places, hears the answers and reports what happens."""

    def answers(fate: Fate, proposal: Proposal, today: date) -> tuple[Sequence[DatedFact], date | None]:
        del proposal
        return _answer(_story(fate, today, seed))

    diary = Caseworker(people, lambda fate, day: story_of(fate, day, seed), answers)
    for fate in people:
        diary.note(_before(fate, seed))
    return diary


def _story(fate: Fate, day: date, seed: int) -> Story:
    return Story(fate, day, common.own(seed, f"{fate.ref}/{day}"), END)


def _before(fate: Fate, seed: int) -> list[DatedFact]:
    """What is said of a person between referral and offer."""
    story = _story(fate, fate.referred, seed)
    if "excepted" in fate.marks:
        # Judged to manage the job club already, with closer support: the log holds the code, and a note would hold the words.
        story.later(2, 6).say("exception", rule="jobbredo", reason=common.OTHER)
    if fate.way == "refused":
        story.later(5, 12).say("refused", reason=common.NOT_MET)
    return story.reports


def _answer(story: Story) -> tuple[Sequence[DatedFact], date | None]:
    story.say("offered")
    if story.fate.way == "declined":
        return story.later(2, 6).say("declined", reason=common.OWN_WISH).reports, None
    story.later(1, 4).say("accepted")
    return story.reports, story.day


def story_of(fate: Fate, admitted: date, seed: int) -> list[DatedFact]:
    """Compose a person's reports from admission on.

    Args:
        fate: the lot of the person.
        admitted: the day of admission.
        seed: the seed of the whole demo; the person's own dice follow from it.

    Returns:
        The reports in order of days.

    """
    story = _story(fate, admitted, seed)
    if fate.way == "misregistered":
        return story.later(3, 10).say("misregistered", reason=common.OTHER).reports
    if fate.way == "still active":
        return _still_active(story)
    story.later(8, 14).done("kartläggning", utbildning_behövs="training" in fate.marks, validering_behövs="validation" in fate.marks)
    if fate.way in _SHORT:
        _SHORT[fate.way](story)
    else:
        _to_practice(story)
        _practice(story)
        _decision(story)
    return story.reports


def _still_active(story: Story) -> list[DatedFact]:
    """Mapped, and in the job club when the period ends."""
    story.later(8, 12).done("kartläggning", utbildning_behövs=False, validering_behövs=False)
    if "examined" in story.fate.marks:
        _examined(story, consent=False)
    return story.reports


def _examined(story: Story, *, consent: bool) -> None:
    """A tripartite talk, and the plan that comes of it."""
    story.later(1, 3).say("began", "trepart").later(2, 6).done("trepart", alternativ_plan=True, samtycke=consent)


def _job_found(story: Story) -> None:
    story.later(15, 40).outcome("work", EMPLOYER).say("closed", reason=common.GOT_A_JOB).found((0, 1, 3, 6), "work")


def _studies(story: Story) -> None:
    story.later(30, 55).outcome("studies").say("closed", reason=common.STUDIES).found((0, 1, 3, 6), "studies")


def _own_business(story: Story) -> None:
    story.later(30, 60).outcome("own_business").say("closed", reason=common.GOT_A_JOB)


def _stops(story: Story) -> None:
    story.later(10, 30)
    if "examined" in story.fate.marks:
        _examined(story, consent=False)
    story.later(4, 14).say("interrupted", reason=story.rng.choice(_REASONS))


def _handed_over(story: Story) -> None:
    _examined(story.later(35, 50).done("jobbklubb").later(2, 5), consent=True)
    story.later(5, 15).say("transferred", to="fk", reason=common.MORE_SUPPORT)


_SHORT: Final = MappingProxyType({
    "found a job in the job club": _job_found,
    "studies only": _studies,
    "own business": _own_business,
    "interrupted": _stops,
    "to another authority": _handed_over,
})  # fmt: skip


def _to_practice(story: Story) -> None:
    marks = story.fate.marks
    story.later(35, 52).done("jobbklubb")
    if "paused" in marks:
        first = story.later(1).say("paused", reason=common.ILLNESS, back=(story.day + timedelta(days=21)).isoformat()).day
        story.day = first + timedelta(days=14)
        story.say("resumed")
    if "validation" in marks:
        story.aside(min(story.day + timedelta(days=12), story.last), "reported", "validering", result="done")
    if "training" in marks:
        story.later(40, 60).done("utbildning")
    elif "validation" in marks:
        story.later(13, 16)


def _practice(story: Story) -> None:
    if "training" not in story.fate.marks and common.chance(story.rng, 6):
        story.later(10, 20).done("praktik", "interrupted").later(20, 30).done("jobbklubb")
    story.later(3).say("contacted", "ambulerande")
    story.later(28, 48).done("praktik")
    story.later(2).say("phase", "förberedande", name="praktikorientering")
    story.later(6, 9).say("contacted", "ambulerande")
    story.later(2, 5).say("phase", "förberedande", name="kompetensanalys")


def _decision(story: Story) -> None:
    """The end of the förberedande anställning, and what became of the job."""
    fate = story.fate
    if "examined" in fate.marks:
        _examined(story, consent=False)
    story.later(6, 14)
    if fate.way == "not hired":
        story.done("förberedande", "not_hired").later(1, 4).say("decided", "förberedande", action="next").outcome("other").found(
            (0, 3), "other"
        )
        return
    story.hired("förberedande", fate.spells[0]).found((0,) if len(fate.spells) > 1 else (0, 1, 3, 6), fate.spells[0])
    if fate.way in ("work lost", "work, then studies"):
        story.later(30, 150).outcome("other" if fate.way == "work lost" else "studies")
