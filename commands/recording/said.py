"""What a person says of a participant, in the words of a command or of a row of a file: the one way from both to the data of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.runtime.context import parse_day
from commands.runtime.typed_values import parse_reason
from definitions.model.spelling import nearest
from definitions.model.words import parse_name
from tracks.events.codes import REASONS
from tracks.events.kinds.table import KINDS
from tracks.texts import code_of, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracks.events.kinds.kind import Kind


# The fields of events that hold the name of somebody at work or of an employer.
NAMES: Final = ("employer", "person")


class Said(NamedTuple):
    """The data of an event, and the free text beside it."""

    data: dict[str, Any]
    note: str | None = None


def parse_said(kind: str, words: Mapping[str, Any], note: str | None = None) -> Said:
    """Parse what is said of one kind of event, in words of either language, to its data.

    Args:
        kind: the kind of the event.
        words: what was said, by the names of its fields; what was not said may be None.
        note: the free text that goes with it.

    Returns:
        The data, with codes in English; a reason in words of one's own has gone first into the note.

    Raises:
        Refusal: BAD_DAY for a day that is none, or as `parse_name`. What is no code stays as it is, and is refused with the fact.

    """
    about = KINDS[kind]
    data = {name: _parsed(about, name, value) for name, value in words.items() if value is not None and name != "reason"}
    why, words_of_own = _reason(about, words.get("reason"), note)
    data |= why
    if kind == "followed_up" and "answers" not in data:
        data["answers"] = {name: data.pop(name) for name in ("outcome", "employer") if name in data}
    return Said(data, words_of_own)


def _parsed(kind: Kind, name: str, value: Any) -> Any:
    # The start of an offer is no word of a person's, and empty on a rolling track.
    if name in NAMES and value:
        return parse_name(value, name)
    parse = _PARSERS.get(name) if name != "start" or kind.value == "start" else None
    return parse(value) if parse and isinstance(value, str) else value


def _reason(kind: Kind, reason: str | None, note: str | None) -> tuple[dict[str, str], str | None]:
    default = kind.default_reason if "reason" in kind.takes else ""
    return parse_reason_or_note(reason, note) if reason and kind.own_words else (parse_reason(reason, default), note)


def parse_reason_or_note(reason: str, note: str | None) -> tuple[dict[str, str], str | None]:
    """Parse a reason to the data of an event, and the note beside it.

    A reason in words of one's own is free text, which the log never holds: it becomes `other`, and its words go first in the note. One
    word that is nearly a code is no such text: it stays as it is, and is refused with the fact.
    """
    data = parse_reason(reason)
    codes = (one for code in REASONS for one in (code, *(word("reason", code, lang) for lang in ("sv", "en"))))
    if data["reason"] in REASONS or (" " not in reason.strip() and nearest(reason, codes)):
        return data, note
    return {"reason": "other"}, "\n".join(filter(None, (reason, note)))


def _day(text: str) -> str:
    return parse_day(text).isoformat()


def _result(text: str) -> str:
    return code_of("result", text)


def _outcome(text: str) -> str:
    return code_of("outcome", text)


def _point(text: str) -> str:
    """A point of follow-up in its canonical text: `exit`, `3 months`."""
    from definitions.model.vocabulary import ANCHORS, UNITS, code

    count, _, unit = text.strip().casefold().partition(" ")
    if count.isdigit() and unit in UNITS:
        units = UNITS[unit]
        return f"{int(count)} {units[:-1] if int(count) == 1 else units}"
    return code(text.strip().casefold(), ANCHORS) or text


_PARSERS: Final[Mapping[str, Callable[[str], str]]] = {
    "result": _result, "outcome": _outcome, "what": _outcome, "back": _day, "start": _day, "point": _point,
}  # fmt: skip
