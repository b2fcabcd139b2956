"""Every command line that writes, killed after each of its commits and given again: it ends well, and the log is that of one clean run.

The lines are one life, in order; each is tried from where the life has come. A command that writes, or a kind of fact that a person
says, without a line here fails the tests at the end.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from inspect import signature
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from cli import COMMANDS, load_command
from tests.commands.workspace import Said, Workspace, workspace
from tracks.events.kinds.table import KINDS
from tracks.storage import session

if TYPE_CHECKING:
    from pathlib import Path

ROAD: Final = """
track: kö
name: Kön
type: jobbspår
owner: enheten
partners: [kommun, vård]
employers:
  - {id: ab, name: AB, sector: F, agreement: {type: avsiktsförklaring, signed: 2026-06-01}}
  - {id: bygg, name: Bygg AB, sector: F, agreement: {type: avsiktsförklaring, signed: 2026-06-01}}
facts: {redo: yes/no, körkort: yes/no}
target_group: {entry: [redo]}
intake: {places: 3, minimum: 2, starts: [2026-10-05, 2026-11-02, 2026-12-07], answer_within: 5 working days}
steps:
  - {id: karta, type: kartläggning, length: 1 week}
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks, phases: [ett, två], on_result: {not_passed: ask}}
  - {id: handl, type: insats, name: Handledare, subject: employer, from: end of karta, length: 3 days}
  - {id: praktik, type: praktik, length: 2 weeks, requires: körkort}
  - {id: sist, type: insats, name: Sist, length: 1 week}
follow_up: [exit]
transfers: {vidare: {to: sen}, vård: {to: Vården}}
"""
LATER: Final = """
track: sen
name: Sedan
type: förberedande spår
owner: enheten
partners: [kommun]
steps:
  - {id: plan, type: kartläggning, length: 2 weeks}
