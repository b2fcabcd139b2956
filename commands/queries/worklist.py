"""`worklist` and `history`: what is to be done, and what has happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Context, Option

from commands.app.lookup import check_role, check_track, warn_of_unknown_name
from commands.app.moment import check_participant, clock_of, parse_moment, print_past
from commands.app.options import Limit, ListingOptions, Ref, WithExitCode, listing_command
from commands.queries.caseload import warn_of_caseloads
from commands.runtime.context import minute
from commands.runtime.errors import CALENDAR_IS_NOW, NOT_FOUND, NOT_THEN, NOTES_ARE_NOW
from commands.runtime.listing import print_listing
from commands.runtime.output import Column, machine_out, print_message
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_limit
from commands.wording.events import EventNames, actor_words, event_row, event_words
from commands.wording.participants import ParticipantNames
from commands.wording.task_lines import Selection, print_tasks
from commands.wording.todos import task_row
from definitions.model.exit_codes import ExitCode
from tracks.events.event import Event
from tracks.events.resources import EmployerStart
from tracks.events.roles import role_of
from tracks.events.streams import StreamId, track_stream
from tracks.events.todos import TodoKind
from tracks.queries.exports import has_protected, track_events_told
from tracks.queries.moment import enrolments_of, is_track
from tracks.queries.reader import reading
from tracks.queries.track_status import behind_since, with_notes
from tracks.queries.track_status import history as history_of
from tracks.queries.worklist import Which
from tracks.queries.worklist import worklist as worklist_of
from tracks.texts import role_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from commands.queries.ical import Calendar
    from commands.runtime.context import CommandContext
    from commands.runtime.output import OutputForm
    from tracks.clock import Clock
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader
    from tracks.queries.track_status import HistoryEntry
    from tracks.queries.worklist import Task

_TODO_CSV: Final = ("due", "overdue", "ref", "stream", "track", "kind", "step", "role", "since", "type", "or", "late", "number")
_TASKS: Final = (
    Column("due", "export.until"), Column("ref", "col.ref"), Column("track", "col.track"), Column("kind", "col.what", "kind_shown"),
    Column("step", "col.step", "step_name"), Column("role", "col.role", "role_shown"), Column("late", "col.late", right=True),
    Column("type", "col.type"),
)  # fmt: skip
# Events about other events are never part of what stands, and that they do not is no news of them.
_ABOUT_EVENTS: Final = ("withdrawn", "corrected")
_PAST: Final = (
    Column("stream", "col.ref"),
    Column("seq", "col.number", right=True),
    Column("words", "col.event"),
    Column("actor", "col.by", "actor_shown"),
)
_NOTE: Final = Column("note", "col.note")
_WRITTEN: Final = Column("recorded", "col.recorded", "recorded_shown")
_PAST_CSV: Final = (*(name for name in Event._fields if name not in ("version", "data", "key", "hash")), "stands", "data")


@listing_command
def worklist(
    ctx: Context,
    *,
    role: Annotated[str | None, Option("--role", metavar="ROLE")] = None,
    track: Annotated[str | None, Option("--track", metavar="TRACK")] = None,
    responsible: Annotated[str | None, Option("--responsible", metavar="NAME")] = None,
    mine: Annotated[bool, Option("--mine")] = False,
    ref: Annotated[str | None, Option("--ref", metavar="REF")] = None,
    overdue: Annotated[bool, Option("--overdue")] = False,
    limit: Limit = "",
    wanted: ListingOptions,
    ics: Annotated[str | None, Option("--ics", metavar="FILE")] = None,
    exit_code: WithExitCode = False,
) -> int:
    """Show what people have to do, the most overdue first."""
    work, form = ctx.obj, wanted.form
    with reading(work.database) as reader:
        if track:
            check_track(work, reader, track)
        if role:
            check_role(work, reader, role)
            role = role_of(role)
        concerned = [track] if track else []
        now = _moment(work, reader, wanted, concerned, ics)
        if ref:
            check_participant(reader, ref, now, enrolments_of(reader, ref))
        asked = Which(role, track, ref, work.by if mine else responsible, overdue=overdue)
        found = tasks_of(reader, now, asked)
        _warn(work, reader, now, asked, found)
        row = partial(task_row, reader, names=ParticipantNames(reader, work.lang), lang=work.lang, today=now.today)
        if ics:
            rows = [row(one) for one in found]
            _calendar(work, rows, _dated(reader, rows, clock_of(work, reader, concerned), work.lang), ics)
        else:
            print_past(work, now, form)
            _print(work, found, row, _Listing(now.day, form, asked, parse_limit(limit) if limit else None))
    return _code(found, exit_code=exit_code)


class _Listing(NamedTuple):
    """How the tasks of a day are shown: in which form, what was asked for, and how many at most."""

    day: date
    form: OutputForm
    asked: Which
    most: int | None


def _print(work: CommandContext, found: Sequence[Task], row: Callable[[Task], dict[str, Any]], how: _Listing) -> None:
    if how.form.machine or not found:
        rows = [row(one) for one in found[: how.most or len(found)]]
        print_listing(_flat(rows) if how.form.csv else rows, _TASKS, how.form, work, "worklist.none", csv=_TODO_CSV)
        return
    several = len({one.track for one in found}) > 1
    # Whoever is responsible beside another sees the step too, and who reports it (rule R58).
    roles = not how.asked.role or any(one.role != how.asked.role for one in found)
    print_tasks(work, found, row, how.day, Selection(how.most, role=roles, track=several, every_way=bool(how.asked.ref)))


def _warn(work: CommandContext, reader: DatabaseReader, now: Moment, asked: Which, found: Sequence[Task]) -> None:
    """Warn of what makes a list shorter than it looks, and of who has too many."""
    if asked.person:
        warn_of_unknown_name(work, reader, asked.person)
        warn_of_caseloads(work, reader, asked.person, [asked.track] if asked.track else [])
    # What the engine has not decided yet is no task yet, so a short list may only mean that it has not run.
    if not now.past and (since := behind_since(reader, now.today, asked.track)):
        work.warnings.append(message("worklist.behind", work.lang, day=since))
    if asked.role and not found:
        others = Counter(one.role for one in tasks_of(reader, now, asked._replace(role=None)))
        told = ", ".join(f"{role_word(role, work.lang)} ({count})" for role, count in others.most_common())
        if told:
            work.warnings.append(message("worklist.others", work.lang, role=role_word(asked.role, work.lang), others=told))


def _moment(work: CommandContext, reader: DatabaseReader, wanted: ListingOptions, tracks: Sequence[str], ics: str | None) -> Moment:
    now = parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=tracks)
    # A calendar takes away what is not in the next one, so one of the past would take away all that came after.
    if ics and now.past:
        raise CALENDAR_IS_NOW()
    return now


def _flat(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows for a spreadsheet, where a cell is one text."""
    return [{**row, "or": "; ".join(row["or"])} for row in rows]


