"""Who the rows of a file are about: a reference, or a personal number that leads to one; identity goes to its own table only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from commands.recording.identities import draw_ref, keep_identity, reference_of
from commands.runtime import errors
from definitions.model.personal_numbers import parse_personal_number, parse_ref
from tracks.privacy.vault import find_person, open_vault
from tracks.recording.fact_values import yes_or_no

if TYPE_CHECKING:
    from commands.importing.csv import SheetRow
    from commands.recording.session import WriteSession
    from definitions.model.personal_numbers import PersonalNumber


class RowParticipant(NamedTuple):
    """The reference of a row, and what the row says of who it is; `person` is the id of the identity."""

    ref: str
    name: str | None = None
    number: PersonalNumber | None = None
    protected: bool = False
    person: str | None = None

    @property
    def born(self) -> str | None:
        """Year and month of birth, where a number tells."""
        return self.number.born if self.number else None

    def __repr__(self) -> str:
        return f"<Someone {self.ref}>"


class RowParticipants:
    """Finds the participants of a file, also those that it names for the first time, several times over."""

    def __init__(self, session: WriteSession) -> None:
        self._session = session
        self._vault = open_vault(session.ledger, os.urandom)
        self._new: dict[str, str] = {}

    def enrolled(self, line: SheetRow) -> str:
        """The reference that a report is about. Raises CellMissing or NumberUnknown."""
        if line.cells.get("ref") or not line.cells.get("number"):
            return _reference(line)
        person = self._known(self._number(line))
        ref = reference_of(self._session, person) if person else None
        if ref is None:
            raise errors.NUMBER_UNKNOWN()
        return ref

    def referred(self, line: SheetRow) -> RowParticipant:
        """The person whom a row refers, with a reference drawn where the row has only a number. Raises what is wrong with a cell."""
        number = self._number(line) if line.cells.get("number") else None
        name, protected = line.cells.get("name"), yes_or_no("protected", line.cells.get("protected") or False)
        person = self._known(number)
        given = parse_ref(line.cells["ref"]) if line.cells.get("ref") else None
        ref = given or (reference_of(self._session, person) if person else None) or self._drawn(line, number)
        if not (name or number or protected):
            return RowParticipant(ref)
        return RowParticipant(ref, name, number, protected, person or ref)

    def keep(self, one: RowParticipant) -> None:
        """Write who somebody is; inside the transaction that refers her."""
        if one.person:
            keep_identity(self._session, self._vault, one.person, one, one.number)

    def _number(self, line: SheetRow) -> PersonalNumber:
        return parse_personal_number(line.cells["number"], self._session.clock.today)

    def _known(self, number: PersonalNumber | None) -> str | None:
        return find_person(self._session.ledger, self._vault, number) if number else None

    def _drawn(self, line: SheetRow, number: PersonalNumber | None) -> str:
        """One reference for each number of the file; without a number nobody could be recognised the next time."""
        if number is None:
            return _reference(line)
        if number.digits not in self._new:
            self._new[number.digits] = draw_ref(self._session)
        return self._new[number.digits]


def _reference(line: SheetRow) -> str:
    if not line.cells.get("ref"):
        raise errors.CELL_MISSING(name="ref")
    return line.cells["ref"]
