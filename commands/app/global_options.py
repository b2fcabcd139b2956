"""The options that mean the same for every command, and stand before it or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.runtime.errors import NOT_UNDERSTOOD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.runtime.settings import Lang
    from definitions.model.refusal import Refusal

PROGRAM: Final = "jobbspar"
# What a line asks of the program itself; `help` is typed as a command, as by many other programs.
HELP: Final = ("--help", "-h")
VERSION: Final = ("--version", "-V")
HELP_WORDS: Final = ("help", "hjälp")
# The name of each option, and how help calls its value; empty where it takes none.
GLOBALS: Final[Mapping[str, str]] = {"--db": "DATABASE", "--lang": "sv|en", "--by": "YOUR_NAME", "--at": "TIME", "--confirm-clock": ""}


def hoist(args: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Take the global options out of a command line, wherever they stand.

    Typer takes an option only where it is declared, and whoever types a command should not have to think of that.

    Args:
        args: the command line without the name of the program.

    Returns:
        The values by name, without dashes in front, and what is left of the command line.

    Raises:
        Refusal: NOT_UNDERSTOOD where an option stands last and its value is missing.

    """
    options: dict[str, Any] = {}
    rest: list[str] = []
    left = list(args)
    while left:
        arg = left.pop(0)
        # What follows `--` is taken as it stands, so that a text that looks like an option can be said.
        if arg == "--":
            return options, [*rest, arg, *left]
        name, equals, value = arg.partition("=")
        if name not in GLOBALS or (equals and not GLOBALS[name]):
            rest.append(arg)
        elif not GLOBALS[name]:
            options[name[2:].replace("-", "_")] = True
        elif equals or left:
            options[name[2:]] = value if equals else left.pop(0)
        else:
            raise _without_value(name, options)
    return options, rest


def first_language(options: Mapping[str, Any]) -> Lang:
    """The language of what goes wrong before the settings are read."""
    from commands.runtime.context import language

    return language(options.get("lang"), {})


def _without_value(name: str, options: Mapping[str, Any]) -> Refusal:
    from commands.runtime.texts import message

    return NOT_UNDERSTOOD(problem=message("usage.value", first_language(options), name=name), command=PROGRAM)
