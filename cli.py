"""The door: finds the command that is asked for, imports its group and no other, and turns every fault into one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from commands.errors import NotUnderstood
from definitions.texts import CatalogueUnfit
from tracks.errors import TracksError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.context import Here

# What is typed: the module of `commands` that holds it, and its function there.
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("demo", "demo"),
    "init": ("workspace", "init"),
    "doctor": ("health", "doctor"),
    "verify": ("health", "verify"),
    "check": ("declaring", "check"),
    "test": ("testing", "run_tests"),
    "explain": ("knowing", "explain"),
    "schema": ("knowing", "schema"),
    "fmt": ("knowing", "fmt"),
    "apply": ("declaring", "apply"),
    "tracks": ("standing", "tracks"),
    "graph": ("picturing", "graph"),
    "handbook": ("pages", "handbook"),
    "report": ("pages", "report"),
    "outcomes": ("pages", "outcomes"),
    "export": ("exporting", "export"),
    "enrol": ("people", "enrol"),
    "import": ("people", "import_file"),
    "record": ("reporting", "record"),
    "state": ("reporting", "state"),
    "begin": ("reporting", "begin"),
    "phase": ("reporting", "phase"),
    "place": ("reporting", "place"),
    "decide": ("reporting", "decide"),
    "contact": ("reporting", "contact"),
    "outcome": ("reporting", "outcome"),
    "follow-up": ("reporting", "follow_up"),
    "except": ("admission", "except_from"),
    "refuse": ("admission", "refuse"),
    "offer": ("admission", "offer"),
    "accept": ("admission", "accept"),
    "decline": ("admission", "decline"),
    "select": ("admission", "select"),
    "interest": ("admission", "interest"),
    "move": ("starting", "move"),
    "pause": ("leaving", "pause"),
    "resume": ("leaving", "resume"),
    "interrupt": ("leaving", "interrupt"),
    "close": ("leaving", "close"),
    "transfer": ("leaving", "transfer"),
    "misregister": ("leaving", "misregister"),
    "correct": ("righting", "correct"),
    "deviate": ("deviating", "deviate"),
    "assign": ("righting", "assign"),
    "start": ("starting", "start"),
    "employer": ("employing", "employer"),
    "advance": ("running", "advance"),
    "up": ("running", "up"),
    "down": ("running", "down"),
    "status": ("asking", "status"),
    "worklist": ("lists", "worklist"),
    "caseload": ("caseloads", "caseload"),
    "history": ("lists", "history"),
    "why": ("explaining", "why"),
    "queue": ("explaining", "queue"),
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
        from commands.context import here

        work = here(options)
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


def _without_value(name: str, options: Mapping[str, Any]) -> NotUnderstood:
    from commands.texts import tell

    return NotUnderstood(problem=tell("usage.value", _first_language(options), name=name), command="jobbspar")


def _first_language(options: Mapping[str, Any]) -> str:
    """The language of what goes wrong before the settings are read."""
    from commands.context import language

    return language(options.get("lang"), {})


def _run(work: Here, args: Sequence[str]) -> int:
    from typer import Exit, TyperException
    from typer import main as typer_main

    from commands.spoken import usage_problem

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
        raise NotUnderstood(problem=usage_problem(fault, work.lang), command=f"jobbspar {name}".strip()) from None
    return answer if isinstance(answer, int) else 0


def _door(name: str) -> Any:
    """The Typer app, with the one command that is asked for."""
    from importlib import import_module

    from typer import Typer

    from commands.spoken import Door, Spoken

    app = Typer(cls=Door, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_nothing)
    if name in COMMANDS:
        module, function = COMMANDS[name]
        app.command(name, cls=Spoken)(getattr(import_module(f"commands.{module}"), function))
    return app


def _nothing() -> None:
    """The door itself does nothing."""


def _unknown(name: str, lang: str) -> NotUnderstood:
    from difflib import get_close_matches

    from commands.texts import tell

    near = get_close_matches(name, COMMANDS, n=1)
    key = "usage.command.near" if near else "usage.command"
    return NotUnderstood(problem=tell(key, lang, name=name[:40], near="".join(near)), command="jobbspar")


def _told(fault: Exception, lang: str, work: Here | None) -> int:
    """Say a fault, and answer its exit code; without its catalogues the program can say only that."""
    try:
        return _in_words(fault, lang, work)
    except CatalogueUnfit as unfit:
        sys.stderr.write(f"{unfit}\n")
        return FAULT


def _in_words(fault: Exception, lang: str, work: Here | None) -> int:
    from commands.showing import note
    from commands.texts import tell

    if os.environ.get("JOBBSPAR_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, CatalogueUnfit):
        raise fault
    if isinstance(fault, TracksError):
        from commands.faults import told
        from commands.meant import meant

        note(tell("fault", lang, text=f"{told(fault, lang)}{meant(fault, lang, work)}"))
        return fault.exit_code
    if isinstance(fault, OSError) and _errno(fault) in _STORAGE_FAULTS:
        with suppress(OSError):
            note(tell("fault", lang, text=tell("fault.storage", lang, why=_errno(fault))))
        _drop_output()
        return STORAGE
    note(tell("fault", lang, text=tell("fault.ours", lang, kind=type(fault).__name__, where=_where(fault))))
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
