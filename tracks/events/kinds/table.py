"""The table of kinds, and what is asked of a kind by its name. What is no kind at all is of no group and sets no field."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tracks.events.kinds import conclusions, facts, track_facts
from tracks.events.kinds.kind import ENTRIES, TELLING_FIELDS, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracks.events.event import Event
    from tracks.events.kinds.data import Data
    from tracks.events.kinds.kind import Kind
    from tracks.events.status import Status

# Everything above is filled in by the modules of entries, which are imported here so that whoever has the table has all of it.
KINDS: Final[Mapping[str, Kind]] = ENTRIES
CORRECTED: Final = facts.Corrected.kind
WITHDRAWN: Final = conclusions.Withdrawn.kind
# What was done beside the log cannot be put right in it.
DONE_BESIDE: Final = frozenset(
    data.kind for data in (facts.Disclosed, facts.Merged, facts.Renumbered, facts.IdentityProtected, facts.NoteErased)
)
# What is put right by saying the next one, and never taken back.
OF_A_VERSION: Final = frozenset({track_facts.Applied.kind})
# The facts about one start: they wake its members, and are not taken of one that has passed.
OF_A_START: Final = frozenset(data.kind for data in (track_facts.StartCancelled, track_facts.StartPostponed, track_facts.StartConfirmed))
# An offer, the answers to it, and that nobody answered.
OF_AN_OFFER: Final = frozenset(kind.name for kind in KINDS.values() if kind.sets == "intake")
# What ends an enrolment, and takes back an offer that nobody has answered.
OF_AN_END: Final = frozenset(kind.name for kind in KINDS.values() if "close" in (kind.sets, kind.beside))


def is_fact(kind: str) -> bool:
    """Whether a named person reports it."""
    return kind in KINDS and KINDS[kind].is_fact


def is_consequence(kind: str) -> bool:
    """Whether the engine concludes it of one person alone."""
    return kind in KINDS and KINDS[kind].group is Group.CONSEQUENCE


def is_grant(kind: str) -> bool:
    """Whether the engine gives it of something shared."""
    return kind in KINDS and KINDS[kind].group is Group.GRANT


def is_of_track(kind: str) -> bool:
    """Whether it is written on a track, not on an enrolment."""
    return kind in KINDS and KINDS[kind].of_track


def is_correctable(kind: str) -> bool:
    """Whether it is a fact that a correction names: a correction of a correction is one of the fact."""
    return is_fact(kind) and kind != CORRECTED and kind not in DONE_BESIDE


def allowed(kind: str, status: Status) -> bool:
    """Whether a person may report this kind of fact of an enrolment in this status."""
    return kind in KINDS and status in KINDS[kind].allowed


def reportable() -> Iterator[Kind]:
    """The kinds that a person reports of an enrolment that is there, in the order in which people are told of them."""
    return (kind for kind in KINDS.values() if kind.allowed)


def sayable() -> Iterator[Kind]:
    """The kinds of those that a row of a file can say too."""
    return (kind for kind in reportable() if kind.in_rows)


def field_name(kind: str, data: Mapping[str, Any]) -> str:
    """The name of the field that an event of this kind sets; empty where it sets none."""
    found = KINDS.get(kind)
    pattern = "" if found is None else found.sets_in_round if found.sets_in_round and "round" in data else found.sets
    return pattern.format_map(_WithBlanks(data)) if "{" in pattern else pattern


class _WithBlanks(dict[str, Any]):
    """What was said; what was left out counts as empty."""

    def __missing__(self, key: str) -> str:
        return ""


def kind_that_set(field: str, value: Mapping[str, Any]) -> str:
    """The kind whose event set a field, by the name of the field without what follows its colon. Raises StopIteration for no field."""
    if field in TELLING_FIELDS:
        return str(value["kind"])
    return _setter(field)


@lru_cache(maxsize=256)
def _setter(field: str) -> str:
    # Conditions ask it of every field that may say an outcome, each time that they are asked.
    return next(kind.name for kind in KINDS.values() if field in (kind.sets.partition(":")[0], kind.beside))


def check_data(kind: str, data: Mapping[str, Any]) -> None:
    """Hold data against its kind. Raises TypeError, without the data, for what is no kind and for a field that does not fit."""
    if kind not in KINDS:
        raise TypeError(f"no kind: {kind}")
    if misfit := KINDS[kind].data.misfit(data):
        raise TypeError(f"{kind}: {misfit}")


def typed(event: Event) -> Data:
    """The typed data of an event. Raises KeyError for what is no kind, TypeError where the data is not of its kind."""
    return KINDS[event.kind].data.from_json(event.data)
