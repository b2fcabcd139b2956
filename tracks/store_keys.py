"""Which rows of a file stand already: one question for all of them, so that importing a file again is quick."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracks.store import SqlLedger

_STANDING: Final = (
    "SELECT n.ref, e.key, n.stream FROM json_each(?) AS asked "
    "JOIN enrolment n ON n.ref = json_extract(asked.value, '$[0]') AND n.track = ? "
    "JOIN event e ON e.stream = n.stream AND e.key = json_extract(asked.value, '$[1]')"
)


def standing_keys(ledger: SqlLedger, track: str, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Of participants and keys those that stand on a track, each with its stream."""
    found = ledger.rows(_STANDING, (json.dumps(list(asked)), track))
    return {(ref, key): stream for ref, key, stream in found}
