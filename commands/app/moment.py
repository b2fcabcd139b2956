"""The moment that a question is about: which clock it is asked on, and which day or knowledge of the past it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.runtime.context import clock_now, parse_time, past_day
from commands.runtime.errors import NO_VIRTUAL_TIME
from commands.runtime.output import print_message
from definitions.model.refusal import Refusal
from tracks.queries.moment import Moment, last_recorded, last_recorded_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.runtime.context import Here
    from tracks.clock import Clock
    from tracks.queries.reader import DatabaseReader


def moment(
    work: Here,
    reader: DatabaseReader,
    as_of: str | None = None,
    known_at: str | None = None,
    *,
    tracks: Sequence[str] = (),
    ref: str | None = None,
) -> Moment:
    """The moment that a question is about: of some tracks, of a participant, or of all. Raises BadDay, BadTime or DayAhead."""
    try:
        today = clock_of(work, reader, tracks, ref).today
    except Refusal as fault:
        if fault.code is not NO_VIRTUAL_TIME:
            raise
        from datetime import date

        today = date.min  # nothing is recorded, so there is nothing that a day could be compared with
    known, known_on = _known(known_at) if known_at else (None, None)
    return Moment(today, past_day(as_of, today), known, known_on)


def clock_of(work: Here, reader: DatabaseReader, tracks: Sequence[str] = (), ref: str | None = None) -> Clock:
    """The clock of a question. Raises NoVirtualTime where the clock is virtual and nothing is recorded."""
    return clock_now(work, _last(reader, tracks, ref) if work.virtual else None)


def _last(reader: DatabaseReader, tracks: Sequence[str], ref: str | None) -> str | None:
    return last_recorded_of(reader, ref) if ref else last_recorded(reader, tracks)


def _known(text: str) -> tuple[str, date]:
    """The end of a day or an instant: what was recorded before it was known then; and the day that it is."""
    from datetime import timedelta

    clock = parse_time(text)
    if len(text) == len("2026-09-01"):
        return parse_time((clock.today + timedelta(days=1)).isoformat()).recorded, clock.today
    return f"{clock.recorded[:-1]}~", clock.today  # after every instant that is written the same


def tell_past(work: Here, now: Moment) -> None:
    """Which day is shown, and by what was known when."""
    if now.known_on:
        print_message("status.then.known", work, day=now.day, known=now.known_on)
    else:
        print_message("status.then", work, day=now.day)
