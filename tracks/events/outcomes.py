"""The outcome that an event says of a person: one reading for the rules and for the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracks.events.kinds.facts import OutcomeKnown
from tracks.events.kinds.table import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Who is handed over to an authority is there, unless the transfer says more; who is hired works.
_OF_A_TRANSFER: Final = "other_authority"
_OF_A_HIRE: Final = "work"
# What may say an outcome beside what it is about: a report, an end, a transfer, a follow-up (rule R45).
_SAID_WITH: Final = frozenset(kind.name for kind in KINDS.values() if "outcome" in kind.corrects)
# The fields of the fold where such a kind stands: most fields say none, and conditions ask often.
OUTCOME_FIELDS: Final = frozenset(
    (kind.beside or kind.sets).partition(":")[0] for kind in KINDS.values() if kind.name in _SAID_WITH or kind.data is OutcomeKnown
)


class SaidOutcome(NamedTuple):
    """The code of an outcome, with which employer, and whether it was said beside something else: a report, an end."""

    what: str
    employer: str | None
    beside: bool


def outcome_said(kind: str, data: Mapping[str, Any]) -> SaidOutcome | None:
    """The outcome in the data of an event.

    Args:
        kind: the kind of the event.
        data: its data.

    Returns:
        None where it says none. A transfer to another track says none: what becomes of her is known there.

    """
    if kind == "outcome":
        return SaidOutcome(str(data["what"]), data.get("employer"), beside=False)
    if kind == "followed_up":
        answers = data.get("answers") or {}
        return SaidOutcome(str(answers["outcome"]), answers.get("employer"), beside=False) if answers.get("outcome") else None
    if kind not in _SAID_WITH or "enrolment" in data:
        return None
    implied = _OF_A_TRANSFER if kind == "transferred" else _OF_A_HIRE if data.get("result") == "hired" else None
    what = data.get("outcome") or implied
    return SaidOutcome(str(what), data.get("employer"), beside=True) if what else None
