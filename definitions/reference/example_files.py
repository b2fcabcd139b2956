"""The examples that explanations show, read from the YAML files in `examples/`; each file only when something in it is asked for.

All of them are in Swedish words; `translate` turns them into the reader's. What is written around them stands in the catalogue,
under `JS….why` and `key.…`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent / "examples"
# The files of codes, each named after what its codes begin with.
_CODE_FILES: Final = ("JS0", "JS1", "JS2", "JS3")
# The tables of words whose examples are whole sentences of a track's own tests.
_SENTENCES: Final = frozenset({"said", "expected", "detail"})
_LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class FindingExample(NamedTuple):
    """A text that has a fault and the same text without it; `outside` where the fault is not in the text but in its file."""

    bad: str
    good: str
    outside: bool = False


class KeyExample(NamedTuple):
    """A value that a key may have, and the one that it has where it is left out; empty where there is none."""

    example: str
    default: str = ""


class WordExample(NamedTuple):
    """A line of YAML with `…` where the word stands, and the section of a track that the line belongs to."""

    section: str
    text: str


@cache
def _load(name: str) -> dict[str, Any]:
    # libyaml reads a file of examples in a few milliseconds, which is why `explain` can afford YAML at all.
    loaded: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
    return loaded


def finding_codes() -> tuple[str, ...]:
    """The codes of all findings, in order."""
    return tuple(sorted(code for first in _CODE_FILES for code in _load(f"{first}xx")))


def is_code(name: str) -> bool:
    """Whether a name is the code of a finding."""
    return name[:3] in _CODE_FILES and name in _load(f"{name[:3]}xx")


def finding_example(code: str) -> FindingExample:
    """The example of a code."""
    written = _load(f"{code[:3]}xx")[code]
    return FindingExample(_text(written["bad"]), _text(written["good"]), written.get("outside", False))


def _text(written: str | Mapping[str, Any]) -> str:
    """A text as it stands, or one too long to write out."""
    return written if isinstance(written, str) else written["begin"] + written["filler"] * written["times"]


def key_examples() -> dict[str, KeyExample]:
    """The example of every key, by `section.key`."""
    return {f"{section}.{key}": KeyExample(**written) for section, keys in _load("keys").items() for key, written in keys.items()}


def key_example(section: str, key: str) -> KeyExample:
    """The example of a key."""
    return KeyExample(**_load("keys")[section][key])


def word_examples() -> dict[str, WordExample]:
    """The examples of words, by table, or by `table.word` where a word has one of its own."""
    return {name: WordExample(*written) for file in ("words", "sentences") for name, written in _load(file).items()}


def word_example(table: str, code: str) -> WordExample:
    """The example of a word: its own, else that of its table."""
    written = _load("sentences" if table in _SENTENCES else "words")
    own = f"{table}.{code}"
    return WordExample(*written[own if own in written else table])


def manual_track() -> str:
    """The whole track that the manual shows."""
    return (FOLDER / "manual.yaml").read_text(encoding="utf-8")
