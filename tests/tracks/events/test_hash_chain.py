"""What an event's hash is made of, byte for byte: written out by hand, since what is stored must verify for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from definitions.loading.loader import load_text
from tracks.engine.context.compiled_track import track_hash
from tracks.events.event import Draft, Event
from tracks.events.hash_chain import append, seal
from tracks.events.snapshots import GENESIS

VERSION = sha256(b"a version").digest()
DAY = date(2026, 9, 7)
WHEN = "2026-09-07T08:00:00.000000Z"

# Each column filled, a key, letters beyond ASCII, nested data; then one that holds nothing and has neither version nor key.
FULL = Event(
    "ÅSA/1", 1, "reported", "språk", 2, DAY, WHEN, "Åsa Ek", 3,
    {"result": "done", "facts": {"svenska": "B", "körkort": True, "timmar": 12}}, "rad-å", b"",
)  # fmt: skip
FULL_TEXT = (
    '["ÅSA/1",1,"reported","språk",2,"2026-09-07","2026-09-07T08:00:00.000000Z","Åsa Ek",'
    f'"{VERSION.hex()}",'
    '{"facts":{"körkort":true,"svenska":"B","timmar":12},"result":"done"},"rad-å"]'
)
EMPTY = Event("ÅSA/1", 2, "interested", "", 0, DAY, WHEN, "Åsa Ek", None, {}, None, b"")
EMPTY_TEXT = '["ÅSA/1",2,"interested","",0,"2026-09-07","2026-09-07T08:00:00.000000Z","Åsa Ek",null,{},null]'
FULL_HASH = "4b20f401acaa7dd1062c64992d4b903a5cad3a86f2a3c4f6167d78eebaf6b0c5"
EMPTY_HASH = "65e0d6a78c352d424dce4bef647fa3fd6d1896302573b10d2bc184a0e1325f41"


def by_hand(text: str, before: bytes) -> bytes:
    return sha256(b"jobbspar-event-1\x00" + text.encode() + before).digest()


def test_the_hash_of_an_event_is_that_of_its_columns_in_order_and_of_the_hash_before_it() -> None:
    first = seal(FULL, VERSION, GENESIS)
    second = seal(EMPTY, None, first)
    assert (first, second) == (by_hand(FULL_TEXT, bytes(32)), by_hand(EMPTY_TEXT, first))
    assert (first.hex(), second.hex()) == (FULL_HASH, EMPTY_HASH)


@dataclass
class Head:
    """The end of a stream."""

    stream: str = "ÅSA/1"
    seq: int = 0
    head: bytes = GENESIS
    recorded: str = ""


def test_what_is_appended_is_chained_to_what_stands_before_it() -> None:
    head = Head()
    drafts = [Draft(FULL.kind, DAY, FULL.step, FULL.attempt, FULL.data)]
    (first,) = append(head, drafts, actor="Åsa Ek", recorded=WHEN, version=3, track_hash=VERSION, key="rad-å")  # type: ignore[arg-type]
    (second,) = append(head, [Draft("interested", DAY)], actor="Åsa Ek", recorded=WHEN, version=None, track_hash=None)  # type: ignore[arg-type]
    assert (first.hash.hex(), second.hash.hex()) == (FULL_HASH, EMPTY_HASH)
    assert (head.seq, head.head) == (2, second.hash)


OTHERWISE: dict[str, dict[str, Any]] = {
    "stream": {"stream": "ÅSA/2"},
    "seq": {"seq": 2},
    "kind": {"kind": "stated"},
    "step": {"step": "språk2"},
    "attempt": {"attempt": 1},
    "effective": {"effective": date(2026, 9, 8)},
    "recorded": {"recorded": "2026-09-07T08:00:00.000001Z"},
    "actor": {"actor": "Asa Ek"},
    "data": {"data": {"result": "done", "facts": {"svenska": "B", "körkort": True, "timmar": 13}}},
    "key": {"key": "rad-a"},
}


@pytest.mark.parametrize("column", OTHERWISE)
def test_every_column_is_in_the_hash(column: str) -> None:
    assert seal(FULL._replace(**OTHERWISE[column]), VERSION, GENESIS) != seal(FULL, VERSION, GENESIS)


def test_the_version_that_was_in_force_and_what_stood_before_are_in_the_hash() -> None:
    assert len({seal(FULL, VERSION, GENESIS), seal(FULL, None, GENESIS), seal(FULL, VERSION, b"x" * 32)}) == 3


TRACK = """
track: vård
name: Vård
type: jobbspår
owner: enheten
facts: {svenska: [A, B]}
employers: [{id: hemmet, name: Hemmet, agreement: {signed: 2026-01-01}}]
intake: {places: 8, order: [svenska highest first]}
steps:
  - {id: kart, type: kartläggning, length: 2 weeks, gives: [svenska]}
  - {id: praktik, type: praktik, employer: hemmet, length: 6 weeks, when: svenska = B}
follow_up: [3 months after exit]
"""


def test_a_compiled_track_has_the_hash_that_logs_written_before_name() -> None:
    track = load_text(TRACK).track
    assert track is not None
    assert track_hash(track).hex() == "a2ac30e26655174a92914050dcffd46610f1902939c25ae18daab08d03ff2218"
