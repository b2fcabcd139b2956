"""What is said of a track's starts, how they stand, and what would follow; who is moved from one to another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.options import Advance, After, AsOf, Csv, DryRun, FactOptions, Json, KnownAt, On, ReasonOrNone, Ref, TrackId, fact_command
from commands.app.prompt import ask
from commands.queries.track_view import open_track_view
from commands.recording.intake import parse_reason_or_note
from commands.recording.session import conclude, open_session, record_fact
from commands.recording.track_facts import REPORTED, draft_track_fact, parse_choice, record_shared_fact
from commands.runtime import errors
from commands.runtime.context import parse_day
from commands.runtime.output import Column, Form, listing, out_json, print_message, table
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_reason
from tracks.events.event import Draft
from tracks.events.streams import ref_of
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.queries.track_view import TrackView
    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext

_KINDS: Final = {"confirm": "start_confirmed", "cancel": "start_cancelled", "postpone": "start_postponed", "report": REPORTED}
_STARTS: Final = (
    Column("start", "col.start", "start_shown"), Column("day", "col.day"), Column("state", "col.state", "state_shown"),
    *(Column(key, f"col.{key}", right=True) for key in ("places", "free", "proposed", "offered", "accepted", "active", "ended", "minimum")),
    Column("employers", "col.employers", "employers_shown"),
)  # fmt: skip
_STARTS_CSV: Final = (
    "start",
    "day",
    "state",
    "opens",
    "places",
    "free",
    "minimum",
    "proposed",
    "offered",
    "accepted",
    "active",
    "ended",
    "employers",
)
_MEMBERS: Final = (Column("ref", "col.ref"), Column("state", "col.state", "state_shown"), Column("since", "col.since"))
_MEMBERS_CSV: Final = ("ref", "stream", "state", "since")
_CHANGES: Final = (
    Column("before", "col.before", "before_shown"), Column("after", "col.after", "after_shown"), Column("people", "col.people", right=True)
)  # fmt: skip


def start(
    ctx: Context,
    track: TrackId,
    day: Annotated[str | None, Argument(metavar="DATE")] = None,
    what: Annotated[str | None, Argument(metavar="confirm|cancel|postpone|report")] = None,
    to: Annotated[str | None, Option("--to", metavar="DATE")] = None,
    reason: ReasonOrNone = None,
    step: Annotated[str, Option("--step", metavar="STEP")] = "",
    result: Annotated[str, Option("--result", metavar="RESULT")] = "done",
    on: On = None,
    dry_run: DryRun = False,
    advance: Advance = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """How the starts stand, or who is on one; that one is held as it is, is cancelled or postponed; or what became of a step about it."""
    if what is None or day is None:
        form = Form(json, csv)
        with open_track_view(ctx.obj, track, as_of, known_at, form) as found:
            _print_starts(ctx.obj, found, parse_day(day).isoformat() if day else None, form)
        return
    kind = _KINDS[parse_choice("start", what, tuple(_KINDS))]
    said = _said(kind, parse_day(day).isoformat(), to, reason, ctx.obj.lang)
    with open_session(ctx.obj, track=track) as session:
        draft = draft_track_fact(kind, session.day(on), said, step, result)
        if dry_run:
            _print_trial(ctx.obj, session, track, draft, json=json)
        else:
            conclude(ctx.obj, session, [record_shared_fact(session, track, draft)], After(advance, json))


def _said(kind: str, start: str, to: str | None, reason: str | None, lang: str) -> dict[str, Any]:
    """What is said of a start. Raises CancelWhy or PostponeTo."""
    if kind == "start_cancelled" and not (reason := reason or ask(message("ask.reason", lang))):
        raise errors.CANCEL_WHY()
    if kind == "start_postponed" and not (to := to or ask(message("ask.day", lang))):
        raise errors.POSTPONE_TO()
    about = {"employer": ""} if kind == REPORTED else {}
    return {
        "start": start,
        **about,
        **parse_reason(reason),
        **({"to": parse_day(to).isoformat()} if kind == "start_postponed" and to else {}),
    }


@fact_command
def move(ctx: Context, ref: Ref, day: Annotated[str, Argument(metavar="DATE")], reason: ReasonOrNone = None, *, how: FactOptions) -> None:
    """That somebody goes to another start, or waits for that one only."""
    why, words = parse_reason_or_note(reason, how.note) if reason else ({}, how.note)
    said = {"start": parse_day(day).isoformat(), **why}
    record_fact(ctx.obj, ref, how._replace(note=words), "moved", said=said)


def _print_trial(work: CommandContext, session: WriteSession, track: str, draft: Draft, *, json: bool) -> None:
    """What would follow at once for the people of the track; nothing is kept."""
    from tracks.queries.explain.starts import members
    from tracks.recording.operations import advance_unit, catch_up

    with session.ledger.trial():
        catch_up(session.ledger, track, session.clock)
        concerned = len(members(session.ledger.claims(track), draft.data["start"]))
        before = _states(session, track)
        record_shared_fact(session, track, draft)
        counts = advance_unit(session.ledger, session.ledger.unit(track), session.clock)
        after = _states(session, track)
    rows = [
        {
            "before": old, "after": new, "people": count,
            "before_shown": _state_words(old, work.lang), "after_shown": _state_words(new, work.lang),
        }
        for (old, new), count in sorted(Counter((before[one], after[one]) for one in before if before[one] != after[one]).items())
    ]  # fmt: skip
    if json:
        changes = [{key: value for key, value in row.items() if not key.endswith("_shown")} for row in rows]
        out_json({"dry_run": True, "people": concerned, "changes": changes, "kinds": dict(sorted(counts.kinds.items()))})
        return
    print_message("start.concerned", work, start=draft.data["start"], count=concerned)
    if rows:
        table(rows, _CHANGES, work)
    print_message("start.dry", work)


def _states(session: WriteSession, track: str) -> Mapping[str, str]:
    """Where everybody of a track stands; who waits with a proposal is `proposed`."""
    from tracks.events.status import Status

    ledger = session.ledger
    found = {stream: str(status) for status in Status for stream in ledger.members(track, [str(status)])}
    proposed = {stream for stream, claim in ledger.claims(track) if claim.state == "proposed"}
    return {stream: "proposed" if status == "waiting" and stream in proposed else status for stream, status in found.items()}


def _state_words(state: str, lang: str) -> str:
    return message("state.proposed", lang) if state == "proposed" else word("status", state, lang)


def _print_starts(work: CommandContext, found: TrackView, name: str | None, form: Form) -> None:
    from tracks.queries.explain.starts import ended_by_start, members, starts_of

    view, track = found.view, found.row.id
    every = list(starts_of(view, found.claims, found.now.day, ended_by_start(found.ledger.everybody(track))))
    if name is None:
        employers = {one.id: one.name for one in view.shared.track.employers}
        rows = [_start_row(work, one._asdict(), employers) for one in every]
        listing(rows, _STARTS, form, work, "start.none", csv=_STARTS_CSV)
        return
    if name not in [one.name for one in every]:
        from tracks.recording.refusals import UNKNOWN_START

        raise UNKNOWN_START(track=track, start=name, starts=", ".join(one.name for one in every if one.name) or "-")
    people = [
        {
            "ref": ref_of(one.stream), "stream": one.stream, "state": one.state, "since": one.since,
            "state_shown": message(f"start.person.{one.state}", work.lang),
        }
        for one in members(found.claims, name)
    ]  # fmt: skip
    listing(people, _MEMBERS, form, work, "start.nobody", csv=_MEMBERS_CSV)


def _start_row(work: CommandContext, one: dict[str, Any], employers: Mapping[str, str]) -> dict[str, Any]:
    name, shown = one["name"], [employers.get(name, name) for name in one["employers"]]
    state = message(f"start.state.{one['state']}", work.lang, opens=one["opens"] or "–")
    return {
        "start": name, **{key: value for key, value in one.items() if key != "name"}, "employers": list(one["employers"]),
        "employers_shown": ", ".join(shown), "state_shown": state,
        "start_shown": name or message("start.rolling", work.lang),
    }  # fmt: skip
