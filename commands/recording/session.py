"""One write, from the open database to the printed event: what all commands of this room share.

`record_fact` is the whole way for most of them: it opens a `WriteSession`, hands the fact to `tracks.recording`, which validates and
writes it, keeps the free text that goes with it, and prints what was written.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from commands.app.placeholders import is_open
from commands.app.prompt import ask_text
from commands.recording.said import parse_said
from commands.runtime import errors
from commands.runtime.context import CommandContext, parse_day, writing_clock
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from definitions.model.personal_numbers import KEY_NAME
from definitions.model.refusal import Refusal
from definitions.progress import SILENT, Stage, WorkProgress
from tracks.events.kinds.table import WITHDRAWN
from tracks.events.streams import StreamId
from tracks.recording.refusals import FACT_TWICE, unknown_participant, unknown_track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from commands.app.options import After, FactOptions
    from definitions.model.words import Name
    from tracks.access.ledgers import Present, SqlLedger
    from tracks.clock import Clock
    from tracks.events.event import Event
    from tracks.privacy.vault import Vault
    from tracks.queries.reader import DatabaseReader
    from tracks.recording.operations import Recorded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WriteSession:
    """A database open for writing, the one clock of the command, the name of the person who records, and who hears how far it comes."""

    ledger: SqlLedger
    clock: Clock
    actor: Name
    progress: WorkProgress = SILENT
    _opened: list[Vault] = field(default_factory=list, repr=False)

    def vault(self) -> Vault:
        """What locks identities and notes, opened the first time that it is asked for."""
        if not self._opened:
            import os

            from tracks.privacy.vault import open_vault

            self._opened.append(open_vault(self.ledger, os.urandom))
        return self._opened[0]

    def write(self, act: Callable[[Present], T]) -> T:
        """Say something, and write it whole; a refusal leaves nothing. `act` may be asked twice, so it prints and asks nothing."""
        from tracks.recording.writes import write

        self.progress.begin(Stage.CATCHING_UP)
        return write(self.ledger, self.clock, act)

    def tried(self, act: Callable[[Present], T]) -> T:
        """Say something, and write nothing."""
        from tracks.recording.writes import tried

        self.progress.begin(Stage.CATCHING_UP)
        return tried(self.ledger, self.clock, act)

    def day(self, text: str | None) -> date:
        """The day that a fact is about: as given, else today."""
        return parse_day(text) if text else self.clock.today


@contextmanager
def open_session(
    work: CommandContext,
    *,
    track: str | None = None,
    ref: str | None = None,
    step: str = "",
    actor: Name | None = None,
    readonly: bool = False,
) -> Iterator[WriteSession]:
    """Open the database of the workspace for a command about one track or one participant.

    Args:
        work: the context of the command.
        track: the id of the track concerned.
        ref: the reference of the participant concerned, or the stream of one enrolment (`REF/1`).
        step: the id of the step that is said something of, which may tell of several enrolments which one is meant.
        actor: who records; the person named on the command line where it is None.
        readonly: whether only a dry run is wanted, which also works on a database that may not be written.

    Yields:
        The session; its clock is read once, so that everything that one command writes has the same instant.

    Raises:
        Refusal: NO_ACTOR before anything is touched; UNKNOWN_TRACK or UNKNOWN_PARTICIPANT where there is none.

    """
    from tracks.access.ledgers import open_ledger
    from tracks.queries.moment import is_track, tracks_of
    from tracks.queries.reader import reading

    by = actor or work.by
    # Asked before the database is opened for writing: an unknown name or a clock far ahead is refused while nothing is locked.
    with reading(work.database) as reader:
        if track is not None and not is_track(reader, track):
            raise unknown_track(track)
        tracks = tracks_of(reader, ref) if ref is not None else [track] if track is not None else []
        if ref is not None and not tracks:
            raise unknown_participant(ref)
        if ref is not None and len(tracks) > 1 and work.virtual:
            tracks = [_track_meant(work, reader, ref, step, tracks)]
        clock = writing_clock(work, reader, tracks)
    key = work.path.with_name(KEY_NAME)
    there = key.exists()
    with open_ledger(work.path, readonly=readonly) as ledger:
        yield WriteSession(ledger, clock, by, work.progress)
    # The first identity or note makes the key; without a copy of it nothing that it locks can ever be read again.
    if not there and key.exists():
        work.warnings.append(message("key.made", work.lang, path=key))


def _track_meant(work: CommandContext, reader: DatabaseReader, ref: str, step: str, tracks: Sequence[str]) -> str:
    """The track whose time it is where each has its own: that of the enrolment that is meant, else the one that has come least far."""
    from tracks.access.ledgers import open_ledger
    from tracks.queries.moment import last_recorded
    from tracks.recording import operations

    with suppress(Refusal), open_ledger(work.path, readonly=True) as ledger:
        return operations.find_enrolment(ledger, ref, step=step).track
    return min(tracks, key=lambda track: last_recorded(reader, [track]) or "")


def record_fact(
    work: CommandContext, ref: str, how: FactOptions, kind: str, step: str = "", *, data: Mapping[str, Any] | None = None
) -> Recorded:
    """Record one fact of a participant, and print what was written.

    Args:
        work: the context of the command.
        ref: the reference of the participant, or the stream of one enrolment.
        how: the day, note and key of the fact, and what is wanted afterwards.
        kind: the kind of the event, as in the table of kinds.
        step: the id of the step that the fact is about; empty where it is about none.
        data: what is said, by the names of the fields of the event, in words of either language; what was not said may be None.

    Returns:
        What was written, or that it stood already.

    """
    from tracks.recording import operations
    from tracks.recording.reported_fact import ReportedFact

    with open_session(work, ref=ref, step=step) as session:
        said = parse_said(kind, data or {}, how.note)
        note = LockedNote(session, said.note)
        fact = ReportedFact(kind, session.day(how.on), step, data={**said.data, **note.data}, key=how.key)
        told = operations.fact_told(session.ledger, session.clock, ref, fact)
        recorded = told or session.write(lambda now: note.kept(now, operations.record_fact_of(now, session.actor, ref, fact)))
        conclude(work, session, [recorded], how.after)
    return recorded


class LockedNote:
    """A free text beside a fact: the event holds its fingerprint, and the text itself is locked, in a table of its own.

    So the log, which nothing is ever deleted from, holds no free text about a person, and the text can be erased.
    """

    def __init__(self, session: WriteSession, text: str | None) -> None:
        self._session, self._text = session, text
        self.data: dict[str, str] = {}
        if text:
            from tracks.privacy.vault import note_print

            self.data = {"note": note_print(session.vault(), text)}

    def kept(self, now: Present, recorded: Recorded) -> Recorded:
        """What was written, with the text kept beside its event; nothing is kept where the fact stood already."""
        if self._text and recorded.events:
            now.beside(partial(self._put, recorded.events[0]))
        return recorded

    def _put(self, event: Event) -> None:
        from tracks.privacy.vault import put_note

        put_note(self._session.ledger, self._session.vault(), event.stream, event.seq, {"note": str(self._text)})


def conclude(work: CommandContext, session: WriteSession, recorded: Sequence[Recorded], after: After) -> None:
    """Advance at once where that is wanted, and print what was written.

    Args:
        work: the context of the command.
        session: the session in which it was written.
        recorded: what was written, or stood already, one item a fact.
        after: whether to advance, and whether JSON is wanted.

    """
    from commands.recording.remarks import remark
    from commands.wording.events import event_row
    from commands.wording.way_back import print_way_back

    events = [event for one in recorded for event in one.events]
    remark(work, session.ledger, session.clock.today, events)
    moved = advance_after(session, recorded) if after.advance else None
    if after.json:
        out_json([event_row(event) for event in events])
        return
    for one in recorded:
        if one.repeated:
            print_message("repeated", work, ref=one.stream)
        for other in one.others:
            print_message("repeated.other", work, ref=other)
        wording = stream_wording(session, one.stream, work.lang)
        for event in one.events:
            print_message("written", work, ref=event.stream, words=_written_words(session, wording, event))
    print_moves(work, moved, pending=moved is None and bool(events) and follows(session, recorded))
    print_way_back(events, work.lang)


def _written_words(session: WriteSession, wording: StreamWording, event: Event) -> str:
    """What was written in words; of what no longer stands what it was, because nobody knows it by its number."""
    if event.kind != WITHDRAWN:
        return wording.words(event)
    was = session.ledger.events(event.stream)[event.data["seq"] - 1]
    return message("history.gone", wording.lang, words=message("correct.numbered", wording.lang, number=was.seq, words=wording.words(was)))


def print_moves(work: CommandContext, moved: int | None, *, pending: bool) -> None:
    """Print how far the engine went on, or that it will.

    Args:
        work: the context of the command.
        moved: how many events the engine wrote; None where it was not asked to.
        pending: whether something was written that it has not gone on from.

    """
    if moved is not None:
        print_message("moved.on" if moved else "moved.nowhere", work, count=moved)
    elif pending:
        print_message("moves.on", work)


def follows(session: WriteSession, recorded: Iterable[Recorded]) -> bool:
    """Whether something follows of what was written: of the enrolments, or of those whom a fact of a track has woken."""
    from tracks.queries.explain.why import track_moves_on
    from tracks.queries.status import follows as moves_on

    ledger, today = session.ledger, session.clock.today
    streams = [one.stream for one in recorded]
    for one in ledger.load(streams):
        row = ledger.track(one.track)
        if moves_on(one, today, pending=row is not None and row.pending):
            return True
    tracks = {track for stream in streams if (track := StreamId.parse(stream).track) is not None}
    return any(track_moves_on(ledger, track, today) for track in tracks)


def advance_after(session: WriteSession, recorded: Iterable[Recorded]) -> int:
    """Advance the units of what was written; returns how many events the engine wrote."""
    from tracks.recording.operations import advance_unit

    book = session.ledger
    streams = [one.stream for one in recorded]
    tracks = {track for stream in streams if (track := StreamId.parse(stream).track) is not None}
    tracks |= {one.track for one in book.load(streams)}
    units = {book.unit(track) for track in tracks}
    return sum(advance_unit(book, unit, session.clock, progress=session.progress).events for unit in sorted(units))


class StreamWording(NamedTuple):
    """What the steps and the employers of an enrolment, or of a track, are called."""

    lang: str
    steps: Mapping[str, str] = {}
    employers: Mapping[str, str] = {}

    def words(self, event: Event, before: Event | None = None) -> str:
        """An event in words; `before` is what it corrects, as it stood."""
        from commands.wording.events import EventNames, event_words

        return event_words(event, self.lang, EventNames(self.steps.get(event.step, ""), self.employers, before))


def stream_wording(session: WriteSession, stream: str, lang: str) -> StreamWording:
    """Load the names that the events of a stream are worded with.

    Args:
        session: the session that the stream is read in.
        stream: the stream of an enrolment or of a track.
        lang: the language of the words.

    Returns:
        The names; of an enrolment those of its own version of the track, with the steps that were added for it.

    """
    from tracks.access.views import person_view

    one = next(iter(session.ledger.load([stream])), None)
    name = one.track if one else str(StreamId.parse(stream).track)
    row = session.ledger.track(name)
    if row is None:
        return StreamWording(lang)
    track = person_view(session.ledger, row, one).own.track if one else session.ledger.plan(name, row.version).track
    return StreamWording(lang, {step.id: step.name for step in track.steps}, {one.id: one.name for one in track.employers})


def parse_pairs(texts: Sequence[str] | None) -> dict[str, str]:
    """Parse `NAME=VALUE` as given several times; a value that is left out is asked for at a terminal.

    Raises:
        Refusal: BAD_PAIR for a text that is no pair; EMPTY_VALUE for one without a value; CHOOSE_VALUE or FILL_IN_VALUE for what a line
            of the worklist left open; FACT_TWICE for a name that is said twice.

    """
    found = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        left_open = is_open(value, ("VALUE",))
        if (left_open or not equals) and (answer := ask_text(name.strip())):
            equals, value = "=", answer
        elif left_open:
            code = errors.CHOOSE_VALUE if "/" in value else errors.FILL_IN_VALUE
            raise code(name=name.strip()[:40], value=value, choices=value.replace("/", ", "))
        if equals and name.strip() and not value.strip():
            raise errors.EMPTY_VALUE(name=name.strip()[:40])
        if not equals or not name.strip():
            raise errors.BAD_PAIR(value=text[:40])
        if name.strip() in found:
            raise FACT_TWICE(name=name.strip()[:40])
        found[name.strip()] = value.strip()
    return found


def given(**values: Any) -> dict[str, Any]:
    """The data of an event from options: those that were given."""
    return {name: value for name, value in values.items() if value}
