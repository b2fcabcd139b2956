"""`correct` and `assign`: what was said of a participant or a track is put right; somebody becomes responsible for a participant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Context, Option

from commands.app.lookup import check_track
from commands.app.options import Advance, After, DryRun, FactOptions, Facts, Json, Key, On, Ref, fact_command
from commands.queries.caseload import warn_of_caseloads, warn_of_uncounted
from commands.recording.said import NAMES
from commands.recording.session import advance_after, follows, given, open_session, parse_pairs, print_moves, record_fact, stream_wording
from commands.recording.track_facts import Reach, agree, print_reach, reach_of, reach_row
from commands.runtime import errors
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_codes, parse_length, parse_number, parse_reason
from commands.wording.events import event_row
from definitions.model.words import parse_name
from tracks.events.fold import roots
from tracks.events.kinds.table import WITHDRAWN
from tracks.events.roles import role_of
from tracks.events.streams import StreamId, track_stream
from tracks.queries.moment import is_track, tracks_of
from tracks.queries.reader import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present
    from tracks.events.event import Event
    from tracks.recording.operations import Recorded


def correct(
    ctx: Context,
    ref: Ref,
    number: Annotated[str | None, Argument(metavar="NUMBER")] = None,
    *,
    on: On = None,
    result: Annotated[str | None, Option("--result", metavar="RESULT")] = None,
    length: Annotated[str | None, Option("--length", metavar="LENGTH")] = None,
    fact: Facts = None,
    changes: Annotated[list[str] | None, Option("--set", metavar="NAME=VALUE")] = None,
    withdraw: Annotated[bool, Option("--withdraw")] = False,
    restore: Annotated[bool, Option("--restore")] = False,
    reason: Annotated[str, Option("--reason", metavar="REASON")] = "other",
    dry_run: DryRun = False,
    key: Key = None,
    advance: Advance = False,
    json: Json = False,
) -> None:
    """Record what is right in place of an event, and decide anew what followed from it."""
    from commands.recording.correction_report import print_effects
    from tracks.recording.correction_effects import correct_with_effects, preview_correction

    whose, seq = parse_event(ref, number)
    data = _parse_content(changes, fact, result, length) or None
    how: dict[str, Any] = {"data": data, "withdraw": withdraw, "restore": restore, "reason": parse_reason(reason)["reason"], "key": key}
    if track := _track_named(ctx.obj, whose):
        _correct_track(ctx.obj, TrackEvent(track, seq), on, how, After(advance, json), dry_run=dry_run)
        return
    # A dry run writes nothing, so it must also work for one who may only read.
    with open_session(ctx.obj, ref=whose, readonly=dry_run) as session:
        put = preview_correction if dry_run else correct_with_effects
        day = session.day(on) if on else None
        found = put(session.ledger, session.clock, session.actor, whose, seq, on=day, **how)
        print_effects(ctx.obj, session, found, After(advance, json), dry_run=dry_run)


def _track_named(work: CommandContext, whose: str) -> str | None:
    """The track that is named, `track/ID` or its id alone where nobody has that as a reference; None where it is a participant."""
    named = StreamId.parse(whose).track
    with reading(work.database) as reader:
        if named is not None:
            check_track(work, reader, named)
            return named
        return whose if is_track(reader, whose) and not tracks_of(reader, whose) else None


def parse_event(ref: str, number: str | None) -> tuple[str, int]:
    """Parse an event as it is named, `REF NUMBER`, `REF#NUMBER` or `REF/1#NUMBER`, to its stream or reference and its number.

    Raises:
        Refusal: WHICH_EVENT without a number, or that of a number that is none.

    """
    whose, _, after = ref.partition("#")
    if not (number or after):
        raise errors.WHICH_EVENT(ref=whose[:40])
    return whose, parse_number("NR", number or after)


def _parse_content(changes: list[str] | None, fact: list[str] | None, result: str | None, length: str | None) -> dict[str, Any]:
    """Parse the content that is right to the data of the event."""
    found = _coded(parse_pairs(changes) | given(result=result))
    found |= parse_length(length.removeprefix("-"), -1 if length.startswith("-") else 1) if length else {}
    return found | ({"facts": parse_pairs(fact)} if fact else {})


def _coded(changes: dict[str, str]) -> dict[str, Any]:
    """The changes with names and words of either language as the codes that events hold."""
    from commands.app.error_text import FIELDS

    codes = {swedish: name for name, swedish in FIELDS.items()}
    named = {codes.get(name.casefold().replace(" ", "_"), name): value for name, value in changes.items()}
    return parse_codes({name: parse_name(value, name) if name in NAMES else value for name, value in named.items()})


class TrackEvent(NamedTuple):
    """An event of the stream of a track, by its number."""

    track: str
    seq: int


class _TrackPutRight(NamedTuple):
    """What a correction of a track wrote in its stream and in those of people, and whom it reaches.

    `at_employer` is whether it is about an employer, so that whom it reaches is there.
    """

    reach: Reach
    people: tuple[Event, ...]
    at_employer: bool


def _correct_track(work: CommandContext, of: TrackEvent, on: str | None, how: Mapping[str, Any], after: After, *, dry_run: bool) -> None:
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

        def act(now: Present, *, advance: bool) -> _TrackPutRight:
            people: list[Event] = []

            def say() -> Recorded:
                said, theirs = correct_on_track_within(now, session.actor, of.track, of.seq, **right)
                people.extend(theirs)
                return said

            reach = reach_of(now, of.track, say, advance=advance)
            return _TrackPutRight(reach, tuple(people), at_employer)

        if told := track_correction_told(session.ledger, session.clock.today, of.track, of.seq, **right):
            done = _TrackPutRight(Reach(told, (), {}), (), at_employer)
        elif dry_run:
            done = session.tried(lambda now: act(now, advance=True))
        else:
            if not after.json:
                agree(work, session, lambda now: act(now, advance=True).reach, hides_place=at_employer)
            done = session.write(lambda now: act(now, advance=False))
        _print(work, session, done, after, dry_run=dry_run)


def _print(work: CommandContext, session: WriteSession, done: _TrackPutRight, after: After, *, dry_run: bool) -> None:
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


def _print_correction(work: CommandContext, session: WriteSession, done: _TrackPutRight) -> None:
    from commands.recording.correction_report import fact_before, print_part

    first, *rest = done.reach.said.events
    own, log = stream_wording(session, first.stream, work.lang), {event.seq: event for event in session.ledger.events(first.stream)}
    print_message("written", work, ref=first.stream, words=own.words(first, fact_before(session, first)))
    gone = [log[event.data["seq"]] for event in rest if event.kind == WITHDRAWN]
    print_part(work, "correct.withdrawn", (message("correct.numbered", work.lang, number=one.seq, words=own.words(one)) for one in gone))
    print_part(work, "correct.added", (own.words(event) for event in rest if event.kind != WITHDRAWN))
    print_message("reach.concerns", work, count=len(done.reach.people))
    print_reach(work, done.reach, hides_place=done.at_employer)


def _row(work: CommandContext, done: _TrackPutRight, *, dry_run: bool) -> dict[str, Any]:
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


@fact_command
def assign(
    ctx: Context,
    ref: Ref,
    role: Annotated[str, Argument(metavar="ROLE")],
    person: Annotated[str, Argument(metavar="NAME")],
    *,
    how: FactOptions,
) -> None:
    """Record who at work is responsible for a participant, and warn where that is more than one person's share."""
    from commands.app.lookup import check_assigned

    with reading(ctx.obj.database) as reader:
        check_assigned(ctx.obj, reader, role)
    record_fact(ctx.obj, ref, how, "assigned", data={"role": role, "person": person})
    with reading(ctx.obj.database) as reader:
        tracks = tracks_of(reader, ref)
        warn_of_uncounted(ctx.obj, reader, role_of(role), tracks)
        warn_of_caseloads(ctx.obj, reader, person, tracks)
