from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.queries.report_basis import ReportBasis
from commands.queries.report_json import report_data
from definitions.model.track import Goal, Measure, Step, Track
from definitions.model.values import Condition, Money, Threshold
from tests.tracks.reports.samples import AS_OF, DAY
from tracks.events.event import Event
from tracks.events.histories import History
from tracks.events.snapshots import Todo
from tracks.events.status import EXITED, UNADMITTED
from tracks.reports.diagram.svg import render_svg
from tracks.reports.measures.figures import CountedPeople
from tracks.reports.measures.population import CaseRecord, cases_of
from tracks.reports.measures.shown_counts import picture_counts
from tracks.reports.pages.report import ReportMaterial, render_report
from tracks.reports.text.html import PageSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Unknown = tuple[str, ...]
Equation = dict[Unknown | None, Fraction]
# How many are drawn; JOBBSPAR_PROGRAMMES asks for more.
PROGRAMMES = int(os.environ.get("JOBBSPAR_PROGRAMMES", "30"))
FATES = ("waits", "goes on", "begins", "second", "work", "studies", "other", "unknown")
UNDER_WAY = ("goes on", "begins", "second")
STEPS = ("kurs", "prov")
ADDED = st.tuples(st.sampled_from(FATES), st.integers(0, 8), st.booleans())
GROUPS = st.lists(ADDED, max_size=5)


def model(name: str) -> Track:
    share = Goal(id="g", name="G", measure=Measure(counts=(Condition(rule="outcome = work"),)), at_least=Threshold(number="50", share=True))
    steps = (
        Step(id="kurs", type="insats", name="Kurs", cost=Money(kronor=12000), hours_per_week=20),
        Step(id="prov", type="insats", name="Prov"),
    )
    return Track(track=name, name=name, type="jobbspår", programme="p", goals=(share,), steps=steps)


def person(on: Track, ref: str, fate: str) -> History:
    rows: list[tuple[str, str, dict[str, Any], int]] = [("referred", "", {}, 0)]
    if fate != "waits":
        rows += [("admitted", "", {}, 0)]
    if fate not in ("waits", "begins"):
        rows += [("step_started", "kurs", {}, 0)]
    if fate == "second":
        rows += [("step_completed", "kurs", {"result": "done"}, 30), ("step_started", "prov", {}, 30)]
    if fate not in ("waits", *UNDER_WAY):
        rows += [("step_completed", "kurs", {"result": "done"}, 30), ("step_skipped", "prov", {"condition": "waived"}, 30)]
        rows += [("completed", "", {}, 30)]
        rows += [("outcome", "", {"what": fate}, 30)] if fate != "unknown" else []
    events = [
        Event(f"{ref}/1", seq, kind, step, int(bool(step)), DAY + timedelta(days), "", "Ada", 1, data, None, b"")
        for seq, (kind, step, data, days) in enumerate(rows, 1)
    ]
    return History(f"{ref}/1", ref, on, events)


def lived(on: Track, groups: Sequence[tuple[str, int, bool]]) -> tuple[list[CaseRecord], list[tuple[str, Todo]]]:
    """People by what became of them, and of some of them a report that is late."""
    histories: list[History] = []
    todos: list[tuple[str, Todo]] = []
    for fate, count, late in groups:
        for _ in range(count):
            ref = f"{on.track}{len(histories)}"
            histories.append(person(on, ref, fate))
            todos += [(f"{ref}/1", Todo("report", "kurs", 1, "kommun", DAY, DAY))] if late else []
    return cases_of(histories), todos


def programme(*groups: Sequence[tuple[str, int, bool]]) -> dict[str, ReportBasis]:
    """The reports of a programme and of each of its tracks."""
    tracks = tuple(model(name) for name in ("a", "b"))
    # Who is admitted and has begun nothing waits in the first step.
    waiting = {(track.track, "kurs"): sum(n for fate, n, _ in some if fate == "begins") for track, some in zip(tracks, groups, strict=True)}
    each = [lived(track, some) for track, some in zip(tracks, groups, strict=True)]
    cases, todos = (tuple(one for some in each for one in some[n]) for n in (0, 1))
    beside = CountedPeople(tracks, cases, todos, {}, AS_OF, waiting)  # type: ignore[arg-type]
    whole = ReportBasis(tracks, cases, todos, {}, AS_OF, waiting, name="p")  # type: ignore[arg-type]
    alone = {
        track.track: replace(whole, name=track.track, tracks=(track,), cases=tuple(some[0]), todos=tuple(some[1]), beside=beside)
        for track, some in zip(tracks, each, strict=True)
    }
    return {"p": whole} | alone


