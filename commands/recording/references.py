"""References, numbers and notes: two references of one person, a new number, who has a number, a free text that is erased, a lost key."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from commands.app.options import After, Json, Note, ReasonOrNone, Ref
from commands.recording.identities import asked_number, check_one_person, owner_of
from commands.recording.identities import protect as keep_protection
from commands.recording.identities import renumber as keep_number
from commands.recording.said import parse_said
from commands.recording.session import LockedNote, conclude, open_session
from commands.runtime import errors
from commands.runtime.output import out_json, print_message
from commands.runtime.texts import message
from definitions.model.words import parse_name
from tracks.events.streams import ref_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from definitions.model.personal_numbers import PersonalNumber
    from tracks.access.ledgers import Present
    from tracks.events.snapshots import Enrolment
    from tracks.recording.operations import Recorded


def merge(
    ctx: Context,
    ref: Ref,
    into: Annotated[str, Argument(metavar="INTO")],
    *,
    reason: ReasonOrNone = None,
    undo: Annotated[bool, Option("--undo")] = False,
    note: Note = None,
    json: Json = False,
) -> None:
    """Record that two references are one person, or that they are not after all."""
    from tracks.recording import references

    said = parse_said("merged", {"reason": reason}, note)
    with open_session(ctx.obj, ref=ref) as session:
        kept, record = LockedNote(session, said.note), references.separate_within if undo else references.merge_within

        def act(now: Present) -> list[Recorded]:
            if not undo:
                check_one_person(session, (ref, into))
            written = record(now, session.actor, (ref, into), {**said.data, **kept.data})
            return [kept.kept(now, one) for one in written]

        recorded = session.write(act)
        conclude(ctx.obj, session, recorded, After(json=json))


def renumber(
    ctx: Context,
    ref: Ref,
    *,
    reason: ReasonOrNone = None,
    wrong: Annotated[bool, Option("--wrong")] = False,
    note: Note = None,
    json: Json = False,
) -> None:
    """Record that a participant has got another personal number, which is asked for or read from standard input."""
    from tracks.recording import references
    from tracks.recording.operations import Recorded

    said = parse_said("renumbered", {"reason": reason}, note)
    with open_session(ctx.obj, ref=ref) as session:
        number = asked_number(ctx.obj, session.clock.today, none=wrong)
        kept = LockedNote(session, said.note)

        def act(now: Present) -> tuple[list[Enrolment], list[Recorded]]:
            hers = now.enrolments_of(ref_of(ref))
            if not keep_number(session, now, hers[0].ref, number, wrong=wrong):
                return hers, [Recorded(one.stream, repeated=True) for one in hers]
            written = references.record_of_all(now, session.actor, hers, "renumbered", {**said.data, **kept.data})
            return hers, [kept.kept(now, one) for one in written]

        hers, recorded = session.write(act)
        ctx.obj.warnings.extend(_other_months(ctx.obj, hers, number))
        conclude(ctx.obj, session, recorded, After(json=json))


def protect(
    ctx: Context,
    ref: Ref,
    *,
    lift: Annotated[bool, Option("--lift")] = False,
    reason: ReasonOrNone = None,
    note: Note = None,
    json: Json = False,
) -> None:
    """Record that the identity of a participant is protected, or is not any more."""
    from tracks.recording import references
    from tracks.recording.operations import Recorded

    said = parse_said("identity_protected", {"reason": reason}, note)
    data = {**said.data, **({"lifted": True} if lift else {})}
    with open_session(ctx.obj, ref=ref) as session:
        kept = LockedNote(session, said.note)

        def act(now: Present) -> list[Recorded]:
            hers = now.enrolments_of(ref_of(ref))
            if not keep_protection(session, now, hers[0].ref, lifted=lift):
                return [Recorded(one.stream, repeated=True) for one in hers]
            written = references.record_of_all(now, session.actor, hers, "identity_protected", {**data, **kept.data})
            return [kept.kept(now, one) for one in written]

        conclude(ctx.obj, session, session.write(act), After(json=json))


def _other_months(work: CommandContext, hers: Sequence[Enrolment], number: PersonalNumber | None) -> Iterator[str]:
    """Tell of each enrolment whose log has another month of birth than the number says."""
    for one in hers:
        born = (one.progress.value("referred") or {}).get("born")
        if born and number and number.born not in (None, born):
            yield message("renumber.born", work.lang, stream=one.stream, born=number.born)


def find(ctx: Context, *, json: Json = False) -> None:
    """Show which reference has a personal number, which is asked for or read from standard input."""
    # Nothing is written, so nobody has to be named who does.
    with open_session(ctx.obj, actor=parse_name("find", "find"), readonly=True) as session:
        number = asked_number(ctx.obj, session.clock.today)
        ref = owner_of(session, number) if number else None
    if ref is None:
        raise errors.NUMBER_UNKNOWN()
    if json:
        out_json({"ref": ref})
    else:
        print_message("find.found", ctx.obj, ref=ref)


def erase(ctx: Context, ref: Ref, number: Annotated[str | None, Argument(metavar="NUMBER")] = None, *, json: Json = False) -> None:
    """Erase the free text of an event, which stays."""
    from commands.recording.correct import parse_event
    from tracks.privacy.vault import erase_notes, has_notes
    from tracks.recording import references
    from tracks.recording.drafts import enrolment_told
    from tracks.recording.operations import Recorded, find_enrolment

    whose, seq = parse_event(ref, number)
    with open_session(ctx.obj, ref=whose) as session:

        def act(now: Present) -> list[Recorded]:
            erased = partial(references.is_erased, now, seq, session.clock.today)
            if told := enrolment_told(now, whose, erased, misregistered=True):
                return [Recorded(told.stream, repeated=True)]
            one = find_enrolment(now, whose)
            if not has_notes(session.ledger, one.stream, seq):
                raise errors.NO_NOTE(seq=seq, ref=one.stream)
            now.beside(lambda: erase_notes(session.ledger, one.stream, seq))
            return references.record_of_all(now, session.actor, [one], "erased", {"of": seq})

        conclude(ctx.obj, session, session.write(act), After(json=json))


def rekey(ctx: Context, *, lost: Annotated[bool, Option("--lost")] = False, json: Json = False) -> None:
    """Go on with a new key where the old one is gone for good."""
    if not lost:
        raise errors.LOST_ONLY()
    with open_session(ctx.obj) as session:
        lost = _is_key_lost(session)
        streams = [one.stream for one in session.write(partial(_give_up, session))] if lost else []
    if json:
        out_json({"lost": streams})
    else:
        print_message("rekey.done" if lost else "rekey.none", ctx.obj, count=len(streams))


def _is_key_lost(session: WriteSession) -> bool:
    """Whether the database was written with a key that is not there. Raises KEY_WRONG or KEY_UNUSABLE for a file that is not its key."""
    from tracks.privacy.locked_rows import is_without_key
    from tracks.privacy.vault import check_key

    if is_without_key(session.ledger):
        return True
    check_key(session.ledger, os.urandom)
    return False


def _give_up(session: WriteSession, now: Present) -> list[Recorded]:
    from tracks.privacy.locked_rows import locked_of
    from tracks.privacy.vault import replace_key
    from tracks.recording import references

    persons, streams = locked_of(session.ledger)
    hers = [one for person in persons for one in now.enrolments_of(session.ledger.names_of(person)[0])]
    found = {one.stream: one for one in [*hers, *now.load(streams)]}
    now.beside(partial(replace_key, session.ledger, os.urandom))
    return references.record_of_all(now, session.actor, found.values(), "key_lost", {})
