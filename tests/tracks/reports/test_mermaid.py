"""The picture of a track as Mermaid text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from definitions.model.track import Step
from definitions.model.values import Point
from tests.tracks.reports.drawn import examples, random_track
from tests.tracks.reports.samples import NASTY, full_track, weeks
from tracks.reports.diagram.mermaid import render_mermaid

if TYPE_CHECKING:
    from definitions.model.track import Track

NODE = re.compile(r'^ +(\w+)(?:\[|\(\[|\[/|\{\{)".*"(?:\]|\]\)|/\]|\}\})$')
EDGE = re.compile(r'^  (\w+) (-->|-\.-|-\. "[^"]*" \.->) (\w+)$')


def parts(text: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The nodes and the lines between them; every other line must be one of those known."""
    nodes, edges = set(), []
    first, *lines = text.splitlines()
    assert first == "flowchart TD"
    for line in lines:
        if node := NODE.match(line):
            assert node[1] not in nodes
            nodes.add(node[1])
        elif edge := EDGE.match(line):
            edges.append((edge[1], edge[3]))
        else:
            assert re.fullmatch(r'  (subgraph b \["[^"]*"\]|end|classDef maybe [\w -]+: 6 4|class [\w,]+ maybe|%% .*)', line), line
    return nodes, edges


def check(track: Track) -> None:
    nodes, edges = parts(render_mermaid(track, "sv"))
    assert {f"s{n}" for n in range(1, len(track.steps) + 1)} <= nodes
    assert {end for edge in edges for end in edge} <= nodes
    known = {"goto", "retry", "end", "ask"} | ({"transfer"} if track.transfers else set())
    for n, step in enumerate(track.steps, 1):
        led = [action for action in step.on_result.values() if action.kind in known]
        assert len([1 for start, _ in edges if start == f"s{n}"]) >= len(led)


@pytest.mark.parametrize("track", examples().values(), ids=lambda track: track.track)
def test_every_step_of_an_example_is_a_node_and_every_result_a_line(track: Track) -> None:
    check(track)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_file_says_is_a_flow_chart(seed: int) -> None:
    check(random_track(seed))


def test_what_people_wrote_is_quoted() -> None:
    text = render_mermaid(full_track(), "sv")
    assert NASTY not in text
    assert "#lt;script#gt;" in text
    assert all(line.count('"') % 2 == 0 for line in text.splitlines())


def test_nothing_is_taken_for_a_list_or_for_code() -> None:
    steps = [replace(full_track().steps[8], name=name) for name in ("1. Ett", "- två", "`tre`", "fyra\nrader", "a.b")]
    found = [render_mermaid(full_track(steps=(full_track().steps[0], step), transfers={}), "sv") for step in steps]
    for text, said in zip(
        found, ('["1#46; Ett<br/>', '["#45; två<br/>', '["#96;tre#96;<br/>', '["fyra rader<br/>', '["a.b<br/>'), strict=True
    ):
        assert said in text


def test_lines_lead_where_results_and_points_say() -> None:
    text = render_mermaid(full_track(), "sv")
    for line in (
        "a --> s1",
        "s1 --> s2",
        "s1 --> s3",
        "s2 --> s5",
        "s3 --> s5",
        "s6 --> z",
        "s2 -.- s4",
        "e -.- s7",
        's7 -. "till" .-> e',
        's6 -. "ej anställd: till 4 ”Praktik”, högst 2 gånger, 3 veckor, 10 timmar i veckan, sedan: förslag om avslut" .-> s5',
        's6 -. "avbruten: förslag om överföring till Försäkringskassan" .-> t1',
        "class s3,s8,t1 maybe",
    ):
        assert f"  {line}\n" in text, line


def test_a_step_after_one_beside_the_chain_has_a_line_from_it() -> None:
    beside = Step(id="stödet", type="stöd", name="Stödet", begins=Point(anchor="admission"), length=weeks(2))
    steps = (full_track().steps[0], beside, replace(full_track().steps[1], after=("stödet",)))
    text = render_mermaid(full_track(steps=steps, transfers={}), "sv")
    assert "  s2 --> s3\n" in text