def cells(told: Any, *path: str) -> Iterator[tuple[Unknown, int | None]]:
    """Every number of a report in JSON, by its place."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key not in ("at_least", "at_most", "met"):
                yield from cells(value, *path, key)
    elif isinstance(told, list):
        for n, value in enumerate(told):
            yield from cells(value, *path, value.get("track", "") + value["id"] if isinstance(value, dict) else str(n))
    elif told is None or (isinstance(told, int) and not isinstance(told, bool)):
        yield path, told


def known_sums(places: Mapping[Unknown, int | None]) -> Iterator[tuple[Unknown, list[Unknown]]]:
    """What everybody knows who reads the reports of a programme and of its tracks."""
    for what in ("p", "a", "b"):
        rows = [place for place in places if place[:2] == (what, "exits") and place[2] != "total"]
        yield (what, "exits", "total"), rows
        yield (what, "goals", "g", "denominator"), [(what, "exits", "total")]
        yield (what, "goals", "g", "numerator"), [(what, "exits", "work")]
        yield (what, "goals", "g", "unknown"), [(what, "exits", "unknown")]
        yield (what, "exits", "total"), [(what, "statuses", "completed")]
    for what in ("a", "b"):
        under_way = (what, "statuses", "active")
        yield under_way, [(what, "steps", what + step, "now") for step in STEPS] + [(what, "waiting", step) for step in STEPS]
        yield (what, "coming"), [(what, "statuses", str(status)) for status in sorted(UNADMITTED)]
        yield (what, "gone"), [(what, "statuses", str(status)) for status in sorted(EXITED)]
        for step in STEPS:
            yield (what, "now", step), [(what, "steps", what + step, "now")]
    for place in places:
        if place[0] == "p":
            yield place, [(what, *place[1:]) for what in ("a", "b") if (what, *place[1:]) in places]


def equations(places: Mapping[Unknown, int | None]) -> Iterator[Equation]:
    """What is known, with the hidden numbers as unknowns; what is shown stands under None."""
    for total, parts in known_sums(places):
        row: Equation = {}
        for place, sign in [(total, -1), *((part, 1) for part in parts)]:
            count = places.get(place)
            unknown, value = (place, sign) if place in places and count is None else (None, sign * (count or 0))
            row[unknown] = row.get(unknown, Fraction(0)) + value
        if parts:
            yield row


def minus(row: Equation, times: Fraction, other: Equation) -> Equation:
    left = {key: row.get(key, Fraction(0)) - times * other.get(key, Fraction(0)) for key in {*row, *other}}
    return {key: value for key, value in left.items() if value}


def worked_out(places: Mapping[Unknown, int | None]) -> dict[Unknown, Fraction]:
    """Every hidden number that follows from those shown, by elimination."""
    rows = list(equations(places))
    for n in range(len(rows)):
        pivot = next((key for key in rows[n] if key), None)
        for m in range(len(rows)) if pivot else ():
            if m != n and (times := rows[m].get(pivot, Fraction(0)) / rows[n][pivot]):
                rows[m] = minus(rows[m], times, rows[n])
    alone = [(next(key for key in row if key), row) for row in rows if sum(1 for key in row if key) == 1]
    return {key: -row.get(None, Fraction(0)) / row[key] for key, row in alone}


def told(one: ReportBasis, limit: int) -> dict[Unknown, int | None]:
    """Every number that a report shows, and that a picture of its track does, by its place."""
    found = dict(cells(report_data(one, limit)))
    if one.is_programme:
        return found
    shown = picture_counts(one, one.seen(limit), {})
    ends: dict[Unknown, int | None] = {("coming",): shown.coming, ("gone",): shown.gone}
    now: dict[Unknown, int | None] = {("now", step): count for step, count in shown.now.items()}
    waiting: dict[Unknown, int | None] = {("waiting", step): count for step, count in shown.waiting.items()}
    return found | ends | now | waiting


def found_out(reports: Mapping[str, ReportBasis]) -> dict[Unknown, Fraction]:
    places = {(what, *place): count for what, one in reports.items() for place, count in told(one, 5).items()}
    truth = {(what, *place): count for what, one in reports.items() for place, count in told(one, 0).items()}
    assert not [place for place, count in places.items() if count is not None and 0 < count < 5]
    return {place: value for place, value in worked_out(places).items() if 0 < (truth[place] or 0) < 5}


@given(GROUPS, GROUPS)
@settings(max_examples=PROGRAMMES, deadline=None)
def test_no_small_count_can_be_worked_out_from_the_reports_and_pictures_of_a_programme_and_its_tracks(
    first: list[tuple[str, int, bool]], second: list[tuple[str, int, bool]]
) -> None:
    assert found_out(programme(first, second)) == {}


def test_few_who_wait_are_not_those_under_way_less_those_in_the_steps() -> None:
    reports = programme([("goes on", 20, False), ("second", 9, False), ("begins", 3, False)], [])
    shown = told(reports["a"], 5)
    assert shown["waiting", "kurs"] is None
    assert None in (shown["statuses", "active"], shown["now", "kurs"], shown["now", "prov"])
    assert found_out(reports) == {}


def test_a_picture_says_what_may_be_shown_and_no_more() -> None:
    one = programme([("goes on", 20, False), ("begins", 3, False), ("waits", 2, False)], [])["a"]
    picture = render_svg(one.tracks[0], "sv", picture_counts(one, one.seen(5), {}))
    said = re.findall(r"Nu: [^<.]*", picture)
    assert said
    assert not [number for words in said for number in re.findall(r"\d+", words) if 0 < int(number) < 5]


def test_what_a_track_hides_is_not_what_the_programme_has_more_than_the_other_track() -> None:
    reports = programme([("work", 20, False)], [("work", 3, False)])
    assert report_data(reports["b"], 5)["exits"]["work"] is None
    assert None in {report_data(reports[what], 5)["exits"]["work"] for what in ("p", "a")}


def test_how_much_is_overdue_is_hidden_where_it_is_of_a_few() -> None:
    some, many = programme([("goes on", 2, True)], [])["a"], programme([("goes on", 7, True)], [])["a"]
    assert report_data(some, 5)["overdue"] == {"report": None}
    assert (report_data(some, 0)["overdue"], report_data(many, 5)["overdue"]) == ({"report": 2}, {"report": 7})


def test_the_unknown_of_a_goal_are_hidden_where_they_are_few() -> None:
    found = programme([("work", 10, False), ("studies", 2, False), ("unknown", 1, False)], [])["a"]
    (goal,) = report_data(found, 5)["goals"]
    assert (goal["numerator"], goal["denominator"], goal["unknown"]) == (10, 13, None)


def test_two_rows_of_one_each_are_not_what_a_goal_leaves_of_its_population() -> None:
    # Two are not counted and stand in two rows, both hidden, so there is one in each: the share goes with them.
    found = programme([("work", 10, False), ("studies", 1, False), ("unknown", 1, False)], [])["a"]
    told = report_data(found, 5)
    assert None in (told["goals"][0]["numerator"], told["goals"][0]["denominator"])
    assert (told["exits"]["studies"], told["exits"]["unknown"]) == (None, None)


def test_what_is_hidden_in_json_is_null_and_named() -> None:
    told = report_data(programme([("work", 20, False), ("studies", 3, False), ("goes on", 2, True)], [])["a"], 5)
    assert told["exits"]["studies"] is None
    assert {"exits.studies", "statuses.active", "steps.a.kurs.overdue", "overdue.report"} <= set(told["hidden"])
    assert not [key for key in told["hidden"] if key.startswith("exits.") and told["exits"][key.removeprefix("exits.")] is not None]
    assert report_data(programme([("work", 20, False)], [])["a"], 0)["hidden"] == []


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_page_of_a_few_tells_no_sum_and_no_mean_of_them(count: int) -> None:
    cases, todos = lived(model("a"), [("goes on", count, True)])
    page = render_report(model("a"), ReportMaterial(cases, PageSource(AS_OF), todos), "sv")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main")]))
    cost = words[words.rindex("Antagna") :]
    assert not re.search(r"\d", cost), cost
    # A row for each status, so that the rows do not tell where the few are.
    assert words.count("–") > 9


def test_the_page_of_many_tells_what_they_cost() -> None:
    cases, todos = lived(model("a"), [("goes on", 8, False)])
    assert "96\u00a0000" in render_report(model("a"), ReportMaterial(cases, PageSource(AS_OF), todos), "sv")
