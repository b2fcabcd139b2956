"""Who an enrolment is of: a reference given, found by number, or drawn; identity goes to its own table and nowhere else.

A number belongs to one reference, and a reference to one number: `check_number` is asked by every command and every row.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from commands.app.prompt import ask, at_terminal, typed_line
from commands.runtime import errors
from commands.runtime.texts import message
from commands.runtime.typed_values import parse_birth_month
from definitions.model.personal_numbers import PersonalNumber, is_coordination, new_ref
from definitions.model.words import parse_personal_number, parse_ref
from tracks.events.streams import ref_of

if TYPE_CHECKING:
    from datetime import date

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.access.ledgers import Present
    from tracks.privacy.vault import Identity


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
    """The reference of a participant, the id of her identity, and the month of birth as far as it is known.

    `drawn` is whether the reference was drawn for her just now, so that it has to be told.
    """

    ref: str
    person: str | None = None
    born: str | None = None
    drawn: bool = False


def identify(session: WriteSession, now: Present, ref: str | None, given: GivenIdentity, born: str | None) -> IdentifiedParticipant:
    """Find the participant that is meant; a new one gets a reference and, if anything is said of who she is, an identity.

    Args:
        session: the session that refers her.
        now: the present of the write that refers her.
        ref: the reference, where it is given.
        given: what is said of who she is.
        born: year and month of birth, where they are given.

    Returns:
        Who she is; what was said of her is kept in the table of identities.

    Raises:
        Refusal: as `check_number` and `month_of_birth`.

    """
    owner = owner_of(session, given.number) if given.number else None
    found = session.ledger.names_of(parse_ref(ref))[0] if ref else owner or draw_ref(session)
    person = keep_identity(session, now, found, given) if given else None
    return IdentifiedParticipant(found, person, month_of_birth(session, found, given, born), drawn=ref is None and owner is None)


def parse_number(session: WriteSession, number: str | None) -> PersonalNumber | None:
    """Parse a personal number as typed; `-` reads it from standard input."""
    # A number that is typed on the command line stays in the history of the shell, so it can be piped in.
    text = typed_line() if number == "-" else number
    return None if text is None else parse_personal_number(text, session.clock.today)


def asked_number(work: CommandContext, today: date, *, none: bool = False) -> PersonalNumber | None:
    """Ask for a personal number at the terminal, or read it from what is piped in: it stands in no command line.

    Args:
        work: the context of the command.
        today: the day that tells the century of a short one.
        none: whether an empty line means that there is none.

    """
    text = (ask(message("ask.number", work.lang)) if at_terminal() else typed_line()) or ""
    return None if none and not text else parse_personal_number(text, today)


def draw_ref(session: WriteSession) -> str:
    """Draw a reference that nobody has."""
    while session.ledger.enrolments_of(ref := new_ref(os.urandom)):
        pass
    return ref


def owner_of(session: WriteSession, number: PersonalNumber) -> str | None:
    """The reference of the participant who has, or had, a number; None where nobody has."""
    person = person_of(session, number)
    return session.ledger.names_of(person)[0] if person else None


def person_of(session: WriteSession, number: PersonalNumber) -> str | None:
    """The id of the identity with a number: the first reference of its participant, which may have been merged into another since."""
    from tracks.privacy.vault import find_person

    return find_person(session.ledger, session.vault(), number)


def check_number(session: WriteSession, ref: str, number: PersonalNumber) -> None:
    """Hold that a number is of nobody else, and that a reference has no other.

    Args:
        session: the session that is written in.
        ref: the reference that the participant has now.
        number: the number.

    Raises:
        Refusal: NUMBER_TAKEN, with the reference that has it; OTHER_NUMBER. Neither repeats a number.

    """
    owner = _check_owner(session, ref, number)
    if owner is None and any(one.number for one in identities_of(session, ref).values()):
        raise errors.OTHER_NUMBER(ref=ref)


def _check_owner(session: WriteSession, ref: str, number: PersonalNumber) -> str | None:
    """Who has the number, if not somebody else: the reference itself, or nobody. Raises NUMBER_TAKEN."""
    owner = owner_of(session, number)
    if owner not in (None, ref):
        raise errors.NUMBER_TAKEN(ref=owner)
    return owner


def month_of_birth(session: WriteSession, ref: str, given: GivenIdentity, born: str | None) -> str | None:
    """Year and month of birth: those of the number, given now or kept, else those that are given.

    Args:
        session: the session that is written in.
        ref: the reference that the participant has now.
        given: what is said of who she is.
        born: year and month, where they are given.

    Raises:
        Refusal: BORN_DIFFERS where the number says another month.

    """
    kept = [one.number for one in identities_of(session, ref).values() if one.number]
    number = given.number or (parse_personal_number(kept[0], session.clock.today) if kept else None)
    if number is None or number.born is None:
        return born
    if born not in (None, number.born):
        raise errors.BORN_DIFFERS()
    return number.born


def known_month(session: WriteSession, ref: str, born: str | None) -> str | None:
    """Year and month of birth of somebody who is enrolled: that of her number, else that which is given.

    Args:
        session: the session that is written in.
        ref: her reference, or the stream of one enrolment.
        born: year and month as they were typed, where they are given.

    Raises:
        Refusal: BAD_BORN, or BORN_DIFFERS where her number says another month.

    """
    return month_of_birth(session, session.ledger.names_of(ref_of(ref))[0], GivenIdentity(), parse_birth_month(born))


def identities_of(session: WriteSession, ref: str) -> dict[str, Identity]:
    """What is kept of who a participant is, by the reference under which it was kept first."""
    from tracks.privacy.unlocked import kept_identities

    return kept_identities(session.ledger, session.vault, session.ledger.names_of(ref))


def _kept(session: WriteSession, ref: str, digits: str | None) -> tuple[str, Identity]:
    """The identity of a participant that has, or had, a number, else her first: its id, and what is kept of her, which may be nothing."""
    from tracks.privacy.vault import Identity

    kept = identities_of(session, ref)
    person = next((id_ for id_, one in kept.items() if digits in one.numbers), next(iter(kept), ref))
    return person, kept.get(person, Identity(""))


def keep_identity(session: WriteSession, now: Present, ref: str, given: GivenIdentity) -> str:
    """Keep what is said of a person now, with what was kept before where nothing is said; inside the transaction that refers her.

    Args:
        session: the session that refers her.
        now: the present of the write that refers her.
        ref: the reference that she has now.
        given: what is said of her.

    Returns:
        The id of her identity.

    Raises:
        Refusal: as `check_number`, asked here too because another process may have written since it was asked before.

    """
    from tracks.privacy.vault import put_identity

    if given.number:
        check_number(session, ref, given.number)
    person, before, identity = _with_said(session, ref, given)
    if identity != before:
        now.beside(lambda: put_identity(session.ledger, session.vault(), person, identity))
    return person


def _with_said(session: WriteSession, ref: str, given: GivenIdentity) -> tuple[str, Identity, Identity]:
    """The id of an identity, what is kept of it, and that with what is said of it now."""
    digits = given.number.digits if given.number else None
    person, before = _kept(session, ref, digits)
    # Protection is only ever added here: a file that leaves the column out must not lift it; `protect` does.
    protected = given.protected or before.protected
    return person, before, replace(before, name=given.name or before.name, number=before.number or digits, protected=protected)


def says_more(session: WriteSession, ref: str, given: GivenIdentity) -> bool:
    """Whether what is said of who a participant is, is not kept already.

    Args:
        session: the session that is written in.
        ref: the reference that she has now.
        given: what is said of her.

    """
    _, before, identity = _with_said(session, ref, given) if given else (None, None, None)
    return before != identity


def renumber(session: WriteSession, now: Present, ref: str, number: PersonalNumber | None, *, wrong: bool) -> bool:
    """Keep another number of a participant; inside the transaction that records it.

    Args:
        session: the session that is written in.
        now: the present of the write that records it.
        ref: the reference that she has now.
        number: the number that she has from now on, if any.
        wrong: whether the one that stands was never hers, and is forgotten; else she is still found by it.

    Returns:
        Whether it is another than she had.

    Raises:
        Refusal: NUMBER_TAKEN where somebody else has, or had, the number.

    """
    from tracks.privacy.vault import put_identity

    if number:
        _check_owner(session, ref, number)
    digits = number.digits if number else None
    person, before = _kept(session, ref, digits)
    if before.number == digits:
        return False
    former = tuple(one for one in (before.former if wrong else before.numbers) if one != digits)
    now.beside(lambda: put_identity(session.ledger, session.vault(), person, replace(before, number=digits, former=former)))
    return True


def protect(session: WriteSession, now: Present, ref: str, *, lifted: bool) -> bool:
    """Keep that the identity of a participant is protected, or is not any more; inside the transaction that records it.

    Args:
        session: the session that is written in.
        now: the present of the write that records it.
        ref: the reference that she has now.
        lifted: whether the protection has ended.

    Returns:
        Whether it was otherwise.

    """
    from tracks.privacy.vault import Identity

    kept = identities_of(session, ref) or {ref: Identity("")}
    changed = {person: one for person, one in kept.items() if one.protected is lifted}
    for person, one in changed.items():
        now.beside(partial(_put, session, person, replace(one, protected=not lifted)))
    return bool(changed)


def _put(session: WriteSession, person: str, identity: Identity) -> None:
    from tracks.privacy.vault import put_identity

    put_identity(session.ledger, session.vault(), person, identity)


def check_one_person(session: WriteSession, refs: tuple[str, str]) -> None:
    """Hold that two references do not have a personnummer each, as one person never has; she may have had a samordningsnummer.

    Raises:
        Refusal: TWO_NUMBERS.

    """
    kept = ([one.number for one in identities_of(session, ref).values() if one.number] for ref in refs)
    first, second = ({number for number in numbers if not is_coordination(number)} for numbers in kept)
    if first and second and first.isdisjoint(second):
        raise errors.TWO_NUMBERS(ref=refs[0], into=refs[1])
