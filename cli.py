"""The program: the one table of commands, the import of the one that is asked for, and the one place where faults end."""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.app.global_options import HELP, HELP_WORDS, PROGRAM, VERSION, first_language, hoist
from commands.runtime.errors import NOT_UNDERSTOOD
from definitions.model.catalogues import CatalogueUnfit
from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import Refusal
from definitions.systems import reader_is_gone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from commands.runtime.context import CommandContext

# The commands, in the order of the help: what is typed, what one wants to do with it (its topic), and the function that does it.
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("look", "commands.demo.command:demo"),
    "init": ("look", "commands.authoring.init:init"),
    "doctor": ("look", "commands.admin.doctor:doctor"),
    "check": ("declare", "commands.authoring.check_apply:check"),
    "test": ("declare", "commands.authoring.run_tests:run_tests"),
    "explain": ("declare", "commands.authoring.reference:explain"),
    "schema": ("declare", "commands.authoring.reference:schema"),
    "fmt": ("declare", "commands.authoring.reference:fmt"),
    "apply": ("declare", "commands.authoring.check_apply:apply"),
    "tracks": ("declare", "commands.queries.track_status:tracks"),
    "graph": ("declare", "commands.queries.graph:graph"),
    "handbook": ("declare", "commands.queries.pages:handbook"),
    "find": ("in", "commands.recording.references:find"),
    "disclose": ("in", "commands.recording.disclose:disclose"),
    "enrol": ("in", "commands.recording.enrol:enrol"),
    "import": ("in", "commands.importing.command:import_file"),
    "offer": ("in", "commands.recording.intake:offer"),
    "accept": ("in", "commands.recording.intake:accept"),
    "decline": ("in", "commands.recording.intake:decline"),
    "except": ("in", "commands.recording.intake:except_from"),
    "refuse": ("in", "commands.recording.intake:refuse"),
    "select": ("in", "commands.recording.intake:select"),
    "interest": ("in", "commands.recording.intake:interest"),
    "move": ("in", "commands.recording.starts:move"),
    "record": ("report", "commands.recording.steps:record"),
    "state": ("report", "commands.recording.steps:state"),
    "begin": ("report", "commands.recording.steps:begin"),
    "phase": ("report", "commands.recording.steps:phase"),
    "place": ("report", "commands.recording.steps:place"),
    "decide": ("report", "commands.recording.steps:decide"),
    "contact": ("report", "commands.recording.steps:contact"),
    "outcome": ("report", "commands.recording.steps:outcome"),
    "follow-up": ("report", "commands.recording.steps:follow_up"),
    "pause": ("out", "commands.recording.exits:pause"),
    "resume": ("out", "commands.recording.exits:resume"),
    "interrupt": ("out", "commands.recording.exits:interrupt"),
    "close": ("out", "commands.recording.exits:close"),
    "transfer": ("out", "commands.recording.exits:transfer"),
    "misregister": ("out", "commands.recording.exits:misregister"),
    "correct": ("right", "commands.recording.correct:correct"),
    "deviate": ("right", "commands.recording.deviate:deviate"),
    "merge": ("right", "commands.recording.references:merge"),
    "renumber": ("right", "commands.recording.references:renumber"),
    "protect": ("right", "commands.recording.references:protect"),
    "rekey": ("right", "commands.recording.references:rekey"),
    "erase": ("right", "commands.recording.references:erase"),
    "assign": ("right", "commands.recording.correct:assign"),
    "start": ("shared", "commands.recording.starts:start"),
    "employer": ("shared", "commands.recording.employers:employer"),
    "advance": ("run", "commands.admin.advance:advance"),
    "up": ("run", "commands.admin.advance:up"),
    "down": ("run", "commands.admin.advance:down"),
    "status": ("ask", "commands.queries.status:status"),
    "worklist": ("ask", "commands.queries.worklist:worklist"),
    "caseload": ("ask", "commands.queries.caseload:caseload"),
    "history": ("ask", "commands.queries.worklist:history"),
    "why": ("ask", "commands.queries.why:why"),
    "queue": ("ask", "commands.queries.why:queue"),
    "outcomes": ("results", "commands.queries.pages:outcomes"),
    "report": ("results", "commands.queries.pages:report"),
    "export": ("results", "commands.queries.export:export"),
    "verify": ("results", "commands.admin.maintenance:verify"),
    "db": ("results", "commands.admin.maintenance:db"),
}
TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    topic: tuple(name for name, (its, _) in COMMANDS.items() if its == topic) for topic, _ in COMMANDS.values()
}
# The topics whose commands answer and do nothing else.
_ANSWERING: Final = ("declare", "shared", "ask", "results")
# Set by the scripts that `--install-completion` writes; what it says is which shell asks for what.
COMPLETE: Final = "_JOBBSPAR_COMPLETE"
# The thread of a flow, where it is still there when the command has ended; `flows.watch` names it.
LEFT_BEHIND: Final = "jobbspar flow"
# How many new objects are looked through for circles at once: little here is circular, and a year of reports makes millions of values.
COLLECT_AFTER: Final = 50_000
_PATH_FAULTS: Final = ("ENAMETOOLONG", "ELOOP", "ENOTDIR", "EISDIR", "EINVAL")
_STORAGE_FAULTS: Final = ("ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES")


