"""What a command line can be refused for; the exit codes are those of `tracks.errors`."""

from __future__ import annotations

import errno

from tracks.errors import TracksError


class UsageRefused(TracksError):
    """The command line was not understood."""

    exit_code = 2


class NoActor(UsageRefused):
    """Nobody says who speaks."""


class BadActor(UsageRefused):
    """Who speaks is not named as a person at work."""


class BadTime(UsageRefused):
    """That is no day or time."""


class BadDay(UsageRefused):
    """That is no day."""


class DayAhead(UsageRefused):
    """A day that has not been cannot be asked for."""


class ClockAhead(UsageRefused):
    """The clock is far ahead of the system and of what is recorded."""


class NoVirtualTime(UsageRefused):
    """The clock of the workspace is virtual and nothing is recorded yet."""


class BadSettings(UsageRefused):
    """The settings cannot be read."""


class BadToml(BadSettings):
    """The settings are not written as TOML."""


class BadLanguage(UsageRefused):
    """That is none of the languages."""


class BadPair(UsageRefused):
    """That is not written as NAME=VALUE."""


class BadChoice(UsageRefused):
    """That is none of the choices."""


class BadChannel(UsageRefused):
    """That is no way in."""


class NotFound(TracksError):
    """There is no such thing here."""

    exit_code = 4


class NoCalendar(UsageRefused):
    """A file that was written by something else is not written over."""


class NotThen(TracksError):
    """It is here now, and was not on the day that is asked for."""

    exit_code = 4


class NoSuchTrack(TracksError):
    """There is no such track."""

    exit_code = 4


class NoSuchRole(TracksError):
    """There is no such role."""

    exit_code = 4


class CancelWhy(UsageRefused):
    """A start is cancelled with a reason."""


class OtherStep(UsageRefused):
    """The step in the YAML is called something else than what was typed."""


class WhichStep(UsageRefused):
    """Which step of the employer is reported."""


class WhichStart(UsageRefused):
    """Which start the report of an employer's step is about."""


class PostponeTo(UsageRefused):
    """A start is postponed to a day."""


class WhichEvent(UsageRefused):
    """A correction names no event."""


class NobodyProposed(UsageRefused):
    """Nobody is proposed for a place on the track."""


class OnlyOfATrack(UsageRefused):
    """People are listed of one track."""


class NotKnown(TracksError):
    """There is no such key, word or code."""

    exit_code = 4


class NotKnownNear(NotKnown):
    """There is no such key, word or code, but one that is near."""


class NoSuchCase(TracksError):
    """No case of the tests has such a name."""

    exit_code = 4


class NoExample(NotKnown):
    """There is no such example."""


class NotRewritten(UsageRefused):
    """The file cannot be rewritten without a change of what it means."""


class FileUnreadable(TracksError):
    """The file cannot be read."""

    exit_code = 2


class FileMissing(FileUnreadable):
    """There is no such file."""


class FileForbidden(FileUnreadable):
    """The file may not be read."""


class FileHasErrors(FileUnreadable):
    """The file of a track has errors."""


class FileIsTests(FileUnreadable):
    """A file holds a track's tests where a track was to be."""


class FileIsFolder(FileUnreadable):
    """What was named is a folder."""


def unreadable(path: object, fault: OSError) -> FileUnreadable:
    """What is said of a file that the system does not give."""
    name = errno.errorcode.get(fault.errno or 0, type(fault).__name__)
    return {"ENOENT": FileMissing, "EACCES": FileForbidden, "EISDIR": FileIsFolder}.get(name, FileUnreadable)(path=path, why=name)


class FileTooLarge(FileUnreadable):
    """The file is too large."""


class NotText(FileUnreadable):
    """The file is not text."""


class NoHeader(FileUnreadable):
    """The first row does not name the columns."""


class ColumnTwice(FileUnreadable):
    """A column is empty or named twice."""


class ColumnUnknown(FileUnreadable):
    """A column is none, and no fact of the track."""


class TooManyCells(FileUnreadable):
    """A row has more cells than there are columns."""


class CsvBroken(FileUnreadable):
    """A row cannot be divided into cells."""


class CellMissing(UsageRefused):
    """A cell that is needed is empty."""


class BadKind(UsageRefused):
    """A row cannot say that."""


class BadBorn(UsageRefused):
    """That is no month of birth."""


class ReplayNeedsVirtual(UsageRefused):
    """Each row with its own day's clock goes only where the clock is virtual."""


class FileUnwritable(TracksError):
    """The file cannot be written."""

    exit_code = 5


class AlreadyThere(UsageRefused):
    """The file exists already."""


class NotUnderstood(UsageRefused):
    """The command line has a problem that Typer found."""


class BadLength(UsageRefused):
    """That is no length."""
