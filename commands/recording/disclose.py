"""`disclose`: who a participant is, shown to somebody who is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Context, Option

from commands.app.disclosure import open_locked
from commands.app.moment import check_participant, parse_moment
from commands.app.options import Json, Ref
from commands.runtime.errors import BAD_READER, NOT_KEPT
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from definitions.model.personal_numbers import looks_personal
from tracks.queries.reader import reading
from tracks.queries.status import status

_LONGEST: Final = 64

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext
    from tracks.privacy.disclosure import Opened
    from tracks.queries.status import Stand


def disclose(ctx: Context, ref: Ref, *, to: Annotated[str | None, Option("--to", metavar="NAME")] = None, json: Json = False) -> None:
    """Show who a participant is and where she is, which is written down as an event with who saw it."""
    from tracks.privacy.disclosure import Purpose

    work, seen_by = ctx.obj, parse_reader(to) if to else None
    with reading(work.database) as reader:
        now = parse_moment(work, reader, None, None, ref=ref)
        found = status(reader, ref, now.today)
        check_participant(reader, ref, now, found)
    shown = open_locked(work, [one.stream for one in found], Purpose.IDENTITY, seen_by)
    if not shown.identities:
        raise NOT_KEPT(ref=ref)
    if json:
        out_json(_row(shown, found))
    else:
        _print(work, shown, found)


def parse_reader(text: str) -> str:
    """Parse the name of whom something is shown to.

    Raises:
        Refusal: BAD_READER for an empty or endless one, and for what looks like a personal number.

    """
    name = " ".join(text.split())
    if not 0 < len(name) <= _LONGEST or not name.isprintable() or looks_personal(name):
        raise BAD_READER()
    return name


def _row(shown: Opened, found: list[Stand]) -> dict[str, Any]:
    return {
        "ref": found[0].ref, "to": shown.reader.to or shown.reader.actor,
        "identities": [
            {"name": one.name or None, "number": one.number, "former": list(one.former), "contact": one.contact, "protected": one.protected}
            for one in shown.identities
        ],
        "places": [{"stream": one.stream, "step": s.id, "employer": s.employer, "since": s.since} for one in found for s in one.steps],
        "events": [{"stream": event.stream, "seq": event.seq} for one in shown.recorded for event in one.events],
    }  # fmt: skip


def _print(work: CommandContext, shown: Opened, found: list[Stand]) -> None:
    for one in shown.identities:
        mark = message("protected.mark", work.lang) if one.protected else ""
        print_message("disclose.name", work, ref=found[0].ref, name=one.name or "–", mark=mark)
        for key, value in (("number", one.number), ("former", ", ".join(one.former)), ("contact", one.contact)):
            if value:
                print_message(f"disclose.{key}", work, value=value)
    for stand in found:
        for step in stand.steps:
            if step.employer:
                print_message("disclose.place", work, step=step.name, employer=step.employer_name, since=step.placed or step.since)
    print_message("disclose.written", work, to=shown.reader.to or shown.reader.actor)
