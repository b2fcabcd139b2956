"""What the handbook and the picture say of a step is what the engine does with it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.conftest import parsed
from tracks.reports.diagram.cards import build_cards
from tracks.reports.text.phrasing import TrackWording
from tracks.reports.text.steps import StepFormatter

if TYPE_CHECKING:
    from collections.abc import Callable

    from definitions.model.track import Track

World = Any

CHAIN = """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 4 weeks}
  - {id: jobb, type: insats, name: Jobb, length: 4 weeks}
  - {id: s, type: stöd, %s}
"""
LONGER = CHAIN + "  - {id: mer, type: insats, name: Mer, length: 60 weeks}\n"
FROM = ("admission", "start of kurs", "end of kurs", "1 week after end of kurs", "start of jobb", "end of jobb", "employment")
ENDS = (
    "length: 2 weeks", "length: 3 months", "until: 2 months after admission", "until: end of jobb", "until: 5 weeks after start of jobb",
    "until: 2 months after start of jobb", "until: 1 month after end of jobb", "length: 5 weeks, until: end of jobb",
    "length: 2 weeks, until: 1 month after end of jobb", "until: 3 months after employment",
)  # fmt: skip


def told(track: Track, step: str, label: str) -> str:
    found = StepFormatter(TrackWording(track, "en")).format(next(one for one in track.steps if one.id == step))
    return " ".join(text for entry in found.entries if entry.label == label for text in entry.texts)


def days(world: Callable[..., World], text: str) -> dict[str, str]:
    """Live the chain as it is planned, with work from the last day of `kurs`, and say when the support began and ended."""
    w = world(text)
    w.at("2026-09-01").enrol()
    w.at("2026-09-29").say("outcome", what="work")
    w.report("kurs")
    w.at("2026-10-27").report("jobb")
    w.at("2027-10-01")
    return {line.split(" ", 2)[2].split()[0]: line[:10] for line in w.runs(step="s")}


# What is to be over when it begins is no work of the exit.
@pytest.mark.parametrize(("begins", "ends"), [row for row in product(FROM, ENDS) if not row[1].endswith(f"until: {row[0]}")])
def test_the_handbook_says_of_support_that_exit_cuts_it_where_the_engine_does(world: Callable[..., World], begins: str, ends: str) -> None:
    written = f"from: {begins}, {ends}"
    short, longer = days(world, CHAIN % written), days(world, LONGER % written)
    # What the same words lead to where the chain goes on tells what exit took away.
    cut = "begins" if "started" in longer and "started" not in short else "ends" if short.get("ended") != longer.get("ended") else ""
    track = parsed(CHAIN % written)
    said = told(track, "s", "Ends")
    assert {"begins": "exit comes before it begins", "ends": "exit comes before: then it ends"}.get(cut, "") in said
    assert ("By the lengths" in said) is bool(cut)
    assert any("exit comes before" in line or "exit, which comes before" in line for line in lines(track, "s")) is bool(cut)


def lines(track: Track, step: str) -> tuple[str, ...]:
    return next(card.lines for card in build_cards(track, "en") if card.key == step)


@pytest.mark.parametrize("employers", ["", "{id: a, name: A AB}", "{id: a, name: A AB}, {id: b, name: B AB}"])
@pytest.mark.parametrize("at", ["", ", employer: a"])
def test_the_handbook_says_that_a_person_decides_the_placement_where_the_engine_waits_for_one(
    world: Callable[..., World], employers: str, at: str
) -> None:
    named = f"employers: [{employers}]\n" if employers else ""
    text = f"{named}steps: [{{id: p, type: praktik, length: 2 weeks{at if employers else ''}}}]\n"
    w = world(text)
    w.at("2026-09-01").enrol()
    assert ("a person" in told(parsed(text), "p", "Employer")) is (w.runs(step="p") == [])


def test_no_order_is_drawn_between_a_step_and_one_after_support_that_begins_with_it(world: Callable[..., World]) -> None:
    from tracks.reports.diagram.mermaid import render_mermaid

    text = """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 8 weeks}
  - {id: s, type: stöd, from: start of kurs, length: 2 weeks}
  - {id: jobb, type: insats, name: Jobb, after: s}
"""
    w = world(text)
    w.at("2026-09-01").enrol()
    w.at("2026-09-16")
    assert w.runs(step="jobb") == ["2026-09-15 jobb started"]
    drawn = render_mermaid(parsed(text), "en")
    assert "s1 --> s3" not in drawn
    assert "s2 --> s3" in drawn
    assert "a --> s3" in drawn


def test_support_from_employment_without_an_end_is_told_as_skipped_where_the_engine_skips_it(world: Callable[..., World]) -> None:
    text = CHAIN % "from: employment"
    w = world(text)
    w.at("2026-09-01").enrol()
    w.at("2026-09-29").report("kurs")
    w.at("2026-10-27").report("jobb")
    w.at("2026-10-28").say("outcome", what="work")
    assert w.runs(step="s")[-1].endswith("s skipped exit")
    assert "If the employment comes at exit or later, it is skipped." in told(parsed(text), "s", "Ends")


def test_an_employers_step_waits_for_its_report_as_the_handbook_says(world: Callable[..., World]) -> None:
    text = """
track: t
name: T
type: jobbspår
employers: [{id: a, name: A AB, agreement: {type: avsiktsförklaring, signed: 2026-01-01}}]
steps:
  - {id: p, type: praktik, length: 8 weeks}
  - {id: h, type: insats, name: H, subject: employer, alongside: p, length: 2 days}
"""
    w = world(text)
    w.at("2026-09-01").enrol()
    w.at("2026-10-01")
    assert not [event for event in w.stream("track/t") if event.kind == "subject_step_ended"]
    assert told(parsed(text), "h", "Ends").startswith("When whoever is responsible reports, at the latest")
    w.report("p")
    assert [event.kind for event in w.stream("track/t")][-1] == "subject_step_ended"
