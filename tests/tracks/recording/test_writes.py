"""What a write reads is caught up first, in batches, each unit with its own clock; and what is refused leaves nothing."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import Refusal
from tests.tracks.conftest import World, parsed
from tests.tracks.worlds import worlds
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.loop.advance import advance
from tracks.events.event import Draft
from tracks.recording import operations, track_facts, writes
from tracks.recording.bulk import ImportRow, replay, write_many
from tracks.recording.enrolment import Referral, enrol, enrol_within
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_facts import put_in_force
from tracks.recording.write_buffer import Buffered
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracks.engine.context.ports import Book

FIRM = "employers: [{id: ab, name: AB, sector: F, need: {occupation: '7111'}, agreement: {type: avsiktsförklaring, signed: 2025-11-01}}]"
QUEUE = f"""
track: kö
type: jobbspår
partners: [kommun]
{FIRM}
intake: {{starts: rolling, places: 1, order: [precedence, referral], answer_within: 3 days}}
steps: [{{id: k, type: kartläggning, length: 2 weeks}}]
"""
ALONE = QUEUE.replace("track: kö", "track: fritt").replace("intake:", "#")
OTHER = QUEUE.replace("track: kö", "track: andra")


def at(day: str) -> Clock:
    return Clock.at(f"2026-{day}")


def said(book: Book, day: str, ref: str, kind: str, step: str = "", **data: Any) -> None:
    operations.record_fact(book, at(day), "Ann", ref, ReportedFact(kind, at(day).today, step, data=data))


def told(book: MemoryLedger, stream: str) -> list[tuple[str, str]]:
    return [(event.kind, event.effective.isoformat()) for event in book.events(stream)]


def world(*texts: str) -> MemoryLedger:
    book = MemoryLedger()
    for text in texts:
        apply(book, text, "01-01")
    return book


def apply(book: MemoryLedger, text: str, day: str) -> None:
    track = parsed(text, {name: book.plan(name, row.version).track for name, row in book.rows.items()})
    put_in_force(book, at(day), "Ann", track, track_hash(track), text)


# ---------------------------------------------------------------- what is read is caught up


@pytest.mark.parametrize("replayed", [False, True])
def test_an_import_knows_that_an_earlier_track_was_completed_though_nobody_has_advanced_it(*, replayed: bool) -> None:
    book = world(QUEUE, ALONE)
    enrol(book, at("01-02"), "Ann", "fritt", Referral("anna", date(2026, 1, 2)))
    worlds.end(book, date(2026, 1, 5))
    said(book, "01-10", "anna", "reported", "k", result="done")
    row = ImportRow(1, "Ann", Referral("anna", date(2026, 1, 12)), "anna", "2026-01-12")
    if replayed:
        replay(Buffered(book), "kö", [row])
    else:
        write_many(Buffered(book), at("01-12"), "kö", [row])
    assert ("completed", "2026-01-10") in told(book, "anna/1")
    assert book.events("anna/2")[0].data["precedence"] == "anna/1"


def joined(*, daily: bool) -> dict[str, list[tuple[str, str]]]:
    """A track that hands over to the queue is put in force two weeks after anybody looked at that."""
    book = world(QUEUE)
    for ref in ("anna", "bo"):
        enrol(book, at("01-05"), "Ann", "kö", Referral(ref, date(2026, 1, 5)))
    worlds.end(book, date(2026, 1, 5))
    said(book, "01-06", "anna", "offered")
    for day in range(7, 20) if daily else ():
        worlds.end(book, date(2026, 1, day))
    apply(book, OTHER + "transfers: {över: {to: kö}}\n", "01-20")
    worlds.end(book, date(2026, 1, 21))
    return {stream: told(book, stream) for stream in ("anna/1", "bo/1")}


def test_a_version_that_makes_a_unit_larger_waits_for_all_of_it() -> None:
    assert joined(daily=False) == joined(daily=True)
    assert ("proposed", "2026-01-10") in joined(daily=False)["bo/1"]


def test_whose_values_a_version_leaves_out_is_asked_of_today() -> None:
    book = world(ALONE + "facts: {nivå: [A, B]}\nlongest: 2 weeks\n")
    enrol(book, at("01-02"), "Ann", "fritt", Referral("anna", date(2026, 1, 2), facts={"nivå": "B"}))
    worlds.end(book, date(2026, 1, 3))
    said(book, "01-05", "anna", "reported", "k", result="done")
    now = parsed(ALONE + "facts: {nivå: [A, C]}\n")
    found = writes.tried(book, at("01-09"), lambda present: track_facts.values_left_out(present, now))
    assert found == []


# ---------------------------------------------------------------- each unit has its own clock


def ahead() -> MemoryLedger:
    """Anna is on two tracks, of which one was taken months ahead; Bo has an offer on the other."""
    book = world(QUEUE, OTHER)
    for ref, track, day in (("anna", "andra", "02-02"), ("bo", "kö", "02-01"), ("anna", "kö", "02-02")):
        enrol(book, at("02-02"), "Ann", track, Referral(ref, at(day).today))
    worlds.end(book, date(2026, 2, 2))
    said(book, "02-02", "anna/1", "offered")
    said(book, "02-02", "bo", "offered")
    operations.advance_unit(book, ("andra",), at("06-01"))
    return book


def test_a_track_that_is_ahead_drags_no_other() -> None:
    book = ahead()
    said(book, "02-03", "anna/2", "stated", facts={"schooling": "gymnasium"})
    enrol(book, at("02-03"), "Ann", "kö", Referral("eva", date(2026, 2, 3)))
    said(book, "02-03", "bo", "accepted")
    row = book.rows["kö"]
    assert (row.frontier, row.recorded[:10]) == (date(2026, 2, 3), "2026-02-02")
    assert ("offer_lapsed", "2026-02-06") in told(book, "anna/1")


def test_what_is_read_of_a_track_that_is_ahead_is_what_stood_on_the_day_of_the_write() -> None:
    book = world(QUEUE, OTHER)
    enrol(book, at("02-02"), "Ann", "andra", Referral("anna", date(2026, 2, 2)))
    for day, kind in (("02-02", "offered"), ("02-03", "accepted")):
        worlds.end(book, at(day).today)
        said(book, day, "anna", kind)
    worlds.end(book, date(2026, 2, 3))
    said(book, "03-01", "anna", "reported", "k", result="done")
    operations.advance_unit(book, ("andra",), at("03-02"))
    assert book.enrolments["anna/1"].status == "completed"
    for day, known in (("02-20", None), ("03-01", "anna/1")):
        ref = f"anna{day}"
        book.enrolments["anna/1"].ref = ref
        enrol(book, at(day), "Ann", "kö", Referral(ref, at(day).today))
        assert book.events(f"{ref}/2")[0].data.get("precedence") == known


def test_a_buffer_reads_as_far_as_a_unit_is_that_was_taken_ahead() -> None:
    plain, beneath = ahead(), ahead()
    row = ImportRow(1, "Ann", ReportedFact("interested", date(2026, 5, 20)), "anna/1")
    logs = []
    for book, way in ((plain, plain), (beneath, Buffered(beneath))):
        enrol(book, at("05-30"), "Ann", "andra", Referral("eva", date(2026, 5, 30)))
        write_many(way, at("02-03"), "andra", [row])
        worlds.end(book, date(2026, 7, 1))
        logs.append(worlds.same(book))
    assert logs[0] == logs[1]


# ---------------------------------------------------------------- batches, and what is refused


class Counted(MemoryLedger):
    """A ledger that counts how many enrolments each of its transactions decided or wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []
        self._open = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outer = self._depth == 0
        self._open = 0 if outer else self._open
        with super().transaction():
            yield
        if outer:
            self.sizes.append(self._open)

    def save(self, enrolments: Sequence[Any], events: Sequence[Any], tracks: Sequence[Any] = ()) -> None:
        super().save(enrolments, events, tracks)
        self._open += len(enrolments)


