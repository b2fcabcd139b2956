from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

import cli
from commands.app.command_group import help_of
from tests.commands.workspace import ALONE, QUEUED, Workspace, once, typed, workspace

ROOT = Path(__file__).parents[3]
HEAVY = ("prefect", "sqlmodel", "sqlalchemy", "pydantic", "yaml", "jinja2", "rich")


@pytest.fixture
@once
def queued(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "w", QUEUED)


@pytest.mark.parametrize("name", cli.COMMANDS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_command_has_help_in_both_languages(name: str, lang: str) -> None:
    said = typed(name, "--help", "--lang", lang)
    assert said.code == 0, said.err
    assert help_of(name, lang).split()[0] in said.out
    assert ("Användning: jobbspar" if lang == "sv" else "Usage: jobbspar") in said.out


def test_every_command_is_named_in_the_readme_and_has_its_place_in_the_help() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.COMMANDS if f"`{name}`" not in readme and f"jobbspar {name}" not in readme] == []
    assert sorted(name for names in cli.TOPICS.values() for name in names) == sorted(cli.COMMANDS)


def test_the_help_shows_all_commands_by_what_one_wants_to_do() -> None:
    for lang, word in (("sv", "Börja:"), ("en", "Get started:")):
        said = typed("--help", "--lang", lang)
        assert (said.code, word in said.out) == (0, True)
        assert [name for name in cli.COMMANDS if f"  {name} " not in said.out] == []
    assert typed().out == typed("--help").out


