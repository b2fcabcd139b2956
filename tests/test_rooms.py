from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parents[1]
# Keys of texts, which stand in the catalogues.
_A_KEY = re.compile(r": ((help|param|col|todo|type|why|doctor|word)|pydantic)\.")


def test_no_room_holds_more_modules_than_one_can_overlook() -> None:
    assert house.crowded_rooms() == {}


def test_modules_are_nouns() -> None:
    assert len(house.gerunds()) < len(house.sources()) * 0.05, house.gerunds()


def test_the_name_of_a_class_has_one_meaning() -> None:
    assert house.ambiguous_classes() == {}


def test_every_public_function_that_raises_says_what() -> None:
    assert house.silent_raises() == []


def test_every_public_function_of_more_than_two_parameters_describes_them() -> None:
    assert house.undescribed_parameters() == []


def test_the_pages_of_the_rooms_name_what_is_there() -> None:
    assert [place for place in house.stale_names() if not _A_KEY.search(place)] == []


def test_comments_are_neither_missing_nor_in_the_way() -> None:
    assert 0.03 <= house.comment_share() <= 0.05


@pytest.mark.parametrize("path", [path for path in house.sources() if path.name == "__init__.py"], ids=str)
def test_each_room_says_what_lives_in_it_and_imports_nothing(path: Path) -> None:
    (page,) = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(page, ast.Expr)
    assert isinstance(page.value, ast.Constant)
    assert len(str(page.value.value).splitlines()) > 1 or path.parent.name in ("migrations", "versions"), "a page, not a line"


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("definitions/model/vocabulary.py", "import definitions.loading.loader", "Rooms of definitions"),
        (
            "tracks/engine/context/units.py",
            "import tracks.engine.loop.advance",
            "The engine: the loop asks the rules, the rules ask the context",
        ),
        ("tracks/recording/bulk.py", "import tracks.storage.ledger", "Rooms of tracks"),
        ("tracks/recording/bulk.py", "import tracks.engine.loop.present", "The present of a write is made in one place"),
        ("commands/importing/csv.py", "import commands.demo.command", "Rooms of commands"),
        ("commands/queries/table_files.py", "import prefect", "Only the flows know Prefect"),
        ("commands/queries/status.py", "import tracks.privacy.unlocked", "What is locked is shown through tracks.privacy.disclosure"),
        ("tracks/queries/status.py", "import tracks.storage.people", "Ciphers are known to privacy alone"),
    ],
)
def test_an_import_against_the_rooms_is_refused(tmp_path: Path, file: str, line: str, contract: str) -> None:
    # The contracts read the installed tree, so a copy of it with one wrong import is put in its place.
    for name in (*house.SHIPPED, "pyproject.toml"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(tmp_path)], check=True)
    wrong = tmp_path / file
    wrong.write_text(
        wrong.read_text(encoding="utf-8").replace("from __future__ import annotations\n", f"from __future__ import annotations\n{line}\n")
    )
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; sys.exit(lint(['--no-cache']))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert f"{contract} BROKEN" in answer.stdout
