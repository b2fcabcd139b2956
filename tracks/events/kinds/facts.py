"""What a named person reports of one enrolment: a kind for each fact, in the order in which people are told of them.

Dates inside the data are plans or days of starts; the day that a fact is about is the event's own `effective`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tracks.events.kinds.data import SaidData
from tracks.events.kinds.kind import Group, Kind, entry
from tracks.events.status import EXITED, OPEN, UNADMITTED, UNDER_WAY, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from definitions.model.words import Name
    from tracks.events.kinds.data import StartDay

FACT: Final = Group.FACT
_WHEREVER: Final = frozenset(Status) - {Status.MISREGISTERED}
_ACTIVE: Final = frozenset({Status.ACTIVE})
_CHOOSING: Final = frozenset({Status.WAITING, Status.OFFERED})
_KNOWN_LATE: Final = OPEN | EXITED


class FactData(SaidData):
    """What facts carry beside what their kind says; which of it a command and a row may say is in `Kind.asks` and `Kind.takes`.

    reason: the code of a reason (`codes.REASONS`). facts: values of facts of the track that became known, by their ids.
    employer: the id of an employer. outcome: the code of an outcome. note: the fingerprint of a free text, which is locked elsewhere.
    """

    reason: str | None = None
    facts: Mapping[str, Any] | None = None
    employer: Name | None = None
    outcome: str | None = None
    note: str | None = None


@entry(Kind("referred", FACT, sets="referred", leads_to=Status.REFERRED, corrects=("channel", "born"), gives_facts=True))
class Referred(FactData):
    """A participant is referred to the track, which opens the stream.

    channel: through whom (`codes.CHANNELS`). track: the hash of the version in force, as hex. born: year and month, only where a rule
    of the track asks for age (R48). precedence: the enrolment that gives it (R38). from_: the enrolment that a transfer came from.
    days: for each fact that a transfer carries along, the day that it is about (R46).
    """

    channel: str | None = None
    track: str | None = None
    born: str | None = None
    precedence: str | None = None
    from_: str | None = None
    days: Mapping[str, Any] | None = None


@entry(Kind("interested", FACT, "interested", allowed=frozenset({Status.REFERRED, Status.WAITING}), words=("interest",)))
class Interested(FactData):
    """One whose offer lapsed still wants a place, and is proposed for one again (R39)."""


@entry(Kind("selected", FACT, "selected:{employer}", allowed=OPEN, corrects=("employer",), words=("select",), value="employer"))
class Selected(FactData):
    """An employer chose the participant; each stands beside those of others."""


@entry(
    Kind(
        "offered", FACT, "intake", allowed=frozenset({Status.WAITING}), leads_to=Status.OFFERED, beside="offer",
        corrects=("start", "until"), words=("offer", "erbjuden"),
    )
)  # fmt: skip
class Offered(FactData):
    """A person offers the place that was proposed, until a day (`answer_within`, counted from the offer)."""

    start: StartDay
    until: date
    round: int | None = None


# Whoever has accepted is offered nothing again, and whoever has declined takes an acceptance back: on whichever day that was.
@entry(Kind("accepted", FACT, "intake", allowed=_CHOOSING, leads_to=Status.ACCEPTED, firm=1, corrects=("start",), words=("accept",)))
class Accepted(FactData):
    """Yes to an offer, or to a proposal, which it implies."""

    start: StartDay
    round: int | None = None


@entry(
    Kind(
        "declined", FACT, "intake", allowed=UNADMITTED, leads_to=Status.DECLINED, firm=2, corrects=("reason",),
        words=("decline",), default_reason="own_wish", takes=("reason",),
    )
)  # fmt: skip
class Declined(FactData):
    """No to an offer or a proposal, or to the track before there is any; after an acceptance, it takes that back."""

    round: int | None = None


@entry(
    Kind(
        "refused", FACT, "close", allowed=UNADMITTED, leads_to=Status.NOT_STARTED, corrects=("reason",), words=("refuse",),
        default_reason="other", asks=("reason",),
    )
)  # fmt: skip
class Refused(FactData):
    """A person refuses somebody a place, which the engine never does."""


@entry(
    Kind(
        "exception", FACT, "exception:{rule}", allowed=OPEN, corrects=("rule", "reason"), words=("except",), value="rule",
        default_reason="other", asks=("reason",), own_words=True,
    )
)  # fmt: skip
class Excepted(FactData):
    """An exception from one condition by its text, or from `*` (all of entry), `*ongoing`, `*longest`, `requires:STEP`."""

    rule: str


@entry(Kind("began", FACT, "began", allowed=UNDER_WAY, words=("begin", "start", "började"), asks=("step",), takes=("reason",)))
class Began(FactData):
    """A step started, or the day on which it really did. The reason says why without a free place, or before others."""


@entry(
    Kind(
        "reported", FACT, "reported", allowed=UNDER_WAY, corrects=("result", "outcome", "employer", "reason"), gives_facts=True,
        words=("record", "resultat", "rapport"), value="result", asks=("step",), takes=("facts", "employer", "outcome", "reason"),
    )
)  # fmt: skip
class Reported(FactData):
    """The result of a step; of `hired` also the outcome and where, of others the outcome said with it, or why, so who broke off."""

    result: str


# A fact that a step gave, or that a goal counts some months after exit, is often known only then.
@entry(Kind("stated", FACT, "stated", allowed=_KNOWN_LATE, gives_facts=True, words=("state", "uppgifter"), takes=("facts",)))
class Stated(FactData):
    """Facts of the track that became known."""


@entry(Kind("phase", FACT, "phase:{name}", allowed=UNDER_WAY, corrects=("name",), words=("phase",), value="name", asks=("step",)))
class PhaseReached(FactData):
    """A phase of a step was reached."""

    name: str


@entry(
    Kind(
        "placed", FACT, "placed", allowed=OPEN, corrects=("employer",), words=("place", "placering"), value="employer", asks=("step",),
        takes=("reason",),
    )
)  # fmt: skip
class Placed(FactData):
    """Where a participant does a step; before it starts, or in it. The reason says why not with whoever selected her."""


@entry(Kind("decided", FACT, "decided", allowed=UNDER_WAY, corrects=("action",), words=("decide",), value="action", asks=("step",)))
class Decided(FactData):
    """What follows a result that asks a person (R20, R23); action: as the track language has it, as a JSON object."""

    action: Mapping[str, Any]


@entry(
    Kind(
        "closed", FACT, "close", allowed=_ACTIVE, leads_to=Status.COMPLETED, corrects=("reason", "outcome", "employer"), words=("close",),
        default_reason="other", asks=("reason",), takes=("outcome", "employer"),
    )
)  # fmt: skip
class Closed(FactData):
    """The aim is reached before the last step: completed, the rest is skipped (R44)."""


@entry(
    Kind(
        "paused", FACT, "paused", allowed=_ACTIVE, marks="pauses", corrects=("reason", "back"), words=("pause",), value="back",
        value_needed=False, default_reason="other", asks=("reason",),
    )
)  # fmt: skip
class Paused(FactData):
    """She is away for a time, nothing starts, and what runs grows by the days away (R5); back: when she should return."""

    back: date | None = None


@entry(Kind("resumed", FACT, "resumed", allowed=frozenset({Status.PAUSED}), words=("resume",)))
class Resumed(FactData):
    """She is back; the event's attempt is the number of the pause that this ends."""