def _code(found: Sequence[Task], *, exit_code: bool) -> int:
    return ExitCode.FINDINGS if exit_code and any(one.overdue for one in found) else 0


def tasks_of(reader: DatabaseReader, now: Moment, which: Which) -> list[Task]:
    """List what people have to do, or had to on a past day.

    Args:
        reader: the open database.
        now: the moment that is asked about.
        which: which tasks are asked for.

    """
    if not now.past:
        return worklist_of(reader, now.today, which)
    from tracks.queries.explain.as_of import tasks_then
    from tracks.queries.explain.as_of_ledger import PastLedger

    return tasks_then(PastLedger(reader, now), which)


def _dated(reader: DatabaseReader, rows: Sequence[dict[str, Any]], clock: Clock, lang: str) -> Calendar:
    from commands.queries.ical import Calendar, calendar_entries
    from tracks.queries.worklist import numbers

    told = [_without_secret(reader, row, lang) for row in rows]
    return Calendar(calendar_entries(told, numbers(reader, {row["stream"] for row in rows}), clock), clock)


def _without_secret(reader: DatabaseReader, row: dict[str, Any], lang: str) -> dict[str, Any]:
    """The row of a step about an employer without its name, where that is known on the track because of somebody protected."""
    employer = EmployerStart.parse(TodoKind.parse(row["kind"]).about).employer
    if row["stream"] != track_stream(row["track"]) or employer in ("", *reader.labels(row["track"], None)["employers"]):
        return row
    if not has_protected(reader, row["track"]):
        return row
    word = message("metavar.EMPLOYER", lang)
    told = {name: row[name].replace(employer, word) for name in ("type", "kind_shown")}
    return {**row, **told, "or": [line.replace(employer, word) for line in row["or"]]}


