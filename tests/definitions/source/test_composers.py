"""What libyaml composes at once is what is read event by event, and nothing that could hurt is given to it."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from definitions.source import fast_composer as module
from definitions.source.fast_composer import DEEPEST, MOST_MARKS, MOST_TEXT, ORDINARY, compose
from definitions.source.nodes import List, Node, Scalar, SourceText
from definitions.source.reader import decode, normalize_line_ends
from definitions.source.strict_composer import Composer
from tests.benchmarks.made_tracks import track

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "examples").rglob("*.yaml")), *sorted((ROOT / "tests/definitions/loading/broken").rglob("*.yaml"))]
# Each has a node of its own kind; put side by side at random they make most of what YAML can say.
PIECES = (
    "a: b\n", "- c\n", "  ", "\n", "[", "]", "{", "}", ", ", ": ", "? ", "- ", "å", '"x"', "'y'", '"\\u0041\\n"', '"a\\u030a"', "|\n",
    ">-\n", "# k\n", "&a ", "*a", "!t ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "~", "2026-01-01", "a != b", "A: 1\n", "“", "\t",
    "a\u030a", "\u200b",
)  # fmt: skip


def told(node: Node) -> Any:
    """All that is known of a node."""
    if isinstance(node, Scalar):
        return (node.text, node.span, node.plain, node.verbatim, node.part(1, 2))
    if isinstance(node, List):
        return ("list", node.span, [told(item) for item in node.items])
    return ("map", node.span, [(told(key), told(value)) for key, value in node])


def same(text: str) -> bool:
    """Whether the text was composed at once; if so, it must be as read event by event, and nothing may be wrong with it."""
    if not ORDINARY.fullmatch(text):
        return False
    source = SourceText("x", text, tidy=True)
    at_once = compose(source)
    if at_once is None:
        return False
    slowly = Composer(source)
    root = slowly.document()
    assert root is not None
    assert slowly.findings == []
    assert told(at_once) == told(root)
    return True


def read(path: Path) -> str:
    return normalize_line_ends(decode(path.read_bytes(), "x")[0] or "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_the_same_composed_at_once_and_event_by_event(path: Path) -> None:
    assert same(read(path)) or "broken" in path.parts


@pytest.mark.parametrize("number", range(12))
def test_made_tracks_are_composed_at_once(number: int) -> None:
    assert same(track(Random(number), number, 8 + number))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=1500, deadline=None)
@example("a: {b: [c, {d: e}]}\n")
@example('a: "b\\\n  c"\n')
@example("a: |\n  b\n  c\nd: >-\n  e\n\n  f\n")
@example("a:\n- b\n- - c\n  - d: e\n    f: g\n")
@example("? a\n: b\n")
@example("a: b\nA: c\n")
@example('a: "\\u202e"\n')
@example("a: '&b'\nc: d !e\n")
@example("a: [b,&c d]\n")
@example("a: {b:&c d}\n")
@example("a: 'it''s'\n")
@example("a:\n  b\n  c\nd:\n")
@example("a: {b, c: , ? d}\n")
def test_any_pieces_of_yaml_are_the_same_composed_at_once_and_event_by_event(text: str) -> None:
    same(text)


@given(st.integers(0, 4000), st.integers(0, 30), st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
@settings(max_examples=300, deadline=None)
def test_a_track_with_one_edit_is_the_same_composed_at_once_and_event_by_event(at: int, width: int, instead: str) -> None:
    text = track(Random(1), 1, 8)
    same(normalize_line_ends(text[:at] + instead + text[at + width :]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("[" * (MOST_MARKS + 1) + "]" * (MOST_MARKS + 1), id="few brackets"),
        pytest.param("{a: " * 2000, id="braces"),
        pytest.param("- " * 5000, id="dashes"),
        pytest.param("-\t" * 5000, id="dashes and tabs"),
        pytest.param("? " * 5000, id="question marks"),
        pytest.param("".join(f"{' ' * n}a:\n" for n in range(300)), id="indentation"),
        pytest.param("a: b\n" * 40_000, id="size"),
        pytest.param('a: "b\\x00"\n', id="escape"),
        pytest.param(f"a: {'x!' * 300}\n", id="signs"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", id="tag"),
        pytest.param("a: &b [*b]\n", id="alias of itself"),
        pytest.param('{"a":!b c}\n', id="tag beside a colon"),
        pytest.param("--- !a\nb: c\n", id="tag of the document"),
    ],
)
def test_what_could_hurt_is_never_given_to_libyaml(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    given_texts: list[str] = []
    monkeypatch.setattr(module, "_Nodes", given_texts.append)
    assert compose(SourceText("x", text, tidy=True)) is None
    assert given_texts == []


def depth(text: str) -> int:
    """How deep the collections of a text are nested, as far as it can be read."""
    now, most = 0, 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            now += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            most = max(most, now)
    except yaml.YAMLError:
        pass
    return most


@given(
    st.lists(st.sampled_from(["[", "{", "- ", "-\t", "? ", ": ", "a: ", "a:\n", "\n", " ", "  ", ",", "'a': "]), max_size=200).map("".join)
)
@settings(max_examples=500, deadline=None)
@example("- ? - ? a: b")
@example("a:\n- b:\n  - c:\n")
def test_every_level_of_depth_takes_a_mark_or_a_column(text: str) -> None:
    columns = max(len(line) - len(line.lstrip(" ")) for line in text.split("\n"))
    assert depth(text) <= 2 * sum(text.count(mark) for mark in "[{-?") + columns + 2


def test_the_bounds_keep_depth_and_size_far_from_what_hurts() -> None:
    assert 2 * MOST_MARKS + len(DEEPEST) + 2 < 5_000  # levels that libyaml was seen to compose without harm
    assert MOST_TEXT * 2 * 500 < 200_000_000  # two nodes a character, 500 bytes a node


@given(st.text(max_size=100))
def test_ordinary_text_is_tidy(text: str) -> None:
    if ORDINARY.fullmatch(text):
        assert normalize_line_ends(text) == text
