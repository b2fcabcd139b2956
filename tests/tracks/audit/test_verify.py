"""Verification names what was changed, and where."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from definitions.model.refusal import Refusal
from tests.raising import raises_code
from tests.tracks.storage.stores import MONDAY, advance, lived, tamper
from tracks.audit.discrepancies import Discrepancy
from tracks.audit.verify import against, export, merkle_root, verify
from tracks.errors import DATABASE_DAMAGED, EXPORT_UNREADABLE
from tracks.storage.database import open_database
from tracks.storage.ledger import SqlLedger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# How many bytes are flipped at random; JOBBSPAR_FLIPS asks for more.
FLIPS = int(os.environ.get("JOBBSPAR_FLIPS", "40"))
EVERY_EVENT = "SELECT * FROM event NOT INDEXED ORDER BY rowid"


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return lived(tmp_path / "jobbspar.db")


def test_what_the_engine_wrote_is_sound(ledger: SqlLedger) -> None:
    found = verify(ledger)
    assert found.sound
    assert (found.streams, found.breaks) == (6, ())
    assert found.events == ledger.rows("SELECT count(*) FROM event")[0][0] > 25


LOG: dict[str, tuple[str, Discrepancy]] = {
    "actor": ("UPDATE event SET actor = 'Bo' WHERE stream = 'A1/1' AND seq = 2", Discrepancy("changed", "A1/1", 2)),
    "kind": ("UPDATE event SET kind = 'refused' WHERE stream = 'B2/1' AND seq = 3", Discrepancy("changed", "B2/1", 3)),
    "effective": ("UPDATE event SET effective = '2026-01-01' WHERE stream = 'B2/1' AND seq = 1", Discrepancy("changed", "B2/1", 1)),
    "recorded": (
        "UPDATE event SET recorded = '2026-01-01T00:00:00.000000Z' WHERE stream = 'B2/1' AND seq = 1",
        Discrepancy("changed", "B2/1", 1),
    ),
    "data": ("UPDATE event SET data = replace(data, '\"B\"', '\"A\"') WHERE kind = 'reported'", Discrepancy("changed", "A1/1", 6)),
    "spaces in data": ("UPDATE event SET data = data || ' ' WHERE stream = 'B2/1' AND seq = 2", Discrepancy("changed", "B2/1", 2)),
    "key": ("UPDATE event SET key = NULL WHERE stream = 'A1/1' AND seq = 1", Discrepancy("changed", "A1/1", 1)),
    "version": ("UPDATE event SET version = NULL WHERE stream = 'A1/1' AND seq = 2", Discrepancy("changed", "A1/1", 2)),
    "hash": ("UPDATE event SET hash = zeroblob(32) WHERE stream = 'A1/1' AND seq = 2", Discrepancy("changed", "A1/1", 2)),
    "step": ("UPDATE event SET step = 'kurs' WHERE stream = 'A1/1' AND seq = 3", Discrepancy("changed", "A1/1", 3)),
    "attempt": ("UPDATE event SET attempt = 2 WHERE stream = 'A1/1' AND seq = 3", Discrepancy("changed", "A1/1", 3)),
    "type of a column": ("UPDATE event SET attempt = 'två' WHERE stream = 'A1/1' AND seq = 3", Discrepancy("changed", "A1/1", 3)),
    "broken date": ("UPDATE event SET effective = 'x' WHERE stream = 'A1/1' AND seq = 3", Discrepancy("unreadable", "A1/1", 3)),
    "broken data": ("UPDATE event SET data = '{' WHERE stream = 'A1/1' AND seq = 3", Discrepancy("unreadable", "A1/1", 3)),
    "first row": ("DELETE FROM event WHERE stream = 'A1/1' AND seq = 1", Discrepancy("missing", "A1/1", 1)),
    "row in the middle": ("DELETE FROM event WHERE stream = 'A1/1' AND seq = 3", Discrepancy("missing", "A1/1", 3)),
    "track event": ("UPDATE event SET actor = 'Bo' WHERE stream = 'track/kö'", Discrepancy("changed", "track/kö", 1)),
    "moved to another": ("UPDATE event SET stream = 'E5/1' WHERE stream = 'A1/1'", Discrepancy("head", "A1/1")),
}


@pytest.mark.parametrize("name", LOG)
def test_a_changed_log_is_named_by_its_first_broken_event(ledger: SqlLedger, name: str) -> None:
    change, expected = LOG[name]
    tamper(ledger, change)
    found = verify(ledger)
    first = found.breaks[0]
    assert first.code == expected.code
    assert (first.stream, first.seq) == (expected.stream, expected.seq or first.seq)
    assert not found.sound


def test_two_events_that_changed_places_are_noticed(ledger: SqlLedger) -> None:
    swap = "UPDATE event SET seq = {} WHERE stream = 'A1/1' AND seq = {}"
    tamper(ledger, swap.format(99, 2), swap.format(2, 3), swap.format(3, 99))
    assert verify(ledger).breaks == (Discrepancy("changed", "A1/1", 2),)


def test_two_events_of_different_people_that_changed_places_are_noticed(ledger: SqlLedger) -> None:
    tamper(
        ledger,
        *(
            f"UPDATE event SET stream = '{to}' WHERE stream = '{of}' AND seq = 2"
            for to, of in (("x", "A1/1"), ("A1/1", "B2/1"), ("B2/1", "x"))
        ),
    )
    assert verify(ledger).breaks == (Discrepancy("changed", "A1/1", 2), Discrepancy("changed", "B2/1", 2))


def test_a_removed_tail_is_noticed_by_the_snapshot(ledger: SqlLedger) -> None:
    last = ledger.events("A1/1")[-1].seq
    tamper(ledger, f"DELETE FROM event WHERE stream = 'A1/1' AND seq = {last}")
    assert verify(ledger).breaks == (Discrepancy("head", "A1/1", last),)


SNAPSHOTS = {
    "state": "UPDATE enrolment SET state = replace(state, '\"done\"', '\"not_passed\"') WHERE stream = 'A1/1'",
    "status": "UPDATE enrolment SET status = 'interrupted' WHERE stream = 'A1/1'",
    "last": "UPDATE enrolment SET last = '2026-12-24' WHERE stream = 'A1/1'",
    "start": "UPDATE enrolment SET start = NULL WHERE stream = 'A1/1'",
    "recorded": "UPDATE enrolment SET recorded = '' WHERE stream = 'A1/1'",
}


@pytest.mark.parametrize("what", SNAPSHOTS)
def test_a_snapshot_that_the_log_does_not_add_up_to_is_named(ledger: SqlLedger, what: str) -> None:
    tamper(ledger, SNAPSHOTS[what])
    assert [(one.code, one.stream, one.what) for one in verify(ledger).breaks] == [("snapshot", "A1/1", what)]


def test_the_snapshot_of_a_track_is_held_against_its_log_too(ledger: SqlLedger) -> None:
    tamper(ledger, "UPDATE track SET state = '[]' WHERE id = 'kö'")
    assert verify(ledger).breaks == (Discrepancy("snapshot", "track/kö", 1, "state"),)


def test_a_log_without_a_snapshot_is_named(ledger: SqlLedger) -> None:
    tamper(ledger, "DELETE FROM enrolment WHERE stream = 'D4/1'")
    assert Discrepancy("no_snapshot", "D4/1", len(ledger.events("D4/1"))) in verify(ledger).breaks


@pytest.mark.parametrize("instead", ["replace(compiled, 'Kartläggning', 'Möte')", "'{'", "'[1.5]'", "compiled || '{}'"])
def test_a_version_changed_after_it_was_applied_is_named(ledger: SqlLedger, instead: str) -> None:
    tamper(ledger, f"UPDATE track_version SET compiled = {instead} WHERE track = 'bygg'")
    assert verify(ledger).breaks == (Discrepancy("version", "bygg", 1),)


def test_only_the_streams_asked_for_are_looked_at(ledger: SqlLedger) -> None:
    tamper(ledger, LOG["actor"][0])
    assert verify(ledger, ["B2/1", "track/bygg"]).sound
    assert verify(ledger, ["B2/1", "A1/1"]).breaks == (Discrepancy("changed", "A1/1", 2),)
    assert verify(ledger, []).streams == 0


def test_a_flipped_byte_is_found(ledger: SqlLedger) -> None:
    ledger.engine.dispose()
    with sqlite3.connect(ledger.path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    content = ledger.path.read_bytes()
    for place in (content.index(b"Anna Ek"), content.rindex(b"waitlisted"), content.rindex(b"B2/1"), content.index(b'"svenska":"A"') + 12):
        ledger.path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert found_damage(ledger.path)


def test_a_byte_flipped_anywhere_is_found_or_leaves_every_event_as_it_was(ledger: SqlLedger) -> None:
    ledger.engine.dispose()
    with sqlite3.connect(ledger.path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = other.execute(EVERY_EVENT).fetchall()
    other.close()
    content, chance = ledger.path.read_bytes(), random.Random(FLIPS)
    for place in (chance.randrange(len(content)) for _ in range(FLIPS)):
        ledger.path.write_bytes(content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :])
        if not found_damage(ledger.path):
            with sqlite3.connect(f"file:{ledger.path}?mode=ro", uri=True) as other:
                assert other.execute(EVERY_EVENT).fetchall() == before, place
            other.close()


def found_damage(path: Path) -> bool:
    try:
        return not verify(SqlLedger(open_database(path, readonly=True))).sound
    except Refusal as refused:
        return refused.code is DATABASE_DAMAGED


def test_verifying_needs_no_right_to_write_and_changes_nothing(ledger: SqlLedger) -> None:
    readonly = SqlLedger(open_database(ledger.path, readonly=True))
    assert verify(readonly).sound
    with pytest.raises(Exception, match="may not be written"):
        readonly.write("INSERT INTO employer (id, name) VALUES (?, ?)", [("a", "b")])


# The outside copy


def test_the_exported_heads_are_those_of_the_log(ledger: SqlLedger) -> None:
    exported = json.loads(export(ledger))
    assert exported["heads"]["A1/1"] == [ledger.events("A1/1")[-1].seq, ledger.events("A1/1")[-1].hash.hex()]
    assert set(exported["heads"]) == {"A1/1", "B2/1", "C3/1", "D4/1", "track/bygg", "track/kö"}
    assert against(ledger, export(ledger)) == []


def test_what_is_written_later_does_not_matter_to_an_older_copy(ledger: SqlLedger) -> None:
    exported = export(ledger)
    advance(ledger, MONDAY + timedelta(days=200))
    assert export(ledger) != exported
    assert against(ledger, exported) == []


def test_a_tail_removed_with_its_snapshot_is_found_by_the_outside_copy_alone(ledger: SqlLedger) -> None:
    exported = export(ledger)
    last = ledger.events("C3/1")[-1]
    before = ledger.events("C3/1")[-2]
    tamper(ledger, f"DELETE FROM event WHERE stream = 'C3/1' AND seq = {last.seq}")
    row = ledger.load(["C3/1"])[0]
    row.seq, row.head = before.seq, before.hash
    ledger.save([row], [])
    assert verify(ledger).breaks[0].code == "snapshot"
    assert against(ledger, exported) == [Discrepancy("tail", "C3/1", last.seq)]


def test_a_stream_that_is_gone_altogether_is_found_by_the_outside_copy(ledger: SqlLedger) -> None:
    exported = export(ledger)
    last = ledger.events("D4/1")[-1].seq
    tamper(ledger, *(f"DELETE FROM {table} WHERE stream = 'D4/1'" for table in ("event", "enrolment", "claim", "todo")))
    assert verify(ledger).sound
    assert against(ledger, exported) == [Discrepancy("tail", "D4/1", last)]


def test_a_rewritten_history_is_found_by_the_outside_copy(ledger: SqlLedger) -> None:
    exported = json.loads(export(ledger))
    head = exported["heads"]["A1/1"]
    other = {**exported["heads"], "A1/1": [head[0], sha256(b"x").hexdigest()]}
    exported |= {"heads": other, "root": merkle_root([(s, q, bytes.fromhex(h)) for s, (q, h) in other.items()]).hex()}
    assert against(ledger, json.dumps(exported)) == [Discrepancy("replaced", "A1/1", head[0])]


def wrong_root(exported: dict[str, Any]) -> None:
    exported["root"] = "00" * 32


def left_out(exported: dict[str, Any]) -> None:
    del exported["heads"]["A1/1"]


def wrong_format(exported: dict[str, Any]) -> None:
    exported["format"] = "other"


@pytest.mark.parametrize("change", [wrong_root, left_out, wrong_format])
def test_a_copy_that_was_itself_changed_is_refused(ledger: SqlLedger, change: Callable[[dict[str, Any]], None]) -> None:
    exported = json.loads(export(ledger))
    change(exported)
    with raises_code(EXPORT_UNREADABLE):
        against(ledger, json.dumps(exported), "heads.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"heads": 1}', '{"heads": {"a": 1}, "root": ""}', "\x00"])
def test_a_file_that_is_no_copy_is_refused(ledger: SqlLedger, text: str) -> None:
    with raises_code(EXPORT_UNREADABLE) as refused:
        against(ledger, text, "heads.json")
    assert "heads.json" in str(refused.value)
    assert refused.value.exit_code == 2


def test_the_root_depends_on_every_stream_and_on_no_order() -> None:
    heads = [(f"A{number}/1", number, bytes([number]) * 32) for number in range(1, 12)]
    roots = {merkle_root(heads[:count]) for count in range(12)}
    assert len(roots) == 12
    assert merkle_root(reversed(heads)) == merkle_root(heads)
    assert merkle_root([*heads[:-1], ("A11/1", 12, heads[-1][2])]) != merkle_root(heads)


def test_a_root_once_published_stays_what_it_was() -> None:
    heads = [("A1/1", 1, bytes(32)), ("B2/1", 2, bytes(32))]
    assert merkle_root(heads).hex() == "13f9d207a7088c482a3a6724b8337ae6b85c08ee4d26bfd52a153425019a1007"


def test_a_row_that_refers_to_nothing_is_found_and_told_in_both_languages(ledger: SqlLedger) -> None:
    with closing(sqlite3.connect(ledger.path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("UPDATE enrolment SET person = 'nobody'")
        raw.commit()
    (found,) = verify(ledger, None).breaks
    assert (found.code, found.what) == ("dangling", "enrolment")
    assert "tabellen enrolment" in found.message("sv")
    assert "table enrolment" in found.message("en")
