"""What the sentences of a case may name, the words that they are made of, and what can be wrong in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions.model import vocabulary as v
from definitions.model.track import Step
from definitions.model.values import Length
from definitions.scenarios.phrases import NOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.track import Track
    from definitions.scenarios.model import Sentence

TOKEN: Final = re.compile(r"(?P<name>[^\s,=]+)\s*=\s*(?P<value>\"[^\"]*\"|[^\s,=]+)|[^\s,]+")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No sentence needs more; what is beyond is not looked at, so that a huge text costs nothing.
LONGEST: Final = 400


class SentenceToken(NamedTuple):
    """One word with its place in the text; `name` and `value` where it is `name=value`."""

    text: str
    at: int
    name: str = ""
    value: str = ""

    @property
    def negates(self) -> bool:
        """Whether it is the word `not`."""
        return v.code(self.text, NOT) is not None


def tokens(text: str) -> list[SentenceToken]:
    """Split a sentence into its words; commas separate them as blanks do."""
    return [SentenceToken(m[0], m.start(), m["name"] or "", (m["value"] or "").strip('"')) for m in TOKEN.finditer(text[:LONGEST])]


class SentenceError(Exception):
    """What is wrong in a sentence: the code of the finding, the word, and the values of its message."""

    def __init__(self, code: str, token: SentenceToken, **values: str) -> None:
        super().__init__(code)
        self.code, self.token, self.values = code, token, values


@dataclass(frozen=True, slots=True)
class Cast:
    """What a sentence may name: the tracks of the unit, the tested one first, and the people and groups among them, by name."""

    tracks: tuple[Track, ...]
    people: Mapping[str, tuple[str, ...]]
    lang: v.Lang
    added: tuple[Step, ...] = ()

    @property
    def all_steps(self) -> list[Step]:
        """The steps of the tracks, and those that somebody got besides."""
        return [*(step for track in self.tracks for step in track.steps), *self.added]

    def steps(self, name: str) -> list[Step]:
        """The steps of this id."""
        return [step for step in self.all_steps if step.id == name]

    @property
    def step_ids(self) -> list[str]:
        """The ids of all steps."""
        return list(dict.fromkeys(step.id for step in self.all_steps))

    def after(self, sentence: Sentence) -> Cast:
        """Return the cast after a sentence: a step that somebody got of her own can be named from then on."""
        if sentence.kind != "added":
            return self
        first = next(iter(self.steps(sentence.step)), None)
        again = replace(first, id=next(name for name in _again(sentence.step) if name not in self.step_ids)) if first else None
        return replace(self, added=(*self.added, again or new_step(sentence)))

    @property
    def everybody(self) -> tuple[str, ...]:
        """All people, each once."""
        return tuple(dict.fromkeys(name for names in self.people.values() for name in names))


def _again(step: str) -> Iterator[str]:
    """Yield what a step is called when it is done once more, and yet once more."""
    return (f"{step}-{number}" for number in count(2))


def new_step(sentence: Sentence) -> Step:
    """Build the step that a sentence adds."""
    said = sentence.data
    length = Length(said["count"], said["unit"]) if "count" in said else None
    after = (said["after"],) if "after" in said else None
    return Step(said["new"], said.get("type", "insats"), said.get("name", said["new"]), length=length, after=after)
