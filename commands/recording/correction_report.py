"""What a correction did, or would do, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.recording.session import advance_after, follows, print_moves, stream_wording
from commands.runtime.output import out, out_json, print_message
from commands.runtime.texts import message
from commands.wording.events import event_row
from commands.wording.todos import place_words
from tracks.events.fold import roots, standing
from tracks.events.outbox import STALE
from tracks.events.resources import StepPlace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commands.app.options import After
    from commands.recording.session import StreamWording, WriteSession
    from commands.runtime.context import CommandContext
    from tracks.events.event import Event
    from tracks.events.resources import Resource
    from tracks.recording.correction_effects import Effects, EmployerChange


def print_effects(work: CommandContext, session: WriteSession, found: Effects, after: After, *, dry_run: bool) -> None:
    """Advance where that is wanted, and print what was written, what was withdrawn and added with it, and what a person must look at.

    Args:
        work: the context of the command.
        session: the session of the correction.
        found: the effects of the correction.
        after: whether to advance, and whether JSON is wanted.
        dry_run: whether nothing was written.

    """
    moved = advance_after(session, [found.said]) if after.advance and not dry_run else None
    if after.json:
        out_json(_row(found, work.lang, dry_run=dry_run))
        return
    if dry_run:
        print_message("correct.dry", work)
    if found.correction is None:
        print_message("repeated", work, ref=found.said.stream)
    else:
        _print_correction(work, session, found, found.correction)
    # What the engine only puts on a worklist is no event, and follows all the same.
    follow = moved is None and bool(found.correction) and not dry_run and (bool(found.overfull) or follows(session, [found.said]))
    print_moves(work, moved, pending=follow)


def _print_correction(work: CommandContext, session: WriteSession, found: Effects, correction: Event) -> None:
    lang, ref = work.lang, found.said.stream
    own = stream_wording(session, ref, lang)

    def stranded(event: Event, number: int) -> str:
        typed = message("type.stranded", lang, ref=ref, number=number)
        return message("correct.lost", lang, words=own.words(event), number=number, type=typed)

    def elsewhere(event: Event) -> str:
        words = stream_wording(session, event.stream, lang).words(event)
        return message("correct.other", lang, stream=event.stream, words=words)

    print_message("written", work, ref=ref, words=own.words(correction, fact_before(session, correction)))
    numbered = (message("correct.numbered", lang, number=one.seq, words=own.words(one)) for one in found.withdrawn)
    print_part(work, "correct.withdrawn", numbered)
    print_part(work, "correct.added", (own.words(one) for one in found.added))
    print_part(work, "correct.stranded", (stranded(one, number) for one, number in found.stranded))
    letters = ((row, "correct.letter.out" if row["type"] else "correct.letter.kept") for row in _letters(found, lang))
    print_part(work, "correct.letters", (message(key, lang, **row) for row, key in letters))
    print_part(work, "correct.moved", (_moved(one, own, lang) for one in found.moved))
    print_part(work, "correct.others", (elsewhere(one) for one in found.others))
    print_part(work, "correct.overfull", (_place(one, own, lang) for one in found.overfull))


def _moved(one: EmployerChange, own: StreamWording, lang: str) -> str:
    was, now = (own.employers.get(at, at) if at else message("correct.nowhere", lang) for at in (one.was, one.now))
    return message("correct.moved.step", lang, step=own.steps.get(one.step, one.step), was=was, now=now)


def _place(place: Resource, own: StreamWording, lang: str) -> str:
    step = place.step if isinstance(place, StepPlace) else ""
    return place_words(place, own.steps.get(step, step), own.employers, lang)


def print_part(work: CommandContext, title: str, lines: Iterable[str]) -> None:
    """Print a heading and its lines; nothing where there are none.

    Args:
        work: the context of the command.
        title: the key of the heading.
        lines: the lines.

    """
    for number, line in enumerate(lines):
        if not number:
            out(f"  {message(title, work.lang)}")
        out(f"    {line}")


def fact_before(session: WriteSession, correction: Event) -> Event | None:
    """The fact as it stood when it was put right.

    Args:
        session: the session in which it was.
        correction: what put it right.

    """
    log = session.ledger.events(correction.stream)
    of = roots([*log, correction])[correction.seq]
    earlier = standing(event for event in log if event.seq < correction.seq)
    # A fact that had been withdrawn stands no more; what it once was is still what the correction restores.
    return next((event for event, _ in earlier if event.seq == of), next((event for event in log if event.seq == of), None))


def _letters(found: Effects, lang: str) -> list[dict[str, Any]]:
    """The letters that are not sent, or out, with what to type for the latter."""
    ref = found.said.stream
    return [
        {
            "number": one.letter.seq, "template": one.letter.template, "state": one.state,
            "type": message("type.letter", lang, ref=ref, number=one.letter.seq) if one.state == STALE else None,
        }
        for one in found.letters
    ]  # fmt: skip


def _row(found: Effects, lang: str, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "repeated": found.correction is None,
        "correction": event_row(found.correction) if found.correction else None,
        "withdrawn": [event_row(one) for one in found.withdrawn],
        "added": [event_row(one) for one in found.added],
        "stranded": [event_row(one) | {"number": number} for one, number in found.stranded],
        "letters": _letters(found, lang),
        "moved": [one._asdict() for one in found.moved],
        "others": [event_row(one) for one in found.others],
        "overfull": [str(one) for one in found.overfull],
    }
