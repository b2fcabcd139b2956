"""Damage told as damage: a fault that nobody foresaw is held against the database before it is called ours."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from commands.runtime.texts import message
from definitions.model.refusal import Refusal
from flows.refusals import RUN_FAILED
from tracks.errors import DATABASE_DAMAGED, KEY_WRONG

if TYPE_CHECKING:
    from commands.runtime.context import CommandContext


def damage_text(fault: Exception, work: CommandContext | None) -> str:
    """Say which log or row is damaged, and the remedy; nothing where the database is sound, or the fault says it itself."""
    if work is None or (isinstance(fault, Refusal) and fault.code not in (DATABASE_DAMAGED, KEY_WRONG, RUN_FAILED)):
        return ""
    # Whatever is in the way of looking, it was not what the command fell over.
    with suppress(Exception):
        from tracks.access.ledgers import open_ledger
        from tracks.audit.discrepancies import unopened
        from tracks.audit.verify import verify
        from tracks.privacy.locked_rows import damaged

        with open_ledger(work.path, readonly=True) as ledger:
            # A key that opens nothing is another key, and no damage.
            found = [*verify(ledger).breaks, *unopened(damaged(ledger))]
        if found:
            first = next((one for one in found if not one.derived), found[0])
            remedy = message("verify.remedy" if first.derived else "verify.restore", work.lang)
            return f"{first.message(work.lang)} {remedy}"
    return ""
