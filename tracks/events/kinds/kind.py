"""What is true of a kind of event, and how it comes into the table."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tracks.events.event import ENGINE_ACTOR
from tracks.events.kinds.data import Data
from tracks.events.status import UNDER_WAY, Status

if TYPE_CHECKING:
    from collections.abc import Callable


class Group(StrEnum):
    """What an event is to the log, which decides who may write it: a fact a named person, everything else the engine."""

    FACT = "fact"
    CONSEQUENCE = "consequence"  # of one person alone, and withdrawn when it no longer follows
    GRANT = "grant"  # of something shared, and never of a day before it was given
    WITHDRAWAL = "withdrawal"


# Fields that several kinds set: the value tells which of them did.
TELLING_FIELDS: Final = frozenset({"intake", "close", "proposal"})


class Kind(NamedTuple):
    """One kind of event.

    Attributes:
        name: the kind as it is written in the log.
        group: fact, consequence, grant or withdrawal.
        sets: the field of the fold that an event sets; `{x}` is filled from its data. Empty where the fold has none.
        sets_in_round: the field that it sets instead where its data tells a round of offers.
        data: the class of its typed data.
        of_track: it is written on `track/ID`, not on an enrolment.
        once: of one thing it is said once; of another day, or with other content, it is a correction.
        allowed: the statuses in which a person may report it of an enrolment; empty for all that nobody reports so.
        leads_to: the status of an enrolment whose intake or close this kind set; None where more than the kind decides it.
        firm: among the kinds that set `intake`, the one with the greater number stands, whichever day it is of.
        beside: another field that it sets as well, to the same data.
        beside_unless: the key of the data with which it does not set `beside`.
        marks: a field that says that there is something of this kind at all; what is numbered may have lost any number.
        marks_step: the mark is of the step, and not of the enrolment.
        implies: what its field holds besides the data.
        reminds: it says that something is due or late, and puts nobody anywhere.
        corrects: the fields of its data that a correction may put right.
        gives_facts: its event is where facts of the track become known, and a correction may put those right.
        words: how a row of a file may call it, besides by its words in the catalogue.
        value: the field that the column `value` of such a row says.
        value_needed: such a row must have that column.
        asks: what a command and a row must say besides `value`, by its column: `step`, `reason`, `employer`, `outcome`.
        takes: what they may say as well, likewise, or `facts` or `born`.
        own_words: its reason may be in words of one's own, which become a note.
        in_rows: whether a row of a file can say it; what is more than one row holds has its command only.
        default_reason: the reason that stands where none is given.
        plain: the field where an event sets that one to its data and does nothing else, as most of the log does; filled in by `entry`.

    """

    name: str
    group: Group
    sets: str = ""
    sets_in_round: str = ""
    data: type[Data] = Data
    of_track: bool = False
    once: bool = False
    allowed: frozenset[Status] = frozenset()
    leads_to: Status | None = None
    firm: int = 0
    beside: str = ""
    beside_unless: str = ""
    marks: str = ""
    marks_step: bool = True
    implies: tuple[tuple[str, str], ...] = ()
    reminds: bool = False
    corrects: tuple[str, ...] = ()
    gives_facts: bool = False
    words: tuple[str, ...] = ()
    value: str = ""
    value_needed: bool = True
    asks: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    own_words: bool = False
    in_rows: bool = True
    default_reason: str = ""
    plain: str = ""

    @property
    def is_fact(self) -> bool:
        """Whether a named person says it."""
        return self.group is Group.FACT

    @property
    def actor(self) -> str:
        """Who writes it: `engine`, or empty for a named person."""
        return "" if self.is_fact else ENGINE_ACTOR

    @property
    def admitted_only(self) -> bool:
        """Whether it can only be reported of one who has come in, and so of no day before that."""
        return bool(self.allowed) and self.allowed <= UNDER_WAY

    @property
    def tells_kind(self) -> bool:
        """Whether the value of its field says which kind set it."""
        return self.sets in TELLING_FIELDS


# In the order in which people are told of kinds.
ENTRIES: Final[dict[str, Kind]] = {}
_Typed = TypeVar("_Typed", bound=type[Data])


def entry(kind: Kind) -> Callable[[_Typed], _Typed]:
    """Put a kind into the table; decorates the class of its data. Raises ValueError for a name that is taken."""

    def enter(data: _Typed) -> _Typed:
        if kind.name in ENTRIES:
            raise ValueError(f"two kinds are called {kind.name}")
        data.kind = kind.name
        more = "{" in kind.sets or kind.tells_kind or kind.beside or kind.marks or kind.implies
        ENTRIES[kind.name] = kind._replace(data=data, plain="" if more else kind.sets)
        return data

    return enter
