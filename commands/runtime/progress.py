"""How far long work has come, in one line on the error stream of a terminal; in a pipe nothing of this is there.

The line is written by a thread of its own, so that it is also there while one long query runs, and so that whoever works only counts. It
gives way to everything else that is told, comes back when nothing has been told for a while, and is gone when the command ends.
"""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from commands.runtime.output import clean, note
from commands.runtime.signals import ended_in_order
from commands.runtime.texts import message
from definitions.progress import SILENT, Stage, WorkProgress
from definitions.systems import in_foreground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from commands.runtime.context import CommandContext
    from flows.local_server import ProgressListener

# Seconds without a word after which the line is there. What answers sooner needs none.
SILENCE: Final = 1.0
_EVERY: Final = 0.4
_COLUMNS: Final = 80
# What a terminal itself writes into the line when the work is interrupted: ^C.
_ECHO: Final = 2


class ShownProgress(WorkProgress):
    """Keeps how far work has come, for the line that tells it in a language; the line is there within `shown`."""

    def __init__(self, lang: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._lang, self._clock = lang, clock
        self._began = clock()
        self._stage = Stage.STARTING
        self._total: int | None = None
        self._what = ""
        self._done = 0

    def begin(self, stage: Stage, total: int | None = None, what: str = "") -> None:
        """Keep the stage.

        Args:
            stage: the stage.
            total: how many pieces it has, where that is known.
            what: what it is done to.

        """
        self._stage, self._total, self._what, self._done = stage, total, what, 0

    def reach(self, done: int) -> None:
        """Keep how many pieces of it are done."""
        self._done = done

    def count(self, more: int = 1) -> None:
        """Keep that more of them are done."""
        self._done += more

    def text(self) -> str:
        """How far it has come, in words: the stage, what is done of it, and the seconds since the command began."""
        done, total, seconds = self._done, self._total, int(self._clock() - self._began)
        stage = message(f"stage.{self._stage}", self._lang, what=self._what)
        key = "progress.of" if total else "progress.so_far" if done else "progress.alone"
        return message(key, self._lang, stage=stage, done=_grouped(done), total=_grouped(total or 0), seconds=seconds)

    @contextmanager
    def shown(self, what: str) -> Iterator[None]:
        """Show it while a command works, on standard error; what asks the process to end is taken so that the line does not stay."""
        self.begin(Stage.STARTING, what=what)
        line = _Line(sys.stderr, self.text, self._clock)
        before = sys.stdin, sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = (cast("TextIO", line.beside(one)) if _is_terminal(one) else one for one in before)
        try:
            with ended_in_order(), line.kept():
                yield
        finally:
            sys.stdin, sys.stdout, sys.stderr = before


class _Line:
    """The line on the terminal: whether it stands there, and that nothing else is written into it."""

    def __init__(self, stream: TextIO, text: Callable[[], str], clock: Callable[[], float]) -> None:
        self._stream, self._text, self._clock = stream, text, clock
        self._lock = RLock()
        self._width = 0
        self._told = clock()
        self._over = Event()
        # Whether somebody else has begun a line and not ended it, as a question does.
        self._begun = False

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Show the line, as often as it is time, until this ends."""
        thread = Thread(target=self._keep, daemon=True, name="jobbspar progress")
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._wipe()

    def beside(self, stream: TextIO) -> _Beside:
        """A stream of the same terminal, for which the line gives way."""
        return _Beside(stream, self)

    @contextmanager
    def away(self, text: str = "\n") -> Iterator[None]:
        """Without the line, while somebody else writes a text."""
        with self._lock:
            self._wipe()
            yield
            self._begun = not text.endswith("\n") if text else self._begun
            self._told = self._clock()

    def _keep(self) -> None:
        # A terminal that is gone, or closed, takes no line; whoever works learns it by what she writes herself.
        with suppress(OSError, ValueError):
            while not self._over.wait(_EVERY):
                self.show()

    def show(self) -> None:
        """Write the line, or write it anew, where nothing else has been told for a while."""
        with self._lock:
            if self._over.is_set() or self._begun or self._clock() - self._told < SILENCE or not _is_waited_for(self._stream):
                return
            text = _cut(clean(self._text()), _columns(self._stream) - 1)
            width = _width(text)
            self._write(f"\r{text}{' ' * (self._width - width)}")
            self._width = width

    def _wipe(self) -> None:
        with self._lock:
            if self._width:
                blank = " " * min(self._width + _ECHO, _columns(self._stream) - 1)
                self._width = 0
                with suppress(OSError, ValueError):
                    self._write(f"\r{blank}\r")

    def _write(self, text: str) -> None:
        # No codes that steer a terminal: the oldest console of Windows goes back to the beginning of a line, and knows no more.
        self._stream.write(text)
        self._stream.flush()


class _Beside:
    """A stream of the terminal that the line is on; in everything else as it is."""

    def __init__(self, stream: TextIO, line: _Line) -> None:
        self._stream, self._line = stream, line

    def write(self, text: str) -> int:
        """Write a text in place of the line."""
        with self._line.away(text):
            return self._stream.write(text)

    def readline(self) -> str:
        """Read a line that is typed."""
        return self._waited_for(self._stream.readline)

    def read(self) -> str:
        """Read all that is typed."""
        return self._waited_for(self._stream.read)

    def _waited_for(self, read: Callable[[], str]) -> str:
        """What somebody types, who is not written over meanwhile; with it the line of the question ends."""
        with self._line.away("?"):
            pass
        typed = read()
        with self._line.away():
            return typed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def progress_of(lang: str) -> WorkProgress:
    """What hears how far a command has come: something that shows it at a terminal, nothing elsewhere."""
    return ShownProgress(lang) if _is_terminal(sys.stderr) else SILENT


def shown(work: CommandContext, command: str) -> AbstractContextManager[None]:
    """Show how far a command has come, and on which database it works, where there is anybody to see it."""
    if not isinstance(work.progress, ShownProgress):
        return nullcontext()
    return work.progress.shown(f"{command}, {Path(work.database).name}" if work.database else command)


def _is_terminal(stream: TextIO) -> bool:
    # What is collected for a pager is no terminal, though it says so.
    try:
        return os.isatty(stream.fileno())
    except (OSError, ValueError, AttributeError):
        return False


def _is_waited_for(stream: TextIO) -> bool:
    # Whoever sent the work to the background types other commands meanwhile.
    try:
        return in_foreground(stream.fileno())
    except (OSError, ValueError):
        return True


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


def _width(text: str) -> int:
    """The columns that a text takes: two for each wide character of East Asia, none for a mark that stands on another."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    while _width(text) > width and text:
        text = text[:-1]
    return text


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def server_listener(lang: str) -> ProgressListener:
    """A listener that prints how far Prefect's server has come, in a language."""
    from flows.texts import message as message_of_flows

    def notify(key: str, **values: Any) -> None:
        # That all goes well is nothing to keep in a log.
        if key != "unit-done" or sys.stderr.isatty():
            note(message_of_flows(key, lang, **values))

    return notify
