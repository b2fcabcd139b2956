"""A track that uses everything a page can tell, and people for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from definitions.model.track import (
    Action,
    Agreement,
    Comparison,
    Employer,
    Fact,
    Goal,
    GoalDecision,
    Indicator,
    Intake,
    Measure,
    Need,
    Order,
    Period,
    Start,
    Step,
    TargetGroup,
    Track,
    Transfer,
)
from definitions.model.values import Condition, Length, Money, Point, Threshold
from tracks.events.event import Event
from tracks.events.histories import History
from tracks.events.snapshots import Todo
from tracks.reports.measures.figures import CountedPeople, Figures, hidden_figures
from tracks.reports.measures.population import CaseRecord, cases_of
from tracks.reports.pages.report import ReportMaterial
from tracks.reports.text.html import PageSource

DAY = date(2026, 8, 31)
AS_OF = date(2027, 6, 1)
NASTY = "<script>alert(1)</script> & \"Söner\" 'AB'"


def rules(*texts: str) -> tuple[Condition, ...]:
    return tuple(Condition(rule=text) for text in texts)


def weeks(count: int) -> Length:
    return Length(count=count, unit="weeks")


def _steps() -> tuple[Step, ...]:
    return (
        Step(id="karta", type="kartläggning", name="Kartläggning", length=weeks(1), gives=("körkort",), start_within=weeks(1)),
        Step(id="vux", type="yrkesvux", name="Yrkesvux", responsible="vuxenutbildningen", starts=(date(2026, 9, 21),), length=weeks(20),
             pauses="count"),
        Step(id="validering", type="insats", name="Kompetenskartläggning och validering", after=("karta",), when=rules("not körkort")),
        Step(
            id="språk", type="insats", name="Språk", alongside="vux",
            begins=_at("start", "vux"), until=_at("end", "vux"), hours_per_week=6,
        ),
        Step(
            id="praktik", type="praktik", name="Praktik", employer_places={"norr": 6}, employers=("norr",),
            requires=rules("known(körkort)"),
        ),
        Step(
            id="prov", type="förberedande anställning", name=NASTY, phases=("praktikorientering", "kompetensanalys"), length=weeks(4),
            on_result={"not_hired": _goto("praktik"), "interrupted": Action(kind="transfer", target="fk")}, cost=Money(kronor=14000),
        ),
        Step(
            id="stöd", type="stöd", name="Stöd i arbetet", begins=_at("employment"), until=_at("employment", after=weeks(12)),
            contact_every=weeks(2),
        ),
        Step(id="trepart", type="insats", name="Trepartssamtal", when_needed=True, cost=Money(kronor=100, weekly=True)),
        Step(id="handledare", type="insats", name="Handledare", subject="employer", begins=_at("start", "praktik"), length=weeks(1)),
    )  # fmt: skip


def _at(anchor: Any, step: str | None = None, after: Length | None = None) -> Point:
    return Point(anchor=anchor, step=step, after=after)


def _goto(step: str) -> Action:
    return Action(kind="goto", target=step, at_most=2, length=Length(3, "weeks"), hours_per_week=10, then=Action(kind="end"))


def full_track(**more: Any) -> Track:
    work = rules("(outcome = work or outcome = work_with_support) and lasted(1 month) or outcome = studies")
    values: dict[str, Any] = {
        "track": "bygg",
        "name": f"Bygg {NASTY}",
        "type": "jobbspår",
        "description": "Från kartläggning till jobb.",
        "texts": {"Bakgrund": NASTY},
        "programme": "norrort",
        "owner": "Arbetsmarknadsenheten",
        "longest": Length(18, "months"),
        "notes": "none",
        "partners": ("kommun", "vuxenutbildningen"),
        "period": Period(first=date(2026, 1, 1), until=date(2028, 1, 1)),
        "employers": (
            Employer(id="norr", name=NASTY, sector="F", need=Need(occupation="7111", positions=6), agreement=Agreement(signed=DAY)),
            Employer(id="söder", name="Söder AB", sector="Q", requires=rules("körkort")),
        ),
        "facts": {
            "körkort": Fact(id="körkort", type="yes/no"),
            "svenska": Fact(id="svenska", type="choice", choices=("A", "B", "C")),
            "frisk": Fact(id="frisk", type="yes/no", name="Färdigutredd", restricted=True, ground="disability"),
            "inskriven": Fact(id="inskriven", type="date"),
        },
        "target_group": TargetGroup(
            entry=(*rules("svenska >= B", "selected", "days_since(inskriven) > 90"), Condition(rule="age >= 18", reason="Farligt arbete")),
            ongoing=rules("not known(frisk) or frisk"),
        ),
        "intake": Intake(
            places=12, minimum=8,
            starts=(Start(date=DAY), Start(date=date(2027, 2, 1), places=6, employers=("norr",))), join_within=weeks(2),
            order=(Order(by="precedence"), Order(by="fact", fact="inskriven", days_since=True, highest_first=True)), caseload=30,
        ),
        "steps": _steps(),
        "transfers": {
            "fk": Transfer(
                id="fk", to="Försäkringskassan", local=False, requires=rules("result(praktik) = interrupted"), carries=("frisk",),
            ),
        },
        "goals": (
            Goal(
                id="ut", name="Till arbete eller studier", indicator="kolada", at_least=Threshold(number="56", share=True),
                comparison=Comparison(name="Riket", value="41 %", date=DAY, source="Kolada"),
            ),
            Goal(id="plan", name="Annan plan", measure=Measure(counts=rules("known(frisk)"), among="not_goal", among_goal="ut")),
            Goal(id="tid", name="Kortare tid", status="struck", decision=GoalDecision(date=DAY, by="Styrgruppen", reason=NASTY)),
        ),
        "indicators": {"kolada": Indicator(id="kolada", name="Kolada", source="RKA", measure=Measure(counts=work))},
    }  # fmt: skip
    return Track(**(values | more))


def people(on: Track, count: int, prefix: str = "p") -> list[CaseRecord]:
    """So many people, a third of them still under way, with every outcome in turn."""
    outcomes = ("work", "studies", "work", "other_authority", None, "work_with_support")
    return cases_of(_history(on, f"{prefix}{n}", n, outcomes[n % len(outcomes)]) for n in range(count))


def _history(on: Track, ref: str, n: int, what: str | None) -> History:
    facts = {"sex": "woman" if n % 5 else "man", "born_abroad": n % 3 == 0, "schooling": "higher" if n % 2 else "upper_secondary"}
    rows: list[tuple[str, date, str, dict[str, Any]]] = [
        ("referred", DAY, "", {"channel": "kommun", "facts": facts}),
        ("offered", DAY, "", {"until": "2026-09-10"}),
        ("declined", DAY, "", {}) if n % 7 == 0 else ("accepted", DAY, "", {}),
    ]
    if n % 7:
        rows += [("admitted", DAY, "", {}), ("step_started", DAY, "karta", {})]
    if n % 7 and n % 3:
        rows += [("step_completed", DAY + timedelta(9), "karta", {"result": "done"}), ("completed", DAY + timedelta(90), "", {})]
        rows += [("outcome", DAY + timedelta(90), "", {"what": what, "employer": "norr"})] if what else []
    events = [
        Event(f"{ref}/1", seq, kind, step, int(bool(step)), day, "", "Ada", 1, data, None, b"")
        for seq, (kind, day, step, data) in enumerate(rows, 1)
    ]
    return History(f"{ref}/1", ref, on, events)


def figures(
    on: Track, cases: Sequence[CaseRecord] = (), todos: Sequence[tuple[str, Todo]] = (), day: date = AS_OF, limit: int = 5
) -> Figures:
    """What is shown of some people in the report of their track."""
    return hidden_figures(CountedPeople([on], cases, todos, {}, day), limit).of(on.track)


def material(cases: list[CaseRecord], **more: Any) -> ReportMaterial:
    late = [(case.stream, Todo("report", "karta", 1, "kommun", DAY, DAY)) for case in cases]
    return ReportMaterial(cases, PageSource(AS_OF, virtual=True, constructed=True), late, **more)
