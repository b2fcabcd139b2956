"""`employer`: what each employer of a track needs and gives, who is there, and what is said of an employer itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.options import Advance, After, AsOf, Csv, Json, KnownAt, On, TrackId
from commands.queries.track_view import open_track_view
from commands.recording.session import conclude, open_session
from commands.recording.track_facts import REPORTED, draft_track_fact, parse_choice, record_shared_fact
from commands.runtime import errors
from commands.runtime.output import Column, Form, listing, out, out_json, print_message, table
from commands.runtime.texts import message
from tracks.events.streams import ref_of
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from commands.queries.track_view import TrackView
    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from definitions.model.track import Employer
    from tracks.access.views import View
    from tracks.events.snapshots import Claim
    from tracks.queries.explain.employers import AtEmployer, SharedStep

_KINDS: Final = {"withdraw": "employer_withdrew", "report": REPORTED}
_COUNTS: Final = ("selected", "placed", "there", "hired")
_EMPLOYERS: Final = (
    Column("id", "col.employer", "name"), Column("agreement", "col.agreement", "agreement_shown"), Column("need", "col.need", right=True),
    *(Column(name, f"col.{name}", right=True) for name in _COUNTS), Column("left", "col.left", right=True),
)  # fmt: skip
_EMPLOYERS_CSV: Final = ("id", "name", "sector", "occupation", "signed", "withdrew", "need", *_COUNTS, "left")
_PLACES: Final = (
    Column("employer", "col.employer", "employer_shown"), Column("step", "col.step", "step_shown"),
    *(Column(key, f"col.{key}", right=True) for key in ("places", "taken", "waiting")),
)  # fmt: skip
_SHARED: Final = (
    Column("employer", "col.employer", "employer_shown"), Column("step", "col.step", "step_shown"), Column("start", "col.start"),
    Column("state", "col.state", "state_shown"),
)  # fmt: skip
_PEOPLE: Final = (
    Column("ref", "col.ref"), Column("what", "col.what", "what_shown"), Column("step", "col.step", "step_shown"),
    Column("since", "col.since"),
)  # fmt: skip
_PEOPLE_CSV: Final = ("employer", "ref", "stream", "what", "step", "since")


def employer(
    ctx: Context,
    track: TrackId,
    name: Annotated[str | None, Argument(metavar="EMPLOYER")] = None,
    what: Annotated[str | None, Argument(metavar="withdraw|report")] = None,
    step: Annotated[str, Option("--step", metavar="STEP")] = "",
    result: Annotated[str, Option("--result", metavar="RESULT")] = "done",
    begins: Annotated[str, Option("--start", metavar="DATE")] = "",
    on: On = None,
    advance: Advance = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Needs, places and people of the employers; who is at one; or that one leaves, or what became of a step about it."""
    if what is None or name is None:
        form = Form(json, csv)
        with open_track_view(ctx.obj, track, as_of, known_at, form) as found:
            _print_employers(ctx.obj, found, name, form)
        return
    kind = _KINDS[parse_choice("employer", what, tuple(_KINDS))]
    with open_session(ctx.obj, track=track) as session:
        said: dict[str, Any] = {"employer": name}
        if kind == REPORTED and step:
            said |= {"start": _start(session, track, name, step, begins)}
        draft = draft_track_fact(kind, session.day(on), said, step, result)
        conclude(ctx.obj, session, [record_shared_fact(session, track, draft)], After(advance, json))


def _start(session: WriteSession, track: str, name: str, step: str, given: str) -> str:
    """The start that a report is about: as given, or the only one for which the step goes on. Raises WhichStart."""
    from tracks.access.views import track_view
    from tracks.queries.explain.employers import running_starts
    from tracks.recording.operations import track_row

    view = track_view(session.ledger, track_row(session.ledger, track), None)
    starts = [one.date.isoformat() for one in view.shared.track.intake.starts]
    if given or not starts:
        return given
    running = running_starts(view, step, name)
    if len(running) == 1:
        return running[0]
    raise errors.WHICH_START(step=step, employer=name, starts=", ".join(running or starts))


