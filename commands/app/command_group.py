"""Typer's commands in two languages: imported when asked for, helped from the catalogue, usage errors in plain words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from typer import TyperException
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from commands.app.global_options import GLOBALS, HELP, PROGRAM
from commands.app.placeholders import OPTIONS, is_open, without_placeholders
from commands.app.prompt import ask
from commands.runtime.errors import FILL_IN_VALUE, NOT_UNDERSTOOD
from commands.runtime.texts import has, message
from commands.runtime.typed_values import check_file_name
from definitions.model.words import EMPTY_TEXT, composed, parse_name, parse_note, parse_text, parse_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# What was typed, kept for the text about what a line of the worklist left open.
_TYPED: Final = "typed"
# The options that say in which form an answer comes.
_FORMS: Final = ("json", "csv", "xlsx", "html", "ics")
# What the program reads of the environment, as help tells it.
ENVIRONMENT: Final = (
    "JOBBSPAR_DATABASE", "JOBBSPAR_LANG", "JOBBSPAR_ACTOR", "JOBBSPAR_PREFECT_API_URL", "JOBBSPAR_PREFECT_API_AUTH_STRING",
    "JOBBSPAR_DEBUG", "NO_COLOR", "PAGER",
)  # fmt: skip
# How help calls what is the name of a file.
_FILES: Final = frozenset({"FILE", "PATH", "DIR"})
# How it calls what is the name of somebody or something.
_NAMES: Final = frozenset({"NAME", "EMPLOYER"})


class AsText:
    """Takes an argument as a text, through the door for texts; what the text means is checked where it is used."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value as the door for texts lets it pass; the name of a file stays as it is.

        Args:
            value: what was typed, or the default.
            param: the parameter of Typer that it belongs to.
            ctx: the context of Typer, which knows the language of the reader.

        Returns:
            The value; None where it must be given and is blank, an empty tuple where several may be given and none is, as Typer has it.

        Raises:
            Refusal: that of the door, with the name of the argument.

        """
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(value, list | tuple):
            return type(value)(self.coerce(one, param, ctx) for one in value)
        if not isinstance(value, str) or getattr(ctx.get_parameter_source(param.name), "name", "") == "DEFAULT":
            return value
        place = _place(param, _lang(ctx))
        if not value.strip():
            # What must be given and is blank is asked for as if it had been left out.
            if param.required and not (param.multiple or param.nargs == -1):
                return None
            raise EMPTY_TEXT(place=place)
        return _taken(value, param, place)


def _taken(value: str, param: Any, place: str) -> str:
    """What was typed, through the door of its metavar."""
    metavar = str(param.metavar)
    # Copied out of a help text as it stands, it would be recorded as typed.
    if is_open(value, metavar.split("|")):
        raise FILL_IN_VALUE(name=place, value=value)
    if _names_file(value, metavar):
        check_file_name(value, place)
        return value
    # A personal number and a step in YAML have readers of their own, which repeat nothing either.
    if metavar == "TEXT|FILE" or "--number" in param.opts:
        return composed(value, place)
    if "--name" in param.opts:
        return parse_title(value, place)
    door = parse_note if metavar == "TEXT" else parse_name if metavar in _NAMES else parse_text
    return door(value, place)


def _names_file(value: str, metavar: str) -> bool:
    """Whether a value is the name of a file, which is bytes to the system and found only as it is written there."""
    parts = {part.strip("[]….") for part in metavar.split("|")}
    if parts <= _FILES:
        return True
    return bool(parts & _FILES) and os.path.lexists(value)


def _place(param: Any, lang: str) -> str:
    return _metavar(param, lang) if param.param_type_name == "argument" else str(param.opts[0])


def _lang(ctx: Any) -> str:
    return str(ctx.find_root().obj.lang)


def _as_text(param: Any) -> Any:
    if param is not None:
        # Typer validates with pydantic, whose import costs more than all else that `status` does, and offers no other way past it.
        param._runtime_param = AsText()  # noqa: SLF001
    return param


class LocalizedCommand(TyperCommand):
    """One command, with its texts in the language of the reader."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for param in self.params:
            _as_text(param)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what was typed; what is missing is asked for where somebody sits at a terminal."""
        # A line of the worklist can be typed as it stands: what it leaves open, and must be there, counts as missing.
        given = without_placeholders(args, [str(param.metavar) for param in self.params if param.required or param.opts[0] in OPTIONS])
        ctx.meta[_TYPED] = tuple(args)
        while True:
            try:
                return super().parse_args(ctx, list(given))
            except TyperException as fault:
                param = getattr(fault, "param", None) if type(fault).__name__ == "MissingParameter" else None
                answer = ask(_question(self, param, _lang(ctx))) if param is not None else None
                if param is None or answer is None:
                    raise
                given = [*given, answer] if param.param_type_name == "argument" else [param.opts[0], answer, *given]

    def invoke(self, ctx: Any) -> Any:
        """Invoke the command, where one form of the answer is asked for: a script that asks for two would get one without a word.

        Raises:
            Refusal: NOT_UNDERSTOOD.

        """
        asked = [param.opts[0] for param in self.params if param.name in _FORMS and ctx.params.get(param.name)]
        if len(asked) > 1:
            problem = message("usage.forms", _lang(ctx), one=asked[0], other=asked[1])
            raise NOT_UNDERSTOOD(problem=problem, command=f"{PROGRAM} {self.name}")
        return super().invoke(ctx)

    def get_help_option(self, ctx: Any) -> Any:
        """Help is an option like the others."""
        return _as_text(super().get_help_option(ctx))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete the options of the command, and those that all commands have."""
        from typer._click.shell_completion import CompletionItem

        more = [name for name in GLOBALS if incomplete.startswith("-") and name.startswith(incomplete)]
        return [*super().shell_complete(ctx, incomplete), *map(CompletionItem, more)]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help text of the command."""
        lang = _lang(ctx)
        formatter.write_usage(ctx.command_path, _pieces(self, lang), prefix=f"{message('title.usage', lang)}: ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(help_of(self.name or "", lang))
        _write_params(self, formatter, lang)
        with formatter.section(message("title.globals", lang)):
            formatter.write_dl([(f"{name} {shown}".strip(), message(f"global.{name}", lang)) for name, shown in _globals(lang)])
        with formatter.section(message("title.examples", lang)):
            for line in message(f"example.{self.name}", lang).split("\n"):
                # A line to copy stands as it is typed, however long.
                formatter.write(f"  {line}\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(message("title.exit.codes", lang))


class CommandGroup(TyperGroup):
    """The group of all commands. It knows their names by topic, and imports only the one that is asked for."""

    def __init__(self, topics: Mapping[str, Sequence[str]], load: Callable[[str], Callable[..., Any]], **values: Any) -> None:
        super().__init__(
            name=PROGRAM, rich_markup_mode=None, suggest_commands=False, context_settings={"help_option_names": [*HELP]}, **values
        )
        self.topics = topics
        self._load = load

    def list_commands(self, ctx: Any) -> list[str]:
        """List the names of all commands, by topic."""
        del ctx
        return [name for names in self.topics.values() for name in names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None where there is none of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        # Not through a `Typer` app: that would make every command that it holds, and with them import all their modules.
        info = CommandInfo(cmd_name, cls=LocalizedCommand, callback=self._load(cmd_name))
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def get_help_option(self, ctx: Any) -> Any:
        """Help is an option like the others."""
        return _as_text(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write what there is, by what one wants to do."""
        lang = _lang(ctx)
        formatter.write_usage(ctx.command_path, message("title.command.usage", lang), prefix=f"{message('title.usage', lang)}: ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(message("title.about", lang))
        for topic, names in self.topics.items():
            with formatter.section(message(f"title.topic.{topic}", lang)):
                formatter.write_dl([(name, help_of(name, lang).split(". ")[0].rstrip(".")) for name in names], col_max=12)
        _write_params(self, formatter, lang)
        with formatter.section(message("title.environment", lang)):
            formatter.write_dl([(name, message(f"environment.{name}", lang)) for name in ENVIRONMENT])


def help_of(command: str, lang: str) -> str:
    """The help text of a command."""
    return message(f"help.{command}", lang)


def _question(command: TyperCommand, param: Any, lang: str) -> str:
    """The question that is put at a terminal, or not answered: the help of the parameter."""
    return _help_of(command, param, lang).removesuffix(f" {message('title.required', lang)}").rstrip(".")


def _help_of(command: TyperCommand, param: Any, lang: str) -> str:
    own = f"param.{command.name}.{param.name}"
    key = own if has(own, lang) else f"param.{param.name}"
    text = message(key, lang, reasons=_codes("reason", lang), outcomes=_codes("outcome", lang))
    return f"{text} {message('title.required', lang)}" if param.required and param.param_type_name == "option" else text


def _codes(table: str, lang: str) -> str:
    """The codes of a table as they are typed."""
    from tracks.texts import TABLES, word

    return ", ".join(word(table, code, lang).replace(" ", "_") for code in TABLES[table])


def _pieces(command: TyperCommand, lang: str) -> str:
    needed = (
        f"{param.opts[0]} {_metavar(param, lang)}" for param in command.params if param.param_type_name == "option" and param.required
    )
    arguments = (_argument(param, lang) for param in command.params if param.param_type_name == "argument")
    return " ".join([message("title.options.usage", lang), *needed, *arguments])


def _argument(param: Any, lang: str) -> str:
    name = _metavar(param, lang)
    shown = f"{name}…" if param.nargs == -1 else name
    return shown if param.required else f"[{shown}]"


def _metavar(param: Any, lang: str) -> str:
    parts = (param.metavar or param.name.upper()).split("|")
    return "|".join(message(f"metavar.{part}", lang) if has(f"metavar.{part}", lang) else part for part in parts)


def _globals(lang: str) -> Iterator[tuple[str, str]]:
    for name, metavar in GLOBALS.items():
        yield name, message(f"metavar.{metavar}", lang) if has(f"metavar.{metavar}", lang) else metavar


def _write_params(command: Any, formatter: Any, lang: str) -> None:
    for kind, title in (("argument", "title.arguments"), ("option", "title.options")):
        rows = list(_rows(command, kind, lang))
        if rows:
            with formatter.section(message(title, lang)):
                formatter.write_dl(rows)


def _rows(command: Any, kind: str, lang: str) -> Iterator[tuple[str, str]]:
    for param in command.params:
        if param.param_type_name == kind and not getattr(param, "hidden", False):
            flag = getattr(param, "is_flag", False)
            name = _metavar(param, lang) if kind == "argument" else ", ".join(param.opts) + ("" if flag else f" {_metavar(param, lang)}")
            yield name, _help_of(command, param, lang)
    if kind == "option":
        yield ", ".join(HELP[::-1]), message("title.help", lang)


def missing(fault: Any, lang: str) -> str:
    """What is missing in a line, or left open in it."""
    # What can stand there is told at once: codes are not guessed.
    left = [word for word in fault.ctx.meta.get(_TYPED, ()) if is_open(word, (str(fault.param.metavar),))]
    name = left[0] if left else _place(fault.param, lang)
    return message("usage.open" if left else "usage.missing", lang, name=name, help=_question(fault.ctx.command, fault.param, lang))
