"""People come in: `enrol` one, `import` many from a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from typer import Argument, Context, Option

from commands.app.options import ADVANCE, FACTS, JSON, TRACK, After, How, says
from commands.recording.session import Opened, conclude, note_of, opened, pairs
from commands.runtime import errors
from tracks.events.kinds import CHANNELS
from tracks.texts import code_of, word

if TYPE_CHECKING:
    from commands.runtime.context import Here

_BORN: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@says
def enrol(
    ctx: Context,
    track: str = TRACK,
    ref: str = Argument(None, metavar="REF"),
    fact: list[str] = FACTS,
    channel: str = Option("caseworker", "--channel", metavar="CHANNEL"),
    born: str = Option(None, "--born", metavar="YYYY-MM"),
    name: str = Option(None, "--name", metavar="NAME"),
    number: str = Option(None, "--number", metavar="NUMBER"),
    protected: bool = Option(False, "--protected"),
    *,
    how: How,
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


def _enrol(work: Here, book: Opened, track: str, ref: str | None, who: _Person, said: dict[str, Any], how: How) -> None:
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
    path: str = Argument(..., metavar="FILE"),
    track: str = Option(..., "--track", metavar="TRACK"),
    form: str = Option("", "--as", metavar="people|reports"),
    sheet: str = Option(None, "--sheet", metavar="NAME"),
    columns: str = Option(None, "--map", metavar="FILE"),
    dry_run: bool = Option(False, "--dry-run"),
    replay: bool = Option(False, "--replay"),
    advance: bool = ADVANCE,
    json: bool = JSON,
) -> int:
    """Many rows from a CSV or XLSX file: all or nothing."""
    from commands.importing.importer import Wanted, import_rows

    if form not in ("", "people", "reports"):
        raise errors.BAD_CHOICE(name="--as", choices="people, reports", value=form[:20])
    if replay and not ctx.obj.virtual:
        raise errors.REPLAY_NEEDS_VIRTUAL()
    return import_rows(ctx.obj, path, track, Wanted(form, dry_run, replay, After(advance, json), sheet, columns))
