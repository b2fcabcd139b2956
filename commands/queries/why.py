"""`why` and `queue`: what is waited for, since when, who can change it, and what was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Context, Option

from commands.app.moment import check_participant, parse_moment, print_past
from commands.app.options import AsOf, Json, KnownAt, ListingOptions, Ref, TrackId, listing_command
from commands.queries.track_view import open_track_view
from commands.runtime.listing import print_listing
from commands.runtime.output import Column, out, out_json, print_message
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from tracks.events.resources import IntakePlace, StepPlace, SubjectRun, parse
from tracks.events.snapshots import Claim
from tracks.events.status import Status
from tracks.queries.reader import reading
from tracks.queries.worklist import Which
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from commands.queries.track_view import TrackView
    from commands.runtime.context import CommandContext
    from tracks.access.views import View
    from tracks.events.snapshots import Enrolment
    from tracks.queries.explain.as_of_ledger import CurrentLedger
    from tracks.queries.explain.known_facts import Grounds
    from tracks.queries.explain.why_step import Reason
    from tracks.queries.moment import Moment
    from tracks.recording.reported_fact import FactContext

_QUEUE: Final = (
    Column("resource", "col.resource", "resource_shown"), Column("place", "col.place", right=True), Column("ref", "col.ref", "ref_shown"),
    Column("state", "col.state", "state_shown"), Column("since", "col.since"), Column("compared", "col.compared", "compared_shown"),
    Column("decided", "col.decided"),
)  # fmt: skip
_QUEUE_CSV: Final = ("resource", "place", "ref", "stream", "state", "since", "compared", "decided")


def why(
    ctx: Context,
    ref: Ref,
    step: Annotated[str | None, Argument(metavar="STEP")] = None,
    *,
    entry: Annotated[bool, Option("--entry")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Show what a participant waits for, since when, and who can change it; or how each condition was judged."""
    from tracks.queries.explain.as_of_ledger import ledger_at

    work = ctx.obj
    with reading(work.database) as reader:
        now = parse_moment(work, reader, as_of, known_at, ref=ref)
        ledger = ledger_at(reader, now)
        found = [_explained(ledger, one, now.day) for one in _enrolments(ledger, ref, now)]
        names = ParticipantNames(reader, work.lang)
        whys = [[] if entry else _reasons(case, ledger, step, names, work.lang) for case in found]
    if json:
        out_json([_conditions(case) if entry else _row(case, why) for case, why in zip(found, whys, strict=True)])
        return
    print_past(work, now)
    for case, why in zip(found, whys, strict=True):
        _print_reasons(work, case, why if not entry else None, names)


class _ExplainedEnrolment(NamedTuple):
    """One enrolment, with what explains it."""

    facts: FactContext
    known: Grounds
    protected: bool

    @property
    def one(self) -> Enrolment:
        """The enrolment."""
        return self.facts.enrolment

    @property
    def view(self) -> View:
        """The track as it holds for her."""
        return self.facts.view

    @property
    def today(self) -> date:
        """The day that is asked about."""
        return self.facts.clock.today


def _enrolments(ledger: CurrentLedger, ref: str, now: Moment) -> list[Enrolment]:
    found = ledger.named(ref)
    check_participant(ledger.reader, ref, now, found)
    return found


def _explained(ledger: CurrentLedger, one: Enrolment, today: date) -> _ExplainedEnrolment:
    from tracks.queries.explain.acceptance import fact_context
    from tracks.queries.explain.known_facts import grounds

    known, protected = grounds(ledger.events(one.stream), ledger.events), one.stream in ledger.reader.protected
    return _ExplainedEnrolment(fact_context(ledger, one, today), known, protected)


