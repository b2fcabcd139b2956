"""Trust: `verify` holds the log against itself, `doctor` looks at everything around it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from typer import Context, Option

from commands.app.options import Json, WithExitCode
from commands.runtime import errors
from commands.runtime.context import CommandContext, clock_now, minute
from commands.runtime.output import Column, OutputForm, out, out_json, print_listing, print_message
from commands.runtime.settings import SETTINGS
from commands.runtime.texts import has, message
from definitions.model.exit_codes import ExitCode
from definitions.model.personal_numbers import KEY_NAME
from definitions.model.refusal import Refusal
from tracks.recording.refusals import unknown_participant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracks.access.ledgers import SqlLedger
    from tracks.audit.discrepancies import Discrepancy
    from tracks.audit.rebuild import Rebuilt
    from tracks.audit.verify import Verified

_CHECKED: Final = (Column("what", "col.what", "what_shown"), Column("value", "col.value"), Column("state", "col.state"))
_LIBRARIES: Final = (
    "prefect",
    "fastapi",
    "pydantic",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "jinja2",
    "typer",
    "rich",
    "PyYAML",
    "cryptography",
    "tzdata",
)
# Rights of group and others: what lies here is about people, on a machine that several may use.
_OTHERS: Final = 0o077


def verify(
    ctx: Context,
    *,
    ref: Annotated[str | None, Option("--ref", metavar="REF")] = None,
    export: Annotated[str | None, Option("--export", metavar="FILE")] = None,
    against: Annotated[str | None, Option("--against", metavar="FILE")] = None,
    rebuild: Annotated[bool, Option("--rebuild")] = False,
    json: Json = False,
) -> int:
    """Check that nothing in the log was changed, and that all that is derived follows from it."""
    from tracks.access.ledgers import open_ledger
    from tracks.audit import verify as verifying

    work = ctx.obj
    with open_ledger(work.path, readonly=not rebuild) as ledger:
        streams = [one.stream for one in (ledger.load([ref]) if "/" in ref else ledger.enrolments_of(ref))] if ref else None
        if streams == []:
            raise unknown_participant(str(ref))
        rebuilt = _rebuild(ledger, streams) if rebuild else None
        found = verifying.verify(ledger, streams)
        locked = _locked(work, ledger) if streams is None else []
        breaks = [*found.breaks, *locked, *(verifying.against(ledger, _read(against), against) if against else ())]
        heads = verifying.export(ledger) if export and not breaks else ""
    if rebuilt and not json:
        _print_rebuilt(work, rebuilt)
    _print_verified(work, found, breaks, rebuilt, json=json)
    if against and not breaks and not json:
        print_message("verify.heads", work)
    # Heads of a log that is broken would vouch for the break.
    if export and heads:
        from commands.runtime.atomic_files import write_file

        write_file(export, heads)
        print_message("wrote", work, path=export)
    return ExitCode.VERIFICATION if breaks else 0


def _locked(work: CommandContext, ledger: SqlLedger) -> list[Discrepancy]:
    """What is locked and not opened by the key; without the key, it is told that this was not looked at."""
    from tracks.audit.discrepancies import unopened
    from tracks.privacy.locked_rows import damaged, is_without_key

    # The log can be verified by whoever may not read identities.
    if is_without_key(ledger):
        work.warnings.append(message("verify.keyless", work.lang, path=work.path.with_name(KEY_NAME)))
    return unopened(damaged(ledger))


def _rebuild(ledger: SqlLedger, streams: Sequence[str] | None) -> Rebuilt:
    from tracks.audit.rebuild import rebuild

    return rebuild(ledger, streams)


def _print_rebuilt(work: CommandContext, rebuilt: Rebuilt) -> None:
    print_message("verify.rebuilt", work, count=len(rebuilt.streams))
    if rebuilt.unlinked:
        print_message("verify.unlinked", work, streams=", ".join(rebuilt.unlinked))


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    except UnicodeDecodeError:
        raise errors.NOT_TEXT(path=path, row=1) from None


def _print_verified(work: CommandContext, found: Verified, breaks: Sequence[Discrepancy], rebuilt: Rebuilt | None, *, json: bool) -> None:
    if json:
        rows = [{**one._asdict(), "derived": one.derived, "message": one.message(work.lang)} for one in breaks]
        lost = {"unlinked": rebuilt.unlinked} if rebuilt else {}
        out_json({"sound": not breaks, "streams": found.streams, "events": found.events, "breaks": rows, **lost})
        return
    from tracks.audit.discrepancies import mendable

    for one in breaks:
        out(one.message(work.lang))
    if mendable(breaks):
        print_message("verify.remedy", work)
    # What is derived can be rebuilt from the log; the log itself only comes back from a copy.
    if not all(one.derived for one in breaks):
        print_message("verify.restore", work)
    key = "verify.broken" if breaks else "verify.sound"
    print_message(key, work, count=len(breaks), streams=found.streams, events=found.events)


def doctor(ctx: Context, *, json: Json = False, exit_code: WithExitCode = False) -> int:
    """Versions, database, key, clock, server: what is well and what is not."""
    work = ctx.obj
    rows = [
        {
            "what": what,
            "what_shown": _row_name(what, work.lang),
            "value": value,
            "state": state or message("doctor.ok", work.lang),
            "ok": not state,
        }
        for what, value, state in _rows(work)
    ]
    print_listing(rows, _CHECKED, OutputForm(json), work)
    return ExitCode.FINDINGS if exit_code and not all(row["ok"] for row in rows) else 0


def _row_name(what: str, lang: str) -> str:
    key = f"doctor.row.{what.replace(' ', '_')}"
    return message(key, lang) if has(key, lang) else what


def _rows(work: CommandContext) -> Iterator[tuple[str, str, str]]:
    """Each thing that is looked at, what was found, and what is wrong with it (empty where nothing is)."""
    yield "python", sys.version.split()[0], ""
    for name in ("jobbspar", *_LIBRARIES):
        version = _version(name)
        yield name, version or message("doctor.none", work.lang), "" if version else message("doctor.missing", work.lang)
    yield from _database(work)
    yield from _files(work)
    yield "clock", *_clock(work)
    yield "server", _server(work), ""
    # Prefect's telemetry is off in every process that is started here; the row says so to whoever has to answer for it.
    yield "telemetry", message("doctor.off", work.lang), ""


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    # Run from a clone that is not installed, the program itself is registered nowhere.
    except PackageNotFoundError:
        return ""


def _database(work: CommandContext) -> Iterator[tuple[str, str, str]]:
    from tracks.access.ledgers import REVISIONS
    from tracks.queries.reader import reading

    try:
        with reading(work.database):
            yield "database", str(work.path), ""
        yield "schema", REVISIONS[-1], ""
    except Refusal as fault:
        yield "database", str(work.path), fault.message(work.lang)


def _files(work: CommandContext) -> Iterator[tuple[str, str, str]]:
    key = work.path.with_name(KEY_NAME)
    for what, path, wrong in (("database mode", work.path, ""), ("key", key, _key(work, key))):
        if path.exists():
            mode = path.stat().st_mode & 0o777
            open_to_others = message("doctor.open", work.lang, mode=f"{mode:04o}") if mode & _OTHERS else ""
            yield what, f"{path.name} {mode:04o}", " ".join(filter(None, (wrong, open_to_others)))
        elif what == "key":
            yield what, message("doctor.none", work.lang), wrong
    settings = work.folder / SETTINGS
    yield "settings", str(settings) if settings.exists() else message("doctor.none", work.lang), ""


def _key(work: CommandContext, path: Path) -> str:
    """What is wrong with the key: missing, none, or another's; a database that cannot be read has a row of its own."""
    from tracks.access.ledgers import open_ledger
    from tracks.privacy.vault import check_key, read_key

    # A broken key must not keep `doctor` from its other rows, and a broken database has a row of its own.
    try:
        if path.exists():
            read_key(path)
        with open_ledger(work.path, readonly=True) as ledger:
            check_key(ledger, os.urandom)
    except Refusal as fault:
        return fault.message(work.lang) if fault.exit_code == ExitCode.KEY else ""
    return ""


def _clock(work: CommandContext) -> tuple[str, str]:
    """The clock, and what is wrong with that of the system by what was recorded last."""
    from tracks.clock import RESTED
    from tracks.queries.moment import last_recorded
    from tracks.queries.reader import reading

    try:
        with reading(work.database) as reader:
            last = last_recorded(reader)
        clock = clock_now(work, last)
    except Refusal:
        return message("doctor.none", work.lang), ""
    if work.virtual:
        return message("doctor.virtual", work.lang, at=minute(clock.recorded)), ""
    days, value = clock.days_after(last), message("doctor.system", work.lang, at=minute(clock.recorded))
    key = "doctor.clock.behind" if last and last > clock.recorded else "doctor.clock.rested" if days >= RESTED else ""
    return value, message(key, work.lang, last=minute(last), days=days) if key and last else ""


def _server(work: CommandContext) -> str:
    from flows import local_server

    # Only looked for: a question must not start a server.
    found = local_server.find(work.folder.absolute())
    return message("doctor.up", work.lang, url=found.url) if found else message("doctor.down", work.lang)
