"""Small worlds over lists: random people, facts and days, lived daily, only when needed, or with kills."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from definitions.model.refusal import Refusal
from tests.tracks.worlds import commands as sayings
from tests.tracks.worlds.commands import Command, Pool
from tests.tracks.worlds.shapes import FIRST, SHAPES, dated, rolling, uncoupled, versions, weeks
from tracks.clock import Clock
from tracks.engine.context.compiled_track import track_hash
from tracks.engine.context.input_builder import person_view
from tracks.events.event import Draft
from tracks.events.kinds.table import is_fact
from tracks.events.streams import track_stream
from tracks.recording import operations, track_facts
from tracks.recording.bulk import ImportRow, replay, write_many
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import ReportedFact
from tracks.recording.track_corrections import correct_on_track
from tracks.recording.track_facts import put_in_force
from tracks.recording.transfers import TransferRequest, transfer
from tracks.recording.write_buffer import Buffered
from tracks.recording.writes import write
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from definitions.model.track import Track
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present
    from tracks.events.event import Event
    from tracks.events.snapshots import Enrolment

WORLDS = SHAPES
__all__ = [
    "FIRST", "WORLDS", "Command", "Killed", "Mortal", "Referral", "Refusal", "again", "clock", "commands", "dated", "end", "enrol",
    "live", "put_in_force", "rolling", "same", "speak", "uncoupled", "weeks",
]  # fmt: skip


def clock(day: date, minute: int = 0) -> Clock:
    return Clock.of(datetime(day.year, day.month, day.day, 7, tzinfo=UTC) + timedelta(minutes=minute))


def day_of(recorded: str) -> date:
    """The day in Stockholm of a recorded instant."""
    return Clock.recorded_at(recorded).today


class Killed(BaseException):
    """The process died."""


class Mortal(MemoryLedger):
    """A ledger whose process may die before any commit."""

    def __init__(self, chance: float, seed: int) -> None:
        super().__init__()
        self.chance, self.random = chance, random.Random(seed)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outer = self._depth == 0
        with super().transaction():
            yield
            if outer and self.random.random() < self.chance:
                raise Killed


def commands(seed: int, tracks: Sequence[Track], people: int = 6, span: int = 110) -> list[Command]:
    """What people say over the days; many will be refused, in every world alike."""
    return sayings.commands(seed, Pool(tracks), random.Random(seed), people, span)


def live(ledger: Book, tracks: Sequence[Track], said: Sequence[Command], between: Callable[[Book, date], None]) -> None:
    """Put the tracks in force and say everything; `between` is called on every day before what is said on it."""
    begin(ledger, tracks)
    at = 0
    for offset in range((said[-1].day - FIRST).days + 1 if said else 0):
        day = FIRST + timedelta(days=offset)
        between(ledger, day)
        while at < len(said) and said[at].day == day:
            again(partial(speak, ledger, tracks, said[at], at))
            at += 1


def begin(ledger: Book, tracks: Sequence[Track]) -> None:
    """Put the first version of each track in force."""
    for track in tracks:
        again(partial(apply, ledger, clock(FIRST), track, 0))


def apply(ledger: Book, now: Clock, track: Track, version: int) -> None:
    """Put one of the versions of a track in force."""
    chosen = versions(track)[version]
    put_in_force(ledger, now, "Ann", chosen, track_hash(chosen), "")


def again(what: Callable[[], object]) -> bool:
    """Run a command until it is not killed; answers whether it was not refused."""
    while True:
        try:
            what()
        except Killed:
            continue
        except Refusal:
            return False
        return True


def speak(ledger: Book, tracks: Sequence[Track], said: Command, number: int) -> None:
    """Say one thing, as a command of that day does."""
    now = clock(said.day, number % 60)
    on = said.day - timedelta(days=said.back)
    data = dict(said.data)
    if said.kind == "enrol":
        enrol(ledger, now, "Ann", said.step, Referral(said.ref, on, facts=data["facts"], born=data["born"]))
    elif said.kind == "import":
        import_rows(ledger, now, said, number)
    elif said.kind == "apply":
        apply(ledger, now, next(track for track in tracks if track.track == said.ref), data["version"])
    elif said.kind == "correct_track":
        correct_track(ledger, now, said, f"{number}")
    elif said.kind in sayings.OF_THE_TRACK:
        track_facts.record_track_fact(ledger, now, "Ann", said.ref, Draft(said.kind, on, said.step, 1 if said.step else 0, data))
    else:
        _of_a_person(ledger, now, said, on, number)


def import_rows(ledger: Book, now: Clock, said: Command, number: int) -> None:
    """Write several things as one file, of one moment or a minute apart."""
    rows = [
        ImportRow(at, "Ann", _row(row, now.today, f"{number}.{at}"), row.ref, f"{now.today}T{9 + at:02}:00")
        for at, row in enumerate(said.data["rows"])
    ]
    book = Buffered(ledger)
    if said.data["replayed"]:
        replay(book, said.step, rows)
    else:
        write_many(book, now, said.step, rows)


def _row(row: Command, today: date, key: str) -> Referral | ReportedFact:
    on = today - timedelta(days=row.back)
    if row.kind == "enrol":
        return Referral(row.ref, on, facts=row.data["facts"], born=row.data["born"], key=key)
    return ReportedFact(row.kind, on, row.step, data=dict(row.data), key=key)


def _of_a_person(ledger: Book, now: Clock, said: Command, on: date, number: int) -> None:
    # Which enrolment is meant must not depend on what has been decided so far.
    opened = 0 if "/" in said.ref else len(ledger.enrolments_of(said.ref))
    ref = f"{said.ref}/{opened}" if opened > 1 and number % 3 else said.ref
    if said.kind == "transfer":
        transfer(ledger, now, "Ann", ref, TransferRequest(said.data["name"], on, said.data["reason"]))
    elif said.kind == "correct":
        correct(ledger, now, said.ref if "/" in said.ref else f"{said.ref}/{max(1, opened)}", said, f"{number}")
    else:
        write(ledger, now, lambda present: _fact(present, ref, said, on, number))


def _fact(present: Present, ref: str, said: Command, on: date, number: int) -> None:
    one = operations.find_enrolment(present, ref)
    step = fitting(present, one, said.kind, number) if said.step == sayings.FITTING else said.step
    operations.record_fact_within(present, "Ann", one, ReportedFact(said.kind, on, step, data=dict(said.data), key=f"{number}"))


# By kind, the todos that ask for it.
_ASKED: Mapping[str, str] = {"began": "start", "placed": "placement", "decided": "decision"}


def fitting(ledger: Book, one: Enrolment, kind: str, number: int) -> str:
    """A step that something can be said of now, where there is one."""
    plan = person_view(ledger, operations.track_row(ledger, one.track), one).own
    asked = _ASKED.get(kind)
    if asked:
        found = [todo.step for todo in one.todos if todo.kind == asked]
    elif kind == "lengthened":
        found = [step.id for step in plan.chain if step.length]
    elif kind == "waived":
        found = [step.id for step in plan.chain if not one.progress.attempts(step.id)]
    else:
        found = [step.id for step in plan.track.steps if _runs(one, step.id) and (kind != "phase" or step.phases)]
    return found[number % len(found)] if found else plan.track.steps[number % len(plan.track.steps)].id


def _runs(one: Enrolment, step: str) -> bool:
    n = one.progress.attempts(step)
    return bool(n) and not one.progress.get("ended", step, n)


def said_in(log: Sequence[Event]) -> list[Event]:
    """The facts of a log, without the corrections."""
    return [event for event in log if is_fact(event.kind) and event.kind != "corrected"]


def correct_track(ledger: Book, now: Clock, said: Command, key: str) -> None:
    """Correct one of the facts said of a track so far, but a version, or what it was corrected to last."""
    log = ledger.events(track_stream(said.ref))
    facts = [event for event in said_in(log) if event.kind != "applied"]
    if facts:
        of, seq = picked(log, facts, said)
        on, data = put_right(of, now, said)
        how = {"withdraw": said.data["how"] == "withdraw", "restore": said.data["how"] == "restore"}
        correct_on_track(ledger, now, "Ann", said.ref, seq, on=on, data=data, **how, key=key)


def picked(log: Sequence[Event], facts: Sequence[Event], said: Command) -> tuple[Event, int]:
    """The fact that was drawn, and the number by which it is corrected."""
    of = facts[said.data["pick"] % len(facts)]
    seq = of.seq
    for event in log:
        if event.kind == "corrected" and event.data["of"] == seq:
            seq = event.seq
    return of, seq


def put_right(of: Event, now: Clock, said: Command) -> tuple[date | None, dict[str, Any] | None]:
    """The day and the content that are right, where these are drawn."""
    how = said.data["how"]
    on = min(now.today, of.effective + timedelta(days=said.data["shift"])) if how in ("day", "both") else None
    return on, put_otherwise(of, said.data) if how in ("data", "both") else None


def correct(ledger: Book, now: Clock, stream: str, said: Command, key: str) -> None:
    """Correct one of the facts said so far, or what it was corrected to last."""
    log = ledger.events(stream)
    facts = said_in(log)
    if not facts:
        return
    of, seq = picked(log, facts, said)
    how = said.data["how"]
    on, data = put_right(of, now, said)
    operations.correct(ledger, now, "Ann", stream, seq, on=on, data=data, withdraw=how == "withdraw", key=key)


def put_otherwise(of: Event, drawn: Any) -> dict[str, Any]:
    """Other content for a fact, of what was drawn for any kind."""
    names = {
        "start_postponed": ("to",),
        "employer_reported": ("result",),
        "reported": ("result",),
        "outcome": ("what",),
        "placed": ("employer",),
        "selected": ("employer",),
        "lengthened": ("count",),
    }
    wanted = names.get(of.kind, ("facts",) if of.kind in ("stated", "referred") else ("reason",))
    return {name: drawn[name] for name in wanted if name in drawn}


def end(ledger: Book, day: date) -> None:
    """Advance everything to a day."""
    for unit in operations.all_units(ledger):
        again(partial(operations.advance_unit, ledger, unit, clock(day)))


def same(ledger: MemoryLedger) -> dict[str, list[tuple[Any, ...]]]:
    """What must be equal between worlds: everything but recorded time and hashes."""
    return {
        stream: [(e.seq, e.kind, e.step, e.attempt, e.effective, e.actor, e.version, dict(e.data), e.key) for e in events]
        for stream, events in sorted(ledger.log.items())
    }