def _print_employers(work: CommandContext, found: TrackView, name: str | None, form: Form) -> None:
    from tracks.queries.explain.employers import shared_steps_of

    view, claims, today = found.view, found.claims, found.now.day
    people = _people(found)
    if name is not None:
        _print_employer(work, view, [one for one in people if one.employer == _known(view, people, name)], form)
        return
    every = _every(view, people)
    rows = [_row(work, view, claims, one, people, today) for one in every]
    shared = [_shared_row(work, view, one) for one in shared_steps_of(view)]
    if form.json:
        plain = [{**_bare(row), "steps": [_bare(step) for step in shared if step["employer"] == row["id"]]} for row in rows]
        out_json({"employers": plain, "start_steps": [_bare(step) for step in shared if not step["employer"]]})
        return
    listing(rows, _EMPLOYERS, form, work, "employer.none", csv=_EMPLOYERS_CSV)
    places = [{**place, "employer": row["id"], "employer_shown": row["name"]} for row in rows for place in row["places"]]
    for more, columns in ((places, _PLACES), (shared, _SHARED)):
        if more and not form.machine:
            out()
            table(more, columns, work)
    if rows and not form.machine:
        out()
        print_message("employer.counted", work)


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: [_bare(one) for one in value] if isinstance(value, list) else value for key, value in row.items() if not key.endswith("_shown")
    }


def _people(found: TrackView) -> list[AtEmployer]:
    """Everything that the people of a track have to do with employers."""
    from tracks.access.views import person_view
    from tracks.queries.explain.employers import people_at

    ledger = found.ledger
    every: list[AtEmployer] = []
    for one in ledger.everybody(found.row.id):
        log = ledger.events(one.stream) if one.progress.get("selected") else ()
        every += people_at(person_view(ledger, found.row, one), one, log, found.now.day)
    return every


def _every(view: View, people: Iterable[AtEmployer]) -> list[Employer]:
    """The employers of the track, and those that were named at a placement or a job."""
    from definitions.model.track import Employer

    declared = list(view.shared.track.employers)
    named = {one.employer for one in people} - {one.id for one in declared}
    return [*declared, *(Employer(id=name, name=name) for name in sorted(named))]


def _known(view: View, people: Iterable[AtEmployer], name: str) -> str:
    from tracks.recording.refusals import NO_SUCH_EMPLOYER

    every = [one.id for one in _every(view, people)]
    if name not in every:
        raise NO_SUCH_EMPLOYER(employer=name, track=view.shared.track.track, employers=", ".join(every) or "-")
    return name


def _row(
    work: CommandContext, view: View, claims: Sequence[tuple[str, Claim]], one: Employer, people: Sequence[AtEmployer], today: date
) -> dict[str, Any]:
    from tracks.queries.explain.employers import count, places_at

    counts = {what: count(people, one.id, what) for what in _COUNTS}
    need = one.need.positions if one.need else None
    signed = one.agreement.signed if one.agreement else None
    withdrew = view.state.on(f"withdrew:{one.id}") if view.withdrew(one.id, today) else None
    declared = any(employer.id == one.id for employer in view.shared.track.employers)
    key = "withdrew" if withdrew else "signed" if signed else "unsigned" if declared else "undeclared"
    steps = {step.id: step.name for step in view.shared.track.steps}
    return {
        "id": one.id, "name": one.name, "sector": one.sector, "occupation": one.need.occupation if one.need else None, "signed": signed,
        "withdrew": withdrew, "agreement_shown": message(f"employer.{key}", work.lang, day=withdrew or signed or ""),
        "need": need, **counts,
        "left": None if need is None else max(0, need - counts["hired"]),
        "places": [{**place._asdict(), "step_shown": steps[place.step]} for place in places_at(view, claims, one.id)],
    }  # fmt: skip


def _shared_row(work: CommandContext, view: View, one: SharedStep) -> dict[str, Any]:
    """A step about an employer or a start, as far as it has come."""
    names = {employer.id: employer.name for employer in view.shared.track.employers}
    step = view.shared_step(one.step)
    state = "ended" if one.ended else "due" if one.due and not one.result else "started" if one.started else "reported"
    shown = message(
        f"employer.step.{state}",
        work.lang,
        day=one.ended or one.due or one.started or "",
        result=word("result", one.result or "", work.lang),
    )
    return {
        **one._asdict(), "state": state, "employer_shown": names.get(one.employer, one.employer or message("employer.all", work.lang)),
        "step_shown": step.name if step else one.step, "state_shown": shown,
    }  # fmt: skip


def _print_employer(work: CommandContext, view: View, people: Sequence[AtEmployer], form: Form) -> None:
    """Everybody who has to do with one employer."""
    steps = {step.id: step.name for step in view.shared.track.steps}
    rows = [
        {
            "employer": one.employer, "ref": ref_of(one.stream), "stream": one.stream, "what": one.what,
            "what_shown": message(f"employer.person.{one.what}", work.lang), "step": one.step, "step_shown": steps.get(one.step, one.step),
            "since": one.since,
        }
        for one in sorted(people, key=lambda one: (_COUNTS.index(one.what), one.stream))
    ]  # fmt: skip
    listing(rows, _PEOPLE, form, work, "employer.nobody", csv=_PEOPLE_CSV)
