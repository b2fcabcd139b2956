"""Which fact a person may say in which status: every kind in every status, as the engine's page has it."""

from __future__ import annotations

from typing import Any

import pytest

from definitions.model.refusal import Refusal
from tests.tracks.worlds import worlds
from tracks.events.kinds.table import KINDS, reportable
from tracks.events.status import Status
from tracks.recording import operations
from tracks.recording.refusals import HAS_BEGUN, NOT_NOW, NOT_ON_THIS_ONE
from tracks.recording.reported_fact import ReportedFact
from tracks.storage.memory_ledger import MemoryLedger

S = Status
UNADMITTED = {S.REFERRED, S.WAITING, S.OFFERED, S.ACCEPTED}
UNDER_WAY = {S.ACTIVE, S.PAUSED}
OPEN = UNADMITTED | UNDER_WAY
EXITED = {S.COMPLETED, S.INTERRUPTED, S.TRANSFERRED}
CLOSED = EXITED | {S.DECLINED, S.NOT_STARTED}
# What leads on, and what is still taken of a closed enrolment, as the engine's page says.
MAY: dict[str, set[Status]] = {
    "offered": {S.WAITING}, "accepted": {S.WAITING, S.OFFERED}, "declined": UNADMITTED, "refused": UNADMITTED,
    "paused": {S.ACTIVE}, "resumed": {S.PAUSED}, "closed": {S.ACTIVE}, "interrupted": UNDER_WAY, "transferred": OPEN,
    "misregistered": OPEN | CLOSED, "outcome": CLOSED | UNDER_WAY | {S.ACCEPTED}, "contacted": OPEN | CLOSED, "followed_up": EXITED,
    **{kind: set(Status) for kind in ("corrected", "disclosed", "merged", "renumbered", "identity_protected", "erased", "key_lost")},
    "interested": {S.REFERRED, S.WAITING}, "selected": OPEN, "exception": OPEN,
    "began": UNDER_WAY, "reported": UNDER_WAY, "stated": OPEN | EXITED, "phase": UNDER_WAY, "placed": OPEN, "decided": UNDER_WAY,
    "lengthened": OPEN, "waived": OPEN, "added": OPEN, "moved": UNADMITTED, "migrated": OPEN, "assigned": OPEN,
}  # fmt: skip
WAYS: dict[Status, tuple[tuple[str, dict[str, Any]], ...]] = {
    S.REFERRED: (), S.WAITING: (("", {}),), S.OFFERED: (("offered", {}),), S.ACCEPTED: (("accepted", {}),),
    S.ACTIVE: (("accepted", {}),),
    S.PAUSED: (("accepted", {}), ("paused", {"reason": "illness"})), S.COMPLETED: (("accepted", {}), ("closed", {"reason": "got_a_job"})),
    S.INTERRUPTED: (("accepted", {}), ("interrupted", {"reason": "moved"})), S.DECLINED: (("declined", {"reason": "own_wish"}),),
    S.NOT_STARTED: (("refused", {"reason": "no_place"}),), S.TRANSFERRED: (("transferred", {"to": "fk", "reason": "other"}),),
    S.MISREGISTERED: (("misregistered", {"reason": "other"}),),
}  # fmt: skip


ANYTHING = dict.fromkeys(("result", "name", "point", "rule", "role", "what", "start", "employer", "action", "version", "goal"), "x") | {
    "facts": {},
    "n": 1,
}


def standing_at(status: Status) -> MemoryLedger:
    """A world whose only person stands in a status."""
    book, now = MemoryLedger(), worlds.clock(worlds.FIRST)
    (track,) = worlds.dated() if status is S.ACCEPTED else worlds.rolling()
    worlds.put_in_force(book, now, "Ann", track, bytes(32), "")
    worlds.enrol(book, now, "Ann", track.track, worlds.Referral("p", worlds.FIRST, facts={"klar_att_börja": status is not S.REFERRED}))
    worlds.end(book, worlds.FIRST)
    for kind, data in WAYS[status]:
        if kind:
            operations.record_fact(book, now, "Ann", "p", ReportedFact(kind, worlds.FIRST, data=data))
            worlds.end(book, worlds.FIRST)
    assert book.enrolments["p/1"].status == status
    return book


@pytest.mark.parametrize("status", list(Status))
def test_each_kind_is_allowed_or_refused_in_each_status_as_written(status: Status) -> None:
    book = standing_at(status)
    (one,) = book.enrolments.values()
    now = worlds.clock(worlds.FIRST)
    for kind in KINDS:
        try:
            said = operations.record_fact(book, now, "Ann", "p/1", ReportedFact(kind, worlds.FIRST, "praktik", data=ANYTHING))
            refused = False
            book.log["p/1"] = book.log["p/1"][: -len(said.events)] if said.events else book.log["p/1"]
            book.enrolments["p/1"] = one
        except Refusal as refusal:
            refused = refusal.code in (HAS_BEGUN, NOT_NOW, NOT_ON_THIS_ONE)
        except Exception:  # noqa: BLE001 - refused for another reason than the status, or content that this kind needs
            refused = False
        assert refused is (status not in MAY.get(kind, set())), (kind, status)
    assert set(MAY) == {kind.name for kind in reportable()}
