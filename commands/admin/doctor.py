"""`doctor` looks at everything around the log: versions, files, key, clock, runs, and the server that they go to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from typer import Context

from commands.app.options import Json, WithExitCode
from commands.runtime.context import CommandContext, clock_now, minute
from commands.runtime.listing import print_listing
from commands.runtime.output import Column, OutputForm
from commands.runtime.settings import SETTINGS
from commands.runtime.texts import has, message
from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packaging.specifiers import SpecifierSet

_CHECKED: Final = (Column("what", "col.what", "what_shown"), Column("value", "col.value"), Column("state", "col.state"))
_LIBRARIES: Final = (
    "prefect",
    "fastapi",
    "psutil",
    "pydantic",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "jinja2",
    "typer",
    "rich",
    "PyYAML",
    "openpyxl",
    "cryptography",
    "tzdata",
)
# Rights of group and others: what lies here is about people, on a machine that several may use.
_OTHERS: Final = 0o077


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
        yield _library(work, name)
    yield from _database(work)
    yield from _files(work)
    yield "clock", *_clock(work)
    yield from _last_run(work)
    yield from _prefect(work)


def _library(work: CommandContext, name: str) -> tuple[str, str, str]:
    version = _version(name)
    if not version:
        return name, message("doctor.none", work.lang), message("doctor.missing", work.lang)
    wanted = _bounds(name)
    return name, version, "" if not wanted or version in wanted else message("doctor.outside", work.lang, wanted=wanted)


def _bounds(name: str) -> SpecifierSet | None:
    """The versions of a library that the program was made for, by its own word or by that of the library that brings it."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    with suppress(PackageNotFoundError):
        for owner in ("jobbspar", "prefect"):
            for wanted in map(Requirement, requires(owner) or ()):
                if wanted.name.lower() == name.lower() and wanted.marker is None:
                    return wanted.specifier
    return None


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
    from definitions.model.personal_numbers import KEY_NAME
    from definitions.systems import rights

    key = work.path.with_name(KEY_NAME)
    for what, path, wrong in (("database mode", work.path, ""), ("key", key, _key(work, key))):
        if path.exists():
            mode = rights(path)
            told = "" if mode is None else f"{mode:04o}"
            open_to_others = message("doctor.open", work.lang, mode=told) if mode and mode & _OTHERS else ""
            yield what, f"{path.name} {told}".rstrip(), " ".join(filter(None, (wrong, open_to_others)))
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


def _last_run(work: CommandContext) -> Iterator[tuple[str, str, str]]:
    from tracks.access.ledgers import open_ledger
    from tracks.access.runs import runs

    # A database that cannot be read has a row of its own.
    with suppress(Refusal), open_ledger(work.path, readonly=True) as ledger:
        for last in runs(ledger)[:1]:
            key = f"doctor.run.{last.state}"
            said = message(key, work.lang, day=last.until) if has(key, work.lang) else last.state
            yield "run", said, "" if last.state in ("completed", "running") else message("doctor.again", work.lang)


def _prefect(work: CommandContext) -> Iterator[tuple[str, str, str]]:
    """Prefect's home, and the server that runs go to; only looked for, because a question must not start a server."""
    from flows import local_server
    from flows.addresses import foreign, telemetry

    folder = work.folder.absolute()
    if kept := local_server.home_state(folder):
        size, wrong = kept
        yield "prefect home", message("doctor.megabytes", work.lang, size=size), wrong.message(work.lang) if wrong else ""
    try:
        named, found = foreign(), local_server.find(folder)
    except Refusal as fault:
        yield "server", message("doctor.elsewhere", work.lang), fault.message(work.lang)
        return
    address = named or (found.api_url if found else "")
    yield "server", message("doctor.up", work.lang, url=address.removesuffix("/api")) if address else message("doctor.down", work.lang), ""
    sent = telemetry(address) if address else None
    # Without a server there is nobody to ask.
    said = {None: "doctor.unasked", False: "doctor.off", True: "doctor.on"}[sent]
    yield "telemetry", message(said, work.lang), message("doctor.sends", work.lang) if sent else ""