def many(count: int = 12) -> Counted:
    book = Counted()
    apply(book, QUEUE.replace("places: 1, ", "places: 20, "), "01-01")
    for number in range(count):
        enrol(book, at("01-02"), "Ann", "kö", Referral(f"p{number}", date(2026, 1, 2)))
    worlds.end(book, date(2026, 1, 2))
    for number in range(count):
        said(book, "01-03", f"p{number}", "accepted")
    worlds.end(book, date(2026, 1, 5))
    book.sizes.clear()
    return book


WAYS: dict[str, Callable[[Book, Clock], object]] = {
    "enrol": lambda book, now: enrol(book, now, "Ann", "kö", Referral("ny", now.today)),
    "record": lambda book, now: operations.record_fact(
        book, now, "Ann", "p1", ReportedFact("reported", now.today, "k", data={"result": "done"})
    ),
    "apply": lambda book, now: put_in_force(book, now, "Ann", parsed(QUEUE), b"another", ""),
    "import": lambda book, now: write_many(Buffered(book), now, "kö", [ImportRow(1, "Ann", Referral("ny", now.today), "ny")]),
    "employer": lambda book, now: track_facts.record_track_fact(
        book, now, "Ann", "kö", Draft("goal_struck", now.today, data={"goal": "a", "reason": "other"})
    ),
}


