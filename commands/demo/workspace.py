"""The workspace of the demo: made where nothing is, or made anew where a demo was, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Final

from commands.runtime import errors
from commands.runtime.atomic_files import write_file
from commands.runtime.settings import DATABASE, SETTINGS, read_settings
from commands.runtime.shipped_files import examples
from commands.runtime.texts import message
from tracks.access.ledgers import create_database

_SETTINGS: Final = """# {made}
database = "{database}"
lang = "{lang}"
# {clock}
clock = "virtual"
demo = true
"""


def make_workspace(folder: Path, lang: str, *, again: bool) -> None:
    """Make the workspace with its settings, the example tracks and an empty database.

    Args:
        folder: where; a folder of an earlier demo is cleared.
        lang: the language of the settings.
        again: whether an earlier demo may be cleared.

    Raises:
        Refusal: ALREADY_THERE where the folder is not empty, and no demo or not to be cleared; as `unwritable` where it cannot be written.

    """
    try:
        _clear(folder, again=again)
        folder.mkdir(parents=True, exist_ok=True)
        copytree(examples(), folder / "tracks", ignore=lambda _, names: [name for name in names if not _wanted(name)])
    except OSError as fault:
        raise errors.unwritable(folder, fault) from None
    made, clock = message("demo.settings.made", lang), message("demo.settings.clock", lang)
    write_file(folder / SETTINGS, _SETTINGS.format(database=DATABASE, lang=lang, made=made, clock=clock))
    create_database(folder / DATABASE)


def _wanted(name: str) -> bool:
    return "." not in name or name.endswith(".yaml")


def _clear(folder: Path, *, again: bool) -> None:
    """Take away what an earlier demo made; Prefect's home is kept, because it costs time to make."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (again and _is_demo(folder)):
        raise errors.ALREADY_THERE(path=folder)
    for path in sorted((folder / "tracks").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if (folder / "tracks").exists():
        (folder / "tracks").rmdir()
    # The log of SQLite would be replayed into the new database if it were left.
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / name).unlink(missing_ok=True)
    for page in folder.glob("*.html"):
        page.unlink()


def _is_demo(folder: Path) -> bool:
    return (folder / SETTINGS).is_file() and read_settings(folder / SETTINGS).get("demo") is True
