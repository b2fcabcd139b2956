"""The exit codes of the program: a contract that scripts depend on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program answers with when it ends."""

    OK = 0
    FAULT = 1  # a fault of the program's own, or of what it runs on
    USAGE = 2  # bad input: an argument, a file, or a fact that does not hold
    FINDINGS = 3  # overdue, or changes pending, where `--exit-code` asks for it
    NOT_FOUND = 4
    STORAGE = 5  # the database, or a file to write, cannot be used
    VERIFICATION = 6  # the log, or the file that it stands in, does not verify
    VERSION = 7  # the database was made by another version
    KEY = 8  # the key to identities is missing, broken or another
    SERVER = 9  # Prefect's server does not answer
