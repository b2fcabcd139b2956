"""The rank of a claim: what the order of a queue compares, or how far a holder has come."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, NamedTuple

from tracks.events.canonical_json import canonical

# (0, value) with the least value first, (1,) for what is unknown, which comes last, and None for the lottery, which is
# drawn for each start anew. A value is a number, of a lot the hexadecimal digest.
Criterion = tuple[int | str, ...] | None


# In place of a start, of one whose proposal is to be taken back: it is claimed still, but in the queue of none.
NO_QUEUE: Final = "-"


class QueueRank(NamedTuple):
    """What the order of the queue compares (rule R38): `criteria` in the order of the track, the day of referral last.

    `start` is the only start that the person waits for (its declared date), or `NO_QUEUE`; empty where any start will do.
    The text, in the column `claim.rank`, is canonical JSON: `[[CRITERION, …], START]`, with a criterion as `[0,VALUE]`, `[1]`
    or `null`, and 0 for an empty start.
    """

    criteria: tuple[Criterion, ...]
    start: str = ""

    def __str__(self) -> str:
        """Return the rank as it is stored."""
        return _text(self)


# Of one who holds something no queue is compared. The text says how she has it: of an intake place `offered`, `accepted`
# or `active`; of a step the step's id; of a run about an employer or a start the day until which it concerns her, nothing
# where none is known, or `MAYBE`.
Rank = QueueRank | str

# A step about an employer or a start may still concern the person: it goes on at least until that is known (rule R32).
MAYBE: Final = "?"


# People with the same facts and day of referral share a rank, and it is written again with every change of the claim.
@lru_cache(maxsize=65_536)
def _text(rank: QueueRank) -> str:
    return _canonical(rank)


def _canonical(rank: QueueRank) -> str:
    return canonical([rank.criteria, rank.start or 0])


@lru_cache(maxsize=65_536)
def parse(text: str) -> Rank:
    """Parse the text of a column; what is not exactly as a queue rank is written stays text, so that verification shows it."""
    if not text.startswith("["):
        return text
    try:
        criteria, start = json.loads(text)
        rank = QueueRank(tuple(None if row is None else tuple(row) for row in criteria), start or "")
        return rank if _canonical(rank) == text else text
    except (ValueError, TypeError):
        return text
