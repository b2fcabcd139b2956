"""What the commands on a track's own matters share: its choices in both languages, its view, and one fact said of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.app.error_text import CHOICES
from commands.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from commands.recording.session import Opened
    from commands.runtime.context import Here
    from commands.runtime.output import Form
    from tracks.access.views import View
    from tracks.events.event import Draft
    from tracks.events.snapshots import Claim, TrackRow
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.moment import Moment
    from tracks.recording.operations import Said


REPORTED: Final = "employer_reported"


def choice(name: str, written: str, choices: tuple[str, ...]) -> str:
    """What is done, as typed in either language. Raises BadChoice."""
    plain = written.casefold().replace(" ", "_")
    found = next((code for code in choices if plain in (code, CHOICES.get(code))), None)
    if found is None:
        raise errors.BAD_CHOICE(name=name, choices=", ".join(choices), value=written[:40])
    return found


def shared_fact(kind: str, day: date, said: Mapping[str, Any], step: str, result: str) -> Draft:
    """A fact of a track itself; a report on a step about an employer or a start names the step. Raises WhichStep."""
    from tracks.events.event import Draft
    from tracks.texts import code_of

    if kind != REPORTED:
        return Draft(kind, day, "", 0, said)
    if not step:
        raise errors.WHICH_STEP()
    return Draft(kind, day, step, 1, {**said, "result": code_of("result", result)})


def say_shared(book: Opened, track: str, draft: Draft) -> Said:
    """One fact of a track itself."""
    from tracks.recording.operations import say_on_track

    return say_on_track(book.ledger, book.clock, book.actor, track, draft)


class Shown(NamedTuple):
    """A track as it is shown: from the snapshots, or as it was then."""

    ledger: CurrentLedger
    row: TrackRow
    view: View
    claims: list[tuple[str, Claim]]
    now: Moment


@contextmanager
def shown(work: Here, track: str, as_of: str | None, known_at: str | None, form: Form) -> Iterator[Shown]:
    """A track with its claims, now or then; it is said which day is shown. Raises UnknownTrack or NotThen."""
    from commands.app.as_of import moment, print_past
    from tracks.access.views import view_of
    from tracks.queries.explain.as_of_ledger import ledger_at
    from tracks.queries.moment import is_track
    from tracks.queries.reader import reading
    from tracks.recording.refusals import UNKNOWN_TRACK

    with reading(work.database) as reader:
        if not is_track(reader, track):
            raise UNKNOWN_TRACK(track=track[:64])
        now = moment(work, reader, as_of, known_at, tracks=[track])
        ledger = ledger_at(reader, now)
        row = ledger.track(track)
        if row is None:
            raise errors.NOT_THEN(what=track, day=now.day)
        if now.past and not form.machine:
            print_past(work, now)
        yield Shown(ledger, row, view_of(ledger, row, None), ledger.claims(track), now)
