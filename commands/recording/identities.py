"""Who an enrolment is of: a reference given, found by number, or drawn; identity goes to its own table and nowhere else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from definitions.model.personal_numbers import new_ref, parse_personal_number, parse_ref

if TYPE_CHECKING:
    from commands.recording.session import WriteSession
    from definitions.model.personal_numbers import PersonalNumber
    from tracks.privacy.vault import Vault


class Told(Protocol):
    """What is said of a person besides her number."""

    @property
    def name(self) -> str | None:
        """The name, where it is said."""

    @property
    def protected(self) -> bool:
        """Whether her identity is protected (skyddade personuppgifter)."""


class Who(Told, Protocol):
    """The same with the number as typed; `-` reads it from standard input."""

    @property
    def number(self) -> str | None:
        """The number."""


class IdentifiedParticipant(NamedTuple):
    """The reference of a participant, the id of her identity, and the month of birth where a number gives it."""

    ref: str
    person: str | None = None
    born: str | None = None
    drawn: bool = False


def identify(session: WriteSession, ref: str | None, who: Who) -> IdentifiedParticipant:
    """The participant that is meant; a new one gets a reference and, if something is said of her, an identity."""
    text = sys.stdin.readline().strip() if who.number == "-" else who.number  # a number in a command line stays in its history
    number = parse_personal_number(text, session.clock.today) if text else None
    person = _person(session, number)
    before = reference_of(session, person) if person and ref is None else None
    given = parse_ref(ref) if ref else before or draw_ref(session)
    if not (who.name or number or who.protected):
        return IdentifiedParticipant(given, None, None, ref is None)
    keep_identity(session, _vault(session), person or given, who, number)
    return IdentifiedParticipant(given, person or given, number.born if number else None, ref is None and before is None)


def draw_ref(session: WriteSession) -> str:
    """A reference that nobody has."""
    while session.ledger.enrolments_of(ref := new_ref(os.urandom)):
        pass
    return ref


def _person(session: WriteSession, number: PersonalNumber | None) -> str | None:
    from tracks.privacy.vault import find_person

    return find_person(session.ledger, _vault(session), number) if number else None


def _vault(session: WriteSession) -> Vault:
    from tracks.privacy.vault import open_vault

    return open_vault(session.ledger, os.urandom)


def reference_of(session: WriteSession, person: str) -> str | None:
    """The reference of a known person, if she was ever enrolled. Identity rows are named by the first reference of the participant."""
    return person if session.ledger.enrolments_of(person) else None


def keep_identity(session: WriteSession, vault: Vault, person: str, who: Told, number: PersonalNumber | None) -> None:
    """Keep what is said of a person now, with what was kept before where nothing is."""
    from tracks.privacy.vault import Identity, identity_of, put_identity

    before = identity_of(session.ledger, vault, person) or Identity("")
    digits = number.digits if number else before.number
    put_identity(
        session.ledger, vault, person, Identity(who.name or before.name, digits, before.contact, who.protected or before.protected)
    )