def app() -> None:
    """Run the program `jobbspar`."""
    gc.set_threshold(COLLECT_AFTER)
    # What was closed before the program began (`<&-`) is empty, and swallows; nothing that is opened later takes its number.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            # A terminal of another encoding must get a question mark rather than a traceback: names here have å, ä and ö.
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = _complete(os.environ[COMPLETE]) if os.environ.get(COMPLETE) else main(sys.argv[1:])
    gc.freeze()  # the interpreter would look through everything once more before it ends
    # A thread cannot be interrupted, and the interpreter would wait for one that hangs for ever.
    if any(thread.name == LEFT_BEHIND for thread in threading.enumerate()):
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def main(args: Sequence[str]) -> int:
    """Run a command line and answer its exit code. Everything that can go wrong is printed here, in one line."""
    lang, work = "sv", None
    try:
        options, rest = hoist(args)
        lang = first_language(options)
        work = _context(options, rest)
        lang = work.lang
        try:
            code = _run(work, rest)
        except Refusal as refused:
            # Nothing is touched before it is known who writes, so whoever sits at the terminal is asked, and the line begins anew.
            if not (named := _asked_name(refused, lang)):
                raise
            work = _context({**options, "by": named}, rest)
            code = _run(work, rest)
        for warning in work.warnings:
            sys.stderr.write(f"{warning}\n")
        sys.stdout.flush()
    except KeyboardInterrupt as stop:
        return getattr(stop, "exit_code", 130)
    except Exception as fault:  # noqa: BLE001 - the one place where faults end
        if isinstance(fault, OSError) and reader_is_gone(fault):
            # Whoever read the output had enough of it (`| head`), which is no fault.
            _drop_output()
            return 0
        return _report(fault, lang, work)
    return code


def _context(options: Mapping[str, Any], args: Sequence[str]) -> CommandContext:
    from dataclasses import replace

    from commands.runtime.context import CommandContext, command_context
    from commands.runtime.progress import progress_of

    try:
        work = command_context(options)
        return replace(work, progress=progress_of(work.lang))
    except Refusal:
        # Help, and which version this is, are asked for just where the settings are wrong.
        if not {*HELP, *VERSION} & set(args):
            raise
        return CommandContext(first_language(options), "", Path())


def _asked_name(refused: Refusal, lang: str) -> str | None:
    from commands.app.prompt import ask
    from commands.runtime.errors import NO_ACTOR
    from commands.runtime.texts import message

    return ask(message("ask.actor", lang)) if refused.code is NO_ACTOR else None


def _run(work: CommandContext, args: Sequence[str]) -> int:
    from typer import Exit, TyperException

    from commands.app.command_group import CommandGroup
    from commands.runtime.progress import shown

    if args and args[0] in HELP_WORDS:
        args = [*args[1:], HELP[0]]
    name = next((arg for arg in args if not arg.startswith("-")), "")
    try:
        group = CommandGroup(TOPICS, load_command, **_group_options(args))
        with (
            _screen(name, work.lang),
            shown(work, name),
            group.make_context(PROGRAM, list(args) or [HELP[0]], obj=work) as context,
        ):
            answer = group.invoke(context)
    except Exit as done:
        return done.exit_code
    except TyperException as fault:
        from commands.app.usage import unknown_command, usage_problem

        if name and name not in COMMANDS:
            raise unknown_command(args, COMMANDS, work.lang) from None
        raise NOT_UNDERSTOOD(problem=usage_problem(fault, work.lang), command=f"{PROGRAM} {name}".strip()) from None
    return answer if isinstance(answer, int) else 0


