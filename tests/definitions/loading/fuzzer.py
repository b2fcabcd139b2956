"""What might be written into a track's file, and what holds of reading it whatever that is.

    python tests/definitions/loading/fuzzer.py [--minutes N] [--seed N]

looks for a file that breaks it, with other examples in every round, and shows the smallest that does; `make fuzz` does so.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[3]))

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from definitions.loading.loader import Loaded, load_text
from definitions.model.serialization import restore
from definitions.model.track import Track
from definitions.model.vocabulary import KEYS, SECTIONS
from definitions.reporting.formats import FORMATS, has_errors
from definitions.reporting.text import Look, render_text
from definitions.source.diagnostics import MAX_FINDINGS
from definitions.source.reader import decode, normalize_line_ends, read_text
from definitions.source.sanitizer import SUSPECT
from definitions.source.yaml_fault import find_faults
from tests.benchmarks.made_tracks import track as made_track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[3]
# What only a text that is not YAML is told.
BREAKS: Final = frozenset({
    "JS012", "JS013", "JS014", "JS023", "JS024", "JS025", "JS074", "JS075", "JS076", "JS077", "JS079", "JS080", "JS081", "JS086",
})  # fmt: skip
SECONDS: Final = 2
# Far above what a file of a few thousand characters takes, whatever the search itself keeps.
MEMORY: Final = 1_000_000_000
SIGNS: Final = "[]{}:,-#\"'|>&*!%@`?= \t\n()<>"
ODD: Final = (
    "\u200b", "\u202e", "\u00a0", "\u2028", "\ufeff", "\0", "\x1b", "\u030a", "\u0430", "\uff1a", "\U0001f642", "Ã¥", "“", "–", "\r",
    "\x85",
)  # fmt: skip
WORDS: Final = sorted({
    *KEYS, *KEYS.values(), "ja/nej", "2 veckor", "2v", "slut på a", "inte a", "löpande", "70 %", "70%", "kolada", "a", "klar", "- ",
    ": ", "körkort", "svenska >= B", "==", "&&", "=>", "2026-9-1", "1 sept", "no", "12:30", "0123", "<<", "*a", "&a", "!!x", "---",
    "...", "|", ">-", "~", "5", "utfall = arbete",
})  # fmt: skip
VALUES: Final = st.recursive(
    st.sampled_from([*WORDS, "", "2026-01-01", "9" * 50, *ODD]),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)),
    max_leaves=20,
)
TOPS: Final = st.dictionaries(st.sampled_from([key for name in SECTIONS["track"] for key in (name, KEYS[name])]), VALUES, max_size=8)


@cache
def tracks() -> tuple[str, ...]:
    """Tracks that are right: those of the examples, and some that are made."""
    examples = [file.read_text("utf-8") for file in sorted((ROOT / "examples").rglob("*.yaml")) if ".test." not in file.name]
    return (*examples, *(made_track(Random(number), number, 4 + number) for number in range(6)))


@st.composite
def edited(draw: Callable[..., Any], edits: int = 1) -> str:
    """A track that is right but for so many edits."""
    lines = draw(st.sampled_from(tracks())).split("\n")
    for _ in range(draw(st.integers(1, edits))):
        lines = draw(st.sampled_from(EDITS))(draw, lines)
    return "\n".join(lines)


def _line(draw: Callable[..., Any], lines: list[str]) -> tuple[int, str]:
    number = draw(st.integers(0, len(lines) - 1))
    return number, lines[number]


def _with(lines: list[str], number: int, *new: str) -> list[str]:
    return [*lines[:number], *new, *lines[number + 1 :]]


def _removed(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    return _with(lines, _line(draw, lines)[0]) or [""]


def _doubled(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    return _with(lines, number, line, line)


def _moved(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    rest = _with(lines, number) or [""]
    at = draw(st.integers(0, len(rest)))
    return [*rest[:at], line, *rest[at:]]


def _indented(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    bare = line.lstrip(" ")
    return _with(lines, number, draw(st.sampled_from(["", " ", "  ", "   ", "    ", "\t", " \t", "\u00a0", "      "])) + bare)


def _respelt(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    words = line.split(" ")
    at = draw(st.integers(0, len(words) - 1))
    return _with(lines, number, " ".join([*words[:at], draw(st.one_of(st.sampled_from(WORDS), st.text(max_size=8))), *words[at + 1 :]]))


def _cut(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    at = draw(st.integers(0, len(line)))
    return _with(lines, number, line[:at] + line[at + draw(st.integers(1, 12)) :])


def _put(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    at = draw(st.integers(0, len(line)))
    new = draw(st.one_of(st.sampled_from([*SIGNS, *ODD, *WORDS]), st.text(max_size=4)))
    return _with(lines, number, *(line[:at] + new + line[at:]).split("\n"))


def _joined(draw: Callable[..., Any], lines: list[str]) -> list[str]:
    number, line = _line(draw, lines)
    below = lines[number + 1 : number + 2]
    return [*lines[:number], line + " ".join(["", *(one.lstrip() for one in below)]), *lines[number + 2 :]]


EDITS: Final = (_removed, _doubled, _moved, _indented, _respelt, _cut, _put, _joined)


def flow(value: object) -> str:
    """A value as it stands within brackets."""
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    return f"'{value}'" if set(str(value)) & set("[]{}:,*!<\u202e") else str(value)


def sound(loaded: Loaded) -> None:
    """A track or findings, each within the text, said in both languages and in every form."""
    assert (loaded.track is None and loaded.indicator is None) == has_errors([loaded])
    assert len(loaded.diagnostics) <= 2 * MAX_FINDINGS
    if loaded.track is not None:
        assert restore(Track, loaded.track.meaning()) == replace(loaded.track, key_language="sv")
    lines = loaded.text.split("\n")
    for found in loaded.diagnostics:
        for span in (found.span, *found.related):
            assert 1 <= span.line <= len(lines), found
            width = len(lines[span.line - 1])
            assert 1 <= span.col <= width + 1, found
            assert span.col <= span.end_col <= max(width + 1, span.col + 1), found
        assert all(found.message(lang) and found.hint(lang) for lang in ("sv", "en"))
    assert all(render([loaded], "sv") for name, render in FORMATS.items() if name != "github" or loaded.diagnostics)
    assert all(sign.isprintable() or sign == "\n" for sign in render_text([loaded], "en", Look(40)))


def reading(written: str) -> Loaded:
    """A text read; what came of it is sound, the same each time, and the same with the line ends of Windows."""
    loaded = load_text(written)
    sound(loaded)
    assert load_text(written).diagnostics == loaded.diagnostics
    if not {"\r", "\ufeff"} & set(written):
        assert load_text(written.replace("\n", "\r\n")).diagnostics == loaded.diagnostics
        assert load_text("\ufeff" + written).diagnostics == loaded.diagnostics
    return loaded


def both(written: str) -> None:
    """A text read, and what keeps it from being YAML told."""
    reading(written)
    broken(written)


def broken(written: str) -> None:
    """Where libyaml cannot read a text, that is told of, where it stops or before; else nothing of the kind is."""
    tidy = normalize_line_ends(written)
    # Odd characters are taken out before.
    if SUSPECT.search(tidy):
        return
    try:
        error = _error(tidy)
    except (yaml.YAMLError, UnicodeEncodeError):
        return
    if error is None:
        assert [found for found in read_text(tidy, "x").findings if found.code in BREAKS] == []
    elif error.problem_mark is not None:
        assert find_faults(tidy, error)[0].line <= error.problem_mark.line


def _error(text: str) -> yaml.MarkedYAMLError | None:
    """Where libyaml stops, if it cannot read a text."""
    try:
        list(yaml.parse(text, yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        return error
    return None


@cache
def _searches() -> tuple[tuple[str, Any, Callable[[Any], object]], ...]:
    return (
        ("tracks with an edit", edited(), both),
        ("tracks with several edits", edited(6), both),
        ("texts", st.text(max_size=400), reading),
        ("texts of signs", st.text(st.sampled_from(list(SIGNS + "abå\n")), max_size=60), both),
        ("texts of words", st.lists(st.sampled_from([*WORDS, *SIGNS, *ODD]), max_size=60).map("".join), reading),
        ("bytes", st.binary(max_size=400), of_bytes),
        ("values under keys", TOPS.map(flow), reading),
        ("made tracks", st.integers(0, 10**9), lambda one: right(made_track(Random(one), one, 2 + one % 14))),
    )


def of_bytes(data: bytes) -> None:
    """Bytes that are text, or found not to be."""
    written, found = decode(data, "x")
    assert found or written is not None
    if written is not None:
        reading(written)


def right(written: str) -> None:
    """A track without a mistake, of which nothing is said."""
    assert reading(written).diagnostics == ()


class TooLong(Exception):
    """One file took more than two seconds of processor time."""


def stop(_signal: int, _frame: object) -> None:
    """End what takes too long. Raises TooLong."""
    raise TooLong


def timed(check: Callable[[Any], object], failing: list[Any]) -> Callable[[Any], None]:
    """A check that may take two seconds of processor time; keeps in `failing` what it failed for last, which is the smallest."""

    def limited(one: Any) -> None:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            check(one)
        except BaseException:
            failing[:] = [one]
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return limited


def rounds(first: int, failing: list[Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Searches with ever other seeds, a few hundred examples at a time."""
    number = first
    while True:
        for name, strategy, check in _searches():
            chosen = settings(
                max_examples=300, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink), print_blob=False,
            )  # fmt: skip
            search: Any = given(strategy)(timed(check, failing))  # type: ignore[no-untyped-call]  # hypothesis makes it
            wrap: Any = chosen
            seeded: Any = seed(number)
            yield f"{name} (seed {number})", seeded(wrap(search))
        number += 1


def main(minutes: float, first: int) -> int:
    """Search for so long; 0 where nothing was found."""
    signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    until, count = time.monotonic() + 60 * minutes, 0
    failing: list[Any] = []
    for name, search in rounds(first, failing):
        if time.monotonic() > until:
            break
        try:
            search()
        except BaseException:
            sys.stdout.write(f"found by: {name}\n{failing}\n")
            raise
        count += 1
        if sys.stdout.isatty():
            sys.stdout.write(f"\r{count} rounds ")
            sys.stdout.flush()
    sys.stdout.write(f"nothing found in {count} rounds\n")
    return 0


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    sys.exit(main(asked.minutes, asked.seed))
