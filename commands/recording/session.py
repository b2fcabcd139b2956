"""What the writing commands share: open the database with the one clock, say facts, show what was written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands.app.prompt import ask
from commands.runtime import errors
from commands.runtime.context import CommandContext, parse_day, writing_clock
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from commands.wording.events import EventNames, event_row, event_words
from definitions.model.personal_numbers import KEY_NAME
from tracks.access.ledgers import open_ledger
from tracks.access.views import person_view
from tracks.events.streams import StreamId
from tracks.recording import operations
from tracks.recording.operations import Recorded, advance_unit
from tracks.recording.refusals import UNKNOWN_PARTICIPANT, UNKNOWN_TRACK
from tracks.recording.reported_fact import ReportedFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from commands.app.options import After, FactOptions
    from tracks.access.ledgers import SqlLedger
    from tracks.clock import Clock


@dataclass(frozen=True, slots=True)
class WriteSession:
    """A database open for writing, the clock of the command, and who speaks."""

    ledger: SqlLedger
    clock: Clock
    actor: str

    def day(self, text: str | None) -> date:
        """The day that a fact is about: as given, else today."""
        return parse_day(text) if text else self.clock.today


@contextmanager
def open_session(
    work: CommandContext, *, track: str | None = None, ref: str | None = None, actor: str | None = None, readonly: bool = False
) -> Iterator[WriteSession]:
    """Open the database of the workspace; the clock is read once. Raises NoActor before anything is touched."""
    from tracks.queries.moment import is_track, last_recorded, tracks_of
    from tracks.queries.reader import reading

    by = actor or work.by
    with reading(work.database) as reader:
        if track is not None and not is_track(reader, track):
            raise UNKNOWN_TRACK(track=track[:64])
        tracks = tracks_of(reader, ref) if ref is not None else [track] if track is not None else []
        if ref is not None and not tracks:
            raise UNKNOWN_PARTICIPANT(ref=ref[:40])
        clock = writing_clock(work, last_recorded(reader, tracks))
    key = work.path.with_name(KEY_NAME)
    there = key.exists()
    with open_ledger(work.path, readonly=readonly) as ledger:
        yield WriteSession(ledger, clock, by)
    if not there and key.exists():
        work.warnings.append(message("key.made", work.lang, path=key))


def record_fact(
    work: CommandContext, ref: str, how: FactOptions, kind: str, step: str = "", *, said: Mapping[str, Any] | None = None
) -> Recorded:
    """Say one fact of a participant, and show what was written."""
    with open_session(work, ref=ref) as session:
        with locked_note(session, how.note) as noted:
            fact = ReportedFact(kind, session.day(how.on), step, data={**(said or {}), **noted.said}, key=how.key)
            done = operations.record_fact(session.ledger, session.clock, session.actor, ref, fact)
            noted.keep(done)
        conclude(work, session, [done], how.after)
    return done


class LockedNote:
    """A free text beside a fact: the event holds its fingerprint, and the text itself is locked, in a table of its own."""

    def __init__(self, session: WriteSession, text: str | None) -> None:
        self._session, self._text = session, text
        self.said: dict[str, str] = {}
        if text:
            import os

            from tracks.privacy.vault import note_print, open_vault

            self._vault = open_vault(session.ledger, os.urandom)
            self.said = {"note": note_print(self._vault, text)}

    def keep(self, said: Recorded) -> None:
        """Keep the text with the event that was written; nothing where the fact stood already."""
        from tracks.privacy.vault import put_note

        if self._text and said.events:
            put_note(self._session.ledger, self._vault, said.stream, said.events[0].seq, {"note": self._text})


@contextmanager
def locked_note(session: WriteSession, text: str | None) -> Iterator[LockedNote]:
    """Write a fact and its free text together or not at all."""
    if not text:
        yield LockedNote(session, None)
        return
    with session.ledger.transaction():
        yield LockedNote(session, text)


def conclude(work: CommandContext, session: WriteSession, said: Sequence[Recorded], after: After) -> None:
    """Show what was written, and move on at once where it is wanted."""
    events = [event for one in said for event in one.events]
    moved = advance_after(session, said) if after.advance else None
    if after.json:
        out_json([event_row(event) for event in events])
        return
    for one in said:
        _print_recorded(work, session, one)
    if moved is not None:
        print_message("moved.on", work, count=moved)
    elif events:
        print_message("moves.on", work)


def advance_after(session: WriteSession, said: Sequence[Recorded]) -> int:
    """Advance what was written in; answers how many events came of it."""
    tracks = {track for one in said if (track := StreamId.parse(one.stream).track) is not None}
    tracks |= {one.track for one in session.ledger.load([one.stream for one in said])}
    units = {session.ledger.unit(track) for track in tracks}
    return sum(advance_unit(session.ledger, unit, session.clock).events for unit in sorted(units))


def _print_recorded(work: CommandContext, session: WriteSession, said: Recorded) -> None:
    if said.repeated:
        print_message("repeated", work, ref=said.stream)
    steps, employers = names_of(session, said)
    for event in said.events:
        words = event_words(event, work.lang, EventNames(steps.get(event.step, ""), employers))
        print_message("written", work, ref=event.stream, words=words)


def names_of(session: WriteSession, said: Recorded) -> tuple[dict[str, str], dict[str, str]]:
    """What the steps and the employers of an enrolment, or of a track, are called."""
    one = next(iter(session.ledger.load([said.stream])), None)
    name = one.track if one else str(StreamId.parse(said.stream).track)
    row = session.ledger.track(name)
    if row is None:
        return {}, {}
    track = person_view(session.ledger, row, one).own.track if one else session.ledger.plan(name, row.version).track
    return {step.id: step.name for step in track.steps}, {employer.id: employer.name for employer in track.employers}


def parse_pairs(texts: Sequence[str] | None) -> dict[str, str]:
    """`NAME=VALUE` as given several times; a value that is left out is asked for at a terminal. Raises BadPair."""
    found = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals and (answer := ask(name.strip())):
            equals, value = "=", answer
        if not equals or not name.strip() or not value.strip():
            raise errors.BAD_PAIR(value=text[:40])
        found[name.strip()] = value.strip()
    return found
