"""What hands type by habit: `-h`, `--version`, `help COMMAND`, a word of their own language, half of one, or words in another order."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import cli
from commands.app.command_group import ENVIRONMENT, CommandGroup
from commands.app.global_options import GLOBALS
from commands.runtime.context import command_context
from commands.runtime.texts import message
from tests.catalogue_keys import options
from tests.commands.workspace import QUEUED, lived_in, typed, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]
LANGS: Final = ("sv", "en")
# What writes, locks or works out what follows; no help needs it.
WRITE_SIDE: Final = ("tracks.engine.loop", "tracks.recording.operations", "tracks.storage.tables", "cryptography", "pydantic", "sqlalchemy")


@pytest.mark.parametrize("asked", ["--version", "-V"])
def test_the_program_says_which_version_it_is_also_where_the_settings_are_wrong(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jobbspar.toml").write_text("no = toml =")
    monkeypatch.chdir(tmp_path)
    said = typed(asked)
    assert said.code == 0
    assert said.out.startswith("jobbspar ")
    assert any(part[0].isdigit() and "." in part for part in said.out.split())
    assert typed("status", "-h").code == 0
    assert typed("status").code == 2


@pytest.mark.parametrize("lang", LANGS)
def test_help_is_given_however_it_is_asked_for(lang: str) -> None:
    whole, record = (typed(*args, "--lang", lang).out for args in (["--help"], ["record", "--help"]))
    for args in (["-h"], ["help"], ["hjälp"]):
        assert typed(*args, "--lang", lang).out == whole
    for args in (["record", "-h"], ["help", "record"], ["hjälp", "record"]):
        assert typed(*args, "--lang", lang).out == record
    assert typed("help", "recrd").code == 2


@pytest.mark.parametrize("lang", LANGS)
def test_help_names_every_variable_of_the_environment_that_the_program_reads(lang: str) -> None:
    said = typed("--help", "--lang", lang).out
    sources = [path.read_text(encoding="utf-8") for room in ("commands", "flows", "tracks") for path in (ROOT / room).rglob("*.py")]
    read = {word for text in sources for word in text.replace("'", '"').split('"') if word.startswith("JOBBSPAR_") and word.isidentifier()}
    # What a flow belongs to, and which server is its own, is told by the program to itself.
    assert read - {"JOBBSPAR_WORKSPACE", "JOBBSPAR_SERVER"} <= {*ENVIRONMENT}
    assert [name for name in ENVIRONMENT if name not in said] == []


def _commands() -> Iterator[tuple[str, Any, Any]]:
    group = CommandGroup(cli.TOPICS, cli.load_command)
    root = group.make_context("jobbspar", ["status"], obj=command_context({"lang": "en"}), resilient_parsing=True)
    yield from ((name, group.get_command(root, name), root) for name in cli.COMMANDS)


@pytest.mark.parametrize("lang", LANGS)
def test_every_help_ends_with_examples_that_the_command_takes(lang: str) -> None:
    for name, command, root in _commands():
        lines = message(f"example.{name}", lang).split("\n")
        said = typed(name, "--help", "--lang", lang).out
        for line in lines:
            assert f"  {line}\n" in said
            program, of, *words = shlex.split(line.partition(" > ")[0])
            assert (program, of) == ("jobbspar", name)
            own = [word for number, word in enumerate(words) if word not in GLOBALS and words[number - 1] not in GLOBALS]
            command.make_context(name, own, parent=root)


def test_what_must_be_given_stands_in_the_first_line_of_the_help() -> None:
    for name, command, _ in _commands():
        first = typed(name, "--help", "--lang", "en").out.partition("\n\n")[0]
        needed = [param.opts[0] for param in command.params if param.required and param.param_type_name == "option"]
        assert [option for option in needed if option not in first] == []


def test_no_help_imports_what_writes() -> None:
    code = (
        "import sys, io, cli, contextlib\n"
        f"for name in {list(cli.COMMANDS)!r}:\n"
        "    with contextlib.redirect_stdout(io.StringIO()): cli.main([name, '--help'])\n"
        f"    found = [one for one in {WRITE_SIDE!r} if one in sys.modules]\n"
        "    if found: sys.exit(f'{name}: {found}')\n"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.stderr == ""


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_for_a_command_leads_to_it_in_both_languages(lang: str) -> None:
    for name in cli.COMMANDS:
        for word in (one.strip() for of in LANGS for one in message(f"words.{name}", of).split(",")):
            if word in cli.COMMANDS or word in ("help", "hjälp"):
                continue
            for form in {word, word.upper(), word.replace("_", "-")}:
                said = typed(form, "--lang", lang)
                assert said.code == 2
                assert name in said.err, (form, said.err)


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_for_an_option_leads_to_it_in_both_languages(lang: str) -> None:
    own = {name: {option for param in command.params for option in param.opts} for name, command, _ in _commands()}
    for option in options():
        command = "status" if option in GLOBALS else next((name for name, its in own.items() if option in its), None)
        for word in (one.strip() for of in LANGS for one in message(f"words.{option}", of).split(",")):
            if command is None or f"--{word}" in {*own[command], *GLOBALS}:
                continue
            said = typed(command, f"--{word}", "x", "--lang", lang)
            assert said.code == 2
            assert option in said.err, (word, said.err)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("workl", "worklist"), ("listwork", "worklist"), ("up-follow", "follow-up"), ("arbetsl", "worklist"), ("hist", "history"),
        ("K7RM-2 status", "jobbspar status K7RM-2"), ("lager-norr worklist --overdue", "jobbspar worklist lager-norr --overdue"),
        ("status A1 --as", "--as-of"), ("record A1 x klar --rea y", "--reason"), ("VARFÖR", "why"), ("varfor", "why"),
    ],
)  # fmt: skip
def test_half_a_word_and_words_in_another_order_lead_to_what_was_meant(line: str, meant: str) -> None:
    said = typed(*line.split(), "--lang", "sv")
    assert said.code == 2
    assert f"menade du {meant}" in said.err.replace(" eller", " menade du"), said.err


def test_half_the_name_of_a_track_or_its_parts_in_another_order_lead_to_it_and_never_to_what_was_typed(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", QUEUED.replace("spår: kö", "spår: lager-norr"))
    for word in ("lager", "norr-lager", "norr"):
        assert "Menade du lager-norr?" in space("queue", word).err
    for args in (("correct", "lager-norr", "9", "--withdraw"), ("correct", "track/lager-norr", "9", "--withdraw"), ("why", "lager-norr")):
        said = space(*args)
        assert (said.code != 0, "Menade du lager-norr?" in said.err) == (True, False), said.err


def test_a_line_with_too_much_says_what_is_too_much_and_where_it_goes() -> None:
    said = typed("worklist", "lager-norr", "--lang", "sv")
    assert "lager-norr" in said.err
    assert "--track" in said.err


OPEN: Final = (
    "outcome B1 arbete --employer {EMPLOYER}", "pause B1 --reason sjukdom --back {DATE}", "assign B1 coach {NAME}", "enrol alone {REF}",
    "enrol alone B7 --name {NAME}", "contact B1 --note {TEXT}", "contact B1 --key {KEY}", "contact B1 --by {YOUR_NAME}",
    "contact B1 --by {NAME}", "outcome B1 arbete --on {DATE}", "select A1 {EMPLOYER}",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_no_placeholder_of_a_help_text_is_recorded_as_typed_in_either_language(lang: str, tmp_path: Path) -> None:
    space = lived_in(tmp_path / "w")
    before = space.events
    for line in OPEN:
        name = re.findall(r"\{(\w+)\}", line)[0]
        for word in {message(f"metavar.{name}", lang), *([name] if name != "YOUR_NAME" else [])}:
            said = space(*line.format(**{name: word}).split(), by=None if "--by" in line else "Lisa")
            assert (said.code, space.events) == (2, before), line
    rows = f"on;ref;what;by\n2026-09-08;B1;contact;{message('metavar.YOUR_NAME', lang)}\n"
    assert space("import", space.file("r.csv", rows), "--track", "alone").code == 2
    assert space.events == before
