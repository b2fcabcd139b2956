"""People come in: `enrol` one, `import` many from a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.options import Advance, After, DryRun, FactOptions, Facts, Json, TrackId, fact_command
from commands.recording.session import Opened, conclude, note_of, opened, pairs
from commands.runtime import errors
from tracks.events.codes import CHANNELS
from tracks.texts import code_of, word

if TYPE_CHECKING:
    from commands.runtime.context import Here

_BORN: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


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
    said: dict[str, Any] = {"channel": channel_of(channel, work.lang), "facts": pairs(fact), "born": month_of(born), "key": how.key}
    with opened(work, track=track) as book:
        _enrol(work, book, track, ref, _Person(name, number, protected), said | {"on": book.day(how.on)}, how)


class _Person:
    """Who is enrolled, as far as it is said; nothing of it is ever shown."""

    def __init__(self, name: str | None, number: str | None, protected: bool) -> None:
        self.name, self.number, self.protected = name, number, protected


def channel_of(written: str, lang: str) -> str:
    """The code of a way in. Raises BadChannel: the log holds no free text."""
    code = code_of("channel", written)
    if code not in CHANNELS:
        raise errors.BAD_CHANNEL(value=written[:40], channels=", ".join(word("channel", name, lang) for name in CHANNELS))
    return code


def month_of(born: str | None) -> str | None:
    """Year and month of birth. Raises BadBorn."""
    if born is not None and not _BORN.fullmatch(born):
        raise errors.BAD_BORN(value=born[:10])
    return born


def _enrol(work: Here, book: Opened, track: str, ref: str | None, who: _Person, said: dict[str, Any], how: FactOptions) -> None:
    from commands.recording.identities import Known, known
    from commands.runtime.output import print_message
    from tracks.recording.enrolment import Referral
    from tracks.recording.enrolment import enrol as refer

    with book.ledger.transaction():
        found: Known = known(book, ref, who)
        said["born"] = said["born"] or found.born
        with note_of(book, how.note) as noted:
            written = refer(book.ledger, book.clock, book.actor, track, Referral(found.ref, person=found.person, **said))
            noted.keep(written)
    if not how.json:
        print_message("enrol.done", work, ref=found.ref, track=track, stream=written.stream)
        if found.drawn:
            print_message("enrol.drawn", work, ref=found.ref)
    conclude(work, book, [written], how.after)


def import_file(
    ctx: Context,
    path: Annotated[str, Argument(metavar="FILE")],
    track: Annotated[str, Option("--track", metavar="TRACK")],
    form: Annotated[str, Option("--as", metavar="people|reports")] = "",
    sheet: Annotated[str | None, Option("--sheet", metavar="NAME")] = None,
    columns: Annotated[str | None, Option("--map", metavar="FILE")] = None,
    dry_run: DryRun = False,
    replay: Annotated[bool, Option("--replay")] = False,
    advance: Advance = False,
    json: Json = False,
) -> int:
    """Many rows from a CSV or XLSX file: all or nothing."""
    from commands.importing.importer import Wanted, import_rows

    if form not in ("", "people", "reports"):
        raise errors.BAD_CHOICE(name="--as", choices="people, reports", value=form[:20])
    if replay and not ctx.obj.virtual:
        raise errors.REPLAY_NEEDS_VIRTUAL()
    return import_rows(ctx.obj, path, track, Wanted(form, dry_run, replay, After(advance, json), sheet, columns))