def test_status_of_a_participant_imports_nothing_heavy(queued: Workspace) -> None:
    # What follows from something that was recorded today only the engine can say.
    queued.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--at", "2026-09-01", "--advance")
    code = f"import sys, cli; cli.main(sys.argv[1:]); sys.exit(','.join(m for m in {HEAVY!r} if m in sys.modules))"
    command = [sys.executable, "-c", code, "status", "A1", "--json", "--db", str(queued.database)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stderr.strip() == ""
    assert json.loads(answer.stdout)[0]["ref"] == "A1"


def test_check_imports_nothing_but_what_reads_files(queued: Workspace) -> None:
    heavy = [name for name in (*HEAVY, "definitions.model.serialization", "tracks.events.fold") if name != "yaml"]
    code = f"import sys, cli; cli.main(sys.argv[1:]); sys.exit(','.join(m for m in {heavy!r} if m in sys.modules))"
    command = [sys.executable, "-c", code, "check", str(queued.folder), "--db", str(queued.database)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stderr.strip() == ""
    assert answer.stdout == "Inget att anmärka på: 3 filer.\n"


def test_a_file_may_name_what_is_in_force(queued: Workspace) -> None:
    (queued.folder / "apart").mkdir()
    variant = queued.file("apart/variant.yaml", "spår: variant\nbygger_på: kö\n")
    assert queued("check", variant).code == 0
    unknown = queued.file("apart/unknown.yaml", "spår: variant\nbygger_på: köö\n")
    assert "Menade du ”kö”?" in queued("check", unknown).out


def test_a_command_line_that_is_not_understood_ends_with_2_and_says_where_to_look() -> None:
    for args, words in (
        (["frobnicate"], "Det finns inget kommando frobnicate."),
        (["stattus"], "Det finns inget kommando stattus; menade du status?"),
        (["status", "--jsn"], "Det finns ingen flagga --jsn; menade du --json?"),
        (["record", "A1"], "STEG saknas (Stegets id)."),
        (["status", "--as-of"], "Flaggan --as-of behöver ett värde."),
        (["status", "A1", "B1", "C1"], "För många argument: B1 C1."),
        (["status", "--db"], "Flaggan --db behöver ett värde."),
    ):
        said = typed("--lang", "sv", *args)
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert "--help" in said.err


def test_the_global_options_go_before_the_command_and_after_it(queued: Workspace) -> None:
    before = typed("--db", str(queued.database), "--lang=en", "tracks", "--json")
    after = typed("tracks", "--json", "--lang", "en", f"--db={queued.database}")
    assert before == after
    assert before.json[0]["track"] == "kö"


def test_the_language_is_as_given_as_set_as_the_locale_says_else_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert "Användning" in typed("--help").out
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Usage" in typed("--help").out
    monkeypatch.setenv("JOBBSPAR_LANG", "sv")
    assert "Användning" in typed("--help").out
    assert "Usage" in typed("--help", "--lang", "en").out
    assert typed("--help", "--lang", "de").code == 2


def test_the_database_is_the_one_of_the_settings_of_the_folder(queued: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (queued.folder / "below").mkdir()
    monkeypatch.chdir(queued.folder / "below")
    assert typed("tracks", "--json").json[0]["track"] == "kö"
    monkeypatch.chdir(tmp_path)
    assert typed("tracks").code == 5
    monkeypatch.setenv("JOBBSPAR_DATABASE", str(queued.database))
    assert typed("tracks").code == 0


def test_settings_that_cannot_be_read_are_refused(queued: Workspace) -> None:
    (queued.folder / "jobbspar.toml").write_text("database = [", encoding="utf-8")
    assert queued("tracks").code == 2


def test_writing_without_a_name_is_refused_and_says_how_to_give_it(queued: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = queued.events
    said = queued("enrol", "kö", "A1", by=None)
    assert (said.code, queued.events) == (2, before)
    assert "--by NAMN" in said.err
    for name in ("engine", "19850101-0017", "a" * 65, " "):
        assert queued("enrol", "kö", "A1", by=name).code == 2
    monkeypatch.setenv("JOBBSPAR_ACTOR", "Åsa Ek")
    assert queued("enrol", "kö", "A1", "--at", "2026-09-01", by=None).code == 0
    assert ("Åsa Ek",) in queued.rows("SELECT actor FROM event")


def test_the_clock_of_a_virtual_workspace_is_the_last_recorded_of_the_track(tmp_path: Path) -> None:
    both = workspace(tmp_path / "w", QUEUED, ALONE)
    both.ok("enrol", "kö", "A1", "--at", "2026-09-01")
    both.ok("enrol", "alone", "B1", "--at", "2031-02-03")
    assert both.ok("enrol", "kö", "A2", "--json").json[0]["effective"] == "2026-09-01"
    assert both.ok("enrol", "alone", "B2", "--json").json[0]["effective"] == "2031-02-03"
    assert both.ok("advance", "--engine", "local", "--dry-run", "--json").json["until"] == "2031-02-03"


def test_a_fresh_virtual_workspace_asks_for_the_time(tmp_path: Path) -> None:
    fresh = workspace(tmp_path / "w")
    said = fresh("apply", str(fresh.folder / "tracks"))
    assert (said.code, "--at" in said.err) == (2, True)


def test_a_clock_far_ahead_must_be_confirmed(tmp_path: Path) -> None:
    real = workspace(tmp_path / "w", virtual=False)
    path = real.file("t.yaml", ALONE)
    said = real("apply", path, "--at", "2199-01-01")
    assert (said.code, "--confirm-clock" in said.err, real.events) == (2, True, 0)
    assert real("apply", path, "--at", "2199-01-01", "--confirm-clock").code == 0
    said = real("enrol", "alone", "A1", "--on", "2026-01-01")
    assert said.code == 0
    assert "Varning: klockan" in said.err


def test_a_clock_ahead_of_the_machine_is_said_where_it_is_not_virtual(tmp_path: Path) -> None:
    real = workspace(tmp_path / "w", virtual=False)
    real.ok("apply", real.file("t.yaml", ALONE))
    ahead = (datetime.now(UTC) + timedelta(days=10)).isoformat()
    assert "är ställd på" in real.ok("enrol", "alone", "A1", "--at", ahead).err
    assert "är ställd på" not in workspace(tmp_path / "v", ALONE).ok("enrol", "alone", "A1", "--at", "2099-01-01").err


def test_a_closed_pipe_is_no_fault(queued: Workspace) -> None:
    program = f"{sys.executable} -c 'import cli; cli.app()' history track/kö --json --db {queued.database}"
    answer = subprocess.run(["bash", "-c", f"set -o pipefail; {program} | true"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_full_disk_is_a_fault_of_storage(queued: Workspace) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    program = f"{sys.executable} -c 'import cli; cli.app()' tracks --json --lang en --db {queued.database} > /dev/full"
    answer = subprocess.run(["bash", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr.startswith("Error: The disk is full: the output could not be written")) == (5, True)


def test_a_terminal_that_knows_no_such_letter_gets_something_all_the_same(queued: Workspace) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", "import cli; cli.app()", "tracks", "--db", str(queued.database)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, check=False)
    assert answer.returncode == 0


def test_a_fault_of_ours_is_one_line_that_quotes_nothing(queued: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Kalle Karlsson 850101-0017")

    monkeypatch.setattr("commands.queries.worklist.worklist_of", broken)
    said = queued("worklist")
    assert said.code == 1
    assert "Kalle" not in said.err
    assert "RuntimeError" in said.err
    assert "JOBBSPAR_DEBUG=1" in said.err
    monkeypatch.setenv("JOBBSPAR_DEBUG", "1")
    assert "Traceback" in queued("worklist").err


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    text = ALONE.replace("name: Alone", 'name: "A\\e[31mlone\\u202e"')
    found = workspace(tmp_path / "w")
    said = found("apply", found.file("t.yaml", text), "--at", "2026-08-01")
    if said.code == 0:
        for args in (("tracks",), ("tracks", "--json"), ("tracks", "--csv"), ("status",)):
            assert not set(found(*args).out) & {"\x1b", "\u202e"}
    said = found("status", "no\x1b[31mbody")
    assert (said.code, "\x1b" in said.err) == (2, False)


def test_no_command_declares_a_global_option_of_its_own() -> None:
    for name in cli.COMMANDS:
        taken = inspect.signature(cli.load_command(name)).parameters
        assert next(iter(taken)) == "ctx"
        assert not {"db", "lang", "by", "at"} & set(taken)
    assert typer.__version__
