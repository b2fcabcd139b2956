"""What is locked, opened for a command: the clock and the name that are written with it."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from commands.runtime.context import writing_clock
from tracks.queries.moment import tracks_of
from tracks.queries.reader import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.runtime.context import CommandContext
    from tracks.privacy.disclosure import Opened, Purpose


def open_locked(work: CommandContext, streams: Sequence[str], purpose: Purpose, to: str | None = None) -> Opened:
    """Open what is locked of a participant, for the person who is named on the command line.

    Args:
        work: the context of the command.
        streams: her enrolments.
        purpose: whether it is who she is, or what was written of her.
        to: to whom it is shown, where that is somebody else.

    Returns:
        What was opened; that it was is written by then.

    Raises:
        Refusal: NO_ACTOR where nobody is named; what the storage or the key refuses. Nothing is opened then.

    """
    from tracks.access.ledgers import open_ledger
    from tracks.privacy.disclosure import Reader, opened
    from tracks.privacy.vault import open_vault

    actor = work.by
    with reading(work.database) as reader:
        tracks = sorted({track for stream in streams for track in tracks_of(reader, stream)})
        clock = writing_clock(work, reader, tracks)
    with open_ledger(work.path) as ledger:
        return opened(ledger, partial(open_vault, ledger, os.urandom), Reader(clock, actor, to), streams, purpose)
