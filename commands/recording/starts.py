"""`start` and `move`: a start is confirmed, cancelled or postponed, or tried out; a participant goes to another one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from typer import Argument, Context, Option

from commands.app.options import (
    Advance,
    After,
    DryRun,
    FactOptions,
    ListingOptions,
    On,
    ReasonOrNone,
    Ref,
    TrackId,
    fact_command,
    listing_command,
)
from commands.app.prompt import ask_text
from commands.queries.starts import print_starts
from commands.queries.track_view import open_track_view
from commands.recording.session import conclude, open_session, record_fact
from commands.recording.track_facts import REPORTED, draft_track_fact, parse_choice, record_shared_fact
from commands.runtime import errors
from commands.runtime.context import parse_day
from commands.runtime.output import Column, out_json, plain_row, print_message, print_table
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_reason
from commands.wording.participants import ParticipantNames
from tracks.events.event import Draft
from tracks.events.status import Status
from tracks.queries.reader import reading
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present

_KINDS: Final = {"confirm": "start_confirmed", "cancel": "start_cancelled", "postpone": "start_postponed", "report": REPORTED}
_CHANGES: Final = (
    Column("ref", "col.ref", "ref_shown"), Column("before", "col.before", "before_shown"), Column("after", "col.after", "after_shown"),
)  # fmt: skip


@listing_command
def start(
    ctx: Context,
    track: TrackId,
    day: Annotated[str | None, Argument(metavar="DATE")] = None,
    what: Annotated[str | None, Argument(metavar="confirm|cancel|postpone|report")] = None,
    *,
    to: Annotated[str | None, Option("--to", metavar="DATE")] = None,
    reason: ReasonOrNone = None,
    step: Annotated[str, Option("--step", metavar="STEP")] = "",
    result: Annotated[str, Option("--result", metavar="RESULT")] = "done",
    on: On = None,
    dry_run: DryRun = False,
    advance: Advance = False,
    wanted: ListingOptions,
) -> None:
    """Show how the starts stand or who is on one; or record that one is confirmed, cancelled or postponed, or the result of its step."""
    if what is None or day is None:
        with open_track_view(ctx.obj, track, wanted) as view:
            print_starts(ctx.obj, view, parse_day(day).isoformat() if day else None, wanted.form)
        return
    kind = _KINDS[parse_choice("start", what, tuple(_KINDS))]
    data = _data(kind, parse_day(day).isoformat(), to, reason, ctx.obj.lang)
    with open_session(ctx.obj, track=track, readonly=dry_run) as session:
        draft = draft_track_fact(kind, session.day(on), data, step, result)
        if dry_run:
            _print_trial(ctx.obj, session, track, draft, json=wanted.json)
        else:
            conclude(ctx.obj, session, [record_shared_fact(session, track, draft)], After(advance, wanted.json))


def _data(kind: str, start: str, to: str | None, reason: str | None, lang: str) -> dict[str, Any]:
    """The data of a fact about a start; what it needs and was not given is asked for at a terminal."""
    if kind == "start_cancelled" and not (reason := reason or ask_text(message("ask.reason", lang))):
        raise errors.CANCEL_WHY()
    if kind == "start_postponed" and not (to := to or ask_text(message("ask.day", lang))):
        raise errors.POSTPONE_TO()
    # A report about a start is one about an employer's step with no employer.
    about = {"employer": ""} if kind == REPORTED else {}
    later = {"to": parse_day(to).isoformat()} if kind == "start_postponed" and to else {}
    return {"start": start, **about, **parse_reason(reason), **later}


@fact_command
def move(ctx: Context, ref: Ref, day: Annotated[str, Argument(metavar="DATE")], *, reason: ReasonOrNone = None, how: FactOptions) -> None:
    """Record that a participant goes to another start, or waits for that one only."""
    record_fact(ctx.obj, ref, how, "moved", data={"start": day, "reason": reason})


class _StateOnStart(NamedTuple):
    """Where somebody stands, and on which day her start begins, if she is on one."""

    state: str
    begins: date | None


class _TriedStart(NamedTuple):
    """What a fact about a start would do: who was on it, where everybody stood and would stand, and how many events would follow."""

    concerned: frozenset[str]
    before: Mapping[str, _StateOnStart]
    after: Mapping[str, _StateOnStart]
    kinds: Mapping[str, int]


def _print_trial(work: CommandContext, session: WriteSession, track: str, draft: Draft, *, json: bool) -> None:
    """Print what would follow at once for the people of the track, and for whom; nothing is kept."""
    from tracks.queries.explain.starts import members
    from tracks.recording.operations import advance_unit
    from tracks.recording.track_facts import record_track_fact_within

    def act(now: Present) -> _TriedStart:
        # Who is on it is asked before the fact: a cancelled start has nobody left.
        concerned, before = frozenset(one.stream for one in members(now.claims(track), draft.data["start"])), _stands(now, track)
        record_track_fact_within(now, session.actor, track, draft)
        counts = advance_unit(now, now.unit(track), now.clock_of(track))
        return _TriedStart(concerned, before, _stands(now, track), counts.kinds)

    found = session.tried(act)
    changed = {one for one, stand in found.before.items() if stand != found.after[one]}
    people = _named(work, [_person_row(work, found, stream) for stream in sorted(found.concerned | changed)])
    if json:
        counted = Counter((row["before"], row["after"]) for row in people if row["before"] != row["after"])
        changes = [{"before": old, "after": new, "people": count} for (old, new), count in sorted(counted.items())]
        told = {"people": len(found.concerned), "changes": changes, "concerned": [plain_row(row) for row in people]}
        out_json({"dry_run": True, **told, "kinds": dict(sorted(found.kinds.items()))})
        return
    print_message("start.concerned", work, start=draft.data["start"], count=len(found.concerned))
    if people:
        print_table(people, _CHANGES, work)
    print_message("start.dry", work)


def _named(work: CommandContext, people: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    with reading(work.database) as reader:
        names = ParticipantNames(reader, work.lang)
        return [{**row, **names.cells(row["stream"])} for row in people]


def _person_row(work: CommandContext, found: _TriedStart, stream: str) -> dict[str, Any]:
    old, new = found.before[stream], found.after[stream]
    return {
        "stream": stream, "before": old.state, "after": new.state, "begins_before": old.begins, "begins_after": new.begins,
        "before_shown": _stand_words(old, work.lang), "after_shown": _stand_words(new, work.lang),
    }  # fmt: skip


def _stand_words(stand: _StateOnStart, lang: str) -> str:
    words = message("state.proposed", lang) if stand.state == "proposed" else word("status", stand.state, lang)
    return message("start.begins", lang, state=words, day=stand.begins) if stand.begins else words


def _stands(book: Present, track: str) -> Mapping[str, _StateOnStart]:
    """Where everybody of a track stands, and when her start begins; who waits with a proposal is `proposed`."""
    from tracks.access.views import track_view
    from tracks.events.resources import IntakePlace, parse
    from tracks.recording.operations import track_row

    view, claims = track_view(book, track_row(book, track), None), book.claims(track)
    begins = {
        stream: view.start_day(place.start, book.today)
        for stream, claim in claims
        if claim.state != "waiting" and isinstance(place := parse(claim.resource), IntakePlace) and place.start
    }
    proposed = {stream for stream, claim in claims if claim.state == "proposed"}
    found = {stream: str(status) for status in Status for stream in book.members(track, [str(status)])}
    return {
        stream: _StateOnStart("proposed" if status == "waiting" and stream in proposed else status, begins.get(stream))
        for stream, status in found.items()
    }
