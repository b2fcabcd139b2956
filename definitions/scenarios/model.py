"""A track's own tests as frozen values: cases with people, what is said on which day, and what is expected to follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from definitions.checks.violation import Violation, find_whole, locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from definitions.checks.violation import Path
    from definitions.model.track import Track
    from definitions.model.vocabulary import Lang
    from definitions.source.diagnostics import Span
    from definitions.source.nodes import Map


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is said or expected.

    `people` are all whom it is about; `on` is the day that it is about, where that is not the day it is said. `data` holds what follows
    the phrase, by the form of each word (`reason`, `result`, `count` and `unit` of a length …). Where it stands and how it is written
    is no part of what it means.
    """

    kind: str
    people: tuple[str, ...] = ()
    step: str = ""
    start: str = ""
    employer: str = ""
    on: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False
    inner: Sentence | None = None
    text: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ScriptPerson:
    """Somebody in a case, as referred; the name is also the reference, and empty where the case has one person only."""

    name: str
    referred: date
    track: str
    channel: str = "caseworker"
    facts: Mapping[str, Any] = field(default_factory=dict)
    born: str | None = None
    selected: str | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A sentence with its day; None where something is never to happen."""

    day: date | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """One case: `statements` in order of days, `expectations` as written; `groups` are people who are alike, by their common name."""

    name: str
    people: tuple[ScriptPerson, ...]
    groups: Mapping[str, tuple[str, ...]]
    statements: tuple[ScriptLine, ...]
    expectations: tuple[ScriptLine, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class TrackSource:
    """A track with the places in its files: its own file first, then that of the track which it is based on."""

    track: Track
    roots: tuple[Map, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def place(self, *at: Path) -> Span | None:
        """Find where the first of some paths of keys and ids is written.

        Where none is, the place as far along the first path as the file goes.
        """
        for path in at:
            for root in self.roots:
                if (span := find_whole(root, Violation("", path))) is not None:
                    return span
        top = (self.place(("track",)) if at != (("track",),) else None) if self.roots else None
        return locate(self.roots[0], Violation("", at[0]), top or self.roots[0].span) if self.roots else None


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of tests: the track that is tested, the tracks that form one unit with it, and the cases."""

    track: str
    lang: Lang
    cases: tuple[ScenarioCase, ...]
    unit: tuple[TrackSource, ...] = field(compare=False)

    @property
    def tested(self) -> TrackSource:
        """The track that the cases are about."""
        return next(written for written in self.unit if written.track.track == self.track)

    def written(self, track: str) -> TrackSource:
        """Return a track of the unit, or the tested one where it is not in it."""
        return next((written for written in self.unit if written.track.track == track), self.tested)
