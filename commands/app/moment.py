"""The moment that a question is about: `--as-of` and `--known-at` against the one clock of the command."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from commands.runtime.context import CommandContext, clock_now, parse_time, past_day
from commands.runtime.errors import NO_VIRTUAL_TIME, NOT_THEN
from commands.runtime.output import OutputForm, print_message, window
from definitions.model.refusal import Refusal
from tracks.queries.moment import Moment, last_recorded, last_recorded_of, tracks_of
from tracks.recording.refusals import unknown_participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracks.clock import Clock
    from tracks.queries.reader import DatabaseReader


def parse_moment(
    work: CommandContext,
    reader: DatabaseReader,
    as_of: str | None = None,
    known_at: str | None = None,
    *,
    tracks: Sequence[str] = (),
    ref: str | None = None,
) -> Moment:
    """Read the moment that a question is about.

    Args:
        work: the context of the command.
        reader: the open database; its last recorded instant is the clock of a virtual workspace.
        as_of: the day that is asked about, as ISO text; today where it is None.
        known_at: a day or an instant as ISO text; what was recorded after it is left out.
        tracks: the ids of the tracks concerned; all where none is named.
        ref: the reference of the participant concerned, in place of `tracks`.

    Returns:
        The moment, with the day of the clock beside the days that are asked for.

    Raises:
        Refusal: BAD_DAY or DAY_AHEAD where `as_of` is no day or has not come; BAD_TIME where `known_at` is neither day nor instant.

    """
    try:
        today = clock_of(work, reader, tracks, ref).today
    # A workspace that was just made has no time yet, and its questions are answered with nothing rather than refused.
    except Refusal as refusal:
        if refusal.code is not NO_VIRTUAL_TIME:
            raise
        today = date.min  # nothing is recorded, so there is nothing that a day could be compared with
    known, known_on = _known(known_at) if known_at else (None, None)
    return Moment(today, past_day(as_of, today), known, known_on)


def clock_of(work: CommandContext, reader: DatabaseReader, tracks: Sequence[str] = (), ref: str | None = None) -> Clock:
    """The clock of a question.

    Args:
        work: the context of the command.
        reader: the open database, asked only where the clock is virtual.
        tracks: the ids of the tracks concerned; all where none is named.
        ref: the reference of the participant concerned, in place of `tracks`.

    Returns:
        The clock, read once.

    Raises:
        Refusal: NO_VIRTUAL_TIME where the clock is virtual and nothing is recorded.

    """
    return clock_now(work, _last(reader, tracks, ref) if work.virtual else None)


def _last(reader: DatabaseReader, tracks: Sequence[str], ref: str | None) -> str | None:
    return last_recorded_of(reader, ref) if ref else last_recorded(reader, tracks)


def _known(text: str) -> tuple[str, date]:
    """The end of a day or an instant: what was recorded before it was known then; and the day that it is."""
    clock = parse_time(text)
    if len(text) == len("2026-09-01"):
        return parse_time((clock.today + timedelta(days=1)).isoformat()).recorded, clock.today
    # Instants are compared as text; `~` sorts after every digit and `Z`, so the instant itself counts as known.
    return f"{clock.recorded[:-1]}~", clock.today


def print_past(work: CommandContext, now: Moment, form: OutputForm | None = None) -> None:
    """Print which past day is shown, and by what was known when, or to a reader at a window the virtual day; nothing of today else.

    Args:
        work: the context of the command.
        now: the moment that is shown.
        form: how the answer is wanted; for people where it is None.

    """
    if form and form.machine:
        return
    if not now.past:
        # Each track and participant has a clock there, the last that was recorded of them, so no reader of a list knows which is meant.
        if form and work.virtual and now.day > date.min and window():
            print_message("status.virtual", work, day=now.day)
        return
    if now.known_on:
        print_message("status.then.known", work, day=now.day, known=now.known_on)
    else:
        print_message("status.then", work, day=now.day)


def check_participant(reader: DatabaseReader, ref: str, now: Moment, found: Sequence[object]) -> None:
    """Refuse a reference that nothing was found for.

    Args:
        reader: the open database.
        ref: the reference, or the stream of one enrolment.
        now: the moment that was asked about.
        found: what was found there.

    Raises:
        Refusal: NOT_THEN for a participant who came later, UNKNOWN_PARTICIPANT for one who never did.

    """
    if not found:
        raise NOT_THEN(what=ref, day=now.day) if now.past and tracks_of(reader, ref) else unknown_participant(ref)
