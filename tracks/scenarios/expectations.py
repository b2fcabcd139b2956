"""Compares what the engine answered in a case with one expected sentence at a time, and finds what happened instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.refusal import Refusal
from definitions.scenarios.event_sentences import event_sentence, status_sentence, todo_sentence
from tracks.engine.context.input_builder import track_view
from tracks.engine.rules.allocation import intake_queue, open_starts, queue_rank, waited_steps
from tracks.events.fold import standing
from tracks.events.kinds.table import is_of_track
from tracks.events.resources import EmployerStart, IntakePlace, StepPlace, parse
from tracks.events.streams import ref_of as stream_ref
from tracks.events.streams import track_stream
from tracks.events.todos import TodoKind
from tracks.recording import operations
from tracks.scenarios.actions import ref_of
from tracks.texts import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from definitions.scenarios.model import ScenarioCase, ScriptLine, Sentence, Suite
    from tracks.events.event import Event
    from tracks.events.resources import Resource
    from tracks.events.snapshots import Enrolment, Todo
    from tracks.storage.memory_ledger import MemoryLedger

# So many of what happened instead are shown.
MOST: Final = 6


class Occurrence(NamedTuple):
    """Something that happened or stands so, as the sentence one would write; `kind` is that of the event, empty for the rest."""

    day: date
    text: str
    kind: str = ""
    step: str = ""
    track: str = ""


class CaseAnswer(NamedTuple):
    """Whether a sentence holds, and what happened instead; `unwanted` where something came that was not to."""

    holds: bool
    instead: tuple[Occurrence, ...] = ()
    unwanted: bool = False


def _streams(book: MemoryLedger, name: str) -> list[Enrolment]:
    return book.enrolments_of(ref_of(name))


def _person_events(book: MemoryLedger, name: str) -> Iterator[tuple[Event, str]]:
    for one in _streams(book, name):
        yield from ((event, one.track) for event, _ in standing(book.events(one.stream)))


def _track_events(book: MemoryLedger) -> Iterator[tuple[Event, str]]:
    for track in book.tracks():
        yield from ((event, track) for event, _ in standing(book.events(track_stream(track))))


def _occurrences(rows: Iterable[tuple[Event, str]], suite: Suite, name: str) -> Iterator[Occurrence]:
    for event, track in rows:
        text = event_sentence(event.kind, event.step, event.data, suite.lang, name)
        if text:
            yield Occurrence(event.effective, text, event.kind, event.step, track)


def list_occurrences(book: MemoryLedger, suite: Suite, case: ScenarioCase) -> list[Occurrence]:
    """List everything that the engine answered in a case, in order of days.

    Args:
        book: The ledger that the case ran on.
        suite: The tests that the case belongs to, for their language.
        case: The case, for its people.

    """
    found = list(_occurrences(_track_events(book), suite, ""))
    for name in dict.fromkeys(person.name for person in case.people):
        found += _occurrences(_person_events(book, name), suite, name)
    return sorted(found, key=lambda one: one.day)


def check_event(book: MemoryLedger, suite: Suite, line: ScriptLine, name: str) -> CaseAnswer:
    """Check whether an expected event came on its day, or one that was not to come did not.

    Args:
        book: The ledger that the case ran on.
        suite: The tests that the case belongs to, for their language.
        line: The expected sentence with its day; without a day it is never to come true.
        name: The person whom it is about; empty where the case has one only.

    """
    sentence = line.sentence
    rows = list(_track_events(book) if is_of_track(sentence.kind) else _person_events(book, name))
    same = [(event, track) for event, track in rows if _is(event, sentence)]
    # `never` looks at the whole case.
    if line.day is None:
        wrong = same if not sentence.negated else []
        return CaseAnswer(not same if not sentence.negated else bool(same), tuple(_occurrences(wrong, suite, name)), unwanted=bool(wrong))
    # `not` on a day looks at everything up to that day: an event that came earlier has come all the same.
    if sentence.negated:
        wrong = [row for row in same if row[0].effective <= line.day]
        return CaseAnswer(not wrong, tuple(_occurrences(wrong, suite, name)), unwanted=True)
    if any(event.effective == line.day for event, _ in same):
        return CaseAnswer(holds=True)
    return CaseAnswer(holds=False, instead=tuple(_occurrences(_similar_events(rows, same, line), suite, name))[:MOST])


def _similar_events(rows: list[tuple[Event, str]], same: list[tuple[Event, str]], line: ScriptLine) -> list[tuple[Event, str]]:
    """Choose what to show instead: the same on another day, else others of its kind or step, else what came that day."""
    sentence = line.sentence
    alike = [row for row in rows if (row[0].kind, row[0].step) == (sentence.kind, sentence.step)]
    of_step = [row for row in rows if sentence.step and row[0].step == sentence.step]
    return same or alike or of_step or [row for row in rows if row[0].effective == line.day]


def _is(event: Event, sentence: Sentence) -> bool:
    if (event.kind, event.step) != (sentence.kind, sentence.step):
        return False
    if is_of_track(sentence.kind) and not _shared(event, sentence):
        return False
    return all(_same(event, name, value, sentence.data) for name, value in sentence.data.items())


def _shared(event: Event, sentence: Sentence) -> bool:
    asked = {"start": sentence.start or sentence.data.get("start"), "employer": sentence.employer}
    return all(event.data.get(name) == value for name, value in asked.items() if value)


def _same(event: Event, name: str, value: Any, said: Mapping[str, Any]) -> bool:
    if name == "run":
        return bool(event.attempt == value)
    if name == "what":
        return bool(event.data.get("what") == (f"{value} {said['point']}" if "point" in said else value))
    # The point of a missed follow-up has been compared as a part of `what`.
    if name == "point" and "what" in said:
        return True
    return bool(event.data.get(name) == value)


def check_state(book: MemoryLedger, suite: Suite, sentence: Sentence, name: str, day: date) -> CaseAnswer:
    """Check whether things stand as expected at the end of a day: a status, a todo, a queue, or too many with a place.

    Args:
        book: The ledger that the case runs on, caught up to the day.
        suite: The tests that the case belongs to.
        sentence: What is expected; its kind is one of `phrases.STATES`.
        name: The person whom it is about; empty where the case has one only.
        day: The day.

    """
    return _STATES[sentence.kind](book, suite, sentence, name, day)


def _status(book: MemoryLedger, suite: Suite, sentence: Sentence, name: str, day: date) -> CaseAnswer:
    try:
        one = operations.find_enrolment(book, ref_of(name))
    # Nobody of that name is enrolled, or not in one track alone: there is no status to compare.
    except Refusal:
        return CaseAnswer(holds=False)
    stands = status_sentence(one.status, suite.lang, name)
    # After a transfer here the status is that of the enrolment which it opened.
    text = stands if one.track == suite.track else message("led_to", suite.lang, status=stands, track=one.track)
    return CaseAnswer(one.status == sentence.data["status"], (Occurrence(day, text),))


_OF_A_START: Final = ("start_held", "start_left", "unsigned")


def _todo(book: MemoryLedger, suite: Suite, sentence: Sentence, name: str, day: date) -> CaseAnswer:
    shared = sentence.data["todo"] in (*_OF_A_START, "elsewhere", "subject_report")
    streams = [] if shared else _streams(book, name)
    rows = [(todo, one.track) for one in streams for todo in one.todos]
    rows += [(todo, track) for track in book.tracks() if shared and (row := book.track(track)) for todo in row.todos]
    instead = (
        Occurrence(day, todo_sentence(t.kind, t.step, t.due, t.role, suite.lang, name), step=t.step, track=track) for t, track in rows
    )
    return CaseAnswer(any(_is_todo(todo, sentence) for todo, _ in rows), tuple(instead))


def _is_todo(todo: Todo, sentence: Sentence) -> bool:
    said = sentence.data
    named, kind = said["todo"], TodoKind.parse(todo.kind)
    if named not in (kind.base, todo.kind) or not _about(kind, sentence):
        return False
    details = {"due": todo.due, "role": todo.role}
    return sentence.step in ("", todo.step) and all(details[key] == said[key] for key in details if key in said)


def _about(kind: TodoKind, sentence: Sentence) -> bool:
    """Whether a todo is about the fact, the day, or the employer and start that a sentence names."""
    if kind.base == "subject_report":
        whose, start = EmployerStart.parse(kind.about), sentence.start or sentence.data.get("start", "")
        return whose.employer == sentence.employer and start in ("", whose.start)
    wanted = {"fact": "fact", "follow_up": "point"}.get(kind.base)
    return kind.about == (sentence.start if kind.base in _OF_A_START else str(sentence.data[wanted]) if wanted else kind.about)


def _over(book: MemoryLedger, suite: Suite, sentence: Sentence, name: str, day: date) -> CaseAnswer:
    """Check whether more have a place than there are places: at a start, in a step, or on the track."""
    del name
    row = book.track(suite.track)
    assert row is not None  # noqa: S101 - put in force before anything else
    over = [kind for todo in row.todos if (kind := TodoKind.parse(todo.kind)).base == "over"]
    instead = tuple(Occurrence(day, todo_sentence(str(kind), "", None, "", suite.lang)) for kind in over)
    return CaseAnswer(any(_is_place(parse(kind.about), sentence) for kind in over), instead)


def _is_place(place: Resource, sentence: Sentence) -> bool:
    if isinstance(place, StepPlace):
        return place.step == sentence.step and sentence.data.get("employer") in (None, "", place.employer)
    return not sentence.step and place == IntakePlace(sentence.start)


def _queue(book: MemoryLedger, suite: Suite, sentence: Sentence, name: str, day: date) -> CaseAnswer:
    """Compare who waits, first in the queue first: for a place on the track, or in a step."""
    del name
    row = book.track(suite.track)
    assert row is not None  # noqa: S101 - put in force before anything else
    view, rows = track_view(book, row, None), book.claims(suite.track)
    if sentence.step:
        asked = {str(place) for place in waited_steps(rows) if place.step == sentence.step}
        waiting = [(c.since, queue_rank(c), stream) for stream, c in rows if c.state == "waiting" and c.resource in asked]
        line = [stream for _, _, stream in sorted(waiting)]
    else:
        start = sentence.data.get("start") or next((window.name for window in open_starts(view, rows, day)), _coming(suite, day))
        line = [stream for _, stream, _ in intake_queue(view, rows, start)]
    found = [stream_ref(stream) for stream in line]
    told = event_sentence("queue", sentence.step, {}, suite.lang) or ""
    wanted = [ref_of(one) for one in sentence.data.get("people", ())]
    return CaseAnswer(found == wanted, (Occurrence(day, " ".join([told, ", ".join(found)]).strip()),))


def _coming(suite: Suite, day: date) -> str:
    starts = [start.date for start in suite.tested.track.intake.starts]
    return next((start.isoformat() for start in starts if start >= day), "")


_STATES: Final[Mapping[str, Callable[[MemoryLedger, Suite, Sentence, str, date], CaseAnswer]]] = {
    "status": _status,
    "todo": _todo,
    "queue": _queue,
    "over": _over,
}
