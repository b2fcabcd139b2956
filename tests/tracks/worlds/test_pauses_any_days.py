"""A pause of any number of days, in any season: nothing is shorter for it, what is held stays held, and nothing begins (rule R5)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.loading.loader import load_text
from definitions.model.calendar import roll
from tests.tracks.worlds import shapes, worlds
from tests.tracks.worlds.shapes import FIRST
from tests.tracks.worlds.test_pauses import NOT_HERE, fact
from tracks.engine.rules.admission import claim_intake_place
from tracks.events.fold import paused_since, standing
from tracks.recording import operations
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from definitions.model.track import Track
    from tracks.events.snapshots import Enrolment


RUNNING = """
track: tider
name: Tider
type: förberedande spår
owner: enheten
steps:
  - {id: dagar, type: insats, name: Dagar, after: admission, length: 17 days}
  - {id: veckor, type: insats, name: Veckor, after: admission, length: 3 weeks}
  - {id: arbetsdagar, type: insats, name: Arbetsdagar, after: admission, length: 11 working days}
  - {id: månad, type: insats, name: Månad, after: admission, length: 1 month}
  - {id: början, type: insats, name: Början, after: admission, start_within: 8 working days, length: 1 week}
  - {id: vila, type: stöd, name: Vila, after: admission, length: 15 days}
  - {id: månadsstöd, type: stöd, name: Månadsstöd, after: admission, length: 1 month}
  - {id: kontakt, type: insats, name: Kontakt, after: admission, contact_every: 18 days}
"""


@cache
def running() -> Track:
    loaded = load_text(RUNNING)
    assert loaded.track, loaded.diagnostics
    return loaded.track


def ran(begin: date, parts: Sequence[tuple[date, date]]) -> MemoryLedger:
    """One who began everything on a day, and was away in some periods."""
    book = MemoryLedger()
    first = worlds.clock(begin)
    worlds.put_in_force(book, first, "Ann", running(), b"t".ljust(32), "")
    worlds.enrol(book, first, "Ann", "tider", worlds.Referral("p0", begin))
    for first_day, back in parts:
        fact("paused", first_day)(book, worlds.clock(first_day))
        fact("resumed", back)(book, worlds.clock(back))
    worlds.end(book, begin + timedelta(days=130))
    return book


def last_days(book: MemoryLedger) -> dict[tuple[str, str], date]:
    """The last day of the first deadline of each kind and step, and the day on which each step ended by itself."""
    days: dict[tuple[str, str], date] = {}
    for event, _ in standing(book.log["p0/1"]):
        if event.kind == "deadline_missed" and event.data.get("n", 1) == 1:
            days[event.step, event.data["what"]] = date.fromisoformat(event.data["last"])
        elif event.kind == "step_completed":
            days[event.step, "end"] = event.effective
    return days


def could_be(before: date, later: timedelta) -> set[date]:
    """The days that a deadline can have moved to: a working day, and it may have lain on one of the free days before."""
    planned = [before]
    while roll(planned[-1] - timedelta(days=1)) == before:
        planned.append(planned[-1] - timedelta(days=1))
    return {roll(day + later) for day in planned}


@given(
    begin=st.dates(date(2026, 1, 1), date(2027, 12, 31)), after=st.integers(1, 45),
    lengths=st.lists(st.integers(1, 9), min_size=1, max_size=4), gap=st.integers(0, 2),
)  # fmt: skip
def test_every_running_length_and_deadline_is_longer_by_the_days_paused(begin: date, after: int, lengths: list[int], gap: int) -> None:
    parts: list[tuple[date, date]] = []
    for length in lengths:
        first = parts[-1][1] + timedelta(days=gap) if parts else begin + timedelta(days=after)
        parts.append((first, first + timedelta(days=length)))
    ours, theirs = last_days(ran(begin, ())), last_days(ran(begin, parts))
    assert ours.keys() == theirs.keys()
    for what, day in ours.items():
        assert theirs[what] >= day, (what, parts)
        if gap == 0:
            later = timedelta(days=sum(lengths))
            # A step has ended on its last day; a deadline includes the whole of it.
            untouched = day <= parts[0][0] if what[1] == "end" else day < parts[0][0]
            expected = {day} if untouched else {day + later} if what[1] == "end" else could_be(day, later)
            assert theirs[what] in expected, (what, day, theirs[what], parts)


# ---- places, and what would begin


@pytest.mark.parametrize("shape", ["rolling", "dated", "programme"])
def test_in_a_pause_a_place_that_is_held_stays_held_and_nothing_starts(shape: str) -> None:
    seen = [away_among_others(shape, seed) for seed in range(40)]
    assert min(sum(held for held, _ in seen), sum(begun for _, begun in seen)) > 1


def test_a_step_that_begins_in_a_pause_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracks.engine.rules.chain.paused_since", lambda _progress: None)
    with pytest.raises(AssertionError, match="began in the pause"):
        tried("rolling")


def test_a_place_that_is_lost_in_a_pause_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tracks.engine.rules.admission.claim_intake_place",
        lambda context: None if paused_since(context.progress) else claim_intake_place(context),
    )
    with pytest.raises(AssertionError, match="lost a place"):
        tried("rolling")


def tried(shape: str) -> list[tuple[int, int]]:
    return [away_among_others(shape, seed) for seed in range(40)]


def away_among_others(shape: str, seed: int) -> tuple[int, int]:
    """One reports a step while she is away for ten days; answers how many places she held, and how many steps began at once after it."""
    book, tracks, today = MemoryLedger(), shapes.SHAPES[shape](), FIRST + timedelta(days=46)
    said = [one for one in worlds.commands(seed, tracks, people=3, span=75) if one.kind not in NOT_HERE and one.day < today]
    worlds.live(book, tracks, said, worlds.end)
    worlds.end(book, today)
    stream = next((stream for stream, one in sorted(book.enrolments.items()) if one.status == "active" and running_step(one)), None)
    if stream is None:
        return 0, 0
    held, back = holding(book.enrolments[stream]), today + timedelta(days=10)
    speak(book, stream, today, ReportedFact("paused", today, data={"reason": "illness"}))
    speak(
        book,
        stream,
        today + timedelta(days=2),
        ReportedFact("reported", today, running_step(book.enrolments[stream]), data={"result": "done"}),
    )
    for n in range(10):
        worlds.end(book, today + timedelta(days=n))
        now = {one for one in held if not one.startswith("step:")} - holding(book.enrolments[stream])
        assert not now, f"lost a place: {stream} {now}"
    speak(book, stream, back, ReportedFact("resumed", back))
    worlds.end(book, back)
    began = [event.effective for event, _ in standing(book.log[stream]) if event.kind == "step_started" and event.effective > today]
    assert min(began, default=back) >= back, f"began in the pause: {stream} {began}"
    return len(held), len(began)


def speak(book: MemoryLedger, stream: str, day: date, said: ReportedFact) -> None:
    worlds.again(lambda: operations.record_fact(book, worlds.clock(day, 59), "Eva", stream, said))


def running_step(one: Enrolment) -> str:
    return one.step or ""


def holding(one: Enrolment) -> set[str]:
    return {claim.resource for claim in one.claims if claim.state == "holding"}