transfers: {vidare: {to: annat}}
"""
OTHER: Final = LATER.replace("track: sen", "track: annat").replace("transfers: {vidare: {to: annat}}", "")
ANOTHER: Final = OTHER.replace("track: annat", "track: tredje")
LIFE: Final = """
2026-09-01 import people.csv --track kö --advance
2026-09-01 enrol kö B --fact redo=ja --advance
2026-09-01 enrol kö N --advance
2026-09-01 enrol annat G --note "kom själv" --advance
2026-09-01 enrol annat --number 19900101-9802 --name Kajsa --advance
2026-09-01 enrol annat --key en-gång --advance
2026-09-02 merge G D --reason annat --note samma
2026-09-02 merge G D --undo
2026-09-02 renumber A <<< 19121212-1212
2026-09-02 protect B --reason annat
2026-09-02 assign A handläggare "Åsa Ek" --advance
2026-09-02 select A ab --advance
2026-09-02 refuse F --reason ingen_plats --advance
2026-09-02 except N 1 --reason "Bedöms klara det" --advance
2026-09-07 offer A --advance
2026-09-07 offer kö --advance
2026-09-07 accept A --advance
2026-09-08 accept B --advance
2026-09-08 decline N --advance
2026-09-20 interest D --advance
2026-09-20 move D 2026-11-02 --reason annat --advance
2026-09-21 start kö 2026-12-07 postpone --to 2026-12-14 --advance
2026-09-21 start kö 2026-12-07 cancel --reason annat --advance
2026-10-01 start kö 2026-10-05 confirm --advance
2026-10-06 advance --engine local
2026-10-07 begin A karta --on 2026-10-06 --advance
2026-10-12 record A karta klar --advance
2026-10-12 record B karta klar --advance
2026-10-13 employer kö ab report --step handl --advance
2026-10-13 phase A kurs ett --advance
2026-10-14 deviate A kurs lengthen "1 week" --reason annat --advance
2026-10-14 deviate A extra add "1 week" --name Extra --after kurs --reason annat --advance
2026-10-14 deviate A sist skip --reason annat --advance
2026-10-14 deviate A karta repeat --reason "Mer tid" --advance
2026-10-20 record A karta-2 klar --advance
2026-10-26 record A kurs ej_klar --advance
2026-10-26 decide A kurs nästa --advance
2026-10-27 record A extra klar --advance
2026-10-27 state A --fact körkort=ja --note sett --advance
2026-10-27 place A praktik "bygg ab" --reason annat --advance
2026-10-28 pause A --reason sjukdom --back 2026-11-10 --note influensa --advance
2026-11-03 resume A --advance
2026-11-03 contact A --advance
2026-11-20 record A praktik klar --advance
2026-11-21 outcome A arbete --employer bygg --advance
2026-11-21 follow-up A avslut --outcome arbete --advance
2026-11-21 correct A {reported:karta} --on 2026-10-11 --advance
2026-11-21 correct A {contacted:} --withdraw --advance
2026-11-21 correct A {corrected:} --restore --advance
2026-11-21 erase A {paused:}
2026-11-21 transfer B vidare --reason annat --advance
2026-11-22 transfer B/2 vidare --reason annat --advance
2026-11-22 interrupt B/3 --reason annat --advance
2026-11-22 close G --reason fått_arbete --outcome arbete --advance
2026-11-22 employer kö ab withdraw --advance
2026-11-22 misregister N --reason annat --advance
2026-11-23 import reports.csv --track kö --advance
2026-11-23 apply new.yaml
2026-11-24 transfer D vård --reason annat --advance
"""
FILES: Final = {
    "people.csv": "ref;on;redo\nA;2026-09-01;ja\nD;2026-09-01;ja\nF;2026-09-01;ja\n",
    "reports.csv": "on;ref;what;value;note\n2026-11-22;A;contact;;ringde\n2026-11-23;D;interest;;\n",
    "new.yaml": ROAD.replace("name: Kön", "name: Kön igen"),
}
# What writes no event, or is tried so elsewhere.
NOT_HERE: Final = frozenset(
    [
        "demo",
        "disclose",
        "rekey",
        "db",
        "init",
        "doctor",
        "check",
        "test",
        "explain",
        "schema",
        "fmt",
        "tracks",
        "graph",
        "handbook",
        "find",
        "up",
        "down",
        "status",
        "worklist",
        "caseload",
        "history",
        "why",
        "queue",
        "outcomes",
        "report",
        "export",
        "verify",
    ]
)
# There is no command line that says it; a disclosure is one each time; and no key is lost here.
UNSAID: Final = frozenset({"migrated", "goal_struck", "disclosed", "key_lost"})
STATE: Final = {
    "event": "*", "enrolment": "*", "track": "*", "claim": "*", "todo": "*", "assigned": "*", "note": "stream, seq, field", "person": "id",
    "person_number": "*",
}  # fmt: skip


NAMED: Final = re.compile(r"\{\w+:\w*\}")


class Killed(BaseException):
    """The process is gone; nothing but the files is left of it."""


class Line(NamedTuple):
    """A line of the life: when it is given, what is typed, and what is typed to it; the folder before it, and the state after it."""

    number: int
    day: str
    args: tuple[str, ...]
    typed: str
    before: Path
    after: dict[str, list[Any]]

    def give(self, space: Workspace, *more: str, monkeypatch: pytest.MonkeyPatch) -> Said:
        """Give the line in a workspace."""
        # What is drawn at random is drawn alike, so that two runs can be compared.
        monkeypatch.setattr(os, "urandom", Random(self.number).randbytes)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{self.typed}\n"))
        args = [str(space.folder / word) if word in FILES else word for word in self.args]
        return space(*args, *more, "--at", self.day)


def state(space: Workspace) -> dict[str, list[Any]]:
    """All that a line may have written."""
    return {table: sorted(space.rows(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in STATE.items()}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    """The life, lived once without a fault."""
    folder = tmp_path_factory.mktemp("life")
    space = workspace(folder / "now", OTHER, LATER, ANOTHER, ROAD)
    for name, text in FILES.items():
        space.file(name, text)
    found = []
    for number, text in enumerate(LIFE.strip().splitlines()):
        words, _, typed = text.partition(" <<< ")
        day, *args = shlex.split(words)
        args = [_number(space, args[1], word[1:-1]) if NAMED.fullmatch(word) else word for word in args]
        before = folder / str(number)
        shutil.copytree(space.folder, before)
        with pytest.MonkeyPatch.context() as monkeypatch:
            line = Line(number, day, tuple(args), typed, before, {})
            said = line.give(space, monkeypatch=monkeypatch)
        assert said.code == 0, (text, said.err)
        found.append(line._replace(after=state(space)))
    return found


def _number(space: Workspace, ref: str, named: str) -> str:
    """The number of the latest event of a kind, named `kind:step`."""
    kind, _, step = named.partition(":")
    return str([row["seq"] for row in space.ok("history", ref, "--json").json if (row["kind"], row["step"]) == (kind, step)][-1])


def copied(line: Line, to: Path) -> Workspace:
    shutil.copytree(line.before, to)
    return Workspace(to)


def killed(line: Line, space: Workspace, commit: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Give a line, and kill the process after one of its commits; answers whether it came so far."""
    passed = iter(range(1, 1000))

    def faultpoint(name: str) -> None:
        if name == "commit.after" and next(passed) == commit:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(session, "faultpoint", faultpoint)
        try:
            line.give(space, monkeypatch=patch)
        except Killed:
            return True
    return False


