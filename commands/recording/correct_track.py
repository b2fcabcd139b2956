"""`correct TRACK`: what was said of a track is put right, and everybody whom it reached stands as if it had been so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from commands.recording.correction_report import fact_before, print_part
from commands.recording.reach import Reach, agree, print_reach, reach_of, reach_row
from commands.recording.session import advance_after, follows, open_session, print_moves, stream_wording
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from commands.wording.events import event_row
from tracks.events.fold import roots
from tracks.events.kinds.table import WITHDRAWN
from tracks.events.streams import track_stream
from tracks.queries.reader import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.app.options import After
    from commands.recording.correct import TrackEvent
    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present
    from tracks.events.event import Event
    from tracks.recording.operations import Recorded


class _Done(NamedTuple):
    """What a correction of a track wrote in its stream and in those of people, and whom it reaches.

    `at_employer` is whether it is about an employer, so that whom it reaches is there.
    """

    reach: Reach
    people: tuple[Event, ...]
    at_employer: bool


def correct_track(work: CommandContext, of: TrackEvent, on: str | None, how: Mapping[str, Any], after: After, *, dry_run: bool) -> None:
    """Record what is right in place of an event of a track, and print what came of it.

    Args:
        work: the context of the command.
        of: the event.
        on: the day that is right, as typed.
        how: what else is right, as `track_corrections.correct_on_track` takes it.
        after: whether to advance, and whether JSON is wanted.
        dry_run: whether nothing is to be written.

    Raises:
        Refusal: it cannot be corrected so, or whoever sits at the terminal does not mean it; then nothing was written.

    """
    from tracks.recording.track_corrections import correct_on_track_within, track_correction_told

    with open_session(work, track=of.track, readonly=dry_run) as session:
        right = {**how, "on": session.day(on) if on else None}
        log = session.ledger.events(track_stream(of.track))
        root = roots(log).get(of.seq, of.seq)
        at_employer = any(event.seq == root and event.data.get("employer") for event in log)

        def act(now: Present, *, advance: bool) -> _Done:
            people: list[Event] = []

            def say() -> Recorded:
                said, theirs = correct_on_track_within(now, session.actor, of.track, of.seq, **right)
                people.extend(theirs)
                return said

            reach = reach_of(now, of.track, say, advance=advance)
            return _Done(reach, tuple(people), at_employer)

        if told := track_correction_told(session.ledger, session.clock.today, of.track, of.seq, **right):
            done = _Done(Reach(told, (), {}), (), at_employer)
        elif dry_run:
            done = session.tried(lambda now: act(now, advance=True))
        else:
            if not after.json:
                agree(work, session, lambda now: act(now, advance=True).reach, hides_place=at_employer)
            done = session.write(lambda now: act(now, advance=False))
        _print(work, session, done, after, dry_run=dry_run)


def _print(work: CommandContext, session: WriteSession, done: _Done, after: After, *, dry_run: bool) -> None:
    said = done.reach.said
    moved = advance_after(session, [said]) if after.advance and not dry_run else None
    if after.json:
        out_json(_row(work, done, dry_run=dry_run))
        return
    if dry_run:
        print_message("correct.dry", work)
    if said.repeated:
        print_message("repeated", work, ref=said.stream)
    else:
        _print_correction(work, session, done)
    print_moves(work, moved, pending=moved is None and not dry_run and not said.repeated and follows(session, [said]))


def _print_correction(work: CommandContext, session: WriteSession, done: _Done) -> None:
    first, *rest = done.reach.said.events
    own, log = stream_wording(session, first.stream, work.lang), {event.seq: event for event in session.ledger.events(first.stream)}
    print_message("written", work, ref=first.stream, words=own.words(first, fact_before(session, first)))
    gone = [log[event.data["seq"]] for event in rest if event.kind == WITHDRAWN]
    print_part(work, "correct.withdrawn", (message("correct.numbered", work.lang, number=one.seq, words=own.words(one)) for one in gone))
    print_part(work, "correct.added", (own.words(event) for event in rest if event.kind != WITHDRAWN))
    print_message("reach.concerns", work, count=len(done.reach.people))
    print_reach(work, done.reach, hides_place=done.at_employer)


def _row(work: CommandContext, done: _Done, *, dry_run: bool) -> dict[str, Any]:
    events = done.reach.said.events
    with reading(work.database) as reader:
        hidden = reader.protected
    return {
        "dry_run": dry_run,
        "repeated": done.reach.said.repeated,
        "correction": event_row(events[0]) if events else None,
        "withdrawn": [event_row(event) for event in events[1:] if event.kind == WITHDRAWN],
        "added": [event_row(event) for event in events[1:] if event.kind != WITHDRAWN],
        "others": [event_row(event) for event in done.people if not (done.at_employer and event.stream in hidden)],
        **reach_row(work, done.reach, hides_place=done.at_employer),
    }
