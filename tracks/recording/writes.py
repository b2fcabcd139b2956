"""The one way to write: what is said is told of the present, tried first where much must be caught up for it, and written as one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from tracks.engine.loop.advance import BATCH, MoreDue
from tracks.engine.loop.present import CaughtUp, Reached, catch_up_in_batches
from tracks.recording.write_buffer import Buffered, Preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracks.clock import Clock
    from tracks.engine.context.ports import Book
    from tracks.engine.context.present import Present

T = TypeVar("T")


class _NothingNew(Exception):
    """Takes back what was caught up for what turned out to have been said already."""


def write(book: Book, clock: Clock, act: Callable[[Present], T]) -> T:
    """Say something, and write it with all that must be decided before it; what is refused leaves nothing of either.

    Neither does what has been said already. No more than a batch is decided in the transaction of the write. Where more is due the
    act is tried first without a lock, and what it reads is caught up in batches when it is known that something new is written.

    Args:
        book: The ledger, or a buffer over one.
        clock: The time of the write.
        act: What is said, of the present that it is given; done again where it was only tried.

    Returns:
        What the act answers.

    Raises:
        Refusal: Whatever the act refuses; nothing was written.

    """
    answers: list[T] = []

    def said(book: Book, reached: Reached) -> T:
        answers[:] = [act(_present(book, clock, reached))]
        if not reached.said:
            raise _NothingNew
        return answers[0]

    try:
        return _written(book, said)
    except _NothingNew:
        return answers[0]


def _written(book: Book, said: Callable[[Book, Reached], T]) -> T:
    try:
        with book.transaction():
            return said(book, Reached(BATCH))
    except MoreDue:
        beneath = book.book if isinstance(book, Buffered) else book
    reached = Reached()
    with previewed(beneath) as preview:
        said(preview, reached)
    catch_up_in_batches(beneath, reached)
    with book.transaction():
        return said(book, Reached())


def tried(book: Book, clock: Clock, act: Callable[[Present], T]) -> T:
    """Say something as `write` does, and write nothing: no lock is taken, and a ledger that may only be read will do.

    Args:
        book: The ledger.
        clock: The time of the write.
        act: What is said.

    Raises:
        Refusal: Whatever the act refuses.

    """
    with previewed(book) as preview:
        return act(_present(preview, clock, Reached()))


@contextmanager
def previewed(book: Book) -> Iterator[Preview]:
    """A ledger over one that is only read, which answers as if everything had been written."""
    with Preview(book).open() as preview:
        yield preview


def _present(book: Book, clock: Clock, reached: Reached) -> Present:
    return CaughtUp(book, clock, book.beside if isinstance(book, Buffered) else _at_once, reached)


def _at_once(keep: Callable[[], object]) -> None:
    keep()
