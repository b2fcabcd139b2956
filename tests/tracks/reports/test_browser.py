"""Pages and pictures as a person meets them: on a telephone, on a large screen, on paper, and by ear."""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tracks.reports.axe import RULES, audit
from tests.tracks.reports.devtools import CHROMIUM, Browser
from tests.tracks.reports.drawn import examples, long_track
from tests.tracks.reports.samples import AS_OF, full_track, material, people
from tracks.reports.diagram.svg import render_svg
from tracks.reports.pages.handbook import render_handbook
from tracks.reports.pages.report import render_programme_report, render_report
from tracks.reports.text.html import PageSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.vocabulary import Lang

pytestmark = pytest.mark.browser

PAGES = ["handbook-sv", "handbook-en", "report-sv", "report-en", "report-few", "report-nobody", "programme"]
AUDITED = [
    *((name, 360) for name in ("handbook-sv.html", "report-sv.html", "report-few.html", "programme.html", "full.svg", "long.svg")),
    *((name, 1280) for name in ("handbook-sv.html", "report-sv.html", "full.svg")),
]
PICTURES = ["full", "long", "jobbnatet", "jobbtorg-stockholm"]
# The least letters that a person can be asked to read, in dots of 96 an inch: on a telephone, and on paper (6.5 points).
ON_SCREEN, ON_PAPER = 11, 8.6
PAPER = 718  # an A4 page less the margins that Chromium gives it

LETTERS = """Math.min(...[...document.querySelectorAll('svg.picture:not([aria-hidden]) text')].map(text =>
  parseFloat(getComputedStyle(text).fontSize) * SCALE))"""
SCALE_OF_ALL = "text.getScreenCTM().a"
SCALE_OF_COLUMNS = "document.querySelector(COLUMNS).getScreenCTM().a"
# Whether the picture stands as one, and whether it stands in columns.
SHOWN = """(() => {
  const [whole, columns] = document.documentElement.tagName === 'svg'
    ? ['svg.whole', 'svg.columns'] : ['svg.picture:not([aria-hidden])', 'svg.picture[aria-hidden]'];
  const seen = selector => { const one = document.querySelector(selector), style = getComputedStyle(one);
    return style.display !== 'none' && style.visibility === 'visible' && one.getBoundingClientRect().width > 0; };
  return [seen(whole), seen(columns)]; })()"""
OUTSIDE = """[...document.querySelectorAll('svg.picture g g > text')].filter(text => {
  const card = text.parentNode.querySelector('rect');
  if (!card) return false;
  const [it, box] = [text.getBBox(), card.getBBox()];
  return it.x < box.x || it.x + it.width > box.x + box.width || it.y < box.y || it.y + it.height > box.y + box.height;
}).map(text => text.textContent).join('; ')"""
# Every text of a picture against what it stands on: the smallest shape that it lies in, else the paper.
FAINT = """(() => {
  const light = colour => { const [r, g, b] = colour.match(/\\d+/g).map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const shapes = [...document.querySelectorAll('rect.p-card, circle')];
  const ground = text => { const it = text.getBBox();
    const x = it.x + it.width / 2, y = it.y + it.height / 2;
    const found = shapes.map(shape => [shape.getBBox(), shape]).filter(([box]) =>
      box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height)
      .sort(([one], [other]) => one.width * one.height - other.width * other.height);
    return found.length ? getComputedStyle(found[0][1]).fill : 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('svg.picture:not([aria-hidden]) text')].map(text => {
    const [low, high] = [light(getComputedStyle(text).fill), light(ground(text))].sort((a, b) => a - b);
    return [text.textContent, (high + 0.05) / (low + 0.05)]; }).filter(([, ratio]) => ratio < 4.5); })()"""


