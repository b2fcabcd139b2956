"""The tracks of the small worlds: six shapes, each with the versions that may come in force while people are on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from definitions.loading.loader import load_text
from definitions.model.track import Action, Agreement, Employer, Intake, Order, Start, Step, TargetGroup, Track, Transfer
from definitions.model.track import Fact as FactType
from definitions.model.values import Condition, Length, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        return {"över": Transfer(id="över", to=name, local=True), "fk": Transfer(id="fk", to="Försäkringskassan", local=False)}

    one = Track(track="a", name="A", type="förberedande spår", owner="enheten", facts=FACTS, intake=Intake(places=2), steps=chain(),
                transfers=to("b"))  # fmt: skip
    other = Track(track="b", name="B", type="förberedande spår", owner="enheten", facts=FACTS, intake=Intake(places=1), steps=chain(),
                  transfers=to("a"))  # fmt: skip
    return [one, other]


def handover() -> list[Track]:
    """The two that hand over to each other, with starts of their own: whose start is cancelled here may go on there."""

    def starts(first: int) -> Intake:
        days_on = ((0, 1), (21, 2), (45, 1))
        every = tuple(Start(date=FIRST + timedelta(days=first + n), places=3, minimum=m) for n, m in days_on)
        return Intake(starts=every, places=3, offer_before_start=weeks(3), answer_within=days(5), join_within=days(8))

    one, other = programme()
    return [replace(one, intake=starts(7)), replace(other, intake=starts(14))]


# What the five others do not have: a choice of ways forward, phases, proposals to end, points before an end, age, time, working days.
RICH = """
track: rikt
name: Rikt
type: förberedande spår
owner: enheten
partners: [kommun, skola]
facts: {kurs: yes/no, nivå: [A, B, C], inskriven: date, timmar: number}
target_group:
  entry: [nivå >= A]
  ongoing: ["timmar > 0", {rule: age < 30, reason: Spåret är för unga}]
longest: 5 weeks
steps:
  - {id: kart, type: kartläggning, start_within: 3 working days, length: 5 days, gives: [kurs, timmar], responsible: [skola, kommun]}
  - {id: teori, type: insats, name: Teori, when: kurs, length: 1 week, on_result: {not_passed: {retry: 1, length: 3 days, then: ask}}}
  - {id: vänta, type: insats, name: Vänta, when: days_since(inskriven) > 20, requires: timmar >= 2, length: 3 working days}
  - id: val
    type: insats
    name: Val
    results: [vidare]
    length: 4 days
    on_result: {vidare: {goto: sist}, not_passed: {transfer: fk}, interrupted: end}
  - {id: prova, type: praktik, length: 2 weeks, contact_every: 1 week, on_result: {interrupted: {goto: kart, at_most: 2, length: 2 days}}}
  - {id: jobb, type: förberedande anställning, phases: [ett, två, tre], length: 10 days, pauses: count}
  - {id: sist, type: stöd, name: Sist, length: 4 days, after: jobb}
  - {id: språk, type: insats, name: Språk, alongside: teori, hours_per_week: 4}
  - {id: möte, type: insats, name: Möte, from: 3 days before end of prova, length: 2 days, pauses: count}
  - {id: coach, type: stöd, name: Coach, from: start of teori, until: exit}
  - {id: eftervård, type: stöd, name: Efterstöd, from: start of prova, until: 3 weeks after employment, contact_every: 1 week}
  - {id: samtal, type: insats, name: Samtal, from: when needed, length: 6 days}
follow_up: [exit, 1 month]
transfers: {fk: {to: Försäkringskassan, requires: known(timmar)}}
"""


@cache
def _loaded(text: str) -> Track:
    found = load_text(text)
    assert found.track, found.diagnostics
    return found.track


def rich() -> list[Track]:
    return [_loaded(RICH)]


SHAPES: dict[str, Callable[[], list[Track]]] = {
    "uncoupled": uncoupled,
    "rolling": rolling,
    "dated": dated,
    "programme": programme,
    "handover": handover,
    "rich": rich,
}


def versions(track: Track) -> list[Track]:
    """What may be put in force in place of a track: itself, a smaller one, and one with more in it."""
    return [track, _smaller(track), _larger(track)]


def _smaller(track: Track) -> Track:
    """A step less, shorter times, a place less, another order, an employer less."""
    gone = "teori" if track.track == "rikt" else "kurs_steg"
    steps = []
    for step in track.steps:
        if step.id == gone:
            continue
        change: dict[str, Any] = {"alongside": None} if step.alongside == gone else {}
        for name, point in (("begins", step.begins), ("until", step.until)):
            if point and point.step == gone:
                change[name] = replace(point, step="kart")
        if step.length and step.length.count > 4:
            change["length"] = days(4)
        if step.places:
            change["places"] = step.places - 1
        steps.append(replace(step, **change))
    places = track.intake.places and track.intake.places - 1
    intake = replace(track.intake, places=places, order=(Order(by="fact", fact="nivå"),))
    return replace(track, steps=tuple(steps), intake=intake, employers=track.employers[:1])


def _larger(track: Track) -> Track:
    """A step more, with days of its own, a start more, places for those who waited, something asked of those who come."""
    extra = Step(id="extra", type="insats", name="Extra", length=days(3), starts=tuple(FIRST + timedelta(days=n) for n in (20, 40, 60)))
    steps = [step for one in track.steps for step in ((one, extra) if one.id == "kart" else (one,))]
    starts = track.intake.starts and (*track.intake.starts[1:], Start(date=FIRST + timedelta(days=70), places=2))
    places = track.intake.places and track.intake.places + 1
    intake = replace(track.intake, starts=starts, places=places, order=(Order(by="precedence"), Order(by="referral")))
    group = replace(track.target_group, entry=rule("known(nivå)"), ongoing=rule("not kurs"))
    return replace(track, steps=tuple(steps), intake=intake, target_group=group)
