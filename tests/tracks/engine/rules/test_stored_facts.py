"""Rule 47: a value that was said to another version counts only where the version that asks admits it, wherever it is read."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from definitions.conditions.compiler import compile_rule
from definitions.model.track import Fact
from tests.tracks.conftest import parsed
from tracks.events.ranks import QueueRank
from tracks.reports.measures.conditions import compile_conditions

if TYPE_CHECKING:
    from collections.abc import Callable

World = Any
# Each type as it is declared, a value of it, a condition that the value meets, and its order in a queue.
TYPES = {
    "yes/no": ("yes/no", True, "f", ""),
    "number": ("number", 3, "f >= 1", "f highest first"),
    "date": ("date", "2026-01-05", "days_since(f) >= 1", "days_since(f) highest first"),
    "choice": ("[A, B, C]", "B", "f >= A", "f highest first"),
    "other choices": ("[X, Y]", "X", "f >= X", "f highest first"),
}
PAIRS = [pair for pair in product(TYPES, repeat=2) if pair[0] != pair[1]]
PLACES = {
    "entry": "target_group: {{entry: ['{rule}']}}\nintake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A}}]\n",
    "ongoing": "target_group: {{ongoing: ['{rule}']}}\nintake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A}}]\n",
    "order": "intake: {{places: 1, order: ['{order}']}}\nsteps: [{{id: a, type: insats, name: A}}]\n",
    "when": "intake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A, when: '{rule}'}}]\n",
    "requires": "intake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A, requires: ['{rule}']}}]\n",
    "gives": "intake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A, gives: [f]}}, {{id: b, type: insats, name: B}}]\n",
    "employer": (
        "type: jobbspår\npartners: [kommun]\n"
        "employers: [{{id: e, name: E, sector: H, agreement: {{type: avsiktsförklaring, signed: 2026-01-07}}, requires: ['{rule}']}}]\n"
        "intake: {{places: 2}}\nsteps: [{{id: a, type: praktik, name: A, length: 4 weeks}}]\n"
    ),
    "goal": (
        "intake: {{places: 2}}\nsteps: [{{id: a, type: insats, name: A}}]\ngoals: [{{id: g, name: G, counts: '{rule}', at_least: 50 %}}]\n"
    ),
}

# No queue is ordered by a yes or a no.
READ = [(*pair, place) for pair, place in product(PAIRS, PLACES) if not ("yes/no" in pair and place == "order")]


def text(place: str, of: str) -> str:
    declared, _, rule, order = TYPES[of]
    return f"facts: {{f: {declared}}}\n" + PLACES[place].format(rule=rule, order=order)


def kinds(w: World) -> set[str]:
    return {todo.kind for todo in w.one().todos}


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_condition_reads_a_value_of_another_type_as_unknown(before: str, after: str) -> None:
    class Said:
        def fact(self, _name: str) -> Any:
            return TYPES[before][1]

    declared = parsed(f"facts: {{f: {TYPES[after][0]}}}\nsteps: [{{id: a, type: insats, name: A}}]\n").facts
    rules = (TYPES[after][2], f"not ({TYPES[after][2]})")
    for rule in (compile_rule(one, declared) for one in rules):
        assert rule.holds(Said()) is None  # type: ignore[arg-type]
        assert rule.missing(Said()) == ("f",)  # type: ignore[arg-type]
        assert rule.flips(Said()) is None  # type: ignore[arg-type]
        counted = compile_conditions([type("C", (), {"rule": rule.text})()], declared)
        assert counted.holds(Said()) is None  # type: ignore[arg-type]
    assert compile_rule("known(f)", declared).holds(Said()) is False  # type: ignore[arg-type]


def reads_as_unknown(w: World, place: str) -> None:
    if place == "order":
        ranks = [claim.rank for _, claim in w.book.claims("t") if isinstance(claim.rank, QueueRank)]
        assert [rank.criteria[0] for rank in ranks] == [(1,)]
    if place in ("entry", "order"):
        assert ("offer" in kinds(w)) == (place == "order")
        return
    w.say("offered")
    w.say("accepted")
    if place == "gives":
        w.report("a")
    assert (w.one().progress.attempts("a") == 0) == (place in ("when", "requires", "employer"))
    assert "ongoing" not in kinds(w)


@pytest.mark.parametrize(("before", "after", "place"), READ)
def test_a_new_type_makes_the_value_unknown_and_leaves_every_way_out(
    world: Callable[..., World], before: str, after: str, place: str
) -> None:
    w = world(text(place, before))
    w.at("2026-06-02").enrol("p", f=TYPES[before][1])
    w.at("2026-06-03").apply(text(place, after))
    reads_as_unknown(w, place)
    assert "fact:f" in kinds(w)
    # What was said stands, and is put right, said anew, or read again by a version that admits it.
    if place == "entry":
        w.correct("p", "referred", data={"f": TYPES[after][1]})
    else:
        w.state(f=TYPES[after][1])
    assert "fact:f" not in kinds(w)
    w.at("2026-06-04").apply(text(place, before) + "follow_up: [exit]\n")
    w.say("misregistered")
    assert w.status() == "misregistered"


def test_a_version_that_admits_the_value_reads_it_again(world: Callable[..., World]) -> None:
    w = world(text("entry", "number"))
    w.at("2026-06-02").enrol("p", f=3)
    w.at("2026-06-03").apply(text("entry", "date"))
    assert "offer" not in kinds(w)
    w.at("2026-06-04").apply(text("entry", "number") + "follow_up: [exit]\n")
    assert "offer" in kinds(w)


def test_a_number_is_no_yes_and_a_yes_is_no_number() -> None:
    said = type("Said", (), {"fact": lambda _self, _name: True})()
    assert compile_rule("f >= 1", {"f": Fact("f", "number")}).holds(said) is None
    said = type("Said", (), {"fact": lambda _self, _name: 1})()
    assert compile_rule("f", {"f": Fact("f", "yes/no")}).holds(said) is None
