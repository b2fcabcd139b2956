"""`advance`, and the local Prefect server that it reports to: `up`, `down`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import uuid4

from typer import Argument, Context, Option

from commands.app.error_text import refusal_text
from commands.app.options import DryRun, Engine, Json
from commands.runtime import errors
from commands.runtime.context import writing_clock
from commands.runtime.output import note, out_json, plain_row, print_message
from commands.runtime.progress import server_listener
from commands.runtime.signals import ended_in_order
from commands.runtime.texts import message
from commands.wording.participants import ParticipantNames
from definitions.model.exit_codes import ExitCode
from tracks.access.ledgers import open_ledger
from tracks.texts import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.runtime.context import CommandContext
    from tracks.clock import Clock

ENGINES: Final = ("prefect", "local")
# As many as one line names.
_NAMED: Final = 12


def advance(
    ctx: Context,
    tracks: Annotated[list[str] | None, Argument(metavar="TRACK")] = None,
    *,
    engine: Engine = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Everything that is due, once."""
    from flows.prefect_settings import default_engine

    work, names = ctx.obj, tuple(tracks or ())
    engine = engine or default_engine()
    if engine not in ENGINES:
        raise errors.BAD_CHOICE(name="--engine", choices=", ".join(ENGINES), value=engine[:20])
    clock = _clock(work, names)
    try:
        with ended_in_order():
            written, code = ({}, 0) if dry_run else _run(work, names, clock, engine)
            whom = _dry(work, names, clock) if dry_run else {}
    except KeyboardInterrupt:
        note(message("advance.interrupted", work.lang))
        raise
    if dry_run:
        written = {kind: len(streams) for kind, streams in whom.items()}
    _print_counts(work, written, clock, _people(work, whom), dry_run=dry_run, json=json)
    return code


def _clock(work: CommandContext, names: Sequence[str]) -> Clock:
    from tracks.queries.moment import is_track
    from tracks.queries.reader import check_tables, reading
    from tracks.recording.refusals import unknown_track

    # A track that is misspelt, or a table that is gone, is told before Prefect's server is started, which takes seconds.
    with reading(work.database) as reader:
        check_tables(reader)
        for name in names:
            if not is_track(reader, name):
                raise unknown_track(name)
        return writing_clock(work, reader, names)


def _dry(work: CommandContext, names: Sequence[str], clock: Clock) -> dict[str, list[str]]:
    """What would be written: the streams of the events of each kind."""
    from tracks.recording.operations import advance_unit, all_units
    from tracks.recording.writes import previewed

    with open_ledger(work.path, readonly=True) as ledger, previewed(ledger) as preview:
        for unit in all_units(preview, names):
            advance_unit(preview, unit, clock, progress=work.progress)
        found: dict[str, list[str]] = {}
        for event in preview.written:
            found.setdefault(event.kind, []).append(event.stream)
        return found


def _people(work: CommandContext, whom: Mapping[str, Sequence[str]]) -> dict[str, list[dict[str, Any]]]:
    """The participants of whom something would be written, each once, by the kind of it."""
    from tracks.events.streams import StreamId
    from tracks.queries.reader import reading

    with reading(work.database) as reader:
        names = ParticipantNames(reader, work.lang)
        streams = {kind: [one for one in dict.fromkeys(found) if StreamId.parse(one).track is None] for kind, found in whom.items()}
        return {kind: [names.cells(one) for one in found] for kind, found in streams.items()}


def _run(work: CommandContext, names: Sequence[str], clock: Clock, engine: str) -> tuple[Mapping[str, int], int]:
    """What was written, and the exit code: a server that could not be used is told by it, though the work is done."""
    from flows import runner
    from flows.adapter import LedgerOperations
    from flows.port import FlowRun

    operations = LedgerOperations(str(work.path.absolute()), progress=work.progress)
    order = FlowRun(uuid4().hex, tuple(names), clock.today, clock.recorded)
    folder, notify = work.folder.absolute(), server_listener(work.lang)
    if engine == "local":
        return runner.advance_alone(folder, operations, order, notify).tally.kinds, 0
    result = runner.advance(folder, operations, order, notify, work.lang)
    if result.lost:
        note(message("advance.lost", work.lang, why=refusal_text(result.lost, work.lang)))
    elif result.unshown:
        note(message("advance.unshown", work.lang, kind=result.unshown))
    return result.tally.kinds, ExitCode.SERVER if result.lost and not result.flow_run else 0


def _print_counts(
    work: CommandContext,
    kinds: Mapping[str, int],
    clock: Clock,
    people: Mapping[str, Sequence[dict[str, Any]]],
    *,
    dry_run: bool,
    json: bool,
) -> None:
    total = sum(kinds.values())
    if json:
        told = {"until": clock.today, "recorded": clock.recorded, "events": total, "dry_run": dry_run, "kinds": dict(sorted(kinds.items()))}
        whom = {kind: [plain_row(one) for one in found] for kind, found in sorted(people.items())}
        out_json({**told, **({"people": whom} if dry_run else {})})
        return
    # The most frequent first, and alike ones by name, so that two runs of the same work print the same.
    for kind, count in sorted(kinds.items(), key=lambda row: (-row[1], row[0])):
        print_message("advance.kind", work, count=count, words=word("kind", kind, work.lang))
        if found := people.get(kind):
            more = ["…"] if len(found) > _NAMED else []
            print_message("advance.whom", work, refs=", ".join([*(one["ref_shown"] for one in found[:_NAMED]), *more]))
    key = "advance.dry" if dry_run else "advance.total" if total else "advance.none"
    print_message(key, work, events=total, day=clock.today)
    if total and not dry_run:
        print_message("advance.next", work)


def up(ctx: Context, *, fresh: Annotated[bool, Option("--fresh")] = False) -> None:
    """Start the local server, or find the one that runs."""
    from flows import local_server

    found = local_server.up(ctx.obj.folder.absolute(), server_listener(ctx.obj.lang), fresh=fresh)
    print_message("up.ready", ctx.obj, url=found.url)


def down(ctx: Context) -> None:
    """Stop the local server and what it started."""
    from flows import local_server

    print_message("down.done" if local_server.down(ctx.obj.folder.absolute()) else "down.none", ctx.obj)