def missing(what: str) -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but there is no {what}")
    pytest.skip(f"there is no {what}")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        missing(CHROMIUM)
    one = Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each page and picture by its name."""
    folder = tmp_path_factory.mktemp("pages")
    track, other = full_track(), full_track(track="vård", name="Vård")
    langs: tuple[Lang, ...] = ("sv", "en")
    for lang in langs:
        (folder / f"handbook-{lang}.html").write_text(render_handbook(track, lang, PageSource(AS_OF, virtual=True)), "utf-8")
        (folder / f"report-{lang}.html").write_text(render_report(track, material(people(track, 120)), lang), "utf-8")
    (folder / "report-few.html").write_text(render_report(track, material(people(track, 12)), "sv"), "utf-8")
    (folder / "report-nobody.html").write_text(render_report(track, material([]), "sv"), "utf-8")
    both = material([*people(track, 80), *people(other, 60, "q")])
    (folder / "programme.html").write_text(render_programme_report("Norrort", [track, other], both, "sv"), "utf-8")
    shown = {"full": track, "long": long_track(), **examples()}
    for name in PICTURES:
        (folder / f"{name}.svg").write_text(render_svg(shown[name], "sv"), "utf-8")
        (folder / f"inline-{name}.html").write_text(render_handbook(shown[name], "sv", PageSource(AS_OF)), "utf-8")
    return folder


@pytest.mark.parametrize("width", [1280, 360, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_nothing_is_complained_of_or_fetched(browser: Browser, pages: Path, name: str, width: int) -> None:
    browser.open(pages / f"{name}.html", width)
    assert browser.ask("document.documentElement.scrollWidth") <= width
    assert browser.ask("document.querySelectorAll('h1').length") == 1
    assert browser.ask("getComputedStyle(document.querySelector('h2')).borderTopWidth") == "3px"
    assert (browser.complaints, browser.refused) == ([], [])
    assert browser.requests == [(pages / f"{name}.html").as_uri()]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["handbook-sv", "report-sv"])
def test_a_page_can_be_looked_at(browser: Browser, pages: Path, tmp_path: Path, name: str, width: int) -> None:
    browser.open(pages / f"{name}.html", width)
    picture = tmp_path / f"{name}-{width}.png"
    browser.shoot(picture)
    assert struct.unpack(">I", picture.read_bytes()[16:20]) == (width,)


@pytest.mark.parametrize(("name", "width"), AUDITED)
def test_axe_finds_nothing_to_object_to(browser: Browser, pages: Path, name: str, width: int) -> None:
    if not RULES.exists():
        missing(str(RULES))
    browser.open(pages / name, width)
    found = audit(browser)
    assert found["broken"] == []
    wanted = {"svg-img-alt", "aria-valid-attr-value"} if name.endswith(".svg") else {"color-contrast", "document-title", "region"}
    assert wanted <= set(found["kept"])
    assert (browser.requests, browser.refused) == ([(pages / name).as_uri()], [])


@pytest.mark.parametrize("name", [f"{kind}.{end}" for kind in PICTURES for end in ("svg", "html")])
def test_a_picture_can_be_read_in_a_narrow_window(browser: Browser, pages: Path, name: str) -> None:
    browser.open(pages / (name if name.endswith("svg") else f"inline-{name}"), 360)
    assert browser.ask(SHOWN) == [True, False]
    assert browser.ask(LETTERS.replace("SCALE", SCALE_OF_ALL)) >= ON_SCREEN
    assert browser.ask("document.documentElement.getBoundingClientRect().width") <= 360
    assert browser.ask(OUTSIDE) == ""
    assert browser.ask(FAINT) == []
    assert (browser.complaints, browser.refused) == ([], [])


@pytest.mark.parametrize("name", [f"{kind}.{end}" for kind in PICTURES for end in ("svg", "html")])
def test_a_picture_is_in_columns_on_paper_and_can_be_read_there(browser: Browser, pages: Path, name: str) -> None:
    page = pages / (name if name.endswith("svg") else f"inline-{name}")
    browser.open(page, PAPER)
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert browser.ask(SHOWN) == [False, True]
    columns = "svg.columns" if name.endswith("svg") else "svg.picture[aria-hidden]"
    assert browser.ask(LETTERS.replace("SCALE", SCALE_OF_COLUMNS).replace("COLUMNS", f"'{columns} svg'")) >= ON_PAPER
    browser.call("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("name", [f"{kind}.{end}" for kind in PICTURES for end in ("svg", "html")])
def test_a_picture_is_in_columns_in_a_wide_window(browser: Browser, pages: Path, name: str) -> None:
    browser.open(pages / (name if name.endswith("svg") else f"inline-{name}"), 1280)
    assert browser.ask(SHOWN) == [False, True]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_prints_on_one_page(browser: Browser, pages: Path, name: str) -> None:
    browser.open(pages / f"{name}.svg", 1280)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", browser.print())) == 1


def test_a_page_follows_the_dark_theme_of_the_reader_and_a_picture_that_stands_alone_keeps_its_light_ground(
    browser: Browser, pages: Path
) -> None:
    for name, ground in (
        ("full.svg", "rgb(255, 255, 255)"),
        ("handbook-sv.html", "rgb(20, 25, 31)"),
        ("report-sv.html", "rgb(20, 25, 31)"),
    ):
        browser.open(pages / name, 360)
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        assert browser.ask("getComputedStyle(document.documentElement).backgroundColor") == ground
        browser.call("Emulation.setEmulatedMedia", features=[])


def test_what_is_not_a_file_is_never_let_through(browser: Browser, pages: Path, tmp_path: Path) -> None:
    page = tmp_path / "outside.html"
    page.write_text('<img src="http://example.invalid/a.png">', "utf-8")
    browser.open(page, 360)
    assert browser.refused == ["http://example.invalid/a.png"]
