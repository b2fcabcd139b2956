"""What can go wrong with the store, the clock, the key to identities, and verification. The texts stand in the catalogue of `tracks`."""

from __future__ import annotations

from typing import Final

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import RefusalCode

STORAGE_ERROR: Final = RefusalCode("tracks.StorageError", ExitCode.STORAGE)
DATABASE_MISSING: Final = RefusalCode("tracks.DatabaseMissing", ExitCode.STORAGE)
NOT_A_DATABASE: Final = RefusalCode("tracks.NotADatabase", ExitCode.STORAGE)
DATABASE_EMPTY: Final = RefusalCode("tracks.DatabaseEmpty", ExitCode.STORAGE)
DATABASE_BUSY: Final = RefusalCode("tracks.DatabaseBusy", ExitCode.STORAGE)
DATABASE_FULL: Final = RefusalCode("tracks.DatabaseFull", ExitCode.STORAGE)
DATABASE_FORBIDDEN: Final = RefusalCode("tracks.DatabaseForbidden", ExitCode.STORAGE)
DATABASE_INCOMPLETE: Final = RefusalCode("tracks.DatabaseIncomplete", ExitCode.STORAGE)
DATABASE_OUT_OF_REACH: Final = RefusalCode("tracks.DatabaseOutOfReach", ExitCode.STORAGE)
DATABASE_ON_READ_ONLY_DISK: Final = RefusalCode("tracks.DatabaseOnReadOnlyDisk", ExitCode.STORAGE)
DATABASE_READ_ONLY: Final = RefusalCode("tracks.DatabaseReadOnly", ExitCode.STORAGE)
UNSUPPORTED_DATABASE: Final = RefusalCode("tracks.UnsupportedDatabase", ExitCode.STORAGE)
# Not STORAGE: trying again does not help, and the log must be looked at.
DATABASE_DAMAGED: Final = RefusalCode("tracks.DatabaseDamaged", ExitCode.VERIFICATION)
DATABASE_NEWER: Final = RefusalCode("tracks.DatabaseNewer", ExitCode.VERSION)
DATABASE_OLDER: Final = RefusalCode("tracks.DatabaseOlder", ExitCode.VERSION)
STREAM_CONFLICT: Final = RefusalCode("tracks.StreamConflict", ExitCode.FAULT)
UNKNOWN_VERSION: Final = RefusalCode("tracks.UnknownVersion", ExitCode.NOT_FOUND)
CLOCK_JUMPED: Final = RefusalCode("tracks.ClockJumped")
KEY_JUST_MADE: Final = RefusalCode("tracks.KeyJustMade", ExitCode.KEY)
KEY_MISSING: Final = RefusalCode("tracks.KeyMissing", ExitCode.KEY)
KEY_UNUSABLE: Final = RefusalCode("tracks.KeyUnusable", ExitCode.KEY)
KEY_WRONG: Final = RefusalCode("tracks.KeyWrong", ExitCode.KEY)
EXPORT_UNREADABLE: Final = RefusalCode("tracks.ExportUnreadable")
