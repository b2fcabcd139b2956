"""Two histories that engine 1 decided: what people said in them, command for command; what came of it stands beside, line for line."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tests.tracks.conftest import World
from tests.tracks.worlds.worlds import again
from tracks.events.canonical_json import data_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ALONE: Final = """
track: ensam
facts: {nivå: [A, B], vill: yes/no}
longest: 6 months
steps:
  - {id: kart, type: kartläggning, length: 2 weeks, gives: [nivå]}
  - id: kurs
    type: insats
    name: Kurs
    when: nivå = A
    length: 10 working days
    on_result: {not_passed: {retry: 1, length: 1 week, then: ask}}
  - {id: praktik, type: insats, name: Praktik, length: 4 weeks, contact_every: 2 weeks, on_result: {interrupted: {goto: kart, at_most: 1}}}
  - {id: coach, type: stöd, name: Coach, from: start of praktik, until: 3 weeks after employment}
follow_up: [exit, 1 month]
"""
QUEUE: Final = """
track: kö
type: jobbspår
employers:
  - {id: bygg, name: Bygg, need: {occupation: 7111, positions: 2}, agreement: {signed: 2026-08-01}}
  - {id: hus, name: Hus, agreement: {signed: 2026-08-15}}
facts: {nivå: number}
target_group: {entry: [nivå >= 1]}
intake:
  starts: [{date: 2026-09-21, minimum: 2, places: 3}, 2026-10-19]
  places: 2
  order: [precedence, nivå highest first, lottery]
  answer_within: 5 working days
  join_within: 2 weeks
steps:
  - {id: möte, type: insats, name: Möte, subject: employer, from: admission, length: 1 week}
  - {id: kurs, type: insats, name: Kurs, length: 2 weeks, places: 2}
  - {id: praktik, type: praktik, places: {bygg: 1, hus: 2}, length: 3 weeks}
"""
RECEIVER: Final = """
track: vidare
intake: {places: 1, order: [referral], answer_within: 3 days}
steps: [{id: jobb, type: stöd, name: Jobb, length: 2 weeks}]
"""
Step = tuple[str, "Callable[[World], object]"]


def alone() -> Iterator[Step]:
    yield "2026-09-01", lambda w: w.apply(ALONE)
    for ref, level in {"åsa": "A", "bo": "B", "eva": "A"}.items():
        yield "2026-09-01", partial(World.enrol, ref=ref, vill=True)
        yield "2026-09-10", partial(World.report, step="kart", ref=ref, facts={"nivå": level})
    yield "2026-09-14", lambda w: w.say("paused", ref="åsa", reason="illness", back="2026-09-21")
    yield "2026-09-21", lambda w: w.say("resumed", ref="åsa")
    yield "2026-09-22", lambda w: w.report("kurs", "not_passed", ref="eva", on="2026-09-18")
    yield "2026-09-29", lambda w: w.say("contacted", "praktik", ref="bo")
    yield "2026-10-06", lambda w: w.report("praktik", "interrupted", ref="bo")
    yield "2026-10-07", lambda w: w.correct("eva", "reported", "kart", data={"facts": {"nivå": "B"}})
    yield "2026-10-08", lambda w: w.apply(ALONE.replace("length: 4 weeks", "length: 5 weeks"))
    yield "2026-10-09", lambda w: w.say("lengthened", "kurs", ref="åsa", count=1, unit="weeks", reason="other")
    yield "2026-10-20", lambda w: w.report("kurs", ref="åsa")
    yield "2026-11-02", lambda w: w.say("interrupted", ref="eva", reason="own_wish")
    yield "2026-11-03", lambda w: w.say("outcome", ref="eva", what="work")
    yield "2027-06-01", lambda w: w.advance()


def shared() -> Iterator[Step]:
    yield "2026-08-20", lambda w: w.apply(RECEIVER)
    yield "2026-08-20", lambda w: w.apply(QUEUE + "transfers: {över: {to: vidare}}\n")
    for n, ref in enumerate(("åsa", "bo", "cia", "dan", "eva")):
        facts: dict[str, Any] = {"nivå": n % 3 + 1}
        yield "2026-08-21", partial(World.enrol, ref=ref, track="kö", **facts)
    yield "2026-08-24", lambda w: w.say("accepted", ref="bo")
    yield "2026-09-22", lambda w: w.shared("start_confirmed", track="kö", start="2026-09-21")
    yield "2026-09-23", lambda w: w.say("accepted", ref="cia", on="2026-09-22")
    yield "2026-09-24", lambda w: w.shared("start_cancelled", track="kö", start="2026-10-19", reason="other")
    yield "2026-09-28", lambda w: w.shared("employer_reported", "möte", track="kö", employer="bygg", start="2026-09-21", result="done")
    yield "2026-10-01", lambda w: w.report("kurs", ref="bo")
    yield "2026-10-01", lambda w: w.say("placed", "praktik", ref="bo", employer="bygg")
    yield "2026-10-05", lambda w: w.move("över", ref="cia")
    yield "2026-10-06", lambda w: w.say("accepted", ref="cia/2")
    yield "2026-10-07", lambda w: w.shared("employer_withdrew", track="kö", employer="bygg")
    yield "2026-10-08", lambda w: w.correct("bo", "reported", "kurs", on=date(2026, 9, 30))
    yield "2026-12-01", lambda w: w.advance()


HISTORIES: Final = {"alone": alone, "shared": shared}


def live(name: str, book: Any = None) -> World:
    """Say all of a history at its days, each again until it is not killed."""
    w = World(first="2026-08-01")
    w.book = w.book if book is None else book
    for day, act in HISTORIES[name]():
        w.today = date.fromisoformat(day)
        assert again(partial(act, w)), (day, act)
    return w


def streams(w: World) -> list[str]:
    return sorted([*(f"track/{name}" for name in w.known), *(f"{ref}/{n}" for ref in ("bo", "cia", "dan", "eva", "åsa") for n in (1, 2))])


def lines(w: World) -> list[str]:
    """Every event with all its columns, its hash too."""
    events = (event for stream in streams(w) for event in w.book.events(stream))
    return [" ".join(map(_text, event)) for event in events]


def _text(column: object) -> str:
    if isinstance(column, bytes):
        return column.hex()
    return data_text(column) if isinstance(column, dict) else str(column or "-")