def _reasons(case: _ExplainedEnrolment, ledger: CurrentLedger, step: str | None, names: ParticipantNames, lang: str) -> list[Reason]:
    """The reasons, each with the grounds of what it asks; then what somebody must put right, and tell about letters that are out."""
    from commands.queries.corrections_due import corrections_due
    from tracks.queries.explain.why import reasons

    # What must be put right comes last: it is asked of staff, whatever the participant waits for.
    row = ledger.track(case.one.track)
    found = reasons(case.view, case.one, ledger.claims(case.one.track), case.today, step, pending=row is not None and row.pending)
    return [
        *(one._replace(values=names.without_place(_worded(case, ledger, one, lang))) for one in found),
        *(one for one in corrections_due(ledger, case.one, case.today, lang) if step in (None, one.step)),
    ]


def _worded(case: _ExplainedEnrolment, ledger: CurrentLedger, reason: Reason, lang: str) -> dict[str, Any]:
    """The values of a reason, with the grounds of what it asks and the command lines that lead on."""
    from commands.wording.todos import reason_lines

    grounds = {"grounds": case.known.of(reason.values["asks"])} if "asks" in reason.values else {}
    lines = reason_lines(ledger.reader, case.facts, reason, lang)
    return {**reason.values, **grounds, **({"commands": lines} if lines else {})}


def _row(case: _ExplainedEnrolment, found: Sequence[Reason]) -> dict[str, Any]:
    return {**_head(case), "reasons": [{**reason._asdict(), "values": _plain(reason.values)} for reason in found]}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: [one._asdict() for one in value] if name == "grounds" else value for name, value in values.items() if name != "asks"}


def _conditions(case: _ExplainedEnrolment) -> dict[str, Any]:
    from commands.wording.conditions import conditions_row, judge_conditions

    return {**_head(case), **conditions_row(case.known, judge_conditions(case.view, case.one, case.known, case.today))}


def _print_reasons(work: CommandContext, case: _ExplainedEnrolment, why: Sequence[Reason] | None, names: ParticipantNames) -> None:
    """Print what is waited for, or how each condition was judged."""
    from commands.wording.conditions import condition_lines, ground_lines, judge_conditions
    from commands.wording.why import ReasonWriter

    one, words = case.one, ReasonWriter(case.view, work.lang, names)
    print_message(
        "why.head", work, ref=one.ref, track=case.view.shared.track.name, stream=one.stream, status=word("status", one.status, work.lang)
    )
    if case.protected:
        print_message("status.protected", work)
    if why is not None and (chosen := words.chosen(one)):
        print_message("status.chosen", work, employers=chosen)
    for reason in why or ():
        out(f"  {words.sentence(reason)}")
        for line in ground_lines(words.speech, reason.values.get("grounds", ()), work.lang):
            out(f"  {line}")
        for line in reason.values.get("commands", ()):
            print_message("why.type", work, line=line)
    if why is None:
        for line in condition_lines(words, case.known, judge_conditions(case.view, one, case.known, case.today)):
            out(f"  {line}")


def _head(case: _ExplainedEnrolment) -> dict[str, Any]:
    one = case.one
    return {"ref": one.ref, "stream": one.stream, "protected": case.protected, "track": one.track, "status": one.status}


@listing_command
def queue(ctx: Context, track: TrackId, *, wanted: ListingOptions) -> None:
    """Show who stands where in the queue, every value that was compared, and what decided between two."""
    work = ctx.obj
    with open_track_view(work, track, wanted) as found:
        names = ParticipantNames(found.ledger.reader, work.lang)
        rows = [*_queued(work, found, names), *_unanswered(work, found, names), *_unchosen(work, found, names)]
    print_listing(rows, _QUEUE, wanted.form, work, "queue.none", csv=_QUEUE_CSV)


