"""Tasks as people read them: by when they are due, two lines each, as wide as the reader's window, and no more than it holds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from commands.runtime.output import clean, out, print_message, window
from commands.runtime.texts import message
from tracks.events.streams import track_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from commands.runtime.context import CommandContext
    from tracks.queries.worklist import Task

# Where a reference is longer, or the window narrower, what is to be done begins on the left edge.
_WIDEST_REF: Final = 16
_NARROW: Final = 60
# Lines of the window not for tasks: a virtual day, what ends the list, and the next prompt. So many tasks are shown in the smallest.
_ROUND: Final = 7
_FEWEST: Final = 3
_WEEK: Final = 7


class Selection(NamedTuple):
    """What is shown of a list: how many tasks at most (None: what the window holds), and which of their parts say nothing here."""

    limit: int | None
    role: bool = True
    track: bool = True
    every_way: bool = False


def print_tasks(work: CommandContext, found: Sequence[Task], row: Callable[[Task], dict[str, Any]], today: date, shown: Selection) -> None:
    """Print the tasks that the window holds, under headings; on a terminal also how many there are, and how to see others.

    Args:
        work: the context of the command.
        found: all tasks, in order.
        row: makes the row of one of them.
        today: the day it is.
        shown: how many, and which of their parts.

    """
    size = window()
    counts = Counter(_group(one, today) for one in found)
    room = size.lines - _ROUND if size and shown.limit is None else None
    heading, told, used = "", 0, 0
    limit = len(found) if shown.limit in (None, 0) else shown.limit
    for one in found[:limit]:
        group = _group(one, today)
        lines = [] if group == heading else [*([""] if heading else []), message(f"worklist.{group}", work.lang, count=counts[group])]
        lines += _task_lines(work, row(one), shown, size.columns if size else 0, today)
        used += sum(line.count("\n") + 1 for line in lines)
        if room is not None and used > room and told >= _FEWEST:
            break
        heading, told = group, told + 1
        for line in lines:
            out(line)
    if size:
        late = sum(one.overdue for one in found)
        out()
        key = "worklist.total" if told == len(found) else "worklist.part"
        print_message(key, work, count=len(found), late=late, shown=told)


def _group(one: Task, today: date) -> str:
    if one.overdue:
        return "overdue"
    if one.due is None:
        return "undated"
    return "week" if one.due < today + timedelta(_WEEK - today.weekday()) else "later"


def _task_lines(work: CommandContext, row: dict[str, Any], shown: Selection, width: int, today: date) -> Iterator[str]:
    """What is to be done, by whom, until when; below it the line to copy, whole in whatever width."""
    # What concerns a whole track goes by its name, which is then not said again.
    whole = row["stream"] == track_stream(row["track"])
    # The mark of who is protected would push what is to be done out of its column, so it stands after it.
    mark = message("protected.mark", work.lang) if row["protected"] else ""
    whose = clean(str(row["track"] if whole else row["ref_shown"])).removesuffix(f" {mark}")
    near = len(whose) <= _WIDEST_REF and not 0 < width < _NARROW
    indent = " " * (_WIDEST_REF // 2 + 2 if near else 2)
    what = row["kind_shown"][:1].upper() + row["kind_shown"][1:] + (f": {row['step_name']}" if row["step_name"] else "")
    parts = [
        what,
        *([row["role_shown"]] if shown.role else []),
        _until(work, row, today),
        *([row["track"]] if shown.track and not whole else []),
        *([mark] if mark else []),
    ]
    text = f"{whose.ljust(len(indent) - 2) if near else whose}  {clean(' · '.join(parts))}"
    yield fill(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) if width else text
    lines = (row["type"], *row["or"])
    for line in lines if shown.every_way else _ways(lines):
        yield f"{indent}{line}"


def _ways(lines: Iterable[str]) -> list[str]:
    """The first line of each command: to decide otherwise is as near at hand, and the same with another value is for `why` to tell."""
    return list({line.split()[1]: line for line in reversed([*lines])}.values())[::-1]


def _until(work: CommandContext, row: dict[str, Any], today: date) -> str:
    if row["due"] is None:
        return message("worklist.since", work.lang, day=row["since"])
    late = "worklist.late" if row["late"] else "worklist.late.weekend"
    key = late if row["overdue"] else "worklist.today" if row["due"] == today else "worklist.due"
    return message(key, work.lang, day=row["due"], count=row["late"])
