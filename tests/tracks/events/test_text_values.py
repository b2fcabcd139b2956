"""The texts that hold several things, ids of streams, resources, ranks and kinds of todos: one parse and one text each."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tracks.events import ranks, resources
from tracks.events.ranks import QueueRank
from tracks.events.resources import EmployerStart, IntakePlace, StepPlace, SubjectRun
from tracks.events.streams import StreamId, enrolment_stream, ref_of, track_stream
from tracks.events.todos import LostFact, TodoKind

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
OWNERS = {"streams.py", "resources.py", "ranks.py", "todos.py"}
TODOS = ("stranded:", "letter:", "proposal:", "follow_up:", "subject_report:", "start_held:", "over:")
PREFIXES = ("track/", "start:", "step:", "subject:", *TODOS)
CUTS = {"removeprefix", "removesuffix", "startswith", "partition", "rpartition", "split", "rsplit"}
# Names of variables and fields that hold one of these texts.
HELD = {"stream", "kind", "resource", "ref", "whose"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("intake", IntakePlace()),
        ("start:2026-09-01", IntakePlace("2026-09-01")),
        ("step:kurs", StepPlace("kurs")),
        ("step:praktik:bo_ab", StepPlace("praktik", "bo_ab")),
        ("subject:avtal:bo_ab:2026-09-01", SubjectRun("avtal", EmployerStart("bo_ab", "2026-09-01"))),
        ("subject:avtal::", SubjectRun("avtal", EmployerStart("", ""))),
    ],
)
def test_a_resource_is_parsed_and_written_back_as_it_was(text: str, value: resources.Resource) -> None:
    assert resources.parse(text) == value
    assert type(resources.parse(text)) is type(value)
    assert str(value) == text


def test_a_resource_that_only_a_damaged_store_holds_is_a_start_that_nobody_declared() -> None:
    assert resources.parse("kö") == IntakePlace("kö")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[],0]", QueueRank(())),
        ('[[[0,739000]],"2026-09-01"]', QueueRank(((0, 739000),), "2026-09-01")),
        ('[[[0,0],[1],null,[0,-3]],"-"]', QueueRank(((0, 0), (1,), None, (0, -3)), ranks.NO_QUEUE)),
    ],
)
def test_a_queue_rank_is_parsed_and_written_back_as_it_was(text: str, value: QueueRank) -> None:
    assert ranks.parse(text) == value
    assert str(value) == text


@pytest.mark.parametrize("text", ["", "?", "accepted", "2026-09-01", "kurs", "[[], 0]", "[", "[1]", "[[[0,1.5]],0]", "[[true],0]"])
def test_a_rank_that_is_no_queue_rank_stays_the_text_that_it_is(text: str) -> None:
    assert ranks.parse(text) == text
    assert str(ranks.parse(text)) == text


def test_what_is_unknown_comes_last_and_the_least_value_first() -> None:
    first, last, unknown = QueueRank(((0, 1), (0, 5))), QueueRank(((0, 1), (0, 7))), QueueRank(((1,), (0, 1)))
    assert sorted([unknown, last, first]) == [first, last, unknown]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("report", TodoKind("report")),
        ("fact:körkort", TodoKind("fact", "körkort")),
        ("follow_up:3 months", TodoKind("follow_up", "3 months")),
        ("subject_report::2026-09-01", TodoKind("subject_report", str(EmployerStart("", "2026-09-01")))),
        ("stranded:phase start", TodoKind("stranded", str(LostFact("phase", "start")))),
        ("over:step:kurs", TodoKind("over", str(StepPlace("kurs")))),
    ],
)
def test_a_kind_of_todo_is_parsed_and_written_back_as_it_was(text: str, value: TodoKind) -> None:
    assert TodoKind.parse(text) == value
    assert str(value) == text


def test_what_a_todo_is_about_is_parsed_too() -> None:
    assert EmployerStart.parse(":2026-09-01") == EmployerStart("", "2026-09-01")
    assert LostFact.parse("followed_up 3 months") == LostFact("followed_up", "3 months")
    assert LostFact.parse("began") == LostFact("began")
    assert str(LostFact("began")) == "began"


def test_an_id_of_a_stream_says_whose_it_is() -> None:
    assert StreamId.parse("A1/2") == StreamId("A1", "2")
    assert StreamId.parse("A1/2").track is None
    assert StreamId.parse("track/lager").track == "lager"
    assert StreamId.parse("A1") == StreamId("A1")
    assert [str(StreamId.parse(text)) for text in ("A1/2", "track/lager", "A1")] == ["A1/2", "track/lager", "A1"]
    assert (enrolment_stream("A1", 2), track_stream("lager"), ref_of("A1/2"), ref_of("A1")) == ("A1/2", "track/lager", "A1", "A1")


def cut_by_hand(tree: ast.AST) -> Iterator[int]:
    """The lines that take one of the texts apart, or put one together, without its value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            head = node.values[0]
            if isinstance(head, ast.Constant) and str(head.value).startswith(PREFIXES):
                yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CUTS:
            given = [arg.value for arg in ast.walk(node) if isinstance(arg, ast.Constant)]
            held = {ast.unparse(node.func.value).rpartition(".")[2]}
            if any(str(text).startswith(PREFIXES) for text in given) or (held & HELD and {"/", ":"} & set(given)):
                yield node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("todo", "Todo"):
            yield from (arg.lineno for arg in node.args[:1] if isinstance(arg, ast.JoinedStr))


def test_nobody_cuts_these_texts_by_hand() -> None:
    paths = [path for top in ("tracks", "commands", "flows") for path in sorted((ROOT / top).rglob("*.py"))]
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in paths
        if not (path.parent.name == "events" and path.name in OWNERS)
        for line in cut_by_hand(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'stream.startswith("track/")', 'name = f"track/{row.id}"', 'Claim(f"step:{step.id}", "waiting")', 'ref.partition("/")[0]',
        'one.kind.partition(":")', 'desk.todo(f"fact:{name}", step)', 'claim.resource.split(":")[1]', 'mark.startswith(("step:", "x"))',
    ],
)  # fmt: skip
def test_a_cut_by_hand_is_found(line: str) -> None:
    assert list(cut_by_hand(ast.parse(line))) == [1]
