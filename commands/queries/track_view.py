"""A track with its claims as the listing commands show it: from the snapshots, or as it was on a past day."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from commands.app.moment import parse_moment, print_past
from commands.runtime import errors
from tracks.queries.moment import is_track
from tracks.queries.reader import reading
from tracks.recording.refusals import unknown_track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.app.options import ListingOptions
    from commands.runtime.context import CommandContext
    from tracks.access.views import View
    from tracks.events.snapshots import Claim, TrackRow
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.moment import Moment


class TrackView(NamedTuple):
    """A track as it is shown: from the snapshots, or as it was then."""

    ledger: CurrentLedger
    row: TrackRow
    view: View
    claims: list[tuple[str, Claim]]
    now: Moment


@contextmanager
def open_track_view(work: CommandContext, track: str, wanted: ListingOptions) -> Iterator[TrackView]:
    """Open a track with its claims, now or on a past day, and print which day is shown.

    Args:
        work: the context of the command.
        track: the id of the track.
        wanted: the day that is asked about, and the form of the answer.

    Yields:
        The track; what it reads stays open within.

    Raises:
        Refusal: UNKNOWN_TRACK, or NOT_THEN where it was not in force on that day.

    """
    from tracks.access.views import track_view
    from tracks.queries.explain.as_of_ledger import ledger_at

    with reading(work.database) as reader:
        if not is_track(reader, track):
            raise unknown_track(track)
        now = parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=[track])
        ledger = ledger_at(reader, now)
        row = ledger.track(track)
        if row is None:
            raise errors.NOT_THEN(what=track, day=now.day)
        print_past(work, now, wanted.form)
        yield TrackView(ledger, row, track_view(ledger, row, None), ledger.claims(track), now)
