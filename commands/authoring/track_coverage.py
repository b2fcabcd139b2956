"""Which branches of a track its test cases took, and where in the files the others stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.scenarios.model import TrackSource
    from definitions.source.diagnostics import Span
    from tracks.scenarios.branches import TrackBranch
    from tracks.scenarios.coverage import Coverage

WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class TrackCoverage:
    """The branches of one track: how many there are, and which of them no case took, each with its place."""

    written: TrackSource
    of: int
    left: tuple[TrackBranch, ...]
    places: Mapping[TrackBranch, Span | None]

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return WHOLE * (self.of - len(self.left)) // self.of if self.of else WHOLE


def coverage_of_tracks(tested: Mapping[str, TrackSource], coverage: Coverage) -> Iterator[TrackCoverage]:
    """Compare the branches that cases took with those that each tested track has, in order of id."""
    from tracks.access.views import plan_of
    from tracks.scenarios.branches import list_branches

    for name, written in sorted(tested.items()):
        every = list_branches(plan_of(written.track))
        # Files are tested together, and what one suite takes of a track counts for all of them.
        left = tuple(branch for branch in every if branch not in coverage.taken[name])
        yield TrackCoverage(written, len(every), left, {branch: written.place(every[branch]) for branch in left})
