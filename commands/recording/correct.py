"""`correct` and `assign`: what was said of a participant or a track is put right; somebody becomes responsible for a participant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Context, Option

from commands.app.lookup import check_track
from commands.app.options import Advance, After, DryRun, FactOptions, Facts, Json, Key, On, Ref, fact_command
from commands.queries.caseload import warn_of_caseloads, warn_of_uncounted
from commands.recording.said import NAMES
from commands.recording.session import given, open_session, parse_pairs, record_fact
from commands.runtime import errors
from commands.runtime.typed_values import parse_codes, parse_length, parse_number, parse_reason
from definitions.model.words import parse_name
from tracks.events.roles import role_of
from tracks.events.streams import StreamId
from tracks.queries.moment import is_track, tracks_of
from tracks.queries.reader import reading

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext


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
        from commands.recording.correct_track import correct_track

        correct_track(ctx.obj, TrackEvent(track, seq), on, how, After(advance, json), dry_run=dry_run)
        return
    # A dry run writes nothing, so it must also work for one who may only read.
    with open_session(ctx.obj, ref=whose, readonly=dry_run) as session:
        put = preview_correction if dry_run else correct_with_effects
        day = session.day(on) if on else None
        found = put(session.ledger, session.clock, session.actor, whose, seq, on=day, **how)
        print_effects(ctx.obj, session, found, After(advance, json), dry_run=dry_run)


class TrackEvent(NamedTuple):
    """An event of the stream of a track, by its number."""

    track: str
    seq: int


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