NUMBERS: Final = range(len(LIFE.strip().splitlines()))
NAMES: Final = [text.split(" ", 1)[1] for text in LIFE.strip().splitlines()]


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_a_line_killed_after_any_of_its_commits_and_given_again_leaves_what_one_clean_run_leaves(
    number: int, life: list[Line], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, commit = life[number], 1
    while killed(line, space := copied(line, tmp_path / str(commit)), commit, monkeypatch):
        said = line.give(space, monkeypatch=monkeypatch)
        assert (said.code, state(space)) == (0, line.after), (commit, said.err)
        commit += 1
    assert commit > 1
    # That one was not killed, and is given again all the same, also with a key that it had not the first time.
    options = signature(load_command(line.args[0])).parameters
    for more in ((), *((("--key", "same"),) if "key" in options and "--key" not in line.args else ())):
        said = line.give(space, *more, monkeypatch=monkeypatch)
        assert (said.code, state(space)) == (0, line.after), (more, said.err)


ABOUT: Final = [number for number, name in enumerate(NAMES) if name.split()[1] in ("A", "B", "D", "F", "G", "N")]


@pytest.mark.parametrize("number", ABOUT, ids=[NAMES[number] for number in ABOUT])
def test_a_line_given_again_is_about_what_it_was_about_whatever_has_been_opened_since(
    number: int, life: list[Line], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = life[number]
    space = copied(line, tmp_path / "other")
    assert line.give(space, monkeypatch=monkeypatch).code == 0
    space.ok("enrol", "tredje", line.args[1], "--advance", "--at", line.day)
    after = state(space)
    said = line.give(space, monkeypatch=monkeypatch)
    assert (said.code, state(space)) == (0, after), said.err


@pytest.mark.parametrize("number", NUMBERS, ids=NAMES)
def test_a_line_given_again_writes_nothing_at_all(number: int, life: list[Line], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = life[number]._replace(args=tuple(word for word in life[number].args if word != "--advance"))
    space = copied(line, tmp_path / "twice")
    assert line.give(space, monkeypatch=monkeypatch).code == 0
    after = state(space)
    said = line.give(space, monkeypatch=monkeypatch)
    assert (said.code, state(space)) == (0, after), said.err


def test_every_command_that_writes_is_tried_so() -> None:
    assert {name.split()[0] for name in NAMES} == COMMANDS.keys() - NOT_HERE
    for name in NAMES:
        command, *args = shlex.split(name.partition(" <<< ")[0])
        assert "--advance" in args or "advance" not in signature(load_command(command)).parameters


def test_every_kind_of_fact_is_tried_so(life: list[Line]) -> None:
    written = {row[2] for row in life[-1].after["event"]}
    assert {kind.name for kind in KINDS.values() if kind.is_fact} - written == UNSAID
