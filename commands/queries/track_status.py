"""How tracks stand: those in force, people by status and by step, and what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from typer import Context

from commands.app.moment import parse_moment, print_past
from commands.app.options import ListingOptions, listing_command
from commands.runtime.errors import NOT_THEN
from commands.runtime.listing import print_listing
from commands.runtime.output import Column, OutputForm, out, out_json, plain_row, print_message, print_table
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from tracks.events.status import UNDER_WAY
from tracks.queries.reader import reading
from tracks.queries.track_status import counted_in, enrolments_in, track_status
from tracks.queries.track_status import tracks as tracks_now
from tracks.texts import todo_words, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.runtime.context import CommandContext
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader
    from tracks.queries.track_status import TrackInForce, TrackStand

_ALL: Final = (
    Column("track", "col.track"), Column("name", "col.name"), Column("open", "col.open", right=True),
    Column("people", "col.people", right=True), Column("enrolments", "col.enrolments", right=True),
    Column("statuses", "col.status", "statuses_shown"),
    Column("overdue", "col.overdue", right=True),
)  # fmt: skip
_TRACKS: Final = (
    Column("track", "col.track"), Column("name", "col.name"), Column("version", "col.version", right=True),
    Column("open", "col.open", right=True), Column("people", "col.people", right=True),
    Column("enrolments", "col.enrolments", right=True),
)  # fmt: skip
_PEOPLE: Final = (
    Column("ref", "col.ref", "ref_shown"), Column("status", "col.status", "status_shown"), Column("step", "col.step", "step_shown"),
    Column("since", "col.since"),
)  # fmt: skip
_PEOPLE_CSV: Final = ("ref", "stream", "status", "step", "since")
_STATUSES: Final = (Column("status", "col.status"), Column("count", "col.enrolments", right=True))
_STEPS: Final = (Column("step", "col.step"), Column("people", "col.people", right=True))
_OVERDUE: Final = (Column("todo", "col.overdue"), Column("count", "col.count", right=True))
# Three tables in one CSV: `of` is status, step or overdue.
_CSV: Final = ("of", "id", "count")
_COUNTS: Final = (
    Column("of", "export.table", "of_shown"),
    Column("id", "export.row", "id_shown"),
    Column("count", "col.count", right=True),
)


@listing_command
def tracks(ctx: Context, *, wanted: ListingOptions) -> None:
    """Show the tracks in force."""
    work = ctx.obj
    with reading(work.database) as reader:
        now = parse_moment(work, reader, wanted.as_of, wanted.known_at)
        rows = [
            {
                "track": one.id, "name": one.name, "programme": one.programme, "version": one.version, "coupled": one.coupled,
                "open": one.open, "people": one.people, "enrolments": one.enrolments, "statuses": dict(one.statuses),
            }
            for one in _tracks(reader, now)
        ]  # fmt: skip
    print_past(work, now, wanted.form)
    print_listing(rows, _TRACKS, wanted.form, work, "tracks.none")


def _tracks(reader: DatabaseReader, now: Moment) -> list[TrackInForce]:
    if not now.past:
        return tracks_now(reader)
    from tracks.queries.explain.as_of import tracks_then
    from tracks.queries.explain.as_of_ledger import PastLedger

    return tracks_then(PastLedger(reader, now))


def print_people(work: CommandContext, reader: DatabaseReader, name: str | None, now: Moment, form: OutputForm) -> bool:
    """Print everybody on a track, one row each.

    Args:
        work: the context of the command.
        reader: the open database.
        name: the id of the track.
        now: the moment that is shown.
        form: how the rows are wanted.

    Returns:
        False: a list of people has nothing that is overdue.

    Raises:
        Refusal: ONLY_OF_A_TRACK where none is named, NO_SUCH_TRACK where there is none.

    """
    from commands.app.lookup import check_track
    from commands.runtime.errors import ONLY_OF_A_TRACK
    from tracks.queries.people import people

    if not name:
        raise ONLY_OF_A_TRACK()
    check_track(work, reader, name)
    names, between = ParticipantNames(reader, work.lang), message("track.between", work.lang)
    rows = [
        {
            **names.cells(one.stream), "status": one.status, "status_shown": word("status", one.status, work.lang),
            "step": one.step, "step_name": one.step_name, "since": one.since,
            "step_shown": one.step_name or (between if one.status in UNDER_WAY else ""),
        }
        for one in people(reader, name, now.as_of, now.known)
    ]  # fmt: skip
    print_past(work, now, form)
    print_listing(rows, _PEOPLE, form, work, "track.empty", csv=_PEOPLE_CSV)
    return False


def programme_tracks(reader: DatabaseReader, name: str) -> list[str]:
    """The ids of the tracks of a programme."""
    return [one.id for one in tracks_now(reader) if one.programme == name]


def print_tracks(work: CommandContext, reader: DatabaseReader, names: Sequence[str], now: Moment, form: OutputForm) -> bool:
    """Print how tracks stand, one row each.

    Args:
        work: the context of the command.
        reader: the open database.
        names: the ids of the tracks; all in force where there is none.
        now: the moment that is shown.
        form: how the rows are wanted.

    Returns:
        Whether anything is overdue.

    """
    every = names or [one.id for one in tracks_now(reader)]
    found = [one for track in every if (one := _stand(reader, track, now))]
    print_past(work, now, form)
    print_listing([_row(one, work) for one in found], _ALL, form, work, "tracks.none")
    return any(one.overdue for one in found)


def print_track(work: CommandContext, reader: DatabaseReader, name: str, now: Moment, form: OutputForm) -> bool:
    """Print how one track stands: its people by status and by step, and what is overdue.

    Args:
        work: the context of the command.
        reader: the open database.
        name: the id of the track.
        now: the moment that is shown.
        form: how the answer is wanted.

    Returns:
        Whether anything is overdue.

    Raises:
        Refusal: NOT_THEN where it was not in force yet.

    """
    found = _stand(reader, name, now)
    # It is in force today, or it would not have been taken for a track: so it came later.
    if found is None:
        raise NOT_THEN(what=name, day=now.day)
    _print_track(work, found, now, form)
    return bool(found.overdue)


def _stand(reader: DatabaseReader, track: str, now: Moment) -> TrackStand | None:
    if not now.past:
        return track_status(reader, track, now.today)
    from tracks.queries.explain.as_of import track_then
    from tracks.queries.explain.as_of_ledger import PastLedger

    return track_then(PastLedger(reader, now), track)


def _row(one: TrackStand, work: CommandContext) -> dict[str, Any]:
    shown = ", ".join(f"{word('status', code, work.lang)} {count}" for code, count in counted_in(one.statuses).items())
    return {
        "track": one.track, "name": one.name, "version": one.version, "open": _open(one), "people": one.people,
        "enrolments": enrolments_in(one.statuses), "statuses": dict(one.statuses), "statuses_shown": shown,
        "overdue": sum(one.overdue.values()), "behind_since": one.behind_since,
    }  # fmt: skip


def _open(one: TrackStand) -> int:
    from tracks.events.status import OPEN

    return sum(count for code, count in one.statuses.items() if code in OPEN)


def _print_track(work: CommandContext, one: TrackStand, now: Moment, form: OutputForm) -> None:
    if form.json:
        steps = [{"id": step, "name": one.step_names[step], "people": count} for step, count in one.steps.items()]
        overdue = [{"kind": kind, "count": count} for kind, count in one.overdue.items()]
        out_json({**plain_row(_row(one, work)), "steps": steps, "between": one.between, "overdue_by_kind": overdue})
        return
    if form.machine:
        parts = (("status", one.statuses), ("step", one.steps), ("overdue", one.overdue))
        rows = [
            {"of": of, "id": key, "count": count, **_shown(one, of, key, work.lang)}
            for of, counts in parts
            for key, count in counts.items()
        ]
        print_listing(rows, _COUNTS, form, work, csv=_CSV)
        return
    print_past(work, now, form)
    print_message("track.head", work, name=one.name, track=one.track, version=one.version)
    if counted_in(one.statuses):
        print_message("track.people", work, people=one.people, enrolments=enrolments_in(one.statuses))
    else:
        print_message("track.empty", work)
    _tables(work, one)
    if one.behind_since:
        print_message("track.behind", work, day=one.behind_since, track=one.track)


def _shown(one: TrackStand, of: str, key: str, lang: str) -> dict[str, str]:
    """What a row of a count is of, and which, in words."""
    names = {"status": lambda: word("status", key, lang), "step": lambda: one.step_names[key], "overdue": lambda: todo_words(key, lang)}
    return {"of_shown": message(f"col.{of}", lang), "id_shown": names[of]()}


def _tables(work: CommandContext, one: TrackStand) -> None:
    lang = work.lang
    statuses = [{"status": word("status", code, lang), "count": count} for code, count in counted_in(one.statuses).items()]
    steps = [{"step": one.step_names[step], "people": count} for step, count in one.steps.items()]
    steps += [{"step": message("track.between", lang), "people": one.between}] if one.between else []
    overdue = [{"todo": todo_words(kind, lang), "count": count} for kind, count in one.overdue.items()]
    for rows, columns in ((statuses, _STATUSES), (steps, _STEPS), (overdue, _OVERDUE)):
        if rows:
            out()
            print_table(rows, columns, work)
