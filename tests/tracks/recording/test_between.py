"""Whatever is written comes after all that was due before it, also where another command gets in between."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tracks.conftest import World, parsed
from tests.tracks.worlds import worlds
from tracks.events.event import Draft
from tracks.recording import operations, track_facts, writes
from tracks.recording.bulk import ImportRow, write_many
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.transfers import TransferRequest, transfer
from tracks.recording.write_buffer import Buffered
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUEUE = """
facts: {nivå: number}
intake: {places: 2, order: [nivå highest first, referral], answer_within: 3 days}
steps: [{id: k, type: kartläggning, length: 2 weeks}]
transfers: {fk: {to: Försäkringskassan}}
goals: [{id: g, name: G, counts: outcome = work, among: exits, at: exit, at_least: 50 %}]
"""


def fact(w: World, ref: str, kind: str, step: str = "", **data: Any) -> object:
    return operations.record_fact(w.book, w.clock, "Ann", ref, ReportedFact(kind, w.today, step, data=data))


def struck(w: World) -> None:
    draft = Draft("goal_struck", w.today, "", 0, {"goal": "g", "reason": "other"})
    track_facts.record_track_fact(w.book, w.clock, "Ann", "t", draft)


WAYS: dict[str, Callable[[World], object]] = {
    "enrol": lambda w: enrol(w.book, w.clock, "Ann", "t", Referral("ny", w.today, facts={"nivå": 9})),
    "record": lambda w: fact(w, "q2", "stated", facts={"nivå": 9}),
    "correct": lambda w: operations.correct(w.book, w.clock, "Ann", "q2", 1, data={"facts": {"nivå": 9}}),
    "transfer": lambda w: transfer(w.book, w.clock, "Ann", "q2", TransferRequest("fk", w.today, "other")),
    "import": lambda w: write_many(
        Buffered(w.book), w.clock, "t", [ImportRow(1, "Ann", ReportedFact("stated", w.today, data={"facts": {"nivå": 9}}), "q2")]
    ),
    "apply": lambda w: track_facts.put_in_force(w.book, w.clock, "Ann", parsed(QUEUE.replace("name: G", "name: H")), b"x" * 32, ""),
    "of the track": struck,
}


def lived(book: MemoryLedger | None = None) -> World:
    """Two are on the track, of whom one has an offer that lapses on 10 January, and three wait."""
    w = World(first="2026-01-05")
    w.book = book or w.book
    w.apply(QUEUE)
    for ref, level in {"p1": 1, "p2": 1, "q1": 5, "q2": 1, "q3": 0}.items():
        w.enrol(ref, nivå=level)
    w.say("accepted", ref="p1")
    w.at("2026-01-06").say("offered", ref="q1")
    return w


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_written_comes_after_all_that_was_due_before_it(way: str) -> None:
    logs = []
    for daily in (True, False):
        w = lived()
        for day in range(7, 20) if daily else ():
            w.at(f"2026-01-{day:02}")
        w.today = date(2026, 1, 20)
        WAYS[way](w)
        w.at("2026-01-25")
        logs.append(worlds.same(w.book))
    assert logs[0] == logs[1]
    assert next(e[4] for e in logs[1]["p2/1"] if e[1] == "proposed") < date(2026, 1, 20)


ALONE = """
facts: {nivå: number}
steps: [{id: a, type: stöd, name: A, length: 1 week}, {id: b, type: insats, name: B, when: nivå > 3}, {id: c, type: insats, name: C}]
"""


@pytest.mark.parametrize("way", ["record", "import"])
def test_whatever_is_written_of_one_who_shares_nothing_comes_after_all_that_was_due_for_her(way: str) -> None:
    w = World(ALONE, first="2026-01-05")
    w.enrol("q2", nivå=1)
    w.today = date(2026, 1, 20)
    WAYS[way](w)
    w.advance()
    assert w.runs("q2", "b") == ["2026-01-12 b skipped nivå > 3"]


# ---------------------------------------------------------------- another command gets in between


class LetsIn(MemoryLedger):
    """A ledger that lets another command in before one of its transactions, the number of which is set; -1 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.opened, self.before = 0, -1
        self.other: Callable[[], object] = self.tracks

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._depth == 0:
            self.opened += 1
            if self.opened - 1 == self.before:
                self.before = -1
                self.other()
        with super().transaction():
            yield


def who_is_done(w: World) -> object:
    """A place falls vacant on the day of the write: it is given on what was known before the write."""
    return fact(w, "p1", "reported", "k", result="done")


def met(act: Callable[[World], object], before: int) -> tuple[dict[str, Any], int]:
    """The events where the other comes before a transaction of the act, by its number, and how many transactions the act had."""
    book = LetsIn()
    w = lived(book)
    w.today, book.opened, book.before, book.other = date(2026, 1, 25), 0, before, lambda: who_is_done(w)
    act(w)
    count, book.before = book.opened, -1
    w.at("2026-02-20")
    return worlds.same(book), count


def overtakes(w: World) -> object:
    return fact(w, "q3", "stated", facts={"nivå": 9})


def advances(w: World) -> object:
    w.advance()
    return overtakes(w)


@pytest.mark.parametrize("act", [overtakes, advances])
def test_another_writer_that_gets_in_between_has_written_before(act: Callable[[World], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "BATCH", 1)
    first, count = met(lambda w: [say(w) for say in (who_is_done, act)], -1), met(act, -1)[1]
    assert count > 3
    for number in range(count):
        assert met(act, number)[0] == first[0], number


# ---------------------------------------------------------------- a process that dies in the middle of a slice

DATED = """
facts: {nivå: number}
intake: {starts: [{date: 2026-01-19, minimum: 2, places: 3}], order: [referral]}
steps: [{id: k, type: insats, name: K, places: 1, length: 1 week}, {id: b, type: insats, name: B}]
"""


class Dies(LetsIn):
    """A ledger whose process dies before one of its commits."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            if self._depth == 1 and self.opened - 1 == self.before:
                raise worlds.Killed


def slices(dies: int) -> tuple[dict[str, Any], int]:
    """The day of a start, of which the process did not see the end; nobody goes on until a week later."""
    book = Dies()
    w = World(first="2026-01-05")
    w.book = book
    w.apply(DATED)
    for ref in ("p1", "p2"):
        w.enrol(ref)
        w.say("accepted", ref=ref)
    w.today, book.opened, book.before = date(2026, 1, 19), 0, dies
    with suppress(worlds.Killed):
        w.advance()
    count, book.before = book.opened, -1
    w.at("2026-01-23")
    return worlds.same(book), count


def test_a_slice_that_a_process_died_in_gives_all_the_rest_of_its_own_day() -> None:
    clean, count = slices(-1)
    assert [(e[1], str(e[4])) for e in clean["p1/1"]][-3:] == [
        ("admitted", "2026-01-19"), ("place_given", "2026-01-19"), ("step_started", "2026-01-19")
    ]  # fmt: skip
    assert count > 3
    for number in range(count):
        assert slices(number)[0] == clean, number
