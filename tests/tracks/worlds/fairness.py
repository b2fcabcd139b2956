"""What is given of shared things, held against the rules of the language without the engine's own help (rules R34 to R40)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from definitions.model.calendar import add, back
from tracks.engine.loop import advance
from tracks.events.ranks import QueueRank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from definitions.model.track import Order, Start, Track
    from tracks.events.event import Event
    from tracks.events.snapshots import Claim, TrackRow
    from tracks.storage.memory_ledger import MemoryLedger

Rows = list[tuple[str, "Claim"]]


def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold everything that is given against the rules from here on."""
    honest: Callable[..., bool] = advance.grant_on_track

    def grant_on_track(ledger: MemoryLedger, row: TrackRow, day: date, recorded: str, counts: Any) -> bool:
        before, lengths = ledger.claims(row.id), {stream: len(log) for stream, log in ledger.log.items()}
        gave = honest(ledger, row, day, recorded, counts)
        new = [event for stream, log in ledger.log.items() for event in log[lengths.get(stream, 0) :]]
        places_are_given_in_turn(ledger, row, before, [event for event in new if event.kind == "place_given"])
        nobody_better_waits(ledger, row, day)
        return gave

    monkeypatch.setattr(advance, "grant_on_track", grant_on_track)


def places_are_given_in_turn(book: MemoryLedger, row: TrackRow, before: Rows, given: list[Event]) -> None:
    """No more step places than there are, none left while somebody waits, and who was ready first goes first."""
    track = book.plan(row.id, row.version).track
    lines: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for stream, claim in before:
        if claim.state == "waiting" and claim.resource.startswith("step:"):
            lines[claim.resource].append((claim.since, key(book, track, stream, ""), stream, claim.attempt))
    took = {(event.stream, event.step, event.attempt) for event in given}
    for resource, line in lines.items():
        free = max(0, places_of(book, row, resource) - sum(1 for _, c in before if c.resource == resource and c.state == "holding"))
        wanted = {(stream, resource.split(":")[1], attempt) for _, _, stream, attempt in sorted(line)[:free]}
        assert {one for one in took if one in {(s, resource.split(":")[1], n) for _, _, s, n in line}} == wanted, (resource, line, free)
    assert len(took) == len(given)


def places_of(book: MemoryLedger, row: TrackRow, resource: str) -> int:
    """The places of the version in force, or of the last that had the step."""
    _, name, *employer = resource.split(":")
    for version in range(row.version, 0, -1):
        step = book.plan(row.id, version).steps.get(name)
        if step:
            return step.employer_places.get(employer[0], 0) if employer else step.places or 0
    raise AssertionError(resource)


def nobody_better_waits(book: MemoryLedger, row: TrackRow, day: date) -> None:
    """Exactly the best of those who wait are proposed, for the earliest start that has room, and never more than there is room for."""
    track = book.plan(row.id, row.version).track
    claims = [(s, c) for s, c in book.claims(row.id) if not c.resource.startswith(("step:", "subject:"))]
    left = {stream: claim.rank.start for stream, claim in claims if isinstance(claim.rank, QueueRank)}
    proposed = {stream: claim.resource for stream, claim in claims if claim.state == "proposed"}
    for name, places in open_starts(row, track, day):
        resource = f"start:{name}" if name else "intake"
        line = sorted((key(book, track, stream, name), stream) for stream, fixed in left.items() if fixed in ("", name))
        free = len(line) if places is None else max(0, places - sum(1 for _, c in claims if (c.resource, c.state) == (resource, "holding")))
        best = {stream for _, stream in line[:free]}
        assert {stream for stream, wanted in proposed.items() if wanted == resource} == best, (day, resource, line, free, proposed)
        left = {stream: fixed for stream, fixed in left.items() if stream not in best}
        proposed = {stream: wanted for stream, wanted in proposed.items() if wanted != resource}
    assert not proposed, (day, proposed)


def open_starts(row: TrackRow, track: Track, day: date) -> Iterator[tuple[str, int | None]]:
    """The starts for which people are proposed on a day, earliest first, with their places."""
    intake = track.intake
    if intake.rolling:
        first, until = track.period.first, track.period.until
        if intake.places is not None and (not first or first <= day) and (not until or day < until):
            yield "", intake.places
        return
    dated = [(_begins(row, start, day), start) for start in intake.starts]
    for begins, start in sorted(dated, key=lambda one: (one[0], one[1].date)):
        end = add(begins, intake.join_within) if intake.join_within else begins
        if _said(row, f"cancelled:{start.date}", day) or not back(begins, intake.offer_before_start) <= day < end:
            continue
        if _agreed(row, track, start, day):
            yield start.date.isoformat(), intake.places if start.places is None else start.places


def _said(row: TrackRow, name: str, day: date) -> Any:
    field = row.state.get(name)
    return field.value if field and field.effective <= day else None


def _begins(row: TrackRow, start: Start, day: date) -> date:
    moved = _said(row, f"postponed:{start.date}", day)
    return date.fromisoformat(moved["to"]) if moved else start.date


def _agreed(row: TrackRow, track: Track, start: Start, day: date) -> bool:
    employers = [one for one in track.employers if not start.employers or one.id in start.employers]
    signed = [
        one.agreement.signed
        for one in employers
        if one.agreement and one.agreement.signed and _said(row, f"withdrew:{one.id}", day) is None
    ]
    return not employers or any(one <= day for one in signed)


def key(book: MemoryLedger, track: Track, stream: str, start: str) -> list[Any]:
    """What the order of the queue compares, told from the facts alone; the enrolment number breaks the last tie."""
    order = [_criterion(book, track, stream, start, one) for one in track.intake.order]
    if not any(one.by == "referral" for one in track.intake.order):
        order.append((0, book.enrolments[stream].progress.on("referred")))
    return [*order, stream]


def _criterion(book: MemoryLedger, track: Track, stream: str, start: str, one: Order) -> tuple[Any, ...]:
    progress = book.enrolments[stream].progress
    if one.by == "precedence":
        return (0, "precedence" not in progress.value("referred"))
    if one.by == "lottery":
        return (0, sha256(f"{track.track}\0{start}\0{stream}".encode()).hexdigest())
    if one.by == "referral":
        return (0, progress.on("referred"))
    value = progress.value(f"fact:{one.fact}")
    if value is None:
        return (1,)
    fact = track.facts[one.fact or ""]
    number = fact.choices.index(value) if fact.choices else date.fromisoformat(value).toordinal() if fact.type == "date" else int(value)
    # The longest since is the earliest day.
    return (0, -number if one.highest_first is not one.days_since else number)
