"""Trust: `verify` holds the log against itself and against all that follows from it; `db` brings the database to a newer schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from commands.app.options import Json
from commands.runtime import errors
from commands.runtime.output import out, out_json, print_message
from commands.runtime.texts import message
from definitions.model.exit_codes import ExitCode
from definitions.model.personal_numbers import KEY_NAME
from tracks.recording.refusals import unknown_participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import SqlLedger
    from tracks.audit.discrepancies import Discrepancy
    from tracks.audit.rebuild import Rebuilt
    from tracks.audit.verify import Verified


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
        rebuilt = _rebuild(work, ledger, streams) if rebuild else None
        found = verifying.verify(ledger, streams, work.progress)
        locked = _locked(work, ledger) if streams is None else []
        breaks = [*found.breaks, *locked, *(verifying.against(ledger, _read(against), against, work.progress) if against else ())]
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


def db(ctx: Context, action: Annotated[str, Argument(metavar="upgrade")]) -> None:
    """Bring a database that an older program wrote to the schema of this one."""
    from tracks.access.ledgers import upgrade_database

    if action != "upgrade":
        raise errors.BAD_CHOICE(name="db", choices="upgrade", value=action[:20])
    copy = upgrade_database(ctx.obj.path, ctx.obj.progress)
    print_message("db.upgraded" if copy else "db.newest", ctx.obj, path=ctx.obj.path, copy=copy)


def _locked(work: CommandContext, ledger: SqlLedger) -> list[Discrepancy]:
    """What is locked and not opened by the key; without the key, it is told that this was not looked at."""
    from tracks.audit.discrepancies import unopened
    from tracks.privacy.locked_rows import damaged, is_without_key

    # The log can be verified by whoever may not read identities.
    if is_without_key(ledger):
        work.warnings.append(message("verify.keyless", work.lang, path=work.path.with_name(KEY_NAME)))
    return unopened(damaged(ledger, work.progress))


def _rebuild(work: CommandContext, ledger: SqlLedger, streams: Sequence[str] | None) -> Rebuilt:
    from tracks.audit.rebuild import rebuild

    return rebuild(ledger, streams, work.progress)


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
