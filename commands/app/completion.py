"""Shell completion: commands, options, ids of tracks and steps, and codes; never a reference, a name of a person or free text.

The scripts are Typer's own. They call the program with `_JOBBSPAR_COMPLETE` set, and it answers what may stand at the cursor.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Annotated, Any, Final

from typer import Context, Exit, Option
from typer._click.shell_completion import CompletionItem, get_completion_class
from typer._completion_classes import completion_init
from typer._completion_shared import _get_shell_name, get_completion_script, install
from typer.main import get_command_from_info
from typer.models import CommandInfo

from commands.app.command_group import CommandGroup, LocalizedCommand
from commands.app.global_options import GLOBALS, PROGRAM, VERSION, hoist
from commands.runtime.context import CommandContext, command_context
from commands.runtime.errors import NO_SHELL, unwritable
from commands.runtime.output import print_message
from commands.runtime.settings import LANGUAGES
from tracks.queries.moment import is_track, tracks_of
from tracks.queries.reader import DatabaseReader, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SHELLS: Final = ("bash", "zsh", "fish")
# Seconds. Nobody waits for a completion: where a database is locked, or lies on a disk that does not answer, there is none.
LIMIT: Final = 1.0
# What a shell takes as one word without quotes; anything else would have to be quoted in three ways, so it is not offered.
_PLAIN: Final = re.compile(r"[\w.+-]+")
_CODES: Final[Mapping[str, str]] = {"RESULT": "result", "REASON": "reason", "OUTCOME": "outcome", "CHANNEL": "channel"}


def group_options() -> dict[str, Any]:
    """The program's own options, as what a group of commands is made with."""
    command = get_command_from_info(
        CommandInfo("program", cls=LocalizedCommand, callback=program_options), pretty_exceptions_short=False, rich_markup_mode=None
    )
    return {"params": command.params, "callback": command.callback, "invoke_without_command": True}


def program_options(
    ctx: Context,
    *,
    install_completion: Annotated[bool, Option("--install-completion")] = False,
    show_completion: Annotated[bool, Option("--show-completion")] = False,
    version: Annotated[bool, Option(*VERSION)] = False,
) -> None:
    """Install or print the script with which the shell of the reader completes, or say which version this is."""
    if install_completion:
        _install(ctx.obj)
    elif show_completion:
        sys.stdout.write(f"{_script(_shell())}\n")
    elif version:
        sys.stdout.write(f"{_version()}\n")
    elif ctx.invoked_subcommand is None:
        ctx.fail("Missing command.")
    else:
        return
    raise Exit(0)


def _version() -> str:
    """The program and what it runs on, in a line for whoever is asked which version it is."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        own = version(PROGRAM)
    # Run from a clone that is not installed, the program is registered nowhere.
    except PackageNotFoundError:
        own = "–"
    return f"{PROGRAM} {own} (Python {sys.version.split()[0]}, {sys.platform})"


def _install(work: CommandContext) -> None:
    try:
        shell, path = install(shell=_shell(), prog_name=PROGRAM)
    except OSError as fault:
        raise unwritable(fault.filename, fault) from None
    print_message("completion.installed", work, shell=shell, path=path)


def _shell() -> str:
    """The shell that the program is called from."""
    shell = _get_shell_name() or ""
    if shell not in SHELLS:
        raise NO_SHELL(shell=shell or "–", shells=", ".join(SHELLS))
    return shell


def _script(shell: str) -> str:
    return get_completion_script(prog_name=PROGRAM, complete_var=f"_{PROGRAM.upper()}_COMPLETE", shell=shell)


def complete(topics: Mapping[str, Sequence[str]], load: Callable[[str], Callable[..., Any]], variable: str, instruction: str) -> None:
    """Print what may stand at the cursor of the shell that asks.

    Args:
        topics: the names of the commands by topic.
        load: imports the function of a command.
        variable: the name of the environment variable of the protocol.
        instruction: its value: `complete_SHELL` or `source_SHELL`.

    Raises:
        SystemExit: fish asks for the exit code alone: 0 where there is something to offer, 1 where it may offer files.

    """
    completion_init()
    what, _, shell = instruction.partition("_")
    if what == "source":
        sys.stdout.write(f"{_script(shell)}\n")
        return
    protocol: Any = get_completion_class(shell)
    args, incomplete = protocol(CommandGroup(topics, load), {}, PROGRAM, variable).get_completion_args()
    # The cursor may stand at the value of a global option, which no parser below would know.
    named = args.pop() if args and GLOBALS.get(args[-1]) else ""
    options, rest = hoist(args)

    class Hoisted(protocol):  # type: ignore[misc]
        """The protocol of the shell, on a command line without the global options, which no command declares."""

        def get_completion_args(self) -> tuple[list[str], str]:
            return rest, incomplete

        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            if named:
                return _items(LANGUAGES if named == "--lang" else (), incomplete)
            found: list[Any] = super().get_completions(args, incomplete)
            return found

    group = _CompletedGroup(topics, load, **group_options())
    text = Hoisted(group, {"obj": command_context(options)}, PROGRAM, variable).complete()
    sys.stdout.write(f"{text}\n")


class _CompletedGroup(CommandGroup):
    """The group as completion sees it: no command is imported for its name, and parameters know what they may be."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        for param in command.params if command else ():
            param._custom_shell_complete = _values  # noqa: SLF001 - set here and not where parameters are declared: Typer pays there each time
        return command

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        if ctx._protected_args:  # noqa: SLF001 - a word stands before the cursor that is no command
            return []
        own = [*self.list_commands(ctx), *(name for param in self.get_params(ctx) for name in param.opts), *GLOBALS]
        return _items((name for name in own if not name.startswith("-") or incomplete), incomplete)


