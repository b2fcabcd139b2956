"""`init`: a folder to work in, with settings, a first track that loads clean, and a database."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typer import Argument, Context, Option

from commands import errors
from commands.context import DATABASE, SETTINGS
from commands.showing import say
from commands.writing_files import write_file

if TYPE_CHECKING:
    from commands.context import Here

FIRST: Final = "forsta-sparet"
_IGNORED: Final = """*.db
*.db-shm
*.db-wal
*.key
.jobbspar/
"""


def init(ctx: Context, folder: str = Argument(".", metavar="DIR"), virtual: bool = Option(False, "--virtual")) -> None:
    """Make a workspace."""
    work, place = ctx.obj, Path(folder)
    settings = place / SETTINGS
    if settings.exists():
        raise errors.AlreadyThere(path=settings)
    try:
        (place / "tracks").mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise errors.FileUnwritable(path=place, why=errno.errorcode.get(fault.errno or 0, "?")) from None
    _fill(work, place, virtual)
    say("init.next", work, tracks=place / "tracks", track=FIRST)


def _fill(work: Here, place: Path, virtual: bool) -> None:
    from tracks.database import create_database

    database, settings = place / DATABASE, _shipped("first_settings.toml")
    create_database(database).dispose()
    say("init.made", work, path=database)
    files = {
        f"tracks/{FIRST}.yaml": _shipped("first_track.yaml"),
        ".gitignore": _IGNORED,
        SETTINGS: settings.replace("# clock", "clock") if virtual else settings,
    }
    for name, text in files.items():
        if not (place / name).exists():
            write_file(place / name, text)
            say("init.made", work, path=place / name)


def _shipped(name: str) -> str:
    """A file that comes with the program."""
    from importlib.resources import files

    return files("commands").joinpath(name).read_text(encoding="utf-8")
