"""Whole outputs attacked: who reads the pages, JSON and pictures of a programme and its tracks works out no number that is hidden.

What she knows of how the numbers hang together is written here anew, and never asked of the product. A hidden number holds where whole
numbers are found that fit everything shown in all forms and give another value, and none of what is hidden is nobody.
"""

from __future__ import annotations

import html
import random
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from commands.queries.report_basis import ReportBasis, report_page
from commands.queries.report_json import report_data
from commands.runtime.context import command_context
from definitions.model.track import Goal, Measure, Step, Track
from definitions.model.values import Condition, Length, Money, Threshold
from tests.tracks.reports.samples import AS_OF, DAY
from tracks.events.event import Event
from tracks.events.histories import History
from tracks.events.snapshots import Todo
from tracks.events.status import Status
from tracks.reports.measures.figures import CountedPeople
from tracks.reports.measures.population import OUTCOMES, CaseRecord, cases_of
from tracks.reports.measures.shown_counts import picture_counts
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import code, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Place = tuple[str, ...]
Sum = tuple[Place, list[Place]]
LIMIT = 5
SEEDS = (2, 3, 7, 9, 12, 14)
KRONOR = 12_000
_QUARTER = 92
UNDER_WAY = ("goes on", "begins", "second")
OUTSIDE = ("waits", "offered", "declines", "accepts")
FATES = (*OUTSIDE, *UNDER_WAY, "work", "studies", "other", "unknown", "broken off")
STEPS = ("kurs", "prov")
COLUMNS = ("now", "done", "not_passed", "interrupted", "skipped", "overdue")
OFFERS = ("made", "accepted", "declined", "lapsed", "withdrawn", "open")
WAY = {
    "Inskrivningar": "enrolled",
    "Antagna": "admitted",
    "Har avslutat": "left",
    "Har fullföljt": "completed",
    "I arbete vid avslut": "work",
}
SEXES = ("woman", "man", "unknown")


def model(name: str) -> Track:
    half = Threshold(number="50", share=True)
    goals = (
        Goal(id="g", name="G", measure=Measure(counts=(Condition(rule="outcome = work"),)), at_least=half),
        Goal(id="h", name="H", measure=Measure(counts=(Condition(rule="outcome = work or outcome = studies"),)), at_least=half),
    )
    steps = (
        Step(id="kurs", type="insats", name="Kurs", cost=Money(kronor=KRONOR), hours_per_week=20),
        Step(id="prov", type="insats", name="Prov"),
    )
    after = (None, Length(count=1, unit="months"))
    return Track(track=name, name=name, type="jobbspår", programme="p", goals=goals, steps=steps, follow_up=after)


def person(on: Track, ref: str, fate: str, sex: str, later: int = 0) -> History:
    rows: list[tuple[str, str, dict[str, Any], int]] = [("referred", "", {"facts": {"sex": sex}} if sex != "unknown" else {}, 0)]
    rows += [("offered", "", {"until": "x"}, 0)] if fate != "waits" else []
    rows += [("declined" if fate == "declines" else "accepted", "", {}, 0)] if fate not in ("waits", "offered") else []
    if fate not in OUTSIDE:
        rows += [("admitted", "", {}, 0)]
        rows += [("step_started", "kurs", {}, 0)] if fate != "begins" else []
        rows += [("interrupted", "", {"reason": "other"}, 30)] if fate == "broken off" else []
    if fate == "second":
        rows += [("step_completed", "kurs", {"result": "done"}, 30), ("step_started", "prov", {}, 30)]
    if fate in ("work", "studies", "other", "unknown"):
        rows += [("step_completed", "kurs", {"result": "done"}, 30), ("step_skipped", "prov", {"condition": "waived"}, 30)]
        rows += [("completed", "", {}, 30)]
        rows += [("outcome", "", {"what": fate}, 30)] if fate != "unknown" else []
    events = [
        Event(f"{ref}/1", seq, kind, step, int(bool(step)), DAY + timedelta(days + later), "", "Ada", 1, data, None, b"")
        for seq, (kind, step, data, days) in enumerate(rows, 1)
    ]
    return History(f"{ref}/1", ref, on, events)


