"""`init`: a folder to work in, with settings, a first track that loads clean and its tests, and a database."""

from __future__ import annotations

from datetime import timedelta
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from typer import Argument, Context, Option

from commands.runtime import errors
from commands.runtime.atomic_files import write_file
from commands.runtime.context import parse_time
from commands.runtime.output import print_message
from commands.runtime.settings import DATABASE, SETTINGS, read_settings
from commands.runtime.shipped_files import examples, shipped_text
from tracks.access.ledgers import create_database, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from commands.runtime.context import CommandContext

FIRST: Final = "forsta-sparet"
LEAD: Final = timedelta(weeks=6)  # so long before a first start a virtual workspace begins
_IGNORED: Final = """*.db
*.db-shm
*.db-wal
*.key
.*.new*
.jobbspar/
"""


def init(
    ctx: Context,
    folder: Annotated[str | None, Argument(metavar="DIR")] = None,
    *,
    virtual: Annotated[bool, Option("--virtual")] = False,
    example: Annotated[str | None, Option("--from", metavar="EXAMPLE")] = None,
) -> None:
    """Make a workspace; where there is one, the database that it lacks."""
    from definitions.reference.translate import translate

    work = ctx.obj
    # A database that is named without a folder belongs to the workspace that it lies in.
    place = Path(folder) if folder is not None else _home_of(path_of(work.named)) if work.named else Path()
    given = tracks_of(example) if example else _first(work)
    given = {name: translate(text, work.lang) for name, text in given.items()}
    if (place / SETTINGS).exists():
        _complete(work, place, more=virtual or example is not None)
        return
    _make_folder(place / "tracks")
    _fill(work, place, given, virtual=virtual)
    _print_next_steps(work, place, given, virtual=virtual)


def _complete(work: CommandContext, place: Path, *, more: bool) -> None:
    """Make the database that the settings of a workspace name, as after a clone, and touch nothing else.

    Raises:
        Refusal: ALREADY_THERE where it is there, and where more is asked for than a database.

    """
    settings = place / SETTINGS
    database = _database_of(work, place, _database_named(settings))
    if more or database.exists():
        raise errors.ALREADY_THERE(path=settings)
    _make_folder(database.parent)
    create_database(database)
    print_message("init.made", work, path=database)


def _home_of(database: Path) -> Path:
    """The workspace whose settings name a database; without one, the folder that the database lies in."""
    wanted = database.absolute()
    for folder in wanted.parents:
        if (folder / SETTINGS).is_file() and (folder / _database_named(folder / SETTINGS)).absolute() == wanted:
            return folder
    return database.parent


def _database_named(settings: Path) -> str:
    """The database that settings name, else the usual one."""
    return str(read_settings(settings).get("database", DATABASE))


def _database_of(work: CommandContext, place: Path, name: str) -> Path:
    """The file of the database: the one that `--db` names, else that of this name in the folder."""
    return path_of(work.named) if work.named else place / name


def _make_folder(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise errors.unwritable(place, fault) from None


def _first(work: CommandContext) -> dict[str, str]:
    """The first track and its tests."""
    return {name: shipped_text(f"first_{kind}.{work.lang}.yaml") for name, kind in ((FIRST, "track"), (f"{FIRST}.test", "test"))}


def _print_next_steps(work: CommandContext, place: Path, given: Mapping[str, str], *, virtual: bool) -> None:
    """Print the lines to type next, as they work where one stands."""
    from commands.runtime.executable import activation
    from definitions.systems import quoted

    reached = activation()
    print_message("next.then", work)
    for line in (*([reached] if reached else []), *([f"cd {quoted(str(place))}"] if place != Path() else [])):
        print_message("next.line", work, line=line)
    at = f" --at {_given_day(work) or _fitting_day(given)}" if virtual else ""
    print_message("init.next", work, track=next(iter(given)), at=at)


def _given_day(work: CommandContext) -> date | None:
    """The day that the command was given as its own; None where it was given none."""
    return parse_time(work.at).today if work.at else None


def _fitting_day(given: Mapping[str, str]) -> date:
    """A day on which the first of some tracks takes people in: before its first start, at the beginning of its period, or now."""
    from commands.runtime.context import system_clock
    from definitions.loading.loader import load_text

    track = load_text(next(iter(given.values()))).track
    today = system_clock().today
    if track is None:
        return today
    starts = [start.date for start in track.intake.starts]
    return min(starts) - LEAD if starts else track.period.first or today


def _fill(work: CommandContext, place: Path, given: Mapping[str, str], *, virtual: bool) -> None:
    from commands.authoring.reference import schema_text
    from definitions.reference.json_schema import FILE, MODELINE

    database, settings = _database_of(work, place, DATABASE), shipped_text(f"first_settings.{work.lang}.toml")
    if work.named:
        beside = database.absolute().parent == place.absolute()
        settings = settings.replace(f'"{DATABASE}"', dumps(database.name if beside else str(database.absolute()), ensure_ascii=False), 1)
    _make_folder(database.parent)
    # First of all, so that nothing of the rest is ever kept in a repository, also where this is cut short.
    _write_new(work, place / ".gitignore", _IGNORED)
    create_database(database)
    print_message("init.made", work, path=database)
    # The schema lies beside the tracks and each file names it, so that an editor completes keys without being set up.
    files = {
        f"tracks/{FILE}": schema_text(work.lang),
        **{f"tracks/{name}.yaml": MODELINE + text for name, text in given.items()},
        SETTINGS: settings.replace("# clock", "clock") if virtual else settings,
    }
    for name, text in files.items():
        _write_new(work, place / name, text)


def _write_new(work: CommandContext, path: Path, text: str) -> None:
    # A folder may be a repository already; only the settings, which are asked for before, say that it is a workspace.
    if not path.exists():
        write_file(path, text)
        print_message("init.made", work, path=path)


def tracks_of(example: str) -> dict[str, str]:
    """Read the files of an example; they may name each other, so all of its folder are given.

    Raises:
        Refusal: NO_EXAMPLE, with the examples that there are.

    """
    found = sorted(examples().glob("*/*.yaml"))
    folder = next((file.parent for file in found if example in (file.parent.name, file.stem)), None)
    if folder is None:
        raise errors.NO_EXAMPLE(name=example[:40], examples=", ".join(sorted({file.parent.name for file in found})))
    # The one that was asked for stands first: advice about what to type next names it.
    files = sorted(folder.glob("*.yaml"), key=lambda file: (file.stem != example, file.stem))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}
