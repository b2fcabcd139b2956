from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tracks.documents.devtools import CHROMIUM, Browser
from tests.tracks.documents.samples import AS_OF, full_track, material, people
from tracks.documents.handbook import handbook
from tracks.documents.page import Source
from tracks.documents.report import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.vocabulary import Lang

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"REQUIRE_BROWSER=1, but there is no {CHROMIUM}")
        pytest.skip(f"there is no {CHROMIUM}")
    one = Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    track = full_track()
    langs: tuple[Lang, ...] = ("sv", "en")
    for lang in langs:
        (folder / f"handbook-{lang}.html").write_text(handbook(track, lang, Source(AS_OF, virtual=True)), "utf-8")
        (folder / f"report-{lang}.html").write_text(report(track, material(people(track, 120)), lang), "utf-8")
    return folder


@pytest.mark.parametrize("width", [1280, 360, 320])
@pytest.mark.parametrize("name", ["handbook-sv", "handbook-en", "report-sv", "report-en"])
def test_a_page_fits_its_window_and_nothing_is_complained_of_or_fetched(browser: Browser, pages: Path, name: str, width: int) -> None:
    browser.requests.clear()
    browser.complaints.clear()
    browser.open(pages / f"{name}.html", width)
    assert browser.ask("document.documentElement.scrollWidth") <= width
    assert browser.ask("document.querySelectorAll('h1').length") == 1
    assert browser.ask("getComputedStyle(document.querySelector('h2')).borderTopWidth") == "3px"
    assert browser.complaints == []
    assert browser.requests == [(pages / f"{name}.html").as_uri()]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["handbook-sv", "report-sv"])
def test_a_page_can_be_looked_at(browser: Browser, pages: Path, tmp_path: Path, name: str, width: int) -> None:
    browser.open(pages / f"{name}.html", width)
    picture = tmp_path / f"{name}-{width}.png"
    browser.shoot(picture)
    assert struct.unpack(">I", picture.read_bytes()[16:20]) == (width,)


def test_no_text_of_a_drawing_stands_outside_its_box(browser: Browser, pages: Path) -> None:
    browser.open(pages / "handbook-sv.html", 360)
    outside = """[...document.querySelectorAll('svg.chain text')].filter(text => {
      const {left, right} = text.getBoundingClientRect();
      const boxes = [...document.querySelectorAll('svg.chain rect')].map(rect => rect.getBoundingClientRect());
      return !boxes.some(box => box.left <= left && right <= box.right);
    }).map(text => text.textContent).join('; ')"""
    assert browser.ask(outside) == ""
