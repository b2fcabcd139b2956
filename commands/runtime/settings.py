"""The settings of a workspace, `jobbspar.toml`: every key and word of it is known, or refused at its place."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Literal

from commands.runtime import errors
from commands.runtime.toml_text import NotToml, parse_toml
from commands.runtime.typed_values import check_file_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Lang = Literal["sv", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("sv", "en")
SETTINGS: Final = "jobbspar.toml"
DATABASE: Final = "jobbspar.db"
VIRTUAL: Final = "virtual"
# The settings whose value is a text, with the words that it may be; any text where there are none.
_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {"database": (), "lang": LANGUAGES, "clock": (VIRTUAL,)}
# `demo` marks the folder of a demo, which the next one may replace.
_KNOWN: Final = (*_TEXTS, "demo")


def read_settings(path: Path) -> Mapping[str, Any]:
    """Read the settings of a workspace.

    Raises:
        Refusal: BAD_TOML, UNKNOWN_SETTING or BAD_SETTING, with row and column; BAD_CLOCK, which tells what depends on it; BAD_SETTINGS
            where a value is no text; one of a file that cannot be read.

    """
    try:
        # Editors on Windows begin a file with a mark of the byte order, which is no part of TOML.
        found = parse_toml(text := path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise errors.unreadable(path, fault) from None
    except UnicodeDecodeError:
        raise errors.NOT_TEXT(path=path, row=1) from None
    except NotToml as fault:
        raise errors.BAD_TOML(path=path, row=fault.row, column=fault.column) from None
    for name, value in found.items():
        _check(path, text, found, name, value)
    return found


def _check(path: Path, text: str, found: Mapping[str, Any], name: str, value: Any) -> None:
    row, column = _place_of(text, name)
    if name not in _KNOWN:
        raise errors.UNKNOWN_SETTING(path=path, row=row, column=column, setting=name[:40], settings=", ".join(_TEXTS))
    if name in _TEXTS and not isinstance(value, str):
        raise errors.BAD_SETTINGS(path=path, name=name)
    if name == "database":
        check_file_name(value, f"{path}:{row}:{column}")
    if not _TEXTS.get(name) or value in _TEXTS[name]:
        return
    # A clock that is not understood must not become the machine's: what that decides cannot be taken back.
    if name == "clock":
        raise errors.BAD_CLOCK(path=path, row=row, column=column, value=value[:40], choices=VIRTUAL, last=_last(path, found))
    raise errors.BAD_SETTING(path=path, row=row, column=column, name=name, value=value[:40], choices=", ".join(_TEXTS[name]))


def _place_of(text: str, name: str) -> tuple[int, int]:
    """Row and column of a key at the top of a file, or of the table that it names."""
    key = re.compile(rf"""\s*(?:\[+\s*)?(["']?{re.escape(name)}["']?)\s*[=.\]]""")
    for row, line in enumerate(text.splitlines(), 1):
        if written := key.match(line):
            return row, written.start(1) + 1
    return 1, 1


def _last(path: Path, found: Mapping[str, Any]) -> str:
    """The day of the last record in the database of some settings; a dash where there is none to read."""
    from tracks.queries.moment import last_recorded
    from tracks.queries.reader import reading

    # A refusal is on its way already: a database that cannot be read, or is damaged, only costs the day.
    with suppress(Exception), reading(str(path.parent / str(found.get("database", DATABASE)))) as reader:
        if last := last_recorded(reader):
            from tracks.clock import Clock

            return Clock.recorded_at(last).today.isoformat()
    return "–"
