"""What a file that is read or written by a command can be refused for."""

from __future__ import annotations

from commands.runtime.errors import UsageRefused


class XlsxBroken(UsageRefused):
    """The file cannot be read as a spreadsheet."""


class XlsxTooLarge(UsageRefused):
    """The spreadsheet unfolds to too much."""


class TooManyRows(UsageRefused):
    """The file has too many rows."""


class SheetUnknown(UsageRefused):
    """The file has no such sheet."""


class SheetNotHere(UsageRefused):
    """Only a spreadsheet has sheets."""


class FormulaCell(UsageRefused):
    """A cell holds a formula."""


class FaultyCell(UsageRefused):
    """A cell shows a fault."""


class MergedCells(UsageRefused):
    """Cells are merged."""


class MapUnreadable(UsageRefused):
    """The file cannot be read as a map of columns."""


class ValueNotMapped(UsageRefused):
    """The map has no word for a value."""


class NumberUnknown(UsageRefused):
    """Nobody here has the personal number."""


class TwiceInFile(UsageRefused):
    """Two rows of a file are about the same participant."""


class MapColumnMissing(UsageRefused):
    """The map names a column that the file does not have."""


class FileNeeded(UsageRefused):
    """A spreadsheet is not printed."""


class StatusIsNoEvent(UsageRefused):
    """A status is not an event."""


class NoSuchPicture(UsageRefused):
    """A picture is wanted in a form that is not drawn."""


class FileHasNobody(UsageRefused):
    """Nobody stands on a file, and it has no past."""
