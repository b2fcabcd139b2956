"""Did you mean: the name or the code that was perhaps meant by one that is none."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from commands.app.near_day import near_day
from commands.runtime.errors import BAD_DAY, BAD_TIME, NOT_FOUND
from commands.runtime.texts import message
from definitions.model.refusal import Refusal
from tracks.recording.refusals import UNKNOWN_PARTICIPANT, UNKNOWN_TRACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from commands.runtime.context import CommandContext
    from tracks.queries.reader import DatabaseReader

# Where a fault lists what there is: the values that may hold what was typed, by the value with the list.
_LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    "reasons": ("reason",), "results": ("result",), "outcomes": ("outcome",), "channels": ("value",), "choices": ("value",),
    "steps": ("step",), "employers": ("employer",), "actions": ("action",), "phases": ("phase",), "transfers": ("transfer",),
    "points": ("point",), "settings": ("setting",), "facts": ("fact", "name"), "rules": ("rule",), "expected": ("value",),
    "fields": ("field",), "examples": ("name",), "kinds": ("value",),
}  # fmt: skip


def suggestion(fault: Refusal, lang: str, work: CommandContext | None) -> str:
    """Compose the sentence that names what was perhaps meant.

    Args:
        fault: the refusal, whose values hold what was typed and often what there is.
        lang: the language of the reader.
        work: the context of the command; None where it could not be made, and then no database is asked.

    Returns:
        The sentence with a space before it; empty where nothing is near.

    """
    if fault.code in (UNKNOWN_TRACK, UNKNOWN_PARTICIPANT, NOT_FOUND) and work is not None:
        typed = next((str(fault.values[key]) for key in ("track", "ref", "what") if key in fault.values), "")
        told = _said_of(work, typed, lang)
        return f" {told}" if told else ""
    if fault.code in (BAD_DAY, BAD_TIME):
        told = near_day(str(fault.values["value"]), _today(work), lang)
        return f" {told}" if told else ""
    near = _code(fault, lang)
    return f" {message('fault.near', lang, name=near)}" if near else ""


def _today(work: CommandContext | None) -> date:
    """The day of the command's clock; of a virtual one the day that was recorded last."""
    from commands.runtime.context import clock_now, system_clock
    from tracks.queries.moment import last_recorded
    from tracks.queries.reader import reading

    with suppress(Exception):
        if work and work.virtual and work.at is None:
            with reading(work.database) as reader:
                return clock_now(work, last_recorded(reader)).today
        if work:
            return clock_now(work, None).today
    return system_clock().today


def _code(fault: Refusal, lang: str) -> str:
    from commands.app.error_text import words_of

    if meant := fault.values.get("meant"):
        return str(meant)
    for listed, names in _LISTED.items():
        typed = next((str(fault.values[name]) for name in names if name in fault.values), "")
        if typed and listed in fault.values:
            # Both languages are typed in either, and a refusal may list the words of one.
            known = [str(words_of(listed, fault.values[listed], one)).replace(" | ", ", ").split(", ") for one in (lang, *_OTHER[lang])]
            return next((near for words in known if (near := _nearest(typed, words))), "")
    return ""


_OTHER: Final[Mapping[str, tuple[str, ...]]] = {"sv": ("en",), "en": ("sv",)}


def _said_of(work: CommandContext, typed: str, lang: str) -> str:
    """What is typed in the place of a participant, an enrolment or a track: what it is instead, or what is near it."""
    from tracks.queries.reader import reading
    from tracks.queries.track_status import tracks

    # A refusal is on its way already: a database that cannot be read, or is damaged, only costs the advice.
    with suppress(Exception), reading(work.database) as reader:
        if told := _known(reader, typed, lang):
            return told
        near = _nearest(typed, (name for one in tracks(reader) for name in (one.id, one.programme) if name))
        return message("fault.near", lang, name=near) if near else ""
    return ""


def _known(reader: DatabaseReader, typed: str, lang: str) -> str:
    """A track where a participant is meant, or one number too many of somebody who is known."""
    from tracks.events.streams import ref_of
    from tracks.queries.moment import enrolments_of, is_track

    if is_track(reader, typed):
        return message("fault.track", lang, track=typed)
    if hers := enrolments_of(reader, ref_of(typed)):
        told = ", ".join(f"{stream} ({track})" for stream, track in hers)
        return message("fault.hers", lang, ref=ref_of(typed), streams=told)
    return ""


def _nearest(typed: str, known: Iterable[str]) -> str:
    """The name that is near, or that a word is half of or has in another order; never the word that was typed."""
    from definitions.model.spelling import half_or_turned, nearest

    others = [name for name in known if name != typed]
    alike = half_or_turned(typed, others)
    return nearest(typed, others) or (alike[0] if len(alike) == 1 else "")
