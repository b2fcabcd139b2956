"""What the employers of a track need and give, and who is there: what `employer` prints where nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.runtime.listing import print_listing
from commands.runtime.output import Column, OutputForm, out, out_json, plain_row, print_message, print_table
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from commands.queries.track_view import TrackView
    from commands.runtime.context import CommandContext
    from definitions.model.track import Employer
    from tracks.access.views import View
    from tracks.events.snapshots import Claim
    from tracks.queries.explain.employers import AtEmployer, SharedStep

# Stands for the employers of those whose identity is protected.
_SECRET: Final = ""
_COUNTS: Final = ("selected", "placed", "there", "hired")
# Who is told of, in this order; who was there once is no count of the present.
_TOLD: Final = ("selected", "placed", "there", "was", "hired")
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
    Column("ref", "col.ref", "ref_shown"), Column("what", "col.what", "what_shown"), Column("step", "col.step", "step_shown"),
    Column("since", "col.since"), Column("until", "col.until"),
)  # fmt: skip
_PEOPLE_CSV: Final = ("employer", "ref", "stream", "what", "step", "since", "until")


def print_employers(work: CommandContext, found: TrackView, name: str | None, form: OutputForm) -> None:
    """Print the needs, places and steps of the employers of a track, or everybody who has to do with one of them.

    Args:
        work: the context of the command.
        found: the track as it is shown.
        name: the id of the employer; all of them where it is None.
        form: how the rows are wanted.

    Raises:
        Refusal: NO_SUCH_EMPLOYER where the track has none and nobody was placed with one of that name.

    """
    from tracks.queries.explain.employers import shared_steps_of

    view, claims, today = found.view, found.claims, found.now.day
    people = _people(found)
    if name is not None:
        meant = _known(view, people, name)
        _print_employer(work, found, [one for one in people if one.employer == meant], form)
        return
    every = _every(view, people)
    rows = [_row(work, view, claims, one, people, today) for one in every]
    named = ("", *(one.id for one in every))
    shared = [_shared_row(work, view, one) for one in shared_steps_of(view) if one.employer in named]
    if form.json:
        plain = [{**plain_row(row), "steps": [plain_row(step) for step in shared if step["employer"] == row["id"]]} for row in rows]
        out_json({"employers": plain, "start_steps": [plain_row(step) for step in shared if not step["employer"]]})
        return
    print_listing(rows, _EMPLOYERS, form, work, "employer.none", csv=_EMPLOYERS_CSV)
    places = [{**place, "employer": row["id"], "employer_shown": row["name"]} for row in rows for place in row["places"]]
    for more, columns in ((places, _PLACES), (shared, _SHARED)):
        if more and not form.machine:
            out()
            print_table(more, columns, work)
    if rows and not form.machine:
        out()
        print_message("employer.counted", work)


def _people(found: TrackView) -> list[AtEmployer]:
    """Everything that the people of a track have to do with employers."""
    from tracks.access.views import person_view
    from tracks.queries.explain.employers import people_at

    ledger = found.ledger
    every: list[AtEmployer] = []
    for one in ledger.everybody(found.row.id):
        # The snapshot keeps the last selection and placement, the log every one; only who was selected or placed at all pays for it.
        chosen = any(name.partition(":")[0] in ("selected", "placed") for _, _, name in one.progress.fields)
        log = ledger.events(one.stream) if chosen else ()
        at = people_at(person_view(ledger, found.row, one), one, log, found.now.day)
        # Nobody is to learn here where somebody is whose identity is protected, so she is counted at no employer that is named.
        every += (told._replace(employer=_SECRET) for told in at) if one.stream in ledger.reader.protected else at
    return every


def _every(view: View, people: Iterable[AtEmployer]) -> list[Employer]:
    """The employers of the track, and those that were named at a placement or a job; those that are kept secret last, as one."""
    from definitions.model.track import Employer

    declared = list(view.shared.track.employers)
    named = {one.employer for one in people} - {one.id for one in declared}
    return [*declared, *(Employer(id=name, name=name) for name in sorted(named, key=lambda name: (name == _SECRET, name)))]


def _known(view: View, people: Iterable[AtEmployer], name: str) -> str:
    from tracks.recording.refusals import NO_SUCH_EMPLOYER
    from tracks.recording.validation.employer_names import employer_id

    found = [one for one in _every(view, people) if one.id != _SECRET]
    meant, every = employer_id(found, name, view.shared.track.track), [one.id for one in found]
    if meant not in every:
        raise NO_SUCH_EMPLOYER(employer=name, track=view.shared.track.track, employers=", ".join(every) or "-")
    return meant


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
        "id": one.id, "name": one.name or message("employer.secret", work.lang), "sector": one.sector,
        "occupation": one.need.occupation if one.need else None, "signed": signed,
        "withdrew": withdrew, "agreement_shown": message(f"employer.{key}", work.lang, day=withdrew or signed or ""),
        "need": need, **counts,
        # Whoever has left the track hires nobody more on it.
        "left": None if need is None else 0 if withdrew else max(0, need - counts["hired"]),
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


def _print_employer(work: CommandContext, found: TrackView, people: Sequence[AtEmployer], form: OutputForm) -> None:
    """Everybody who has to do with one employer."""
    view, names = found.view, ParticipantNames(found.ledger.reader, work.lang)
    steps = found.ledger.reader.step_names(view.shared.track.track)
    rows = [
        {
            "employer": one.employer, **names.cells(one.stream), "what": one.what,
            "what_shown": message(f"employer.person.{one.what}", work.lang), "step": one.step, "step_shown": steps.get(one.step, one.step),
            "since": one.since, "until": one.until,
        }
        for one in sorted(people, key=lambda one: (_TOLD.index(one.what), one.stream))
    ]  # fmt: skip
    print_listing(rows, _PEOPLE, form, work, "employer.nobody", csv=_PEOPLE_CSV)
