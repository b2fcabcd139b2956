"""Who an enrolment is of: a reference given, found by number, or drawn; identity goes to its own table and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from commands.app.prompt import typed_line
from definitions.model.personal_numbers import PersonalNumber, new_ref, parse_personal_number, parse_ref

if TYPE_CHECKING:
    from commands.recording.session import WriteSession
    from tracks.privacy.vault import Vault


@dataclass(frozen=True, slots=True, repr=False)
class GivenIdentity:
    """What a command or a row says of who a person is; without a repr, so that no log or fault can hold it.

    `protected` is whether her identity is protected (skyddade personuppgifter).
    """

    name: str | None = None
    number: PersonalNumber | None = None
    protected: bool = False

    def __bool__(self) -> bool:
        return bool(self.name or self.number or self.protected)


class IdentifiedParticipant(NamedTuple):
    """The reference of a participant, the id of her identity, and the month of birth where a number gives it.

    `drawn` is whether the reference was drawn for her just now, so that it has to be told.
    """

    ref: str
    person: str | None = None
    born: str | None = None
    drawn: bool = False


def identify(session: WriteSession, ref: str | None, name: str | None, number: str | None, *, protected: bool) -> IdentifiedParticipant:
    """Find the participant that is meant; a new one gets a reference and, if anything is said of who she is, an identity.

    Args:
        session: the session that refers her.
        ref: the reference, where it is given.
        name: her name, where it is given.
        number: the personal number as typed; `-` reads it from standard input.
        protected: whether her identity is protected.

    Returns:
        Who she is; what was said of her is kept in the table of identities.

    """
    # A number that is typed on the command line stays in the history of the shell, so it can be piped in.
    text = typed_line() if number == "-" else number
    given = GivenIdentity(name, parse_personal_number(text, session.clock.today) if text else None, protected)
    person = _find_person(session, given.number)
    before = reference_of(session, person) if person and ref is None else None
    found = parse_ref(ref) if ref else before or draw_ref(session)
    if not given:
        return IdentifiedParticipant(found, drawn=ref is None)
    keep_identity(session, _vault(session), person or found, given)
    return IdentifiedParticipant(found, person or found, given.number.born if given.number else None, ref is None and before is None)


def draw_ref(session: WriteSession) -> str:
    """Draw a reference that nobody has."""
    while session.ledger.enrolments_of(ref := new_ref(os.urandom)):
        pass
    return ref


def reference_of(session: WriteSession, person: str) -> str | None:
    """The reference of a known person, if she was ever enrolled."""
    # A row of identities is named by the first reference of its participant.
    return person if session.ledger.enrolments_of(person) else None


def keep_identity(session: WriteSession, vault: Vault, person: str, given: GivenIdentity) -> None:
    """Keep what is said of a person now, with what was kept before where nothing is said.

    Args:
        session: the session that refers her.
        vault: the open vault, which locks it.
        person: the id of the identity.
        given: what is said of her.

    """
    from tracks.privacy.vault import Identity, identity_of, put_identity

    before = identity_of(session.ledger, vault, person) or Identity("")
    name, number = given.name or before.name, given.number.digits if given.number else before.number
    # Protection is only ever added here: a file that leaves the column out must not lift it.
    identity = Identity(name, number, before.contact, given.protected or before.protected)
    put_identity(session.ledger, vault, person, identity)


def _find_person(session: WriteSession, number: PersonalNumber | None) -> str | None:
    from tracks.privacy.vault import find_person

    return find_person(session.ledger, _vault(session), number) if number else None


def _vault(session: WriteSession) -> Vault:
    from tracks.privacy.vault import open_vault

    return open_vault(session.ledger, os.urandom)
