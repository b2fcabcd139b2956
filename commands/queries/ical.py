"""The worklist as a calendar (RFC 5545). Ids stay the same from one export to the next; nobody is named.

A calendar that takes in the file again sees what was moved, by a higher SEQUENCE, and what is done, by STATUS:CANCELLED: the earlier
export is read from the file before it is replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from commands.runtime.errors import NO_CALENDAR
from commands.runtime.output import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tracks.clock import Clock

_LONGEST: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_MADE: Final = "-//jobbspar//worklist//"
# How long after its day an entry that was cancelled stays in the file: calendars fetch it now and then, and must see it once.
_CANCELLED_FOR: Final = timedelta(days=60)
CONFIRMED: Final = "CONFIRMED"
CANCELLED: Final = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One task with a day; texts are as a calendar writes them. `stamp` is when it was last changed."""

    uid: str
    day: date
    summary: str
    description: str
    categories: str
    sequence: int
    stamp: str
    status: str = CONFIRMED

    def content(self) -> CalendarEntry:
        """The entry without when and how many times it was changed, to compare two."""
        return replace(self, sequence=0, stamp="")

    def lines(self) -> Iterator[str]:
        """The lines of the calendar."""
        yield "BEGIN:VEVENT"
        yield f"UID:{self.uid}"
        yield f"DTSTAMP:{self.stamp}"
        yield f"DTSTART;VALUE=DATE:{self.day:%Y%m%d}"
        yield f"SEQUENCE:{self.sequence}"
        yield f"STATUS:{self.status}"
        yield f"SUMMARY:{self.summary}"
        yield f"DESCRIPTION:{self.description}"
        yield f"CATEGORIES:{self.categories}"
        yield "CLASS:PRIVATE"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def calendar_entries(rows: Iterable[Mapping[str, Any]], numbers: Mapping[str, int], clock: Clock) -> list[CalendarEntry]:
    """Build the entries for the rows of a worklist that have a day.

    Args:
        rows: the rows.
        numbers: how many events each stream has.
        clock: the clock of the export.

    Returns:
        The entries; their SEQUENCE is the number of events, because that never falls, as RFC 5545 demands.

    """
    return [_entry(row, numbers.get(row["stream"], 0), clock) for row in rows if row["due"]]


def _entry(row: Mapping[str, Any], sequence: int, clock: Clock) -> CalendarEntry:
    step = f": {row['step_name']}" if row["step_name"] else ""
    summary = f"{row['kind_shown']}{step} ({row['ref']})"
    typed = "\n".join([row["type"], *row["or"]])
    return CalendarEntry(_uid(row), row["due"], escape(summary), escape(typed), escape(row["role"]), sequence, _stamp(clock))


def _uid(row: Mapping[str, Any]) -> str:
    # Hashed, because an id is copied to every calendar that takes the entry in, and a reference should not be.
    same = "\0".join(str(row[name]) for name in ("track", "stream", "kind", "step", "attempt"))
    return f"{sha256(same.encode()).hexdigest()[:32]}@jobbspar"


def _stamp(clock: Clock) -> str:
    return re.sub(r"[-:]|\.\d+", "", clock.recorded)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Some entries, as they are written on a clock."""

    entries: list[CalendarEntry]
    clock: Clock

    @property
    def gone(self) -> int:
        """How many entries are cancelled."""
        return sum(one.status == CANCELLED for one in self.entries)

    def after(self, before: Mapping[str, CalendarEntry]) -> Calendar:
        """The calendar after an earlier export: an entry stays as it was, gets a higher number, or is cancelled."""
        found = {one.uid: _renewed(one, before.get(one.uid)) for one in self.entries}
        for uid, old in before.items():
            if uid not in found and old.day >= self.clock.today - _CANCELLED_FOR:
                gone = replace(old, sequence=old.sequence + 1, stamp=_stamp(self.clock), status=CANCELLED)
                found[uid] = old if old.status == CANCELLED else gone
        return Calendar(sorted(found.values(), key=lambda one: (one.day, one.uid)), self.clock)

    def text(self, name: str, lang: str) -> str:
        """The whole calendar, as it is written."""
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_MADE}{lang.upper()}", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escape(name)}"]
        lines = [*head, *(line for one in self.entries for line in one.lines()), "END:VCALENDAR"]
        return "".join(f"{fold(line)}\r\n" for line in lines)


def _renewed(one: CalendarEntry, old: CalendarEntry | None) -> CalendarEntry:
    if old is None:
        return one
    # The number must grow with each change, also one without a new event: a later day of the same todo, or another language.
    return old if old.content() == one.content() else replace(one, sequence=max(one.sequence, old.sequence + 1))


def read_calendar(path: Path) -> dict[str, CalendarEntry]:
    """Read the entries of an earlier export, by id; none where there is no file.

    Raises:
        Refusal: NO_CALENDAR for a file that something else wrote, which must not be written over.

    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise NO_CALENDAR(path=path) from None
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    if not any(line.startswith(f"PRODID:{_MADE}") for line in lines):
        raise NO_CALENDAR(path=path)
    blocks = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    try:
        return {one.uid: one for one in map(_read_entry, blocks)}
    except (KeyError, ValueError):
        raise NO_CALENDAR(path=path) from None


def _read_entry(block: str) -> CalendarEntry:
    values = {name.partition(";")[0]: value for name, _, value in (line.partition(":") for line in block.splitlines())}
    day = values["DTSTART"]
    return CalendarEntry(
        values["UID"], date(int(day[:4]), int(day[4:6]), int(day[6:])), values["SUMMARY"], values["DESCRIPTION"], values["CATEGORIES"],
        int(values["SEQUENCE"]), values["DTSTAMP"], values["STATUS"],
    )  # fmt: skip


def escape(text: str) -> str:
    """A text as a value of a calendar."""
    return clean(text.replace("\r", "")).translate(_ESCAPED)


def fold(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of which cuts a character in two."""
    pieces, piece, room = [], "", _LONGEST
    # Folded by bytes, not characters (RFC 5545, 3.1), and a continued line begins with a space that counts.
    for sign in line:
        if len((piece + sign).encode()) > room:
            pieces.append(piece)
            piece, room = "", _LONGEST - 1
        piece += sign
    return "\r\n ".join([*pieces, piece])
