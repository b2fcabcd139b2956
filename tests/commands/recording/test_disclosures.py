"""Each time that somebody is shown, and each reading of what was locked, is an event; where it cannot be written nothing is shown."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.workspace import QUEUED, Workspace, once, workspace
from tracks.storage.dialects import sqlite
from tracks.storage.dialects.sqlite_file import connect

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = "19121212-1212"


@pytest.fixture
@once
def space(tmp_path: Path) -> Workspace:
    space = workspace(tmp_path / "w", QUEUED)
    name = ("--name", "Kajsa Canary", "--number", NUMBER, "--protected")
    space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--note", "canary ringde", *name, "--at", "2026-09-01")
    space.ok("enrol", "kö", "A2", "--fact", "redo=ja")
    space.ok("advance", "--engine", "local", "--at", "2026-09-08")
    return space


def disclosed(space: Workspace) -> list[tuple[str, str, Any]]:
    rows = space.rows("SELECT stream, actor, data FROM event WHERE kind = 'disclosed' ORDER BY stream, seq")
    return [(stream, actor, json.loads(data)) for stream, actor, data in rows]


def test_who_somebody_is_is_shown_on_an_explicit_word_and_written_down(space: Workspace) -> None:
    said = space.ok("disclose", "A1", "--to", "Polisen i Umeå")
    assert "Kajsa Canary (skyddade personuppgifter)" in said.out
    assert "191212121212" in said.out
    assert disclosed(space) == [("A1/1", "Lisa", {"fields": ["name", "number", "protected"], "to": "Polisen i Umeå"})]
    assert "namn, personnummer, skyddet" in space.ok("history", "A1").out
    space.ok("disclose", "A1")
    assert len(disclosed(space)) == 2, "each disclosure is one event, also on the same day"


def test_each_reading_of_free_text_is_written_down_and_the_events_hold_none_of_it(space: Workspace) -> None:
    assert "canary ringde" in space.ok("history", "A1", "--notes").out
    assert disclosed(space) == [("A1/1", "Lisa", {"fields": ["note"]})]
    assert "canary" not in str(space.rows("SELECT * FROM event"))


def test_a_question_that_shows_nothing_locked_writes_nothing(space: Workspace) -> None:
    before = space.events
    for asked in (("history", "A1"), ("history", "A2", "--notes"), ("history", "A1", "--as-of", "2026-09-01"), ("status", "A1")):
        space.ok(*asked)
    assert space("disclose", "A2").code == 4
    assert space.events == before


def test_a_question_of_the_past_does_not_read_what_is_locked(space: Workspace) -> None:
    before = space.events
    said = space("history", "A1", "--notes", "--as-of", "2026-09-02")
    assert (said.code, said.out, space.events) == (2, "", before)


def test_who_reads_has_a_name(space: Workspace) -> None:
    for asked in (("history", "A1", "--notes"), ("disclose", "A1")):
        said = space(*asked, by=None)
        assert (said.code, said.out) == (2, "")
    assert space("disclose", "A1", "--to", NUMBER).code == 2
    assert NUMBER not in space("disclose", "A1", "--to", NUMBER).err
    assert disclosed(space) == []


def test_where_it_cannot_be_written_nothing_is_shown(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    # The administrator may write everywhere, so the file is opened as one that may not be written.
    monkeypatch.setattr(sqlite, "connect", lambda path, _mode: connect(path, "ro"))
    for asked in (("history", "A1", "--notes"), ("disclose", "A1")):
        said = space(*asked)
        assert (said.code, said.out) == (5, "")
        assert "anary" not in said.err


def test_a_storage_that_refuses_the_event_shows_nothing(space: Workspace) -> None:
    with sqlite3.connect(space.database) as other:
        other.execute("CREATE TRIGGER no_more BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'x'); END")
    other.close()
    for asked in (("history", "A1", "--notes"), ("disclose", "A1")):
        said = space(*asked)
        assert said.code != 0
        assert "anary" not in said.out + said.err


def test_without_the_key_nothing_is_shown_and_nothing_written(space: Workspace) -> None:
    (space.folder / "jobbspar.key").unlink()
    before = space.events
    for asked in (("history", "A1", "--notes"), ("disclose", "A1")):
        assert (space(*asked).code, space(*asked).out) == (8, "")
    assert space.events == before


def test_a_reading_moves_nobody_on(space: Workspace) -> None:
    asked = "SELECT stream, status, due, version FROM enrolment ORDER BY stream"
    tracks = "SELECT id, frontier, pending, due FROM track"
    before = space.rows(asked), space.rows(tracks)
    space.ok("disclose", "A1", "--at", "2026-11-20")
    assert [row[0] for row in disclosed(space)] == ["A1/1"]
    assert (space.rows(asked), space.rows(tracks)) == before
    assert space.ok("verify").code == 0


def test_the_engine_writes_the_same_after_a_reading_as_without_one(tmp_path: Path) -> None:
    logs = []
    for read in (False, True):
        space = workspace(tmp_path / str(read), QUEUED)
        space.ok("enrol", "kö", "A1", "--fact", "redo=ja", "--name", "Kajsa Canary", "--at", "2026-09-01")
        if read:
            space.ok("disclose", "A1", "--at", "2026-11-20")
        space.ok("advance", "--engine", "local", "--at", "2026-11-21")
        wanted = "SELECT stream, kind, step, attempt, effective, actor, data FROM event WHERE kind != 'disclosed' ORDER BY stream, seq"
        logs.append(space.rows(wanted))
        assert space.ok("verify").code == 0
    assert logs[0] == logs[1]
