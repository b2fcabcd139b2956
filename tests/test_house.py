from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hatch_build import catalogues

ROOT = Path(__file__).parents[1]
SHIPPED = ("definitions", "tracks", "flows", "commands")
SKIPPED = {".git", ".venv", ".hypothesis", ".jobbspar", "demo", "dist", "build", "__pycache__"}
# Written in parts, so that this file does not find itself.
REGISTRIES = re.compile("pypi" + r"\.org|python" + "hosted|files" + r"\.python|/simple" + "/|index" + "-url|registry" + r"\.")
MACHINE = re.compile("/ro" + "ot/|/ho" + r"me/[a-z]|/Us" + r"ers/[a-z]|/wo" + "rk/|/opt" + "/|/tm" + "p/")


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def own_files() -> list[Path]:
    found = []
    for folder, inner, files in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in SKIPPED and not name.endswith(("_cache", ".egg-info"))]
        # In a worktree of git .git is a file.
        found += [Path(folder, name) for name in files if name not in SKIPPED and not name.endswith((".db", ".pyc"))]
    return found


def texts() -> list[tuple[Path, str]]:
    found = []
    for file in own_files():
        try:
            found.append((file.relative_to(ROOT), file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines if not line.startswith("#"))}


def applies(wanted: Requirement, extras: set[str]) -> bool:
    return wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in {"", *extras})


def closure(first: list[str]) -> dict[str, str]:
    """Everything that the requirements lead to in this environment, with its version here."""
    found: dict[str, str] = {}
    todo = [Requirement(line) for line in first]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        try:
            here = distribution(wanted.name)
        except PackageNotFoundError:
            found[name] = "not installed"
            continue
        found[name] = here.version
        todo += [need for need in map(Requirement, here.requires or []) if applies(need, wanted.extras)]
    return found


def test_constraints_name_the_exact_version_of_everything_that_is_installed() -> None:
    settings = project()["project"]
    needed = closure(settings["dependencies"] + settings["optional-dependencies"]["dev"])
    pinned = pins()
    assert {name: version for name, version in needed.items() if pinned.get(name) != version} == {}


def test_constraints_fit_the_ranges_of_the_project() -> None:
    settings = project()["project"]
    ranges = [Requirement(line) for line in settings["dependencies"] + settings["optional-dependencies"]["dev"]]
    assert [str(wanted) for wanted in ranges if not wanted.specifier.contains(pins()[canonicalize_name(wanted.name)])] == []


def test_constraints_are_sorted_and_hold_nothing_but_versions() -> None:
    first, *lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)] == []
    names = [canonicalize_name(line.partition("==")[0]) for line in lines]
    assert names == sorted(set(names))


def test_the_lock_holds_the_versions_of_the_constraints_each_with_a_hash_of_its_files() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)( ;[^\\\n]*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, flags=re.MULTILINE)
    locked = {str(canonicalize_name(name)): str(version) for name, version, *_ in found}
    pinned: dict[str, str] = dict(pins())
    assert len(found) == text.count("==") - text.count(" == ")
    settings = project()["project"]
    needed = closure(settings["dependencies"] + settings["optional-dependencies"]["dev"])
    assert {name: locked.get(name) for name, version in needed.items() if locked.get(name) != version} == {}
    assert {name: version for name, version in locked.items() if pinned.get(name, version) != version} == {}


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    found = [
        f"{file}:{number}: {line.strip()[:80]}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if REGISTRIES.search(line) or MACHINE.search(line)
    ]
    assert found == []


def test_every_python_file_is_one_room() -> None:
    long = {str(file): len(text.splitlines()) for file, text in texts() if file.suffix == ".py" and file.parts[0] != "tests"}
    assert {file: lines for file, lines in long.items() if lines > 400} == {}


def test_no_package_stands_under_tests_because_it_would_shadow_the_real_one() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_packages_can_be_imported_without_pulling_anything_in() -> None:
    for package in SHIPPED:
        text = (ROOT / package / "__init__.py").read_text(encoding="utf-8")
        assert "import" not in re.sub(r'""".*?"""', "", text, flags=re.DOTALL), package
        assert (ROOT / package / "py.typed").exists()


def test_the_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint([]))"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_what_git_ignores_is_nothing_that_must_be_shipped() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert [rule for rule in rules if re.search(r"ya?ml|j2|templates|html|csv|json", rule)] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (built,) = folder.glob("jobbspar-*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_every_shipped_file_of_the_repository(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    files = [file.relative_to(ROOT) for file in own_files()]
    wanted = {file.as_posix() for file in files if file.parts[0] in {*SHIPPED, "cli.py"} and file.suffix != ".po"}
    wanted |= {f"definitions/_{file.as_posix()}" for file in files if file.parts[0] == "examples"}
    assert wanted - inside == set()
    assert "cli.py" in inside


def test_the_wheel_holds_no_more_than_that(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {*SHIPPED, "cli.py"}


def test_the_wheel_makes_the_command(wheel: zipfile.ZipFile) -> None:
    (points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "jobbspar = cli:app" in wheel.read(points).decode()


def test_the_wheel_holds_every_compiled_catalogue_and_not_what_it_is_compiled_from(wheel: zipfile.ZipFile) -> None:
    inside = wheel.namelist()
    assert sorted(name for name in inside if name.endswith(".mo")) == sorted(
        po.relative_to(ROOT).with_suffix(".mo").as_posix() for po in catalogues()
    )
    assert [name for name in inside if name.endswith(".po")] == []


@pytest.mark.parametrize(("lang", "word"), [("sv", "Användning: "), ("en", "Usage: ")])
def test_the_command_line_of_the_wheel_speaks_both_languages_away_from_the_repository(
    wheel: zipfile.ZipFile, tmp_path: Path, lang: str, word: str
) -> None:
    wheel.extractall(tmp_path / "installed")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); import cli; sys.argv[0] = 'jobbspar'; cli.app()"
    command = [sys.executable, "-P", "-c", code, str(tmp_path / "installed"), "--help", "--lang", lang]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(word)
    assert "advance" in answer.stdout