def _queued(work: CommandContext, found: TrackView, names: ParticipantNames) -> Iterator[dict[str, Any]]:
    """For each shared thing those who wait, in their order, then those who hold it."""
    from commands.wording.why import ReasonWriter
    from tracks.queries.explain.queues import all_lines, place_values

    view, claims = found.view, found.claims
    words = ReasonWriter(view, work.lang, names)
    waiting = list(all_lines(view, claims, found.now.day))
    # A run of a shared step is claimed by everybody whom it concerns; nobody queues for it.
    holding = sorted((c.resource, s, c) for s, c in claims if c.state == "holding" and not isinstance(parse(c.resource), SubjectRun))
    for resource in dict.fromkeys([*(resource for resource, _, _ in holding), *(line.resource for line in waiting)]):
        for line in (one for one in waiting if one.resource == resource):
            for place in (one for one in line.people if not names.tells_place(one.stream, resource)):
                values = names.without_place({"resource": line.resource, **place_values(view, line, place, own=False)})
                in_words = {"compared_shown": words.compared(values["compared"]), "decided": words.decided(values["after"])}
                whose = names.cells(place.stream)
                yield _claimant(work, whose, place.claim, values | in_words, words.line(line))
        for _, stream, claim in (one for one in holding if one[0] == resource and not names.tells_place(one[1], resource)):
            held = claim._replace(since=_held_since(found, stream, claim))
            yield _claimant(work, names.cells(stream), held, {"place": None, "compared": []}, words.resource(resource))


def _held_since(found: TrackView, stream: str, claim: Claim) -> date:
    """Since when a place is held: at an employer since she came there, which may be after the step began (rule R33)."""
    from tracks.queries.explain.placements import places_at

    place = parse(claim.resource)
    if not isinstance(place, StepPlace) or not place.employer:
        return claim.since
    spell = places_at(found.ledger, found.now.day)(stream).get((place.step, claim.attempt))
    return spell.since if spell and spell.employer == place.employer else claim.since


def _unanswered(work: CommandContext, found: TrackView, names: ParticipantNames) -> Iterator[dict[str, Any]]:
    """Those who did not answer an offer: they stay in the queue, and are proposed again once they are interested (rule R39)."""
    from commands.queries.worklist import tasks_of

    for one in tasks_of(found.ledger.reader, found.now, Which(track=found.row.id)):
        if one.kind == "interest":
            values: dict[str, Any] = {"resource": str(IntakePlace()), "place": None, "compared": []}
            shown = message("resource.intake", work.lang)
            yield _claimant(work, names.cells(one.stream), Claim(str(IntakePlace()), "unanswered", 0, one.since, ""), values, shown)


def _unchosen(work: CommandContext, found: TrackView, names: ParticipantNames) -> Iterator[dict[str, Any]]:
    """Those who wait for an employer to select them, the longest first."""
    from tracks.queries.explain.queues import Compared, awaiting_choice

    people, before = found.ledger.everybody(found.row.id), ""
    for number, (since, stream) in enumerate(awaiting_choice(found.view, people, found.now.day), start=1):
        # No order of the intake holds here: it is the employer who chooses, and the list says how long each has waited.
        values: dict[str, Any] = {
            "resource": "selected", "place": number, "compared": [Compared("waits", since)._asdict()],
            "compared_shown": message("order.waits", work.lang, value=since),
            "decided": message("queue.longer", work.lang, ref=names.shown(before)) if before else message("queue.longest", work.lang),
        }  # fmt: skip
        before = stream
        yield _claimant(work, names.cells(stream), Claim("", "waiting", 0, since, ""), values, message("resource.selected", work.lang))


def _claimant(work: CommandContext, whose: Mapping[str, str], claim: Claim, values: Mapping[str, Any], resource: str) -> dict[str, Any]:
    state = claim.state
    # A place is kept for one who has been offered it, and for one who has accepted; she does not have it yet.
    kept = state == "holding" and claim.rank in (Status.OFFERED, Status.ACCEPTED)
    shown = word("status", str(claim.rank), work.lang) if kept else message(f"state.{state}", work.lang)
    return {
        "resource": values.get("resource", claim.resource), "resource_shown": resource, **whose, "state": state,
        "state_shown": shown, "since": claim.since, **values,
    }  # fmt: skip
