"""`enrol`: one participant is referred to a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from commands.app.options import BirthMonth, FactOptions, Facts, TrackId, fact_command
from commands.recording.session import LockedNote, conclude, open_session, parse_pairs
from commands.runtime.typed_values import parse_birth_month, parse_channel
from tracks.texts import word

if TYPE_CHECKING:
    from commands.recording.identities import IdentifiedParticipant
    from tracks.access.ledgers import Present
    from tracks.recording.operations import Recorded


@fact_command
def enrol(
    ctx: Context,
    track: TrackId,
    ref: Annotated[str | None, Argument(metavar="REF")] = None,
    *,
    fact: Facts = None,
    channel: Annotated[str | None, Option("--channel", metavar="CHANNEL")] = None,
    born: BirthMonth = None,
    name: Annotated[str | None, Option("--name", metavar="NAME")] = None,
    number: Annotated[str | None, Option("--number", metavar="NUMBER")] = None,
    protected: Annotated[bool, Option("--protected")] = False,
    how: FactOptions,
) -> None:
    """Record that one participant is referred to a track, and keep who she is apart from it."""
    from commands.recording.identities import GivenIdentity, identify, parse_number
    from commands.runtime.output import print_message
    from tracks.recording.enrolment import DEFAULT_CHANNEL, Referral, check_born_kept, enrol_within
    from tracks.recording.operations import track_row

    work = ctx.obj
    code, facts, month = parse_channel(channel or DEFAULT_CHANNEL), parse_pairs(fact), parse_birth_month(born)
    with open_session(work, track=track) as session:
        day = session.day(how.on)
        check_born_kept(session.ledger.plan(track, track_row(session.ledger, track).version), month)
        given, note = GivenIdentity(name, parse_number(session, number), protected), LockedNote(session, how.note)
        # A reference is drawn once: a line that is given again with its key is about whom it was drawn for.
        drawn_before = session.ledger.ref_keyed(track, how.key) if how.key and ref is None else None

        def act(now: Present) -> tuple[IdentifiedParticipant, Recorded]:
            found = identify(session, now, ref or drawn_before, given, month)
            kept = note.data.get("note")
            referral = Referral(found.ref, day, code, facts, found.born, found.person, key=how.key, note=kept)
            return found, note.kept(now, enrol_within(now, session.actor, track, referral))

        found, recorded = session.write(act)
        if not how.json:
            print_message("enrol.done", work, ref=found.ref, track=track, stream=recorded.stream)
            if found.drawn:
                print_message("enrol.drawn", work, ref=found.ref)
            if channel is None:
                print_message("enrol.channel", work, channel=word("channel", DEFAULT_CHANNEL, work.lang))
        conclude(work, session, [recorded], how.after)
