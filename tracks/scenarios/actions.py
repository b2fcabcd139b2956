"""Performs the sentences of a case: each becomes the operation that the command of the same words calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from definitions.model.values import plain
from definitions.scenarios.scope import new_step
from tracks.engine.context.input_builder import person_view
from tracks.events.event import Draft
from tracks.events.fold import standing
from tracks.events.kinds.table import KINDS, is_of_track
from tracks.events.streams import track_stream
from tracks.recording import operations, refusals, track_facts
from tracks.recording.enrolment import Referral, enrol
from tracks.recording.reported_fact import FactContext, ReportedFact
from tracks.recording.track_corrections import correct_on_track
from tracks.recording.transfers import TransferRequest, transfer
from tracks.recording.validation.deviations import again
from tracks.recording.writes import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from definitions.scenarios.model import ScriptPerson, Sentence
    from tracks.clock import Clock
    from tracks.engine.context.present import Present
    from tracks.storage.memory_ledger import MemoryLedger

# Stands in every event as the one who said it; no case asks who that was.
ACTOR: Final = "case"
# The reference of the one person in a case without names.
NAMELESS: Final = "deltagare"


def ref_of(name: str) -> str:
    """Return the reference under which a person of a case is enrolled."""
    return name or NAMELESS


def refer(book: MemoryLedger, clock: Clock, person: ScriptPerson) -> None:
    """Refer a person to a track, and record which employer selected her.

    Args:
        book: The ledger that the case runs on.
        clock: The day of the case.
        person: The person as the case describes her.

    Raises:
        Refusal: The engine does not accept the referral.

    """
    referral = Referral(ref_of(person.name), person.referred, person.channel, person.facts, person.born)
    enrol(book, clock, ACTOR, person.track, referral)
    if person.selected:
        fact = ReportedFact("selected", person.referred, data={"employer": person.selected})
        operations.record_fact(book, clock, ACTOR, referral.ref, fact, person.track)


def perform(book: MemoryLedger, clock: Clock, track: str, sentence: Sentence, name: str = "") -> None:
    """Perform one sentence about a person, or about the track.

    Args:
        book: The ledger that the case runs on.
        clock: The day of the case.
        track: The id of the tested track.
        sentence: What is said; a sentence about the track names its start or employer itself.
        name: The person whom the sentence is about; empty where the case has one only.

    Raises:
        Refusal: The engine does not accept it, and nothing of it was written.

    """
    day = sentence.on or clock.today
    if is_of_track(sentence.kind):
        draft = Draft(sentence.kind, day, sentence.step, 1 if sentence.step else 0, _shared(sentence))
        track_facts.record_track_fact(book, clock, ACTOR, track, draft)
        return
    ref, said = ref_of(name), sentence.data
    if sentence.kind == "referred":
        facts = said.get("facts", {})
        enrol(book, clock, ACTOR, track, Referral(ref, day, said.get("channel", "caseworker"), facts, said.get("born")))
    elif sentence.kind == "transferred":
        more = {name: said[name] for name in ("outcome",) if name in said}
        transfer(book, clock, ACTOR, ref, TransferRequest(said["transfer"], day, said.get("reason", "other"), more))
    elif sentence.kind == "added":
        write(book, clock, lambda now: _add(now, ref, sentence, day))
    elif sentence.kind in ("corrected", "withdrawn") and sentence.inner:
        put = partial(_put_track_right, track=track) if is_of_track(sentence.inner.kind) else partial(_put_right, ref=ref)
        put(book, clock, meant=sentence.inner, withdraw=sentence.kind == "withdrawn")
    else:
        operations.record_fact(book, clock, ACTOR, ref, ReportedFact(sentence.kind, day, sentence.step, data=event_data(sentence)))


def _shared(sentence: Sentence) -> dict[str, Any]:
    said = dict(sentence.data)
    if sentence.kind == "employer_withdrew":
        return {"employer": sentence.employer}
    if sentence.kind == "employer_reported":
        return {"employer": sentence.employer, "start": sentence.start or said.get("start", ""), "result": said["result"]}
    to = {"to": said["date"].isoformat()} if "date" in said else {}
    reason = {name: said.get(name, code) for name, code in _default_reason(sentence.kind).items()}
    return {"start": sentence.start, **to, **reason}


def _default_reason(kind: str) -> dict[str, str]:
    code = KINDS[kind].default_reason if kind in KINDS else ""
    return {"reason": code} if code else {}


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return dict(said)


def _followed_up(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"point": said["point"], "answers": {name: said[name] for name in ("outcome", "employer") if name in said}}


def _assigned(said: Mapping[str, Any]) -> dict[str, Any]:
    role, *person = said["texts"]
    return {"role": role, "person": " ".join(person)}


def _outcome(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"what": said["outcome"], **{name: said[name] for name in ("employer",) if name in said}}


def _paused(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, **({"back": said["back"].isoformat()} if "back" in said else {})}


# Where the event calls something by another name than the sentence.
_EVENTS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "phase": lambda said: {"name": said["phase"]},
    "followed_up": _followed_up,
    "assigned": _assigned,
    "outcome": _outcome,
    "paused": _paused,
}


def event_data(sentence: Sentence) -> dict[str, Any]:
    """The content of the fact that a sentence says."""
    kind, said = sentence.kind, sentence.data
    reason = _default_reason(kind)
    return {**reason, **_EVENTS.get(kind, _plain)(said)}


def _put_track_right(book: MemoryLedger, clock: Clock, *, track: str, meant: Sentence, withdraw: bool) -> None:
    """The same of what was said of a track: of the start or the employer that the sentence names."""
    log, said = book.events(track_stream(track)), _shared(meant)
    about = {name: said[name] for name in ("start", "employer") if name in said}
    of = [e for e, _ in standing(log) if (e.kind, e.step) == (meant.kind, meant.step) and e.data.items() >= about.items()]
    if not of:
        raise refusals.NO_SUCH_EVENT(seq="-", ref=track)
    right: dict[str, Any] = {"withdraw": True}
    if not withdraw:
        corrects = KINDS[meant.kind].corrects
        right = {"on": meant.on, "data": {name: value for name, value in said.items() if name in corrects} or None}
    correct_on_track(book, clock, ACTOR, track, _latest(log, max(event.seq for event in of)), **right)


def _put_right(book: MemoryLedger, clock: Clock, *, ref: str, meant: Sentence, withdraw: bool) -> None:
    """Correct the latest fact of the kind and step that a sentence says, to what it says now; or take it back."""
    one = operations.find_enrolment(book, ref)
    log = book.events(one.stream)
    of = [event for event, _ in standing(log) if event.kind == meant.kind and _is_of(event.step, meant)]
    if not of:
        raise refusals.NO_SUCH_EVENT(seq="-", ref=ref)
    seq = _latest(log, max(event.seq for event in of))
    if withdraw:
        operations.correct(book, clock, ACTOR, ref, seq, withdraw=True)
        return
    on: date | None = meant.on
    operations.correct(book, clock, ACTOR, ref, seq, on=on, data=event_data(meant) or None)


def _is_of(step: str, meant: Sentence) -> bool:
    """Whether what was said of a step is what a sentence means; a step of one's own has an id that was made for it."""
    if meant.kind != "added":
        return step == meant.step
    return step == meant.data.get("new") or step.rpartition("-")[0] == meant.step


def _add(book: Present, ref: str, sentence: Sentence, day: date) -> None:
    """A step of her own, or again one that has ended."""
    one = operations.find_enrolment(book, ref)
    view = person_view(book, operations.track_row(book, one.track), one)
    case = FactContext(view, one, book.clock_of(one.track, one.stream))
    step = new_step(sentence) if sentence.data["way"] == "add" else again(case, sentence.step)
    data = {"step": plain(step), "reason": sentence.data.get("reason", "other")}
    operations.record_fact_within(book, ACTOR, one, ReportedFact("added", day, step.id, data=data))


def _latest(log: list[Any], seq: int) -> int:
    """The number of the event, or of its latest correction, which is what a further one names."""
    for event in log:
        if event.kind == "corrected" and event.data["of"] == seq:
            seq = event.seq
    return seq
