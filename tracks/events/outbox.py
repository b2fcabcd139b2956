"""Letters in the outbox: what becomes of one whose cause is put right, by what the log says. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tracks.events.fold import roots, standing
from tracks.events.kinds.table import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracks.events.event import Event

PENDING: Final = "pending"  # to be sent
SENDING: Final = "sending"  # handed over; found so after a crash, nobody knows whether it left
DONE: Final = "done"
UNSURE: Final = "unsure"  # a person looks
VOID: Final = "void"  # what caused it was put right before it was sent
STALE: Final = "stale"  # it is out, or may be, and what it says does not hold any more: somebody must say so
TOLD: Final = "told"  # and has


class Letter(NamedTuple):
    """A letter by its key: the event that causes it, and the template."""

    stream: str
    seq: int
    template: str


class Posted(NamedTuple):
    """A letter and how it stands."""

    letter: Letter
    state: str


def touched(events: Iterable[Event]) -> set[str]:
    """The streams in which something was said that letters must be held against."""
    return {e.stream for e in events if e.kind in (WITHDRAWN, "corrected") or (e.kind == "contacted" and "letter" in e.data)}


def settled(posted: Iterable[Posted], log: Sequence[Event], new: Iterable[Event]) -> Iterator[Posted]:
    """The letters of one stream that stand otherwise once new events are in its log.

    Args:
        posted: the letters as they stood.
        log: the whole stream, the new events in it.
        new: the new events.

    Returns:
        Only those that changed, with how they stand now.

    """
    root = roots(log)
    changed = {root[event.seq] for event in new if event.seq in root}
    stands = {event.seq for event, _ in standing(log)}
    told = told_of(log)
    for one in posted:
        seq, state = one.letter.seq, one.state
        if state in (PENDING, VOID):
            # One that is still to be sent will say what stands then.
            state = PENDING if seq in stands else VOID
        elif state in (STALE, TOLD) or seq in changed:
            state = TOLD if seq in told else STALE
        if state != one.state:
            yield one._replace(state=state)


def told_of(log: Sequence[Event]) -> dict[int, int]:
    """The events of which somebody has said that their letters do not hold, and where: said after they were last put right."""
    latest = {of: right for right, of in roots(log).items()}
    contacts = ((e.data["letter"], e.seq) for e, _ in standing(log) if e.kind == "contacted" and "letter" in e.data)
    return {letter: seq for letter, seq in contacts if seq > latest.get(letter, 0)}
