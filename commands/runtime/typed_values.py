"""Values as people type them, in an option or a cell, parsed to what an event holds."""

from __future__ import annotations

import re
from typing import Final

from commands.runtime import errors
from tracks.events.codes import CHANNELS
from tracks.texts import code_of, word

_BIRTH_MONTH: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def parse_channel(written: str, lang: str) -> str:
    """The code of a way in. Raises BadChannel: the log holds no free text."""
    code = code_of("channel", written)
    if code not in CHANNELS:
        raise errors.BAD_CHANNEL(value=written[:40], channels=", ".join(word("channel", name, lang) for name in CHANNELS))
    return code


def parse_birth_month(born: str | None) -> str | None:
    """Year and month of birth. Raises BadBorn."""
    if born is not None and not _BIRTH_MONTH.fullmatch(born):
        raise errors.BAD_BORN(value=born[:10])
    return born
