"""Ports: what deciding and recording ask of whatever keeps the data, so that neither knows a store.

`tracks.storage.ledger` implements them on SQL, `tracks.storage.memory_ledger` on lists, `tracks.recording.write_buffer`
over one of the two. `present.Present` is one that nobody can read behind its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from tracks.engine.context.plan import Plan
    from tracks.events.event import Event
    from tracks.events.outbox import Posted
    from tracks.events.snapshots import Claim, Enrolment, TrackRow


class Versions(Protocol):
    """What a view is made from."""

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding."""

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """Some enrolments, by stream; those that do not exist are left out."""


class Ledger(Protocol):
    """What the slice loop needs of a store; `tracks.storage.ledger` is one on SQL, `tracks.storage.memory_ledger` one on lists."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, alone among writers; an inner one joins the outer."""

    def track(self, track: str) -> TrackRow | None:
        """The snapshot of a track."""

    def plan(self, track: str, version: int) -> Plan:
        """A version of a track, ready for deciding."""

    def unit(self, track: str, coming: Collection[Plan] = ()) -> tuple[str, ...]:
        """The tracks that are one unit of work with this one, in order of id; as it will be with versions that come beside those here."""

    def due(self, tracks: Sequence[str], until: date, limit: int, shard: tuple[int, int] | None = None) -> list[Enrolment]:
        """The first enrolments due on a day or before it.

        Args:
            tracks: The ids of tracks.
            until: The last day that counts.
            limit: How many at most.
            shard: (number, of how many): only these shards.

        Returns:
            Snapshots by day and stream.

        """

    def least_due(self, tracks: Sequence[str], until: date) -> date | None:
        """The least due of the enrolments; where none is due by a day, a later one or nothing."""

    def load(self, streams: Sequence[str]) -> list[Enrolment]:
        """The snapshots of some streams."""

    def claims(self, track: str) -> list[tuple[str, Claim]]:
        """All claims of a track."""

    def events(self, stream: str) -> list[Event]:
        """The log of a stream."""

    def members(self, track: str, statuses: Collection[str]) -> list[str]:
        """The streams of a track in some statuses."""

    def ahead(self, track: str, day: date) -> list[str]:
        """The streams of a track in which something of a later day stands."""

    def wake(self, streams: Collection[str], day: date) -> None:
        """Let streams be decided again from a day."""

    def save(self, enrolments: Sequence[Enrolment], events: Sequence[Event], tracks: Sequence[TrackRow] = ()) -> None:
        """Write events, snapshots, claims and todos together.

        Args:
            enrolments: The snapshots that moved.
            events: The new events, in order within each stream.
            tracks: The snapshots of tracks that moved.

        """


class Book(Ledger, Protocol):
    """A ledger in which people write."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Read from one state, while others go on writing."""

    def tracks(self) -> list[str]:
        """The ids of all tracks."""

    def put_plan(self, plan: Plan, source: str = "", labels: str = "") -> None:
        """Keep a version of a track.

        Args:
            plan: The version, ready for deciding.
            source: The author's text.
            labels: The names that reading needs, as JSON.

        """

    def enrolments_of(self, ref: str) -> list[Enrolment]:
        """All enrolments of a participant, oldest first."""

    def latest(self, track: str) -> str:
        """The instant that was recorded last of any enrolment of a track, or nothing."""

    def letters_of(self, stream: str) -> list[Posted]:
        """The letters of a stream, and how they stand."""

    def keyed(self, stream: str, key: str) -> Event | None:
        """The event that a caller's key stands on."""

    def reserve(self, ref: str) -> int:
        """The number of the next enrolment of a participant."""
