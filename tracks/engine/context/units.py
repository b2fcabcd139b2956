"""Which tracks must be decided together: those that transfer to each other are one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.engine.context.plan import Plan


def units_of(plans: Iterable[Plan]) -> dict[str, tuple[str, ...]]:
    """For each track the ids of its unit, in order; every version counts, because people are pinned to old ones."""
    every = list(plans)
    return units({plan.track.track for plan in every}, local_transfers(every))


def local_transfers(plans: Iterable[Plan]) -> set[tuple[str, str]]:
    """The pairs of tracks (from, to) between which people are transferred."""
    return {(p.track.track, t.to) for p in plans for t in p.track.transfers.values() if t.local}


def units(tracks: Iterable[str], transfers: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The connected groups of tracks."""
    group = {track: {track} for track in tracks}
    for one, other in sorted(transfers):
        if one in group and other in group:
            together = group[one] | group[other]
            for name in together:
                group[name] = together
    return {track: tuple(sorted(members)) for track, members in group.items()}
