"""What a command works with: the language, the database, the one who speaks, and the one clock, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from commands.runtime import errors
from commands.runtime.settings import DATABASE, LANGUAGES, SETTINGS, VIRTUAL, Lang, read_settings
from commands.runtime.typed_values import check_file_name
from definitions.model.words import parse_name, parse_text
from definitions.progress import SILENT, WorkProgress
from definitions.systems import owned_or_roots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from definitions.model.words import Name
    from tracks.clock import Clock
    from tracks.queries.reader import DatabaseReader

# Days. A clock set wrongly would decide what cannot be taken back: offers lapse, follow-ups fall due. So a far day must be confirmed.
MOST_AHEAD: Final = 30
# Minutes. Clocks of two machines that share a file always differ a little.
TOLERATED: Final = 5


@dataclass(frozen=True, slots=True)
class CommandContext:
    """What a command works with, from the global options, the environment and the settings.

    `folder` is the workspace: where the settings are, else the database. `named` is the database as `--db` names it.
    `at` is the clock as it was typed, `confirmed` whether a clock far
    ahead is meant so, `virtual` whether the last recorded instant is the clock. `warnings` are printed when the command has ended;
    `progress` is told how far it has come.
    """

    lang: Lang
    database: str
    folder: Path
    named: str | None = None
    actor: Name | None = None
    at: str | None = None
    confirmed: bool = False
    virtual: bool = False
    warnings: list[str] = field(default_factory=list)
    progress: WorkProgress = SILENT

    @property
    def by(self) -> Name:
        """The name of who writes, as it stands in every event. Raises NO_ACTOR where nobody is named."""
        if not self.actor:
            raise errors.NO_ACTOR()
        return self.actor

    @property
    def path(self) -> Path:
        """The file of the database."""
        from tracks.access.ledgers import path_of

        return path_of(self.database)


def language(given: str | None, settings: Mapping[str, Any]) -> Lang:
    """Choose the language of what is printed: as given, as set, as the locale says, else Swedish.

    Args:
        given: the value of `--lang`, if it was given.
        settings: the settings of the workspace.

    Returns:
        The language.

    Raises:
        Refusal: BAD_LANGUAGE where another one is named.

    """
    wanted = given or os.environ.get("JOBBSPAR_LANG") or settings.get("lang")
    if wanted is not None:
        if wanted not in LANGUAGES:
            raise errors.BAD_LANGUAGE(value=wanted)
        return cast("Lang", wanted)
    # The first of these that is set holds, as in the C library.
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "sv"


def settings_near(database: str | None) -> tuple[Path | None, Mapping[str, Any]]:
    """The settings that hold: beside a database that was named, else in this folder or one above it.

    Raises:
        Refusal: SETTINGS_OF_ANOTHER where those above are another user's; as `read_settings`.

    """
    if database:
        from tracks.access.ledgers import path_of

        near = [path_of(database).absolute().parent]
    else:
        near = [Path.cwd(), *Path.cwd().parents]
    for above, folder in enumerate(near):
        settings = folder / SETTINGS
        if settings.is_file():
            # Whoever may write in a folder above, as in /tmp, could lead what is recorded to a database of his own.
            if above and not owned_or_roots(settings):
                raise errors.SETTINGS_OF_ANOTHER(path=settings, folder=folder)
            return folder, read_settings(settings)
    return None, {}


def command_context(options: Mapping[str, Any]) -> CommandContext:
    """The context of a command from its global options, the environment and the settings."""
    # A database that is named brings its own settings; those of the folder where one happens to stand are another workspace's.
    named = options.get("db") or os.environ.get("JOBBSPAR_DATABASE")
    check_file_name(named or "", "--db" if options.get("db") else "JOBBSPAR_DATABASE")
    folder, settings = settings_near(named)
    database = named or (DATABASE if folder is None else str(folder / settings.get("database", DATABASE)))
    return CommandContext(
        lang=language(options.get("lang"), settings),
        database=database,
        folder=_beside(database) if folder is None else folder,
        named=options.get("db"),
        actor=_actor(options.get("by"), "--by") or _actor(os.environ.get("JOBBSPAR_ACTOR"), "JOBBSPAR_ACTOR"),
        at=parse_text(options["at"], "--at") if options.get("at") else None,
        confirmed=bool(options.get("confirm_clock")),
        virtual=settings.get("clock") == VIRTUAL,
    )


def _actor(given: str | None, place: str) -> Name | None:
    return parse_actor(given, place) if given and given.strip() else None


def _beside(database: str) -> Path:
    return Path() if "://" in database and not database.startswith("sqlite:///") else Path(database.removeprefix("sqlite:///")).parent


def clock_now(work: CommandContext, last: str | None) -> Clock:
    """Read the clock of a command: as given, else the last recorded in a virtual workspace, else the system's.

    Args:
        work: the context of the command.
        last: the last instant recorded of the track concerned (of the whole database for a command without one).

    Returns:
        The clock, read once.

    Raises:
        Refusal: BAD_TIME where `--at` is no time; NO_VIRTUAL_TIME where the clock is virtual and nothing is recorded.

    """
    from tracks.clock import Clock

    if work.at is not None:
        return parse_time(work.at)
    if work.virtual:
        if not last:
            raise errors.NO_VIRTUAL_TIME()
        return Clock.recorded_at(last)
    return system_clock()


def writing_clock(work: CommandContext, reader: DatabaseReader, tracks: Sequence[str] = ()) -> Clock:
    """The clock of a command that writes. One far ahead is refused; of one ahead or behind a warning is kept.

    Args:
        work: the context of the command, which takes the warnings.
        reader: the open database.
        tracks: the ids of the tracks concerned; all where none is named.

    Returns:
        The clock, read once.

    Raises:
        Refusal: CLOCK_AHEAD for a time that was given, CLOCK_JUMPED for the clock of the system, and those of `clock_now`.

    """
    from commands.runtime.texts import message
    from tracks.queries.moment import last_recorded

    last = last_recorded(reader, tracks)
    clock = clock_now(work, last)
    if last and _seconds(last) - _seconds(clock.recorded) > TOLERATED * 60:
        work.warnings.append(message("clock.behind", work.lang, clock=minute(clock.recorded), last=minute(last)))
    # In a virtual workspace the clock is moved on purpose, as far ahead as one likes.
    if work.virtual:
        return clock
    if work.at is None:
        _judge_system_clock(work, reader, clock, last)
        return clock
    _refuse_far_ahead(work, clock, last)
    now = system_clock().recorded
    if _seconds(clock.recorded) - _seconds(now) > TOLERATED * 60:
        work.warnings.append(message("clock.ahead", work.lang, clock=minute(clock.recorded), now=minute(now)))
    return clock


def _judge_system_clock(work: CommandContext, reader: DatabaseReader, clock: Clock, last: str | None) -> None:
    """Judge the system's clock by what was recorded last in the whole database; `last` is that of the tracks concerned."""
    from commands.runtime.texts import message
    from tracks.clock import JUMPED, RESTED
    from tracks.errors import CLOCK_JUMPED
    from tracks.queries.moment import last_recorded

    # Everybody is looked at only where the tracks concerned have rested.
    latest = last if last and clock.days_after(last) < RESTED else last_recorded(reader)
    days = clock.days_after(latest)
    if latest is None or days < RESTED or work.confirmed:
        return
    said = {"clock": minute(clock.recorded), "last": minute(latest)}
    if days >= JUMPED:
        raise CLOCK_JUMPED(days=JUMPED, **said)
    work.warnings.append(message("clock.rested", work.lang, days=days, **said))


