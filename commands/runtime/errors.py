"""What a command line, or a file that a command reads or writes, can be refused for."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import RefusalCode

if TYPE_CHECKING:
    from definitions.model.refusal import Refusal

NO_ACTOR: Final = RefusalCode("commands.NoActor")
BAD_ACTOR: Final = RefusalCode("commands.BadActor")
BAD_TIME: Final = RefusalCode("commands.BadTime")
BAD_DAY: Final = RefusalCode("commands.BadDay")
DAY_AHEAD: Final = RefusalCode("commands.DayAhead")
CLOCK_AHEAD: Final = RefusalCode("commands.ClockAhead")
NO_VIRTUAL_TIME: Final = RefusalCode("commands.NoVirtualTime")
BAD_SETTINGS: Final = RefusalCode("commands.BadSettings")
BAD_TOML: Final = RefusalCode("commands.BadToml")
BAD_LANGUAGE: Final = RefusalCode("commands.BadLanguage")
BAD_PAIR: Final = RefusalCode("commands.BadPair")
BAD_CHOICE: Final = RefusalCode("commands.BadChoice")
BAD_CHANNEL: Final = RefusalCode("commands.BadChannel")
NOT_FOUND: Final = RefusalCode("commands.NotFound", ExitCode.NOT_FOUND)
NO_CALENDAR: Final = RefusalCode("commands.NoCalendar")
NOT_THEN: Final = RefusalCode("commands.NotThen", ExitCode.NOT_FOUND)
NO_SUCH_TRACK: Final = RefusalCode("commands.NoSuchTrack", ExitCode.NOT_FOUND)
NO_SUCH_ROLE: Final = RefusalCode("commands.NoSuchRole", ExitCode.NOT_FOUND)
CANCEL_WHY: Final = RefusalCode("commands.CancelWhy")
OTHER_STEP: Final = RefusalCode("commands.OtherStep")
WHICH_STEP: Final = RefusalCode("commands.WhichStep")
WHICH_START: Final = RefusalCode("commands.WhichStart")
POSTPONE_TO: Final = RefusalCode("commands.PostponeTo")
WHICH_EVENT: Final = RefusalCode("commands.WhichEvent")
NOBODY_PROPOSED: Final = RefusalCode("commands.NobodyProposed")
ONLY_OF_A_TRACK: Final = RefusalCode("commands.OnlyOfATrack")
NOT_KNOWN: Final = RefusalCode("commands.NotKnown", ExitCode.NOT_FOUND)
NOT_KNOWN_NEAR: Final = RefusalCode("commands.NotKnownNear", ExitCode.NOT_FOUND)
NO_SUCH_CASE: Final = RefusalCode("commands.NoSuchCase", ExitCode.NOT_FOUND)
NO_EXAMPLE: Final = RefusalCode("commands.NoExample", ExitCode.NOT_FOUND)
NOT_REWRITTEN: Final = RefusalCode("commands.NotRewritten")
FILE_UNREADABLE: Final = RefusalCode("commands.FileUnreadable")
FILE_MISSING: Final = RefusalCode("commands.FileMissing")
FILE_FORBIDDEN: Final = RefusalCode("commands.FileForbidden")
FILE_HAS_ERRORS: Final = RefusalCode("commands.FileHasErrors")
FILE_IS_TESTS: Final = RefusalCode("commands.FileIsTests")
FILE_IS_FOLDER: Final = RefusalCode("commands.FileIsFolder")
FILE_TOO_LARGE: Final = RefusalCode("commands.FileTooLarge")
NOT_TEXT: Final = RefusalCode("commands.NotText")
NO_HEADER: Final = RefusalCode("commands.NoHeader")
COLUMN_TWICE: Final = RefusalCode("commands.ColumnTwice")
COLUMN_UNKNOWN: Final = RefusalCode("commands.ColumnUnknown")
TOO_MANY_CELLS: Final = RefusalCode("commands.TooManyCells")
CSV_BROKEN: Final = RefusalCode("commands.CsvBroken")
CELL_MISSING: Final = RefusalCode("commands.CellMissing")
BAD_KIND: Final = RefusalCode("commands.BadKind")
BAD_BORN: Final = RefusalCode("commands.BadBorn")
REPLAY_NEEDS_VIRTUAL: Final = RefusalCode("commands.ReplayNeedsVirtual")
FILE_UNWRITABLE: Final = RefusalCode("commands.FileUnwritable", ExitCode.STORAGE)
ALREADY_THERE: Final = RefusalCode("commands.AlreadyThere")
NOT_UNDERSTOOD: Final = RefusalCode("commands.NotUnderstood")
BAD_LENGTH: Final = RefusalCode("commands.BadLength")
XLSX_BROKEN: Final = RefusalCode("commands.XlsxBroken")
XLSX_TOO_LARGE: Final = RefusalCode("commands.XlsxTooLarge")
TOO_MANY_ROWS: Final = RefusalCode("commands.TooManyRows")
SHEET_UNKNOWN: Final = RefusalCode("commands.SheetUnknown")
SHEET_NOT_HERE: Final = RefusalCode("commands.SheetNotHere")
FORMULA_CELL: Final = RefusalCode("commands.FormulaCell")
FAULTY_CELL: Final = RefusalCode("commands.FaultyCell")
MERGED_CELLS: Final = RefusalCode("commands.MergedCells")
MAP_UNREADABLE: Final = RefusalCode("commands.MapUnreadable")
VALUE_NOT_MAPPED: Final = RefusalCode("commands.ValueNotMapped")
NUMBER_UNKNOWN: Final = RefusalCode("commands.NumberUnknown")
TWICE_IN_FILE: Final = RefusalCode("commands.TwiceInFile")
MAP_COLUMN_MISSING: Final = RefusalCode("commands.MapColumnMissing")
FILE_NEEDED: Final = RefusalCode("commands.FileNeeded")
STATUS_IS_NO_EVENT: Final = RefusalCode("commands.StatusIsNoEvent")
NO_SUCH_PICTURE: Final = RefusalCode("commands.NoSuchPicture")
FILE_HAS_NOBODY: Final = RefusalCode("commands.FileHasNobody")


def unreadable(path: object, fault: OSError) -> Refusal:
    """The refusal for a file that the system does not give."""
    name = errno.errorcode.get(fault.errno or 0, type(fault).__name__)
    code = {"ENOENT": FILE_MISSING, "EACCES": FILE_FORBIDDEN, "EISDIR": FILE_IS_FOLDER}.get(name, FILE_UNREADABLE)
    return code(path=path, why=name)
