"""The database: how it is opened, created and brought to the schema that this program writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.progress import SILENT, Stage, WorkProgress
from tracks.storage.dialects import sqlite
from tracks.storage.dialects.sqlite_file import older_revision, open_reading, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from tracks.storage.dialects.protocol import Dialect

# The dialect of the store. `path_of` refuses the address of any other database.
DIALECT: Final[Dialect] = sqlite
SCRIPTS: Final = "tracks.storage:migrations"


def open_database(target: str | Path, *, readonly: bool = False) -> Engine:
    """Open an engine on a database that exists and has the schema of this program."""
    path = path_of(target)
    open_reading(path).close()
    return DIALECT.open_engine(path, readonly=readonly)


def create_database(target: str | Path) -> Engine:
    """Open an engine on the database at `target`, which is made first if it is not there."""
    path = path_of(target)
    if not path.exists():
        DIALECT.create(path, upgrade)
    return open_database(path)


def upgrade_database(target: str | Path, progress: WorkProgress = SILENT) -> Path | None:
    """Bring a database of an older schema to the newest; answers the copy that was kept of it, None where it is the newest already."""
    path = path_of(target)
    found = older_revision(path)
    if found is None:
        return None
    copy = path.with_name(f"{path.name}.{found}")
    progress.begin(Stage.COPYING, what=path.name)
    DIALECT.copy(path, copy)
    progress.begin(Stage.UPGRADING, what=path.name)
    engine = DIALECT.open_engine(path, readonly=False)
    try:
        with DIALECT.translated(path):
            upgrade(engine)
    finally:
        engine.dispose()
    return copy


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest version, in one transaction."""
    # Alembic is imported where it is needed: most commands never migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
