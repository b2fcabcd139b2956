"""The picture of a track: everything once, nothing over anything else, and no text outside its card."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from definitions.model.track import Action, Step
from definitions.model.values import Point
from tests.tracks.reports.drawn import examples, long_track, random_track
from tests.tracks.reports.samples import NASTY, full_track, weeks
from tracks.engine.context.plan import predecessors
from tracks.reports.diagram.card_text import EXIT, transfer_key
from tracks.reports.diagram.cards import ADMISSION, EMPLOYMENT, build_cards, with_name_card
from tracks.reports.diagram.columns import divide_into_columns
from tracks.reports.diagram.lanes import WIDTH
from tracks.reports.diagram.layout import SIZES, build_drawing
from tracks.reports.diagram.routing import assign_lanes, route_chain
from tracks.reports.diagram.svg import description, render_svg
from tracks.reports.diagram.text_width import text_width, wrap

if TYPE_CHECKING:
    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from tracks.reports.diagram.cards import Card
    from tracks.reports.diagram.shapes import Box, Drawing

SVG = "{http://www.w3.org/2000/svg}"
SHOWN = [*examples().values(), full_track(), long_track()]


AFTER_ONE_BESIDE = (
    Step(id="kurs", type="insats", name="Kurs", length=weeks(2)),
    Step(id="stödet", type="stöd", name="Stödet", begins=Point(anchor="start", step="kurs"), until=Point(anchor="end", step="kurs")),
    Step(id="samtal", type="insats", name="Samtal", after=("stödet",)),
)


def names(track: Track) -> str:
    return track.track


def drawn(track: Track, lang: Lang = "sv") -> Drawing:
    return build_drawing(track, with_name_card(track, lang, build_cards(track, lang)), lang)


def card(track: Track, key: str, lang: Lang = "sv") -> Card:
    return next(one for one in build_cards(track, lang) if one.key == key)


def texts(box: Box) -> str:
    return " ".join(text.text for text in box.texts)


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def check(track: Track, picture: Drawing) -> None:
    """What holds of every picture of every track."""
    assert sorted(box.card.key for box in picture.boxes if not box.card.key.startswith(":")) == sorted(step.id for step in track.steps)
    for one, other in combinations(picture.boxes, 2):
        assert not overlap(one, other), (one.card.key, other.card.key)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.right <= WIDTH
        assert box.bottom <= picture.height
        for text in box.texts:
            size, face = SIZES[text.style]
            assert box.x <= text.x
            assert box.y < text.y - size / 2
            assert text.y + 3 <= box.bottom
            # A card may be so narrow that not even two letters fit; such a one is never drawn of what a file says.
            assert text.x + text_width(text.text, size, face) <= box.right, (box.card.key, text.text)
    lines_clear_of_cards(picture)
    branches_lead_where_they_should(track, picture)


def lines_clear_of_cards(picture: Drawing) -> None:
    """The chain runs to the left of every card that it passes, and so does each of its stops."""
    for stroke in (one for one in picture.strokes if one.way == "chain"):
        right = max(int(x) for x in re.findall(r"(?:^M|C| )(\d+) \d+", stroke.path))
        for box in (one for one in picture.boxes if one.y < stroke.last and one.bottom > stroke.first):
            assert right < box.x or box.card.kind in ("heading", "name"), (box.card.key, stroke.path)
    for dot in picture.dots:
        assert all(dot.x + 11 <= box.x for box in picture.boxes if box.y <= dot.y <= box.bottom)


def branches_lead_where_they_should(track: Track, picture: Drawing) -> None:
    """Every result that the track says something of stands on its card, and has a line unless a person decides or it goes on."""
    found = {box.card.key: box for box in picture.boxes}
    lines = [stroke for stroke in picture.strokes if stroke.way in ("branch", "proposal")]
    begins = sorted(f"{stroke.way} {stroke.path.partition('H')[0]}" for stroke in lines)
    wanted, reached = [], set()
    for step in track.steps:
        box = found[step.id]
        assert len(box.icons) == len(step.on_result)
        for icon, action in zip(box.icons, step.on_result.values(), strict=True):
            to = {"goto": action.target, "retry": step.id, "end": EXIT, "transfer": transfer_key(action.target or "")}.get(action.kind)
            if action.kind == "transfer" and action.target not in track.transfers:
                assert to not in found
            elif to is not None:
                wanted.append(f"{'proposal' if action.kind in ('end', 'transfer') else 'branch'} M{box.right} {icon.y}")
                reached.add((found[to].head, found[to].right))
    assert begins == sorted(wanted)
    assert {(int(y), int(x)) for stroke in lines if stroke.tip for y, x in re.findall(r" (\d+)H(\d+)$", stroke.path)} == reached
    lanes = {int(stroke.path.rpartition("H")[2]) for stroke in lines if not stroke.tip}
    assert lanes <= {int(x) for stroke in lines if stroke.tip for x in re.findall(r"Q(\d+) ", stroke.path)}


@pytest.mark.parametrize("track", SHOWN, ids=names)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_step_stands_once_and_nothing_covers_anything(track: Track, lang: Lang) -> None:
    check(track, drawn(track, lang))


@pytest.mark.parametrize("seed", range(150))
def test_whatever_a_file_says_can_be_drawn(seed: int) -> None:
    track = random_track(seed)
    picture = drawn(track)
    check(track, picture)
    columns_hold_everything(picture)
    ET.fromstring(render_svg(track, "sv"))  # noqa: S314 - our own text


@pytest.mark.parametrize("track", SHOWN, ids=names)
def test_a_card_says_the_name_length_and_places_of_its_step(track: Track) -> None:
    found = {box.card.key: box for box in drawn(track).boxes}
    for step in track.steps:
        said = re.sub(r"-(?=\w)|\s", "", texts(found[step.id]))
        assert re.sub(r"-(?=\w)|\s", "", step.name) in said
        assert step.length is None or f"{step.length.count}" in said
        assert step.places is None or f"{step.places}plats" in said
        for name, places in step.employer_places.items():
            employer = next(one.name for one in track.employers if one.id == name)
            assert re.sub(r"-(?=\w)|\s", "", f"{employer}: {places} plats") in said


def test_a_step_stands_below_all_that_it_waits_for() -> None:
    for track in SHOWN:
        top = {box.card.key: box.y for box in drawn(track).boxes}
        for step, waits in predecessors(track).items():
            assert all(top[name] < top[step] for name in (*waits, ADMISSION))


def test_steps_that_run_side_by_side_have_lanes_of_their_own() -> None:
    picture = drawn(full_track())
    lanes = {dot.number: dot.x for dot in picture.dots if dot.number}
    assert lanes[2] < lanes[3]
    assert lanes[1] == lanes[2] == lanes[4] == lanes[5]
    assert "efter 2 och 3" in card(full_track(), "praktik").lines


def test_a_step_after_one_beside_the_chain_stands_below_what_that_one_counts_from_and_names_it() -> None:
    track = full_track(steps=AFTER_ONE_BESIDE, transfers={})
    picture = drawn(track)
    check(track, picture)
    lane = {dot.number: (dot.x, dot.y) for dot in picture.dots}
    assert lane[1][0] == lane[2][0]
    assert lane[1][1] < lane[2][1]
    assert len([stroke for stroke in picture.strokes if stroke.way == "chain"]) == 3  # nothing goes past it to the exit
    assert "efter ”Stödet”" in card(track, "samtal").lines


def test_a_plain_chain_need_not_say_what_follows_what() -> None:
    assert not any(line.startswith("efter") for one in build_cards(long_track(), "sv") for line in one.lines)


def test_what_is_alongside_a_step_hangs_under_it() -> None:
    track = full_track()
    order = [one.key for one in build_cards(track, "sv")]
    assert order[order.index("vux") + 1] == "språk"
    assert (card(track, "språk").under, card(track, "språk").level) == ("vux", 1)
    assert "samtidigt med steget" in card(track, "språk").lines


def test_support_is_a_band_down_to_where_it_ends() -> None:
    picture = drawn(long_track(6))
    boxes = {box.card.key: box for box in picture.boxes}
    (band,) = picture.bands
    assert (band.y, band.y + band.height) == (boxes["stöd"].bottom, boxes["s6"].bottom)
    assert band.x > boxes["s6"].right
    assert boxes["stöd"].right == band.x + band.width


def test_what_counts_from_employment_stands_after_the_exit() -> None:
    order = [one.key for one in build_cards(full_track(), "sv")]
    assert order[order.index(EXIT) :][:3] == [EXIT, EMPLOYMENT, "stöd"]
    assert "från anställning till 12\u00a0veckor efter anställning" in card(full_track(), "stöd").lines


def test_what_is_done_when_needed_stands_under_a_heading_and_is_not_for_everybody() -> None:
    order = [one.key for one in build_cards(full_track(), "sv")]
    assert order[order.index(":needed") + 1] == "trepart"
    assert card(full_track(), "trepart").maybe
    assert card(full_track(), ":needed").title == "När det behövs"


def test_a_step_of_an_employer_or_a_start_says_so() -> None:
    assert "insats, 1\u00a0vecka, gäller arbetsgivaren" in card(full_track(), "handledare").lines
    assert "about the employer" in card(full_track(), "handledare", "en").lines[0]


def test_starts_and_their_places_stand_at_admission() -> None:
    lines = card(examples()["bygg-norrort"], ADMISSION).lines
    assert lines == (
        "start 31\u00a0augusti\u00a02026, 12 platser, minst 8",
        "start 1\u00a0februari\u00a02027, 6 platser, minst 4, hos Norrbygg AB",
    )
    assert card(examples()["jobbnatet"], ADMISSION, "en").lines == ("rolling intake", "60 places at one time")


def test_what_has_neither_a_length_nor_an_end_lasts_to_the_exit() -> None:
    plain = replace(full_track().steps[6], begins=Point(anchor="start", step="karta"), until=None)
    assert card(full_track(steps=(*full_track().steps[:2], plain)), "stöd").until == (EXIT, "end")
    assert card(full_track(steps=(*full_track().steps[:2], replace(plain, length=weeks(2)))), "stöd").until is None
    assert card(full_track(), "språk").until is None


def test_a_transfer_stands_last_with_its_condition() -> None:
    found = build_cards(full_track(), "sv")[-2:]
    assert [(one.key, one.title) for one in found] == [(":transfers", "Överföring"), (transfer_key("fk"), "Till Försäkringskassan")]
    assert found[1].lines == ("när resultatet av ”Praktik” är avbruten",)


def test_each_result_says_what_it_leads_to() -> None:
    prov = [(branch.text, branch.to, branch.proposed) for branch in card(full_track(), "prov").branches]
    assert prov == [
        ("ej anställd: till 4 ”Praktik”, högst 2 gånger, 3\u00a0veckor, 10 timmar i veckan, sedan: förslag om avslut", "praktik", False),
        ("avbruten: förslag om överföring till Försäkringskassan", transfer_key("fk"), True),
    ]


def test_results_that_lead_to_the_same_card_share_one_line() -> None:
    steps = [replace(step, on_result={"interrupted": Action(kind="end")}) for step in long_track(5).steps[:5]]
    lines = [stroke for stroke in drawn(replace(long_track(5), steps=tuple(steps))).strokes if stroke.way == "proposal"]
    assert [line.tip for line in lines] == [True, False, False, False, False]
    assert len({line.path.rpartition("H")[2] for line in lines[1:]}) == 1


def test_the_picture_is_said_in_words_too() -> None:
    said = description(build_cards(full_track(), "sv"), "sv")
    for text in ("1. Kartläggning: 1\u00a0vecka; börjar inom 1\u00a0vecka.", "Vid sidan av ”Yrkesvux”, Språk: insats", "Avslut."):
        assert text in said
    assert all(step.name in said for step in full_track().steps)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_picture_of_its_own_has_a_name_and_a_language_and_asks_nothing_of_any_network(lang: Lang) -> None:
    text = render_svg(full_track(), lang)
    root = ET.fromstring(text)  # noqa: S314 - our own text
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert (root.tag, root.get("role"), root.get("lang")) == (f"{SVG}svg", "img", lang)
    assert [root.find(f"{SVG}{name}") is not None for name in ("title", "desc", "style")] == [True] * 3
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= set(ids)
    assert len(ids) == len(set(ids))
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search(r"(?<!xmlns=\")https?:|@import|@font-face|url\((?!#)|\son\w+=", text)
    assert "<script" not in text
    assert NASTY not in text


def test_the_same_track_gives_the_same_bytes_whatever_is_drawn_before() -> None:
    first = render_svg(examples()["jobbnatet"], "sv")
    render_svg(full_track(), "en")
    assert render_svg(examples()["jobbnatet"], "sv") == first


def test_no_character_that_xml_does_not_know_is_written() -> None:
    text = render_svg(full_track(name="a\x0bb\ufffec"), "sv")
    assert "a\ufffdb\ufffdc" in ET.fromstring(text).findtext(f"{SVG}title", "")  # noqa: S314 - our own text


@pytest.mark.parametrize("track", SHOWN, ids=names)
def test_a_tall_picture_is_cut_between_cards_into_columns_that_fit_a_page(track: Track) -> None:
    picture = drawn(track)
    columns_hold_everything(picture)
    count = len(picture.columns)
    page = 1040 / (718 / (count * WIDTH)) if count > 1 else 1040  # an A4 page at 96 dots an inch, in the picture's units
    assert all(column.height <= max(page, 1040) for column in picture.columns)
    assert all(abs(column.top) >= 0 for column in picture.columns)


def columns_hold_everything(picture: Drawing) -> None:
    assert picture.columns[0].top == 0
    assert picture.columns[-1].bottom == picture.height
    edges = [column.top for column in picture.columns[1:]]
    assert edges == [column.bottom for column in picture.columns[:-1]]
    assert not [(edge, box.card.key) for edge in edges for box in picture.boxes if box.y < edge < box.bottom]


def test_thirty_steps_can_still_be_read_on_one_page() -> None:
    count = len(drawn(long_track(30)).columns)
    assert 13 * 718 / (count * (WIDTH + 16)) >= 8.5  # the least letters on paper, in dots of 96 an inch: about 6.5 points


def test_columns_are_as_even_as_the_cuts_allow() -> None:
    assert [(one.top, one.bottom) for one in divide_into_columns(1900, [400, 900, 1000, 1500])] == [(0, 1000), (1000, 1900)]
    assert [(one.top, one.bottom) for one in divide_into_columns(900, [300, 600])] == [(0, 900)]
    assert [(one.top, one.bottom) for one in divide_into_columns(5000, [])] == [(0, 5000)]


def test_no_two_lines_of_the_chain_share_a_lane_at_the_same_height() -> None:
    found = route_chain([[1, 2, 3], [4], [4], [5], [5], []])
    for one, other in combinations(found.edges, 2):
        assert one.lane != other.lane or one.end <= other.start or other.end <= one.start or one.end == other.end == found.edges[-1].end
    assert found.lanes[0] == found.lanes[1] == found.lanes[4] == found.lanes[5] == 0


def test_spans_that_touch_lie_in_lanes_of_their_own() -> None:
    assert assign_lanes([(0, 3), (3, 4), (5, 6), (1, 9)]) == (0, 1, 0, 2)


def test_long_words_are_divided_to_fit() -> None:
    assert wrap("Kompetenskartläggning och mer", 100, 13) == ("Kompetensk-", "artläggning", "och mer")
    assert wrap("arbetsmarknads-utbildning", 150, 13) == ("arbetsmarknads-", "utbildning")
    assert all(text_width(line, 13) <= 100 for line in wrap("Kompetenskartläggning och " + "w" * 80, 100, 13))
    assert wrap("12\u00a0veckor och\n3\u00a0dagar", 95, 13) == ("12\u00a0veckor", "och 3\u00a0dagar")


def test_a_length_of_one_is_said_as_one() -> None:
    track = full_track(steps=(replace(full_track().steps[0], places=1, length=weeks(1)),))
    assert "1 plats" in card(track, "karta").lines
