"""What can go wrong with the store, identity and verification: one flat tree; a class says the text that has its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from definitions.model.catalogues import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping


class TracksError(Exception):
    """Something went wrong in the engine."""

    exit_code: ClassVar[int] = 1

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__()

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: str, values: Mapping[str, Any] | None = None) -> str:
        """The message in Swedish (`sv`) or English, from the catalogue of the package that the class stands in.

        `values` are those of the error in the words of the reader, where somebody has put them so.
        """
        kind = type(self)
        return catalogue(kind.__module__.partition(".")[0]).message(kind.__name__, lang, **(self.values if values is None else values))


class StorageError(TracksError):
    """The database cannot be used."""

    exit_code = 5


class DatabaseMissing(StorageError):
    """There is no database at the path."""


class NotADatabase(StorageError):
    """The file is not a jobbspår database."""


class DatabaseEmpty(StorageError):
    """The file is empty."""


class DatabaseBusy(StorageError):
    """Another process locked the database for too long."""


class DatabaseFull(StorageError):
    """The disk is full."""


class DatabaseReadOnly(StorageError):
    """The database may not be written."""


class UnsupportedDatabase(StorageError):
    """The address names a kind of database that this version does not know."""


class DatabaseDamaged(TracksError):
    """The database file is damaged."""

    exit_code = 6


class DatabaseNewer(TracksError):
    """The database was made by another version of jobbspår."""

    exit_code = 7


class DatabaseOlder(TracksError):
    """The database has an older schema."""

    exit_code = 7


class StreamConflict(TracksError):
    """Somebody else wrote in the same log meanwhile, or the same key stands there already."""


class UnknownVersion(TracksError):
    """The database has no such version of the track."""

    exit_code = 4


class KeyMissing(TracksError):
    """The identity key is missing although there are identities."""

    exit_code = 8


class KeyUnusable(TracksError):
    """The identity key cannot be read or is not a key."""

    exit_code = 8


class KeyWrong(TracksError):
    """The identity key does not fit what is stored."""

    exit_code = 8


class NotAPersonalNumber(TracksError):
    """That is no personal number or coordination number."""

    exit_code = 2


class ReserveNumber(TracksError):
    """A reserve number identifies nobody outside its own system."""

    exit_code = 2


class RefLooksPersonal(TracksError):
    """A reference may not look like a personal number."""

    exit_code = 2


class RefMalformed(TracksError):
    """A reference is not written as one."""

    exit_code = 2


class ExportUnreadable(TracksError):
    """The file is not a list of heads."""

    exit_code = 2
