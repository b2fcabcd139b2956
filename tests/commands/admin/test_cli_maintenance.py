from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.commands.workspace import Workspace, lived_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return lived_in(tmp_path / "w")


def test_verify_writes_a_list_of_heads_and_compares_with_it(space: Workspace) -> None:
    path = str(space.folder / "heads.json")
    assert "Allt stämmer" in space.ok("verify", "--export", path).out
    space.ok("state", "B1", "--fact", "car=ja")
    assert space("verify", "--against", path).code == 0
    assert space.ok("verify", "--ref", "B1", "--json").json["streams"] == 1
    assert space("verify", "--against", space.file("x.json", "{}")).code == 2


def test_verify_names_what_does_not_follow_from_the_log_says_the_remedy_and_can_write_it_anew(space: Workspace) -> None:
    with sqlite3.connect(space.database) as other:
        other.execute("DELETE FROM todo WHERE stream = 'A1/1'")
    other.close()
    said = space("verify")
    assert said.code == 6
    assert "A1/1: att göra answer är ingenting, men ska enligt loggen vara track=kö, role=enheten" in said.out
    assert "skrivs om ur den med `jobbspar verify --rebuild`" in said.out
    (found,) = space("verify", "--json").json["breaks"]
    assert (found["code"], found["stream"], found["what"], found["stands"], found["derived"]) == ("todo", "A1/1", "answer", "", True)
    assert "Det som följer av 1 logg skrevs om." in space.ok("verify", "--rebuild").out
    assert space.ok("verify", "--json").json["sound"] is True


def test_an_enrolment_that_is_gone_is_made_again_and_it_is_said_that_the_link_to_the_person_is_not(space: Workspace) -> None:
    with sqlite3.connect(space.database) as other:
        other.execute("DELETE FROM enrolment WHERE stream = 'A1/1'")
    other.close()
    said = space("verify").out
    assert "verify --rebuild" in said
    assert "säkerhetskopia" not in said
    said = space.ok("verify", "--rebuild").out
    assert "Fanns den för A1/1 är den borta" in said
    assert space.ok("history", "A1").code == 0


def test_a_link_that_was_lost_stands_in_the_json_too(space: Workspace) -> None:
    with sqlite3.connect(space.database) as other:
        other.execute("DELETE FROM enrolment WHERE stream = 'A1/1'")
    other.close()
    assert space.ok("verify", "--rebuild", "--json").json["unlinked"] == ["A1/1"]
