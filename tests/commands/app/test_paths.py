"""A path that the system refuses is told by its path, as bad input or as storage, whatever command it is given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import ALONE, Workspace, workspace

if TYPE_CHECKING:
    from pathlib import Path

LONG = f"{'x' * 300}.yaml"
REFUSED = (
    "export alone -o /", "export alone -o .", "export alone -o jobbspar.toml/x.csv", f"export alone -o {LONG}", "report alone --html /",
    f"check {LONG}", f"fmt {LONG}", f"test {LONG}", f"apply {LONG}", f"import {LONG} --track alone", f"verify --against {LONG}",
)  # fmt: skip


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("w") / "w", ALONE)


@pytest.mark.parametrize("command", REFUSED, ids=lambda command: command[:24])
def test_a_path_that_the_system_refuses_is_told_by_its_path(command: str, space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.folder)
    said = space(*command.split())
    assert said.code in {2, 5}, said.err
    assert any(path in said.err for path in command.split() if "/" in path or path in {LONG, "."})


def test_a_folder_with_a_link_that_leads_to_itself_is_checked_for_the_rest(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "alone.yaml").write_text(ALONE)
    (tmp_path / "variant.yaml").write_text("track: variant\nname: Variant\nbased_on: missing\n")
    (tmp_path / "x.yaml").symlink_to("x.yaml")
    assert space("check", str(tmp_path)).code == 2


def test_a_database_without_a_name_is_none(space: Workspace) -> None:
    assert space("status", "B1", "--db", "/").code in {2, 5}
