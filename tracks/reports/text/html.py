"""The making of a page: one self-contained HTML file, everything escaped, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tracks.engine.context.compiled_track import track_hash
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang


@dataclass(frozen=True, slots=True)
class PageSource:
    """What a page was made from: the day it is as of, as known on which day, the tracks' hashes, and whether the people are made up."""

    as_of: date
    virtual: bool = False
    constructed: bool = False
    hashes: Mapping[str, str] = field(default_factory=dict)
    known: date | None = None

    def hash(self, track: Track) -> str:
        """The hash of a track's meaning as hexadecimal text: as stored, else worked out."""
        return self.hashes.get(track.track) or track_hash(track).hex()


def source_lines(first: str, tracks: Sequence[Track], source: PageSource, lang: Lang) -> list[str]:
    """List the lines at the foot of a page: which data, which day, which versions.

    Args:
        first: The first line, which names the data and the day.
        tracks: The tracks that the page is about.
        source: What it was made from.
        lang: The language of the page.

    """
    versions = [message("page.track_version", lang, track=track.track, hash=source.hash(track)[:12]) for track in tracks]
    lines = [first, f"{'; '.join(versions)}."]
    lines += [message("page.synthetic", lang)] if source.virtual else []
    return [*lines, message("r.constructed", lang)] if source.constructed else lines


def render(template: str, lang: Lang, **values: Any) -> str:
    """Render a page out of a template; a value that is missing is an error, never an empty hole.

    Args:
        template: The name of the template in `tracks/reports/templates`.
        lang: The language of the page.
        values: The values that the template wants.

    """
    css, digest = _style()
    page = _environment().get_template(template)
    return page.render(lang=lang, t=_translator(lang), day=_day_formatter(lang), css=css, style_hash=digest, **values)


def _translator(lang: Lang) -> Any:
    return lambda key, **values: message(key, lang, **values)


def _day_formatter(lang: Lang) -> Any:
    return lambda when: phrasing.day(when, lang)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # What a track or a person wrote is text and never markup, so everything is escaped.
    return Environment(loader=_loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=1)
def _loader() -> PackageLoader:
    return PackageLoader("tracks.reports", "templates")


@lru_cache(maxsize=4)
def style_sheet(name: str) -> Markup:
    """Load a style sheet out of `tracks/reports/templates`."""
    css = _loader().get_source(_environment(), name)[0].strip()
    return Markup(css)  # noqa: S704 - our own file, without input


@lru_cache(maxsize=1)
def _style() -> tuple[Markup, str]:
    """The style sheet of a page, and its hash: the page allows this one sheet and nothing else."""
    # The page's content security policy names the sheet by this hash: no style from elsewhere is applied.
    css = style_sheet("page.css") + "\n" + style_sheet("picture.css")
    return css, b64encode(sha256(css.encode()).digest()).decode()
