"""`status`: where a participant is, how a track stands, how all tracks stand.

It is asked all day, and imports are nearly all that it costs, so nothing here may build a track or open a ledger, but for a past day,
for one at an employer whom nobody placed there before the step began, and for one who is accepted to a start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.moment import check_participant, parse_moment, print_past
from commands.app.options import ListingOptions, WithExitCode, listing_command
from commands.runtime.listing import print_listing
from commands.runtime.output import Column, OutputForm, out, out_json, print_message
from commands.runtime.texts import message
from definitions.model.exit_codes import ExitCode
from definitions.model.vocabulary import AT_EMPLOYERS
from tracks.events.fold import bound_by
from tracks.events.status import OPEN, Status
from tracks.queries.moment import is_pending, is_track
from tracks.queries.reader import reading
from tracks.queries.status import common_start, follows
from tracks.queries.status import status as stands_now
from tracks.texts import role_word, word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from commands.runtime.context import CommandContext
    from tracks.events.event import Event
    from tracks.events.fold import Progress
    from tracks.queries.explain.known_facts import Ground
    from tracks.queries.moment import Moment
    from tracks.queries.reader import DatabaseReader
    from tracks.queries.status import Spell, Stand
    from tracks.queries.worklist import Task

_CSV: Final = ("ref", "stream", "track", "version", "status", "since", "admitted", "closed", "due")

_STANDS: Final = (
    Column("ref", "col.ref"), Column("track", "col.track"), Column("version", "col.version", right=True),
    Column("status", "col.status", "status_shown"), Column("since", "col.since"), Column("admitted", "export.admitted"),
    Column("closed", "export.closed"),
)  # fmt: skip


@listing_command
def status(
    ctx: Context,
    what: Annotated[str | None, Argument(metavar="TRACK|REF")] = None,
    *,
    wanted: ListingOptions,
    people: Annotated[bool, Option("--people")] = False,
    facts: Annotated[bool, Option("--facts")] = False,
    exit_code: WithExitCode = False,
) -> int:
    """Show where a participant is, or how a track or a programme stands; how all tracks stand where nothing is named."""
    from commands.queries.track_status import print_people, print_track, print_tracks, programme_tracks

    work, form = ctx.obj, wanted.form
    with reading(work.database) as reader:
        # A track may be called as a programme is; its own id goes first.
        of_track = people or not what or is_track(reader, what)
        programme = programme_tracks(reader, what) if what and not of_track else []
        if what and not of_track and not programme:
            late = _print_participant(
                work, reader, what, parse_moment(work, reader, wanted.as_of, wanted.known_at, ref=what), form, facts=facts
            )
        else:
            now = parse_moment(work, reader, wanted.as_of, wanted.known_at, tracks=[what] if what and of_track else [])
            if people:
                late = print_people(work, reader, what, now, form)
            elif what and of_track:
                late = print_track(work, reader, what, now, form)
            else:
                late = print_tracks(work, reader, programme, now, form)
    return ExitCode.FINDINGS if exit_code and late else 0


def _print_participant(work: CommandContext, reader: DatabaseReader, ref: str, now: Moment, form: OutputForm, *, facts: bool) -> bool:
    found = _stands(reader, ref, now)
    check_participant(reader, ref, now, found)
    if form.machine:
        rows = [
            stand_row(one, now.day, follows=_follows(reader, one, now), protected=one.stream in reader.protected)
            | (_facts(reader, one, now) if facts else {})
            for one in found
        ]
        if form.json:
            out_json(rows)
        else:
            rows = [{**row, "status_shown": word("status", row["status"], work.lang)} for row in rows]
            print_listing(rows, _STANDS, form, work, csv=_CSV)
    else:
        print_past(work, now, form)
        for one in found:
            _print_stand(work, reader, one, now)
            if facts:
                _print_facts(work, reader, one, now)
    return any(todo.overdue for one in found for todo in one.todos)


def _known_of(reader: DatabaseReader, one: Stand, now: Moment) -> list[Ground]:
    """Everything known of an enrolment, the oldest first; the snapshot holds no sources, so it is folded from the log."""
    from tracks.events.histories import stream_as_of
    from tracks.queries.explain.known_facts import grounds

    def log(stream: str) -> list[Event]:
        return [event for event, _ in stream_as_of(reader.events(stream), now.as_of, now.known).rows]

    return sorted(grounds(log(one.stream), log).facts.values(), key=lambda ground: (ground.day or now.today, ground.seq, ground.name))


def _facts(reader: DatabaseReader, one: Stand, now: Moment) -> dict[str, Any]:
    return {"facts": [ground._asdict() for ground in _known_of(reader, one, now)]}


def _print_facts(work: CommandContext, reader: DatabaseReader, one: Stand, now: Moment) -> None:
    """Print every fact with its day and who reported it."""
    from commands.wording.conditions import Labels, ground_lines

    for line in ground_lines(Labels(one.labels, work.lang), _known_of(reader, one, now), work.lang):
        out(line)


def _stands(reader: DatabaseReader, ref: str, now: Moment) -> list[Stand]:
    # Today's answer stands in the snapshots; only a past day costs the imports and the folding of the log.
    if not now.past:
        return stands_now(reader, ref, now.today, lambda stream: _places(reader, stream, now))
    from tracks.queries.explain.as_of import stands_then
    from tracks.queries.explain.as_of_ledger import PastLedger

    return stands_then(PastLedger(reader, now), ref)


def _places(reader: DatabaseReader, stream: str, now: Moment) -> Mapping[tuple[str, int], Spell]:
    """At which employers an enrolment is that nobody placed there before the step began: only the log and the track can say it."""
    from tracks.queries.explain.as_of_ledger import ledger_at
    from tracks.queries.explain.placements import places_at

    return places_at(ledger_at(reader, now), now.day)(stream)


def _follows(reader: DatabaseReader, one: Stand, now: Moment) -> bool:
    """Whether something was recorded on the day told of that the engine has something to write of."""
    return follows(one, now.day, pending=not now.past and is_pending(reader, one.track))


def stand_row(one: Stand, today: date, *, follows: bool, protected: bool) -> dict[str, Any]:
    """Where an enrolment stands as a row of JSON; codes are English, days are ISO dates.

    Args:
        one: where it stands.
        today: the day it is.
        follows: whether the engine has something to write of it.
        protected: whether her identity is.

    """
    from commands.wording.todos import todo_row

    steps = [{"id": s.id, "name": s.name, "responsible": s.responsible, "attempt": s.attempt, "since": s.since,
              "until": s.until, "employer": s.employer, "placed": s.placed, "waits": s.waits} for s in one.steps]  # fmt: skip
    said = one.outcome
    became = {"outcome": {"what": said.what, "since": said.day, "employer": said.employer} if said else None}
    return {
        "ref": one.ref, "stream": one.stream, "protected": protected,
        "track": one.track, "track_name": one.track_name, "version": one.version,
        "status": one.status, "since": one.since, "admitted": one.admitted, "closed": one.closed, "planned_exit": one.planned_exit,
        "steps": steps, **became,
        "todos": [todo_row(todo) for todo in one.todos], "due": one.due, "pending": follows,
        "behind_since": one.due if behind(one, today) else None, "recorded": one.recorded,
        "assigned": {role: known.value["person"] for role, known in one.progress.named("role")},
    }  # fmt: skip


def behind(one: Stand, today: date) -> bool:
    """Whether the engine has not run since a day when something was due."""
    # What is recorded catches its enrolment up first, so one that was written to today is not behind.
    return one.due is not None and one.due < today and _written_on(one) < today


def _written_on(one: Stand) -> date:
    from tracks.clock import Clock

    return Clock.recorded_at(one.recorded).today


def _print_stand(work: CommandContext, reader: DatabaseReader, one: Stand, now: Moment) -> None:
    """Print where an enrolment stands, for people."""
    state = word("status", one.status, work.lang)
    print_message("status.head", work, ref=one.ref, track=one.track_name, stream=one.stream, status=state, since=one.since or "–")
    start = common_start(one.progress)
    # A version holds for her from admission on, so before it there is none to show.
    if one.admitted:
        key = "status.admitted.start" if start else "status.admitted"
        print_message(key, work, day=one.admitted, version=one.version, start=start)
    elif start:
        print_message("status.start", work, start=start)
        _print_start(work, reader, one, now)
    if one.stream in reader.protected:
        print_message("status.protected", work)
    for role, known in one.progress.named("role"):
        print_message("status.assigned", work, role=role_word(role, work.lang), person=known.value["person"])
    if chosen := _chosen_by(one.progress, one.status, one.labels):
        print_message("status.chosen", work, employers=chosen)
    _print_steps(work, one)
    if one.planned_exit:
        print_message("status.exit", work, day=one.planned_exit)
    for todo in one.todos:
        out(_todo_line(work, reader, todo))
    _print_next(work, reader, one, now)


def _print_start(work: CommandContext, reader: DatabaseReader, one: Stand, now: Moment) -> None:
    """Print what an accepted place waits for, as `why` says it: the day of the start, or that it is held; only the track can say it."""
    if one.status != Status.ACCEPTED:
        return
    from commands.wording.participants import ParticipantNames
    from commands.wording.why import ReasonWriter
    from tracks.queries.explain.acceptance import fact_context
    from tracks.queries.explain.as_of_ledger import ledger_at
    from tracks.queries.explain.why import reasons

    ledger = ledger_at(reader, now)
    (enrolment,) = ledger.load([one.stream])
    view = fact_context(ledger, enrolment, now.day).view
    names = ParticipantNames(reader, work.lang)
    words = ReasonWriter(view, work.lang, names)
    for reason in reasons(view, enrolment, ledger.claims(one.track), now.day):
        if reason.code in ("held", "accepted"):
            out(f"  {words.sentence(reason._replace(values=names.without_place(reason.values)))}")


def _chosen_by(progress: Progress, status: str, labels: Mapping[str, Any]) -> str:
    """The names of the employers that have selected somebody who is to be placed next; empty where there are none."""
    there = {step for step, known in labels["steps"].items() if known["type"] in AT_EMPLOYERS}
    chosen = bound_by(progress, there) if status in OPEN else []
    return ", ".join(dict.fromkeys(labels["employers"].get(one, one) for one in chosen))


def _print_next(work: CommandContext, reader: DatabaseReader, one: Stand, now: Moment) -> None:
    """Print what comes next where nothing to do says it; what a step waits for is told by `why`."""
    if _follows(reader, one, now):
        print_message("status.next", work)
    elif one.status == Status.ACTIVE and not one.todos and all(one.labels["steps"].get(s.id, {}).get("beside", True) for s in one.steps):
        print_message("status.waits", work, stream=one.stream)
    if behind(one, now.day):
        print_message("status.behind", work, day=one.due)


def _print_steps(work: CommandContext, one: Stand) -> None:
    """Print what goes on, each step with the id that commands know it by, and at which employer; then what became of her."""
    for step in one.steps:
        who = message("status.who", work.lang, who=role_word(step.responsible, work.lang)) if step.responsible else ""
        until = message("status.until", work.lang, day=step.until) if step.until else ""
        key = "status.step.waits" if step.waits else "status.step"
        print_message(key, work, step=with_id(step.name, step.id), since=step.since, who=who, until=until)
        if step.employer:
            print_message("status.at", work, employer=step.employer_name, since=step.placed)

    if said := one.outcome:
        employers = one.labels["employers"]
        at = message("status.outcome.at", work.lang, employer=employers.get(said.employer, said.employer)) if said.employer else ""
        print_message("status.outcome", work, outcome=word("outcome", said.what, work.lang), at=at, since=said.day)


def with_id(name: str, step: str) -> str:
    """A step by its name, and by the id that commands want where that is another."""
    return name if name.casefold() == step else f"{name} ({step})"


def _todo_line(work: CommandContext, reader: DatabaseReader, todo: Task) -> str:
    from commands.wording.todos import task_words

    lang = work.lang
    # On a weekend, no working day has gone since the last one.
    late = "status.todo.due" if not todo.overdue else "status.todo.late" if todo.late else "status.todo.late.weekend"
    return message(
        "status.todo", lang,
        words=task_words(reader, todo, lang),
        step=message("status.todo.step", lang, step=with_id(todo.step_name, todo.step)) if todo.step else "",
        who=message("status.todo.who", lang, who=role_word(todo.role, lang)) if todo.role else "",
        due=message(late, lang, due=todo.due, days=todo.late) if todo.due else "",
    )  # fmt: skip
