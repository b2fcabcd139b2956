"""Letters whose cause is put right: those not sent are void, those that are out stand on the worklist until somebody has said so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.raising import raises_code
from tests.tracks.storage.stores import BY, MONDAY, TRACK, advance, clock, new_ledger, report
from tracks.engine.context.compiled_track import track_hash
from tracks.events.outbox import Letter, Posted
from tracks.queries.explain.as_of import stands_then, tasks_then
from tracks.queries.explain.as_of_ledger import PastLedger
from tracks.queries.moment import Moment
from tracks.queries.reader import reading
from tracks.queries.status import status
from tracks.queries.worklist import Which, worklist
from tracks.recording import operations, refusals
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_facts import put_in_force
from tracks.recording.write_buffer import Buffered
from tracks.storage.database import create_database
from tracks.storage.ledger import SqlLedger
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from pathlib import Path

    from tracks.queries.worklist import Task

STARTED = 3  # the number of the event `step_started`


def later(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.fixture(params=["lists", "file", "buffered"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """One person admitted on Monday to the first step, which is reported on Tuesday; on each kind of ledger."""
    book: Any = MemoryLedger() if request.param == "lists" else SqlLedger(create_database(tmp_path / "jobbspar.db"))
    if request.param == "buffered":
        book = Buffered(book, later(90))
    put_in_force(book, clock(MONDAY), BY, TRACK, track_hash(TRACK), "")
    enrol(book, clock(MONDAY), BY, "bygg", Referral("A1", MONDAY))
    operations.advance_unit(book, ("bygg",), clock(MONDAY))
    report(book, "A1", "kart", later(1))
    operations.advance_unit(book, ("bygg",), clock(later(1)))
    return book


def outbox(book: Any) -> Any:
    return book.book if isinstance(book, Buffered) else book


def numbered(book: Any, kind: str, step: str = "") -> int:
    found: int = [event.seq for event in book.events("A1/1") if event.kind == kind and step in ("", event.step)][-1]
    return found


def states(book: Any) -> list[tuple[str, str]]:
    return [(one.letter.template, one.state) for one in book.letters_of("A1/1")]


def put(book: Any, seq: int, **states: str) -> None:
    """Letters about an event, each taken as far as a state."""
    way = {"pending": (), "sending": ("sending",), "done": ("sending", "done"), "unsure": ("sending", "unsure")}
    for template, state in states.items():
        letter, before = Letter("A1/1", seq, template), "pending"
        outbox(book).post([letter])
        for after in way[state]:
            assert outbox(book).mark(letter, before, after)
            before = after


def say(book: Any, day: date, **data: Any) -> Any:
    return operations.record_fact(book, clock(day), BY, "A1", ReportedFact("contacted", day, data=data))


def correct(book: Any, day: date, seq: int, **how: Any) -> None:
    operations.correct(book, clock(day), BY, "A1", seq, **how)


def test_a_letter_about_what_the_engine_takes_back_is_void_or_out(book: Any) -> None:
    seq = numbered(book, "step_started", "kurs")
    put(book, seq, ett="pending", två="sending", tre="done", fyra="unsure")
    correct(book, later(2), numbered(book, "reported"), withdraw=True)
    assert states(book) == [("ett", "void"), ("fyra", "stale"), ("tre", "stale"), ("två", "stale")]
    assert not outbox(book).mark(Letter("A1/1", seq, "två"), "sending", "done")


def test_it_is_out_until_somebody_has_told_and_again_if_that_is_taken_back(book: Any) -> None:
    seq = numbered(book, "step_started", "kurs")
    put(book, seq, kallelse="done")
    correct(book, later(2), numbered(book, "reported"), withdraw=True)
    with raises_code(refusals.NO_SUCH_LETTER):
        say(book, later(3), letter=seq - 1)
    say(book, later(3))
    assert states(book) == [("kallelse", "stale")]
    said = say(book, later(3), letter=seq)
    assert states(book) == [("kallelse", "told")]
    assert say(book, later(3), letter=seq).repeated
    correct(book, later(4), said.events[0].seq, withdraw=True)
    assert states(book) == [("kallelse", "stale")]


def test_a_letter_about_a_fact_that_is_put_right_says_too_much_if_it_is_out(book: Any) -> None:
    seq = numbered(book, "reported")
    put(book, seq, tack="done", intyg="pending")
    correct(book, later(2), seq, on=MONDAY)
    assert states(book) == [("intyg", "pending"), ("tack", "stale")]
    say(book, later(2), letter=seq)
    correct(book, later(3), numbered(book, "corrected"), withdraw=True)
    assert states(book) == [("intyg", "void"), ("tack", "stale")]
    say(book, later(4), letter=seq)
    assert states(book) == [("intyg", "void"), ("tack", "told")]


def test_a_letter_about_something_else_stays_as_it_is(book: Any) -> None:
    put(book, numbered(book, "admitted"), kallelse="done", kopia="pending")
    correct(book, later(2), numbered(book, "reported"), withdraw=True)
    assert states(book) == [("kallelse", "done"), ("kopia", "pending")]


def test_what_was_rolled_back_leaves_the_letters_alone() -> None:
    lists = MemoryLedger()
    lists.outbox[Letter("A1/1", 1, "x")] = "done"

    def fail() -> None:
        with lists.transaction():
            lists.post([Letter("A1/1", 2, "x")])
            lists.mark(Letter("A1/1", 1, "x"), "done", "stale")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert lists.letters_of("A1/1") == [Posted(Letter("A1/1", 1, "x"), "done")]


def told(tasks: list[Task]) -> list[tuple[Any, ...]]:
    return [(one.kind, one.step, one.role, one.since, one.seq) for one in tasks if one.kind.startswith("letter:")]


def test_a_letter_that_is_out_is_on_the_worklist_now_and_then(tmp_path: Path) -> None:
    path = tmp_path / "jobbspar.db"
    book = new_ledger(path)
    enrol(book, clock(MONDAY), BY, "bygg", Referral("A1", MONDAY))
    advance(book, MONDAY)
    report(book, "A1", "kart", later(1))
    advance(book, later(1))
    seq = numbered(book, "step_started", "kurs")
    put(book, seq, kallelse="done")
    correct(book, later(2), numbered(book, "reported"), withdraw=True)
    out = [("letter:kallelse", "kurs", "enheten", later(2), seq)]
    with reading(path) as reader:
        assert told(worklist(reader, later(3))) == told(worklist(reader, later(3), Which(role="enheten", track="bygg"))) == out
        assert told(list(status(reader, "A1", later(3))[0].todos)) == out
        assert told(worklist(reader, later(3), Which(overdue=True))) == told(worklist(reader, later(3), Which(role="kommun"))) == []
    say(book, later(5), letter=seq)
    with reading(path) as reader:
        assert told(worklist(reader, later(6))) == []
        for day, expected in ((1, []), (2, out), (4, out), (5, [])):
            for known in (None, clock(later(day + 1)).recorded):
                past = PastLedger(reader, Moment(later(6), later(day), known))
                assert told(tasks_then(past, Which(track="bygg"))) == told(list(stands_then(past, "A1")[0].todos)) == expected, day
