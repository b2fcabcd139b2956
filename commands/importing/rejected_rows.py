"""The report on a file that cannot be written: every row that is wrong, with its place, and the columns by their names in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.app.did_you_mean import suggestion
from commands.app.error_text import refusal_text
from commands.runtime import errors
from commands.runtime.output import note, out_json
from commands.runtime.texts import message
from tracks.recording.refusals import ALREADY_ENROLLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.importing.csv import Sheet
    from commands.runtime.context import CommandContext
    from definitions.model.refusal import Refusal
    from tracks.recording.bulk import ImportRefused, RowRefused

# The column that a refusal is about, by its key; the others are about the participant as a whole, so they point to the reference.
_COLUMN: Final = {
    "UnknownParticipant": "ref", "SeveralEnrolments": "ref", "AlreadyEnrolled": "ref", "RefMalformed": "ref", "RefLooksPersonal": "ref",
    "DateInFuture": "on", "BadDay": "on", "BeforeReferral": "on", "BeforeStart": "on", "UnknownStep": "step", "NotStarted": "step",
    "UnknownResult": "value", "UnknownPhase": "value", "UnknownEmployer": "employer", "UnknownReason": "reason", "BadBorn": "born",
    "AgeNeeded": "born", "BadChannel": "channel", "UnknownOutcome": "value", "UnknownRule": "value", "BadKind": "what", "NotNow": "what",
    "NotAPersonalNumber": "number", "ReserveNumber": "number", "NumberUnknown": "number",
}  # fmt: skip


def print_refused(work: CommandContext, refused: ImportRefused, sheet: Sheet, path: str, *, json: bool) -> None:
    """Print each refusal with its row and column, and how many rows they are on.

    Args:
        work: the context of the command.
        refused: the rows that cannot be written.
        sheet: the file as read, for the numbers and the names of its columns.
        path: the file as typed.
        json: whether the refusals are wanted as JSON as well.

    """
    places = [(one.number, one.column or _column(sheet, one.why), _words(sheet, one.why, work.lang)) for one in refused.refused]
    rows = [{"row": row, "column": column, "message": text} for row, column, text in sorted(places)]
    if json:
        out_json({"written": 0, "refused": rows})
    for row in rows:
        note(message("import.row", work.lang, path=path, row=row["row"], column=row["column"], text=row["message"]))
    note(message("import.refused", work.lang, count=len({row["row"] for row in rows})))


def name_duplicate_rows(refused: Sequence[RowRefused], referred: Sequence[tuple[int, str]]) -> Iterator[RowRefused]:
    """Replace refusals that come of another row of the same file by ones that name that row.

    `referred` is the number and the reference of every row that refers somebody.
    """
    wrong = {one.number for one in refused}
    # The first good row of a reference counts: the later ones are the duplicates.
    rows = {ref: number for number, ref in reversed(referred) if number not in wrong}
    for one in refused:
        row = rows.get(str(one.why.values.get("ref"))) if one.why.code is ALREADY_ENROLLED else None
        yield one._replace(why=errors.TWICE_IN_FILE(row=row)) if row else one


def _words(sheet: Sheet, why: Refusal, lang: str) -> str:
    if why.code is errors.CELL_MISSING:
        why = errors.CELL_MISSING(name=sheet.written_as(str(why.values["name"]), lang))
    return f"{refusal_text(why, lang)}{suggestion(why, lang, None)}"


def _column(sheet: Sheet, why: Refusal) -> int:
    about = why.values.get("fact") or (why.values.get("name") if why.code is errors.CELL_MISSING else None)
    return sheet.column_of(str(about) if about else _COLUMN.get(why.code.key, "ref"))
