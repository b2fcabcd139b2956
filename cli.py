"""The door: finds the command that is asked for, imports its group and no other, and turns every fault into one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from commands.runtime.errors import NOT_UNDERSTOOD
from definitions.model.catalogues import CatalogueUnfit
from definitions.model.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.runtime.context import CommandContext

# What is typed: the module that holds it, and its function there.
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("commands.demo.command", "demo"),
    "init": ("commands.authoring.init", "init"),
    "doctor": ("commands.admin.maintenance", "doctor"),
    "verify": ("commands.admin.maintenance", "verify"),
    "check": ("commands.authoring.check_apply", "check"),
    "test": ("commands.authoring.run_tests", "run_tests"),
    "explain": ("commands.authoring.reference", "explain"),
    "schema": ("commands.authoring.reference", "schema"),
    "fmt": ("commands.authoring.reference", "fmt"),
    "apply": ("commands.authoring.check_apply", "apply"),
    "tracks": ("commands.queries.track_status", "tracks"),
    "graph": ("commands.queries.graph", "graph"),
    "handbook": ("commands.queries.pages", "handbook"),
    "report": ("commands.queries.pages", "report"),
    "outcomes": ("commands.queries.pages", "outcomes"),
    "export": ("commands.queries.export", "export"),
    "enrol": ("commands.recording.enrol", "enrol"),
    "import": ("commands.importing.command", "import_file"),
    "record": ("commands.recording.steps", "record"),
    "state": ("commands.recording.steps", "state"),
    "begin": ("commands.recording.steps", "begin"),
    "phase": ("commands.recording.steps", "phase"),
    "place": ("commands.recording.steps", "place"),
    "decide": ("commands.recording.steps", "decide"),
    "contact": ("commands.recording.steps", "contact"),
    "outcome": ("commands.recording.steps", "outcome"),
    "follow-up": ("commands.recording.steps", "follow_up"),
    "except": ("commands.recording.intake", "except_from"),
    "refuse": ("commands.recording.intake", "refuse"),
    "offer": ("commands.recording.intake", "offer"),
    "accept": ("commands.recording.intake", "accept"),
    "decline": ("commands.recording.intake", "decline"),
    "select": ("commands.recording.intake", "select"),
    "interest": ("commands.recording.intake", "interest"),
    "move": ("commands.recording.starts", "move"),
    "pause": ("commands.recording.exits", "pause"),
    "resume": ("commands.recording.exits", "resume"),
    "interrupt": ("commands.recording.exits", "interrupt"),
    "close": ("commands.recording.exits", "close"),
    "transfer": ("commands.recording.exits", "transfer"),
    "misregister": ("commands.recording.exits", "misregister"),
    "correct": ("commands.recording.correct", "correct"),
    "deviate": ("commands.recording.deviate", "deviate"),
    "assign": ("commands.recording.correct", "assign"),
    "start": ("commands.recording.starts", "start"),
    "employer": ("commands.recording.employers", "employer"),
    "advance": ("commands.admin.advance", "advance"),
    "up": ("commands.admin.advance", "up"),
    "down": ("commands.admin.advance", "down"),
    "status": ("commands.queries.status", "status"),
    "worklist": ("commands.queries.worklist", "worklist"),
    "caseload": ("commands.queries.caseload", "caseload"),
    "history": ("commands.queries.worklist", "history"),
    "why": ("commands.queries.why", "why"),
    "queue": ("commands.queries.why", "queue"),
}
# Options that mean the same for every command, and stand before it or after it; whether each takes a value.
GLOBALS: Final[Mapping[str, bool]] = {"--db": True, "--lang": True, "--by": True, "--at": True, "--confirm-clock": False}
FAULT: Final = 1
STORAGE: Final = 5
_STORAGE_FAULTS: Final = ("ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES")


def app() -> None:
    """What the program `jobbspar` runs."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = main(sys.argv[1:])
    gc.freeze()  # the interpreter would look through everything once more before it ends
    sys.exit(code)