@pytest.mark.parametrize("way", ["enrol", "record", "import"])
def test_no_write_decides_more_than_a_batch_under_one_lock(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = many()
    WAYS[way](whole, at("03-02"))
    monkeypatch.setattr(writes, "BATCH", 4)
    monkeypatch.setattr("tracks.engine.loop.advance.BATCH", 4)
    monkeypatch.setattr(advance, "__kwdefaults__", {**(advance.__kwdefaults__ or {}), "batch": 4})
    book = many()
    WAYS[way](book, at("03-02"))
    assert max(book.sizes) <= 5
    assert len(book.sizes) > 3
    assert worlds.same(book) == worlds.same(whole)


@pytest.mark.parametrize("batch", [1, 1000])
def test_what_is_refused_writes_nothing_also_where_much_was_due(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "BATCH", batch)
    book = many()
    before = (worlds.same(book), dict(book.rows), dict(book.enrolments))
    for act in (
        lambda: said(book, "03-02", "p1", "reported", "nix", result="done"),
        lambda: said(book, "03-02", "p1", "resumed"),
        lambda: enrol(book, at("03-02"), "Ann", "kö", Referral("p1", date(2026, 3, 2))),
        lambda: operations.correct(book, at("03-02"), "Ann", "p1", 99, withdraw=True),
        lambda: write_many(Buffered(book), at("03-02"), "kö", [ImportRow(1, "Ann", ReportedFact("resumed", date(2026, 3, 2)), "p1")]),
    ):
        with pytest.raises(Refusal):
            act()
        assert (worlds.same(book), dict(book.rows), dict(book.enrolments)) == before


@pytest.mark.parametrize("batch", [1, 1000])
def test_a_write_by_which_nothing_new_is_said_leaves_nothing_of_what_was_caught_up_for_it(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writes, "BATCH", batch)
    book = many()
    before = (worlds.same(book), dict(book.rows), dict(book.enrolments))
    now, accepted, referral = at("03-02"), ReportedFact("accepted", date(2026, 1, 3)), Referral("p1", date(2026, 1, 2))
    for again in (
        writes.write(book, now, lambda present: operations.record_fact_of(present, "Ann", "p1", accepted)),
        writes.write(book, now, lambda present: enrol_within(present, "Ann", "kö", referral)),
        *write_many(Buffered(book), now, "kö", [ImportRow(1, "Ann", accepted, "p1"), ImportRow(2, "Ann", referral)]),
    ):
        assert (again.stream, again.repeated) == ("p1/1", True)
        assert (worlds.same(book), dict(book.rows), dict(book.enrolments)) == before


def test_what_is_kept_beside_a_write_is_kept_once_and_never_of_a_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "BATCH", 1)
    book, kept, asked = many(), [], []

    def act(now: Any) -> None:
        asked.append(now)
        operations.record_fact_of(now, "Ann", "p1", ReportedFact("paused", now.today, data={"reason": "illness"}))
        now.beside(lambda: kept.append(now))

    writes.tried(book, at("03-02"), act)
    assert (len(asked), kept) == (1, [])
    writes.write(book, at("03-02"), act)
    assert kept == [asked[-1]]
    assert len(asked) == 4, "a first time that meets too much, a trial, and the write"


def test_a_trial_is_the_write_and_leaves_the_book_as_it_was() -> None:
    w = World(QUEUE, first="2026-01-02")
    w.enrol("anna")
    before = worlds.same(w.book)
    w.today = date(2026, 2, 1)
    found = writes.tried(w.book, w.clock, lambda now: operations.record_fact_of(now, "Ann", "anna", ReportedFact("offered", w.today)))
    assert worlds.same(w.book) == before
    assert found == operations.record_fact(w.book, w.clock, "Ann", "anna", ReportedFact("offered", w.today))
