from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import cli
from commands.app import completion
from commands.app.command_group import CommandGroup, LocalizedCommand
from tests.commands.workspace import ALONE, QUEUED, Said, Workspace, once, typed, workspace
from tracks.texts import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).parents[3]
PROGRAM: Final = (sys.executable, "-c", "import cli; cli.app()")
PEOPLE: Final = ("KANARIE-1", "Kalle", "Karlsson", "Lisa", "Åsa", "SE CR ET")


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path / "w", QUEUED, ALONE)
    made.ok("enrol", "kö", "KANARIE-1", "--fact", "redo=ja", "--name", "Kalle Karlsson", "--at", "2026-09-01")
    made.ok("enrol", "alone", "KANARIE-2", "--note", "SE CR ET", "--at", "2026-09-01")
    made.ok("assign", "KANARIE-1", "handläggare", "Åsa Ek", "--at", "2026-09-02")
    return made


def protocol(variables: Mapping[str, str]) -> Said:
    """What the program says to a shell that completes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JOBBSPAR", "_JOBBSPAR"))}
    answer = subprocess.run(PROGRAM, cwd=ROOT, env={**kept, **variables}, capture_output=True, text=True, check=False)
    return Said(answer.returncode, answer.stdout, answer.stderr)


def completed(space: Workspace, *words: str, lang: str = "sv") -> list[str]:
    """What bash is offered for the last word of a command line."""
    line = ["jobbspar", "--db", str(space.database), "--lang", lang, *words]
    said = protocol({"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(line) - 1), "_JOBBSPAR_COMPLETE": "complete_bash"})
    assert (said.code, said.err) == (0, "")
    return said.out.split()


def test_commands_complete_in_bash_zsh_and_fish() -> None:
    bash = protocol({"COMP_WORDS": "jobbspar st", "COMP_CWORD": "1", "_JOBBSPAR_COMPLETE": "complete_bash"})
    assert bash.out.split() == ["state", "start", "status"]
    zsh = protocol({"_TYPER_COMPLETE_ARGS": "jobbspar st", "_JOBBSPAR_COMPLETE": "complete_zsh"})
    assert zsh.out == '_arguments \'*: :(("state"\n"start"\n"status"))\'\n'
    fish = {"_TYPER_COMPLETE_ARGS": "jobbspar st", "_JOBBSPAR_COMPLETE": "complete_fish"}
    assert protocol({**fish, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}).out.split() == ["state", "start", "status"]
    assert protocol({**fish, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}).code == 0
    assert protocol({**fish, "_TYPER_COMPLETE_ARGS": "jobbspar check ", "_TYPER_COMPLETE_FISH_ACTION": "is-args"}).code == 1


def test_every_command_is_offered(space: Workspace) -> None:
    assert completed(space, "") == [name for names in cli.TOPICS.values() for name in names]


def test_options_complete_those_of_the_command_and_those_of_all(space: Workspace) -> None:
    assert completed(space, "status", "--") == [
        "--as-of", "--known-at", "--json", "--csv", "--xlsx", "--people", "--facts", "--exit-code", "--help",
        "--db", "--lang", "--by", "--at", "--confirm-clock",
    ]  # fmt: skip
    assert completed(space, "--in") == ["--install-completion"]
    assert completed(space, "status", "--lang", "") == ["sv", "en"]
    assert completed(space, "advance", "--engine", "l") == ["local"]


def test_tracks_complete(space: Workspace) -> None:
    assert completed(space, "queue", "") == ["alone", "kö"]
    assert completed(space, "status", "k") == ["kö"]
    assert completed(space, "worklist", "--track", "") == ["alone", "kö"]


def test_steps_complete_those_of_the_track_that_somebody_is_on(space: Workspace) -> None:
    assert completed(space, "record", "KANARIE-1", "") == ["karta", "praktik"]
    assert completed(space, "record", "KANARIE-2", "") == ["plan", "theory", "match"]
    assert completed(space, "record", "NOBODY", "p") == ["plan", "praktik"]
    assert completed(space, "start", "kö", "2026-10-05", "report", "--step", "k") == ["karta"]


def test_codes_complete_in_the_language_and_are_taken_as_typed(space: Workspace) -> None:
    assert completed(space, "close", "KANARIE-1", "--reason", "fått") == ["fått_arbete"]
    assert completed(space, "close", "KANARIE-1", "--reason", "got", lang="en") == ["got_a_job"]
    assert completed(space, "enrol", "kö", "--channel", "self", lang="en") == ["self"]
    assert "handläggare" in completed(space, "assign", "KANARIE-1", "")
    assert "done" in completed(space, "record", "KANARIE-1", "karta", "", lang="en")
    assert completed(space, "outcome", "KANARIE-1", "studies", lang="en") == ["studies"]
    for lang in ("sv", "en"):
        for reason in completed(space, "close", "KANARIE-1", "--reason", "", lang=lang):
            assert space("close", "NOBODY", "--reason", reason, lang=lang).code == 4
        assert len(completed(space, "close", "KANARIE-1", "--reason", "", lang=lang)) == len(TABLES["reason"])


def test_no_reference_and_no_name_ever_comes_out(
    space: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBBSPAR_DATABASE", str(space.database))
    for name in cli.COMMANDS:
        options = [option for param in command(name).params for option in param.opts if option.startswith("--")]
        lines = [[*["x"] * count, ""] for count in range(4)] + [["kö", ""], ["KANARIE-1", ""], ["KANARIE-1", "karta", ""]]
        for line in [*lines, *([option, ""] for option in (*options, "--by", "--db", "--at"))]:
            words = ["jobbspar", name, *line]
            monkeypatch.setenv("COMP_WORDS", " ".join(words[:-1]) + " ''")
            monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
            completion.complete(cli.TOPICS, cli.load_command, cli.COMPLETE, "complete_bash")
            offered = capsys.readouterr().out
            assert [word for word in PEOPLE if word in offered] == [], (name, line)


def command(name: str) -> LocalizedCommand:
    found: LocalizedCommand = CommandGroup(cli.TOPICS, cli.load_command).get_command(None, name)
    return found


def test_whatever_goes_wrong_nothing_is_said(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "none.db").write_bytes(b"no database")
    for line in (
        "--db /no/such/place.db queue ",
        f"--db {tmp_path / 'none.db'} queue ",
        "--lang de queue ",
        "nothing here ",
        "queue --db ",
    ):
        said = protocol(
            {"_TYPER_COMPLETE_ARGS": f"jobbspar {line}", "_JOBBSPAR_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        )
        assert (said.code, said.out.strip(), said.err) == (0, "", "")
    for instruction in ("complete_tcsh", "nonsense", "complete_"):
        said = protocol({"COMP_WORDS": "jobbspar st", "COMP_CWORD": "1", "_JOBBSPAR_COMPLETE": instruction})
        assert (said.code, said.out.strip(), said.err) == (0, "", "")
    assert protocol({"_JOBBSPAR_COMPLETE": "complete_bash"}) == Said(0, "", "")


def test_a_database_of_another_version_is_no_error(space: Workspace) -> None:
    import sqlite3

    with sqlite3.connect(space.database) as database:
        database.execute("UPDATE alembic_version SET version_num = 'older'")
    assert completed(space, "queue", "") == []


def test_completion_writes_nothing(space: Workspace) -> None:
    before = {path: path.read_bytes() for path in space.folder.rglob("*") if path.is_file()}
    completed(space, "record", "KANARIE-1", "")
    assert {path: path.read_bytes() for path in space.folder.rglob("*") if path.is_file()} == before


def test_a_locked_database_does_not_keep_anybody_waiting(space: Workspace) -> None:
    import sqlite3
    import time

    database = sqlite3.connect(space.database, isolation_level=None)
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    line = f"jobbspar --db {space.database} queue "
    said = protocol({"_TYPER_COMPLETE_ARGS": line, "_JOBBSPAR_COMPLETE": "complete_zsh"})
    database.close()
    assert (said.code, said.err) == (0, "")
    assert "kö" not in said.out
    assert time.monotonic() - began < completion.LIMIT + 8


def test_the_name_of_a_command_imports_no_command() -> None:
    code = (
        "import os, sys, cli; cli._complete(os.environ[cli.COMPLETE]); sys.exit(','.join(m for m in sys.modules if m.startswith(GROUPS)))"
    )
    groups = "('commands.recording', 'commands.queries', 'commands.authoring', 'commands.demo', 'pydantic', 'sqlalchemy', 'rich')"
    answer = subprocess.run(
        [sys.executable, "-c", code.replace("GROUPS", groups)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "COMP_WORDS": "jobbspar ", "COMP_CWORD": "1", "_JOBBSPAR_COMPLETE": "complete_bash"},
    )  # fmt: skip
    assert answer.stderr.strip() == ""
    assert "status" in answer.stdout.split()


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_the_script_of_each_shell_is_shown_and_installed(shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "_get_shell_name", lambda: shell)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    shown = typed("--show-completion", "--lang", "en")
    assert (shown.code, f"_JOBBSPAR_COMPLETE=complete_{shell}" in shown.out) == (0, True)
    said = typed("--install-completion", "--lang", "en")
    assert (said.code, said.out.startswith(f"The completion for {shell} is now in {tmp_path}")) == (0, True)
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert any(f"_JOBBSPAR_COMPLETE=complete_{shell}" in text for text in written)
    assert typed("--install-completion", "--lang", "sv").out.startswith(f"Kompletteringen för {shell} står nu i ")


def test_a_shell_without_completion_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tcsh", None):
        monkeypatch.setattr(completion, "_get_shell_name", lambda name=name: name)
        said = typed("--install-completion", "--lang", "en")
        assert (said.code, said.out) == (2, "")
        assert said.err == f"Error: There is completion for bash, zsh, fish; this shell is {name or '–'}.\n"


def test_bash_itself_completes_with_the_script(space: Workspace, tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash here")
    program = tmp_path / "jobbspar"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import cli; cli.app()' \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    script = completion._script("bash")
    ask = f"""{script}
COMP_WORDS=(jobbspar --db {space.database} queue "") COMP_CWORD=4
_jobbspar_completion jobbspar
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, text=True, env=environment, check=False)
    assert answer.stdout.split() == ["alone", "kö"]
