"""From wherever somebody stands on the way, a command that `why` names leads on: walks at random, asked after each thing that happens."""

from __future__ import annotations

import json
import shlex
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from commands.wording.todos import reason_lines
from definitions.model.refusal import Refusal
from tests.tracks.conftest import World
from tracks.engine.context.input_builder import person_view
from tracks.engine.context.labels import labels_of
from tracks.events.fold import encode
from tracks.events.status import UNDER_WAY
from tracks.queries.explain.acceptance import fact_context
from tracks.queries.explain.why import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EMPLOYERS = """
type: jobbspår
employers:
  - {id: bygg, name: Bygg, agreement: {signed: 2026-01-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-01-01}, requires: [körkort]}
facts: {körkort: yes/no, utdrag: yes/no}
transfers: {vård: {to: Vården}}
"""
TRACKS: Mapping[str, str] = {
    "in the chain": """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 4 weeks, results: [flyttad], on_result: {flyttad: end, not_passed: {retry: 1}}}
  - {id: praktik, type: praktik, length: 4 weeks, requires: utdrag}
  - id: jobb
    type: förberedande anställning
    length: 4 weeks
    on_result: {not_hired: {goto: praktik}, interrupted: {transfer: vård}}
""",
    "beside the chain": """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 40 weeks}
  - {id: praktik, type: praktik, from: admission, until: end of kurs, requires: utdrag}
  - {id: språk, type: insats, name: Språk, alongside: kurs, length: 8 weeks}
  - {id: samtal, type: insats, name: Samtal, from: when needed, length: 1 week}
""",
    "after the employer's own step": """
steps:
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks, start_within: 2 weeks}
  - {id: handledare, type: insats, name: Handledare, subject: employer, length: 2 days}
  - {id: praktik, type: praktik, length: 4 weeks, after: [kurs, handledare]}
  - {id: stöd, type: stöd, length: 2 weeks, contact_every: 1 week}
""",
}


class Reading:
    """What wording asks of a reader: the labels of the track, and how it stands, which tells the employers that have left it."""

    def __init__(self, world: World) -> None:
        self._labels = json.loads(labels_of(next(iter(world.known.values()))))
        self._state = world.book.rows["t"].state

    def rows(self, *_query: Any) -> list[tuple[str]]:
        return [(json.dumps(encode(self._state), default=dict),)]

    def labels(self, _track: str, _version: int | None) -> Any:
        return self._labels


def lines(w: World, step: str | None = None) -> list[str]:
    """The command lines that `why` prints, of everything or of one step."""
    one = w.one()
    row = w.book.rows[one.track]
    found = reasons(person_view(w.book, row, one), one, w.book.claims(one.track), w.today, step)
    case = fact_context(w.book, one, w.today)
    return [line for reason in found for line in reason_lines(Reading(w), case, reason, "en")]  # type: ignore[arg-type]