def main(args: Sequence[str]) -> int:
    """Run a command line; answers its exit code. Everything that can go wrong is said here, in one line."""
    lang, work = "sv", None
    try:
        options, rest = hoisted(args)
        lang = _first_language(options)
        from commands.runtime.context import command_context

        work = command_context(options)
        lang = work.lang
        code = _run(work, rest)
        for warning in work.warnings:
            sys.stderr.write(f"{warning}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # noqa: BLE001 - the one place where faults end
        return _told(fault, lang, work)
    return code


def hoisted(args: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """The global options, wherever they stand, and the rest. Raises NotUnderstood for one without its value."""
    options: dict[str, Any] = {}
    rest: list[str] = []
    left = list(args)
    while left:
        arg = left.pop(0)
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


def _without_value(name: str, options: Mapping[str, Any]) -> Refusal:
    from commands.runtime.texts import message

    return NOT_UNDERSTOOD(problem=message("usage.value", _first_language(options), name=name), command="jobbspar")


def _first_language(options: Mapping[str, Any]) -> str:
    """The language of what goes wrong before the settings are read."""
    from commands.runtime.context import language

    return language(options.get("lang"), {})


def _run(work: CommandContext, args: Sequence[str]) -> int:
    from typer import Exit, TyperException
    from typer import main as typer_main

    from commands.app.typer_app import usage_problem

    name = next((arg for arg in args if not arg.startswith("-")), "")
    try:
        command = typer_main.get_command(_door(name))
        with command.make_context("jobbspar", list(args) or ["--help"], obj=work) as context:
            answer = command.invoke(context)
    except Exit as done:
        return done.exit_code
    except TyperException as fault:
        if name and name not in COMMANDS:
            raise _unknown(name, work.lang) from None
        raise NOT_UNDERSTOOD(problem=usage_problem(fault, work.lang), command=f"jobbspar {name}".strip()) from None
    return answer if isinstance(answer, int) else 0


def _door(name: str) -> Any:
    """The Typer app, with the one command that is asked for."""
    from importlib import import_module

    from typer import Typer

    from commands.app.typer_app import CommandGroup, LocalizedCommand

    app = Typer(cls=CommandGroup, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_nothing)
    if name in COMMANDS:
        module, function = COMMANDS[name]
        app.command(name, cls=LocalizedCommand)(getattr(import_module(module), function))
    return app


def _nothing() -> None:
    """The door itself does nothing."""


def _unknown(name: str, lang: str) -> Refusal:
    from difflib import get_close_matches

    from commands.runtime.texts import message

    near = get_close_matches(name, COMMANDS, n=1)
    key = "usage.command.near" if near else "usage.command"
    return NOT_UNDERSTOOD(problem=message(key, lang, name=name[:40], near="".join(near)), command="jobbspar")


def _told(fault: Exception, lang: str, work: CommandContext | None) -> int:
    """Say a fault, and answer its exit code; without its catalogues the program can say only that."""
    try:
        return _in_words(fault, lang, work)
    except CatalogueUnfit as unfit:
        sys.stderr.write(f"{unfit}\n")
        return FAULT


def _in_words(fault: Exception, lang: str, work: CommandContext | None) -> int:
    from commands.runtime.output import note
    from commands.runtime.texts import message

    if os.environ.get("JOBBSPAR_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, CatalogueUnfit):
        raise fault
    if isinstance(fault, Refusal):
        from commands.app.did_you_mean import suggestion
        from commands.app.error_text import refusal_text

        note(message("fault", lang, text=f"{refusal_text(fault, lang)}{suggestion(fault, lang, work)}"))
        return fault.exit_code
    if isinstance(fault, OSError) and _errno(fault) in _STORAGE_FAULTS:
        with suppress(OSError):
            note(message("fault", lang, text=message("fault.storage", lang, why=_errno(fault))))
        _drop_output()
        return STORAGE
    note(message("fault", lang, text=message("fault.ours", lang, kind=type(fault).__name__, where=_where(fault))))
    return FAULT


def _errno(fault: OSError) -> str:
    import errno

    return errno.errorcode.get(fault.errno or 0, "")


def _where(fault: Exception) -> str:
    """The place in the code; never the text of the fault, which may quote what somebody wrote about a person."""
    from pathlib import Path

    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _drop_output() -> None:
    """Nobody reads any more, so the interpreter must not try to flush when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    app()
