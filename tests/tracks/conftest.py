"""A small world for one rule: a track written in the test, people, facts with days, and what came of it as plain lines."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from definitions.loading.loader import load_text
from tracks.clock import Clock
from tracks.engine.context.input_builder import person_view
from tracks.engine.loop.decide import decide
from tracks.events.event import Draft
from tracks.events.fold import fold
from tracks.recording import operations, track_facts
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_corrections import correct_on_track
from tracks.recording.track_facts import put_in_force
from tracks.recording.transfers import TransferRequest, transfer
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from definitions.model.track import Track
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment, Todo

HEAD = {"track": "t", "name": "T", "type": "förberedande spår", "owner": "enheten"}


def parsed(text: str, around: dict[str, Track] | None = None) -> Track:
    """The track of a text; the keys that every track needs are filled in where the test does not care."""
    top = {line.split(":")[0] for line in text.splitlines() if line[:1].strip()}
    head = "".join(f"{key}: {value}\n" for key, value in HEAD.items() if key not in top)
    found = load_text(head + text, around=around or {})
    assert found.track, [(one.code, one.span.line, one) for one in found.diagnostics]
    return found.track


class World:
    """Days go forwards with `at`; what is said is said on the present day, of the day `on`."""

    def __init__(self, *texts: str, first: str = "2026-06-01") -> None:
        self.book = MemoryLedger()
        self.today = date.fromisoformat(first)
        self.known: dict[str, Track] = {}
        self.said = 0
        for text in texts:
            self.apply(text)

    @property
    def clock(self) -> Clock:
        return Clock.of(datetime(self.today.year, self.today.month, self.today.day, 7, 0, tzinfo=UTC))

    def apply(self, text: str) -> None:
        track = parsed(text, self.known)
        self.known[track.track] = track
        put_in_force(self.book, self.clock, "Ann", track, hashlib.sha256(text.encode()).digest(), text)
        self.advance()

    def at(self, day: str) -> World:
        self.today = date.fromisoformat(day)
        self.advance()
        return self

    def advance(self) -> None:
        for unit in operations.all_units(self.book):
            operations.advance_unit(self.book, unit, self.clock)

    def enrol(self, ref: str = "p", on: str | None = None, track: str | None = None, born: str | None = None, **facts: Any) -> None:
        day = date.fromisoformat(on) if on else self.today
        name = track or next(iter(self.known))
        enrol(self.book, self.clock, "Ann", name, Referral(ref, day, facts=facts, born=born))
        self.advance()

    def say(self, kind: str, step: str = "", /, *, ref: str = "p", on: str | None = None, **data: Any) -> operations.Recorded:
        day = date.fromisoformat(on) if on else self.today
        said = operations.record_fact(self.book, self.clock, "Ann", ref, ReportedFact(kind, day, step, data=data))
        self.advance()
        return said

    def report(
        self, step: str, result: str = "done", *, ref: str = "p", on: str | None = None, facts: dict[str, Any] | None = None
    ) -> None:
        self.say("reported", step, ref=ref, on=on, result=result, **({"facts": facts} if facts else {}))

    def state(self, ref: str = "p", on: str | None = None, **facts: Any) -> None:
        self.say("stated", ref=ref, on=on, facts=facts)

    def move(self, name: str, *, ref: str = "p", on: str | None = None, **more: Any) -> None:
        day = date.fromisoformat(on) if on else self.today
        transfer(self.book, self.clock, "Ann", ref, TransferRequest(name, day, "other", more))
        self.advance()

    def correct(self, ref: str, kind: str, step: str = "", **how: Any) -> None:
        """Correct the latest fact of a kind."""
        log = self.book.events(self.one(ref).stream)
        of = [event for event in log if (event.kind, event.step) == (kind, step)][-1].seq
        operations.correct(self.book, self.clock, "Ann", ref, of, **how)
        self.advance()

    def shared(self, kind: str, step: str = "", track: str | None = None, on: str | None = None, **data: Any) -> None:
        draft = Draft(kind, date.fromisoformat(on) if on else self.today, step, 1 if step else 0, data)
        track_facts.record_track_fact(self.book, self.clock, "Ann", track or next(iter(self.known)), draft)
        self.advance()

    def put_right(self, kind: str, step: str = "", track: str | None = None, **how: Any) -> operations.Recorded:
        """Correct the latest fact of a kind that was said of a track, or its latest correction."""
        name = track or next(iter(self.known))
        log = self.book.events(f"track/{name}")
        of = [event for event in log if (event.kind, event.step) == (kind, step)][-1].seq
        number = max((event.seq for event in log if event.kind == "corrected" and _root(log, event) == of), default=of)
        said = correct_on_track(self.book, self.clock, "Ann", name, number, **how)
        self.advance()
        return said

    def one(self, ref: str = "p") -> Enrolment:
        return operations.find_enrolment(self.book, ref)

    def status(self, ref: str = "p") -> str:
        return self.one(ref).status

    def stream(self, ref: str) -> list[Any]:
        stream = ref if ref.startswith("track/") else self.one(ref).stream
        log = self.book.events(stream)
        gone = {event.data["seq"] for event in log if event.kind == "withdrawn"}
        return [event for event in log if event.seq not in gone and event.kind != "withdrawn"]

    def log(self, *kinds: str, ref: str = "p", step: str | None = None) -> list[str]:
        """The standing events as lines `DAY KIND STEP/ATTEMPT`; the first attempt goes without saying."""
        return [_line(e) for e in self.stream(ref) if (not kinds or e.kind in kinds) and step in (None, e.step)]

    def runs(self, ref: str = "p", step: str | None = None) -> list[str]:
        """The starts and ends of steps, with results and the reasons of skipping."""
        kinds = {"step_started": "started", "step_completed": "ended", "step_skipped": "skipped"}
        found = [e for e in self.stream(ref) if e.kind in kinds and step in (None, e.step)]
        return [f"{e.effective} {_run(e)} {kinds[e.kind]} {e.data.get('result') or e.data.get('condition') or ''}".strip() for e in found]

    def data(self, kind: str, step: str = "", ref: str = "p") -> list[dict[str, Any]]:
        return [dict(e.data) for e in self.stream(ref) if (e.kind, e.step) == (kind, step)]

    def todos(self, ref: str = "p") -> list[str]:
        """What is on the worklist, as lines `KIND STEP` and the last day where there is one."""
        return sorted(_todo(todo) for todo in self.one(ref).todos)

    def roles(self, ref: str = "p") -> dict[str, str]:
        return {todo.kind: todo.role for todo in self.one(ref).todos}

    def claims(self, ref: str = "p") -> list[str]:
        return sorted(f"{claim.resource} {claim.state}" for claim in self.one(ref).claims)

    def check(self) -> None:
        """Snapshot, claims and todos are what the log says, and nothing more follows on this day."""
        for one in self.book.enrolments.values():
            row = self.book.rows[one.track]
            view = person_view(self.book, row, one)
            progress = fold(self.book.log[one.stream])
            assert progress == one.progress, one.stream
            assert one.status == progress.status
            found = decide(view, progress, self.today)
            assert (one.claims, one.todos, found.events) == (found.claims, found.todos, ()), one.stream
            assert one.due is None or one.due > self.today


def _root(log: list[Event], event: Event) -> int:
    while event.kind == "corrected":
        event = log[event.data["of"] - 1]
    return event.seq


def _line(event: Any) -> str:
    return f"{event.effective} {event.kind} {_run(event)}".strip()


def _run(event: Any) -> str:
    return f"{event.step}/{event.attempt}" if event.attempt > 1 and event.step else str(event.step)


def _todo(todo: Todo) -> str:
    return " ".join(str(part) for part in (todo.kind, todo.step, todo.due) if part)


@pytest.fixture
def world() -> Iterator[Callable[..., World]]:
    made: list[World] = []

    def make(*texts: str, first: str = "2026-06-01") -> World:
        made.append(World(*texts, first=first))
        return made[-1]

    yield make
    for one in made:
        one.check()