@entry(
    Kind(
        "lengthened", FACT, "lengthened", allowed=OPEN, marks="lengthens", corrects=("count", "unit", "reason"), default_reason="other",
        own_words=True, in_rows=False,
    )
)  # fmt: skip
class Lengthened(FactData):
    """A step is made longer, or with a negative count shorter, for one participant (R53)."""

    count: int
    unit: str


@entry(Kind("waived", FACT, "waived", allowed=OPEN, corrects=("reason",), default_reason="other", asks=("step", "reason"), own_words=True))
class Waived(FactData):
    """A step is skipped for one participant (R53)."""


@entry(Kind("added", FACT, "added", allowed=OPEN, marks="deviates", marks_step=False, corrects=("reason",), own_words=True, in_rows=False))
class Added(FactData):
    """A step of her own (R53), as the track language has it, as a JSON object."""

    step: Mapping[str, Any]


@entry(
    Kind(
        "moved", FACT, "moved", allowed=UNADMITTED, corrects=("start",), words=("move", "flytta"), value="start", takes=("reason",),
        own_words=True,
    )
)  # fmt: skip
class Moved(FactData):
    """The only start that she waits for, or goes to, from now on."""

    start: StartDay


@entry(
    Kind(
        "interrupted", FACT, "close", allowed=UNDER_WAY, leads_to=Status.INTERRUPTED, corrects=("reason", "outcome", "employer"),
        words=("interrupt", "avbrott"), default_reason="other", asks=("reason",), takes=("outcome", "employer"),
    )
)  # fmt: skip
class Interrupted(FactData):
    """She leaves the track before its end."""


