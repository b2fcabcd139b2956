"""What is to be done as a calendar (RFC 5545). Ids stay the same from one export to the next; nobody is named."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from commands.showing import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

_LONGEST: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(rows: Iterable[Mapping[str, Any]], today: date, name: str) -> str:
    """The rows of a worklist that have a day, each as an event of that whole day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jobbspar//worklist//SV", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escaped(name)}"]
    for row in rows:
        if row["due"]:
            lines += _event(row, today)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(row: Mapping[str, Any], today: date) -> Iterator[str]:
    step = f": {row['step_name']}" if row["step_name"] else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(row)}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{row['due']:%Y%m%d}"
    summary = f"{row['kind_shown']}{step} ({row['ref']})"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"DESCRIPTION:{escaped(row['type'])}"
    yield f"CATEGORIES:{escaped(row['role'])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _uid(row: Mapping[str, Any]) -> str:
    same = "\0".join(str(row[name]) for name in ("track", "stream", "kind", "step", "attempt"))
    return f"{sha256(same.encode()).hexdigest()[:32]}@jobbspar"


def escaped(text: str) -> str:
    """A text as a value of a calendar."""
    return clean(text.replace("\r", "")).translate(_ESCAPED)


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of which cuts a character in two."""
    pieces, piece, room = [], "", _LONGEST
    for sign in line:
        if len((piece + sign).encode()) > room:
            pieces.append(piece)
            piece, room = "", _LONGEST - 1
        piece += sign
    return "\r\n ".join([*pieces, piece])