def _screen(name: str, lang: str) -> AbstractContextManager[None]:
    """Where a command prints: a window at a time, where it only answers; what works for long is seen at once."""
    if not sys.stdout.isatty() or (name and COMMANDS.get(name, ("",))[0] not in _ANSWERING):
        return nullcontext()
    from commands.runtime.pager import paged

    return paged(lang)


def load_command(name: str) -> Callable[..., Any]:
    """Import the function of a command."""
    from importlib import import_module

    module, _, function = COMMANDS[name][1].partition(":")
    command: Callable[..., Any] = getattr(import_module(module), function)
    return command


def _group_options(args: Sequence[str]) -> dict[str, Any]:
    """The program's own options, where a command line begins with one or is empty: their module costs time that `status` has not."""
    if args and not args[0].startswith("-"):
        return {}
    from commands.app.completion import group_options

    return group_options()


def _complete(instruction: str) -> int:
    """Answer a shell that completes a command line. A fault must not disturb what somebody is typing, so nothing is said of it."""
    with suppress(Exception):
        from commands.app.completion import complete

        complete(TOPICS, load_command, COMPLETE, instruction)
    return ExitCode.OK


def _report(fault: Exception, lang: str, work: CommandContext | None) -> int:
    """Print a fault and answer its exit code; without its catalogues the program can print only that they are unfit."""
    try:
        return _print_fault(fault, lang, work)
    except CatalogueUnfit as unfit:
        sys.stderr.write(f"{unfit}\n")
        return ExitCode.FAULT


def _print_fault(fault: Exception, lang: str, work: CommandContext | None) -> int:
    from commands.runtime.output import note
    from commands.runtime.texts import message

    if os.environ.get("JOBBSPAR_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, CatalogueUnfit):
        raise fault
    if not isinstance(fault, OSError) and (text := _damage(fault, work)):
        note(message("fault", lang, text=text))
        return ExitCode.VERIFICATION
    if isinstance(fault, Refusal):
        from commands.app.did_you_mean import suggestion
        from commands.app.error_text import refusal_text

        note(message("fault", lang, text=f"{refusal_text(fault, lang)}{suggestion(fault, lang, work)}"))
        return fault.exit_code
    # Not every fault of the system is one of storage: a missing file is told where it is opened, and a broken pipe is none at all.
    if isinstance(fault, OSError) and _errno(fault) in _STORAGE_FAULTS:
        from commands.runtime.errors import unwritable

        refused = unwritable(fault.filename or message("fault.output", lang), fault)
        with suppress(OSError):
            note(message("fault", lang, text=refused.message(lang)))
        _drop_output()
        return refused.exit_code
    if isinstance(fault, FileNotFoundError) and not fault.filename and _folder_gone():
        from commands.runtime.errors import FOLDER_GONE

        return _print_fault(FOLDER_GONE(), lang, work)
    # A path that the system refuses can be met wherever it is first looked at: too long, through a file, round in links.
    if isinstance(fault, OSError) and fault.filename and _errno(fault) in _PATH_FAULTS:
        from commands.runtime.errors import unreadable

        return _print_fault(unreadable(fault.filename, fault), lang, work)
    note(message("fault", lang, text=message("fault.ours", lang, kind=type(fault).__name__, where=_where(fault))))
    return ExitCode.FAULT


def _folder_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - asked of the system, and nothing made of it
    except FileNotFoundError:
        return True
    return False


def _damage(fault: Exception, work: CommandContext | None) -> str:
    from commands.app.damage import damage_text

    return damage_text(fault, work)


def _errno(fault: OSError) -> str:
    import errno

    return errno.errorcode.get(fault.errno or 0, "")


def _where(fault: Exception) -> str:
    """The place in the code; never the text of the fault, which may quote what somebody wrote about a person."""
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
