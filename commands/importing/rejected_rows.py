"""The report on a file that cannot be written: every row that is wrong, with its place, and the columns by their names in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.app.did_you_mean import suggestion
from commands.app.error_text import refusal_text
from commands.runtime import errors
from commands.runtime.output import note, out_json
from commands.runtime.texts import message
from definitions.model.personal_numbers import masked
from tracks.recording.refusals import ALREADY_ENROLLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from commands.importing.csv import Sheet
    from commands.runtime.context import CommandContext
    from definitions.model.refusal import Refusal
    from tracks.recording.bulk import ImportRefused, RowRefused

# The columns that a refusal may be about, by its key; the others are about the participant as a whole, so they point to the reference.
_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("DateInFuture", "BeforeReferral", "BeforeStart", "BeforeAdmission", "BeforeOffer", "PausedThen"), ("on",)),
    **dict.fromkeys(("UnknownStep", "SharedStep", "NotStarted", "StepNotReady", "NothingToDecide", "NoPlacement"), ("step",)),
    **dict.fromkeys(("UnknownResult", "UnknownPhase", "PhaseBackwards", "UnknownRule", "UnknownTransfer", "UnknownPoint"), ("value",)),
    **dict.fromkeys(("UnknownAction", "UnknownStart", "StartIsOver", "SameStart", "BackBeforePause"), ("value",)),
    **dict.fromkeys(("NoHireHere", "RequirementMet"), ("value",)),
    **dict.fromkeys(("UnknownEmployer", "NoSuchEmployer", "EmployerRequires", "NoEmployerLeft"), ("employer", "value")),
    **dict.fromkeys(("BadKind", "NotNow", "NotOnThisOne", "NothingStated"), ("what",)),
    **dict.fromkeys(("NotAPersonalNumber", "ReserveNumber", "NumberUnknown", "NumberTaken"), ("number",)),
    **dict.fromkeys(("OtherNumber", "NumberOnRow", "RefOnRow"), ("number",)),
    **dict.fromkeys(("AlreadyClosed", "StepIsOver"), ("step",)),
    **dict.fromkeys(("BadBorn", "AgeNeeded", "BornNotKept", "BornDiffers"), ("born",)),
    "NoOutcomeOfAHire": ("outcome",),
    "UnknownOutcome": ("outcome", "value"), "BadDay": ("on", "value"), "UnknownReason": ("reason",), "NoNotes": ("note", "reason"),
    "NoteDiffers": ("note",), "ByDiffers": ("by",),
    "BadChannel": ("channel",),
}  # fmt: skip

# What a row is refused for while the engine has not decided what an earlier one leads to.
_WAITS: Final = frozenset({"NotStarted", "StepNotReady", "NothingToDecide", "NotNow"})


def print_refused(work: CommandContext, refused: ImportRefused, sheet: Sheet, path: str, *, json: bool) -> None:
    """Print each refusal with its row and column, and how many rows they are on.

    Args:
        work: the context of the command.
        refused: the rows that cannot be written.
        sheet: the file as read, for the numbers and the names of its columns.
        path: the file as typed.
        json: whether the refusals are wanted as JSON as well.

    """
    rows = [{"row": row, "column": column, "message": text} for row, column, text in sorted(_told(refused, sheet, work))]
    if json:
        out_json({"written": 0, "refused": rows})
    for row in rows:
        note(message("import.row", work.lang, path=masked(path), row=row["row"], column=row["column"], text=row["message"]))
    note(message("import.refused", work.lang, count=len({row["row"] for row in rows})))
    if after := next(_after_others(refused, sheet), None):
        note(message("import.in_turn", work.lang, row=after[0], before=after[1]))


def _after_others(refused: ImportRefused, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The refused rows that wait for what another row of the file leads to, each with the number of the last such row before it.

    All rows are said at one moment, and what people share is decided when all has been said.
    """
    wrong = {one.number for one in refused.refused}
    whose = {line.number: line.cells.get("ref") or line.cells.get("number") for line in sheet.lines}
    for one in refused.refused:
        earlier = [n for n, ref in whose.items() if n < one.number and n not in wrong and ref and ref == whose.get(one.number)]
        if one.why.code.key in _WAITS and earlier:
            yield one.number, max(earlier)


def _told(refused: ImportRefused, sheet: Sheet, work: CommandContext) -> Iterator[tuple[int, int, str]]:
    """Each refusal at its place: of a cell the first alone, since what else is wrong with it may come of that."""
    cells: set[tuple[int, int, str]] = set()
    for one in refused.refused:
        column = one.column or _column(sheet, one.number, one.why)
        # Columns that the file does not have are told at its first.
        place = (one.number, column, str(one.why.values["name"]) if one.why.code is errors.CELL_MISSING else "")
        if place not in cells and (one.number, column, "") not in cells:
            yield one.number, column, _words(sheet, one.why, work)
        cells.add(place)


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


def _words(sheet: Sheet, why: Refusal, work: CommandContext) -> str:
    lang = work.lang
    if why.code is errors.CELL_MISSING:
        why = errors.CELL_MISSING(name=sheet.written_as(str(why.values["name"]), lang))
    if why.code is errors.CELL_NOT_KEPT:
        names = [sheet.written_as(name, lang) for name in str(why.values["columns"]).split(", ")]
        why = errors.CELL_NOT_KEPT(**{**why.values, "name": sheet.written_as(str(why.values["name"]), lang), "columns": ", ".join(names)})
    # Which day was meant hangs on the clock; who was meant would ask the database for each of many rows.
    return f"{refusal_text(why, lang)}{suggestion(why, lang, work if why.code is errors.BAD_DAY else None)}"


def _column(sheet: Sheet, number: int, why: Refusal) -> int:
    about = why.values.get("fact") or why.values.get("place") or (why.values.get("name") if why.code is errors.CELL_MISSING else None)
    if about:
        return sheet.column_of(str(about))
    columns = _COLUMNS.get(why.code.key, ("ref",))
    line = next((line for line in sheet.lines if line.number == number), None)
    filled = [name for name in columns if line and line.cells.get(name)] or columns
    # Of several that it may be about, the one that holds the word that was refused.
    named = [name for name in filled if line and any(line.cells.get(name, "")[:40] == value for value in why.values.values())]
    return sheet.column_of((named or filled)[0])
