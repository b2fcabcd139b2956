"""Signals that end a program, taken as an interrupt by the keyboard: what is at work comes to its end in order."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from definitions.systems import ENDING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE: Final = 128


class Ended(KeyboardInterrupt):
    """A signal asked the program to end; `exit_code` is what a shell answers for a program that it ended."""

    def __init__(self, number: int) -> None:
        self.exit_code = _BASE + number
        super().__init__()


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Raise `Ended` where a signal comes that would end the process at once. One that is ignored, as by nohup, stays so."""

    def end(number: int, _frame: object) -> None:
        raise Ended(number)

    before = {number: signal.getsignal(number) for number in ENDING}
    taken = [number for number, handler in before.items() if handler == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])