def _calendar(work: CommandContext, rows: Sequence[dict[str, Any]], now: Calendar, path: str) -> None:
    """Write the tasks to a file that a calendar takes in; `-` prints it."""
    from commands.queries.ical import read_calendar
    from commands.runtime.atomic_files import write_file

    # What is printed has no earlier export to follow, so nothing can be moved or cancelled in it.
    whole = now if path == "-" else now.after(read_calendar(Path(path)))
    text = whole.text(message("calendar.name", work.lang), work.lang)
    if path == "-":
        machine_out().write(text)
        return
    write_file(path, text)
    print_message("calendar.wrote", work, path=path, count=len(now.entries), gone=whole.gone, left=len(rows) - len(now.entries))


@listing_command
def history(
    ctx: Context,
    ref: Ref,
    *,
    wanted: ListingOptions,
    recorded: Annotated[bool, Option("--recorded")] = False,
    notes: Annotated[bool, Option("--notes")] = False,
) -> None:
    """Show every event of a participant, of one enrolment, or of a track (`track/ID`)."""
    work, form = ctx.obj, wanted.form
    with reading(work.database) as reader:
        stream = track_stream(ref) if is_track(reader, ref) else ref
        now = _moment_of(work, reader, stream, wanted)
        # What was locked is read today, and a question of the past writes nothing.
        if notes and now.past:
            raise NOTES_ARE_NOW()
        rows = [_past(work, one) for one in _entries(reader, stream, now)]
        streams = list(dict.fromkeys(row["stream"] for row in rows))
        locked, protected = with_notes(reader, streams), not reader.protected.isdisjoint(streams)
    if notes:
        _with_notes(work, rows, locked)
    print_past(work, now, form)
    if protected and not form.machine:
        print_message("status.protected", work)
    columns = (*_PAST, *((_WRITTEN,) if recorded else ()), *((_NOTE,) if notes else ()))
    print_listing(rows, columns, form, work, csv=(*_PAST_CSV, *(("note",) if notes else ())))


def _moment_of(work: CommandContext, reader: DatabaseReader, stream: str, wanted: ListingOptions) -> Moment:
    track = StreamId.parse(stream).track
    return parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=[track] if track else (), ref=None if track else stream)


def _with_notes(work: CommandContext, rows: list[dict[str, Any]], locked: Sequence[str]) -> None:
    """Add the free texts that were kept beside the events, unlocked, which is written down; refused without the key that locked them.

    Args:
        work: the context of the command.
        rows: the rows of the listing, which get a column.
        locked: the enrolments of which there are free texts; where there is none, nothing is opened.

    """
    from commands.app.disclosure import open_locked
    from tracks.privacy.disclosure import Purpose

    notes = open_locked(work, locked, Purpose.NOTES).notes if locked else {}
    for row in rows:
        row["note"] = notes.get((row["stream"], row["seq"]))


def _entries(reader: DatabaseReader, stream: str, now: Moment) -> list[HistoryEntry]:
    found = history_of(reader, stream, now.as_of, now.known)
    track = StreamId.parse(stream).track
    if track is None:
        check_participant(reader, stream, now, found)
        return found
    if not found:
        raise NOT_THEN(what=track, day=now.day) if now.past and history_of(reader, stream) else NOT_FOUND(what=stream[:64])
    told = track_events_told(reader, track, [one.event for one in found])
    before = [track_events_told(reader, track, [one.before] if one.before else []) for one in found]
    return [replace(one, event=event, before=next(iter(was), None)) for one, event, was in zip(found, told, before, strict=True)]


def _past(work: CommandContext, one: HistoryEntry) -> dict[str, Any]:
    event = one.event
    words = event_words(event, work.lang, EventNames(one.step_name, one.employers, one.before))
    if one.corrected_by:
        words = message("history.corrected", work.lang, words=words, seq=one.corrected_by)
    elif not one.stands and event.kind not in _ABOUT_EVENTS:
        words = message("history.gone", work.lang, words=words)
    return {
        **event_row(event), "step_name": one.step_name, "stands": one.stands, "corrected_by": one.corrected_by, "words": words,
        "actor_shown": actor_words(event.actor, work.lang), "recorded_shown": minute(event.recorded),
    }  # fmt: skip
