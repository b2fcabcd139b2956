"""Thirty canaries: their numbers are typed wherever something can be typed, and stand nowhere but with the locked identities.

The places are read from the table of commands and that of columns, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import openpyxl
import pytest

import cli
from commands.app.command_group import CommandGroup
from commands.app.global_options import GLOBALS
from commands.importing.columns import COLUMN_NAMES
from commands.runtime.context import command_context
from tests.commands.workspace import ALONE, Said, Workspace, lived_in, typed
from tests.definitions.model.test_personal_numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Canary(NamedTuple):
    """A person who is not there; `form` is the number as she writes it."""

    ref: str
    number: str
    form: str
    name: str
    note: str


FORMS: Final[tuple[Callable[[str], str], ...]] = (
    lambda whole: whole,
    lambda whole: whole[2:],
    lambda whole: f"{whole[:8]}-{whole[8:]}",
    lambda whole: f"{whole[2:8]}-{whole[8:]}",
    lambda whole: f"{whole[:8]} {whole[8:]}",
    lambda whole: f"{whole[2:8]}\u2013{whole[8:]}",
    lambda whole: f"{whole[:4]}-{whole[4:6]}-{whole[6:8]}-{whole[8:]}",
    lambda whole: " ".join(whole[at : at + 2] for at in range(0, 12, 2)),
    lambda whole: whole.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    lambda whole: f"{whole[2:8]}\u00a0\u2212\u00a0{whole[8:]}",
)


def canaries() -> list[Canary]:
    """Thirty people, among them some with a coordination number."""
    chance = random.Random(30)
    found = []
    for at in range(30):
        born = date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))
        whole = number(born, chance.randrange(1, 1000), 60 * (at % 7 == 0))
        word = "".join(chance.choices("bdfgklmnprstv", k=9))
        found.append(Canary(f"C-{at}", whole, FORMS[at % len(FORMS)](whole), f"Kanarie {word.title()}", f"anteckning {word[::-1]}"))
    return found


PEOPLE: Final = canaries()
# One for each form.
SOME: Final = PEOPLE[: len(FORMS)]
_SIGNS: Final = str.maketrans({0xFF10 + digit: str(digit) for digit in range(10)})


def traces(text: str) -> list[str]:
    """What is found of the canaries in a text: numbers in any form, names, notes."""
    run = re.sub(r"[-+ ._/\u00a0\u2000-\u2015\u202f\u2212]", "", text.translate(_SIGNS))
    numbers = [one.number for one in PEOPLE if one.number[2:] in run]
    return [*numbers, *(word for one in PEOPLE for word in (one.name, one.note) if word in text)]


def traces_of_database(path: Path) -> list[str]:
    """What is found in the bytes of a database and of what lies beside it, and in every value of every table."""
    found = [trace for file in path.parent.glob(f"{path.name}*") for trace in traces(file.read_bytes().decode("latin-1"))]
    found += [trace for file in path.parent.glob(f"{path.name}*") for trace in traces(file.read_bytes().decode("utf-8", "ignore"))]
    database = sqlite3.connect(path)
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f"SELECT * FROM {table}"):
            found += traces(" | ".join(value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value) for value in row))
    database.close()
    return found


def places() -> Iterator[tuple[str, Any, list[Any]]]:
    """Every place of every command in which something is typed, with what else its command must be told."""
    group = CommandGroup(cli.TOPICS, cli.load_command)
    for name in cli.COMMANDS:
        context = group.make_context("jobbspar", [name], obj=command_context({"lang": "en"}), resilient_parsing=True)
        params = [param for param in group.get_command(context, name).params if param.metavar and "--help" not in param.opts]
        yield from ((name, param, params) for param in params)


def line(name: str, place: Any, params: list[Any], text: str) -> list[str]:
    """A command line with a text in one place, and a word in all others that must be filled."""
    said = [(text if one is place else "x", one) for one in params if one is place or one.required]
    return [name, *(word for of, one in said for word in ([of] if one.param_type_name == "argument" else [one.opts[0], of]))]


def texts(one: Canary, metavar: str) -> list[str]:
    """The number of a canary as it may be typed in a place: alone, in other words, and in the form of the place."""
    forms = {"NAME=VALUE": [f"poäng={one.form}", f"{one.form}=3"], "FILE": [f"{one.form}.csv"], "DIR": [f"{one.form}/w"]}
    return [one.form, f"Ek {one.form} AB", *forms.get(metavar, [])]


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All are enrolled, half by command and half by file, with name, number and note where those belong."""
    space = lived_in(tmp_path_factory.mktemp("canaries") / "w")
    said = []
    for one in PEOPLE[:15]:
        told = ["--number", f"{one.number[:8]}-{one.number[8:]}", "--name", one.name, "--note", f"{one.note}, {one.form}"]
        said.append(space.ok("enrol", "alone", one.ref, *told, "--json"))
        said.append(space.ok("contact", one.ref, "--note", f"{one.name}: {one.note}, {one.form}", "--advance"))
    rows = [f"{one.ref};{one.number};{one.name};{one.note}, {one.form}" for one in PEOPLE[15:]]
    path = space.file("people.csv", "\n".join(["ref;number;name;note", *rows]))
    said.append(space.ok("import", path, "--track", "alone", "--advance"))
    (space.folder / "people.csv").unlink()
    assert [trace for one in said for trace in traces(one.out + one.err)] == []
    return space


