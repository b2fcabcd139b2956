"""`status`: where somebody is, how a track stands, how all tracks stand. Imports nothing heavy: the answer must come at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from typer import Argument, Context, Option

from commands import errors
from commands.context import clock_now, past_day
from commands.showing import Column, Form, listing, out_json, say, table
from tracks.reading import Reader, reading
from tracks.reading import status as stands_of
from tracks.reading import status_then
from tracks.reading_clock import last_recorded
from tracks.texts import todo_words, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from commands.context import Here
    from tracks.reading import Stand, Task
    from tracks.reading_lists import TrackStand

FINDINGS = 3
_ALL = (
    Column("track", "col.track"), Column("name", "col.name"), Column("open", "col.open", right=True),
    Column("statuses", "col.people", "statuses_shown"), Column("overdue", "col.overdue", right=True),
)  # fmt: skip
_STEPS = (Column("name", "col.step"), Column("people", "col.people", right=True))
_STATUSES = (Column("status", "col.status", "status_shown"), Column("people", "col.people", right=True))
_OVERDUE = (Column("kind", "col.overdue", "kind_shown"), Column("count", "col.count", right=True))
_TODOS = (Column("todo", "col.todo", "todo_shown"), Column("step", "col.step", "step_shown"), Column("role", "col.role"), Column("due", "col.due"))


def status(
    ctx: Context,
    what: str = Argument(None, metavar="TRACK|REF"),
    as_of: str = Option(None, "--as-of", metavar="DATE"),
    known_at: str = Option(None, "--known-at", metavar="TIME"),
    json: bool = Option(False, "--json"),
    csv: bool = Option(False, "--csv"),
    exit_code: bool = Option(False, "--exit-code"),
) -> int:
    """Where somebody is, or how a track stands."""
    work: Here = ctx.obj
    with reading(work.database) as reader:
        if what is None:
            found = _everything(work, reader, Form(json, csv), _then(work, reader, None, as_of, known_at))
        elif reader.rows("SELECT 1 FROM track WHERE id = ?", (what,)):
            found = _track(work, reader, what, Form(json, csv), _then(work, reader, what, as_of, known_at))
        else:
            found = _participant(work, reader, what, Form(json, csv), _then(work, reader, what, as_of, known_at, ref=True))
    return FINDINGS if exit_code and found else 0
