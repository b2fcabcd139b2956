"""A buffered transaction writes what a plain one would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands.demo.cohorts import dua, jonkoping
from commands.demo.cohorts.driver import play_month
from commands.demo.cohorts.registry import COHORTS
from definitions.loading.loader import load_paths
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.loop.advance import advance
from tracks.recording.bulk import ImportRefused, ImportRow, replay
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.operations import record_fact
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_facts import put_in_force
from tracks.recording.write_buffer import Buffered
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from tracks.engine.context.ports import Book
    from tracks.events.event import Event

EXAMPLES = Path(__file__).parents[3] / "examples"
DAY = date(2014, 3, 3)


def _ready(book: Book, folder: str, first: date) -> None:
    for one in load_paths([EXAMPLES / folder]):
        assert one.track
        put_in_force(book, Clock.at(first.isoformat()), "test", one.track, track_hash(one.track), "")


def _rows() -> list[ImportRow]:
    referrals = [ImportRow(n, "test", Referral(f"SM-{n}", DAY, facts={"svenska": "C"}), f"SM-{n}", "2014-03-03") for n in range(4)]
    offers = [ImportRow(10 + n, "test", ReportedFact("offered", date(2014, 3, 4)), f"SM-{n}", "2014-03-04") for n in range(4)]
    answers = [ImportRow(20 + n, "test", ReportedFact("accepted", date(2014, 3, 6)), f"SM-{n}", "2014-03-06") for n in range(3)]
    done = ReportedFact(
        "reported", date(2014, 3, 12), "kravprofil", data={"result": "done", "facts": {"kurs_behövs": True, "vana_behövs": False}}
    )
    return [*referrals, *offers, *answers, *(ImportRow(30 + n, "test", done, f"SM-{n}", "2014-03-12") for n in range(2))]


def _log(book: MemoryLedger) -> dict[str, list[Event]]:
    return {stream: list(events) for stream, events in book.log.items()}


def test_a_replay_through_a_buffer_gives_the_same_events_and_snapshots() -> None:
    plain, beneath = MemoryLedger(), MemoryLedger()
    for book in (plain, beneath):
        _ready(book, "stockholm-matchning", date(2014, 2, 10))
    replay(plain, "stockholm-matchning", _rows())
    replay(Buffered(beneath, date(2014, 3, 12)), "stockholm-matchning", _rows())
    assert _log(beneath) == _log(plain)
    assert beneath.enrolments == plain.enrolments
    assert beneath.rows == plain.rows


def test_the_same_holds_on_a_database(tmp_path: Path) -> None:
    books = [SqlLedger(create_database(tmp_path / name)) for name in ("plain.db", "buffered.db")]
    for book in books:
        _ready(book, "stockholm-matchning", date(2014, 2, 10))
    replay(books[0], "stockholm-matchning", _rows())
    replay(Buffered(books[1], date(2014, 3, 12)), "stockholm-matchning", _rows())
    for table, order in (("event", "stream, seq"), ("enrolment", "stream"), ("claim", "track, resource, stream"), ("track", "id")):
        first, second = (book.rows(f"SELECT * FROM {table} ORDER BY {order}") for book in books)
        assert first == second
    todos = [set(book.rows("SELECT * FROM todo")) for book in books]
    assert todos[0] == todos[1]


def test_several_months_of_two_tracks_come_out_the_same_by_parts_and_at_once() -> None:
    cohort = next(cohort for cohort in COHORTS if cohort.folder == "jobbtorg-jonkoping")
    people = jonkoping.fates(5)[:40]
    logs = []
    for parts in ([(2010, 1, 31), (2010, 2, 28), (2010, 6, 30)], [(2010, 6, 30)]):
        book = MemoryLedger()
        _ready(book, cohort.folder, cohort.first)
        worker = cohort.caseworker(people, 5)
        for last in parts:
            play_month(book, cohort, worker, cohort.first, date(*last))
        advance(book, book.unit(jonkoping.ADULTS), date(2010, 6, 30), Clock.at("2010-06-30").recorded)
        logs.append(_log(book))
    assert logs[0] == logs[1]


def test_a_refused_row_leaves_nothing_behind() -> None:
    book = MemoryLedger()
    _ready(book, "stockholm-matchning", date(2014, 2, 10))
    before = _log(book)
    wrong = ImportRow(40, "test", ReportedFact("reported", date(2014, 3, 12), "praktik", data={"result": "done"}), "SM-0", "2014-03-12")
    with pytest.raises(ImportRefused):
        replay(Buffered(book, date(2014, 3, 12)), "stockholm-matchning", [*_rows(), wrong])
    assert _log(book) == before
    assert not book.enrolments


def test_a_buffer_answers_from_what_was_written_in_its_transaction() -> None:
    book = MemoryLedger()
    _ready(book, "dua", dua.FIRST)
    day = date(2025, 12, 1)
    buffer = Buffered(book, day)
    with buffer.transaction():
        enrol(buffer, Clock.at("2025-12-01"), "test", dua.CARE, Referral("DV-1", day, facts={"svenska": "C"}))
        assert [one.stream for one in buffer.enrolments_of("DV-1")] == ["DV-1/1"]
        assert [event.kind for event in buffer.events("DV-1/1")] == ["referred"]
        assert buffer.reserve("DV-1") == 2
        assert buffer.least_due([dua.CARE], day) is None, "what the entry conditions ask is not known, so nothing follows"
        record_fact(buffer, Clock.at("2025-12-01"), "test", "DV-1", ReportedFact("selected", day, data={"employer": "solbacken"}))
        assert buffer.least_due([dua.CARE], day) == day
        assert not book.enrolments
        assert buffer.members(dua.CARE, ("referred",)) == ["DV-1/1"], "a rare question is answered from what is kept, too"
    assert list(book.enrolments) == ["DV-1/1"]
