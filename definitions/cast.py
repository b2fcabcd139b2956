"""What the sentences of a case may name, the words they are made of, and what can be wrong in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from definitions import vocabulary as v
from definitions.phrases import NOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.model import Step, Track

TOKEN: Final = re.compile(r"(?P<name>[^\s,=]+)\s*=\s*(?P<value>\"[^\"]*\"|[^\s,=]+)|[^\s,]+")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST: Final = 400


class Token(NamedTuple):
    """One word with its place in the text; `name` and `value` where it is `name=value`."""

    text: str
    at: int
    name: str = ""
    value: str = ""

    @property
    def negates(self) -> bool:
        """Whether it is `not`."""
        return v.code(self.text, NOT) is not None


def tokens(text: str) -> list[Token]:
    """The words of a sentence; commas part them as blanks do."""
    return [Token(m[0], m.start(), m["name"] or "", (m["value"] or "").strip('"')) for m in TOKEN.finditer(text[:LONGEST])]


class Wrong(Exception):
    """What is wrong in a sentence: the code of the finding, the place in the text, and the values of its message."""

    def __init__(self, code: str, token: Token, **values: str) -> None:
        super().__init__(code)
        self.code, self.token, self.values = code, token, values


@dataclass(frozen=True, slots=True)
class Cast:
    """What a sentence may name: the tracks of the unit, the tested one first, and the people, groups among them, by name."""

    tracks: tuple[Track, ...]
    people: Mapping[str, tuple[str, ...]]
    lang: v.Lang

    def steps(self, name: str) -> list[Step]:
        """The steps of this id."""
        return [step for track in self.tracks for step in track.steps if step.id == name]

    @property
    def step_ids(self) -> list[str]:
        """The ids of all steps."""
        return list(dict.fromkeys(step.id for track in self.tracks for step in track.steps))

    @property
    def everybody(self) -> tuple[str, ...]:
        """All people, each once."""
        return tuple(dict.fromkeys(name for names in self.people.values() for name in names))
