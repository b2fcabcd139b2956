"""Which rows of a file stand already: one question for all of them, so that importing a file again is quick."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracks.storage.ledger import SqlLedger

_STANDING: Final = (
    "SELECT n.ref, e.key, n.stream FROM enrolment n JOIN event e ON e.stream = n.stream "
    "WHERE n.track = ? AND n.ref IN (SELECT value FROM json_each(?)) AND e.key IS NOT NULL"
)


def standing_keys(ledger: SqlLedger, track: str, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Of participants and keys those that stand on a track, each with its stream."""
    refs = sorted({ref for ref, _ in asked})
    standing = {(ref, key): stream for ref, key, stream in ledger.rows(_STANDING, (track, json.dumps(refs)))}
    return {pair: standing[pair] for pair in asked if pair in standing}
