from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from definitions.model.values import Condition
from tests.tracks.reports.samples import AS_OF, DAY, figures, full_track, material, people
from tracks.events.snapshots import Todo
from tracks.reports.measures.indicators import measure_goals
from tracks.reports.pages.handbook import render_handbook
from tracks.reports.pages.report import render_programme_report, render_report
from tracks.reports.text.count_tables import CountTables
from tracks.reports.text.html import PageSource
from tracks.reports.text.phrasing import TrackWording, percent
from tracks.reports.text.results import goal_result, goals_table
from tracks.reports.text.steps import StepFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.vocabulary import Lang

VOID = {"meta", "br"}
PAGES = [(kind, lang) for kind in ("handbook", "report", "small report", "programme", "empty") for lang in ("sv", "en")]


def page(kind: str, lang: Lang) -> str:
    track = full_track()
    if kind == "handbook":
        return render_handbook(track, lang, PageSource(AS_OF, virtual=True))
    if kind == "programme":
        other = full_track(track="vård", name="Vård")
        return render_programme_report("Norrort", [track, other], material([*people(track, 80), *people(other, 60, "q")]), lang)
    return render_report(track, material(people(track, {"report": 120, "small report": 12, "empty": 0}[kind])), lang)


class Outline(HTMLParser):
    """Reads a page strictly: every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_a_page_is_well_formed_and_says_its_language(kind: str, lang: Lang) -> None:
    outline = Outline(page(kind, lang))
    assert outline.open == []
    assert outline.all("html") == [{"lang": lang}]
    ids = [attrs["id"] for _, attrs in outline.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for attrs in outline.all("a")} <= {f"#{one}" for one in ids}


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_a_page_has_no_script_and_asks_nothing_of_any_network(kind: str, lang: Lang) -> None:
    text = page(kind, lang)
    outline = Outline(text)
    assert not outline.all("script")
    assert not [name for _, attrs in outline.seen for name in attrs if name.startswith("on") or name in ("src", "srcset", "style")]
    without_hash = re.sub(r"sha256-[^']+", "", text)
    assert not re.search(r"https?:|//\w|@import|url\((?!#)", without_hash)
    policy = next(attrs["content"] for attrs in outline.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_what_people_wrote_is_shown_and_never_obeyed(kind: str, lang: Lang) -> None:
    text = page(kind, lang)
    assert "<script" not in text
    assert kind == "programme" or "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def named(drawing: dict[str, str | None]) -> bool:
    """Whether a drawing has a name, or is one that nobody who listens need hear of."""
    return bool(drawing.get("aria-label") or drawing.get("aria-labelledby") or drawing.get("aria-hidden"))


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_headings_stand_in_order_and_tables_say_what_they_are(kind: str, lang: Lang) -> None:
    outline = Outline(page(kind, lang))
    levels = [int(tag[1]) for tag, _ in outline.seen if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(outline.all("caption")) == len(outline.all("table"))
    assert all("scope" in attrs for attrs in outline.all("th"))
    assert all(named(attrs) for attrs in outline.all("svg") if "x" not in attrs)  # those with a place stand in another


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_a_page_says_what_it_was_made_from(kind: str, lang: Lang) -> None:
    text = page(kind, lang)
    source = text[text.index("<footer>") :]
    assert PageSource(AS_OF).hash(full_track())[:12] in source
    assert {"sv": "påhittade", "en": "made up"}[lang] in source
    assert {"sv": "1\u00a0juni\u00a02027", "en": "1\u00a0June\u00a02027"}[lang] in source


TEMPLATES = Path(__file__).parents[3] / "tracks/reports/templates"


def contrasts() -> Iterator[tuple[str, str, float]]:
    light_theme, dark_theme = re.findall(r":root \{([^}]*)\}", (TEMPLATES / "page.css").read_text("utf-8"))

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for theme in (light_theme, dark_theme):
        colours = dict(re.findall(r"--(\w+): #(\w{6})", theme))
        for ink in ("ink", "soft", "blue", "mark", "branch", "met"):
            for paper in ("paper", "tint", *(("shade",) if ink == "ink" else ())):
                high, low = sorted((light(colours[ink]), light(colours[paper])), reverse=True)
                yield ink, paper, (high + 0.05) / (low + 0.05)


def test_every_text_colour_can_be_read_on_every_ground_in_the_light_and_in_the_dark_theme() -> None:
    assert len(list(contrasts())) == 26
    assert [row for row in contrasts() if row[2] < 4.5] == []


def test_every_colour_that_is_drawn_follows_a_contrast_theme() -> None:
    drawn, _, forced = (TEMPLATES / "picture.css").read_text("utf-8").partition("@media (forced-colors: active)")
    sheet = (TEMPLATES / "page.css").read_text("utf-8")
    used = {name for css in (drawn, sheet) for name in re.findall(r"(?:fill|stroke): var\(--(\w+)", css)}
    assert {"ink", "blue", "paper"} <= used <= set(re.findall(r"--(\w+): (?:CanvasText|Canvas);", forced))
    assert re.findall(r"(?:fill|stroke): #", drawn + sheet) == []
    assert [path.name for path in TEMPLATES.glob("*.j2") if re.search(r"(?:fill|stroke)=\"#", path.read_text("utf-8"))] == []


@pytest.mark.parametrize(("kind", "lang"), PAGES)
def test_every_page_has_a_rule_for_contrast_themes(kind: str, lang: Lang) -> None:
    assert "@media (forced-colors: active)" in page(kind, lang)


def test_the_handbook_tells_a_step_in_sentences() -> None:
    text = page("handbook", "sv")
    for sentence in (
        "Görs när ”körkort” är nej. Annars hoppas steget över; är svaret okänt väntar det tills uppgiften finns.",
        "Från anställningens första dag.",
        "Av sig självt vid 12\u00a0veckor efter anställningens första dag. En rapport kan avsluta det tidigare.",
        "Efter avslutet fortsätter det bara så länge det finns en anställning.",
        "Bara på dessa dagar: 21\u00a0september\u00a02026.",
        "Ej anställd: gå till ”Praktik”, högst 2 gånger, 3\u00a0veckor, 10 timmar i veckan, sedan: förslag om att avsluta; en",
        "Ett uppehåll gör det inte längre och flyttar inga dagar i det.",
        "18\u00a0månader från antagningen, längre med dagar i uppehåll; sedan beslutar en person. Inget slutar av sig självt.",
        "Ingen fritext tas emot.",
        "Det är mer än 90 dagar sedan ”inskriven”.",
        "14\u00a0000 kronor per deltagare",
        "En arbetsgivare har valt ut deltagaren.",
        "(utfallet är",
    ):
        assert (sentence in text) is (sentence != "(utfallet är"), sentence


def test_hours_a_week_without_a_length_are_told_as_no_length_in_the_handbook() -> None:
    track = full_track()
    steps = tuple(replace(step, length=None, hours_per_week=6) for step in track.steps)
    entries = [entry for step in steps for entry in StepFormatter(TrackWording(replace(track, steps=steps), "sv")).format(step).entries]
    told = {entry.label: entry.texts[0] for entry in entries if entry.texts[0] == "6 timmar i veckan"}
    assert told == {"Omfattning": "6 timmar i veckan"}


def test_the_handbook_tells_of_the_outcomes_that_count() -> None:
    assert "the outcome is work or work with support and the employment has lasted at least 1\u00a0month unbroken" in page("handbook", "en")


def test_a_preparatory_track_says_that_it_has_no_employer() -> None:
    track = full_track(type="förberedande spår", employers=())
    assert "därför ett förberedande spår" in render_handbook(track, "sv", PageSource(AS_OF))


def test_a_report_prints_numerator_denominator_population_day_and_definition() -> None:
    track = full_track()
    cases = people(track, 120)
    goal = measure_goals(track, cases, AS_OF)[0]
    told = goal_result(goal, TrackWording(track, "sv"), figures(track, cases))
    assert told.fraction == f"{goal.numerator} av {goal.denominator}"
    assert goal.share is not None
    assert (told.share, told.day, told.definition) == (percent(goal.share, "sv"), "1\u00a0juni\u00a02027", "kolada")
    assert "bland alla avslut, vid avslut" in told.how
    assert told.share in page("report", "sv")


def test_what_is_overdue_is_told_in_words() -> None:
    track = full_track()
    kinds = ("report", "follow_up:1 month", "follow_up:exit", "fact:frisk")
    todos = [("p1/1", Todo(kind, "karta" if kind == "report" else "", 0, "kommun", DAY, DAY)) for kind in kinds]
    rows = CountTables(TrackWording(track, "sv"), AS_OF, figures(track, [], todos, limit=0)).overdue(todos).rows
    assert {row[0] for row in rows} == {
        "Rapport",
        "Uppföljning 1\u00a0månad efter avslut",
        "Uppföljning vid avslut",
        "Uppgift saknas: Färdigutredd",
    }
    assert {row[1] for row in rows} == {"Kartläggning", "hela spåret"}


def test_a_small_track_shows_no_small_number() -> None:
    text = page("small report", "sv")
    cells = re.findall(r'<td class="number">([^<]*)</td>', text)
    assert "–" in cells
    assert not {"1", "2", "3", "4"} & set(cells)


def test_a_struck_goal_says_by_whom_and_why() -> None:
    assert "Struket 31\u00a0augusti\u00a02026 av Styrgruppen" in page("report", "sv")


def test_the_columns_of_outcomes_sum_to_the_exits() -> None:
    track = full_track()
    cases = people(track, 120)
    grid = CountTables(TrackWording(track, "sv"), AS_OF, figures(track, cases, limit=0)).outcomes(cases, measure_goals(track, cases, AS_OF))
    for column in grid.numbers:
        assert sum(int(row[column]) for row in grid.rows) == int(grid.foot[column]) == sum(1 for case in cases if case.exit)


def test_statuses_and_steps_are_tables_for_a_terminal_too() -> None:
    track = full_track()
    cases = people(track, 120)
    tables = CountTables(TrackWording(track, "en"), AS_OF, figures(track, cases))
    assert tables.status(cases).foot == ("Total", "120")
    grid = tables.steps(cases, [])
    assert grid.columns == ("Step", "Now", "Completed", "Not passed", "Interrupted", "Skipped", "Overdue")
    assert [len(row) for row in grid.rows] == [7] * (len(track.steps) - 1)
    goals = goals_table(measure_goals(track, cases, DAY), TrackWording(track, "en"), figures(track, cases, day=DAY))
    assert [row[0] for row in goals.rows] == ["Till arbete eller studier", "Annan plan", "Kortare tid"]


def test_refusals_hidden_among_the_statuses_are_hidden_among_the_offers_too() -> None:
    track = full_track()
    some, many = people(track, 26), people(track, 126)  # one in seven declines: 4 of them, and 18
    assert sum(case.status == "declined" for case in some) == 4
    speech = TrackWording(track, "sv")
    foot = CountTables(speech, AS_OF, figures(track, some)).offers(some).foot
    assert (foot[3], set(foot[1:]) - {"0"}) == ("–", {"–"})
    assert "18" in CountTables(speech, AS_OF, figures(track, many)).offers(many).foot


def test_a_condition_on_sex_says_what_one_person_is() -> None:
    told: tuple[tuple[Lang, str], ...] = (("sv", "kön är kvinna"), ("en", "sex is woman"))
    for lang, said in told:
        assert TrackWording(full_track(), lang).condition(Condition(rule="sex = woman")) == said