def typed(w: World, line: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What a line says, once for each thing that can stand where it leaves something open."""
    _, command, _, *more = shlex.split(line)
    step = more[0] if more and not more[0].startswith("-") else ""
    if command == "record":
        results = w.known["t"].steps[[one.id for one in w.known["t"].steps].index(step)].known_results
        wanted = [more[1]] if more[1] in results else [results[0]]
        yield from (("reported", step, {"result": result}) for result in wanted)
    elif command == "decide":
        yield from (("decided", step, {"action": action}) for action in ("next", "retry"))
    elif command == "place":
        yield from (("placed", step, {"employer": employer}) for employer in ("bygg", "hus"))
    elif command == "state":
        yield "stated", "", {"facts": {more[1].partition("=")[0]: True}}
    elif command == "except":
        yield "exception", "", {"rule": step, "reason": "other"}
    elif command == "employer":
        yield "employer_reported", more[more.index("--step") + 1], {"employer": more[0], "start": "", "result": "done"}
    elif command in ("begin", "contact", "resume"):
        yield {"begin": "began", "contact": "contacted", "resume": "resumed"}[command], step, {}


def leads_on(w: World, step: str | None = None) -> bool:
    """Whether a line is accepted, and something has happened after it; the world goes on by it."""
    for line in lines(w, step):
        for kind, about, data in typed(w, line):
            before = w.one().progress
            try:
                if kind == "employer_reported":
                    w.shared(kind, about, **data)
                    return True
                w.say(kind, about, **data)
            except Refusal:
                continue
            if w.one().progress != before:
                return True
    return False


def something(w: World, draw: Random) -> None:
    """One thing happens, or is refused: a report, a placement, a pause, a fact, an employer that leaves, the employer's report, days."""
    going = [one for one in w.known["t"].steps if one.id in set(asked(w))]
    step = draw.choice(going if going and draw.random() < 0.6 else w.known["t"].steps)
    happens: list[tuple[str, str, dict[str, Any]]] = [
        ("reported", step.id, {"result": draw.choice(step.known_results)}),
        ("reported", step.id, {"result": "interrupted"}),
        ("placed", step.id, {"employer": draw.choice(("bygg", "hus"))}),
        ("decided", step.id, {"action": draw.choice(("next", "retry"))}),
        ("stated", "", {"facts": {draw.choice(("körkort", "utdrag")): draw.random() < 0.7}}),
        ("paused", "", {"reason": "illness"}),
        ("began", step.id, {}),
    ]
    chance = draw.random()
    try:
        if chance < 0.15:
            w.at(w.today.fromordinal(w.today.toordinal() + draw.randrange(1, 40)).isoformat())
        elif chance < 0.2:
            w.shared("employer_withdrew", employer="bygg")
        elif chance < 0.3 and step.subject == "employer":
            w.shared("employer_reported", step.id, employer=draw.choice(("bygg", "hus")), start="", result="done")
        else:
            kind, about, data = draw.choice(happens)
            w.say(kind, about, **data)
    except Refusal:
        pass


def asked(w: World) -> Iterator[str]:
    """The steps that go on, or that a person broke off with nothing decided since; beside the chain as long as that goes on."""
    progress = w.one().progress
    for step in w.known["t"].steps:
        n = progress.attempts(step.id)
        ended = progress.value("ended", step.id, n)
        broken = ended and ended["result"] == "interrupted" and progress.get("reported", step.id, n)
        over = progress.get("decided", step.id, n) or (step.beside and progress.get("ended", "kurs", progress.attempts("kurs")))
        if n and (ended is None or (broken and not over)):
            yield step.id


def walk(text: str, seed: int) -> World:
    draw = Random(seed)
    w = World(EMPLOYERS + text, first="2026-06-01")
    w.enrol()
    if draw.random() < 0.5:
        w.state(utdrag=True)
    for _ in range(draw.randrange(1, 12)):
        something(w, draw)
    return w


@pytest.mark.parametrize("name", TRACKS)
@pytest.mark.parametrize("seed", range(25))
def test_from_every_step_under_way_or_broken_off_a_command_that_why_names_leads_on(name: str, seed: int) -> None:
    for step in list(asked(walk(TRACKS[name], seed))):
        w = walk(TRACKS[name], seed)
        if w.status() in UNDER_WAY:
            assert leads_on(w, step), (step, lines(w, step), w.log())


@pytest.mark.parametrize("name", TRACKS)
@pytest.mark.parametrize("seed", range(25))
def test_who_does_what_why_names_comes_to_the_end(name: str, seed: int) -> None:
    w = walk(TRACKS[name], seed)
    for _ in range(60):
        if w.status() not in UNDER_WAY:
            return
        if not leads_on(w):
            # Where nothing can be done time passes.
            w.at(w.today.fromordinal(w.today.toordinal() + 7).isoformat())
    pytest.fail(f"a dead end: {w.todos()}, {lines(w)}, {w.log()}")
