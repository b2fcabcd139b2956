"""The door of time: a write reads the present, which only the engine's loop makes, and is given nothing else to read from."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tracks.engine.context.ports import Book

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.plan import Plan
    from tracks.events.snapshots import Enrolment


class Present(Book):
    """A book in which whatever is read has been caught up to the clock of the write.

    Each unit of work has its own clock: that of the command or, where the unit has been taken further already, its own last instant.
    Whoever validates, drafts or appends asks for one of these, and makes none.
    """

    @property
    @abstractmethod
    def today(self) -> date:
        """The day of the clock of the command."""

    @abstractmethod
    def clock_of(self, track: str, stream: str = "") -> Clock:
        """The clock to write with on a track; on one where nothing is shared that of the enrolment, or of a new one."""

    @abstractmethod
    def known(self, one: Enrolment, track: str) -> Enrolment | None:
        """An enrolment as a write on a track knows it; None where it was opened later.

        Args:
            one: The enrolment.
            track: The id of the track that is written on, empty where that is not known yet. Of another unit that has been taken
                further than the clock of the command, what stood on the day of that clock is known.

        """

    @abstractmethod
    def version(self, track: str) -> int | None:
        """The number of the version in force, if there is one: what people say changes nothing of it, so nothing is caught up."""

    @abstractmethod
    def catch_up(self, track: str) -> None:
        """Decide all that is due on a track, also of everybody on one where nothing is shared."""

    @abstractmethod
    def join(self, plan: Plan) -> None:
        """Decide all that is due on the tracks that will be one unit when a version is in force, up to the last clock of any of them."""

    @abstractmethod
    def later(self, clock: Clock | None = None) -> Present:
        """The same write at another time, or, without a clock, for the next fact of the same moment.

        Where nothing is shared an enrolment goes on from one fact to the next; what people share waits until all has been said.
        """

    @abstractmethod
    def beside(self, keep: Callable[[], object]) -> None:
        """Do what keeps something beside the log, in the transaction of the write; what is only tried leaves it out."""
