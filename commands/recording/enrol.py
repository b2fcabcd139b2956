"""`enrol`: one participant is referred to a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from commands.app.options import FactOptions, Facts, TrackId, fact_command
from commands.recording.session import WriteSession, conclude, locked_note, open_session, parse_pairs
from commands.runtime.typed_values import parse_birth_month, parse_channel

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext


@fact_command
def enrol(
    ctx: Context,
    track: TrackId,
    ref: Annotated[str | None, Argument(metavar="REF")] = None,
    fact: Facts = None,
    channel: Annotated[str, Option("--channel", metavar="CHANNEL")] = "caseworker",
    born: Annotated[str | None, Option("--born", metavar="YYYY-MM")] = None,
    name: Annotated[str | None, Option("--name", metavar="NAME")] = None,
    number: Annotated[str | None, Option("--number", metavar="NUMBER")] = None,
    protected: Annotated[bool, Option("--protected")] = False,
    *,
    how: FactOptions,
) -> None:
    """Refer one participant to a track."""
    work = ctx.obj
    said: dict[str, Any] = {
        "channel": parse_channel(channel, work.lang),
        "facts": parse_pairs(fact),
        "born": parse_birth_month(born),
        "key": how.key,
    }
    with open_session(work, track=track) as session:
        _enrol(work, session, track, ref, _Person(name, number, protected), said | {"on": session.day(how.on)}, how)


class _Person:
    """Who is enrolled, as far as it is said; nothing of it is ever shown."""

    def __init__(self, name: str | None, number: str | None, protected: bool) -> None:
        self.name, self.number, self.protected = name, number, protected


def _enrol(
    work: CommandContext, session: WriteSession, track: str, ref: str | None, who: _Person, said: dict[str, Any], how: FactOptions
) -> None:
    from commands.recording.identities import IdentifiedParticipant, identify
    from commands.runtime.output import print_message
    from tracks.recording.enrolment import Referral
    from tracks.recording.enrolment import enrol as refer

    with session.ledger.transaction():
        found: IdentifiedParticipant = identify(session, ref, who)
        said["born"] = said["born"] or found.born
        with locked_note(session, how.note) as noted:
            written = refer(session.ledger, session.clock, session.actor, track, Referral(found.ref, person=found.person, **said))
            noted.keep(written)
    if not how.json:
        print_message("enrol.done", work, ref=found.ref, track=track, stream=written.stream)
        if found.drawn:
            print_message("enrol.drawn", work, ref=found.ref)
    conclude(work, session, [written], how.after)