def test_the_canaries_are_known(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in PEOPLE:
        monkeypatch.setattr("sys.stdin", io.StringIO(one.number))
        assert space.ok("find", "--json").json == {"ref": one.ref}


PLACES: Final = [pytest.param(*place, id=f"{place[0]} {place[1].opts[0]}") for place in places()]


@pytest.mark.parametrize(("name", "place", "params"), PLACES)
def test_a_number_in_any_argument_is_refused_and_not_repeated(
    space: Workspace, name: str, place: Any, params: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    one = PEOPLE[len(f"{name}{place.opts[0]}") % len(PEOPLE)]
    own = place.metavar == "TEXT" or "--number" in place.opts
    for text, lang in zip(texts(one, str(place.metavar)), ("sv", "en", "sv", "en"), strict=False):
        said = space(*line(name, place, params, text), lang=lang)
        assert said.code == 2 or (own and said.code == 4), (text, said)
        assert traces(said.out + said.err) == []
        assert own or place.metavar == "TEXT|FILE" or _is_told(said, place, lang), said.err
    assert list(tmp_path.iterdir()) == []


def _is_told(said: Said, place: Any, lang: str) -> bool:
    """Whether the place is named: an option by its name, an argument as help has it."""
    number_word = "personnummer" if lang == "sv" else "personal number"
    return number_word in said.err and (place.param_type_name == "argument" or place.opts[0] in said.err)


@pytest.mark.parametrize("option", [name for name, valued in GLOBALS.items() if valued])
def test_a_number_in_what_every_command_takes_is_refused_and_not_repeated(space: Workspace, option: str) -> None:
    for one in SOME:
        for text in (one.form, f"Ek {one.form}", f"{one.form}.db"):
            given = {"--db": str(space.database), "--by": "Lisa", "--at": "2026-09-08", "--lang": "sv"} | {option: text}
            said = typed("contact", "B1", *(word for pair in given.items() for word in pair))
            assert (said.code, traces(said.out + said.err)) == (2, []), text


@pytest.mark.parametrize("variable", ["JOBBSPAR_ACTOR", "JOBBSPAR_DATABASE", "JOBBSPAR_LANG"])
def test_a_number_in_the_environment_is_refused_and_not_repeated(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in SOME:
        monkeypatch.setenv(variable, one.form)
        said = typed("contact", "B1")
        assert (said.code, traces(said.out + said.err)) == (2, [])


def test_a_number_that_is_no_argument_at_all_is_not_repeated(space: Workspace) -> None:
    for one in SOME:
        for args in (
            (one.form,),
            (f"--{one.form}",),
            ("status", f"--{one.form}"),
            ("status", "B1", one.form),
            ("state", "B1", "--fact", one.form),
        ):
            said = space(*args)
            assert (said.code, traces(said.out + said.err)) == (2, []), args


COLUMNS: Final = [name for name in COLUMN_NAMES if name not in ("number", "note")]


def sheet(folder: Path, form: str, cells: dict[str, str]) -> str:
    """A file of one row."""
    path = folder / f"in.{form}"
    if form == "csv":
        path.write_text(";".join(cells) + "\n" + ";".join(cells.values()) + "\n", encoding="utf-8")
        return str(path)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([*cells])
    book.active.append([*cells.values()])
    book.save(path)
    return str(path)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("column", [*COLUMNS, "car", "level"])
@pytest.mark.parametrize("rows", ["people", "reports"])
def test_a_number_in_any_column_is_refused_by_row_and_column_and_not_repeated(
    space: Workspace, rows: str, column: str, form: str, tmp_path: Path
) -> None:
    before = space.database.read_bytes()
    cells = {"ref": "N1", "on": "2026-09-08"} if rows == "people" else {"ref": "B1", "on": "2026-09-08", "what": "outcome", "value": "work"}
    one = PEOPLE[(len(column) + len(rows)) % len(PEOPLE)]
    cells[column] = f"Ek {one.form} AB" if form == "csv" else one.form
    path, at = sheet(tmp_path, form, cells), [*cells].index(column) + 1
    plain = space("import", path, "--track", "alone", "--as", rows)
    told = space("import", path, "--track", "alone", "--as", rows, "--json", lang="en")
    assert (plain.code, told.code) == (2, 2)
    assert f"in.{form}:2:{at}: " in plain.err
    assert [(row["row"], row["column"]) for row in told.json["refused"]] == [(2, at)]
    assert traces(plain.out + plain.err + told.out + told.err) == []
    assert space.database.read_bytes() == before


MAPS: Final = {
    "always.yaml": "columns: {A: ref}\nalways: {employer: {number}}\n",
    "columns.yaml": "{number}: ref\n",
    "comment.yaml": "A: ref # {number}\n",
    "values.yaml": "columns: {A: ref}\nvalues: {A: {{number}: B1}}\n",
    "columns.toml": 'A = "{number}"\n',
}


@pytest.mark.parametrize(("name", "text"), MAPS.items(), ids=MAPS)
def test_a_number_in_a_map_is_refused_and_not_repeated(space: Workspace, name: str, text: str, tmp_path: Path) -> None:
    path, chart = sheet(tmp_path, "csv", {"A": "N1"}), tmp_path / name
    for one in SOME:
        chart.write_text(text.replace("{number}", one.form), encoding="utf-8")
        said = space("import", path, "--track", "alone", "--map", str(chart))
        assert (said.code, traces(said.out + said.err)) == (2, [])
        assert f"{name}:" in said.err


def test_a_number_that_a_sheet_or_a_folder_is_called_by_is_not_repeated(space: Workspace, tmp_path: Path) -> None:
    for one in SOME:
        (folder := tmp_path / one.form).mkdir()
        book = openpyxl.load_workbook(sheet(folder, "xlsx", {"ref": "N1"}))
        book.worksheets[0].title = one.form
        book.save(folder / "in.xlsx")
        for more, code in (([], 0), (["--sheet", "x"], 2), (["--as", "reports"], 2)):
            said = space("import", str(folder / "in.xlsx"), "--track", "alone", "--dry-run", *more)
            assert (said.code, traces(said.out + said.err)) == (code, [])


def test_a_number_in_a_heading_is_refused_and_not_repeated(space: Workspace, tmp_path: Path) -> None:
    for one in SOME:
        said = space("import", sheet(tmp_path, "csv", {"ref": "N1", one.form: "x"}), "--track", "alone")
        assert (said.code, traces(said.out + said.err)) == (2, [])


TRACKS: Final = {
    "a name": ("name: Plan", "name: Plan för {number}"),
    "a comment": ("owner: unit", "owner: unit # {number}"),
    "a key": ("car: yes/no", "{number}: yes/no"),
    "an id": ("track: alone", "track: {number}"),
}


@pytest.mark.parametrize(("old", "new"), TRACKS.values(), ids=TRACKS)
def test_a_number_in_a_track_is_refused_by_its_line_and_not_repeated(space: Workspace, old: str, new: str, tmp_path: Path) -> None:
    path, row = tmp_path / "bad.yaml", ALONE[: ALONE.index(old)].count("\n") + 1
    for one in SOME:
        path.write_text(ALONE.replace(old, new.replace("{number}", one.form)), encoding="utf-8")
        for line in ("check", "check --format json", "check --format sarif", "apply", "test"):
            command, *more = line.split()
            said = space(command, str(path), *more)
            assert (said.code, traces(said.out + said.err)) == (2, []), line
        assert f"bad.yaml:{row}:" in space("check", str(path)).out


def test_a_number_in_a_step_of_her_own_is_refused_and_not_repeated(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in SOME:
        text = f"id: extra\ntype: insats\nname: Samtal om {one.form}\nlength: 1 week\n"
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        for given in (text, "-"):
            said = space("deviate", "B1", "extra", "add", "--yaml", given, "--reason", "annat")
            assert (said.code, traces(said.out + said.err)) == (2, [])


@pytest.mark.parametrize("line", ['database = "{}.db"', 'lang = "{}"', 'clock = "{}"', '"{}" = 1', 'demo = {} = "'])
def test_a_number_in_the_settings_is_not_repeated(tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for one in SOME:
        (tmp_path / "jobbspar.toml").write_text(line.format(one.form) + "\n", encoding="utf-8")
        said = typed("status", "--lang", "en")
        assert (said.code, traces(said.out + said.err)) == (2, [])


QUESTIONS: Final = """
status | status alone | status alone --people | status C-1 | status C-1 --facts | history C-1 | history C-1 --recorded | why C-1 | worklist
caseload | queue kö | export | export --what events --restricted | export --what placements | report alone | outcomes alone
report alone --html - | handbook alone --html - | graph alone | tracks | verify | doctor | employer kö | start kö
"""


def test_no_answer_and_no_byte_of_the_database_has_anything_of_them(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.folder)
    for question in re.split(r"[|\n]", QUESTIONS.strip()):
        for more in ([], ["--json"]):
            said = space(*question.split(), *more)
            assert traces(said.out + said.err) == [], question
    assert traces_of_database(space.database) == []
    for path in space.folder.rglob("*"):
        assert traces(path.name) == []
        assert not path.is_file() or traces(path.read_bytes().decode("utf-8", "ignore")) == []


def test_the_search_finds_what_is_planted(space: Workspace, tmp_path: Path) -> None:
    for one in PEOPLE:
        for text in (one.form, f"x{one.form}x", one.name, one.note):
            assert traces(f"… {text} …") == [text if text in (one.name, one.note) else one.number]
        copy = tmp_path / f"{one.ref}.db"
        shutil.copy(space.database, copy)
        with sqlite3.connect(copy) as database:
            database.execute("CREATE TABLE planted (a, b)")
            database.execute("INSERT INTO planted VALUES (1, ?)", (one.form.encode() if one.ref > "C-2" else one.form,))
        database.close()
        assert set(traces_of_database(copy)) == {one.number}
