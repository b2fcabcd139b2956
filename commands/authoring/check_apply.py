"""Tracks as files: `check`, `apply`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Argument, Context, Option

from commands.app.options import DryRun, Json
from commands.runtime import errors
from commands.runtime.output import machine_out, out_json, print_findings, print_message
from commands.runtime.texts import message
from definitions.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from commands.runtime.settings import Lang
    from definitions.loading.loader import Loaded
    from definitions.model.track import Track
    from tracks.access.ledgers import Present

Paths = Annotated[list[str], Argument(metavar="PATH")]


def check(ctx: Context, paths: Paths, *, form: Annotated[str, Option("--format", metavar="FORMAT")] = "text") -> int:
    """Everything that is wrong with files, at once."""
    from commands.app.track_sources import InForce
    from definitions.loading.parallel import check_paths
    from definitions.reporting.formats import FORMATS, has_errors

    work = ctx.obj
    if form not in FORMATS:
        raise errors.BAD_CHOICE(name="--format", choices=", ".join(FORMATS), value=form[:20])
    loaded = check_paths(paths, InForce(work), work.progress)
    if form == "text":
        print_findings(loaded, work, sys.stdout)
    else:
        machine_out().write(FORMATS[form](loaded, work.lang))
    return ExitCode.USAGE if has_errors(loaded) else 0


def load_files(
    work: CommandContext, paths: Sequence[str], instead: Mapping[str, str] | None = None, *, tests: bool = False
) -> list[Loaded]:
    """Load files with what they may name: each other, and the tracks in force where there is a database.

    Args:
        work: the context of the command.
        paths: files and folders.
        instead: texts to load in place of what stands in the files, by path.
        tests: whether files of tests are loaded too.

    Returns:
        Each file with its track, or with all that is wrong with it.

    Raises:
        Refusal: FILE_MISSING where a path does not exist.

    """
    from commands.app.track_sources import InForce
    from definitions.loading.loader import load_paths

    must_exist(paths)
    return load_paths(paths, InForce(work), instead or {}, tests=tests, progress=work.progress)


def must_exist(paths: Sequence[str]) -> None:
    """Check that paths exist.

    Raises:
        Refusal: FILE_MISSING for the first that does not.

    """
    from pathlib import Path

    for path in paths:
        if not Path(path).exists():
            raise errors.FILE_MISSING(path=path)


def apply(
    ctx: Context,
    paths: Paths,
    *,
    confirm_facts: Annotated[bool, Option("--confirm-facts")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Put tracks in force, all of them or none, and tell what changes."""
    from commands.app.track_sources import no_tests
    from commands.recording.session import open_session
    from definitions.reporting.formats import has_errors

    work = ctx.obj
    # Before the files are read: whoever gave no name learns that at once.
    actor = work.by
    loaded = load_files(work, paths)
    if has_errors(loaded):
        print_findings(loaded, work, sys.stderr)
        return ExitCode.USAGE
    no_tests(loaded)
    with open_session(work, actor=actor, readonly=dry_run) as book:
        rows, today = _put(book, loaded, work.lang, confirmed=confirm_facts, dry_run=dry_run), book.clock.today
    if json:
        out_json(rows)
    for row in rows if not json else ():
        _print_row(work, row, dry_run=dry_run)
    if dry_run and not json:
        print_message("apply.dry", work)
    work.warnings.extend(warning for one in loaded if one.track for warning in _passed(one.track, today, work.lang))
    return 0


def _print_row(work: CommandContext, row: Mapping[str, Any], *, dry_run: bool) -> None:
    """Tell that a version is in force, or would be, and what it says otherwise than the one before it."""
    new = "apply.would" if dry_run else "apply.new"
    print_message(new if row["new"] else "apply.same", work, track=row["track"], version=row["version"])
    for line in row.get("changes", ()):
        print_message("apply.change", work, change=line)
    for name, refs in row.get("unknown", {}).items():
        print_message("apply.unknown", work, fact=name, people=len(refs), refs=_listed(refs))


def _passed(track: Track, today: date, lang: str) -> Iterator[str]:
    """Tell of the days of a track that have passed by the clock: nobody is admitted to them, and whoever is referred waits in vain."""
    gone = [start.date for start in track.intake.starts if start.date < today]
    if gone:
        key = "apply.starts.over" if len(gone) == len(track.intake.starts) else "apply.starts.passed"
        yield message(key, lang, track=track.track, days=_listed([str(day) for day in gone]))
    if track.period.until and track.period.until <= today:
        yield message("apply.period.over", lang, track=track.track, day=track.period.until)
    for step in track.steps:
        if step.starts and max(step.starts) < today:
            yield message("apply.step.over", lang, track=track.track, step=step.name, day=max(step.starts))


# A refusal names as many as one line holds.
_NAMED: Final = 12


def _listed(refs: Sequence[str]) -> str:
    return ", ".join([*refs[:_NAMED], *(["…"] if len(refs) > _NAMED else [])])


def _put(book: WriteSession, loaded: Sequence[Loaded], lang: Lang, *, confirmed: bool, dry_run: bool) -> list[dict[str, Any]]:
    """Put tracks in force, or only try it. Raises Refusal where a fact admits people's values no more, and nobody has confirmed it."""
    from definitions.model.fact_values import describe_fact_values
    from definitions.reference.changes import told_changes
    from tracks.access.views import track_hash
    from tracks.recording.track_facts import put_in_force_within, values_left_out

    # Tracks may hand over to each other, so half of them in force would point at what is not there: all are one write.
    def act(now: Present) -> list[dict[str, Any]]:
        rows = []
        for one in loaded:
            if one.track is None:
                continue
            lost = values_left_out(now, one.track)
            # Another type or a choice that is gone: what people have said becomes unreadable, perhaps by mistake.
            for fact in lost if not confirmed else ():
                raise errors.VALUES_LOST(
                    track=one.track.track, fact=fact.was.id, was=describe_fact_values(fact.was),
                    becomes=describe_fact_values(fact.becomes), people=len(fact.refs), refs=_listed(fact.refs),
                )  # fmt: skip
            before = now.version(one.track.track)
            # What language the keys are written in is no part of what a track means.
            said = put_in_force_within(now, book.actor, one.track, track_hash(one.track), one.text)
            told: dict[str, Any] = {"unknown": {fact.was.id: list(fact.refs) for fact in lost}} if lost else {}
            if before is not None and not said.repeated:
                told["changes"] = told_changes(book.ledger.source_of(one.track.track, before), one.text, lang)
            rows.append(
                {"track": one.track.track, "version": now.version(one.track.track), "new": not said.repeated, "path": one.path, **told}
            )
        return rows

    return book.tried(act) if dry_run else book.write(act)
