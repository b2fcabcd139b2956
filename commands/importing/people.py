"""Who the rows of a file are about: a reference, or a personal number that leads to one; identity goes to its own table only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from commands.recording.identities import GivenIdentity, check_number, draw_ref, month_of_birth, person_of
from commands.runtime import errors
from commands.runtime.typed_values import parse_birth_month
from definitions.model.words import parse_personal_number, parse_ref
from tracks.events.streams import ref_of
from tracks.recording.fact_values import yes_or_no

if TYPE_CHECKING:
    from commands.importing.csv import SheetRow
    from commands.recording.session import WriteSession
    from definitions.model.personal_numbers import PersonalNumber


class RowParticipant(NamedTuple):
    """Whom a row is about, and what it says of who that is; `born` is her month of birth, as far as it is known.

    `ref` is the reference that she has now; `known_as` the one by which the same row is known again, whatever is merged later.
    """

    ref: str
    known_as: str
    given: GivenIdentity = GivenIdentity()
    born: str | None = None


class RowParticipants:
    """Finds the participants of a file, also those that it names for the first time, several times over."""

    def __init__(self, session: WriteSession) -> None:
        self._session = session
        # Nothing of the file is written yet, so the database does not know a person from an earlier row of it.
        self._refs: dict[str, tuple[str, int]] = {}
        self._numbers: dict[str, tuple[str, int]] = {}

    def reported(self, line: SheetRow) -> RowParticipant:
        """Find the participant whom a report is about, as she is enrolled.

        Raises:
            Refusal: CELL_MISSING without a reference or a number; NUMBER_UNKNOWN for the number of nobody who is enrolled; NUMBER_TAKEN
                for that of somebody else than the reference is.

        """
        number = self._number(line) if line.cells.get("number") else None
        person = person_of(self._session, number) if number else None
        if number and person is None:
            raise errors.NUMBER_UNKNOWN()
        ref = line.cells.get("ref") or person or _reference(line)
        owner, now = (self._session.ledger.names_of(ref_of(one))[0] for one in (person or ref, ref))
        if owner != now:
            raise errors.NUMBER_TAKEN(ref=owner)
        return RowParticipant(ref if "/" in ref else now, ref)

    def referred(self, line: SheetRow) -> RowParticipant:
        """Find the person whom a row refers, with a reference drawn where the row has only a number.

        Raises:
            Refusal: CELL_MISSING without a reference or a number; NUMBER_TAKEN and OTHER_NUMBER as `check_number` has them;
                NUMBER_ON_ROW and REF_ON_ROW for what another row of the file says otherwise; BORN_DIFFERS.

        """
        number = self._number(line) if line.cells.get("number") else None
        given = GivenIdentity(line.cells.get("name"), number, yes_or_no("protected", line.cells.get("protected") or False))
        known_as = self._known_as(line, number)
        ref = self._session.ledger.names_of(known_as)[0]
        if number:
            check_number(self._session, ref, number)
            self._check_rows(line.number, ref, number.digits)
        born = month_of_birth(self._session, ref, given, parse_birth_month(line.cells.get("born")))
        return RowParticipant(ref, known_as, given, born)

    def _known_as(self, line: SheetRow, number: PersonalNumber | None) -> str:
        """The reference of a row; one is drawn for each new number of the file."""
        if line.cells.get("ref") or number is None:
            return parse_ref(_reference(line))
        return person_of(self._session, number) or self._numbers.get(number.digits, ("", 0))[0] or draw_ref(self._session)

    def _check_rows(self, row: int, ref: str, digits: str) -> None:
        of_number, of_ref = self._numbers.setdefault(digits, (ref, row)), self._refs.setdefault(ref, (digits, row))
        if of_number[0] != ref:
            raise errors.NUMBER_ON_ROW(row=of_number[1])
        if of_ref[0] != digits:
            raise errors.REF_ON_ROW(row=of_ref[1])

    def _number(self, line: SheetRow) -> PersonalNumber:
        return parse_personal_number(line.cells["number"], self._session.clock.today)


def _reference(line: SheetRow) -> str:
    if not line.cells.get("ref"):
        raise errors.CELL_MISSING(name="ref")
    return line.cells["ref"]