@entry(
    Kind(
        "transferred", FACT, "transfer", allowed=OPEN, leads_to=Status.TRANSFERRED, beside="close", beside_unless="enrolment",
        corrects=("reason", "outcome"), words=("transfer", "överföring"), value="to", asks=("reason",),
        takes=("outcome", "born"),
    )
)  # fmt: skip
class Transferred(FactData):
    """She is handed over as the track declares, at once to an authority, to another track when she is admitted there (R46).

    to: the track or authority. transfer: its id in the track. enrolment: the stream that was opened on the other track.
    """

    to: str
    transfer: str | None = None
    enrolment: str | None = None


@entry(
    Kind(
        "outcome", FACT, "outcome", allowed=_WHEREVER - {Status.REFERRED, Status.WAITING, Status.OFFERED},
        corrects=("what", "employer"), value="what", takes=("employer",),
    )
)  # fmt: skip
class OutcomeKnown(FactData):
    """What became of her, from a day on; what: the code of the outcome."""

    what: str


@entry(Kind("contacted", FACT, "contacted", allowed=_WHEREVER, words=("contact",), takes=("step",)))
class Contacted(FactData):
    """A contact was made; letter: the number of the event whose letter does not hold any more, where that was told."""

    letter: int | None = None


@entry(
    Kind(
        "followed_up", FACT, "followed:{point}", allowed=EXITED, corrects=("outcome", "employer"), gives_facts=True,
        words=("follow-up", "uppföljning"), value="point", asks=("outcome",), takes=("employer", "facts"),
    )
)  # fmt: skip
class FollowedUp(FactData):
    """How it was on the day that a follow-up asks about; point: as `exit` or `3 months`; answers: outcome and employer."""

    point: str
    answers: Mapping[str, Any] | None = None


@entry(
    Kind(
        "misregistered", FACT, "misregistered", allowed=_WHEREVER, leads_to=Status.MISREGISTERED, corrects=("reason",),
        words=("misregister",), default_reason="other", asks=("reason",),
    )
)  # fmt: skip
class Misregistered(FactData):
    """The enrolment should never have been: out of all figures, kept in the log."""


@entry(Kind("migrated", FACT, "version", allowed=OPEN, corrects=("to",), in_rows=False))
class Migrated(FactData):
    """She follows another version of the track, by its number, from a day on."""

    to: int


# Corrections and withdrawals set no field: `fold.standing` applies them before the fold.
@entry(Kind("corrected", FACT, allowed=frozenset(Status), in_rows=False))
class Corrected(FactData):
    """One fact is put right, as if it had been so from the start.

    of: the number of the event, or of its latest correction. effective: the right day. data: the whole right data. withdraw: it was
    never so.
    """

    of: int
    effective: date | None = None
    data: Mapping[str, Any] | None = None
    withdraw: bool | None = None


@entry(Kind("disclosed", FACT, "disclosed", allowed=frozenset(Status), in_rows=False))
class Disclosed(FactData):
    """What was locked was shown to somebody; fields: what; to: to whom."""

    fields: tuple[str, ...] | None = None
    to: Name | None = None


@entry(
    Kind(
        "merged", FACT, "merged", allowed=frozenset(Status), default_reason="other", takes=("reason",), own_words=True, in_rows=False,
    )
)  # fmt: skip
class Merged(FactData):
    """Two references are one person; into: the reference that the enrolment has from now on."""

    into: str


@entry(
    Kind("renumbered", FACT, allowed=frozenset(Status), default_reason="other", takes=("reason",), own_words=True, in_rows=False)
)  # fmt: skip
class Renumbered(FactData):
    """The participant got another personal number, which stands with her identity and never here."""


@entry(
    Kind("identity_protected", FACT, allowed=frozenset(Status), default_reason="other", takes=("reason",), own_words=True, in_rows=False)
)  # fmt: skip
class IdentityProtected(FactData):
    """The identity of the participant is protected from now on, or is not any more; whose it is stands with it and never here."""

    lifted: bool | None = None


@entry(Kind("erased", FACT, allowed=frozenset(Status), in_rows=False))
class NoteErased(FactData):
    """The free text of an event was erased; of: the number of the event, which stays."""

    of: int


@entry(Kind("key_lost", FACT, allowed=frozenset(Status), in_rows=False))
class KeyLost(FactData):
    """The key was lost: who she is, and what was noted of her until then, can be read by nobody any more."""


@entry(Kind("assigned", FACT, "role:{role}", allowed=OPEN, corrects=("role", "person"), in_rows=False))
class Assigned(FactData):
    """Who at work is responsible for her; role: as `roles.role_of` has it; person: the name."""

    role: str
    person: Name
