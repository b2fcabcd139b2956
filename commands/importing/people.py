"""Who the rows of a file are about: a reference, or a personal number that leads to one; identity goes to its own table only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from commands.recording.identities import GivenIdentity, draw_ref, keep_identity, reference_of
from commands.runtime import errors
from definitions.model.personal_numbers import parse_personal_number, parse_ref
from tracks.privacy.vault import find_person, open_vault
from tracks.recording.fact_values import yes_or_no

if TYPE_CHECKING:
    from commands.importing.csv import SheetRow
    from commands.recording.session import WriteSession
    from definitions.model.personal_numbers import PersonalNumber


class RowParticipant(NamedTuple):
    """The reference of a row, and what the row says of who it is; `person` is the id of the identity, None where it says nothing."""

    ref: str
    given: GivenIdentity = GivenIdentity()
    person: str | None = None

    @property
    def born(self) -> str | None:
        """Year and month of birth, where a number tells them."""
        return self.given.number.born if self.given.number else None


class RowParticipants:
    """Finds the participants of a file, also those that it names for the first time, several times over."""

    def __init__(self, session: WriteSession) -> None:
        self._session = session
        self._vault = open_vault(session.ledger, os.urandom)
        self._new: dict[str, str] = {}

    def enrolled(self, line: SheetRow) -> str:
        """Find the reference that a report is about.

        Raises:
            Refusal: CELL_MISSING without a reference or a number; NUMBER_UNKNOWN for the number of nobody who is enrolled.

        """
        if line.cells.get("ref") or not line.cells.get("number"):
            return _reference(line)
        person = self._find(self._number(line))
        ref = reference_of(self._session, person) if person else None
        if ref is None:
            raise errors.NUMBER_UNKNOWN()
        return ref

    def referred(self, line: SheetRow) -> RowParticipant:
        """Find the person whom a row refers, with a reference drawn where the row has only a number."""
        number = self._number(line) if line.cells.get("number") else None
        given = GivenIdentity(line.cells.get("name"), number, yes_or_no("protected", line.cells.get("protected") or False))
        person = self._find(number)
        ref = parse_ref(line.cells["ref"]) if line.cells.get("ref") else reference_of(self._session, person) if person else None
        ref = ref or self._draw(line, number)
        return RowParticipant(ref, given, person or ref) if given else RowParticipant(ref)

    def keep(self, one: RowParticipant) -> None:
        """Write who somebody is; inside the transaction that refers her."""
        if one.person:
            keep_identity(self._session, self._vault, one.person, one.given)

    def _number(self, line: SheetRow) -> PersonalNumber:
        return parse_personal_number(line.cells["number"], self._session.clock.today)

    def _find(self, number: PersonalNumber | None) -> str | None:
        return find_person(self._session.ledger, self._vault, number) if number else None

    def _draw(self, line: SheetRow, number: PersonalNumber | None) -> str:
        """One reference for each number of the file; without a number nobody could be recognised the next time."""
        if number is None:
            return _reference(line)
        # Nothing is written yet, so the database does not know a person from an earlier row of the file.
        if number.digits not in self._new:
            self._new[number.digits] = draw_ref(self._session)
        return self._new[number.digits]


def _reference(line: SheetRow) -> str:
    if not line.cells.get("ref"):
        raise errors.CELL_MISSING(name="ref")
    return line.cells["ref"]
