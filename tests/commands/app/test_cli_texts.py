"""Text from outside: in every argument, cell, setting and prompt one form, or refused with its place."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import cli
from commands.app.command_group import CommandGroup
from commands.app.prompt import typed_line, typed_text
from commands.runtime.context import command_context
from definitions.model.refusal import Refusal
from definitions.model.words import EMPTY_TEXT, HIDDEN_CHARACTER, NOT_UNICODE, TEXT_TOO_LONG
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, workspace

TWO_PARTS, ONE, HALF = "A\u030asa", "\u00c5sa", "\udce5sa"
HIRING = QUEUED.replace("turordning: [företräde, poäng högst först], svar_inom: 5 arbetsdagar", "turordning: [företräde]")


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", HIRING, ALONE)
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01", "--advance")
    return space


def _params(*, files: bool) -> list[Any]:
    """Every parameter of every command that takes a text, or the name of a file."""
    work = command_context({"lang": "en"})
    group = CommandGroup(cli.TOPICS, cli.load_command)
    found = []
    for name in cli.COMMANDS:
        context = group.make_context("jobbspar", [name], obj=work, resilient_parsing=True)
        for param in group.get_command(context, name).params:
            is_file = bool({"FILE", "PATH", "DIR"} & set(str(param.metavar).split("|")))
            if param.metavar and is_file == files and "--help" not in param.opts:
                found.append(pytest.param(param, context, id=f"{name} {param.opts[0]}"))
    return found


def _with_reason() -> list[tuple[Any, Any]]:
    """Every command that takes a reason: its option, and its context."""
    group = CommandGroup(cli.TOPICS, cli.load_command)
    root = group.make_context("jobbspar", ["status"], obj=command_context({"lang": "en"}), resilient_parsing=True)
    found = []
    for name in cli.COMMANDS:
        command = group.get_command(root, name)
        own = command.make_context(name, [], parent=root, resilient_parsing=True)
        found += [(param, own) for param in command.params if "--reason" in param.opts]
    return found


@pytest.mark.parametrize(("param", "context"), _params(files=False))
def test_every_text_argument_is_composed_and_half_a_character_refused(param: Any, context: Any) -> None:
    many = param.multiple or param.nargs == -1
    door = param._runtime_param
    assert door.coerce((TWO_PARTS,) if many else TWO_PARTS, param, context) == ((ONE,) if many else ONE)
    with pytest.raises(Refusal) as refused:
        door.coerce((HALF,) if many else HALF, param, context)
    assert refused.value.code is NOT_UNICODE


@pytest.mark.parametrize(("param", "context"), _params(files=False))
def test_every_text_argument_is_bounded_visible_and_not_blank(param: Any, context: Any) -> None:
    many = param.multiple or param.nargs == -1
    own = param.metavar == "TEXT|FILE" or "--number" in param.opts  # these have readers of their own

    def code_of(text: str) -> object:
        try:
            return param._runtime_param.coerce((text,) if many else text, param, context)
        except Refusal as refused:
            return refused.code

    for blank in ("", "  ", "\u00a0\n"):
        assert code_of(blank) == (None if param.required and not many else EMPTY_TEXT)
    if not own:
        assert code_of("x" * 100_000) is TEXT_TOO_LONG
        assert code_of("Eva\x1b[31m") is HIDDEN_CHARACTER
        assert (code_of("Eva\n  Exit: completed") is HIDDEN_CHARACTER) == (param.metavar != "TEXT")
        assert (code_of("x" * 65) is TEXT_TOO_LONG) == (param.metavar in ("NAME", "EMPLOYER") and "--name" not in param.opts)


REASONS = [pytest.param(param, context, id=str(context.info_name)) for param, context in _with_reason()]


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize(("param", "context"), REASONS)
def test_a_blank_reason_is_asked_for_as_if_it_had_been_left_out(space: Workspace, param: Any, context: Any, blank: str) -> None:
    name = context.info_name
    asked = [one for one in context.command.params if one.required and one is not param]
    words = [word for one in asked for word in (["B1"] if one.param_type_name == "argument" else [one.opts[0], "x"])]
    before = space.database.read_bytes()
    said = space(name, *words, "--reason", blank)
    assert said.code == 2
    assert said.err == space(name, *words).err if param.required else "--reason är tomt" in said.err
    assert space.database.read_bytes() == before


def _lines(name: str, texts: tuple[str, ...]) -> list[list[list[str]]]:
    """Command lines of a command: for each place of a text one for each of the texts, with something in all that must be there."""
    group = CommandGroup(cli.TOPICS, cli.load_command)
    context = group.make_context("jobbspar", [name], obj=command_context({"lang": "en"}), resilient_parsing=True)
    params = [param for param in group.get_command(context, name).params if param.metavar and "--help" not in param.opts]
    asked = [param for param in params if not {"FILE", "PATH", "DIR"} & set(str(param.metavar).split("|"))]

    def line(place: Any, text: str) -> list[str]:
        said = [(one, text if one is place else "x") for one in params if one is place or one.required]
        return [name, *(word for one, of in said for word in ([of] if one.param_type_name == "argument" else [one.opts[0], of]))]

    return [[line(place, text) for text in texts] for place in asked]


@pytest.mark.parametrize("topic", cli.TOPICS)
def test_a_command_line_in_two_parts_is_the_same_and_one_with_half_a_character_writes_nothing(
    space: Workspace, topic: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in cli.TOPICS[topic]:
        for one, two_parts, half in _lines(name, (ONE, TWO_PARTS, HALF)):
            written = space.database.read_bytes()
            refused = space(*half)
            assert (refused.code, "UTF-8" in refused.err, space.database.read_bytes() == written) == (2, True, True), half
            assert space(*one) == space(*two_parts), two_parts
    assert {path.name for path in tmp_path.iterdir()} == {"w"}


@pytest.mark.parametrize(("param", "context"), _params(files=True))
def test_the_name_of_a_file_stands_as_it_is_written(param: Any, context: Any, tmp_path: Path) -> None:
    for name in (TWO_PARTS, HALF):
        (tmp_path / name).touch()
        path = str(tmp_path / name)
        assert param._runtime_param.coerce(path, param, context) == path


@pytest.mark.parametrize("option", ["by", "at"])
def test_what_every_command_takes_is_composed_and_half_a_character_refused(option: str) -> None:
    assert getattr(command_context({option: TWO_PARTS}), {"by": "actor"}.get(option, option)) == ONE
    with pytest.raises(Refusal) as refused:
        command_context({option: HALF})
    assert refused.value.values == {"place": f"--{option}"}


def test_the_name_in_the_environment_is_composed_and_half_a_character_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBBSPAR_ACTOR", TWO_PARTS)
    assert command_context({}).by == ONE
    monkeypatch.setenv("JOBBSPAR_ACTOR", HALF)
    with pytest.raises(Refusal) as refused:
        command_context({})
    assert refused.value.values == {"place": "JOBBSPAR_ACTOR"}


@pytest.mark.parametrize("read", [typed_line, typed_text])
def test_what_is_typed_or_piped_in_is_composed_and_what_is_not_utf8_refused(monkeypatch: pytest.MonkeyPatch, read: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(TWO_PARTS))
    assert read() == ONE
    for errors in ("strict", "surrogateescape"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xe5sa"), encoding="utf-8", errors=errors))
        with pytest.raises(Refusal) as refused:
            read()
        assert refused.value.code is NOT_UNICODE


def test_a_command_in_another_encoding_is_refused_and_names_the_argument(space: Workspace) -> None:
    said = space("contact", "B1", "--note", HALF)
    assert said.code == 2
    assert (
        said.err == "Fel: Texten i --note är inte UTF-8. Skriv den igen, eller spara skriptet eller filen som den kommer från som UTF-8.\n"
    )


def test_a_reference_is_found_in_either_form(space: Workspace) -> None:
    space.ok("enrol", "alone", f"{TWO_PARTS}-1", "--at", "2026-09-01")
    assert space("status", f"{TWO_PARTS}-1").out == space.ok("status", f"{ONE}-1").out


def test_verification_finds_nothing_where_names_came_in_two_parts(space: Workspace) -> None:
    space.ok("assign", "B1", "coach", TWO_PARTS, "--at", "2026-09-02")
    space.ok("outcome", "B1", "arbete", "--employer", f"{TWO_PARTS} AB")
    rows = f"on;ref;what;value;employer\n2026-09-02;B1;outcome;work;{TWO_PARTS} Bygg\n"
    space.ok("import", space.file("in.csv", rows), "--track", "alone")
    space.ok("verify")
    assert space.rows("SELECT count(*) FROM event WHERE data LIKE '%\u030a%'") == [(0,)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_heading_and_a_value_in_two_parts_are_found(space: Workspace, form: str) -> None:
    rows = [["ref", "channel", "on", "poa\u0308ng", "redo"], ["Q1", "uppso\u0308kande", "2026-09-01", "5", "ja"]]
    name = space.file(f"in.{form}", "\n".join(";".join(row) for row in rows))
    if form == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = TWO_PARTS
        for row in rows:
            sheet.append(row)
        book.save(name)
    space.ok("import", name, "--track", "kö", "--at", "2026-09-01", *(["--sheet", ONE] if form == "xlsx" else []))
    assert space.rows("SELECT json_extract(data, '$.facts.poäng') FROM event WHERE kind = 'referred' AND stream = 'Q1/1'") == [(5,)]


def test_a_map_in_two_parts_finds_its_columns(space: Workspace) -> None:
    columns = space.file("map.yaml", "Namna\u030a: ref\nPoa\u0308ng: poa\u0308ng\n")
    space.ok("import", space.file("in.csv", "Namn\u00e5;Poäng\nQ2;5\n"), "--track", "kö", "--map", columns, "--at", "2026-09-01")


def test_a_workspace_in_a_folder_that_is_not_utf8_works(tmp_path: Path) -> None:
    space = workspace(tmp_path / os.fsdecode(b"\xe5r"), ALONE)
    space.ok("enrol", "alone", "B1", "--at", "2026-09-01")
    space.ok("status", "B1")


def test_a_line_to_copy_in_a_text_has_the_reason_that_its_command_wants() -> None:
    wanting = {context.command.name for param, context in _with_reason() if param.required}
    assert {"misregister", "refuse", "deviate"} <= wanting
    root = Path(cli.__file__).parent
    texts = "".join(path.read_text("utf-8") for path in root.glob("*/**/LC_MESSAGES/*.po") if ".venv" not in path.parts)
    # What is a command alone names it, and is no line to copy.
    lines = [line for line in re.findall(r"`(jobbspar [^`\n]+)`", texts) if line.split()[1] in wanting and len(line.split()) > 2]
    assert len(lines) >= 8
    assert [line for line in lines if "--reason" not in line] == []
