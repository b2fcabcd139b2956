"""What a correction did, or would do, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.app.options import After
from commands.recording.session import advance_after, names_of
from commands.runtime.output import out, out_json, print_message
from commands.runtime.texts import message
from commands.wording.events import EventNames, event_row, event_words
from tracks.events.fold import roots, standing
from tracks.events.outbox import STALE
from tracks.recording.operations import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commands.app.options import After
    from commands.recording.session import WriteSession
    from commands.runtime.context import CommandContext
    from tracks.events.event import Event
    from tracks.recording.correction_effects import Effects


def print_effects(work: CommandContext, session: WriteSession, found: Effects, after: After, *, dry_run: bool) -> None:
    """What was written, what fell and came with it, what a person must look at, and who else is met; then move on where it is wanted."""
    moved = advance_after(session, [found.said]) if after.advance and not dry_run else None
    if after.json:
        out_json(_row(found, work.lang, dry_run=dry_run))
        return
    if dry_run:
        print_message("correct.dry", work)
    if found.correction is None:
        print_message("repeated", work, ref=found.said.stream)
    else:
        _print_effects(work, session, found)
    if moved is not None:
        print_message("moved.on", work, count=moved)
    elif found.correction and not dry_run:
        print_message("moves.on", work)


def _print_effects(work: CommandContext, session: WriteSession, found: Effects) -> None:
    correction, lang = found.correction, work.lang
    assert correction is not None  # noqa: S101 - asked before
    steps, employers = names_of(session, found.said)
    words = event_words(correction, lang, EventNames(steps.get(correction.step, ""), employers, _before(session, correction)))
    print_message("written", work, ref=found.said.stream, words=words)
    _part(work, "correct.withdrawn", (_numbered(one, lang, steps, employers) for one in found.withdrawn))
    _part(work, "correct.added", (event_words(one, lang, EventNames(steps.get(one.step, ""), employers)) for one in found.added))
    _part(
        work,
        "correct.stranded",
        (_lost(found, one, number, lang, EventNames(steps.get(one.step, ""), employers)) for one, number in found.stranded),
    )
    _part(work, "correct.letters", (_letter(row, lang) for row in _letters(found, lang)))
    _part(work, "correct.others", (_other(session, one, lang) for one in found.others))


def _part(work: CommandContext, title: str, lines: Iterable[str]) -> None:
    """A heading and its lines; nothing where there are none."""
    for number, line in enumerate(lines):
        if not number:
            out(f"  {message(title, work.lang)}")
        out(f"    {line}")


def _before(session: WriteSession, correction: Event) -> Event | None:
    """The fact as it stood when it was put right."""
    log = session.ledger.events(correction.stream)
    of = roots([*log, correction])[correction.seq]
    earlier = standing(event for event in log if event.seq < correction.seq)
    return next((event for event, _ in earlier if event.seq == of), next((event for event in log if event.seq == of), None))


def _numbered(event: Event, lang: str, steps: dict[str, str], employers: dict[str, str]) -> str:
    words = event_words(event, lang, EventNames(steps.get(event.step, ""), employers))
    return message("correct.numbered", lang, number=event.seq, words=words)


def _lost(found: Effects, event: Event, number: int, lang: str, names: EventNames) -> str:
    words = event_words(event, lang, names)
    return message(
        "correct.lost", lang, words=words, number=number, type=message("type.stranded", lang, ref=found.said.stream, number=number)
    )


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


def _letter(row: dict[str, Any], lang: str) -> str:
    return message("correct.letter.out" if row["type"] else "correct.letter.kept", lang, **row)


def _other(session: WriteSession, event: Event, lang: str) -> str:
    steps, employers = names_of(session, Recorded(event.stream))
    return message(
        "correct.other", lang, stream=event.stream, words=event_words(event, lang, EventNames(steps.get(event.step, ""), employers))
    )


def _row(found: Effects, lang: str, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "repeated": found.correction is None,
        "correction": event_row(found.correction) if found.correction else None,
        "withdrawn": [event_row(one) for one in found.withdrawn],
        "added": [event_row(one) for one in found.added],
        "stranded": [event_row(one) | {"number": number} for one, number in found.stranded],
        "letters": _letters(found, lang),
        "others": [event_row(one) for one in found.others],
    }