def lived(on: Track, rng: random.Random) -> tuple[list[CaseRecord], list[tuple[str, Todo]], int]:
    """People of a track, what is late of some of them, and how many wait in the first step."""
    histories: list[History] = []
    todos: list[tuple[str, Todo]] = []
    waiting = 0
    for _ in range(rng.randint(0, 6)):
        fate, sex, late = rng.choice(FATES), rng.choice(SEXES), rng.random() < 0.3
        for _ in range(rng.choice((1, 1, 2, 3, 5, 8, 13))):
            ref = f"{on.track}{len(histories)}"
            histories.append(person(on, ref, fate, sex, later=_QUARTER * (len(histories) // 7 % 3)))
            waiting += fate == "begins"
            todos += [(f"{ref}/1", Todo("report", "kurs", 1, "kommun", DAY, DAY))] if late and fate == "goes on" else []
    return cases_of(histories), todos, waiting


def programme(seed: int) -> dict[str, ReportBasis]:
    """The reports of a programme and of each of its tracks."""
    rng, tracks = random.Random(seed), tuple(model(name) for name in ("a", "b"))
    each = [lived(track, rng) for track in tracks]
    waiting = {(track.track, "kurs"): some[2] for track, some in zip(tracks, each, strict=True)}
    cases, todos = tuple(c for some in each for c in some[0]), tuple(t for some in each for t in some[1])
    beside = CountedPeople(tracks, cases, todos, {}, AS_OF, waiting)
    whole = ReportBasis(tracks, cases, todos, {}, AS_OF, waiting, name="p")
    alone = {
        track.track: replace(whole, name=track.track, tracks=(track,), cases=tuple(some[0]), todos=tuple(some[1]), beside=beside)
        for track, some in zip(tracks, each, strict=True)
    }
    return {"p": whole} | alone


# What is shown, in every form, by its place


def of_json(one: ReportBasis, limit: int) -> Iterator[tuple[Place, int | None]]:
    told = report_data(one, limit)
    for name, count in told["statuses"].items():
        yield ("status", name), count
    for row in told["steps"]:
        yield from (((column, row["track"], row["id"]), row[column]) for column in COLUMNS)
    yield from ((("late", kind), count) for kind, count in told["overdue"].items())
    yield from ((("exit", "0", name), count) for name, count in told["exits"].items())
    for row in told["goals"]:
        yield from ((("goal", row["id"], part), row[part]) for part in ("numerator", "denominator", "unknown"))
    yield ("status", "total"), told["people"]
    yield from of_way(told["way"])
    yield from ((("time", name, span), count) for span, counts in told["time"].items() for name, count in counts.items())
    yield from of_json_tables(told)


def of_way(counts: Mapping[str, int | None]) -> Iterator[tuple[Place, int | None]]:
    """How far people have come; but for the last, each number stands in another table too."""
    places = {
        "enrolled": ("status", "total"),
        "admitted": ("admitted",),
        "left": ("exit", "0", "total"),
        "completed": ("status", "completed"),
    }
    yield from ((places.get(name, ("way", name)), count) for name, count in counts.items())


def of_json_tables(told: Mapping[str, Any]) -> Iterator[tuple[Place, int | None]]:
    for n, counts in enumerate(told["exits_after"].values(), 1):
        yield from ((("exit", str(n), name), count) for name, count in counts.items())
    for goal, tables in told["groups"].items():
        for sex, counts in (tables.get("sex") or {}).items():
            yield from ((("group", goal, sex, part), count) for part, count in counts.items())
    offers = told["offers"]
    for name, counts in (*offers["groups"].items(), ("", offers["total"])):
        yield from ((("offer", name, what), count) for what, count in counts.items())
    if told["cost"]:
        yield ("admitted",), told["cost"]["participants"]
        if told["cost"].get("kronor"):
            yield ("begun",), told["cost"]["kronor"] // KRONOR


def of_picture(one: ReportBasis, limit: int) -> Iterator[tuple[Place, int | None]]:
    if one.is_programme:
        return
    shown = picture_counts(one, one.seen(limit), {})
    (track,) = one.tracks
    yield from ((("now", track.track, step), count) for step, count in shown.now.items())
    yield from ((("waiting", track.track, step), count) for step, count in shown.waiting.items())
    yield ("coming",), shown.coming
    yield ("gone",), shown.gone


def tables(page: str) -> Iterator[tuple[str, list[list[str]]]]:
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
        (caption,) = re.findall(r"<caption.*?</caption>", table, re.DOTALL)
        yield plain(caption), [[plain(cell) for cell in row] for row in cells]


def plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", text)).strip()


def number(text: str) -> int | None:
    """A number as a page writes it; a mark is none and has no digits."""
    digits = re.sub(r"\s", "", text)
    assert digits.isdecimal() or not re.search(r"\d", digits), text
    return int(digits) if digits.isdecimal() else None


def of_page(one: ReportBasis, limit: int) -> Iterator[tuple[Place, int | None]]:
    page = report_page(one, limit, command_context({"lang": "sv", "db": "jobbspar.db"}))
    names = {sentence(code("status", str(status), "sv")): str(status) for status in Status} | {"Summa": "total"}
    outcomes = {sentence(message(f"outcome.{name}", "sv")): name for name in (*OUTCOMES, "not_yet")} | {"Summa": "total"}
    sexes = {sentence(code("sex", name, "sv")): name for name in SEXES[:2]} | {"Okänt": "unknown", "Summa": ""}
    for caption, rows in tables(page):
        head, body = rows[0], rows[1:]
        if head[0] == "Status":
            yield from ((("status", names[row[0]]), number(row[1])) for row in body)
        elif head[0] in ("Vägen genom spåret", "Tid"):
            yield from of_page_way(head, body)
        elif head[0] == "Utfall":
            yield from ((("exit", str(n), outcomes[row[0]]), number(cell)) for row in body for n, cell in enumerate(row[1:]))
        elif head[0] == "Kön":
            yield from (
                (("offer", sexes[row[0]], what), number(cell))
                for row in body
                if row[1:]
                for what, cell in zip(OFFERS, row[1:], strict=True)
            )
        elif head[0] == "Grupp":
            yield from of_groups(next(goal.id for goal in one.goals if goal.name in caption), body, sexes)
    yield from of_costs(page)


def of_costs(page: str) -> Iterator[tuple[Place, int | None]]:
    if found := re.search(r"<dt>Antagna</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL):
        yield ("admitted",), number(found[1])
    if found := re.search(r"<dd>([\d\s]*) kronor</dd>", html.unescape(page)):
        yield ("begun",), (number(found[1]) or 0) // KRONOR


def of_page_way(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[tuple[Place, int | None]]:
    if len(head) == 2:
        yield from of_way({WAY[row[0]]: number(row[1]) for row in body})
        return
    series = [WAY[name] for name in head[1:]]
    for row in body[:-1]:
        yield from ((("time", name, span_of(row[0])), number(cell)) for name, cell in zip(series, row[1:], strict=True))
    yield from of_way(dict(zip(series, map(number, body[-1][1:]), strict=True)))


def span_of(text: str) -> str:
    """`kvartal 3 2026` as JSON has it."""
    found = re.fullmatch(r"kvartal (\d) (\d{4})", text)
    return f"{found[2]}-Q{found[1]}" if found else text


def of_groups(goal: str, body: Sequence[Sequence[str]], sexes: Mapping[str, str]) -> Iterator[tuple[Place, int | None]]:
    by = ""
    for row in body:
        by = row[0] if len(row) == 1 else by
        if len(row) > 1 and by == "Kön":
            yield from ((("group", goal, sexes[row[0]], part), number(row[n])) for n, part in ((2, "numerator"), (3, "denominator")))


def told(reports: Mapping[str, ReportBasis], limit: int) -> dict[Place, int | None]:
    """Every number that any form tells; hidden in one form and shown in another it is known."""
    found: dict[Place, int | None] = {}
    for what, one in reports.items():
        for form in (of_json, of_picture, of_page):
            for place, count in form(one, limit):
                found[what, *place] = count if found.get((what, *place)) is None else found[what, *place]
    return found


# What everybody knows


def known_sums(truth: Mapping[Place, int | None]) -> Iterator[Sum]:
    """Everything of each report, and of the programme that it is the sum of its tracks."""
    for what in ("p", "a", "b"):
        for sums in (of_people, of_goals, of_offers, of_time):
            yield from (((what, *total), [(what, *part) for part in parts]) for total, parts in sums(places_of(truth, what)))
    for what in ("a", "b"):
        for total, parts in of_a_track(what):
            yield (what, *total), [(what, *part) for part in parts]
    for place in truth:
        parts = [(what, *place[1:]) for what in ("a", "b")]
        # A track where all are of one group has no table of groups, and tells nothing of them.
        if place[0] == "p" and (place[1] != "group" or all(part in truth for part in parts)):
            yield place, parts


def places_of(truth: Mapping[Place, int | None], what: str) -> list[Place]:
    return [place[1:] for place in truth if place[0] == what]


def of_people(places: Sequence[Place]) -> Iterator[Sum]:
    yield ("status", "total"), [one for one in places if one[0] == "status" and one[1] != "total"]
    for n in ("0", "1"):
        yield ("exit", n, "total"), [one for one in places if one[:2] == ("exit", n) and one[2] != "total"]
        yield ("exit", n, "total"), [("status", "completed"), ("status", "interrupted")]
    yield ("admitted",), [("status", "active"), ("status", "paused"), ("exit", "0", "total")]


def of_goals(places: Sequence[Place]) -> Iterator[Sum]:
    for goal, rows in (("g", ["work"]), ("h", ["work", "studies"])):
        yield ("goal", goal, "denominator"), [("exit", "0", "total")]
        yield ("goal", goal, "numerator"), [("exit", "0", row) for row in rows]
        yield ("goal", goal, "unknown"), [("exit", "0", "unknown")]
        for part in ("numerator", "denominator"):
            if groups := [one for one in places if one[:2] == ("group", goal) and one[3] == part]:
                yield ("goal", goal, part), groups


def of_time(places: Sequence[Place]) -> Iterator[Sum]:
    spans = {one[2] for one in places if one[0] == "time"}
    for name, total in (("admitted", ("admitted",)), ("left", ("exit", "0", "total")), ("work", ("way", "work"))):
        yield total, [("time", name, span) for span in spans]
    yield ("way", "work"), [("exit", "0", what) for what in ("work", "work_with_support")]
    # Who was in work as she left is one of those who left.
    for span in spans:
        yield ("time", "left", span), [("time", "work", span), ("left otherwise", span)]


def of_offers(places: Sequence[Place]) -> Iterator[Sum]:
    yield ("offer", "", "accepted"), [("admitted",), ("status", "accepted")]
    yield ("offer", "", "declined"), [("status", "declined")]
    yield ("offer", "", "open"), [("status", "offered")]
    sexes = [one[1] for one in places if one[0] == "offer" and one[2] == "made" and one[1]]
    for fate in OFFERS if sexes else ():
        yield ("offer", "", fate), [("offer", sex, fate) for sex in sexes]
    for sex in ("", *sexes):
        yield ("offer", sex, "made"), [("offer", sex, fate) for fate in OFFERS[1:]]


def of_a_track(what: str) -> Iterator[Sum]:
    yield ("status", "active"), [(how, what, step) for how in ("now", "waiting") for step in STEPS]
    yield ("coming",), [("status", name) for name in ("referred", "waiting", "offered", "accepted")]
    yield ("gone",), [("status", name) for name in ("completed", "interrupted", "transferred")]
    yield ("late", "report"), [("overdue", what, "kurs")]
    yield ("begun",), [(column, what, "kurs") for column in COLUMNS[:4]]


@dataclass
class Attack:
    """Looks for other whole numbers that fit; what no form tells is any number from nought."""

    truth: Mapping[Place, int]
    places: Mapping[Place, int | None]
    rows: list[dict[Place, int]]
    least: int = 1
    tries: int = 5_000
    new: dict[Place, int] = field(default_factory=dict)

    def open(self, place: Place, count: int) -> bool:
        if place not in self.places:
            return count >= 0
        return self.places[place] is None and count >= min(self.truth[place], self.least)

    def off(self, row: Mapping[Place, int]) -> int:
        return sum(sign * (self.new[one] - self.truth.get(one, 0)) for one, sign in row.items() if one in self.new)

    def fits(self) -> bool:
        self.tries -= 1
        wrong = [(row, off) for row in self.rows if (off := self.off(row))]
        if not wrong:
            return True
        ways = min((self.ways(*one) for one in wrong), key=len)
        for place, count in ways if self.tries > 0 else ():
            self.new[place] = count
            if self.fits():
                return True
            del self.new[place]
        return False

    def ways(self, row: Mapping[Place, int], off: int) -> list[tuple[Place, int]]:
        found = [(one, self.truth.get(one, 0) - off * sign) for one, sign in row.items() if one not in self.new]
        return sorted((way for way in found if self.open(*way)), key=lambda way: (way[0] in self.places, way))


def worked_out(reports: Mapping[str, ReportBasis]) -> dict[Place, int]:
    """The hidden numbers for which no other was found."""
    places, truth = told(reports, LIMIT), {place: count or 0 for place, count in told(reports, 0).items()}
    for place, count in places.items():
        truth.setdefault(place, 0)
        assert count is None or (count == truth[place] and not 0 < count < LIMIT), place
    for what, _, _, span in [place for place in truth if place[1:3] == ("time", "left")]:
        truth[what, "left otherwise", span] = truth[what, "time", "left", span] - truth[what, "time", "work", span]
    rows = []
    for total, parts in known_sums(truth):
        there = [part for part in parts if part in truth]
        if total not in truth or truth[total] != sum(truth[part] for part in there):
            continue
        row = {total: -1}
        for part in there:
            row[part] = row.get(part, 0) + 1
        rows.append(row)
    found = {}
    for place in (one for one, count in places.items() if count is None):
        near = [truth[place] + step for step in (1, -1, 2, -2, 3)]
        # A nought is hidden only where a table is hidden whole, and then nobody can take what is hidden to be one at least.
        attacks = (Attack(truth, places, rows, least=1 if truth[place] else 0, new={place: count}) for count in near)
        if not any(attack.open(place, attack.new[place]) and attack.fits() for attack in attacks):
            found[place] = truth[place]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_number_follows_from_all_that_a_programme_and_its_tracks_show_in_all_forms(seed: int) -> None:
    assert worked_out(programme(seed)) == {}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("limit", [0, 5])
def test_json_says_all_that_the_page_says_and_hides_the_same(seed: int, limit: int) -> None:
    for one in programme(seed).values():
        page, as_json = dict(of_page(one, limit)), dict(of_json(one, limit))
        # On the day of the exit itself nothing is still to come.
        assert page.pop(("exit", "0", "not_yet"), 0) == 0
        assert {place: as_json[place] for place in page} == page
        hidden = report_data(one, limit)["hidden"]
        assert len(hidden) == len(set(hidden))
        assert all(as_json[place] is not None for place in page) or hidden