def _refuse_far_ahead(work: CommandContext, clock: Clock, last: str | None) -> None:
    latest = max(system_clock().recorded, last or "")
    if not work.confirmed and _seconds(clock.recorded) - _seconds(latest) > MOST_AHEAD * 86400:
        raise errors.CLOCK_AHEAD(clock=minute(clock.recorded), days=MOST_AHEAD, last=minute(last) if last else "–")


def _seconds(recorded: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(recorded).timestamp()


def minute(recorded: str) -> str:
    """A recorded instant as the clock on the wall in Stockholm showed it, to the minute."""
    from datetime import datetime

    from tracks.clock import STOCKHOLM

    return f"{datetime.fromisoformat(recorded).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"


def system_clock() -> Clock:
    """The system's clock."""
    from datetime import UTC, datetime

    from tracks.clock import Clock

    return Clock.of(datetime.now(UTC))


def parse_time(text: str) -> Clock:
    """Parse a day or an instant as people write it.

    Raises:
        Refusal: BAD_TIME.

    """
    from tracks.clock import Clock

    try:
        return Clock.at(text)
    except (ValueError, OverflowError):
        raise errors.BAD_TIME(value=text[:40]) from None


def parse_actor(text: str, place: str) -> Name:
    """Parse the name of who says something, given at a place.

    Raises:
        Refusal: BAD_ACTOR for the engine's own name, FILL_IN_VALUE for a placeholder, else as `parse_name`.

    """
    from commands.runtime.texts import message

    name = parse_name(text, place)
    if name.casefold() == "engine":
        raise errors.BAD_ACTOR(place=place)
    # What a help text shows in the place of a name is nobody, and the log that it would stand in for ever cannot be changed.
    if name.isupper() and name in {message(f"metavar.{word}", lang) for word in ("NAME", "YOUR_NAME") for lang in LANGUAGES}:
        raise errors.FILL_IN_VALUE(name=place, value=name)
    return name


def parse_day(text: str) -> date:
    """Parse a day as people write it.

    Raises:
        Refusal: BAD_DAY.

    """
    from definitions.model.calendar import written_day

    try:
        return written_day(text)
    except ValueError:
        raise errors.BAD_DAY(value=text[:40]) from None


def past_day(text: str | None, today: date) -> date | None:
    """Parse a day that has been; None where none is given.

    Raises:
        Refusal: BAD_DAY or DAY_AHEAD.

    """
    day = parse_day(text) if text else None
    if day and day > today:
        raise errors.DAY_AHEAD(value=day, today=today)
    return day
