"""A workspace to type commands in, in this process: what was said, and how it ended."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import sqlite3
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cli

if TYPE_CHECKING:
    from collections.abc import Callable

QUEUED = """
spår: kö
namn: Kön
typ: jobbspår
ägare: enheten
parter: [kommun]
arbetsgivare: [{id: ab, namn: AB, bransch: F, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-01}}]
uppgifter: {poäng: tal, redo: ja/nej, hemlig: {typ: tal, åtkomst: begränsad}}
målgrupp: {krav: [redo]}
intag: {platser: 1, starter: [2026-10-05, 2026-11-02], turordning: [företräde, poäng högst först], svar_inom: 5 arbetsdagar}
steg:
  - {id: karta, typ: kartläggning, namn: Kartan, längd: 1 vecka}
  - {id: praktik, typ: praktik, platser: 1, längd: 2 veckor, resultat: [toppen]}
uppföljning: [avslut, 1 månad]
mål: [{id: ut, namn: Ut, indikator: kolada, minst: 50 %}]
"""
ALONE = """
track: alone
name: Alone
type: förberedande spår
owner: unit
partners: [coach]
facts: {car: yes/no, level: [low, high]}
steps:
  - {id: plan, type: kartläggning, name: Plan, start_within: 5 working days, length: 2 weeks, gives: [car]}
  - {id: theory, type: insats, name: Theory, when: not car, length: 3 weeks}
  - {id: match, type: insats, name: Match, requires: known(level), length: 4 weeks, results: [hired]}
follow_up: [exit]
"""


@dataclass(frozen=True)
class Said:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was said, as a value."""
        return json.loads(self.out)


class Workspace:
    """A virtual workspace with a database; every command line is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "jobbspar.db"

    def __call__(self, *args: str, by: str | None = "Lisa", lang: str = "sv") -> Said:
        named = ["--db", str(self.database), "--lang", lang, *(["--by", by] if by else [])]
        return typed(*named, *args)

    def ok(self, *args: str) -> Said:
        """Run what must go well."""
        said = self(*args)
        assert said.code == 0, said.err
        return said

    def rows(self, sql: str) -> list[Any]:
        """What stands in the database."""
        database = sqlite3.connect(self.database)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    @property
    def events(self) -> int:
        """How many events there are."""
        found: int = self.rows("SELECT count(*) FROM event")[0][0]
        return found

    def file(self, name: str, text: str | bytes) -> str:
        """A file beside the database."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)


def typed(*args: str) -> Said:
    """Run a command line."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.main(list(args))
    return Said(code, out.getvalue(), err.getvalue())


def copied(made: Path, folder: Path) -> Workspace:
    """A copy of a workspace."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return Workspace(folder)


def place() -> Path:
    """A folder that is gone when the process ends."""
    found = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, found, ignore_errors=True)
    return found


def once(make: Callable[[Path], Workspace]) -> Callable[[Path], Workspace]:
    """Let a fixture make its workspace once a process, and give each test a copy: to make it takes longer than most tests."""

    @cache
    def made() -> tuple[Path, Path]:
        return (where := place()), make(where).folder

    @wraps(make)
    def copy(tmp_path: Path) -> Workspace:
        where, folder = made()
        return copied(folder, tmp_path / folder.relative_to(where))

    return copy


@cache
def _empty(*more: str) -> Path:
    made = typed("init", str(folder := place()), "--lang", "sv", *more)
    assert made.code == 0, made.err
    return folder


def workspace(folder: Path, *tracks: str, virtual: bool = True) -> Workspace:
    """A workspace with tracks in force since 1 August 2026."""
    found = copied(_empty(*(["--virtual"] if virtual else [])), folder)
    for number, text in enumerate(tracks):
        found.ok("apply", found.file(f"t{number}.yaml", text), "--at", "2026-08-01")
    return found


def lived_in(folder: Path) -> Workspace:
    """A1 is offered, A2 waits, A3 lacks a fact, B1 is in her first step; today is 8 September."""
    return copied(_lived(), folder)


@cache
def _lived() -> Path:
    space = workspace(place() / "w", QUEUED, ALONE)
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--fact", "poäng=5", "--at", "2026-09-01")
    space.ok("enrol", "kö", "A2", "--fact", "redo=ja", "--fact", "poäng=3")
    space.ok("enrol", "kö", "A3", "--fact", "poäng=9")
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    space.ok("begin", "B1", "plan", "--at", "2026-09-03", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    space.ok("offer", "A1")
    space.ok("advance", "--engine", "local")
    return space.folder
