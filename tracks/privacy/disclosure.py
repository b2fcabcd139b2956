"""The one door through which somebody is shown: `opened` writes that it happened, and answers what whoever shows it asks for.

Who a participant is, and the free texts about her, are read by a named person for a purpose, and each reading is an event of the log.
Where the event cannot be written nothing is opened.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, final

from tracks.privacy.unlocked import kept_identities, kept_notes
from tracks.recording.references import record_disclosed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracks.clock import Clock
    from tracks.events.snapshots import Enrolment
    from tracks.privacy.vault import Identity, Vault
    from tracks.recording.operations import Recorded
    from tracks.storage.ledger import SqlLedger

_DOOR: Final = object()


class Purpose(StrEnum):
    """What is opened, and so why: to know who somebody is, or to read what was written of her."""

    IDENTITY = "identity"
    NOTES = "note"


class Reader(NamedTuple):
    """Who opens, by which clock, and to whom it is shown where that is somebody else."""

    clock: Clock
    actor: str
    to: str | None = None


@final
@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Opened:
    """What was locked, opened for a purpose and a reader. Nothing but `opened` makes one, and no `repr`, log or fault holds it.

    `identities` are what is kept of who somebody is, `notes` the free texts by stream and number of event, `recorded` the events that
    say that it was opened.
    """

    door: InitVar[object]
    purpose: Purpose
    reader: Reader
    identities: tuple[Identity, ...] = ()
    notes: Mapping[tuple[str, int], str]
    recorded: Sequence[Recorded] = ()

    def __post_init__(self, door: object) -> None:
        if door is not _DOOR:
            raise TypeError("what is locked is opened by tracks.privacy.disclosure.opened alone")


def opened(ledger: SqlLedger, vault: Callable[[], Vault], reader: Reader, streams: Sequence[str], purpose: Purpose) -> Opened:
    """Open what is locked of a participant, and record that it was; what is not there is no reading.

    Args:
        ledger: Where it is kept, and where the event is written.
        vault: Opens what unlocks, with the key of the workspace.
        reader: Who opens it, and to whom it is shown.
        streams: Her enrolments.
        purpose: Whether it is who she is, or the free texts beside the events of these enrolments.

    Returns:
        What was opened, after it was written that it was.

    Raises:
        Refusal: The key is missing or wrong, or the event cannot be written; nothing is opened.

    """
    with ledger.transaction():
        hers = ledger.load(streams)
        who = _identities(ledger, vault, hers) if purpose is Purpose.IDENTITY else ()
        notes = _notes(ledger, vault, hers) if purpose is Purpose.NOTES else {}
        read = {stream for stream, _ in notes}
        # Who she is all of her enrolments tell; what was written of her, those beside whose events it stands.
        shown = hers if who else [one for one in hers if one.stream in read]
        said = {"fields": _fields(who) if who else [str(purpose)], **({"to": reader.to} if reader.to else {})}
        recorded = record_disclosed(ledger, reader.clock, reader.actor, shown, said)
    return Opened(door=_DOOR, purpose=purpose, reader=reader, identities=who, notes=notes, recorded=recorded)


def _identities(ledger: SqlLedger, vault: Callable[[], Vault], hers: Sequence[Enrolment]) -> tuple[Identity, ...]:
    """What is kept of who she is, under each reference that is hers."""
    names = dict.fromkeys(name for one in hers for name in ledger.names_of(one.ref))
    return tuple(kept_identities(ledger, vault, names).values())


def _notes(ledger: SqlLedger, vault: Callable[[], Vault], hers: Sequence[Enrolment]) -> dict[tuple[str, int], str]:
    return {(one.stream, seq): text for one in hers for seq, text in kept_notes(ledger, vault, one.stream).items()}


def _fields(who: Sequence[Identity]) -> list[str]:
    """What of an identity there was to see."""
    return [name for name in ("name", "number", "former", "contact", "protected") if any(getattr(one, name) for one in who)]