def _items(values: Iterable[str], incomplete: str) -> list[Any]:
    return [CompletionItem(value) for value in values if value.startswith(incomplete)]


def _values(ctx: Any, param: Any, incomplete: str) -> list[Any]:
    """Complete a parameter by what its help calls it; nothing for a reference, a name, a day or a file."""
    found = [value for part in (param.metavar or "").split("|") for value in _of_metavar(part, ctx)]
    return _items((value for value in dict.fromkeys(found) if _PLAIN.fullmatch(value)), incomplete)


def _of_metavar(part: str, ctx: Any) -> Iterable[str]:
    lang = ctx.find_root().obj.lang
    if part in _CODES:
        from tracks.texts import TABLES, word

        return [word(_CODES[part], code, lang).replace(" ", "_") for code in TABLES[_CODES[part]]]
    if part in _STORED:
        with _patience(), reading(ctx.find_root().obj.database) as reader:
            return list(_STORED[part](reader, ctx))
    if part.islower():
        from commands.app.error_text import words_of

        return [str(words_of("choices", part, lang))]
    return []


@contextmanager
def _patience() -> Iterator[None]:
    """End the program when what is within takes too long: SQLite waits for a lock where no signal of Python's reaches it."""
    watch = Timer(LIMIT, os._exit, (0,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _tracks(reader: DatabaseReader, _ctx: Any) -> Iterable[str]:
    return [track for (track,) in reader.rows("SELECT id FROM track ORDER BY id")]


def _programmes(reader: DatabaseReader, ctx: Any) -> Iterable[str]:
    return [programme for track in _tracks(reader, ctx) if (programme := reader.labels(track, None).get("programme"))]


def _steps(reader: DatabaseReader, ctx: Any) -> Iterable[str]:
    """The steps of the track that is named before, or of those that a participant is on; of all where neither is."""
    # A reference only tells which steps to offer; it is never offered itself.
    typed = [str(value) for name in ("track", "what", "ref") if (value := ctx.params.get(name))]
    named = [track for name in typed for track in ([name] if is_track(reader, name) else tracks_of(reader, name))]
    return [step for track in named or _tracks(reader, ctx) for step in reader.labels(track, None)["sequence"]]


def _roles(reader: DatabaseReader, ctx: Any) -> Iterable[str]:
    from tracks.events.roles import CASEWORKER, EMPLOYER
    from tracks.texts import role_word

    lang = ctx.find_root().obj.lang
    return [role_word(role, lang) for role in (CASEWORKER, EMPLOYER)] + [
        role for (role,) in reader.rows("SELECT DISTINCT role FROM todo ORDER BY role") if role and role not in (CASEWORKER, EMPLOYER)
    ]


_STORED: Final[Mapping[str, Callable[[DatabaseReader, Any], Iterable[str]]]] = {
    "TRACK": _tracks, "PROGRAMME": _programmes, "STEP": _steps, "ROLE": _roles,
}  # fmt: skip
