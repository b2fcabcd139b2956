"""Tells which file is what: a text parsed as YAML, with the id and the kind that its top says."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from definitions.model import vocabulary as v
from definitions.model.values import ID
from definitions.source.nodes import List, Map, Node, Scalar
from definitions.source.reader import mask_numbers, normalize_line_ends, read_path, read_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from definitions.source.diagnostics import Diagnostic
    from definitions.source.nodes import Lost

SUFFIXES: Final = (".yaml", ".yml")
Name: TypeAlias = tuple[bool, str]
_IS_ID: Final = re.compile(ID).fullmatch
TESTS: Final = tuple(f".test{suffix}" for suffix in SUFFIXES)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file parsed as YAML, its meaning not yet read.

    `text` has one kind of line end; `tops` are the values at the top, by the English name of their key; `lost` are the parts that could
    not be read as they were meant.
    """

    path: str
    text: str
    root: Map | None
    findings: tuple[Diagnostic, ...]
    lang: v.Lang
    tops: Mapping[str, Node]
    lost: tuple[Lost, ...] = ()

    def top(self, key: str) -> Node | None:
        """The value of a key at the top, by its English name."""
        return self.tops.get(key)

    def word(self, key: str) -> str | None:
        """The text of a key at the top."""
        value = self.top(key)
        return value.text if isinstance(value, Scalar) else None

    @property
    def is_indicator(self) -> bool:
        """Whether the file holds a ready measure and not a track."""
        return self.top("indicator") is not None and self.top("track") is None

    @property
    def is_suite(self) -> bool:
        """Whether the file holds a track's own tests and no track: its name or its first key says so."""
        return self.path.endswith(TESTS) or (self.top("test") is not None and self.top("track") is None)

    @property
    def is_track(self) -> bool:
        """Whether the file holds a track, perhaps without its id."""
        return not self.is_suite and any(self.top(key) is not None for key in ("track", "steps", "based_on", "target_group"))

    @property
    def name(self) -> Name | None:
        """Whether the file holds a ready measure, and its id; None for a file without an id, and for tests."""
        name = None if self.is_suite else self.word("indicator" if self.is_indicator else "track")
        return None if name is None else (self.is_indicator, name)

    def names_others(self, shipped: Container[str]) -> bool:
        """Whether what is wrong with the file may depend on other files."""
        if self.is_suite or self.top("based_on") is not None or any(name not in shipped for name in self.indicators()):
            return True
        transfers = self.top("transfers")
        ways = [way for _, way in transfers.pairs if isinstance(way, Map)] if isinstance(transfers, Map) else []
        return any(
            isinstance(to, Scalar) and _IS_ID(to.text.strip()) for way in ways for key, to in way.pairs if v.english_key(key.text) == "to"
        )

    def indicators(self) -> frozenset[str]:
        """The ids of the ready measures that the goals ask for."""
        goals = self.top("goals")
        nodes = goals.items if isinstance(goals, List) else []
        pairs = [pair for node in nodes if isinstance(node, Map) for pair in node]
        return frozenset(n.text for key, n in pairs if v.english_key(key.text) == "indicator" and isinstance(n, Scalar))


def parse_text(text: str, path: str, lang: v.Lang, before: tuple[Diagnostic, ...] = ()) -> ParsedFile:
    """Parse a text as YAML.

    Args:
        text: The text, with any kind of line end.
        path: The path that its findings show.
        lang: The author's language, where the text itself does not tell.
        before: What was found already, when the file was decoded.

    Returns:
        The file; without a root where the text is no mapping or too broken to be read.

    """
    tidy, numbers = mask_numbers(normalize_line_ends(text), path)
    root, found, lost = read_text(tidy, path)
    findings = (*before, *numbers, *found)
    if root is None:
        return ParsedFile(path, tidy, None, findings, lang, {})
    # Where a key stands in both languages, the first counts.
    tops = {name: value for written, value in reversed(root.pairs) if (name := v.english_key(written.text)) is not None}
    return ParsedFile(path, tidy, root, findings, author_language(root, lang), tops, lost)


def parse_file(path: Path) -> ParsedFile:
    """Decode and parse a file; one that cannot be opened or decoded has no root and says so in its findings."""
    text, findings = read_path(path)
    return parse_text(text, str(path), "sv", findings) if text is not None else ParsedFile(str(path), "", None, findings, "sv", {})


def author_language(root: Map, otherwise: v.Lang) -> v.Lang:
    """Tell the language of the key that names the track, indicator or test, else that of most keys."""
    written = [key.text for key, _ in root]
    for swedish, english in (("spår", "track"), ("indikator", "indicator"), ("prov", "test")):
        if swedish in written or english in written:
            return "sv" if swedish in written else "en"
    known = [name for name in written if v.english_key(name)]
    # A key that is spelt alike in both languages, such as `status`, counts as English.
    swedish_keys = sum(name not in v.KEYS for name in known)
    return otherwise if not known else "sv" if 2 * swedish_keys >= len(known) else "en"


def files_of(paths: Iterable[Path], *, tests: bool = False) -> Iterator[Path]:
    """List the files given and those in the folders given, each once; tests in folders only where they are asked for."""
    seen: set[str] = set()
    real_folder = cache(os.path.realpath)  # asked for each file in it
    for path in paths:
        for file in sorted(_inside(path, tests=tests)) if path.is_dir() else [path]:
            real = os.path.realpath(file) if file.is_symlink() else f"{real_folder(file.parent)}/{file.name}"
            if real not in seen:
                seen.add(real)
                yield file


def _inside(folder: Path, *, tests: bool) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        # Hidden folders hold what tools keep, such as old copies of the same files.
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if is_definition(name) or (tests and is_test(name)))


def is_definition(name: str) -> bool:
    """Whether a file in a folder is taken for a track or an indicator."""
    return name.endswith(SUFFIXES) and not name.endswith(TESTS) and not name.startswith(".")


def is_test(name: str) -> bool:
    """Whether a file in a folder is taken for a track's own tests."""
    return name.endswith(TESTS) and not name.startswith(".")
