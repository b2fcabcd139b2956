"""How far long work has come: whoever works tells it, and whoever asked for the work may show it.

The work knows nothing of a terminal. It names the stage that it is at, and each piece that is done; telling a piece costs far less than a
microsecond, so that it may be told of every row.
"""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class Stage(StrEnum):
    """What is being done; the command line has words for each, `stage.NAME`, which may name what it is done to."""

    STARTING = auto()
    READING_FILE = auto()
    CHECKING_FILES = auto()
    CHECKING_ROWS = auto()
    TRYING_CASES = auto()
    CATCHING_UP = auto()
    WRITING_ROWS = auto()
    SAVING = auto()
    ADVANCING = auto()
    EXAMINING_DATABASE = auto()
    VERIFYING = auto()
    COMPARING_HEADS = auto()
    UNLOCKING = auto()
    REBUILDING = auto()
    READING_LOGS = auto()
    COUNTING = auto()
    WRITING_FILE = auto()
    EXPORTING = auto()
    COPYING = auto()
    UPGRADING = auto()
    LIVING_MONTHS = auto()


class WorkProgress:
    """Hears how far work has come. This one, `SILENT`, shows nothing; one that shows something keeps what it hears."""

    def begin(self, stage: Stage, total: int | None = None, what: str = "") -> None:
        """Tell that a stage begins.

        Args:
            stage: The stage.
            total: How many pieces it has, where that is known.
            what: What it is done to: a file, a track. Never a text about a person.

        """

    def reach(self, done: int) -> None:
        """Tell how many pieces of the stage are done so far."""

    def count(self, more: int = 1) -> None:
        """Tell that so many more pieces are done."""

    def each(self, pieces: Iterable[T], stage: Stage, total: int | None = None, what: str = "") -> Iterator[T]:
        """Hand on pieces one by one, and tell of each when the next is asked for.

        Args:
            pieces: The pieces.
            stage: The stage that they are worked on in.
            total: How many they are, where that is known.
            what: As in `begin`.

        """
        self.begin(stage, total, what)
        for piece in pieces:
            yield piece
            self.count()


SILENT = WorkProgress()
